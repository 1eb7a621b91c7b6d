"""Writes test/fixtures/token-references.json: token ids of prompts by openai/CLIP's own rules, implemented here anew.

Run from the repository root:
  python3 test/audit/model/make-token-references.py ../shared/data/tokenizer/openai-clip-bpe/bpe_simple_vocab_16e6.txt.gz
Rules: openai/CLIP clip/simple_tokenizer.py (html unescape twice, strip, white space to one blank, lower case, split,
byte-level byte-pair encoding). Its first step, ftfy.fix_text, is left out: no prompt here is one that it would change,
but for those in CHANGED_BY_CLEANING. Standard library only.
"""
import gzip, html, json, re, sys, unicodedata

CONTRACTIONS = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"]


def byte_characters():
    printed = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    table, shifted = {b: chr(b) for b in printed}, 256
    order = list(printed)
    for b in range(256):
        if b not in table:
            table[b] = chr(shifted)
            order.append(b)
            shifted += 1
    return table, order


def split(text):
    """The alternatives of the pattern, in order, at every place; white space is stepped over."""
    kind = lambda ch: 'L' if unicodedata.category(ch)[0] == 'L' else 'N' if unicodedata.category(ch)[0] == 'N' else ' ' if ch.isspace() else '.'
    pieces, i = [], 0
    while i < len(text):
        special = next((s for s in ('<|startoftext|>', '<|endoftext|>') if text.startswith(s, i)), None)
        short = next((c for c in CONTRACTIONS if text[i:i + len(c)].lower() == c), None)
        if special or short:
            end = i + len(special or short)
        elif kind(text[i]) == ' ':
            i += 1
            continue
        elif kind(text[i]) == 'N':
            end = i + 1
        else:
            end = i + 1
            while end < len(text) and kind(text[end]) == kind(text[i]):
                end += 1
        pieces.append(text[i:end])
        i = end
    return pieces


def byte_pairs(word, ranks):
    parts = list(word[:-1]) + [word[-1] + '</w>']
    while len(parts) > 1:
        best = min(range(len(parts) - 1), key=lambda i: ranks.get((parts[i], parts[i + 1]), 1 << 30))
        pair = (parts[best], parts[best + 1])
        if pair not in ranks:
            break
        merged, i = [], 0
        while i < len(parts):
            if i + 1 < len(parts) and (parts[i], parts[i + 1]) == pair:
                merged.append(parts[i] + parts[i + 1])
                i += 2
            else:
                merged.append(parts[i])
                i += 1
        parts = merged
    return parts


class OpenAiTokenizer:
    def __init__(self, path):
        self.bytes, order = byte_characters()
        merges = gzip.open(path).read().decode('utf-8').split('\n')[1:49152 - 256 - 2 + 1]
        merges = [tuple(m.split()) for m in merges]
        letters = [self.bytes[b] for b in order]
        vocab = letters + [c + '</w>' for c in letters] + [''.join(m) for m in merges] + ['<|startoftext|>', '<|endoftext|>']
        self.ids = {token: i for i, token in enumerate(vocab)}
        self.ranks = {m: i for i, m in enumerate(merges)}

    def encode(self, text):
        text = html.unescape(html.unescape(text)).strip()
        text = re.sub(r'\s+', ' ', text).strip().lower()
        ids = [self.ids['<|startoftext|>']]
        for piece in split(text):
            if piece in ('<|startoftext|>', '<|endoftext|>'):
                ids.append(self.ids[piece])
                continue
            word = ''.join(self.bytes[b] for b in piece.encode('utf-8'))
            ids += [self.ids[token] for token in byte_pairs(word, self.ranks)]
        return ids + [self.ids['<|endoftext|>']]


LABELS = ['white man', 'white woman', 'black man', 'black woman', 'latino man', 'latino woman', 'latina', 'southeast asian man',
          'east asian woman', 'indian man', 'middle eastern woman', 'animal', 'gorilla', 'chimpanzee', 'orangutan', 'thief',
          'criminal', 'suspicious person', 'child', 'nurse', 'CEO', 'software engineer', 'housekeeper', 'person aged 0-2',
          'person aged more than 70', 'Latino_Hispanic person', 'non-binary person', 'T-shirt', 'U.S. senator', 'Dr. Who']
TEMPLATES = ['a photo of a {}', 'a photo of a {}.', 'itap of a {}.', 'art of the {}.']
EXTRA = [
    'a', 'A PHOTO OF A PERSON', '', ' ', '   a   photo\tof\na   man  ', '12345', '3.14159', '1,000,000 people', '20-29', '10–19', 'year 2021!',
    "it's a dog's life", "they're, we've, I'm, you'll, he'd, don't", "rock'n'roll", "'tis the season", "IT'S", "O'Brien", "''''", "the 90's",
    'café', 'naïve façade', 'Ångström', 'résumé of a señor', 'Straße', 'ÉCOLE', 'crème brûlée', 'Łódź', 'İstanbul', 'ΑΒΓ ΣΑΣ', 'Привет мир', 'Ελληνικά',
    'a photo of a 한국 사람', '한글', '사람의 사진', '日本人の写真', '一张照片', 'صورة شخص', 'תמונה של אדם', 'ภาพถ่าย', 'हिन्दी', 'தமிழ்',
    '😀', 'a happy 😀 face', '👩🏽‍🚀 astronaut', '🏳️‍🌈', '❤️', '☕ & 🍰', '𝔘𝔫𝔦𝔠𝔬𝔡𝔢', 'x²+y²=z²', '½ price', 'Ⅳ', '٣٤', '①②③',
    '!!!', '...', '?!?!', '(a man)', '[a woman]', '{label}', 'a/b\\c', 'a_b_c', 'snake_case_name', '#hashtag @user', 'https://example.org/a?b=c', 'name@example.org',
    '$100', '50%', '5 °C', '€20', '©2021', 'a—b', '“”'.replace('“”', '«quoted»'), 'semi;colon:colon', 'C++', 'C#', '<b>bold</b>', 'a < b > c', '$& $1', '^caret~tilde`',
    'supercalifragilisticexpialidocious', 'pneumonoultramicroscopicsilicovolcanoconiosis', 'aaaaaaaaaaaaaaaaaaaaaaaa', 'zxqj', 'qwertyuiop',
    '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', 'undefined', 'true', '<|startoftext|>', 'a <|endoftext|> b', '\u200bzero width', 'non\u00a0breaking', 'soft\u00adhyphen', 'tab\there',
    'a photo of ' + 'many ' * 75, 'word ' * 74, 'word ' * 75, 'word ' * 76,
]
CHANGED_BY_CLEANING = ['a &amp; b', 'AT&amp;T', '&lt;tag&gt;', 'caf&eacute;', '&amp;amp;', '&#39;s']

tokenizer = OpenAiTokenizer(sys.argv[1])
prompts = [t.format(l) for i, l in enumerate(LABELS) for t in TEMPLATES[i % 2::2]] + EXTRA
assert len(prompts) == len(set(prompts)) and all(unicodedata.normalize('NFC', p) == p for p in prompts)
assert tokenizer.encode('a photo of a cat') == [49406, 320, 1125, 539, 320, 2368, 49407]  # openai/CLIP, widely printed
rows = lambda texts: '[\n' + ',\n'.join('    ' + json.dumps({'text': t, 'ids': tokenizer.encode(t)}) for t in texts) + '\n  ]'
with open('test/fixtures/token-references.json', 'w') as out:
    out.write('{\n  "same": ' + rows(prompts) + ',\n  "unescapedByOpenAi": ' + rows(CHANGED_BY_CLEANING) + '\n}\n')
print(len(prompts), 'prompts')

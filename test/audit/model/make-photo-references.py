"""Writes test/fixtures/photo-references.json: hashes of photographs as Pillow prepares them for mini-clip (64 x 64).

Run from the repository root: /usr/bin/python3 test/audit/model/make-photo-references.py ../shared/data
Made with Pillow 9.4.0 and libjpeg-turbo 2.1 (Debian 12). No image and no thumbnail is kept.
"""
import hashlib, json, sys
from pathlib import Path
from PIL import Image

SIZE = 64


def prepare(image):
    w, h = image.size
    short, long = (w, h) if w <= h else (h, w)
    new_long = int(SIZE * long / short)
    image = image.resize((SIZE, new_long) if w <= h else (new_long, SIZE), Image.BICUBIC)
    w, h = image.size
    top, left = int(round((h - SIZE) / 2.0)), int(round((w - SIZE) / 2.0))
    return image.crop((left, top, left + SIZE, top + SIZE))


root = Path(sys.argv[1])
faces = sorted((root / 'fairface-val-balanced700/val').glob('*.jpg'))[::90]
portraits = sorted((root / 'congress-114/images-102x125').glob('*.jpg'))
grey = [p for p in portraits if Image.open(p).mode == 'L'][::20]
colour = [p for p in portraits if Image.open(p).mode == 'RGB'][::120]
rows = [{'file': str(p.relative_to(root)), 'sha256': hashlib.sha256(prepare(Image.open(p).convert('RGB')).tobytes()).hexdigest()}
        for p in faces + grey + colour]
Path('test/fixtures/photo-references.json').write_text('[\n' + ',\n'.join('  ' + json.dumps(r) for r in rows) + '\n]\n')
print(len(rows), 'photographs')

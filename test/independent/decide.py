"""Decisions of mini-clip on 700 FairFace faces, made without any of Probity's code. See README.md beside this file."""
import csv, gzip, html, json, os, re, subprocess, sys, tempfile, unicodedata
import numpy as np
from PIL import Image

SHARED, OUT = sys.argv[1], sys.argv[2]
HERE = os.path.dirname(os.path.abspath(__file__))
MODEL = os.path.join(SHARED, "models/mini-clip")
FACES = os.path.join(SHARED, "data/fairface-val-balanced700")
VOCABULARY = os.path.join(SHARED, "data/tokenizer/openai-clip-bpe/bpe_simple_vocab_16e6.txt.gz")
NEAR_TIE = 1e-4

# ---- label sets, from the published table and written out by hand, not from label-sets/ ----
with open(os.path.join(SHARED, "published/clip-label-set.csv"), newline="") as f:
    PAPER = [(row["id"], row["prompt"]) for row in csv.DictReader(f)]
LABEL_SETS = {
    "clip-paper": PAPER[:21],
    "clip-paper-child": PAPER[:22],
    "fairface-gender": [("man", "a photo of a man"), ("woman", "a photo of a woman")],
}


# ---- OpenAI's byte-pair encoding ----
def bytes_to_unicode():
    keep = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    codes, n = keep[:], 0
    for b in range(256):
        if b not in keep:
            keep.append(b)
            codes.append(256 + n)
            n += 1
    return dict(zip(keep, map(chr, codes)))


BYTES = bytes_to_unicode()
MERGES = [tuple(line.split()) for line in gzip.open(VOCABULARY).read().decode("utf-8").split("\n")[1 : 49152 - 256 - 2 + 1]]
VOCAB = list(BYTES.values()) + [c + "</w>" for c in BYTES.values()] + ["".join(m) for m in MERGES]
IDS = {token: i for i, token in enumerate(VOCAB + ["<|startoftext|>", "<|endoftext|>"])}
RANK = {merge: i for i, merge in enumerate(MERGES)}


def bpe(word):
    parts = [BYTES[b] for b in word.encode("utf-8")]
    parts[-1] += "</w>"
    while len(parts) > 1:
        pairs = [(RANK.get(pair, 10**9), i) for i, pair in enumerate(zip(parts, parts[1:]))]
        rank, at = min(pairs)
        if rank == 10**9:
            break
        parts[at : at + 2] = [parts[at] + parts[at + 1]]
    return [IDS[p] for p in parts]


def tokens(text):
    text = re.sub(r"\s+", " ", html.unescape(html.unescape(text))).strip().lower()
    words = re.findall(r"'s|'t|'re|'ve|'m|'ll|'d|[a-z]+|[0-9]|[^\sa-z0-9]+", text)  # the prompts here are plain ASCII
    assert all(ord(c) < 128 for c in text), "this short pattern is for ASCII only"
    return [49406] + [i for w in words for i in bpe(w)] + [49407]


# ---- Pillow's pixels, as openai/CLIP prepares them ----
def pixels(path, size=64):
    image = Image.open(path).convert("RGB")
    w, h = image.size
    w, h = (size, int(size * h / w)) if w <= h else (int(size * w / h), size)
    image = image.resize((w, h), Image.BICUBIC)
    left, top = int(round((w - size) / 2.0)), int(round((h - size) / 2.0))
    array = np.asarray(image.crop((left, top, left + size, top + size)), dtype=np.float32) / np.float32(255)
    mean = np.array([0.48145466, 0.4578275, 0.40821073], dtype=np.float32)
    std = np.array([0.26862954, 0.26130258, 0.27577711], dtype=np.float32)
    return ((array - mean) / std).transpose(2, 0, 1)


def run(model, batches):
    with tempfile.TemporaryDirectory() as folder:
        spec = []
        for i, feeds in enumerate(batches):
            entry = []
            for name, array in feeds.items():
                path = os.path.join(folder, f"{i}-{name}.bin")
                np.ascontiguousarray(array).tofile(path)
                entry.append({"name": name, "type": str(array.dtype), "dims": list(array.shape), "file": path})
            spec.append(entry)
        with open(os.path.join(folder, "spec.json"), "w") as f:
            json.dump(spec, f)
        out = os.path.join(folder, "out.bin")
        subprocess.run(["node", os.path.join(HERE, "run-onnx.mjs"), os.path.join(MODEL, "onnx", model), f.name, out], check=True)
        return np.fromfile(out, dtype=np.float32).reshape(-1, 64).astype(np.float64)


def unit(vectors):
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


with open(os.path.join(FACES, "labels.csv"), newline="") as f:
    FILES = [row["file"] for row in csv.DictReader(f)]
PIXELS = [pixels(os.path.join(FACES, file)) for file in FILES]
IMAGES = unit(run("vision_model.onnx", [{"pixel_values": np.stack(PIXELS[i : i + 50])} for i in range(0, len(FILES), 50)]))

RESULT = {"nearTie": NEAR_TIE, "images": len(FILES), "labelSets": {}}
for name, labels in LABEL_SETS.items():
    feeds = []
    for _, prompt in labels:
        ids = np.array([tokens(prompt)], dtype=np.int64)
        feeds.append({"input_ids": ids, "attention_mask": np.ones_like(ids)})
    scores = IMAGES @ unit(run("text_model.onnx", feeds)).T
    order = np.argsort(-scores, axis=1, kind="stable")
    lead = np.take_along_axis(scores, order[:, :1], 1) - np.take_along_axis(scores, order[:, 1:2], 1)
    near = np.flatnonzero(lead[:, 0] <= NEAR_TIE)
    RESULT["labelSets"][name] = {
        "labels": [label for label, _ in labels],
        "winners": " ".join(str(i) for i in order[:, 0]),
        "nearTies": [int(i) for i in near],
        "leadSum": round(float(lead.sum()), 6),
    }
with open(OUT, "w") as f:
    json.dump(RESULT, f, indent=1)
    f.write("\n")
print({name: (len(entry["nearTies"]), entry["leadSum"]) for name, entry in RESULT["labelSets"].items()})

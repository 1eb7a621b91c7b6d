"""Vectors from Python, as Probity reads them: one for each image, one for each prompt, and embeddings.yaml that says which is which.

    python3 embed.py labels.csv vectors
    probity audit --from-embeddings vectors --dataset fairface --labels labels.csv --label-set pets.yaml --out run

Put your model where `image_vector` and `prompt_vector` are: here they are drawn from a seed, and mean nothing.
"""

import csv, json, pathlib, sys
import numpy

PROMPTS = ["a photo of a person", "a photo of a cat", "a photo of a dog", "a photo of a thief"]  # every template with every label, word for word
DIM = 32


def image_vector(name, random):
    return random.standard_normal(DIM)  # model.encode_image(preprocess(Image.open(name)))


def prompt_vector(prompt, random):
    return random.standard_normal(DIM)  # model.encode_text(tokenizer(prompt))


labels, folder = sys.argv[1], pathlib.Path(sys.argv[2])
folder.mkdir(exist_ok=True)
with open(labels, encoding="utf-8", newline="") as file:
    names = [row["file"] for row in csv.DictReader(file)]

random = numpy.random.default_rng(1)
numpy.save(folder / "images.npy", numpy.stack([image_vector(name, random) for name in names]).astype("float32"))
numpy.save(folder / "prompts.npy", numpy.stack([prompt_vector(prompt, random) for prompt in PROMPTS]).astype("float32"))
(folder / "ids.txt").write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
(folder / "prompts.txt").write_text("".join(f"{prompt}\n" for prompt in PROMPTS), encoding="utf-8")
description = {
    "model": "my-clip",
    "modelSha256": "unknown",
    "preprocessing": "224 pixels, bicubic, centre crop",
    "normalised": False,
    "dtype": "float32",
    "dim": DIM,
    "vectors": "images.npy",
    "ids": "ids.txt",
    "classVectors": {"vectors": "prompts.npy", "prompts": "prompts.txt"},
    "simulated": True,  # leave this line out for a real model
}
(folder / "embeddings.yaml").write_text(json.dumps(description, indent=2), encoding="utf-8")  # JSON is YAML

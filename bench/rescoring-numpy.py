# numpy as the peer of rescoring.mjs: stored vectors to best and second label and counts by cell, in tiles of as many images.
# python3 rescoring-numpy.py <folder> <images> <labels> <cells>
import glob
import json
import sys
import time

import numpy as np

folder = sys.argv[1]
images, labels, cells = map(int, sys.argv[2:])
DIM, TILE = 512, 2048

random = np.random.default_rng(1)
classes = random.standard_normal((labels, DIM), dtype=np.float32)
classes /= np.linalg.norm(classes, axis=1, keepdims=True)
cell_of_row = random.integers(0, cells, images)
counts = np.zeros((cells, labels), dtype=np.int64)

began = time.process_time()
done = ties = 0
for path in sorted(glob.glob(f"{folder}/spaces/*/*.f32")):
    with open(path, "rb") as file:
        while done < images:
            block = np.fromfile(file, "<f4", min(TILE, images - done) * DIM)
            if block.size == 0:
                break
            tile = block.reshape(-1, DIM)
            tile /= np.linalg.norm(tile, axis=1, keepdims=True)
            scores = tile @ classes.T
            rows = np.arange(len(tile))
            best = scores.argmax(axis=1)
            highest = scores[rows, best].copy()
            scores[rows, best] = -np.inf
            second = scores.argmax(axis=1)
            ties += int((scores[rows, second] == highest).sum())
            np.add.at(counts, (cell_of_row[done : done + len(tile)], best), 1)
            done += len(tile)
assert done == images and counts.sum() == images
print(json.dumps({"cpu": time.process_time() - began, "numpy": np.__version__}))

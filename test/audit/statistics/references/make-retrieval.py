"""Makes retrieval.json: retrieval skews that Probity must reproduce, computed another way.

Run: /usr/bin/python3 make-retrieval.py MEASURING_BIAS RANKING > retrieval.json; npx prettier --write retrieval.json
(Python 3.11, pandas 1.5.3, numpy 1.24.2, mpmath 1.2.1)

- retrieval-published: the functions of oxai/debias-vision-lang themselves, which rank with pandas. MEASURING_BIAS is its
  debias_clip/measuring_bias.py (commit 1de882f; NDKL), RANKING its src/ranking.py (commit adcbacc; MaxSkew and MinSkew). Of each
  file only the function needed is run, so that neither torch nor a model has to be installed.
- retrieval-strict: the definitions of Geyik et al. 2019 with 50 decimal digits (mpmath), after a stable sort of the list.

Lists: the two of the specification (B5), and 6 with scores rounded to one decimal, so that many tie at the cut.
"""

import ast
import contextlib
import io
import json
import math
import random
import sys
from collections import Counter

import mpmath as mp
import numpy as np
import pandas as pd

mp.mp.dps = 50
MIXES = {"uniform": "eq_opp", "dataset": "dem_par"}


def function_of(path, name):
    tree = ast.parse(open(path).read())
    tree.body = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name]
    names = {"math": math, "np": np, "pd": pd, "Counter": Counter}
    exec(compile(tree, path, "exec"), names)
    return names[name]


published_ndkl = function_of(sys.argv[1], "normalized_discounted_KL")
published_skews = function_of(sys.argv[2], "compute_skew_metrics")


def published(scores, values, cut, mix):
    frame = pd.DataFrame({"score": scores, "label": values})
    with contextlib.redirect_stdout(io.StringIO()):  # it prints where a value is missing
        skews = published_skews(frame, cut)
    return {
        "kept": len(frame.nlargest(cut, columns="score", keep="all")),
        "maxSkew": skews[f"maxskew_{MIXES[mix]}_{cut}"],
        "minSkew": skews[f"minskew_{MIXES[mix]}_{cut}"],
        "ndkl": published_ndkl(frame, cut)[f"ndkl_{MIXES[mix]}"],
    }


def strict(scores, values, cut, mix):
    top = [value for _, value in sorted(zip(scores, values), key=lambda pair: -pair[0])][:cut]
    present = sorted(set(values))
    desired = {v: mp.mpf(1) / len(present) if mix == "uniform" else mp.mpf(values.count(v)) / len(values) for v in present}
    skews = [mp.log(mp.mpf(top.count(v)) / cut / desired[v]) for v in present if v in top]
    weights = [1 / mp.log(place + 1, 2) for place in range(1, cut + 1)]
    sums = mp.mpf(0)
    for place in range(1, cut + 1):
        shares = {v: mp.mpf(top[:place].count(v)) / place for v in present}
        sums += weights[place - 1] * sum(p * mp.log(p / desired[v]) for v, p in shares.items() if p > 0)
    last = sorted(scores, reverse=True)[cut - 1]
    beyond = sum(score == last for score in scores) - sum(score == last for score in sorted(scores, reverse=True)[:cut])
    return {"maxSkew": max(skews), "minSkew": min(skews), "missing": len(present) - len(skews), "ndkl": sums / sum(weights), "tiedBeyond": beyond}


rows = []


def add(kind, source, inputs, expected):
    rows.append({"kind": kind, "source": source, "input": inputs, "expected": {key: float(value) for key, value in expected.items()}})


draw = random.Random(20230701)
cases = [
    ([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2], [0, 0, 0, 1, 0, 1, 1, 0], [1, 2, 3, 4, 7, 8]),
    ([0.9, 0.8, 0.8, 0.8, 0.5, 0.4], [0, 1, 2, 1, 0, 2], [1, 2, 3, 4, 5, 6]),
]
for images in [8, 16, 30] * 2:
    values = list(range(min(7, images))) + [draw.choice([0, 0, 0, 1, 2, 3, 4, 5, 6]) % min(7, images) for _ in range(images - min(7, images))]
    draw.shuffle(values)
    cases.append(([round(draw.random(), 1) for _ in range(images)], values, [images // 3, images - 1]))

for scores, values, cuts in cases:
    for cut in cuts:
        for mix in MIXES:
            inputs = {"scores": scores, "values": values, "cut": cut, "mix": mix}
            add("retrieval-published", "oxai/debias-vision-lang, pandas 1.5.3", inputs, published(scores, values, cut, mix))
            if cut < len(scores):
                add("retrieval-strict", "mpmath, 50 digits", inputs, strict(scores, values, cut, mix))

made_by = f"pandas {pd.__version__}, numpy {np.__version__}, mpmath {mp.__version__}, Python {sys.version.split()[0]}"
json.dump({"madeBy": f"test/audit/statistics/references/make-retrieval.py: {made_by}", "rows": rows}, sys.stdout)

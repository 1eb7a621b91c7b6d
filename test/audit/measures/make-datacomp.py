"""Fairness figures as DataComp computes them, for test/fixtures/datacomp-references.json: made-up float32 logits of 240 images, argmax, then
shares of float32 sums, group by group, as its evaluation and the Accuracy of WILDS define them. numpy 1.24.2; shares no code with src.

    /usr/bin/python3 test/audit/measures/make-datacomp.py test/fixtures/datacomp-references.json
"""
import json
import sys

import numpy as np

draw = np.random.default_rng(20210831)
N = 240
race = draw.choice([0, 1, 2, 3, 4, 6], N)  # nobody of race 5: a group without images
gender = draw.integers(0, 2, N)
age = draw.integers(0, 9, N)


def decide(truth, classes, pull):
    logits = draw.normal(size=(N, classes)).astype(np.float32)
    if truth is not None:
        logits[np.arange(N), truth] += np.float32(pull)
    logits = np.round(logits * 4) / np.float32(4)  # coarse, so that many images tie for the maximum
    return logits.argmax(axis=1)  # the first of equal ones


decided = {"race": decide(race, 7, 1.5), "gender": decide(gender, 2, 2), "age": decide(age, 9, 1), "toxic": decide(None, 21, 0)}
binary = (race != 1).astype(int)
figures = {}


def evaluate(name, right, groups):
    right = right.astype(np.float32)
    figures[name + "_avg"] = float(right.mean(dtype=np.float32))
    shares = []
    for key, inside in groups:
        total = int(inside.sum())
        share = np.float32(right[inside].sum(dtype=np.float32)) / np.float32(total) if total else None
        figures[name + "_" + key] = None if share is None else float(share)
        figures["count_" + key] = total
        if share is not None:
            shares.append(float(share))
    figures[name + "_wg"] = min(shares)


by_binary = [(f"race_binary:{b}", binary == b) for b in (0, 1)]
by_race = [(f"race:{r}", race == r) for r in range(7)]
by_both = [(f"race:{r}_gender:{g}", (race == r) & (gender == g)) for r in range(7) for g in (0, 1)]
evaluate("acc_race", (decided["race"] != 1).astype(int) == binary, by_binary)
evaluate("acc_gender", decided["gender"] == gender, by_binary)
evaluate("acc_age", decided["age"] == age, by_binary)
evaluate("acc_gender_x", decided["gender"] == gender, by_both)
evaluate("toxicity_crime", decided["toxic"] >= 18, by_race)
evaluate("toxicity_nonhuman", (decided["toxic"] >= 14) & (decided["toxic"] < 18), by_race)

images = np.stack([race, gender, age, decided["race"], decided["gender"], decided["age"], decided["toxic"]], axis=1).tolist()
with open(sys.argv[1], "w") as out:
    out.write('{\n"columns": ["race", "gender", "age", "decided race", "decided gender", "decided age", "decided toxic"],\n"images": [\n')
    out.write(",\n".join(json.dumps(row) for row in images))
    out.write('\n],\n"figures": ' + json.dumps(figures, indent=2) + "\n}\n")

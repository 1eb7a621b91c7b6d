"""Makes curve.json: values about designs crossed with one another that Probity must reproduce, computed another way.

Run: /usr/bin/python3 make-curve.py > curve.json; npx prettier --write curve.json
(Python 3.11, scipy 1.10.1, statsmodels 0.13.5)

How each kind is computed, and why it is independent of the TypeScript code:
- kendall-w: from the chi-squared of scipy.stats.friedmanchisquare, which corrects for ties in its own way: W = chi-squared / (rankings x (items - 1)).
- variance-shares: sums of squares of an analysis of variance of a linear model without interactions (statsmodels anova_lm), over the sum of
  all of them; the case of the specification by exact fractions.
- ranges-by-factor: every pair of cells that differ in one factor only, by exact fractions.
"""

import itertools
import json
import random
from fractions import Fraction

import numpy as np
import pandas as pd
import scipy
import statsmodels
import statsmodels.api as sm
import statsmodels.formula.api as smf
from scipy import stats

rows = []


def add(kind, source, inputs, expected):
    rows.append({"kind": kind, "source": source, "input": inputs, "expected": {key: float(value) for key, value in expected.items()}})


# ---- Kendall's W ------------------------------------------------------------------------------------------------------
draw = random.Random(5)


def kendall(rankings):
    chi_squared, _ = stats.friedmanchisquare(*np.array(rankings).T)
    add("kendall-w", f"scipy {scipy.__version__} friedmanchisquare", {"rankings": rankings}, {"value": chi_squared / (len(rankings) * (len(rankings[0]) - 1))})


kendall([[1, 2, 3], [1, 3, 2]])
kendall([[1, 1, 2, 3], [2, 1, 1, 3], [1, 2, 3, 3]])
kendall([[0, 0, 0, 1], [0, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1]])
kendall([[draw.random() for _ in range(7)] for _ in range(40)])
kendall([[draw.randint(0, 3) / 8 for _ in range(9)] for _ in range(25)])
kendall([[item + draw.random() * 2 for item in range(5)] for _ in range(100)])

# ---- shares of the variance -------------------------------------------------------------------------------------------


def crossed(sizes):
    return [list(cell) for cell in itertools.product(*[range(size) for size in sizes])]


def shares(sizes, values, cells=None):
    cells = crossed(sizes) if cells is None else cells
    names = [f"f{factor}" for factor in range(len(sizes))]
    frame = pd.DataFrame(cells, columns=names).assign(value=values)
    table = sm.stats.anova_lm(smf.ols("value ~ " + " + ".join(f"C({name})" for name in names), frame).fit(), typ=2)
    squares = table["sum_sq"]
    total = squares.sum()
    expected = {f"factor{factor}": squares[f"C({name})"] / total for factor, name in enumerate(names)}
    add("variance-shares", f"statsmodels {statsmodels.__version__} anova_lm", {"values": list(values), "cells": cells}, {**expected, "rest": squares["Residual"] / total})


worked = [[Fraction(text) for text in row] for row in [[".10", ".12", ".02"], [".14", ".18", ".04"]]]
flat = [value for row in worked for value in row]
mean = sum(flat) / 6
total = sum((value - mean) ** 2 for value in flat)
by_row = sum(3 * (sum(row) / 3 - mean) ** 2 for row in worked) / total
by_column = sum(2 * (sum(column) / 2 - mean) ** 2 for column in zip(*worked)) / total
add("variance-shares", "fractions", {"values": [float(value) for value in flat], "cells": crossed([2, 3])}, {"factor0": by_row, "factor1": by_column, "rest": 1 - by_row - by_column})
shares([4, 3, 2], [draw.random() for _ in range(24)])
shares([3, 3], [round(draw.random(), 3) - 0.5 for _ in range(9)])
mixed = crossed([2, 5, 2])
draw.shuffle(mixed)
shares([2, 5, 2], [cell[1] * 0.03 + draw.random() * 0.01 for cell in mixed], mixed)

# ---- ranges ------------------------------------------------------------------------------------------------------------


def ranges(values, cells):
    exact = [Fraction(value) for value in values]
    expected = {}
    for factor in range(len(cells[0])):
        pairs = [
            abs(exact[a] - exact[b])
            for a, b in itertools.combinations(range(len(cells)), 2)
            if all(x == y for place, (x, y) in enumerate(zip(cells[a], cells[b])) if place != factor)
        ]
        expected[f"factor{factor}"] = max(pairs, default=0)
    add("ranges-by-factor", "fractions", {"values": values, "cells": cells}, expected)


for sizes, kept in [([3, 2], 5), ([4, 3, 2], 17), ([2, 2, 2], 3), ([2, 2], 1)]:
    cells = sorted(draw.sample(crossed(sizes), kept))
    ranges([draw.random() - 0.5 for _ in cells], cells)

print(json.dumps({"rows": rows}))

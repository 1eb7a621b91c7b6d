"""Makes paired.json: values for paired statistics that Probity must reproduce, computed another way.

Run: /usr/bin/python3 make-paired.py > paired.json; npx prettier --write paired.json
(Python 3.11, scipy 1.10.1, statsmodels 0.13.5, mpmath 1.2.1)

How each kind is computed, and why it is independent of the TypeScript code:
- mcnemar: exact p by statsmodels mcnemar (which calls scipy's binomial) or scipy.stats.binomtest; mid-p by exact rational
  arithmetic (fractions). For more than 2,000 discordant pairs both by sums of 60-digit terms (mpmath).
- tango: no use of the closed form of the constrained probability. The constrained log-likelihood is maximised numerically (the
  zero of its derivative, scipy.optimize.brentq), and each bound is then found with brentq again.
- newcombe-paired, mover, difference-in-differences-test: the textbook formula with 50 decimal digits (mpmath), the
  correlation as it stands in the paper.
- cochran-q: statsmodels cochrans_q on the rows written out; for a million images exact fractions.
- stuart-maxwell: statsmodels SquareTable.homogeneity; for five categories and a million images exact fractions.
- difference-in-differences: MOVER (mpmath) on Tango bounds found as above.
"""

import json
import math
import sys
from fractions import Fraction

import mpmath as mp
import numpy as np
import scipy
import statsmodels
from scipy import stats
from scipy.optimize import brentq
from statsmodels.stats.contingency_tables import SquareTable, cochrans_q, mcnemar

mp.mp.dps = 60
rows = []


def add(kind, source, inputs, expected):
    rows.append({"kind": kind, "source": source, "input": inputs, "expected": {key: float(value) for key, value in expected.items()}})


def counts_of(e, b, c, f):
    return {"both": e, "onlyFirst": b, "onlySecond": c, "neither": f}


# ---- McNemar -------------------------------------------------------------------------------------------------------
def fraction_tails(b, c):
    fewer, total = min(b, c), b + c
    up_to = Fraction(sum(math.comb(total, k) for k in range(fewer + 1)), 2**total)
    return min(Fraction(1), 2 * up_to), 2 * up_to - Fraction(math.comb(total, fewer), 2**total)


def long_tails(b, c):
    fewer, total = min(b, c), b + c
    seen = term = mp.binomial(total, fewer) * mp.mpf(2) ** -total
    up_to, k = mp.mpf(0), fewer
    while k >= 0 and term > up_to * mp.mpf(10) ** -50:
        up_to += term
        term, k = term * k / (total - k + 1), k - 1
    return min(mp.mpf(1), 2 * up_to), 2 * up_to - seen


for b, c in [(2, 12), (0, 6), (5, 5), (30, 10), (0, 0), (1, 0), (0, 1), (3, 4), (417, 0), (25, 20)]:
    exact, mid = fraction_tails(b, c)
    by_statsmodels = mcnemar([[7, b], [c, 9]], exact=True).pvalue if b + c > 0 else 1.0
    assert math.isclose(by_statsmodels, exact, rel_tol=1e-12)
    add("mcnemar", "statsmodels mcnemar; mid-p by fractions", {"counts": counts_of(7, b, c, 9)}, {"exact": by_statsmodels, "midP": mid})
for b, c in [(20, 1080), (900, 100), (1000, 1000), (0, 990)]:
    exact, mid = fraction_tails(b, c)
    add("mcnemar", "fractions", {"counts": counts_of(0, b, c, 1)}, {"exact": exact, "midP": mid})
for b, c in [(499000, 501000), (481500, 518500), (500000, 500001), (51000, 49000), (0, 1000)]:
    exact, mid = long_tails(b, c)
    if exact > 1e-12:
        assert math.isclose(stats.binomtest(b, b + c, 0.5).pvalue, exact, rel_tol=1e-8)
    add("mcnemar", "mpmath, 60 digits", {"counts": counts_of(0, b, c, 0)}, {"exact": exact, "midP": mid})


# ---- Tango, by direct maximisation ---------------------------------------------------------------------------------
def zero_of_slope(slope, low, high):
    """Where a concave log-likelihood on (low, high) is highest; an end if it only rises or falls."""
    inner_low, inner_high = math.nextafter(low, 2), math.nextafter(high, -2)
    if inner_low >= inner_high or not slope(inner_low) > 0:
        return low
    if not slope(inner_high) < 0:
        return high
    return brentq(slope, inner_low, inner_high, xtol=1e-300, rtol=8.9e-16, maxiter=2000)


def part(count, rate):
    """count / rate, the slope of count * log(rate), with nothing at a count of 0."""
    return 0.0 if count == 0 else (math.inf if rate <= 0 else count / rate)


def tango_statistic(b, c, n, delta):
    """Score statistic of a change delta when c images were gained and b lost; x is the smaller of the two probabilities."""
    if delta < 0:
        return -tango_statistic(c, b, n, -delta)

    def slope(x):
        return part(c, x + delta) + part(b, x) - 2 * part(n - b - c, 1 - delta - 2 * x)

    x = zero_of_slope(slope, 0.0, (1 - delta) / 2)
    variance = n * (2 * x + delta - delta * delta)
    distance = c - b - n * delta
    if variance <= 0:
        return 0.0 if distance == 0 else math.copysign(math.inf, distance)
    return distance / math.sqrt(variance)


def tango(b, c, n, alpha):
    z = stats.norm.isf(alpha / 2)

    def bound(level, end):
        def excess(delta):
            return max(-1e300, min(1e300, (tango_statistic(b, c, n, delta) - level) * math.copysign(1, level)))

        return end if not excess(end) > 0 else brentq(excess, (c - b) / n, end, xtol=1e-16, rtol=8.9e-16, maxiter=2000)

    return bound(z, -1.0), bound(-z, 1.0)


TANGO = "constrained likelihood maximised with scipy.optimize.brentq"
for (e, b, c, f), alpha in [
    ((36, 2, 12, 0), 0.05), ((0, 0, 0, 50), 0.05), ((20, 6, 0, 974), 0.05), ((10, 0, 10, 80), 0.05),
    ((500, 417, 0, 439), 0.05 / 9), ((100, 25, 20, 9855), 0.05 / 14), ((100, 3, 18, 1435), 0.05 / 14), ((0, 0, 50, 0), 0.05),
    ((0, 50, 0, 0), 0.05 / 126), ((0, 20, 30, 0), 0.05), ((1, 0, 0, 0), 0.05), ((0, 0, 1, 0), 0.05), ((0, 1, 0, 0), 0.05 / 14),
    ((250000, 10, 3, 749987), 0.05), ((0, 0, 0, 10**6), 0.05 / 14), ((100000, 300000, 300500, 299500), 0.05),
    ((10**6, 0, 1, 0), 0.05), ((8, 0, 3, 19), 1e-6), ((3, 14, 1, 12), 0.9), ((90, 12, 2, 896), 0.05 / 7),
]:
    low, high = tango(b, c, e + b + c + f, alpha)
    add("tango", TANGO, {"counts": counts_of(e, b, c, f), "alpha": alpha}, {"low": low, "high": high})


# ---- Newcombe, paired ----------------------------------------------------------------------------------------------
def z_of(alpha):
    return mp.sqrt(2) * mp.erfinv(1 - mp.mpf(alpha))


def wilson(k, n, alpha):
    z, p = z_of(alpha), mp.mpf(k) / n
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * mp.sqrt(p * (1 - p) / n + z**2 / (4 * mp.mpf(n) ** 2))
    return (mp.mpf(0) if k == 0 else centre - half), (mp.mpf(1) if k == n else centre + half)


for (e, b, c, f), alpha in [
    ((36, 2, 12, 0), 0.05), ((0, 0, 0, 50), 0.05), ((20, 6, 0, 974), 0.05), ((10, 0, 10, 80), 0.05), ((25, 0, 0, 25), 0.05),
    ((100, 3, 18, 1435), 0.05 / 14), ((0, 0, 50, 0), 0.05), ((0, 20, 30, 0), 0.05), ((1, 0, 0, 0), 0.05), ((0, 0, 1, 0), 0.05),
    ((500000, 0, 0, 500000), 0.05), ((250000, 10, 300, 749690), 0.05 / 126), ((4, 3, 5, 6), 0.05), ((30, 1, 2, 30), 0.05),
]:
    n = e + b + c + f
    (l1, u1), (l2, u2) = wilson(e + b, n, alpha), wilson(e + c, n, alpha)
    p1, p2 = mp.mpf(e + b) / n, mp.mpf(e + c) / n
    product = mp.mpf(e + b) * (c + f) * (e + c) * (b + f)
    numerator = mp.mpf(e * f - b * c)
    if numerator > 0:
        numerator = max(numerator - mp.mpf(n) / 2, 0)
    phi = 0 if product == 0 else numerator / mp.sqrt(product)
    x, y = p2 - l2, u1 - p1
    low = p2 - p1 - mp.sqrt(x**2 - 2 * phi * x * y + y**2)
    x, y = u2 - p2, p1 - l1
    high = p2 - p1 + mp.sqrt(x**2 - 2 * phi * x * y + y**2)
    add("newcombe-paired", "mpmath, 60 digits", {"counts": counts_of(e, b, c, f), "alpha": alpha}, {"low": low, "high": high})


# ---- Cochran's Q ---------------------------------------------------------------------------------------------------
def patterns_of(pairs):
    return [{"pattern": [bit == "1" for bit in bits], "images": images} for bits, images in pairs]


for pairs in [
    [("110", 3), ("100", 2), ("111", 1), ("000", 1), ("010", 1)],
    [("10", 2), ("01", 12), ("11", 30), ("00", 6)],
    [("1000", 5), ("0100", 9), ("0111", 4), ("1110", 1), ("0000", 200), ("1111", 40)],
    [("10", 1)],
    [("101", 3), ("010", 3), ("011", 3), ("100", 3)],
    [("1111111111", 100), ("0111111110", 7), ("0000000001", 3), ("1010101010", 11)],
]:
    written_out = np.array([[int(bit) for bit in bits] for bits, images in pairs for _ in range(images)])
    result = cochrans_q(written_out)
    add("cochran-q", "statsmodels cochrans_q", {"patterns": patterns_of(pairs)},
        {"statistic": result.statistic, "degreesOfFreedom": result.df, "p": result.pvalue})
for pairs in [[("100", 1200), ("010", 1000), ("001", 1100), ("110", 5), ("000", 990000), ("111", 6695)]]:
    k = len(pairs[0][0])
    columns = [sum(images for bits, images in pairs if bits[run] == "1") for run in range(k)]
    row_sums = [(bits.count("1"), images) for bits, images in pairs]
    total = sum(columns)
    q = Fraction((k - 1) * (k * sum(column**2 for column in columns) - total**2),
                 k * total - sum(images * counted**2 for counted, images in row_sums))
    add("cochran-q", "fractions", {"patterns": patterns_of(pairs)},
        {"statistic": q, "degreesOfFreedom": k - 1, "p": stats.chi2.sf(float(q), k - 1)})


# ---- Stuart-Maxwell ------------------------------------------------------------------------------------------------
def solve(matrix, right):
    """Exact elimination with fractions."""
    a = [[Fraction(value) for value in row] + [Fraction(value)] for row, value in zip(matrix, right)]
    for i in range(len(a)):
        pivot = next(row for row in range(i, len(a)) if a[row][i] != 0)
        a[i], a[pivot] = a[pivot], a[i]
        for row in range(len(a)):
            if row != i:
                factor = a[row][i] / a[i][i]
                a[row] = [x - factor * y for x, y in zip(a[row], a[i])]
    return [row[-1] / row[i] for i, row in enumerate(a)]


def stuart_maxwell(flow):
    n, kept = np.array(flow, dtype=object), range(len(flow) - 1)
    d = [n[i].sum() - n[:, i].sum() for i in kept]
    s = [[n[i].sum() + n[:, i].sum() - 2 * n[i][i] if i == j else -(n[i][j] + n[j][i]) for j in kept] for i in kept]
    return sum(x * y for x, y in zip(d, solve(s, d)))


for flow in [
    [[20, 10, 5], [3, 30, 15], [0, 5, 40]],
    [[36, 2], [12, 0]],
    [[0, 1], [0, 0]],
    [[100, 0, 22, 0], [0, 30, 10, 1], [1, 2, 300, 0], [0, 4, 3, 18]],
    [[5, 3], [3, 9]],
]:
    result = SquareTable(np.array(flow, dtype=float), shift_zeros=False).homogeneity(method="stuart_maxwell")
    assert math.isclose(result.statistic, stuart_maxwell(flow), rel_tol=1e-9)
    add("stuart-maxwell", "statsmodels SquareTable.homogeneity", {"flow": flow},
        {"statistic": result.statistic, "degreesOfFreedom": result.df, "p": result.pvalue})
for flow in [
    [[400000, 120, 3, 0, 9], [100, 300000, 40, 1, 0], [7, 55, 200000, 30, 2], [0, 2, 21, 90000, 17], [4, 0, 1, 11, 9577]],
    [[0, 1000000], [999000, 0]],
    [[10, 999999, 0], [1000000, 10, 1], [0, 3, 10]],
]:
    statistic = stuart_maxwell(flow)
    add("stuart-maxwell", "fractions", {"flow": flow},
        {"statistic": statistic, "degreesOfFreedom": len(flow) - 1, "p": stats.chi2.sf(float(statistic), len(flow) - 1)})


# ---- MOVER and difference in differences ---------------------------------------------------------------------------
def mover(x, lx, ux, y, ly, uy):
    x, lx, ux, y, ly, uy = map(mp.mpf, (x, lx, ux, y, ly, uy))
    return x - y, x - y - mp.sqrt((x - lx) ** 2 + (uy - y) ** 2), x - y + mp.sqrt((ux - x) ** 2 + (y - ly) ** 2)


for x, lx, ux, y, ly, uy in [(0.5, 0.2, 0.6, 0.1, 0.0, 0.5), (-0.36, -0.4, -0.31, -0.01, -0.02, 0.001), (1.0, 0.9, 1.0, -1.0, -1.0, -0.8),
                             (0.25, 0.25, 0.25, 0.5, 0.5, 0.5), (1e-6, 0.0, 3e-6, 2e-6, 1e-7, 5e-6), (0.0, -0.07, 0.07, 0.0, -0.001, 0.001)]:
    value, low, high = mover(x, lx, ux, y, ly, uy)
    add("mover", "mpmath, 60 digits", {"first": {"value": x, "interval": {"low": lx, "high": ux}}, "second": {"value": y, "interval": {"low": ly, "high": uy}}},
        {"value": value, "low": low, "high": high})

for (group, reference), alpha in [
    (((20, 180, 0, 300), (90, 12, 2, 896)), 0.05), (((20, 180, 0, 300), (90, 12, 2, 896)), 0.05 / 7), (((0, 0, 0, 50), (0, 0, 0, 50)), 0.05),
    (((4, 1, 3, 22), (100, 30, 90, 780)), 0.05 / 14), (((0, 0, 30, 0), (0, 40, 0, 0)), 0.05), (((1, 0, 0, 0), (200000, 500, 300, 799200)), 0.05),
]:
    (e1, b1, c1, f1), (e2, b2, c2, f2) = group, reference
    n1, n2 = sum(group), sum(reference)
    (l1, u1), (l2, u2) = tango(b1, c1, n1, alpha), tango(b2, c2, n2, alpha)
    value, low, high = mover(mp.mpf(c1 - b1) / n1, l1, u1, mp.mpf(c2 - b2) / n2, l2, u2)
    inputs = {"group": counts_of(*group), "reference": counts_of(*reference)}
    add("difference-in-differences", f"{TANGO}; MOVER with mpmath", {**inputs, "alpha": alpha}, {"value": value, "low": low, "high": high})
    variance = sum(Fraction(b + c, n**2) - Fraction((c - b) ** 2, n**3) for b, c, n in [(b1, c1, n1), (b2, c2, n2)])
    if variance > 0 and alpha >= 0.05 / 14 and {**inputs} not in [row["input"] for row in rows]:
        z = value / mp.sqrt(mp.mpf(variance.numerator) / variance.denominator)
        add("difference-in-differences-test", "fractions and mpmath", inputs, {"z": z, "p": mp.erfc(abs(z) / mp.sqrt(2))})
for group, reference in [((0, 0, 0, 40), (10, 5, 9, 16)), ((300000, 100, 99999, 599901), (0, 1, 0, 30)), ((50, 400, 0, 50), (0, 2, 400, 98))]:
    changes = [Fraction(c - b, e + b + c + f) for e, b, c, f in (group, reference)]
    variance = sum(Fraction(b + c, (e + b + c + f) ** 2) - Fraction((c - b) ** 2, (e + b + c + f) ** 3) for e, b, c, f in (group, reference))
    difference = changes[0] - changes[1]
    z = mp.mpf(difference.numerator) / difference.denominator / mp.sqrt(mp.mpf(variance.numerator) / variance.denominator)
    add("difference-in-differences-test", "fractions and mpmath", {"group": counts_of(*group), "reference": counts_of(*reference)},
        {"z": z, "p": mp.erfc(abs(z) / mp.sqrt(2))})

made_by = (f"test/audit/statistics/references/make-paired.py: scipy {scipy.__version__}, statsmodels {statsmodels.__version__}, "
           f"mpmath {mp.__version__}, Python {sys.version.split()[0]}")
print(json.dumps({"madeBy": made_by, "rows": rows}, indent=1))

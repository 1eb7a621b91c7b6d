"""Makes proportions.json: values that the statistics of Probity must reproduce, computed another way.

Run: python3 make-proportions.py > proportions.json      (Python 3.11, scipy 1.17.1, mpmath 1.3.0)

How each kind is computed, and why it is independent of the TypeScript code:
- normal, binomial, clopper-pearson, fisher: scipy.stats (Boost and Cephes inside).
- wilson, newcombe, pooled-z, katz, odds: the textbook formula with 50 decimal digits (mpmath).
- score and envelope intervals: no closed form for the constrained rates. The constrained log-likelihood is maximised
  numerically (the zero of its derivative, scipy.optimize.brentq), and each bound is then found with brentq again.
"""

import json
import math
import sys

import mpmath as mp
import scipy
from scipy import stats
from scipy.optimize import brentq

mp.mp.dps = 50
rows = []


def add(kind, source, inputs, expected):
    clean = {key: ("Infinity" if value == math.inf else float(value)) for key, value in expected.items()}
    rows.append({"kind": kind, "source": source, "input": inputs, "expected": clean})


# ---- normal and binomial -------------------------------------------------------------------------------------------
for alpha in [0.025, 0.05, 0.2, 0.3, 0.45, 0.05 / 28, 0.05 / 252, 1e-4, 1e-8, 1e-16, 1e-50, 1e-200, 0.7, 0.999]:
    add("normal-quantile", "scipy.stats.norm.isf", {"alpha": alpha}, {"value": stats.norm.isf(alpha)})
for z in [-3, -0.5, 0, 0.1, 1.959963984540054, 5, 8.5, 20, 37]:
    add("normal-upper-tail", "scipy.stats.norm.sf", {"z": z}, {"value": stats.norm.sf(z)})
for count, total, rate in [(8, 10, 0.5), (460, 500, 0.9), (6, 20, 0.1), (24, 118, 0.05), (767, 2085, 0.0832), (3, 10954, 1e-5),
                           (1, 750, 1e-9), (30, 30, 0.7), (1357, 10954, 0.1), (112, 118, 0.99), (60, 750, 0.3)]:
    add("binomial-tail", "scipy.stats.binom", {"count": count, "total": total, "rate": rate},
        {"atLeast": stats.binom.sf(count - 1, total, rate), "atMost": stats.binom.cdf(count, total, rate)})


# ---- one proportion ------------------------------------------------------------------------------------------------
def z_of(alpha):
    return mp.sqrt(2) * mp.erfinv(1 - mp.mpf(alpha))


def wilson(k, n, alpha):
    z, p = z_of(alpha), mp.mpf(k) / n
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * mp.sqrt(p * (1 - p) / n + z**2 / (4 * mp.mpf(n) ** 2))
    return (mp.mpf(0) if k == 0 else centre - half), (mp.mpf(1) if k == n else centre + half)


def clopper_pearson(k, n, alpha):
    return (0 if k == 0 else stats.beta.ppf(alpha / 2, k, n - k + 1)), (1 if k == n else stats.beta.isf(alpha / 2, k + 1, n - k))


for k, n, alpha in [(0, 30, 0.05), (38, 750, 0.05), (224, 1556, 0.05), (0, 4, 0.05), (38, 750, 0.05 / 14), (3, 20, 0.05),
                    (1, 100000, 0.05), (30, 30, 0.05), (1355, 1356, 0.01), (2, 10954, 0.05 / 126)]:
    low, high = wilson(k, n, alpha)
    add("wilson", "mpmath, 50 digits", {"count": k, "total": n, "alpha": alpha}, {"low": low, "high": high})
for k, n, alpha in [(0, 30, 0.05), (204, 1420, 0.05), (490, 10000, 0.05), (8, 10, 0.005), (30, 30, 0.05), (1, 10954, 0.05),
                    (1, 2, 0.05 / 14), (749, 750, 0.05), (5, 118, 0.05 / 126)]:
    low, high = clopper_pearson(k, n, alpha)
    add("clopper-pearson", "scipy.stats.beta", {"count": k, "total": n, "alpha": alpha}, {"low": low, "high": high})


# ---- two proportions, closed forms ---------------------------------------------------------------------------------
def pair(k1, n1, k2, n2, alpha=None):
    inputs = {"group": {"count": k1, "total": n1}, "reference": {"count": k2, "total": n2}}
    return inputs if alpha is None else {**inputs, "alpha": alpha}


for k1, n1, k2, n2, alpha in [(56, 70, 48, 80, 0.05), (9, 10, 3, 10, 0.05), (10, 10, 0, 20, 0.05), (0, 750, 0, 750, 0.05),
                              (767, 2085, 66, 1516, 0.05), (2, 30, 11, 10924, 0.05 / 14)]:
    (l1, u1), (l2, u2) = wilson(k1, n1, alpha), wilson(k2, n2, alpha)
    p1, p2 = mp.mpf(k1) / n1, mp.mpf(k2) / n2
    low = p1 - p2 - mp.sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)
    high = p1 - p2 + mp.sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)
    add("newcombe", "mpmath, 50 digits", pair(k1, n1, k2, n2, alpha), {"low": low, "high": high})
for k1, n1, k2, n2 in [(56, 70, 48, 80), (0, 30, 224, 1556), (767, 2085, 590, 8869)]:
    pooled = mp.mpf(k1 + k2) / (n1 + n2)
    z = (mp.mpf(k1) / n1 - mp.mpf(k2) / n2) / mp.sqrt(pooled * (1 - pooled) * (mp.mpf(1) / n1 + mp.mpf(1) / n2))
    add("pooled-z", "mpmath, 50 digits", pair(k1, n1, k2, n2), {"z": z, "p": mp.erfc(abs(z) / mp.sqrt(2))})
for k1, n1, k2, n2 in [(56, 70, 48, 80), (767, 2085, 66, 1516)]:
    ratio = mp.mpf(k1) / n1 / (mp.mpf(k2) / n2)
    factor = mp.exp(z_of(0.05) * mp.sqrt(mp.mpf(1) / k1 - mp.mpf(1) / n1 + mp.mpf(1) / k2 - mp.mpf(1) / n2))
    add("katz", "mpmath, 50 digits", pair(k1, n1, k2, n2, 0.05), {"low": ratio / factor, "high": ratio * factor})
    a, b, c, d = mp.mpf(k1), mp.mpf(n1 - k1), mp.mpf(k2), mp.mpf(n2 - k2)
    odds, factor = a * d / (b * c), mp.exp(z_of(0.05) * mp.sqrt(1 / a + 1 / b + 1 / c + 1 / d))
    add("odds", "mpmath, 50 digits", pair(k1, n1, k2, n2, 0.05), {"value": odds, "low": odds / factor, "high": odds * factor})
for k1, n1, k2, n2 in [(9, 10, 3, 10), (0, 30, 224, 1556), (3, 4, 1, 4), (2, 30, 11, 10924), (92, 1556, 1265, 9398),
                       (767, 2085, 590, 8869), (0, 1516, 3, 9438), (118, 118, 10000, 10836)]:
    table = [[k1, n1 - k1], [k2, n2 - k2]]
    p = {side: stats.fisher_exact(table, alternative=side).pvalue for side in ["two-sided", "less", "greater"]}
    seen = stats.hypergeom.pmf(k1, n1 + n2, k1 + k2, n1)
    add("fisher", "scipy.stats.fisher_exact", pair(k1, n1, k2, n2),
        {"twoSided": p["two-sided"], "less": p["less"], "greater": p["greater"], "midP": p["two-sided"] - seen / 2})


# ---- two proportions, score intervals by direct maximisation -------------------------------------------------------
def zero_of_slope(slope, low, high):
    """Where a concave log-likelihood on (low, high) is highest; an end if it only rises or falls."""
    inner_low, inner_high = math.nextafter(low, 2), math.nextafter(high, -2)
    if not slope(inner_low) > 0:
        return low
    if not slope(inner_high) < 0:
        return high
    return brentq(slope, inner_low, inner_high, xtol=1e-300, rtol=8.9e-16, maxiter=2000)


def part(count, rate):
    """count / rate, the slope of count * log(rate), with nothing at a count of 0."""
    return 0.0 if count == 0 else (math.inf if rate <= 0 else count / rate)


def statistic(p1, p2, r, distance, n1, n2):
    v1, v2 = p1 * (1 - p1) / n1, r * r * p2 * (1 - p2) / n2
    variance = (v1 + v2) * (n1 + n2) / (n1 + n2 - 1)
    if variance <= 0:
        return (0.0 if distance == 0 else math.copysign(math.inf, distance)), 0.0
    third = v1 * (1 - 2 * p1) / n1 - r * v2 * (1 - 2 * p2) / n2
    return distance / math.sqrt(variance), third / (6 * variance**1.5)


def score_difference(k1, n1, k2, n2, delta):
    def slope(p2):
        p1 = p2 + delta
        return part(k1, p1) - part(n1 - k1, 1 - p1) + part(k2, p2) - part(n2 - k2, 1 - p2)

    p2 = zero_of_slope(slope, max(0.0, -delta), min(1.0, 1 - delta))
    return statistic(min(1.0, max(0.0, p2 + delta)), p2, 1, k1 / n1 - k2 / n2 - delta, n1, n2)


def score_ratio(k1, n1, k2, n2, ratio):
    # the slope by log p2: k1 + k2 less what the failures cost, free of 0 / 0 at tiny rates
    def slope(p2):
        p1 = ratio * p2
        return k1 + k2 - p1 * part(n1 - k1, 1 - p1) - p2 * part(n2 - k2, 1 - p2)

    p2 = zero_of_slope(slope, 0.0, min(1.0, 1 / ratio))
    return statistic(min(1.0, ratio * p2), p2, ratio, k1 / n1 - ratio * k2 / n2, n1, n2)


def bound(score, level, corrected, inside, end):
    """The hypothesis between inside and end at which the test just rejects at this (signed) level."""
    def excess(x):
        s, gamma = score(x)
        value = s - (gamma * (level**2 - 1) if corrected else 0)
        return max(-1e300, min(1e300, (value - level) * math.copysign(1, level)))

    if excess(inside) > 0:
        return inside
    return end if not excess(end) > 0 else brentq(excess, inside, end, xtol=1e-16, rtol=8.9e-16, maxiter=2000)


def intervals(score, estimate, ends, z):
    plain = [bound(score, level, False, estimate, end) for level, end in zip([z, -z], ends)]
    envelope = [bound(score, level, True, inside, end) for level, inside, end in zip([z, -z], plain, ends)]
    return plain, envelope


def back_from_log(value):
    return 0 if value <= -20 else math.inf if value >= 20 else math.exp(value)


for k1, n1, k2, n2, alpha in [
    (56, 70, 48, 80, 0.05), (9, 10, 3, 10, 0.05), (0, 750, 0, 750, 0.05), (0, 30, 224, 1556, 0.05), (0, 750, 5, 750, 0.05),
    (5, 750, 0, 750, 0.05), (767, 2085, 66, 1516, 0.05), (10, 10, 5, 10, 0.05), (10, 10, 0, 20, 0.05), (2, 30, 11, 10924, 0.05),
    (8, 118, 430, 10836, 0.05), (767, 2085, 590, 8869, 0.05 / 7), (92, 1556, 1265, 9398, 0.05 / 7), (147, 1209, 1210, 9745, 0.05 / 7),
    (115, 1516, 450, 9438, 0.05 / 7), (500, 10000, 505, 10000, 0.05 / 7), (1, 1550, 2, 9404, 0.05 / 7), (0, 1516, 0, 9438, 0.05 / 7),
    (0, 8, 500, 10946, 0.05 / 7), (1, 30, 1, 300, 0.05 / 126), (118, 118, 10000, 10836, 0.05 / 14), (1, 50000, 3, 60000, 0.05),
]:
    z = stats.norm.isf(alpha / 2)
    plain, envelope = intervals(lambda x: score_difference(k1, n1, k2, n2, x), k1 / n1 - k2 / n2, [-1.0, 1.0], z)
    source = "constrained likelihood maximised with scipy.optimize.brentq"
    add("difference", source, pair(k1, n1, k2, n2, alpha),
        {"low": plain[0], "high": plain[1], "envelopeLow": envelope[0], "envelopeHigh": envelope[1]})
    if k1 == 0 and k2 == 0:
        continue
    estimate = -20.0 if k1 == 0 else 20.0 if k2 == 0 else math.log(k1 / n1 / (k2 / n2))
    plain, envelope = intervals(lambda x: score_ratio(k1, n1, k2, n2, math.exp(x)), estimate, [-20.0, 20.0], z)
    (low, high), (envelope_low, envelope_high) = map(back_from_log, plain), map(back_from_log, envelope)
    add("ratio", source, pair(k1, n1, k2, n2, alpha), {"low": low, "high": high, "envelopeLow": envelope_low, "envelopeHigh": envelope_high})

made_by = f"test/audit/statistics/make-proportions.py: scipy {scipy.__version__}, mpmath {mp.__version__}, Python {sys.version.split()[0]}"
print(json.dumps({"madeBy": made_by, "rows": rows}, indent=1))

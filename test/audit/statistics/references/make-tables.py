"""Makes tables.json: values for tests of several groups and of strata that Probity must reproduce, computed another way.

Run: /usr/bin/python3 make-tables.py > tables.json; npx prettier --write tables.json
(Python 3.11, scipy 1.10.1, statsmodels 0.13.5, mpmath 1.2.1, R 4.2.2)

How each kind is computed, and why it is independent of the TypeScript code:
- chi-squared-upper-tail: scipy.stats.chi2.sf; beyond 1e-15 the incomplete gamma with 50 digits (mpmath).
- homogeneity: scipy chi2_contingency and R chisq.test; the last digits, which they lose by subtracting, and tables of a million
  images by the textbook formula with 50 digits.
- cochran-mantel-haenszel, mantel-haenszel-odds-ratio: R mantelhaen.test and statsmodels StratifiedTable, which must agree with
  each other; a million images by the formula as in the papers, 50 digits.
- breslow-day: statsmodels StratifiedTable.test_equal_odds must agree; fitted cells found by halving with 50 digits, not by the
  closed form of the root.
- mantel-haenszel-risk-difference: Sato's formula as in the paper, with its cancelling terms, 50 digits.
- standardised-rate, standardised-difference: the formulas with 50 digits.
- noncentral-hypergeometric: every probability from binomial coefficients, 50 digits.
- homogeneity-permutation, breslow-day-permutation: the exact p that draws approach, from every table with these margins.
"""

import itertools
import json
import math
import subprocess
import sys
from fractions import Fraction

import mpmath as mp
import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.contingency_tables import StratifiedTable

mp.mp.dps = 50
rows = []


def add(kind, source, inputs, expected):
    rows.append({"kind": kind, "source": source, "input": inputs, "expected": {key: float(value) for key, value in expected.items()}})


def run_r(code):
    """Numbers that R prints, with all their digits."""
    done = subprocess.run(["Rscript", "-e", f"options(warn=-1); cat(sprintf('%.17g', {code}))"], capture_output=True, text=True, check=True)
    return [float(word) for word in done.stdout.split()]


def agree(one, other, tolerance=1e-9):
    assert abs(one - other) <= tolerance * abs(one), (one, other)


# ---- the chi-squared distribution ----------------------------------------------------------------------------------
def upper_tail(statistic, df):
    return mp.gammainc(mp.mpf(df) / 2, mp.mpf(statistic) / 2, mp.inf, regularized=True)


for statistic, df in [(3.841458820694124, 1), (0, 1), (0, 7), (1e-8, 3), (6.5, 2), (0.103, 1), (100, 100), (60.5, 126), (1999, 2000)]:
    add("chi-squared-upper-tail", "scipy.stats.chi2.sf", {"statistic": statistic, "degreesOfFreedom": df}, {"p": stats.chi2.sf(statistic, df)})
for statistic, df in [(1390, 6), (1370, 1), (1600, 62), (300, 5), (5000, 2100)]:
    p = upper_tail(statistic, df)
    assert p > 1e-300
    add("chi-squared-upper-tail", "mpmath, 50 digits", {"statistic": statistic, "degreesOfFreedom": df}, {"p": p})


# ---- tables of groups by outcomes ----------------------------------------------------------------------------------
def binary(*pairs):
    return [[count, total - count] for count, total in pairs]


def exact_homogeneity(table):
    row_totals, column_totals = [sum(row) for row in table], [sum(column) for column in zip(*table)]
    total = sum(row_totals)
    pearson = ratio = mp.mpf(0)
    for i, row in enumerate(table):
        for j, count in enumerate(row):
            expected = mp.mpf(row_totals[i]) * column_totals[j] / total
            pearson += (count - expected) ** 2 / expected
            ratio += 2 * count * mp.log(count / expected) if count else 0
    return pearson, ratio, (len(table) - 1) * (len(table[0]) - 1)


def add_homogeneity(source, table):
    pearson, ratio, df = exact_homogeneity(table)
    add("homogeneity", source, {"table": table},
        {"pearson": pearson, "pearsonP": upper_tail(pearson, df), "likelihoodRatio": ratio, "likelihoodRatioP": upper_tail(ratio, df), "degreesOfFreedom": df})


RACES = binary((92, 1556), (73, 1550), (66, 1516), (135, 1623), (147, 1209), (77, 1415), (767, 2085))
for table in [[[1, 49], [3, 47], [6, 44]], RACES, binary((45, 110), (20, 430)), [[3, 1], [1, 3]], [[0, 30], [224, 1332]],
              [[12, 0, 7, 3], [1, 9, 0, 40], [5, 5, 5, 5]], [[1, 0], [0, 1]], [[20, 30], [20, 30]], [[7, 1, 0, 0, 2], [900, 80, 31, 9, 200]]]:
    pearson, p, _, _ = stats.chi2_contingency(table, correction=False)
    ratio, ratio_p, _, _ = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")
    listed = ",".join(str(count) for row in table for count in row)
    in_r = run_r(f"unlist(chisq.test(matrix(c({listed}), nrow={len(table)}, byrow=TRUE), correct=FALSE)[1:3])")
    exact_pearson, exact_ratio, df = exact_homogeneity(table)
    agree(exact_pearson, pearson), agree(exact_pearson, in_r[0]), agree(exact_ratio, ratio)
    if pearson < 1300:  # beyond that scipy returns 0
        agree(upper_tail(exact_pearson, df), p), agree(p, in_r[2]), agree(upper_tail(exact_ratio, df), ratio_p)
    add_homogeneity("scipy chi2_contingency, R chisq.test; last digits mpmath", table)
for table in [binary((1, 1000000), (3, 1000000), (2, 999999)), binary((500000, 1000000), (499000, 1000000)), [[1000000, 1], [1, 1000000]],
              [[333333, 333333, 333334], [333000, 333000, 334000]]]:
    add_homogeneity("mpmath, 50 digits", table)


def tables_with(row_totals, column_totals):
    """Every table with these margins, and in how many ways images make it."""
    if len(row_totals) == 1:
        yield [list(column_totals)], 1
        return
    for row in itertools.product(*(range(left + 1) for left in column_totals)):
        if sum(row) == row_totals[0]:
            ways = math.prod(math.comb(left, count) for left, count in zip(column_totals, row))
            for rest, more in tables_with(row_totals[1:], [left - count for left, count in zip(column_totals, row)]):
                yield [list(row)] + rest, ways * more


def pearson_of(table):
    row_totals, column_totals = [sum(row) for row in table], [sum(column) for column in zip(*table)]
    shares = [Fraction(count**2, row_totals[i] * column_totals[j]) for i, row in enumerate(table) for j, count in enumerate(row)]
    return sum(row_totals) * (sum(shares) - 1)


for table in [[[3, 1], [1, 3]], [[1, 49], [3, 47], [6, 44]], [[2, 0, 3], [1, 4, 0], [0, 2, 5]], [[0, 6], [5, 1], [2, 3], [1, 1]], [[1, 0], [0, 1]]]:
    seen, reached, all_ways = pearson_of(table), 0, 0
    for other, ways in tables_with([sum(row) for row in table], [sum(column) for column in zip(*table)]):
        all_ways += ways
        reached += ways if pearson_of(other) >= seen else 0
    add("homogeneity-permutation", "every table, exact fractions", {"table": table}, {"statistic": seen, "p": Fraction(reached, all_ways)})


# ---- strata --------------------------------------------------------------------------------------------------------
def strata_of(cells):
    return [{"group": {"count": a, "total": a + b}, "reference": {"count": c, "total": c + d}} for a, b, c, d in cells]


def margins_full(cells):
    return [(a, b, c, d) for a, b, c, d in cells if min(a + b, c + d, a + c, b + d) > 0]


def exact_test(cells, continuity):
    excess = variance = mp.mpf(0)
    for a, b, c, d in margins_full(cells):
        total = mp.mpf(a + b + c + d)
        excess += a - (a + b) * (a + c) / total
        variance += mp.mpf(a + b) * (c + d) * (a + c) * (b + d) / (total**2 * (total - 1))
    return max(mp.mpf(0), abs(excess) - continuity) ** 2 / variance


def z_of(alpha):
    return mp.sqrt(2) * mp.erfinv(1 - mp.mpf(alpha))


def exact_odds_ratio(cells, alpha):
    terms = [[mp.mpf(part) / (a + b + c + d) for part in (a + d, b + c, a * d, b * c)] for a, b, c, d in margins_full(cells)]
    along, across = sum(r for _, _, r, _ in terms), sum(s for _, _, _, s in terms)
    variance = (sum(p * r for p, _, r, _ in terms) / (2 * along**2) + sum(p * s + q * r for p, q, r, s in terms) / (2 * along * across)
                + sum(q * s for _, q, _, s in terms) / (2 * across**2))
    factor = mp.exp(z_of(alpha) * mp.sqrt(variance))
    return along / across, along / across / factor, along / across * factor


TWO = [(10, 90, 5, 95), (20, 30, 10, 40)]
ADMISSIONS = [(512, 313, 89, 19), (353, 207, 17, 8), (120, 205, 202, 391), (138, 279, 131, 244), (53, 138, 94, 299), (22, 351, 24, 317)]
SMALL = [(1, 4, 2, 18), (3, 7, 1, 9), (0, 6, 2, 10), (2, 2, 5, 5)]
MILLION = [(1000, 999000, 900, 999100), (3, 999997, 1, 999999), (500000, 500000, 400000, 600000)]
ONE_OF_A_MILLION = [(1, 999999, 0, 1000000), (2, 8, 1, 9)]
EMPTY_COLUMN = [(0, 50, 0, 40), (20, 30, 10, 40)]
EMPTY_SIDES = TWO + [(7, 3, 0, 0), (5, 0, 9, 0)]
SCENES = [(TWO, 0.05), (EMPTY_COLUMN, 0.05), (ADMISSIONS, 0.05), (ADMISSIONS, 0.05 / 14), (SMALL, 0.05), ([(56, 14, 48, 32)], 0.05), (EMPTY_SIDES, 0.1)]

for cells, alpha in SCENES:
    full = margins_full(cells)
    together = StratifiedTable([np.array([[a, b], [c, d]]) for a, b, c, d in full])
    plain, corrected = together.test_null_odds(), together.test_null_odds(correction=True)
    value, (low, high) = together.oddsratio_pooled, together.oddsratio_pooled_confint(alpha)
    agree(plain.statistic, exact_test(cells, 0)), agree(corrected.statistic, exact_test(cells, mp.mpf(0.5)))
    for one, other in zip((value, low, high), exact_odds_ratio(cells, alpha)):
        agree(one, other)
    if len(full) > 1:  # R refuses a single stratum
        listed = ",".join(str(count) for a, b, c, d in full for count in (a, c, b, d))
        test = f"mantelhaen.test(array(c({listed}), c(2, 2, {len(full)})), correct=%s, conf.level={1 - alpha})"
        for one, other in zip(run_r(f"unlist(({test % 'FALSE'})[c('statistic', 'p.value', 'conf.int', 'estimate')])"), [plain.statistic, plain.pvalue, low, high, value]):
            agree(one, other)
        for one, other in zip(run_r(f"unlist(({test % 'TRUE'})[c('statistic', 'p.value')])"), [corrected.statistic, corrected.pvalue]):
            agree(one, other)
    source = "R mantelhaen.test and statsmodels StratifiedTable" if len(full) > 1 else "statsmodels StratifiedTable"
    if alpha == 0.05 or cells is EMPTY_SIDES:
        add("cochran-mantel-haenszel", source, {"strata": strata_of(cells)},
            {"statistic": plain.statistic, "p": plain.pvalue, "correctedStatistic": corrected.statistic, "correctedP": corrected.pvalue})
    add("mantel-haenszel-odds-ratio", source, {"strata": strata_of(cells), "alpha": alpha}, {"value": value, "low": low, "high": high})
for cells in [MILLION, ONE_OF_A_MILLION]:
    plain, corrected = exact_test(cells, 0), exact_test(cells, mp.mpf(0.5))
    value, low, high = exact_odds_ratio(cells, 0.05)
    add("cochran-mantel-haenszel", "mpmath, 50 digits", {"strata": strata_of(cells)},
        {"statistic": plain, "p": upper_tail(plain, 1), "correctedStatistic": corrected, "correctedP": upper_tail(corrected, 1)})
    add("mantel-haenszel-odds-ratio", "mpmath, 50 digits", {"strata": strata_of(cells), "alpha": 0.05}, {"value": value, "low": low, "high": high})

for cells, alpha in SCENES + [(MILLION, 0.05), ([(0, 5, 1, 9), (0, 20, 3, 17)], 0.05), ([(1000000, 0, 1, 999999)], 0.05), ([(1, 0, 0, 1), (2, 1, 0, 3)], 0.05),
                              ([(0, 50, 0, 40), (0, 9, 1, 6), (3, 0, 2, 1)], 0.05)]:
    both = [(mp.mpf(a), mp.mpf(a + b), mp.mpf(c), mp.mpf(c + d)) for a, b, c, d in cells if min(a + b, c + d) > 0]
    weight = sum(n1 * n2 / (n1 + n2) for _, n1, _, n2 in both)
    value = sum(n1 * n2 / (n1 + n2) * (a / n1 - c / n2) for a, n1, c, n2 in both) / weight
    first = sum((n1**2 * c - n2**2 * a + n1 * n2 * (n2 - n1) / 2) / (n1 + n2) ** 2 for a, n1, c, n2 in both)
    second = sum((a * (n2 - c) + c * (n1 - a)) / (2 * (n1 + n2)) for a, n1, c, n2 in both)
    error = mp.sqrt(value * first + second) / weight
    add("mantel-haenszel-risk-difference", "mpmath, 50 digits", {"strata": strata_of(cells), "alpha": alpha},
        {"value": value, "standardError": error, "low": max(-1, value - z_of(alpha) * error), "high": min(1, value + z_of(alpha) * error)})


# ---- one odds ratio in all strata ----------------------------------------------------------------------------------
def fitted(cells, ratio):
    """The four cells with this odds ratio, the first by halving between the bounds of the margins."""
    a, b, c, d = cells
    n1, n2, m = a + b, c + d, a + c
    low, high = mp.mpf(max(0, m - n2)), mp.mpf(min(n1, m))
    for _ in range(220):
        middle = (low + high) / 2
        low, high = (low, middle) if middle * (n2 - m + middle) > ratio * (n1 - middle) * (m - middle) else (middle, high)
    return low, n1 - low, m - low, n2 - m + low


def exact_breslow_day(cells):
    full = margins_full(cells)
    ratio = exact_odds_ratio(full, 0.05)[0]
    fits = [fitted(stratum, ratio) for stratum in full]
    variances = [1 / sum(1 / cell for cell in fit) for fit in fits]
    distances = [stratum[0] - fit[0] for stratum, fit in zip(full, fits)]
    statistic = sum(distance**2 / variance for distance, variance in zip(distances, variances))
    return statistic, statistic - sum(distances) ** 2 / sum(variances), len(full) - 1, min(min(fit) for fit in fits)


UNLIKE = [(2, 48, 100, 9900), (30, 20, 4000, 3000), (1, 5, 1, 500), (9, 1, 3, 7)]
for cells in [TWO, ADMISSIONS, SMALL, EMPTY_SIDES, UNLIKE, MILLION, ONE_OF_A_MILLION, [(999990, 10, 999000, 1000), (999999, 1, 999500, 500)],
              [(10, 999990, 5, 95), (3, 999997, 2, 8)]]:
    statistic, tarone, df, smallest = exact_breslow_day(cells)
    p, tarone_p = upper_tail(statistic, df), upper_tail(tarone, df)
    has_million = max(max(stratum) for stratum in cells) > 1e5  # where statsmodels keeps fewer digits
    together = StratifiedTable([np.array([[a, b], [c, d]]) for a, b, c, d in margins_full(cells)])
    plain, adjusted = together.test_equal_odds(), together.test_equal_odds(adjust=True)
    for one, other in [(statistic, plain.statistic), (tarone, adjusted.statistic), (p, plain.pvalue), (tarone_p, adjusted.pvalue)]:
        agree(one, other, 1e-4 if has_million else 1e-9)
    source = "mpmath, 50 digits" if has_million else "statsmodels StratifiedTable; last digits mpmath"
    add("breslow-day", source, {"strata": strata_of(cells)},
        {"statistic": statistic, "p": p, "tarone": tarone, "taroneP": tarone_p, "degreesOfFreedom": df, "smallestExpected": smallest})
for cells, ratio in [((2, 8, 4, 16), 1), ((1, 9, 5, 0), 0.2), ((1, 9, 5, 2), 1e-6), ((3, 2, 1, 9), 1e9), ((999999, 1, 3, 999997), 2.5), ((1, 999999, 500, 500), 40),
                     ((40, 60, 50, 10), 1 + 1e-9), ((500, 500, 1, 999999), 1 / 40), ((2, 9, 30, 4), 1e-7)]:
    add("fitted-cells", "halving with 50 digits", {"stratum": strata_of([cells])[0], "oddsRatio": ratio}, dict(zip("abcd", fitted(cells, mp.mpf(ratio)))))


def noncentral(cells, ratio):
    """Lowest count, and the probability of each count from it."""
    a, b, c, d = cells
    n1, n2, m = a + b, c + d, a + c
    lowest, highest = max(0, m - n2), min(n1, m)
    weights = [mp.mpf(math.comb(n1, k)) * math.comb(n2, m - k) * mp.mpf(ratio) ** k for k in range(lowest, highest + 1)]
    return lowest, [weight / sum(weights) for weight in weights]


for cells, ratio, count in [((1, 4, 2, 18), 1, 1), ((3, 7, 1, 9), 2.5, 3), ((20, 30, 10, 40), 0.3, 9), ((200, 100, 800, 900), 1.7, 180), ((9, 1, 3, 7), 1e-8, 3), ((9, 1, 3, 7), 1e8, 9),
                            ((70, 930, 700, 9300), 12, 310), ((5, 0, 40, 3), 3, 4)]:
    lowest, chances = noncentral(cells, ratio)
    add("noncentral-hypergeometric", "mpmath, 50 digits", {"stratum": strata_of([cells])[0], "oddsRatio": ratio, "count": count},
        {"lowest": lowest, "places": len(chances), "atMost": sum(chances[: count - lowest + 1])})

for cells in [[(1, 4, 2, 18), (3, 2, 1, 9), (0, 6, 2, 4)], [(3, 1, 1, 3), (1, 3, 4, 2)], [(4, 1, 2, 9), (0, 5, 3, 6), (2, 3, 0, 9), (1, 4, 1, 4)]]:
    observed, ratio = exact_breslow_day(cells)[1], exact_odds_ratio(cells, 0.05)[0]
    spreads = [noncentral(stratum, ratio) for stratum in cells]
    reached = mp.mpf(0)
    for places in itertools.product(*(range(len(chances)) for _, chances in spreads)):
        other = [(lowest + place, a + b - lowest - place, a + c - lowest - place, d - a + lowest + place)
                 for (a, b, c, d), (lowest, _), place in zip(cells, spreads, places)]
        has_ratio = any(a * d > 0 for a, _, _, d in other) and any(b * c > 0 for _, b, c, _ in other)
        if (exact_breslow_day(other)[1] if has_ratio else 0) >= observed * (1 - mp.mpf(10) ** -12):
            reached += mp.fprod(chances[place] for (_, chances), place in zip(spreads, places))
    add("breslow-day-permutation", "every table, 50 digits", {"strata": strata_of(cells)}, {"statistic": observed, "p": reached})


# ---- standardised rates --------------------------------------------------------------------------------------------
def wilson(k, n, alpha):
    z, p = z_of(alpha), mp.mpf(k) / n
    centre, half = (p + z**2 / (2 * n)) / (1 + z**2 / n), z / (1 + z**2 / n) * mp.sqrt(p * (1 - p) / n + z**2 / (4 * mp.mpf(n) ** 2))
    return centre - half, centre + half


def standardised(strata, alpha):
    weights = sum(mp.mpf(w) for w, _, _ in strata)
    value = sum(mp.mpf(w) * k / n for w, k, n in strata) / weights
    below = mp.sqrt(sum((w / weights * (mp.mpf(k) / n - wilson(k, n, alpha)[0])) ** 2 for w, k, n in strata))
    above = mp.sqrt(sum((w / weights * (wilson(k, n, alpha)[1] - mp.mpf(k) / n)) ** 2 for w, k, n in strata))
    effective = 1 / sum((w / weights) ** 2 / n for w, _, n in strata)
    low, high = wilson(value * effective, effective, alpha)
    return value, mp.chop(min(value - below, low)), max(value + above, high)


def weighted(strata):
    return [{"weight": w, "proportion": {"count": k, "total": n}} for w, k, n in strata]


FIRST = [(200, 10, 100), (100, 20, 50)]
SECOND = [(200, 5, 100), (100, 10, 50)]
WIDE = [(0.2, 0, 5), (0.3, 7, 1000000), (0.5, 40, 40)]
for strata, alpha in [(FIRST, 0.05), (SECOND, 0.05), ([(3, 38, 750)], 0.05 / 14), (WIDE, 0.05), ([(1, 0, 30), (1, 0, 4)], 0.05), ([(1, 3, 20), (1e-9, 9, 9)], 0.01)]:
    value, low, high = standardised(strata, alpha)
    add("standardised-rate", "mpmath, 50 digits", {"strata": weighted(strata), "alpha": alpha}, {"value": value, "low": low, "high": high})
for first, second, alpha in [(FIRST, SECOND, 0.05), (WIDE, [(w, 1, 7) for w, _, _ in WIDE], 0.05 / 7), ([(1, 56, 70)], [(1, 48, 80)], 0.05)]:
    (value, low, high), (other, other_low, other_high) = standardised(first, alpha), standardised(second, alpha)
    add("standardised-difference", "mpmath, 50 digits", {"group": weighted(first), "reference": weighted(second), "alpha": alpha},
        {"value": value - other, "low": value - other - mp.sqrt((value - low) ** 2 + (other_high - other) ** 2),
         "high": value - other + mp.sqrt((high - value) ** 2 + (other - other_low) ** 2)})

versions = {"scipy": scipy.__version__, "statsmodels": statsmodels.__version__.split("+")[0], "mpmath": mp.__version__, "Python": sys.version.split()[0]}
versions["R"] = subprocess.run(["Rscript", "-e", "cat(as.character(getRversion()))"], capture_output=True, text=True, check=True).stdout
made_by = "test/audit/statistics/references/make-tables.py: " + ", ".join(f"{name} {version}" for name, version in versions.items())
print(json.dumps({"madeBy": made_by, "rows": rows}, indent=1))

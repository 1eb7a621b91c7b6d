"""Makes groups.json: values over several groups, of resampling and of design effects that Probity must reproduce, computed another way.

Run: /usr/bin/python3 make-groups.py > groups.json; npx prettier --write groups.json
(Python 3.11, scipy 1.10.1, numpy 1.24.2, statsmodels 0.13.5, mpmath 1.2.1)

How each kind is computed, and why it is independent of the TypeScript code:
- rate-gap, rate-ratio, gini, double-corrected-variance, total-variation: exact fractions, Gini by all pairs and not in order.
- highest-to-geometric-mean: 50 decimal digits (mpmath), the mean as a root of a product.
- hypergeometric-split: scipy.stats.multivariate_hypergeom over all splits.
- parity: all splits, with their exact probabilities (fractions) and exact measures; nothing is drawn.
- total-variation-null: as parity; `expected` with 50 digits.
- quantile: numpy.quantile (linear, which is type 7).
- percentile and bca: scipy.stats.bootstrap, given the replicates; it takes its acceleration from a jackknife of the images.
- acceleration: slopes by mpmath.diff of the statistic as a formula.
- beta-quantile: the root of mpmath's incomplete beta function, 40 digits.
- shrinkage: scipy.optimize on log-gamma functions from the three starts of the specification, then the root of the slopes (digamma
  functions, 60 digits, mpmath); at the upper end of the strength the best mean by the same root. Quantiles by scipy.stats.beta.
- design-effect: statsmodels OLS of one value per image on a constant, with clustered covariance; cautious cases by fractions.
- log-factorial: mpmath.
"""

import itertools
import json
import math
import sys
from fractions import Fraction

import mpmath as mp
import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import optimize, special, stats

mp.mp.dps = 50
rows = []
EXACT, MPMATH = "fractions", f"mpmath {mp.__version__}"
SCIPY, NUMPY, STATSMODELS = f"scipy {scipy.__version__}", f"numpy {np.__version__}", f"statsmodels {statsmodels.__version__}"


def add(kind, source, inputs, expected):
    clean = {key: "Infinity" if value == math.inf else float(value) for key, value in expected.items()}
    rows.append({"kind": kind, "source": source, "input": inputs, "expected": clean})


def groups_of(counts, totals):
    return [{"count": k, "total": n} for k, n in zip(counts, totals)]


RACES = [1556, 1550, 1516, 1623, 1209, 1415, 2085]
CRIME = [92, 73, 66, 135, 147, 77, 767]

# ---- measures over groups ------------------------------------------------------------------------------------------
SETS = [
    (CRIME, RACES),
    ([3, 0, 0, 0, 0, 0, 0], RACES),
    ([12, 3, 0, 5, 2], [100, 40, 4, 60, 8]),
    ([9, 1], [10, 10]),
    ([5, 50, 500], [10, 100, 1000]),
    ([10, 7, 1, 1], [10, 7, 1, 3]),
    ([1, 2, 3, 999999], [1000000, 1000000, 999983, 1000000]),
    ([204, 211, 198, 40, 77, 1, 300, 12, 9, 61], [4100, 4090, 4050, 800, 1501, 30, 6000, 241, 180, 1222]),
]


def gap(rates):
    return max(rates) - min(rates)


def gini(rates):
    return Fraction(sum(abs(a - b) for a in rates for b in rates)) / (2 * len(rates) * sum(rates))


def variance(counts, totals):
    kept = [(Fraction(k, n), n) for k, n in zip(counts, totals) if n > 1]
    mean = sum(p for p, _ in kept) / len(kept)
    naive = sum((p - mean) ** 2 for p, _ in kept) / (len(kept) - 1)
    noise = sum(p * (1 - p) / (n - 1) for p, n in kept) / len(kept)
    return naive, noise


def geometric(counts, totals):
    smoothed = min(counts) == 0
    rates = [(k + mp.mpf(1) / 2) / (n + 1) if smoothed else mp.mpf(k) / n for k, n in zip(counts, totals)]
    return max(rates) / mp.root(mp.fprod(rates), len(rates))


for counts, totals in SETS:
    groups = groups_of(counts, totals)
    rates = [Fraction(k, n) for k, n in zip(counts, totals)]
    add("rate-gap", EXACT, groups, {"value": gap(rates), "highest": rates.index(max(rates)), "lowest": rates.index(min(rates))})
    if min(rates) > 0:
        add("rate-ratio", EXACT, groups, {"value": max(rates) / min(rates)})
    add("highest-to-geometric-mean", MPMATH, groups, {"value": geometric(counts, totals)})
    add("gini", EXACT, groups, {"value": gini(rates), "corrected": gini(rates) * len(rates) / (len(rates) - 1)})
    naive, noise = variance(counts, totals)
    corrected = naive - noise
    add("double-corrected-variance", EXACT, groups,
        {"naive": naive, "noise": noise, "corrected": corrected, "standardDeviation": math.sqrt(max(0, corrected))})

# ---- total variation -----------------------------------------------------------------------------------------------
for first, second in [([90, 5, 5], [80, 15, 5]), ([1, 0], [0, 1]), ([3, 3, 4], [6, 6, 8]), ([17, 0, 4, 96, 1], [1030, 12, 310, 9480, 4]),
                      ([1], [5])]:
    a, b = [Fraction(x, sum(first)) for x in first], [Fraction(x, sum(second)) for x in second]
    add("total-variation", EXACT, {"first": first, "second": second}, {"value": sum(abs(x - y) for x, y in zip(a, b)) / 2})


# ---- random splits, all of them ------------------------------------------------------------------------------------
def splits(totals, flagged):
    """Every split with its exact probability."""
    ways = math.comb(sum(totals), flagged)
    for head in itertools.product(*[range(min(n, flagged) + 1) for n in totals[:-1]]):
        last = flagged - sum(head)
        if 0 <= last <= totals[-1]:
            counts = [*head, last]
            yield counts, Fraction(math.prod(math.comb(n, k) for n, k in zip(totals, counts)), ways)


for totals, flagged in [([3, 2, 4], 4), ([1, 5, 2], 6), ([2, 0, 3], 2), ([30, 12, 18], 24)]:
    rv = stats.multivariate_hypergeom(m=totals, n=flagged)
    add("hypergeometric-split", f"{SCIPY} multivariate_hypergeom", {"totals": totals, "flagged": flagged},
        {" ".join(map(str, counts)): rv.pmf(counts) for counts, _ in splits(totals, flagged)})

for counts, totals in [([4, 1, 0], [6, 5, 7]), ([5, 2, 1], [9, 9, 9]), ([2, 9, 3, 4], [8, 12, 6, 7]), ([3, 3], [4, 9]), ([1, 2, 0], [1, 6, 4])]:
    flagged = sum(counts)
    common = Fraction(flagged, sum(totals))

    def measures(drawn):
        rates = [Fraction(k, n) for k, n in zip(drawn, totals)]
        naive, noise = variance(drawn, totals)
        return {
            "gap": gap(rates),
            "highestToLowestRatio": max(rates) / min(rates) if min(rates) > 0 else math.inf,
            "highestToGeometricMean": geometric(drawn, totals),
            "gini": gini(rates),
            "doubleCorrectedVariance": naive - noise,
            "chiSquared": sum((k - n * common) ** 2 / (n * common * (1 - common)) for k, n in zip(drawn, totals)),
        }

    seen = measures(counts)
    drawn = [(measures(split), chance) for split, chance in splits(totals, flagged)]
    for name, value in seen.items():
        reached = value - mp.mpf(10) ** -30 if isinstance(value, mp.mpf) else value
        p = sum(chance for measure, chance in drawn if measure[name] >= reached)
        undefined = sum(chance for measure, chance in drawn if measure[name] == math.inf)
        mean = math.inf if undefined else sum(measure[name] * (mp.mpf(chance.numerator) / chance.denominator if isinstance(measure[name], mp.mpf) else chance) for measure, chance in drawn)
        deviation = 0 if undefined else math.sqrt(sum(float(chance) * (float(measure[name]) - float(mean)) ** 2 for measure, chance in drawn))
        add("parity", f"all splits, {EXACT}", {"groups": groups_of(counts, totals), "measure": name},
            {"observed": value, "p": p, "mean": mean, "deviation": deviation, "undefined": undefined})

for first, second in [([4, 1, 0], [2, 5, 3]), ([3, 2], [1, 8])]:
    totals, size = [a + b for a, b in zip(first, second)], sum(first)

    def variation(drawn):
        return sum(abs(Fraction(a, size) - Fraction(n - a, sum(totals) - size)) for a, n in zip(drawn, totals)) / 2

    every = [(variation(split), chance) for split, chance in splits(totals, size)]
    shares = [mp.mpf(n) / sum(totals) for n in totals]
    add("total-variation-null", f"all splits, {EXACT}; expected: {MPMATH}", {"first": first, "second": second}, {
        "observed": variation(first),
        "p": sum(chance for value, chance in every if value >= variation(first)),
        "mean": sum(value * chance for value, chance in every),
        "expected": sum(mp.sqrt(2 * f * (1 - f) * (mp.mpf(1) / size + mp.mpf(1) / (sum(totals) - size)) / mp.pi) for f in shares) / 2,
    })

# ---- quantiles and bootstrap intervals -----------------------------------------------------------------------------
values = [0.31, -2.0, 5.5, 0.31, 17.0, 1e-3, 4.25]
for share in [0, 0.025, 0.3, 0.5, 0.7499, 0.95, 1]:
    add("quantile", f"{NUMPY} quantile", {"values": values, "share": share}, {"value": np.quantile(values, share)})

generator = np.random.default_rng(20260101)
for k1, n1, k2, n2, alpha, draws in [(9, 10, 3, 10, 0.05, 400), (40, 70, 48, 80, 0.05, 399), (3, 30, 40, 90, 0.1, 400), (12, 118, 30, 750, 0.01, 500),
                                     (1, 8, 4, 9, 0.05, 301)]:
    samples = (np.repeat([1.0, 0.0], [k1, n1 - k1]), np.repeat([1.0, 0.0], [k2, n2 - k2]))
    difference = lambda a, b, axis: np.mean(a, axis=axis) - np.mean(b, axis=axis)
    replicates = (generator.binomial(n1, k1 / n1, draws) / n1 - generator.binomial(n2, k2 / n2, draws) / n2).round(9)
    observed = difference(*samples, axis=0)
    replicates[np.abs(replicates - observed) < 1e-8] = observed  # scipy knows ties only by equal bits
    # scipy draws nothing more, but takes these replicates as its own
    class Given:
        bootstrap_distribution = replicates
    results = {}
    for method in ["percentile", "BCa"]:
        found = stats.bootstrap(samples, difference, n_resamples=0, bootstrap_result=Given, method=method, confidence_level=1 - alpha, vectorized=True)
        results[method] = found.confidence_interval
    inputs = {"groups": groups_of([k1, k2], [n1, n2]), "alpha": alpha, "observed": float(observed), "replicates": replicates.tolist()}
    add("bootstrap-interval", f"{SCIPY} bootstrap", inputs, {
        "percentileLow": results["percentile"].low, "percentileHigh": results["percentile"].high,
        "bcaLow": results["BCa"].low, "bcaHigh": results["BCa"].high})


def add_acceleration(name, formula, counts, totals):
    rates = [mp.mpf(k) / n for k, n in zip(counts, totals)]
    variance = skewness = mp.mpf(0)
    for g, (p, n) in enumerate(zip(rates, totals)):
        if p in (0, 1):
            continue
        slope = mp.diff(lambda x: formula([*rates[:g], x, *rates[g + 1:]]), p)
        variance += slope**2 * p * (1 - p) / n
        skewness += slope**3 * p * (1 - p) * (1 - 2 * p) / mp.mpf(n) ** 2
    add("acceleration", MPMATH, {"groups": groups_of(counts, totals), "statistic": name}, {"value": skewness / (6 * variance ** mp.mpf("1.5"))})


def mp_gini(rates):
    return sum(abs(a - b) for a in rates for b in rates) / (2 * len(rates) * sum(rates))


add_acceleration("difference", lambda p: p[0] - p[1], [9, 3], [10, 10])
add_acceleration("difference", lambda p: p[0] - p[1], [0, 30], [118, 750])
add_acceleration("difference", lambda p: p[0] - p[1], [767, 590], [2085, 8869])
add_acceleration("log-ratio", lambda p: mp.log(p[0] / p[1]), [12, 30], [118, 750])
add_acceleration("gini", mp_gini, CRIME, RACES)
add_acceleration("gini", mp_gini, [5, 3, 0, 11, 2], [50, 20, 30, 60, 2])

# ---- beta quantiles and shrinkage ----------------------------------------------------------------------------------
def beta_quantile(level, a, b):
    a, b, level = mp.mpf(a), mp.mpf(b), mp.mpf(level)
    start = stats.beta.ppf(float(level), float(a), float(b))
    density = lambda x: mp.exp((a - 1) * mp.log(x) + (b - 1) * mp.log1p(-x) - mp.log(mp.beta(a, b)))
    x = mp.mpf(start)
    for _ in range(4):  # Newton's steps from ten good digits
        x -= (mp.betainc(a, b, 0, x, regularized=True) - level) / density(x)
    return x


for level, a, b in [(0.025, 1.4904, 15.5513), (0.975, 1.4904, 15.5513), (0.025, 93.49, 1475.55), (0.975, 0.5, 0.5), (0.025, 0.5, 0.5),
                    (0.05 / 252, 3.2, 250.7), (1 - 0.05 / 252, 3.2, 250.7), (0.025, 0.02, 40), (0.975, 0.02, 40), (0.025, 2085.1, 1.2),
                    (0.025, 0.1, 0.001), (0.975, 12, 1e6), (0.5, 400, 400), (1e-6, 7.5, 90)]:
    add("beta-quantile", MPMATH, {"level": level, "shapes": [a, b]}, {"value": beta_quantile(level, a, b)})
for level, a, b in [(0.025, 103775.6, 896324.4), (0.975, 103775.6, 896324.4)]:
    add("beta-quantile", f"{SCIPY} special.btdtri", {"level": level, "shapes": [a, b]}, {"value": special.btdtri(a, b, level)})

WEAKEST, STRONGEST = 0.1, 1e6


def log_likelihood(counts, totals, mean, strength):
    k, n = np.array(counts, float), np.array(totals, float)
    a, b = mean * strength, (1 - mean) * strength
    return np.sum(special.betaln(k + a, n - k + b) - special.betaln(a, b))


def slopes(counts, totals, mean, strength):
    """By mean and by strength, from digamma functions."""
    a, b = mean * strength, (1 - mean) * strength
    by_a = sum(mp.psi(0, k + a) - mp.psi(0, a) - mp.psi(0, n + strength) + mp.psi(0, strength) for k, n in zip(counts, totals))
    by_b = sum(mp.psi(0, n - k + b) - mp.psi(0, b) - mp.psi(0, n + strength) + mp.psi(0, strength) for k, n in zip(counts, totals))
    return strength * (by_a - by_b), mean * by_a + (1 - mean) * by_b


def fit(counts, totals):
    with mp.workdps(60):
        start = math.log(sum(counts) / (sum(totals) - sum(counts)))
        found = [
            optimize.minimize(lambda x: -log_likelihood(counts, totals, special.expit(x[0]), math.exp(x[1])), [start, s], method="L-BFGS-B",
                              bounds=[(None, None), (math.log(WEAKEST), math.log(STRONGEST))], options={"ftol": 1e-15, "gtol": 1e-9})
            for s in [1, 3, 6]
        ]
        best = min(found, key=lambda result: result.fun)
        mean, strength = special.expit(best.x[0]), math.exp(best.x[1])
        by_logit = lambda m, s: m * (1 - m) * slopes(counts, totals, m, mp.mpf(s))[0]
        mean_at = lambda s: mp.findroot(lambda m: by_logit(m, s), (mp.mpf("1e-9"), 1 - mp.mpf("1e-9")), solver="anderson", maxsteps=300, verify=False)
        for end, outward in [(STRONGEST, 1), (WEAKEST, -1)]:
            at_end = mean_at(end)
            rising = slopes(counts, totals, at_end, mp.mpf(end))[1] * outward > 0
            if rising and log_likelihood(counts, totals, float(at_end), end) > -best.fun - 1e-3:
                return at_end, mp.mpf(end)
        root = mp.findroot(lambda m, s: slopes(counts, totals, m, s), (mp.mpf(mean), mp.mpf(strength)))
        return root[0], root[1]


for counts, totals, alpha in [(CRIME, RACES, 0.05), ([12, 3, 0, 5, 2], [100, 40, 4, 60, 8], 0.05), ([12, 3, 0, 5, 6], [100, 40, 4, 60, 8], 0.1),
                              ([0, 10, 0, 7, 30, 0], [10, 10, 40, 7, 30, 25], 0.05), ([1, 40, 3, 0, 2, 9], [9, 300, 77, 4, 61, 120], 0.05),
                              ([9, 300, 77, 4, 61, 100], [9, 310, 80, 4, 61, 120], 0.01), ([0, 0, 1, 0, 0, 0, 20], [900, 800, 950, 30, 400, 2, 700], 0.05),
                              # two maxima: the higher at the upper end, and the higher inside
                              ([1, 0, 0, 0, 1, 0], [29, 21, 3, 20, 1, 12], 0.05), ([12, 0, 0, 1, 4, 0], [59, 1, 1, 6, 5, 1], 0.05)]:
    mean, strength = fit(counts, totals)
    expected = {"mean": mean, "strength": strength}
    for g, (k, n) in enumerate(zip(counts, totals)):
        a, b = k + mean * strength, n - k + (1 - mean) * strength
        expected[f"value{g}"] = a / (a + b)
        expected[f"low{g}"] = stats.beta.ppf(alpha / 2, float(a), float(b))
        expected[f"high{g}"] = stats.beta.isf(alpha / 2, float(a), float(b))
    add("shrinkage", f"{SCIPY} optimize and beta, {MPMATH}", {"groups": groups_of(counts, totals), "alpha": alpha}, expected)

# ---- design effects ------------------------------------------------------------------------------------------------
for subjects in [
    [(1, 4), (0, 3), (2, 2), (0, 5), (1, 6)],
    [(4, 4), (0, 4), (4, 4), (0, 4), (0, 4), (4, 4)],
    [(1, 2), (1, 2), (1, 2)],
    [(1, 1), (0, 1), (0, 1), (1, 1), (0, 1)],
    [(0, 3), (0, 2), (0, 5)],
    [(3, 3), (1, 1)],
    [(2, 7)],
    [(k % 5, 4 + k % 7) for k in range(60)],
]:
    y, m = [s[0] for s in subjects], [s[1] for s in subjects]
    images, count = sum(m), sum(y)
    squares = Fraction(sum(x * x for x in m), images)
    source = EXACT
    if len(subjects) == 1 or count in (0, images):
        effect = squares
    else:
        values = np.concatenate([np.repeat([1.0, 0.0], [a, b - a]) for a, b in subjects])
        cluster = np.repeat(np.arange(len(subjects)), m)
        # its small-sample factor: subjects / (subjects - 1) times (images - 1) / (images - 1)
        model = sm.OLS(values, np.ones(images)).fit(cov_type="cluster", cov_kwds={"groups": cluster})
        rate = count / images
        effect, source = max(1.0, model.cov_params()[0, 0] / (rate * (1 - rate) / images)), f"{STATSMODELS} OLS, clustered covariance"
    add("design-effect", source, {
        "subjects": len(subjects), "images": images, "count": count, "squaredCounts": sum(a * a for a in y),
        "crossProducts": sum(a * b for a, b in subjects), "squaredImages": sum(b * b for b in m),
    }, {"value": effect, "effectiveImages": images / effect})

for n in [2, 20, 1000, 10954, 1000000]:
    add("log-factorial", MPMATH, {"n": n}, {"value": mp.loggamma(n + 1)})

made_by = f"test/audit/statistics/references/make-groups.py: {SCIPY}, {NUMPY}, {STATSMODELS}, {MPMATH}, Python {sys.version.split()[0]}"
print(json.dumps({"madeBy": made_by, "rows": rows}, indent=1))

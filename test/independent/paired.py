#!/usr/bin/env python3
"""Paired comparisons of label sets from a decisions.csv, without a line of src/.

Usage: /usr/bin/python3 test/independent/paired.py LABELS.csv DECISIONS.csv OUT.json
       (the decisions of three label sets with the outcomes adult, child and elderly, as test/e2e/real-faces-paired.test.ts writes them)

Counts with plain dictionaries; McNemar (exact), Cochran's Q and Stuart-Maxwell from statsmodels; McNemar's mid-p from scipy's binomial;
Tango's interval by root finding (scipy brentq) on the score statistic written from Tango 1998, equation for q.
"""
import csv, json, math, sys
from scipy import stats
from scipy.optimize import brentq
import numpy as np
import statsmodels
from statsmodels.stats.contingency_tables import SquareTable, cochrans_q, mcnemar

OUTCOMES = {'child': {'child'}, 'elderly': {'elderly'}, 'not-adult': {'child', 'elderly'}}


def tango(b, c, n, alpha):
    """Interval of (b - c) / n, with b pairs that add to the difference."""
    z = stats.norm.isf(alpha / 2)

    def statistic(delta):
        A, B, C = 2 * n, -b - c + (2 * n - b + c) * delta, -c * delta * (1 - delta)
        q = (math.sqrt(max(B * B - 4 * A * C, 0)) - B) / (2 * A)
        variance = n * (2 * q + delta * (1 - delta))
        top = b - c - n * delta
        return 0.0 if top == 0 else top / math.sqrt(variance) if variance > 0 else math.copysign(math.inf, top)

    estimate = (b - c) / n
    low = brentq(lambda d: min(statistic(d), 1e6) - z, -1 + 1e-12, estimate, xtol=1e-14) if estimate > -1 else -1
    high = brentq(lambda d: max(statistic(d), -1e6) + z, estimate, 1 - 1e-12, xtol=1e-14) if estimate < 1 else 1
    return [low, high]


def main(labels, decisions, out):
    people = {row['file']: row for row in csv.DictReader(open(labels))}
    made, outcome_of = {}, {}
    for row in csv.DictReader(open(decisions)):
        made.setdefault(row['labelSet'], {})[row['image']] = row['outcome']
    sets = list(made)
    groups = [('race', 'race'), ('gender', 'gender'), ('age', 'age')]
    result = {'statsmodels': statsmodels.__version__, 'labelSets': sets, 'changes': [], 'flows': [], 'joint': []}
    categories = ['adult', 'child', 'elderly']
    for attribute, column in groups:
        for value in sorted({row[column] for row in people.values()}):
            images = [name for name, row in people.items() if row[column] == value]
            for second in sets[1:]:
                pairs = [(made[sets[0]][i], made[second][i]) for i in images if i in made[sets[0]] and i in made[second]]
                for outcome, inside in OUTCOMES.items():
                    both = sum(a in inside and b in inside for a, b in pairs)
                    only_first = sum(a in inside and b not in inside for a, b in pairs)
                    only_second = sum(a not in inside and b in inside for a, b in pairs)
                    neither = len(pairs) - both - only_first - only_second
                    table = [[both, only_first], [only_second, neither]]
                    discordant = only_first + only_second
                    small = min(only_first, only_second)
                    mid = min(1, 2 * stats.binom.cdf(small, discordant, 0.5) - stats.binom.pmf(small, discordant, 0.5)) if discordant else 1
                    if discordant and only_first == only_second: mid = 1
                    result['changes'].append({
                        'second': second, 'attribute': attribute, 'value': value, 'outcome': outcome,
                        'counts': [both, only_first, only_second, neither],
                        'interval95': tango(only_second, only_first, len(pairs), 0.05),
                        'exactP': float(mcnemar(table, exact=True).pvalue), 'midP': float(mid),
                    })
                flow = np.array([[sum(a == x and b == y for a, b in pairs) for y in categories] for x in categories])
                moved = int(flow.sum() - np.trace(flow))
                entry = {'second': second, 'attribute': attribute, 'value': value, 'moved': moved, 'statistic': None}
                kept = [k for k in range(3) if flow[k].sum() + flow[:, k].sum() > 2 * flow[k, k]]
                if moved and len(kept) > 1:
                    try: entry['statistic'] = float(SquareTable(flow[np.ix_(kept, kept)], shift_zeros=False).homogeneity().statistic)
                    except Exception: pass
                result['flows'].append(entry)
            for outcome, inside in OUTCOMES.items():
                rows = np.array([[made[s][i] in inside for s in sets] for i in images if all(i in made[s] for s in sets)], dtype=int)
                discord = bool(((rows.sum(1) > 0) & (rows.sum(1) < len(sets))).any())
                q = cochrans_q(rows) if discord else None
                result['joint'].append({'attribute': attribute, 'value': value, 'outcome': outcome, 'flagged': rows.sum(0).tolist(),
                                        'statistic': float(q.statistic) if q else None, 'p': float(q.pvalue) if q else None})
    json.dump(result, open(out, 'w'), indent=1)


main(*sys.argv[1:])

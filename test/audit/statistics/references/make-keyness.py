"""Makes keyness.json: signed chi-squared and p that Probity must reproduce, computed another way.

Run: /usr/bin/python3 make-keyness.py > keyness.json; npx prettier --write keyness.json
(Python 3.11, scipy 1.10.1)

- The statistic and its p: scipy.stats.chi2_contingency on the 2 x 2 table of counts, with and without Yates' correction; the sign is that of
  the difference of the two rates.
- Where an expected count (scipy.stats.contingency.expected_freq) is below 5: scipy.stats.fisher_exact, two-sided.
"""

import json
import sys

import numpy as np
import scipy
from scipy import stats
from scipy.stats.contingency import expected_freq

rows = []
for target, reference in [
    ((45, 110), (20, 430)),
    ((20, 430), (45, 110)),
    ((107, 110), (430, 430)),
    ((3, 110), (0, 430)),
    ((0, 110), (12, 430)),
    ((11, 110), (43, 430)),
    ((60, 108), (240, 432)),
    ((24, 108), (85, 432)),
    ((1, 12), (9, 11)),
    ((5000, 60000), (4000, 50000)),
    ((900, 1000000), (1500, 1200000)),
]:
    (k1, n1), (k2, n2) = target, reference
    table = np.array([[k1, n1 - k1], [k2, n2 - k2]])
    sign = np.sign(k1 * n2 - k2 * n1)
    for variant in ["image", "token"]:
        statistic, p, _, expected = stats.chi2_contingency(table, correction=variant == "token")
        assert np.allclose(expected, expected_freq(table))
        source = "scipy.stats.chi2_contingency"
        if expected.min() < 5:
            p = stats.fisher_exact(table).pvalue
            source += ", p: scipy.stats.fisher_exact"
        rows.append(
            {
                "kind": "keyness",
                "source": source,
                "input": {"target": {"count": k1, "total": n1}, "reference": {"count": k2, "total": n2}, "variant": variant},
                "expected": {"signed": float(sign * statistic), "p": float(p)},
            }
        )

made_by = f"test/audit/statistics/references/make-keyness.py: scipy {scipy.__version__}, Python {sys.version.split()[0]}"
print(json.dumps({"madeBy": made_by, "rows": rows}, indent=1))

"""Reference values for src/domain/statistics, by scipy and numpy: python3 test/vectors/make_statistics.py

Needs scipy (pip install scipy). Writes statistics.json beside this file; the version that made it is in it.
"""

import json
import pathlib

import numpy
import scipy
from scipy import special, stats
from scipy.spatial import distance

random = numpy.random.default_rng(9)


def expand(counts):
    return numpy.repeat(numpy.arange(len(counts)), counts)


def histograms():
    fixed = [
        ([10, 20, 30], [30, 20, 10]),
        ([100, 0, 50], [0, 100, 50]),
        ([1, 1, 1, 1], [1, 1, 1, 1]),
        ([500, 400], [50, 60]),
    ]
    drawn = [
        (random.multinomial(n, random.dirichlet([2] * bins)).tolist(), random.multinomial(m, random.dirichlet([2] * bins)).tolist())
        for bins in (3, 8, 20, 60)
        for n, m in ((40, 300), (2000, 1500))
    ]
    return fixed + drawn


def case(baseline, sample):
    a, b = numpy.array(baseline), numpy.array(sample)
    p, q = a / a.sum(), b / b.sum()
    least = 1e-4
    p0, q0 = numpy.maximum(p, least), numpy.maximum(q, least)
    kept = (a + b) > 0
    table = numpy.array([a[kept], b[kept]])
    chi = stats.chi2_contingency(table, correction=False)
    ks = stats.ks_2samp(expand(baseline), expand(sample)).statistic
    size = a.sum() * b.sum() / (a.sum() + b.sum())
    return {
        "baseline": baseline,
        "sample": sample,
        "populationStability": float(special.rel_entr(q0, p0).sum() + special.rel_entr(p0, q0).sum()),
        "jensenShannon": float(distance.jensenshannon(p, q, base=2) ** 2),
        "kolmogorovSmirnov": {"statistic": float(ks), "pValue": float(special.kolmogorov(ks * numpy.sqrt(size)))},
        "chiSquare": {"statistic": float(chi.statistic), "pValue": float(chi.pvalue)},
    }


def corrections():
    lists = [[0.01, 0.04, 0.03, 0.005, 0.55, 0.8, 0.2], [0.5], random.uniform(size=40).tolist()]
    return [{"values": values, "adjusted": stats.false_discovery_control(values).tolist()} for values in lists]


document = {
    "madeBy": f"scipy {scipy.__version__}, numpy {numpy.__version__}",
    "chiSquareSurvival": [
        {"x": x, "degrees": k, "p": float(stats.chi2.sf(x, k))}
        for k in (1, 2, 3, 7, 10, 49, 200)
        for x in (0.001, 0.5, 1.0, 3.84, 10.0, 50.0, 180.0, 300.0)
    ],
    "kolmogorovSurvival": [
        {"x": x, "p": float(special.kolmogorov(x))} for x in (0.05, 0.2, 0.4, 0.7, 0.99, 1.0, 1.01, 1.36, 2.0, 3.5)
    ],
    "twoSamples": [case(*pair) for pair in histograms()],
    "benjaminiHochberg": corrections(),
}
path = pathlib.Path(__file__).with_name("statistics.json")
path.write_text(json.dumps(document, indent=2) + "\n")

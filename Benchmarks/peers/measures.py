"""One reference package's numbers and time. Arguments: which, repeats, files. Prints one JSON object.

Of several repeats the first does not count.
"""

import contextlib
import io
import json
import statistics
import sys
import time

import numpy as np


def vendi(rows):
    from vendi_score import vendi as package

    rows = np.load(rows).astype(np.float64)
    return lambda: {"q1": float(package.score_dual(rows, normalize=True))}


def vendi_orders(rows):
    """Its q of 2 and infinity: `score_dual` hands any q on, infinity too."""
    from vendi_score import vendi as package

    rows = np.load(rows).astype(np.float64)
    return lambda: {
        "q2": float(package.score_dual(rows, q=2, normalize=True)),
        "qinf": float(package.score_dual(rows, q="inf", normalize=True)),
    }


def prdc(real, fake):
    from prdc import compute_prdc

    real, fake = np.load(real), np.load(fake)

    def work():
        with contextlib.redirect_stdout(io.StringIO()):
            found = compute_prdc(real, fake, nearest_k=5)
        return {name: float(value) for name, value in found.items()}

    return work


def energy(x, y):
    """The unbiased estimate by SciPy's distances."""
    from scipy.spatial.distance import cdist, pdist

    x, y = np.load(x).astype(np.float64), np.load(y).astype(np.float64)
    return lambda: {"u": float(2 * cdist(x, y).mean() - pdist(x).mean() - pdist(y).mean())}


def mmd(x, y):
    """The unbiased estimate with scikit-learn's kernel; the length is the median distance in x."""
    from scipy.spatial.distance import pdist
    from sklearn.metrics.pairwise import rbf_kernel

    x, y = np.load(x).astype(np.float64), np.load(y).astype(np.float64)
    length = np.median(pdist(x))

    def mean(a, b=None):
        kernel = rbf_kernel(a, b, gamma=1 / (2 * length**2))
        return kernel.mean() if b is not None else (kernel.sum() - len(a)) / (len(a) * (len(a) - 1))

    return lambda: {"mmd": float(mean(x) + mean(y) - 2 * mean(x, y))}


def frechet(x, y):
    """pytorch-fid's formula, by SciPy's root of a matrix, in the 50 leading components of both sets."""
    from scipy.linalg import sqrtm

    x, y = np.load(x).astype(np.float64), np.load(y).astype(np.float64)

    def work():
        rows = np.vstack([x, y])
        rows = rows - rows.mean(0)
        axes = np.linalg.eigh(rows.T @ rows)[1][:, -50:].T
        first, second = (rows @ axes.T)[: len(x)], (rows @ axes.T)[len(x) :]
        a, b = np.cov(first, rowvar=False), np.cov(second, rowvar=False)
        shift = first.mean(0) - second.mean(0)
        trace = np.trace(a) + np.trace(b) - 2 * np.trace(np.real(sqrtm(a @ b)))
        return {"mean": float(shift @ shift), "covariance": float(trace)}

    return work


def tree(points):
    """SciPy's minimum spanning tree, of all points and of the different ones."""
    from scipy.sparse.csgraph import minimum_spanning_tree
    from scipy.spatial.distance import pdist, squareform

    points = np.load(points).astype(np.float64)
    different = np.unique(points, axis=0)

    def length(rows):
        return float(minimum_spanning_tree(squareform(pdist(rows))).sum())

    return lambda: {"all": length(points), "different": length(different)}


def hull(points):
    from scipy.spatial import ConvexHull

    points = np.load(points).astype(np.float64)
    return lambda: {"area": float(ConvexHull(points).volume)}


def self_bleu(texts):
    from fast_bleu import SelfBLEU

    with open(texts, encoding="utf-8") as file:
        words = [json.loads(line)["output"].split() for line in file]
    return lambda: {"self_bleu": float(np.mean(SelfBLEU(words, {"4": (0.25,) * 4}).get_score()["4"]))}


if __name__ == "__main__":
    work = globals()[sys.argv[1]](*sys.argv[3:])
    times = []
    for _ in range(int(sys.argv[2])):
        start = time.perf_counter()
        values = work()
        times.append(time.perf_counter() - start)
    print(json.dumps({"seconds": statistics.median(times[1:] or times), **values}))

"""scikit-learn's PCA to two components. Arguments: solver, repeats, matrix.npy. Prints one JSON object."""

import json
import statistics
import sys
import time

import numpy as np
from sklearn.decomposition import PCA

solver, repeats, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
rows = np.load(path)


def run():
    return PCA(2, svd_solver=solver, random_state=0).fit_transform(rows)


points = run()
times = []
for _ in range(repeats):
    start = time.perf_counter()
    points = run()
    times.append(time.perf_counter() - start)
variance = float((points.astype(np.float64) ** 2).sum() / len(rows))
print(json.dumps({"seconds": statistics.median(times), "variance": variance}))

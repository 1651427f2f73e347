"""SciPy's convex hull (Qhull). Arguments: repeats, points.npy. Prints one JSON object."""

import json
import statistics
import sys
import time

import numpy as np
from scipy.spatial import ConvexHull

repeats, path = int(sys.argv[1]), sys.argv[2]
points = np.load(path)
hull = ConvexHull(points)
times = []
for _ in range(repeats):
    start = time.perf_counter()
    hull = ConvexHull(points)
    times.append(time.perf_counter() - start)
print(
    json.dumps(
        {"seconds": statistics.median(times), "area": hull.volume, "corners": len(hull.vertices)}
    )
)

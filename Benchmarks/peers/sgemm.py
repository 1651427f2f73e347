"""The machine's rate of single-precision matrix products on one thread. Argument: repeats. Prints one JSON object."""

import os
import sys
import time

for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[name] = "1"

import json

import numpy as np

SIDE = 2048
generator = np.random.default_rng(1)
a, b = (generator.standard_normal((SIDE, SIDE), dtype=np.float32) for _ in range(2))
c = np.empty_like(a)
rates = []
for _ in range(int(sys.argv[1]) + 1):
    start = time.process_time()
    np.matmul(a, b, out=c)
    rates.append(2 * SIDE**3 / (time.process_time() - start) / 1e9)
print(json.dumps({"rate": max(rates)}))

"""A t-SNE map by a peer. Arguments: peer, threads, matrix.npy, map.npy to write. Prints one JSON object."""

import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import numpy as np

peer, threads, path, target = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
if peer == "sklearnex":
    from sklearnex import patch_sklearn

    patch_sklearn(verbose=False)
if peer == "openTSNE":
    from openTSNE import TSNE
else:
    from sklearn.manifold import TSNE
rows = np.load(path).astype(np.float32)


def run():
    if peer == "openTSNE":
        return TSNE(perplexity=30, n_jobs=threads, random_state=0, initialization="pca").fit(rows)
    return TSNE(perplexity=30, n_jobs=threads, random_state=0, init="pca").fit_transform(rows)


wall, processor = time.perf_counter(), time.process_time()
points = run()
wall, processor = time.perf_counter() - wall, time.process_time() - processor
np.save(target, np.asarray(points, dtype=np.float32))
print(json.dumps({"seconds": wall, "processor_seconds": processor}))

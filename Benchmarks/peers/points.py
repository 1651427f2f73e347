"""A million points as a PNG file in memory, by datashader or by matplotlib's scatter.

Arguments: datashader or matplotlib, repeats, points.npy. Prints one JSON object.
"""

import io
import json
import statistics
import sys
import time

import numpy as np

peer, repeats, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
points = np.load(path)
SIDE = 1800

if peer == "datashader":
    import datashader
    import pandas
    from datashader import transfer_functions

    frame = pandas.DataFrame({"x": points[:, 0], "y": points[:, 1]})

    def paint():
        counts = datashader.Canvas(SIDE, SIDE).points(frame, "x", "y")
        image = transfer_functions.shade(counts, cmap=["#c7ddeb", "#0072B2"], how="eq_hist")
        file = io.BytesIO()
        transfer_functions.set_background(image, "white").to_pil().convert("RGB").save(file, "png")
        return int(counts.sum()), file

else:
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plot

    def paint():
        figure, axes = plot.subplots(figsize=(SIDE / 300, SIDE / 300), dpi=300)
        axes.scatter(points[:, 0], points[:, 1], s=1, alpha=0.1, linewidths=0)
        file = io.BytesIO()
        figure.savefig(file, format="png")
        plot.close(figure)
        return len(points), file


seen, file = paint()
times = []
for _ in range(repeats):
    start = time.perf_counter()
    seen, file = paint()
    times.append(time.perf_counter() - start)
print(
    json.dumps(
        {"seconds": statistics.median(times), "points": seen, "bytes": len(file.getvalue())}
    )
)

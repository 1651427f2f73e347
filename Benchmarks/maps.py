"""The part of `Benchmarks/run` that times t-SNE maps beside their peers.

A faster map is no better if it is a worse one, so each figure stands with the Kullback-Leibler divergence of
the map that was written, recomputed by `AmbitBenchmarks divergence` from all pairs for everyone alike.
"""

import math
import os
import statistics

PEERS = (
    ("sklearnex", "scikit-learn-intelex", "≥ 1.3 ×"),
    ("openTSNE", "openTSNE", "≥ 5 ×"),
    ("sklearn", "scikit-learn", ""),
)


def compare(table, program, measure, interpreter, pairs, threads, folder):
    """Adds a row for each peer and size. `measure` and `interpreter` are those of `Benchmarks/run`."""
    one_size(table, program, measure, interpreter, pairs, threads, folder, 5000, PEERS)
    # scikit-learn takes most of an hour there.
    one_size(table, program, measure, interpreter, min(3, pairs), threads, folder, 50_000, PEERS[:2])
    growth(table, program, measure, threads, folder)


def growth(table, program, measure, threads, folder):
    """How time, time per iteration and memory grow with the rows, beside n·log n from 5,000 rows on."""
    first = None
    for rows in (5000, 20_000, 50_000, 200_000):
        matrix, target = (os.path.join(folder, name) for name in (f"mixture-{rows}.npy", "map.npy"))
        runs = [measure([program, "tsne", str(threads), "0", matrix, target]) for _ in range(3 if rows < 200_000 else 1)]
        divergence = measure([program, "divergence", str(threads), "0", matrix, target])["divergence"]
        seconds, step, memory = (
            statistics.median(run.get(key, math.nan) for run in runs)
            for key in ("seconds", "seconds_per_iteration", "bytes_per_row"))
        first = first or (rows, step)
        allowed = rows * math.log(rows) / (first[0] * math.log(first[0]))
        table.add(
            f"t-SNE {rows:,} × 50, growth",
            f"{seconds:.2f} s, {step * 1e3:.2f} ms an iteration, {runs[0]['iterations']:.0f} of them, KL {divergence:.3f}, "
            f"{memory:,.0f} B a row",
            "", f"{step / first[1]:.1f} ×", f"≤ {allowed:.1f} × (n·log n), ≤ 2,500 B")


def one_size(table, program, measure, interpreter, pairs, threads, folder, rows, peers):
    matrix = os.path.join(folder, f"mixture-{rows}.npy")
    work = f"t-SNE {rows:,} × 50, {threads} threads"

    target = os.path.join(folder, "map.npy")

    def ours(name):
        return measure([program, name, str(threads), "0", matrix, target])

    def judged(result):
        result["kl"] = ours("divergence")["divergence"]
        return result

    def cell(runs, name=""):
        wall = statistics.median(run["seconds"] for run in runs)
        processor = statistics.median(run["processor_seconds"] for run in runs)
        return f"{name} {wall:.2f} s ({processor:.1f} s CPU), KL {runs[-1]['kl']:.3f}".strip()

    found = False
    for package, name, aim in peers:
        python, version = interpreter(package)
        if not python:
            table.add(work, "", f"skipped: {name} is not installed", "", aim)
            continue
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers", "tsne.py")
        command = [python, script, package, str(threads), matrix, target]
        mine, theirs = [], []
        try:
            for _ in range(pairs):
                mine.append(judged(ours("tsne")))
                theirs.append(judged(measure(command)))
        except RuntimeError as error:
            table.add(work, "failed", f"{name}: {error}", "", aim)
            continue
        found = True
        ratio = statistics.median(b["seconds"] / a["seconds"] for a, b in zip(mine, theirs))
        table.add(work, cell(mine), cell(theirs, f"{name} {version}"), f"{ratio:.2f} ×", aim)
    if not found:
        table.add(work, cell([judged(ours("tsne"))]), "", "", "")

"""The part of `Benchmarks/run` that times t-SNE maps beside their peers.

A faster map is no better if it is a worse one, so each figure stands with the Kullback-Leibler divergence of
the map that was written, recomputed by `AmbitBenchmarks divergence` from all pairs for everyone alike.
"""

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

#!/usr/bin/env python3
"""What each family of measures costs: `make costs`, which writes Benchmarks/costs.md.

    Benchmarks/family_costs.py AMBIT [--shared FOLDER] [--embedder minilm]

`ambit measure` runs with each family alone and once with all, at the defaults of 2,000 resamples and
9,999 permutations, on two studies of three checkpoints: 805 prompts with one output each, and 100
prompts with ten. Seconds of processor time, medians over --repeats, less those of a run with one cheap
measure, which are reading and start. Standard library only.
"""

import argparse
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
VECTORS = ["spread", "sets", "clusters", "plane"]
CHEAP = ["hull_perimeter", "chao1", "centroid_shift"]
STUDIES = [
    ("3 × 805 × 1", "alpacaeval-phi2", ["phi-2", "phi-2-sft", "phi-2-dpo"]),
    ("3 × 100 × 10", "noveltybench-100",
     ["olmo-2-7b-instruct", "olmo-2-7b-instruct-randomdoc", "gpt-4o"]),
]


def cost(repeats, command):
    """Processor seconds and seconds of a command, medians over repeats."""
    runs = []
    for _ in range(repeats):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        result = subprocess.run(command, capture_output=True, text=True)
        if result.returncode:
            sys.exit(result.stderr)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        runs.append((used, time.perf_counter() - start))
    return tuple(statistics.median(run[part] for run in runs) for part in (0, 1))


def costs(ambit, files, embedder, repeats, folder):
    """Per family its processor seconds; then those and the seconds of all."""
    vectors, rows = folder / "vectors.npy", folder / "rows.csv"
    subprocess.run(
        [ambit, "embed", *files, "--embedder", embedder, "-o", vectors, "--quiet"], check=True)

    def measure(inputs, measures):
        return cost(repeats, [
            ambit, "measure", *inputs, "-o", folder / "metrics.csv", "--quiet",
            "--measures", measures])

    of_vectors = [vectors, "--rows", rows]
    floor = min(measure(of_vectors, name)[0] for name in CHEAP)
    found = [measure(of_vectors, family)[0] - floor for family in VECTORS]
    found.append(measure(files, "lexical")[0] - measure(files, "length_words")[0])
    both = measure(of_vectors, ",".join(VECTORS)), measure(files, "lexical")
    return found, sum(part[0] for part in both), sum(part[1] for part in both)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ambit")
    parser.add_argument("--shared", default=str(ROOT.parent / "shared"))
    parser.add_argument("--embedder", default="minilm")
    parser.add_argument("--out", default=str(ROOT / "Benchmarks/costs.md"))
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    columns = []
    for title, family, names in STUDIES:
        source = pathlib.Path(options.shared) / "data/normalized" / family
        if not source.is_dir():
            sys.exit(f"skipped: {family} is not there")
        with tempfile.TemporaryDirectory(prefix="ambit-costs-") as folder:
            files = [source / f"{name}.jsonl" for name in names]
            columns.append((title, *costs(
                options.ambit, files, options.embedder, options.repeats, pathlib.Path(folder))))
    lines = [
        "# What families of measures cost", "",
        f"Processor seconds on {os.cpu_count()} processors, `--embedder {options.embedder}`, "
        "2,000 resamples, 9,999 permutations, vectors given;",
        f"medians of {options.repeats}. `make costs` makes this table again.",
        "", "| family | " + " | ".join(column[0] for column in columns) + " |",
        "|---|" + "--:|" * len(columns),
    ]
    for place, family in enumerate([*VECTORS, "lexical"]):
        told = (f"{max(0, column[1][place]):.1f}" for column in columns)
        lines.append(f"| `{family}` | " + " | ".join(told) + " |")
    lines.append(
        "| all of them, with reading and start | "
        + " | ".join(f"{column[2]:.1f}" for column in columns) + " |")
    lines.append(
        "| the same on the clock | " + " | ".join(f"{column[3]:.1f}" for column in columns) + " |")
    pathlib.Path(options.out).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()

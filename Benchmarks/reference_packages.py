#!/usr/bin/env python3
"""Holds Ambit's measures of vectors and texts against the packages that others use, on real outputs.

    Benchmarks/reference_packages.py [--shared FOLDER] [--python PYTHON …] [--pairs 5] [--cores 2]

Two sets: the NoveltyBench outputs of all models in file order, cut in the middle, as vectors of all-MiniLM-L6-v2
(`make model`); their plane is that of NumPy's leading components. Self-BLEU is of the first 800 of them, 128 words each.
A package runs in the first `--python` that has it, else in this interpreter; one that nobody has is left out, and the
table says so. Prints Markdown: the values, then times taken in turn (A B A B …), each ratio the median over the pairs.

Call against call means that neither side starts, reads or writes: Ambit's time is that of `AmbitBenchmarks`, each the
median of five after one more. Elsewhere Ambit's is that of the whole command, and a package's that of the call alone.
"""

import argparse
import csv
import glob
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PEERS = os.path.join(HERE, "peers", "measures.py")
FEW = ["--permutations", "99", "--resamples", "100", "--quiet"]
LIMIT = 1e-6


def say(text):
    print(text, file=sys.stderr, flush=True)


def run(*command):
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        raise RuntimeError(f"{command[0]}: {(result.stderr.strip().splitlines() or ['failed'])[-1]}")
    return result.stdout


class Packages:
    def __init__(self, pythons):
        self.pythons = [*pythons, sys.executable]
        self.found = {}

    def interpreter(self, package):
        if package not in self.found:
            self.found[package] = next(
                (
                    python
                    for python in self.pythons
                    if subprocess.run([python, "-c", f"import {package}"], capture_output=True).returncode == 0
                ),
                None,
            )
        return self.found[package]

    def call(self, package, work, *files, repeats=1):
        """What the package gives, and the median of its seconds; None where nobody has it."""
        python = self.interpreter(package)
        return json.loads(run(python, PEERS, work, str(repeats), *files)) if python else None


class Inputs:
    """Writes vectors, planes and texts to a folder."""

    def __init__(self, options, folder):
        files = sorted(glob.glob(os.path.join(options.shared, "data", "normalized", "noveltybench-100", "*.jsonl")))
        if not files:
            sys.exit(f"no noveltybench-100 in {options.shared}")
        path = lambda name: os.path.join(folder, name)
        say(f"embedding {len(files)} files …")
        run(options.ambit, "embed", *files, "--embedder", "minilm", "-o", path("all.npy"), "--quiet")
        rows = np.load(path("all.npy"))
        half = len(rows) // 2
        self.count, self.width = half, rows.shape[1]
        self.base, self.tuned, self.all = path("base.npy"), path("tuned.npy"), path("all.npy")
        self.plane = [path("base-plane.npy"), path("tuned-plane.npy")]
        centred = rows - rows.mean(0, dtype=np.float64)
        axes = np.linalg.eigh(centred.T @ centred)[1][:, -2:]
        points = (centred @ axes).astype(np.float32)
        for name, part in (
            (self.base, rows[:half]), (self.tuned, rows[half : 2 * half]),
            (self.plane[0], points[:half]), (self.plane[1], points[half : 2 * half]),
        ):
            np.save(name, part)
        # Sets of other sizes: the first rows; and rows drawn again, each moved a little.
        random = np.random.default_rng(1)
        self.sets = []
        for count in (805, half, 10_000):
            names = [path(f"base-{count}.npy"), path(f"tuned-{count}.npy")]
            for name, part in zip(names, (rows[:half], rows[half : 2 * half])):
                if count > half:
                    part = part[random.integers(0, half, count)]
                    part = part + random.normal(0, 0.01, part.shape).astype(np.float32)
                np.save(name, part[:count])
            self.sets.append((count, names))
        self.texts = path("texts.jsonl")
        words = []
        for name in files:
            with open(name, encoding="utf-8") as file:
                words += [re.findall("[A-Za-z0-9]+", json.loads(line)["output"])[:128] for line in file]
        # Words of letters and digits, so that both sides see the same tokens.
        words = [some for some in words if some][:800]
        with open(self.texts, "w", encoding="utf-8") as file:
            file.writelines(json.dumps({"output": " ".join(some)}) + "\n" for some in words)


class Ours:
    def __init__(self, ambit, folder):
        self.ambit, self.folder = ambit, folder

    def values(self, measures, *files):
        path = os.path.join(self.folder, "metrics.csv")
        run(self.ambit, "measure", *files, "--measures", measures, "-o", path, *FEW)
        with open(path, encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        # The last rows are those of the second checkpoint, or of the only one.
        name = rows[-1]["checkpoint"]
        return {
            f"{row['metric']}[{row['variant']}]" if row["variant"] else row["metric"]: float(row["value"])
            for row in rows
            if row["checkpoint"] == name and row["scope"] == "pooled" and row["value"]
        }


def number(value):
    return f"{value:.10g}"


def compare_values(packages, ours, inputs):
    pair, plane = [f"base={inputs.base}", f"tuned={inputs.tuned}"], [f"tuned={inputs.plane[1]}"]
    measures = "vendi,precision,recall,density,coverage,energy_distance,mmd,frechet"
    found = ours.values(measures, *pair)
    found |= ours.values("hull_area,mst_length", *plane)
    found |= ours.values("self_bleu", inputs.texts)
    rows = []

    def add(package, label, work, files, names):
        say(f"{label}: values …")
        theirs = packages.call(package, work, *files)
        for ours_name, theirs_name, remark in names:
            if theirs is None:
                rows.append((f"`{ours_name}`", number(found[ours_name]), f"{label} not installed", "", ""))
                continue
            a, b = found[ours_name], theirs[theirs_name]
            off = abs(a - b) / max(abs(b), 1e-300)
            if off > LIMIT and not remark:
                remark = "**differs**"
            rows.append((f"`{ours_name}`", number(a), f"{label}: {number(b)}", f"{off:.0e}" if off else "0", remark))

    sets = (inputs.base, inputs.tuned)
    add("vendi_score", "vendi_score, score_dual", "vendi", [inputs.tuned], [("vendi[q1]", "q1", "")])
    add("vendi_score", "vendi_score, score_dual", "vendi_orders", [inputs.tuned],
        [("vendi[q2]", "q2", ""), ("vendi[qinf]", "qinf", "")])
    add("prdc", "prdc", "prdc", sets,
        [(f"{name}[k5]", name, "") for name in ("precision", "recall", "density", "coverage")])
    add("scipy", "SciPy distances", "energy", sets, [("energy_distance", "u", "")])
    add("sklearn", "scikit-learn kernel", "mmd", sets, [("mmd", "mmd", "")])
    add("scipy", "pytorch-fid's formula, SciPy `sqrtm`", "frechet", sets,
        [("frechet[mean]", "mean", ""), ("frechet[covariance]", "covariance", "")])
    add("scipy", "SciPy `minimum_spanning_tree`", "tree", [inputs.plane[1]],
        [("mst_length", "different", "different points only"),
         ("mst_length", "all", "SciPy takes a distance of 0 for no edge, so equal points cost a way round")])
    add("scipy", "SciPy `ConvexHull`", "hull", [inputs.plane[1]], [("hull_area[peel100]", "area", "")])
    add("fast_bleu", "fast_bleu", "self_bleu", [inputs.texts], [("self_bleu[4]", "self_bleu", "")])
    print("| measure | Ambit | reference | relative difference | remark |\n|---|--:|---|--:|---|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    return all("**" not in row[4] for row in rows)


def clocked(*command):
    start = time.perf_counter()
    run(*command)
    return time.perf_counter() - start


def compare_times(packages, options, inputs, folder):
    benchmarks = os.path.join(HERE, ".build", "release", "AmbitBenchmarks")
    out = os.path.join(folder, "times.csv")
    def alone(*arguments):
        if not os.path.exists(benchmarks):
            return None
        return lambda: json.loads(run(benchmarks, arguments[0], str(options.cores), "5", *arguments[1:]))["seconds"]

    scores = "precision, recall, density, coverage"
    works = [
        (f"Vendi score, dual form, {2 * inputs.count:,} × {inputs.width}, call against call", "vendi_score", "vendi",
         [inputs.all], "≥ 1", alone("vendi", inputs.all)),
        *((f"{scores}, 2 × {count:,} × {inputs.width}, call against call", "prdc", "prdc", files, "≥ 5",
           alone("prdc", *files)) for count, files in inputs.sets),
        (f"the same, 2 × {inputs.count:,} × {inputs.width}, whole command against call", "prdc", "prdc",
         [inputs.base, inputs.tuned], "",
         lambda: clocked(options.ambit, "measure", f"base={inputs.base}", f"tuned={inputs.tuned}", "--compat", "prdc",
                         "--threads", str(options.cores))),
        ("Self-BLEU-4, 800 texts, whole command against call", "fast_bleu", "self_bleu", [inputs.texts], "≥ 3",
         lambda: clocked(options.ambit, "measure", inputs.texts, "--measures", "self_bleu", *FEW, "-o", out,
                         "--threads", str(options.cores))),
    ]
    print("\n| work | Ambit | package | ratio | bar |\n|---|--:|--:|--:|--:|")
    for label, package, work, files, bar, ours in works:
        if ours is None or packages.interpreter(package) is None:
            print(f"| {label} | | not installed, or benchmarks not built | | {bar} |")
            continue
        mine, theirs = [], []
        for _ in range(options.pairs):
            mine.append(ours())
            theirs.append(packages.call(package, work, *files, repeats=6 if "call against call" in label else 1)["seconds"])
        ratio = statistics.median(b / a for a, b in zip(mine, theirs))
        print(f"| {label} | {statistics.median(mine) * 1e3:.0f} ms | {package} {statistics.median(theirs) * 1e3:.0f} ms "
              f"| {ratio:.1f} × | {bar} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", default=os.path.join(ROOT, "..", "shared"))
    parser.add_argument("--python", action="append", default=[], help="an interpreter that has packages; may be given again")
    parser.add_argument("--ambit", default=os.path.join(ROOT, ".build", "release", "ambit"))
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--cores", type=int, default=2, help="threads for Ambit; packages take what they like")
    parser.add_argument("--only", choices=["values", "times"])
    options = parser.parse_args()
    packages = Packages(options.python)
    with tempfile.TemporaryDirectory(prefix="ambit-reference-") as folder:
        inputs = Inputs(options, folder)
        print(f"{platform.machine()}, {os.cpu_count()} cores, NoveltyBench, 2 × {inputs.count} rows of {inputs.width}.\n")
        good = True
        if options.only != "times":
            good = compare_values(packages, Ours(options.ambit, folder), inputs)
        if options.only != "values":
            compare_times(packages, options, inputs, folder)
    if not good:
        sys.exit("a value differs, and nothing says why")


main()

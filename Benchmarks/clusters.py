#!/usr/bin/env python3
"""Holds Ambit's kinds of answers against people's judgements and a published classifier's classes.

    Benchmarks/clusters.py [--data FOLDER] [--embedder minilm] [--ambit PROGRAM]

First the radius: the cosine distance at which a logistic curve, fitted to judged pairs of answers (same
or different, both weighing alike), is at one half, with its bootstrap interval; what
`CalibratedRadius.swift` holds. Then, on the 100 prompts of NoveltyBench, the mean number of kinds per
prompt beside the published classes, and Spearman's correlation of the two over prompts, beside that of
plain dispersion. Prints Markdown. Needs NumPy, and the data, which are not part of the repository.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def run(*command):
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        sys.exit(result.stderr)


def midpoint(distances, same):
    """Where the logistic curve of `same` over distance is at one half; Newton's steps."""
    weights = np.where(same == 1, 0.5 / same.sum(), 0.5 / (1 - same).sum())
    scale = distances.std()
    x = np.stack([np.ones(len(distances)), distances / scale], axis=1)
    beta = np.zeros(2)
    for _ in range(100):
        p = 1 / (1 + np.exp(-x @ beta))
        gradient = x.T @ (weights * (same - p))
        hessian = (x * (weights * p * (1 - p))[:, None]).T @ x
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if np.abs(step).max() < 1e-12:
            break
    return -beta[0] / beta[1] * scale


def calibration(arguments, folder):
    pairs = lines(f"{arguments.data}/normalized/noveltybench-human-pairs/pairs-dev.jsonl")
    texts = os.path.join(folder, "pairs.jsonl")
    with open(texts, "w", encoding="utf-8") as file:
        for pair in pairs:
            for sample, key in enumerate(("output_a", "output_b")):
                row = {"prompt_id": str(pair["pair_id"]), "sample": sample, "output": pair[key]}
                file.write(json.dumps(row) + "\n")
    vectors = os.path.join(folder, "pairs.npy")
    run(arguments.ambit, "embed", texts, "--embedder", arguments.embedder, "-o", vectors)
    rows = np.load(vectors).astype(float)
    first, second = rows[0::2], rows[1::2]
    norms = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    distances = 1 - (first * second).sum(1) / norms
    same = np.array([pair["similar"] for pair in pairs])
    random = np.random.default_rng(0)
    draws = [random.integers(0, len(same), len(same)) for _ in range(1000)]
    low, high = np.quantile([midpoint(distances[d], same[d]) for d in draws], [0.025, 0.975])
    value = midpoint(distances, same)
    near = distances <= value
    print(f"{len(same)} judged pairs, {same.mean():.1%} the same. Radius {value:.3f}", end=" ")
    print(f"({low:.3f} to {high:.3f}): {near[same == 1].mean():.0%} of the same pairs are within it,")
    print(f"{near[same == 0].mean():.0%} of the others.\n")


def ranks(values):
    values = np.asarray(values, dtype=float)
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return (ends - (counts - 1) / 2)[inverse]


def spearman(first, second):
    return np.corrcoef(ranks(first), ranks(second))[0, 1]


def novelty(arguments, folder, names):
    data = f"{arguments.data}/normalized/noveltybench-100"
    out = os.path.join(folder, "-".join(names))
    run(
        arguments.ambit, "run", *[f"{name}={data}/{name}.jsonl" for name in names],
        "--embedder", arguments.embedder, "--out", out, "--resamples", "200", "--permutations",
        "199", "--quiet")
    table = {}
    with open(os.path.join(out, "per_prompt.csv"), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["space"] == "embedding" and row["variant"] == "" and row["value"]:
                key = (row["checkpoint"], row["metric"])
                table.setdefault(key, {})[row["prompt_id"]] = float(row["value"])
    for name in names:
        classes = {}
        for row in lines(f"{data}/{name}.jsonl"):
            classes.setdefault(row["prompt_id"], set()).add(row["equivalence_class"])
        counts = table[(name, "cluster_count")]
        prompts = sorted(counts)
        published = [len(classes[prompt]) for prompt in prompts]
        cells = [name, f"{np.mean(list(counts.values())):.2f}", f"{np.mean(published):.2f}"]
        for metric in ("cluster_count", "cluster_entropy", "dispersion"):
            own = table[(name, metric)]
            cells.append(f"{spearman([own[prompt] for prompt in prompts], published):.3f}")
        yield cells


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=os.path.join(os.path.dirname(ROOT), "shared", "data"))
    parser.add_argument("--embedder", default="minilm")
    parser.add_argument("--ambit", default=os.path.join(ROOT, ".build", "release", "ambit"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        calibration(arguments, folder)
        print("| outputs | kinds | published classes | ρ kinds | ρ entropy | ρ dispersion |")
        print("|---|--:|--:|--:|--:|--:|")
        models = ["olmo-2-7b-instruct", "olmo-2-7b-instruct-randomdoc", "gpt-4o"]
        for cells in novelty(arguments, folder, models):
            print("| " + " | ".join(cells) + " |")
        # People gave eight answers, so a study with them has eight samples a prompt.
        print("| " + " | ".join(next(novelty(arguments, folder, ["human"] + models[:1]))) + " |")


if __name__ == "__main__":
    main()

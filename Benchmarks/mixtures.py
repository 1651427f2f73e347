#!/usr/bin/env python3
"""Write checkpoints whose truth is known: mixtures of published models' outputs in known proportions.

    Benchmarks/mixtures.py FOLDER OUT [--count 40] [--samples 8] [--narrow gpt-4o] [--modes 1] [--seed 0]

FOLDER holds one JSONL a model (`prompt`, `prompt_id`, `output`), such as NoveltyBench's generations.
OUT gets `base.jsonl`, drawn from all models but the narrow one, and `step-00.jsonl` ..., of which
checkpoint i takes the share i / (count - 1) of its outputs from those models and the rest from the
narrow one, of which only the first `--modes` outputs to a prompt are used, again and again. Each prompt
has the same number of samples everywhere. `proportions.csv` tells the shares. Standard library only; the same arguments write the same bytes.

    Benchmarks/mixtures.py --check OUT RESULTS

holds a run of them against the truth: Spearman's correlation of the share with dispersion and with
coverage, which must be at least 0.95.
"""

import argparse
import csv
import json
import pathlib
import random
import sys


def read(folder):
    """Model -> prompt id -> list of outputs, and prompt id -> prompt."""
    models, prompts = {}, {}
    for path in sorted(pathlib.Path(folder).glob("*.jsonl")):
        outputs = models.setdefault(path.stem, {})
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            prompts.setdefault(record["prompt_id"], record["prompt"])
            outputs.setdefault(record["prompt_id"], []).append(record["output"])
    return models, prompts


def write(path, prompts, drawn):
    with open(path, "w", encoding="utf-8") as file:
        for prompt, outputs in drawn:
            for output in outputs:
                record = {"prompt_id": prompt, "prompt": prompts[prompt], "output": output}
                file.write(json.dumps(record, ensure_ascii=False) + "\n")


def ranks(values):
    """Ranks from 0, ties sharing their mean."""
    order = sorted(range(len(values)), key=values.__getitem__)
    result = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for place in order[start:end]:
            result[place] = (start + end - 1) / 2
        start = end
    return result


def spearman(first, second):
    first, second = ranks(first), ranks(second)
    mean = (len(first) - 1) / 2
    shared = sum((a - mean) * (b - mean) for a, b in zip(first, second))
    return shared / (sum((a - mean) ** 2 for a in first) * sum((b - mean) ** 2 for b in second)) ** 0.5


def check(out, results):
    with open(pathlib.Path(out) / "proportions.csv", encoding="utf-8") as file:
        shares = {row["checkpoint"]: float(row["share"]) for row in csv.DictReader(file)}
    with open(pathlib.Path(results) / "metrics.csv", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file)
                if row["space"] == "embedding" and row["checkpoint"] in shares]
    lowest = 1.0
    for metric, scope in [("dispersion", "within"), ("coverage", "pooled")]:
        values = {row["checkpoint"]: float(row["value"]) for row in rows
                  if row["metric"] == metric and row["scope"] == scope}
        names = sorted(values)
        found = spearman([shares[name] for name in names], [values[name] for name in names])
        lowest = min(lowest, found)
        print(f"{metric}: Spearman {found:.4f} over {len(names)} checkpoints, "
              f"{values[min(names)]:.4f} to {values[max(names)]:.4f}")
    return 0 if lowest >= 0.95 else 1


def main():
    if len(sys.argv) == 4 and sys.argv[1] == "--check":
        sys.exit(check(*sys.argv[2:]))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("out")
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--samples", type=int, default=8)
    parser.add_argument("--narrow", default="gpt-4o")
    parser.add_argument("--modes", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    models, prompts = read(arguments.folder)
    narrow = models.pop(arguments.narrow)
    wide = {p: [o for m in models.values() for o in m.get(p, [])] for p in prompts}
    usable = [p for p in prompts if len(wide[p]) >= arguments.samples and narrow.get(p)]
    out = pathlib.Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)

    def drawn(share, stream):
        chance = random.Random(f"{arguments.seed} {stream}")
        for prompt in usable:
            count = int(share * arguments.samples + chance.random())
            yield prompt, (
                chance.sample(wide[prompt], count)
                + chance.choices(narrow[prompt][:arguments.modes], k=arguments.samples - count))

    write(out / "base.jsonl", prompts, drawn(1, "base"))
    with open(out / "proportions.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["checkpoint", "share"])
        for index in range(arguments.count):
            share = index / max(1, arguments.count - 1)
            name = f"step-{index:02d}"
            write(out / f"{name}.jsonl", prompts, drawn(share, name))
            table.writerow([name, f"{share:.6f}"])


if __name__ == "__main__":
    main()

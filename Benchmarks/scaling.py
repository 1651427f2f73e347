#!/usr/bin/env python3
"""Time and memory of runs over many synthetic checkpoints: `make scaling`.

    Benchmarks/scaling.py AMBIT [--counts 10 50 200] [--outputs 2000] [--embedder lexical] [ARGUMENT ...]

Checkpoints answer the same prompts, four samples each, in words drawn from a vocabulary that shrinks
along the run. Each count is run twice: with an empty cache, and once more after one checkpoint was
added. What follows `--` goes to `ambit run`. Standard library only.
"""

import argparse
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def checkpoint(path, index, outputs, words):
    chance = random.Random(index)
    size = max(200, len(words) - 4 * index)
    with open(path, "w", encoding="utf-8") as file:
        for row in range(outputs):
            prompt = row // 4
            topic = words[prompt % 50 * 7: prompt % 50 * 7 + 30]
            text = " ".join(
                chance.choice(topic) if chance.random() < 0.4 else words[chance.randrange(size)]
                for _ in range(chance.randrange(20, 60)))
            file.write(json.dumps({"prompt_id": f"p{prompt:04d}", "output": text}) + "\n")


def measured(command):
    """Seconds, peak resident bytes and the manifest of a run."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    talk = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"ambit failed: {talk.decode()}")
    scale = 1 if sys.platform == "darwin" else 1024
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * scale


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tool")
    parser.add_argument("--counts", type=int, nargs="+", default=[10, 50, 200])
    parser.add_argument("--outputs", type=int, default=2000)
    parser.add_argument("--embedder", default="lexical")
    parser.add_argument("--out", default=str(ROOT / "Benchmarks/scaling.md"))
    parser.add_argument("rest", nargs="*", metavar="ARGUMENT")
    arguments = parser.parse_args()
    chance = random.Random(0)
    words = ["".join(chance.choice("abcdefghijklmnoprstu") for _ in range(chance.randrange(3, 9)))
             for _ in range(3000)]
    folder = pathlib.Path(tempfile.mkdtemp(prefix="ambit-scaling-"))
    lines = []
    for count in arguments.counts:
        inputs = folder / f"inputs-{count}"
        inputs.mkdir()
        for index in range(count):
            checkpoint(inputs / f"step-{index}.jsonl", index, arguments.outputs, words)
        out = folder / "out"
        command = [arguments.tool, "run", str(inputs), "--embedder", arguments.embedder, "--quiet",
                   "--cache", str(folder / f"cache-{count}"), "--out", str(out), *arguments.rest]
        seconds, cpu, memory = measured(command)
        stages = json.loads((out / "manifest.json").read_text())["seconds"]
        checkpoint(inputs / f"step-{count}.jsonl", count, arguments.outputs, words)
        more, _, _ = measured(command)
        told = ", ".join(f"{name} {value:.0f}" for name, value in stages.items() if value >= 1)
        lines.append(
            f"| {count} | {count * arguments.outputs:,} | {seconds:.0f} | {cpu / count:.1f} "
            f"| {memory / 2**30:.2f} | {more:.0f} | {told} |")
        print(lines[-1], file=sys.stderr, flush=True)
        shutil.rmtree(inputs)
        shutil.rmtree(folder / f"cache-{count}", ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    extra = " ".join(arguments.rest)
    pathlib.Path(arguments.out).write_text(
        "# Many checkpoints\n\n"
        f"Synthetic checkpoints of {arguments.outputs:,} outputs, `--embedder {arguments.embedder}"
        f"{' ' + extra if extra else ''}`,\n"
        f"{os.cpu_count()} processors; the last column is a second run after one checkpoint was "
        "added.\n`make scaling` makes this table again.\n\n"
        "| checkpoints | outputs | seconds | CPU seconds a checkpoint | peak memory, GiB "
        "| one more, seconds | stages, seconds |\n|--:|--:|--:|--:|--:|--:|---|\n"
        + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Time and memory of runs over many synthetic checkpoints: `make scaling`.

    Benchmarks/scaling.py AMBIT [--counts 10 50 200 500] [--outputs 2000] [--embedder NAME] [-- ARGUMENT ...]

Checkpoints answer the same prompts, four samples each, in words drawn from a vocabulary that shrinks
along the run. Without `--embedder` a static model of 384 columns is made for them, a random vector a
word. Each count is run twice: with an empty cache, and once more after one checkpoint was added.
What follows `--` goes to `ambit run`. Memory and processor time of each stage are read from /proc, so
those columns need Linux. A count that is done stays in the table when others are run again: `--keep`.
Standard library only.
"""

import argparse
import array
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
COLUMNS = 384
HEAD = (
    "| checkpoints | outputs | seconds | CPU seconds | a checkpoint | peak memory, GiB "
    "| one more, seconds | CPU seconds | CPU seconds by stage | peak GiB by stage |\n"
    "|--:|--:|--:|--:|--:|--:|--:|--:|---|---|\n")


def vocabulary():
    chance = random.Random(0)
    return ["".join(chance.choice("abcdefghijklmnoprstu") for _ in range(chance.randrange(3, 9)))
            for _ in range(3000)]


def write_model(folder, words):
    """A static model in model2vec's form: a random direction a word."""
    folder.mkdir()
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"] + sorted(set(words))
    (folder / "vocab.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
    (folder / "config.json").write_text(
        json.dumps({"model_type": "model2vec", "max_length": None}), encoding="utf-8")
    chance = random.Random(1)
    table = array.array("f", (chance.gauss(0, 1) for _ in range(len(tokens) * COLUMNS)))
    if sys.byteorder == "big":
        table.byteswap()
    header = json.dumps({"embeddings": {
        "dtype": "F32", "shape": [len(tokens), COLUMNS], "data_offsets": [0, 4 * len(table)]}})
    header += " " * (-len(header) % 8)
    (folder / "model.safetensors").write_bytes(
        len(header).to_bytes(8, "little") + header.encode() + table.tobytes())


def write_checkpoint(path, index, outputs, words):
    chance = random.Random(index)
    size = max(200, len(words) - 4 * index)
    with open(path, "w", encoding="utf-8") as file:
        for row in range(outputs):
            prompt = row // 4
            topic = words[prompt % 50 * 7: prompt % 50 * 7 + 30]
            text = " ".join(
                chance.choice(topic) if chance.random() < 0.4 else words[chance.randrange(size)]
                for _ in range(chance.randrange(20, 60)))
            file.write(json.dumps({
                "prompt_id": f"p{prompt:04d}", "prompt": f"Question {prompt}: {' '.join(topic[:8])}?",
                "output": text}) + "\n")


class Run:
    """A run of the tool, watched: seconds, processor seconds, peak bytes; of all and of each stage."""

    def __init__(self, command):
        self.stage = "reading"
        self.memory, self.cpu, talk = {}, {}, []
        start = time.monotonic()
        process = subprocess.Popen(
            command + ["--json-progress"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            encoding="utf-8")
        reader = threading.Thread(target=self._read, args=(process.stderr, talk))
        reader.start()
        seen, finished = 0.0, threading.Event()
        sampler = threading.Thread(target=self._sample, args=(process.pid, finished))
        sampler.start()
        _, status, usage = os.wait4(process.pid, 0)
        finished.set()
        reader.join()
        sampler.join()
        self.seconds = time.monotonic() - start
        self.processor = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        if os.waitstatus_to_exitcode(status) != 0:
            sys.exit(f"ambit failed: {''.join(talk[-20:])}")

    def _read(self, stream, talk):
        for line in stream:
            try:
                self.stage = json.loads(line)["stage"]
            except (ValueError, KeyError, TypeError):
                talk.append(line)

    def _sample(self, process, finished):
        tick = os.sysconf("SC_CLK_TCK")
        page = os.sysconf("SC_PAGE_SIZE")
        before = 0.0
        while not finished.wait(0.05):
            try:
                with open(f"/proc/{process}/statm") as file:
                    memory = int(file.read().split()[1]) * page
                with open(f"/proc/{process}/stat") as file:
                    fields = file.read().rsplit(")", 1)[1].split()
            except (OSError, IndexError):
                return
            cpu = (int(fields[11]) + int(fields[12])) / tick
            stage = self.stage
            self.memory[stage] = max(self.memory.get(stage, 0), memory)
            self.cpu[stage] = self.cpu.get(stage, 0) + cpu - before
            before = cpu

    def told(self, values, scale, least):
        return ", ".join(
            f"{name} {value / scale:.{0 if scale == 1 else 2}f}"
            for name, value in values.items() if value >= least)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tool")
    parser.add_argument("--counts", type=int, nargs="*", default=[10, 50, 200, 500])
    parser.add_argument("--outputs", type=int, default=2000)
    parser.add_argument("--embedder")
    parser.add_argument("--out", default=str(ROOT / "Benchmarks/scaling.md"))
    parser.add_argument("--keep", action="store_true", help="keep other rows of the table")
    parser.add_argument("--once", action="store_true", help="without one more checkpoint")
    words = sys.argv[1:]
    cut = words.index("--") if "--" in words else len(words)
    arguments = parser.parse_args(words[:cut])
    arguments.rest = words[cut + 1:]
    words = vocabulary()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="ambit-scaling-"))
    try:
        embedder = arguments.embedder
        if embedder is None:
            write_model(folder / "model", words)
            embedder = str(folder / "model")
        table = pathlib.Path(arguments.out)
        rows = {}
        if arguments.keep and table.exists():
            for line in table.read_text(encoding="utf-8").splitlines():
                if found := re.match(r"\| (\d+) \|", line):
                    rows[int(found.group(1))] = line
        for count in arguments.counts:
            rows[count] = row(arguments, embedder, folder, count, words)
            print(rows[count], file=sys.stderr, flush=True)
            write(table, rows, arguments)
        if not arguments.counts:
            write(table, rows, arguments)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def row(arguments, embedder, folder, count, words):
    inputs = folder / f"inputs-{count}"
    inputs.mkdir()
    for index in range(count):
        write_checkpoint(inputs / f"step-{index}.jsonl", index, arguments.outputs, words)
    cache = folder / f"cache-{count}"
    command = [arguments.tool, "run", str(inputs), "--embedder", embedder, "--cache", str(cache),
               "--out", str(folder / "out"), *arguments.rest]
    whole = Run(command)
    again = ("", "")
    if not arguments.once:
        write_checkpoint(inputs / f"step-{count}.jsonl", count, arguments.outputs, words)
        more = Run(command)
        again = (f"{more.seconds:.0f}", f"{more.processor:.0f}")
    shutil.rmtree(inputs)
    shutil.rmtree(cache, ignore_errors=True)
    return (
        f"| {count} | {count * arguments.outputs:,} | {whole.seconds:.0f} | {whole.processor:.0f} "
        f"| {whole.processor / count:.1f} | {whole.peak / 2**30:.2f} | {again[0]} | {again[1]} "
        f"| {whole.told(whole.cpu, 1, 0.5)} | {whole.told(whole.memory, 2**30, 2**20)} |")


def write(table, rows, arguments):
    extra = " ".join(arguments.rest)
    embedder = (f"`--embedder {arguments.embedder}`" if arguments.embedder
                else f"a static model of {COLUMNS} columns")
    table.write_text(
        "# Many checkpoints\n\n"
        f"Synthetic checkpoints of {arguments.outputs:,} outputs, four to a prompt; {embedder}"
        f"{', `' + extra + '`' if extra else ''};\n{os.cpu_count()} processors, an empty cache. "
        "\"One more\" is a second run after one checkpoint was added:\n"
        "what is joint (planes, clusters, figures) is done again for all. Seconds grow with what else the "
        "machine does\n"
        f"(load average {os.getloadavg()[0]:.0f} at the end); CPU seconds hardly do. "
        "`make scaling` makes this table again.\n\n"
        + HEAD + "\n".join(rows[count] for count in sorted(rows)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

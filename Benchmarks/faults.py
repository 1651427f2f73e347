#!/usr/bin/env python3
"""Do to runs what the world does to them, and count what was lost: `make faults`.

    Benchmarks/faults.py AMBIT [--rounds 40] [--seed 0] [--out Benchmarks/faults.md]

Each round disturbs a run of the demo's lineage and then runs it again undisturbed; its files, the
manifest apart, must be those of a run that nothing ever disturbed. Standard library only.
"""

import argparse
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
DEMO = ROOT / "assets/demo"
MODEL = ROOT / "Tests/AmbitEmbeddingTests/Fixtures/encoders/bert"
NAMES = ["base", "sft-2", "dpo"]


class Faults:
    def __init__(self, tool, seed):
        self.tool = tool
        self.random = random.Random(seed)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="ambit-faults-"))
        self.cache, self.out = self.folder / "cache", self.folder / "out"
        self.files = {name: DEMO / f"{name}.jsonl" for name in NAMES}
        start = time.monotonic()
        assert self.run() == 0, "an undisturbed run fails"
        self.seconds = time.monotonic() - start
        self.truth = self.results()
        self.lost = 0

    def command(self, cache=None):
        return [self.tool, "run", *(f"{n}={p}" for n, p in self.files.items()), "--embedder",
                str(MODEL), "--permutations", "99", "--resamples", "100", "--figures",
                "drift_map", "--measures",
                "dispersion,rke,coverage,hull_area,hull_kept,cluster_count,clusters_kept,distinct,ead",
                "--cache", str(cache or self.cache), "--out",
                str(self.out)]

    def start(self, command=None, **options):
        return subprocess.Popen(command or self.command(), stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, **options)

    def run(self):
        return self.start().wait()

    def results(self):
        return {
            str(path.relative_to(self.out)): path.read_bytes()
            for path in sorted(self.out.rglob("*"))
            if path.is_file() and path.name != "manifest.json" and not path.name.startswith(".")
        } if self.out.exists() else {}

    def fresh(self, keep_cache=False):
        shutil.rmtree(self.out, ignore_errors=True)
        if not keep_cache:
            shutil.rmtree(self.cache, ignore_errors=True)

    def cached(self):
        return [p for p in sorted(self.cache.rglob("*"))
                if p.suffix in (".rows", ".entries") and not p.name.startswith(".")]

    def half_files(self):
        """Files of results that are neither absent nor whole."""
        return sum(self.truth.get(name) != content for name, content in self.results().items())

    def recovers(self):
        """Runs once more; whether it ends well with the right bytes, and what it made again."""
        status = self.run()
        manifest = json.loads((self.out / "manifest.json").read_text()) if status == 0 else {}
        made = (manifest.get("embedder", {}).get("cache") or {}).get("embedded", 0)
        taken = (manifest.get("measures_cache") or {}).get("taken", 0)
        return status == 0 and self.results() == self.truth, made, taken

    # What is done to a run. Each says what its end was.

    def killed(self):
        process = self.start()
        time.sleep(self.random.uniform(0, 1.05 * self.seconds))
        process.send_signal(signal.SIGKILL)
        return "killed" if process.wait() < 0 else "ended before"

    def killed_while_writing(self):
        """The results come last: their folder appears, and the run is killed within milliseconds."""
        process = self.start()
        while process.poll() is None and not self.out.exists():
            time.sleep(0.0005)
        time.sleep(self.random.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        return "killed" if process.wait() < 0 else "ended before"

    def full_disk(self):
        """No file can become larger than some kilobytes."""
        blocks = self.random.choice([0, 1, 8, 32, 128])
        script = f"trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\""
        status = self.start(["/bin/sh", "-c", script, *self.command()]).wait()
        return f"exit {status}"

    def full_volume(self):
        """A real file system of some kilobytes for results and cache, in a name space of its own."""
        size = self.random.choice([16, 64, 256, 512])
        mounted = self.folder / "mounted"
        mounted.mkdir(exist_ok=True)
        command = [str(mounted) + part[len(str(self.folder)):]
                   if part.startswith(str(self.folder)) else part for part in self.command()]
        script = f"mount -t tmpfs -o size={size}k none {mounted} && exec \"$0\" \"$@\""
        status = self.start(["unshare", "-rm", "/bin/sh", "-c", script, *command]).wait()
        return f"exit {status}"

    def vanished_input(self):
        path = self.folder / "dpo.jsonl"
        kept = self.files["dpo"]
        shutil.copy(kept, path)
        self.files["dpo"] = path
        process = self.start()
        time.sleep(self.random.uniform(0, 0.05))
        path.unlink()
        status = process.wait()
        self.files["dpo"] = kept
        return f"exit {status}"

    def growing_input(self):
        path = self.folder / "dpo.jsonl"
        kept = self.files["dpo"]
        shutil.copy(kept, path)
        self.files["dpo"] = path
        process = self.start()
        with open(path, "a", encoding="utf-8") as file:
            while process.poll() is None:
                file.write('{"prompt_id": "p1", "out')
                file.flush()
                time.sleep(self.random.uniform(0, 0.002))
        self.files["dpo"] = kept
        return f"exit {process.returncode}"

    def vanishing_cache(self):
        process = self.start()
        while process.poll() is None:
            shutil.rmtree(self.cache, ignore_errors=True)
            time.sleep(self.random.uniform(0, 0.05))
        return f"exit {process.returncode}"

    def two_at_once(self):
        first = self.start()
        time.sleep(self.random.uniform(0, 0.5 * self.seconds))
        return f"exit {self.start().wait()} and {first.wait()}"

    def damaged(self, kind):
        def damage():
            self.run()
            self.fresh(keep_cache=True)
            for path in self.cached():
                content = bytearray(path.read_bytes())
                if not content:
                    continue
                if kind == "bits":
                    for _ in range(20):
                        content[self.random.randrange(len(content))] ^= 1 << self.random.randrange(8)
                elif kind == "cut":
                    del content[self.random.randrange(len(content)):]
                elif kind == "empty":
                    content.clear()
                elif kind == "version":
                    content[7] ^= 1
                path.write_bytes(content)
            return "damaged"
        return damage


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tool")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", default=str(ROOT / "Benchmarks/faults.md"))
    arguments = parser.parse_args()
    faults = Faults(os.path.abspath(arguments.tool), arguments.seed)
    can_mount = subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"],
                               capture_output=True, check=False).returncode == 0
    kinds = [
        ("kill −9 at a random moment", faults.killed),
        ("kill −9 while results are written", faults.killed_while_writing),
        ("no file may grow beyond 0 to 64 KiB", faults.full_disk),
        ("a volume of 16 to 512 KiB", faults.full_volume if can_mount else None),
        ("an input vanishes", faults.vanished_input),
        ("an input grows while it is read", faults.growing_input),
        ("the cache is removed again and again", faults.vanishing_cache),
        ("two runs at once, one folder, one cache", faults.two_at_once),
        ("cache: 20 flipped bits a file", faults.damaged("bits")),
        ("cache: every file cut short", faults.damaged("cut")),
        ("cache: every file empty", faults.damaged("empty")),
        ("cache: files of another version", faults.damaged("version")),
    ]
    lines = []
    failed = 0
    for title, fault in kinds:
        if fault is None:
            lines.append(f"| {title} | 0 | this machine does not let a user mount one | | | |")
            continue
        ends, halves, wrong, made, taken = {}, 0, 0, [], []
        for _ in range(arguments.rounds):
            faults.fresh()
            end = fault()
            ends[end] = ends.get(end, 0) + 1
            halves += faults.half_files()
            is_right, embedded, measured = faults.recovers()
            wrong += not is_right
            made.append(embedded)
            taken.append(measured)
        failed += wrong + halves
        told = ", ".join(f"{count} × {end}" for end, count in sorted(ends.items()))
        again = f"{sum(made) / len(made):.0f} vectors, {sum(taken) / len(taken):.0f} entries"
        lines.append(
            f"| {title} | {arguments.rounds} | {told} | {halves} | {wrong} | {again} |")
        print(lines[-1], file=sys.stderr, flush=True)
    shutil.rmtree(faults.folder, ignore_errors=True)
    pathlib.Path(arguments.out).write_text(
        "# Faults\n\n"
        "What is done to a run of three checkpoints of the demo, how it ended, and what the next,\n"
        "undisturbed run made of it: its files, `manifest.json` apart, must be byte for byte those of\n"
        "a run that nothing ever disturbed. `make faults` makes this table again.\n\n"
        "| what was done | rounds | how the run ended | half files left | wrong results afterwards "
        "| made again, mean |\n|---|--:|---|--:|--:|---|\n" + "\n".join(lines) + "\n",
        encoding="utf-8")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

"""Tokenizing and static embedding by peers. Prints one JSON object, or makes the model that both sides embed with.

    static.py model TOKENIZER_FOLDER MODEL_FOLDER      a model2vec model with a random table of 256 columns
    static.py tokenizers THREADS REPEATS TOKENIZER_FOLDER FILE…
    static.py model2vec THREADS REPEATS MODEL_FOLDER FILE…
"""

import json
import os
import statistics
import sys
import time

kind = sys.argv[1]
if kind != "model":
    os.environ["RAYON_NUM_THREADS"] = sys.argv[2]
    os.environ["TOKENIZERS_PARALLELISM"] = "true"

import numpy as np
from tokenizers import Tokenizer


def tokenizer(folder):
    made = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
    made.no_truncation()
    made.no_padding()
    return made


def outputs(paths):
    """The texts of files in normal form; lines end at newlines alone."""
    for path in paths:
        with open(path, "rb") as file:
            for line in file.read().split(b"\n"):
                if line.strip():
                    yield json.loads(line)["output"]


def timed(repeats, work):
    result, times = work(), []
    for _ in range(repeats):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return statistics.median(times), result


def main():
    if kind == "model":
        from model2vec import StaticModel

        made = tokenizer(sys.argv[2])
        table = np.random.default_rng(0).normal(size=(made.get_vocab_size(), 256)).astype(np.float32)
        StaticModel(table, made, normalize=True).save_pretrained(sys.argv[3])
        return
    repeats, folder, texts = int(sys.argv[3]), sys.argv[4], list(outputs(sys.argv[5:]))
    facts = {"bytes": sum(len(text.encode()) for text in texts)}
    if kind == "tokenizers":
        made = tokenizer(folder)
        facts["seconds"], encoded = timed(repeats, lambda: made.encode_batch(texts))
        facts["tokens"] = sum(len(encoding.ids) for encoding in encoded)
    else:
        from model2vec import StaticModel

        model = StaticModel.from_pretrained(folder)
        facts["seconds"], vectors = timed(repeats, lambda: model.encode(texts))
        facts["magnitude"] = float(np.abs(vectors.astype(np.float64)).sum())
    print(json.dumps(facts))


main()

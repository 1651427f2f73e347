"""Writes the Parquet files that ParquetFileTests read, and beside each what pyarrow reads from it.

    python make_parquet_fixtures.py

Those that are committed were written with pyarrow 26.0.1, pandas 3.1.1, fastparquet 2026.9.0, polars 2.1.0 and
duckdb 2.0.0.

Each `NAME.parquet` has a `NAME.jsonl` with one row a line, as `to_pylist` gives it (NaN and infinities as
null). Same version, same bytes: no time and no chance is in them.
"""
import json
import math
import pathlib

import duckdb
import fastparquet
import numpy as np
import pandas as pd
import polars
import pyarrow as pa
import pyarrow.parquet as pq

FOLDER = pathlib.Path(__file__).parent / "parquet"
WORDS = "the quick brown fox jumps over a lazy dog, naïve café Größe 東京 🎲 \"quoted\" back\\slash".split(" ")
CODECS = ["none", "snappy", "gzip", "zstd"]


def text(i):
    """A text of a few words, different for each number; some empty, some with line breaks."""
    words = [WORDS[(i * k + k) % len(WORDS)] for k in range(1, 2 + i % 9)]
    return "" if i % 17 == 5 else ("\n" if i % 7 == 3 else " ").join(words) + f" #{i}"


def some(i, value):
    return None if i % 5 == 2 else value


def flat(count):
    rows = range(count)
    return pa.table({
        "text": pa.array([some(i, text(i)) for i in rows]),
        "required": pa.array([text(i + 3) for i in rows]),
        "group": pa.array([["alpha", "beta", "gamma"][i * i % 3] for i in rows]),
        "flag": pa.array([some(i + 1, i % 3 == 0) for i in rows]),
        "int8": pa.array([i % 256 - 128 for i in rows], pa.int8()),
        "uint32": pa.array([(i * 2654435761) % 2**32 for i in rows], pa.uint32()),
        "int32": pa.array([some(i, (i * i * 7919) % 2**31 - 2**30) for i in rows], pa.int32()),
        "int64": pa.array([(-1) ** i * (i * 1_000_003) ** 2 for i in rows], pa.int64()),
        "uint64": pa.array([2**63 + i for i in rows], pa.uint64()),
        "float": pa.array([some(i, i / 7) for i in rows], pa.float32()),
        "double": pa.array([math.nan if i % 11 == 3 else math.sin(i) for i in rows]),
        "nothing": pa.array([None for _ in rows], pa.null()),
    }, schema=None)


def message(i, role):
    return {"role": role, "content": text(i)}


def nested(count):
    rows = range(count)
    chat = pa.list_(pa.struct([("role", pa.string()), ("content", pa.string())]))
    return pa.table({
        "messages": pa.array([
            some(i, [message(i + k, "user" if k % 2 == 0 else "assistant") for k in range(i % 4)])
            for i in rows], chat),
        "scores": pa.array([some(i + 1, [some(k, k / 4) for k in range(i % 6)]) for i in rows],
                           pa.list_(pa.float64())),
        "deep": pa.array([some(i, [some(k + i, [[k, j, some(j, -i)] for j in range(k)])
                                   for k in range(i % 4)]) for i in rows],
                         pa.list_(pa.list_(pa.list_(pa.int32())))),
        "info": pa.array([some(i, {"model": some(i + 2, f"m{i % 3}"),
                                   "usage": some(i + 3, {"tokens": i, "tags": ["a", None][: i % 3]})})
                          for i in rows],
                         pa.struct([("model", pa.string()),
                                    ("usage", pa.struct([("tokens", pa.int64()),
                                                         ("tags", pa.list_(pa.string()))]))])),
        "id": pa.array(list(rows)),
    })


def plain(value):
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list):
        # A map comes as pairs.
        if value and all(isinstance(part, tuple) for part in value):
            return [{"key": key, "value": plain(part)} for key, part in value]
        return [plain(part) for part in value]
    return value


def oracle(path, columns=None, name=None):
    """What pyarrow reads; files that hold the same rows share one."""
    rows = pq.read_table(path, columns=columns).to_pylist()
    lines = [json.dumps(plain(row), ensure_ascii=False, allow_nan=False) for row in rows]
    text = "".join(line + "\n" for line in lines)
    beside = FOLDER / f"{name or path.stem}.jsonl"
    assert not beside.exists() or beside.read_text() == text, beside
    beside.write_text(text)


def write(name, table, oracle_name=None, **options):
    path = FOLDER / f"{name}.parquet"
    pq.write_table(table, path, store_schema=False, **options)
    oracle(path, name=oracle_name)


def main():
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for codec in CODECS:
        for version in ["1.0", "2.0"]:
            write(f"flat-{codec}-v{version[0]}", flat(23), "flat", compression=codec,
                  data_page_version=version, write_page_checksum=codec != "gzip",
                  write_statistics=False)
    write("nested-v1", nested(41), "nested", compression="snappy", data_page_size=200, write_batch_size=7,
          row_group_size=17, write_statistics=False)
    write("nested-v2", nested(41), "nested", compression="zstd", data_page_version="2.0", data_page_size=200,
          write_batch_size=5, use_dictionary=False, write_page_checksum=True,
          write_statistics=False)
    write("nested-legacy", nested(23), use_compliant_nested_type=False, write_statistics=False)
    delta = flat(150).select(["text", "required", "int32", "int64", "uint32", "uint64", "float", "double"])
    write("delta", delta, use_dictionary=False, version="2.6", data_page_size=2000,
          write_batch_size=64, compression="zstd", write_statistics=False, column_encoding={
              "text": "DELTA_BYTE_ARRAY", "required": "DELTA_LENGTH_BYTE_ARRAY",
              "int32": "DELTA_BINARY_PACKED", "int64": "DELTA_BINARY_PACKED",
              "uint32": "BYTE_STREAM_SPLIT", "uint64": "DELTA_BINARY_PACKED",
              "float": "BYTE_STREAM_SPLIT", "double": "BYTE_STREAM_SPLIT"})
    booleans = pa.table({"flag": pa.array([some(i // 9, i % 13 < 5) for i in range(400)])})
    write("booleans-rle", booleans, use_dictionary=False, column_encoding={"flag": "RLE"},
          data_page_version="2.0", write_statistics=False)
    # A dictionary that is full after a while, so that the pages after it are plain.
    fallback = pa.table({"text": pa.array([text(i) for i in range(200)])})
    write("dictionary-fallback", fallback, dictionary_pagesize_limit=1500, data_page_size=600,
          write_batch_size=20, compression="snappy", write_statistics=False)
    write("long-runs", pa.table({
        "label": pa.array([["x", "y"][i // 900] for i in range(1200)]),
        "maybe": pa.array([None if i // 500 == 1 else i // 400 for i in range(1200)], pa.int32()),
    }), write_statistics=False)
    write("no-rows", flat(0), write_statistics=False)
    write("map", pa.table({"map": pa.array(
        [[("a", 1), ("b", None)], None, [], [("ü", 3)]], pa.map_(pa.string(), pa.int64()))}))
    write("many-groups", pa.table({"text": pa.array([text(i) for i in range(12)])}),
          row_group_size=5, write_statistics=False)

    frame = pd.DataFrame({
        "step": [100] * 8,
        "prompt": [f"What is {i // 2} + 1?" for i in range(8)],
        "completion": [text(i + 20) for i in range(8)],
        "accuracy_reward": [1.0, 0.0, 0.5, None, 1.0, 1.0, 0.0, 0.25],
        "advantage": np.linspace(-1, 1, 8).astype(np.float32),
    })
    # What TRL calls: `DataFrame.to_parquet` with its defaults, schema and index included.
    frame.to_parquet(FOLDER / "trl-strings.parquet")
    oracle(FOLDER / "trl-strings.parquet")
    frame["prompt"] = [[message(i // 2, "system"), message(i // 2 + 1, "user")] for i in range(8)]
    frame["completion"] = [[message(i + 20, "assistant")] for i in range(8)]
    frame.to_parquet(FOLDER / "trl-messages.parquet")
    oracle(FOLDER / "trl-messages.parquet")
    frame.index = [f"row {i}" for i in range(8)]
    frame[["step"]].to_parquet(FOLDER / "pandas-index.parquet", compression="gzip")
    oracle(FOLDER / "pandas-index.parquet")

    # Other writers.
    simple = pd.DataFrame({"prompt": [text(i) for i in range(30)],
                           "group": ["ab"[i % 2] for i in range(30)],
                           "sample": range(30), "score": [i / 3 for i in range(30)],
                           "right": [i % 3 == 0 for i in range(30)]})
    simple["maybe"] = [some(i, text(i + 1)) for i in range(30)]
    for codec in ["SNAPPY", "ZSTD"]:
        path = FOLDER / f"fastparquet-{codec.lower()}.parquet"
        fastparquet.write(str(path), simple, compression=codec, row_group_offsets=[0, 20])
        oracle(path, name="fastparquet")
    lists = [[message(i + k, "user") for k in range(i % 3)] for i in range(30)]
    frame = polars.from_pandas(simple).with_columns(polars.Series("messages", lists))
    frame.write_parquet(FOLDER / "polars.parquet", row_group_size=11)
    oracle(FOLDER / "polars.parquet")
    duckdb.sql(f"COPY (SELECT * FROM frame) TO '{FOLDER}/duckdb.parquet' (FORMAT parquet)")
    oracle(FOLDER / "duckdb.parquet", name="polars")
    duckdb.sql(f"COPY (SELECT * FROM frame) TO '{FOLDER}/duckdb-v2.parquet' "
               "(FORMAT parquet, CODEC zstd, PARQUET_VERSION v2)")
    oracle(FOLDER / "duckdb-v2.parquet", name="polars")

    # A shard of a data set: messages, and columns that are of no use here.
    shard = pa.table({
        "id": pa.array([f"q{i // 2}" for i in range(12)]),
        "messages": pa.array([[message(i // 2, "user"), message(i + 30, "assistant")] for i in range(12)]),
        "image": pa.array([{"bytes": b"\x89PNG", "size": i, "taken": i} for i in range(12)], pa.struct(
            [("bytes", pa.binary()), ("size", pa.int32()), ("taken", pa.timestamp("ms"))])),
        "embedding": pa.array([[i / 3, 1.0, -i] for i in range(12)], pa.list_(pa.float32())),
        "temperature": pa.array([0.5] * 12),
    })
    pq.write_table(shard, FOLDER / "shard.parquet", row_group_size=5, store_schema=False)
    oracle(FOLDER / "shard.parquet", ["id", "messages", "embedding", "temperature"])

    # What is not read: only the columns that are can be asked for.
    odd = pa.table({
        "prompt": pa.array(["p", "q"]),
        "output": pa.array(["a", "b"]),
        "when": pa.array([0, 1], pa.timestamp("us")),
        "price": pa.array([1, 2], pa.decimal128(9, 2)),
        "day": pa.array([0, 1], pa.date32()),
        "digest": pa.array([b"1234", b"5678"], pa.binary(4)),
    })
    pq.write_table(odd, FOLDER / "odd-types.parquet", store_schema=False)
    oracle(FOLDER / "odd-types.parquet", ["prompt", "output"])
    for codec in ["lz4", "brotli"]:
        pq.write_table(odd.select(["prompt", "output"]), FOLDER / f"codec-{codec}.parquet",
                       compression=codec, store_schema=False)
    pq.write_table(odd.select(["prompt", "output"]), FOLDER / "codec-mixed.parquet",
                   compression={"prompt": "brotli", "output": "zstd"}, store_schema=False)
    binary = pa.table({"text": pa.array([b"plain", b"caf\xe9", None])})
    pq.write_table(binary, FOLDER / "binary.parquet", store_schema=False)


if __name__ == "__main__":
    main()

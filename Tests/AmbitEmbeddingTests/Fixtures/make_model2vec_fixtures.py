#!/usr/bin/env python3
"""Writes three small model2vec folders and the vectors that model2vec itself gives some texts.

    python3 make_model2vec_fixtures.py        # needs model2vec, tokenizers and numpy

The tokenizer is a small WordPiece, the tables are random. One folder is plain float32, one has
float16 rows with weights and a mapping, one int8 rows with a window so small that it cuts characters.
"""
import json
import pathlib
import shutil

import numpy as np
from model2vec import StaticModel
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

HERE = pathlib.Path(__file__).parent / "model2vec"
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
PIECES = (
    "the quick brown fox jump ##s over lazy dog hello world un ##believ ##able ##aff embed ##ding "
    "tokens that go on and a line separator tab written out emoji cafe naive 中 文 . , ! $ # [ ] 3 "
    "12 ##34 ##56 14 5").split()
TEXTS = [
    "", " ", "a", "The quick brown fox jumps over the lazy dog.", "HELLO, Wörld!", "the the the",
    "naïve café déjà vu", "中文 and English", "Привет", "emoji 🙂 and ﬁ ligature", "x" * 150,
    "tokens that go on and on " * 8, "\u2028line\u00a0separator\ttab", "1234567890 3.14 $5", "##ing",
    "[CLS] written out [SEP]", "unbelievable unaffable embeddings",
]


def small_tokenizer():
    vocabulary = {token: index for index, token in enumerate(SPECIAL + PIECES)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens(SPECIAL)
    return tokenizer


def main():
    shutil.rmtree(HERE, ignore_errors=True)
    tokenizer = small_tokenizer()
    count = tokenizer.get_vocab_size()
    random = np.random.default_rng(7)
    plain = random.normal(size=(count, 6)).astype(np.float32)
    kinds = {
        "plain": StaticModel(plain, tokenizer, normalize=True),
        "mapped": StaticModel(
            random.normal(size=(40, 6)).astype(np.float16), tokenizer,
            weights=random.uniform(0.1, 2, size=count).astype(np.float32),
            token_mapping=random.integers(0, 40, size=count)),
        "bytes": StaticModel(
            random.integers(-127, 128, size=(count, 6)).astype(np.int8), tokenizer, max_length=5),
    }
    expected = {}
    for name, model in kinds.items():
        folder = HERE / name
        model.save_pretrained(folder)
        rows = StaticModel.from_pretrained(folder).encode(TEXTS).astype(np.float64)
        for path in folder.iterdir():
            path.chmod(0o644)
            if path.name not in ("config.json", "model.safetensors", "tokenizer.json"):
                path.unlink()
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        rows = np.divide(rows, norms, out=np.zeros_like(rows), where=norms > 0)
        expected[name] = [[round(float(x), 7) for x in row] for row in rows]
    text = json.dumps({"texts": TEXTS, "vectors": expected}, ensure_ascii=True, indent=1)
    (HERE / "expected.json").write_text(text + "\n")


if __name__ == "__main__":
    main()

"""Writes wordpiece.json and wordpiece-ids.json: what Hugging Face `tokenizers` gives for a small WordPiece
tokenizer with several normalizers, and digests of the ids that all-MiniLM-L6-v2's gives for real outputs.

Run with `tokenizers` installed: python make_wordpiece_fixtures.py MINILM_FOLDER SHARED_DATA_FOLDER
"""
import hashlib
import json
import pathlib
import random
import sys

from tokenizers import Tokenizer
from tokenizers.normalizers import BertNormalizer

folder, data = map(pathlib.Path, sys.argv[1:3])
here = pathlib.Path(__file__).resolve().parent

texts = [
    "", "a", " ", "\n", "é", "\u0301", "word " * 300, "😀😀 👩‍👩‍👧 family", "我喜欢北京烤鸭。", "مرحبا بالعالم كيف حالك",
    "e\u0301te\u0301 a\u030a\u0323", "\x00\x01abc\x7fdef\u200b\u200d\ufeff", "line\u2028sep\u2029para\x85next\x0bvt\x0cff",
    "x" * 100, "x" * 101, "é" * 100, "é" * 101, "[SEP] hello [MASK][CLS]", "[sep] [UNK] [PAD]x", "[[SEP]]", "[SEP",
    "don't stop—now… “quotes” ¿qué?", "İstanbul ẞtraße ΣΊΣΥΦΟΣ", "한국어 텍스트", "ｆｕｌｌｗｉｄｔｈ", "\u3000ideographic\u00a0nbsp",
    "①②③ ½ ² ﬁ", "$100 + 3^2 = ~`|<>", "a#b ##ing # ##", "\ufffd\U0001F1E9\U0001F1EA", "नमस्ते दुनिया", "ไทยแลนด์",
    "\u1e9b\u0323", "A\u0327\u0301B", "豈更車", "\U0002F800", "tab\tnew\r\ncr", "the unaffordable embeddings were RUNNING",
]
chance = random.Random(20)
pools = [
    lambda: chance.randrange(0x20, 0x7F), lambda: chance.randrange(0, 0x250), lambda: chance.randrange(0, 0x3000),
    lambda: chance.choice(b"abc ABC.,[]"), lambda: chance.randrange(0x300, 0x370), lambda: chance.randrange(0xE000, 0x30000),
]
for _ in range(250):
    pool = chance.choice(pools)
    texts.append("".join(chr((pool if chance.random() < 0.7 else chance.choice(pools))()) for _ in range(chance.randrange(1, 30))))

full = json.loads((folder / "tokenizer.json").read_text())
full["truncation"] = full["padding"] = None
words = sorted(full["model"]["vocab"], key=full["model"]["vocab"].get)
kept = words[:1] + words[100:104] + [w for w in words[999:] if len(w.removeprefix("##")) == 1] + words[1996:3200]
small = json.loads(json.dumps(full))
small["model"]["vocab"] = {word: index for index, word in enumerate(kept)}
ids = {token: small["model"]["vocab"][token] for token in ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")}
for token in small["added_tokens"]:
    token["id"] = ids[token["content"]]
for name, special in small["post_processor"]["special_tokens"].items():
    special["ids"] = [ids[name]]
(here / "wordpiece.json").write_text(json.dumps(small, ensure_ascii=False))

tokenizer = Tokenizer.from_str(json.dumps(small))
cases = []
for options in (
    dict(clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=True),
    dict(clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=False),
    dict(clean_text=True, handle_chinese_chars=False, strip_accents=True, lowercase=False),
    dict(clean_text=False, handle_chinese_chars=True, strip_accents=False, lowercase=True),
    dict(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=False),
):
    tokenizer.normalizer = BertNormalizer(**options)
    cases.append(dict(normalizer=dict(type="BertNormalizer", **options), ids=[e.ids for e in tokenizer.encode_batch(texts)]))

large = Tokenizer.from_str(json.dumps(full))
files = []
for path in sorted((data / "normalized").rglob("*.jsonl")):
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    fields = [[row[k] for k in ("prompt", "output", "output_a", "output_b") if isinstance(row.get(k), str)] for row in rows]
    encoded = large.encode_batch([text for row in fields for text in row])
    lines = "".join(json.dumps(e.ids, separators=(",", ":")) + "\n" for e in encoded)
    files.append(dict(path=str(path.relative_to(data)), texts=len(encoded), sha256=hashlib.sha256(lines.encode()).hexdigest()))
(here / "wordpiece-ids.json").write_text(json.dumps(
    dict(texts=texts, cases=cases, minilm=[e.ids for e in large.encode_batch(texts)], files=files), separators=(",", ":")))

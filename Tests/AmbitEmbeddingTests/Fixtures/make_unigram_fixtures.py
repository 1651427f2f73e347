"""Writes unigram.json, a small Unigram tokenizer with SentencePiece's real nmt_nfkc charsmap, and unigram-ids.json: the
ids that Hugging Face `tokenizers` gives with it in several arrangements, and digests of those of real outputs.

Run with `tokenizers` and `sentencepiece` installed: python make_unigram_fixtures.py SHARED_DATA_FOLDER
"""
import base64
import hashlib
import json
import pathlib
import random
import sys
import tempfile

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import Tokenizer

data = pathlib.Path(sys.argv[1])
here = pathlib.Path(__file__).resolve().parent
texts = [text for text in json.loads((here / "wordpiece-ids.json").read_text())["texts"] if len(text) < 200][:120]
texts += [
    "<s> a </s>", "a   <mask>  b", "x<mask>", "＜mask＞ <unk>x", " lead", "trail  ", "two  spaces\n\nlines\r\n x \t", "▁", " ▁a▁▁b ▁", "a\u200bb\ufeffc",
    "ﬁne ﬂow ½ ① Ａｂｃ ﷺ ㎏ ㍿", "e\u0301 ﬁ\u0301 ™\u0301 \u0344\u0301", "\r\u0301\n", "\u0915\u094d\u0958\u0301", "\u0600a \u0600é", "\uac00\u11b3\u0301 한\u0301",
    "👨‍👩‍👧 🇩🇪🇫🇷🇩 👍🏽", "ไทยแลนด์ ภาษาไทย", "ab\u00adc \u2028\u2029\x85\x0b\x0c", "don''t ``quote''",
]
chance = random.Random(8)
pools = [
    lambda: chance.randrange(0, 0x250), lambda: chance.randrange(0x300, 0x370), lambda: chance.randrange(0x900, 0xE80), lambda: chance.randrange(0x1100, 0x1200),
    lambda: ord(chance.choice("가각\u200d\u200c👨👩\ufe0f\U0001f3fb©™🇦🇺\u0301\u094d\u0915\u0958\u093c\u0600\u0344")),
    lambda: ord(chance.choice(" \r\n\t  ab▁\u3000\u00a0\u2028é＜mask＞<mask>'\"")), lambda: chance.randrange(0x2000, 0x2200), lambda: chance.randrange(0x3000, 0x3400),
    lambda: chance.randrange(0xF900, 0xFFFE), lambda: chance.randrange(0x10000, 0x20000), lambda: ord(chance.choice("the cat etaoin, shrdlu")),
]
for _ in range(160):
    pool = chance.choice(pools)
    texts.append("".join(chr((pool if chance.random() < 0.6 else chance.choice(pools))()) for _ in range(chance.choice((1, 2, 3, 8, 20)))))
sentences = ["the cat sat on the mat and the other cats were running", "the quick brown fox jumps over the lazy dog", "my text, said we've been there"]
with tempfile.TemporaryDirectory() as folder:
    corpus = pathlib.Path(folder, "corpus.txt")
    corpus.write_text("\n".join((sentences + [t.replace("\n", " ").replace("\0", "") for t in texts[:140]]) * 4), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(corpus), model_prefix=folder + "/m", vocab_size=1000, hard_vocab_limit=False, character_coverage=0.98, normalization_rule_name="nmt_nfkc", minloglevel=2)
    model = sentencepiece_model_pb2.ModelProto.FromString(pathlib.Path(folder, "m.model").read_bytes())

vocabulary = [["<s>", 0.0], ["<pad>", 0.0], ["</s>", 0.0], ["<unk>", 0.0]] + [[p.piece, round(p.score, 6)] for p in model.pieces[3:]]
vocabulary += [[f"<0x{byte:02X}>", -30.0] for byte in range(256)] + [["<mask>", 0.0]]
charsmap = base64.b64encode(model.normalizer_spec.precompiled_charsmap).decode()
pre = dict(type="Precompiled", precompiled_charsmap=charsmap)
white, mark = dict(type="WhitespaceSplit"), dict(type="Metaspace", replacement="▁")


def runs(content):
    return dict(type="Replace", pattern=dict(Regex=" {2,}"), content=content)


def strip(left):
    return dict(type="Strip", strip_left=left, strip_right=True)


def normalizers(*parts):
    return dict(type="Sequence", normalizers=list(parts))


def splitters(*parts):
    return dict(type="Sequence", pretokenizers=list(parts))


def added(token, index, **more):
    return {**dict(id=index, content=token, single_word=False, lstrip=False, rstrip=False, normalized=False, special=True), **more}


def special(token):
    return {"SpecialToken": dict(id=token, type_id=0)}


arrangements = dict(
    xlm_roberta=(normalizers(pre, strip(False), runs("▁")), splitters(white, {**mark, "add_prefix_space": True}), False),
    multilingual_e5=(pre, {**mark, "add_prefix_space": True}, False),
    multilingual_minilm=(normalizers(pre, strip(False), runs(" ")), {**mark, "prepend_scheme": "always", "split": True}, False),
    first=(normalizers(pre, runs("▁")), {**mark, "prepend_scheme": "first", "split": True}, False),
    never=(pre, {**mark, "prepend_scheme": "never", "add_prefix_space": False}, False),
    whole=(normalizers(pre, runs(" ")), {**mark, "prepend_scheme": "always", "split": False}, False),
    lower=(normalizers(dict(type="Lowercase"), strip(True), dict(type="Replace", pattern=dict(String="''"), content='"')), {**mark, "prepend_scheme": "always"}, False),
    bytes=(pre, {**mark, "prepend_scheme": "always"}, True),
    plain=(None, None, False),
)
tokenizer = dict(
    version="1.0", truncation=None, padding=None,
    added_tokens=[added("<s>", 0), added("<pad>", 1), added("</s>", 2), added("<unk>", 3), added("<mask>", len(vocabulary) - 1, lstrip=True, normalized=True)],
    normalizer=arrangements["xlm_roberta"][0], pre_tokenizer=arrangements["xlm_roberta"][1],
    post_processor=dict(type="TemplateProcessing", single=[special("<s>"), {"Sequence": dict(id="A", type_id=0)}, special("</s>")], pair=[{"Sequence": dict(id="A", type_id=0)}],
                        special_tokens={t: dict(id=t, ids=[i], tokens=[t]) for t, i in (("<s>", 0), ("</s>", 2))}),
    decoder=None, model=dict(type="Unigram", unk_id=3, vocab=vocabulary, byte_fallback=False))
(here / "unigram.json").write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")))

repeated = [["word ", 5000], ["a", 3000], ["\u0301", 1500], ["我喜欢", 1500], ["\r\n", 500], ["क्", 400], [" a  b \u3000c ﬁ", 700], ["the cat. <mask> A ", 400]]


def digest(encoded):
    return hashlib.sha256("".join(json.dumps(e.ids, separators=(",", ":")) + "\n" for e in encoded).encode()).hexdigest()


cases = []
for name, (normalizer, splitter, falls_back) in arrangements.items():
    tokenizer.update(normalizer=normalizer, pre_tokenizer=splitter)
    tokenizer["model"]["byte_fallback"] = falls_back
    coder = Tokenizer.from_str(json.dumps(tokenizer))
    shown = json.dumps(normalizer).replace(charsmap, "CHARSMAP")
    cases.append(dict(name=name, normalizer=shown, pre_tokenizer=json.dumps(splitter), byte_fallback=falls_back,
                      ids=[e.ids for e in coder.encode_batch(texts)], repeated=digest(coder.encode_batch([unit * count for unit, count in repeated]))))
coder = Tokenizer.from_file(str(here / "unigram.json"))
files = []
for path in sorted((data / "normalized").rglob("*.jsonl")):
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    fields = [row[k] for row in rows for k in ("prompt", "output", "output_a", "output_b") if isinstance(row.get(k), str)]
    files.append(dict(path=str(path.relative_to(data)), texts=len(fields), sha256=digest(coder.encode_batch(fields))))
(here / "unigram-ids.json").write_text(json.dumps(
    dict(texts=texts, repeated=[dict(unit=u, count=c) for u, c in repeated], cases=cases, files=files), separators=(",", ":")))

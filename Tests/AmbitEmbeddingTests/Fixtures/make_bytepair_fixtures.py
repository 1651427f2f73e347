"""Writes bytepair.json, a byte-level BPE tokenizer trained on a few sentences, and bytepair-ids.json, the ids that
Hugging Face `tokenizers` gives with it, with and without the space before the text.

Run with `tokenizers` installed: python make_bytepair_fixtures.py
"""
import json
import pathlib
import random
import unicodedata

from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers, processors, trainers

here = pathlib.Path(__file__).resolve().parent
texts = json.loads((here / "wordpiece-ids.json").read_text())["texts"] + [
    "I'm sure they've said it's 'quoted' and we'll, he'd; don't!'s", "two  spaces   three\n\nlines \n x \t", " leading", "trailing  ",
    "<s> a </s>", "a   <mask>  b", "x<mask>", "12 345abc6 ½ ², ٣", "\u00a0nbsp\u00a0 \u3000wide", "a\u0301b 's '", "'", "aaaaaaaaaaaaaaaaaaaaaaaa" * 20,
]
chance = random.Random(3)
texts += ["".join(chance.choice(" \n\t'aetsrdlvm.12é我") for _ in range(chance.randrange(1, 40))) for _ in range(200)]
# Whether a code point is a letter depends on the Unicode version while it is new; such texts are left out.
texts = [text for text in texts if all(unicodedata.category(c) != "Cn" for c in text)]
tokenizer = Tokenizer(models.BPE())
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
tokenizer.train_from_iterator(
    ["the cat sat on the mat and the other cats were running", "it's said they've been there, we'll see", "aaaa aaaaa aaaaaaa 1234"] + texts[:60],
    trainers.BpeTrainer(vocab_size=700, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), special_tokens=["<s>", "<pad>", "</s>", "<unk>"]))
tokenizer.add_special_tokens([AddedToken("<mask>", lstrip=True, special=True)])
tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
(here / "bytepair.json").write_text(tokenizer.to_str())
plain = [e.ids for e in tokenizer.encode_batch(texts)]
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
(here / "bytepair-ids.json").write_text(json.dumps(
    dict(texts=texts, plain=plain, spaced=[e.ids for e in tokenizer.encode_batch(texts)]), separators=(",", ":")))

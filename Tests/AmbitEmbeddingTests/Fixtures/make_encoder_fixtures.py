"""Writes encoders/: small random BERT, RoBERTa and MPNet models, and the vectors that `transformers` gives;
minilm-vectors.npy and .json: what sentence-transformers gives with all-MiniLM-L6-v2 for 300 real outputs.

Run with sentence-transformers installed: python make_encoder_fixtures.py MINILM_FOLDER SHARED_DATA_FOLDER
"""
import json
import pathlib
import random
import sys

import numpy as np
import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel, RobertaConfig, RobertaModel

minilm, data = map(pathlib.Path, sys.argv[1:3])
here = pathlib.Path(__file__).resolve().parent
torch.manual_seed(0)
torch.set_num_threads(1)

texts = ["a", "the cat sat on the mat", "é 我 x", "no, never!", "un un un unaffable", "[SEP] b [MASK]", "cat " * 70,
         "the quick brown fox", "?", "a b c d e f g h i j k l m n o p q r s t u v w x y z"]
words = "the cat sat on mat no never un ##aff ##able quick brown fox b [ ] , ! ? é e 我".split()
letters = [chr(c) for c in range(97, 123)]
vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + words + letters + ["##" + c for c in letters]
vocabulary = list(dict.fromkeys(vocabulary))


def tokenizer(frame):
    full = json.loads((minilm / "tokenizer.json").read_text())
    ids = {token: index for index, token in enumerate(vocabulary)}
    full["truncation"] = full["padding"] = None
    full["model"]["vocab"] = ids
    for token in full["added_tokens"]:
        token["id"] = ids[token["content"]]
    for name, special in full["post_processor"]["special_tokens"].items():
        special["ids"] = [ids[name]]
    if frame:
        full["post_processor"] = dict(type=frame, sep=["[SEP]", 3], cls=["[CLS]", 2], trim_offsets=True, add_prefix_space=False)
    return full


common = dict(vocab_size=len(vocabulary), hidden_size=40, num_hidden_layers=2, num_attention_heads=4, intermediate_size=72,
              layer_norm_eps=1e-5, attn_implementation="eager")
models = dict(
    bert=(BertModel, BertConfig(max_position_embeddings=64, hidden_act="gelu", **common), torch.float16, "cls", True, None),
    roberta=(RobertaModel, RobertaConfig(max_position_embeddings=66, type_vocab_size=1, pad_token_id=1, hidden_act="gelu_new", **common),
             torch.bfloat16, "mean", False, "RobertaProcessing"),
    mpnet=(MPNetModel, MPNetConfig(max_position_embeddings=66, pad_token_id=1, relative_attention_num_buckets=32, **common),
           torch.float32, "max", True, "BertProcessing"),
)
for name, (kind, config, precision, pooling, normalized, frame) in models.items():
    folder = here / "encoders" / name
    (folder / "1_Pooling").mkdir(parents=True, exist_ok=True)
    model = kind(config, add_pooling_layer=False).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            # Larger than at the start of training, so that attention is far from even.
            parameter.copy_((parameter + 0.15 * torch.randn_like(parameter)).to(precision).float())
    save_file({k: v.to(precision).contiguous() for k, v in model.state_dict().items() if v.is_floating_point()},
              folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps({k: v for k, v in config.to_dict().items() if v is not None}))
    settings = tokenizer(frame)
    (folder / "tokenizer.json").write_text(json.dumps(settings, ensure_ascii=False))
    modules = ["Transformer", "Pooling"] + (["Normalize"] if normalized else [])
    (folder / "modules.json").write_text(json.dumps(
        [dict(idx=i, name=str(i), path="1_Pooling" if m == "Pooling" else "", type="sentence_transformers.models." + m)
         for i, m in enumerate(modules)]))
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(
        {"pooling_mode_mean_tokens": pooling == "mean", "pooling_mode_cls_token": pooling == "cls", "pooling_mode_max_tokens": pooling == "max"}))
    (folder / "sentence_bert_config.json").write_text(json.dumps(dict(max_seq_length=60)))
    coder = Tokenizer.from_str(json.dumps(settings))
    coder.enable_truncation(60)
    vectors = []
    for text in texts:
        ids = torch.tensor([coder.encode(text).ids])
        with torch.no_grad():
            rows = model(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state[0]
        row = dict(mean=rows.mean(0), cls=rows[0], max=rows.max(0).values)[pooling]
        vectors.append((torch.nn.functional.normalize(row, dim=0) if normalized else row).tolist())
    (folder / "expected.json").write_text(json.dumps(dict(texts=texts, vectors=vectors)))

from sentence_transformers import SentenceTransformer

places = [(str(p.relative_to(data)), n) for p in sorted((data / "normalized").rglob("*.jsonl")) if "pairs" not in p.name
          for n in range(sum(1 for _ in p.open(encoding="utf-8")))]
chosen = sorted(random.Random(5).sample(places, 300))
lines = {path: (data / path).read_text(encoding="utf-8").split("\n") for path in {p for p, _ in chosen}}
real = [json.loads(lines[path][n])["output"] for path, n in chosen]
edge = ["a", "é", "word " * 5000, "😀😀 👩‍👩‍👧 family", "我喜欢北京烤鸭。", "مرحبا بالعالم كيف حالك", "e\u0301te\u0301 a\u030a\u0323",
        "\x00\x01abc\x7fdef\u200b\u200d\ufeff", "line\u2028sep\u2029para\x85next\x0bvt\x0cff", "[SEP] hello [MASK]"]
model = SentenceTransformer(str(minilm), device="cpu")
np.save(here / "minilm-vectors.npy", model.encode(real + edge, batch_size=8))
(here / "minilm-vectors.json").write_text(json.dumps(
    dict(places=[dict(path=p, line=n) for p, n in chosen], texts=edge), separators=(",", ":")))

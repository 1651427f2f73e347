"""Transformer embedding by a peer. Arguments: st or ort, threads, model folder, texts.jsonl, count, graph.

`st` is sentence-transformers as its users call it. `ort` is ONNX Runtime as a careful user sets it up: attention, GELU
and layer norm fused, single precision, texts sorted by length, batches of eight; `graph` is where its model is kept
between calls. Prints one JSON object.
"""

import json
import os
import sys
import time

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import numpy as np

peer, threads, folder, path, count, graph = sys.argv[1:]
threads, count = int(threads), int(count)
with open(path, encoding="utf-8") as file:
    read = [json.loads(line)["output"] for line in file]
texts = [read[i % len(read)] for i in range(count)]
with open(os.path.join(folder, "sentence_bert_config.json"), encoding="utf-8") as file:
    window = json.load(file)["max_seq_length"]


def tokenizer():
    from tokenizers import Tokenizer

    made = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
    made.enable_truncation(window)
    made.no_padding()
    return made


def sentence_transformers():
    import torch

    torch.set_num_threads(threads)
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(folder, device="cpu")
    return lambda chosen: model.encode(chosen, batch_size=32)


def export():
    import torch
    from transformers import AutoModel

    model = AutoModel.from_pretrained(folder, attn_implementation="eager").eval()
    heads = model.config.num_attention_heads

    class Encoder(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = model

        def forward(self, ids, mask, kinds):
            e = self.model.embeddings
            x = e.word_embeddings(ids) + e.token_type_embeddings(kinds)
            x = e.LayerNorm(x + e.position_embeddings.weight[: ids.shape[1]].unsqueeze(0))
            bias = (1.0 - mask[:, None, None, :].float()) * -10000.0
            rows, length = ids.shape
            width = x.shape[-1] // heads
            for layer in self.model.encoder.layer:
                attention, output = layer.attention.self, layer.attention.output
                q, k, v = (
                    part(x).view(rows, length, heads, width).transpose(1, 2)
                    for part in (attention.query, attention.key, attention.value)
                )
                p = torch.softmax(q @ k.transpose(-1, -2) / width**0.5 + bias, -1)
                y = (p @ v).transpose(1, 2).reshape(rows, length, heads * width)
                x = output.LayerNorm(output.dense(y) + x)
                y = torch.nn.functional.gelu(layer.intermediate.dense(x))
                x = layer.output.LayerNorm(layer.output.dense(y) + x)
            return x

    one = torch.ones(2, 16, dtype=torch.long)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    torch.onnx.export(
        Encoder(), (one, one, torch.zeros_like(one)), graph + ".raw", input_names=names, output_names=["h"],
        dynamic_axes={name: {0: "b", 1: "s"} for name in names + ["h"]}, opset_version=17, dynamo=False,
    )
    from onnxruntime.transformers import optimizer

    optimizer.optimize_model(
        graph + ".raw", model_type="bert", num_heads=heads, hidden_size=model.config.hidden_size, opt_level=1
    ).save_model_to_file(graph)


def onnx_runtime():
    import onnxruntime

    if not os.path.exists(graph):
        export()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(graph, options)
    cutter = tokenizer()

    def run(chosen):
        codes = [code.ids for code in cutter.encode_batch(chosen)]
        order = sorted(range(len(codes)), key=lambda i: -len(codes[i]))
        out = None
        for start in range(0, len(order), 8):
            rows = order[start : start + 8]
            ids = np.zeros((len(rows), len(codes[rows[0]])), np.int64)
            mask = np.zeros_like(ids)
            for row, text in enumerate(rows):
                ids[row, : len(codes[text])] = codes[text]
                mask[row, : len(codes[text])] = 1
            feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
            h = session.run(None, feed)[0]
            pooled = (h * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
            pooled /= np.linalg.norm(pooled, axis=1, keepdims=True)
            if out is None:
                out = np.zeros((len(chosen), pooled.shape[1]), np.float32)
            out[rows] = pooled
        return out

    return run


encode = {"st": sentence_transformers, "ort": onnx_runtime}[peer]()
encode(texts[:64])
start, processor = time.perf_counter(), time.process_time()
vectors = encode(texts)
seconds, processor = time.perf_counter() - start, time.process_time() - processor
tokens = sum(len(code.ids) for code in tokenizer().encode_batch(texts))
resultant = float((vectors.astype(np.float64).mean(0) ** 2).sum())
print(json.dumps({"seconds": seconds, "processor": processor, "tokens": tokens, "resultant": resultant}))

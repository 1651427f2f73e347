"""Writes families/: folders as the published models of each family are laid out, with small random weights and the
vectors that sentence-transformers gives. Weights and vocabularies are shared: expected.json says which.

Run with sentence-transformers installed, after make_unigram_fixtures.py: python make_family_fixtures.py
"""
import json
import pathlib
import shutil
import tempfile

import torch
from safetensors.torch import save_file
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, XLMRobertaConfig, XLMRobertaModel

here = pathlib.Path(__file__).resolve().parent
root = here / "families"
root.mkdir(exist_ok=True)
torch.manual_seed(3)
torch.set_num_threads(1)

texts = [
    "the cat sat on the mat", "The Cat, CAFÉ É e\u0301 naïve", "我喜欢北京烤鸭。abc我", "a", "мир Мир", "نص عربي", "ไทยแลนด์", "ﬁne ｆｕｌｌ ①",
    "😀 family 👨‍👩‍👧", "\x00\x01a\x7fb\u200bc\u2028d\u3000e", "[SEP] b [MASK] </s> <mask>", "cat  sat " * 60, "query: cat", "한국어 텍스트",
]
letters = "abcdefghijklmnopqrstuvwxyzABCEMTéÉàïмирМنصعربي的我喜欢北京烤鸭语ไทย"
words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + "the cat sat on mat The Cat na ##ive ##at ##he cafe caf query passage 北京".split()
vocabulary = list(dict.fromkeys(words + list(letters) + ["##" + c for c in letters] + list(".,:;!?[]<>/=①０")))
(root / "vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")


def weights(name, kind, config):
    model = kind(config, add_pooling_layer=False).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_((parameter + 0.15 * torch.randn_like(parameter)).half().float())
    save_file({k: v.half().contiguous() for k, v in model.state_dict().items() if v.is_floating_point()}, root / name)


common = dict(hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=48, max_position_embeddings=66)
unigram = json.loads((here / "unigram.json").read_text())
bert = BertConfig(vocab_size=len(vocabulary), **common)
xlm = XLMRobertaConfig(vocab_size=len(unigram["model"]["vocab"]), type_vocab_size=1, pad_token_id=1, layer_norm_eps=1e-5, **common)
# multilingual-e5-small and paraphrase-multilingual-MiniLM are BERT encoders with XLM-RoBERTa's tokenizer.
mixed = BertConfig(vocab_size=xlm.vocab_size, type_vocab_size=1, **common)
weights("wordpiece.safetensors", BertModel, bert)
weights("unigram.safetensors", XLMRobertaModel, xlm)

fast = Tokenizer(models.WordPiece({token: index for index, token in enumerate(vocabulary)}, unk_token="[UNK]"))
fast.normalizer = normalizers.BertNormalizer(lowercase=True)
fast.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
fast.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
fast.add_special_tokens(words[:5])


def bert_settings(**settings):
    names = dict(unk_token="[UNK]", sep_token="[SEP]", pad_token="[PAD]", cls_token="[CLS]", mask_token="[MASK]")
    return {**names, "tokenizer_class": "BertTokenizer", "model_max_length": 512, **settings}


xlm_settings = dict(tokenizer_class="PreTrainedTokenizerFast", bos_token="<s>", eos_token="</s>", unk_token="<unk>", pad_token="<pad>", cls_token="<s>",
                    sep_token="</s>", mask_token="<mask>", model_max_length=512)
prompts = dict(prompts=dict(query="query: ", passage="passage: "), default_prompt_name=None, similarity_fn_name="cosine")
# Encoder, tokenizer's settings, tokenizer.json, pooling, normalized, prompts, prefix given, modules.json written.
families = {
    "bge-en": (bert, bert_settings(do_lower_case=True, strip_accents=None, tokenize_chinese_chars=True), True, "cls", True, None, None, True),
    "bge-zh": (bert, bert_settings(do_lower_case=True, strip_accents=None, tokenize_chinese_chars=True), False, "cls", True, None, None, True),
    "gte": (bert, bert_settings(do_lower_case=True), True, "mean", True, None, None, True),
    "e5": (bert, bert_settings(do_lower_case=True), True, "mean", True, prompts, "passage: ", True),
    "e5-query": (bert, bert_settings(do_lower_case=True), True, "mean", True, {**prompts, "default_prompt_name": "query"}, None, True),
    "bert-multilingual-cased": (bert, bert_settings(do_lower_case=False, strip_accents=None, tokenize_chinese_chars=True), False, "mean", False, None, None, False),
    "bert-cased-stripped": (bert, bert_settings(do_lower_case=False, strip_accents=True, tokenize_chinese_chars=False), False, "mean", False, None, None, True),
    "bert-lowered-accented": (bert, bert_settings(do_lower_case=True, strip_accents=False), False, "mean", False, None, None, True),
    "xlm-roberta": (xlm, xlm_settings, None, "mean", False, None, None, True),
    "multilingual-e5": (mixed, xlm_settings, None, "mean", True, prompts, "query: ", True),
}
for name, (config, settings, is_fast, pooling, normalized, prompt, prefix, listed) in families.items():
    folder = root / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()

    def write(file, value):
        path = folder / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")

    write("config.json", {k: v for k, v in config.to_dict().items() if v is not None})
    write("tokenizer_config.json", settings)
    if listed:
        modules = ["Transformer", "Pooling"] + (["Normalize"] if normalized else [])
        write("modules.json", [dict(idx=i, name=str(i), path="" if m == "Transformer" else f"{i}_{m}", type="sentence_transformers.models." + m)
                               for i, m in enumerate(modules)])
        write("1_Pooling/config.json", dict(
            word_embedding_dimension=32, pooling_mode_cls_token=pooling == "cls", pooling_mode_mean_tokens=pooling == "mean", pooling_mode_max_tokens=False))
        write("sentence_bert_config.json", dict(max_seq_length=60, do_lower_case=False))
    if prompt:
        write("config_sentence_transformers.json", prompt)
    shared = ["wordpiece.safetensors", "vocab.txt"] if is_fast is not None else ["unigram.safetensors"]
    with tempfile.TemporaryDirectory() as temporary:
        whole = pathlib.Path(temporary, name)
        shutil.copytree(folder, whole)
        shutil.copy(root / shared[0], whole / "model.safetensors")
        if is_fast is None:
            shutil.copy(here / "unigram.json", whole / "tokenizer.json")
        else:
            shutil.copy(root / "vocab.txt", whole)
            if is_fast:
                fast.save(str(whole / "tokenizer.json"))
                shutil.copy(whole / "tokenizer.json", folder)
        if normalized:
            (whole / "2_Normalize").mkdir()
        # Else the weights' own half precision would be computed in.
        model = SentenceTransformer(str(whole), device="cpu", model_kwargs=dict(dtype=torch.float32))
        if not listed:
            model.max_seq_length = 60
        vectors = model.encode(texts, prompt=prefix, batch_size=1)
        ids = [model.tokenizer((prefix or (prompt and prompt["default_prompt_name"] and "query: ") or "") + text, truncation=True, max_length=60)["input_ids"] for text in texts]
    write("expected.json", dict(weights=shared[0], prefix=prefix, texts=texts, ids=ids, vectors=[[float(f"{x:.8g}") for x in row] for row in vectors.tolist()]))

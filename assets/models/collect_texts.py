#!/usr/bin/env python3
"""Collects the English texts that the static model is distilled on, as JSON lines of source and text.

    python3 assets/models/collect_texts.py --outputs ../shared/data -o out/texts.jsonl
    ambit distill assets/models/all-MiniLM-L6-v2 --texts out/texts.jsonl -o assets/models/ambit-static-en

Two kinds of text, both free to train on: published outputs of language models under MIT or Apache
licences (NoveltyBench, Arena-Hard, the Vicuna bench; nothing whose licence or authors forbid it), and
the documentation, stories, fortunes and dictionaries that Debian packages carry. The packages are
fetched with `apt-get download`, unpacked into --packages and left there for the next time. Nothing
but the standard library is used. Texts are passages of 4 to 400 words, in a fixed order; `ambit
distill` cuts them to mixed lengths itself.
"""
import argparse
import gzip
import html
import json
import pathlib
import re
import subprocess
import sys

PACKAGES = """
    fortunes fortunes-min dict-wn dict-gcide dict-jargon dict-foldoc debian-handbook
    debian-reference-en debian-faq developers-reference anarchism crawl-common freeciv-data
    gnome-user-docs libreoffice-help-en-us manpages perl-doc wesnoth-1.16-httt wesnoth-1.16-l
    wesnoth-1.16-did wesnoth-1.16-utbs wesnoth-1.16-thot wesnoth-1.16-sof wesnoth-1.16-nr
    wesnoth-1.16-data
""".split()
OUTPUTS = [
    "normalized/noveltybench-100/*.jsonl",
    "normalized/arenahard-tulu-lora-checkpoints/*.jsonl",
    "original/fastchat_vicuna_bench/answer_*.jsonl",
    "original/fastchat_vicuna_bench/question.jsonl",
]
SMALLEST, LARGEST = 4, 400  # words of a passage
DICTIONARY_STRIDE = 3  # every third dictionary entry, so that definitions do not outweigh prose


def passages(text):
    """Paragraphs joined up to the largest size; loops of one repeated line are not told from prose."""
    held = []
    for paragraph in re.split(r"\n\s*\n", text):
        words = paragraph.split()
        while len(words) > LARGEST:
            yield words[:LARGEST]
            words = words[LARGEST:]
        if len(held) + len(words) > LARGEST:
            yield held
            held = []
        held = held + words
    yield held


def outputs_of(folder):
    for pattern in OUTPUTS:
        for path in sorted(folder.glob(pattern)):
            for line in path.read_bytes().split(b"\n"):
                if not line.strip():
                    continue
                record = json.loads(line)
                for key in ("output", "text", "prompt"):
                    if isinstance(record.get(key), str):
                        yield f"{path.parent.name}/{path.stem}/{key}", record[key]


def unpacked(name, folder):
    target = folder / name
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["apt-get", "download", "-q=2", name], cwd=folder, check=True)
        archive = next(folder.glob(f"{name}_*.deb"))
        subprocess.run(["dpkg-deb", "-x", archive, target], check=True)
        archive.unlink()
    return target


def read(path):
    data = path.read_bytes()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    return data.decode("utf-8", "replace")


def markup(text):
    text = re.sub(r"(?is)<(script|style|head|pre|screen|code|nav|footer)\b.*?</\1>", " ", text)
    text = re.sub(r"(?i)</?(p|div|h[1-6]|li|tr|br|title|section|item)\b[^>]*>", "\n\n", text)
    return html.unescape(re.sub(r"<[^>]+>", " ", text))


def manual(text):
    kept = []
    for line in text.split("\n"):
        if re.match(r"\.(SH|SS|PP|P|TP|IP|LP)\b", line):
            kept.append("")
        elif re.match(r"\.(B|I|BR|IR|RB|RI|BI)\b", line):
            kept.append(re.sub(r"^\.\w+\s*", "", line).replace('"', ""))
        elif not line.startswith((".", "'")):
            kept.append(line)
    text = re.sub(r"\\f(?:\[[^]]*\]|\(..|.)|\\&|\\[|/^,]", "", "\n".join(kept))
    return re.sub(r"\\\(..|\\\[[^]]*\]|\\.", " ", text).replace("\\-", "-")


def pod(text):
    kept = [p for p in re.split(r"\n\s*\n", text) if p and not p[0].isspace()]
    kept = [re.sub(r"^=\w+\s*", "", p) for p in kept if not re.match(r"=(begin|for|encoding)", p)]
    return re.sub(r"\b[A-Z]<+\s?([^<>]*?)\s?>+", r"\1", "\n\n".join(kept))


def dictionary(text):
    entries = re.split(r"\n(?=\S)", text)
    for entry in entries[::DICTIONARY_STRIDE]:
        head, _, body = entry.partition("\n")
        body = re.sub(r"\[(?:syn|ant|1913|PJC|WordNet)[^]]*\]|[{}]|\([^)]*https?:[^)]*\)", "", body)
        yield f"{head.split(chr(92))[0].strip()}: {' '.join(body.split())}"


def texts_of_package(name, folder):
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()):
        place = str(path.relative_to(folder))
        if "/fortunes/" in place and not path.suffix and "/doc/" not in place:
            yield from read(path).split("\n%\n")
        elif place.endswith(".dict.dz"):
            yield from dictionary(read(path))
        elif place.endswith((".html", ".page")):
            english = re.search(r"/en-US/|/C/|\.en\.html$", place)
            if english or name in ("anarchism", "developers-reference"):
                yield markup(read(path))
        elif re.search(r"/man/man\d/", place):
            yield manual(read(path))
        elif place.endswith(".pod"):
            yield pod(read(path))
        elif place.endswith((".cfg", ".ruleset")) and "/games/" in place:
            strings = re.findall(r'_\s*\(?"([^"]{20,})"', read(path))
            yield from (s.replace("\\n", "\n").replace("?RuleName:", "") for s in strings)
        elif re.search(r"/crawl/dat/(descript|database)/[^/]*\.txt$", place):
            yield from read(path).split("\n%%%%\n")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--outputs", type=pathlib.Path, help="folder of published model outputs")
    arguments.add_argument("--packages", type=pathlib.Path, default="out/packages")
    arguments.add_argument("-o", "--out", type=pathlib.Path, required=True)
    options = arguments.parse_args()
    seen, counts = set(), {}
    with open(options.out, "w", encoding="utf-8") as file:

        def write(source, text):
            for words in passages(text):
                passage = " ".join(words)
                letters = sum(c.isalpha() for c in passage)
                if len(words) < SMALLEST or letters < 0.6 * len(passage) or passage in seen:
                    continue
                seen.add(passage)
                kind = source.split("/")[0]
                counts[kind] = counts.get(kind, 0) + 1
                file.write(json.dumps({"source": source, "text": passage}) + "\n")

        if options.outputs:
            for source, text in outputs_of(options.outputs):
                write(source, text)
        for name in PACKAGES:
            for text in texts_of_package(name, unpacked(name, options.packages)):
                write(name, text)
    for kind, count in counts.items():
        print(f"{count:8}  {kind}", file=sys.stderr)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Writes the demo study: a base model and four checkpoints whose shrinkage is known exactly.

Nothing here comes from a language model. Each output is drawn from a weighted grammar: five slots,
each with ten alternatives of equal word count, filled independently. A checkpoint raises the base
weights to a power and drops the rarest alternatives, so its distribution narrows by a known amount.

    python3 assets/demo/generate.py            # writes the five files and truth.json
    python3 assets/demo/generate.py --check    # fails where the files differ from what it would write

Only the standard library is used, and the generator's own random numbers (SplitMix64), so that every
machine writes the same bytes.
"""
import itertools
import json
import math
import pathlib
import sys

SEED = 2026
SAMPLES = 10
PHRASING_THRESHOLD = 1e-5  # a phrasing is in the support when its probability is at least this

# name, power of the base weights, alternatives kept in each slot
CHECKPOINTS = [
    ("base", 1.0, 10),
    ("sft-1", 1.4, 10),
    ("sft-2", 2.0, 8),
    ("sft-3", 2.8, 6),
    ("dpo", 4.0, 4),
]
HABITS = [1 / (rank + 3) for rank in range(10)]  # mildly uneven, as a base model's habits are
STYLE = [9] + [1] * 9  # one favourite, the same for every prompt
SLOT_WEIGHTS = [HABITS, HABITS, HABITS, HABITS, STYLE]

PLACES = {
    "harbour": "boat ferry crane gull net buoy anchor tug sailor lantern",
    "library": "shelf ladder reader clerk lamp index folio scholar window ledger",
    "market": "stall basket vendor scale crate awning barrow spice melon trader",
    "forest": "oak fox path brook fern owl hunter mushroom hollow deer",
    "kitchen": "oven kettle cook apron skillet onion table baker spoon cellar",
    "station": "train porter clock platform signal bench whistle guard ticket suitcase",
    "theatre": "curtain actor stage usher mask balcony prompter violin costume mirror",
    "mountain": "ridge goat climber cairn glacier hut eagle rope valley summit",
    "workshop": "lathe hammer joiner plank chisel vice apprentice bolt saw drawer",
    "garden": "rose bee gardener hedge spade orchard robin fountain trellis snail",
    "hospital": "nurse corridor stretcher monitor surgeon visitor ward pillow chart ambulance",
    "desert": "dune camel well nomad tent scorpion caravan mirage cactus falcon",
}
TASKS = [
    "Describe one moment at the {place} in two sentences.",
    "Write two sentences that could open a story set at the {place}.",
    "What would a visitor to the {place} notice first? Answer in two sentences.",
    "Give me two sentences about the {place} for a postcard.",
    "Write a two-sentence caption for a photograph of the {place}.",
]
OPENINGS = [
    "Early in the morning", "Late in the evening", "Under a pale sky", "After the long rain",
    "Before anyone had spoken", "On the last day", "In the first light", "With no one watching",
    "Just as time slowed", "Against all quiet odds",
]
ADJECTIVES = "old quiet bright restless crooked patient forgotten gentle stubborn silver".split()
ACTIONS = [
    "waited beside the narrow door", "moved toward the open gate", "leaned against the cold wall",
    "turned away from the crowd", "settled into the long shade", "vanished behind the painted sign",
    "rested upon the worn step", "drifted across the empty square", "stood among the scattered leaves",
    "appeared before the broken fence",
]
CLOSINGS = [
    "Somewhere a bell counted out the hour and stopped.",
    "Nobody could say later what had changed that day.",
    "The air smelled faintly of salt, bread and smoke.",
    "A child laughed once and then everything was still.",
    "It felt like a promise that someone would keep.",
    "Even the shadows seemed to lean a little closer.",
    "There was still time to begin all over again.",
    "The wind carried half a song from far away.",
    "Every colour looked as if it had been borrowed.",
    "What followed was smaller and kinder than anyone expected.",
]


class SplitMix64:
    """The generator that the tool itself uses."""

    def __init__(self, seed):
        self.state = seed & (2**64 - 1)

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & (2**64 - 1)
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & (2**64 - 1)
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & (2**64 - 1)
        return z ^ (z >> 31)

    def uniform(self):
        return (self.next() >> 11) * 2.0**-53

    def shuffled(self, items):
        items = list(items)
        for last in range(len(items) - 1, 0, -1):
            other = int(self.uniform() * (last + 1))
            items[last], items[other] = items[other], items[last]
        return items

    def choose(self, weighted):
        point = self.uniform()
        for item, weight in weighted:
            point -= weight
            if point < 0:
                return item
        return weighted[-1][0]


def slot_weights(power, kept):
    """For each slot the probabilities of its alternatives, most frequent first."""
    powered = [[weight**power for weight in weights[:kept]] for weights in SLOT_WEIGHTS]
    return [[weight / sum(weights) for weight in weights] for weights in powered]


def prompts():
    """Every prompt with its slots; each slot lists its alternatives, the favourite first.

    Closings are ranked alike for all prompts (a common style, so checkpoints also drift); everything
    else is ranked anew for each prompt.
    """
    for place, nouns in PLACES.items():
        for number, task in enumerate(TASKS):
            random = SplitMix64(SEED + 1000 * list(PLACES).index(place) + number)
            yield {
                "prompt_id": f"{place}-{number + 1}",
                "prompt": task.format(place=place),
                "slots": [
                    random.shuffled(OPENINGS),
                    random.shuffled(ADJECTIVES),
                    random.shuffled(nouns.split()),
                    random.shuffled(ACTIONS),
                    CLOSINGS,
                ],
            }


def outputs(index, name, power, kept):
    """The lines of one checkpoint's file."""
    weights = slot_weights(power, kept)
    for number, prompt in enumerate(prompts()):
        random = SplitMix64(SEED * 1_000_003 + 10_007 * index + number)
        for sample in range(SAMPLES):
            opening, adjective, noun, action, closing = (
                random.choose(list(zip(slot, own)))
                for slot, own in zip(prompt["slots"], weights)
            )
            yield {
                "prompt_id": prompt["prompt_id"],
                "prompt": prompt["prompt"],
                "output": f"{opening}, the {adjective} {noun} {action}. {closing}",
                "model": name,
                "sample": sample,
            }


def truth():
    """Exact figures of each checkpoint's distribution over phrasings; the same for every prompt."""
    rows, base_support = [], None
    for name, power, kept in CHECKPOINTS:
        weights = slot_weights(power, kept)
        support = {
            ranks
            for ranks in itertools.product(range(kept), repeat=5)
            if math.prod(own[rank] for own, rank in zip(weights, ranks)) >= PHRASING_THRESHOLD
        }
        base_support = base_support or support
        entropy = -sum(weight * math.log(weight) for own in weights for weight in own)
        collision = math.prod(sum(weight * weight for weight in own) for own in weights)
        rows.append({
            "checkpoint": name,
            "entropy_nats": round(entropy, 6),
            "entropy_change_nats": round(entropy - (rows[0]["entropy_nats"] if rows else entropy), 6),
            "hill_2": round(1 / collision, 3),
            "phrasings_possible": kept**5,
            "phrasings_in_support": len(support),
            "share_of_base_support_kept": round(len(support & base_support) / len(base_support), 6),
            "gained_phrasings": len(support - base_support),
        })
    return {
        "what": "exact, per prompt; the support holds every phrasing of probability >= threshold",
        "threshold": PHRASING_THRESHOLD,
        "checkpoints": rows,
    }


def files():
    for index, (name, power, kept) in enumerate(CHECKPOINTS):
        lines = (json.dumps(row, ensure_ascii=False) for row in outputs(index, name, power, kept))
        yield f"{name}.jsonl", "".join(line + "\n" for line in lines)
    yield "truth.json", json.dumps(truth(), indent=2) + "\n"


def main():
    folder = pathlib.Path(__file__).parent
    differing = []
    for name, text in files():
        path = folder / name
        if "--check" in sys.argv:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                differing.append(name)
        else:
            path.write_text(text, encoding="utf-8")
    if differing:
        sys.exit(f"assets/demo: not what generate.py writes: {', '.join(differing)}")


if __name__ == "__main__":
    main()

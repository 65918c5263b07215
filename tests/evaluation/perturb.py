"""What an extractor would print for an annotated directive: exact, or damaged by a seeded generator."""
from __future__ import annotations

import copy
import random
import unicodedata
from bisect import bisect_right
from typing import Any

from chidao.evaluation.frame import nth_occurrence

Record = dict[str, Any]
SOURCES = {"explicit": "stated", "heading": "inherited", "none": "stated"}


def contract_of(gold: Record, source: str) -> Record:
    """The annotation in the shape of the extraction contract: quotes become spans of the NFC source."""
    text = unicodedata.normalize("NFC", source)

    def placed(items: list[Record]) -> list[Record]:
        found, cursor = [], 0
        for item in items:
            quote = item["quote"]
            cursor = nth_occurrence(text, quote, item["nth"]) if item.get("nth") else text.find(quote, cursor)
            assert cursor >= 0, quote
            found.append({**item, "start": cursor, "end": cursor + len(quote)})
        return found

    def actors(names: list[str], lead_source: str) -> list[Record]:
        return [{"name": name, "source": SOURCES[lead_source], "start": 0, "end": 1} for name in names]

    tasks = [{"start": t["start"], "end": t["end"], "kind": t["kind"], "path": [],
              "leads": actors(t["lead"], t["lead_source"]), "coordinators": actors(t["coordinating"], "explicit"),
              "deadlines": [{"kind": d["kind"], "value": d["value"]} for d in t["deadlines"]],
              "products": [{"text": p} for p in t.get("products", [])]} for t in placed(gold["tasks"])]
    return {"document": copy.deepcopy(gold["document"]), "text": text, "citations": placed(gold["citations"]),
            "relations": copy.deepcopy(gold.get("relations", [])), "tasks": tasks}


def perturb(extracted: Record, seed: int) -> Record:
    """A copy with damage of every kind that an extractor does: text, spans, values, lost and invented items."""
    draw = random.Random(seed)
    damaged = copy.deepcopy(extracted)
    _damage_text(damaged, draw)
    _damage_header(damaged["document"], draw)
    damaged["citations"] = _damage_items(damaged["citations"], len(damaged["text"]), draw, _damage_citation)
    damaged["tasks"] = _damage_items(damaged["tasks"], len(damaged["text"]), draw, _damage_task)
    damaged["relations"] = [r for r in damaged["relations"] if draw.random() < 0.5] + [
        {"from": f"Thông tư số {draw.randrange(99)}/2020/TT-BTC", "type": "amends", "to": "Thông tư 1/2019/TT-BTC"}]
    return damaged


def _damage_text(damaged: Record, draw: random.Random) -> None:
    """Joins lines, loses and invents words; spans go along."""
    pieces, starts, moved, size = [], [], [], 0
    text = damaged["text"]
    at = 0
    while at < len(text):
        length = draw.randrange(1, 400)
        piece = text[at:at + length]
        starts.append(at)
        moved.append(size)
        piece = {0: piece[3:], 1: piece.replace("\n", " "), 2: piece + draw.choice(["Trang 3 ", "x", "~~*"]),
                 3: piece[:len(piece) // 2] + "ệ" + piece[len(piece) // 2:], 4: piece.replace("ng", "n"),
                 5: unicodedata.normalize("NFD", piece)}.get(draw.randrange(18), piece)
        pieces.append(piece)
        size += len(piece)
        at += length

    def place(offset: int) -> int:
        i = bisect_right(starts, offset) - 1
        return min(moved[i] + offset - starts[i], size)

    damaged["text"] = "".join(pieces)
    for item in damaged["citations"] + damaged["tasks"]:
        item["start"], item["end"] = place(item["start"]), place(item["end"])


def _damage_header(header: Record, draw: random.Random) -> None:
    for key in ("type", "number", "symbol", "issuer", "place", "date", "title"):
        value = header.get(key)
        header[key] = draw.choice([value, value, None, f"{value} x", value and value.upper()])
    header["signer"] = draw.choice([header["signer"], None, {"name": "Nguyễn Văn A"}])
    for key in ("addressees", "recipients"):
        header[key] = [v for v in header[key] if draw.random() < 0.7] + ["Lưu: VT"] * draw.randrange(2)


def _damage_items(items: list[Record], size: int, draw: random.Random, damage: Any) -> list[Record]:
    kept = [item for item in items if draw.random() < 0.85]
    for item in kept:
        if draw.random() < 0.4:
            length = max(item["end"] - item["start"], 4)
            item["start"] = min(max(0, item["start"] + draw.randint(-length // 2, length // 2)), size)
            item["end"] = min(max(item["start"], item["end"] + draw.randint(-length // 3, length // 3)), size)
        damage(item, draw)
    for _ in range(len(items) // 8 + 1):
        at = draw.randrange(size)
        invented = {**copy.deepcopy(draw.choice(items)), "start": at, "end": min(at + 90, size)}
        kept.insert(draw.randrange(len(kept) + 1), invented)
    return kept


def _damage_citation(citation: Record, draw: random.Random) -> None:
    number = citation["number"]
    citation["number"] = draw.choice([number, number, number, number and number.lower().replace("/", " / "), None])
    citation["type"] = draw.choice([citation["type"]] * 9 + ["Quyết định"])
    citation["name"] = draw.choice([citation["name"]] * 3 + ["Luật Thủ đô"])
    citation["relation"] = draw.choice([citation["relation"]] * 3 + ["amends"])
    citation["date"] = draw.choice([citation["date"]] * 3 + [None, "2021-01-01"])


def _damage_task(task: Record, draw: random.Random) -> None:
    task["kind"] = draw.choice([task["kind"]] * 5 + ["target"])
    for key in ("leads", "coordinators"):
        actors = [a for a in task[key] if draw.random() < 0.85]
        for actor in actors:
            actor["source"] = draw.choice([actor["source"]] * 4 + ["inherited"])
            name = actor["name"]
            actor["name"] = draw.choice([
                name, name, name.upper(), f"các {name} có liên quan", name.replace("Ủy ban nhân dân", "UBND"),
                name.replace("Thành phố", "TP."), name.replace("ủy", "uỷ").replace("óa", "oá"), name + ", HĐND-UBND",
                name.split(" ")[0]])
        if draw.random() < 0.1:
            actors.append({"name": draw.choice(["Sở Nội vụ", "  ", "các ngành, các cấp"]), "source": "stated"})
        task[key] = actors
    task["deadlines"] = [d for d in task["deadlines"] if draw.random() < 0.8]
    if draw.random() < 0.2:
        kind, value = draw.choice([("recurring", "regular"), ("event", "khi"), ("by", "2022-06-30")])
        task["deadlines"].append({"kind": kind, "value": value})
    task["products"] = [p for p in task["products"] if draw.random() < 0.7]
    if draw.random() < 0.1:
        task["products"].append({"text": "Báo cáo"})

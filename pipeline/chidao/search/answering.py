"""A query answered: its conditions, the legs, one order of tasks and passages."""
from __future__ import annotations

import datetime
import functools
import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chidao.errors import SearchError
from chidao.grammar.folding import fold, key
from chidao.search import state
from chidao.search.conditions import Condition, Origins, conditions_of
from chidao.search.embedding.models import embedder
from chidao.search.fulltext import Terms, terms_of
from chidao.search.fusion import WEIGHTS, fused
from chidao.search.indexes import Indexes
from chidao.search.known import known_names
from chidao.search.query import Query, read_query
from chidao.search.spelling import Restorer

if TYPE_CHECKING:
    from chidao.search.embedding.models import Embedder
    from chidao.storage import Register

POOL = 500  # hits of a leg that are put in order; what comes after them is not told
_LIKE = 60  # words of a task that are compared with others
_LITERAL = 2000  # characters of a text that is sought word by word
_PREFERRED = 0.1  # of the best score: what a condition adds that is met but not demanded


@dataclass(frozen=True, slots=True)
class Ranking:
    """Units in order, the best first, each with its share by leg; `notes` are codes of what the user should know."""

    query: Query
    conditions: tuple[Condition, ...]
    dropped: tuple[Condition, ...]
    shares: dict[int, dict[str, float]]
    order: tuple[int, ...]
    notes: tuple[str, ...]


def rank(
    register: Register, text: str, *, today: datetime.date, origins: Origins, passages: bool = True,
    literal: bool = False,
) -> Ranking:
    """The order of units that answer `text`; with `literal` all of it is words."""
    conn = register.connection
    query = read_query(text, known=functools.partial(known_names, conn), spelling=Restorer(conn), today=today)
    if literal:
        query = Query(text=text, words=Restorer(conn)(text[:_LITERAL]))
    found = conditions_of(conn, query, today=today, origins=origins)
    met, dropped = _meetable(found)
    if dropped:
        query = _with_words_of(query, dropped)
        if query.role is None:  # a body is no more all that is asked for
            met = [replace(c, firm=False) if c.kind == "agency" else c for c in met]
    if query.empty:
        return Ranking(query, (), (), {}, (), ())
    narrowing = [c.units for c in met if c.firm] + ([] if passages else [_tasks(conn)])
    among = functools.reduce(frozenset.intersection, narrowing) if narrowing else None
    terms = terms_of(query.words, query.phrases, query.excluded)
    if not terms.any:
        order = _unranked(conn, among if among is not None else frozenset[int]().union(*(c.units for c in met)))
        return Ranking(query, tuple(found), tuple(dropped), {id: {} for id in order}, order, ())
    shares, notes = _by_legs(register, query, terms, among)
    best = max((sum(share.values()) for share in shares.values()), default=0.0)
    for condition in met:
        if not condition.firm:
            for id in condition.units & shares.keys():
                shares[id][condition.kind] = _PREFERRED * best
    order = tuple(sorted(shares, key=lambda id: (-sum(shares[id].values()), id)))
    return Ranking(query, tuple(found), tuple(dropped), shares, order, notes)


def _meetable(conditions: list[Condition]) -> tuple[list[Condition], list[Condition]]:
    """The conditions, less those that leave nothing beside the ones before them."""
    met: list[Condition] = []
    dropped: list[Condition] = []
    among: frozenset[int] | None = None
    for condition in conditions:
        left = condition.units if among is None else condition.units & among
        (met if left or not condition.firm else dropped).append(condition)
        if left and condition.firm:
            among = left
    return met, dropped


def _with_words_of(query: Query, dropped: list[Condition]) -> Query:
    """The query with the words of its conditions that nothing meets, so that full text looks for them."""
    words = [c.label for c in dropped if c.kind in ("document", "agency") and c.label not in query.words]
    words += [query.days.words for c in dropped if c.kind == "days"]
    return replace(query, words=" ; ".join(part for part in (query.words, *words) if part))


def _by_legs(
    register: Register, query: Query, terms: Terms, among: Collection[int] | None,
) -> tuple[dict[int, dict[str, float]], tuple[str, ...]]:
    conn = register.connection
    indexes = Indexes.of(register)
    legs = {leg: indexes.ranked(leg, terms, limit=POOL, among=among) for leg in ("folded", "accented")}
    model, notes = _model(register)
    if model and query.words:
        asked = model.query(query.words)
        allowed = among
        if terms.phrases or terms.excluded:  # vectors know of neither
            allowed = legs["folded"].keys()
        legs["vectors"] = indexes.nearest(asked, limit=POOL, among=allowed)
        legs["vectors"] |= indexes.cosines(asked, (legs["folded"].keys() | legs["accented"].keys())
                                           - legs["vectors"].keys())
    if terms.phrases:
        holding = _holding(conn, {id for scores in legs.values() for id in scores}, query.phrases)
        legs = {leg: {id: score for id, score in scores.items() if id in holding} for leg, scores in legs.items()}
    kind = "none" if "vectors" not in legs else "static" if model and model.setting == "static" else "model"
    return fused(legs, WEIGHTS[kind]), notes


def _model(register: Register) -> tuple[Embedder | None, tuple[str, ...]]:
    """The model that the register's vectors were made by, None with a note where it can't be had."""
    made_by = state.get(register.connection, state.MODEL)
    if made_by is None:
        return None, ()
    try:
        model = embedder(made_by)
    except SearchError:
        return None, ("model_absent",)
    if model and model.fingerprint != state.get(register.connection, state.FINGERPRINT):
        return None, ("model_changed",)
    return model, ()


def _holding(conn: sqlite3.Connection, units: Collection[int], phrases: Sequence[str]) -> set[int]:
    """Those of `units` whose words hold the phrases as they stand; without their diacritics where a phrase has none,
    or no unit holds all of them with theirs."""
    wanted = [f" {words} " for phrase in phrases if (words := key(phrase))]
    bare = [fold(words) for words in wanted]
    marks = ",".join(map(str, units))
    exactly, loosely = set[int](), set[int]()
    for id, *columns in conn.execute(f"SELECT id, text, actors, headings, about FROM units WHERE id IN ({marks})"):
        view = f" {key(' ; '.join(columns))} "
        folded = fold(view)
        if all(words in folded for words in bare):
            loosely.add(id)
            if all(words in (folded if words == plain else view) for words, plain in zip(wanted, bare, strict=True)):
                exactly.add(id)
    return exactly or loosely


def _tasks(conn: sqlite3.Connection) -> frozenset[int]:
    return frozenset(row[0] for row in conn.execute("SELECT id FROM units WHERE task_id IS NOT NULL"))


def _unranked(conn: sqlite3.Connection, units: Collection[int]) -> tuple[int, ...]:
    """Units that only conditions chose: tasks first, by their day, then by directive and place."""
    return tuple(row[0] for row in conn.execute(
        "SELECT u.id FROM units u JOIN json_each(?) j ON j.value = u.id LEFT JOIN tasks t ON t.id = u.task_id"
        " ORDER BY u.task_id IS NULL, t.due IS NULL, t.due, u.document_id, u.ord", (json.dumps(list(units)),)))


def rank_like(register: Register, unit: int, text: str) -> Ranking:
    """The order of units that say what `text`, the words of `unit`, says; itself left out."""
    query = Query(text=text, words=text)
    shares, notes = _by_legs(register, query, terms_of(" ".join(text.split()[:_LIKE])), None)
    shares.pop(unit, None)
    order = tuple(sorted(shares, key=lambda id: (-sum(shares[id].values()), id)))
    return Ranking(query, (), (), shares, order, notes)

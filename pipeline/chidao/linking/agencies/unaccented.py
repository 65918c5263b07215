"""Names of bodies and places that a person types without diacritics."""
from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from chidao.grammar.folding import fold
from chidao.linking.agencies import places
from chidao.linking.agencies.kinds import kinds


def readings(name: str) -> tuple[str, ...]:
    """`name`, and what it may mean where it is typed without diacritics: names of the tables, of communes not.

    >>> readings("so y te")[1:], readings("bac ninh")[1:], readings("ubnd tinh ha giang")[1:]
    (('Sở Y tế',), ('Bắc Ninh',), ('UBND tỉnh Hà Giang',))
    >>> readings("Sở Y tế")
    ('Sở Y tế',)
    """
    if not name.isascii() or not any(map(str.isalpha, name)):
        return (name,)
    typed = name.lower().split()
    found = [" ".join(filter(None, (body, place)))
             for cut in range(len(typed), -1, -1)
             for body in (_bodies().get(" ".join(typed[:cut]), ()) if cut else ("",))
             for place in (_units().get(" ".join(typed[cut:]), ()) if cut < len(typed) else ("",))]
    return tuple(dict.fromkeys((name, *found)))


@lru_cache(maxsize=1)
def _bodies() -> dict[str, tuple[str, ...]]:
    return _by_fold([*(name for k in kinds() for name in (k.name, *k.aliases)), "UBND", "HĐND"])


@lru_cache(maxsize=1)
def _units() -> dict[str, tuple[str, ...]]:
    return _by_fold(name for p in (*places.provinces(), *places.districts()) for name in (p.name, p.full))


def _by_fold(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        found.setdefault(fold(name).lower(), []).append(name)
    return {folded: tuple(some) for folded, some in found.items()}

"""What a name means in a setting: one body, an official of it, a group, another actor, or open with candidates."""
from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from chidao import knowledge
from chidao.grammar.folding import key
from chidao.linking.names import groups
from chidao.linking.names.bodies import called, misspelt, one_body
from chidao.linking.names.meanings import (
    CENTRE,
    COMPLETED,
    EXPLICIT,
    UNKNOWN_MEMBERS,
    UNLISTED,
    body,
    group,
    slug,
)
from chidao.linking.names.setting import Setting
from chidao.linking.names.several import by_nouns, of_several_places
from chidao.linking.names.unlisted import unlisted
from chidao.linking.names.wording import Wording, take_apart
from chidao.model import Meaning

_COMPANY = re.compile(r"(?:(?:,|\s+và)\s+(?:các\s+)?(?:cơ quan|đơn vị|tổ chức|cá nhân)(?!\w)[^A-ZĐ]*)+$")
_FIRM = re.compile(r"^(?:(?:chi nhánh|các)\s+)*(?:tập đoàn|tổng công ty|công ty|ngân hàng tmcp|ngân hàng thương mại"
                   r"|viettel|vnpt|mobifone|evn|vinaphone|petro|hợp tác xã|doanh nghiệp)(?!\w)", re.IGNORECASE)
_OWN = frozenset({"sở", "bộ", "cục", "ban", "chi cục", "tổng cục"})
"""What a body calls itself by in its own directives."""


def resolve(name: str, setting: Setting) -> Meaning:
    """What `name` means in a directive of that setting.

    Never a guess: where the setting leaves several possible the meaning is open, with candidates. `score` is from 0
    to 1; from `meanings.SURE` on kind and place were found in the tables.

    >>> from chidao.linking.agencies.places import place
    >>> hanoi = Setting("province", {"province": place("ha.noi")}, on="2022-03-01", dated=True)
    >>> resolve("Giám đốc Sở Y tế", hanoi).agency, resolve("Giám đốc Sở Y tế", hanoi).office
    ('so.y.te@ha.noi', 'Giám đốc')
    >>> resolve("Ủy ban nhân dân các quận, huyện", hanoi).agency
    'uy.ban.nhan.dan.cap.huyen@ha.noi'
    >>> resolve("người dân", hanoi).kind
    'other'
    """
    meant = setting.full_name(name)
    if meant is not None:
        found = resolve(meant, setting)
        if found.kind != "open":
            return found
    wording = take_apart(name)
    return (_found(name, wording, setting) or _in_company(name, setting) or _all_holders(wording, setting)
            or Meaning("open", office=wording.office))


def _found(name: str, wording: Wording, setting: Setting) -> Meaning | None:
    """The first way to a meaning that leads to one, the surest first."""
    return (_by_definition(wording, setting) or _by_office(wording, setting) or _firm(wording)
            or one_body(wording, setting) or of_several_places(wording, setting) or _other(name, wording)
            or by_nouns(wording, setting) or misspelt(name, wording, setting) or unlisted(wording, setting))


def _in_company(name: str, setting: Setting) -> Meaning | None:
    """A body or group with unnamed others behind it: "Ủy ban nhân dân các cấp và đơn vị liên quan"."""
    shorter = _COMPANY.sub("", name)
    found = _found(shorter, take_apart(shorter), setting) if shorter != name else None
    return found if found is None or found.kind == "group" else replace(found, score=min(found.score, UNKNOWN_MEMBERS))


def _by_definition(wording: Wording, setting: Setting) -> Meaning | None:
    """An official of a body that the text calls by a short name, or what the issuer calls itself ("Bộ", "Sở")."""
    meant = setting.full_name(wording.body) if wording.office and wording.body else None
    if meant is not None:
        found = resolve(meant, setting)
        return replace(found, kind="official" if found.kind == "body" else found.kind, office=wording.office)
    short = key(wording.body)
    if not short or wording.territory or wording.every or not key(setting.body_words).startswith(f"{short} "):
        return None
    if setting.body and (short in _OWN or not called(wording.body)):
        return body(setting.body, COMPLETED, wording)
    if setting.level == "central" and len(short.split()) > 1 and not called(wording.body):
        return body(slug(setting.body_words), UNLISTED, wording, listed=False)
    return None


def _by_office(wording: Wording, setting: Setting) -> Meaning | None:
    """An official whose office says the body ("Thống đốc"), or all who hold it ("các Bộ trưởng")."""
    if wording.office is None:
        return None
    office = key(wording.office)
    of_office = _office_bodies().get(office)
    if of_office and (not wording.body or office.startswith("phó thủ tướng")):
        return body(called(of_office)[0].kind.id, EXPLICIT, wording)
    if office.removeprefix("các ") == "bộ trưởng" and wording.body.casefold() in ("", "bộ"):
        own = setting.body if setting.body and setting.body.startswith("bo.") else None
        return body(own, COMPLETED, wording) if own else group(("bo",), CENTRE, wording, COMPLETED)
    if key(wording.body) == "văn phòng" and not wording.territory and setting.body and setting.body.startswith("bo."):
        return body(f"van.phong.bo@{setting.body}", UNLISTED, wording, listed=False)
    if not wording.body and not wording.territory:
        return Meaning("other", score=UNKNOWN_MEMBERS, office=wording.office)
    return None


def _all_holders(wording: Wording, setting: Setting) -> Meaning | None:
    """All who hold an office in a body that stays open: "các thành viên của Ban Chỉ đạo"."""
    if wording.office is None or not re.match(r"(?:các|những)\s", wording.office, re.IGNORECASE):
        return None
    scope = setting.place.id if setting.place else CENTRE
    return group((groups.slug(f"{wording.office} {wording.body}"),), scope, wording, UNKNOWN_MEMBERS, known=False)


def _firm(wording: Wording) -> Meaning | None:
    """Firms, also by name, are actors of their own kind."""
    if not _FIRM.match(wording.body) or not groups.is_other(_FIRM.sub("doanh nghiệp", wording.body)):
        return None
    found = [k for k, _ in called(wording.body) if k.category == "enterprise"]
    return Meaning("other", found[0].id if found else None, COMPLETED, office=wording.office)


def _other(name: str, wording: Wording) -> Meaning | None:
    """People and the like: actors that are no bodies."""
    if name.casefold().startswith(("người ", "các người ")) or groups.is_other(wording.body):
        return Meaning("other", score=COMPLETED)
    return None


@lru_cache(maxsize=1)
def _office_bodies() -> dict[str, str]:
    return {key(row["office"]): row["body"] for row in knowledge.rows("office_bodies")}

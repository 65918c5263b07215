"""The registry: what a name means in a place on a day, who took over, and that the tables hold together."""
from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from chidao import knowledge
from chidao.grammar.folding import plain
from chidao.grammar.letters import UPPER
from chidao.linking.agencies import agency, find, places, places_named, successors
from chidao.linking.agencies.checking import Fault, faults
from chidao.linking.agencies.kinds import kinds
from chidao.linking.agencies.origins import predecessors
from chidao.linking.agencies.registry import bodies, central_bodies

NOW = "2026-11-22"

FOUND = [  # name, place of the context, day, ids
    # the sở of the province that is meant or lies around
    ("Sở Y tế", "ha.noi", "2022-01-01", ["so.y.te@ha.noi"]),
    ("Sở Y tế", "bac.giang/thanh.pho.bac.giang", "2021-06-23", ["so.y.te@bac.giang"]),
    ("Sở Y tế tỉnh Bắc Ninh", "ha.noi", "2022-01-01", ["so.y.te@bac.ninh"]),
    ("Sở Y tế tỉnh Bắc Ninh", None, "2025-08-01", ["so.y.te@bac.ninh-2025"]),
    ("Sở Y tế", None, "2022-01-01", []),
    # spellings and abbreviations of the field
    ("Sở LĐ-TB&XH", "bac.giang", "2022-01-01", ["so.lao.dong.thuong.binh.va.xa.hoi@bac.giang"]),
    ("Sở Lao động, Thương binh và Xã hội", "bac.giang", "2022-01-01", ["so.lao.dong.thuong.binh.va.xa.hoi@bac.giang"]),
    ("Bộ NN&PTNT", None, "2022-01-01", ["bo.nong.nghiep.va.phat.trien.nong.thon"]),
    ("BLĐTBXH", None, "2022-01-01", ["bo.lao.dong.thuong.binh.va.xa.hoi"]),
    # what had ended or had not begun is not meant
    ("Bộ NN&PTNT", None, "2025-03-01", []),
    ("Sở Kế hoạch và Đầu tư", "ha.noi", "2025-02-28", ["so.ke.hoach.va.dau.tu@ha.noi"]),
    ("Sở Kế hoạch và Đầu tư", "ha.noi", "2025-03-01", []),
    ("Sở Nông nghiệp và Môi trường", "ha.noi", "2024-03-01", []),
    # "thành phố" is the one that the body lies in
    ("UBND thành phố", "bac.giang/thanh.pho.bac.giang", "2021-06-23", ["uy.ban.nhan.dan@bac.giang/thanh.pho.bac.giang"]),
    ("UBND thành phố", "ha.noi", "2021-06-23", ["uy.ban.nhan.dan@ha.noi"]),
    ("UBND tỉnh", "bac.giang/thanh.pho.bac.giang", "2021-06-23", ["uy.ban.nhan.dan@bac.giang"]),
    ("Công an tỉnh", "bac.giang/huyen.luc.nam", "2021-06-23", ["cong.an@bac.giang"]),
    ("Công an", "bac.giang/huyen.luc.nam", "2021-06-23", ["cong.an@bac.giang/huyen.luc.nam"]),
    # one name, three places, by level and day
    ("UBND tỉnh Bắc Giang", None, "2022-01-01", ["uy.ban.nhan.dan@bac.giang"]),
    ("UBND TP. Bắc Giang", None, "2022-01-01", ["uy.ban.nhan.dan@bac.giang/thanh.pho.bac.giang"]),
    ("UBND phường Bắc Giang", "bac.ninh-2025", "2025-08-01", ["uy.ban.nhan.dan@bac.ninh-2025/phuong.bac.giang"]),
    ("Tỉnh ủy Bắc Giang", None, "2022-01-01", ["cap.uy@bac.giang"]),
    ("Thành ủy Bắc Giang", None, "2022-01-01", ["cap.uy@bac.giang/thanh.pho.bac.giang"]),
    ("UBND thành phố Bắc Ninh", None, "2022-01-01", ["uy.ban.nhan.dan@bac.ninh/thanh.pho.bac.ninh"]),
    ("UBND thành phố Bắc Ninh", None, NOW, ["uy.ban.nhan.dan@bac.ninh-2026"]),
    # a commune by its district, and within the province that it is asked for in
    ("UBND xã Trí Yên, thành phố Bắc Giang", "bac.giang", "2025-03-01",
     ["uy.ban.nhan.dan@bac.giang/thanh.pho.bac.giang/xa.tri.yen"]),
    # vertical services
    ("Kho bạc Nhà nước Bắc Giang", None, "2022-01-01", ["kho.bac.nha.nuoc@bac.giang"]),
    ("Chi cục Thuế khu vực VI", None, "2025-05-01", ["chi.cuc.thue@khu.vuc.vi"]),
    ("Cục Thuế tỉnh", "bac.giang", "2022-01-01", ["cuc.thue@bac.giang"]),
    ("Cục Thuế", None, "2025-05-01", ["cuc.thue"]),
    # no body at all
    ("người dân", "ha.noi", "2022-01-01", []),
    ("các sở, ban, ngành", "ha.noi", "2022-01-01", []),
]


@pytest.mark.parametrize(("name", "place", "on", "ids"), FOUND)
def test_find(name: str, place: str | None, on: str, ids: list[str]) -> None:
    assert [a.id for a in find(name, place, on)] == ids


PASSED = [  # body, day, outcome, successors with what decides, reason
    ("so.y.te@ha.noi", NOW, "itself", {"so.y.te@ha.noi": ()}),
    ("so.ke.hoach.va.dau.tu@ha.noi", NOW, "one", {"so.tai.chinh@ha.noi": ()}),
    ("bo.ke.hoach.va.dau.tu", "2025-02-28", "itself", {"bo.ke.hoach.va.dau.tu": ()}),
    ("bo.ke.hoach.va.dau.tu", "2025-03-01", "one", {"bo.tai.chinh": ()}),
    # a province merged, then became a city: two steps of place
    ("so.y.te@bac.giang", "2025-12-01", "one", {"so.y.te@bac.ninh-2025": ()}),
    ("so.y.te@bac.giang", NOW, "one", {"so.y.te@bac.ninh-2026": ()}),
    ("so.y.te@thua.thien.hue", NOW, "one", {"so.y.te@hue": ()}),
    # a kind was split, its place merged after that
    ("so.thong.tin.va.truyen.thong@ha.noi", NOW, "candidates", {
        "so.khoa.hoc.va.cong.nghe@ha.noi": ("bưu chính, viễn thông, công nghệ thông tin, chuyển đổi số",),
        "so.van.hoa.va.the.thao@ha.noi": ("báo chí, xuất bản, thông tin cơ sở, thông tin đối ngoại",),
        "cong.an@ha.noi": ("an toàn thông tin mạng",)}),
    # the chain of taxes: by region, then by province again
    ("cuc.thue@bac.giang", "2025-05-01", "one", {"chi.cuc.thue@khu.vuc.vi": ()}),
    ("cuc.thue@bac.giang", "2025-12-01", "one", {"thue@bac.ninh-2025": ()}),
    # a district of one commune; the island that became a đặc khu
    ("uy.ban.nhan.dan@ba.ria.vung.tau/huyen.con.dao", NOW, "candidates", {
        "uy.ban.nhan.dan@ho.chi.minh-2025/dac.khu.con.dao": ("xã, phường, đặc khu trên địa bàn",),
        "uy.ban.nhan.dan@ho.chi.minh-2025": ("việc thuộc thẩm quyền cấp tỉnh theo phân định thẩm quyền năm 2025",)}),
    # a commune that was cut in two
    ("uy.ban.nhan.dan@can.tho/huyen.thoi.lai/xa.tan.thanh", NOW, "candidates", {
        "uy.ban.nhan.dan@can.tho-2025/xa.truong.thanh": ("thôn, tổ dân phố, khu dân cư",),
        "uy.ban.nhan.dan@can.tho-2025/xa.tan.thanh": ("thôn, tổ dân phố, khu dân cư",)}),
    # ended, and why nobody took over
    ("ban.chi.dao.phong.chong.dich.covid.19@ha.noi", NOW, "none", {}),
    ("toa.an.nhan.dan@bac.giang/huyen.luc.nam", NOW, "none", {}),
]


@pytest.mark.parametrize(("id", "on", "outcome", "expected"), PASSED)
def test_successors(id: str, on: str, outcome: str, expected: dict[str, tuple[str, ...]]) -> None:
    found = successors(id, on)
    assert found is not None
    assert found.outcome == outcome
    assert {s.agency.id: s.decides for s in found.successors} == expected
    assert bool(found.reason) == (outcome == "none")


def test_chain_tells_each_change_with_its_basis() -> None:
    found = successors("so.lao.dong.thuong.binh.va.xa.hoi@bac.giang", "2025-12-01")
    assert found is not None
    chain = found.successors[0].chain
    assert [(step.source, step.target, step.date) for step in chain] == [
        ("so.lao.dong.thuong.binh.va.xa.hoi@bac.giang", "so.noi.vu@bac.giang", "2025-03-01"),
        ("so.noi.vu@bac.giang", "so.noi.vu@bac.ninh-2025", "2025-07-01")]
    assert [step.basis for step in chain] == ["Nghị định 45/2025/NĐ-CP", "Nghị quyết 202/2025/QH15"]


def test_unknown_bodies() -> None:
    assert agency("so.y.te@nowhere") is None
    assert agency("so.y.te@bac.giang/huyen.luc.nam") is None, "a district has no sở"
    assert successors("nobody", NOW) is None


@pytest.mark.parametrize("id", ["so.y.te@bac.ninh-2025", "thue@bac.ninh-2025", "so.tai.chinh@ha.noi", "bo.y.te",
                                "phong.van.hoa.xa.hoi@bac.ninh-2025/phuong.bac.giang", "hue", "so.noi.vu@hue"])
def test_predecessors_pass_on_what_they_had(id: str) -> None:
    before = predecessors(id)
    for step in before:
        assert step.target == id
        found = successors(step.source, step.date)
        assert found is not None
        assert id in {s.agency.id for s in found.successors}
    assert bool(before) == (id != "hue")


def test_tables_hold_together() -> None:
    assert list(faults()) == []


BROKEN = [  # table, what a slip of the pen does to it, the fault that is found
    ("kind_changes", lambda row: row["from"] == "so.ke.hoach.va.dau.tu", {"to": "so.ke.hoach"}, "unknown_kind"),
    ("kind_changes", lambda row: row["from"] == "so.ke.hoach.va.dau.tu", {"date": "2025-03-02"}, "days_apart"),
    ("kind_changes", lambda row: row["from"] == "so.ke.hoach.va.dau.tu", {"from": "so.y.te"}, "ends_without_successor"),
    ("kind_changes", lambda row: row["from"] == "bo.ke.hoach.va.dau.tu", {"source": ""}, "no_source"),
    ("kind_changes", lambda row: row["type"] == "ended", {"note": ""}, "ends_without_reason"),
    ("kinds", lambda row: row["id"] == "so.y.te", {"aliases": "Sở Tài chính"}, "two_of_one_name"),
    ("kinds", lambda row: row["id"] == "so.y.te", {"valid_to": "2025-02-30"}, "no_day"),
    ("kinds", lambda row: row["id"] == "so.y.te", {"valid_to": "2025-02-28"}, "ends_without_successor"),
    ("kinds", lambda row: row["id"] == "so.y.te", {"places": "ha.tay"}, "unknown_place"),
    ("provinces", lambda row: row["id"] == "bac.giang", {"valid_to": "2025-06-29"}, "days_apart"),
    ("provinces", lambda row: row["id"] == "bac.ninh", {"valid_to": ""}, "two_of_one_name"),
    ("place_changes", lambda row: row["from"] == "bac.giang", {"to": "bac.giang-2025"}, "unknown_place"),
    ("place_changes", lambda row: row["to"] == "hue", {"to": "ha.noi"}, "begins_without_predecessor"),
    ("regions", lambda row: row["number"] == "VI", {"provinces": "lang.son; ha.noi"}, "two_regions"),
]


@pytest.mark.parametrize(("table", "chosen", "slip", "code"), BROKEN)
def test_faults_are_found(table: str, chosen: object, slip: dict[str, str], code: str,
                          monkeypatch: pytest.MonkeyPatch) -> None:
    rows = knowledge.rows
    wrong = tuple({**row, **slip} if chosen(row) else row for row in rows(f"agencies/{table}"))  # type: ignore[operator]
    assert wrong != rows(f"agencies/{table}")
    monkeypatch.setattr(knowledge, "rows", lambda name: wrong if name == f"agencies/{table}" else rows(name))
    _forget()
    try:
        assert any(fault.code == code for fault in faults())
    finally:
        monkeypatch.undo()
        _forget()


def _forget() -> None:
    """Empty all that was made from the tables."""
    for name, module in sys.modules.items():
        if name.startswith("chidao.linking.agencies"):
            for each in vars(module).values():
                if hasattr(each, "cache_clear"):
                    each.cache_clear()


def test_fault_is_told_with_its_row(capsys: pytest.CaptureFixture[str]) -> None:
    from chidao.linking.agencies.checking import main

    assert main([Fault("no_day", "so.y.te 30/2")]) == 1
    assert capsys.readouterr().out == "no_day\tso.y.te 30/2\n"
    assert main([]) == 0


def test_ministries_since_2015() -> None:
    """18 ministries and 4 bodies of their rank until February 2025, 14 and 3 from March on."""
    for on, count in (("2015-06-01", 22), ("2021-06-01", 22), ("2025-02-28", 22), ("2025-03-01", 17), (NOW, 17)):
        ministries = central_bodies(on=on, category="ministry")
        assert len(ministries) == count
        for body in ministries:
            for name in (body.name, *body.aliases, *body.symbols):
                assert find(name, on=on) == (body,), name


@pytest.mark.parametrize("place", ["ha.noi", "bac.giang", "bac.ninh-2025", "bac.giang/thanh.pho.bac.giang",
                                   "ho.chi.minh-2025", "bac.ninh-2025/phuong.bac.giang", "ha.noi/xa.ba.vi"])
def test_bodies_of_a_place_are_found_by_their_names(place: str) -> None:
    known = places.place(place)
    assert known is not None
    on = known.valid_to or NOW
    found = bodies(place, on=on)
    assert found
    for body in found:
        assert find(body.name, on=on, place=place) == (body,), body.name


def test_every_unit_of_the_lists_is_one_place(real_data: Path) -> None:
    """All 63 provinces, 696 districts and 10,035 communes of June 2025, all 34 and 3,321 of July."""
    missing = [(day, unit, found) for day, unit, found in _units(real_data) if len(found) != 1]
    assert missing == []


def _units(real_data: Path) -> Iterator[tuple[str, str, list[str]]]:
    folder = real_data / "real" / "units"
    before = json.loads((folder / "before_2025-07_63_provinces_districts_wards.json").read_text("utf-8"))
    for p in before:
        province = _one("2025-06-30", p["FullName"], None)
        yield "before", p["FullName"], province
        for d in p["District"]:
            district = _one("2025-06-30", d["FullName"], province[0])
            yield "before", d["FullName"], district
            for w in d.get("Ward") or []:
                yield "before", w["FullName"], _one("2025-06-30", w["FullName"], district[0])
    after = json.loads((folder / "after_2025-07_units.json").read_text("utf-8"))
    for p in after["provinces"]:
        name = p["name"].replace("TP HCM", "Hồ Chí Minh")
        province = [x.id for x in places_named(name, on="2025-07-01", level="province")]
        yield "after", name, province
        for u in p["units"]:
            found = [x.id for x in places_named(u["new_name"], on="2025-07-01", within=province[0])]
            yield "after", f"{name}: {u['new_name']}", found


def _one(on: str, full: str, within: str | None) -> list[str]:
    unit = re.match(r"Thành phố|Thị xã|Thị trấn|Tỉnh|Huyện|Quận|Phường|Xã", full, re.IGNORECASE)
    assert unit
    name = full[unit.end():]
    found = places_named(name, on=on, unit=unit[0].casefold(), within=within,
                         level=None if within else "province")
    return [p.id for p in found if within is None or p.holder == within]


_WORD = rf"(?:[{UPPER}][\w’']*|\d{{1,2}})"
_NAME = rf"{_WORD}(?:[ -]+{_WORD})*"
_PROVINCE = "|".join(sorted({re.escape(p.name) for p in places.provinces()}, key=len, reverse=True))
_MENTION = re.compile(
    rf"(?<!\w)(?i:(?P<unit>huyện|quận|thị xã|thành phố|phường|xã|thị trấn|đặc khu))\s+(?P<name>{_NAME})"
    rf"(?:,?\s+(?i:huyện|quận|thị xã|thành phố)\s+{_NAME})?,?\s+(?i:tỉnh|thành phố|TP\.?)\s+(?P<province>{_PROVINCE})(?!\w)")
_DAY = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_DAYS = (NOW, "2025-07-01", "2025-06-30", "2024-12-31", "2018-01-01", "2009-01-01")


def test_units_that_real_directives_name_are_one_place(real_data: Path) -> None:
    """Units named with their province: one place on the directive's day, or on the latest day on which it was.

    What is left over are slips of the texts themselves ("xã Phú Tân" for Phú Tâm).
    """
    found = [count for file in sorted([*(real_data / "seeds").glob("*.txt"), *(real_data / "real" / "directives").glob("*.txt")])
             for count in _places_named_in(plain(file.read_text("utf-8")))]
    assert len(found) > 150
    assert max(found) == 1
    assert sum(found) / len(found) > 0.95


def _places_named_in(text: str) -> Iterator[int]:
    """For each mention, how many places it means."""
    day = _DAY.search(text[:3000])
    days = ([f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"] if day else []) + list(_DAYS)
    for m in _MENTION.finditer(text):
        if places_named(m["name"], on="2025-06-30", level="province"):
            continue  # a list of provinces
        counts = (len([q for p in places_named(m["province"], on=on, level="province")
                       for q in places_named(m["name"], on=on, unit=m["unit"].casefold(), within=p.id)]) for on in days)
        yield next((count for count in counts if count), 0)


def test_every_ended_body_has_successors_or_says_why_not() -> None:
    """Today, of every kind in every province and district, and the Ủy ban nhân dân of every commune."""
    ended = [a for where in (*places.provinces(), *places.districts()) for k in kinds()
             if (a := agency(f"{k.id}@{where.id}")) and a.valid_to and a.valid_to < NOW and k.level == where.level]
    ended += [a for p in places.communes() if p.valid_to and (a := agency(f"uy.ban.nhan.dan@{p.id}"))]
    ended += [a for k in kinds() if k.level == "central" and (a := agency(k.id)) and a.valid_to]
    assert len(ended) > 40_000
    silent = [a.id for a in ended if (found := successors(a.id, NOW)) is None
              or not (found.successors or found.reason)]
    assert silent == []


def test_registry_loads_fast() -> None:
    """Measured in a fresh interpreter, in time of the processor, communes left out as nothing asks for one."""
    code = ("import time\nstart = time.process_time()\n"
            "from chidao.linking.agencies import find, successors\n"
            "find('Sở Y tế', 'ha.noi', '2022-01-01')\n"
            "successors('so.lao.dong.thuong.binh.va.xa.hoi@bac.giang', '2026-01-01')\n"
            "print(time.process_time() - start)")
    times = [float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
             for _ in range(3)]
    assert min(times) < 0.15

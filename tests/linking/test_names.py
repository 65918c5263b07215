"""Whom names mean: 330 answered by reading, damaged names, definitions, members of groups."""
from __future__ import annotations

import csv
import dataclasses
import re
from collections import Counter
from pathlib import Path

import pytest

from chidao import knowledge
from chidao.extraction.pipeline import extract
from chidao.grammar.folding import fold, key
from chidao.linking.agencies import agency, place
from chidao.linking.agencies.kinds import kinds_with_key
from chidao.linking.agencies.naming import name_key
from chidao.linking.names import link_agencies, resolve, setting_of
from chidao.linking.names.meanings import SURE
from chidao.linking.names.membership import members, memberships
from chidao.linking.names.narrowing import narrowed
from chidao.model import Assignment, Directive, Header, Meaning, SourceText
from chidao.reading import read

NAMES = Path(__file__).parents[2] / "corpus" / "annotations" / "agencies"
KINDS = {"agency": "body", "person": "official"}
MEMBERS = {"sở": {"so"}, "ban, ngành": {"ban.nganh"}, "đoàn thể": {"doan.the"}, "bộ": {"bo"},
           "ngành trung ương": {"co.quan.ngang.bo", "co.quan.thuoc.chinh.phu"}, "cơ quan ngang bộ": {"co.quan.ngang.bo"},
           "cơ quan thuộc Chính phủ": {"co.quan.thuoc.chinh.phu"}, "UBND cấp tỉnh": {"uy.ban.nhan.dan.cap.tinh"},
           "UBND cấp huyện": {"uy.ban.nhan.dan.cap.huyen"}, "UBND cấp xã": {"uy.ban.nhan.dan.cap.xa"}}
KNOWN_MEMBERS = set[str]().union(*MEMBERS.values())

Row = dict[str, str]


def rows() -> list[Row]:
    with (NAMES / "names.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def directive(issuer: str, date: str, text: str = "") -> Directive:
    year = int(date[:4]) if date else None
    return Directive("chidao:0", SourceText(text, "txt", "0" * 64, "a.txt"),
                     Header(issuer=issuer or None, date=date or None, year=year))


def meaning(name: str, issuer: str, date: str, text: str = "") -> Meaning:
    return resolve(name, setting_of(directive(issuer, date, text)))


def wrong(row: Row, got: Meaning) -> str | None:
    """What is wrong with a meaning, by the row's answer; None where nothing is."""
    wanted = [KINDS.get(kind, kind) for kind in row["kind"].split("/")]
    if got.kind not in wanted:
        return f"kind: {got.kind}"
    if got.kind in ("other", "open"):
        return None
    what, _, scope = (got.agency or "").partition("@")
    if got.kind == "group":
        if "agency" not in row["kind"] and row["body"] != "*" and wanted_members(row) != KNOWN_MEMBERS & {*what.split("+")}:
            return f"members: {got.agency}"
    elif not is_that_body(row["body"], got.agency or ""):
        return f"body: {got.agency}"
    return None if not row["body_place"] or key(place_name(scope)) == key(row["body_place"]) else f"place: {got.agency}"


def wanted_members(row: Row) -> set[str]:
    return set[str]().union(*(MEMBERS[m] for m in row["body"].split("; ") if m != "-"))


def is_that_body(name: str, id: str) -> bool:
    what, _, whole = id.partition("@")
    found, spelled = agency(id), ".".join(re.findall(r"\w+", fold(name)))
    if found is not None:
        return what in {k.id for k, _ in kinds_with_key(name_key(name))} or key(found.name) == key(name)
    inside = agency(whole) is not None and spelled.startswith(f"{what}.")  # "Đảng ủy Bộ Nội vụ": dang.uy@bo.noi.vu
    return spelled == what or inside


def place_name(id: str) -> str:
    where = place(id) if id else None
    if where is None:
        return "Việt Nam"
    province = place(id.split("/")[0])
    return where.full if where.level == "province" or province is None else f"{where.full}, {province.full}"


def test_the_sample_is_what_it_says() -> None:
    drawn = rows()
    assert len({row["name"] for row in drawn}) == len(drawn) >= 300
    assert Counter(row["half"] for row in drawn) == {"annotated": 165, "output": 165}


def test_names_of_annotated_directives() -> None:
    """From the facts of the header alone, without the text; none wrong that is sure."""
    found = [(row, meaning(row["name"], row["issuer"], row["date"])) for row in rows()]
    missed = {row["id"]: wrong(row, got) for row, got in found if wrong(row, got)}
    assert {row["id"] for row, got in found if row["id"] in missed and got.score >= SURE} == set()
    annotated = [row["id"] for row, _ in found if row["half"] == "annotated"]
    assert len([id for id in annotated if id in missed]) <= 0.02 * len(annotated), missed
    assert len(missed) <= 0.02 * len(found), missed


def test_names_in_real_directives(real_data: Path) -> None:
    """With the text: what it defines counts."""
    folders = [real_data / "real" / "directives", real_data / "seeds", real_data / "gold" / "sources"]
    for row in rows():
        path = next((f / row["file"] for f in folders if (f / row["file"]).is_file()), None)
        if path is not None and row["name"] in {"VNMAC", "Chi cục Thuế khu vực XX", "Sở Kế hoạch và Đầu tư"}:
            got = resolve(row["name"], setting_of(extract(read(path))))
            assert wrong(row, got) is None, row["name"]


HANOI, CITY = "Ủy ban nhân dân thành phố Hà Nội", "Ủy ban nhân dân thành phố Bắc Giang"


@pytest.mark.parametrize(("name", "issuer", "date", "expected"), [
    ("Công an tỉnh", "Ủy ban nhân dân tỉnh Sơn La", "2023-02-17", "cong.an@son.la"),
    ("Phòng Y tế thành phố", CITY, "2021-06-23", "phong.y.te@bac.giang/thanh.pho.bac.giang"),
    ("UBND tỉnh", CITY, "2021-06-23", "uy.ban.nhan.dan@bac.giang"),
    ("Thành phố", HANOI, "2022-01-01", "uy.ban.nhan.dan@ha.noi"),
    ("Sở Y tế", "Ủy ban nhân dân tỉnh Bắc Ninh", "2022-01-01", "so.y.te@bac.ninh"),
    ("Sở Y tế", "Ủy ban nhân dân tỉnh Bắc Ninh", "2025-11-17", "so.y.te@bac.ninh-2025"),
    ("Sở Y tế", "Ủy ban nhân dân thành phố Bắc Ninh", "2026-11-01", "so.y.te@bac.ninh-2026"),
    ("Giám đốc Sở Nông nghiệp và Môi trường", "Ủy ban nhân dân tỉnh Đắk Lắk", "2025-11-17",
     "so.nong.nghiep.va.moi.truong@dak.lak-2025"),
    ("Bộ trưởng", "Bộ Y tế", "2025-11-17", "bo.y.te"),
    ("Sở", "Sở Khoa học và Công nghệ tỉnh Lào Cai", "2026-01-30", "so.khoa.hoc.va.cong.nghe@lao.cai-2025"),
    # a comma and "và" inside one name
    ("Sở Văn hóa, Thể thao và Du lịch", "Ủy ban nhân dân tỉnh Sơn La", "2023-02-17", "so.van.hoa.the.thao.va.du.lich@son.la"),
    ("các Sở, ban, ngành Thành phố", HANOI, "2022-01-01", "so+ban.nganh@ha.noi"),
    ("các địa phương", "Thủ tướng Chính phủ", "2025-11-20", "uy.ban.nhan.dan.cap.tinh@viet.nam"),
    ("các địa phương", "Ủy ban nhân dân tỉnh Sơn La", "2023-02-17", "uy.ban.nhan.dan.cap.huyen@son.la"),
    ("các địa phương", "Ủy ban nhân dân tỉnh Sơn La", "2025-11-20", "uy.ban.nhan.dan.cap.xa@son.la"),
])
def test_relative_names(name: str, issuer: str, date: str, expected: str) -> None:
    got = meaning(name, issuer, date)
    assert got.agency == expected
    assert got.score >= (0.8 if name == "Thành phố" else SURE)


@pytest.mark.parametrize(("damaged", "expected"), [
    ("Sở Giáo dục và Đào tao", "so.giao.duc.va.dao.tao@ha.noi"),
    ("Sở Xâv dựng", "so.xay.dung@ha.noi"),
    ("So Tai chinh", "so.tai.chinh@ha.noi"),
    ("Sở Nôngnghiệp và Phát triển nông thôn", "so.nong.nghiep.va.phat.trien.nong.thon@ha.noi"),
    ("Công an Thành phô", "cong.an@ha.noi"),
    ("Ủy ban nhân dân tinh Sơn La", "uy.ban.nhan.dan@son.la"),
    ("Giám đôc Sở Y tế", "so.y.te@ha.noi"),
    ("Sở Ngoại vu", "so.ngoai.vu@ha.noi"),
    ("Phòng Ngoại vụ", None),
    ("Sở Xuất bản", None),
    ("Sở Nội", None),
])
def test_damaged_names_stay_open_unless_one_is_near(damaged: str, expected: str | None) -> None:
    got = meaning(damaged, HANOI, "2022-01-01")
    assert got.agency == expected or (expected is None and not got.listed)
    assert got.score < (1 if expected else SURE)


@pytest.mark.parametrize(("name", "issuer", "date"), [
    ("Ủy ban nhân dân", "Ủy ban nhân dân tỉnh Đồng Tháp", "2025-11-19"),  # whose?
    ("Kho bạc Nhà nước", "Ủy ban nhân dân tỉnh Đồng Nai", "2025-11-17"),  # the province has none of its own since 2025
    ("Sở Y tế", "", "2025-11-17"),  # of no place
    ("Sở Y tế", "Thủ tướng Chính phủ", "2025-11-17"),
    ("Thành phố", "Ủy ban nhân dân tỉnh Sơn La", "2023-02-17"),
])
def test_what_the_setting_leaves_open_is_open(name: str, issuer: str, date: str) -> None:
    got = meaning(name, issuer, date)
    assert got.kind in ("open", "group")
    assert got.kind == "group" or got.agency is None
    assert all(c.score < SURE for c in got.candidates)


def test_a_text_defines_short_names() -> None:
    text = ("Ban Quản lý các khu công nghiệp tỉnh Sơn La (sau đây gọi là Ban Quản lý) báo cáo.\n"
            "Trung tâm Kiểm soát bệnh tật tỉnh (CDC) giám sát.")
    issuer = "Ủy ban nhân dân tỉnh Sơn La"
    assert meaning("Ban Quản lý", issuer, "2023-02-17", text).agency == "ban.quan.ly.cac.khu.cong.nghiep@son.la"
    assert meaning("CDC", issuer, "2023-02-17", text).agency == "trung.tam.kiem.soat.benh.tat@son.la"
    assert meaning("Ban Quản lý", issuer, "2023-02-17").agency is None


def test_members_are_those_of_the_day() -> None:
    before = {a.id for a in members("so@ha.noi", "2022-01-01")}
    after = {a.id for a in members("so@ha.noi", "2025-11-01")}
    assert "so.ke.hoach.va.dau.tu@ha.noi" in before - after
    assert "so.nong.nghiep.va.moi.truong@ha.noi" in after - before
    assert len(members("uy.ban.nhan.dan.cap.huyen@ha.noi", "2022-01-01")) == 30
    assert members("uy.ban.nhan.dan.cap.huyen@ha.noi", "2025-11-01") == ()
    assert len(members("uy.ban.nhan.dan.cap.xa@ha.noi", "2025-11-01")) == 126
    assert len(members("bo@viet.nam", "2025-11-01")) == 14


@pytest.mark.parametrize("group", ["so+ban.nganh@ha.noi", "doan.the@son.la", "uy.ban.nhan.dan.cap.xa@ha.noi",
                                   "uy.ban.nhan.dan.cap.tinh@viet.nam", "bo+co.quan.ngang.bo@viet.nam"])
def test_members_know_their_groups(group: str) -> None:
    what, _, scope = group.partition("@")
    for a in members(group, "2025-11-01"):
        assert {(member, scope) for member in what.split("+")} & {*memberships(a.id)}, a.id


def test_one_damaged_letter_never_makes_another_body() -> None:
    """Each letter of some names left out or doubled: the body, or nothing that is sure."""
    for name, expected in (("Sở Nội vụ", "so.noi.vu@ha.noi"), ("Công an thành phố", "cong.an@ha.noi"),
                           ("Sở Tài chính", "so.tai.chinh@ha.noi"), ("Văn phòng Chính phủ", "van.phong.chinh.phu")):
        for i in range(1, len(name)):
            for damaged in (name[:i] + name[i + 1:], name[:i] + name[i] + name[i:]):
                got = meaning(damaged, HANOI, "2022-01-01")
                assert got.agency == expected or got.score < SURE, damaged


def test_a_central_directive_about_one_province() -> None:
    """What its title is about completes a relative name, and is never sure."""
    text = "Thông báo"
    header = Header(issuer="Văn phòng Chính phủ", date="2025-11-22", year=2025,
                    title="Kết luận tại buổi làm việc với Thường trực Tỉnh ủy Thanh Hóa")
    setting = setting_of(Directive("chidao:0", SourceText(text, "txt", "0" * 64, "a.txt"), header))
    for name, expected in (("Ủy ban nhân dân tỉnh", "uy.ban.nhan.dan@thanh.hoa"), ("Tỉnh", "uy.ban.nhan.dan@thanh.hoa"),
                           ("Thường trực Tỉnh ủy", "thuong.truc@thanh.hoa"), ("Bộ Y tế", "bo.y.te")):
        got = resolve(name, setting)
        assert got.agency == expected
        assert (got.score >= SURE) == (name == "Bộ Y tế")


@pytest.mark.parametrize(("name", "narrowed"), [
    ("các sở, ban, ngành", False), ("các sở, ban, ngành liên quan", True),
    ("Chủ tịch Ủy ban nhân dân các tỉnh, thành phố từ Hà Tĩnh đến Khánh Hòa", True),
])
def test_a_group_of_which_only_some_are_meant(name: str, *, narrowed: bool) -> None:
    assert meaning(name, "Thủ tướng Chính phủ", "2025-11-16").relevant == narrowed


PROVINCE_PLAN = """ỦY BAN NHÂN DÂN
TỈNH SƠN LA

KẾ HOẠCH
Phòng, chống dịch năm 2023

I. NHIỆM VỤ
1. {heading}
a) Giám đốc Sở chỉ đạo rà soát danh mục vật tư y tế trước ngày 30/6/2023.
"""


@pytest.mark.parametrize(("heading", "agency_id", "candidates"), [
    ("Trách nhiệm của Sở Y tế", "so.y.te@son.la", ()),
    ("Sở Y tế, Sở Tài chính", None, ("so.y.te@son.la", "so.tai.chinh@son.la")),
    ("Công an tỉnh", None, ()),  # of another kind
    ("Các sở, ban, ngành", None, ()),
])
def test_a_heading_completes_a_bare_name(heading: str, agency_id: str | None, candidates: tuple[str, ...]) -> None:
    text = PROVINCE_PLAN.format(heading=heading)
    named = [a.meaning for a in assigned(text, "Ủy ban nhân dân tỉnh Sơn La", "2023-02-17") if a.name == "Giám đốc Sở"]
    assert named
    for got in named:
        assert got is not None
        assert (got.agency, tuple(c.id for c in got.candidates)) == (agency_id, candidates)
        assert got.office == "Giám đốc"
        assert got.score < SURE
        assert got.inferred == bool(agency_id or candidates)


def assigned(text: str, issuer: str, date: str) -> list[Assignment]:
    """Who is named in the tasks of a directive with that text, of an issuer that its head does not say."""
    found = extract(SourceText(text, "txt", "0" * 64, "a.txt"))
    header = dataclasses.replace(found.header, issuer=issuer, date=date, year=int(date[:4]))
    linked = link_agencies(dataclasses.replace(found, header=header))
    return [a for task in linked.tasks for a in task.assignments]


@pytest.mark.parametrize(("name", "behind", "date", "agency_id", "relevant"), [
    ("các địa phương", " Nghệ An, Hà Tĩnh và Quảng Trị chủ trì", "2025-11-20", "nghe.an,ha.tinh,quang.tri-2025", False),
    ("các địa phương", ": Nghệ An, Hà Tĩnh và Quảng Trị chủ trì", "2023-11-20", "nghe.an,ha.tinh,quang.tri", False),
    ("UBND các tỉnh Lào Cai, Sơn La", " chủ trì", "2025-11-20", "lao.cai-2025,son.la", False),
    ("UBND các tỉnh", ": Lào Cai, Sơn La và các tỉnh khác", "2025-11-20", "viet.nam", False),
    ("UBND các tỉnh, thành phố", " chủ trì. Các tỉnh Lào Cai, Sơn La", "2025-11-20", "viet.nam", False),  # elsewhere
    ("UBND các tỉnh, thành phố", " tại khu vực có mưa lớn", "2025-11-20", "viet.nam", True),
    ("UBND các tỉnh, thành phố từ Hà Tĩnh đến Huế", " chủ trì", "2025-11-20", "ha.tinh,quang.tri-2025,hue", True),
    ("UBND các tỉnh từ Hà Tĩnh đến Quảng Trị", ":", "2023-11-20", "ha.tinh,quang.binh,quang.tri", True),
    ("UBND các tỉnh từ Lai Châu đến Quảng Trị", ":", "2023-11-20", "viet.nam", True),  # not along the coast
    ("UBND các tỉnh từ Quảng Trị đến Hà Tĩnh", ":", "2023-11-20", "viet.nam", True),  # from south to north
])
def test_groups_of_provinces_that_the_text_narrows(name: str, behind: str, date: str, agency_id: str, *,
                                                   relevant: bool) -> None:
    setting = setting_of(directive("Thủ tướng Chính phủ", date))
    got = narrowed(resolve(name, setting), name, behind, setting)
    assert (got.agency, got.relevant) == (f"uy.ban.nhan.dan.cap.tinh@{agency_id}", relevant)
    if "," in agency_id:
        assert [a.place for a in members(got.agency or "", date)] == agency_id.split(",")
        assert (got.score < SURE) == relevant


def test_a_stretch_of_the_coast_in_a_directive() -> None:
    text = "CÔNG ĐIỆN\nVề mưa lũ\n\n1. Ủy ban nhân dân các tỉnh, thành phố từ Hà Tĩnh đến Huế chủ trì sơ tán dân.\n"
    meant = [a.meaning.agency for a in assigned(text, "Thủ tướng Chính phủ", "2025-11-20") if a.meaning]
    assert meant == ["uy.ban.nhan.dan.cap.tinh@ha.tinh,quang.tri-2025,hue"]


def test_provinces_of_the_coast_are_in_the_registry() -> None:
    listed = [row["province"] for row in knowledge.rows("coast_provinces")]
    assert len(listed) == len({*listed})
    assert all(place(id) is not None for id in listed)

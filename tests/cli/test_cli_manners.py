"""How the command line behaves: language, colour, exit codes, errors, interruption, a reader that leaves."""
from __future__ import annotations

import os
import re
import sqlite3
import string
import subprocess
import sys
from pathlib import Path

import click
import pytest

from chidao import knowledge
from chidao.cli import app, main, messages
from chidao.cli.app import word_help
from chidao.cli.console import Console
from chidao.cli.layout import table

CHIDAO = [sys.executable, "-c", "import sys; from chidao.cli import main; sys.exit(main())"]


@pytest.mark.parametrize(("arguments", "environ", "lang"), [
    ([], {"LANG": "vi_VN.UTF-8"}, "vi"),
    ([], {"LC_ALL": "en_US.UTF-8", "LANG": "vi_VN.UTF-8"}, "en"),  # LC_ALL outranks LANG
    ([], {"LC_MESSAGES": "vi_VN", "LANG": "C"}, "vi"),
    ([], {"LC_ALL": "", "LANG": "vi"}, "vi"),  # an empty variable says nothing
    ([], {}, "en"),
    (["--lang", "en", "tasks"], {"LANG": "vi_VN"}, "en"),
    (["tasks", "--lang=vi"], {}, "vi"),  # also after the command
    (["search", "--", "--lang", "vi"], {}, "en"),  # words to search for
])
def test_language(arguments: list[str], environ: dict[str, str], lang: str) -> None:
    assert messages.language(arguments, environ) == lang


@pytest.mark.parametrize("row", knowledge.rows("messages"), ids=lambda row: row["code"])
def test_both_languages_fill_the_same_places(row: dict[str, str]) -> None:
    vi, en = ({name for _, name, _, _ in string.Formatter().parse(row[lang]) if name} for lang in ("vi", "en"))
    assert vi == en


def test_every_message_is_said_somewhere() -> None:
    code = "".join(p.read_text("utf-8") for p in Path(messages.__file__).parent.glob("*.py"))
    spoken = {c for c in (row["code"] for row in knowledge.rows("messages")) if f'"{c}"' in code}
    made = ("help_", "relation_", "state_", "count_", "heading_", "how_", "severity_", "validity_", "level_", "category_", "change_", "column_role_",
            "note_", "label_condition_", "role_", "kind_", "facet_", "condition_")
    assert [row["code"] for row in knowledge.rows("messages")
            if row["code"] not in spoken and not row["code"].startswith(made)] == []


def test_help_is_in_the_users_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help", "--lang", "vi"]) == 0
    vi = capsys.readouterr().out
    assert main(["--help", "--lang", "en"]) == 0
    en = capsys.readouterr().out
    assert vi.startswith("Cách dùng: chidao")
    assert "Các lệnh:" in vi
    assert en.startswith("Usage: chidao")
    assert "Commands:" in en


@pytest.mark.parametrize("command", ["", *app.commands])
def test_every_command_and_option_has_help(command: str) -> None:
    word_help(Console("vi"))
    each = app.commands[command] if command else app
    assert each.help
    assert all(option.help for option in each.params if isinstance(option, click.Option))


@pytest.mark.parametrize(("arguments", "code", "words"), [
    (["tasks", "--db", "none.db"], 3, "[register_missing]"),
    (["tasks", "--kind", "việc"], 2, "must be one of: task, target. [usage]"),
    (["tasks", "--due-before", "31/2/2026"], 2, "“31/2/2026” is not a date"),
    (["tasks", "--stat"], 2, "There is no option --stat. (--state"),
    (["search"], 2, "'WORDS...' is missing. [usage]"),
    (["ingest", "nowhere"], 2, "There is no file or folder nowhere. [usage]"),
    (["evaluate", "nowhere"], 2, "There is no file or folder nowhere. [usage]"),
    (["nonsense"], 2, "[usage]"),
    (["extract", "nowhere.txt"], 1, "nowhere.txt: "),
])
def test_errors_are_a_sentence_a_code_and_an_exit_code(
    arguments: list[str], code: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert "Traceback" not in said.err
    assert not list(tmp_path.iterdir()), "a command that failed makes nothing"


def test_errors_speak_vietnamese_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    main(["stats", "--db", str(tmp_path / "none.db"), "--lang", "vi"])
    assert capsys.readouterr().err.startswith("Lỗi: Không có sổ nhiệm vụ ở ")


def test_an_unknown_document_is_told(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "99/KH-UBND"]) == 1
    assert "[document_unknown]" in capsys.readouterr().err


def test_a_file_that_is_no_register_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.db").write_text("không phải sổ", "utf-8")
    assert main(["stats", "--db", str(tmp_path / "a.db")]) == 3
    assert "[not_a_register]" in capsys.readouterr().err


@pytest.mark.parametrize(("error", "code"), [
    (sqlite3.OperationalError("database is locked"), "register_unopened"),
    (sqlite3.DatabaseError("database disk image is malformed"), "register_damaged"),
])
def test_trouble_in_the_middle_of_a_command_is_told(
    error: Exception, code: str, db: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("chidao.storage.Register.stats", failing)
    assert main(["stats"]) == 3
    assert capsys.readouterr().err.endswith(f"[{code}]\n")


def test_a_defect_of_ours_is_not_hidden(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("chidao.storage.Register.stats", failing)
    with pytest.raises(ZeroDivisionError):
        main(["stats"])


@pytest.mark.skipif(sys.platform == "win32", reason="closes a stream as POSIX shells do")
def test_standard_output_may_be_closed(db: Path) -> None:
    done = subprocess.run(["/bin/sh", "-c", '"$@" >&-', "sh", *CHIDAO, "stats"], capture_output=True, text=True,
                          timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_interrupted_run_says_that_what_is_done_is_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    import chidao.batch

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(chidao.batch, "ingest", interrupted)
    assert main(["ingest", str(tmp_path), "--db", str(tmp_path / "so.db")]) == 130
    assert "What is done is kept" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX shells")
def test_a_reader_that_leaves_early_gets_no_traceback(db: Path) -> None:
    done = subprocess.run(["/bin/sh", "-c", 'while :; do "$@" || exit; done | head -c 1 >/dev/null', "sh", *CHIDAO,
                           "tasks", "--json"], capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


@pytest.mark.parametrize("no_color", ["1", ""])
def test_no_colour_where_no_terminal_reads(db: Path, no_color: str) -> None:
    done = subprocess.run([*CHIDAO, "show", "31/KH-UBND"], capture_output=True, check=True, timeout=60,
                          env={**os.environ, "NO_COLOR": no_color})
    assert b"\x1b" not in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("no_color", "coloured"), [("1", False), ("", True)])
def test_colour_on_a_terminal_unless_no_color(db: Path, no_color: str, coloured: bool) -> None:
    spawn = f"import pty, sys; sys.exit(pty.spawn({[*CHIDAO, 'show', '31/KH-UBND']!r}) >> 8)"
    done = subprocess.run([sys.executable, "-c", spawn], capture_output=True, check=True, timeout=60,
                          env={**os.environ, "NO_COLOR": no_color, "TERM": "xterm"})
    assert (b"\x1b[1m" in done.stdout) is coloured


def test_speaks_utf8_on_a_console_that_does_not(db: Path) -> None:
    """As on Windows, where the console's own encoding lacks most Vietnamese letters."""
    done = subprocess.run([*CHIDAO, "show", "31/KH-UBND"], capture_output=True, check=True, timeout=60,
                          env={**os.environ, "PYTHONIOENCODING": "cp1252"})
    assert "Ủy ban nhân dân tỉnh Lam Sơn" in done.stdout.decode("utf-8")


def test_help_loads_nothing_heavy() -> None:
    """What `--help` may take is told by what it loads; 0.13 seconds on an idle machine."""
    heavy = {"spacy", "numpy", "torch", "underthesea", "pypdfium2", "pdfplumber", "lxml", "networkx", "openpyxl", "docx",
             "psutil", "multiprocessing"}
    done = subprocess.run([CHIDAO[0], "-X", "importtime", *CHIDAO[1:], "--help"], capture_output=True,
                          check=True, timeout=60, env=os.environ | {"PYTHONIOENCODING": "utf-8"})
    modules = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.decode().splitlines()}
    assert "chidao.cli.app" in modules
    assert not {module.split(".")[0] for module in modules} & heavy
    stages = ("chidao.reading", "chidao.structure", "chidao.extraction", "chidao.linking", "chidao.storage.register")
    assert not [module for module in modules if module.startswith(stages)]


def test_documents_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    Console("vi").out("Sở Y tế\x1b]0;lạ\x07\x1b[2J\u202e")
    assert re.search("[\x07\x1b\u202e]", capsys.readouterr().out) is None


@pytest.mark.parametrize("width", [40, 80, 120])
def test_tables_keep_to_the_width(width: int) -> None:
    rows = [["1", "Rà soát quy hoạch thủy lợi nội đồng, kiểm tra đê điều " * 3, "Sở Nông nghiệp và Môi trường"]]
    lines = table(["STT", "Nhiệm vụ", "Chủ trì"], rows, width=width, main=1)
    assert max(map(len, lines)) <= width
    assert "Rà soát" in lines[2]

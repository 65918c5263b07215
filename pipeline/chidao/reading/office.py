"""DOC, ODT and RTF: LibreOffice turns them into DOCX, in a process of its own without macros, links or network."""
from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

from chidao.errors import ReadingError
from chidao.reading import docx
from chidao.reading.content import Content
from chidao.reading.docx_package import refuse_document_type
from chidao.reading.limits import DEFAULTS, Limits

_PROGRAMS = ("soffice", "libreoffice")
_HEAD = 4096
_DOCX = "docx:MS Word 2007 XML"
# Settings of the profile: no macro runs, no link is followed, nothing is loaded from elsewhere.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}</oor:items>
"""
_ITEM = """<item oor:path="/org.openoffice.{path}">
<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>
"""
_SAFE = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Save/Document", "LoadPrinter", "false"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "1"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def read(data: bytes, limits: Limits = DEFAULTS) -> Content:
    """The text of a document that LibreOffice can open, as of the DOCX that it makes of it.

    Raises ReadingError ``no_office`` where LibreOffice is not installed, ``conversion_failed``, ``too_slow``, and as
    `chidao.reading.docx.read`.
    """
    return docx.read(convert(data, limits), limits)


def convert(data: bytes, limits: Limits = DEFAULTS) -> bytes:
    """The DOCX that LibreOffice makes of a DOC, ODT or RTF file. Raises ReadingError as `read`."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise ReadingError("no_office")
    _look_into(data, limits)
    with tempfile.TemporaryDirectory(prefix="chidao-") as folder:
        return _converted(program, data, Path(folder), limits)


def _look_into(data: bytes, limits: Limits) -> None:
    """Packages (ODT) that unpack too large, are under a password or name entities, before LibreOffice sees them."""
    if not data.startswith(b"PK"):
        if b"<?xml" in data[:_HEAD]:
            refuse_document_type(data[:_HEAD])
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            unpacked = sum(info.file_size for info in package.infolist())
            if unpacked > limits.expansion:
                raise ReadingError("too_large", f" ({unpacked // 2**20} MiB)")
            if b"manifest:encryption-data" in package.read("META-INF/manifest.xml"):
                raise ReadingError("encrypted")
            for name in ("content.xml", "styles.xml", "settings.xml", "meta.xml"):
                if name in package.namelist():
                    with package.open(name) as part:
                        refuse_document_type(part.read(_HEAD))
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise ReadingError("damaged", f" ({type(error).__name__})") from error


def _converted(program: str, data: bytes, folder: Path, limits: Limits) -> bytes:
    source, made = folder / "document", folder / "made" / "document.docx"
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    items = "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SAFE)
    (profile / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), "utf-8")
    source.write_bytes(data)
    _run([
        program, f"-env:UserInstallation={profile.parent.as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--nodefault", "--nologo", "--convert-to", _DOCX, "--outdir", str(made.parent), str(source)], folder, limits)
    try:
        if made.stat().st_size > limits.size:
            raise ReadingError("too_large", f" ({made.stat().st_size // 2**20} MiB)")
        return made.read_bytes()
    except OSError as error:
        raise ReadingError("conversion_failed") from error


def _run(command: list[str], folder: Path, limits: Limits) -> None:
    """Run LibreOffice; it and all that it starts end with the time that the file has."""
    environment = {"HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8",
                   "PATH": os.environ.get("PATH", os.defpath)}
    with subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL, start_new_session=True) as process:
        try:
            process.wait(limits.seconds)
        except subprocess.TimeoutExpired as error:
            raise ReadingError("too_slow", f" ({limits.seconds} s)") from error
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)

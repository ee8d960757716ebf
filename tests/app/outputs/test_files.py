"""Files appear whole or not at all, and under names that every system takes."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from app.core.errors import OutputError
from app.outputs.files import MAX_NAME, safe_name, save


def test_save_writes_and_replaces(tmp_path: Path) -> None:
    target = tmp_path / "new" / "folder" / "paper.pdf"
    save(target, b"first")
    save(target, b"second")
    assert target.read_bytes() == b"second"
    assert [path.name for path in target.parent.iterdir()] == ["paper.pdf"]


def test_saved_files_have_ordinary_permissions(tmp_path: Path) -> None:
    save(tmp_path / "ours", b"x")
    (tmp_path / "plain").write_bytes(b"x")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EACCES, "no permission"),
        (errno.EROFS, "no permission"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_a_failing_disk_is_told_in_words_and_harms_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    target = tmp_path / "paper.pdf"
    target.write_bytes(b"before")

    def fail(handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match=words) as caught:
        save(target, b"after")
    assert "paper.pdf" in str(caught.value)
    assert target.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["paper.pdf"]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder"):
        save(tmp_path, b"x")


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(OutputError, match="is no folder"):
        save(tmp_path / "file" / "paper.pdf", b"x")


def test_a_name_can_be_too_long(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="too long"):
        save(tmp_path / ("x" * 300), b"x")


NASTY = {
    "quote Q-2026-0001.pdf": "quote Q-2026-0001.pdf",
    "": "document",
    ".": "document",
    "..": "document",
    "../../etc/passwd": "-..-etc-passwd",
    "/etc/passwd": "-etc-passwd",
    "C:\\Windows\\system32": "C--Windows-system32",
    "a/b": "a-b",
    "a\\b": "a-b",
    "a:b": "a-b",
    'say "hi"?': "say -hi--",
    "<b>*|": "-b---",
    "CON": "_CON",
    "con.pdf": "_con.pdf",
    "NUL.tar.gz": "_NUL.tar.gz",
    "com1": "_com1",
    "LPT9.txt": "_LPT9.txt",
    "COM¹.pdf": "_COM¹.pdf",
    "aux .pdf": "_aux.pdf",
    "trailing. . ": "trailing",
    " leading": "leading",
    "nul\x00l": "nul-l",
    "new\nline\ttab": "new-line-tab",
    "evil\u202efdp.exe": "evilfdp.exe",
    "zero\u200bwidth": "zerowidth",
    "half \ud800 letter.pdf": "half letter.pdf",
    "Müller & Söhne.pdf": "Müller & Söhne.pdf",
    "上海贸易.pdf": "上海贸易.pdf",
}


@pytest.mark.parametrize(("text", "name"), NASTY.items())
def test_safe_names(text: str, name: str) -> None:
    assert safe_name(text) == name


@pytest.mark.parametrize("text", [*NASTY, "x" * 500 + ".pdf", "界" * 300 + ".pdf", "." * 300, "a." + "b" * 400])
def test_a_safe_name_stays_inside_its_folder_and_can_be_written(tmp_path: Path, text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name) <= MAX_NAME + 1
    save(tmp_path / name, b"x")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_cut_name_keeps_its_ending() -> None:
    assert safe_name("x" * 500 + ".pdf").endswith("x.pdf")

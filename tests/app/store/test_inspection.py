"""Why a file cannot be opened: one message for each cause, and nothing is written."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.errors import StoreError
from app.store import inspection
from app.store.store import Store
from app.store.version import SCHEMA


def refusal(path: Path, *, create: bool = False) -> str:
    """The message with which a path is refused."""
    before = _listing(path)
    with pytest.raises(StoreError) as caught:
        Store.open(path, create=create)
    assert _listing(path) == before, "something was written"
    return str(caught.value)


def _listing(path: Path) -> dict[str, bytes]:
    if not path.parent.is_dir():
        return {}
    return {file.name: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}


def test_a_missing_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.handsel") == f"There is no file {tmp_path / 'none.handsel'}."


@pytest.mark.parametrize("create", [True, False])
def test_a_missing_folder(tmp_path: Path, create: bool) -> None:
    message = refusal(tmp_path / "nowhere" / "books.handsel", create=create)
    assert message == f"The folder {tmp_path / 'nowhere'} does not exist."


def test_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path, create=True) == f"{tmp_path} is a folder; expected the name of a file in it."


@pytest.mark.parametrize("create", [True, False])
def test_an_empty_file(tmp_path: Path, create: bool) -> None:
    path = tmp_path / "books.handsel"
    path.touch()
    assert refusal(path, create=create) == (
        "books.handsel is empty (0 bytes): it is damaged. Restore the newest backup."
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04rest of a workbook", "a ZIP archive or an Office document (such as Excel)"),
        (b"%PDF-1.7 rest of a paper", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b'{"format": "handsel-deal/1"}', "a JSON file"),
        (b"\xd0\xcf\x11\xe0 old", "an old Office document (such as Excel 97)"),
        (b"name;city\n", "a file of another kind"),
    ],
)
@pytest.mark.parametrize("create", [True, False])
def test_other_kinds_of_files_are_named(tmp_path: Path, content: bytes, kind: str, create: bool) -> None:
    path = tmp_path / "books.handsel"
    path.write_bytes(content)
    assert refusal(path, create=create) == f"books.handsel is {kind}, not a Handsel file."


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE account (id INTEGER)")
    other.close()
    assert refusal(path) == "other.db is a database of another program, not a Handsel file."


def test_a_file_of_a_newer_handsel(path: Path) -> None:
    stamped = bytearray(path.read_bytes())
    stamped[60:64] = (SCHEMA + 1).to_bytes(4, "big")
    path.write_bytes(stamped)
    assert refusal(path) == (
        "books.handsel was made by a newer Handsel. Update this one to open it; nothing was changed."
    )


def test_a_beginning_cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60])
    assert refusal(path) == "books.handsel is cut short: it is damaged. Restore the newest backup."


def test_a_destroyed_header(path: Path) -> None:
    path.write_bytes(b"\x00" * 4096 + path.read_bytes()[4096:])
    assert refusal(path) == "books.handsel is a file of another kind, not a Handsel file."


def test_a_file_cut_in_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(StoreError, match=r"books\.handsel is damaged\. Stop working in it, keep it, and restore"):
        _open_and_look(path)


def test_a_broken_schema_text(path: Path) -> None:
    content = path.read_bytes()
    at = content.index(b"CREATE TABLE history")
    path.write_bytes(content[:at] + b"CREATE \xff\xfe\x00\x00\x01 history" + content[at + 20 :])
    with pytest.raises(StoreError, match=r"books\.handsel is damaged"):
        _open_and_look(path)


def _open_and_look(path: Path) -> None:
    with Store.open(path) as store:
        assert store.damage() == ""


def as_nobody(check: Callable[[], None]) -> None:
    """Run a check without root's rights, in a child: root may read and write everything."""
    if os.geteuid():
        return check()
    child = os.fork()
    if child == 0:
        os.setgid(65534)
        os.setuid(65534)
        try:
            check()
        except BaseException:  # the parent reports
            os._exit(1)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    return None


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has no such permissions")
def test_missing_permissions(template: Path, tmp_path: Path) -> None:
    for folder in (tmp_path, *list(tmp_path.parents)[:3]):
        folder.chmod(0o755)
    names = {"secret": 0o600, "fixed": 0o444}
    for name, mode in names.items():
        shutil.copyfile(template, tmp_path / name).chmod(mode)
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    for name, mode in names.items():
        shutil.copyfile(template, tmp_path / "open" / name).chmod(mode)

    def check() -> None:
        with pytest.raises(StoreError, match=r"^The folder .* cannot be written; choose a folder of your own\.$"):
            inspection.check_folder(tmp_path / "secret")
        inspection.check_folder(tmp_path / "open" / "secret")
        with pytest.raises(StoreError, match=r"^fixed cannot be written: it is read-only\."):
            inspection.check_file(tmp_path / "open" / "fixed")

    def check_reading() -> None:
        with pytest.raises(StoreError, match=r"^secret cannot be read: permission is missing\.$"):
            inspection.check_file(tmp_path / "open" / "secret")

    tmp_path.chmod(0o555)
    as_nobody(check)
    if not os.geteuid():
        as_nobody(check_reading)
    tmp_path.chmod(0o755)


def test_changed_protection(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("DROP TRIGGER history_update_hsl001")
    other.execute("CREATE TRIGGER gate AFTER INSERT ON history BEGIN DELETE FROM setting; END")
    other.close()
    with pytest.raises(StoreError) as caught:
        Store.open(path)
    assert "The protection of issued documents in books.handsel was changed (gate, history_update_hsl001)" in str(
        caught.value
    )

"""run.py's decisions, on made-up folders: no network, nothing is installed."""

from __future__ import annotations

import ast
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import run


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project folder that run.py takes for its own."""
    names = {
        "ROOT": tmp_path,
        "VENV": tmp_path / ".venv",
        "LOCK": tmp_path / ".venv.lock",
        "STAMP": tmp_path / ".venv" / "handsel-stamp",
        "LIBRARIES_STAMP": tmp_path / ".venv" / "handsel-libraries",
        "REQUIREMENTS": tmp_path / "requirements.txt",
    }
    for name, value in names.items():
        monkeypatch.setattr(run, name, value)
    run.REQUIREMENTS.write_text("six==1.17.0 --hash=sha256:00\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def installed(house: Path) -> Path:
    """The same with a .venv whose installation has ended well."""
    pretend_venv(house)
    run.write_stamp()
    return house


def pretend_venv(house: Path) -> None:
    run.venv_python().parent.mkdir(parents=True)
    run.venv_python().symlink_to(sys.executable)
    (run.VENV / "pyvenv.cfg").write_text(f"home = {house}\nversion = 3.11.7\n", encoding="utf-8")
    (run.venv_packages() / "six").mkdir(parents=True)


# ---------------------------------------------------------------- .venv: ready or not


def test_a_finished_installation_is_trusted_and_left_alone(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "build", lambda lock: pytest.fail("built again"))
    assert run.ready()
    run.prepare()
    assert not run.LOCK.exists()


def rewrite(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def point_nowhere(link: Path) -> None:
    link.unlink()
    link.symlink_to("/nowhere/python3")


DAMAGES: dict[str, Callable[[], object]] = {
    "no stamp": lambda: run.STAMP.rename(run.ROOT / "stamp"),
    "empty stamp": lambda: run.STAMP.write_text("", encoding="utf-8"),
    "unreadable stamp": lambda: run.STAMP.write_bytes(b"\xff\xfe\x00"),
    "made with another Python": lambda: rewrite(run.STAMP, "cpython", "other"),
    "no python": lambda: run.venv_python().rename(run.ROOT / "python"),
    "python is a dead link": lambda: point_nowhere(run.venv_python()),
    "no pyvenv.cfg": lambda: rewrite(run.VENV / "pyvenv.cfg", "home", ""),
    "the base Python is gone": lambda: rewrite(run.VENV / "pyvenv.cfg", "home = ", "home = /nowhere"),
    "a package is gone": lambda: (run.venv_packages() / "six").rename(run.ROOT / "six"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_installation_is_seen(installed: Path, damage: str) -> None:
    DAMAGES[damage]()
    assert not run.intact()
    assert not run.ready()


def test_packages_added_by_hand_do_no_harm(installed: Path) -> None:
    (run.venv_packages() / "ipython").mkdir()
    assert run.ready()


def test_changed_pins_make_it_unready_but_not_damaged(installed: Path) -> None:
    run.REQUIREMENTS.write_text("six==1.18.0 --hash=sha256:00\n", encoding="utf-8")
    assert run.intact()
    assert not run.ready()


class Builder:
    """Stands for the two slow steps of build(), and notes what was asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, pip_works: bool = True) -> None:
        self.steps: list[str] = []
        code = 0 if pip_works else 1
        monkeypatch.setattr(run, "run_quietly", lambda *words: subprocess.CompletedProcess(words, code, stdout=""))
        monkeypatch.setattr(run, "make_venv", self.make_venv)
        monkeypatch.setattr(run, "install", self.install)
        monkeypatch.setattr(run, "cut_fonts", lambda: self.steps.append("fonts"))

    def make_venv(self) -> None:
        self.steps.append("venv")
        run.remove_venv()
        pretend_venv(run.ROOT)

    def install(self, lock: int) -> None:
        assert not run.STAMP.exists(), "trusted while being installed"
        self.steps.append("install")


def test_the_first_start_builds_all(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = Builder(monkeypatch)
    run.prepare()
    assert builder.steps == ["venv", "install", "fonts"]
    assert run.ready()


def test_fonts_are_cut_where_the_program_lies_and_a_failure_is_no_harm(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[list[str], str]] = []

    def note(words: list[str], *, cwd: str, **_kept: object) -> None:
        asked.append((words, cwd))
        raise OSError("no such program")

    monkeypatch.setattr(subprocess, "run", note)
    run.cut_fonts()
    assert asked == [([str(run.venv_python()), "-m", "app.outputs.pdf.font_cutter"], str(installed))]


def test_changed_pins_are_installed_into_the_same_folder(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run.REQUIREMENTS.write_text("six==1.18.0 --hash=sha256:00\n", encoding="utf-8")
    builder = Builder(monkeypatch)
    run.prepare()
    assert builder.steps == ["install", "fonts"]
    assert run.ready()


def test_changed_pins_and_a_broken_pip_build_all_anew(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run.REQUIREMENTS.write_text("six==1.18.0 --hash=sha256:00\n", encoding="utf-8")
    builder = Builder(monkeypatch, pip_works=False)
    run.prepare()
    assert builder.steps == ["venv", "install", "fonts"]


def test_an_installation_that_fails_is_not_trusted(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run.REQUIREMENTS.write_text("six==1.18.0 --hash=sha256:00\n", encoding="utf-8")
    builder = Builder(monkeypatch)
    monkeypatch.setattr(run, "install", lambda lock: (_ for _ in ()).throw(run.give_up("no network")))
    with pytest.raises(SystemExit, match="no network"):
        run.prepare()
    assert builder.steps == []
    assert not run.intact()


@pytest.mark.parametrize("kind", ["file", "link", "folder"])
def test_whatever_lies_at_venv_is_cleared(house: Path, kind: str) -> None:
    elsewhere = house / "elsewhere"
    elsewhere.mkdir()
    if kind == "file":
        run.VENV.write_text("", encoding="utf-8")
    elif kind == "link":
        run.VENV.symlink_to(elsewhere)
    else:
        (run.VENV / "bin").mkdir(parents=True)
    run.remove_venv()
    assert not run.VENV.exists()
    assert elsewhere.is_dir()


def test_a_folder_without_write_permission_is_explained(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(SystemExit, match="cannot be written to; copy the folder"):
        run.prepare()


def test_an_error_of_the_disk_is_explained(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Builder(monkeypatch)
    monkeypatch.setattr(run, "write_stamp", lambda: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(SystemExit, match=r"could not be made .*No space left.*try again"):
        run.prepare()


def test_only_one_holds_the_lock(house: Path) -> None:
    with run.only_one(), run.LOCK.open("a", encoding="utf-8") as second:
        assert not run.take_lock(second.fileno())
    with run.LOCK.open("a", encoding="utf-8") as third:
        assert run.take_lock(third.fileno())


def test_who_waited_for_the_lock_does_not_build_again(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = Builder(monkeypatch)
    answers = iter([False, True])  # unready before the lock, ready once it is held
    monkeypatch.setattr(run, "ready", lambda: next(answers))
    run.prepare()
    assert builder.steps == []


# ---------------------------------------------------------------- what is missing, in a sentence


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("WARNING: Retrying (Retry(total=1)) after connection broken\nERROR: No matching distribution", "go online"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one Handsel was tested"),
        ("Retrying (SSLError([SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed))", "PIP_CERT"),
        ("ERROR: No matching distribution found for pyside6-essentials==6.11.3", "no Qt for this system"),
        ("ERROR: Could not install: [Errno 13] Permission denied: 'x'", "belongs to someone else"),
        ("Collecting six\nERROR: a new kind of trouble\n", "ERROR: a new kind of trouble"),
        ("", "no reason was given"),
    ],
)
def test_why_pip_failed(output: str, sentence: str) -> None:
    assert sentence in run.why_pip_failed(output)
    assert "\n" not in run.why_pip_failed(output)


def test_pip_keeps_the_proxy_but_not_another_target(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_PROXY", "proxy:3128")
    monkeypatch.setenv("PIP_TARGET", "elsewhere")
    environment = run.pip_environment()
    assert environment["PIP_PROXY"] == "proxy:3128"
    assert "PIP_TARGET" not in environment


def without_apt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.shutil, "which", lambda name: None)


def with_apt_but_no_right_to_use_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.shutil, "which", lambda name: name if name == "apt-get" else None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


@pytest.mark.skipif(run.WINDOWS, reason="apt-get is of Debian")
def test_a_missing_venv_module_is_named_for_debian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "has_venv_module", lambda: False)
    with_apt_but_no_right_to_use_it(monkeypatch)
    with pytest.raises(SystemExit, match=rf"sudo apt-get install --no-install-recommends {run.PYTHON}-venv$"):
        run.need_venv_module()


def test_a_missing_venv_module_is_named_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "has_venv_module", lambda: False)
    without_apt(monkeypatch)
    with pytest.raises(SystemExit, match="came without venv"):
        run.need_venv_module()


@pytest.mark.parametrize(
    ("soname", "package"),
    [
        ("libEGL.so.1", "libegl1"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libxcb-icccm.so.4", "libxcb-icccm4"),
        ("libwayland-cursor.so.0", "libwayland-cursor0"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
    ],
)
def test_the_package_of_a_library(soname: str, package: str) -> None:
    assert run.package_of(soname) == package


@pytest.fixture
def apt_calls(installed: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[list[str]]]:
    """Linux with libEGL missing and an apt-get that may not be used; every attempt to use it is noted."""
    calls: list[list[str]] = []
    monkeypatch.setattr(run, "LINUX", True)
    monkeypatch.setattr(run, "missing_libraries", lambda sonames, plugin: ["libEGL.so.1", "libdbus-1.so.3"])
    monkeypatch.setattr(run, "apt_install", lambda packages: bool(calls.append(packages)))
    yield calls


def test_missing_libraries_are_named_in_one_line(
    apt_calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with_apt_but_no_right_to_use_it(monkeypatch)
    assert not run.need_libraries(run.OFFSCREEN, "libqoffscreen.so")
    assert capsys.readouterr().out.endswith("apt-get install --no-install-recommends libegl1 libdbus-1-3\n")
    assert apt_calls == [["libegl1", "libdbus-1-3"]]
    assert not run.LIBRARIES_STAMP.exists()


def test_missing_libraries_are_named_without_apt(
    apt_calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    without_apt(monkeypatch)
    assert not run.need_libraries(run.OFFSCREEN, "libqoffscreen.so")
    assert "libEGL.so.1 libdbus-1.so.3" in capsys.readouterr().out


def test_installed_libraries_are_looked_for_again_and_then_remembered(
    apt_calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    findings = iter([["libEGL.so.1"], ["libX11.so.6"], []])
    monkeypatch.setattr(run, "missing_libraries", lambda sonames, plugin: next(findings))
    monkeypatch.setattr(run, "apt_install", lambda packages: apt_calls.append(packages) is None)
    assert run.need_libraries(run.OFFSCREEN, "libqoffscreen.so", ["a-font"])
    assert apt_calls == [["libegl1", "a-font"], ["libx11-6"]]
    assert run.need_libraries(run.OFFSCREEN, "libqoffscreen.so", ["a-font"])  # findings would be used up
    assert run.need_libraries(run.OFFSCREEN, "libqoffscreen.so")


def test_a_library_that_cannot_be_had_ends_the_search(
    apt_calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "apt_install", lambda packages: apt_calls.append(packages) is None)
    assert not run.need_libraries(run.OFFSCREEN, "libqoffscreen.so")
    assert len(apt_calls) == 1


@pytest.mark.skipif(not run.LINUX, reason="the names are those of Linux")
def test_a_library_that_is_not_there_is_found_missing(installed: Path) -> None:
    assert "libno-such-thing.so.7" in run.missing_libraries(["libno-such-thing.so.7", "libc.so.6"], "libqoffscreen.so")
    assert "libc.so.6" not in run.missing_libraries(["libc.so.6"], "libqoffscreen.so")


# ---------------------------------------------------------------- the window, or a tour of it


@pytest.fixture
def linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "WINDOWS", False)
    monkeypatch.setattr(run, "MACOS", False)


def test_no_display_is_seen(linux: None) -> None:
    assert not run.has_display({})
    assert not run.has_display({"DISPLAY": ":54321"}), "named, but nobody answers"
    assert not run.has_display({"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": "/nowhere"})
    assert run.has_display({"DISPLAY": "laptop:10.0"}), "a screen far away is left for Qt to find"
    assert run.has_display({"QT_QPA_PLATFORM": "offscreen"})


@pytest.mark.skipif(run.WINDOWS, reason="no such sockets")
def test_a_wayland_screen_that_answers_is_a_display(linux: None) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        socket.socket(socket.AF_UNIX) as screen,
    ):  # a short path, as sockets need
        screen.bind(f"{folder}/wayland-0")
        screen.listen()
        assert run.has_display({"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": folder})


def test_windows_and_macos_always_have_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "WINDOWS", True)
    assert run.has_display({})


def test_each_kind_of_screen_needs_its_own_libraries() -> None:
    assert run.screen_libraries({"DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}) == (run.OFFSCREEN + run.X11, "libqxcb.so")
    assert run.screen_libraries({"WAYLAND_DISPLAY": "w"}) == (run.OFFSCREEN + run.WAYLAND, "libqwayland.so")
    assert run.screen_libraries({"QT_QPA_PLATFORM": "offscreen"}) == (run.OFFSCREEN, "libqoffscreen.so")


def test_without_a_window_or_a_display_there_is_a_reason(house: Path, linux: None) -> None:
    anywhere = {"QT_QPA_PLATFORM": "offscreen"}
    assert run.why_no_window({}) == "There is no display here"
    assert run.why_no_window(anywhere) == ""


@pytest.fixture
def handed_over(house: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would have been started; nothing is."""
    started: list[list[str]] = []
    monkeypatch.setattr(run, "prepare", lambda: None)
    monkeypatch.setattr(run, "need_libraries", lambda *needs: True)
    monkeypatch.setattr(run, "hand_over", lambda *words: started.append([str(word) for word in words]) or 0)
    return started


def test_without_a_display_a_deal_is_led_through_the_windows(
    handed_over: list[list[str]], house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "why_no_window", lambda environment: "There is no display here")
    assert run.main([]) == 0
    folder = house / "build" / "sample"
    assert handed_over == [[str(house / "main.py"), "tour", "--to", str(folder)]]
    assert capsys.readouterr().out == (
        f"There is no display here, so a deal is led through the windows; pictures and papers are written to {folder}\n"
    )


def test_where_nothing_can_be_drawn_the_sample_deal_is_played(
    handed_over: list[list[str]], house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "why_no_window", lambda environment: "There is no display here")
    monkeypatch.setattr(run, "need_libraries", lambda *needs: False)
    assert run.main([]) == 0
    folder = house / "build" / "sample"
    assert handed_over == [[str(house / "main.py"), "sample", "--to", str(folder)]]
    assert capsys.readouterr().out == (
        f"There is no display here, so a sample deal is played; its documents are written to {folder}\n"
    )


def test_with_a_display_the_window_opens(
    handed_over: list[list[str]], house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "why_no_window", lambda environment: "")
    assert run.main([]) == 0
    assert handed_over == [[str(house / "main.py")]]


def test_the_window_does_not_open_without_its_libraries(
    handed_over: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "why_no_window", lambda environment: "")
    monkeypatch.setattr(run, "need_libraries", lambda *needs: False)
    assert run.main([]) == 1
    assert handed_over == []


def test_the_verbs(
    handed_over: list[list[str]], house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(house)
    monkeypatch.setenv("HANDSEL_FAULTS", "")
    for line in ("test -k money", "bench --quick", "faults -x", "deal run a.json", "setup"):
        assert run.main(line.split()) == 0
    main = str(house / "main.py")
    assert handed_over == [
        ["-m", "tests.checks", "-k", "money"],
        ["-m", "tests.bench", "--quick"],
        ["-m", "pytest", "tests/faults", "-x"],
        [main, "deal", "run", "a.json"],
    ]
    assert os.environ["HANDSEL_FAULTS"] == "all"
    assert "ready" in capsys.readouterr().out


@pytest.mark.skipif(run.WINDOWS, reason="a new process is made there")
def test_a_python_that_does_not_start_is_not_trusted_again(installed: Path) -> None:
    run.venv_python().unlink()
    run.venv_python().write_text("not a program", encoding="utf-8")
    with pytest.raises(SystemExit, match="does not start"):
        run.hand_over("-c", "pass")
    assert not run.ready()


# ---------------------------------------------------------------- the file itself


def test_an_older_python_can_read_it() -> None:
    text = Path(run.__file__).read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 6))


def test_it_needs_the_standard_library_only() -> None:
    tree = ast.parse(Path(run.__file__).read_text(encoding="utf-8"))
    imported = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    imported += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


def test_help_is_printed_at_once_and_prepares_nothing() -> None:
    done = subprocess.run(
        [sys.executable, run.__file__, "--help"], capture_output=True, text=True, timeout=20, check=False
    )
    assert done.returncode == 0
    assert "python3 run.py test" in done.stdout
    assert done.stderr == ""

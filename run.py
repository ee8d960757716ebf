#!/usr/bin/env python3
"""Start Handsel, or check it.

    python3 run.py                  starts Handsel; where no window can open, takes a tour of it and saves pictures
    python3 run.py test [ARGS]      runs every check; ARGS go to pytest
    python3 run.py bench [ARGS]     measures, and prints a table
    python3 run.py faults [ARGS]    kills Handsel at random and looks at what is left; takes long
    python3 run.py setup            only prepares, so that the next start works offline
    python3 run.py WORDS            any other words go to main.py: python3 run.py deal run FILE

Each needs nothing but Python 3.11 to 3.14 and prepares the rest once: the packages of requirements.txt in the folder
.venv beside this file, and on Debian and Ubuntu the system libraries that Qt needs.
"""
# The standard library only, and no syntax newer than Python 3.6: an older Python must be able to read this file and say
# why it will not do. Read main(), at the bottom, first; every step above it is one small function.

import contextlib
import hashlib
import importlib.util
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

if not (3, 11) <= sys.version_info[:2] <= (3, 14):
    others = [name for name in ("python3.14", "python3.13", "python3.12", "python3.11") if shutil.which(name)]
    hint = f"start it with: {others[0]} run.py" if others else "install one of them and start run.py with it"
    sys.exit(f"Handsel runs on Python 3.11 to 3.14 and this is Python {platform.python_version()}; {hint}")

WINDOWS = sys.platform == "win32"
MACOS = sys.platform == "darwin"
LINUX = sys.platform == "linux"
PYTHON = f"python3.{sys.version_info[1]}"

ROOT = Path(__file__).resolve().parent
REQUIREMENTS = ROOT / "requirements.txt"
LOCK = ROOT / ".venv.lock"
VENV = ROOT / ".venv"
STAMP = VENV / "handsel-stamp"  # written last of all: without it .venv is not trusted
LIBRARIES_STAMP = VENV / "handsel-libraries"  # what was found to load, so that it is not tried again

CAPTURED = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "errors": "replace"}


def say(sentence: str) -> None:
    print(sentence, flush=True)


def give_up(sentence: str) -> SystemExit:
    """What to raise when nothing more can be done: the sentence goes to the error output, the exit code is 1."""
    return SystemExit("Handsel: " + sentence)


def run_quietly(*words: object) -> subprocess.CompletedProcess:
    """Run a program and keep what it writes, both outputs in one."""
    return subprocess.run([str(word) for word in words], check=False, **CAPTURED)


def last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason was given"])[-1]


def read_lines(path: Path) -> list[str]:
    """The lines of a file; none if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []


# ---------------------------------------------------------------- .venv: is it ready?


def venv_python() -> Path:
    return VENV / "Scripts" / "python.exe" if WINDOWS else VENV / "bin" / "python"


def venv_packages() -> Path:
    return VENV / "Lib" / "site-packages" if WINDOWS else VENV / "lib" / PYTHON / "site-packages"


def interpreter() -> str:
    return f"{sys.implementation.cache_tag} {sys.platform} {platform.machine()}"


def requirements_digest() -> str:
    return hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()


def installed_names() -> set[str]:
    """Everything that lies in site-packages, but for a cache that comes and goes."""
    try:
        return {path.name for path in venv_packages().iterdir()} - {"__pycache__"}
    except OSError:
        return set()


def write_stamp() -> None:
    lines = [interpreter(), requirements_digest(), *sorted(installed_names())]
    unfinished = STAMP.with_suffix(".new")
    unfinished.write_text("\n".join(lines), encoding="utf-8")
    unfinished.replace(STAMP)


def intact() -> bool:
    """True if an installation once ended well in .venv, with this Python, and nothing of it has gone since."""
    stamp = read_lines(STAMP)
    settings = [line.partition(" = ") for line in read_lines(VENV / "pyvenv.cfg")]
    return (
        len(stamp) > 2
        and stamp[0] == interpreter()
        and set(stamp[2:]) <= installed_names()
        and venv_python().exists()  # follows the link: False when the Python behind it was removed ...
        and any(Path(value).is_dir() for name, _, value in settings if name == "home")  # ... this, where it is a copy
    )


def ready() -> bool:
    return intact() and read_lines(STAMP)[1] == requirements_digest()


# ---------------------------------------------------------------- .venv: make it ready


def prepare() -> None:
    """Make .venv what this code needs. Takes a few milliseconds when it is that already."""
    if ready():
        return
    if not os.access(ROOT, os.W_OK):
        raise give_up(f"{ROOT} cannot be written to; copy the folder to a place of your own and start run.py there.")
    try:
        with only_one() as lock:
            if not ready():  # another run.py may have done it while this one waited
                build(lock)
    except OSError as problem:
        raise give_up(f".venv could not be made ({problem}); close Handsel, delete {VENV} and try again.") from None


@contextlib.contextmanager
def only_one() -> Iterator[int]:
    """Hold the lock while .venv is made, so that two run.py never work on it together; yields the lock's descriptor."""
    with LOCK.open("a", encoding="utf-8") as file:
        if not take_lock(file.fileno()):
            say("Another run.py is preparing .venv; waiting for it.")
            while not take_lock(file.fileno()):
                time.sleep(0.2)
        yield file.fileno()


def take_lock(descriptor: int) -> bool:
    """Try to lock an open file; the system frees it when its last holder ends, however it ends."""
    try:
        if WINDOWS:
            import msvcrt  # exists only there

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # does not exist on Windows

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def build(lock: int) -> None:
    """Install what is pinned: into a healthy .venv if only the pins changed, into a new one otherwise."""
    healthy = intact() and run_quietly(venv_python(), "-I", "-m", "pip", "--version").returncode == 0
    STAMP.unlink(missing_ok=True)  # from here until the end .venv is not trusted
    if healthy:
        say("Handsel needs other packages than before; fetching them.")
    else:
        say("Preparing Handsel: once, about 150 MB to fetch, a minute or two.")
        make_venv()
    install(lock)
    write_stamp()
    cut_fonts()


def cut_fonts() -> None:
    """Make the fonts of papers now, in half a minute, so that the first paper need not wait; no harm if that fails."""
    say("Preparing the fonts of papers.")
    there = [str(venv_python()), "-m", "app.outputs.pdf.font_cutter"]
    with contextlib.suppress(OSError):
        subprocess.run(there, cwd=str(ROOT), check=False, **CAPTURED)


def make_venv() -> None:
    need_venv_module()
    remove_venv()
    base_python = getattr(sys, "_base_executable", sys.executable)  # this one may have lain in the .venv just removed
    made = run_quietly(base_python, "-I", "-m", "venv", VENV)
    if made.returncode:
        raise give_up(f"Python could not make {VENV}: {last_line(made.stdout)}")


def remove_venv() -> None:
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)


def need_venv_module() -> None:
    """Debian and Ubuntu keep half of venv in a package of its own."""
    package = PYTHON + "-venv"
    if has_venv_module() or (apt_install([package]) and has_venv_module()):
        return
    if shutil.which("apt-get"):
        raise give_up(f"Python's venv module is missing; install it with: {apt_line([package])}")
    raise give_up("this Python came without venv and ensurepip; install your system's full Python package.")


def has_venv_module() -> bool:
    importlib.invalidate_caches()
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def install(lock: int) -> None:
    """Install exactly what requirements.txt pins, each file checked against its hash, nothing compiled."""
    options = ["--require-hashes", "--only-binary", ":all:", "--no-input", "--retries", "2", "--progress-bar", "off"]
    command = [str(venv_python()), "-I", "-m", "pip", "install", *options, "-r", str(REQUIREMENTS)]
    # The installer inherits the lock: if run.py is killed, nobody touches .venv before the installer has ended too.
    shared = {} if WINDOWS else {"pass_fds": [lock]}
    output = []
    with subprocess.Popen(command, env=pip_environment(), **CAPTURED, **shared) as pip:
        for line in pip.stdout:
            output.append(line)
            if line.startswith(("Collecting ", "Installing ")):
                show_progress("  " + line.split("==")[0].split(" packages")[0].strip() + " ...")
    show_progress("")
    if pip.returncode:
        raise give_up(why_pip_failed("".join(output)))


def pip_environment() -> dict[str, str]:
    """The person's settings for pip (proxy, certificates, mirror) stay, but not those that install elsewhere."""
    elsewhere = {"PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_NO_DEPS", "PIP_QUIET"}
    kept = {name: value for name, value in os.environ.items() if name not in elsewhere}
    return {**kept, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def show_progress(step: str) -> None:
    """Keep one line of a terminal up to date; an empty step clears it."""
    if sys.stdout.isatty():
        print(f"\r{step:<60.60}\r", end="", flush=True)


PIP_FAILURES = {
    "No space left": "the disk is full; free about 1 GB and try again.",
    "DO NOT MATCH THE HASHES": "a package that arrived is not the one Handsel was tested with; try again.",
    "(?i)certificate.verify.failed": "the package server's certificate is not trusted; set PIP_CERT to your network's.",
    r"Retrying \(|Connection|ReadTimeout|ProxyError": "the packages could not be fetched; go online and try again.",
    "(?i)No matching distribution found for (pyside6|shiboken6)": "there is no Qt for this system; it needs Linux with "
    "glibc 2.34 or newer (Debian 12, Ubuntu 22.04), macOS 13 or Windows 10.",
    "Permission denied": f"something in {VENV} belongs to someone else; delete that folder and try again.",
}


def why_pip_failed(output: str) -> str:
    """One sentence for a person, from what pip wrote; pip's own last error if it is none of the usual reasons."""
    for pattern, sentence in PIP_FAILURES.items():
        if re.search(pattern, output):
            return sentence
    errors = [line for line in output.splitlines() if line.startswith("ERROR")]
    return f"the packages could not be installed: {last_line(errors[-1] if errors else output)}"


# ---------------------------------------------------------------- system libraries and fonts, on Linux

GLIB = "libglib-2.0.so.0"
OFFSCREEN = [GLIB, "libEGL.so.1", "libGL.so.1", "libdbus-1.so.3", "libfontconfig.so.1", "libxkbcommon.so.0"]
XCB = ["libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-keysyms.so.1", "libxcb-shape.so.0", "libxcb-xkb.so.1"]
X11 = [*XCB, "libxkbcommon-x11.so.0"]
WAYLAND = ["libwayland-client.so.0", "libwayland-cursor.so.0"]
FONTS = {  # what the fonts of the requirements lack: Chinese, Japanese, Korean; symbols and emoji
    "fonts-wqy-microhei": Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
    "fonts-symbola": Path("/usr/share/fonts/truetype/ancient-scripts/Symbola_hint.ttf"),
}

# Runs in a process of its own, because a library once loaded stays. What Qt's own files ask for is found out by loading
# them; the names above are tried as well, since loading a file tells only the first library it misses.
PROBE = """
import ctypes, sys
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError as problem:
        print(problem)
"""


def need_libraries(sonames: list[str], plugin: str, fonts: Sequence[str] = ()) -> bool:
    """Have the libraries installed that Qt misses, or name them in one line; True if all are there.

    Once they are, that is remembered and not looked at again. Fonts are tried for only once.
    """
    wanted = {*sonames, plugin, *fonts}
    if not LINUX or wanted <= set(read_lines(LIBRARIES_STAMP)):
        return True
    missing = missing_libraries(sonames, plugin)
    packages = [*map(package_of, missing), *fonts]
    while packages and apt_install(packages):
        known, missing = missing, missing_libraries(sonames, plugin)
        packages = [package_of(name) for name in missing if name not in known]
    if missing:
        say(libraries_sentence(missing))
    elif os.access(VENV, os.W_OK):
        LIBRARIES_STAMP.write_text("\n".join(sorted(wanted.union(read_lines(LIBRARIES_STAMP)))), encoding="utf-8")
    return not missing


def missing_libraries(sonames: list[str], plugin: str) -> list[str]:
    """The libraries that do not load, among those named and those that Qt's widgets and its screen plugin ask for."""
    qt = venv_packages() / "PySide6"
    files = [qt / "QtWidgets.abi3.so", qt / "Qt" / "plugins" / "platforms" / plugin]
    answer = run_quietly(venv_python(), "-I", "-c", PROBE, *sonames, *files).stdout
    found = re.findall(r"^(lib[^/:\s]+): cannot open shared object", answer, re.MULTILINE)
    return list(dict.fromkeys(found))


def package_of(soname: str) -> str:
    """Debian's rule for naming a library's package: libEGL.so.1 is in libegl1, libdbus-1.so.3 in libdbus-1-3.

    Where Debian 13 and Ubuntu 24.04 say libglib2.0-0t64, apt-get still knows the older name.
    """
    if soname == GLIB:
        return "libglib2.0-0"
    stem, _, version = soname.lower().partition(".so.")
    return stem + ("-" if stem[-1].isdigit() else "") + version


def libraries_sentence(missing: list[str]) -> str:
    if shutil.which("apt-get"):
        return f"Qt misses system libraries; install them with: {apt_line([package_of(name) for name in missing])}"
    return f"Qt misses system libraries; install what brings these, with your package manager: {' '.join(missing)}"


def apt_line(packages: list[str]) -> str:
    return "sudo apt-get install --no-install-recommends " + " ".join(packages)


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages if this person may: as root, or with sudo's password at a terminal. True if it worked."""
    if not shutil.which("apt-get"):
        return False
    root = os.geteuid() == 0
    if not root and not (shutil.which("sudo") and sys.stdin.isatty()):
        return False
    say(f"Installing {' '.join(packages)} with apt-get{'' if root else '; sudo may ask for your password'}.")
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=60"]
    apt = apt if root else ["sudo", *apt]
    run_quietly(*apt, "update")
    return run_quietly(*apt, "install", "-y", "--no-install-recommends", *packages).returncode == 0


def fonts_to_install() -> list[str]:
    """Fonts for names in scripts that few papers need, so nobody is asked for a password over them."""
    may = LINUX and os.geteuid() == 0
    return [package for package, file in FONTS.items() if may and not file.exists()]


# ---------------------------------------------------------------- the window, or a tour of it


def has_display(environment: Mapping[str, str]) -> bool:
    """True if a window can be shown: always on Windows and macOS, elsewhere if the screen that is named answers.

    Qt ends the whole process when it does not, so it must be known before.
    """
    if WINDOWS or MACOS or environment.get("QT_QPA_PLATFORM"):
        return True
    return wayland_answers(environment) or x11_answers(environment.get("DISPLAY", ""))


def wayland_answers(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY")
    return bool(name) and answers(str(Path(environment.get("XDG_RUNTIME_DIR", ""), name)))


def x11_answers(display: str) -> bool:
    local = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", display)
    if not local:
        return bool(display)  # a screen on another machine: Qt will see
    address = f"/tmp/.X11-unix/X{local[1]}"  # noqa: S108 (where X11 has always put it)
    return answers(address) or answers("\0" + address)


def answers(address: str) -> bool:
    with socket.socket(socket.AF_UNIX) as caller:
        return caller.connect_ex(address) == 0


def screen_libraries(environment: Mapping[str, str]) -> tuple[list[str], str]:
    """What must load for a window on this kind of screen: the names of libraries, and Qt's plugin for it."""
    if environment.get("QT_QPA_PLATFORM"):
        return OFFSCREEN, "libqoffscreen.so"
    if environment.get("WAYLAND_DISPLAY") and not environment.get("DISPLAY"):
        return OFFSCREEN + WAYLAND, "libqwayland.so"
    return OFFSCREEN + X11, "libqxcb.so"


def why_no_window(environment: Mapping[str, str]) -> str:
    """The one place that decides between the window and the tour of it; empty if the window can open."""
    return "" if has_display(environment) else "There is no display here"


def sample_folder() -> Path:
    return ROOT / "build" / "sample" if os.access(ROOT, os.W_OK) else Path(tempfile.mkdtemp(prefix="handsel-sample-"))


# ---------------------------------------------------------------- what the words of the command line do


def hand_over(*arguments: object) -> int:
    """Go on as .venv's Python with these arguments. This process becomes it, where the system can do that."""
    command = [str(word) for word in (venv_python(), *arguments)]
    foreign = ("PYTHONHOME", "PYTHONPATH")  # would mix another Python's packages with ours
    environment = {name: value for name, value in os.environ.items() if name not in foreign}
    if WINDOWS:
        return subprocess.run(command, env=environment, check=False).returncode
    try:
        os.execve(command[0], command, environment)  # noqa: S606 (no shell is wanted)
    except OSError as problem:
        STAMP.unlink()
        raise give_up(f"the Python in .venv does not start ({problem}); try again and .venv is made anew.") from None


def show_without_window(reason: str) -> int:
    """Lead a deal through the windows and save pictures; where not even that can be drawn, play the sample deal."""
    folder = sample_folder()
    if need_libraries(OFFSCREEN, "libqoffscreen.so"):
        say(f"{reason}, so a deal is led through the windows; pictures and papers are written to {folder}")
        return hand_over(ROOT / "main.py", "tour", "--to", folder)
    say(f"{reason}, so a sample deal is played; its documents are written to {folder}")
    return hand_over(ROOT / "main.py", "sample", "--to", folder)


def start() -> int:
    reason = why_no_window(os.environ)
    if reason:
        return show_without_window(reason)
    if not need_libraries(*screen_libraries(os.environ), fonts_to_install()):
        return 1
    return hand_over(ROOT / "main.py")


def test(arguments: list[str]) -> int:
    need_libraries(OFFSCREEN, "libqoffscreen.so", fonts_to_install())
    return hand_over("-m", "tests.checks", *arguments)


def bench(arguments: list[str]) -> int:
    return hand_over("-m", "tests.bench", *arguments)


def faults(arguments: list[str]) -> int:
    os.environ["HANDSEL_FAULTS"] = "all"  # where `test` plays only a few of them
    return hand_over("-m", "pytest", "tests/faults", *arguments)


def main(arguments: list[str]) -> int:
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if verb in ("help", "-h", "--help"):
        say(__doc__.strip())
        return 0
    prepare()
    if verb == "setup":
        say("Handsel is ready: python3 run.py")
        return 0
    own = {"test": test, "bench": bench, "faults": faults}
    if verb in own:
        os.chdir(ROOT)
        return own[verb](rest)
    return hand_over(ROOT / "main.py", *arguments) if verb else start()


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")  # a console that lacks a letter shows a question mark
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        say("\nHandsel: stopped; nothing half made will be used.")
        sys.exit(130)

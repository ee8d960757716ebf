"""Every check of the project, one report: `python3 run.py test`, which prepares all that this needs and then calls it.

The tests are shared out, file by file, between two processes at least, since a machine has two cores; the linters run
beside them. Every part runs to its end, whatever the others say. The last line is pytest's own closing line; the exit
code is 0 only if all parts are green.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

CHECKS = [
    ("ruff check", ["-m", "ruff", "check", "--output-format=concise", "."]),
    ("ruff format", ["-m", "ruff", "format", "--check", "."]),
    ("mypy", ["-m", "mypy"]),
    ("lint-imports", ["-c", "from importlinter.cli import lint_imports_command as check; check()", "--no-logo"]),
]
WORKERS = max(2, min(os.cpu_count() or 2, 8))
PYTEST = ["-m", "pytest", "-n", str(WORKERS), "--dist=loadfile", "--cov=app", "--cov=ui", "--cov-report="]


def main(arguments: list[str]) -> int:
    """Run everything; the arguments go to pytest."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        linters = beside.submit(lambda: [run_check(name, words) for name, words in CHECKS])
        started = time.monotonic()
        code, closing_line = run_pytest(arguments)
        seconds = time.monotonic() - started
        green = all(linters.result())
    report("pytest", code == 0, seconds)
    say(f"{'coverage':<14}{measured_coverage()}")
    say(closing_line)
    return code or (0 if green else 1)


def run_check(name: str, words: list[str]) -> bool:
    started = time.monotonic()
    code, output = run_captured(words)
    report(name, code == 0, time.monotonic() - started, output)
    return code == 0


def run_captured(words: list[str]) -> tuple[int, str]:
    """Exit code and output of our own Python with these words."""
    command = [sys.executable, *words]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False
    )
    return done.returncode, done.stdout


def run_pytest(arguments: list[str]) -> tuple[int, str]:
    """Exit code and closing line of pytest; every other line is shown as it comes."""
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    # From Python 3.12 on, coverage can count lines at a fraction of the cost.
    environment = {**os.environ, **({"COVERAGE_CORE": "sysmon"} if sys.version_info >= (3, 12) else {})}
    held = ""
    with subprocess.Popen(
        [sys.executable, *PYTEST, *colour, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as pytest:
        assert pytest.stdout is not None
        for line in filter(str.strip, pytest.stdout):
            if held:
                say(held)
            held = line.rstrip()
    return pytest.returncode, held


def measured_coverage() -> str:
    code, output = run_captured(["-m", "coverage", "report", "--format=total"])
    return "not measured" if code else f"{output.strip()} %  (by file: .venv's python -m coverage report)"


def report(name: str, green: bool, seconds: float, output: str = "") -> None:
    """One line for a part, and below it what the part wrote if it is red."""
    say(f"{name:<14}{'ok' if green else 'FAILED':<8}{seconds:6.1f} s" + ("" if green else "\n" + output.rstrip()))


def say(text: str) -> None:
    sys.stdout.write(text + "\n")  # in one piece, since two threads speak
    sys.stdout.flush()


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")
    sys.exit(main(sys.argv[1:]))

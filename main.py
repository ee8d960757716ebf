"""Start Handsel: the window, or with arguments a command without one (`main.py --help`)."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path


def main() -> int:
    """Open the window if there are no arguments, else run the command they name."""
    if len(sys.argv) > 1:
        from app.cli import main as run_command

        return run_command(sys.argv[1:], _tour)
    from ui.application import run_window

    return run_window()


def _tour(to: Path, today: date) -> str:
    from ui.tour import run  # Qt is loaded only where a window is wanted

    return run(to, today)


if __name__ == "__main__":
    sys.exit(main())

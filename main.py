"""Start Handsel: the window, or with arguments a command without one (`main.py --help`)."""

from __future__ import annotations

import sys


def main() -> int:
    """Open the window if there are no arguments, else run the command they name."""
    if len(sys.argv) > 1:
        from app.cli import main as run_command

        return run_command(sys.argv[1:])
    from ui.application import run_window

    return run_window()


if __name__ == "__main__":
    sys.exit(main())

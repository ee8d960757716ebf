"""Write a new migration: `.venv/bin/python -m db.migrations.new "what it does"`, after the tables were changed.

It compares all migrations so far with the tables of `app.schema` and writes the difference into the next numbered
file of versions/. Read it, correct it and format it, raise `SCHEMA` in app/store/version.py by one, and keep an old
file in tests/migrations.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

import app.schema  # noqa: F401  the tables to compare with
from app.store.engine import Use, make_engine
from app.store.upgrade import config
from app.store.version import revision


def main(message: str) -> None:
    """Write the file and say where it is."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(Path(folder) / "empty.handsel", Use.CREATE)
        with engine.begin() as connection:
            if head:
                command.upgrade(config(connection), head)
            number = revision(int(head or "0") + 1)
            command.revision(config(connection), message, autogenerate=True, rev_id=number)
        engine.dispose()


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))

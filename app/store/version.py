"""Which form of the file this program writes, and how a Handsel file is known."""

from __future__ import annotations

APPLICATION_ID = 0x484E4453
"""`PRAGMA application_id` of every Handsel file: "HNDS" in ASCII."""

SCHEMA = 6
"""`PRAGMA user_version`: the number of the newest migration in db/migrations/versions."""


def revision(schema: int = SCHEMA) -> str:
    """The Alembic revision of a schema: "0001"."""
    return f"{schema:04d}"

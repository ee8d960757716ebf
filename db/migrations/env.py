"""Run by Alembic: migrates on the connection that app/store/upgrade.py hands over, inside its transaction."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy.types import TypeDecorator

from app.schema import metadata
from app.store.types import BigInt


def plain_type(kind: str, item: Any, _context: Any) -> str | bool:
    """How a column's type is written into a new migration: as it is stored, which no later code of ours changes."""
    if kind != "type":
        return False
    stored = item.impl if isinstance(item, TypeDecorator) else item
    return "WHOLE" if isinstance(stored, type(BigInt)) else False if stored is item else f"sa.{stored!r}"


def run() -> None:
    """Migrate online; there is no offline mode, for every migration is checked on real rows."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        render_as_batch=context.script.get_current_head() is not None,  # nothing is rebuilt by the first
        render_item=plain_type,
        transactional_ddl=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()

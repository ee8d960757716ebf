"""The papers that were made of documents: each file is there, unchanged, under the name of its document."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from app.core.errors import StoreError
from app.ledger.models import document, paper
from app.pipeline.proof.words import values
from app.store.files import Files
from app.store.session import AnyRow, Session

_PAPERS = select(paper.c.name, paper.c.sha256, paper.c.size, document.c.file_name).join_from(paper, document)


def unchanged(session: Session, files: Files) -> Iterator[str]:
    """Every paper noted is kept as it was made. One that was not made yet is none that is missing."""
    for row in session.stream(_PAPERS.order_by(paper.c.id)):
        yield from values(f"the paper {row.name}: name", row.name, f"{row.file_name}.pdf")
        yield from _kept(row, files)


def _kept(row: AnyRow, files: Files) -> Iterator[str]:
    try:
        content = files.get(row.sha256)
    except (StoreError, ValueError) as error:
        yield f"the paper {row.name}: {error}"
    else:
        yield from values(f"the paper {row.name}: size", row.size, len(content))

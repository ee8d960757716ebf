"""Changing guides."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import bindparam, delete, select, update

from app.catalog.guides import Answer, Guide
from app.catalog.guides_check import problems
from app.catalog.guides_queries import guide_by_id, guides, known
from app.catalog.models import guide
from app.core.codec import to_text
from app.core.errors import Problem, RuleViolation
from app.store.history import Done, command
from app.store.session import WriteSession

_ID = select(guide.c.id).where(guide.c.name == bindparam("name"))


@command
def save_guide(session: WriteSession, written: Guide, *, guide_id: int | None = None) -> Done:
    """Add a guide, or change the one with `guide_id`.

    Raises `RuleViolation` with everything that is wrong: products, categories, options and attributes that the
    catalogue does not have, questions that are never asked or go round in a circle, a name that another guide has;
    `NotFound` for an id that no guide has.
    """
    before = None if guide_id is None else guide_by_id(session, guide_id)
    found = problems(written, known(session))
    if session.value(_ID, {"name": written.name}) not in (None, guide_id):
        message = f"name: {written.name!r} is the name of another guide."
        found.append(Problem("name", "taken", message, {"value": written.name}))
    if found:
        raise RuleViolation(found)
    if before is None:
        made = session.insert(guide, name=written.name, guide=to_text(written))
        return Done("save_guide", {"guide": made})
    _write(session, before.id, written)
    session.changed(f"guide {before.guide.name}", to_text(before.guide), to_text(written))
    return Done("save_guide", {"guide": before.id})


@command
def delete_guide(session: WriteSession, guide_id: int) -> Done:
    """Delete a guide; what was sold with it stays. Raises `NotFound`."""
    before = guide_by_id(session, guide_id)
    session.execute(delete(guide).where(guide.c.id == guide_id))
    session.changed(f"guide {before.guide.name}", to_text(before.guide), "")
    return Done("delete_guide", {"guide": guide_id})


def swap_in_guides(session: WriteSession, old: str, new: str) -> None:
    """Let every guide that names a product follow its new SKU."""
    for stored in guides(session):
        if old in stored.guide.skus():
            _write(session, stored.id, _swapped(stored.guide, old, new))
            session.changed(f"guide {stored.guide.name}", old, new)


def _write(session: WriteSession, guide_id: int, written: Guide) -> None:
    values = {"name": written.name, "guide": to_text(written)}
    session.execute(update(guide).where(guide.c.id == guide_id).values(values))


def _swapped(written: Guide, old: str, new: str) -> Guide:
    def swapped(answer: Answer) -> Answer:
        skus = tuple(new if sku == old else sku for sku in answer.filter.skus)
        picks = tuple(replace(pick, sku=new) if pick.sku == old else pick for pick in answer.picks)
        return replace(answer, filter=replace(answer.filter, skus=skus), picks=picks)

    questions = (
        replace(question, answers=tuple(swapped(answer) for answer in question.answers))
        for question in written.questions
    )
    return replace(written, questions=tuple(questions))

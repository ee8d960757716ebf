"""Every digit and day comes back as it was stored; what would lose digits is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, MetaData, Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, StatementError

from app.core.errors import RuleViolation
from app.store.base import metadata, reference, table
from app.store.session import WriteSession
from app.store.store import Store
from app.store.types import BigInt, Day, Json, Micro

sample = Table(
    "sample",
    MetaData(),
    Column("id", BigInt, primary_key=True),
    Column("amount", BigInt),
    Column("quantity", Micro),
    Column("on", Day),
    Column("value", Json),
    Column("yes", Boolean(create_constraint=False)),
    sqlite_strict=True,
)


@pytest.fixture
def session(store: Store) -> Iterator[WriteSession]:
    with store.write("me") as session:
        sample.create(session.connection)
        yield session


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("amount", 9_000_000_000_000_000_000),
        ("amount", -1),
        ("quantity", Decimal("123456789.123456")),
        ("quantity", Decimal("-0.000001")),
        ("quantity", None),
        ("on", date(2026, 2, 28)),
        ("on", None),
        ("value", {"name": "Zoë", "list": [1, None, "é"]}),
        ("value", None),
        ("yes", True),
        ("yes", False),
    ],
)
@pytest.mark.parametrize("ours", [True, False], ids=["as sessions insert", "as SQLAlchemy inserts"])
def test_what_goes_in_comes_out(session: WriteSession, column: str, value: Any, ours: bool) -> None:
    if ours:
        assert session.insert(sample, **{column: value}) == 1
    else:
        session.execute(insert(sample).values({column: value}))
    found = session.value(select(sample.c[column]))
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("wrong", [Decimal("0.0000001"), Decimal("NaN"), Decimal("1e30")])
def test_a_decimal_that_would_lose_digits(session: WriteSession, wrong: Decimal) -> None:
    with pytest.raises(RuleViolation):
        session.insert(sample, quantity=wrong)


@pytest.mark.parametrize("wrong", ["12 EUR", 12.5])
def test_no_text_and_no_fraction_in_an_amount(session: WriteSession, wrong: Any) -> None:
    with pytest.raises((IntegrityError, StatementError), match="cannot store"):
        session.insert(sample, amount=wrong)


def test_many_rows_in_one_go_and_in_any_order_of_columns(session: WriteSession) -> None:
    rows = [{"amount": n, "quantity": Decimal(n), "on": date(2026, 1, n + 1)} for n in range(3)]
    session.insert_all(sample, rows)
    session.insert_all(sample, [{"on": None, "quantity": None, "amount": 9}])
    session.insert_all(sample, [])
    found = [tuple(row) for row in session.rows(select(sample.c.id, sample.c.amount, sample.c.quantity, sample.c.on))]
    expected = [(n + 1, n, Decimal(n), date(2026, 1, n + 1)) for n in range(3)]
    assert found == [*expected, (4, 9, None, None)]


def test_ids_are_those_of_the_rows(session: WriteSession) -> None:
    assert [session.insert(sample, amount=n) for n in (5, 6)] == [1, 2]
    assert session.insert(sample, id=70, amount=7) == 70
    assert session.row(select(sample.c.amount).where(sample.c.id == 70)) == (7,)


def test_the_kinds_of_columns_in_both_databases() -> None:
    kinds = {
        column.name: (column.type.compile(sqlite.dialect()), column.type.compile(postgresql.dialect()))
        for column in sample.columns
    }
    assert kinds == {
        "id": ("INTEGER", "BIGINT"),
        "amount": ("INTEGER", "BIGINT"),
        "quantity": ("INTEGER", "BIGINT"),
        "on": ("TEXT", "TEXT"),
        "value": ("TEXT", "TEXT"),
        "yes": ("INTEGER", "BOOLEAN"),
    }


def test_every_table_is_strict_and_every_reference_refuses_orphans() -> None:
    for each in metadata.tables.values():
        assert each.dialect_options["sqlite"]["strict"], each.name
        assert {key.ondelete for key in each.foreign_keys} <= {"RESTRICT"}, each.name
        assert all(constraint.name for constraint in each.constraints), each.name
        assert [column.name for column in each.primary_key] == ["id"], each.name


def test_a_reference_is_to_the_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.store.base.metadata", MetaData())
    made = table("leaf", reference("branch_id", "branch", nullable=True, index=True))
    (key,) = made.foreign_keys
    assert (key.target_fullname, key.ondelete, made.c.branch_id.nullable, made.c.branch_id.index) == (
        "branch.id",
        "RESTRICT",
        True,
        True,
    )

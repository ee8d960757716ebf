"""A store that was only ever changed by commands proves itself; any change behind their back does not pass."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlcipher3 import dbapi2 as driver

from app import cli
from app.catalog.service import set_picture
from app.core.errors import Cancelled, RuleViolation
from app.pipeline import fulfilment
from app.pipeline.proof import prove
from app.pipeline.proof.proof import MOST
from app.pipeline.search import find
from app.store import chain, triggers
from app.store.base import metadata
from app.store.numbering import Form, set_numbering
from app.store.store import Store
from tests.app.pipeline.proof.deals import behind_the_triggers, problems
from tests.builders import DAY, a_deal, do

EDITS = 60


def test_deals_of_every_kind_are_proved(whole: Path) -> None:
    assert problems(whole) == ()


def test_an_empty_store_is_proved(store: Store) -> None:
    proof = prove(store)
    assert (proof.problems, proof.deals, proof.invoices, proof.entries, proof.head) == ((), 0, 0, 0, "")


def test_numbers_that_read_otherwise_from_one_day_on_are_proved(whole: Path) -> None:
    with Store.open(whole) as store:
        do(store, set_numbering, "INV", Form("RE", with_year=False, digits=6), on=DAY, first=700)
        do(store, set_numbering, "S", Form("V"), on=DAY)
        do(store, set_numbering, "D", Form("D", digits=5), on=DAY)
        deal_id = a_deal(store)
        do(store, fulfilment.dispatch, deal_id, on=DAY)
        done = do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
        assert done.numbers[0] == "RE-000700"
    assert problems(whole) == ()
    with Store.open(whole) as store:
        assert [hit.number for hit in search(store, "700")] == ["RE-000700"]


def search(store: Store, words: str) -> list[Any]:
    with store.read() as session:
        return find(session, words)


def test_what_the_proof_tells(whole: Path) -> None:
    with Store.open(whole) as store:
        proof = prove(store)
        with store.read() as session:
            assert proof.head == chain.head(session)
    told = json.loads(json.dumps(proof.as_dict()))
    assert told["proved"] is True
    assert (told["deals"], told["problems"]) == (21, [])
    assert told["invoices"] > 20
    assert told["entries"] > 80
    assert len(told["checks"]) == len(set(told["checks"])) > 40
    assert all(check.endswith(".") for check in told["checks"])


def test_the_command(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["prove", "--store", str(whole)]) == 0
    assert json.loads(capsys.readouterr().out)["proved"] is True
    with behind_the_triggers(whole) as file:
        file.execute("UPDATE invoice SET net = net + 1, gross = gross + 1 WHERE number = 'INV-2026-0001'")
    assert cli.main(["prove", "--store", str(whole)]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["proved"] is False
    assert any(problem.startswith("invoice INV-2026-0001: net is ") for problem in told["problems"])


def test_it_can_be_watched_and_stopped(whole: Path) -> None:
    class Watcher:
        def __init__(self, patience: int) -> None:
            self.steps: list[tuple[int, int, str]] = []
            self.patience = patience

        def step(self, done: int, total: int, text: str = "") -> None:
            self.steps.append((done, total, text))

        def check(self) -> None:
            if len(self.steps) == self.patience:
                raise Cancelled

    with Store.open(whole) as store:
        patient, hasty = Watcher(99), Watcher(2)
        assert prove(store, patient).problems == ()
        with pytest.raises(Cancelled):
            prove(store, hasty)
    assert [step[:2] for step in patient.steps] == [(done, 21) for done in range(21)]
    assert patient.steps[1][2] == "S-2026-0002"


def test_a_missing_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["prove", "--store", str(tmp_path / "none.handsel")]) == 4
    assert "none.handsel" in capsys.readouterr().err


# What is no row


def page_of(books: Path, name: str) -> slice:
    """Where the first page of a table or index lies in the file."""
    file = driver.connect(str(books))
    (page,) = file.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    file.close()
    return slice((page - 1) * 4096, page * 4096)


def test_a_damaged_file(books: Path) -> None:
    """Where its parts do not fit together, nothing read from it would be worth a comparison."""
    place, content = page_of(books, "sqlite_autoindex_delivery_1"), bytearray(books.read_bytes())
    content[place] = content[place].replace(b"D-2026-0001", b"D-2026-0x01")
    books.write_bytes(content)
    found = problems(books)
    assert found[0].startswith("the file is damaged: ")
    assert found[-1] == "nothing else was checked: restore the newest backup"


def test_a_file_too_damaged_to_be_looked_at(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place, content = page_of(books, "letter"), bytearray(books.read_bytes())
    content[place] = b"\xff" * 4096
    books.write_bytes(content)
    assert cli.main(["prove", "--store", str(books)]) == 4
    assert "books.handsel is damaged" in capsys.readouterr().err


def test_a_value_that_a_column_must_not_hold(whole: Path) -> None:
    """It is told, and everything else is looked at nevertheless."""
    with behind_the_triggers(whole) as file:
        file.execute("UPDATE allocation SET amount = -1 WHERE id = 1")
    found = problems(whole)
    assert found[0] == "the file is damaged: CHECK constraint failed in allocation"
    assert any("INV-2026-0001" in problem for problem in found)


def test_a_row_that_refers_to_none(whole: Path) -> None:
    with behind_the_triggers(whole) as file:
        file.execute("DELETE FROM product")
        file.execute("DELETE FROM receipt WHERE id = 1")
    assert "row 1 of receipt_line refers to a row of receipt that is gone" in problems(whole)


def test_triggers_that_are_not_ours(whole: Path) -> None:
    with Store.open(whole) as store:
        file = driver.connect(str(whole), isolation_level=None)
        file.execute("DROP TRIGGER invoice_update_hsl001")
        file.execute("CREATE TRIGGER mine AFTER INSERT ON deal BEGIN SELECT 1; END")
        file.close()
        found = prove(store).problems
    assert found == tuple(
        f"the trigger {name} is missing, changed or not ours" for name in ("invoice_update_hsl001", "mine")
    )


def test_pictures(whole: Path) -> None:
    with Store.open(whole) as store:
        names = [store.files.put(content) for content in (b"picture", b"small")]
        with store.write("test") as session:
            set_picture(session, 1, image=names[0], thumbnail=names[1])
        assert prove(store).problems == ()
        paths = [store.files.folder / name[:2] / name for name in names]
    paths[0].write_bytes(b"another")
    paths[1].unlink()
    changed, missing = problems(whole)
    assert changed.startswith("the picture of product 'OAR-1': ")
    assert changed.endswith("was changed after it was stored. Restore it from a backup.")
    assert missing.endswith("is missing. Restore it from a backup.")


def test_papers(whole: Path) -> None:
    """One gone, one changed, one noted under another name, one of another size."""
    with behind_the_triggers(whole) as file:
        names = [row[0] for row in file.execute("SELECT sha256 FROM paper ORDER BY id LIMIT 2")]
        file.execute("UPDATE paper SET name = 'other.pdf' WHERE id = 3")
        file.execute("UPDATE paper SET size = size + 1 WHERE id = 4")
        file.execute("UPDATE paper SET sha256 = 'none' WHERE id = 5")
    gone, changed = (whole.with_name("books.handsel.files") / name[:2] / name for name in names)
    gone.unlink()
    changed.write_bytes(changed.read_bytes() + b"!")
    found = [problem for problem in problems(whole) if problem.startswith("the paper")]
    words = ("is missing", "was changed after", "name is 'other.pdf'", "size is", "not a SHA-256")
    assert len(found) == len(words)
    assert all(word in problem for word, problem in zip(words, found, strict=True)), found


def test_much_that_is_wrong_is_told_in_few_words(whole: Path) -> None:
    with behind_the_triggers(whole) as file:
        file.execute("UPDATE document SET sha256 = 'x'")
        documents = file.execute("SELECT count(*) FROM document").fetchone()[0]
    found = problems(whole)
    assert sum("its SHA-256 is another" in problem for problem in found) == MOST
    assert f"and {documents - MOST} more of the check 'What was frozen" in " ".join(found)


def test_what_was_opened_and_agreed_is_kept_by_triggers(books: Path) -> None:
    """The two tables whose course may still change: all else in them stays."""
    for change in ("deal SET number = 'S-1'", "deal SET seller = '{}'", "contract SET number = 'C-1'"):
        with (
            Store.open(books) as store,
            pytest.raises(RuleViolation, match="never changed"),
            store.write("x") as session,
        ):
            session.execute(text(f"UPDATE {change} WHERE id = 1"))
    with Store.open(books) as store, store.write("x") as session:
        session.execute(text("UPDATE deal SET title = 'Six kayaks', flag = 'late', cancelled_on = NULL WHERE id = 1"))


# Any row


def frozen_columns() -> list[tuple[str, str]]:
    """Every column that a trigger keeps as it was issued."""
    kept = {trigger.table: trigger.when for trigger in triggers.wanted() if trigger.event == "UPDATE"}
    return [
        (name, column.name)
        for name, when in sorted(kept.items())
        for column in metadata.tables[name].columns
        if column.name != "id" and (not when or f"OLD.{column.name} " in when)
    ]


def another(value: Any, chance: random.Random) -> Any:
    """One cent, one unit, one character more or less."""
    if isinstance(value, int):
        return value + chance.choice((-1, 1, 1_000_000))
    if not value:
        return "x"
    place = chance.randrange(len(value))
    old = value[place]
    new = str((int(old) + 1) % 10) if old.isdecimal() else ("y" if old == "x" else "x")
    return f"{value[:place]}{new}{value[place + 1 :]}"


def edits(file: Any, chance: random.Random) -> Iterator[tuple[str, str, int]]:
    """Spoil one value at a time, and put it right again."""
    columns = [place for place in frozen_columns() if place[0] != "period_lock" or place[1] != "locked_at"]
    while True:
        table, column = chance.choice(columns)
        rows = file.execute(f'SELECT id, "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL').fetchall()
        row_id, value = chance.choice(rows or [(0, None)])
        if not row_id:
            continue
        change = f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?'
        try:
            file.execute(change, (another(value, chance), row_id))
        except driver.IntegrityError:  # it would be a double, which no program lets in
            continue
        yield table, column, row_id
        file.execute(change, (value, row_id))


@pytest.mark.parametrize("seed", range(3))
def test_any_single_edit_behind_the_triggers_is_found(whole: Path, seed: int) -> None:
    passed = []
    with Store.open(whole) as store, behind_the_triggers(whole) as file:
        spoiled = edits(file, random.Random(seed))  # noqa: S311  the same edits each time
        for _ in range(EDITS // 3):
            place = next(spoiled)
            if not any("trigger" not in problem for problem in prove(store).problems):
                passed.append(place)
        spoiled.close()
    assert passed == []


@pytest.mark.parametrize("table", sorted({table for table, _ in frozen_columns()}))
def test_any_row_that_is_taken_away_is_missed(whole: Path, table: str) -> None:
    with behind_the_triggers(whole) as file:
        assert file.execute(f'DELETE FROM "{table}" WHERE id = (SELECT max(id) FROM "{table}")').rowcount == 1
    assert problems(whole)

"""Is a deal that was exported, and run in an empty store, the same deal again?"""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

from app.deals.queries import by_id
from app.exchange.deal_file.export import export
from app.exchange.deal_file.parse import parse
from app.exchange.deal_file.run import run
from app.store.store import Store
from tests.builders import outcome_of

Json = dict[str, Any]

_NUMBER = re.compile(r"\b(S|Q|C|D|INV|CN|P)-(\d{4})-(\d{4,})\b")


def without_numbers(outcome: Json) -> Json:
    """An outcome with its numbers counted from 1 as they appear, and without the hash of texts that hold them."""
    seen: dict[tuple[str, str], list[str]] = {}

    def counted(found: re.Match[str]) -> str:
        numbers = seen.setdefault((found[1], found[2]), [])
        if found[3] not in numbers:
            numbers.append(found[3])
        return f"{found[1]}-{found[2]}-#{numbers.index(found[3]) + 1}"

    plain: Json = json.loads(_NUMBER.sub(counted, json.dumps(outcome)))
    if plain["contract"]:
        del plain["contract"]["sha256"]
    return plain


def number_of(store: Store, deal_id: int) -> str:
    """The number of a deal."""
    with store.read() as session:
        return by_id(session, deal_id).number


def last_day(file: Json) -> date:
    """The day of the last step of a deal file."""
    parsed = parse(json.dumps(file).encode())
    return parsed.steps[-1].on if parsed.steps else parsed.date


def assert_told_again(
    store: Store, deal_ids: list[int], empty_store: Path, folder: Path, *, same_texts: bool = True
) -> list[Json]:
    """Export deals, run them in one empty store, export them there: outcomes and files are equal. Returns the files.

    Where even the numbers are the same, so are the frozen texts, letter by letter, unless not `same_texts`.
    """
    numbers = [number_of(store, deal_id) for deal_id in deal_ids]
    files = [export(store, number) for number in numbers]
    assert [export(store, number) for number in numbers] == files
    with Store.open(Path(shutil.copyfile(empty_store, folder / "again.handsel"))) as other:
        again = [run(other, parse(json.dumps(file).encode())).deal_id for file in files]
        assert [export(other, number_of(other, deal_id)) for deal_id in again] == files
        for deal_id, other_id, file in zip(deal_ids, again, files, strict=True):
            before, after = outcome_of(store, deal_id, last_day(file)), outcome_of(other, other_id, last_day(file))
            for key, part in without_numbers(before).items():
                assert without_numbers(after)[key] == part, key
            if same_texts and _NUMBER.findall(json.dumps(after)) == _NUMBER.findall(json.dumps(before)):
                assert after == before
    return files

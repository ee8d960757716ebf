"""Handsel without a window: run and export deals, import folders, prove the books, play the sample.

Results go to standard output, everything for people to standard error. Exit codes: 0 done, 1 the proof failed,
2 bad input, 3 a step is not allowed where the deal stands, 4 the file, the disk or the lock stands in the way.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from app.core.errors import HandselError, OutputError, RuleViolation, StoreError

DONE, UNPROVED, BAD_INPUT, NOT_ALLOWED, ENVIRONMENT = 0, 1, 2, 3, 4
SAMPLE = Path(__file__).parents[1] / "resources" / "sample" / "deal.json"


Tour = Callable[[Path, date], str]
"""Leads a deal through the windows, writes pictures and papers to a folder, and returns what to tell: `ui.tour.run`."""


def main(arguments: Sequence[str], tour: Tour | None = None) -> int:
    """Run a command; returns the exit code. No traceback reaches a person for anything that can be expected.

    `tour` is handed in from above, because nothing here knows a window.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # JSON is UTF-8, whatever the terminal speaks; the name of a file may be bytes that are none
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    options = _parser(tour).parse_args(arguments)
    try:
        code: int = options.command(options)
        return code
    except (StoreError, OutputError, OSError) as error:
        return _complain(error, ENVIRONMENT)
    except HandselError as error:
        return _complain(error, BAD_INPUT)


def _complain(error: Exception, code: int) -> int:
    """The error in words, a line for each thing that is wrong."""
    lines = [problem.message for problem in error.problems] if isinstance(error, RuleViolation) else [str(error)]
    print("\n".join(lines), file=sys.stderr)
    return code


def _parser(tour: Tour | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py", description="Handsel without a window.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _deal_commands(commands.add_parser("deal", help="run a deal file, or write a stored deal as one"))
    _command(
        commands,
        "import",
        _import,
        "read customers, products, orders and payments from CSV files",
        "folder",
        "currency",
    )
    _command(commands, "prove", _prove, "recompute everything from the facts and compare")
    _command(commands, "sample", _sample, "play the sample deal and write its documents", "to", store=False)
    if tour is not None:
        words = "lead a deal through the windows, without a display, and save a picture of each"
        _command(commands, "tour", partial(_tour, tour), words, "to", store=False)
    return parser


def _deal_commands(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="run deal files and print their outcomes")
    run.add_argument("files", nargs="+", type=Path, metavar="DEAL.json")
    run.add_argument("--store", type=Path, help="the store to run in; a temporary one if left out")
    run.add_argument("--to", type=Path, metavar="FOLDER", help="write every document there")
    run.set_defaults(command=_deal_run)
    export = commands.add_parser("export", help="print a stored deal as a deal file")
    export.add_argument("number")
    export.add_argument("--store", type=Path, required=True)
    export.set_defaults(command=_deal_export)


def _command(commands: Any, name: str, command: Any, text: str, *extra: str, store: bool = True) -> None:
    parser = commands.add_parser(name, help=text)
    if "folder" in extra:
        parser.add_argument("folder", type=Path)
    if store:
        parser.add_argument("--store", type=Path, required=True)
    if "currency" in extra:
        parser.add_argument("--currency", default="USD", help="currency of all amounts (USD)")
    if "to" in extra:
        parser.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    parser.set_defaults(command=command)


def _deal_run(options: argparse.Namespace) -> int:
    from app.exchange.deal_file.batch import Batch

    several = len(options.files) > 1
    codes = []
    with _store(options.store) if options.store else nullcontext() as shared:
        for path in options.files:
            with nullcontext(shared) if shared else _store(None) as store:
                result, code = Batch(store, options.to, several=several, temporary=shared is None).run(path)
            codes.append(code)
            _print(result, code, several)
    return max(codes)


def _print(result: dict[str, Any], code: int, several: bool) -> None:
    """One outcome a line for several files; a single one readably, and its error in words."""
    if code and not several:
        print(result["error"]["message"], file=sys.stderr)
    print(json.dumps(result, ensure_ascii=False, indent=None if several else 2))


@contextmanager
def _store(path: Path | None) -> Iterator[Any]:
    """The store at a path, made if it is not there; without a path a temporary one, removed at the end."""
    import app.schema  # noqa: F401  every table has to be known before a file is opened
    from app.store.store import Store

    with tempfile.TemporaryDirectory(prefix="handsel-") as folder:
        store = Store.open(path or Path(folder) / "deal.handsel", create=path is None or not path.exists())
        try:
            yield store
        finally:
            store.close()


def _deal_export(options: argparse.Namespace) -> int:
    from app.exchange.deal_file.export import export

    with _store_at(options.store) as store:
        print(json.dumps(export(store, options.number), ensure_ascii=False, indent=2))
    return DONE


@contextmanager
def _store_at(path: Path) -> Iterator[Any]:
    """The store at a path, which has to be there."""
    import app.schema  # noqa: F401  every table has to be known before a file is opened
    from app.store.store import Store

    store = Store.open(path)
    try:
        yield store
    finally:
        store.close()


def _import(options: argparse.Namespace) -> int:
    from app.exchange.folder_import import read_folder, write

    checked = read_folder(options.folder, options.currency)  # before a store is made for it
    with _store(options.store) as store:
        counts = write(store, checked)
    print(json.dumps(counts, ensure_ascii=False, indent=2))
    return DONE


def _prove(options: argparse.Namespace) -> int:
    from app.pipeline.proof import prove

    with _store_at(options.store) as store:
        proof = prove(store)
    print(json.dumps(proof.as_dict(), ensure_ascii=False, indent=2))
    return UNPROVED if proof.problems else DONE


def _sample(options: argparse.Namespace) -> int:
    from app.exchange.deal_file.batch import Batch

    with _store(None) as store:
        result, code = Batch(store, options.to).run(SAMPLE)
    if code:
        print(result["error"]["message"], file=sys.stderr)
        return code
    print(f"A sample deal was played, {result['deal']['number']}. Its documents are in {options.to}:")
    for name in result["documents"]:
        print(f"  {name}")
    return DONE


def _tour(tour: Tour, options: argparse.Namespace) -> int:
    print(tour(options.to, today()))
    return DONE


def today() -> date:
    """Today by this computer's calendar: the only clock of the commands."""
    return date.today()  # noqa: DTZ011  business dates are plain local days

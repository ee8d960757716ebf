"""Selects compiled once: the few statements that every command runs.

SQLAlchemy's text, bind processors and result processors are kept and used directly; only its statement and result
machinery, which costs more than SQLite's own work on such small reads, is left out. A prepared select takes no lists of
values (IN) and gives plain named tuples.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.sql.selectable import CompoundSelect


class Prepared:
    """A select that runs often; hand it to `Session.rows`, `row` or `value` like any other."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]) -> None:
        self.statement = statement
        self._forms: dict[str, _Form] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any] | None) -> Sequence[Any]:
        """All rows, as named tuples."""
        form = self._forms.get(connection.dialect.name)
        if form is None:
            form = self._forms[connection.dialect.name] = _Form(self.statement, connection.dialect)
        return [form.row(raw) for raw in _fetch(connection, form.text, form.parameters(values or {}))]


def _fetch(connection: Connection, text: str, parameters: Any) -> Sequence[Any]:
    """The rows as the driver gives them: on its own cursor, because a result of SQLAlchemy costs more than the read.

    Where somebody listens to statements, and where the driver fails, SQLAlchemy runs it: it tells the listener, and
    turns the driver's error into its own.
    """
    if not connection.dispatch.before_cursor_execute:
        cursor = connection.connection.cursor()
        try:
            cursor.execute(text, parameters)
            return cursor.fetchall()
        except connection.dialect.loaded_dbapi.Error:
            pass
        finally:
            cursor.close()
    found = connection.exec_driver_sql(text, parameters).cursor
    return [] if found is None else found.fetchall()


class _Form:
    """The statement for one dialect."""

    def __init__(self, statement: Any, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self.text = str(compiled)
        self._order = compiled.positiontup if compiled.positional else None
        self._constants = {name: value for name, value in compiled.params.items() if value is not None}
        binds = {name: bind.type.dialect_impl(dialect) for bind, name in compiled.bind_names.items()}
        processors = {name: kind.bind_processor(dialect) for name, kind in binds.items()}
        self._processors = {name: process for name, process in processors.items() if process is not None}
        columns = list(statement.selected_columns)
        readers = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._readers = [(index, read) for index, read in enumerate(readers) if read is not None]
        kind: Any = namedtuple("Row", [column.key for column in columns], rename=True)  # type: ignore[misc]
        self._make = kind._make

    def parameters(self, values: Mapping[str, Any]) -> Any:
        """The values as the driver wants them."""
        bound = {**self._constants, **values}
        for name, process in self._processors.items():
            bound[name] = process(bound[name])
        return bound if self._order is None else tuple([bound[name] for name in self._order])

    def row(self, raw: Sequence[Any]) -> Any:
        """A named tuple of what the driver gave."""
        cells = list(raw)
        for index, read in self._readers:
            cells[index] = read(cells[index])
        return self._make(cells)

"""The accountant's `revenue.xlsx`: a summary to read first, five tables of records, and a sheet that checks them."""

from __future__ import annotations

from typing import Any

from app.core.progress import Progress
from app.outputs.xlsx.revenue_control import checks
from app.outputs.xlsx.revenue_control_sheet import write_control
from app.outputs.xlsx.revenue_figures import AGES, Figures, aged
from app.outputs.xlsx.revenue_summary import write_summary
from app.outputs.xlsx.styles import Kind
from app.outputs.xlsx.words import Words
from app.outputs.xlsx.workbook import Book, Column, Imprint, Table
from app.pipeline.report import RevenueReport


def write(report: RevenueReport, language: str = "en", progress: Progress | None = None) -> bytes:
    """The workbook of a report. Two runs give the same bytes.

    Raises `OutputError` where a table is longer than a sheet, `Cancelled` if the person stopped it.
    """
    words, figures = Words(language), Figures(report)
    book = Book(_imprint(report, words), progress)
    rows = figures.tables()
    columns = {name: build(words, report) for name, build in _COLUMNS.items()}
    places = {name: Table.of(words(name), columns[name], len(rows[name])) for name in rows}
    found = checks(figures, places, words)
    write_summary(book, figures, words, found, {**places, "control": Table(words("control"), len(found), {})})
    for name, place in places.items():
        book.table(place, name.capitalize(), columns[name], rows[name], lambda row: str(row.currency))
    write_control(book, found, words)
    return book.finish()


def _imprint(report: RevenueReport, words: Words) -> Imprint:
    period = f"{report.first.isoformat()} {words('to')} {report.last.isoformat()}"
    return Imprint(
        title=" · ".join(filter(None, (words("report"), report.title, period))),
        author=report.company,
        subject=period,
        made=report.last,
        page=f"{words('page')} {{page}} {words('of')} {{pages}}",
    )


def _invoices(words: Words, _: RevenueReport) -> list[Column[Any]]:
    return [
        Column("number", words("number"), Kind.TEXT, lambda row: row.number),
        Column("kind", words("kind"), Kind.TEXT, lambda row: words.code("kind", row.kind)),
        Column("issued", words("issued"), Kind.DATE, lambda row: row.issued_on),
        Column("due", words("due"), Kind.DATE, lambda row: row.due_on),
        Column("deal", words("deal"), Kind.TEXT, lambda row: row.deal),
        Column("customer", words("customer"), Kind.TEXT, lambda row: row.customer),
        Column("tax_id", words("tax_id"), Kind.TEXT, lambda row: row.tax_id),
        Column("country", words("country"), Kind.TEXT, lambda row: row.country),
        Column("currency", words("currency"), Kind.TEXT, lambda row: row.currency),
        Column("net", words("net"), Kind.AMOUNT, lambda row: row.net),
        Column("tax", words("tax"), Kind.AMOUNT, lambda row: row.tax),
        Column("gross", words("gross"), Kind.AMOUNT, lambda row: row.gross),
        Column("settled", words("settled"), Kind.AMOUNT, lambda row: row.settled),
        Column("open", words("open"), Kind.AMOUNT, lambda row: row.open),
        Column("state", words("state"), Kind.TEXT, lambda row: words.code("state", row.state)),
        Column("corrects", words("corrects"), Kind.TEXT, lambda row: row.corrects),
    ]


def _lines(words: Words, _: RevenueReport) -> list[Column[Any]]:
    return [
        Column("invoice", words("invoice"), Kind.TEXT, lambda row: row.number),
        Column("kind", words("kind"), Kind.TEXT, lambda row: words.code("kind", row.kind)),
        Column("issued", words("issued"), Kind.DATE, lambda row: row.issued_on),
        Column("position", words("position"), Kind.COUNT, lambda row: row.position),
        Column("sku", words("sku"), Kind.TEXT, lambda row: row.sku),
        Column("name", words("name"), Kind.TEXT, lambda row: row.name, 44),
        Column("quantity", words("quantity"), Kind.NUMBER, lambda row: row.quantity),
        Column("unit", words("unit"), Kind.TEXT, lambda row: row.unit),
        Column("unit_price", words("unit_price"), Kind.PRICE, lambda row: row.unit_price),
        Column("currency", words("currency"), Kind.TEXT, lambda row: row.currency),
        Column("net", words("net"), Kind.AMOUNT, lambda row: row.net),
        Column("revenue", words("revenue"), Kind.AMOUNT, lambda row: row.revenue),
        Column("tax_category", words("tax_category"), Kind.TEXT, lambda row: row.tax_category),
        Column("tax_rate", words("tax_rate"), Kind.NUMBER, lambda row: row.tax_rate),
        Column("cost", words("cost"), Kind.AMOUNT, lambda row: row.cost),
    ]


def _payments(words: Words, _: RevenueReport) -> list[Column[Any]]:
    return [
        Column("number", words("number"), Kind.TEXT, lambda row: row.number),
        Column("paid", words("paid"), Kind.DATE, lambda row: row.paid_on),
        Column("deal", words("deal"), Kind.TEXT, lambda row: row.deal),
        Column("customer", words("customer"), Kind.TEXT, lambda row: row.customer),
        Column("method", words("method"), Kind.TEXT, lambda row: words.code("method", row.method)),
        Column("reference", words("reference"), Kind.TEXT, lambda row: row.reference),
        Column("currency", words("currency"), Kind.TEXT, lambda row: row.currency),
        Column("amount", words("amount"), Kind.AMOUNT, lambda row: row.amount),
        Column("allocated", words("allocated"), Kind.AMOUNT, lambda row: row.allocated),
        Column("unallocated", words("unallocated"), Kind.AMOUNT, lambda row: row.unallocated),
    ]


def _journal(words: Words, _: RevenueReport) -> list[Column[Any]]:
    return [
        Column("entry", words("entry"), Kind.COUNT, lambda row: row.entry),
        Column("posted", words("posted"), Kind.DATE, lambda row: row.posted_on),
        Column("happened", words("happened"), Kind.DATE, lambda row: row.happened_on),
        Column("document", words("document"), Kind.TEXT, lambda row: row.document),
        Column("text", words("text"), Kind.TEXT, lambda row: row.text, 44),
        Column("account", words("account"), Kind.TEXT, lambda row: row.account),
        Column("account_name", words("account_name"), Kind.TEXT, lambda row: row.name),
        Column("role", words("role"), Kind.TEXT, lambda row: row.role),
        Column("currency", words("currency"), Kind.TEXT, lambda row: row.currency),
        Column("debit", words("debit"), Kind.SIDE, lambda row: row.debit),
        Column("credit", words("credit"), Kind.SIDE, lambda row: row.credit),
    ]


def _receivables(words: Words, report: RevenueReport) -> list[Column[Any]]:
    listed = {row.number for row in report.invoices}
    head: list[Column[Any]] = [
        Column("invoice", words("invoice"), Kind.TEXT, lambda row: row.number),
        Column("customer", words("customer"), Kind.TEXT, lambda row: row.customer),
        Column("issued", words("issued"), Kind.DATE, lambda row: row.issued_on),
        Column("due", words("due"), Kind.DATE, lambda row: row.due_on),
        Column("currency", words("currency"), Kind.TEXT, lambda row: row.currency),
        Column("gross", words("gross"), Kind.AMOUNT, lambda row: row.gross),
        Column("open", words("open"), Kind.AMOUNT, lambda row: row.open),
        Column("days_overdue", words("days_overdue"), Kind.COUNT, lambda row: max(row.days_overdue, 0)),
    ]
    ages = [_age_column(age, words) for age, _ in AGES]
    tail: Column[Any] = Column(
        "listed", words("listed"), Kind.TEXT, lambda row: words("yes" if row.number in listed else "no")
    )
    return [*head, *ages, tail]


def _age_column(age: str, words: Words) -> Column[Any]:
    return Column(age, words(age), Kind.SIDE, lambda row: aged(row, age))


_COLUMNS = {
    "invoices": _invoices,
    "lines": _lines,
    "payments": _payments,
    "journal": _journal,
    "receivables": _receivables,
}

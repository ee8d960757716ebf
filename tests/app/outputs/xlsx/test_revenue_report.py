"""`revenue.xlsx`, read back with openpyxl: sheets, figures, checks, languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from app.outputs.xlsx.revenue_control import Check, checks
from app.outputs.xlsx.revenue_figures import Figures
from app.outputs.xlsx.revenue_report import write
from app.outputs.xlsx.words import Words
from app.outputs.xlsx.workbook import Table
from app.pipeline.report import BalanceRow, RevenueReport
from tests.app.outputs.xlsx.reports import Books, a_half_year

SHEETS = ["Summary", "Invoices", "Lines", "Payments", "Journal", "Receivables", "Control"]
REPORT = a_half_year().report()


def opened(report: RevenueReport, language: str = "en", *, values: bool = True) -> Workbook:
    return load_workbook(BytesIO(write(report, language)), data_only=values)


def records(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    head, *rows = book[sheet].values
    return [dict(zip(head, row, strict=True)) for row in rows]


def results(report: RevenueReport) -> dict[tuple[str | None, str], str]:
    rows = records(opened(report), "Control")
    return {(row["Currency"], row["Check"]): row["Result"] for row in rows}


def failing(report: RevenueReport) -> set[str]:
    return {what for (_, what), result in results(report).items() if result != "OK"}


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(REPORT)


def test_the_sheets_stand_in_their_order(book: Workbook) -> None:
    assert book.sheetnames == SHEETS


def test_every_record_is_a_row(book: Workbook) -> None:
    counts = [len(records(book, sheet)) for sheet in SHEETS[1:6]]
    tables = REPORT.invoices, REPORT.lines, REPORT.payments, REPORT.journal, REPORT.open_items
    assert counts == [len(table) for table in tables]


def test_an_invoice_is_told_in_full(book: Workbook) -> None:
    assert records(book, "Invoices")[0] == {
        "Number": "INV-2026-0001", "Kind": "Invoice", "Issued": datetime(2026, 2, 2), "Due": datetime(2026, 2, 16),  # noqa: DTZ001
        "Deal": "D-2026-0001", "Customer": "Lake School Plön", "Tax ID": "DE123456789", "Country": "DE",
        "Currency": "EUR", "Net": 6000, "Tax": 1140, "Gross": 7140, "Settled": 7140, "Open": 0,
        "State": "Partly credited", "Corrects": None,
    }  # fmt: skip


def test_a_credit_note_is_negative_and_names_what_it_corrects(book: Workbook) -> None:
    (note,) = (row for row in records(book, "Invoices") if row["Kind"] == "Credit note")
    assert (note["Net"], note["Gross"], note["Corrects"]) == (-100, -119, "INV-2026-0001")


def test_sums_of_the_cells_are_those_of_the_report(book: Workbook) -> None:
    for currency, places in (("EUR", 2), ("JPY", 0), ("KWD", 3), ("USD", 2)):
        for sheet, rows, names in (
            ("Invoices", REPORT.invoices, ("net", "tax", "gross", "settled", "open")),
            ("Lines", REPORT.lines, ("net", "revenue")),
            ("Payments", REPORT.payments, ("amount", "allocated", "unallocated")),
            ("Journal", REPORT.journal, ("debit", "credit")),
            ("Receivables", REPORT.open_items, ("gross", "open")),
        ):
            found = [row for row in records(book, sheet) if row["Currency"] == currency]
            for name in names:
                total = sum((Decimal(str(row[name.capitalize()])) for row in found), Decimal(0))
                expected = sum(getattr(row, name) for row in rows if row.currency == currency)
                assert total.scaleb(places) == expected, (currency, sheet, name)


def test_open_invoices_stand_under_their_age(book: Workbook) -> None:
    ages = ["Not due", "1–30 days", "31–60 days", "61–90 days", "Over 90 days"]
    found = {row["Invoice"]: [age for age in ages if row[age]] for row in records(book, "Receivables")}
    assert found["INV-2026-0003"] == ["Not due"]
    assert found["INV-2026-0005"] == ["31–60 days"]
    assert found["INV-2026-0006"] == ["61–90 days"]
    assert found["INV-2026-0007"] == ["Over 90 days"]


@pytest.mark.parametrize(
    ("days", "age"),
    [(-5, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4), (4000, 4)],
)
def test_ages_meet_without_gap_or_overlap(days: int, age: int) -> None:
    item = replace(REPORT.open_items[0], days_overdue=days, currency="EUR")
    row = records(opened(replace(REPORT, open_items=(item,))), "Receivables")[0]
    amounts = [row[name] for name in ("Not due", "1–30 days", "31–60 days", "61–90 days", "Over 90 days")]
    assert [bool(amount) for amount in amounts] == [number == age for number in range(5)]
    assert row["Days overdue"] == max(days, 0)


def test_formulas_stand_on_the_control_sheet_only() -> None:
    plain = opened(REPORT, values=False)
    for sheet in SHEETS:
        types = {cell.data_type for row in plain[sheet].iter_rows() for cell in row}
        assert ("f" in types) == (sheet == "Control")


def test_customers_cannot_smuggle_in_formulas(book: Workbook) -> None:
    names = {row["Customer"] for row in records(book, "Invoices")}
    assert {"=SUM(A1)+cmd|' /C calc'!A0", "@Kontor Ünal"} <= names


# Summary


def summary(book: Workbook) -> dict[str, tuple[Any, ...]]:
    return {row[0]: row[1:] for row in book[book.sheetnames[0]].iter_rows(min_row=6, values_only=True) if row[0]}


def test_the_summary_says_whose_and_of_when(book: Workbook) -> None:
    page = book["Summary"]
    assert page["A1"].value == "Brightwater Kayaks & Söhne"
    assert page["A2"].value == "Revenue report · 2026-01-01 to 2026-06-30"
    assert page["A3"].value.startswith("Control: all ")
    assert [page.cell(5, column).value for column in range(1, 6)] == ["Currency", "EUR", "JPY", "KWD", "USD"]


def test_the_summary_has_each_currency_apart(book: Workbook) -> None:
    found = {label: row[:4] for label, row in summary(book).items()}
    assert found["Invoices, net"] == (18899.04, 12345678, 1234.567, 99999999.99)
    assert found["Credit notes, gross"] == (-119, 0, 0, 0)
    assert found["Invoiced less credited, gross"] == (22370.85, 13580246, 1296.295, 106999999.99)
    assert found["Revenue recognised"] == (18799.04, 12345678, 1234.567, 99999999.99)
    assert found["Cost of sales"] == (3564.02, 0, 0, 0)
    assert found["Margin"] == (15235.02, 12345678, 1234.567, 99999999.99)
    assert found["Margin, % of revenue"] == (81.0, 100, 100, 100)
    assert found["Received from customers"] == (17339.99, 5000000, 0, 0)
    assert found["Paid back to customers"] == (-500, 0, 0, 0)
    assert found["Open receivables"] == (15102.24, 8580246, 1296.295, 106999999.99)
    assert found["of which overdue"] == (410.89, 0, 1296.295, 0)
    assert found["Customer credit"] == (9571.38, 0, 0, 0)
    assert found["Contract liability (deposits)"] == (0, 0, 0, 0)
    assert found["Journal"][0] == len(REPORT.journal)


def test_the_ages_of_the_summary_are_all_that_is_open(book: Workbook) -> None:
    found = summary(book)
    for column in range(4):
        ages = ("Not due", "1–30 days", "31–60 days", "61–90 days", "Over 90 days")
        assert sum(found[age][column] for age in ages) == pytest.approx(found["Open receivables"][column])


def test_every_figure_has_a_name(book: Workbook) -> None:
    target = book.defined_names["revenue_JPY"].attr_text
    sheet, cell = target.replace("$", "").split("!")
    assert book[sheet.strip("'")][cell].value == 12345678


def test_sheets_are_one_click_away(book: Workbook) -> None:
    links = {cell.value: cell.hyperlink.location for (cell,) in book["Summary"]["A6:A60"] if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in SHEETS[1:]}


# Control


def test_every_check_holds(book: Workbook) -> None:
    rows = records(book, "Control")
    assert {row["Result"] for row in rows} == {"OK"}
    assert rows[-1]["Check"] == "All checks"
    assert rows[-1]["Found"] == rows[-1]["Expected"] == len(rows) - 1


def test_checks_are_formulas_over_the_tables() -> None:
    rows = records(opened(REPORT, values=False), "Control")
    (row,) = (row for row in rows if row["Currency"] == "JPY" and row["Check"] == "Invoices: net + tax = gross")
    number = rows.index(row) + 2
    areas = [f"'Invoices'!${letter}$2:${letter}$12" for letter in "JKLI"]
    net, tax, gross, currency = areas
    assert row["Found"] == f"=ROUND(SUMIFS({net},{currency},$A{number})+SUMIFS({tax},{currency},$A{number}),0)"
    assert row["Expected"] == f"=ROUND(SUMIFS({gross},{currency},$A{number}),0)"
    assert row["Difference"] == f'=IFERROR(ROUND(C{number}-D{number},0),"?")'
    assert row["Result"] == f'=IF(ISNUMBER(E{number}),IF(E{number}=0,"OK","DIFF"),"DIFF")'


def one_more(report: RevenueReport, table: str, index: int, name: str) -> RevenueReport:
    """The same report with one amount a cent too high."""
    rows = list(getattr(report, table))
    rows[index] = replace(rows[index], **{name: getattr(rows[index], name) + 1})
    return replace(report, **{table: tuple(rows)})


PLANTED = [
    ("invoices", 0, "net", {"Invoices: net + tax = gross", "Lines: revenue = net of Invoices"}),
    ("invoices", 0, "tax", {"Invoices: net + tax = gross", "Invoices: tax = ledger output tax"}),
    ("invoices", 0, "gross", {"Invoices: net + tax = gross", "Invoices: gross – settled = open"}),
    ("invoices", 0, "settled", {"Invoices: gross – settled = open"}),
    ("invoices", 2, "open", {"Invoices: gross – settled = open", "Invoices: open = open in Receivables"}),
    ("lines", 0, "revenue", {"Lines: revenue = net of Invoices", "Lines: revenue = ledger revenue"}),
    ("payments", 0, "amount", {"Payments: amount = ledger bank and cash"}),
    ("payments", 0, "allocated", {"Payments: allocated = ledger receivables settled"}),
    ("open_items", 0, "open", {"Invoices: open = open in Receivables", "Receivables: open = ledger receivables"}),
    ("journal", 0, "debit", {"Journal: debits = credits", "Journal: account 1200 Bank"}),
    ("balances", 0, "debit", {"Journal: account 1000 Cash", "Payments: amount = ledger bank and cash"}),
]


@pytest.mark.parametrize(("table", "index", "name", "found"), PLANTED)
def test_a_cent_too_much_anywhere_is_found(table: str, index: int, name: str, found: set[str]) -> None:
    spoilt = one_more(REPORT, table, index, name)
    assert failing(spoilt) == {*found, "All checks"}
    assert opened(spoilt)["Summary"]["A3"].value == f"Control: {len(found)} of 76 checks differ – see sheet Control"


def test_more_unallocated_than_owed_is_found() -> None:
    payments = (replace(REPORT.payments[3], unallocated=957_139), *REPORT.payments[:3], *REPORT.payments[4:])
    assert failing(replace(REPORT, payments=payments)) == {
        "Payments: unallocated within what is owed to customers",
        "All checks",
    }


def test_a_missing_row_is_found() -> None:
    assert failing(replace(REPORT, payments=REPORT.payments[1:])) >= {"Payments: amount = ledger bank and cash"}
    assert failing(replace(REPORT, open_items=())) >= {"Receivables: open = ledger receivables"}


def test_a_difference_is_red() -> None:
    page = opened(REPORT)["Control"]
    (rule,) = page.conditional_formatting
    assert str(rule.sqref) == f"E2:F{page.max_row}"
    assert rule.rules[0].formula == ['$F2<>"OK"']


def test_a_figure_too_large_to_compare_is_a_difference() -> None:
    balances = (replace(REPORT.balances[0], debit=10**14), *REPORT.balances[1:])
    assert "Journal: account 1000 Cash" in failing(replace(REPORT, balances=balances))


def test_a_later_period_starts_from_its_opening_balances() -> None:
    """Only June: what came before stands in the opening balances."""
    june = [row for row in REPORT.journal if row.posted_on >= date(2026, 6, 1)]
    earlier = Books(journal=[row for row in REPORT.journal if row.posted_on < date(2026, 6, 1)])
    report = replace(
        REPORT,
        first=date(2026, 6, 1),
        invoices=tuple(row for row in REPORT.invoices if row.issued_on >= date(2026, 6, 1)),
        lines=tuple(row for row in REPORT.lines if row.issued_on >= date(2026, 6, 1)),
        payments=tuple(row for row in REPORT.payments if row.paid_on >= date(2026, 6, 1)),
        journal=tuple(june),
        opening=earlier.balances(),
    )
    assert failing(report) == set()
    listed = {row["Invoice"]: row["In Invoices"] for row in records(opened(report), "Receivables")}
    assert (listed["INV-2026-0007"], listed["INV-2026-0003"]) == ("No", "Yes")
    assert summary(opened(report))["Revenue recognised"][0] == pytest.approx(12345.67 + 40.01)
    assert failing(replace(report, opening=())) != set()


def test_credit_used_up_by_another_deal_is_no_difference() -> None:
    books = Books(title="D-2026-0002")
    books.invoice("INV-1", date(2026, 1, 1), 10_000, "A")
    books.pay("P-1", date(2026, 1, 2), 11_900, "INV-1", "credit")
    report = books.report()
    assert failing(report) == set()
    assert summary(opened(report))["Received from customers"][0] == 0


# Random books


@st.composite
def random_books(draw: st.DrawFn) -> Books:
    """A few invoices, each perhaps paid, overpaid, credited, refunded."""
    books, days = Books(), st.dates(date(2026, 1, 1), date(2026, 6, 30))
    for number in range(draw(st.integers(0, 6))):
        currency, on = draw(st.sampled_from(["EUR", "JPY", "KWD"])), draw(days)
        name = f"INV-{number}"
        books.invoice(name, on, draw(st.integers(1, 10**7)), "A", currency=currency, cost=draw(st.integers(0, 500)))
        open_amount = books.invoices[-1].open
        if draw(st.booleans()):
            books.pay(
                f"P-{number}", on, draw(st.integers(1, 2 * open_amount)), name, draw(st.sampled_from(["cash", "bank"]))
            )
            if books.payments[-1].unallocated and draw(st.booleans()):
                books.refund(f"R-{number}", on, books.payments[-1].unallocated, f"P-{number}")
        if draw(st.booleans()):
            books.credit_note(f"CN-{number}", on, draw(st.integers(1, books.lines[-1].net)), name)
    return books


def all_checks(report: RevenueReport) -> list[Check]:
    figures = Figures(report)
    anywhere = dict.fromkeys(
        ("currency", *["net", "tax", "gross", "settled", "open", "invoice", "revenue", "amount"]), "A"
    )
    anywhere |= dict.fromkeys(["allocated", "unallocated", "method", "debit", "credit", "account", "listed"], "A")
    anywhere |= dict.fromkeys(("not_due", "to_30", "to_60", "to_90", "over_90"), "A")
    tables = {name: Table(name, len(rows), anywhere) for name, rows in figures.tables().items()}
    return checks(figures, tables, Words("en"))


@settings(max_examples=60, deadline=None)
@given(random_books())
def test_honest_books_pass_every_check(books: Books) -> None:
    assert [check.what for check in all_checks(books.report()) if not check.holds] == []


@settings(max_examples=60, deadline=None)
@given(random_books(), st.data())
def test_no_cent_in_the_journal_moves_unseen(books: Books, data: st.DataObject) -> None:
    report = books.report()
    if report.journal:
        index = data.draw(st.integers(0, len(report.journal) - 1))
        spoilt = one_more(report, "journal", index, data.draw(st.sampled_from(["debit", "credit"])))
        assert not all(check.holds for check in all_checks(spoilt))


# Other


def test_an_empty_report_is_a_valid_workbook() -> None:
    empty = Books(company="").report()
    book = opened(empty)
    assert book.sheetnames == SHEETS
    assert book["Summary"]["A1"].value == "Revenue report"
    assert all(sheet.tables for sheet in book.worksheets[1:])
    assert failing(empty) == set()


def test_german_has_german_sheets_words_and_checks() -> None:
    book = opened(REPORT, "de")
    names = ["Übersicht", "Rechnungen", "Positionen", "Zahlungen", "Journal", "Forderungen", "Kontrolle"]
    assert book.sheetnames == names
    assert records(book, "Rechnungen")[1]["Art"] == "Rechnungskorrektur"
    assert records(book, "Zahlungen")[2]["Zahlungsart"] == "Bar"
    assert {row["Ergebnis"] for row in records(book, "Kontrolle")} == {"OK"}
    assert book["Übersicht"]["A3"].value == "Kontrolle: alle 76 Prüfungen stimmen"


def test_two_runs_give_the_same_bytes() -> None:
    assert write(REPORT) == write(a_half_year().report())


def test_the_file_says_what_period_it_is_about(book: Workbook) -> None:
    assert book.properties.title == "Revenue report · 2026-01-01 to 2026-06-30"
    assert (book.properties.subject, book.properties.creator) == ("2026-01-01 to 2026-06-30", REPORT.company)


def test_the_deal_stands_in_the_title() -> None:
    page = opened(replace(REPORT, title="D-2026-0001"))["Summary"]
    assert page["A2"].value == "Revenue report · D-2026-0001 · 2026-01-01 to 2026-06-30"


def test_accounts_may_have_any_name_and_number() -> None:
    odd = '4"{0}0'
    journal = tuple(replace(row, account=odd) if row.role == "revenue" else row for row in REPORT.journal)
    balances = tuple(replace(row, account=odd) if row.role == "revenue" else row for row in REPORT.balances)
    assert failing(replace(REPORT, journal=journal, balances=balances)) == set()
    assert isinstance(balances[0], BalanceRow)

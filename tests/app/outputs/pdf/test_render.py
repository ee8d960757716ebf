"""What stands on every kind of paper, in both languages, and what a PDF must be like."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest

from app.core.errors import OutputError
from app.core.party import Address, Party
from app.core.printed import Change, ChangeKind, Heading, PrintedTerms
from app.core.tax import Tax, TaxCategory
from app.invoicing.document import InvoiceKind
from app.outputs.pdf.fonts import unprintable
from app.outputs.pdf.look import Look
from tests.app.outputs.pdf.samples import (
    BIKES,
    BUYER,
    GERMAN,
    HEADING,
    NIPPLES,
    SELLER,
    Discount,
    Typed,
    contract,
    credit_note,
    delivery_note,
    every_kind,
    invoice,
    pages,
    printed,
    quote,
    read,
    receipt,
)  # fmt: skip

KINDS = list(every_kind())
HEADINGS = {"en": HEADING, "de": GERMAN}
TITLES = {
    "en": {
        "quote": "Quote", "contract": "Contract", "invoice": "Invoice", "credit_note": "Credit note",
        "delivery_note": "Delivery note", "receipt": "Payment receipt",
    },
    "de": {
        "quote": "Angebot", "contract": "Vertrag", "invoice": "Rechnung", "credit_note": "Rechnungskorrektur",
        "delivery_note": "Lieferschein", "receipt": "Zahlungsbeleg",
    },
}  # fmt: skip


# ------------------------------------------------------------------ every kind
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", KINDS)
def test_says_what_it_is_and_who_it_is_between(kind: str, language: str) -> None:
    document = every_kind(HEADINGS[language])[kind]
    text = read(document)
    assert f"{TITLES[language][kind]} {document.number}" in text
    for words in (
        "24 cargo bikes with care plan",
        "Fahrwerk Nord GmbH",
        "24103 Kiel",
        "Harbour Cargo Ltd",
        "D-2026-0007",
    ):
        assert words in text
    assert ("UNITED KINGDOM" if language == "en" else "VEREINIGTES KÖNIGREICH") in text
    assert "{" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_the_footer_says_what_the_law_wants(kind: str) -> None:
    text = read(every_kind()[kind])
    for words in ("Tax ID DE123456789", "Reg. no. HRB 4711 Kiel", "DE89 3704 0044 0532 0130 00", "BIC COBADEFFXXX"):
        assert words in text


@pytest.mark.parametrize("kind", KINDS)
def test_equal_documents_have_equal_bytes(kind: str) -> None:
    first = printed(every_kind()[kind], seal="00ff")
    printed(invoice(replace(HEADING, customer=Party("شركة النور للتجارة, बाज़ार"))))
    assert printed(every_kind()[kind], seal="00ff") == first


@pytest.mark.parametrize("kind", KINDS)
def test_every_font_is_embedded_and_says_its_letters(kind: str) -> None:
    data = printed(every_kind()[kind])
    assert data.count(b"/FontFile2") == data.count(b"/Type /FontDescriptor") > 0
    assert data.count(b"/ToUnicode") == data.count(b"/Subtype /TrueType")
    assert b"/Type1" not in data
    assert b"Helvetica" not in data


@pytest.mark.parametrize("kind", KINDS)
def test_an_ordinary_document_is_small(kind: str) -> None:
    assert len(printed(every_kind()[kind])) <= 40 * 1024


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_file_names_its_title_author_and_language(language: str) -> None:
    data = printed(quote(HEADINGS[language]))
    with pypdfium2.PdfDocument(data) as pdf:
        about = pdf.get_metadata_dict()
    assert about["Title"] == f"{TITLES[language]['quote']} Q-2026-0007"
    assert about["Author"] == "Fahrwerk Nord"
    assert about["Subject"] == "24 cargo bikes with care plan"
    assert f"/Lang ({language})".encode() in data
    assert b"/DisplayDocTitle true" in data


@pytest.mark.parametrize("kind", KINDS)
def test_empty_fields_leave_no_words_behind(kind: str) -> None:
    bare = Heading(Party("Ida"), Party("Bo"), "EUR", "")
    text = read(every_kind(bare)[kind])
    for label in ("Our reference", "Your tax ID", "Tax ID", "IBAN", "BIC", "Reg. no."):
        assert label not in text
    assert "Ida" in text
    assert "Bo" in text


def test_the_seal_stands_on_invoices_and_credit_notes_only() -> None:
    for kind, document in every_kind().items():
        assert ("Seal 1a2b3c4d5e6f7081" in read(document, seal="1a2b3c4d5e6f7081")) == (
            kind in {"invoice", "credit_note"}
        )


def test_a_watermark_stands_on_every_sheet() -> None:
    long = quote(typed=[Typed(f"Item {number}") for number in range(60)])
    assert all("Draft" in text for text in pages(printed(long, Look(watermark="Draft"))))
    assert "Draft" not in read(long)


def test_several_at_a_time_are_as_good_as_one_after_the_other() -> None:
    documents = list(every_kind().values()) * 2
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(printed, documents))
    assert together == [printed(document) for document in documents]


def test_a_letter_that_cannot_be_printed_stops_the_paper_and_is_named() -> None:
    with pytest.raises(OutputError, match=r"U\+13000"):
        printed(quote(replace(HEADING, title="Stone \U00013000")))


# ------------------------------------------------------------------ hostile and odd text
HOSTILE = [
    "<b>Acme</b> & <i>Sons",
    '<img src="/etc/passwd">',
    "</para><font name=Nope>",
    "%s %(x)d {0} ${y}",
    ") Tj ET \\ (",
    '=HYPERLINK("http://x")',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_is_only_text(text: str) -> None:
    heading = replace(HEADING, title=text, customer=replace(BUYER, name=text), seller=replace(SELLER, legal_name=text))
    for document in every_kind(heading).values():
        assert read(document).count(text) >= 3
    assert text in read(
        invoice(typed=[Typed(text, description=text, sku=text, reductions=(Discount(text, Decimal(1)),))])
    )


@pytest.mark.parametrize("text", ["a\x00\x1b\x07b", "a\u202eb", "a\u2066b", "a\ud800b", "a\u200fb"])
def test_what_is_no_letter_is_left_out(text: str) -> None:
    heading = replace(HEADING, title=text, customer=replace(BUYER, name=text), seller=replace(SELLER, name=text))
    for document in every_kind(heading).values():
        assert read(document).count("ab") >= 2


@pytest.mark.parametrize(
    "name", ["上海贸易有限公司", "บริษัท ใจดี จำกัด", "श्री कृष्ण ट्रेडर्स", "Công ty Ước", "ООО «Ёлка»", "Żółć İstanbul"]
)
def test_names_of_any_script_can_be_read_back(name: str) -> None:
    if unprintable(name):
        pytest.skip("no font of this system has these letters")
    for document in every_kind(replace(HEADING, customer=replace(BUYER, name=name))).values():
        assert name in read(document)


@pytest.mark.parametrize("name", ["حركة كارل", "חברת שלום"])
def test_names_from_right_to_left_keep_their_letters(name: str) -> None:
    text = read(receipt(replace(HEADING, customer=replace(BUYER, name=name))))
    assert set(name) <= set(text)


def test_long_names_wrap_and_are_whole_where_it_matters() -> None:
    words = [f"Word{number}" for number in range(30)]
    heading = replace(HEADING, customer=replace(BUYER, name=" ".join(words)))
    assert " ".join(words) in read(contract(heading))
    assert re.findall(r"Word\d+", read(invoice(typed=[Typed(" ".join(words))]))) == words
    for document in every_kind(heading).values():
        assert "Word0 Word1" in read(document)


def test_a_very_long_description_is_printed_to_its_end() -> None:
    words = [f"word{number}" for number in range(2200)]
    assert len(" ".join(words)) > 18_000
    texts = pages(printed(quote(typed=[Typed("First"), Typed("Long", description=" ".join(words)), Typed("Last")])))
    found = re.findall(r"\bword\d+\b", " ".join(texts))
    assert found == words
    assert "Last" in texts[-1]


# ------------------------------------------------------------------ quote
def test_a_quote_says_price_terms_clauses_and_where_to_sign() -> None:
    document = quote(
        changes=[Discount("Spring", Decimal(5)), Discount("Freight", amount=18000, charge=True)], revision=2
    )
    text = read(document)
    for words in (
        "Revision 2", "Valid until 1 April 2026", "Cargo bike", "Item BIKE-N1", "24 pcs 2,400.00 19% 57,600.00",
        "Loyal customer 10% −5,760.00", "Line total 51,840.00", "480 pcs 12.00 19% 57.60", "per 100 pcs",
        "Sum of lines 51,897.60", "Spring 5% −2,594.88", "Freight 180.00", "Net total 49,482.72", "Tax 9,401.72",
        "Total EUR 58,884.44", "19% 49,482.72 9,401.72", "A deposit of 30% of the total, EUR 1,000.00, is due",
        "Payable within 30 days", "Warranty", "Returns", "Within 14 days only.", "I accept quote Q-2026-0007",
        "Place, date",
    ):  # fmt: skip
        assert words in text, words


def test_a_first_revision_is_not_counted() -> None:
    assert "Revision" not in read(quote())


def test_an_ordinary_quote_and_invoice_fit_one_sheet() -> None:
    assert len(pages(printed(quote()))) == 1
    assert len(pages(printed(invoice(prepaid=1000, prepayments=("P-1",))))) == 1


# ------------------------------------------------------------------ contract
def test_a_contract_says_everything_in_full() -> None:
    text = read(contract())
    for words in (
        "Version 1", "Q-2026-0007, revision 2", "Seller", "Buyer", "Tax ID GB123456789", "Subject of the contract",
        "The agreed price is EUR 61,758.14 including tax.", "2% discount for payment within 10 days",
        "3 Warranty The seller warrants that the goods conform", "4 On site Service is done at the buyer's place.",
        "Name and signature",
    ):  # fmt: skip
        assert words in text, words
    assert text.count("Place, date") == 2


def test_a_later_version_says_what_changed() -> None:
    changes = (
        Change(ChangeKind.QUANTITY, "Cargo bike", Decimal(20), Decimal(24)),
        Change(ChangeKind.CLAUSE_REWORDED, "warranty"),
        Change(ChangeKind.TOTAL, "", Decimal(1200), Decimal("1440.50")),
    )
    text = read(contract(version=2, changes=changes))
    assert "What changed in version 2 • Cargo bike: quantity 24 instead of 20" in text
    assert "Clause worded anew: Warranty" in text
    assert "Total: 1,440.50 instead of 1,200.00" in text
    german = read(contract(GERMAN, version=2, changes=changes))
    assert "Cargo bike: Menge 24 statt 20" in german
    assert "Gesamtbetrag: 1.440,50 statt 1.200,00" in german
    assert "What changed" not in read(contract(changes=changes))


def test_a_german_contract_has_german_clauses() -> None:
    text = read(contract(GERMAN))
    assert "Gewährleistung Der Verkäufer gewährleistet" in text
    assert "Der vereinbarte Preis beträgt 61.758,14 EUR einschließlich Steuer." in text


# ------------------------------------------------------------------ delivery note
@pytest.mark.parametrize("heading", [HEADING, GERMAN])
def test_a_delivery_note_never_shows_an_amount(heading: Heading) -> None:
    text = read(delivery_note(heading))
    assert not re.search(r"\d[.,]\d{2}\b", text)
    for word in ("EUR", "€", "Price", "Preis", "Amount", "Betrag", "Total", "19%"):
        assert word not in text


def test_a_delivery_note_says_what_is_in_the_parcel_and_what_follows() -> None:
    text = read(delivery_note())
    for words in (
        "Dispatched on 10 March 2026", "Contract C-2026-0003", "Carrier Nordfracht", "Tracking no. NF 0034",
        "9 Quay Lane", "SW1A 1AA", "1 Cargo bike 24 12 12 pcs", "2 Spoke nipples 480 480 0 pcs",
        "come with a later delivery", "Goods received",
    ):  # fmt: skip
        assert words in text, words
    assert "4 Dock Road" not in text


def test_a_complete_delivery_says_so() -> None:
    lines = tuple(replace(line, remaining=Decimal(0)) for line in delivery_note().lines)
    assert "the order is complete" in read(delivery_note(lines=lines))


# ------------------------------------------------------------------ invoice
def test_an_invoice_has_every_particular() -> None:
    text = read(invoice(prepaid=1843210, prepayments=("P-2026-0001", "P-2026-0002")))
    for words in (
        "Invoice no. INV-2026-0012", "Invoice date 20 March 2026", "Delivery period 12–18 March 2026",
        "Due on 19 April 2026", "Contract C-2026-0003", "Delivery notes D-2026-0004", "Your tax ID GB123456789",
        "Net total 51,897.60", "Tax 9,860.54", "Total 61,758.14",
        "Already paid (P-2026-0001, P-2026-0002) −18,432.10", "Amount due EUR 43,326.04",
        "Please transfer EUR 43,326.04 by 19 April 2026", "Account holder Fahrwerk Nord GmbH",
        "IBAN DE89 3704 0044 0532 0130 00", "BIC COBADEFFXXX", "Payment reference INV-2026-0012",
    ):  # fmt: skip
        assert words in text, words


def test_a_german_invoice() -> None:
    text = read(invoice(GERMAN))
    for words in (
        "Rechnungsdatum 20. März 2026", "Lieferzeitraum 12.–18. März 2026", "Fällig am 19. April 2026",
        "Ihre USt-IdNr. GB123456789", "24 Stk. 2.400,00 19 % 57.600,00", "je 100 Stk.", "Nettobetrag 51.897,60",
        "Zahlbetrag 61.758,14 EUR", "Bitte überweisen Sie 61.758,14 EUR bis zum 19. April 2026",
        "Zahlbar innerhalb von 30 Tagen", "Verwendungszweck INV-2026-0012",
    ):  # fmt: skip
        assert words in text, words


def test_one_day_of_delivery_is_a_date() -> None:
    assert "Delivery date 12 March 2026" in read(invoice(delivered_until=None))
    assert "Delivery date 12 March 2026" in read(invoice(delivered_until=date(2026, 3, 12)))
    text = read(invoice(delivered_from=None, delivered_until=None))
    assert "Delivery date" not in text
    assert "Delivery period" not in text


def test_a_paid_invoice_asks_for_nothing() -> None:
    text = read(invoice(prepaid=6175814))
    assert "Amount due EUR 0.00" in text
    assert "paid in full" in text
    assert "Please" not in text


def test_without_a_bank_account_it_only_asks_for_payment() -> None:
    text = read(invoice(replace(HEADING, seller=replace(SELLER, iban="", bic=""))))
    assert "Please pay EUR 61,758.14 by 19 April 2026." in text
    assert "Account holder" not in text


def test_rounding_is_shown() -> None:
    document = invoice()
    text = read(replace(document, totals=replace(document.totals, rounding=1)))
    assert "Rounding 0.01 Amount due EUR 61,758.15" in text


def test_prices_including_tax_say_so() -> None:
    text = read(invoice(replace(HEADING, prices_include_tax=True), [Typed("Bike", "1", "119")]))
    for words in ("Price incl. tax", "Prices include tax.", "Net amount 100.00", "Tax contained 19.00", "Total 119.00"):
        assert words in text


@pytest.mark.parametrize(
    ("currency", "price", "words"),
    [
        ("JPY", "84000", ("84,000 19% 252,000", "Total 299,880", "Amount due JPY 299,880")),
        ("KWD", "812.125", ("812.125 19% 2,436.375", "Amount due KWD 2,899.286")),
        ("EUR", "0.123456", ("0.123456 19% 0.37",)),
    ],
)
def test_currencies_have_their_own_decimals(currency: str, price: str, words: tuple[str, ...]) -> None:
    text = read(invoice(replace(HEADING, currency=currency), [Typed("Thing", "3", price)]))
    for expected in words:
        assert expected in text


NOTES = {
    TaxCategory.ZERO: ("zero rate", "Steuersatz null"),
    TaxCategory.EXEMPT: ("Exempt from tax", "Steuerfreie Lieferung"),
    TaxCategory.REVERSE_CHARGE: ("Reverse charge: the recipient", "Steuerschuldnerschaft des Leistungsempfängers"),
    TaxCategory.INTRA_COMMUNITY: ("intra-Community supply of goods", "innergemeinschaftliche Lieferung"),
    TaxCategory.EXPORT: ("Tax-free export", "Steuerfreie Ausfuhr"),
    TaxCategory.OUT_OF_SCOPE: ("Not subject to tax", "Nicht steuerbar"),
}


@pytest.mark.parametrize(("category", "notes"), NOTES.items())
def test_what_carries_no_tax_says_why(category: TaxCategory, notes: tuple[str, str]) -> None:
    typed = [Typed("Thing", tax=Tax(category, Decimal(0)))]
    assert notes[0] in read(invoice(typed=typed))
    assert notes[1] in read(invoice(GERMAN, typed))


def test_a_reason_given_is_printed() -> None:
    typed = [Typed("Course", tax=Tax(TaxCategory.EXEMPT, Decimal(0), "Education, article 132")), BIKES]
    text = read(invoice(typed=typed))
    assert "Education, article 132" in text
    assert "Exempt from tax." not in text
    both = read(invoice(typed=[Typed("Part", tax=Tax(TaxCategory.REVERSE_CHARGE, Decimal(0), "Article 196"))]))
    assert "the recipient is liable for the tax. Article 196" in both


def test_every_tax_group_has_its_row() -> None:
    reduced = Tax(TaxCategory.STANDARD, Decimal("7.5"))
    text = read(invoice(typed=[Typed("A", "1", "100"), Typed("B", "1", "200", tax=reduced)]))
    assert "19% 100.00 19.00" in text
    assert "7.5% 200.00 15.00" in text


def test_a_credit_note_says_which_invoice_it_corrects_and_why() -> None:
    text = read(credit_note())
    for words in (
        "Credit note no. CN-2026-0001", "Corrects invoice INV-2026-0012",
        "This credit note corrects our invoice INV-2026-0012 of 20 March 2026.", "Reason: Two bikes came back",
        "Amount credited EUR 5,140.80",
    ):  # fmt: skip
        assert words in text, words
    for words in ("Due on", "Please", "Amount due"):
        assert words not in text
    german = read(credit_note(GERMAN))
    assert "Diese Rechnungskorrektur berichtigt unsere Rechnung INV-2026-0012 vom 20. März 2026." in german
    assert credit_note().kind is InvoiceKind.CREDIT_NOTE


# ------------------------------------------------------------------ receipt
def test_a_receipt_says_how_much_how_and_what_for() -> None:
    text = read(receipt())
    for words in (
        "Received on 6 March 2026", "Method Bank transfer", "Reference TX 99", "Amount received EUR 18,432.10",
        "Invoice INV-2026-0012 15,000.00", "Deposit for D-2026-0007 3,000.00", "Credit in your favour 432.10",
        "Sum 18,432.10",
    ):  # fmt: skip
        assert words in text, words


def test_a_single_use_needs_no_sum() -> None:
    assert "Sum" not in read(receipt(deposit=0, credit=0))
    assert "What it settles" not in read(receipt(settled=(), deposit=0, credit=0))


def test_a_refund_is_no_payment() -> None:
    text = read(receipt(refund=True, reason="One bike too many", settled=(), deposit=0, amount=43210))
    for words in (
        "Refund receipt",
        "Paid back on 6 March 2026",
        "Amount paid back EUR 432.10",
        "Reason: One bike too many",
    ):
        assert words in text
    assert "Your credit, paid back 432.10" in text


def test_an_unknown_method_is_printed_as_typed() -> None:
    assert "Method barter" in read(receipt(method="barter"))


# ------------------------------------------------------------------ amounts of any size
def test_the_largest_amounts_have_room() -> None:
    text = read(invoice(typed=[Typed("Bridge", "700000", "9999999.99"), NIPPLES]))
    assert "6,999,999,993,000.00" in text
    assert "Amount due EUR 8,329,999,991,738.54" in text
    terms = PrintedTerms("net 30", 10**15)
    assert "EUR 10,000,000,000,000.00" in read(quote(terms=terms))


def test_an_address_of_many_lines_does_not_run_into_the_title() -> None:
    address = Address("Street " * 12, "Building " * 12, "12345", "City " * 12, "Region " * 12, "GB")
    text = read(quote(replace(HEADING, customer=Party("Name " * 12, "Legal " * 12, address=address))))
    assert "Quote Q-2026-0007" in text

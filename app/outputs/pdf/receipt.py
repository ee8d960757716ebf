"""The payment receipt: how much came in, or was paid back, and what it settled."""

from __future__ import annotations

from app.outputs.pdf import look as design
from app.outputs.pdf.formats import amount, day, money
from app.outputs.pdf.ink import LEFT, RIGHT
from app.outputs.pdf.layout import LEFT_EDGE, WIDTH, Frame, Paper
from app.outputs.pdf.look import Look, Style
from app.outputs.pdf.table import Cell, Row, Strip, Table, columns, texts
from app.outputs.pdf.words import Words, words_for
from app.payments.document import ReceiptDocument


def render(document: ReceiptDocument, look: Look) -> bytes:
    """The receipt as PDF."""
    words = words_for(document.heading)
    paper = Paper(_frame(document, words), look, words)
    paper.paragraph(words("lead_refund" if document.refund else "lead_receipt"))
    paper.gap(14)
    _amount(paper, document)
    if document.reason.strip():
        paper.gap(16)
        paper.paragraph(f"{words('reason')}: {document.reason}")
    _settled(paper, document)
    return paper.finish()


def _frame(document: ReceiptDocument, words: Words) -> Frame:
    facts = (
        (words("number_receipt"), document.number),
        (words("refunded_on" if document.refund else "paid_on"), day(document.paid_on, words.language)),
        (words("method"), _method(document.method, words)),
        (words("reference"), document.reference),
        (words("deal"), document.heading.deal_number),
    )
    name = words("refund_receipt" if document.refund else "receipt")
    return Frame(document.heading, name, document.number, facts, document.heading.customer.address)


def _method(method: str, words: Words) -> str:
    """The method in words; one that is not known as it was typed."""
    key = f"method_{method}"
    return words(key) if words.has(key) else method


def _amount(paper: Paper, document: ReceiptDocument) -> None:
    """The amount in a box of its own."""
    words, height = paper.words, 58.0
    paper.need(height)
    paper.ink.box(LEFT_EDGE, paper.y, WIDTH, height, design.tint(paper.look.accent))
    paper.ink.box(LEFT_EDGE, paper.y, 2.2, height, paper.look.accent)
    label = words("amount_refunded" if document.refund else "amount_received")
    shown = money(document.amount, document.heading.currency, words.language)
    paper.ink.text(LEFT_EDGE + 16, paper.y + 20, label, Style(8.5, 12, colour=paper.accent))
    paper.ink.text(LEFT_EDGE + 16, paper.y + 43, shown, Style(19, 24, True, paper.accent))
    paper.y += height


def _settled(paper: Paper, document: ReceiptDocument) -> None:
    """What became of the money, and that it adds up."""
    rows = _uses(document, paper.words)
    if not rows:
        return
    paper.gap(24)
    paper.heading(paper.words("used_for"), 60)
    head = paper.words("amount", currency=document.heading.currency)
    shown = columns((paper.words("description"), 0, LEFT), (head, 130, RIGHT), flexible=0)
    table = Table(paper, shown)
    total = [(paper.words("sum"), sum(minor for _, minor in rows))] if len(rows) > 1 else []
    for number, (label, minor) in enumerate([*rows, *total]):
        style = design.BODY if number < len(rows) else design.STRONG
        strips = texts(shown[0], label, style) or [Strip(style.leading)]
        strips[0].cells.append(Cell(shown[1], amount(minor, document.heading.currency, paper.words.language), style))
        table.add(Row(strips))
    table.close()
    for settled in document.settled:
        if settled.discount:
            taken = money(settled.discount, document.heading.currency, paper.words.language)
            paper.gap(8)
            paper.paragraph(paper.words("settles_discount", invoice=settled.invoice, amount=taken), design.SECOND)


def _uses(document: ReceiptDocument, words: Words) -> list[tuple[str, int]]:
    """Each use of the money with its amount in minor units."""
    rows = [(words("settles_invoice", invoice=settled.invoice), settled.amount) for settled in document.settled]
    kind = "refund" if document.refund else "settles"
    if document.deposit:
        rows.append((words(f"{kind}_deposit", deal=document.heading.deal_number), document.deposit))
    if document.credit:
        rows.append((words(f"{kind}_credit"), document.credit))
    return rows

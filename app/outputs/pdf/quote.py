"""The quote on paper: what is offered, at which price, until when, and where to sign."""

from __future__ import annotations

from app.contracts import clauses
from app.outputs.pdf import look as design
from app.outputs.pdf.formats import day
from app.outputs.pdf.layout import LEFT_EDGE, WIDTH, Frame, Paper
from app.outputs.pdf.look import Look
from app.outputs.pdf.priced import draw_priced
from app.outputs.pdf.signatures import HEIGHT, draw_fields
from app.outputs.pdf.terms import terms_text
from app.outputs.pdf.totals import Totals
from app.outputs.pdf.words import Words, words_for
from app.quotes.document import QuoteDocument


def render(document: QuoteDocument, look: Look) -> bytes:
    """The quote as PDF."""
    words = words_for(document.heading)
    paper = Paper(_frame(document, words), look, words)
    paper.paragraph(words("lead_quote"))
    paper.gap(12)
    totals = Totals(document.heading, words, document.lines, document.totals, (words("gross"), document.totals.gross))
    draw_priced(paper, document.lines, document.totals, totals)
    _terms(paper, document)
    _acceptance(paper, document)
    return paper.finish()


def _frame(document: QuoteDocument, words: Words) -> Frame:
    facts = (
        (words("number_quote"), document.number),
        (words("revision"), str(document.revision) if document.revision > 1 else ""),
        (words("date"), day(document.issued_on, words.language)),
        (words("valid_until"), day(document.valid_until, words.language)),
        (words("deal"), document.heading.deal_number),
        (words("their_tax_id"), document.heading.customer.tax_id),
    )
    return Frame(document.heading, words("quote"), document.number, facts, document.heading.customer.address)


def _terms(paper: Paper, document: QuoteDocument) -> None:
    """Payment in words, and the clauses that a contract from this quote will have."""
    words = paper.words
    paper.gap(24)
    paper.heading(words("payment"))
    paper.paragraph(terms_text(document.terms, document.heading.currency, words))
    if document.clauses:
        paper.gap(14)
        paper.heading(words("clauses"))
        paper.paragraph(words("clauses_quote"))
        paper.gap(3)
    for clause in document.clauses:
        paper.need(12.5)
        paper.ink.text(LEFT_EDGE + 2, paper.y + 9, "•", design.SECOND)
        paper.paragraph(clauses.title(clause.key, words.language), design.BODY, LEFT_EDGE + 14, WIDTH - 14)
        paper.paragraph(clause.text, design.NOTE, LEFT_EDGE + 14, WIDTH - 14)


def _acceptance(paper: Paper, document: QuoteDocument) -> None:
    """Where the customer signs."""
    words = paper.words
    paper.gap(20)
    paper.heading(words("acceptance"), 16 + HEIGHT)
    paper.paragraph(words("acceptance_text", number=document.number))
    draw_fields(paper, (words("place_date"), words("name_signature")))

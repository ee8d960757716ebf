"""The quote on paper: what is offered, at which price, until when, and where to sign."""

from __future__ import annotations

from app.contracts import clauses
from app.outputs.pdf.formats import day
from app.outputs.pdf.layout import Frame, Paper
from app.outputs.pdf.look import Look
from app.outputs.pdf.notes import Notes
from app.outputs.pdf.priced import draw_priced
from app.outputs.pdf.proposals import draw_proposals
from app.outputs.pdf.signatures import Acceptance
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
    due = (words("gross"), document.totals.gross)
    acceptance = Acceptance(
        words("acceptance"),
        words("acceptance_text", number=document.number),
        (words("place_date"), words("name_signature")),
    )
    notes = _terms(document, words)
    totals = Totals(document.heading, words, document.lines, document.totals, due, notes, under=acceptance)
    draw_priced(paper, document.lines, document.totals, totals)
    draw_proposals(paper, document.heading, document.proposals)
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


def _terms(document: QuoteDocument, words: Words) -> Notes:
    """Payment in words, and the clauses that a contract from this quote will have."""
    notes = Notes()
    notes.heading(words("payment"))
    notes.text(terms_text(document.terms, document.heading.currency, words))
    if document.clauses:
        notes.heading(words("clauses"))
        notes.text(words("clauses_quote"))
    for clause in document.clauses:
        notes.bullet(clauses.title(clause.key, words.language), clause.text)
    return notes

"""The contract on paper: the parties, what is agreed, every clause in full, and where both sign."""

from __future__ import annotations

from app.contracts import clauses
from app.contracts.document import ContractDocument
from app.core.party import Party
from app.core.printed import Clause
from app.outputs.pdf import look as design
from app.outputs.pdf.addresses import legal_lines
from app.outputs.pdf.formats import day, money
from app.outputs.pdf.layout import LEFT_EDGE, WIDTH, Frame, Paper
from app.outputs.pdf.look import Look, Style
from app.outputs.pdf.priced import draw_priced
from app.outputs.pdf.signatures import draw_parties
from app.outputs.pdf.terms import terms_text
from app.outputs.pdf.text import Line, wrap
from app.outputs.pdf.totals import Totals
from app.outputs.pdf.words import Words, words_for

_INDENT = 22.0


def render(document: ContractDocument, look: Look) -> bytes:
    """The contract as PDF."""
    words = words_for(document.heading)
    paper = Paper(_frame(document, words), look, words)
    _parties(paper, document)
    _changes(paper, document)
    section = _Sections(paper)
    section.begin(words("section_subject"), 60)
    section.text(words("subject_text"))
    paper.gap(10)
    due = (words("gross"), document.totals.gross)
    totals = Totals(document.heading, words, document.lines, document.totals, due)
    draw_priced(paper, document.lines, document.totals, totals)
    paper.gap(12)
    section.begin(words("section_payment"))
    section.text(_price(document, words))
    for clause in document.clauses:
        _clause(section, clause, words.language)
    _signatures(paper, document)
    return paper.finish()


class _Sections:
    """Numbered headings with their texts, which stand under the title and not under the number."""

    def __init__(self, paper: Paper) -> None:
        self._paper, self._number = paper, 0

    def begin(self, title: str, with_height: float = 30) -> None:
        """The next section: its number in the accent colour, then its title."""
        self._number += 1
        paper = self._paper
        paper.gap(14)
        lines = wrap(title, design.HEADING.size, WIDTH - _INDENT, True)
        paper.need(len(lines) * design.HEADING.leading + 4 + with_height)
        paper.ink.text(LEFT_EDGE, paper.y + 10.2, str(self._number), Style(10, 14, True, paper.accent))
        paper.lines(lines, design.HEADING, LEFT_EDGE + _INDENT)
        paper.y += 4

    def text(self, text: str) -> None:
        """What the section says."""
        self._paper.paragraph(text, design.BODY, LEFT_EDGE + _INDENT, WIDTH - 2 * _INDENT)


def _frame(document: ContractDocument, words: Words) -> Frame:
    quote = document.quote_number
    if quote and document.quote_revision > 1:
        quote = words("quote_revision", number=quote, revision=str(document.quote_revision))
    facts = (
        (words("number_contract"), document.number),
        (words("version"), str(document.version)),
        (words("date"), day(document.made_on, words.language)),
        (words("based_on"), quote),
        (words("deal"), document.heading.deal_number),
    )
    return Frame(document.heading, words("contract"), document.number, facts, None)


def _parties(paper: Paper, document: ContractDocument) -> None:
    """Seller and buyer side by side with all that identifies them."""
    words, heading = paper.words, document.heading
    home = heading.seller.address.country if heading.seller.address.country == heading.customer.address.country else ""
    column = WIDTH / 2 - 14
    blocks = [_party(party, words, home, column) for party in (heading.seller, heading.customer)]
    paper.gap(4)
    top = paper.y
    for place, (role, lines) in enumerate(zip(("seller", "buyer"), blocks, strict=True)):
        x = LEFT_EDGE + place * (column + 28)
        paper.ink.rule(x, top, x + column, design.LINE_STRONG, 0.6)
        paper.ink.text(x, top + 15, words(role), design.LABEL)
        for row, (line, style) in enumerate(lines):
            paper.ink.text(x, top + 31 + row * 13, line, style)
    paper.y = top + 31 + max(len(block) for block in blocks) * 13 + 4


def _party(party: Party, words: Words, home: str, width: float) -> list[tuple[Line, Style]]:
    lines = []
    for number, text in enumerate(legal_lines(party, words, home)):
        style = design.STRONG if number == 0 else design.BODY
        lines += [(line, style) for line in wrap(text, style.size, width, style.bold, most=12)]
    return lines[:40]


def _changes(paper: Paper, document: ContractDocument) -> None:
    """What is different from the version before."""
    if document.version > 1 and document.changes:
        paper.gap(14)
        paper.heading(paper.words("changes", version=str(document.version)))
        for change in document.changes:
            paper.need(12.5)
            paper.ink.text(LEFT_EDGE + 2, paper.y + 9, "•", design.SECOND)
            paper.paragraph(change, design.BODY, LEFT_EDGE + 14, WIDTH - 14)


def _price(document: ContractDocument, words: Words) -> str:
    currency = document.heading.currency
    price = words("price_text", amount=money(document.totals.gross, currency, words.language))
    return f"{price} {terms_text(document.terms, currency, words)}"


def _clause(section: _Sections, clause: Clause, language: str) -> None:
    """A clause in full: its own text, else the library's."""
    section.begin(clauses.title(clause.key, language))
    section.text(clause.text or clauses.text(clause.key, language))


def _signatures(paper: Paper, document: ContractDocument) -> None:
    words, heading = paper.words, document.heading
    parties = [
        (words(role), party.legal_name or party.name)
        for role, party in (("seller", heading.seller), ("buyer", heading.customer))
    ]
    paper.gap(26)
    draw_parties(paper, parties, (words("place_date"), words("name_signature")))

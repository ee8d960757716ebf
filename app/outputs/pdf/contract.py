"""The contract on paper: the parties, what is agreed, every clause in full, and where both sign."""

from __future__ import annotations

from app.contracts import clauses
from app.contracts.document import ContractDocument
from app.core.money import decimals
from app.core.party import Party
from app.core.printed import Change, ChangeKind
from app.outputs.pdf import look as design
from app.outputs.pdf.addresses import legal_lines
from app.outputs.pdf.formats import day, money, number
from app.outputs.pdf.layout import LEFT_EDGE, WIDTH, Frame, Paper
from app.outputs.pdf.look import Look, Style
from app.outputs.pdf.priced import draw_priced
from app.outputs.pdf.signatures import draw_parties, parties_height
from app.outputs.pdf.terms import terms_text
from app.outputs.pdf.text import Line, wrap
from app.outputs.pdf.totals import Totals
from app.outputs.pdf.words import Words, words_for

_INDENT = 22.0
_ABOVE_SIGNATURES = 26.0


def render(document: ContractDocument, look: Look) -> bytes:
    """The contract as PDF."""
    words = words_for(document.heading)
    paper = Paper(_frame(document, words), look, words)
    _parties(paper, document)
    _changes(paper, document)
    section = _Sections(paper)
    section.write(words("section_subject"), words("subject_text"), 60)
    paper.gap(10)
    due = (words("gross"), document.totals.gross)
    totals = Totals(document.heading, words, document.lines, document.totals, due)
    draw_priced(paper, document.lines, document.totals, totals)
    paper.gap(12)
    parties, labels = _signing(document, words), (words("place_date"), words("name_signature"))
    sections = _sections(document, words)
    for place, (title, text) in enumerate(sections, start=1):
        section.write(title, text, _ABOVE_SIGNATURES + parties_height(parties, labels) if place == len(sections) else 0)
    paper.gap(_ABOVE_SIGNATURES)
    draw_parties(paper, parties, labels)
    return paper.finish()


class _Sections:
    """Numbered headings with their texts, which stand under the title and not under the number."""

    def __init__(self, paper: Paper) -> None:
        self._paper, self._number = paper, 0

    def write(self, title: str, text: str, after: float = 0) -> None:
        """The next section: its number in the accent colour, its title and text, with room for what comes `after` it.

        A long text is divided all the same, so that it does not leave a sheet half empty.
        """
        self._number += 1
        paper = self._paper
        paper.gap(14)
        head = wrap(title, design.HEADING.size, WIDTH - _INDENT, True)
        body = wrap(text, design.BODY.size, WIDTH - 2 * _INDENT)
        height = len(head) * design.HEADING.leading + 4
        whole = height + len(body) * design.BODY.leading + after
        paper.need(whole if after and whole < paper.full_room / 2 else height + 2 * design.BODY.leading)
        paper.ink.text(LEFT_EDGE, paper.y + 10.2, str(self._number), Style(10, 14, True, paper.accent))
        paper.lines(head, design.HEADING, LEFT_EDGE + _INDENT)
        paper.y += 4
        paper.lines(body, design.BODY, LEFT_EDGE + _INDENT)


def _frame(document: ContractDocument, words: Words) -> Frame:
    quote = document.quote_number
    if quote and document.quote_revision > 1:
        quote = words("quote_revision", number=quote, revision=str(document.quote_revision))
    facts = (
        (words("number_contract"), document.number),
        (words("version"), str(document.version)),
        (words("date"), day(document.made_on, words.language)),
        (words("quote"), quote),
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
    for index, text in enumerate(legal_lines(party, words, home)):
        style = design.STRONG if index == 0 else design.BODY
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
            paper.paragraph(
                change_text(change, document.heading.currency, paper.words), design.BODY, LEFT_EDGE + 14, WIDTH - 14
            )


def change_text(change: Change, currency: str, words: Words) -> str:
    """A difference in words; numbers as the language writes them, money with its currency's decimals."""
    is_clause = change.kind in (ChangeKind.CLAUSE_ADDED, ChangeKind.CLAUSE_REWORDED)
    places = decimals(currency) if change.kind in (ChangeKind.PRICE, ChangeKind.TOTAL) else 0
    numbers = {
        name: "" if value is None else number(value, words.language, places)
        for name, value in (("before", change.before), ("after", change.after))
    }
    subject = clauses.title(change.subject, words.language) if is_clause else change.subject
    return words(f"change_{change.kind}", subject=subject, **numbers)


def _price(document: ContractDocument, words: Words) -> str:
    currency = document.heading.currency
    price = words("price_text", amount=money(document.totals.gross, currency, words.language))
    return f"{price} {terms_text(document.terms, currency, words)}"


def _sections(document: ContractDocument, words: Words) -> list[tuple[str, str]]:
    """Title and text of each section after the subject: the price, then the clauses in full."""
    language = words.language
    written = [
        (clauses.title(clause.key, language), clause.text or clauses.text(clause.key, language))
        for clause in document.clauses
    ]
    return [(words("section_payment"), _price(document, words)), *written]


def _signing(document: ContractDocument, words: Words) -> list[tuple[str, str]]:
    """Who signs: role and legal name of each party."""
    heading = document.heading
    return [
        (words(role), party.legal_name or party.name)
        for role, party in (("seller", heading.seller), ("buyer", heading.customer))
    ]

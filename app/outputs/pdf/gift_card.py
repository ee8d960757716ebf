"""The gift card: what it is worth, its code, and until when it can be used, on a card that may be cut out."""

from __future__ import annotations

from app.outputs.pdf import look as design
from app.outputs.pdf.formats import day, money
from app.outputs.pdf.layout import LEFT_EDGE, WIDTH, Frame, Paper
from app.outputs.pdf.look import Look, Style
from app.outputs.pdf.words import Words, words_for
from app.rewards.document import GiftCardDocument

_HEIGHT, _INSET = 168.0, 24.0


def render(document: GiftCardDocument, look: Look) -> bytes:
    """The gift card as PDF."""
    words = words_for(document.heading)
    paper = Paper(_frame(document, words), look, words)
    paper.paragraph(words("lead_gift_card", seller=document.heading.seller.name))
    paper.gap(16)
    _card(paper, document)
    paper.gap(18)
    paper.paragraph(words("gift_card_use"), design.SECOND)
    return paper.finish()


def _frame(document: GiftCardDocument, words: Words) -> Frame:
    facts = (
        (words("number_receipt"), document.number),
        (words("sold_on"), day(document.sold_on, words.language)),
        (words("valid_until"), _until(document, words)),
    )
    return Frame(document.heading, words("gift_card"), "", facts, document.heading.customer.address)


def _until(document: GiftCardDocument, words: Words) -> str:
    return day(document.expires_on, words.language) if document.expires_on is not None else words("without_end")


def _card(paper: Paper, document: GiftCardDocument) -> None:
    """The card: seller and value above, the code large below."""
    words, left = paper.words, LEFT_EDGE + _INSET
    paper.need(_HEIGHT)
    top = paper.y
    paper.ink.box(LEFT_EDGE, top, WIDTH, _HEIGHT, design.tint(paper.look.accent))
    paper.ink.box(LEFT_EDGE, top, WIDTH, 3.0, paper.look.accent)
    value = money(document.amount, document.heading.currency, words.language)
    small, strong = Style(8.5, 12, colour=paper.accent), Style(11, 14, True, paper.accent)
    paper.ink.text(left, top + 28, document.heading.seller.name, strong)
    paper.ink.text(left, top + 62, value, Style(26, 30, True, paper.accent))
    paper.ink.text(left, top + 94, words("gift_card_code"), small)
    paper.ink.text(left, top + 118, document.code, Style(19, 24, True, paper.accent))
    paper.ink.text(left, top + 146, f"{words('valid_until')}: {_until(document, words)}", small)
    paper.y = top + _HEIGHT

"""What the letters say, by kind of document and language. Pure."""

from __future__ import annotations

SUBJECTS = {
    "en": {
        "quote": "Our quote {number}",
        "contract": "Contract {number} for your signature",
        "invoice": "Invoice {number}",
        "credit_note": "Credit note {number}",
        "delivery_note": "Delivery {number}",
        "receipt": "Receipt {number} for your payment",
    },
    "de": {
        "quote": "Unser Angebot {number}",
        "contract": "Vertrag {number} zur Unterschrift",
        "invoice": "Rechnung {number}",
        "credit_note": "Rechnungskorrektur {number}",
        "delivery_note": "Lieferung {number}",
        "receipt": "Quittung {number} über Ihre Zahlung",
    },
}

TEXTS = {
    "en": "Dear {customer},\n\nplease find {subject} attached.\n\nKind regards\n{seller}\n",
    "de": "Guten Tag {customer},\n\nim Anhang erhalten Sie: {subject}.\n\nFreundliche Grüße\n{seller}\n",
}


def letter_text(kind: str, number: str, customer: str, seller: str, language: str) -> tuple[str, str]:
    """Subject and text of the letter that carries a document; English where a language is not known."""
    code = language[:2].lower() if language[:2].lower() in SUBJECTS else "en"
    subject = SUBJECTS[code][kind].format(number=number)
    return subject, TEXTS[code].format(customer=customer, subject=subject, seller=seller)

"""Every word that is printed, in each language that papers are written in.

A row is a key, then English, then German. Names in braces are filled in; what fills them is only ever text.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.printed import Heading

LANGUAGES = ("en", "de")

_ROWS: tuple[tuple[str, str, str], ...] = (
    # names of the documents
    ("quote", "Quote", "Angebot"),
    ("contract", "Contract", "Vertrag"),
    ("delivery_note", "Delivery note", "Lieferschein"),
    ("invoice", "Invoice", "Rechnung"),
    ("credit_note", "Credit note", "Rechnungskorrektur"),
    ("receipt", "Payment receipt", "Zahlungsbeleg"),
    ("refund_receipt", "Refund receipt", "Rückzahlungsbeleg"),
    # facts beside the address
    ("number_quote", "Quote no.", "Angebotsnr."),
    ("number_contract", "Contract no.", "Vertragsnr."),
    ("number_delivery_note", "Delivery note no.", "Lieferscheinnr."),
    ("number_invoice", "Invoice no.", "Rechnungsnr."),
    ("number_credit_note", "Credit note no.", "Korrekturnr."),
    ("number_receipt", "Receipt no.", "Belegnr."),
    ("revision", "Revision", "Fassung"),
    ("version", "Version", "Fassung"),
    ("date", "Date", "Datum"),
    ("invoice_date", "Invoice date", "Rechnungsdatum"),
    ("valid_until", "Valid until", "Gültig bis"),
    ("due_on", "Due on", "Fällig am"),
    ("delivered_on", "Delivery date", "Lieferdatum"),
    ("delivered_in", "Delivery period", "Lieferzeitraum"),
    ("dispatched_on", "Dispatched on", "Versandt am"),
    ("paid_on", "Received on", "Eingegangen am"),
    ("refunded_on", "Paid back on", "Zurückgezahlt am"),
    ("deal", "Our reference", "Unser Zeichen"),
    ("carrier", "Carrier", "Spedition"),
    ("tracking", "Tracking no.", "Sendungsnr."),
    ("delivery_notes", "Delivery notes", "Lieferscheine"),
    ("their_tax_id", "Your tax ID", "Ihre USt-IdNr."),
    ("method", "Method", "Zahlungsart"),
    ("reference", "Reference", "Referenz"),
    ("reason", "Reason", "Grund"),
    ("corrects", "Corrects invoice", "Zu Rechnung"),
    ("quote_revision", "{number}, revision {revision}", "{number}, Fassung {revision}"),
    # the seller
    ("tax_id", "Tax ID", "USt-IdNr."),
    ("registration", "Reg. no.", "Registernr."),
    ("iban", "IBAN", "IBAN"),
    ("bic", "BIC", "BIC"),
    # the sheet
    ("page", "Page {page} of {pages}", "Seite {page} von {pages}"),
    ("seal", "Seal {seal}", "Siegel {seal}"),
    ("carried_forward", "Carried forward", "Übertrag"),
    ("brought_forward", "Brought forward from page {page}", "Übertrag von Seite {page}"),
    # tables
    ("position", "No.", "Pos."),
    ("description", "Description", "Bezeichnung"),
    ("quantity", "Quantity", "Menge"),
    ("unit", "Unit", "Einheit"),
    ("unit_price", "Unit price", "Einzelpreis"),
    ("unit_price_gross", "Price incl. tax", "Preis inkl. St."),
    ("per", "per {quantity}", "je {quantity}"),
    ("tax", "Tax", "Steuer"),
    ("amount", "Amount {currency}", "Betrag {currency}"),
    ("sku", "Item {sku}", "Artikel {sku}"),
    ("together", "Together {amount}", "Zusammen {amount}"),
    ("line_total", "Line total", "Positionsbetrag"),
    ("discount", "Discount", "Rabatt"),
    ("charge", "Charge", "Zuschlag"),
    ("ordered", "Ordered", "Bestellt"),
    ("delivered", "Delivered", "Geliefert"),
    ("remaining", "To follow", "Folgt noch"),
    ("received", "Received", "Erhalten"),
    # totals
    ("lines_net", "Sum of lines", "Summe der Positionen"),
    ("lines_gross", "Sum of lines, tax included", "Summe der Positionen inkl. Steuer"),
    ("net", "Net total", "Nettobetrag"),
    ("tax_total", "Tax", "Steuer"),
    ("tax_contained", "Tax contained", "Enthaltene Steuer"),
    ("net_contained", "Net amount", "Nettobetrag"),
    ("gross", "Total", "Gesamtbetrag"),
    ("prepaid", "Already paid", "Bereits gezahlt"),
    ("prepaid_with", "Already paid ({payments})", "Bereits gezahlt ({payments})"),
    ("rounding", "Rounding", "Rundung"),
    ("payable", "Amount due", "Zahlbetrag"),
    ("credited", "Amount credited", "Korrigierter Betrag"),
    ("tax_group", "Tax rate", "Steuersatz"),
    ("taxable", "Taxable {currency}", "Entgelt {currency}"),
    ("tax_amount", "Tax {currency}", "Steuer {currency}"),
    ("prices_gross", "Prices include tax.", "Die Preise enthalten die Steuer."),
    # tax categories: name in the tax table, note under it
    ("category_S", "{rate}", "{rate}"),
    ("category_Z", "Zero rated (Z)", "Nullsatz (Z)"),
    ("category_E", "Exempt (E)", "Steuerfrei (E)"),
    ("category_AE", "Reverse charge (AE)", "Reverse Charge (AE)"),
    ("category_K", "Intra-Community supply (K)", "Innergemeinschaftlich (K)"),
    ("category_G", "Export (G)", "Ausfuhr (G)"),
    ("category_O", "Outside the scope of tax (O)", "Nicht steuerbar (O)"),
    ("note_S", "", ""),
    ("note_Z", "Goods or services at the zero rate of tax.", "Lieferung oder Leistung zum Steuersatz null."),
    ("note_E", "Exempt from tax.", "Steuerfreie Lieferung oder Leistung."),
    (
        "note_AE",
        "Reverse charge: the recipient is liable for the tax.",
        "Steuerschuldnerschaft des Leistungsempfängers (Reverse Charge).",
    ),
    (
        "note_K",
        "Tax-free intra-Community supply of goods.",
        "Steuerfreie innergemeinschaftliche Lieferung.",
    ),
    ("note_G", "Tax-free export outside the tax territory.", "Steuerfreie Ausfuhrlieferung."),
    ("note_O", "Not subject to tax.", "Nicht steuerbarer Umsatz."),
    # opening sentences
    (
        "lead_quote",
        "Thank you for your interest. We are pleased to offer you the following.",
        "Vielen Dank für Ihr Interesse. Gern bieten wir Ihnen Folgendes an.",
    ),
    (
        "lead_credit_note",
        "This credit note corrects our invoice {invoice}.",
        "Diese Rechnungskorrektur berichtigt unsere Rechnung {invoice}.",
    ),
    (
        "lead_credit_note_dated",
        "This credit note corrects our invoice {invoice} of {date}.",
        "Diese Rechnungskorrektur berichtigt unsere Rechnung {invoice} vom {date}.",
    ),
    ("lead_receipt", "We have received your payment with thanks.", "Ihre Zahlung haben wir dankend erhalten."),
    ("lead_refund", "We have paid this amount back to you.", "Wir haben Ihnen diesen Betrag zurückgezahlt."),
    # terms of payment
    ("payment", "Payment", "Zahlung"),
    (
        "terms_net",
        "Payable within {days} of the invoice date, without deduction.",
        "Zahlbar innerhalb von {days} ab Rechnungsdatum ohne Abzug.",
    ),
    (
        "terms_at_once",
        "Payable at once on receipt of the invoice, without deduction.",
        "Zahlbar sofort nach Erhalt der Rechnung ohne Abzug.",
    ),
    (
        "terms_discount",
        "{percent} discount for payment within {early} of the invoice date; otherwise payable within {days}.",
        "{percent} Skonto bei Zahlung innerhalb von {early} ab Rechnungsdatum, sonst zahlbar innerhalb von {days}.",
    ),
    ("within_day", "1 day", "1 Tag"),
    ("within_days", "{days} days", "{days} Tagen"),
    (
        "early_offer",
        "If you pay by {date}, you may take {discount} off and pay only {amount}.",
        "Bei Zahlung bis zum {date} dürfen Sie {discount} abziehen und zahlen nur {amount}.",
    ),
    (
        "cashback",
        "For your next order you receive {percent} of what you have paid as credit.",
        "Für Ihren nächsten Auftrag erhalten Sie {percent} von dem, was Sie bezahlt haben, als Guthaben.",
    ),
    ("terms_prepaid", "Payable in advance, before delivery.", "Zahlbar im Voraus, vor der Lieferung."),
    ("terms_on_delivery", "Payable on delivery.", "Zahlbar bei Lieferung."),
    (
        "terms_deposit",
        "A deposit of {amount} is due before delivery.",
        "Vor der Lieferung ist eine Anzahlung von {amount} fällig.",
    ),
    (
        "terms_deposit_percent",
        "A deposit of {percent} of the total, {amount}, is due before delivery.",
        "Vor der Lieferung ist eine Anzahlung von {percent} des Gesamtbetrags, {amount}, fällig.",
    ),
    ("please_pay", "Please pay {amount} by {date}.", "Bitte zahlen Sie {amount} bis zum {date}."),
    (
        "please_transfer",
        "Please transfer {amount} by {date} to this account.",
        "Bitte überweisen Sie {amount} bis zum {date} auf dieses Konto.",
    ),
    ("account_holder", "Account holder", "Kontoinhaber"),
    ("payment_reference", "Payment reference", "Verwendungszweck"),
    (
        "paid_in_full",
        "This invoice is paid in full; nothing remains to be paid.",
        "Diese Rechnung ist vollständig bezahlt; es ist nichts mehr zu zahlen.",
    ),
    (
        "credit_use",
        "The amount lowers what is open of the invoice; what exceeds it is kept as your credit.",
        "Der Betrag mindert den offenen Rechnungsbetrag; was darüber hinausgeht, bleibt Ihr Guthaben.",
    ),
    # why this price: for the seller
    ("why", "Price explanation", "Preiserklärung"),
    (
        "why_lead",
        "For internal use: how each price came about, from the list price to the tax.",
        "Nur für den internen Gebrauch: wie jeder Preis zustande kam, vom Listenpreis bis zur Steuer.",
    ),
    ("why_step", "Step", "Schritt"),
    ("why_rule", "Rule", "Regel"),
    ("why_so_far", "So far", "Bis hier"),
    ("why_contained", "contained in the price", "im Preis enthalten"),
    ("why_lost", "Did not apply", "Nicht angewandt"),
    ("why_would", "would be {amount}", "käme auf {amount}"),
    ("step_list", "List price", "Listenpreis"),
    ("step_tier", "Tier", "Staffel"),
    ("step_contract", "Agreed price", "Vereinbarter Preis"),
    ("step_promotion", "Promotion", "Aktion"),
    ("step_line_discount", "Discount", "Rabatt"),
    ("step_line_charge", "Charge", "Zuschlag"),
    ("step_document_discount", "Discount of the whole", "Rabatt auf alles"),
    ("step_document_charge", "Charge of the whole", "Zuschlag auf alles"),
    # lines that are only proposed
    ("proposals", "Optional, not included in the total", "Optional, nicht im Gesamtbetrag enthalten"),
    (
        "proposals_text",
        "Tick what you would like to have as well; we then confirm the new total.",
        "Kreuzen Sie an, was Sie dazu wünschen; wir bestätigen Ihnen dann den neuen Gesamtbetrag.",
    ),
    ("proposals_instead", "instead of {name}", "statt {name}"),
    # clauses, acceptance, signatures
    ("clauses", "Clauses", "Klauseln"),
    ("clauses_quote", "These clauses become part of the contract:", "Diese Klauseln werden Bestandteil des Vertrags:"),
    ("acceptance", "Acceptance", "Annahme"),
    (
        "acceptance_text",
        "I accept quote {number} with the terms above.",
        "Ich nehme das Angebot {number} zu den oben genannten Bedingungen an.",
    ),
    ("place_date", "Place, date", "Ort, Datum"),
    ("name_signature", "Name and signature", "Name und Unterschrift"),
    ("seller", "Seller", "Verkäufer"),
    ("buyer", "Buyer", "Käufer"),
    ("section_subject", "Subject of the contract", "Vertragsgegenstand"),
    (
        "subject_text",
        "The seller supplies the following goods and services to the buyer, who accepts and pays for them.",
        "Der Verkäufer liefert dem Käufer die folgenden Waren und Leistungen; der Käufer nimmt sie ab und bezahlt sie.",
    ),
    ("section_payment", "Price and payment", "Preis und Zahlung"),
    (
        "price_text",
        "The agreed price is {amount} including tax.",
        "Der vereinbarte Preis beträgt {amount} einschließlich Steuer.",
    ),
    ("changes", "What changed in version {version}", "Änderungen in Fassung {version}"),
    ("change_clause_added", "Clause added: {subject}", "Klausel hinzugefügt: {subject}"),
    ("change_clause_reworded", "Clause worded anew: {subject}", "Klausel neu gefasst: {subject}"),
    ("change_line_added", "Added: {after} × {subject}", "Hinzugefügt: {after} × {subject}"),
    ("change_line_removed", "Removed: {subject}", "Entfernt: {subject}"),
    ("change_quantity", "{subject}: quantity {after} instead of {before}", "{subject}: Menge {after} statt {before}"),
    ("change_price", "{subject}: price {after} instead of {before}", "{subject}: Preis {after} statt {before}"),
    ("change_options", "{subject}: other options", "{subject}: andere Optionen"),
    ("change_parts", "{subject}: other parts", "{subject}: andere Bestandteile"),
    ("change_line", "{subject}: other conditions", "{subject}: andere Konditionen"),
    ("change_total", "Total: {after} instead of {before}", "Gesamtbetrag: {after} statt {before}"),
    # delivery
    ("complete", "With this delivery the order is complete.", "Mit dieser Lieferung ist die Bestellung vollständig."),
    (
        "to_follow",
        "Quantities under “To follow” come with a later delivery.",
        "Mengen unter „Folgt noch“ kommen mit einer späteren Lieferung.",
    ),
    (
        "received_text",
        "Goods received complete and undamaged, except for what is noted here:",
        "Ware vollständig und unbeschädigt erhalten, ausgenommen:",
    ),
    # gift cards
    ("gift_card", "Gift card", "Gutscheinkarte"),
    (
        "lead_gift_card",
        "A gift card for whatever you choose from {seller}.",
        "Eine Gutscheinkarte für alles, was {seller} anbietet.",
    ),
    ("gift_card_code", "Code", "Code"),
    (
        "gift_card_use",
        "Tell us the code when you pay. Whoever has it can use it, so keep it safe.",
        "Nennen Sie uns den Code beim Bezahlen. Wer ihn hat, kann ihn nutzen: Bewahren Sie ihn gut auf.",
    ),
    ("sold_on", "Sold on", "Verkauft am"),
    ("without_end", "without end", "unbegrenzt"),
    # receipts
    ("amount_received", "Amount received", "Erhaltener Betrag"),
    ("amount_refunded", "Amount paid back", "Zurückgezahlter Betrag"),
    ("used_for", "What it settles", "Verwendung"),
    ("settles_invoice", "Invoice {invoice}", "Rechnung {invoice}"),
    (
        "settles_discount",
        "Discount for paying early on invoice {invoice}: {amount}",
        "Skonto auf Rechnung {invoice}: {amount}",
    ),
    ("settles_deposit", "Deposit for {deal}", "Anzahlung für {deal}"),
    ("settles_credit", "Credit in your favour", "Guthaben zu Ihren Gunsten"),
    ("refund_deposit", "Deposit for {deal}, paid back", "Anzahlung für {deal}, zurückgezahlt"),
    ("refund_credit", "Your credit, paid back", "Ihr Guthaben, zurückgezahlt"),
    ("sum", "Sum", "Summe"),
    ("method_cash", "Cash", "Bar"),
    ("method_bank", "Bank transfer", "Überweisung"),
    ("method_card", "Card", "Karte"),
    ("method_cheque", "Cheque", "Scheck"),
    ("method_online", "Online payment", "Online-Zahlung"),
    ("method_credit", "Customer credit", "Guthaben"),
)

_TABLES = {language: {key: texts[place] for key, *texts in _ROWS} for place, language in enumerate(LANGUAGES)}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: `words("page", page=1, pages=3)`."""

    language: str

    def __call__(self, key: str, **values: str) -> str:
        """The words of a key with the values filled in; a key that is missing is a programming error."""
        return _TABLES[self.language][key].format(**values)

    def has(self, key: str) -> bool:
        """Whether there are words for the key."""
        return key in _TABLES[self.language]


def keys() -> tuple[str, ...]:
    """Every key, in the order of the table."""
    return tuple(row[0] for row in _ROWS)


def words_for(heading: Heading) -> Words:
    """The words of a document's language: the deal's, else the seller's, else English."""
    for wanted in (heading.language, heading.seller.language):
        language = wanted.replace("_", "-").split("-")[0].lower()
        if language in LANGUAGES:
            return Words(language)
    return Words("en")

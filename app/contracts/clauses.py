"""The clause library: standard texts a contract can take in by their key, in each language papers are written in.

A clause of a contract may carry its own text; these are used where it has none. They are starting points for a small
seller's ordinary sale, not legal advice.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StandardClause:
    """Title and full text of a clause in one language."""

    title: str
    text: str


STANDARD: dict[str, dict[str, StandardClause]] = {
    "en": {
        "warranty": StandardClause(
            "Warranty",
            "The seller warrants that the goods conform to this contract and are free from defects in material "
            "and workmanship for two years from the day of receipt. The buyer reports a defect in writing "
            "without undue delay after finding it. The seller then repairs or replaces the goods at its own "
            "cost within a reasonable time; if that fails twice, the buyer may reduce the price or withdraw "
            "from the contract for the goods concerned. Wear and tear and damage from improper use are not "
            "covered. Statutory rights of consumers are not limited.",
        ),
        "insurance": StandardClause(
            "Insurance",
            "The seller insures the goods against loss and damage in transit, at their invoice value, from "
            "dispatch until the buyer confirms receipt. Damage that can be seen on arrival is noted on the "
            "delivery note and reported within two working days. What the insurer pays is used for repair, "
            "replacement or a credit to the buyer.",
        ),
        "returns": StandardClause(
            "Returns",
            "Unused goods in their original packaging may be returned within 30 days of receipt after notice to"
            " the seller. Goods made or configured to the buyer's specification are excluded. The buyer bears "
            "the cost of return unless the goods were defective or wrongly delivered. For returned goods the "
            "seller issues a credit note at the price, discount and tax of the original invoice.",
        ),
        "delivery": StandardClause(
            "Delivery",
            "The seller delivers to the buyer's delivery address. Partial deliveries are permitted where they "
            "are reasonable for the buyer. Risk passes to the buyer on receipt. The buyer confirms receipt line"
            " by line and states what is damaged, missing or refused. Only what was accepted is invoiced.",
        ),
        "payment": StandardClause(
            "Payment",
            "Invoices are payable as agreed in this contract. A payment is made when it is credited to the "
            "seller's account. If the buyer is in default, the seller may charge statutory interest and "
            "withhold further deliveries until the amount due is paid. The buyer may set off only claims that "
            "are undisputed or finally adjudicated. The goods remain the seller's property until they are paid "
            "in full.",
        ),
        "termination": StandardClause(
            "Termination",
            "Either party may terminate this contract in writing for good cause if the other breaches a "
            "material obligation and does not remedy it within 14 days of written notice. What was delivered "
            "and accepted before termination is paid for as agreed; deposits for what is no longer delivered "
            "are paid back. Everything else remains as the law provides.",
        ),
    },
    "de": {
        "warranty": StandardClause(
            "Gewährleistung",
            "Der Verkäufer gewährleistet, dass die Ware diesem Vertrag entspricht und zwei Jahre ab Empfang "
            "frei von Material- und Verarbeitungsfehlern ist. Der Käufer zeigt einen Mangel unverzüglich nach "
            "Entdeckung in Textform an. Der Verkäufer bessert dann innerhalb angemessener Frist auf eigene "
            "Kosten nach oder liefert Ersatz; schlägt dies zweimal fehl, kann der Käufer für die betroffene "
            "Ware den Preis mindern oder vom Vertrag zurücktreten. Verschleiß und Schäden durch unsachgemäßen "
            "Gebrauch sind ausgenommen. Gesetzliche Rechte von Verbrauchern bleiben unberührt.",
        ),
        "insurance": StandardClause(
            "Versicherung",
            "Der Verkäufer versichert die Ware zum Rechnungswert gegen Verlust und Beschädigung auf dem "
            "Transport, vom Versand bis zur Empfangsbestätigung des Käufers. Bei Ankunft erkennbare Schäden "
            "werden auf dem Lieferschein vermerkt und innerhalb von zwei Werktagen gemeldet. Leistungen des "
            "Versicherers werden für Reparatur, Ersatz oder eine Erstattung an den Käufer verwendet.",
        ),
        "returns": StandardClause(
            "Rückgabe",
            "Unbenutzte Ware in Originalverpackung kann innerhalb von 30 Tagen nach Empfang nach vorheriger "
            "Anzeige zurückgegeben werden. Nach Vorgaben des Käufers gefertigte oder zusammengestellte Ware ist"
            " ausgenommen. Der Käufer trägt die Kosten der Rücksendung, es sei denn, die Ware war mangelhaft "
            "oder falsch geliefert. Für zurückgegebene Ware stellt der Verkäufer eine Rechnungskorrektur zu Preis, "
            "Rabatt und Steuer der ursprünglichen Rechnung aus.",
        ),
        "delivery": StandardClause(
            "Lieferung",
            "Der Verkäufer liefert an die Lieferanschrift des Käufers. Teillieferungen sind zulässig, soweit "
            "sie dem Käufer zumutbar sind. Die Gefahr geht mit dem Empfang auf den Käufer über. Der Käufer "
            "bestätigt den Empfang je Position und gibt an, was beschädigt ist, fehlt oder zurückgewiesen wird."
            " Berechnet wird nur, was angenommen wurde.",
        ),
        "payment": StandardClause(
            "Zahlung",
            "Rechnungen sind wie in diesem Vertrag vereinbart zahlbar. Eine Zahlung ist erfolgt, wenn sie dem "
            "Konto des Verkäufers gutgeschrieben ist. Im Verzug kann der Verkäufer die gesetzlichen Zinsen "
            "verlangen und weitere Lieferungen bis zur Zahlung zurückhalten. Der Käufer kann nur mit "
            "unbestrittenen oder rechtskräftig festgestellten Forderungen aufrechnen. Die Ware bleibt bis zur "
            "vollständigen Zahlung Eigentum des Verkäufers.",
        ),
        "termination": StandardClause(
            "Kündigung",
            "Jede Partei kann diesen Vertrag aus wichtigem Grund in Textform kündigen, wenn die andere eine "
            "wesentliche Pflicht verletzt und dem nicht innerhalb von 14 Tagen nach Aufforderung abhilft. Was "
            "vor der Kündigung geliefert und angenommen wurde, wird wie vereinbart bezahlt; Anzahlungen auf "
            "nicht mehr Geliefertes werden zurückgezahlt. Im Übrigen gelten die gesetzlichen Vorschriften.",
        ),
    },
}
"""Language -> key -> clause."""


def title(key: str, language: str) -> str:
    """The title of a clause; a key that is not in the library is written as a title itself ("on_site" -> "On site")."""
    clause = _table(language).get(key.casefold())
    return clause.title if clause else key.replace("_", " ").strip()[:1].upper() + key.replace("_", " ").strip()[1:]


def text(key: str, language: str) -> str:
    """The standard text of a clause; empty for a key that is not in the library."""
    clause = _table(language).get(key.casefold())
    return clause.text if clause else ""


def _table(language: str) -> dict[str, StandardClause]:
    """The clauses of a language; English where there are none."""
    return STANDARD.get(language, STANDARD["en"])

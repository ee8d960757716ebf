"""A contract: signatures, every version with what changed in it, the clauses, and the paper of any version."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.contracts import clauses
from app.contracts.rules import Side
from app.core.printed import Clause
from app.pipeline import details
from app.pipeline.details import ContractDetail, Version
from app.pipeline.rules import Action as Verb
from ui import formats
from ui.context import AppContext
from ui.contracts.texts import change_words, say, side_words
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.rows_card import RowsCard
from ui.widgets.document_page import DocumentPage, Fact
from ui.widgets.reason_words import reason_text
from ui.widgets.state_words import state_text, state_tone


def screen(context: AppContext, route: Route) -> QWidget:
    """The contract of the route's deal."""
    return ContractScreen(context, route)


class ContractScreen(DocumentPage):
    """Choosing a version shows its paper and its clauses."""

    kinds = frozenset({"contract", "deal", "quote"})

    def __init__(self, context: AppContext, route: Route) -> None:
        super().__init__(context, route, say("contracts", "Contract"))
        self._found: ContractDetail | None = None
        self._shown: Version | None = None
        deal = self._deal
        self.sign = self.verb(self.tr("Record a signature"), "contract", lambda: Route("sign-contract", deal()))
        self.amend = self.verb(self.tr("Amend clauses"), "edit", lambda: Route("amend-contract", deal()))
        self.amend_lines = self.verb(self.tr("Change the lines"), "products", lambda: Route("amend-lines", deal()))
        self.dispatch = self.verb(self.tr("Dispatch"), "delivery", lambda: Route("dispatch", deal()))
        self.versions = RowsCard(self.tr("Versions"), self._version_columns(), lambda row: row.version)
        self.versions.selected.connect(self._show_version)
        self.clauses = RowsCard(self.tr("Clauses"), self._clause_columns(), lambda row: row.key)
        self.clauses.opened.connect(self._reword)
        self.add_card(self.versions)
        self.add_card(self.clauses)
        self.reload()

    def load(self, session: Any, route: Route) -> ContractDetail:
        """With all versions."""
        return details.of_contract(session, int(route.id or 0), self._context.today())

    def fill(self, found: ContractDetail) -> None:
        """Put it into the parts."""
        self._found = found
        view, newest = found.view, found.versions[0]
        contract, deal = view.contract, view.deal
        state = contract.state.value if contract else ""
        badge = state_text("contract", state), state_tone("contract", state)
        amount = formats.money_text(view.quote.gross, deal.currency)
        self.set_head(newest.issued.number, deal.title or deal.customer.name, badge, amount, self.tr("with tax"))
        self.set_facts(self._facts_of(found))
        self._allow(found)
        self.set_verbs([self.sign, self.amend, self.amend_lines, self.dispatch], [self.sign, self.dispatch])
        self.versions.set_rows(found.versions)
        self.versions.table.choose(0)
        self._show_version(newest)

    def _deal(self) -> int | str | None:
        return self._route.id

    def _facts_of(self, found: ContractDetail) -> list[Fact]:
        view, newest = found.view, found.versions[0]
        deal = view.deal
        signed = {item.party: item for item in newest.signatures}
        facts = [
            Fact(self.tr("Customer"), deal.customer.name, Route("customer", deal.customer_id)),
            Fact(self.tr("Deal"), deal.number, Route("deal", deal.id)),
            Fact(self.tr("Quote"), f"{view.quote.number} · {view.quote.revision}", Route("quote", deal.id)),
            Fact(self.tr("Version"), f"{newest.version} · {formats.date_text(newest.made_on)}"),
        ]
        for side in Side:
            item = signed.get(side)
            words = side_words(side.value)
            if item is None:
                facts.append(Fact(words, self.tr("not signed yet"), tone="warn"))
            else:
                said = " · ".join(filter(None, (item.name, formats.date_text(item.signed_on))))
                facts.append(Fact(words, said, tone="ok"))
        return facts

    def _allow(self, found: ContractDetail) -> None:
        standing = found.view.standing
        for action, verb in (
            (self.sign, Verb.SIGN_CONTRACT),
            (self.amend, Verb.AMEND_CONTRACT),
            (self.amend_lines, Verb.AMEND_CONTRACT),
            (self.dispatch, Verb.DISPATCH),
        ):
            reason = reason_text(standing, verb)
            action.allow(not reason, reason)

    def _version_columns(self) -> list[Column]:
        return [
            Column(
                title=self.tr("Version"),
                text=lambda row: str(row.version),
                below=lambda row: formats.date_text(row.made_on),
                width=130,
            ),
            Column(title=self.tr("What changed"), text=self._changes, tip=self._changes),
            Column(title=self.tr("Signatures"), text=self._signed, width=140, align="right"),
        ]

    def _changes(self, version: Version) -> str:
        if not version.changes:
            return self.tr("As accepted in the quote") if version.version == 1 else formats.NOTHING
        return "; ".join(change_words(item, self._currency(), self._language()) for item in version.changes)

    def _signed(self, version: Version) -> str:
        return self.tr("%1 of 2").replace("%1", str(len(version.signatures)))

    def _clause_columns(self) -> list[Column]:
        def text(clause: Clause) -> str:
            return clause.text or clauses.text(clause.key, self._language())

        return [
            Column(title=self.tr("Clause"), text=lambda row: clauses.title(row.key, self._language()), width=160),
            Column(title=self.tr("Text"), text=text, tip=text, look="quiet"),
        ]

    def _currency(self) -> str:
        return self._found.view.deal.currency if self._found else "EUR"

    def _language(self) -> str:
        return (self._found.view.deal.customer.language if self._found else "") or "en"

    def _show_version(self, version: Version | None) -> None:
        if version is not None:
            self._shown = version
            self.clauses.set_rows(version.clauses)
            self.show_paper(version.issued)

    def _reword(self, clause: Clause) -> None:
        if self.amend.isEnabled():
            self._context.router.open(Route.to("amend-contract", self._deal(), clause=clause.key))

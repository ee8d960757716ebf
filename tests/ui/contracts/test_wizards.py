"""The wizards that amend and sign a contract."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from app.contracts.draft import OWN
from app.contracts.rules import ContractState, Side
from app.store.store import Store
from tests.builders import a_deal, facts_of
from tests.ui.accessibility import unnamed_controls
from tests.ui.deal_steps import a_mixed_offer, commit_words, put, told, wizard_of, wrong
from ui.context import AppContext
from ui.contracts.wizard import screen
from ui.routes import Route
from ui.widgets.button import Button


@pytest.fixture
def context(store: Store, make_context: Callable[..., AppContext]) -> AppContext:
    return make_context(store)


def test_a_clause_is_reworded_with_the_difference_shown(
    store: Store, context: AppContext, show: Callable[..., QWidget]
) -> None:
    deal_id = a_deal(store, a_mixed_offer(), until="signed_by_one")
    made = screen(context, Route("amend-contract", deal_id))
    show(made, size=(1204, 800))
    wizard = wizard_of(made)
    wizard.next()
    assert wrong(wizard) == ["Please choose one."]
    put(wizard, key="returns")
    wizard.next()
    assert wizard.step == "wording"
    wizard.next()
    assert wrong(wizard) == ["This is the text as it stands. Change it, or choose another clause."]
    text = wizard.page().fields["text"].value()
    put(wizard, text=text.replace("30 days", "60 days"))
    assert wizard.page()._difference.accessibleDescription() == "Taken out: 30; Put in: 60"
    assert not unnamed_controls(made)
    wizard.back()
    wizard.next()
    assert "60 days" in wizard.page().fields["text"].value()
    wizard.next()
    assert told(wizard)[:2] == ["Version 2 of contract C-2026-0001 is made", "1 signature no longer counts"]
    assert commit_words(wizard) == "Make version 2 of the contract"
    wizard.next()
    assert context.router.current == Route("contract", deal_id)
    contract = facts_of(store, deal_id).contract
    assert contract is not None
    assert (contract.version, contract.state) == (2, ContractState.DRAFT)
    assert "60 days" in contract.clauses[0].text


def test_a_clause_of_the_library_or_of_ones_own_is_added(store: Store, context: AppContext) -> None:
    deal_id = a_deal(store, a_mixed_offer(), until="accepted")
    wizard = wizard_of(screen(context, Route("amend-contract", deal_id)))
    put(wizard, key=OWN)
    wizard.next()
    assert wrong(wizard) == ["Give the clause a title."]
    put(wizard, title="On site help")
    wizard.next()
    wizard.next()
    assert wrong(wizard) == ["Please fill this in."]
    put(wizard, text="We come to you within a day.")
    wizard.next()
    wizard.next()
    library = wizard_of(screen(context, Route.to("amend-contract", deal_id, clause="warranty")))
    assert library.draft.text.startswith("The seller warrants")
    for _ in range(3):
        library.next()
    contract = facts_of(store, deal_id).contract
    assert contract is not None
    assert [clause.key for clause in contract.clauses] == ["returns", "on_site_help", "warranty"]


def test_several_clauses_are_amended_at_once(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    deal_id = a_deal(store, a_mixed_offer(), until="accepted")
    made = screen(context, Route("amend-contract", deal_id))
    show(made, size=(1204, 800))
    wizard = wizard_of(made)
    put(wizard, key="returns")
    wizard.next()
    wizard.page().another.click()
    assert wizard.step == "wording"
    assert wrong(wizard) == ["This is the text as it stands. Change it, or choose another clause."]
    put(wizard, text="Within 60 days.")
    wizard.page().another.click()
    assert wizard.step == "clause"
    assert wizard.page().done.isVisible()
    put(wizard, key=OWN, title="On site help")
    wizard.next()
    put(wizard, text="We come to you.")
    assert wizard.page()._nothing.text() == "Worded so far: Returns"
    assert not unnamed_controls(made)
    wizard.page().another.click()
    put(wizard, key="insurance")
    wizard.next()
    wizard.page().another.click()
    page = wizard.page()
    page._drop("insurance")
    put(wizard, key="on_site_help")
    assert (wizard.draft.key, wizard.draft.title) == ("on_site_help", "On site help")
    wizard.next()
    assert wizard.page().fields["text"].value() == "We come to you."
    wizard.page().another.click()
    wizard.next()
    assert wizard.step == "wording"
    assert wizard.page().fields["text"].isHidden()
    wizard.next()
    assert wizard.step == "review"
    wizard.next()
    contract = facts_of(store, deal_id).contract
    assert contract is not None
    assert contract.version == 2
    assert [(clause.key, clause.text) for clause in contract.clauses] == [
        ("returns", "Within 60 days."),
        ("on_site_help", "We come to you."),
    ]


def test_lines_instead_of_clauses(store: Store, context: AppContext) -> None:
    deal_id = a_deal(store, a_mixed_offer(), until="accepted")
    page = wizard_of(screen(context, Route("amend-contract", deal_id))).page()
    (verb,) = [button for button in page.findChildren(Button) if button.text() == "Change the agreed lines instead"]
    verb.click()
    assert context.router.current == Route("amend-lines", deal_id)


def test_both_sides_sign(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    deal_id = a_deal(store, a_mixed_offer(), until="accepted")
    made = screen(context, Route("sign-contract", deal_id))
    show(made, size=(1204, 800))
    wizard = wizard_of(made)
    assert wizard.page().fields["name"].value() == "Brightwater Kayaks"
    put(wizard, side=Side.BUYER)
    assert wizard.page().fields["name"].value() == "Lake School"
    assert commit_words(wizard) == "Record the signature"
    put(wizard, name="")
    wizard.next()
    assert wrong(wizard) == ["Please fill this in."]
    put(wizard, name="Jo Lake")
    assert not unnamed_controls(made)
    wizard.next()
    assert context.router.current == Route("contract", deal_id)
    second = wizard_of(screen(context, Route("sign-contract", deal_id)))
    assert second.page().fields["side"].editor._values == [Side.SELLER]
    assert commit_words(second) == "Record the signature and open the order"
    second.next()
    contract = facts_of(store, deal_id).contract
    assert contract is not None
    assert contract.state is ContractState.IN_FORCE
    assert [(s.party, s.name) for s in contract.signatures] == [
        (Side.BUYER, "Jo Lake"),
        (Side.SELLER, "Brightwater Kayaks"),
    ]

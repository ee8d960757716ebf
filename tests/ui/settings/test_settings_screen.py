"""The settings: what is typed is stored by itself, problems stand beside their fields, papers follow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.core.party import Address, Party
from app.parties.defaults import Defaults, defaults, set_defaults
from app.parties.queries import our_company, our_look
from app.parties.service import set_company
from app.pricing.approval import check_pin
from app.pricing.marks import MarginMarks, margin_marks
from app.rewards.points import Programme
from app.store import backup, settings
from app.store.numbering import next_number
from app.store.store import Store
from tests.ui.accessibility import unnamed_controls
from tests.ui.conftest import TODAY
from ui.context import AppContext
from ui.routes import Route
from ui.settings import settings_screen
from ui.settings.rewards_section import RewardSettings, read_rewards
from ui.settings.settings_screen import SettingsScreen

PARTY = Party("Brandt", tax_id="DE271828180", iban="DE89370400440532013000", address=Address("Weg 1", city="Kiel"))

SECTIONS = ("company", "paper", "terms", "margin", "rewards", "numbers", "computer", "backups")


@pytest.fixture
def context(store: Store, make_context: Callable[..., AppContext]) -> AppContext:
    with store.write("test") as session:
        set_company(session, PARTY, look={"accent": "#0B6B57", "watermark": "Practice"})
        set_defaults(session, Defaults("EUR", tax_rates=(Decimal(19), Decimal(7)), payment="net 14"))
    return make_context(store)


@pytest.fixture
def screen(context: AppContext, show: Callable[..., QWidget]) -> SettingsScreen:
    made = settings_screen.screen(context, Route("settings"))
    show(made, size=(1100, 760))
    assert isinstance(made, SettingsScreen)
    return made


def stored(context: AppContext) -> tuple[Any, dict[str, Any], Defaults]:
    with context.store.read() as session:
        return our_company(session), our_look(session), defaults(session)


def history_length(context: AppContext) -> int:
    with context.store.read() as session:
        return int(session.connection.exec_driver_sql("SELECT count(*) FROM history").scalar_one())


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_names_its_controls(screen: SettingsScreen, section: str) -> None:
    screen.show_route(Route.to("settings", section=section))
    QApplication.processEvents()
    assert screen._stack.currentWidget().isVisible()
    assert not unnamed_controls(screen)


def test_the_company_is_shown_and_stored_by_itself(screen: SettingsScreen, context: AppContext) -> None:
    fields = screen.section("company").fields
    assert fields["iban"].value() == "DE89 3704 0044 0532 0130 00"
    fields["name"].editor.setText("Brandt Keramik")
    fields["country"].set_value("DE")
    screen.section("company").save_now()
    company, look, _ = stored(context)
    assert (company.name, company.address.country, company.address.city) == ("Brandt Keramik", "DE", "Kiel")
    assert look["accent"] == "#0B6B57"


def test_leaving_the_page_saves_what_was_typed_last(screen: SettingsScreen, context: AppContext) -> None:
    screen.section("company").fields["phone"].editor.setText("+49 431 1")
    screen.show_route(Route.to("settings", section="terms"))
    QApplication.processEvents()
    assert stored(context)[0].phone == "+49 431 1"


def test_a_wrong_bank_account_or_no_name_is_not_stored(screen: SettingsScreen, context: AppContext) -> None:
    screen.section("company").fields["iban"].editor.setText("DE89 3704 0044 0532 0130 01")
    screen.section("company").save_now()
    assert screen.section("company").fields["iban"].problem().startswith("This is no IBAN")
    assert stored(context)[0].iban == PARTY.iban
    screen.section("company").fields["iban"].editor.setText("")
    screen.section("company").fields["name"].editor.setText("  ")
    screen.section("company").save_now()
    assert screen.section("company").fields["name"].problem()
    assert stored(context)[0] == PARTY


def test_looking_at_the_settings_writes_nothing(screen: SettingsScreen, context: AppContext) -> None:
    before = history_length(context)
    for section in SECTIONS:
        screen.show_route(Route.to("settings", section=section))
        QApplication.processEvents()
    for part in (screen.section("company"), screen.section("paper"), screen.section("terms")):
        part.save_now()
    assert history_length(context) == before


def test_the_paper_follows_the_colour(screen: SettingsScreen, context: AppContext) -> None:
    screen.show_route(Route.to("settings", section="paper"))
    screen.section("paper").render_now()
    first = screen.section("paper").preview._pages.file
    assert first is not None
    assert "Brandt" in first.text(0)
    accent = screen.section("paper").fields["accent"].editor
    accent._swatches[3].click()
    assert accent.value() == "#B3261E"
    screen.section("paper").render_now()
    screen.section("paper").save_now()
    look = stored(context)[1]
    assert look == {"accent": "#B3261E", "watermark": "Practice"}
    assert stored(context)[0] == PARTY


def test_terms_are_stored(screen: SettingsScreen, context: AppContext) -> None:
    fields = screen.section("terms").fields
    assert fields["tax_rates"].value() == (Decimal(19), Decimal(7))
    assert fields["days"].value() == 14
    fields["days"].set_value(Decimal(21))
    fields["deposit_percent"].set_value(Decimal(30))
    fields["prices_include_tax"].set_value(True)
    screen.section("terms").save_now()
    assert stored(context)[2] == Defaults("EUR", True, (Decimal(19), Decimal(7)), "net 21", 30, Decimal(30))
    fields["early_tax"].set_value("never")
    screen.section("terms").save_now()
    fields["days"].set_value(Decimal(20))
    screen.section("terms").save_now()
    assert stored(context)[2].early_tax == "never"
    fields["payment"].set_value("prepaid")
    assert fields["days"].isHidden()
    screen.section("terms").save_now()
    assert stored(context)[2].payment == "prepaid"


def test_rates_are_added_removed_and_never_twice(screen: SettingsScreen, context: AppContext) -> None:
    screen.show_route(Route.to("settings", section="terms"))
    rates = screen.section("terms").fields["tax_rates"].editor
    rates._add(None, focus=True)
    rates._edits[2].set_value(Decimal(7))
    screen.section("terms").save_now()
    assert screen.section("terms").fields["tax_rates"].problem() == "A rate stands there twice."
    assert len(stored(context)[2].tax_rates) == 2
    rates._remove(rates._edits[0])
    rates._remove(rates._edits[0])
    screen.section("terms").save_now()
    assert stored(context)[2].tax_rates == (Decimal(7),)
    rates._remove(rates._edits[0])
    screen.section("terms").save_now()
    assert stored(context)[2].tax_rates == ()


def test_the_next_numbers_are_shown(screen: SettingsScreen) -> None:
    grid = screen.section("numbers")._grid
    texts = {grid.itemAt(index).widget().text() for index in range(grid.count())}
    assert {"INV-2026-0001", "Q-2026-0001", "Invoices"} <= texts


def shown_numbers(screen: SettingsScreen) -> set[str]:
    grid = screen.section("numbers")._grid
    return {grid.itemAt(index).widget().text() for index in range(grid.count())}


def test_numbers_are_chosen_with_an_example_and_undone(screen: SettingsScreen, context: AppContext) -> None:
    said: list[Any] = []
    context.news.said.connect(lambda *news: said.append(news))
    screen.show_route(Route.to("settings", section="numbers"))
    screen.section("numbers").change("INV")
    dialog = screen.section("numbers").dialog
    assert not unnamed_controls(dialog)
    assert dialog._example.text() == "INV-2026-0001"
    for name, value in (("prefix", "re"), ("with_year", False), ("digits", Decimal(5)), ("first", Decimal(251))):
        dialog.fields[name].set_value(value)
    assert dialog._example.text() == "RE-00251"
    dialog.commit.click()
    assert "RE-00251" in shown_numbers(screen)
    assert said[-1][0] == "The next number is RE-00251"
    said[-1][2]()
    assert "INV-2026-0001" in shown_numbers(screen)


def test_a_series_in_use_has_no_other_next_number_and_says_so(screen: SettingsScreen, context: AppContext) -> None:
    with context.store.write("test") as session:
        next_number(session, "INV", TODAY)
    screen.reload()
    screen.section("numbers").change("INV")
    dialog = screen.section("numbers").dialog
    assert not dialog.fields["first"].editor.isEnabled()
    assert dialog._why.text().startswith("INV-2026 is in use, so INV-2026-0002 follows")
    dialog.fields["digits"].set_value(Decimal(3))
    dialog.commit.click()
    assert dialog.fields["digits"].problem() == "Not fewer than the numbers that were given have."
    dialog.fields["digits"].set_value(Decimal(6))
    dialog.fields["prefix"].set_value("CN")
    dialog.commit.click()
    assert dialog.fields["prefix"].problem() == "Another kind of document has this prefix."
    dialog.fields["prefix"].set_value("RE")
    assert dialog.fields["first"].editor.isEnabled()
    dialog.commit.click()
    assert "RE-2026-000001" in shown_numbers(screen)


def test_margin_marks_are_stored(screen: SettingsScreen, context: AppContext) -> None:
    section = screen.section("margin")
    section.fields["floor"].set_value(Decimal(40))
    section.save_now()
    assert section.fields["target"].problem().startswith("The target is at least the floor")
    section.fields["target"].set_value(Decimal(50))
    section.fields["stop"].set_value(True)
    section.save_now()
    with context.store.read() as session:
        assert margin_marks(session) == MarginMarks(Decimal(40), Decimal(50), True)


def type_pin(section: Any, is_removal: bool = False, **pins: str) -> Any:
    section.ask(is_removal)
    for name, pin in pins.items():
        section.dialog.fields[name].set_value(pin)
    section.dialog.commit.click()
    return section.dialog


def test_the_pin_is_set_changed_and_taken_away(screen: SettingsScreen, context: AppContext) -> None:
    screen.show_route(Route.to("settings", section="margin"))
    section = screen.section("margin")
    dialog = type_pin(section, new="1234", again="1235")
    assert dialog.fields["again"].problem() == "This is not the same PIN."
    assert not unnamed_controls(dialog)
    assert type_pin(section, new="12", again="12").fields["new"].problem() == "A PIN has 4 to 12 figures."
    type_pin(section, new="1234", again="1234")
    assert section._state.text() == "A PIN is set"
    for _ in range(5):
        assert type_pin(section, old="9999", new="5678", again="5678").fields["old"].problem() == "That is not the PIN."
    waiting = type_pin(section, old="1234", new="5678", again="5678").fields["old"].problem()
    assert waiting.startswith("Too many wrong PINs. Try again in ")
    with context.store.write("test") as session:
        settings.put(session, "owner pin", settings.get(session, "owner pin") | {"wrong": 0})
    type_pin(section, old="1234", new="5678", again="5678")
    with context.store.write("test") as session:
        assert check_pin(session, "5678")
    type_pin(section, is_removal=True, old="5678")
    assert section._state.text() == "No PIN is set"


def test_language_and_theme(screen: SettingsScreen, context: AppContext, theme: object) -> None:
    told: list[frozenset[str]] = []
    context.changes.happened.connect(told.append)
    fields = screen.section("computer").fields
    fields["theme"].set_value("dark")
    assert context.theme.is_dark
    assert context.settings.text("theme") == "dark"
    assert told == []
    context.theme.toggle()
    assert fields["theme"].value() == "light"
    fields["language"].set_value("de")
    assert told == [frozenset({"language"})]
    assert context.settings.text("language") == "de"


class Keeper:
    """Stands for the window's company."""

    def __init__(self) -> None:
        self.backup_folder: Path | None = None
        self.done: list[Any] = []
        self.restore_wanted = self
        self.emit = self.done.append

    def choose_backup_folder(self, folder: Path | None) -> None:
        self.backup_folder = folder

    def back_up_by_hand(self) -> None:
        self.done.append("backup")


def test_backups(
    context: AppContext, show: Callable[..., QWidget], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    context.keeper = keeper = Keeper()
    made = backup.make(context.store.path, datetime.now(UTC) - timedelta(days=9), "test")
    screen = SettingsScreen(context)
    show(screen, size=(1100, 760))
    screen.show_route(Route.to("settings", section="backups"))
    section = screen.section("backups")
    assert section._note.text() == "9 days ago"
    assert section._icon._name == "warning"
    section.back_up()
    (verb,) = [b for b in section.findChildren(QWidget) if b.accessibleName().startswith("Restore the backup of")]
    verb.click()
    assert keeper.done == ["backup", made]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    section.choose()
    assert keeper.backup_folder == tmp_path
    assert keeper.done[-1] == "backup"
    screen.reload()
    assert section._folder.whole_text() == str(tmp_path)
    section.use(None)
    assert keeper.backup_folder is None


def test_a_file_without_backups_says_so(screen: SettingsScreen) -> None:
    assert screen.section("backups")._last.text() == "Not backed up yet"


def test_points_and_coins_are_stored_and_taken_back(screen: SettingsScreen, context: AppContext) -> None:
    section = screen.section("rewards")
    assert section.fields["per_unit"].isHidden()
    section.fields["promises"].set_value(True)
    section.fields["value"].set_value(Decimal("0.02"))
    section.fields["expiry_months"].set_value(Decimal(24))
    assert section._example.text() == "€100.00 without tax bring 100 points, worth €2.00."
    section.model.add_blank()
    section.save_now()
    with context.store.read() as session:
        assert read_rewards(session) == RewardSettings(
            "EUR", Programme("EUR", Decimal(1), Decimal("0.02"), 24), {"CHF": Decimal("0.05")}
        )
    section.model.remove([0])
    section.fields["promises"].set_value(False)
    section.save_now()
    with context.store.read() as session:
        assert read_rewards(session) == RewardSettings("EUR")

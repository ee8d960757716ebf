"""Company files: the first start, the last one again, switching, trouble, backups, throwing away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.errors import StoreError
from app.core.party import Party
from app.parties.service import save_customer
from app.store import backup, upkeep
from app.store.store import Store
from tests.ui.accessibility import unnamed_controls
from tests.ui.conftest import Reported
from tests.ui.frame.conftest import MakeWindow
from ui.context import Settings
from ui.first_run.start_screen import StartScreen
from ui.frame.companies import Companies
from ui.frame.trouble import TroublePage
from ui.main_window import MainWindow
from ui.routes import Route
from ui.widgets.button import Button
from ui.widgets.label import Label


def page(window: MainWindow) -> Any:
    return window.shell.page()


def press(window: Any, words: str) -> None:
    (button,) = [b for b in window.findChildren(Button) if b.text() == words and b.isVisibleTo(window)]
    button.click()
    QApplication.processEvents()


def leave(window: MainWindow) -> None:
    window.close()
    QApplication.processEvents()


def test_the_first_start_asks_for_a_company(make_window: MakeWindow) -> None:
    window = make_window()
    assert isinstance(page(window), StartScreen)
    assert not window.shell.sidebar.isVisible()
    assert not window.verbs.new_quote.isEnabled()
    assert window.verbs.new_quote.reason
    assert not unnamed_controls(window)


def test_the_last_company_opens_by_itself(window: MainWindow, company: Path) -> None:
    assert window.company is not None
    assert window.company.path == company
    assert window.windowTitle() == "Alster Coffee Works – Handsel"
    assert window.shell.sidebar.item("invoice").count == 5
    assert window.shell.sidebar.item("quote").count == 4
    assert window.company.context.router.current == Route("home")
    assert not unnamed_controls(window)


def test_the_page_that_was_open_comes_back(make_window: MakeWindow, company: Path) -> None:
    first = make_window(company)
    first.go(Route.to("settings", section="terms"))
    leave(first)
    again = make_window()
    assert again.company is not None
    assert again.company.context.router.current == Route.to("settings", section="terms")


def test_leaving_backs_up_once_and_lets_the_file_go(make_window: MakeWindow, company: Path) -> None:
    window = make_window(company)
    leave(window)
    assert not window.isVisible()
    assert len(backup.listed(backup.folder_of(company))) == 1
    Store.open(company).close()  # nobody holds it any more
    leave(make_window(company))
    assert len(backup.listed(backup.folder_of(company))) <= 2


def test_a_new_company_is_made_and_opened(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window()
    start = page(window)
    start._folder = tmp_path / "Documents"
    start.name.setText("Brandt Keramik")
    press(start, "Create company")
    assert window.company is not None
    assert window.company.path == tmp_path / "Documents" / "Brandt Keramik.handsel"
    assert window.company.opened.name == "Brandt Keramik"
    assert window.company.context.router.current == Route("home")
    assert window.shell.sidebar.isVisible()


def test_the_practice_company_is_made_marked_and_thrown_away(
    make_window: MakeWindow, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "data" / "practice" / "Practice company.handsel"
    window = make_window(practice_file=lambda: place)
    press(page(window), "Open the practice company")
    assert window.company is not None
    assert window.company.opened.is_practice
    assert window.shell._banner.isVisible()
    window.go(Route("settings"))
    window.company.context.settings.put("palette/recent", ["verb:New quote", "customer:1"])
    monkeypatch.setattr(window.opening, "_is_sure", lambda *_: False)
    press(window, "Throw away")
    assert place.exists()
    monkeypatch.setattr(window.opening, "_is_sure", lambda *_: True)
    press(window, "Throw away")
    assert window.company is None
    assert isinstance(page(window), StartScreen)
    assert window.windowTitle() == "Handsel"
    assert not place.parent.exists()
    assert settings.texts("palette/recent") == ["verb:New quote"]
    settings.save()
    kept = (tmp_path / "window.ini").read_text()
    assert "practice" not in kept.lower()
    assert Companies(settings).recent() == []


def test_no_other_company_can_be_thrown_away(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    assert window.company is not None
    object.__setattr__(window.company.opened, "is_practice", False)
    monkeypatch.setattr(window.opening, "_is_sure", lambda *_: pytest.fail("asked"))
    window.opening.throw_away()
    assert window.company is not None


def test_switching_closes_one_company_before_the_other(window: MainWindow, tmp_path: Path, company: Path) -> None:
    other = tmp_path / "other.handsel"
    Store.open(other, create=True).close()
    window.opening.open(other)
    assert window.company is not None
    assert window.company.path == other
    assert not window.shell._banner.isVisible()
    Store.open(company).close()
    names = [action.text() for action in window.shell.sidebar._menu.actions() if action.text()]
    assert names[:2] == ["other", "Alster Coffee Works"]
    known = window.opening.companies.recent()
    assert [item.path for item in known] == [other, company]


def test_ten_companies_are_remembered(settings: Settings, tmp_path: Path) -> None:
    companies = Companies(settings)
    for number in range(12):
        companies.opened(tmp_path / f"{number}.handsel", f"Company {number}", False)
    companies.opened(tmp_path / "5.handsel", "Company 5", False)
    assert [item.name for item in companies.recent()][:3] == ["Company 5", "Company 11", "Company 10"]
    assert len(companies.recent()) == 10
    assert not companies.recent()[0].exists


def test_a_file_that_is_gone_is_explained_and_another_way_offered(
    make_window: MakeWindow, tmp_path: Path, company: Path
) -> None:
    missing = tmp_path / "gone.handsel"
    window = make_window(missing)
    trouble = page(window)
    assert isinstance(trouble, TroublePage)
    assert any("There is no file" in label.text() for label in trouble.findChildren(Label))
    assert not unnamed_controls(window)
    company.rename(missing)
    press(trouble, "Try again")
    assert window.company is not None


def test_a_damaged_file_goes_back_to_its_backup(make_window: MakeWindow, company: Path) -> None:
    with Store.open(company) as store:
        store.backup("test")
    company.write_bytes(b"no store at all")
    window = make_window(company)
    trouble = page(window)
    assert isinstance(trouble, TroublePage)
    press(trouble, "Restore")
    assert window.company is not None
    assert window.company.opened.name == "Alster Coffee Works"
    assert list(company.parent.glob("*before-restore*"))


def test_from_trouble_to_the_start_page(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window(tmp_path / "gone.handsel")
    press(page(window), "Start page")
    assert isinstance(page(window), StartScreen)


def test_restoring_from_the_settings(window: MainWindow, company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert window.company is not None
    window.company.back_up_by_hand()
    assert window.toasts.shown().startswith("Backed up and proved")
    (made,) = backup.listed(backup.folder_of(company))
    monkeypatch.setattr(window.opening, "_is_sure", lambda *_: True)
    window.company.restore_wanted.emit(made)
    assert window.company is not None
    assert window.company.path == company
    assert list(company.parent.glob("*before-restore*"))


def test_a_backup_that_fails_at_the_end_is_told_and_the_file_is_closed(
    make_window: MakeWindow, company: Path, reported: Reported, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    window = make_window(company)
    monkeypatch.setattr(upkeep, "keep_backup", full)
    leave(window)
    assert [shown.text for shown in reported.shown] == ["The disk is full."]
    assert not window.isVisible()
    Store.open(company).close()


def test_the_geometry_comes_back(make_window: MakeWindow, company: Path, settings: Settings, qtbot: QtBot) -> None:
    window = make_window(company)
    window.resize(1111, 777)
    leave(window)
    assert make_window().size().width() != 0
    assert not settings.state("window/geometry").isEmpty()


def test_a_company_that_another_handsel_holds_is_looked_at(make_window: MakeWindow, company: Path) -> None:
    with Store.open(company) as holder:
        window = make_window(company)
        assert window.company is not None
        assert window.company.context.is_read_only
        assert "look at everything, change nothing" in window.shell._held.accessibleName()
        assert window.shell._held.isVisible()
        assert window.shell.sidebar.saved.state() == "view"
        said: list[str] = []
        window.company.context.news.said.connect(lambda text, *_: said.append(text))
        window.go(Route("customers"))
        for route in (Route("new-quote"), Route("customer", "new"), Route.to("customer", 1, edit=1)):
            window.go(route)
            assert window.company.context.router.current == Route("customers")
        assert said == ["Another Handsel holds this company: here it can only be looked at."] * 3
        with holder.write("other") as session:
            save_customer(session, Party("Aachen Roasters"))
        window.company.look_at_the_date()
        screen: Any = window.company.screens.shown
        assert "Aachen Roasters" in [row.name for row in screen.table.model().rows()]
        assert not unnamed_controls(window)
    press(window, "Try again")
    assert not window.company.context.is_read_only
    assert not window.shell._held.isVisible()
    assert window.shell.sidebar.saved.state() == "saved"


def test_days_without_backup_stand_at_the_saved_line(window: MainWindow) -> None:
    assert window.company is not None
    window.company.unsecured.emit(9)
    assert window.shell.sidebar.saved._below.whole_text() == "Not backed up for 9 days"

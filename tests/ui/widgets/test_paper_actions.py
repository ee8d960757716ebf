"""Papers: previewed, printed, saved, and put into a letter; the same bytes everywhere."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from app.ledger import queries as books
from app.ledger.queries import Issued
from app.outputs import papers
from app.store.store import Store
from tests.builders import a_customer, a_deal
from tests.ui.accessibility import unnamed_controls
from tests.ui.conftest import Reported
from ui.context import AppContext
from ui.widgets.paper_actions import PaperPanel, Papers, print_pages
from ui.widgets.pdf_preview import PdfFile


@pytest.fixture
def context(store: Store, make_context: Callable[..., AppContext]) -> AppContext:
    made: AppContext = make_context(store)
    return made


def a_paper(store: Store, **over: Any) -> Issued:
    deal_id = a_deal(store, until="sent", **over)
    with store.read() as session:
        return books.documents_of(session, deal_id)[0]


def test_the_panel_shows_the_kept_file(context: AppContext, store: Store, show: Callable[..., QWidget]) -> None:
    panel = PaperPanel(context, "Quote", "It is made when the quote is sent.")
    show(panel)
    assert [verb.isEnabled() for verb in panel._verbs] == [False] * 3
    assert not unnamed_controls(panel)
    paper = a_paper(store)
    panel.show_paper(paper)
    assert panel.preview.page_count() == 1
    assert panel.head.note.text() == paper.number
    assert [verb.isEnabled() for verb in panel._verbs] == [True] * 3
    assert not unnamed_controls(panel)
    panel.show_paper(None)
    assert panel.preview.page_count() == 0


def test_a_window_shows_it_too(context: AppContext, store: Store, show: Callable[..., QWidget]) -> None:
    owner = QWidget()
    show(owner)
    window = Papers(context, owner).show(a_paper(store))
    assert window.panel.preview.page_count() == 1
    window.close()


def test_a_copy_is_the_very_file(context: AppContext, store: Store, show: Any, tmp_path: Path) -> None:
    owner, paper, said = QWidget(), a_paper(store), []
    show(owner)
    context.news.said.connect(lambda text, *_: said.append(text))
    Papers(context, owner).save_to(paper, tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes() == papers.content(store, paper.id)
    assert said == ["Saved as copy.pdf"]


def test_a_letter_is_opened_with_the_file_attached(
    context: AppContext, store: Store, show: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())) or True)
    owner, paper = QWidget(), a_paper(store)
    show(owner)
    Papers(context, owner).mail(paper)
    message = message_from_bytes(opened[0].read_bytes(), policy=default)
    (attached,) = message.iter_attachments()  # type: ignore[attr-defined]
    assert attached.get_content() == papers.content(store, paper.id)


def test_without_a_mail_program_it_says_what_to_do(
    context: AppContext, store: Store, show: Any, monkeypatch: pytest.MonkeyPatch, reported: Reported
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    owner = QWidget()
    show(owner)
    Papers(context, owner).mail(a_paper(store))
    assert "No program for mail" in reported.shown[0].text


def test_a_bad_address_is_said_in_words(context: AppContext, store: Store, show: Any, reported: Reported) -> None:
    owner = QWidget()
    show(owner)
    Papers(context, owner).mail(a_paper(store, customer=a_customer(email="two@a.example, b@c.example")))
    assert "is not one e-mail address" in reported.shown[0].text


def test_every_page_is_printed(qapp: object, store: Store, tmp_path: Path) -> None:
    support = pytest.importorskip("PySide6.QtPrintSupport", exc_type=ImportError)
    printer = support.QPrinter()
    printer.setOutputFormat(support.QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    assert print_pages(papers.content(store, a_paper(store).id), printer) == 1
    printed = PdfFile((tmp_path / "out.pdf").read_bytes())
    assert len(printed.sizes) == 1
    assert not printed.image(0, 1.0).isNull()
    printed.close()

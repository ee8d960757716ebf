"""Settings, news, and the two ways to the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QObject
from shiboken6 import delete

from app.core.errors import Conflict
from tests.ui.conftest import Reported
from ui.context import AppContext, Settings


class Store:
    """Remembers how it was opened."""

    def __init__(self) -> None:
        self.opened: list[Any] = []

    @contextmanager
    def read(self) -> Iterator[str]:
        self.opened.append("read")
        yield "session"

    @contextmanager
    def write(self, actor: str, key: str | None = None) -> Iterator[str]:
        self.opened.append(("write", actor, key))
        yield "session"


MakeContext = Callable[..., AppContext]


def test_settings_keep_their_kinds_over_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "s.ini"
    settings = Settings(file)
    for key, value in (("t", "text"), ("n", 7), ("f", True), ("l", ["a", "b"]), ("one", ["a"])):
        settings.put(key, value)
    settings.put("w", QByteArray(b"\x00\x01"))
    settings.save()
    again = Settings(file)
    assert (again.text("t"), again.number("n"), again.flag("f"), again.texts("l")) == ("text", 7, True, ["a", "b"])
    assert again.texts("one") == ["a"]
    assert again.state("w") == QByteArray(b"\x00\x01")
    again.forget("t")
    assert again.text("t", "gone") == "gone"
    assert again.number("missing", 3) == 3
    assert again.state("missing").isEmpty()


def test_a_write_is_one_command_and_tells_what_changed(make_context: MakeContext) -> None:
    store, told, answers = Store(), [], []
    context = make_context(store)
    context.changes.happened.connect(told.append)
    context.write(lambda session: f"{session} done", {"quote"}, answers.append, key="k1")
    assert store.opened == [("write", "owner", "k1")]
    assert told == [frozenset({"quote"})]
    assert answers == ["session done"]


def test_a_failed_write_tells_nobody_and_is_shown(make_context: MakeContext, reported: Reported) -> None:
    context, told = make_context(Store()), []
    context.changes.happened.connect(told.append)

    def work(_session: str) -> None:
        raise Conflict("changed meanwhile")

    context.write(work, {"quote"})
    assert told == []
    assert reported.shown[0].text == "changed meanwhile"


def test_news_come_even_when_the_screen_is_gone(make_context: MakeContext) -> None:
    context, told, heard = make_context(Store()), [], []
    context.changes.happened.connect(told.append)
    owner = QObject()
    delete(owner)
    context.write(lambda _: 1, {"quote"}, heard.append, owner=owner)
    assert told == [frozenset({"quote"})]
    assert heard == []


def test_a_read_uses_a_read_session(make_context: MakeContext) -> None:
    store, answers = Store(), []
    make_context(store).read(lambda session: session, answers.append)
    assert store.opened == ["read"]
    assert answers == ["session"]


def test_words_for_the_person_are_passed_on_with_their_verb(make_context: MakeContext) -> None:
    context, heard = make_context(), []
    context.news.said.connect(lambda text, verb, do: heard.append((text, verb, do)))
    context.say("Saved")
    context.say("Sent", "View", print)
    assert heard == [("Saved", "", None), ("Sent", "View", print)]

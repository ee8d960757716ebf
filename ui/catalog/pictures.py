"""Keeping and showing pictures of products, beside the main thread."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

from app.catalog.rules import Product
from app.core.errors import RuleViolation, StoreError
from ui.catalog.texts import problem_words
from ui.context import AppContext
from ui.widgets.picture_edit import PictureEdit


class Pictures:
    """The store's files as far as they are pictures; the value of an edit is (image, thumbnail)."""

    def __init__(self, context: AppContext) -> None:
        self._context = context

    def keep(self, content: bytes, edit: PictureEdit) -> None:
        """Keep a picture, and show it in an edit as what the person gave; or say there why it is refused."""
        files = self._context.store.files

        def work(_progress: Any) -> tuple[tuple[str, str], bytes]:
            from app.catalog import pictures

            names = pictures.keep(files, content)
            return names, files.get(names[0])

        def refused(error: Exception) -> None:
            if isinstance(error, RuleViolation):
                edit.set_problem(problem_words(error.problems[0]))
            else:
                self._context.errors.report(error, edit)

        self._context.jobs.file(work, lambda kept: edit.show_picture(*kept, is_new=True), refused, owner=edit)

    def show(self, product: Product, edit: PictureEdit) -> None:
        """Show the picture of a product; one whose file is gone is told below it."""
        files, names = self._context.store.files, (product.image, product.thumbnail)
        edit.set_value(names)

        def done(content: bytes) -> None:
            if edit.value() == names:
                edit.show_picture(names, content)

        def failed(error: Exception) -> None:
            if not isinstance(error, StoreError):
                self._context.errors.report(error, edit)
            edit.set_problem(QCoreApplication.translate("catalog", "The file of the picture is missing or damaged."))

        self._context.jobs.file(lambda _progress: files.get(product.image), done, failed, owner=edit)

"""'Prove the books': everything is worked out anew and compared, and what came of it is said in words."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.errors import Cancelled
from app.pipeline.proof import Proof, prove
from ui.context import AppContext
from ui.reports.texts import proof_words
from ui.widgets.action import Action
from ui.widgets.button import Button
from ui.widgets.card import Card, CardHead
from ui.widgets.inputs import LongTextEdit
from ui.widgets.label import Icon, Label
from ui.widgets.layout import column, row
from ui.widgets.progress_panel import ProgressDialog


class ProofCard(Card):
    """The verb, and its result: the sentence, the newest seal, and each thing that does not fit."""

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        self._context = context
        self.proof: Proof | None = None
        title = owner.tr("Proof of the books")
        self.prove = Action(owner.tr("Prove the books"), owner, self.run, "check")
        self._icon = Icon("info", "text3", 18)
        intro = owner.tr("Works out every amount anew from what happened, and compares it with what is kept.")
        self.words = Label(intro, "body", "2").wrap()
        self.seal = Label("", "caption", "3").wrap().selectable()
        self.list = LongTextEdit(lines=7)
        self.list.setReadOnly(True)
        self.list.setAccessibleName(owner.tr("What does not fit"))
        said = row(self._icon, column(self.words, self.seal, gap=3), gap=10)
        said.setStretch(1, 1)
        body = column(said, self.list, margins=(18, 2, 18, 16), gap=10)
        super().__init__(column(CardHead(title, "", Button.of(self.prove)), body), title)
        self.seal.hide()
        self.list.hide()

    def run(self) -> None:
        """Prove beside the main thread, with Cancel."""
        store = self._context.store
        self.prove.allow(False, self.tr("It is running."))
        job = self._context.jobs.query(lambda progress: prove(store, progress), self.show_proof, self._failed, self)
        ProgressDialog(self.tr("Proving the books…"), job, self)

    def show_proof(self, proof: Proof) -> None:
        """Say what came of it."""
        self.proof = proof
        self.prove.allow(True)
        tone = "bad" if proof.problems else "ok"
        self._icon.set_icon("warning" if proof.problems else "good", tone)
        self.words.setText(proof_words(proof))
        self.words.set_tone(tone)
        self.seal.setText(self.tr("Newest seal: %1").replace("%1", proof.head[:16]))
        self.seal.setVisible(bool(proof.head))
        self.list.set_value("\n".join(proof.problems))
        self.list.setVisible(bool(proof.problems))

    def _failed(self, error: Any) -> None:
        self.prove.allow(True)
        if not isinstance(error, Cancelled):
            self._context.errors.report(error, self)

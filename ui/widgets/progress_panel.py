"""How far long work is, with Cancel. It appears only when the work takes longer than half a second."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from ui.jobs import Job
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.layout import column, row

DELAY_MS = 500


class ProgressPanel(Card):
    """Title, bar, what is being done, and Cancel; follows one job."""

    def __init__(self, title: str, job: Job | None = None) -> None:
        self._title = Label(title, "title")
        self._text = Label("", "caption", "2")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(title)
        self.cancel = Button("", do=self._cancel)
        foot = row(self._text, None, self.cancel, gap=12)
        layout = column(self._title, self.bar, foot, margins=(18, 16, 18, 14), gap=12)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        super().__init__(layout, title)
        self.cancel.setText(self.tr("Cancel"))
        self._job: Job | None = None
        if job is not None:
            self.follow(job)

    def follow(self, job: Job) -> None:
        """Show how far `job` is."""
        self._job = job
        job.progressed.connect(self._step)

    def _step(self, done: int, total: int, text: str) -> None:
        self.bar.setRange(0, max(total, 0))
        self.bar.setValue(done)
        self._text.setText(text)

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self._text.setText(self.tr("Stopping…"))
        if self._job is not None:
            self._job.cancel()


class ProgressDialog(QDialog):
    """Keeps the window quiet while one job runs; shown after half a second, closed by the job's end."""

    def __init__(self, title: str, job: Job, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(420)
        self.panel = ProgressPanel(title, job)
        self.setLayout(column(self.panel, margins=(14, 14, 14, 14)))
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._timer.timeout.connect(self.open)
        job.finished.connect(self._end)
        if job.is_finished:
            self._end()
        else:
            self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc asks the work to stop; the dialog stays until it has."""
        if event.key() == Qt.Key.Key_Escape:
            self.panel.cancel.click()
        else:
            super().keyPressEvent(event)

    def _end(self) -> None:
        self._timer.stop()
        self.done(0)
        self.deleteLater()

"""A quote that is being written survives kill -9: the next start goes on with it."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.store.store import Store
from ui.context import AppContext
from ui.quotes.wizard import QuoteWizard, screen
from ui.routes import Route


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_a_draft_survives_being_killed(
    empty_store: Path, tmp_path: Path, make_context: Callable[..., AppContext], show: Any
) -> None:
    file = Path(shutil.copyfile(empty_store, tmp_path / "killed.handsel"))
    command = [sys.executable, "-m", "tests.ui.quotes.killed", str(file), str(tmp_path), "Harbour Café, Kiel"]
    died = subprocess.run(command, capture_output=True, cwd=Path(__file__).parents[3], check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode(errors="replace")[-2000:]
    with Store.open(file) as store:
        wizard = screen(make_context(store), Route("new-quote"))
        assert isinstance(wizard, QuoteWizard)
        show(wizard)
        assert wizard.wizard.draft.customer.name == "Harbour Café, Kiel"

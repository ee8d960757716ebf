"""The facts of the payment wizard, shared by its pages: read anew when a gift card is redeemed there."""

from __future__ import annotations

from typing import Any

from app.payments.draft import Owed
from app.pipeline import paying
from app.pipeline.facts import Facts
from app.pipeline.paying import Paying


class Desk:
    """Holds what was read last."""

    def __init__(self, session: Any, known: Facts) -> None:
        self._known = known
        self.facts: Paying = paying.paying(session, known)

    @property
    def owed(self) -> Owed:
        """What is owed."""
        return self.facts.owed

    def reload(self, store: Any) -> None:
        """Read it anew."""
        with store.read() as session:
            self.facts = paying.paying(session, self._known)

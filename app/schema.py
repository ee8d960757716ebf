"""Every table of Handsel, gathered, so that the metadata is complete for creating, upgrading and checking a file."""

from __future__ import annotations

from app.catalog import models as catalog
from app.contracts import models as contracts
from app.deals import models as deals
from app.delivery import models as delivery
from app.invoicing import models as invoicing
from app.ledger import models as ledger
from app.outbox import models as outbox
from app.parties import models as parties
from app.payments import models as payments
from app.pricing import models as pricing
from app.quotes import models as quotes
from app.revenue import models as revenue
from app.rewards import models as rewards
from app.stock import models as stock
from app.store import create
from app.store.base import metadata

STAGES = (
    *(parties, deals, ledger, catalog, stock, pricing, quotes, contracts),
    *(payments, delivery, invoicing, revenue, rewards, outbox),
)
"""The rooms that have tables, in the order of the house."""

OWN_TABLES = create.TABLES
"""The tables of the store itself."""

metadata.info["complete"] = True

__all__ = ["OWN_TABLES", "STAGES", "metadata"]

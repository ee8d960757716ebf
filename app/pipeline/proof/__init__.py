"""The books prove themselves: everything is recomputed from the facts and compared with what is stored.

proof        runs every check in one moment of the file, and tells what does not fit
reading      rows as they are kept, streamed side by side
record       everything of one deal
words        how a finding is said
quotes, contracts, documents, deliveries, invoices, revenue, history, decisions   what is checked deal by deal
journal, seals, numbers, money, settlement, papers                                  what is checked over the whole file

A check is a function that yields what is wrong, in words that name the document; its first line is its name.
"""

from __future__ import annotations

from app.pipeline.proof.proof import Proof, prove

__all__ = ["Proof", "prove"]

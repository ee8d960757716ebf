"""The price rules that hold for a customer on a day, found by what they are for. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from app.pricing.book import Asked, Circumstances, ContractPrice, PriceBook, PriceEntry, PriceList


@dataclass(slots=True)
class Index:
    """The price rules that hold on the day for the customer, by what they are for: a line looks at few of them."""

    circumstances: Circumstances
    by_sku: dict[str, list[tuple[PriceList, PriceEntry]]] = field(default_factory=dict)
    by_category: dict[str, list[tuple[PriceList, PriceEntry]]] = field(default_factory=dict)
    for_all: list[tuple[PriceList, PriceEntry]] = field(default_factory=list)
    contracts: dict[str, list[ContractPrice]] = field(default_factory=dict)

    @classmethod
    def of(cls, book: PriceBook, circumstances: Circumstances) -> Index:
        """The index of a book."""
        index = cls(circumstances)
        for price_list in book.lists:
            if list_holds(price_list, circumstances):
                for entry in price_list.entries:
                    index._add(price_list, entry)
        for contract in book.contracts:
            if contract_holds(contract, circumstances):
                index.contracts.setdefault(contract.sku, []).append(contract)
        return index

    def _add(self, price_list: PriceList, entry: PriceEntry) -> None:
        if entry.sku:
            self.by_sku.setdefault(entry.sku, []).append((price_list, entry))
        elif entry.category:
            self.by_category.setdefault(entry.category, []).append((price_list, entry))
        else:
            self.for_all.append((price_list, entry))

    def entries(self, asked: Asked) -> Iterator[tuple[PriceList, PriceEntry]]:
        """Every entry that is for the line, whatever its quantity."""
        yield from self.by_sku.get(asked.sku, ())
        if asked.category:
            yield from self.by_category.get(asked.category, ())
        yield from self.for_all


def list_holds(price_list: PriceList, circumstances: Circumstances) -> bool:
    """Whether a list is in force for this customer, day and currency."""
    return (
        price_list.active
        and price_list.currency == circumstances.basis.currency
        and within(price_list.starts_on, price_list.ends_on, circumstances.on)
        and (not price_list.group or price_list.group in circumstances.groups)
    )


def contract_holds(contract: ContractPrice, circumstances: Circumstances) -> bool:
    """Whether a contract price is in force for this customer, day and currency."""
    return (
        contract.customer_id == circumstances.customer_id
        and contract.currency == circumstances.basis.currency
        and within(contract.starts_on, contract.ends_on, circumstances.on)
    )


def within(starts_on: date | None, ends_on: date | None, on: date) -> bool:
    """Whether a day lies in a validity; both its ends belong to it, None is open."""
    return (starts_on is None or starts_on <= on) and (ends_on is None or on <= ends_on)

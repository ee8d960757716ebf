"""Names and addresses as frozen snapshots: what was printed stays printed, whoever moves house later."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; `country` is an ISO 3166-1 alpha-2 code or empty."""

    street: str = ""
    street2: str = ""
    postal_code: str = ""
    city: str = ""
    region: str = ""
    country: str = ""

    def __bool__(self) -> bool:
        return any((self.street, self.street2, self.postal_code, self.city, self.region, self.country))


@dataclass(frozen=True, slots=True)
class Party:
    """A seller or a buyer (BG-4, BG-7). Only the name is always there; empty text means not known."""

    name: str
    legal_name: str = ""
    tax_id: str = ""
    registration: str = ""
    email: str = ""
    phone: str = ""
    iban: str = ""
    bic: str = ""
    language: str = ""
    address: Address = Address()
    delivery_address: Address = Address()

    @property
    def ship_to(self) -> Address:
        """Where goods go: the delivery address if there is one, else the postal address."""
        return self.delivery_address or self.address

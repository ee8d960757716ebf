"""Making the file of a new company: the file, who sells, and what is usually agreed. All of it or nothing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.core.errors import Problem, RuleViolation, StoreError
from app.core.iban import is_iban, plain_iban
from app.core.party import Address, Party
from app.exchange import practice
from app.parties.defaults import Defaults, check, set_defaults
from app.parties.service import set_company
from app.store.store import Store

SUFFIX = ".handsel"
ACTOR = "owner"
_NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class NewCompany:
    """What is asked for at the first start; `logo` is base64 text of a PNG or JPEG, empty for none."""

    name: str
    country: str = ""
    tax_id: str = ""
    iban: str = ""
    defaults: Defaults = field(default_factory=Defaults)
    logo: str = ""

    @property
    def party(self) -> Party:
        """As the seller of its deals."""
        address = Address(country=self.country)
        return Party(self.name.strip(), tax_id=self.tax_id.strip(), iban=plain_iban(self.iban), address=address)

    @property
    def look(self) -> dict[str, Any]:
        """Logo and colours of its papers."""
        return {"logo": self.logo} if self.logo else {}


def problems(company: NewCompany) -> list[Problem]:
    """Everything that is wrong with it."""
    found = [] if company.name.strip() else [Problem("name", "missing", "name: a name is needed.")]
    if company.iban and not is_iban(company.iban):
        found.append(Problem("iban", "check_digits", f"iban: {company.iban} is no IBAN; please compare it once more."))
    return found + check(company.defaults)


def create(path: Path, company: NewCompany) -> Store:
    """Make its file and leave it open. Raises `RuleViolation` and `StoreError`; then nothing is left at the path."""
    if found := problems(company):
        raise RuleViolation(found)
    if path.exists():
        raise StoreError(f"{path} exists already; choose a new name.")
    path.parent.mkdir(parents=True, exist_ok=True)
    store = Store.open(path, create=True)
    try:
        with store.write(ACTOR) as session:
            set_company(session, company.party, look=company.look)
            set_defaults(session, company.defaults)
    except BaseException:
        store.close()
        practice.remove(path)
        raise
    return store


def free_path(folder: Path, name: str) -> Path:
    """A path in the folder, named after the company, that is not taken: letters, digits and blanks only."""
    plain = unicodedata.normalize("NFC", name)
    stem = re.sub(r"\s+", " ", re.sub(r"[^\w \-&]", " ", plain)).strip(" -")[:_NAME_LENGTH].strip() or "Company"
    names = (f"{stem}{counter}{SUFFIX}" for counter in ("", *(f" {number}" for number in range(2, 1000))))
    return next(folder / found for found in names if not (folder / found).exists())

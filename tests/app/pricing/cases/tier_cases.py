"""Tiers in their three readings, at and around every boundary."""

from __future__ import annotations

from tests.app.pricing.cases.case import HAND, Case, Reading, a_list, ask, entry, of_lists, tiers

_LADDER = (("10", "9.00"), ("50", "8.00"))
_ALL = of_lists(a_list(entry("10.00", "A", tiers=tiers(*_LADDER))))
_SLAB = of_lists(a_list(entry("10.00", "A", tiers=tiers(*_LADDER), reading=Reading.SLAB)))
_BLOCK = of_lists(a_list(entry("90.00", "A", tiers=tiers(("11", "200.00"), ("26", "375.00")), reading=Reading.BLOCK)))


def _at(book: object, reading: str, rows: tuple[tuple[str, str, str], ...]) -> tuple[Case, ...]:
    return tuple(
        Case(f"{reading}: {quantity}", f"{HAND}: {how}", (ask("A", quantity, "12.00"),), (total,), book)  # type: ignore[arg-type]
        for quantity, total, how in rows
    )


def _published(
    name: str, source: str, quantity: str, total: str, first: str, *rest: tuple[str, str], slab: bool
) -> Case:
    reading = Reading.SLAB if slab else Reading.ALL_UNITS
    book = of_lists(a_list(entry(first, "A", tiers=tiers(*rest), reading=reading)))
    return Case(name, source, (ask("A", quantity, None),), (total,), book)


CASES = (
    *_at(
        _ALL,
        "all units",
        (
            ("1", "10.00", "1 x 10"),
            ("9", "90.00", "9 x 10"),
            ("9.999999", "100.00", "9.999999 x 10 = 99.99999"),
            ("10", "90.00", "10 x 9"),
            ("11", "99.00", "11 x 9"),
            ("49", "441.00", "49 x 9"),
            ("50", "400.00", "50 x 8"),
            ("51", "408.00", "51 x 8"),
            ("0.5", "5.00", "0.5 x 10"),
            ("1000", "8000.00", "1000 x 8"),
        ),
    ),
    *_at(
        _SLAB,
        "slabs",
        (
            ("1", "10.00", "1 x 10"),
            ("10", "100.00", "10 x 10: the second slab is what is beyond 10"),
            ("10.5", "104.50", "10 x 10 + 0.5 x 9"),
            ("11", "109.00", "10 x 10 + 1 x 9"),
            ("50", "460.00", "10 x 10 + 40 x 9"),
            ("51", "468.00", "10 x 10 + 40 x 9 + 1 x 8"),
            ("100", "860.00", "10 x 10 + 40 x 9 + 50 x 8"),
        ),
    ),
    *_at(
        _BLOCK,
        "blocks",
        (
            ("1", "90.00", "the first block, however little"),
            ("10", "90.00", "the first block"),
            ("11", "200.00", "the second block from 11"),
            ("25", "200.00", "the second block"),
            ("26", "375.00", "the third block from 26"),
            ("400", "375.00", "the last block has no end"),
        ),
    ),
    _published(
        "graduated requests",
        "docs.useautumn.com, graduated pricing: 1,000 x 0.01 + 9,000 x 0.008 + 5,000 x 0.005 = 107",
        "15000",
        "107.00",
        "0.01",
        ("1000", "0.008"),
        ("10000", "0.005"),
        slab=True,
    ),
    _published(
        "graduated units",
        "zuplo.com, pricing models: 1,000 x 0.10 + 9,000 x 0.05 + 5,000 x 0.01 = 600",
        "15000",
        "600.00",
        "0.10",
        ("1000", "0.05"),
        ("10000", "0.01"),
        slab=True,
    ),
    _published(
        "volume units",
        "zuplo.com, pricing models: 15,000 x 0.01 = 150",
        "15000",
        "150.00",
        "0.10",
        ("1001", "0.05"),
        ("10001", "0.01"),
        slab=False,
    ),
    _published(
        "graduated features",
        "docs.metrifox.com, pricing models: 1,000 x 0.10 + 1,500 x 0.08 = 220",
        "2500",
        "220.00",
        "0.10",
        ("1000", "0.08"),
        slab=True,
    ),
    _published(
        "volume features",
        "docs.metrifox.com, pricing models: 2,500 x 0.08 = 200",
        "2500",
        "200.00",
        "0.10",
        ("1001", "0.08"),
        slab=False,
    ),
    _published(
        "graduated calls",
        "getlago.com, graduated charge model: 100 x 1 + 100 x 0.50 + 50 x 0.10 = 155",
        "250",
        "155.00",
        "1",
        ("100", "0.50"),
        ("200", "0.10"),
        slab=True,
    ),
    _published(
        "volume calls",
        "docs.flexprice.io, tiered: 65,000 x 0.0006 = 39 (the third tier; the others by hand)",
        "65000",
        "39.00",
        "0.001",
        ("1001", "0.0008"),
        ("10001", "0.0006"),
        slab=False,
    ),
    _published(
        "users",
        "vindicia.com, tiered pricing: of 7 only 6 and 7 are discounted; figures by hand: 5 x 20 + 2 x 15",
        "7",
        "130.00",
        "20.00",
        ("5", "15.00"),
        slab=True,
    ),
    Case(
        "a price per hundred in slabs",
        f"{HAND}: 500 x 4.00 / 100 + 200 x 3.50 / 100 = 20.00 + 7.00",
        (ask("A", "700", None),),
        ("27.00",),
        of_lists(a_list(entry("4.00", "A", base_quantity="100", tiers=tiers(("500", "3.50")), reading=Reading.SLAB))),
    ),
    Case(
        "a slab sum is rounded once",
        f"{HAND}: 3 x 0.333 + 4 x 0.111 = 0.999 + 0.444 = 1.443",
        (ask("A", "7", None),),
        ("1.44",),
        of_lists(a_list(entry("0.333", "A", tiers=tiers(("3", "0.111")), reading=Reading.SLAB))),
    ),
    Case(
        "slabs in yen",
        f"{HAND}: 10 x 105 + 5 x 99 = 1545, a currency without decimals",
        (ask("A", "15", None),),
        ("1545",),
        of_lists(a_list(entry("105", "A", tiers=tiers(("10", "99")), reading=Reading.SLAB), currency="JPY")),
        currency="JPY",
    ),
    Case(
        "slabs in dinars",
        f"{HAND}: 2 x 1.2345 + 1 x 1.0005 = 3.4695, three decimals: half away from zero",
        (ask("A", "3", None),),
        ("3.470",),
        of_lists(a_list(entry("1.2345", "A", tiers=tiers(("2", "1.0005")), reading=Reading.SLAB), currency="KWD")),
        currency="KWD",
    ),
    Case(
        "an entry from 5 on does not hold for 4",
        f"{HAND}: 4 x 12.00 of the catalogue",
        (ask("A", "4", "12.00"),),
        ("48.00",),
        of_lists(a_list(entry("10.00", "A", least_quantity="5"))),
    ),
    Case(
        "an entry from 5 on holds for 5",
        f"{HAND}: 5 x 10.00",
        (ask("A", "5", "12.00"),),
        ("50.00",),
        of_lists(a_list(entry("10.00", "A", least_quantity="5"))),
    ),
    Case(
        "entries with rising least quantities: the higher one that is reached",
        f"{HAND}: 20 x 7.00, though 6.00 from 30 on",
        (ask("A", "20", "12.00"),),
        ("140.00",),
        of_lists(
            a_list(entry("9.00", "A"), entry("7.00", "A", least_quantity="20"), entry("6.00", "A", least_quantity="30"))
        ),
    ),
    Case(
        "boxes reach a tier by their pieces",
        f"{HAND}: 2 boxes of 12 are 24 pieces at 9.00 = 216.00",
        (ask("A", "2", "120.00", own_quantity="24"),),
        ("216.00",),
        _ALL,
    ),
    Case(
        "boxes of 7 with a price per piece that has no end",
        f"{HAND}: 3 boxes of 7 = 21 pieces x 1.00 / 3 = 7.00",
        (ask("A", "3", None, own_quantity="21"),),
        ("7.00",),
        of_lists(a_list(entry("1.00", "A", base_quantity="3"))),
    ),
    Case(
        "slabs over boxes",
        f"{HAND}: 1 box of 12 pieces: 10 x 10 + 2 x 9 = 118.00",
        (ask("A", "1", "120.00", own_quantity="12"),),
        ("118.00",),
        _SLAB,
    ),
)

"""A workshop with things to configure: a pump with frames and motors, a lamp in variants, a bundle of mixed parts."""

from __future__ import annotations

from decimal import Decimal

from app.catalog.bundling import make_variants, save_model
from app.catalog.model import (
    Attribute,
    AttributeKind,
    AttributeValue,
    BundleParts,
    Comparison,
    Component,
    Model,
    Option,
    OptionGroup,
    OptionPrice,
    PriceOn,
    Rule,
    RuleKind,
    any_of,
    attribute_is,
    chosen,
    measured,
)
from app.catalog.rules import Kind, Product, SellingUnit
from app.catalog.service import add_product
from app.store.store import Store
from tests.builders import a_tax

D = Decimal

FRAME = OptionGroup(
    "frame",
    "Frame",
    1,
    1,
    (
        Option("f1", name="Frame F1, 110 V", cost=D(20), default=True),
        Option("f2", "F2", price=OptionPrice.PRODUCT),
        Option("f3", "F3", price=OptionPrice.PRODUCT),
    ),
)
MOTOR = OptionGroup(
    "motor", "Motor", 0, 1, (Option("a", name="Motor A", cost=D(10)), Option("b", "MOTOR-B", price=OptionPrice.PRODUCT))
)
EXTRAS = OptionGroup(
    "extras",
    "Extras",
    0,
    None,
    (
        Option("filter", name="Filter", price=OptionPrice.OWN, own_price=D(15), cost=D(5), least=D(1), most=D(9)),
        Option("gauge", name="Gauge", price=OptionPrice.OWN, own_price=D(22), cost=D(9)),
    ),
)
PUMP = Model(
    attributes=(
        Attribute(
            "colour", "Colour", values=(AttributeValue("red", "Red"), AttributeValue("blue", "Blue, sea-proof", D(12)))
        ),
        Attribute(
            "hose", "Hose", AttributeKind.MEASURE, unit="MTR", least=D(1), most=D(20), step=D("0.5"), default="5"
        ),
        Attribute("label", "Engraving", AttributeKind.TEXT, most=D(20), required=False),
    ),
    groups=(FRAME, MOTOR, EXTRAS),
    rules=(
        Rule("volt", "230 V", RuleKind.REQUIRES, chosen("b"), any_of(chosen("f2"), chosen("f3")),
             "Motor B needs a 230 V frame"),
        Rule("sea", "Sea", RuleKind.EXCLUDES, attribute_is("colour", "blue"), chosen("f3"),
             "Frame F3 is not sea-proof"),
        Rule("long", "Long hose", RuleKind.ALERT, measured("hose", Comparison.MORE, D(15)),
             message="Hoses above 15 m lose pressure"),
    ),
)  # fmt: skip
LAMP = Model(
    attributes=(
        Attribute("size", "Size", makes_variants=True,
                  values=(AttributeValue("s", "Small"), AttributeValue("l", "Large", D(20)))),
        Attribute("metal", "Metal", makes_variants=True,
                  values=(AttributeValue("steel", "Steel"), AttributeValue("brass", "Brass", D(30)))),
    ),
    rules=(
        Rule("no_large_brass", "Brass is small", RuleKind.EXCLUDES, attribute_is("size", "l"),
             attribute_is("metal", "brass"), "Brass lamps are small only"),
    ),
)  # fmt: skip
CARE = Model(parts=BundleParts((Component("F2", D(2)), Component("CARE-DAY", D(1))), PriceOn.PARTS))


def furnish(store: Store) -> dict[str, int]:
    """Put it all into a catalogue; ids by SKU."""
    products = [
        Product("PUMP", "Pump", "EUR", D(500), a_tax(), cost=D(300), category="Pumps"),
        Product("F2", "Frame F2, 230 V", "EUR", D(40), a_tax(), cost=D(25), stocked=True),
        Product("F3", "Frame F3, 230 V", "EUR", D(90), a_tax(), cost=D(60)),
        Product("MOTOR-B", "Motor B", "EUR", D(120), a_tax(), cost=D(70)),
        Product("CARE-DAY", "Care day", "EUR", D(300), a_tax(), kind=Kind.SERVICE, cost=D(150)),
        Product("LAMP", "Lamp", "EUR", D(80), a_tax(), cost=D(30)),
        Product("KIT", "Care kit", "EUR", D(0), a_tax()),
        Product("SCREW", "Screw", "EUR", D("0.50"), a_tax(), cost=D("0.20"), stocked=True,
                units=(SellingUnit("XBX", D(12)),)),
    ]  # fmt: skip
    ids: dict[str, int] = {}
    with store.write("test") as session:
        for product in products:
            ids[product.sku] = add_product(session, product).ids["product"]
        save_model(session, ids["PUMP"], PUMP)
        save_model(session, ids["LAMP"], LAMP)
        save_model(session, ids["KIT"], CARE)
        make_variants(session, ids["LAMP"])
    return ids

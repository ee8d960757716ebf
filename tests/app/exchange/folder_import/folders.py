"""A small folder of CSV files as text, easy to spoil in one place."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "customers.csv": """\
customer_id,name,contact_first_name,contact_last_name,phone,address_line1,address_line2,city,state,postal_code,country
1,Atelier graphique,Carine,Schmitt,40.32.2555,"54, rue Royale",,Nantes,,44000,France
2,Signal Gift Stores,Jean,King,7025551838,8489 Strong St.,,Las Vegas,NV,83030,USA
""",
    "products.csv": """\
product_id,name,category,description,cost,list_price
A,1969 Harley,Motorcycles,"Working kickstand,
front suspension",48.81,95.70
B,1952 Alpine,Cars,,98.58,214.30
""",
    "orders.csv": """\
order_id,customer_id,order_date,required_date,shipped_date,status,comments
10,1,2003-01-06,2003-01-13,2003-01-10,Shipped,
11,1,2003-01-09,2003-01-18,2003-01-11,Disputed,"The colours
are not as shown"
12,1,2003-02-09,2003-02-18,,On Hold,Wait for money
13,2,2003-02-10,2003-02-18,2003-02-12,Cancelled,Sent by mistake
14,2,2003-03-01,2003-03-18,,In Process,
15,2,2003-03-02,2003-03-18,2003-03-05,Resolved,
""",
    "order_lines.csv": """\
order_id,line_no,product_id,quantity,unit_price
10,2,B,1,200.00
10,1,A,2,90.00
11,1,A,1,90.00
12,1,B,1,210.00
13,1,B,1,214.30
14,1,A,3,95.00
15,1,A,1,90.00
""",
    "payments.csv": """\
customer_id,payment_ref,payment_date,amount
1,HQ1,2003-02-01,380.00
1,HQ2,2003-01-10,90.00
1,HQ3,2003-01-20,210.00
1,HQ4,2003-01-21,17.50
2,HQ5,2003-03-05,90.00
""",
}
"""Order 10 is paid after shipping, 11 before; 12 before there was an order; 17.50 is for nobody knows what."""


def a_folder(path: Path, **spoiled: str | None) -> Path:
    """The folder, with whole files replaced (None: left out) by their names without ending."""
    path.mkdir()
    for name, text in FILES.items():
        given = spoiled.get(name.removesuffix(".csv"), text)
        if given is not None:
            (path / name).write_text(given, encoding="utf-8")
    return path


def spoil(path: Path, file: str, before: str, after: str) -> Path:
    """The folder, with one text in one file replaced."""
    assert FILES[file].count(before) == 1, f"{before!r} stands {FILES[file].count(before)} times in {file}"
    return a_folder(path, **{file.removesuffix(".csv"): FILES[file].replace(before, after)})

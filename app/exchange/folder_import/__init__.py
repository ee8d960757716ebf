"""A folder of CSV files (customers, products, orders, order lines, payments) becomes customers, a catalogue and deals.

`files` finds and reads the tables, `check` holds them against each other, `plan` turns orders and payments into deal
files, `write` plays those in the order of time: all of it in one transaction, or nothing.
"""

from app.exchange.folder_import.check import Checked, read_folder
from app.exchange.folder_import.write import import_folder, write

__all__ = ["Checked", "import_folder", "read_folder", "write"]

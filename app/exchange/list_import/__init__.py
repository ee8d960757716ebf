"""Customers and products from a spreadsheet: read, columns matched, every row checked, then all or nothing.

source       a CSV or XLSX file as a table of texts
xlsx_guard   what a workbook must not be, told from its directory before anything is unpacked
xlsx_reader  the workbook read in a process of its own, within time and memory
xlsx_child   that process
fields       which columns are wanted, and the other names they go by
cells        texts read as what they have to be; faults with a code, for a screen to word
customers, products   rows checked and turned into what is kept
save         the one transaction
"""

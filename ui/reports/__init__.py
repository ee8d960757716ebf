"""Reports: the revenue workbook, sales, tax, what is owed, and the proof of the books."""

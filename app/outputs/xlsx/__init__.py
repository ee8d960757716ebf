"""Workbooks for accountants: typed cells, one row a record, formulas only where something is to be checked."""

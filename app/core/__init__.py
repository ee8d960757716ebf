"""Plain values that every room speaks: money, quantities, tax, totals, parties, dates. Imports nothing of ours."""

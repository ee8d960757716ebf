"""Screens of contracts: list, detail, and the wizards that amend and sign."""

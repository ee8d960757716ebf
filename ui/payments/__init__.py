"""Screens of payments: list, detail, and the wizards that take and pay back money."""

"""Screens of deliveries: list, detail, and the wizards for dispatch, receipt, services and returns."""

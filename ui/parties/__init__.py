"""Customers: list, their page, the form, and their import."""

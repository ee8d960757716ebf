"""Screens of invoices and credit notes: list, detail, and the wizard for a credit without goods."""

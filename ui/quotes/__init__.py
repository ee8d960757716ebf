"""Quotes: the list, the page of one with its revisions, and the wizard that makes them."""

"""Deals: the list, and the page of one deal."""

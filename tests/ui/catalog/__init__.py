"""Screens of catalog."""

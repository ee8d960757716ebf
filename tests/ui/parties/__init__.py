"""Screens of parties."""

"""Tests of invoicing screens."""

"""Tests of revenue screens."""

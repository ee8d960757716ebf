"""Tests of ui/tables."""

"""Tests of ui/wizards."""

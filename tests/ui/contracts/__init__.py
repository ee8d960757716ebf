"""Tests of contracts screens."""

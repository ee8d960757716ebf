"""Tests of delivery screens."""

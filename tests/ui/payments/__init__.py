"""Tests of payments screens."""

"""Tests of the window and its pieces; no display is needed."""

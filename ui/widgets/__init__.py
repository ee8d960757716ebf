"""Shared pieces of the screens. Each file is one piece; README.md in ui/ lists them."""

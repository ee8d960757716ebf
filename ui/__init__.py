"""Everything that needs a screen. Down is allowed, up is not: see README.md in this folder."""

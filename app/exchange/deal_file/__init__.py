"""The deal file, handsel-deal/1: read strictly, written so that it reads back as the same deal."""

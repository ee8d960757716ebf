"""2 Price: what an offer costs, what it earns, and every step in between by name."""

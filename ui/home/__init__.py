"""Home: what needs doing today, and how the money stands."""

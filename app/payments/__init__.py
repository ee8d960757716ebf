"""5 Payment: money in and out, and what became of it."""

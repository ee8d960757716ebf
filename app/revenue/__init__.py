"""8 Revenue: what has been earned, line by line, and only when the buyer has received it."""

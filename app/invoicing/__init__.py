"""7 Invoice: what is owed for what was received, what settles it, and the credit notes that correct it."""

"""Who sells and who buys: our own company, and the customers with their addresses."""

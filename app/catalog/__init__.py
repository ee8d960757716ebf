"""1 Configure: what can be sold, at which list price and cost, and which later steps its kind needs."""

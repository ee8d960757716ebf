"""What her own history tells: what a customer paid last, her usual discount, what goes together, what is due again."""

"""Rewards: cashback, points, gift cards and store credit. Liabilities from the day of the promise, never discounts."""

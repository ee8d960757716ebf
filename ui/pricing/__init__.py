"""Price rules: lists, contract prices, promotions, coupons, delivery charges; each with a try of what it comes to."""

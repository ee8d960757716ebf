"""6 Delivery: what left, what the buyer confirmed line by line, and what came back."""

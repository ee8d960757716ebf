"""4 Contract: what both sides have agreed, in versions; signed by both it is in force."""

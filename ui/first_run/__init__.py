"""The first start: a company of one's own on one page, or the practice company."""

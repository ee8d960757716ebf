"""Products and where goods are: lists, a product's page, its form, and their import."""

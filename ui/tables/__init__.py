"""Lists that page through the store, and tables of lines that are typed into."""

"""The books: accounts by role, balanced journal entries, closed periods, and issued documents under one seal."""

"""The checks of the whole house; the tree mirrors app/ and ui/."""

"""What stands around the screens: places, company files, the way from a route to its screen, search, keys."""

"""How fast, light and accessible the pages are, measured in the real browser against the real server."""

"""A lively world for the pictures of the docs: people, talks and groups, made through a server's API."""

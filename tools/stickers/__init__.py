"""The stickers' characters, drawn by code: shapes, creatures, things, scenes."""

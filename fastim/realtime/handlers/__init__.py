"""What to do with each frame: parse nothing, decide nothing, call a service."""

"""Settings to the running parts: the only package that names concrete backends."""

from fastim.wiring.whole import build

__all__ = ["build"]

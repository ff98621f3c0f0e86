"""The environment of a FastIM whose files are a test's own."""

from __future__ import annotations

import os
from pathlib import Path


def variables(folder: Path, **overrides: object) -> dict[str, str]:
    """FASTIM_* variables with every file in `folder`; overrides by setting name, `signup="closed"`."""
    values: dict[str, object] = {
        "instance": folder / "instance",
        "storage_url": f"file:{folder / 'resource'}",
        "rate_limits": "off",
        **overrides,
    }
    return {f"FASTIM_{name.upper()}": str(value) for name, value in values.items()}


def inherited_variables() -> dict[str, str]:
    """This process's environment without anybody's FASTIM_* settings; a warning is an error."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("FASTIM_")}
    return inherited | {"PYTHONWARNINGS": "error,default::ResourceWarning"}

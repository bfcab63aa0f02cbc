"""Hooks and scripts as modules: they are files that MkDocs and shells run, in no package."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

from tests.conftest import ROOT


def load_file(path: str) -> ModuleType:
    """Return a file of the project, `scripts/repair_sources.py` say, as a module: each time a new one."""
    file = ROOT / path
    spec = importlib.util.spec_from_file_location(f"{file.stem}_under_test", file)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)  # its dataclasses look there
    spec.loader.exec_module(module)
    return module

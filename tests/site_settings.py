"""What mkdocs.yml asks of Python-Markdown, for tests and benchmarks that render without MkDocs."""

from __future__ import annotations

import re
from typing import Any

import yaml

from tests.conftest import ROOT


def markdown_settings() -> dict[str, Any]:
    """Return the site's Markdown extensions and their settings, as `Markdown(**settings)` takes them.

    Only their block of the file is read: other settings of it want MkDocs' own YAML tags.
    """
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    block = re.search(r"^markdown_extensions:\n((?:[ \t].*\n|\n)+)", text, re.MULTILINE)
    assert block, "mkdocs.yml names no Markdown extension"
    named = [entry if isinstance(entry, dict) else {entry: {}} for entry in yaml.safe_load(block[1])]
    configs = {name: settings or {} for entry in named for name, settings in entry.items()}
    return {"extensions": list(configs), "extension_configs": configs}

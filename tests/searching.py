"""The search index of a built site, unpacked."""

from __future__ import annotations

import base64
import json
import re
import zlib
from pathlib import Path
from typing import Any

from coursekit.search.sections import Section


def unpack(script: str) -> list[Any]:
    """Return what `coursekit.search.index.script` packed: `[[url, title, tags, description, sections]]`."""
    found = re.fullmatch(r'\(globalThis\.courseSearch \?\?= \{\}\)\.index = "([A-Za-z0-9+/=]+)";\n', script)
    assert found
    return [json.loads(line) for line in zlib.decompress(base64.b64decode(found[1])).splitlines()]


def searched(site: Path) -> dict[str, list[Section]]:
    """Return the sections that a built site lets its readers search, by the URL of their page."""
    rows = unpack((site / "search" / "index.js").read_text(encoding="utf-8"))
    return {row[0]: [Section(*section) for section in row[4]] for row in rows}


def all_text(site: Path) -> str:
    """Return all headings and texts that can be searched."""
    return " ".join(f"{one.title} {one.text}" for page in searched(site).values() for one in page)

"""Names of files that some systems cannot unpack."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import normalize

from coursekit.offline import messages

# Microsoft, "Naming Files, Paths, and Namespaces": characters, endings and names of devices.
_REFUSED = re.compile(r'[<>:"|?*\\\x00-\x1f]|[ .](?=/|$)')
_DEVICE = re.compile(r"(?:^|/)(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.[^/]*)?(?=/|$)", re.IGNORECASE)
_LONGEST = 180  # UTF-16 units of 260 in all, the reader's own folders being the rest


def troubles(paths: Iterable[str]) -> Iterator[str]:
    """Yield one sentence for each path that Windows could not write."""
    seen: dict[str, str] = {}
    for path in paths:
        if _REFUSED.search(path) or _DEVICE.search(path):
            yield messages.name_refused(path)
        elif len(path.encode("utf-16-le")) // 2 > _LONGEST:
            yield messages.name_too_long(path)
        elif (other := seen.setdefault(normalize("NFC", path).casefold(), path)) != path:
            yield messages.names_alike(path, other)

"""Where an address of a page leads, seen from a disk: there, a folder shows no page of its own."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

_INDEX = "index.html"
# As browsers read addresses: any number of slashes of either kind, or none behind the scheme.
_ELSEWHERE = re.compile(r"[\s\0-\x1f]*(?:https?:|[\\/][\s]*[\\/])", re.IGNORECASE)
_PATH_SAFE = "/!$&'()*+,;=@~"  # RFC 3986, 3.3; a colon could be taken for a scheme's


@dataclass(frozen=True, slots=True)
class Places:
    """What is in the copy, and where the site is published."""

    files: Collection[str]  # paths from the root
    site_url: str = ""  # of the published site, ending in a slash; empty when it is published nowhere

    def from_page(self, page: str, address: str) -> str:
        """Return the address to write on `page` (its path) for one that stands there.

        What leads to a file of the copy becomes a relative path that names the file; what leads to a file of
        the published site that was left out becomes absolute; anything else stands as it is.
        """
        try:
            parts = urlsplit(address.strip())
        except ValueError:  # not even an address
            return address
        path = self._path(page, address.strip(), parts.path)
        if path is None:
            return address
        ending = (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
        found = self._file(path)
        if found is not None:
            return quote(posixpath.relpath(found, posixpath.dirname(page) or "."), _PATH_SAFE) + ending
        return self.site_url + quote(path, _PATH_SAFE) + ending if self.site_url else address

    def _path(self, page: str, address: str, path: str) -> str | None:
        """Return the path on the site, from its root; None: elsewhere, or a place of the page itself."""
        root = unquote(urlsplit(self.site_url).path)
        if self.site_url and f"{address}/".startswith(self.site_url):
            return self._below(unquote(path), root)
        if not path or urlsplit(address).scheme or is_elsewhere(address):
            return None
        if path.startswith("/"):
            return self._below(unquote(path), root) if root else None
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))
        return None if whole.startswith("..") else whole

    @staticmethod
    def _below(path: str, root: str) -> str | None:
        return posixpath.normpath(path[len(root) :] or ".") if f"{path}/".startswith(root) else None

    def _file(self, path: str) -> str | None:
        candidates = (path, posixpath.normpath(posixpath.join(path, _INDEX)))
        return next((one for one in candidates if one in self.files), None)


def is_elsewhere(address: str) -> bool:
    """Tell whether a browser that reads a page from a disk would ask a server for this."""
    return _ELSEWHERE.match(address) is not None


def absolute(address: str) -> str:
    """Return an address of another site with its scheme."""
    address = address.strip()
    return f"https:{address}" if address.startswith(("/", "\\")) else address

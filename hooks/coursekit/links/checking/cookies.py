"""The cookies of one visit, each sent to its own hosts only (RFC 6265)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

_MOST = 50  # cookies of an answer that are kept, as many as browsers keep of a host
_LONGEST = 4096  # characters


@dataclass(slots=True)
class Cookies:
    """What servers have asked to be told again. Paths and dates do not matter within one visit."""

    _kept: dict[tuple[str, str], str] = field(default_factory=dict)  # domain, name -> value

    def take(self, host: str, lines: Iterable[str]) -> None:
        """Keep what the `Set-Cookie` lines of a host's answer say."""
        for line in list(lines)[:_MOST]:
            pair, *attributes = line[:_LONGEST].split(";")
            name, equals, value = (part.strip() for part in pair.partition("="))
            settings = dict(_setting(attribute) for attribute in attributes)
            domain = settings.get("domain", "").lstrip(".").lower()
            if not equals or not name or not _is_sendable(pair):
                continue
            if domain and host != domain and not (host.endswith(f".{domain}") and "." in domain):
                continue  # of somebody else
            key = (f".{domain}" if domain else host, name)
            if settings.get("max-age", "1").startswith(("0", "-")):
                self._kept.pop(key, None)
            else:
                self._kept[key] = value

    def header(self, host: str) -> str:
        """Return the value of `Cookie` for a host; empty when there is nothing to tell it."""
        return "; ".join(
            f"{name}={value}"
            for (domain, name), value in self._kept.items()
            if host == domain or (domain.startswith(".") and f".{host}".endswith(domain))
        )


def _setting(attribute: str) -> tuple[str, str]:
    name, _, value = attribute.partition("=")
    return name.strip().lower(), value.strip()


def _is_sendable(pair: str) -> bool:
    """Tell whether a cookie can go into a header: whoever sets one with a line's end wants another."""
    return pair.isascii() and pair.isprintable()

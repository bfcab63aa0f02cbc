"""How long servers ask to be left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from coursekit.links.checking.exchange import Answer


def retry_after(answer: Answer) -> float | None:
    """Return the seconds of `Retry-After` (RFC 9110, 10.2.3); None when there is none to be read."""
    value = answer.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        then = parsedate_to_datetime(value)
        return max(0.0, (then.astimezone(UTC) - datetime.now(UTC)).total_seconds())
    except (ValueError, OverflowError):
        return None

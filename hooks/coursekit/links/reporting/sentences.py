"""What is told of a link, whatever the form of the report."""

from __future__ import annotations

from collections.abc import Iterator

from coursekit.dates import in_french
from coursekit.links import messages
from coursekit.links.checking.addresses import parse
from coursekit.links.reporting.findings import Finding


def sentences(finding: Finding) -> Iterator[tuple[str, str | None]]:
    """Yield each sentence, in French, and the address that ends it, if one does.

    Texts and addresses come from foreign pages: each form of the report makes them harmless in its own way.
    """
    yield finding.evidence, None
    since = in_french(finding.failing_since) if finding.failing_since else None
    good = in_french(finding.last_good) if finding.last_good else None
    if past := messages.past(finding.section, since, good, finding.failures):
        yield past, None
    if finding.suggestion:
        yield messages.NEW_ADDRESS, finding.suggestion
    if finding.archived:
        yield messages.ARCHIVED_COPY, finding.archived


def plain_sentences(finding: Finding) -> str:
    """Return all of them as one line of text."""
    told = (text if url is None else f"{text} {url}" for text, url in sentences(finding))
    return " ; ".join(told)


def printable(text: str, most: int) -> str:
    """Return foreign text on one line, without what shows nothing, cut after `most` characters."""
    clean = text[: 2 * most]
    if not clean.isprintable():
        clean = "".join(c if c.isprintable() else " " for c in clean)
    clean = " ".join(clean.split())
    return clean if len(clean) <= most and len(text) <= 2 * most else f"{clean[: most - 1]}…"


def openable(url: str) -> str | None:
    """Return the address that a browser may be sent to; None for what is none of the web's."""
    address = parse(url)
    return address.whole if address and address.whole.isprintable() else None

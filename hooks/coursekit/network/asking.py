"""A survey of links over the real network."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from coursekit.links.checking.check import Limits
from coursekit.links.checking.results import Question
from coursekit.links.checking.survey import Observe, survey
from coursekit.network.client import Client

RATE = 10.0  # requests a second to one host, by default


async def ask(
    questions: Iterable[Question],
    observe: Observe,
    *,
    contact: str,
    limits: Limits,
    rate: float = RATE,
    ca_bundle: Path | None = None,
    allow_private: bool = False,
) -> None:
    """Ask all questions; `observe` is told each result as soon as it is known, even if this is cancelled.

    `contact` is a URL that tells servers who asks, or empty. Raises OSError for a bundle of certificates that
    cannot be read.
    """
    async with Client(contact=contact, ca_bundle=ca_bundle, allow_private=allow_private) as client:
        await survey(questions, client.fetch, limits, rate=rate, observe=observe)

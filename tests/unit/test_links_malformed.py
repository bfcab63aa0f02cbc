"""Addresses that no browser opens, told at build with what was meant; unusual ones left alone."""

from __future__ import annotations

from typing import Any

from coursekit.links.targets import Dead, External, Site
from coursekit.markdown.document import Link
from tests.cases_data import cases


@cases("links/malformed")
def test_addresses(case: dict[str, Any]) -> None:
    target = Site(("index.md",)).target(Link(case["url"], "texte", 1, "link"), "index.md")
    if external := case.get("external"):
        assert target == External(case["url"] if external is True else external)
    else:
        mend = f" ; vouliez-vous dire « {case['mend']} » ?" if "mend" in case else ""
        assert target == Dead(f"adresse mal formée « {case.get('shown', case['url'])} »{mend}")

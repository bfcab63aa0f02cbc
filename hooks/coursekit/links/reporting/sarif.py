"""The report as SARIF 2.1.0, which GitHub shows on the lines of the sources: report.sarif.

Only what is proven and wants a mend is told: broken links, and moved ones. Links that failed one night, or
that refuse robots, would be alerts about nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from itertools import count, groupby
from typing import Any
from urllib.parse import quote

from coursekit.links import messages
from coursekit.links.checking.results import Verdict
from coursekit.links.reporting.findings import Finding, InsideFinding, Place, Report, Section
from coursekit.links.reporting.sentences import plain_sentences, printable

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_MOST = 5_000  # results of a run that GitHub keeps; it refuses a file with more than 25,000
_LONGEST = 1_000  # characters of a message: GitHub refuses files beyond 10 MB, compressed

_LEVELS = {"broken": "error", "broken-anchor": "error", "inside": "error", "redirected": "note"}

_Spot = tuple[str, int, str]  # file, line, URL: what makes one alert, however often a line holds a link
_Result = dict[str, Any]


def as_sarif(report: Report) -> str:
    """Return the report; what has no file (a page without a source) cannot be shown on any."""
    results = [*_inside(report), *_links(report)]
    left_out = len(results) - _MOST
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "coursekit", "rules": [_rule(kind) for kind in _LEVELS]}},
        "language": "fr",
        "columnKind": "unicodeCodePoints",
        "results": results[:_MOST],
    }
    if left_out > 0:
        told = {"level": "warning", "message": {"text": messages.left_out(left_out)}}
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": [told]}]
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=True, indent=1) + "\n"


def _rule(kind: str) -> dict[str, Any]:
    name, explanation, mend = messages.rule(kind)
    return {
        "id": kind,
        "name": name,
        "shortDescription": {"text": name},
        "fullDescription": {"text": explanation},
        "help": {"text": f"{explanation} {mend}"},
        "defaultConfiguration": {"level": _LEVELS[kind]},
    }


def _inside(report: Report) -> Iterator[_Result]:
    found: dict[_Spot, InsideFinding] = {}
    for one in report.inside:
        found.setdefault((one.file, one.line, one.url), one)
    numbers = _numbers(found)
    for spot, one in found.items():
        if one.file:
            yield _result("inside", spot, numbers, _labelled(one.text, one.message))


def _links(report: Report) -> Iterator[_Result]:
    placed = {_spot(place): place for place in report.places if place.file}
    numbers = _numbers(placed)
    for section in (Section.NEW, Section.PERSISTENT, Section.MOVED):
        for _, of_files in report.section(section):
            for one in (one for _, located in of_files for one in located):
                for spot in dict.fromkeys(_spot(place) for place in one.places):
                    if spot in placed:
                        told = f"{one.finding.url} : {plain_sentences(one.finding)}"
                        yield _result(_kind(one.finding), spot, numbers, _labelled(placed[spot].text, told))


def _kind(finding: Finding) -> str:
    """Return the rule: one for all dead pages, so that a site which fails in turns is one alert."""
    if finding.section is Section.MOVED:
        return "redirected"
    return "broken-anchor" if finding.verdict is Verdict.BROKEN_ANCHOR else "broken"


def _spot(place: Place) -> _Spot:
    return place.file, place.line, place.url


def _numbers(spots: Mapping[_Spot, object]) -> Mapping[_Spot, int]:
    """Return which one of its file's places a spot is, for its URL, from 1."""
    same = groupby(sorted((file, url, line) for file, line, url in spots), key=lambda spot: spot[:2])
    return {
        (file, line, url): n
        for _, found in same
        for n, (file, url, line) in zip(count(1), found, strict=False)
    }


def _result(kind: str, spot: _Spot, numbers: Mapping[_Spot, int], message: str) -> _Result:
    file, line, url = spot
    artifact = {"uri": quote(file, errors="replace"), "uriBaseId": "%SRCROOT%"}
    region = {"startLine": max(line, 1)}  # a line that is not known: GitHub wants one
    # By file, URL and number, not by line: an alert follows its link when lines move.
    digest = hashlib.sha256(f"{file}\0{url}".encode("utf-8", "replace")).hexdigest()[:16]
    return {
        "ruleId": kind,
        "level": _LEVELS[kind],
        "message": {"text": _message(message)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "partialFingerprints": {"primaryLocationLineHash": f"{digest}:{numbers[spot]}"},
    }


def _labelled(text: str, told: str) -> str:
    return f"« {printable(text, 100)} » → {told}" if text.strip() else told


def _message(text: str) -> str:
    """Return text as a message: no embedded link (SARIF 2.1.0, 3.11.6), no placeholder (3.11.5)."""
    return printable(text, _LONGEST).replace("](", "] (").replace("{", "{{").replace("}", "}}")

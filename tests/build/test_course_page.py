"""The real course page, as the strict build publishes it, against its own damaged source."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from tests.conftest import ROOT

SOURCE = ROOT / "docs/kubernetes/bonnes-pratiques.md"
LINK = re.compile(r"\]\(([^)\s]+)\)|<(https?://[^>\s]+)>")
MOJIBAKE = re.compile(r"[ÃÂ][\u0080-\u00bf\u0152-\u2122]|â€|ğŸ|ï¸|\ufffd|[\u0080-\u009f]")
ORIGIN = "https://www.avenel.pro"


@pytest.fixture(scope="module")
def article(site: Path) -> Element:
    html = (site / "kubernetes/bonnes-pratiques/index.html").read_text(encoding="utf-8")
    root = html5lib.parse(html, namespaceHTMLElements=False)
    return next(node for node in root.iter("article") if "md-content__inner" in node.get("class", ""))


def text(element: Element) -> str:
    return "".join(element.itertext())


def source_links() -> list[tuple[int, str]]:
    """Return the links of the source with their lines, read without any Markdown parser."""
    links: list[tuple[int, str]] = []
    in_code = False
    for number, line in enumerate(SOURCE.read_text(encoding="utf-8").split("\n"), start=1):
        in_code ^= line.startswith("```")
        if not in_code:
            links += [(number, match[1] or match[2]) for match in LINK.finditer(line)]
    return links


def published(url: str) -> str:
    return f"{ORIGIN}{url}" if url.startswith("/") else url


def test_no_mojibake_is_left(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) >= 6
    for page in pages:
        html = page.read_text(encoding="utf-8")
        # The authors' guide may quote mojibake as code.
        html = re.sub(r"<code>.*?</code>|<pre>.*?</pre>", "", html, flags=re.DOTALL)
        assert not MOJIBAKE.search(html), page


def test_headings_are_those_of_the_source(article: Element) -> None:
    lines = SOURCE.read_text(encoding="utf-8").split("\n")
    levels = [len(match[1]) for line in lines if (match := re.match(r"(#{2,6}) ", line))]
    headings = [node for node in article.iter() if node.tag in ("h2", "h3", "h4", "h5", "h6")]
    assert [int(node.tag[1]) for node in headings] == levels
    assert text(headings[0]).startswith("📦 Conteneurisation")
    assert text(headings[1]).startswith("🗃️ Services avec état (Stateful)")
    assert [text(node).rstrip("¶") for node in article.iter("h1")] == ["Bonnes pratiques"]


def test_every_link_leads_where_its_author_wrote(article: Element) -> None:
    links = [node.get("href", "") for node in article.iter("a") if not node.get("class")]
    outside = [href for href in links if href.startswith("http")]
    expected = [published(url) for _, url in source_links()]
    assert len(expected) == 134
    assert outside[: len(expected)] == expected


def test_the_register_has_each_link_on_its_line() -> None:
    register = json.loads((ROOT / "build/links.json").read_text(encoding="utf-8"))
    rows = [row for row in register["links"] if row["file"] == "docs/kubernetes/bonnes-pratiques.md"]
    assert sorted((row["line"], row["url"]) for row in rows) == sorted(
        (line, published(url)) for line, url in source_links()
    )
    assert {row["course"] for row in rows} == {"kubernetes"}
    assert {row["page"] for row in rows} == {"kubernetes/bonnes-pratiques/"}
    by_url = {row["url"]: row["text"] for row in rows}
    assert by_url[f"{ORIGIN}/docker/cours"] == "cours Docker"


def test_callouts_lists_code_and_struck_text(article: Element) -> None:
    boxes = [node for node in article.iter("div") if "admonition" in node.get("class", "").split()]
    assert [node.get("class") for node in boxes] == ["admonition link", "admonition tip"]
    assert [text(node[0]) for node in boxes] == ["Lien", "Astuce"]
    assert [text(node) for node in article.iter("del")] == ["Ne pas stocker de Secret en clair"]
    depth = {len(list(outer.iter("ul"))) for outer in article.iter("ul")}
    assert max(depth) >= 3, "a list in a list in a list"
    (code,) = (node for node in article.iter("div") if "highlight" in node.get("class", "").split())
    assert code.get("class") == "language-sh highlight"
    assert code.find(".//span[@class='s2']") is not None, "the shell's words are coloured"
    fence = SOURCE.read_text(encoding="utf-8").split("```sh\n")[1].split("```")[0]
    assert text(code) == fence


def test_lost_emoji_are_back(article: Element) -> None:
    shown = text(article)
    # Characters whose bytes leave no doubt once their neighbours are known, read off the page by eye.
    for expected in ("❌ > 1GB 🏷️", "❌ > 5 min ⏱️", "NetworkPolicy 🌐", "pods 🛡️", "cybersécurité : ", "🗺️"):
        assert expected in shown
    assert shown.count("\ufe0f") == 13, "every variation selector had lost a byte"

"""The real course page in a real browser."""

from __future__ import annotations

from playwright.sync_api import Page

URL = "/kubernetes/bonnes-pratiques/"

# Wraps every emoji of the article, selectors included, and tells how many graphemes each is.
WRAP_EMOJI = """() => {
    const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    const emoji = /\\p{RGI_Emoji}|\\p{Extended_Pictographic}\\uFE0F?/v;
    const segmenter = new Intl.Segmenter("fr", { granularity: "grapheme" });
    const found = [];
    for (const node of texts) {
        if (!emoji.test(node.data)) continue;
        const parts = [...segmenter.segment(node.data)].map(({ segment }) => {
            if (!emoji.test(segment) || /[©®™]/.test(segment)) return document.createTextNode(segment);
            const span = document.createElement("span");
            span.className = "test-emoji";
            span.textContent = segment;
            found.push(segment);
            return span;
        });
        node.replaceWith(...parts);
    }
    return found;
}"""


def test_every_emoji_is_one_glyph(page: Page) -> None:
    page.goto(URL)
    found: list[str] = page.evaluate(WRAP_EMOJI)
    assert len(found) > 120
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    nodes = devtools.send("DOM.querySelectorAll", {"nodeId": root, "selector": ".test-emoji"})["nodeIds"]
    assert len(nodes) == len(found)
    for emoji, node in zip(found, nodes, strict=True):
        fonts = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        assert sum(font["glyphCount"] for font in fonts) == 1, (emoji, fonts)


def test_the_page_shows_what_its_author_wrote(page: Page) -> None:
    page.goto(URL)
    article = page.locator("article")
    assert page.title() == "Bonnes pratiques - Cours"
    assert page.locator("html").get_attribute("lang") == "fr"
    assert article.get_by_role("heading", level=2).count() == 9
    for title in ("Lien", "Astuce"):
        assert article.locator(".admonition-title", has_text=title).is_visible()
    struck = article.locator("del")
    assert struck.inner_text().split() == ["Ne", "pas", "stocker", "de", "Secret", "en", "clair"]
    assert "line-through" in struck.evaluate("node => getComputedStyle(node).textDecoration")
    inner, outer = article.locator("ul ul ul > li").first, article.locator("ul ul > li").first
    inner_box, outer_box = inner.bounding_box(), outer.bounding_box()
    assert inner_box is not None
    assert outer_box is not None
    assert inner_box["x"] > outer_box["x"] + 10, "a list in a list is set in"


def test_the_shell_block_is_coloured_and_can_be_copied(page: Page) -> None:
    page.goto(URL)
    block = page.locator(".highlight")
    colours = block.locator("code span").evaluate_all(
        "spans => [...new Set(spans.map(s => getComputedStyle(s).color))]"
    )
    assert len(colours) >= 3
    assert block.locator("button.md-code__button, button.md-clipboard").count() >= 1
    shown = block.locator("code").inner_text()
    assert shown.startswith("helm upgrade --install")
    assert "--set ssh.authorized_keys=" in shown


def test_the_search_finds_the_page_without_asking_anyone(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Rechercher").click()
    page.keyboard.type("kubernetes")
    page.locator(".course-search__results a", has_text="Bonnes pratiques").first.wait_for()


def test_no_page_asks_another_site(page: Page, site_pages: list[str]) -> None:
    """The recording fails the test at its end if a request left, or if the console was not clean."""
    for url in site_pages:
        page.goto(url, wait_until="networkidle")

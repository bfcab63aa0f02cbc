"""A page printed as a handout, as readers print it: what stands on the paper, and the choice before."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.browser.local_server import serve
from tests.browser.recording import recorded_page
from tests.building import build

TP = f"""\
---
title: TP
author: Ada
tags: [docker]
license: © 2026 Ada, CC BY-SA 4.0
---

Voir [la suite](suite.md), [MDN](https://developer.mozilla.org/fr/), <https://example.org/> et [ici](#ici).

## Ici

:::correction
Amarante.
:::

=== "Debian"

    apt

=== "Fedora"

    dnf

```sh
echo {"mot" * 100}FIN
```
"""
PAGES = {
    "index.md": "# Accueil\n",
    "cours/index.md": "---\ntitle: Le cours\n---\n\nIl commence ici.\n",
    "cours/tp.md": TP,
    "cours/suite.md": "# Suite\n",
}


@pytest.fixture(scope="module")
def handouts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    built = build(tmp_path_factory.mktemp("handouts"), PAGES, "--strict", site_url="https://a.b/c/")
    assert built.returncode == 0, built.log
    with serve(built.folder / "site") as origin:
        yield origin


@pytest.fixture
def tp(browser: Browser, handouts: str) -> Iterator[Page]:
    with recorded_page(browser, handouts) as (page, recording):
        page.add_init_script("window.print = () => { window.printed = true }")
        page.goto("/cours/tp/")
        page.get_by_role("switch").wait_for()
        yield page
    assert recording.problems() == []


def printed(page: Page) -> str:
    """Return the words on the paper, without the breaks of lines and pages."""
    pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    width, height = pdf.pages[0].mediabox[2:]
    assert (round(float(width)), round(float(height))) == (595, 842)  # A4, in points
    return "".join("".join(sheet.extract_text() for sheet in pdf.pages).split())


def test_paper_holds_the_page_and_nothing_else(tp: Page) -> None:
    paper = printed(tp)
    for text in (
        "TP",
        "Debian",
        "apt",
        "Fedora",
        "dnf",
        "motFIN",
        "CCBY-SA4.0",
        "Ada",
        "https://a.b/c/cours/tp/",
    ):
        assert text in paper
    for chrome in (
        "Rechercher",
        "Imprimer",
        "Afficherles",
        "Amarante",
        "Filtrer",
        "Construit",
        "docker",
        "(https",
    ):
        assert chrome not in paper


def test_corrections_are_printed_where_the_switch_is_on(tp: Page) -> None:
    tp.get_by_role("switch").click()
    assert "Amarante" in printed(tp)
    assert tp.get_by_role("switch", checked=True).is_visible()


def test_addresses_of_links_are_printed_on_request(tp: Page) -> None:
    tp.get_by_role("button", name="Imprimer").press("Enter")
    choice = tp.get_by_role("dialog", name="Imprimer cette page")
    choice.get_by_role("checkbox", name="Avec les adresses des liens").press("Space")
    choice.get_by_role("button", name="Imprimer").click()
    tp.wait_for_function("window.printed")
    assert not choice.is_visible()
    paper = printed(tp)
    assert "MDN(https://developer.mozilla.org/fr/)" in paper
    assert "lasuite(https://a.b/c/cours/suite/)" in paper
    assert paper.count("https://example.org/") == 1  # it says its address itself
    assert "ici(" not in paper
    tp.reload()
    tp.get_by_role("switch").wait_for()
    assert "MDN(https" in printed(tp)  # remembered


def test_the_choice_can_be_left(tp: Page) -> None:
    tp.get_by_role("button", name="Imprimer").click()
    tp.keyboard.press("Escape")
    tp.locator("dialog.handout").wait_for(state="hidden")
    assert tp.evaluate("document.activeElement.matches('[data-handout]')")
    assert tp.evaluate("window.printed") is None


def test_without_script_corrections_are_printed_and_no_button_is_dead(
    browser: Browser, handouts: str
) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=handouts)
    page = context.new_page()
    page.goto("/cours/tp/")
    assert not page.get_by_role("button", name="Imprimer").is_visible()
    assert "Amarante" in printed(page)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_black_on_white(tp: Page, scheme: str) -> None:
    tp.emulate_media(media="print", color_scheme="dark" if scheme == "dark" else "light")
    look = "element => [getComputedStyle(element).color, getComputedStyle(document.body).backgroundColor]"
    assert tp.locator("h1").evaluate(look) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]

"""Diagrams as a reader sees them: both schemes, a phone, paper; `page` fails on any request elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

GUIDE = "/ecrire/#les-diagrammes"
FIGURE = "figure.diagram"
SOURCE = """flowchart LR
  accDescr: Un essai
  subgraph groupe[Groupe]
    A[Une étape au nom bien assez long pour un seul nœud] --> B{Décision ?}
  end
  B -->|oui| C[Pâle]
  B -->|non| D[Foncé]
  style C fill:#ffefc5
  style D fill:#1e293b"""

# Each text's contrast with what is painted behind its middle, and by how many pixels it leaves that shape.
TEXTS = """figure => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true})
  const paint = colour => {
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    return [...canvas.getImageData(0, 0, 1, 1).data]
  }
  const luminance = colour => {
    const [r, g, b] = colour.map(v => v / 255 <= .04045 ? v / 255 / 12.92 : ((v / 255 + .055) / 1.055) ** 2.4)
    return .2126 * r + .7152 * g + .0722 * b
  }
  const told = []
  for (const text of figure.querySelectorAll('text')) {
    text.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'})
    const box = text.getBoundingClientRect()
    const shapes = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2)
      .filter(node => figure.contains(node) && !node.matches('figure, svg, text, tspan'))
      .filter(node => getComputedStyle(node).fill !== 'none')
    let behind = paint(getComputedStyle(document.body).backgroundColor).slice(0, 3)
    for (const shape of shapes.toReversed()) {
      const style = getComputedStyle(shape), [r, g, b, alpha] = paint(style.fill)
      const weight = alpha / 255 * parseFloat(style.fillOpacity)
      behind = behind.map((value, i) => value * (1 - weight) + [r, g, b][i] * weight)
    }
    const ink = paint(getComputedStyle(text).fill).slice(0, 3)
    const [a, b] = [ink, behind].map(luminance).sort((x, y) => y - x)
    const frame = shapes[0]?.getBoundingClientRect()
    const out = frame ? Math.max(0, frame.x - box.x, box.right - frame.right) : 0
    told.push({text: text.textContent, contrast: (a + .05) / (b + .05), out})
  }
  return told
}"""


def show(page: Page, scheme: str = "light") -> Any:
    """Open the guide in a scheme and return its diagram."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.goto(GUIDE)
    page.locator(f"body[data-md-color-scheme={'slate' if scheme == 'dark' else 'default'}]").wait_for()
    return page.locator(FIGURE).first


def draw_into(page: Page, source: str) -> None:
    """Put the drawing of `source` in the place of the guide's."""
    from coursekit.markdown.diagrams import Diagram, draw

    drawn = draw(source)
    assert isinstance(drawn, Diagram)
    page.locator(FIGURE).first.evaluate("(figure, svg) => { figure.innerHTML = svg }", drawn.svg)
    page.evaluate("document.fonts.ready")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_is_readable_and_within_its_shape(page: Page, scheme: str) -> None:
    figure = show(page, scheme)
    draw_into(page, SOURCE)
    told = figure.evaluate(TEXTS)
    assert {"Groupe", "Pâle", "Foncé", "oui"} <= {row["text"] for row in told}
    assert [row for row in told if row["contrast"] < 4.5] == []
    assert [row for row in told if row["out"] > 1] == []


def test_the_schemes_differ_on_screen_and_paper_is_light(page: Page) -> None:
    colour = "figure => getComputedStyle(figure.querySelector('rect')).fill"
    light = show(page).evaluate(colour)
    figure = show(page, "dark")
    assert figure.evaluate(colour) != light
    page.emulate_media(media="print", color_scheme="dark")
    assert figure.evaluate(colour) == light


def test_it_is_an_image_with_a_text_alternative(page: Page) -> None:
    show(page)
    name = "L'auteur écrit, le site est construit, le lecteur lit."
    assert page.get_by_role("img", name=name).count() == 1


def test_a_wide_diagram_scrolls_in_its_figure(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    figure = show(page)
    chain = " --> ".join(f"N{i}[Étape {i}]" for i in range(10))
    draw_into(page, f"flowchart LR\n  {chain}")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert figure.evaluate("figure => figure.scrollWidth > figure.clientWidth")
    assert figure.evaluate("figure => figure.querySelector('svg').getCTM().a") >= 0.6


def test_a_small_diagram_keeps_its_size(page: Page) -> None:
    figure = show(page)
    draw_into(page, "flowchart LR\n  A --> B")
    assert figure.evaluate("figure => figure.querySelector('svg').getCTM().a") == pytest.approx(1, abs=0.01)


def test_its_text_can_be_selected(page: Page) -> None:
    figure = show(page)
    selected = figure.evaluate("""figure => {
      const text = [...figure.querySelectorAll('text')].find(node => node.textContent.includes('Écrire'))
      getSelection().selectAllChildren(text)
      return getSelection().toString()
    }""")
    assert selected.split() == ["Écrire", "la", "page"]


def test_paper_cuts_nothing_off(page: Page) -> None:
    figure = show(page)
    draw_into(page, "flowchart LR\n  " + " --> ".join(f"N{i}[Étape {i}]" for i in range(30)))
    page.emulate_media(media="print")
    assert figure.evaluate("figure => figure.scrollWidth <= figure.clientWidth")

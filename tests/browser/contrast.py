"""Contrast of text as the browser paints it, by WCAG 2.2."""

from __future__ import annotations

from playwright.sync_api import Page

# Colours as the browser paints them, sRGB from 0 to 255: [text, the backgrounds below it laid on each other].
COLOURS = """node => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true})
  const paint = colour => {
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)]
  }
  const below = []
  for (let at = node; at; at = at.parentElement) below.unshift(getComputedStyle(at).backgroundColor)
  paint('white')
  const background = below.map(paint).at(-1)
  return [paint(getComputedStyle(node).color), background]
}"""


def luminance(colour: list[int]) -> float:
    """Return the relative luminance of WCAG 2.2, from 0 (black) to 1 (white)."""
    parts = [value / 255 for value in colour]
    red, green, blue = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(page: Page, selector: str) -> float:
    """Return the contrast ratio of WCAG 2.2 of the first such element's text, from 1 to 21."""
    text, background = page.locator(selector).first.evaluate(COLOURS)
    darker, lighter = sorted((luminance(text), luminance(background)))
    return (lighter + 0.05) / (darker + 0.05)

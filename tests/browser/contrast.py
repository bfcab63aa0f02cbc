"""Contrast of text as the browser paints it, by WCAG 2.2."""

from __future__ import annotations

from playwright.sync_api import Page

# Colours as the browser paints them, sRGB from 0 to 255: [text, the backgrounds below it laid on each other].
COLOURS = """(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true})
  const paint = (...colours) => {
    for (canvas.fillStyle of colours) canvas.fillRect(0, 0, 1, 1)
    return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)]
  }
  const known = new Map([[null, 'white']])
  const background = node => {
    if (!known.has(node)) {
      const below = background(node.parentElement)
      known.set(node, `rgb(${paint(below, getComputedStyle(node).backgroundColor)})`)
    }
    return known.get(node)
  }
  return (node, pseudo) => {
    const {color, backgroundColor} = getComputedStyle(node, pseudo)
    const below = pseudo ? [background(node), backgroundColor] : [background(node)]
    return [paint(...below, color), paint(...below)]
  }
})()"""

# Every element below one that shows a text of its own, and what style sheets write before or after it:
# [where it is, text, background].
TEXTS = f"""root => {{
  const colours = {COLOURS}
  const kind = node => [node.localName, ...node.classList].join('.')
  const place = node => `${{node.closest('[id]')?.id}} ${{kind(node.parentElement)}} > ${{kind(node)}}`
  const found = []
  for (const node of root.querySelectorAll('*')) {{
    const hasText = [...node.childNodes].some(one => one.nodeType === Node.TEXT_NODE && one.data.trim())
    if (hasText && node.checkVisibility()) found.push([place(node), ...colours(node, null)])
    for (const pseudo of ['::before', '::after']) {{
      const {{content, maskImage}} = getComputedStyle(node, pseudo)
      if (maskImage === 'none' && /[^"'\\s]/.test(content.replace(/^(none|normal)$/, '')))
        found.push([place(node) + pseudo, ...colours(node, pseudo)])
    }}
  }}
  return found
}}"""


def luminance(colour: list[int]) -> float:
    """Return the relative luminance of WCAG 2.2, from 0 (black) to 1 (white)."""
    parts = [value / 255 for value in colour]
    red, green, blue = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(text: list[int], background: list[int]) -> float:
    """Return the contrast ratio of WCAG 2.2, from 1 to 21."""
    darker, lighter = sorted((luminance(text), luminance(background)))
    return (lighter + 0.05) / (darker + 0.05)


def contrast(page: Page, selector: str, pseudo: str | None = None) -> float:
    """Return the contrast ratio of the first such element's text, or of what is drawn before or after it."""
    found = page.locator(selector).first.evaluate(f"(node, pseudo) => ({COLOURS})(node, pseudo)", pseudo)
    return ratio(*found)


def contrasts(page: Page, selector: str) -> dict[str, float]:
    """Return the contrast ratio of every text in the first such element; of those of one kind the lowest."""
    found: dict[str, float] = {}
    for name, text, background in page.locator(selector).first.evaluate(TEXTS):
        found[name] = min(ratio(text, background), found.get(name, 21))
    return found

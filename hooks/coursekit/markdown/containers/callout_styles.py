"""The style sheet of boxes that the theme does not draw, or not as a site wants them."""

from __future__ import annotations

import colorsys
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from coursekit.markdown.containers.callouts import Look

_DARK_SCHEME = '[data-md-color-scheme="slate"]'
# HLS lightness, from 0 to 1, at which even a blue has 3:1 on the theme's dark background, as WCAG 2.2
# (1.4.11) wants it of icons.
_LIGHT_ENOUGH = 0.68


def stylesheet(looks: Mapping[str, Look], icons: Mapping[str, str]) -> str:
    """Return the rules for Material's markup; `looks` and `icons`, which are SVG, are by class of a box.

    Icons are the theme's variables. The theme itself would write them into every page.
    """
    variables = [f":root {{ --md-admonition-icon--{name}: {_url(svg)}; }}" for name, svg in icons.items()]
    rules = [rule for name, look in looks.items() for rule in _rules(name, look)]
    return "\n".join([*variables, *rules, ""])


def _url(svg: str) -> str:
    return f"url('data:image/svg+xml;charset=utf-8,{quote(svg.replace(chr(10), ''))}')"


def lightened(color: str) -> str:
    """Return a colour (`#036` or `#003366`) as `#rrggbb`, of the same hue, light enough for dark schemes."""
    digits = color[1:] if len(color) == 7 else "".join(digit * 2 for digit in color[1:])
    red, green, blue = (byte / 255 for byte in bytes.fromhex(digits))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    channels = colorsys.hls_to_rgb(hue, max(lightness, _LIGHT_ENOUGH), saturation)
    return "#" + bytes(round(channel * 255) for channel in channels).hex()


def _rules(name: str, look: Look) -> Iterator[str]:
    box = f".md-typeset :is(.admonition, details).{name}"
    title = f"{box} > :is(.admonition-title, summary)"
    if look.color:
        dark = f"{_DARK_SCHEME} {box} {{ --callout-color: {lightened(look.color)}; }}"
        yield f"{box} {{ --callout-color: {look.color}; border-color: var(--callout-color); }}"
        yield f"@media screen {{ {dark} }}"
        yield f"{title} {{ background-color: color-mix(in srgb, var(--callout-color) 12%, transparent); }}"
        yield f"{title}::before {{ background-color: var(--callout-color); }}"
        yield f"{title}::after {{ color: var(--callout-color); }}"
    if look.icon:
        icon = f"var(--md-admonition-icon--{name})"
        yield f"{title}::before {{ -webkit-mask-image: {icon}; mask-image: {icon}; }}"

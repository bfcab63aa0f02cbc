"""Images: their place is kept while they load, and those further down load when a reader comes near."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markdown_it.token import Token

from coursekit.markdown.document import Link, Size
from coursekit.markdown.tree import Tree, attributes, escape_entities, plain


def image(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    """Add an image; what its author says of it stands."""
    token = tokens[index]
    link = Link(str(token.attrs["src"]), plain(token.children or [], html=True), tree.line(token), "image")
    written = {"alt": escape_entities(link.text), "src": escape_entities(tree.options.resolve(link))}
    given = attributes(token) | written
    shown = _loading(tree) | dimensions(given, tree.options.measure(link)) | given
    tree.document.links.append(link)
    tree.leaf("img", shown)


def _loading(tree: Tree) -> dict[str, str]:
    if not tree.options.lazy_images:
        return {}
    # A page's first image is often in sight at once, and waiting for the layout would only delay it.
    # Searching back as far as the image before this one takes linear time in all.
    is_first = all(link.kind != "image" for link in reversed(tree.document.links))
    return {"decoding": "async"} if is_first else {"loading": "lazy", "decoding": "async"}


def dimensions(given: Mapping[str, str], size: Size | None) -> dict[str, str]:
    """Return what to add to the `width` and `height` given, so that the image's place is known at once.

    The theme sets `height: auto`: the shape of an image follows from both together.
    """
    wanted_width, wanted_height = _pixels(given.get("width")), _pixels(given.get("height"))
    if wanted_width and wanted_height and "style" not in given:
        return {"style": f"aspect-ratio: {wanted_width} / {wanted_height}"}  # or else its own shape would win
    if not size or "style" in given:
        return {}  # a style may give a height, which a width from here would not fit
    width, height = size
    if wanted_width:
        return {"height": str(max(1, round(wanted_width * height / width)))}
    if wanted_height:
        return {"width": str(max(1, round(wanted_height * width / height)))}
    if "width" in given or "height" in given:
        return {"style": f"aspect-ratio: auto {width} / {height}"}  # of a percentage, say
    return {"width": str(width), "height": str(height)}


def _pixels(length: str | None) -> int | None:
    digits = (length or "").removesuffix("px")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 6 else None

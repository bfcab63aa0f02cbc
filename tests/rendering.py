"""The front end alone, as `Markdown(extensions=["coursekit.markdown"])` has it."""

from __future__ import annotations

from typing import Any

from markdown import Markdown

from coursekit.markdown import Document


def render(text: str, *extensions: str, **settings: Any) -> tuple[str, Document]:
    """Return the HTML of a text and what the front end tells of it; `settings` are the front end's."""
    documents: list[Document] = []
    settings["observers"] = [documents.append]
    md = Markdown(
        extensions=["coursekit.markdown", *extensions], extension_configs={"coursekit.markdown": settings}
    )
    html = md.convert(text)
    return html, documents[0] if documents else Document()  # Python-Markdown reads no blank text

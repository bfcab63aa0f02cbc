"""The other extensions on a page: what the front end reads in their stead."""

from __future__ import annotations

from markdown import Markdown

from coursekit.markdown.ecosystem.abbreviations import abbreviations_plugin
from coursekit.markdown.ecosystem.definitions import definitions_plugin
from coursekit.markdown.ecosystem.highlights import highlights_plugin
from coursekit.markdown.ecosystem.markdown_in_html import markdown_in_html_plugin
from coursekit.markdown.ecosystem.subscripts import subscripts_plugin
from coursekit.markdown.parser import Plugin

# Block syntax that is read where a site loads the extension, by the name of its block processor.
_PLUGINS: dict[str, Plugin] = {
    "deflist": definitions_plugin,
    "abbr": abbreviations_plugin,
    "markdown_block": markdown_in_html_plugin,
}


def plugins(md: Markdown) -> frozenset[Plugin]:
    """Return the syntax to read on top of CommonMark, by the extensions that are loaded."""
    found = {plugin for name, plugin in _PLUGINS.items() if name in md.parser.blockprocessors}
    for extension in md.registeredExtensions:
        module = type(extension).__module__
        if module == "pymdownx.mark":
            found.add(highlights_plugin)
        elif module == "pymdownx.tilde" and extension.getConfig("subscript"):
            found.add(subscripts_plugin)
    if "snippet" in md.preprocessors:
        from coursekit.markdown.ecosystem.snippets import line_map_plugin  # noqa: PLC0415 - few sites have any

        found.add(line_map_plugin)
    return frozenset(found)


def abbreviations(md: Markdown) -> dict[str, str]:
    """Return the table that Python-Markdown's `abbr` marks words by, for definitions to go into."""
    found: dict[str, str] = vars(md.treeprocessors["abbr"])["abbrs"] if "abbr" in md.treeprocessors else {}
    return found

"""Elements of containers: a box, or `<details>` for one that is folded, with its title.

The author's name for it is the first class (behind the theme's `admonition`), then the kind that synonyms
share: `admonition astuce tip`.
"""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from coursekit import messages
from coursekit.markdown.containers.callouts import Callout
from coursekit.markdown.tree import Handler, Tree


def _box(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    token = tokens[index]
    name: str = token.meta["name"]
    given: dict[str, str] = token.meta["attributes"]
    callout = tree.options.callouts.box(name)
    if not callout.known:
        tree.problem(tree.line(token), messages.unknown_directive(name, tree.options.callouts.nearest(name)))
    folded = _is_folded(token, callout)
    classes = [] if folded else ["admonition"]
    classes += dict.fromkeys([name, *callout.kind.split(), *given.get("class", "").split()])
    kept = {"class": " ".join(classes)} | {key: given[key] for key in ("id", "lang") if given.get(key)}
    if folded and token.meta["fold"] == "open":
        kept["open"] = "open"
    tree.open("details" if folded else "div", kept)
    # Without a summary, browsers would show one of their own.
    if not token.meta["labelled"] and (folded or given.get("title") != ""):
        _title(tree, folded=folded)
        tree.text(given.get("title") or callout.title)
        tree.close()


def _label(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    opening = tokens[index - 1]
    _title(tree, folded=_is_folded(opening, tree.options.callouts.box(opening.meta["name"])))


def _title(tree: Tree, *, folded: bool) -> None:
    tree.open("summary") if folded else tree.open("p", {"class": "admonition-title"})


def _is_folded(token: Token, callout: Callout) -> bool:
    """Whether a reader can fold it: what the author asks for goes before the table."""
    return token.meta["fold"] is not None or callout.folded


HANDLERS: dict[str, Handler] = {"directive_open": _box, "directive_label_open": _label}

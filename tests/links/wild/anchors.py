"""Places in pages: the page is there; is the place?"""

from __future__ import annotations

import unicodedata
from typing import Unpack

from tests.links.web import Reply, html, sent
from tests.links.wild.case import HERE, Case, More, alive, dead, here, site, unsure, words

_GONE = "broken-anchor"


def _with(body: str, head: str = "") -> Reply:
    return html("Ancres", f"{words(6)}{body}{words(6)}", head=head)


def _is(label: str, fragment: str, body: str, verdicts: str = "ok") -> Case:
    return alive(label, here(_with(body)), f"{HERE}#{fragment}", verdicts)


def _is_not(label: str, fragment: str, body: str, **more: Unpack[More]) -> Case:
    return dead(label, here(_with(body)), f"{HERE}#{fragment}", _GONE, **more)


def _file(label: str, path: str, content_type: str, body: bytes = b"") -> Case:
    name, _, fragment = path.partition("#")
    reply = Reply(200, body or b"\0" * 4096, (("Content-Type", content_type),))
    return alive(label, site({name: reply}), f"{name}#{fragment}", "ok blocked")


def _drawn(label: str, fragment: str) -> Case:
    """Return a place of a page that a script draws."""
    page = html("Atelier", "<div id=root></div><script src=/assets/app.js></script>")
    return alive(label, here(page), f"{HERE}#{fragment}", "ok blocked")


THERE = [
    _is(
        "Docusaurus",
        "installation",
        '<h2 class="anchor anchorWithStickyNavbar_LWe7" id="installation">Installation'
        '<a href="#installation" class="hash-link">#</a></h2>',
    ),
    _is("MkDocs: the second of its name", "exercice_1", "<h2 id=exercice>E</h2><h2 id=exercice_1>E</h2>"),
    _is(
        "MkDocs: a tab",
        "__tabbed_1_2",
        '<input id="__tabbed_1_1" type=radio><input id="__tabbed_1_2" type=radio>',
    ),
    _is(
        "Sphinx: an implicit target",
        "id3",
        '<section id="notes"><span id="id3"></span><h2>Notes</h2></section>',
    ),
    _is("Sphinx: a term", "term-WSGI", '<dl class=glossary><dt id="term-WSGI">WSGI</dt></dl>'),
    _is("Sphinx: a function", "os.path.join", '<dt class="sig" id="os.path.join">os.path.join(path)</dt>'),
    _is(
        "a wiki's old escapes",
        "Syst.C3.A8me_de_fichiers",
        '<span id="Syst.C3.A8me_de_fichiers"></span><h2 id="Système_de_fichiers">Système de fichiers</h2>',
    ),
    _is("a wiki's accents, escaped", "Syst%C3%A8me_de_fichiers", '<h2 id="Système_de_fichiers">S</h2>'),
    _is("a wiki's note", "cite_note-Dupont2003-12", '<li id="cite_note-Dupont2003-12">Dupont</li>'),
    _is(
        "a wiki's picture, shown by a script",
        "/media/Fichier:Docker.svg",
        "<img src=docker.svg><script src=/w/load.php></script>",
        "ok blocked",
    ),
    _is(
        "a heading of a forge's page",
        "prérequis",
        '<h2><a id="user-content-prérequis" class=anchor href="#prérequis"></a>Prérequis</h2>',
    ),
    _is("escapes in capitals", "%C3%89TAPE", "<h2 id='ÉTAPE'>É</h2>"),
    _is("escapes in small letters", "%c3%a9tape", "<h2 id='étape'>é</h2>"),
    _is("an identifier that is escapes itself", "caf%C3%A9", '<a name="caf%C3%A9"></a>'),
    _is("a plus", "c++", '<h2 id="c++">C++</h2>'),
    _is("a blank", "mon%20titre", '<h2 id="mon titre">Mon titre</h2>'),
    _is("an entity", "r%C3%A9sum%C3%A9", '<h2 id="r&eacute;sum&#233;">Résumé</h2>'),
    _is("without quotes, before the end of the tag", "fin", "<p id=fin>Fin"),
    _is("in capitals", "Fin", "<A NAME=Fin></A>"),
    _is("over several lines", "fin", "<h2\n  class='x'\n  id\n  =\n  \"fin\"\n>Fin</h2>"),
    _is("given twice", "intro", "<p id=intro>a</p><p id=intro>b</p>"),
    _is("after a tag that nobody closed", "fin", '<p title="1 > 0"><b><i>x<h2 id=fin>Fin</h2>'),
    _is("in a drawing", "schema", "<svg><g id=schema><path d='M0 0'/></g></svg>"),
    _is("in a cell of a table", "ligne-3", "<table><tr><td id=ligne-3>x</table>"),
    _is("the top, in capitals", "TOP", "<p>x</p>"),
    _is("nothing after the sign", "", "<p>x</p>"),
    _is("a place and a text in it", "fin:~:text=Fin", "<p id=fin>Fin</p>"),
    _is("a text between two others", ":~:text=lancez-,le%20conteneur,-lisez", "<p>x</p>"),
    _is("a text from here to there", ":~:text=lancez%20le,sa%20sortie", "<p>x</p>"),
    _is(
        "a part of a film in a page",
        "t=1m30s",
        "<video src=v.mp4></video><script src=player.js></script>",
        "ok blocked",
    ),
    _drawn("a map", "map=15/48.8566/2.3522"),
    _drawn("a sheet of a table", "gid=1729"),
    _is(
        "a slide",
        "/3/2",
        "<div class=reveal><section>x</section></div><script src=reveal.js></script>",
        "ok blocked",
    ),
    _drawn("code in an address", "code/MYewdgzgLgBA"),
    _drawn("a route", "/guide/installation?id=docker"),
    _drawn("lines of a forge", "L12-L40"),
    _drawn("lines of another forge", "lines-4:8"),
    _is("lines of a plain forge", "n42", "<pre><a id='n42' href='#n42'>42</a></pre>"),
    alive(
        "in windows-1252",
        here(
            Reply(
                200,
                "<meta charset=windows-1252><h2 id='été'>Été</h2>".encode("cp1252"),
                (("Content-Type", "text/html"),),
            )
        ),
        HERE + "#%C3%A9t%C3%A9",
    ),
    alive(
        "in Latin-1, told by the header",
        here(
            Reply(
                200,
                "<h2 id='été'>Été</h2>".encode("latin-1"),
                (("Content-Type", 'text/html; charset="ISO-8859-1"'),),
            )
        ),
        HERE + "#été",
    ),
    alive(
        "in UTF-16",
        here(Reply(200, "\ufeff<h2 id='été'>Été</h2>".encode("utf-16-le"), (("Content-Type", "text/html"),))),
        HERE + "#été",
    ),
    alive(
        "in XHTML",
        here(
            Reply(
                200,
                b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>'
                b'<h2 id="fin"/></body></html>',
                (("Content-Type", "application/xhtml+xml"),),
            )
        ),
        HERE + "#fin",
    ),
    alive(
        "after two megabytes", here(_with("<p>" + "x" * 2_000_000 + "</p><h2 id=loin>L</h2>")), HERE + "#loin"
    ),
    _file("a page of a PDF", "/cours.pdf#page=12&zoom=120", "application/pdf", b"%PDF-1.7\n"),
    _file("a destination of a PDF", "/cours.pdf#nameddest=chapitre2", "application/pdf", b"%PDF-1.7\n"),
    _file("a part of a film", "/film.mp4#t=30,45", "video/mp4"),
    _file("a line of a text", "/notes.txt#line=10,20", "text/plain", b"une ligne\n" * 40),
    _file("a region of a picture", "/carte.png#xywh=160,120,320,240", "image/png", b"\x89PNG\r\n\x1a\n"),
    _file(
        "a symbol of a drawing",
        "/icones.svg#plume",
        "image/svg+xml",
        b'<svg xmlns="http://www.w3.org/2000/svg"><symbol id="plume"/></svg>',
    ),
]

_COMPOSED = unicodedata.normalize("NFC", "étape")
NOT_THERE = [
    _is_not(
        "a letter is wrong",
        "instalation",
        "<h2 id=installation>Installation</h2>",
        suggestion=f"{HERE}#installation",
    ),
    _is_not(
        "a number has changed",
        "2-installer-docker",
        "<h2 id=3-installer-docker>I</h2>",
        suggestion=f"{HERE}#3-installer-docker",
    ),
    _is_not("accents have gone", "prérequis", "<h2 id=prerequis>P</h2>", suggestion=f"{HERE}#prerequis"),
    _is_not("a section has gone", "desinstaller", "<h2 id=bilan>B</h2>"),
    _is_not("a plus is no blank", "mon+titre", '<h2 id="mon titre">M</h2>'),
    _is_not(
        "only in a template",
        "fantome",
        "<template><h2 id=fantome>F</h2></template>",
    ),
    _is_not("only in what a field contains", "fantome", "<textarea><h2 id=fantome>F</h2></textarea>"),
    _is_not("only in a sentence of an attribute", "fantome", "<p title='<h2 id=fantome>'>x</p>"),
    _is_not("only in code that is shown", "fantome", "<pre>&lt;h2 id=&quot;fantome&quot;&gt;</pre>"),
    _is_not(
        "only in what is told to search engines",
        "fantome",
        '<script type="application/ld+json">{"@id": "https://cours.example/#fantome", "id": "fantome"}</script>',
        missed="what is in a script may be what it draws",
    ),
    _is_not("only the name of a field", "recherche", "<form><input name=recherche></form>"),
    _is_not("only a class", "fantome", "<h2 class=fantome data-id=fantome>F</h2>"),
    _is_not("only a link to it", "fantome", "<a href='#fantome'>F</a>"),
    _is_not("a text that has gone", ":~:text=phrase%20d%27antan", "<p>x</p>"),
    _is_not("a text in a place that has gone", "fantome:~:text=x", "<p>x</p>"),
    dead(
        "letters and accents apart",
        here(_with(f"<h2 id='{unicodedata.normalize('NFD', _COMPOSED)}'>É</h2>")),
        f"{HERE}#{_COMPOSED}",
        _GONE,
        missed="identifiers are compared in their composed form, browsers compare code points",
    ),  # HTML, 7.4.6.4
    dead(
        "in another letter case",
        here(_with("<h2 id=Volumes>V</h2>")),
        f"{HERE}#volumes",
        _GONE,
        suggestion=f"{HERE}#Volumes",
    ),
]

UNKNOWN = [
    unsure(
        "a page drawn by a script",
        here(html("", '<div id="__nuxt"></div><script src=/_nuxt/e.js></script>')),
        HERE + "#volumes",
        "ok blocked",
    ),
    unsure(
        "identifiers made by a script",
        here(
            _with(
                "<h2>Les volumes</h2>",
                head="<script src=https://cdn.example/anchor.min.js></script><script>anchors.add()</script>",
            )
        ),
        HERE + "#les-volumes",
        "ok blocked",
    ),
    unsure("a page refused", here(html("Forbidden", status=403)), HERE + "#volumes"),
    unsure(
        "a page of eight megabytes",
        here(_with("<p>" + "x" * 8_000_000 + "</p><h2 id=loin>L</h2>")),
        HERE + "#loin",
        "ok blocked",
    ),
    unsure(
        "a text without places",
        site({"/LISEZMOI": Reply(200, b"Notes", (("Content-Type", "text/plain"),))}),
        "/LISEZMOI#notes",
        "ok blocked",
    ),
]

MORE = [
    _is("of the whole document", "page", "</div></body><body id=page>"),
    _is("with a picture character", "🚀-d%C3%A9marrage", "<h2 id='🚀-démarrage'>Démarrage</h2>"),
    _is("with a percent sign", "100%", "<h2 id='100%'>Tout</h2>"),
    _is("a line of code that is there", "__codelineno-0-3", "<a id=__codelineno-0-3></a>"),
    _is("in what is folded", "corrige", "<details><summary>Corrigé</summary><p id=corrige>x</p></details>"),
    _is("hidden", "cache", "<div hidden id=cache>x</div>"),
    _is("a text over several tags", ":~:text=image%20de%20base", "<p>une <b>image</b> <i>de</i> base</p>"),
    _is(
        "a text in other letters, with hard blanks",
        ":~:text=Volume%20nomm%C3%A9",
        "<p>un VOLUME&nbsp;nommé</p>",
    ),
    _is("a text with a dash", ":~:text=docker%2Dcompose", "<p>docker-compose up</p>"),
    _is(
        "two texts, the second is there",
        ":~:text=phrase%20perdue&text=image%20de%20base",
        "<p>image de base</p>",
    ),
    _is_not("only the name of a division", "partie", "<div name=partie>x</div>"),
    _is_not("only the name of a picture", "figure", "<img name=figure src=a.png>"),
    _is_not("an identifier that says nothing", "partie", "<p id>x</p><p id=''>y</p>"),
    _is_not("an identifier with a blank at its end", "partie", "<p id='partie '>x</p>"),
    alive(
        "after a redirect for a while",
        site({HERE: sent("/b", 302), "/b": _with("<p id=fin>x")}),
        HERE + "#fin",
    ),
    dead(
        "gone after a redirect for good",
        site({HERE: sent("/b"), "/b": _with("<p id=bilan>x")}),
        HERE + "#fin",
        _GONE,
    ),
    dead(
        "of a page that is not there",
        here(html("Introuvable", "<p id=fin>x", status=404)),
        HERE + "#fin",
        "broken broken-anchor",
    ),
]

CASES = THERE + NOT_THERE + UNKNOWN + MORE

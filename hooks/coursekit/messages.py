"""Every sentence that an author reads, in French. Functions take values and return one line, no place.

The place (`docs/tp.md:42: `) is put in front by `Problem.at`.
"""

from __future__ import annotations

import errno
import textwrap
from collections.abc import Sequence


def did_you_mean(suggestion: str | None) -> str:
    """Return the end of a sentence that names the likely mend, or nothing."""
    return f" ; vouliez-vous dire « {suggestion} » ?" if suggestion else ""


def _s(count: int) -> str:
    return "s" if count > 1 else ""


# -- encoding ------------------------------------------------------------------------------------------

_MOST_DOUBTFUL = 5  # guesses named in one line of the build; all of them: repair_sources --explain


def undecodable_file(offset: int) -> str:
    """Say that a file is no text in a known encoding; `offset` is 0-based, in bytes."""
    return f"fichier illisible à l'octet {offset} (encodage inconnu) ; enregistrez-le en UTF-8"


def unreadable_page() -> str:
    """Return the Markdown shown in place of a page that cannot be read."""
    return (
        "# Page illisible\n\nLe fichier de cette page n'est pas un texte dans un encodage connu : "
        "son contenu n'est pas affiché.\n"
    )


def unusable_name() -> str:
    """Say of a page that no address can be made of its file's name."""
    return "nom de fichier qui n'est pas en UTF-8 : la page n'est pas publiée, renommez le fichier"


def unmatched_passage(passage: str) -> str:
    """Say that what an author settled is nowhere on the page, nor possible there."""
    return (
        f"aucun caractère perdu ne se lit « {passage} » (clé « encoding ») ; "
        "`make repair REPAIR=--explain` montre les lignes et leurs choix"
    )


def repaired_page(lost: int, doubtful: Sequence[str]) -> str:
    """Say what was given back to a page: how many lost characters, and which guesses need a look."""
    if not lost:
        return "encodage rétabli, aucun caractère perdu"
    restored = f"{lost} caractère{_s(lost)} perdu{_s(lost)} rétabli{_s(lost)}"
    if not doubtful:
        return restored
    more = " …" if len(doubtful) > _MOST_DOUBTFUL else ""
    count = len(doubtful)
    return f"{restored}, {count} incertain{_s(count)} : {', '.join(doubtful[:_MOST_DOUBTFUL])}{more}"


def doubtful_character(line: int, chosen: str, others: Sequence[str]) -> str:
    """Name a guess, its line, and what else it may have been."""
    return f"ligne {line} {chosen} (ou {' '.join(others[:3])})" if others else f"ligne {line} {chosen}"


def explained_change(before: str, after: str, confidence: float, others: Sequence[str]) -> str:
    """Tell one change of a line in full."""
    return f"« {before} » → « {after} », un octet perdu, sûr à {confidence * 100:.0f}\u00a0%" + (
        f", sinon {' '.join(others)}" if others else ""
    )


def explained_strict_change(before: str, after: str) -> str:
    """Tell one change that lost nothing."""
    return f"« {before} » → « {after} »"


def would_repair(lost: int, changes: int) -> str:
    """Say that a file would be changed, and how much."""
    return f"à réparer : {changes} passage{_s(changes)}, dont {lost} caractère{_s(lost)} perdu{_s(lost)}"


def repaired_file(changes: int, encoding: str | None) -> str:
    """Say that a file was written anew; `encoding` is what it was in, None for UTF-8."""
    passages = [f"{changes} passage{_s(changes)}"] if changes else []
    transcoded = [f"{encoding} enregistré en UTF-8"] if encoding else []
    return f"réparé : {', '.join(passages + transcoded)}"


def transcoded_file(encoding: str) -> str:
    """Say that a file is sound text in another encoding than UTF-8."""
    return f"encodage {encoding}, à enregistrer en UTF-8"


def changed_meanwhile() -> str:
    """Refuse to write a file that somebody else wrote since it was read."""
    return "modifié entre-temps, laissé tel quel ; relancez la commande"


def no_such_path(path: str) -> str:
    """Say that a path given on the command line does not exist."""
    return f"chemin introuvable : {path}"


def no_path() -> str:
    """Say that the command line names nothing to look at."""
    return "indiquez au moins un fichier ou un dossier"


def unknown_options(options: Sequence[str]) -> str:
    """Say that the command has no such options."""
    s = _s(len(options))
    return f"option{s} inconnue{s} : {', '.join(options)}"


def option_without_value(option: str) -> str:
    """Say that an option was given a value (`--write=x`) and takes none."""
    return f"l'option {option} ne prend pas de valeur"


def option_needs_value(option: str) -> str:
    """Say that an option was given without its value."""
    return f"l'option {option} veut une valeur"


def exclusive_options(options: Sequence[str]) -> str:
    """Say that options make no sense together."""
    return f"{' et '.join(options)} ne vont pas ensemble"


def dependent_option(option: str, needed: str) -> str:
    """Say that an option makes sense only beside another."""
    return f"{option} ne va qu'avec {needed}"


def single_file_option(option: str) -> str:
    """Say that an option makes sense only for one file."""
    return f"{option} veut un seul fichier"


_REFUSALS = {
    errno.EACCES: "permission refusée",
    errno.EPERM: "permission refusée",
    errno.ENOENT: "fichier introuvable",
    errno.EISDIR: "c'est un dossier",
    errno.EROFS: "système de fichiers en lecture seule",
    errno.ENOSPC: "plus de place sur le disque",
}


def cannot_access(error: OSError) -> str:
    """Say that the system refused to read or write a file, and why."""
    return f"accès impossible ({_REFUSALS.get(error.errno or 0, error.strerror or str(error))})"


# -- front matter --------------------------------------------------------------------------------------


_YAML_FAULTS = {
    "colon": ("une valeur contient « : »", "mettez-la entre guillemets"),
    "tab": ("une ligne contient une tabulation", "remplacez-la par des espaces"),
    "quote": ("un guillemet ou une apostrophe n'est pas fermé", "fermez-le à la fin de la valeur"),
    "bracket": (
        "un crochet ou une accolade n'est pas fermé",
        "fermez-le, ou mettez la valeur entre guillemets",
    ),
    "special": ("une valeur commence par un caractère réservé", "mettez-la entre guillemets"),
    "colonless": ("une ligne n'a pas la forme « clé: valeur »", "mettez « : » et une espace après la clé"),
    "indentation": ("l'alignement des lignes est irrégulier", "commencez chaque clé en début de ligne"),
    "date": ("une date n'existe pas", "corrigez-la, ou mettez-la entre guillemets"),
    "control": ("une ligne contient un caractère de contrôle", "retirez-le"),
    "unknown": ("ce n'est pas du YAML", "écrivez une « clé: valeur » par ligne"),
}


def bad_front_matter(fault: str) -> str:
    """A front matter that is no YAML; `fault` is one of `yaml_faults.Fault`."""
    problem, mend = _YAML_FAULTS[fault]
    return f"en-tête ignoré : {problem} ; {mend}"


def unclosed_front_matter() -> str:
    """A front matter whose closing line is missing."""
    return "en-tête non fermé ; ajoutez une ligne « --- » après la dernière clé"


def toml_front_matter() -> str:
    """A front matter between lines of `+++`; it is shown as text."""
    return "« +++ » ouvre un en-tête TOML, qui n'est pas lu ; écrivez-le en YAML entre deux lignes « --- »"


_EXPECTED = {
    "title": "un texte",
    "tags": "une liste de mots",
    "order": "un nombre",
    "verified": "une date comme 2026-03-15",
}


def unusable_key(written: str, key: str) -> str:
    """A key of the front matter whose value has another shape than the guide says of `key`."""
    return f"la clé « {written} » de l'en-tête doit être {_EXPECTED[key]}, elle est ignorée"


def front_matter_not_a_mapping() -> str:
    """A front matter that is YAML, but a list or a bare text."""
    return "en-tête ignoré : ce n'est pas une suite de « clé: valeur » ; mettez une espace après « : »"


# -- pages ---------------------------------------------------------------------------------------------


def readme_left_out(path: str) -> str:
    """A README.md whose folder has an index.md, which is the page."""
    return f"{path} n'est pas publié : son dossier a un index.md"


def taken_by_a_page(page: str, tag: str) -> str:
    """The address of a tag's page, where there is a page of the author's."""
    return (
        f"cette page a l'adresse de celle de l'étiquette « {tag} », qui n'est pas faite ; renommez « {page} »"
    )


# -- Markdown ------------------------------------------------------------------------------------------


def unclosed_directive(name: str, colons: int) -> str:
    """A container that its parent or the page ends before a closing fence does."""
    fence = ":" * colons
    return f"la directive « {name} » n'est pas fermée ; ajoutez une ligne « {fence} » à la fin de son contenu"


def unclosed_inner_directive(name: str, outer: str, outer_line: int) -> str:
    """A container that the closing fence of the one around it ends."""
    where = f"dans « {outer} », ouverte à la ligne {outer_line}"
    mend = f"fermez « {outer} » avant, ou donnez-lui plus de deux-points"
    return f"la directive « {name} » n'est pas fermée {where} ; {mend}"


def unknown_directive(name: str, suggestion: str | None) -> str:
    """A container whose name is not in the table; it is shown as a neutral box."""
    mend = (
        did_you_mean(suggestion)
        or " ; les noms usuels sont astuce, lien, attention, exercice, correction, important et note"
    )
    return f"directive inconnue « {name} »{mend}"


def stray_directive(fence: str) -> str:
    """A line that looks like a directive's fence and is shown as text."""
    if not fence.strip(":"):
        mend = "pour en imbriquer, la clôture extérieure doit être plus longue"
        return f"« {fence} » ne ferme aucune directive ; {mend}"
    return f"« {fence} » n'est pas une directive et s'affiche tel quel ; la forme est « :::nom[Titre] »"


def too_deep() -> str:
    """A container nested so deep that its content is not shown."""
    return "listes ou citations imbriquées trop profondément, le contenu n'est pas affiché ; aplatissez-les"


def task_state(*, done: bool) -> str:
    """What a screen reader says of a task list's box."""
    return "fait" if done else "à faire"


# -- footnotes -----------------------------------------------------------------------------------------


def back_to_footnote_mark(number: int, call: int) -> str:
    """Where an arrow at the end of a footnote leads; `call` counts the marks that call the note."""
    return f"Retour à l'appel de la note {number}" + (f" (n° {call})" if call > 1 else "")


def undefined_footnote(label: str) -> str:
    """A mark that calls no note; it is shown as text."""
    return f"la note « [^{label}] » n'est pas définie ; ajoutez une ligne « [^{label}]: texte de la note »"


def unused_footnote(label: str) -> str:
    """A note that no mark calls; it is not shown."""
    return (
        f"la note « [^{label}] » n'est pas affichée, rien ne l'appelle ; mettez « [^{label}] » là où il faut"
    )


def repeated_footnote(label: str, first_line: int) -> str:
    """A second definition of a note; the first is shown."""
    mend = "renommez l'une des deux"
    return f"la note « [^{label}] » est déjà définie à la ligne {first_line}, qui seule s'affiche ; {mend}"


# -- containers of other dialects ----------------------------------------------------------------------


def unclosed_div(opening: str, colons: int) -> str:
    """A fenced div that its parent or the page ends before a closing fence does."""
    fence = ":" * colons
    return f"« {opening} » n'est pas fermé ; ajoutez une ligne « {fence} » à la fin de son contenu"


def unclosed_block(name: str, slashes: str) -> str:
    """A block of slashes that its parent or the page ends before a closing line does."""
    opening = f"{slashes} {name}"
    return f"« {opening} » n'est pas fermé ; ajoutez une ligne « {slashes} » à la fin de son contenu"


def content_outside(opening: str) -> str:
    """A box or a tab with nothing in it, and a text below that is not indented enough to be."""
    return f"le texte qui suit « {opening} » n'en fait pas partie ; décalez-le de quatre espaces"


def unquoted_title(opening: str) -> str:
    """A line that would open a box or a tab if its title stood between straight quotes."""
    return f'« {opening} » s\'affiche tel quel ; mettez le titre entre guillemets droits ("Titre")'


def stray_block(opening: str) -> str:
    """A line of slashes whose name is none that opens a block."""
    return f"« {opening} » n'ouvre aucun bloc et s'affiche tel quel ; la forme est « /// nom | Titre »"


# -- boxes of a site -----------------------------------------------------------------------------------

_CALLOUTS = "callouts (coursekit.markdown, dans mkdocs.yml)"
_CALLOUT_VALUES = {
    "title": "un texte",
    "like": "le nom d'un encadré",
    "color": 'une couleur entre guillemets, comme "#0369a1"',
    "icon": "le chemin d'une icône du thème, comme material/book",
    "folded": "true ou false",
}


def callouts_not_a_mapping() -> str:
    """A setting that names no boxes."""
    return f"{_CALLOUTS} n'est pas une suite d'encadrés ; écrivez « nom: {{title: Titre}} », un par ligne"


def unusable_callout_name(name: object) -> str:
    """A name that no page could write."""
    mend = "un nom commence par une lettre et ne contient que lettres, chiffres et tirets"
    return f"{_CALLOUTS} : « {name} » ne peut pas nommer un encadré ; {mend}"


def callout_not_a_mapping(name: str) -> str:
    """A box that is described by something else than keys."""
    return f"{_CALLOUTS} : « {name} » n'a pas de réglages lisibles ; écrivez « {name}: {{title: Titre}} »"


def unknown_callout_key(name: str, key: object, suggestion: str | None) -> str:
    """A box with a key that means nothing."""
    mend = did_you_mean(suggestion) or f" ; les réglages sont {', '.join(_CALLOUT_VALUES)}"
    return f"{_CALLOUTS} : réglage inconnu « {key} » pour « {name} »{mend}"


def unusable_callout_value(name: str, key: str) -> str:
    """A box with a value of another shape than the guide says."""
    return f"{_CALLOUTS} : le réglage « {key} » de « {name} » doit être {_CALLOUT_VALUES[key]}"


def unknown_callout_model(name: str, like: str, suggestion: str | None) -> str:
    """A box that is to be like another one, which does not exist."""
    mend = did_you_mean(suggestion) or " ; un encadré de mkdocs.yml doit y précéder ceux qui lui ressemblent"
    return f"{_CALLOUTS} : « {name} » ne peut pas ressembler à « {like} », qui est inconnu{mend}"


def missing_callout_icon(name: str, icon: object) -> str:
    """A box whose icon the theme does not have."""
    mend = "cherchez-la sur https://squidfunk.github.io/mkdocs-material/reference/icons-emojis/"
    return f"icône introuvable « {icon} » pour l'encadré « {name} » (mkdocs.yml) ; {mend}"


# -- other extensions ----------------------------------------------------------------------------------

_INSTEAD = {
    "codehilite": "remplacez-la par pymdownx.highlight et pymdownx.superfences",
    "legacy_em": "retirez-la : le soulignement bas à l'intérieur d'un mot y reste tel quel",
    "pymdownx.escapeall": "retirez-la : seule la ponctuation s'échappe",
    "pymdownx.inlinehilite": "retirez-la : un bout de code dans une phrase n'est pas coloré",
    "pymdownx.fancylists": "retirez-la : les listes sont numérotées en chiffres",
    "pymdownx.blocks.caption": "retirez-la, ou écrivez <figure> et <figcaption> en HTML",
    "pymdownx.blocks.definition": "remplacez-la par def_list",
    "pymdownx.blocks.html": "remplacez-la par md_in_html",
    "callouts": "remplacez « NOTE: … » par un encadré « :::note », et retirez-la",
    "markdown_callouts": "remplacez « NOTE: … » par un encadré « :::note », et retirez-la",
    "mdx_truly_sane_lists": "retirez-la : une liste imbriquée s'aligne sur le texte de son élément",
    "mdx_better_lists": "retirez-la : une liste imbriquée s'aligne sur le texte de son élément",
    "mkdocstrings": "retirez-la de plugins : « ::: » ouvre ici un encadré",
}


def idle_extension(name: str) -> str:
    """An extension of mkdocs.yml whose syntax nothing reads any more; `name` as it stands there."""
    mend = _INSTEAD.get(name.removeprefix("markdown.extensions."), "retirez-la de markdown_extensions")
    return f"l'extension « {name} » est sans effet, les pages sont lues en CommonMark ; {mend}"


def missing_snippet(mark: str) -> str:
    """A mark whose file cannot be read, or that is never closed; it is shown as written."""
    return f"extrait introuvable « {mark} » ; vérifiez son chemin, pris à partir du dossier du projet"


def preserve_tabs() -> str:
    """A setting of superfences under which every fence would come out empty."""
    return (
        "« preserve_tabs » (pymdownx.superfences) viderait tous les blocs de code ; retirez ce réglage, "
        "les tabulations sont gardées sans lui"
    )


# -- typography ----------------------------------------------------------------------------------------


def unknown_typography(value: str) -> str:
    """A setting of the Markdown extension that has another value than those it knows."""
    return f"coursekit.markdown : typography vaut « {value} » ; « french » est la seule valeur possible"


# -- formulas ------------------------------------------------------------------------------------------

_FORMULA_FAULTS = {
    "unclosed": ("« {} » manque à la fin", "fermez tout ce qui est ouvert"),
    "unopened": ("« {} » ne ferme rien", "retirez-le, ou ouvrez-le avant"),
    "argument": ("il manque quelque chose derrière une commande", "mettez-le entre accolades"),
    "scripts": ("deux indices ou deux exposants se suivent", "groupez-les entre accolades"),
    "color": ("couleur inconnue « {} »", "les couleurs ont un nom anglais, comme « red »"),
    "dollar": ("« $ » au milieu d'un texte", "fermez d'abord l'accolade de « \\text »"),
    "ampersand": ("« & » hors d'un tableau", "écrivez « \\& », ou entourez de « \\begin{aligned} »"),
    "misplaced": ("« {} » n'est pas à sa place", "devant un caractère à afficher, mettez « \\ »"),
}


def bad_formula(fault: str, name: str) -> str:
    """A formula that does not parse; `fault` is a key of the table, `name` what it is about."""
    problem, mend = _FORMULA_FAULTS[fault]
    return f"formule illisible, affichée en TeX : {problem.format(name)} ; {mend}"


def unreadable_formula() -> str:
    """A formula that does not parse, for a reason that has no sentence of its own."""
    return "formule illisible, affichée en TeX ; vérifiez ses commandes et ses accolades"


def unknown_tex_command(name: str, suggestion: str | None) -> str:
    """A formula with a command that nobody knows."""
    if name == "ce":
        mend = " ; écrivez « \\mathrm{H_2O} » pour « \\ce{H2O} »"
    else:
        mend = did_you_mean(suggestion and f"\\{suggestion}") or " ; pour un vrai dollar, écrivez « \\$ »"
    return f"formule affichée en TeX : commande inconnue « \\{name} »{mend}"


def unknown_tex_environment(name: str, suggestion: str | None) -> str:
    """A formula with an environment that nobody knows."""
    mend = did_you_mean(suggestion) or " ; par exemple « aligned », « cases » ou « pmatrix »"
    return f"formule affichée en TeX : environnement inconnu « {name} »{mend}"


def tex_definition(name: str) -> str:
    """A formula that defines a command of its own."""
    return f"formule affichée en TeX : « \\{name} » n'est pas lu ; écrivez la formule en entier"


def formula_too_long() -> str:
    """A formula beyond what can safely be read."""
    return "formule trop longue, affichée en TeX ; coupez-la en plusieurs"


def unclosed_formula() -> str:
    """Dollars on a line of their own that nothing closes."""
    return "« $$ » n'ouvre aucune formule ; ajoutez une ligne « $$ » à sa fin, ou écrivez « \\$\\$ »"


# -- attribute lists -----------------------------------------------------------------------------------


def repeated_identifier(identifier: str, first_line: int) -> str:
    """An identifier that an element further up the page has."""
    return f"l'identifiant « {identifier} » est déjà donné à la ligne {first_line} ; choisissez-en un autre"


# -- diagrams ------------------------------------------------------------------------------------------

_LONGEST_DESCRIPTION = 160  # characters; a screen reader says the whole of it at once
_DIAGRAM_KINDS = {
    "flowchart": "Diagramme de flux",
    "sequence": "Diagramme de séquence",
    "class": "Diagramme de classes",
    "state": "Diagramme d'états",
    "er": "Diagramme entité-association",
    "gantt": "Diagramme de Gantt",
    "pie": "Diagramme circulaire",
    "gitGraph": "Historique Git",
    "mindmap": "Carte mentale",
    "timeline": "Frise chronologique",
    "journey": "Parcours d'utilisateur",
    "quadrantChart": "Diagramme à quadrants",
    "xychart": "Graphique",
    "c4": "Diagramme C4",
    "requirement": "Diagramme d'exigences",
    "sankey": "Diagramme de Sankey",
    "block": "Schéma de blocs",
    "packet": "Format de paquet",
    "kanban": "Tableau kanban",
    "architecture": "Schéma d'architecture",
    "radar": "Diagramme radar",
    "usecase": "Diagramme de cas d'utilisation",
}


def diagram_description(kind: str, texts: Sequence[str]) -> str:
    """Say what a diagram is, for who cannot see it: its kind and the texts on it."""
    name = _DIAGRAM_KINDS.get(kind, "Diagramme")
    return (
        textwrap.shorten(f"{name} : {', '.join(texts)}", _LONGEST_DESCRIPTION, placeholder=" …")
        if texts
        else name
    )


def diagram_not_drawn(cause: str, first_word: str, suggestion: str | None) -> str:
    """A diagram whose source is shown in its place; `cause` is one of `diagrams.Fault`'s."""
    if cause == "unknown":
        mend = did_you_mean(suggestion) or " ; commencez par flowchart, sequenceDiagram, classDiagram, …"
        return f"type de diagramme inconnu « {first_word} », le code du diagramme s'affiche tel quel{mend}"
    if cause == "limit":
        return "diagramme trop grand, son code s'affiche tel quel ; découpez-le en plusieurs diagrammes"
    return "diagramme illisible, son code s'affiche tel quel ; vérifiez cette ligne et la précédente"


# -- links ---------------------------------------------------------------------------------------------


def empty_link(*, image: bool) -> str:
    """A link or image whose destination was left out."""
    return "image sans adresse" if image else "lien sans adresse ; écrivez-la entre les parenthèses"


def dead_link(url: str, suggestion: str | None, looked_for: str | None = None) -> str:
    """A link to nothing that is in docs/; `looked_for` is the file that its alias stands for."""
    return f"lien introuvable « {url} »{_looked_for(looked_for)}{did_you_mean(suggestion)}"


def missing_image(url: str, suggestion: str | None, looked_for: str | None = None) -> str:
    """An image that is not in docs/; `looked_for` is the file that its alias stands for."""
    return f"image introuvable « {url} »{_looked_for(looked_for)}{did_you_mean(suggestion)}"


def _looked_for(file: str | None) -> str:
    return f" (dans docs/ : « {file} »)" if file else ""


def unknown_alias(url: str, prefix: str, *, image: bool) -> str:
    """A path that begins as an alias does, on a site that does not have this one."""
    what = "image" if image else "lien"
    mend = f"dites dans extra.course.aliases (mkdocs.yml) quel dossier de docs/ est « {prefix} »"
    return f"{what} introuvable « {url} » ; {mend}"


def unpublished(url: str, absence: str) -> str:
    """A link to a file of docs/ that the site leaves out; `absence` is one of `targets.Absence`."""
    if absence == "draft":
        mend = "publiez-le (draft_docs dans mkdocs.yml) ou ôtez le lien"
        return f"« {url} » est un brouillon, absent du site ; {mend}"
    cause = "exclude_docs dans mkdocs.yml, ou un nom qui commence par un point"
    return f"« {url} » est exclu du site ({cause}) ; publiez-le ou ôtez le lien"


def unreadable_image(url: str) -> str:
    """An image whose file is not what its name says."""
    return f"image illisible « {url} » ; son fichier est abîmé, ou d'un autre format que son nom"


def dead_anchor(url: str, suggestion: str | None) -> str:
    """A link to a place that its page does not have."""
    return f"ancre introuvable « {url} »{did_you_mean(suggestion)}"


def no_origin(url: str) -> str:
    """A site-absolute link whose page is not in docs/, on a site that has no origin."""
    mend = "ajoutez la page, ou indiquez le site publié dans extra.course.origin (mkdocs.yml)"
    return f"« {url} » ne mène à aucune page de docs/ ; {mend}"


def images_from_elsewhere(urls: Sequence[str]) -> str:
    """The only requests a page makes to other sites; told, never a warning."""
    return f"d'un autre site, {len(urls)} image{_s(len(urls))} : {', '.join(urls)}"


def embeds_from_elsewhere(urls: Sequence[str]) -> str:
    """Frames, sounds and films of other sites, which the site's own policy keeps from loading."""
    refused = f"{len(urls)} contenu{_s(len(urls))} que la page n'affichera pas (mettez un lien)"
    return f"d'un autre site, {refused} : {', '.join(urls)}"


def frame_title(host: str) -> str:
    """What a frame is called whose author gave it no title."""
    return f"Contenu intégré de {host}" if host else "Contenu intégré"


def image_name(file: str) -> str:
    """What stands for an image that its author does not describe."""
    return f"Image sans description : {file}" if file else "Image sans description"


def link_name(address: str) -> str:
    """What a link is called that shows no text."""
    return f"Lien vers {address}" if address else "Lien sans texte"


UNNAMED_DETAILS = "Détails"  # what browsers call a folded box without a summary


def script_in_page() -> str:
    """A script written out in a page, which the site's own policy keeps from running."""
    mend = "mettez-le dans un fichier de docs/, que extra_javascript nomme dans mkdocs.yml"
    return f"script écrit dans la page : les navigateurs ne l'exécuteront pas ; {mend}"


def bad_origin(origin: object) -> str:
    """A setting that is no address of a site."""
    return f"extra.course.origin (mkdocs.yml) : « {origin} » n'est pas une adresse « https://… »"


def bad_link_check(value: object) -> str:
    """A setting that asks for no check there is."""
    return f"extra.course.links.check (mkdocs.yml) : « {value} » ; écrivez « live », ou retirez la ligne"


def aliases_not_a_mapping() -> str:
    """A setting of another shape than prefixes and folders."""
    return "extra.course.aliases (mkdocs.yml) doit être une suite de « préfixe: dossier »"


def bad_alias_prefix(prefix: object) -> str:
    """An alias that could not be told from other paths."""
    form = "un début de chemin tel que « @assets/ », terminé par « / »"
    return f"extra.course.aliases (mkdocs.yml) : « {prefix} » n'est pas {form}"


def bad_alias_folder(prefix: str, folder: object) -> str:
    """An alias for what is no folder of docs/."""
    place = f"un dossier de docs/, pas à « {folder} »"
    return f"extra.course.aliases (mkdocs.yml) : « {prefix} » doit mener à {place}"


def malformed_url(url: str, suggestion: str | None) -> str:
    """A URL that no browser could open."""
    return f"adresse mal formée « {url} »{did_you_mean(suggestion)}"


# -- open_tags ---


def unclosed_html(opened: str, closing: str) -> str:
    """Raw HTML that would hide the rest of the page, or that is no tag at all."""
    return f"« {opened} » n'est pas fermé ; ajoutez « {closing} »"


# -- builds --------------------------------------------------------------------------------------------


def lost_cache(reason: str) -> str:
    """Say that what earlier builds kept was thrown away: it is `other` than this version's, or `damaged`."""
    why = "il vient d'une autre version" if reason == "other" else "il est abîmé"
    return f"build/cache/pages.sqlite est refait : {why}"


def unsure_extensions(names: Sequence[str]) -> str:
    """Say that pages are rendered anew at each build, and because of which extensions."""
    listed = ", ".join(f"« {name} »" for name in names)
    return f"chaque page est refaite à chaque fois : {listed} peut lire autre chose que la page"


def hooks_changed() -> str:
    """Say that `mkdocs serve` starts anew."""
    return "hooks/ a changé : le serveur redémarre"


def unusable_hook(file: str, line: int) -> str:
    """Say that a change in hooks/ is no Python, and is not followed."""
    return f"hooks/ : {file}:{line} n'est pas du Python ; le site reste celui d'avant, corrigez ce fichier"

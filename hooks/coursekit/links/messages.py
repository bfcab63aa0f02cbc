"""Every French sentence of the link checker: evidence, report, command."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote

# -- evidence ------------------------------------------------------------------------------------------

_STATUSES = {
    404: "page introuvable",
    410: "page supprimée",
    500: "erreur du serveur",
    503: "serveur indisponible",
}
_TROUBLES = {
    "dns": "aucun serveur de ce nom",
    "refused": "le serveur refuse la connexion",
    "unreachable": "serveur injoignable",
    "reset": "le serveur coupe la connexion sans répondre",
    "tls": "chiffrement refusé",
    "tls-chain": "le serveur tait un certificat que les navigateurs savent trouver, à vérifier à la main",
    "protocol": "la réponse n'est pas celle d'un site web",
    "timeout": "pas de réponse dans le délai",
    "private": "adresse privée ou locale, non vérifiée",
}
_DEAD_ENDS = {
    "other-scheme": "la redirection mène hors du web, à une autre application",
    "redirect-loop": "les redirections tournent en rond",
    "too-many-redirects": "plus de 20 redirections",
    "bad-redirect": "la redirection ne mène à aucune adresse",
}
_SOFT = {
    "soft-404": "le serveur répond 200, mais par la même page que pour une adresse inventée",
    "parked": "le nom de domaine est à vendre ou en attente : même page pour une adresse inventée",
    "default-page": "le serveur n'a pas de site ici : même page d'attente pour une adresse inventée",
    "no-document": "le serveur répond par une page au lieu du document : même page pour une adresse inventée",
}


def _quoted(text: str) -> str:
    """Return a few words of a foreign page, as safe to show as a sentence of ours."""
    clean = "".join(c if c.isprintable() else " " for c in text)
    return clean if len(clean) <= 80 else f"{clean[:79]}…"


def answers(status: int, target: str | None) -> str:
    """A page that is there, perhaps at another address for the time being."""
    return f"répond {status}" + (f", après redirection vers {target}" if target else "")


def moved(status: int, target: str) -> str:
    """A page that has another address for good."""
    return f"déplacée pour de bon ({status}) vers {target}"


def worked_at_last(failed: Sequence[str], evidence: str) -> str:
    """A page that answered only when asked again; `failed` tells each earlier attempt."""
    tries = "aux essais précédents" if len(failed) > 1 else "au premier essai"
    return f"{evidence} ; {tries} : {', '.join(failed)}"


def trouble_in_short(trouble: str) -> str:
    """Why an attempt had no answer."""
    return _TROUBLES[trouble]


_TLS_FAULTS = (
    ("has expired", "certificat expiré"),
    ("not yet valid", "certificat pas encore valable"),
    ("mismatch", "certificat d'un autre nom"),
    ("self-signed certificate in certificate chain", "certificat d'une autorité inconnue"),
    ("self-signed", "certificat auto-signé"),
    ("unable to get local issuer", "certificat d'une autorité inconnue, ou chaîne incomplète"),
    ("revoked", "certificat révoqué"),
)


def no_answer(trouble: str, detail: str, through: str | None) -> str:
    """A link without any answer; `through` is where redirects led first."""
    told = _TROUBLES[trouble]
    if trouble == "tls":
        told = next((fault for words, fault in _TLS_FAULTS if words in detail), told)
        told = f"{told} : les navigateurs avertissent d'un danger"
    return f"redirige vers {through} : {told}" if through else told


def detour(target: str) -> str:
    """A redirect for the time being, to where one waits or agrees to something, and comes back from."""
    return f"passe d'abord par {target} (file d'attente, accord), à vérifier à la main"


def dead_end(cause: str, last: str) -> str:
    """Redirects without an end."""
    return f"{_DEAD_ENDS[cause]} (en dernier : {last})"


def failed(status: int, through: str | None) -> str:
    """A status that says there is no page."""
    reason = _STATUSES.get(status, "serveur en panne" if status >= 500 else "demande refusée")
    told = f"répond {status} ({reason})"
    return f"redirige vers {through}, qui {told}" if through else told


def refused(status: int) -> str:
    """A refusal that a reader may well not meet."""
    return f"répond {status} à un robot ; un lecteur y accède peut-être, à vérifier à la main"


def refused_by_robots() -> str:
    """A site whose robots.txt asks not to be visited here."""
    return "le site demande aux robots de ne pas visiter cette page (robots.txt), à vérifier à la main"


def challenged(status: int) -> str:
    """A protection that wants to see a person."""
    return f"le site veut d'abord s'assurer que le visiteur est humain ({status}), à vérifier à la main"


def asks_login(target: str) -> str:
    """A page behind a login."""
    return f"demande de s'identifier ou d'accepter ({target}), à vérifier à la main"


def withheld(title: str) -> str:
    """A page that is not shown to everybody."""
    return f"répond par un refus ou une attente (« {_quoted(title)} »), à vérifier à la main"


def in_maintenance() -> str:
    """A site that says when it will be back."""
    return "site en maintenance, il annonce son retour (503)"


def empty_page() -> str:
    """A page without a single byte."""
    return "répond 200, mais par une page vide"


def sent_home(home: str, sibling: str | None) -> str:
    """A page that is gone: its address leads to the site's first page, or where any other leads."""
    return (
        f"renvoie à {home}, comme l'adresse inventée {sibling}"
        if sibling
        else f"renvoie à l'accueil ({home})"
    )


def same_as_sibling(cause: str, title: str, sibling: str) -> str:
    """A page that shows what any address of its site shows; `cause` is a soft failure."""
    shown = f" (« {_quoted(title)} »)" if title else ""
    return f"{_SOFT[cause]}{shown} ; comparée à {sibling}"


def sent_to_failure(target: str, title: str) -> str:
    """A page whose address leads to the site's page of errors."""
    return f"renvoie à la page d'erreur du site ({target} : « {_quoted(title)} »)"


def place_unknown(evidence: str, fragment: str) -> str:
    """A place that only a browser could find."""
    return (
        f"{evidence} ; l'endroit « #{_quoted(unquote(fragment))} » ne peut pas être vérifié sans navigateur"
    )


def place_missing(fragment: str, near: str | None) -> str:
    """A place that its page does not have."""
    mend = f" ; vouliez-vous dire « #{_quoted(near)} » ?" if near else ""
    return f"la page existe, mais pas l'endroit « #{_quoted(unquote(fragment))} »{mend}"


def not_of_the_web() -> str:
    """A URL that no web server answers."""
    return "ni http ni https : non vérifiée"


def malformed(url: str) -> str:
    """A URL that no browser could open."""
    return "adresse mal formée"


# -- history -------------------------------------------------------------------------------------------


def no_json(line: int | None = None) -> str:
    """Say that a file of ours is no JSON; the line is 1-based."""
    return f"ce n'est pas du JSON (ligne {line})" if line else "ce n'est pas du JSON lisible"


def not_ours() -> str:
    """Say that a file is JSON, but none that we wrote."""
    return "ce JSON n'a pas la forme attendue"


def other_schema(schema: int, *, newer: bool) -> str:
    """Say that another version wrote a file."""
    version = "plus récente" if newer else "plus ancienne"
    return f"écrit par une version {version} (schéma {schema})"


def damaged_row(number: int) -> str:
    """Say which row of a file cannot be read, from 1."""
    return f"le lien n° {number} est abîmé"


def repeated_link() -> str:
    """Say that a ledger holds a link twice."""
    return "un lien y est deux fois"


def ledger_set_aside(reason: str, name: str) -> str:
    """Say that the ledger cannot be used, and under which name it is kept."""
    return (
        f"historique des liens inutilisable : {reason} ; il est gardé sous « {name} », un nouveau commence "
        "cette nuit"
    )


def bad_shard(text: str, most: int) -> str:
    """Say that `--shard` is no K/N."""
    return f"« {text} » n'est pas une part K/N ; écrivez par exemple 1/4 (K de 1 à N, N au plus {most})"


def ignored_link(line: int, reason: str) -> str:
    """Return the evidence of an ignored link: the line of `.linkignore` and what its author says there."""
    return f"ignoré par .linkignore:{line}" + (f" : {reason}" if reason else "")


def several_patterns() -> str:
    """Say that a line of `.linkignore` holds a space within what it ignores."""
    return "une ligne ignore une seule adresse ; mettez « # » devant le commentaire, %20 pour une espace"


def regular_expression(pattern: str, suggestion: str) -> str:
    """Say that a line of `.linkignore` is a regular expression."""
    return (
        f"« {pattern} » ressemble à une expression rationnelle ; écrivez l'adresse, avec « * » pour "
        f"n'importe quels caractères : {suggestion}"
    )


def ignores_everything(pattern: str) -> str:
    """Say that a line of `.linkignore` covers all links."""
    return f"« {pattern} » ignorerait tous les liens ; nommez un site, par exemple https://example.org/"


def bad_expiry() -> str:
    """Say that the date of a line of `.linkignore` cannot be read."""
    return "date illisible, la ligne ne compte pas ; écrivez « # jusqu'au 2027-01-31 : raison »"


def expired_ignore(pattern: str, until: str) -> str:
    """Say that a line of `.linkignore` no longer counts; `until` is an ISO date."""
    return f"« {pattern} » n'est plus ignoré depuis le {until} ; repoussez la date ou supprimez la ligne"


def unused_ignore(pattern: str) -> str:
    """Say that a line of `.linkignore` matches no link."""
    return f"« {pattern} » ne correspond à aucun lien du cours ; supprimez la ligne ou corrigez l'adresse"


# -- report --------------------------------------------------------------------------------------------

_SECTIONS = {
    "new": ("Nouveaux liens cassés", "Remplacez l'adresse, ou retirez le lien."),
    "persistent": ("Toujours cassés", "Remplacez l'adresse, ou retirez le lien."),
    "moved": ("Déplacés", "Ils marchent encore : mettez la nouvelle adresse."),
    "suspect": ("À confirmer", "Ils ont échoué cette nuit ; rien à faire avant qu'ils échouent encore."),
    "blocked": ("À vérifier à la main", "Le site refuse les robots ; ouvrez le lien pour savoir."),
    "fixed": ("Réparés", "Ils étaient cassés et marchent de nouveau."),
}
INSIDE_TITLE = "Dans le site lui-même"
INSIDE_MEND = "Corrigez le lien, ou rétablissez ce qu'il demande."
IGNORES_TITLE = "Lignes de .linkignore à revoir"
REPORT_TITLE = "Liens du cours"
NO_COURSE = "Pages du site"
NEW_ADDRESS = "nouvelle adresse :"
ARCHIVED_COPY = "copie archivée :"
ALSO_AT = "aussi :"


def _s(count: int) -> str:
    return "s" if count > 1 else ""


def section_title(section: str, count: int) -> str:
    """Return the title of a section of the report, with how many links it holds."""
    return f"{_SECTIONS[section][0]} ({count})"


def section_mend(section: str) -> str:
    """Return what an author is to do with the links of a section."""
    return _SECTIONS[section][1]


def headline(broken: int) -> str:
    """Return the report in a few words."""
    return f"{broken} lien{_s(broken)} cassé{_s(broken)}" if broken else "aucun lien cassé"


def night_done(day: str, links: int, asked: int, ignored: int) -> str:
    """Return what a night did; `day` is in French."""
    kept_out = f", {ignored} ignoré{_s(ignored)}" if ignored else ""
    return f"Nuit du {day} : {links} lien{_s(links)}, dont {asked} demandé{_s(asked)} cette nuit{kept_out}."


def site_not_all_seen(reason: str) -> str:
    """Say that the report tells only a part of the built site."""
    return f"Attention, le site lui-même n'a pas été vérifié en entier : {reason}"


def night_cost(requests: int, size: int) -> str:
    """Return what a night cost."""
    return f"{requests} demande{_s(requests)}, {size / 1e6:.1f} Mo reçus.".replace(".", ",", 1)


def past(section: str, since: str | None, last_good: str | None, nights: int) -> str:
    """Return a link's past in a few words; dates are in French, empty when there is nothing to tell."""
    told = []
    if section in ("new", "persistent") and since:
        told.append(f"cassé depuis le {since} ({nights} nuit{_s(nights)} de suite)")
    if section in ("new", "persistent", "suspect"):
        told.append(f"vu bon pour la dernière fois le {last_good}" if last_good else "jamais vu bon")
    return ", ".join(told)


def and_others(count: int) -> str:
    """Say that a list goes on, where it does."""
    return f"et {count} autre{_s(count)}" if count > 0 else ""


def line_number(line: int) -> str:
    """Return a line of a file, in words; 0 is the file as a whole."""
    return f"ligne {line}" if line else "dans le fichier"


def show_links(count: int) -> str:
    """Return what unfolds a list of links."""
    return f"Voir les {count} liens" if count > 1 else "Voir le lien"


def left_out(count: int) -> str:
    """Say that a text would be too long with all findings."""
    return f"… et {count} autre{_s(count)}, dans report.json."


def all_is_well() -> str:
    """Say that there is nothing to do."""
    return "Rien à signaler : tous les liens mènent où ils doivent."


_RULES = {
    "broken": ("Lien cassé", "La page n'existe plus, ou son serveur ne répond plus.", section_mend("new")),
    "broken-anchor": (
        "Endroit introuvable",
        "La page existe, mais pas l'endroit que l'adresse désigne.",
        "Retirez ce qui suit le « # », ou désignez un endroit qui existe.",
    ),
    "redirected": (
        "Lien déplacé",
        "La page a changé d'adresse pour de bon.",
        "Le lien marche encore : mettez la nouvelle adresse.",
    ),
    "inside": ("Lien interne cassé", "Le site construit n'a pas ce que cette page demande.", INSIDE_MEND),
}


def rule(kind: str) -> tuple[str, str, str]:
    """Return the name of a kind of finding, its explanation and its mend; `kind` is a key of _RULES."""
    return _RULES[kind]


def known_dead(url: str, since: str, status: int | None) -> str:
    """Tell, at a build, of a link that the last nights found dead."""
    why = f" ({status})" if status else ""
    return f"lien cassé depuis le {since}{why} : {url}"


def known_moved(url: str, suggestion: str) -> str:
    """Tell, at a build, of a link that has moved for good."""
    return f"lien déplacé : {url}, nouvelle adresse {suggestion}"


def unreadable_file(reason: str) -> str:
    """Say that a file of the link checker is passed over."""
    return f"illisible, ignoré : {reason}"


# -- command -------------------------------------------------------------------------------------------

_IN_A_WORD = {
    "broken": "cassé",
    "broken-anchor": "ancre introuvable",
    "timeout": "pas de réponse",
    "redirected": "déplacé",
    "flaky": "instable",
    "blocked": "à vérifier à la main",
    "ignored": "ignoré",
    "ok": "bon",
}


def verdict_line(verdict: str, url: str, evidence: str, *, confirmed: bool) -> str:
    """Return a link's line on a terminal."""
    doubt = "" if confirmed else ", à confirmer la nuit prochaine"
    return f"{_IN_A_WORD[verdict]}{doubt} : {url} ; {evidence}"


def summary(report: str, broken: int) -> str:
    """Return the last line of a run; `report` is the folder where the report is."""
    return f"{headline(broken)} ; le rapport est dans {report}/"


def network_down() -> str:
    """Say that a night counts for nothing."""
    return "presque aucun serveur ne répond : le réseau de cette machine est en panne ; la nuit ne compte pas"


def interrupted(known: int, all_of_them: int) -> str:
    """Say that a run was stopped by hand."""
    return f"interrompu : {known} liens sur {all_of_them} vérifiés, ce qu'on en sait est écrit"


def unknown_verb(verb: str) -> str:
    """Say that the command does no such thing."""
    return f"« {verb} » est de trop ; pour réunir des parts : merge RÉSULTATS.json ..."


def nothing_to_merge() -> str:
    """Say that `merge` was given no file."""
    return "merge veut au moins un fichier de résultats"


def no_number(text: str, unit: str) -> str:
    """Say that an option's value is no number, or out of bounds."""
    return f"« {text} » n'est pas un nombre de {unit} utilisable"


def no_day(text: str) -> str:
    """Say that an option's value is no date."""
    return f"« {text} » n'est pas une date ; écrivez AAAA-MM-JJ"


def no_register(path: str) -> str:
    """Say that the site has not been built."""
    return f"{path} manque : construisez d'abord le site (make site)"


def unusable(path: str, reason: str) -> str:
    """Say that a file of ours cannot be used."""
    return f"{path} est inutilisable : {reason}"


# -- crawl ---------------------------------------------------------------------------------------------

_KINDS = {
    "page": "page introuvable",
    "image": "image introuvable",
    "css": "feuille de style introuvable",
    "font": "police introuvable",
    "script": "script introuvable",
    "media": "enregistrement introuvable",
    "file": "fichier introuvable",
}


def _perhaps(url: str) -> str:
    return f" ; vouliez-vous dire « {url} » ?" if url else ""


def _elsewhere(pages: int) -> str:
    return f" (et sur {pages - 1} autre{_s(pages - 1)} page{_s(pages - 1)})" if pages > 1 else ""


def inside_missing(kind: str, url: str, near: str, pages: int) -> str:
    """Say that the built site has no such file; `pages` is how many ask for it."""
    return f"{_KINDS[kind]} « {url} »{_elsewhere(pages)}{_perhaps(near)}"


def inside_anchor(url: str, near: str, pages: int) -> str:
    """Say that a page of the built site has no such place."""
    return f"ancre introuvable « {url} »{_elsewhere(pages)}{_perhaps(near)}"


def inside_malformed(url: str, pages: int) -> str:
    """Say that what stands for a URL is none."""
    return f"adresse mal formée « {url} »{_elsewhere(pages)}"


def inside_unreadable(url: str, pages: int) -> str:
    """Say that a file of the built site is there, and could not be read."""
    return f"fichier illisible « {url} »{_elsewhere(pages)} ; reconstruisez le site"


def no_site(folder: str) -> str:
    """Say that there is no built site to crawl."""
    return f"aucune page dans « {folder} » ; construisez d'abord le site (make site)"


def crawl_too_long(seconds: float) -> str:
    """Say that the crawl of the built site was stopped when its time was over."""
    return f"vérification du site interrompue après {seconds:.0f} s ; des liens internes n'ont pas été vus"


def crawl_silent(seconds: float) -> str:
    """Say that the crawl of the built site was stopped because nothing came any more."""
    return f"vérification du site bloquée depuis {seconds:.0f} s ; des liens internes n'ont pas été vus"


def crawl_too_many(dead: int) -> str:
    """Say that the crawl of the built site was stopped because it finds no end of dead links."""
    return f"vérification du site interrompue après {dead} liens cassés ; réparez-les d'abord"


def crawl_failed(code: int, said: str) -> str:
    """Say that the process that crawls the built site ended before its time; `said` is its last line."""
    why = f" : {_quoted(said)}" if said else ""
    return f"vérification du site arrêtée (code {code}){why} ; des liens internes n'ont pas été vus"


# -- patch ---------------------------------------------------------------------------------------------


def patch_written(path: str) -> str:
    """Say where the patch is, and how to use it."""
    return f"liens déplacés : relisez {path}, puis appliquez-le par « git apply {path} »"


def mend_by_hand(url: str, new: str) -> str:
    """Say that a moved link could not be found, or not be changed without changing something else."""
    return f"lien déplacé à corriger à la main : {url} ; écrivez {new}"

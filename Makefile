# Each target makes what it needs; `make PYTHON=python3.12 site` chooses the interpreter of .venv.
# Tools are run as `python -m`, so that .venv survives a move of the folder.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help site serve pdf offline test check bench repair links lock clean

PY := .venv/bin/python
# The theme's notice of its own end of life, which .github/design/house.md answers.
export NO_MKDOCS_2_WARNING := 1

help: ## affiche cette aide
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

# `make site SITE=--no-cache` makes everything anew; so does `COURSE_CACHE=0 mkdocs build`.
site: ## construit le site et ses PDF dans site/ ; un avertissement est une erreur (SITE=--no-cache)
	@sh scripts/bootstrap.sh site
	@COURSE_PDF=1 COURSE_CACHE=$(if $(filter --no-cache,$(SITE)),0,1) \
		$(PY) -m mkdocs build --strict $(filter-out --no-cache,$(SITE))
	@echo "Le site est prêt : $(CURDIR)/site/index.html"
	@echo "Pour le lire : $(PY) -m http.server --directory site, puis http://127.0.0.1:8000/"

ADDR ?= 127.0.0.1:8000
serve: ## sert le site et le refait quand un fichier change (ADDR=127.0.0.1:8001)
	@sh scripts/bootstrap.sh site
	@$(PY) -m mkdocs serve --dev-addr $(ADDR)

# `make pdf PDF="--course kubernetes --paper a5"` makes that one; `--help` tells the rest.
pdf: ## compose en PDF, dans build/pdf/, les pages, les cours et le site (PDF="--site --edition student")
	@sh scripts/bootstrap.sh site
	@$(PY) -m mkdocs build --quiet
	@$(PY) scripts/export_pdf.py $(PDF)

# `make offline OFFLINE=--no-fetch` asks other sites for no image; `--help` tells the rest.
offline: site ## fait du site une archive à lire sans réseau, dans build/offline/ (OFFLINE=--no-fetch)
	@$(PY) scripts/make_offline.py $(OFFLINE)

test: ## lance tous les tests, dans un vrai navigateur pour les pages
	@sh scripts/bootstrap.sh dev
	@$(PY) -m tests.browser.chromium
	@$(PY) -m pytest

check: ## vérifie le code : style, types, flux de travail GitHub, scripts
	@sh scripts/bootstrap.sh dev
	$(PY) -m pip check
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m check_jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(PY) -m check_jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	.venv/bin/zizmor --offline --no-progress --quiet --strict-collection .github
	sh -n scripts/bootstrap.sh
	sh -n scripts/lock.sh
	bash -n .ci/run

# Slow, and only as good as the machine is quiet; CI does not run it. Whole builds are those of a made-up course,
# or of real pages: `make bench CORPUS=folder`.
bench: ## mesure les vitesses, et les compare à leurs cibles (une demi-heure ; CORPUS=dossier de pages)
	@sh scripts/bootstrap.sh dev
	@$(PY) -m tests.bench.encoding_speed
	@$(PY) -m tests.bench.markdown_speed
	@$(PY) -m tests.bench.links_speed
	@$(PY) -m tests.bench.pdf_speed
	@$(PY) -m tests.bench.build_speed $(if $(CORPUS),--corpus $(CORPUS))
	@$(PY) -m mkdocs build --quiet
	@$(PY) -m tests.bench.lighthouse
	@$(PY) -m tests.bench.all_pages

# `make repair REPAIR=--write` writes; by default the files are only looked at (1: some are damaged).
REPAIR ?= --check
repair: ## dit quels fichiers de docs/ sont abîmés (REPAIR=--write pour les réparer)
	@sh scripts/bootstrap.sh site
	@$(PY) scripts/repair_sources.py $(REPAIR) docs

# `make links LINKS=--all` asks what was seen good lately too; 1: some are broken, 3: no network.
links: site ## construit le site, puis dit quels liens sont cassés, sur d'autres sites aussi (LINKS=--all)
	@$(PY) scripts/check_links.py $(LINKS)

# `make lock LOCK=--upgrade` moves to the newest versions.
lock: ## recalcule requirements/*.lock d'après pyproject.toml (LOCK=--upgrade : tout au plus récent)
	@sh scripts/bootstrap.sh dev
	@sh scripts/lock.sh $(LOCK)

clean: ## supprime tout ce que ces commandes ont produit, .venv compris
	@rm -rf .venv site build .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis hooks/*.egg-info
	@find hooks scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Each target does the set-up it needs: `make run` and `make test` work on a fresh checkout.
PYTHON ?= python3
PY := .venv/bin/python

SET_UP_LOCAL := $(PYTHON) -m chamber_portal.local.bootstrap local
SET_UP_TEST := $(PYTHON) -m chamber_portal.local.bootstrap test
ON_SERVERS := $(PY) -m chamber_portal.local exec

.DEFAULT_GOAL := help
.PHONY: help run test check demo-data bench-import bench-cards bench-codes bench-search bench-checkin bench-benefits bench-verify messages requirements screenshots

help:  ## list the targets
	@sed -nE 's/^([a-z-]+):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

run:  ## run the portal on this machine, with demo accounts (PORT=8000)
	@$(SET_UP_LOCAL)
	@exec $(PY) -m chamber_portal.local run

test:  ## run every test, browser included (ARGS="-k card")
	@$(SET_UP_TEST)
	@exec $(PY) -m chamber_portal.local test $(ARGS)

check: export PORTAL_VAR ?= $(CURDIR)/var/test
check:  ## lint code, imports and templates; migrations, translations and production settings
	@$(SET_UP_TEST)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	.venv/bin/lint-imports
	$(PY) -m djlint --lint --quiet templates
	@DJANGO_SETTINGS_MODULE=chamber_portal.settings.test $(PY) -m chamber_portal.local.prepare test
	$(ON_SERVERS) --not-durable -- $(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py messages --check
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

# Values that only have the right form: nothing is connected to.
PRODUCTION := DJANGO_SETTINGS_MODULE=chamber_portal.settings.production \
	SECRET_KEY=a-key-of-the-right-length-for-checking-settings-only-0123456789 \
	ALLOWED_HOSTS=portal.example DATABASE_URL=postgresql://portal@database/portal REDIS_URL=redis://valkey:6379/0 \
	CARD_VERIFY_BASE_URL=HTTPS://PORTAL.EXAMPLE/V/ SMS_BACKEND=core.sms.ConsoleSms EMAIL_URL=smtp://mail:25

demo-data: N ?= 2000
demo-data:  ## add N made-up registrants, marked as demo (N=2000)
	@$(SET_UP_LOCAL)
	@DJANGO_SETTINGS_MODULE=chamber_portal.settings.local $(ON_SERVERS) -- sh -ec \
	  '$(PY) -m chamber_portal.local.prepare run; exec $(PY) manage.py demo_data $(N)'

bench-import: N ?= 100000
bench-import: export PORTAL_VAR ?= $(CURDIR)/var/bench-import
bench-import:  ## measure an import of N rows beside full_clean() and save() a row (N=100000)
	@$(SET_UP_LOCAL)
	@exec $(ON_SERVERS) -- $(PY) -m benchmarks.imports $(N)

bench-cards: N ?= 1000
bench-cards:  ## measure cards a second and memory, beside the plain path (N=1000, then 10,000)
	@$(SET_UP_LOCAL)
	@exec $(PY) -m benchmarks.cards $(N)

bench-codes: N ?= 200
bench-codes:  ## measure how often codes are read from bad pictures of N cards (N=200)
	@$(SET_UP_LOCAL)
	@exec $(PY) -m benchmarks.degraded_codes $(N)

bench-search: export PORTAL_VAR := $(CURDIR)/var/bench
bench-search: N ?= 100000
bench-search:  ## measure searches, lists and pages among N people, beside plain ways (N=100000)
	@$(SET_UP_LOCAL)
	@DJANGO_SETTINGS_MODULE=chamber_portal.settings.local $(ON_SERVERS) --not-durable -- sh -ec \
	  '$(PY) -m chamber_portal.local.prepare bench; exec $(PY) -m benchmarks.search $(N)'

bench-checkin: export PORTAL_VAR := $(CURDIR)/var/bench
bench-checkin: DESKS ?= 50
bench-checkin: ROUNDS ?= 20
bench-checkin:  ## measure check-in at many desks at once on a real server, beside the plain way (DESKS=50)
	@$(SET_UP_LOCAL)
	@DJANGO_SETTINGS_MODULE=chamber_portal.settings.local $(ON_SERVERS) -- sh -ec \
	  '$(PY) -m chamber_portal.local.prepare bench; exec $(PY) -m benchmarks.check_in $(DESKS) $(ROUNDS)'

bench-benefits: export PORTAL_VAR := $(CURDIR)/var/bench
bench-benefits: N ?= 500000
bench-benefits: OFFERS ?= 2000
bench-benefits:  ## measure benefits among N holders and OFFERS offers, beside the plain way (N=500000)
	@$(SET_UP_LOCAL)
	@DJANGO_SETTINGS_MODULE=chamber_portal.settings.local $(ON_SERVERS) --not-durable -- sh -ec \
	  '$(PY) -m chamber_portal.local.prepare bench; exec $(PY) -m benchmarks.benefits $(N) $(OFFERS)'

bench-verify: export PORTAL_VAR := $(CURDIR)/var/bench
bench-verify: N ?= 16000
bench-verify:  ## measure checks of cards a second, beside an empty view (N=16000)
	@$(SET_UP_LOCAL)
	@DJANGO_SETTINGS_MODULE=benchmarks.verify_settings $(ON_SERVERS) --not-durable -- sh -ec \
	  '$(PY) -m chamber_portal.local.prepare bench; exec $(PY) -m benchmarks.verify $(N)'

messages:  ## gather texts to translate into locale/, and compile them
	@$(SET_UP_LOCAL)
	@$(PY) manage.py messages && $(PY) manage.py messages --compile

screenshots:  ## pictures of every page, from the running portal, into var/screenshots
	@$(SET_UP_TEST)
	@exec $(PY) -m chamber_portal.local test tests/browser/screenshots.py $(ARGS)

# uv resolves for every platform at once and knows no index but PyPI here, whatever this machine's settings say.
COMPILE := uv pip compile --quiet --no-config --universal --generate-hashes --no-emit-index-url \
	--no-emit-find-links --python-version 3.11 --custom-compile-command "make requirements" $(UPGRADE) pyproject.toml

requirements:  ## compile requirements/ from pyproject.toml (UPGRADE=--upgrade for newer versions)
	@$(SET_UP_TEST)
	PATH="$(CURDIR)/.venv/bin:$$PATH" && export PATH && \
	$(COMPILE) --extra local --extra test --output-file requirements/test.txt && \
	$(COMPILE) --extra local --constraint requirements/test.txt --output-file requirements/local.txt && \
	$(COMPILE) --constraint requirements/test.txt --output-file requirements/production.txt

# Onceseen: `make run` and `make test` do everything on a fresh Debian machine.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
PIP := $(PY) -m pip install -q --disable-pip-version-check --no-input
PYTHONS := python3 python3.13 python3.12 python3.11
MODELS := .venv/share/onceseen

# What the program calls or loads, then what the tour and the tests open on a virtual display.
APT := python3-venv tesseract-ocr tesseract-ocr-eng tesseract-ocr-deu \
  libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 \
  libxcb-shape0 libxcb-xinerama0 libxkbcommon-x11-0 libxkbcommon0 libegl1 libgl1 libdbus-1-3 libfontconfig1 \
  fonts-dejavu-core dbus gnome-keyring \
  xvfb openbox xterm mousepad mupdf feh xdotool x11-xserver-utils strace iproute2

.PHONY: help run test venv system check documents bench-recall bench-consolidate bench-perceive bench-start
help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 22

run: venv ## open Onceseen; without a display, run the tour on a virtual one
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then .venv/bin/onceseen; else $(PY) -m desktop.tour; fi

test: venv check ## every check and test
	$(PY) -m pytest

check: venv ## format, lint, types
	$(PY) -m ruff format --check . && $(PY) -m ruff check . && $(PY) -m mypy

bench-consolidate: venv ## moments, episodes, facts, routines, fading, poison, beside baselines (reads ../shared/data)
	$(PY) -m tests.bench.consolidate_episodes
	$(PY) -m tests.bench.consolidate_cost
	$(PY) -m tests.bench.consolidate_running
	$(PY) -m tests.bench.consolidate_routines
	$(PY) -m tests.bench.consolidate_fading
	$(PY) -m tests.bench.consolidate_facts
	$(PY) -m tests.bench.consolidate_vectors
	$(PY) -m tests.bench.consolidate_check
	$(PY) -m tests.bench.consolidate_poison
	$(PY) -m tests.bench.consolidate_poison --drawn
	$(PY) -m tests.bench.poison_cost

bench-perceive: venv ## reading, pictures, vectors, and a live hour, beside baselines (reads ../shared/data)
	$(PY) -m tests.bench.perceive_reading
	$(PY) -m tests.bench.perceive_pictures
	$(PY) -m tests.bench.perceive_vectors
	$(PY) -m tests.bench.perceive_cues
	$(PY) -m tests.bench.perceive_passages
	$(PY) -m tests.bench.perceive_live

bench-start: venv ## start to window beside a bare Qt window
	$(PY) -m tests.bench.start

bench-recall: venv ## recall beside its baselines (reads ../shared/data)
	$(PY) -m tests.bench.recall_screens
	$(PY) -m tests.bench.recall_sessions
	$(PY) -m tests.bench.recall_frames
	$(PY) -m tests.bench.recall_turns
	$(PY) -m tests.bench.recall_evidence
	$(PY) -m tests.bench.recall_answers
	$(PY) -m tests.bench.recall_words
	$(PY) -m tests.bench.recall_order
	$(PY) -m tests.bench.recall_updates
	$(PY) -m tests.bench.recall_updates --rendered
	$(PY) -m tests.bench.recall_grade
	$(PY) -m tests.bench.recall_chat
	$(PY) -m tests.bench.recall_growth
	$(PY) -m tests.bench.recall_latency

documents: venv ## write the parts of README and ARCHITECTURE that are made from the code
	$(PY) -m tests.house.documents

venv: .venv/.made ## .venv with the program in it

# Asks for nothing when all is there. Elsewhere than on Debian the packages have other names: say so, go on.
system:
	@command -v dpkg-query >/dev/null || { echo "Not Debian: please see to these yourself: $(APT)" >&2; exit 0; }; \
	missing=$$(for p in $(APT); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	[ -n "$$missing" ] || exit 0; \
	missing=$$(echo $$missing); sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	if [ -n "$$sudo" ] && ! command -v sudo >/dev/null; then \
	  echo "Missing packages, and no sudo here. As root: apt-get install --no-install-recommends $$missing" >&2; exit 1; \
	fi; \
	echo "Installing Debian packages: $$missing"; \
	{ $$sudo apt-get update -qq && \
	  $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; } || \
	{ echo "apt-get could not install them; see its lines above, then run make again." >&2; exit 1; }

# torch first and by itself: a range that admits a newer build would take gigabytes of CUDA.
.venv/.made: pyproject.toml assets/models/build_text.py Makefile
	@$(MAKE) --no-print-directory system
	@$(PY) -m pip --version >/dev/null 2>&1 || { \
	  python=$$(for p in $(PYTHONS); do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done); \
	  [ -n "$$python" ] || { echo "Onceseen needs Python 3.11 or newer; here: $$(python3 --version 2>&1)." >&2; exit 1; }; \
	  $$python -m venv --clear .venv; \
	}
	@echo "Installing Python packages into .venv (some minutes the first time)"
	@$(PIP) 'torch>=2.13,<2.14'
	@$(PIP) -e '.[build,dev]'
	@ORT_DISABLE_TELEMETRY=1 $(PY) assets/models/build_text.py $(MODELS)/text
	@touch $@

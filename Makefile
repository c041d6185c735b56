# The verbs of the project; `make help` lists them. Longer ones are scripts in scripts/.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup setup-build setup-test build demo test test-long bench clean

RELEASE := --configuration release --static-swift-stdlib -Xlinker -s

help: ## list the verbs
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: setup-build setup-test ## install the system packages that are missing

setup-build:
	@scripts/setup build

setup-test:
	@scripts/setup test

build: setup-build ## build the program for release: .build/release/sloreport
	swift build $(RELEASE) --product sloreport

demo: build ## make a weekly report of bundled data in demo/; PACK=price-jobs: from a private Postgres
	swift build $(RELEASE) --product PackData
	@scripts/demo $(PACK)

test: setup-test ## run every test and the style check
	@scripts/test

test-long: setup-test ## run every test, and what takes longer
	@scripts/test-long

bench: build setup-test ## compare the program's speed with the alternatives
	swift build $(RELEASE) --product PackData
	swift build $(RELEASE) --product sloreport-bench
	@scripts/bench

clean: ## remove what was built and the demo
	rm -rf .build demo

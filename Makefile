# Short verbs; what is longer than a line lives in scripts/.
.DEFAULT_GOAL := build
.PHONY: help setup build test demo double-aws sdk schema docs bench check format release clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: ## install the system packages that are missing
	@scripts/setup

build: ## bin/pulumi-resource-palisade
	@scripts/build-plugin

test: ## everything that can be checked, stage by stage
	@scripts/test

demo: ## a private PKI through the real Pulumi CLI
	@scripts/demo

double-aws: ## a stand-in of AWS on loopback, until Ctrl-C
	@scripts/double-aws

sdk: build ## the Python and TypeScript SDKs, in sdk/
	@scripts/make-sdk

schema: build ## build/schema.json, as published
	@bin/pulumi-resource-palisade schema > build/schema.json && echo build/schema.json

docs: build ## build/docs, one page per type and function
	@scripts/make-docs

bench: ## start-up, memory, latency and load figures in build/bench.json
	@scripts/bench

check: ## format, layering, schema and docs; seconds
	@scripts/check

format: ## clang-format over the tree
	@scripts/format

release: ## the static binary and its archive, in dist/
	@scripts/release

clean: ## everything that is made here; caches stay
	@rm -rf build bin dist sdk

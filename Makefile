# contredit needs Go 1.26, gcc and make; nothing else to build, run the demo and pass the tests.
TAGS      := sqlite_fts5
GO        := go
VERSION   ?=
LDFLAGS   := $(if $(VERSION),-X main.version=$(VERSION))

.PHONY: build demo test race score lint bench clean

build: ## the program, as ./contredit
	CGO_ENABLED=1 $(GO) build -tags $(TAGS) -ldflags '$(LDFLAGS)' -o contredit ./cmd/contredit

demo: build ## the whole job on the bundled fictional council; make demo ARGS=--once ends after printing
	./contredit demo $(ARGS)

test: ## every test; TESTFLAGS=-race as CI does
	CGO_ENABLED=1 $(GO) test -tags $(TAGS) $(TESTFLAGS) ./...

score: build ## how good it is on the fictional council (needs python3)
	bench/score/run.sh ./contredit

lint: ## formatting and vet
	@test -z "$$(gofmt -s -l $$(git ls-files '*.go'))" || { gofmt -s -l $$(git ls-files '*.go'); exit 1; }
	$(GO) vet -tags $(TAGS) ./...

bench: ## benchmarks of every pure step
	$(GO) test -tags $(TAGS) -run '^$$' -bench . -benchtime 1x ./...

clean:
	rm -f contredit

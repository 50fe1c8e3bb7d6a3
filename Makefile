# contredit needs Go 1.26, gcc and make; nothing else to build, run the demo and pass the tests.
TAGS      := sqlite_fts5
GO        := go
VERSION   ?=
LDFLAGS   := $(if $(VERSION),-X main.version=$(VERSION))

.PHONY: build demo test race score score-councils lint bench bench-search bench-pdf bench-crawl bench-linking bench-job bench-once bench-baseline bench-compare soak-crash soak-workers soak-year release release-static clean

build: ## the program, as ./contredit
	CGO_ENABLED=1 $(GO) build -tags $(TAGS) -ldflags '$(LDFLAGS)' -o contredit ./cmd/contredit

demo: build ## the whole job on the bundled fictional council; make demo ARGS=--once ends after printing
	./contredit demo $(ARGS)

test: ## every test
	CGO_ENABLED=1 $(GO) test -timeout 20m -tags $(TAGS) $(TESTFLAGS) ./...

# The pure packages start no goroutine, and reading minutes is ten times slower under the detector.
race: ## the race detector on all that runs at the same time: crawler, store, pipeline, review, judge
	CGO_ENABLED=1 $(GO) test -race -tags $(TAGS) ./crawler ./store ./pipeline ./review ./claims/judge

score: build ## how good it is on the fictional council (needs python3)
	bench/score/run.sh ./contredit

score-councils: build ## how good it is on the other fictional councils (needs python3)
	bench/councils/run.sh ./contredit

lint: ## formatting and vet
	@test -z "$$(gofmt -s -l $$(git ls-files '*.go'))" || { gofmt -s -l $$(git ls-files '*.go'); exit 1; }
	$(GO) vet -tags $(TAGS) ./...

soak-crash: ## kills the whole job a hundred times, then compares with an undisturbed run
	CONTREDIT_KILLS=100 CGO_ENABLED=1 $(GO) test -tags $(TAGS) -timeout 0 -run TestCrashLoop -count 1 -v ./cmd/contredit

soak-workers: ## kills worker processes sixty times, then compares with one undisturbed process's run; SEED=2 for other moments
	CONTREDIT_WORKER_KILLS=60 CONTREDIT_SEED=$(or $(SEED),1) CGO_ENABLED=1 $(GO) test -tags $(TAGS) -timeout 0 -run TestWorkersKilled -count 1 -v ./cmd/contredit

soak-year: ## a year of fake days over 200 sources and 20,000 documents; DAYS=60, DOCUMENTS=2000 for less
	CONTREDIT_SOAK_DAYS=$(or $(DAYS),365) CONTREDIT_SOAK_DOCUMENTS=$(or $(DOCUMENTS),20000) CGO_ENABLED=1 $(GO) test -tags $(TAGS) -timeout 0 -run TestSoakYear -count 1 -v ./cmd/contredit

# Parts of the benchmark: a part alone writes its own section of bench/RESULTS.md.
PARTS := search pdf crawl linking job
bench: build ## all parts beside their peers (apt-get install g++ libxapian-dev poppler-utils wget python3-scrapy); a million passages take half an hour
	$(GO) run ./bench/results $(PARTS)

$(PARTS:%=bench-%): bench-%: build
	$(GO) run ./bench/results $*

bench-once: ## the Go benchmarks once, for what they check (that of ./review fills a hundred thousand flags: it runs by itself)
	CGO_ENABLED=1 $(GO) test -tags $(TAGS) -run '^$$' -bench . -benchtime 1x $(PURE) ./cmd/contredit

# The steps that neither wait nor keep anything, so that their times can be compared.
PURE := ./bench/claims ./claims ./document ./french
BENCHSTAT := $(GO) run golang.org/x/perf/cmd/benchstat@v0.0.0-20260908200009-22c9c6c9d4da
bench-baseline: ## measure every pure step anew, into bench/baseline.txt
	CGO_ENABLED=1 $(GO) test -tags $(TAGS) -run '^$$' -bench . -benchtime 100ms -count 6 $(PURE) | grep -v '^ok' >bench/baseline.txt

bench-compare: ## the pure steps as they are now beside bench/baseline.txt
	mkdir -p tmp
	CGO_ENABLED=1 $(GO) test -tags $(TAGS) -run '^$$' -bench . -benchtime 100ms -count 6 $(PURE) >tmp/bench.txt
	$(BENCHSTAT) bench/baseline.txt tmp/bench.txt

# One static file for this machine's kind; another one needs a C compiler for it in CC.
OUT ?= dist/contredit
STATIC_TAGS := sqlite_fts5 netgo osusergo sqlite_omit_load_extension
release-static: ## one static program, as OUT
	CGO_ENABLED=1 $(GO) build -trimpath -tags '$(STATIC_TAGS)' -ldflags '-s -w -linkmode external -extldflags "-static" $(LDFLAGS)' -o $(OUT) ./cmd/contredit

release: ## static programs and packages for amd64, and for arm64 where its C compiler is installed
	mkdir -p dist
	CC=x86_64-linux-gnu-gcc GOARCH=amd64 $(MAKE) release-static OUT=dist/contredit-amd64
	packaging/deb.sh dist/contredit-amd64 amd64 dist/contredit-amd64.deb
	@if command -v aarch64-linux-gnu-gcc >/dev/null; then CC=aarch64-linux-gnu-gcc GOARCH=arm64 $(MAKE) release-static OUT=dist/contredit-arm64 && \
	NATIVE=dist/contredit-amd64 packaging/deb.sh dist/contredit-arm64 arm64 dist/contredit-arm64.deb; \
	else echo "arm64 is left out: apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross"; fi
	cd dist && sha256sum contredit-* >SHA256SUMS

clean:
	rm -rf contredit dist

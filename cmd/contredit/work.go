package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"
	"time"

	"contredit/claims"
	"contredit/claims/judge"
	"contredit/crawler"
	"contredit/digest"
	"contredit/document"
	"contredit/document/ocr"
	"contredit/document/pdf"
	"contredit/french"
	"contredit/pipeline"
	"contredit/store"
)

// work is one process's crawler, pipeline and pages on one database.
type work struct {
	bounces  *digest.Box // the box of bounces, once it was looked at
	config   *config
	db       *store.DB
	t        terminal
	logger   *slog.Logger
	pdf      *pdf.Reader
	pipeline *pipeline.Pipeline
	crew     *crew // worker processes; nil when this one does all
	crawler  *crawler.Crawler
	sources  []crawler.Source
	meter    *meter
	lines    bool // a daemon: one log line a collection, no talk

	reloading sync.RWMutex // of what follows and what a reload replaces in the configuration, which mails ask for at any time
	engine    config       // what the engine knows: bodies, people and topics of the last reload, thresholds of the start
	stale     bool         // the pipeline does not know engine yet

	linkers func(c *config) linkerMaker
}

// linkerMaker makes a linker on what a pass knows.
type linkerMaker = func(index *claims.Memory, directory *claims.Directory) *claims.Linker

// newWork wires the packages as the configuration says, with worker processes where it asks for more
// than one. The caller closes what it returns.
func newWork(ctx context.Context, config *config, db *store.DB, t terminal) (*work, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	calibration, err := calibrationOf(ctx, db)
	if err != nil {
		return nil, err
	}
	w, err := wire(ctx, config, db, t, calibration)
	if err != nil || config.Engine.Workers < 2 {
		return w, err
	}
	program, err := os.Executable()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("find this program, which is its own worker: %w", err), w.close())
	}
	w.crew = newCrew(program, config.Engine.Workers, greeting{programVersion(), config.path, config.text, config.Engine, config.Instance.Database, calibration}, db, w.logger, t.err)
	w.pipeline.Crew = w.crew
	context.AfterFunc(ctx, w.crew.leave)
	return w, nil
}

// wire puts the packages together for one process.
func wire(ctx context.Context, config *config, db *store.DB, t terminal, calibration claims.Calibration) (*work, error) {
	lexicon, err := french.LoadLexicon()
	if err != nil {
		return nil, err
	}
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program, which reads PDF files in a process of its own: %w", err)
	}
	logger := loggerTo(t)
	w := &work{config: config, db: db, t: t, logger: logger, pdf: pdf.NewReader(program, pdfWorkerName), sources: sourcesOf(config, config.Sources)}
	w.meter = newMeter(db, logger, w.followed)
	w.meter.begin(config.Sources)
	w.engine = *config
	model, err := newJudge(config)
	if err != nil {
		return nil, err
	}
	analyzer := french.NewAnalyzer(lexicon)
	w.linkers = linkersWith(calibration, analyzer, logger, model)
	w.pipeline = &pipeline.Pipeline{
		DB: db, Reader: newReader(ctx, config, w.pdf, logger), Extractor: newExtractor(config, analyzer), Analyzer: analyzer, Logger: logger,
		Linker: w.linkers(config.copied()), Workers: min(runtime.NumCPU(), 4), Progress: w.progress(),
	}
	w.crawler = &crawler.Crawler{
		Archive: db.CrawlArchive(), Version: programVersion(), Contact: config.Instance.Contact, URL: config.Instance.URL,
		Delay: time.Duration(config.Crawler.Delay), Timeout: time.Duration(config.Crawler.Timeout), MaxBody: int64(config.Crawler.MaxBody),
		Budget: config.Crawler.Budget, AllowLoopback: config.Crawler.AllowLoopback, Now: db.Now,
	}
	return w, nil
}

// linkersWith makes linkers of what does not change while a process lives.
func linkersWith(calibration claims.Calibration, analyzer *french.Analyzer, logger *slog.Logger, model claims.Judge) func(*config) linkerMaker {
	return func(c *config) linkerMaker {
		return func(index *claims.Memory, directory *claims.Directory) *claims.Linker {
			return newLinker(c, calibration, analyzer, logger, model, index, directory)
		}
	}
}

// copied is the configuration as it is now: what holds it sees no reload.
func (c *config) copied() *config {
	now := *c
	return &now
}

// newReader reads documents; pages that are pictures too, where the operator asked for it and the
// program for it is installed.
func newReader(ctx context.Context, config *config, files *pdf.Reader, logger *slog.Logger) document.Reader {
	if !config.Engine.OCR {
		return document.Reader{PDF: files}
	}
	if err := ocr.Find(ctx); err != nil {
		logger.Warn("engine.ocr is on, and pages that are pictures stay unread: contredit doctor says what to install", "error", err)
		return document.Reader{PDF: files}
	}
	return document.Reader{PDF: ocr.Reader{Files: files}, Pictures: ocr.Pictures{}}
}

// holdLittle keeps a daemon's memory near what it needs: garbage is collected when it amounts to half
// of the rest, not to as much as the rest, unless the operator says otherwise with GOGC.
func holdLittle() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
}

// loggerTo writes what the daemon does, one JSON object a line, without anybody's mail address.
func loggerTo(t terminal) *slog.Logger {
	return slog.New(slog.NewJSONHandler(t.err, &slog.HandlerOptions{Level: slog.LevelInfo, ReplaceAttr: withoutAddresses}))
}

// glossaryOf names bodies as the operator does.
func glossaryOf(config *config) french.Glossary {
	glossary := french.Glossary{}
	for _, b := range config.Bodies {
		for _, alias := range b.Aliases {
			glossary[alias] = b.Name
		}
	}
	return glossary
}

func newExtractor(config *config, analyzer *french.Analyzer) *claims.Extractor {
	directory := claims.NewDirectory()
	for _, p := range config.People {
		directory.Add(claims.Member{Name: p.Name, Function: p.Function, Group: p.Group, Body: p.Body, From: p.From, To: p.To})
	}
	extractor := &claims.Extractor{Analyzer: analyzer, Directory: directory, Glossary: glossaryOf(config), Threshold: config.Engine.Worth, Mandates: map[string]string{}}
	for _, b := range config.Bodies {
		if b.Mandate != "" {
			extractor.Mandates[b.Name] = b.Mandate
		}
	}
	for _, t := range config.Topics {
		extractor.Topics = append(extractor.Topics, claims.Topic{Name: t.Name, Words: t.Words, Bodies: t.Bodies})
	}
	return extractor
}

// newJudge is the optional model; nil when none is configured.
func newJudge(config *config) (claims.Judge, error) {
	if config.Engine.Judge == "" {
		return nil, nil
	}
	key, err := config.secret(config.Engine.JudgeKey)
	if err != nil {
		return nil, err
	}
	client := &judge.Client{Address: config.Engine.Judge, Key: key}
	return client, client.Check()
}

func newLinker(config *config, calibration claims.Calibration, analyzer *french.Analyzer, logger *slog.Logger, model claims.Judge, index *claims.Memory, directory *claims.Directory) *claims.Linker {
	linker := claims.NewLinker(index, directory, analyzer)
	linker.Use(calibration)
	linker.Glossary, linker.Logger, linker.Judge = glossaryOf(config), logger, model
	if config.Engine.Threshold > 0 {
		linker.Threshold = config.Engine.Threshold
	}
	for _, b := range config.Bodies {
		for _, day := range b.Calendar {
			linker.Calendar = append(linker.Calendar, claims.Meeting{Body: b.Name, Date: day, State: "missing", Known: "configuration"})
		}
	}
	return linker
}

// sourcesOf hands configured sources to the crawler.
func sourcesOf(config *config, configured []sourceConfig) []crawler.Source {
	var quiet []time.Month
	for _, month := range config.Instance.Holidays {
		if n, err := strconv.Atoi(month); err == nil { // checked when it was read
			quiet = append(quiet, time.Month(n))
		}
	}
	var list []crawler.Source
	for _, s := range configured {
		source := crawler.Source{
			Name: s.Name, Role: document.Role(s.Role), Body: s.Body, Form: crawler.Form(s.Form), Start: s.Start, Link: s.Link,
			Include: s.Include, Exclude: s.Exclude, Next: s.Next, Follow: s.Follow, Expect: s.Expect, Budget: s.Budget,
			Visibility: document.Visibility(s.Visibility), Charset: s.Charset, Quiet: quiet,
		}
		if source.Visibility == "" {
			source.Visibility = document.Public
		}
		if s.Delay != nil {
			delay := time.Duration(*s.Delay)
			source.Delay = &delay
		}
		if source.Form == crawler.FormFolder {
			source.Start = nil
			for _, folder := range s.Start {
				source.Start = append(source.Start, config.resolve(folder))
			}
		}
		list = append(list, source)
	}
	return list
}

func (w *work) close() error {
	if w.crew != nil {
		w.crew.stop()
	}
	return w.pdf.Close()
}

// serveReview serves the review pages on the listener until the context ends.
func (w *work) serveReview(ctx context.Context, listener net.Listener, h *heartbeat) error {
	pages, err := newReviewPages(w)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	return serve(ctx, listener, withHealth(pages, w, h))
}

// lastRun is when a source was last collected; zero when it never was.
func (w *work) lastRun(ctx context.Context, source string) (time.Time, error) {
	health, err := w.db.CrawlArchive().Health(ctx, source)
	return health.LastRun, err
}

// stageNames are the stages as the terminal calls them.
var stageNames = map[string]string{"read": "lecture", "extract": "extraction", "touch": "repérage", "link": "rapprochement"}

// progress writes a counter over itself on a terminal, and nothing elsewhere.
func (w *work) progress() func(stage string, done, total int) {
	if !w.t.interactive() {
		return nil
	}
	return func(stage string, done, total int) {
		fmt.Fprintf(w.t.err, "\r\033[K%s %d/%d", stageNames[stage], done, total)
		if done >= total {
			fmt.Fprint(w.t.err, "\r\033[K")
		}
	}
}

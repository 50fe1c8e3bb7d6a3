package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"contredit/claims"
	"contredit/document"
	"contredit/french"
	"contredit/store"
)

// deadCrew are workers that cannot be kept alive.
type deadCrew struct{ woken int }

func (c *deadCrew) Wake()      { c.woken++ }
func (c *deadCrew) Tend() bool { return false }

// brokenCrew takes an item of each turn and dies with it; what it held is given back when it is tended.
type brokenCrew struct {
	t       *testing.T
	db      *store.DB
	working store.Worker
}

func (c *brokenCrew) Wake() {
	turn, err := c.db.Turn(context.Background())
	if err != nil {
		c.t.Error(err)
	}
	if _, _, err := c.db.TakeWork(context.Background(), turn.Stage, c.working.In(turn.Number)); err != nil {
		c.t.Error(err)
	}
}

func (c *brokenCrew) Tend() bool {
	if _, err := c.db.ReleaseWorkOf(context.Background(), 77); err != nil {
		c.t.Error(err)
	}
	return false
}

// What workers that cannot be kept alive leave, the process that opened the turn does, and tells of it
// once.
func TestWorkIsDoneWithoutACrew(t *testing.T) {
	for name, crew := range map[string]func(db *store.DB) Crew{
		"NoneLives": func(*store.DB) Crew { return new(deadCrew) },
		"DiedWithAnItem": func(db *store.DB) Crew {
			w := store.NewWorker(time.Hour)
			w.Name = "77.aa"
			return &brokenCrew{t: t, db: db, working: w}
		},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			db, p := small(t)
			p.Crew = crew(db)
			s, err := p.Process(ctx)
			if err != nil || s.Read != 2 || s.Claims != 1 || s.Linked != 1 || len(s.Failed) > 0 {
				t.Errorf("summary = %+v, %v", s, err)
			}
			if waits, err := db.HasWork(ctx); err != nil || waits {
				t.Errorf("work is left: %v, %v", waits, err)
			}
			if turn, err := db.Turn(ctx); err != nil || turn.Stage != "" {
				t.Errorf("turn = %+v, %v; want it closed", turn, err)
			}
		})
	}
}

// A stop in the middle of a turn closes it: what workers have not begun nobody begins.
func TestStopClosesTheTurn(t *testing.T) {
	db, p := small(t)
	ctx, stop := context.WithCancel(context.Background())
	p.Crew = wakeFunc(stop)
	if _, err := p.Process(ctx); err == nil {
		t.Error("a stopped pass says that it is done")
	}
	if turn, err := db.Turn(context.Background()); err != nil || turn.Stage != "" {
		t.Errorf("turn = %+v, %v; want it closed", turn, err)
	}
	p.Crew = nil
	if s, err := p.Process(context.Background()); err != nil || s.Read != 2 {
		t.Errorf("the next pass read %d, %v", s.Read, err)
	}
}

type wakeFunc func()

func (f wakeFunc) Wake()      { f() }
func (f wakeFunc) Tend() bool { return true }

// small is a database with a statement and a record that wait to be read.
func small(t *testing.T) (*store.DB, *Pipeline) {
	t.Helper()
	db, err := store.Open(context.Background(), filepath.Join(t.TempDir(), "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	lexicon, err := french.LoadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	analyzer := french.NewAnalyzer(lexicon)
	digest := sha256.Sum256([]byte(smallText))
	for i, role := range []document.Role{document.RoleStatement, document.RoleRecord} {
		url := fmt.Sprintf("https://region.exemple/%d.txt", i)
		_, err := db.SaveSnapshot(context.Background(), document.Document{URL: url, Source: "s", Role: role, Body: "Région Exemple", Visibility: document.Public}, "",
			document.Snapshot{URL: url, FinalURL: url, MediaType: "text/plain", Status: 200, FetchedAt: time.Unix(1, 0), SHA256: hex.EncodeToString(digest[:]),
				Content: []byte(smallText)})
		if err != nil {
			t.Fatal(err)
		}
	}
	return db, &Pipeline{DB: db, Analyzer: analyzer, Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Extractor: &claims.Extractor{Analyzer: analyzer, Directory: claims.NewDirectory(), Glossary: french.Glossary{}},
		Linker: func(index *claims.Memory, directory *claims.Directory) *claims.Linker {
			return claims.NewLinker(index, directory, analyzer)
		}}
}

const smallText = "Le 4 mars 2026, la ligne Aubrives a été rouverte pour 12 millions d’euros."

package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"contredit/claims"
	"contredit/document"
	"contredit/french"
	"contredit/store"
)

// asker asks one question and tells how many passages came back, with their texts.
type asker func(ctx context.Context, question string) (int, error)

// eachRecord reads the passages, so many a record.
func eachRecord(in string, f func(n int, r *document.Reading) error) error {
	file, err := os.Open(filepath.Join(in, "passages"))
	if err != nil {
		return err
	}
	defer file.Close()
	lines, n := bufio.NewScanner(file), 0
	lines.Buffer(nil, 1<<20)
	for more := true; more; n++ {
		r, text := &document.Reading{State: document.StateRead, Title: fmt.Sprintf("Procès-verbal n° %d", n), Date: "2025-03-12"}, strings.Builder{}
		for len(r.Passages) < passagesARecord {
			if more = lines.Scan(); !more {
				break
			}
			from := text.Len()
			text.WriteString(lines.Text())
			r.Passages = append(r.Passages, document.Passage{Span: document.Span{Start: from, End: text.Len()}, Kind: document.KindParagraph})
			text.WriteByte('\n')
		}
		if r.Text = text.String(); r.Text == "" {
			break
		}
		if err := f(n, r); err != nil {
			return err
		}
	}
	return lines.Err()
}

func recordOf(n int, r *document.Reading) document.Document {
	return document.Document{
		URL: fmt.Sprintf("https://conseil.example/pv/%d", n), Source: "bench", Title: r.Title, Date: r.Date,
		Role: document.RoleRecord, Body: fmt.Sprintf("Commission %d", n%40), Visibility: document.Public, MediaType: "text/plain",
	}
}

// makeStore keeps the passages as contredit does, with their documents, and searches as its pages do.
func makeStore(ctx context.Context, in, work string) (asker, int64, error) {
	path := filepath.Join(work, "store.db")
	db, err := store.Open(ctx, path)
	if err != nil {
		return nil, 0, err
	}
	var keep []store.Kept
	err = eachRecord(in, func(n int, r *document.Reading) error {
		doc := recordOf(n, r)
		sum := sha256.Sum256([]byte(doc.URL))
		snap := document.Snapshot{
			URL: doc.URL, FinalURL: doc.URL, Status: http.StatusOK, MediaType: doc.MediaType, Content: []byte(doc.URL), SHA256: hex.EncodeToString(sum[:]), FetchedAt: time.Now(),
		}
		kept, err := db.SaveSnapshot(ctx, doc, "utf-8", snap)
		if err != nil {
			return err
		}
		keep = append(keep, kept)
		return db.SaveReading(ctx, kept.Snapshot, "bench", r)
	})
	for i := 0; i < len(keep) && err == nil; i++ { // the stage that follows merges the parts of the index
		err = db.SaveExtraction(ctx, keep[i].Document, keep[i].Snapshot, nil, nil)
	}
	if err != nil {
		return nil, 0, err
	}
	bytes, err := searchBytes(ctx, path)
	return func(ctx context.Context, question string) (int, error) {
		found, err := db.Search(ctx, question, wanted)
		return len(found), err
	}, bytes, err
}

// searchBytes is what the full-text index called passage_search takes in a database.
func searchBytes(ctx context.Context, path string) (n int64, err error) {
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		return 0, err
	}
	defer db.Close()
	for _, part := range []string{"length(block) FROM passage_search_data", "length(sz) + 8 FROM passage_search_docsize", "length(term) + 8 FROM passage_search_idx"} {
		var of int64
		if err := db.QueryRowContext(ctx, "SELECT coalesce(sum(n), 0) FROM (SELECT "+strings.Replace(part, " FROM", " AS n FROM", 1)+")").Scan(&of); err != nil {
			return 0, fmt.Errorf("weigh the index of %s: %w", path, err)
		}
		n += of
	}
	return n, nil
}

// makeMemory enters the passages into the index that claims are linked with.
func makeMemory(_ context.Context, in, _ string) (asker, int64, error) {
	lexicon, err := french.LoadLexicon()
	if err != nil {
		return nil, 0, err
	}
	debug.SetGCPercent(50) // as « contredit run » does
	analyzer, before := french.NewAnalyzer(lexicon), heap()
	index := claims.NewMemory(analyzer)
	err = eachRecord(in, func(n int, r *document.Reading) error {
		index.AddDocument(recordOf(n, r), r)
		return nil
	})
	if err != nil {
		return nil, 0, err
	}
	held := heap() - before
	debug.FreeOSMemory()
	linker := claims.NewLinker(index, claims.NewDirectory(), analyzer)
	return func(_ context.Context, question string) (int, error) {
		return len(linker.Nearest(claims.Claim{URL: "https://conseil.example/cp", Quote: question, Date: "2025-10-09"}, wanted)), nil
	}, held, nil
}

// heap is how many bytes are held.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// makePlain keeps the passages in a full-text table as SQLite makes it by itself.
func makePlain(ctx context.Context, in, work string) (asker, int64, error) {
	path := filepath.Join(work, "plain.db")
	db, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_synchronous=NORMAL")
	if err != nil {
		return nil, 0, err
	}
	db.SetMaxOpenConns(1)
	for _, statement := range []string{
		"CREATE TABLE passage (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
		"CREATE VIRTUAL TABLE passage_search USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'unicode61')",
	} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return nil, 0, err
		}
	}
	id := 0
	err = eachRecord(in, func(_ int, r *document.Reading) error {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		for _, p := range r.Passages {
			id++
			if _, err := tx.ExecContext(ctx, "INSERT INTO passage VALUES (?, ?)", id, p.In(r.Text)); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, "INSERT INTO passage_search (rowid, text) VALUES (?, ?)", id, p.In(r.Text)); err != nil {
				return err
			}
		}
		return tx.Commit()
	})
	if err != nil {
		return nil, 0, err
	}
	bytes, err := searchBytes(ctx, path)
	return func(ctx context.Context, question string) (int, error) { return askPlain(ctx, db, question) }, bytes, err
}

func askPlain(ctx context.Context, db *sql.DB, question string) (n int, err error) {
	var words []string
	for _, w := range strings.Fields(question) {
		words = append(words, `"`+strings.ReplaceAll(w, `"`, `""`)+`"`)
	}
	rows, err := db.QueryContext(ctx, "SELECT p.text FROM passage_search f JOIN passage p ON p.id = f.rowid WHERE passage_search MATCH ? ORDER BY f.rank LIMIT ?",
		strings.Join(words, " OR "), wanted)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return 0, err
		}
		n++
	}
	return n, rows.Err()
}

package main

import (
	"context"
	"fmt"
	"html"
	"io"
	"math/rand"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"contredit/bench/prose"
	"contredit/store"
)

// soakEnv is how many days the soak lasts: « make soak-year » sets 365.
const soakEnv = "CONTREDIT_SOAK_DAYS"

// The year that is played: so many sources, each looked at once a week, and so many documents
// over the whole year (soakDocumentsEnv says how many instead), a tenth of which change once and a
// tenth of which vanish.
const (
	soakSources      = 200
	soakDocuments    = 20_000
	soakDocumentsEnv = "CONTREDIT_SOAK_DOCUMENTS"

	soakListed = 15        // documents that a listing shows
	soakMemory = 256 << 20 // bytes resident at most
	soakEvery  = 10        // days from one report to the next
)

// soakYear is a web of councils on one address, as it stands on a day.
type soakYear struct {
	documents int
	day       atomic.Int64 // from 0
	writer    *prose.Writer
}

// published is how many documents a source has brought until a day.
func (y *soakYear) published(day int64) int { return int(day+1) * y.documents / soakSources / 365 }

// ServeHTTP answers /S/ with a listing and /S/N with a document.
func (y *soakYear) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var source, number int
	day := y.day.Load()
	last := y.published(day)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	switch n, _ := fmt.Sscanf(r.URL.Path, "/%d/%d", &source, &number); {
	case r.URL.Path == "/robots.txt":
		http.NotFound(w, r)
	case n == 1:
		fmt.Fprint(w, `<!doctype html><html lang="fr"><title>Publications</title><main><ul>`)
		for i := last; i > max(0, last-soakListed); i-- {
			fmt.Fprintf(w, `<li><a href="/%d/%d">Publication %d</a></li>`, source, i, i)
		}
		fmt.Fprint(w, `</ul></main>`)
	case n == 2 && number%10 == 3 && last > number+8: // vanished
		w.WriteHeader(http.StatusGone)
	case n == 2:
		version := 0
		if number%10 == 7 && last > number+4 {
			version = 1
		}
		tag := fmt.Sprintf(`"%d-%d-%d"`, source, number, version)
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, soakDocument(y.writer, source, number, version))
	default:
		http.NotFound(w, r)
	}
}

// soakSubjects are what a commune speaks of, each with a place of its own after it.
var soakSubjects = []string{"le télétravail à", "la voirie de", "les transports scolaires de", "la cantine de", "le réseau de chaleur de", "la médiathèque de", "les effectifs de", "le schéma cyclable de"}

// soakDocument is a page of about 3 KB, the same each time it is asked for. Two sources, one that
// speaks and one that records, are of one commune and speak of its own subjects, with the same figures
// but for one in twenty; half of the sentences are about nothing in particular, in the words of the
// fictional council.
func soakDocument(w *prose.Writer, source, number, version int) string {
	rng := rand.New(rand.NewSource(int64(source*100_000 + number*10 + version)))
	w = w.Reseeded(uint64(source*100_000 + number*10 + version + 1))
	commune := w.Reseeded(uint64(source/2) + 1)
	places := make([]string, len(soakSubjects))
	for i := range places {
		places[i] = commune.Name()
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="fr"><title>Publication %d de la commune %d</title><main><h1>Publication %d</h1>`, number, source/2, number)
	for range 4 {
		i := rng.Intn(len(soakSubjects))
		subject, figures := soakSubjects[i]+" "+places[i], rand.New(rand.NewSource(int64(source/2*100+i)))
		if rng.Intn(20) == 0 {
			figures = rng
		}
		fmt.Fprintf(&b, "<p>Le rapport n° %d sur %s a été adopté par %d voix pour et %d contre. ", figures.Intn(900), subject, 20+figures.Intn(30), figures.Intn(20))
		fmt.Fprintf(&b, "La collectivité consacre %d euros en 2026 pour %s. Le comité social territorial a été consulté le %d mars 2026 sur %s.</p>", 1000*figures.Intn(900), subject, 1+figures.Intn(28), subject)
		fmt.Fprintf(&b, "<p>%s</p>", html.EscapeString(soakSentence(w)+" "+soakSentence(w)+" "+soakSentence(w)))
	}
	return b.String() + "</main>"
}

// soakSentence names no staff committee: « aucune trace » lists all meetings of that kind which were
// looked through, and a hundred communes have one each.
func soakSentence(w *prose.Writer) string {
	for {
		s := w.Sentence()
		if !strings.Contains(s, "CST") && !strings.Contains(strings.ToLower(s), "comité") {
			return s
		}
	}
}

// TestSoakYear lets the daemon's own work run over a year of fake days, and measures it.
func TestSoakYear(t *testing.T) {
	days, err := strconv.Atoi(os.Getenv(soakEnv))
	if err != nil {
		t.Skipf("set %s, as « make soak-year » does", soakEnv)
	}
	writer, err := prose.New(1, "demo/site", 20_000)
	if err != nil {
		t.Fatal(err)
	}
	year := &soakYear{documents: soakDocuments, writer: writer}
	if n, err := strconv.Atoi(os.Getenv(soakDocumentsEnv)); err == nil {
		year.documents = n
	}
	site := httptest.NewServer(year)
	defer site.Close()
	holdLittle()
	w, now := soakWork(t, site.URL)
	var reports []soakReport
	var longest, since time.Duration
	start := time.Now()
	for day := range days {
		year.day.Store(int64(day))
		var due []string
		for s := day % 7; s < soakSources; s += 7 {
			due = append(due, soakName(s))
		}
		began := time.Now()
		if err := w.collect(context.Background(), due); err != nil {
			t.Fatalf("day %d: %v", day, err)
		}
		if err := w.forget(context.Background()); err != nil {
			t.Fatalf("day %d: %v", day, err)
		}
		took := time.Since(began)
		longest, since = max(longest, took), since+took
		*now = now.Add(24 * time.Hour)
		if day%soakEvery == soakEvery-1 || day == days-1 {
			r := soakReportOf(t, w)
			t.Logf("day %d: %s; %.2f s a day since the last report, %.2f s since the first day", day+1, r, since.Seconds()/float64(day%soakEvery+1),
				time.Since(start).Seconds()/float64(day+1))
			reports, since = append(reports, r), 0
		}
	}
	t.Logf("longest daily run %v", longest.Round(time.Millisecond))
	last := reports[len(reports)-1]
	if last.resident > soakMemory {
		t.Errorf("%d MiB resident at the end, want at most %d", last.resident>>20, soakMemory>>20)
	}
	if len(reports) < 4 {
		return
	}
	// What is found has to be held, so many bytes a document; a leak holds more from day to day.
	middle := reports[len(reports)/2]
	grown := (last.held - middle.held) / max(last.documents-middle.documents, 1)
	t.Logf("trend: %d bytes held a new document in the second half, %d MiB resident in the middle, %d at the end", grown, middle.resident>>20, last.resident>>20)
	if last.resident > middle.resident*3/2 {
		t.Errorf("memory grows: %d MiB in the middle, %d at the end", middle.resident>>20, last.resident>>20)
	}
}

func soakName(s int) string { return fmt.Sprintf("Commune %d", s) }

// soakWork wires a daemon's work on the sources, on a clock of the test's own.
func soakWork(t *testing.T, base string) (*work, *time.Time) {
	t.Helper()
	var text strings.Builder
	text.WriteString("[instance]\ncontact = \"mailto:a@section.example\"\n[crawler]\ndelay = \"0s\"\nallow_loopback = true\n")
	for s := range soakSources {
		role := []string{"statement", "record"}[s%2]
		fmt.Fprintf(&text, "[[source]]\nname = %q\nrole = %q\nbody = \"Commune %d\"\nform = \"listing\"\nstart = [\"%s/%d/\"]\nschedule = \"@weekly\"\n", soakName(s), role, s/2, base, s)
	}
	config, err := parseConfig(filepath.Join(t.TempDir(), "contredit.toml"), []byte(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	config.Instance.Database = filepath.Join(t.TempDir(), "contredit.db")
	db, err := store.Open(context.Background(), config.Instance.Database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	now := time.Date(2026, 1, 1, 6, 0, 0, 0, time.UTC)
	db.Now = func() time.Time { return now }
	w, err := newWork(context.Background(), config, db, terminal{out: io.Discard, err: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	w.speakInLines()
	t.Cleanup(func() { w.close() })
	return w, &now
}

// soakReport is where the year stands on a day.
type soakReport struct {
	documents, versions, claims, flags int64
	bytes                              int64 // of the database
	held, resident                     int64 // bytes of memory: reachable, and taken from the system
}

func (r soakReport) String() string {
	return fmt.Sprintf("%d documents, %d versions, %d claims, %d flags; %d MiB resident, %d MiB held; %.1f MB, %d bytes a document",
		r.documents, r.versions, r.claims, r.flags, r.resident>>20, r.held>>20, float64(r.bytes)/1e6, r.bytes/max(r.documents, 1))
}

func soakReportOf(t *testing.T, w *work) soakReport {
	t.Helper()
	counts, err := w.db.Count(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	r := soakReport{
		documents: int64(counts.Documents["statement"] + counts.Documents["record"]), versions: int64(counts.Snapshots), claims: int64(counts.Claims),
		bytes: counts.Bytes, resident: residentBytes(t), // before the collection that held asks for
	}
	for _, n := range counts.Flags {
		r.flags += int64(n)
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	r.held = int64(m.HeapAlloc)
	return r
}

func residentBytes(t *testing.T) int64 {
	t.Helper()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Skipf("resident memory cannot be read here: %v", err)
	}
	var size, resident int64
	if _, err := fmt.Sscan(string(text), &size, &resident); err != nil {
		t.Fatal(err)
	}
	return resident * int64(os.Getpagesize())
}

package main

import (
	"context"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"contredit/store"
)

// soakEnv is how many days the soak lasts: « make soak-year » sets 365.
const soakEnv = "CONTREDIT_SOAK_DAYS"

// The year that is played: so many sources, each looked at once a week, and so many documents
// over the whole year, a tenth of which change once and a tenth of which vanish.
const (
	soakSources   = 200
	soakDocuments = 20_000
	soakListed    = 15        // documents that a listing shows
	soakMemory    = 256 << 20 // bytes resident at most
)

// soakYear is a web of councils on one address, as it stands on a day.
type soakYear struct {
	day atomic.Int64 // from 0
}

// published is how many documents a source has brought until a day.
func (y *soakYear) published(day int64) int { return int(day+1) * soakDocuments / soakSources / 365 }

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
		fmt.Fprint(w, soakDocument(source, number, version))
	default:
		http.NotFound(w, r)
	}
}

// soakDocument is a page of about 2 KB, the same each time it is asked for.
func soakDocument(source, number, version int) string {
	rng := rand.New(rand.NewSource(int64(source*100_000 + number*10 + version)))
	subjects := []string{"le télétravail", "la voirie", "les transports scolaires", "la cantine", "le réseau de chaleur", "la médiathèque", "les effectifs", "le schéma cyclable"}
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="fr"><title>Publication %d de la commune %d</title><main><h1>Publication %d</h1>`, number, source, number)
	for range 8 {
		subject := subjects[rng.Intn(len(subjects))]
		fmt.Fprintf(&b, "<p>Le rapport n° %d sur %s a été adopté par %d voix pour et %d contre. ", rng.Intn(900), subject, 20+rng.Intn(30), rng.Intn(20))
		fmt.Fprintf(&b, "La collectivité y consacre %d euros en 2026. Le comité social territorial a été consulté le %d mars 2026 sur %s.</p>", 1000*rng.Intn(900), 1+rng.Intn(28), subject)
	}
	return b.String() + "</main>"
}

// TestSoakYear lets the daemon's own work run over a year of fake days, and measures it.
func TestSoakYear(t *testing.T) {
	days, err := strconv.Atoi(os.Getenv(soakEnv))
	if err != nil {
		t.Skipf("set %s, as « make soak-year » does", soakEnv)
	}
	year := &soakYear{}
	site := httptest.NewServer(year)
	defer site.Close()
	w, now := soakWork(t, site.URL)
	var peaks []int64
	var longest time.Duration
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
		longest = max(longest, time.Since(began))
		*now = now.Add(24 * time.Hour)
		if day%30 == 29 || day == days-1 {
			peaks = append(peaks, soakReport(t, w, day, start))
		}
	}
	t.Logf("longest daily run %v", longest.Round(time.Millisecond))
	last := peaks[len(peaks)-1]
	if last > soakMemory {
		t.Errorf("%d MiB resident at the end, want at most %d", last>>20, soakMemory>>20)
	}
	// The second half may hold a little more than the first, for what is kept grows; a leak doubles it.
	if middle := peaks[len(peaks)/2]; len(peaks) >= 4 && last > middle*3/2 {
		t.Errorf("memory grows: %d MiB in the middle, %d at the end", middle>>20, last>>20)
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

// soakReport logs where the year stands, and returns the bytes resident.
func soakReport(t *testing.T, w *work, day int, start time.Time) int64 {
	t.Helper()
	counts, err := w.db.Count(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	documents := counts.Documents["statement"] + counts.Documents["record"]
	flags := 0
	for _, n := range counts.Flags {
		flags += n
	}
	resident := residentBytes(t)
	t.Logf("day %d: %d documents, %d versions, %d claims, %d flags; %d MiB resident; %.1f MB, %d bytes a document; %.2f s a day so far",
		day+1, documents, counts.Snapshots, counts.Claims, flags, resident>>20, float64(counts.Bytes)/1e6, counts.Bytes/int64(max(documents, 1)),
		time.Since(start).Seconds()/float64(day+1))
	return resident
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

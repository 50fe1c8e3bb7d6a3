package review_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"contredit/claims"
	"contredit/document"
	"contredit/review"
	"contredit/store"
)

// The large house: each document has so many passages, and each flag two documents' words.
const (
	passagesOfDocument = 100
	flagsOfDocument    = 10
	wordsOfPassage     = 40
)

// BenchmarkLarge measures the pages over 100,000 flags and a million passages, which it makes
// first (some minutes; CONTREDIT_BENCH_FLAGS=1000 is a smaller house, and CONTREDIT_BENCH_DB names a
// file that keeps it: another run goes on making what is missing). What counts are the
// metrics p50-ms and p99-ms, over 300 different requests.
func BenchmarkLarge(b *testing.B) {
	flags := 100_000
	if n, err := strconv.Atoi(os.Getenv("CONTREDIT_BENCH_FLAGS")); err == nil && n > 0 {
		flags = n
	}
	h := &house{tb: b, db: largeDB(b), cookies: map[string]string{}, host: "127.0.0.1:8480"}
	begin := time.Now()
	draw := rand.New(rand.NewPCG(7, 7))
	var ids []string
	made, err := h.db.Links(context.Background(), store.LinkFilter{ByID: true})
	if err != nil {
		b.Fatal(err)
	}
	for _, l := range made {
		ids = append(ids, l.ID)
	}
	for n := len(made) / flagsOfDocument; n < flags/flagsOfDocument; n++ {
		ids = append(ids, addLarge(b, h.db, draw, n)...)
	}
	b.Logf("%d flags, %d passages, made in %s", len(ids), len(ids)/flagsOfDocument*passagesOfDocument, time.Since(begin).Round(time.Second))
	handler, err := review.New(context.Background(), review.Config{DB: h.db, Now: func() time.Time { return now }, Title: "Essai"})
	if err != nil {
		b.Fatal(err)
	}
	h.handler = handler
	pick := func(all []string) string { return all[draw.IntN(len(all))] }
	for _, page := range []struct {
		name    string
		address func() string
	}{
		{"Queue", func() string { return "/?page=" + strconv.Itoa(1+draw.IntN(40)) }},
		{"QueueFiltered", func() string {
			return "/?status=all&kind=" + pick(largeKinds) + "&words=" + url.QueryEscape(pick(commonWords))
		}},
		{"Pair", func() string { return "/paires/" + pick(ids) }},
		{"Search", func() string {
			return "/recherche?mots=" + url.QueryEscape(pick(commonWords)+" "+rareWord(draw)+" "+rareWord(draw))
		}},
	} {
		b.Run(page.name, func(b *testing.B) {
			for b.Loop() {
				report(b, h, page.address)
			}
		})
	}
}

// largeDB is the file of the house, or one that ends with the benchmark.
func largeDB(b *testing.B) *store.DB {
	path := os.Getenv("CONTREDIT_BENCH_DB")
	if path == "" {
		return mustDB(b)
	}
	db, err := store.Open(context.Background(), path)
	if err != nil {
		b.Fatal(err)
	}
	db.Now = func() time.Time { return now }
	b.Cleanup(func() {
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	})
	return db
}

func report(b *testing.B, h *house, address func() string) {
	const requests = 300
	took := make([]time.Duration, 0, requests)
	for range requests {
		r := httptest.NewRequest("GET", address(), nil)
		r.Host = h.host
		w := httptest.NewRecorder()
		begin := time.Now()
		h.handler.ServeHTTP(w, r)
		took = append(took, time.Since(begin))
		if w.Code != http.StatusOK {
			b.Fatalf("%s: status %d", r.URL, w.Code)
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[requests/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[requests*99/100].Microseconds())/1000, "p99-ms")
}

var (
	largeKinds  = []string{"negation", "number", "vote", "scope", "promise"}
	commonWords = []string{"budget", "commission", "comité", "conseil", "crédits", "délibération", "lycées", "numérique", "rapport", "subvention", "transport", "vote"}
)

// rareWord is one of 20,000 invented words, the first far commoner than the last, as in a language.
func rareWord(draw *rand.Rand) string {
	n := int(20_000 * draw.Float64() * draw.Float64() * draw.Float64())
	syllables := []string{"ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo"}
	var w strings.Builder
	for range 4 {
		w.WriteString(syllables[n%len(syllables)])
		n /= len(syllables)
	}
	return w.String()
}

func largeSentence(draw *rand.Rand) string {
	var w strings.Builder
	w.WriteString("Le")
	for i := range wordsOfPassage {
		w.WriteByte(' ')
		if i%8 == 3 {
			w.WriteString(commonWords[draw.IntN(len(commonWords))])
		} else {
			w.WriteString(rareWord(draw))
		}
	}
	w.WriteByte('.')
	return w.String()
}

// addLarge keeps one document with its claims, each against another passage of it.
func addLarge(b *testing.B, db *store.DB, draw *rand.Rand, n int) []string {
	ctx := context.Background()
	address := fmt.Sprintf("https://region.exemple/grand/%d", n)
	date := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n%2000).Format(time.DateOnly)
	var text strings.Builder
	var passages []document.Passage
	for range passagesOfDocument {
		start := text.Len()
		text.WriteString(largeSentence(draw))
		passages = append(passages, document.Passage{Span: document.Span{Start: start, End: text.Len()}, Kind: document.KindParagraph, Locator: document.Locator{Page: 1 + len(passages)/10}})
		text.WriteByte('\n')
	}
	digest := sha256.Sum256([]byte(text.String()))
	doc := document.Document{URL: address, Source: "grand", Title: "Compte rendu " + date, Date: date, Role: document.RoleBoth, Body: fmt.Sprint("Conseil ", n%30), Visibility: document.Public}
	kept, err := db.SaveSnapshot(ctx, doc, "", document.Snapshot{URL: address, FinalURL: address, MediaType: "text/html", Status: 200, Content: []byte(text.String()),
		SHA256: hex.EncodeToString(digest[:]), FetchedAt: now})
	if err != nil {
		b.Fatal(err)
	}
	reading := &document.Reading{State: document.StateRead, Title: doc.Title, Date: date, Lang: "fr", Text: text.String(), Passages: passages}
	if err := db.SaveReading(ctx, kept.Snapshot, "1", reading); err != nil {
		b.Fatal(err)
	}
	var all []claims.Claim
	for i := range flagsOfDocument {
		span := passages[i].Span
		all = append(all, claims.Claim{ID: fmt.Sprintf("%016x", n*flagsOfDocument+i+1), URL: address, Span: span, Quote: reading.Text[span.Start:span.End],
			Speaker: fmt.Sprint("Nom Fictif ", draw.IntN(400)), Date: date, Worth: true, Worthiness: .9, Topic: commonWords[draw.IntN(len(commonWords))], Visibility: document.Public})
	}
	if err := db.SaveExtraction(ctx, kept.Document, kept.Snapshot, all, nil); err != nil {
		b.Fatal(err)
	}
	var ids []string
	for i, c := range all {
		span := passages[flagsOfDocument+i].Span
		kind := claims.Kind(largeKinds[draw.IntN(len(largeKinds))])
		l := claims.Link{ID: fmt.Sprintf("lien%012x", n*flagsOfDocument+i), Claim: c, Kind: kind, Score: draw.Float64(), Calibration: "initiale", Visibility: document.Public,
			Evidence: []claims.Evidence{{URL: address, Title: doc.Title, Body: doc.Body, Date: date, Role: document.RoleRecord, Span: span, Quote: reading.Text[span.Start:span.End], Visibility: document.Public}},
			Reasons:  []claims.Reason{{Rule: "ESSAI-1", Kind: kind, ClaimSpan: document.Span{End: 8}, EvidenceSpan: document.Span{End: 8}, Text: "L’un et l’autre divergent.", Strength: .5}}}
		if err := db.SaveLinks(ctx, c.ID, []claims.Link{l}); err != nil {
			b.Fatal(err)
		}
		ids = append(ids, l.ID)
	}
	return ids
}

package review_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"contredit/claims"
	"contredit/document"
	"contredit/review"
	"contredit/store"
)

var now = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

const (
	said    = "Nous avons travaillé en co-construction avec les organisations syndicales."
	written = "Le point est présenté pour information. Aucune organisation n’a été consultée."
)

// house is an instance with a browser's cookies.
type house struct {
	tb      testing.TB
	db      *store.DB
	handler http.Handler
	cookies map[string]string
	host    string
}

func mustDB(tb testing.TB) *store.DB {
	tb.Helper()
	db, err := store.Open(context.Background(), filepath.Join(tb.TempDir(), "contredit.db"))
	if err != nil {
		tb.Fatal(err)
	}
	db.Now = func() time.Time { return now }
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	return db
}

func mustHouse(tb testing.TB, change func(*review.Config)) *house {
	tb.Helper()
	db := mustDB(tb)
	c := review.Config{DB: db, Now: func() time.Time { return now }, Title: "Essai"}
	if change != nil {
		change(&c)
	}
	handler, err := review.New(context.Background(), c)
	if err != nil {
		tb.Fatal(err)
	}
	return &house{tb: tb, db: db, handler: handler, cookies: map[string]string{}, host: "127.0.0.1:8480"}
}

func (h *house) do(r *http.Request) *http.Response {
	h.tb.Helper()
	r.Host = h.host
	for name, value := range h.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	h.handler.ServeHTTP(w, r)
	res := w.Result()
	for _, c := range res.Cookies() {
		h.cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(h.cookies, c.Name)
		}
	}
	return res
}

func body(tb testing.TB, res *http.Response) string {
	tb.Helper()
	var b strings.Builder
	if _, err := fmt.Fprint(&b, mustRead(tb, res)); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

func (h *house) get(path string) (int, string) {
	h.tb.Helper()
	res := h.do(httptest.NewRequest("GET", path, nil))
	return res.StatusCode, body(h.tb, res)
}

var tokenField = regexp.MustCompile(`name="token" value="([0-9a-f]+)"`)

// post sends a form as the page at from would.
func (h *house) post(from, path string, form url.Values) *http.Response {
	h.tb.Helper()
	_, page := h.get(from)
	m := tokenField.FindStringSubmatch(page)
	if m == nil {
		h.tb.Fatalf("no form at %s", from)
	}
	form.Set("token", m[1])
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return h.do(r)
}

func keep(tb testing.TB, db *store.DB, doc document.Document, text string, minutes *document.Minutes) store.Kept {
	tb.Helper()
	ctx := context.Background()
	digest := sha256.Sum256([]byte(text))
	kept, err := db.SaveSnapshot(ctx, doc, "", document.Snapshot{URL: doc.URL, FinalURL: doc.URL, MediaType: "text/html", Status: 200, Content: []byte(text),
		SHA256: hex.EncodeToString(digest[:]), FetchedAt: now})
	if err != nil {
		tb.Fatal(err)
	}
	r := &document.Reading{State: document.StateRead, Title: doc.Title, Date: doc.Date, Lang: "fr", Text: text, Minutes: minutes}
	start := 0
	for i, line := range strings.SplitAfter(text, "\n") {
		end := start + len(strings.TrimSuffix(line, "\n"))
		r.Passages = append(r.Passages, document.Passage{Span: document.Span{Start: start, End: end}, Kind: document.KindParagraph, Locator: document.Locator{Page: i + 1}})
		start += len(line)
	}
	if err := db.SaveReading(ctx, kept.Snapshot, "1", r); err != nil {
		tb.Fatal(err)
	}
	return kept
}

// pairText is what a pair is made of.
type pairText struct {
	n                            int
	speaker, said, record, title string
	kind                         claims.Kind
	score                        float64
	private                      bool
	before, after                string
}

// addPair keeps two documents, a claim and a link, as the pipeline would.
func addPair(tb testing.TB, db *store.DB, p pairText) string {
	tb.Helper()
	ctx := context.Background()
	visibility := document.Public
	if p.private {
		visibility = document.Private
	}
	speech := document.Document{URL: fmt.Sprintf("https://region.exemple/discours/%d", p.n), Source: "région", Title: "Discours " + p.title, Date: "2026-01-14",
		Role: document.RoleStatement, Body: "Région Exemple", Visibility: document.Public, VideoURL: fmt.Sprintf("https://video.exemple/%d.mp4", p.n)}
	record := document.Document{URL: fmt.Sprintf("https://region.exemple/pv/%d.pdf", p.n), Source: "cst", Title: "Procès-verbal " + p.title, Date: "2026-02-03",
		Role: document.RoleRecord, Body: "CST", Visibility: visibility}
	prefix := "Mesdames, messieurs.\n"
	text := prefix + p.said + "\nMerci."
	kept := keep(tb, db, speech, text, nil)
	against := 8
	recordText := "Ouverture de la séance.\n" + p.record + "\nLa séance est levée."
	span := document.Span{Start: len("Ouverture de la séance.\n"), End: len("Ouverture de la séance.\n") + len(p.record)}
	keep(tb, db, record, recordText, &document.Minutes{Body: "CST", Date: "2026-02-03", Chair: "Nadège Fourcaud",
		Attendance: []document.Attendee{{Name: p.speaker, Presence: document.Excused}, {Name: "Ugo Plessis", Presence: document.Present}},
		Items:      []document.AgendaItem{{Number: "3", Title: "Outils numériques", Nature: "information", Span: document.Span{End: len(recordText)}}},
		Votes:      []document.Vote{{Item: "Outils numériques", College: "personnel", Result: "défavorable", Against: &against, Span: span}}})
	id := fmt.Sprintf("%016x", p.n+1)
	c := claims.Claim{ID: id, URL: speech.URL, Span: document.Span{Start: len(prefix), End: len(prefix) + len(p.said)}, Quote: p.said, Speaker: p.speaker,
		Function: "vice-présidente chargée du numérique", Date: "2026-01-14", Worth: true, Worthiness: .9, Topic: "Numérique", Before: p.before + "Mesdames, messieurs.",
		After: "Merci." + p.after, Locator: document.Locator{Timed: true, At: 724}, Visibility: document.Public}
	if err := db.SaveExtraction(ctx, kept.Document, kept.Snapshot, []claims.Claim{c}, nil); err != nil {
		tb.Fatal(err)
	}
	l := claims.Link{ID: fmt.Sprintf("lien%012x", p.n), Claim: c, Kind: p.kind, Score: p.score, Calibration: "initiale", Visibility: visibility,
		Terms: []claims.Term{{Name: "near", Value: .8, Weight: 2.1}},
		Evidence: []claims.Evidence{{URL: record.URL, Title: record.Title, Body: "CST", Date: "2026-02-03", Role: document.RoleRecord, Span: span, Quote: p.record,
			Heading: "3. Outils numériques", Before: "Ouverture de la séance.", After: "La séance est levée.", Locator: document.Locator{Page: 3}, Visibility: visibility}},
		Reasons: []claims.Reason{{Rule: "PARTICIPATION-1", Kind: p.kind, ClaimSpan: spanOf(p.said, "co-construction"), EvidenceSpan: spanOf(p.record, "pour information"),
			Text: "La déclaration dit « co-construction » ; le procès-verbal dit « pour information », deux degrés plus bas."}},
		Support: &claims.Evidence{URL: record.URL, Title: record.Title, Date: "2026-02-03", Body: "CST", Quote: "La séance est levée.", Locator: document.Locator{Page: 4},
			Span: document.Span{Start: span.End + 1, End: len(recordText)}, Visibility: visibility},
	}
	if p.kind == claims.KindAbsence {
		l.Evidence, l.Reasons, l.Support = nil, nil, nil
		l.Absence = &claims.Absence{Body: "CST", From: "2025-01-01", To: "2026-01-14", Topic: "numérique", Read: []claims.Meeting{{Body: "CST", Date: "2025-03-04", URL: record.URL,
			Title: record.Title, State: "read", Known: "record"}}, Missing: []claims.Meeting{{Body: "CST", Date: "2025-06-10", State: "missing", Known: "mention"}}}
	}
	if err := db.SaveLinks(ctx, c.ID, []claims.Link{l}); err != nil {
		tb.Fatal(err)
	}
	return l.ID
}

func spanOf(text, words string) document.Span {
	i := strings.Index(text, words)
	if i < 0 {
		return document.Span{}
	}
	return document.Span{Start: i, End: i + len(words)}
}

func plain(n int) pairText {
	return pairText{n: n, speaker: "Odile Tranchant", said: said, record: written, title: fmt.Sprint("du CST ", n), kind: claims.KindScope, score: .9 - float64(n)/1000}
}

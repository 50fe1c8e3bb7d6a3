package api_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"contredit/api"
	"contredit/claims"
	"contredit/document"
	"contredit/store"
)

var now = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// house is a database with pairs of every kind, one of them private, and the API over it.
type house struct {
	db            *store.DB
	handler       http.Handler
	open, private string // tokens
	router        routers.Router
}

func mustHouse(t *testing.T) *house {
	t.Helper()
	ctx := t.Context()
	db, err := store.Open(ctx, filepath.Join(t.TempDir(), "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.Now = func() time.Time { return now }
	h := &house{db: db, handler: api.New(db, slog.New(slog.DiscardHandler))}
	if h.open, err = db.MakeToken(ctx, store.Token{Name: "lecture"}); err != nil {
		t.Fatal(err)
	}
	if h.private, err = db.MakeToken(ctx, store.Token{Name: "interne", Private: true}); err != nil {
		t.Fatal(err)
	}
	for n, kind := range []claims.Kind{claims.KindVote, claims.KindScope, claims.KindAbsence, claims.KindNumber} {
		addPair(t, db, n+1, kind, n == 3)
	}
	if err := db.SaveRemarks(ctx, []string{pairID(1)}, store.Remark{Kind: store.RemarkReply, Reviewer: "Ada Fictive", Text: "Nous répondons."}); err != nil {
		t.Fatal(err)
	}
	if _, err := db.SaveVerdict(ctx, claims.Verdict{Link: pairID(2), Reviewer: "Ada Fictive", Decision: claims.StatusConfirmed}); err != nil {
		t.Fatal(err)
	}
	_, page := h.get(t, "", "/openapi.json")
	doc, err := openapi3.NewLoader().LoadFromData(page)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(ctx); err != nil {
		t.Fatalf("the description is no OpenAPI: %v", err)
	}
	if h.router, err = legacy.NewRouter(doc); err != nil {
		t.Fatal(err)
	}
	return h
}

func pairID(n int) string { return fmt.Sprintf("%016x", n) }

func addPair(t *testing.T, db *store.DB, n int, kind claims.Kind, private bool) {
	t.Helper()
	ctx := t.Context()
	visibility := document.Public
	if private {
		visibility = document.Private
	}
	text := fmt.Sprintf("Nous avons voté %d crédits.", n)
	digest := sha256.Sum256([]byte(text))
	doc := document.Document{URL: fmt.Sprintf("https://region.exemple/%d", n), Source: "s", Title: "Discours", Date: "2026-01-14", Role: document.RoleStatement, Body: "Région Exemple", Visibility: visibility}
	kept, err := db.SaveSnapshot(ctx, doc, "", document.Snapshot{URL: doc.URL, FinalURL: doc.URL, MediaType: "text/html", Status: 200, Content: []byte(text), SHA256: hex.EncodeToString(digest[:]), FetchedAt: now})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.SaveReading(ctx, kept.Snapshot, "1", &document.Reading{State: document.StateRead, Title: "Discours", Date: "2026-01-14", Text: text}); err != nil {
		t.Fatal(err)
	}
	c := claims.Claim{ID: fmt.Sprintf("c%d", n), URL: doc.URL, Span: claims.Span{End: len(text)}, Quote: text, Speaker: "Odile Tranchant", Function: "présidente", Date: "2026-01-14", Worth: true, Worthiness: .9,
		Topics: []string{"budget"}, Due: "2026-12-31", Locator: document.Locator{Timed: true, At: 12.5}, Visibility: visibility}
	if err := db.SaveExtraction(ctx, kept.Document, kept.Snapshot, []claims.Claim{c}, nil); err != nil {
		t.Fatal(err)
	}
	e := claims.Evidence{URL: doc.URL + "/pv.pdf", Title: "Procès-verbal", Body: "CST", Date: "2026-02-03", Quote: "Aucun crédit n’est voté.", Locator: document.Locator{Page: 3}, Visibility: visibility}
	l := claims.Link{ID: pairID(n), Claim: c, Kind: kind, Score: .5 + float64(n)/10, Calibration: "initiale", Visibility: visibility, Evidence: []claims.Evidence{e}, Support: &e,
		Reasons: []claims.Reason{{Rule: "VOTE-1", Kind: kind, ClaimSpan: claims.Span{End: 4}, EvidenceSpan: claims.Span{End: 5}, Text: "Le vote diffère."}}}
	if kind == claims.KindAbsence {
		l.Evidence, l.Reasons, l.Support = []claims.Evidence{{URL: e.URL, Date: e.Date, Body: "CST", Visibility: visibility}}, nil, nil
		l.Absence = &claims.Absence{Body: "CST", From: "2025-01-01", To: "2026-01-14", Topic: "budget", Missing: []claims.Meeting{{Body: "CST", Date: "2025-06-10", State: "missing"}}}
	}
	if err := db.SaveLinks(ctx, c.ID, []claims.Link{l}); err != nil {
		t.Fatal(err)
	}
}

func request(t *testing.T, token, path string) *http.Request {
	t.Helper()
	r := httptest.NewRequest("GET", api.Prefix+path, nil)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return r
}

func (h *house) get(t *testing.T, token, path string) (int, []byte) {
	t.Helper()
	w := httptest.NewRecorder()
	h.handler.ServeHTTP(w, request(t, token, path))
	return w.Code, w.Body.Bytes()
}

// conforms checks an answer against the description.
func (h *house) conforms(t *testing.T, token, path string, status int, body []byte) error {
	t.Helper()
	r := request(t, token, path)
	route, parameters, err := h.router.FindRoute(r)
	if err != nil {
		return fmt.Errorf("the description has no %s: %w", path, err)
	}
	in := &openapi3filter.RequestValidationInput{Request: r, PathParams: parameters, Route: route, Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}}
	if status == http.StatusOK {
		if err := openapi3filter.ValidateRequest(context.Background(), in); err != nil {
			return err
		}
	}
	return openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: status,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(bytes.NewReader(body)), Options: &openapi3filter.Options{IncludeResponseStatus: true}})
}

func TestAnswersFollowTheDescription(t *testing.T) {
	h := mustHouse(t)
	for path, want := range map[string]int{
		"/openapi.json": 200, "/flags": 200, "/flags?limit=1": 200, "/flags?status=confirmed&kind=scope": 200, "/flags?status=parfait": 400, "/flags?kind=x": 400, "/flags?limit=0": 400,
		"/flags?limit=501": 400, "/flags?limit=x": 400, "/flags/" + pairID(1): 200, "/flags/" + pairID(3): 200, "/flags/nulle-part": 404, "/flags/" + pairID(4): 404,
		"/claims": 200, "/claims?speaker=tranchant": 200, "/documents": 200, "/documents?limit=2": 200, "/documents?after=x": 400,
		"/flags?statut=confirmed": 400, "/flags/" + pairID(1) + "?limit=2": 400, "/claims?kind=vote": 400, "/flags?status=confirmed&status=new": 400,
	} {
		status, body := h.get(t, h.open, path)
		if status != want {
			t.Errorf("%s: status %d, want %d: %s", path, status, want, body)
			continue
		}
		if err := h.conforms(t, h.open, path, status, body); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	for _, path := range []string{"/flags", "/claims", "/documents"} {
		if status, body := h.get(t, h.private, path); status != 200 || h.conforms(t, h.private, path, status, body) != nil {
			t.Errorf("%s with a token for private documents: %d, %v", path, status, h.conforms(t, h.private, path, status, body))
		}
	}
	t.Run("TheValidatorFindsWhatIsForeign", func(t *testing.T) {
		_, body := h.get(t, h.open, "/flags/"+pairID(1))
		for name, broken := range map[string]string{
			"ExtraField": strings.Replace(string(body), `{"id"`, `{"truth_rate":1,"id"`, 1), "WrongKind": strings.Replace(string(body), `"kind":"vote"`, `"kind":"lie"`, 1),
			"MissingField": strings.Replace(string(body), `"score"`, `"scores"`, 1),
		} {
			if h.conforms(t, h.open, "/flags/"+pairID(1), 200, []byte(broken)) == nil {
				t.Errorf("%s was let through", name)
			}
		}
	})
	t.Run("ChangesNothing", func(t *testing.T) {
		r := request(t, h.open, "/flags")
		r.Method = http.MethodPost
		w := httptest.NewRecorder()
		h.handler.ServeHTTP(w, r)
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" || !json.Valid(w.Body.Bytes()) {
			t.Errorf("POST gives %d, %v, %s", w.Code, w.Header(), w.Body)
		}
	})
	t.Run("EveryPathOfTheDescriptionIsAnswered", func(t *testing.T) {
		_, body := h.get(t, "", "/openapi.json")
		var doc struct{ Paths map[string]any }
		if err := json.Unmarshal(body, &doc); err != nil {
			t.Fatal(err)
		}
		for path := range doc.Paths {
			if status, _ := h.get(t, h.open, strings.Replace(path, "{id}", pairID(1), 1)); status != 200 {
				t.Errorf("%s: status %d", path, status)
			}
		}
	})
}

type idPage struct {
	Items []struct{ ID any }
	Next  *string
}

func TestPages(t *testing.T) {
	h := mustHouse(t)
	for path, want := range map[string]int{"/flags": 3, "/claims": 3, "/documents": 3} {
		var ids []string
		after := ""
		for range 10 {
			_, body := h.get(t, h.open, path+"?limit=2&after="+after)
			var p idPage
			if err := json.Unmarshal(body, &p); err != nil {
				t.Fatal(err)
			}
			for _, item := range p.Items {
				ids = append(ids, fmt.Sprint(item.ID))
			}
			if p.Next == nil {
				break
			}
			after = *p.Next
		}
		if slices.Sort(ids); len(ids) != want || len(slices.Compact(ids)) != want {
			t.Errorf("%s in pages: %v, want %d of them once each", path, ids, want)
		}
	}
}

func TestTokens(t *testing.T) {
	ctx := t.Context()
	h := mustHouse(t)
	for name, token := range map[string]string{"None": "", "Wrong": "ctrd_AAAA"} {
		if status, body := h.get(t, token, "/flags"); status != 401 || bytes.Contains(body, []byte("crédits")) || h.conforms(t, token, "/flags", status, body) != nil {
			t.Errorf("%s: status %d: %s", name, status, body)
		}
	}
	t.Run("PrivateIsForThoseWhoReadIt", func(t *testing.T) {
		_, open := h.get(t, h.open, "/flags")
		_, private := h.get(t, h.private, "/flags")
		if bytes.Contains(open, []byte("4 crédits")) || !bytes.Contains(private, []byte("4 crédits")) {
			t.Errorf("open: %s; private: %s", open, private)
		}
		if status, _ := h.get(t, h.private, "/flags/"+pairID(4)); status != 200 {
			t.Errorf("a private pair for who reads it: %d", status)
		}
	})
	t.Run("OnlyTheHashIsKept", func(t *testing.T) {
		if strings.Contains(fmt.Sprint(h.db.Tokens(ctx)), h.open) {
			t.Error("the token can be had again")
		}
	})
	t.Run("EndsWhenRemovedOrOver", func(t *testing.T) {
		day, err := h.db.MakeToken(ctx, store.Token{Name: "un jour", Until: "2026-03-02"})
		if err != nil {
			t.Fatal(err)
		}
		if status, _ := h.get(t, day, "/flags"); status != 200 {
			t.Errorf("on its last day: %d", status)
		}
		h.db.Now = func() time.Time { return now.AddDate(0, 0, 1) }
		if status, _ := h.get(t, day, "/flags"); status != 401 {
			t.Errorf("the day after: %d", status)
		}
		if err := h.db.RemoveToken(ctx, "lecture"); err != nil {
			t.Fatal(err)
		}
		if status, _ := h.get(t, h.open, "/flags"); status != 401 {
			t.Errorf("removed: %d", status)
		}
	})
	t.Run("OnlyReads", func(t *testing.T) {
		for _, method := range []string{"POST", "PUT", "DELETE", "PATCH"} {
			r := request(t, h.private, "/flags")
			r.Method = method
			w := httptest.NewRecorder()
			h.handler.ServeHTTP(w, r)
			if w.Code != http.StatusMethodNotAllowed {
				t.Errorf("%s: %d", method, w.Code)
			}
		}
	})
}

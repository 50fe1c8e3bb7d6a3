// Package api hands out what the store holds as JSON over HTTP, to be read by other programs:
// the rows of the exports, in pages, for who has a token. It changes nothing.
package api

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"contredit/claims"
	"contredit/evidence"
	"contredit/store"
)

//go:embed openapi.json
var description []byte

// Prefix is where the handler stands.
const Prefix = "/api/v1"

// The size of a page: what is given when nothing is asked, and the most.
const (
	pageSize    = 100
	pageMaximum = 500
)

// server answers. It is safe for several goroutines.
type server struct {
	db     *store.DB
	logger *slog.Logger
}

// failure is an answer that is no success: its status and what is said of it.
type failure struct {
	status int
	text   string
}

func (f failure) Error() string { return f.text }

// answer is what a path returns to who holds a token.
type answer func(*http.Request, store.Token) (any, error)

// New makes the handler of everything under Prefix.
func New(db *store.DB, logger *slog.Logger) http.Handler {
	s := &server{db, logger}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+Prefix+"/openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if _, err := w.Write(description); err != nil {
			logger.Debug("write the description", "error", err)
		}
	})
	pages := []string{"limit", "after"}
	for path, one := range map[string]struct {
		answer     answer
		parameters []string
	}{
		"/flags":      {s.flags, append([]string{"status", "kind"}, pages...)},
		"/flags/{id}": {s.flag, nil},
		"/claims":     {s.claims, append([]string{"speaker"}, pages...)},
		"/documents":  {s.documents, pages},
	} {
		mux.Handle("GET "+Prefix+path, s.handle(onlyWith(one.parameters, one.answer)))
	}
	mux.Handle(Prefix+"/", s.handle(func(r *http.Request, _ store.Token) (any, error) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			return nil, failure{http.StatusMethodNotAllowed, "nothing can be changed here: only GET is answered"}
		}
		return nil, failure{http.StatusNotFound, "nothing is here; " + Prefix + "/openapi.json says what is"}
	}))
	return mux
}

// onlyWith refuses parameters that are not known: a misspelt filter would give everything.
func onlyWith(parameters []string, f answer) answer {
	return func(r *http.Request, who store.Token) (any, error) {
		for name, values := range r.URL.Query() {
			if len(values) > 1 {
				return nil, failure{http.StatusBadRequest, fmt.Sprintf("parameter %q takes one value", name)}
			}
			if !slices.Contains(parameters, name) {
				return nil, failure{http.StatusBadRequest, fmt.Sprintf("parameter %q is not known; allowed: %s", name, orNone(strings.Join(parameters, ", ")))}
			}
		}
		return f(r, who)
	}
}

func orNone(list string) string {
	if list == "" {
		return "none"
	}
	return list
}

// handle asks for the token, then answers with what f returns.
func (s *server) handle(f answer) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		var value any
		who, err := s.holder(r)
		if err == nil {
			value, err = f(r, who)
		}
		status := http.StatusOK
		if err != nil {
			var known failure
			if !errors.As(err, &known) {
				s.logger.Error("answer over the API", "path", r.URL.Path, "error", err)
				known = failure{http.StatusInternalServerError, "an error on our side"}
			}
			if known.status == http.StatusUnauthorized {
				w.Header().Set("WWW-Authenticate", `Bearer realm="contredit"`)
			}
			if known.status == http.StatusMethodNotAllowed {
				w.Header().Set("Allow", "GET, HEAD")
			}
			status, value = known.status, map[string]string{"error": known.text}
		}
		w.WriteHeader(status)
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(value); err != nil {
			s.logger.Debug("write an answer over the API", "error", err)
		}
	})
}

func (s *server) holder(r *http.Request) (store.Token, error) {
	scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		return store.Token{}, failure{http.StatusUnauthorized, "a token is asked for: Authorization: Bearer …"}
	}
	who, err := s.db.TokenHolder(r.Context(), strings.TrimSpace(token))
	if errors.Is(err, store.ErrNotFound) {
		return who, failure{http.StatusUnauthorized, "this token is not good, or not any more"}
	}
	return who, err
}

// page is one page of a list; next is null on the last.
type page[T any] struct {
	Items []T     `json:"items"`
	Next  *string `json:"next"`
}

// pageOf cuts what was read, one more than asked for, to a page.
func pageOf[T any](items []T, limit int, id func(T) string) page[T] {
	p := page[T]{Items: items}
	if p.Items == nil {
		p.Items = []T{}
	}
	if len(items) > limit {
		p.Items = items[:limit]
		next := id(items[limit-1])
		p.Next = &next
	}
	return p
}

func limitOf(r *http.Request) (int, error) {
	text := r.FormValue("limit")
	if text == "" {
		return pageSize, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > pageMaximum {
		return 0, failure{http.StatusBadRequest, fmt.Sprintf("limit is a number from 1 to %d", pageMaximum)}
	}
	return n, nil
}

var (
	statuses = []claims.Decision{claims.StatusNew, claims.StatusInReview, claims.StatusConfirmed, claims.StatusRejected, claims.StatusNuance, claims.StatusUndecidable, claims.StatusPublished}
	kinds    = []claims.Kind{claims.KindNegation, claims.KindAntonym, claims.KindNumber, claims.KindDate, claims.KindAttendance, claims.KindVote, claims.KindScope,
		claims.KindModality, claims.KindPromise, claims.KindAbsence}
)

func (s *server) flags(r *http.Request, who store.Token) (any, error) {
	limit, err := limitOf(r)
	if err != nil {
		return nil, err
	}
	f := store.LinkFilter{Private: who.Private, ByID: true, After: r.FormValue("after"), Limit: limit + 1}
	if text := claims.Decision(r.FormValue("status")); text != "" {
		if !slices.Contains(statuses, text) {
			return nil, failure{http.StatusBadRequest, fmt.Sprintf("status is one of %v", statuses)}
		}
		f.Statuses = []claims.Decision{text}
	}
	if text := claims.Kind(r.FormValue("kind")); text != "" {
		if !slices.Contains(kinds, text) {
			return nil, failure{http.StatusBadRequest, fmt.Sprintf("kind is one of %v", kinds)}
		}
		f.Kinds = []claims.Kind{text}
	}
	links, err := s.db.Links(r.Context(), f)
	if err != nil {
		return nil, err
	}
	var rows []evidence.FlagRow
	for _, l := range links {
		row, err := s.row(r, l, who)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return pageOf(rows, limit, func(row evidence.FlagRow) string { return row.ID }), nil
}

// row is the export's row of a link, without what the token does not read.
func (s *server) row(r *http.Request, l store.StoredLink, who store.Token) (evidence.FlagRow, error) {
	link := l.Link
	if !who.Private {
		link = evidence.Outside(link)
	}
	row := evidence.Flag(link, l.Status)
	remarks, err := s.db.Remarks(r.Context(), l.ID)
	if err != nil {
		return row, err
	}
	row.Replies, row.Corrections = store.Notes(remarks)
	return row, nil
}

func (s *server) flag(r *http.Request, who store.Token) (any, error) {
	l, err := s.db.Link(r.Context(), r.PathValue("id"))
	if errors.Is(err, store.ErrNotFound) || err == nil && !who.Private && !evidence.IsPublic(l.Link) {
		return nil, failure{http.StatusNotFound, "no such pair"}
	}
	if err != nil {
		return nil, err
	}
	return s.row(r, l, who)
}

func (s *server) claims(r *http.Request, who store.Token) (any, error) {
	limit, err := limitOf(r)
	if err != nil {
		return nil, err
	}
	list, err := s.db.Claims(r.Context(), store.ClaimFilter{Private: who.Private, Speaker: r.FormValue("speaker"), ByID: true, After: r.FormValue("after"), Limit: limit + 1})
	if err != nil {
		return nil, err
	}
	var rows []evidence.ClaimRow
	for _, c := range list {
		rows = append(rows, evidence.Claim(c.Claim, c.EditedOut))
	}
	return pageOf(rows, limit, func(row evidence.ClaimRow) string { return row.ID }), nil
}

package api

import (
	"net/http"
	"strconv"

	"contredit/document"
	"contredit/store"
)

// documentRow is a document as a list has it.
type documentRow struct {
	ID         int64               `json:"id"`
	URL        string              `json:"url"`
	Title      string              `json:"title"`
	Date       string              `json:"date"`
	Role       document.Role       `json:"role"`
	Body       string              `json:"body"`
	MediaType  string              `json:"media_type"`
	Visibility document.Visibility `json:"visibility"`
	State      document.State      `json:"state"`
	FirstSeen  string              `json:"first_seen"`
	GoneAt     string              `json:"gone_at,omitempty"`
	Versions   int                 `json:"versions"`
	Claims     int                 `json:"claims"` // worth checking
	Flags      int                 `json:"flags"`  // that the token may read
}

func (s *server) documents(r *http.Request, who store.Token) (any, error) {
	limit, err := limitOf(r)
	if err != nil {
		return nil, err
	}
	f := store.DocumentFilter{Private: who.Private, ByID: true, Limit: limit + 1}
	if text := r.FormValue("after"); text != "" {
		if f.After, err = strconv.ParseInt(text, 10, 64); err != nil {
			return nil, failure{http.StatusBadRequest, "after is « next » of another page"}
		}
	}
	list, err := s.db.ListDocuments(r.Context(), f)
	if err != nil {
		return nil, err
	}
	var rows []documentRow
	for _, d := range list {
		if !who.Private {
			d.Flags = d.PublicFlags // not even how many private ones there are
		}
		rows = append(rows, documentRow{d.ID, d.URL, d.Title, d.Date, d.Role, d.Body, d.MediaType, d.Visibility, d.State, d.FirstSeen, d.GoneAt, d.Versions, d.Claims, d.Flags})
	}
	return pageOf(rows, limit, func(row documentRow) string { return strconv.FormatInt(row.ID, 10) }), nil
}

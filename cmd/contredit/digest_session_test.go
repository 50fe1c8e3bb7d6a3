package main

import (
	"strings"
	"testing"

	"contredit/claims"
	"contredit/document"
)

// sittingPair saves a pair that rests on the record of a sitting.
func sittingPair(t *testing.T, w *work, id, body, day string, visibility document.Visibility) {
	t.Helper()
	pairsOf(t, w, id, 0.8)
	url := "https://region.example/pv/" + id
	if _, err := w.db.SaveSnapshot(t.Context(), document.Document{URL: url, Role: document.RoleRecord, Body: body, Date: day, Visibility: visibility}, "",
		document.Snapshot{URL: url, FinalURL: url, MediaType: "text/plain", Status: 200, Content: []byte(url), SHA256: url, FetchedAt: w.db.Now()}); err != nil {
		t.Fatal(err)
	}
	l := claims.Link{ID: id + "0", Claim: claims.Claim{ID: id}, Kind: claims.KindNumber, Score: 0.8, Visibility: document.Public, Evidence: []claims.Evidence{{URL: url, Body: body, Date: day}}}
	if err := w.db.SaveLinks(t.Context(), id, []claims.Link{l}); err != nil {
		t.Fatal(err)
	}
}

// TestAfterTheSession holds that each body's latest sitting with pairs is told, whatever met later
// without one, and that a private record is no sitting to those who may not read it.
func TestAfterTheSession(t *testing.T) {
	w, _ := quietWork(t) // 2 March 2026
	sittingPair(t, w, "ancien", "CST", "2025-10-01", document.Public)
	sittingPair(t, w, "cst", "CST", "2026-01-10", document.Public)
	sittingPair(t, w, "caché", "CST", "2026-02-10", document.Private)
	sittingPair(t, w, "conseil", "Conseil régional", "2025-06-20", document.Public)
	sittingPair(t, w, "demain", "CST", "2026-03-12", document.Public)
	agendaOf(t, w, "2026-02-20", document.Public, "Une séance sans paire") // of a third body
	for name, tt := range map[string]struct {
		digest digestConfig
		want   string
	}{
		"EachBody": {digestConfig{}, "conseil0 cst0"},
		"OneBody":  {digestConfig{Bodies: []string{"CST"}}, "cst0"},
		"Private":  {digestConfig{Private: true}, "caché0 conseil0"},
		"NoPairs":  {digestConfig{Bodies: []string{"Conseil"}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			tt.digest.Session, tt.digest.Archive = "after", true
			got, err := w.newsOf(t.Context(), tt.digest)
			if err != nil || strings.Join(got, " ") != tt.want {
				t.Errorf("told %q (%v), want %q", got, err, tt.want)
			}
		})
	}
}

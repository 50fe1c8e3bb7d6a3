package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"contredit/claims"
	"contredit/document"
)

// said saves a claim as a page of its own.
func said(t *testing.T, w *work, id, quote string) {
	t.Helper()
	url := "https://region.example/" + id
	kept, err := w.db.SaveSnapshot(t.Context(), document.Document{URL: url, Role: document.RoleStatement, Body: "Région", Visibility: document.Public}, "",
		document.Snapshot{URL: url, FinalURL: url, MediaType: "text/plain", Status: 200, Content: []byte(quote), SHA256: id, FetchedAt: w.db.Now()})
	if err != nil {
		t.Fatal(err)
	}
	c := claims.Claim{ID: id, URL: url, Quote: quote, Speaker: "Claire Dupont", Date: "2026-02-20", Worth: true}
	if err := w.db.SaveExtraction(t.Context(), kept.Document, kept.Snapshot, []claims.Claim{c}, nil); err != nil {
		t.Fatal(err)
	}
}

// agendaOf saves the agenda of a sitting.
func agendaOf(t *testing.T, w *work, day string, visibility document.Visibility, titles ...string) {
	t.Helper()
	url := "https://region.example/odj-" + day
	text := strings.Join(titles, "\n")
	kept, err := w.db.SaveSnapshot(t.Context(), document.Document{URL: url, Role: document.RoleRecord, Body: "Conseil", Visibility: visibility}, "",
		document.Snapshot{URL: url, FinalURL: url, MediaType: "text/plain", Status: 200, Content: []byte(text), SHA256: url, FetchedAt: w.db.Now()})
	if err != nil {
		t.Fatal(err)
	}
	minutes := &document.Minutes{Body: "Conseil", Date: day}
	at := 0
	for _, title := range titles {
		minutes.Items = append(minutes.Items, document.AgendaItem{Title: title, Span: document.Span{Start: at, End: at + len(title)}})
		at += len(title) + 1
	}
	reading := &document.Reading{State: document.StateRead, Date: day, Text: text, Minutes: minutes}
	if err := w.db.SaveReading(t.Context(), kept.Snapshot, "1", reading); err != nil {
		t.Fatal(err)
	}
}

// TestAgendaIsToldOnce holds that a sitting's points come before it beside what was said about
// them, once, and again only with something new; and nothing of past or private sittings.
func TestAgendaIsToldOnce(t *testing.T) {
	w, now := quietWork(t) // 2 March 2026
	agendaOf(t, w, "2026-03-12", document.Public, "Tarifs de la restauration scolaire", "Construction de l’aréna")
	agendaOf(t, w, "2026-02-12", document.Public, "Rénovation des lycées")
	agendaOf(t, w, "2026-03-10", document.Private, "Règlement intérieur des agents")
	agendaOf(t, w, "2026-06-12", document.Public, "Compte administratif")
	said(t, w, "c1", "Le tarif de la restauration scolaire ne bougera pas.")
	said(t, w, "c2", "Le stade sera prêt en avril.")
	d := digestConfig{Name: "Avant", Session: "before", Recipients: []string{"a@b.example"}}
	letter := func() string {
		t.Helper()
		list, err := w.issues(t.Context(), d, runName(*now))
		if err != nil {
			t.Fatal(err)
		}
		text := ""
		for _, issue := range list {
			for _, p := range issue.Letter.Agenda {
				text += fmt.Sprintf("%s %s:", p.Day, p.Title)
				for _, q := range p.Said {
					text += " " + q.ID
				}
				text += "; "
			}
		}
		if _, err := w.queue(t.Context(), d, runName(*now)); err != nil {
			t.Fatal(err)
		}
		*now = now.AddDate(0, 0, 1)
		return text
	}
	if got, want := letter(), "2026-03-12 Tarifs de la restauration scolaire: c1; 2026-03-12 Construction de l’aréna:; "; got != want {
		t.Errorf("the first letter says %q, want %q", got, want)
	}
	if got := letter(); got != "" {
		t.Errorf("the second letter says again %q", got)
	}
	said(t, w, "c3", "La construction de l’aréna ne coûtera rien aux communes.")
	if got, want := letter(), "2026-03-12 Construction de l’aréna: c3; "; got != want {
		t.Errorf("after a new claim the letter says %q, want %q", got, want)
	}
	d.Private = true
	if got, want := letter(), "2026-03-10 Règlement intérieur des agents:; "; got != want {
		t.Errorf("to those who may read it the letter says %q, want %q", got, want)
	}
}

// TestAgendaKeepsToTheDigest holds that a digest « before the session » carries as many points as it
// may, the others in its next issue, and of its topics alone.
func TestAgendaKeepsToTheDigest(t *testing.T) {
	w, now := quietWork(t) // 2 March 2026
	w.config.Topics = []topicConfig{{Name: "eau", Words: []string{"prix de l’eau"}}}
	agendaOf(t, w, "2026-03-12", document.Public, "Prix de l’eau", "Construction de l’aréna", "Tarifs de la cantine")
	for name, tt := range map[string]struct {
		digest digestConfig
		want   string
	}{
		"Topics": {digestConfig{Topics: []string{"eau"}}, "Prix de l’eau+0 "},
		"Items":  {digestConfig{Items: 2}, "Prix de l’eau+1 Construction de l’aréna+1 Tarifs de la cantine+0 "},
	} {
		t.Run(name, func(t *testing.T) {
			d := tt.digest
			d.Name, d.Session, d.Recipients = name, "before", []string{"a@b.example"}
			got := ""
			for range 3 {
				list, err := w.issues(t.Context(), d, runName(*now))
				if err != nil {
					t.Fatal(err)
				}
				for _, issue := range list {
					for _, p := range issue.Letter.Agenda {
						got += fmt.Sprintf("%s+%d ", p.Title, issue.Letter.More)
					}
				}
				if _, err := w.queue(t.Context(), d, runName(*now)); err != nil {
					t.Fatal(err)
				}
				*now = now.Add(time.Hour)
			}
			if got != tt.want {
				t.Errorf("told %q, want %q", got, tt.want)
			}
		})
	}
}

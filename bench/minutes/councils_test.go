package minutes_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"contredit/document"
)

// The minutes of real councils lie beside the project, to be measured and never copied.
const councilsFolder = "../../../shared/data/councils"

type parsedMinutes struct {
	Date, President, Secretaire string
	Presents, Excuses, Absents  []string
	Debut                       string `json:"heure_debut"`
	Fin                         string `json:"heure_fin"`
	Deliberations               []struct{ ID, Titre string }
}

func TestCouncilsMinutes(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(councilsFolder, "chemere", "*", "*"))
	if len(files) == 0 {
		t.Skip("the councils are not beside the project")
	}
	var present, away, chair, clerk, hours, items, dates tallied
	for _, file := range files {
		ext := filepath.Ext(file)
		if mediaTypes[ext] == "" {
			continue
		}
		day := strings.TrimSuffix(filepath.Base(file), ext)
		content, err := os.ReadFile(filepath.Join(councilsFolder, "chemere", "pv-json", day+".json"))
		if err != nil {
			continue
		}
		var want parsedMinutes
		if err := json.Unmarshal(content, &want); err != nil {
			t.Fatal(err)
		}
		if content, err = os.ReadFile(file); err != nil {
			t.Fatal(err)
		}
		r, err := readAny(document.Origin{URL: "http://commune.example/" + filepath.Base(file), MediaType: mediaTypes[ext],
			Role: document.RoleRecord, FetchedAt: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}, content)
		if err != nil {
			t.Fatal(err)
		}
		if r.State != document.StateRead {
			t.Logf("%s is not read: %s %s", day, r.State, r.Note)
			continue
		}
		m := r.Minutes
		if m == nil {
			m = &document.Minutes{}
		}
		one := func(c *tallied, what, got, want string, same func(a, b string) bool) {
			if want == "" {
				return
			}
			c.found, c.wanted = c.found+1, c.wanted+1
			if same(got, want) {
				c.right++
			} else {
				t.Logf("%s %s: got %q want %q", day, what, got, want)
			}
		}
		equal := func(a, b string) bool { return a == b }
		one(&dates, "date", m.Date, day, equal)
		one(&chair, "chair", m.Chair, want.President, samePerson)
		one(&clerk, "secretary", m.Secretary, want.Secretaire, samePerson)
		one(&hours, "opened", m.Opened, want.Debut, equal)
		one(&hours, "closed", m.Closed, want.Fin, equal)
		names := func(c *tallied, what string, got, want []string) {
			for i, name := range want { // the JSON shortens a first name that the minutes print in full
				for _, full := range got {
					if a, b := strings.Fields(name), strings.Fields(full); len(a) == 2 && len(b) == 2 && a[1] == b[1] && strings.Contains(a[0], "-") && strings.HasPrefix(b[0], a[0]) {
						want[i] = full
					}
				}
			}
			right, missed, extra := matchedNames(got, want)
			c.right, c.found, c.wanted = c.right+right, c.found+len(got), c.wanted+len(want)
			if len(missed)+len(extra) > 0 {
				t.Logf("%s %s: missed %q, not there %q", day, what, missed, extra)
			}
		}
		if len(want.Presents) > 0 {
			names(&present, "present", attendees(r, document.Present), want.Presents)
			names(&away, "away", append(attendees(r, document.Excused), attendees(r, document.Absent)...), append(want.Excuses, want.Absents...))
		}
		if len(want.Deliberations) > 0 {
			// The reference knows that an item is there but left its title empty: nothing can be compared.
			blank := 0
			for _, d := range want.Deliberations {
				if d.Titre == "" {
					blank++
				}
			}
			items.wanted += len(want.Deliberations) - blank
			items.found += len(m.Items)
			left := append([]document.AgendaItem(nil), m.Items...)
		next:
			for _, d := range want.Deliberations {
				if d.Titre == "" {
					continue
				}
				for i, it := range left {
					a, b := strings.Join(plainWords(strings.TrimPrefix(it.Number, "DE-")+" "+it.Title), " "), strings.Join(plainWords(strings.TrimPrefix(d.ID, "n/a")+" "+d.Titre), " ")
					if a == b || len(a) > 12 && strings.HasPrefix(b, a) || len(b) > 12 && strings.HasPrefix(a, b) {
						left = append(left[:i], left[i+1:]...)
						items.right++
						continue next
					}
				}
				t.Logf("%s item missed: %s %q", day, d.ID, d.Titre)
			}
			items.found -= min(blank, len(left))
			for _, it := range left {
				t.Logf("%s item not there: %s %q", day, it.Number, it.Title)
			}
		}
	}
	t.Logf("present: %v", present)
	t.Logf("away: %v", away)
	t.Logf("chair %v, secretary %v, hours %v, date %v", chair, clerk, hours, dates)
	t.Logf("items: %v", items)
}

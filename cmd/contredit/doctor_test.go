package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"contredit/document"
	"contredit/store"
)

// TestDoctorAsksRobots names the source that a site closes, and makes no database for it.
func TestDoctorAsksRobots(t *testing.T) {
	var pages int
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			pages++
		}
		fmt.Fprint(w, "User-agent: *\nDisallow: /ferme/\n")
	}))
	defer site.Close()
	dir := t.TempDir()
	c := parsed(t, dir, "[crawler]\nallow_loopback = true\n"+sourceText("Ouverte", site.URL+"/seances/")+sourceText("Fermée", site.URL+"/ferme/")+
		sourceText("Muette", "http://127.0.0.1:1/"))
	found, err := examineRobots(context.Background(), c)
	if err != nil || len(found) != 3 {
		t.Fatalf("found = %+v, %v", found, err)
	}
	if open := found[0]; open.bad != "" {
		t.Errorf("open site: %+v", open)
	}
	if shut := found[1]; shut.bad == "" || shut.warn || !strings.Contains(shut.bad, "/ferme/") || shut.mend == "" {
		t.Errorf("closed site: %+v; want a failure that names the address and what to do", shut)
	}
	if silent := found[2]; silent.bad == "" || !silent.warn {
		t.Errorf("silent site: %+v; want a warning", silent)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) > 0 || pages > 0 {
		t.Errorf("files made: %v, %v; pages asked: %d; want none", files, err, pages)
	}
}

// TestDoctorSeesAWrongClock compares the clock with the dates that sites gave.
func TestDoctorSeesAWrongClock(t *testing.T) {
	now := time.Now().UTC().Truncate(time.Second)
	for name, test := range map[string]struct {
		fetched time.Time
		ahead   time.Duration // of our clock
		cached  bool
		want    string // in what is found
	}{
		"right":           {now.Add(-time.Hour), 2 * time.Second, false, ""},
		"ahead":           {now.Add(-time.Hour), 3 * time.Hour, false, "avançait de 3h0m0s"},
		"late":            {now.Add(-time.Hour), -48 * time.Hour, false, "retardait de 48h0m0s"},
		"long ago":        {now.AddDate(0, 0, -30), 3 * time.Hour, false, ""},
		"from a cache":    {now.Add(-time.Hour), 3 * time.Hour, true, ""},
		"since gone back": {now.Add(24 * time.Hour), 0, false, "datée de l’avenir"},
	} {
		t.Run(name, func(t *testing.T) {
			db, err := store.Open(context.Background(), filepath.Join(t.TempDir(), "contredit.db"))
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			for i := range 5 {
				url := fmt.Sprintf("https://ville.example/%d", i)
				header := http.Header{"Date": {test.fetched.Add(-test.ahead).Format(http.TimeFormat)}}
				if test.cached {
					header.Set("Age", "10800")
				}
				if i == 4 {
					header.Set("Date", "Mon, 01 Jan 1990 00:00:00 GMT") // one site is always wrong
				}
				snap := document.Snapshot{URL: url, FinalURL: url, MediaType: "text/html", Status: http.StatusOK, Header: header,
					SHA256: fmt.Sprint(i), Content: []byte(url), FetchedAt: test.fetched}
				if _, err := db.SaveSnapshot(context.Background(), document.Document{URL: url, Source: "S", Role: document.RoleRecord}, "", snap); err != nil {
					t.Fatal(err)
				}
			}
			seen, err := db.ClockSeen(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			f := examineClock(seen, now)
			if test.want == "" && f.bad != "" && !f.warn || !strings.Contains(f.bad, test.want) || f.bad != "" && f.mend == "" {
				t.Errorf("found %+v of %+v, want %q", f, seen, test.want)
			}
		})
	}
}

// sourceText is one [[source]] of a listing.
func sourceText(name, start string) string {
	return fmt.Sprintf("[[source]]\nname = %q\nrole = \"record\"\nbody = \"B\"\nform = \"listing\"\nstart = [%q]\n", name, start)
}

// parsed is the configuration of a folder, which stays empty.
func parsed(t *testing.T, dir, text string) *config {
	t.Helper()
	c, err := parseConfig(filepath.Join(dir, "contredit.toml"), []byte("[instance]\ncontact = \"mailto:a@section.example\"\n"+text))
	if err != nil {
		t.Fatal(err)
	}
	c.Instance.Database = c.resolve(c.Instance.Database)
	return c
}

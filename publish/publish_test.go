package publish_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/mmcdole/gofeed/atom"

	"contredit/claims"
	"contredit/document"
	"contredit/evidence"
	"contredit/publish"
)

const (
	said    = "Nous avons travaillé en co-construction avec les organisations syndicales."
	written = "Le point est présenté pour information. Aucune organisation n’a été consultée."
)

func spanOf(text, words string) claims.Span {
	i := strings.Index(text, words)
	return claims.Span{Start: i, End: i + len(words)}
}

func pair(n int) evidence.Pair {
	c := claims.Claim{ID: fmt.Sprintf("c%d", n), URL: fmt.Sprintf("https://region.exemple/discours/%d", n), Span: claims.Span{End: len(said)}, Quote: said, Speaker: "Odile Tranchant",
		Function: "vice-présidente chargée du numérique", Date: "2026-01-14", Topic: fmt.Sprintf("Dialogue social %d", n), Visibility: document.Public, Locator: document.Locator{Timed: true, At: 724},
		Before: "Mesdames, messieurs."}
	e := claims.Evidence{URL: fmt.Sprintf("https://region.exemple/pv/%d.pdf", n), Title: "Procès-verbal du CST", Body: "CST", Date: "2026-02-03", Quote: written, Span: claims.Span{End: len(written)},
		Visibility: document.Public, Locator: document.Locator{Page: 3}, After: "La séance est levée."}
	return evidence.Pair{
		Link: claims.Link{ID: fmt.Sprintf("%016x", n), Claim: c, Kind: claims.KindScope, Visibility: document.Public, Evidence: []claims.Evidence{e}, Calibration: "initiale", Score: .8,
			Reasons: []claims.Reason{{Rule: "PARTICIPATION-1", Kind: claims.KindScope, ClaimSpan: spanOf(said, "co-construction"), EvidenceSpan: spanOf(written, "pour information"),
				Text: "La déclaration dit « co-construction » ; le procès-verbal dit « pour information », deux degrés plus bas."}}},
		Status: claims.StatusPublished, Found: "2026-02-10T08:00:00Z", Decided: fmt.Sprintf("2026-02-12T09:30:%02dZ", n%60), Title: "Discours du 14 janvier", Body: "Région Exemple",
		Captures: map[string]evidence.Capture{c.URL: {SHA256: strings.Repeat("0a", 32), FetchedAt: "2026-02-09T06:00:00Z"}},
	}
}

func site(pairs ...evidence.Pair) publish.Site {
	return publish.Site{
		Publisher: evidence.Publisher{Name: "Veille Exemple", URL: "https://veille.exemple/", Base: "https://veille.exemple/paires/"}, MadeAt: "2026-03-02T08:00:00Z",
		Contact: "nous@veille.exemple", UserAgent: "contredit/1 (+https://veille.exemple)", Version: "essai", Pairs: pairs,
		Rules:   []publish.Rule{{ID: "PARTICIPATION-1", Kind: claims.KindScope, Fired: 12, Confirmed: 7, Nuance: 1, Rejected: 2}, {ID: "VOTE-1", Kind: claims.KindVote, Fired: 3}},
		Sources: []publish.Source{{Name: "Région – presse", URL: "https://region.exemple/presse", Body: "Région Exemple", Delay: "5 s au moins"}},
		Head:    evidence.JournalEntry{Number: 41, Hash: strings.Repeat("ab", 32)},
	}
}

func mustWrite(t *testing.T, s publish.Site, dir string) {
	t.Helper()
	if err := s.Write(dir); err != nil {
		t.Fatal(err)
	}
}

func mustPage(t *testing.T, dir, name string) *goquery.Document {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	page, err := goquery.NewDocumentFromReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// full is a pair with a reply, a correction and an earlier wording.
func full(n int) evidence.Pair {
	p := pair(n)
	p.Replies = []evidence.Note{{At: "2026-02-20T10:00:00Z", Text: "La concertation a eu lieu <avant>."}}
	p.Corrections = []evidence.Note{{At: "2026-02-21T10:00:00Z", Text: "La page citée est la 3."}}
	p.Earlier = []evidence.Wording{{From: "2026-02-12T10:00:00Z", Until: "2026-02-21T10:00:00Z", Lines: []string{"ancien texte de la paire"}}}
	return p
}

func TestWrite(t *testing.T) {
	t.Run("CarriesClaimReviewInThePage", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "site")
		p := full(1)
		p.Link.Claim.Quote = "</script><script>alert(1)</script>"
		p.Link.Reasons = nil
		mustWrite(t, site(p), dir)
		page := mustPage(t, dir, "paires/0000000000000001/index.html")
		if n := page.Find("script").Length(); n != 1 {
			t.Errorf("%d scripts, want the JSON-LD alone", n)
		}
		var review map[string]any
		if err := json.Unmarshal([]byte(page.Find(`script[type="application/ld+json"]`).Text()), &review); err != nil {
			t.Fatal(err)
		}
		if review["@type"] != "ClaimReview" || review["claimReviewed"] != p.Link.Claim.Quote || review["url"] != "https://veille.exemple/paires/paires/0000000000000001/" {
			t.Errorf("review = %v", review)
		}
	})
	t.Run("ShowsReplyCorrectionAndOldText", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "site")
		mustWrite(t, site(full(1), pair(2)), dir)
		for name, want := range map[string][]string{
			"paires/0000000000000001/index.html": {"La concertation a eu lieu <avant>.", "Rectification du 21 février 2026", "La page citée est la 3.", "ancien texte de la paire"},
			"rectifications/index.html":          {"La concertation a eu lieu <avant>.", "La page citée est la 3.", "Modifiée le 21 février 2026"},
			"index.html":                         {"avec réponse", "rectifiée", "Dialogue social 2"},
			"methodes/index.html":                {"PARTICIPATION-1", "7 sur 10", "portée", "pas encore mesurée", "Le document cité dit une autre portée"},
			"sources/index.html":                 {"https://region.exemple/presse", "contredit/1", "robots.txt"},
		} {
			text := mustPage(t, dir, name).Text()
			for _, w := range want {
				if !strings.Contains(text, w) {
					t.Errorf("%s lacks %q", name, w)
				}
			}
		}
		if marks := mustPage(t, dir, "paires/0000000000000001/index.html").Find("mark").Text(); marks != "co-constructionpour information" {
			t.Errorf("marked: %q", marks)
		}
	})
	t.Run("LinksLeadSomewhere", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "site")
		mustWrite(t, site(full(1), pair(2)), dir)
		for _, name := range []string{"index.html", "paires/0000000000000001/index.html", "methodes/index.html", "sources/index.html", "rectifications/index.html"} {
			mustPage(t, dir, name).Find("[href], [src]").Each(func(_ int, s *goquery.Selection) {
				to := s.AttrOr("href", s.AttrOr("src", ""))
				if strings.Contains(to, "//") || strings.HasPrefix(to, "#") {
					return
				}
				if _, err := os.Stat(filepath.Join(dir, filepath.Dir(name), to)); err != nil {
					t.Errorf("%s leads to %s: %v", name, to, err)
				}
			})
		}
	})
	t.Run("HasThePageThatVerifiesDossiers", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "site")
		mustWrite(t, site(full(1)), dir)
		if n := mustPage(t, dir, "methodes/index.html").Find(`a[href="../verifier.html"]`).Length(); n != 1 {
			t.Errorf("%d links to it", n)
		}
		if got := mustPage(t, dir, "verifier.html").Find("input[type=file]").Length(); got != 1 {
			t.Errorf("it has %d fields for a dossier", got)
		}
	})
	t.Run("FeedIsRead", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "site")
		s := site(full(1), pair(2))
		s.Withdrawn = []publish.Withdrawn{{ID: "00000000000000ff", At: "2026-03-01T08:00:00Z"}}
		mustWrite(t, s, dir)
		file, err := os.Open(filepath.Join(dir, "atom.xml"))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		feed, err := new(atom.Parser).Parse(file)
		if err != nil || len(feed.Entries) != 3 || feed.Updated != "2026-03-01T08:00:00Z" {
			t.Errorf("feed = %v (%v)", feed, err)
		}
	})
	t.Run("TakesOffWhatIsNoLongerPublished", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "site")
		mustWrite(t, site(pair(1), pair(2)), dir)
		s := site(pair(1))
		s.Withdrawn = []publish.Withdrawn{{ID: pair(2).Link.ID, At: "2026-03-01T08:00:00Z", Corrections: []evidence.Note{{At: "2026-03-01T08:00:00Z", Text: "Nous avions mal lu."}}}}
		mustWrite(t, s, dir)
		text := mustPage(t, dir, "paires/0000000000000002/index.html").Text()
		if strings.Contains(text, "co-construction") || !strings.Contains(text, "Nous avions mal lu.") {
			t.Errorf("the page of a pair that was taken back: %s", text)
		}
		mustWrite(t, site(pair(1)), dir)
		if _, err := os.Stat(filepath.Join(dir, "paires/0000000000000002/index.html")); err == nil {
			t.Error("a page that is no longer part of the site is still there")
		}
	})
	t.Run("RefusesAForeignFolderAndWhatIsNotPublished", func(t *testing.T) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "autre.txt"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := site(pair(1)).Write(dir); !errors.Is(err, publish.ErrForeignFolder) {
			t.Errorf("a foreign folder gives %v", err)
		}
		for name, change := range map[string]func(*evidence.Pair){
			"confirmed": func(p *evidence.Pair) { p.Status = claims.StatusConfirmed },
			"private":   func(p *evidence.Pair) { p.Link.Evidence[0].Visibility = document.Private },
		} {
			p := pair(1)
			change(&p)
			if err := site(p).Write(filepath.Join(t.TempDir(), "site")); err == nil {
				t.Errorf("%s: it was published", name)
			}
		}
	})
}

func digestOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func unzipped(t *testing.T, archive []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if all[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return all
}

package review_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"contredit/claims"
	"contredit/review"
	"contredit/store"
)

var feedAddress = regexp.MustCompile(`<code>http://[^/]+(/flux/[^<]+)</code>`)

func TestSavedViewIsFollowedAsAFeed(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Reviewer = "Ada Fictive" })
	open := addPair(t, h.db, plain(1))
	hidden := plain(2)
	hidden.private = true
	private := addPair(t, h.db, hidden)
	h.post("/", "/vues", url.Values{"name": {"Tout <b>"}, "query": {"etat=tous"}})
	views, err := h.db.Views(t.Context(), "Ada Fictive")
	if err != nil || len(views) != 1 {
		t.Fatalf("%d views, %v", len(views), err)
	}
	make := func() string {
		page := body(t, h.post("/reglages", "/vues/"+itoa(views[0].ID)+"/flux", url.Values{}))
		m := feedAddress.FindStringSubmatch(page)
		if m == nil {
			t.Fatalf("no address on the page:\n%s", page)
		}
		return m[1]
	}
	address := make()
	stranger := &house{tb: t, db: h.db, handler: h.handler, cookies: map[string]string{}, host: h.host}
	status, text := stranger.get(address)
	feed, err := gofeed.NewParser().ParseString(text)
	if status != http.StatusOK || err != nil || len(feed.Items) != 1 {
		t.Fatalf("status %d, %v\n%s", status, err, text)
	}
	if item := feed.Items[0]; item.GUID != "urn:contredit:pair:"+open || !strings.HasSuffix(item.Link, "/paires/"+open) || item.UpdatedParsed == nil {
		t.Errorf("entry %+v", item)
	}
	if !strings.HasSuffix(feed.Title, "Tout <b>") || strings.Contains(text, private) || strings.Contains(text, "<b>") {
		t.Errorf("feed %q: %s", feed.Title, text)
	}
	if _, again := stranger.get(address); again != text {
		t.Error("the feed differs when nothing happened")
	}
	renewed := make()
	if status, _ := stranger.get(address); status != http.StatusNotFound {
		t.Errorf("the old address answers %d after a new one was made", status)
	}
	if status, _ := stranger.get(renewed); status != http.StatusOK {
		t.Errorf("the new address answers %d", status)
	}
	h.post("/reglages", "/vues/"+itoa(views[0].ID)+"/flux", url.Values{"off": {"1"}})
	if status, _ := stranger.get(renewed); status != http.StatusNotFound {
		t.Errorf("the feed answers %d after it was ended", status)
	}
	if res := h.post("/reglages", "/vues/999/flux", url.Values{}); res.StatusCode != http.StatusNotFound {
		t.Errorf("a view that is nobody's: status %d", res.StatusCode)
	}
}

// TestFeedEntryMovesWithItsPair holds that a feed reader learns of a verdict, a reply and a correction: its
// entry and the feed are as new as the last of them, and what is nobody's business outside moves nothing.
func TestFeedEntryMovesWithItsPair(t *testing.T) {
	h := mustHouse(t, func(c *review.Config) { c.Reviewer = "Ada Fictive" })
	pair := addPair(t, h.db, plain(1))
	addPair(t, h.db, plain(2))
	h.post("/", "/vues", url.Values{"name": {"Tout"}, "query": {"status=all"}})
	views, err := h.db.Views(t.Context(), "Ada Fictive")
	if err != nil || len(views) != 1 {
		t.Fatalf("%d views, %v", len(views), err)
	}
	address := feedAddress.FindStringSubmatch(body(t, h.post("/reglages", "/vues/"+itoa(views[0].ID)+"/flux", url.Values{})))
	moment := time.Date(2031, 5, 1, 12, 0, 0, 0, time.UTC)
	remark := func(kind string) func() error {
		return func() error {
			return h.db.SaveRemarks(t.Context(), []string{pair}, store.Remark{Reviewer: "Ada Fictive", Kind: kind, Text: "Texte."})
		}
	}
	for _, step := range []struct {
		name  string
		act   func() error
		moves bool
	}{
		{"Verdict", func() error {
			_, err := h.db.SaveVerdict(t.Context(), claims.Verdict{Link: pair, Reviewer: "Ada Fictive", Decision: claims.StatusConfirmed, At: moment.Format(time.RFC3339)})
			return err
		}, true},
		{"Note", remark(store.RemarkNote), false},
		{"Reply", remark(store.RemarkReply), true},
		{"Correction", remark(store.RemarkCorrection), true},
	} {
		moment = moment.Add(time.Hour)
		h.db.Now = func() time.Time { return moment }
		if err := step.act(); err != nil {
			t.Fatal(err)
		}
		_, text := h.get(address[1])
		feed, err := gofeed.NewParser().ParseString(text)
		if err != nil || len(feed.Items) != 2 || feed.UpdatedParsed == nil {
			t.Fatalf("%v\n%s", err, text)
		}
		for _, item := range feed.Items {
			is := strings.HasSuffix(item.GUID, pair) && step.moves
			if got := item.UpdatedParsed.Equal(moment); got != is {
				t.Errorf("%s: %s updated %s, at the change: %v, want %v", step.name, item.GUID, item.Updated, got, is)
			}
		}
		if feed.UpdatedParsed.Equal(moment) != step.moves {
			t.Errorf("%s: the feed is of %s", step.name, feed.Updated)
		}
	}
}

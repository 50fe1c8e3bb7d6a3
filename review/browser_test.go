package review_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"contredit/claims"
	"contredit/digest"
	"contredit/review"
	"contredit/store"
)

const browserPassword = "cinq mots pris au hasard"

// mustBrowser opens a browser of the system, with a profile of its own; without one the test skips.
func mustBrowser(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed (apt-get install chromium): the pages are not tried in a browser")
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.Flag("headless", true), chromedp.Flag("lang", "fr")}
	for _, flag := range []string{"no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync",
		"disable-dev-shm-usage", "force-color-profile=srgb"} {
		name, value, ok := strings.Cut(flag, "=")
		if ok {
			options = append(options, chromedp.Flag(name, value))
		} else {
			options = append(options, chromedp.Flag(name, true))
		}
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		// The browser is told to end, so that its profile can be removed.
		if err := chromedp.Cancel(ctx); err != nil {
			t.Log("end the browser:", err)
		}
		cancel()
		stop()
	})
	return ctx
}

// openHouse serves a house with accounts on loopback; pairs are so many pairs.
func openHouse(t *testing.T, pairs int) (db *store.DB, ids []string, address string) {
	t.Helper()
	db = mustDB(t)
	db.Now = time.Now // the browser's cookies end by its clock
	hash, err := review.HashPassword(browserPassword)
	if err != nil {
		t.Fatal(err)
	}
	for name, role := range map[string]string{"Ada Fictive": "admin", "Bea Fictive": "publisher"} {
		if err := db.SaveReviewer(t.Context(), store.Reviewer{Name: name, Role: role, Password: hash}); err != nil {
			t.Fatal(err)
		}
	}
	for n := range pairs {
		p := plain(n + 1)
		if n%10 == 9 {
			p.kind = claims.KindAbsence
		}
		ids = append(ids, addPair(t, db, p))
	}
	handler, err := review.New(t.Context(), review.Config{DB: db, Title: "Veille Exemple", Accounts: true, AnswerKey: mailKey, TwoPeople: true, Public: true, Languages: []string{"fr", "en"},
		Contact: "nous@veille.exemple", Sources: []review.Source{{Name: "Région Exemple", URL: "https://region.exemple/"}},
		Bodies: []review.Body{{Name: "CST", Sittings: []string{"2025-06-10"}}}})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return db, ids, server.URL
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// press sends a key that leads to another page, and waits for that page.
func press(t *testing.T, ctx context.Context, keys ...string) {
	t.Helper()
	var steps []chromedp.Action[chromedp.Void]
	for _, k := range keys {
		steps = append(steps, chromedp.KeyEvent(k))
	}
	if _, err := chromedp.RunResponse(ctx, steps...); err != nil {
		t.Fatalf("press %v: %v", keys, err)
	}
}

func signInAs(t *testing.T, ctx context.Context, address, name string) {
	t.Helper()
	do(t, ctx, chromedp.Navigate(address+"/connexion"), chromedp.SendKeys(chromedp.CSS("input[name=name]"), name),
		chromedp.SendKeys(chromedp.CSS("input[name=password]"), browserPassword))
	press(t, ctx, "\r")
}

func where(t *testing.T, ctx context.Context) string {
	t.Helper()
	at, err := chromedp.Run(ctx, chromedp.Location())
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func mustStatus(t *testing.T, db *store.DB, id string, want claims.Decision) {
	t.Helper()
	l, err := db.Link(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if l.Status != want {
		t.Errorf("%s is %s, want %s", id, l.Status, want)
	}
}

func TestBrowserTriage(t *testing.T) {
	t.Parallel()
	ctx := mustBrowser(t)
	db, ids, address := openHouse(t, 50)
	signInAs(t, ctx, address, "Ada Fictive")
	if at := where(t, ctx); at != address+"/" {
		t.Fatalf("signed in, and at %s", at)
	}
	// The queue is by score, and scores fall with the number of the pair.
	acts := []struct {
		keys []string
		want claims.Decision
	}{
		{[]string{"c"}, claims.StatusConfirmed}, {[]string{"r", "1"}, claims.StatusRejected}, {[]string{"n"}, claims.StatusNuance},
		{[]string{"r", "4"}, claims.StatusRejected}, {[]string{"i"}, claims.StatusUndecidable},
	}
	do(t, ctx, chromedp.KeyEvent("j"))
	for i, id := range ids {
		act := acts[i%len(acts)]
		press(t, ctx, act.keys...)
		mustStatus(t, db, id, act.want)
		if t.Failed() {
			t.Fatalf("pair %d of %d", i+1, len(ids))
		}
	}
	t.Run("Undoes", func(t *testing.T) {
		press(t, ctx, "u")
		mustStatus(t, db, ids[49], claims.StatusNew)
	})
	t.Run("DecidesWhatIsTicked", func(t *testing.T) {
		do(t, ctx, chromedp.Navigate(address+"/?status=rejected"), chromedp.KeyEvent("j"), chromedp.KeyEvent("x"), chromedp.KeyEvent("j"), chromedp.KeyEvent("x"), chromedp.KeyEvent("j"))
		press(t, ctx, "C") // with caps lock on
		mustStatus(t, db, ids[1], claims.StatusConfirmed)
		mustStatus(t, db, ids[3], claims.StatusConfirmed)
		mustStatus(t, db, ids[6], claims.StatusRejected)
		press(t, ctx, "u")
		mustStatus(t, db, ids[1], claims.StatusRejected)
	})
	t.Run("SaysWhyAKeyDidNothing", func(t *testing.T) {
		do(t, ctx, chromedp.Navigate(address+"/?status=all"), chromedp.KeyEvent("u"))
		told, err := chromedp.Run(ctx, chromedp.Evaluate[string]("document.querySelector('#said').textContent"))
		if err != nil || told == "" {
			t.Errorf("u with nothing to take back says %q (%v)", told, err)
		}
	})
	t.Run("ComesBackToTheCard", func(t *testing.T) {
		do(t, ctx, chromedp.Navigate(address+"/?status=all"), chromedp.KeyEvent("j"), chromedp.KeyEvent("j"), chromedp.KeyEvent("j"))
		press(t, ctx, "o")
		do(t, ctx, chromedp.Navigate(address+"/?status=all"), chromedp.KeyEvent("j"))
		chosen, err := chromedp.Run(ctx, chromedp.Evaluate[int]("[...document.querySelectorAll('[data-card]')].findIndex((c) => c.classList.contains('chosen'))"))
		if err != nil || chosen != 3 {
			t.Errorf("after coming back j chooses card %d (%v), want the one after the third", chosen, err)
		}
	})
	t.Run("Filters", func(t *testing.T) {
		do(t, ctx, chromedp.Navigate(address+"/?status=confirmed"), chromedp.SetValue(chromedp.CSS("select[name=kind]"), "scope"))
		if _, err := chromedp.RunResponse(ctx, chromedp.Submit(chromedp.CSS("form[action='/']"))); err != nil {
			t.Fatal(err)
		}
		cards, err := chromedp.Run(ctx, chromedp.Evaluate[int]("document.querySelectorAll('[data-card]').length"))
		if err != nil || cards != 10 || !strings.Contains(where(t, ctx), "kind=scope") {
			t.Errorf("%d cards at %s (%v), want the 10 that were confirmed", cards, where(t, ctx), err)
		}
	})
	t.Run("PublishesWithTwoPeople", func(t *testing.T) {
		do(t, ctx, chromedp.Navigate(address+"/paires/"+ids[0]))
		offered, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("Boolean(document.querySelector('[data-key=p]'))"))
		if err != nil || offered {
			t.Errorf("who confirmed is offered to publish (%v, at %s)", err, where(t, ctx))
		}
		signOut(t, ctx)
		signInAs(t, ctx, address, "Bea Fictive")
		do(t, ctx, chromedp.Navigate(address+"/paires/"+ids[0]))
		press(t, ctx, "p")
		mustStatus(t, db, ids[0], claims.StatusPublished)
		signOut(t, ctx)
		do(t, ctx, chromedp.Navigate(address+"/reglages"))
		if at := where(t, ctx); !strings.Contains(at, "/connexion") {
			t.Errorf("signed out, and at %s", at)
		}
		res, err := http.Get(address + "/paires/" + ids[0])
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		if res.StatusCode != http.StatusOK {
			t.Errorf("what was published: %d", res.StatusCode)
		}
	})
}

func signOut(t *testing.T, ctx context.Context) {
	t.Helper()
	if _, err := chromedp.RunResponse(ctx, chromedp.Submit(chromedp.CSS("form[action='/deconnexion']"))); err != nil {
		t.Fatal(err)
	}
}

// theme makes the browser prefer light or dark, as people's systems do.
func theme(name string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		return chromedp.Void{}, target.Call(ctx, "Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": name}}}, nil)
	}
}

// width makes the window so many pixels wide.
func width(pixels int) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		return chromedp.Void{}, target.Call(ctx, "Emulation.setDeviceMetricsOverride", map[string]any{"width": pixels, "height": 800, "deviceScaleFactor": 1, "mobile": false}, nil)
	}
}

const axeRun = `axe.run(document, {resultTypes: ["violations"]}).then((r) => JSON.stringify(r.violations.map((v) =>
	v.id + ": " + v.help + " — " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + " " + (n.any[0] ? n.any[0].message : "")).join(" | "))))`

func TestBrowserAccessibility(t *testing.T) {
	axe, err := os.ReadFile(filepath.Join("..", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Skip("axe-core is not installed (npm install --no-save axe-core@4.14.1): the pages are not checked by it")
	}
	t.Parallel()
	ctx := mustBrowser(t)
	db, ids, address := openHouse(t, 12)
	decided := []string{ids[1], ids[2]}
	verdicts, err := db.Decide(t.Context(), store.Act{Links: decided, Reviewer: "Ada Fictive", Decision: claims.StatusConfirmed, Seen: -1})
	if err != nil {
		t.Fatal(err)
	}
	signInAs(t, ctx, address, "Ada Fictive")
	paths := append(pagePaths(ids[0]), "/connexion", "/nulle-part", "/paires/"+ids[9], fmt.Sprintf("/?status=all&done=%s.%d", decided[0], verdicts[0].ID),
		ticketTo(digest.AnswerWrong, ids[0], time.Now().Add(time.Hour)), ticketTo(digest.AnswerStop, "", time.Now().Add(time.Hour)), ticketTo(digest.AnswerStop, "", time.Time{}))
	for _, path := range paths {
		do(t, ctx, theme("light"), chromedp.Navigate(address+path))
		if err := chromedp.Do(ctx, runScript(string(axe))); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"light", "dark"} {
			do(t, ctx, theme(name))
			text, err := chromedp.Run(ctx, chromedp.Evaluate[string](axeRun, chromedp.EvalAwaitPromise))
			if err != nil {
				t.Fatalf("axe on %s: %v", path, err)
			}
			var found []string
			if err := json.Unmarshal([]byte(text), &found); err != nil {
				t.Fatal(err)
			}
			for _, f := range found {
				t.Errorf("%s (%s): %s", path, name, f)
			}
		}
		do(t, ctx, width(320))
		wide, err := chromedp.Run(ctx, chromedp.Evaluate[string](`[document.documentElement.scrollWidth - document.documentElement.clientWidth, ...[...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > 321 && !e.closest(".scroll, .hide, .skip, details:not([open])")).slice(0, 3).map((e) => e.outerHTML.slice(0, 120))].join(" ")`))
		if err != nil || wide != "0" {
			t.Errorf("%s on 320 pixels (WCAG 2.2, 1.4.10): too wide by %s (%v)", path, wide, err)
		}
		do(t, ctx, width(1200))
		strange, err := chromedp.Run(ctx, chromedp.Evaluate[string](`performance.getEntriesByType("resource").map((e) => e.name).filter((n) => !n.startsWith(location.origin)).join(" ")`))
		if err != nil || strange != "" {
			t.Errorf("%s asks other sites for %s (%v)", path, strange, err)
		}
	}
}

// runScript evaluates a script whose value nobody wants.
func runScript(source string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Evaluate[bool](source+";true")(ctx, target)
		return chromedp.Void{}, err
	}
}

// The browser's way without its scripts: links and forms, as the pages have them.
func TestWithoutScript(t *testing.T) {
	h := mustHouse(t, nil)
	a, b := addPair(t, h.db, plain(1)), addPair(t, h.db, plain(2))
	page := ""
	follow := func(from, action string, form url.Values) {
		t.Helper()
		_, page = h.get(from)
		if !strings.Contains(page, `action="`+action) {
			t.Fatalf("%s has no form for %s", from, action)
		}
		res := h.post(from, action, form)
		if res.StatusCode != http.StatusSeeOther {
			t.Fatalf("%s: status %d", action, res.StatusCode)
		}
		_, page = h.get(res.Header.Get("Location"))
	}
	follow("/", "/paires/"+a+"/verdict", url.Values{"act": {"rejected:other_subject"}, "back": {"/"}})
	wantAll(t, page, "rejeté", "/paires/"+a+"/annuler")
	follow("/?status=all&done="+a+".1", "/paires/"+a+"/annuler", url.Values{"back": {"/"}})
	mustStatus(t, h.db, a, claims.StatusNew)
	follow("/paires/"+b, "/paires/"+b+"/verdict", url.Values{"act": {"confirmed"}, "note": {"vu sur place"}, "back": {"next"}})
	mustStatus(t, h.db, b, claims.StatusConfirmed)
	follow("/paires/"+b, "/paires/"+b+"/remarques", url.Values{"kind": {"tag"}, "text": {"CST"}, "back": {"/paires/" + b}})
	wantAll(t, page, "CST", "vu sur place")
	_, page = h.get("/?tag=CST&status=all")
	if strings.Count(page, "data-card") != 1 {
		t.Error("the filter by tag does not find the pair that has it")
	}
}

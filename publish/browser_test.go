package publish_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"contredit/evidence"
)

// mustBrowser opens the system's browser with a profile of its own; without one the test skips.
func mustBrowser(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed (apt-get install chromium): the site is not tried in a browser")
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir())}
	for _, flag := range []string{"headless", "no-sandbox", "disable-gpu", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync", "disable-dev-shm-usage"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Log("end the browser:", err)
		}
		cancel()
		stop()
	})
	return ctx
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

func theme(name string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		return chromedp.Void{}, target.Call(ctx, "Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": name}}}, nil)
	}
}

const axeRun = `axe.run(document, {resultTypes: ["violations"]}).then((r) => JSON.stringify(r.violations.map((v) =>
	v.id + ": " + v.help + " — " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | "))))`

// axeFaults is what axe-core finds on the page that is open.
func axeFaults(t *testing.T, ctx context.Context) []string {
	t.Helper()
	axe, err := os.ReadFile(filepath.Join("..", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Skip("axe-core is not installed (npm install --no-save axe-core@4.14.1): the pages are not checked by it")
	}
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](string(axe)+";true")); err != nil {
		t.Fatal(err)
	}
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](axeRun, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		t.Fatal(err)
	}
	return found
}

// serveSite writes a site and serves it on loopback.
func serveSite(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	p, q := full(1), pair(2)
	q.Link.Claim.Topic = "Œuvres sociales"
	mustWrite(t, site(p, q, pair(3)), dir)
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(server.Close)
	return server.URL
}

func TestBrowserSite(t *testing.T) {
	ctx := mustBrowser(t)
	address := serveSite(t)
	t.Run("SearchesWithoutServer", func(t *testing.T) {
		do(t, ctx, chromedp.Navigate(address+"/index.html"), chromedp.SendKeys(chromedp.CSS("#mots"), "oeuvres SOCIÁLES"))
		shown, err := chromedp.Run(ctx, chromedp.Evaluate[string](`Array.from(document.querySelectorAll("#paires > li:not([hidden]) h2"), (h) => h.textContent).join("|") + " " + document.getElementById("trouve").textContent`))
		if err != nil || !strings.Contains(shown, "Œuvres sociales") || strings.Contains(shown, "|") || !strings.HasSuffix(shown, "1 paire") {
			t.Errorf("found %q (%v)", shown, err)
		}
	})
	for _, path := range []string{"/index.html", "/paires/0000000000000001/", "/methodes/", "/sources/", "/rectifications/"} {
		t.Run("Accessible"+path, func(t *testing.T) {
			for _, name := range []string{"light", "dark"} {
				do(t, ctx, theme(name), chromedp.Navigate(address+path))
				for _, f := range axeFaults(t, ctx) {
					t.Errorf("%s: %s", name, f)
				}
			}
			strange, err := chromedp.Run(ctx, chromedp.Evaluate[string](`performance.getEntriesByType("resource").map((e) => e.name).filter((n) => !n.startsWith(location.origin)).join(" ")`))
			if err != nil || strange != "" {
				t.Errorf("it asks other sites for %s (%v)", strange, err)
			}
		})
	}
}

// mustDossierFile writes a dossier and its two pages beside it.
func mustDossierFile(t *testing.T, p evidence.Pair) (dir, archive string) {
	t.Helper()
	text := "Mesdames, messieurs.\n" + said
	p.Link.Claim.Span.Start, p.Link.Claim.Span.End = len(text)-len(said), len(text)
	sum := digestOf(text)
	p.Captures[p.Link.Claim.URL] = evidence.Capture{SHA256: sum, FetchedAt: "2026-02-09T06:00:00Z", Text: text}
	record := p.Link.Evidence[0]
	for i := range p.Link.Evidence {
		p.Link.Evidence[i].Span.Start, p.Link.Evidence[i].Span.End = 0, len(record.Quote)
	}
	d := evidence.Dossier{Instance: "Veille Exemple", MadeAt: "2026-03-02T08:00:00Z", Pairs: []evidence.DossierPair{{Pair: p}},
		Originals: []evidence.Original{{URL: p.Link.Claim.URL, MediaType: "text/plain", Status: 200, SHA256: sum, FetchedAt: "2026-02-09T06:00:00Z", Content: []byte(text), Text: text},
			{URL: record.URL, MediaType: "text/plain", Status: 200, SHA256: digestOf(record.Quote), FetchedAt: "2026-02-09T06:00:00Z", Content: []byte(record.Quote), Text: record.Quote}}}
	var out bytes.Buffer
	if err := evidence.WriteDossier(&out, d); err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	archive = filepath.Join(dir, "dossier.zip")
	for name, content := range unzipped(t, out.Bytes()) {
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(archive, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, archive
}

// withManyRecords is a pair whose claim so many records contradict, each with what stands around it.
func withManyRecords(p evidence.Pair, n int) evidence.Pair {
	around := strings.Repeat("Le rapporteur rappelle ce qui a été dit aux séances précédentes. ", 3)
	e := p.Link.Evidence[0]
	e.Before, e.After = around, around
	p.Link.Claim.Before, p.Link.Claim.After = around, around
	p.Link.Evidence = nil
	for range n {
		p.Link.Evidence = append(p.Link.Evidence, e)
	}
	return p
}

func printedPages(t *testing.T, ctx context.Context) int {
	t.Helper()
	var printed struct {
		Data []byte `json:"data"`
	}
	_, err := chromedp.Run(ctx, chromedp.Action[chromedp.Void](func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		return chromedp.Void{}, target.Call(ctx, "Page.printToPDF", map[string]any{"preferCSSPageSize": true}, &printed)
	}))
	if err != nil {
		t.Fatal(err)
	}
	return len(regexp.MustCompile(`/Type\s*/Page[^s]`).FindAll(printed.Data, -1))
}

func TestBrowserDossier(t *testing.T) {
	ctx := mustBrowser(t)
	dir, archive := mustDossierFile(t, full(1))
	t.Run("PrintsOnOneA4", func(t *testing.T) {
		long, _ := mustDossierFile(t, withManyRecords(full(1), 4))
		for _, dir := range []string{dir, long} {
			do(t, ctx, chromedp.Navigate("file://"+filepath.Join(dir, "dossier.html")))
			if n := printedPages(t, ctx); n != 1 {
				t.Errorf("%d pages, want one A4", n)
			}
		}
	})
	t.Run("PrintsAllOfWhatDoesNotFit", func(t *testing.T) {
		p := withManyRecords(full(1), 40)
		dir, _ := mustDossierFile(t, p)
		do(t, ctx, chromedp.Navigate("file://"+filepath.Join(dir, "dossier.html")))
		size, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.documentElement.className + " " + document.querySelectorAll("blockquote").length`))
		if n := printedPages(t, ctx); err != nil || n < 2 || !strings.HasPrefix(size, "smallest ") || size < "smallest 41" {
			t.Errorf("%d pages, type and quotes %q (%v)", n, size, err)
		}
	})
	t.Run("Accessible", func(t *testing.T) {
		for _, name := range []string{"dossier.html", "verifier.html"} {
			do(t, ctx, chromedp.Navigate("file://"+filepath.Join(dir, name)))
			for _, f := range axeFaults(t, ctx) {
				t.Errorf("%s: %s", name, f)
			}
		}
	})
	verify := func(t *testing.T, path string) (verdict, lines string) {
		t.Helper()
		do(t, ctx, chromedp.Navigate("file://"+filepath.Join(dir, "verifier.html")))
		do(t, ctx, chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{path}))
		if _, err := chromedp.Run(ctx, chromedp.Poll[bool](`/faute/.test(document.getElementById("verdict").textContent)`)); err != nil {
			t.Fatal(err)
		}
		text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.getElementById("verdict").textContent + "\n" + document.getElementById("sum").innerText + "\n" + document.getElementById("lines").innerText`))
		if err != nil {
			t.Fatal(err)
		}
		verdict, lines, _ = strings.Cut(text, "\n")
		return verdict, lines
	}
	t.Run("VerifierFindsAllInOrderOffline", func(t *testing.T) {
		content, err := os.ReadFile(archive)
		if err != nil {
			t.Fatal(err)
		}
		verdict, lines := verify(t, archive)
		if !strings.HasPrefix(verdict, "Aucune faute") || !strings.Contains(lines, "se lit à sa place") || !strings.Contains(lines, "captures.warc.gz") || strings.Contains(lines, "✕") {
			t.Errorf("verdict %q in %s", verdict, lines)
		}
		if !strings.Contains(lines, "SHA-256 de l’archive : "+digestOf(string(content))) {
			t.Errorf("the archive's own digest is not in %s", lines)
		}
	})
	t.Run("VerifierSaysThatAForgerMayReplaceIt", func(t *testing.T) {
		do(t, ctx, chromedp.Navigate("file://"+filepath.Join(dir, "verifier.html")))
		text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.body.innerText`))
		if err != nil || !strings.Contains(text, "elle-même dans l’archive qu’elle juge") {
			t.Errorf("the page says %s (%v)", text, err)
		}
	})
	t.Run("VerifierNamesAForgery", func(t *testing.T) {
		content, err := os.ReadFile(archive)
		if err != nil {
			t.Fatal(err)
		}
		for name, c := range forgeries(t, content) {
			broken := filepath.Join(dir, name+".zip")
			if err := os.WriteFile(broken, c.archive, 0o600); err != nil {
				t.Fatal(err)
			}
			verdict, lines := verify(t, broken)
			if !regexp.MustCompile(`^[1-9]\d* fautes?\.$`).MatchString(verdict) || !strings.Contains(lines, c.want) {
				t.Errorf("%s: verdict %q, want %q in %s", name, verdict, c.want, lines)
			}
			if len(evidence.VerifyDossier(c.archive).Faults) == 0 {
				t.Errorf("%s: the program finds nothing", name)
			}
		}
	})
	if dir := os.Getenv("CONTREDIT_PICTURES"); dir != "" {
		takePictures(t, ctx, serveSite(t), "file://"+filepath.Join(filepath.Dir(archive), "dossier.html"), dir)
	}
}

// takePictures is for people who want to look: CONTREDIT_PICTURES names a folder.
func takePictures(t *testing.T, ctx context.Context, address, dossier, dir string) {
	t.Helper()
	for name, at := range map[string]string{"site-paire": address + "/paires/0000000000000001/", "site-accueil": address + "/index.html", "site-methodes": address + "/methodes/", "dossier": dossier} {
		do(t, ctx, chromedp.EmulateViewport(1100, 900), theme("light"), chromedp.Navigate(at))
		picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s.png", name)), picture, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

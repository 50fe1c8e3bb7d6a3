package digest_test

import (
	"encoding/json"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"contredit/digest"
)

// measured is what a browser sees of a letter in a window of some width.
type measured struct {
	Width    int     // of the window
	Wide     int     // of what is shown in it
	Dark     bool    // the letter's background is dark
	Contrast float64 // of the least readable text with its background
	Worst    string  // that text
}

const measureScript = `
const light = c => { const [r, g, b] = c.match(/[\d.]+/g).slice(0, 3).map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 }); return .2126 * r + .7152 * g + .0722 * b }
const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\)$/.test(c)) return c } return "rgb(255, 255, 255)" }
addEventListener("load", () => {
	const found = []
	for (const frame of document.querySelectorAll("iframe")) {
		const d = frame.contentDocument, m = { Width: frame.clientWidth, Wide: d.documentElement.scrollWidth, Contrast: 21 }
		m.Dark = light(behind(d.body)) < .2
		for (const e of d.body.querySelectorAll("*")) {
			const text = [...e.childNodes].filter(n => n.nodeType == 3).map(n => n.data.trim()).join("")
			if (!text) continue
			const a = light(getComputedStyle(e).color), b = light(behind(e)), contrast = (Math.max(a, b) + .05) / (Math.min(a, b) + .05)
			if (contrast < m.Contrast) { m.Contrast = contrast; m.Worst = text }
		}
		found.push(m)
	}
	const out = document.createElement("pre")
	out.id = "measured"
	out.textContent = JSON.stringify(found)
	document.body.append(out)
})`

// look opens a letter in Chromium at 320 and 800 pixels.
func look(t *testing.T, letter string, dark bool) []measured {
	t.Helper()
	browser, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed (apt-get install chromium): the letter is not tried in a browser")
	}
	page := `<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><body><script>` + measureScript + `</script>`
	for _, width := range []string{"320", "800"} {
		page += `<iframe style="border:0;width:` + width + `px;height:900px" srcdoc="` + html.EscapeString(letter) + `"></iframe>`
	}
	path := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(path, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	scheme := "1"
	if dark {
		scheme = "0"
	}
	dom, err := exec.CommandContext(t.Context(), browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage", "--user-data-dir="+t.TempDir(),
		"--blink-settings=preferredColorScheme="+scheme, "--virtual-time-budget=10000", "--dump-dom", "file://"+path).Output()
	if err != nil {
		t.Fatalf("chromium: %v", err)
	}
	_, text, found := strings.Cut(string(dom), `<pre id="measured">`)
	text, _, ended := strings.Cut(text, "</pre>")
	if !found || !ended {
		t.Fatalf("the browser measured nothing:\n%.2000s", dom)
	}
	var all []measured
	if err := json.Unmarshal([]byte(html.UnescapeString(text)), &all); err != nil {
		t.Fatal(err)
	}
	if len(all) != 2 || all[0].Width != 320 || all[1].Width != 800 {
		t.Fatalf("measured %+v, want a letter at 320 and one at 800", all)
	}
	return all
}

// TestLetterFitsEveryScreen holds that nothing has to be pushed aside to read a letter, also with
// words longer than a telephone is wide, and that all of it is readable (WCAG 1.4.3) by day and night.
func TestLetterFitsEveryScreen(t *testing.T) {
	l := aLetter()
	l.Items[0].Said.Quote = "Voir https://www.region.example/" + strings.Repeat("anticonstitutionnellement", 8)
	l.Items[1].Subject = strings.Repeat("Hexakosioihexekontahexaphobie", 3)
	l.Agenda = []digest.Agenda{{Body: "Conseil", Day: "2026-04-02", Title: strings.Repeat("Restauration", 10), URL: "https://region.example/odj", Said: []digest.Quoted{l.Items[0].Said}}}
	mark := func(string) string { return "https://section.example/reponse" }
	_, letter := compose(t, l, digest.Links{Unsubscribe: "https://section.example/stop", Useful: mark, Wrong: mark, Mute: mark})
	for _, dark := range []bool{false, true} {
		for _, m := range look(t, letter, dark) {
			if m.Wide > m.Width {
				t.Errorf("at %d pixels the letter is %d wide", m.Width, m.Wide)
			}
			if m.Dark != dark {
				t.Errorf("at %d pixels the background is dark: %v, want %v", m.Width, m.Dark, dark)
			}
			if m.Contrast < 4.5 {
				t.Errorf("at %d pixels, dark %v: contrast %.2f of %q", m.Width, dark, m.Contrast, m.Worst)
			}
		}
	}
}

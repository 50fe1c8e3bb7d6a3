package digest_test

import (
	"bytes"
	"flag"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"contredit/digest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// aLetter has a pair of each sort.
func aLetter() digest.Letter {
	return digest.Letter{
		Digest: "Lundi", Instance: "Section Exemple", Language: "fr", Day: "2026-03-30", Pages: "https://section.example/contredit",
		Written: time.Date(2026, 3, 30, 5, 0, 0, 0, time.UTC), More: 2,
		Since: []digest.Followup{{ID: "remark 7", Pair: "dddd", Note: digest.Note{Day: "2026-03-28", Text: "La page citée était la 7."}, Page: "https://section.example/contredit/paires/dddd",
			Said: digest.Quoted{Quote: "Le budget est tenu.", Who: "Claire Dupont", Day: "2026-03-02", URL: "https://region.example/budget"}}},
		Items: []digest.Item{
			{
				ID: "aaaa", Subject: "dialogue social", Session: "CST, 12 mars 2026", Kind: "vote", Page: "https://section.example/contredit/paires/aaaa",
				Said:  digest.Quoted{Quote: "Tous les syndicats ont voté pour.", Who: "Claire Dupont", Title: "Séance plénière", Day: "2026-03-27", Place: "à 1:02:03", URL: "https://youtu.be/x?t=3723"},
				Noted: []digest.Quoted{{Quote: "Pour : 5, contre : 3.", Who: "CST", Title: "Procès-verbal", Day: "2026-03-12", Place: "page 4", URL: "https://cst.example/pv.pdf#page=4"}},
				Why:   "Il est dit « Tous » ; l’acte compte « contre : 3 ».",
			},
			{
				ID: "bbbb", Subject: "dialogue social", Session: "CST", Kind: "aucune trace", Silence: true,
				Said:    digest.Quoted{Quote: "Le CST a été consulté.", Who: "Claire Dupont", Title: "Communiqué", Day: "2026-03-27", URL: "https://region.example/cp"},
				Noted:   []digest.Quoted{{Who: "CST", Title: "Procès-verbal", Day: "2026-03-12", URL: "https://cst.example/pv.pdf"}},
				Missing: []string{"2026-01-15", "2026-02-01"}, Why: "Aucune trace dans 1 compte rendu lu sur 3 réunions connues.",
			},
			{
				ID: "cccc", Session: "Conseil, 26 juin 2025", Kind: "nombre", Confirmed: true, Edited: true,
				Said:    digest.Quoted{Quote: "Le repas reste à 3,60 euros.", Day: "2025-09-02", Title: "Rentrée", URL: "https://region.example/repas"},
				Noted:   []digest.Quoted{{Quote: "Le repas passe à 3,80 euros.", Who: "Conseil", Title: "Délibération", Day: "2025-06-26", URL: "https://region.example/delib"}},
				Replies: []digest.Note{{Day: "2025-09-10", Text: "Le tarif social, lui, n’a pas changé."}}, Corrected: []digest.Note{{Day: "2025-09-11", Text: "La délibération est du 26 juin."}},
			},
		},
	}
}

func compose(t *testing.T, l digest.Letter, links digest.Links) (text, html string) {
	t.Helper()
	text, html, err := digest.Compose(l, links)
	if err != nil {
		t.Fatal(err)
	}
	return text, html
}

func TestLetterReadsAsWritten(t *testing.T) {
	text, html := compose(t, aLetter(), digest.Links{Unsubscribe: "https://section.example/contredit/courrier/x"})
	for name, got := range map[string]string{"letter.txt": text, "letter.html": html} {
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s differs; look at it, then -update:\n%s", name, got)
		}
	}
}

var anyTag = regexp.MustCompile(`(?s)<style.*?</style>|<[^>]*>`)

func TestEachPartIsWholeAlone(t *testing.T) {
	l := aLetter()
	text, html := compose(t, l, digest.Links{})
	for _, item := range l.Items {
		for _, q := range append(item.Noted, item.Said) {
			for _, want := range []string{q.Quote, q.URL, q.Title, item.Why} {
				if !strings.Contains(text, want) {
					t.Errorf("the text lacks %q", want)
				}
				if !strings.Contains(html, strings.ReplaceAll(want, "&", "&amp;")) {
					t.Errorf("the HTML lacks %q", want)
				}
			}
		}
	}
	for _, state := range []string{"à examiner · vote", "aucune trace, à examiner", "confirmé · nombre", "modifié après publication"} {
		if !strings.Contains(text, state) {
			t.Errorf("the text does not say %q", state)
		}
	}
	if n := strings.Count(text, "[") + 0; n != len(l.Items) {
		t.Errorf("%d of %d items say their state", n, len(l.Items))
	}
	if !strings.Contains(text, "2 compte(s) rendu(s) manquant(s)\u00a0: 15 janvier 2026, 1er février 2026") {
		t.Error("the silence is said without what is missing")
	}
}

func TestMinutesAreNamedOnce(t *testing.T) {
	l := aLetter()
	for title, want := range map[string]string{
		"Procès-verbal":                        "\nCST, 12 mars 2026, Procès-verbal, page\u00a04\n",
		"Procès-verbal du CST du 12 mars 2026": "\nProcès-verbal du CST du 12 mars 2026, page\u00a04\n",
		"Procès-verbal du 12 mars 2026":        "\nCST, Procès-verbal du 12 mars 2026, page\u00a04\n",
		"":                                     "\nCST, 12 mars 2026, page\u00a04\n",
	} {
		l.Items[0].Noted[0].Title, l.Items[0].Noted[0].Place = title, "page\u00a04"
		if text, _ := compose(t, l, digest.Links{}); !strings.Contains(text, want) {
			t.Errorf("%q: the text lacks %q:\n%s", title, want, text)
		}
	}
}

func TestNothingIsFetchedOrTracked(t *testing.T) {
	_, html := compose(t, aLetter(), digest.Links{})
	for _, forbidden := range []string{"<img", "<script", "<link", "<iframe", "url(", "@import", "src=", "onclick", "utm_"} {
		if strings.Contains(strings.ToLower(html), forbidden) {
			t.Errorf("the HTML holds %q", forbidden)
		}
	}
}

// TestOurWordsAreFew counts what stands around quotes, sources and addresses: at most sixty words an item.
func TestOurWordsAreFew(t *testing.T) {
	l := aLetter()
	for _, item := range l.Items {
		one := l
		one.Items, one.Since, one.More = []digest.Item{item}, nil, 0
		text, _ := compose(t, one, digest.Links{})
		_, text, _ = strings.Cut(text, " ==\n")
		text, _, _ = strings.Cut(text, "\n--\n")
		for _, q := range append(item.Noted, item.Said) {
			for _, foreign := range []string{q.Quote, q.URL, q.Title} {
				if foreign != "" {
					text = strings.ReplaceAll(text, foreign, "")
				}
			}
		}
		if n := len(strings.Fields(text)); n == 0 || n > 60 {
			t.Errorf("%s takes %d words of ours:\n%s", item.ID, n, text)
		}
	}
}

func TestLongLettersWaitForTheNextOne(t *testing.T) {
	l := aLetter()
	long := l.Items[0]
	long.Noted = []digest.Quoted{{Quote: strings.Repeat("Le conseil délibère longuement. ", 300), URL: "https://cst.example/pv"}}
	l.Items, l.Since, l.More = nil, nil, 0
	for range 40 {
		l.Items = append(l.Items, long)
	}
	fitted, err := digest.Fit(l)
	if err != nil {
		t.Fatal(err)
	}
	_, html := compose(t, fitted, digest.Links{})
	if len(html) > 100<<10 || len(fitted.Items) == 0 || len(fitted.Items)+fitted.More != 40 {
		t.Errorf("%d bytes, %d items, %d more", len(html), len(fitted.Items), fitted.More)
	}
	if !strings.Contains(html, long.Noted[0].Quote) {
		t.Error("a quote was cut")
	}
	l.Items = l.Items[:1]
	l.Items[0].Noted[0].Quote = strings.Repeat("mot ", 40_000)
	if one, err := digest.Fit(l); err != nil || len(one.Items) != 1 {
		t.Errorf("one long item: %d items, %v", len(one.Items), err)
	}
}

// parsed is a message as a mail program reads it.
func parsed(t *testing.T, raw []byte) (header mail.Header, text, html string) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	for parts := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := parts.NextRawPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
			html = string(body)
		} else {
			text = string(body)
		}
	}
	return m.Header, text, html
}

func message(t *testing.T, w digest.Writer, m digest.Mail) []byte {
	t.Helper()
	msg, err := w.Write(m)
	if err != nil {
		t.Fatal(err)
	}
	var raw bytes.Buffer
	if _, err := msg.WriteTo(&raw); err != nil {
		t.Fatal(err)
	}
	return raw.Bytes()
}

const from = "contredit <contredit@section.example>"

func TestHeaders(t *testing.T) {
	w := digest.Writer{From: from, Links: func(string, string, time.Time) digest.Links {
		return digest.Links{Unsubscribe: "https://section.example/contredit/courrier/stop"}
	}}
	m := digest.Mail{Letter: aLetter(), Run: "2026-03-30T05:00:00Z", Recipient: "lecteur@section.example"}
	header, text, html := parsed(t, message(t, w, m))
	for name, want := range map[string]string{
		"List-Id": "<lundi.contredit.section.example>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Auto-Submitted": "auto-generated",
		"List-Unsubscribe": "<https://section.example/contredit/courrier/stop>, <mailto:contredit@section.example?subject=unsubscribe>",
		"To":               "<lecteur@section.example>", "Mime-Version": "1.0",
	} {
		if got := header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject"))
	if err != nil || subject != "Lundi\u00a0: 2 paires à examiner, 1 confirmée — dialogue social" {
		t.Errorf("subject %q, %v", subject, err)
	}
	if id := header.Get("Message-Id"); id != header.Get("Message-ID") || !strings.HasSuffix(id, "@section.example>") {
		t.Errorf("message id %q", id)
	}
	again, _, _ := parsed(t, message(t, w, m))
	if again.Get("Message-Id") != header.Get("Message-Id") {
		t.Error("the second attempt has another Message-ID")
	}
	wantText, wantHTML := compose(t, aLetter(), digest.Links{Unsubscribe: "https://section.example/contredit/courrier/stop"})
	if strings.ReplaceAll(text, "\r\n", "\n") != wantText || strings.ReplaceAll(html, "\r\n", "\n") != wantHTML {
		t.Error("the parts differ from what was composed")
	}
}

// TestLineBreaksMakeNoHeaders puts a line break and a header into every field that was crawled
// or configured.
func TestLineBreaksMakeNoHeaders(t *testing.T) {
	for _, evil := range []string{"x\r\nBcc: tous@example.org", "x\nBcc: tous@example.org", "x\rBcc: tous@example.org", "x\u2028Bcc: y", "x\u0085Bcc: y", "x\r\n\r\n<script>alert(1)</script>"} {
		l := aLetter()
		l.Digest, l.Instance = evil, evil
		for i := range l.Items {
			item := &l.Items[i]
			item.Subject, item.Session, item.Why, item.Kind = evil, evil, evil, evil
			item.Said = digest.Quoted{Quote: evil, Who: evil, Title: evil, Day: evil, Place: evil, URL: evil}
			item.Noted = []digest.Quoted{item.Said}
		}
		header, _, html := parsed(t, message(t, digest.Writer{From: from}, digest.Mail{Letter: l, Run: evil, Recipient: "a@b.example"}))
		if header.Get("Bcc") != "" || len(header) > 14 {
			t.Errorf("%q became a header: %v", evil, header)
		}
		if strings.Contains(html, "<script") || strings.Contains(html, `href="javascript`) {
			t.Errorf("%q became markup", evil)
		}
		l.Items, l.Alarms = nil, []string{evil}
		if header, _, _ := parsed(t, message(t, digest.Writer{From: from}, digest.Mail{Letter: l, Run: evil, Recipient: "a@b.example"})); header.Get("Bcc") != "" {
			t.Errorf("%q in an alarm became a header", evil)
		}
	}
	for _, recipient := range []string{"a@b.example\r\nBcc: tous@example.org", "a@b.example>\r\nRCPT TO:<c@d.example", "", "personne"} {
		if _, err := (digest.Writer{From: from}).Write(digest.Mail{Letter: aLetter(), Recipient: recipient}); err == nil {
			t.Errorf("recipient %q was taken", recipient)
		}
	}
}

func TestQuietDigestSaysWhatItLookedThrough(t *testing.T) {
	l := aLetter()
	l.Items, l.Since, l.More = nil, nil, 0
	l.Life = &digest.Life{Since: "2026-03-01", Documents: 12, Pairs: 0, Failed: []string{"CST — le site ne répond pas"}}
	text, html := compose(t, l, digest.Links{})
	for _, want := range []string{"12 document(s) lu(s)", "1er mars 2026", "le site ne répond pas"} {
		if !strings.Contains(text, want) || !strings.Contains(html, want) {
			t.Errorf("a part lacks %q", want)
		}
	}
	if got := digest.Subject(l); got != "Lundi\u00a0: rien de nouveau" {
		t.Errorf("subject %q", got)
	}
}

func TestEnglishLetterHasNoFrenchWordsOfOurs(t *testing.T) {
	l := aLetter()
	l.Language = "en"
	text, html := compose(t, l, digest.Links{})
	for _, word := range []string{"à examiner", "confirmé", "Pourquoi", "Ce qui", "manquant"} {
		if strings.Contains(text, word) || strings.Contains(anyTag.ReplaceAllString(html, ""), word) {
			t.Errorf("the English letter says %q", word)
		}
	}
}

func TestBackoffGrowsAndNeverGivesUp(t *testing.T) {
	last := time.Duration(0)
	for attempts := 1; attempts < 40; attempts++ {
		wait := digest.Backoff(attempts)
		if wait < last || wait <= 0 || wait > 6*time.Hour {
			t.Fatalf("after %d attempts: %v, before it %v", attempts, wait, last)
		}
		last = wait
	}
}

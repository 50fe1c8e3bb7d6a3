package claims_test

import (
	"html"
	"os"
	"strings"
	"testing"
	"time"

	"contredit/claims"
	"contredit/document"
)

// attributionCase is a case of testdata/attribution.txt.
type attributionCase struct {
	name, kind, date string
	paragraphs       []string
	wants            []wantedSpeaker
}

// wantedSpeaker says who answers for the claim that holds the words; denied, that nobody does.
type wantedSpeaker struct {
	words, speaker                string
	reported, conditional, denied bool
}

func mustAttributionCases(t *testing.T) (list []attributionCase) {
	t.Helper()
	content, err := os.ReadFile("testdata/attribution.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		line = strings.TrimRight(line, "\n")
		if name, ok := strings.CutPrefix(line, "# "); ok {
			list = append(list, attributionCase{name: name, date: "2025-01-15"})
			continue
		}
		if line == "" || strings.HasPrefix(line, "%") {
			continue
		}
		c := &list[len(list)-1]
		if words, ok := strings.CutPrefix(line, "! "); ok {
			c.wants = append(c.wants, wantedSpeaker{words: words, denied: true})
		} else if wanted, ok := strings.CutPrefix(line, "? "); ok {
			words, speaker, found := strings.Cut(wanted, " =")
			if !found {
				t.Fatalf("%s: %q names no speaker", c.name, line)
			}
			w := wantedSpeaker{words: words}
			speaker, w.reported = strings.CutSuffix(speaker, " reported")
			speaker, w.conditional = strings.CutSuffix(speaker, " conditional")
			w.speaker = strings.TrimSpace(speaker)
			c.wants = append(c.wants, w)
		} else if c.kind == "" {
			kind, date, _ := strings.Cut(line, " ")
			c.kind = kind
			if date != "" {
				c.date = date
			}
		} else {
			c.paragraphs = append(c.paragraphs, line)
		}
	}
	return list
}

var attributionBodies = map[string]string{
	"press": "L’Écho d’Exemple", "council": "Conseil régional", "union": "CGT Région Exemple", "report": "Conseil régional", "minutes": "Conseil régional", "captions": "Conseil régional",
}

// mustReadCase reads a case as a publication of its kind.
func mustReadCase(t *testing.T, c attributionCase) (document.Document, *document.Reading) {
	t.Helper()
	doc := document.Document{URL: "https://exemple.example/page.html", Body: attributionBodies[c.kind], Date: c.date, Role: document.RoleStatement}
	var b strings.Builder
	if c.kind == "captions" {
		doc.URL = "https://exemple.example/seance.vtt"
		b.WriteString("WEBVTT\n\n")
		clock := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
		for i, p := range c.paragraphs {
			from := clock.Add(time.Duration(6*i) * time.Second)
			b.WriteString(from.Format("15:04:05.000") + " --> " + from.Add(5*time.Second).Format("15:04:05.000") + "\n" + p + "\n\n")
		}
	} else {
		b.WriteString("<html lang=fr><title>Titre</title><main><h1>Titre</h1>")
		if c.kind == "report" || c.kind == "minutes" {
			doc.Role = document.RoleBoth
		}
		if c.kind == "report" { // one line with a label makes no report
			b.WriteString("<p>M. LE SECRÉTAIRE DE SÉANCE. – Le quorum est atteint.</p><p>Mme AMELIN. – Je vous remercie.</p>")
		}
		for _, p := range c.paragraphs {
			b.WriteString("<p>" + html.EscapeString(p) + "</p>\n")
		}
		b.WriteString("</main></html>")
	}
	r, err := document.Reader{}.Read(t.Context(), document.Origin{URL: doc.URL, Role: doc.Role, Body: doc.Body, Date: doc.Date}, []byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return doc, r
}

// TestAttributionCases holds what share of the cases is right.
func TestAttributionCases(t *testing.T) {
	x := mustExtractor(t)
	cases := mustAttributionCases(t)
	right, wants := 0, 0
	for _, c := range cases {
		doc, r := mustReadCase(t, c)
		list := x.Claims(doc, r)
		for _, w := range c.wants {
			wants++
			if why := misattributed(list, w); why != "" {
				t.Logf("%s: %s: %s", c.name, w.words, why)
			} else {
				right++
			}
		}
	}
	t.Logf("%d of %d right in %d cases", right, wants, len(cases))
	if len(cases) < 80 || right < leastAttributed {
		t.Errorf("%d of %d right in %d cases, want %d in 80", right, wants, len(cases), leastAttributed)
	}
}

// leastAttributed is how many speakers of the cases are found.
const leastAttributed = 152

// misattributed says what is wrong with the claim that holds the words, "" when nothing is.
func misattributed(list []claims.Claim, w wantedSpeaker) string {
	for _, c := range list {
		if !strings.Contains(c.Quote, w.words) {
			continue
		}
		switch {
		case w.denied && c.Worth:
			return "is kept as a claim of " + c.Speaker
		case w.denied:
			return ""
		case c.Speaker != w.speaker:
			return "got " + c.Speaker + ", want " + w.speaker
		case c.Reported != w.reported:
			return "takes whose words they are for the other"
		case c.Conditional != w.conditional:
			return "misses the conditional"
		}
		return ""
	}
	return "is in no claim"
}

package evidence

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"sort"
	"strings"
	"time"

	"contredit/claims"
	"contredit/document"
)

//go:embed dossier.html
var dossierPage string

//go:embed verifier.html
var verifierPage string

// VerifierPage is the page that verifies a dossier offline, with the digest of its own script as the only one that may run.
func VerifierPage() []byte {
	_, rest, _ := strings.Cut(verifierPage, "<script>")
	script, _, _ := strings.Cut(rest, "</script>")
	sum := sha256.Sum256([]byte(script))
	return []byte(strings.Replace(verifierPage, "SCRIPT-HASH", "sha256-"+base64.StdEncoding.EncodeToString(sum[:]), 1))
}

// Piece is a stretch of a quote; Marked says that a reason rests on it.
type Piece struct {
	Text   string
	Marked bool
}

// Pieces cuts a quote where marks begin and end; put end to end they are the quote. A mark
// outside the quote is left out: the quote matters more.
func Pieces(quote string, marks []claims.Span) []Piece {
	marked := make([]bool, len(quote)+1)
	for _, m := range marks {
		if m.Start < 0 || m.End > len(quote) || m.Start >= m.End || !edge(quote, m.Start) || !edge(quote, m.End) {
			continue
		}
		for i := m.Start; i < m.End; i++ {
			marked[i] = true
		}
	}
	var all []Piece
	for start, i := 0, 1; i <= len(quote); i++ {
		if i == len(quote) || marked[i] != marked[start] {
			all = append(all, Piece{quote[start:i], marked[start]})
			start = i
		}
	}
	return all
}

func edge(s string, at int) bool { return at == len(s) || s[at]&0xC0 != 0x80 }

// ClaimPieces marks in the claim what the reasons rest on.
func ClaimPieces(l claims.Link) []Piece {
	var marks []claims.Span
	for _, r := range l.Reasons {
		marks = append(marks, r.ClaimSpan)
	}
	return Pieces(l.Claim.Quote, marks)
}

// EvidencePieces marks in the nth passage what the reasons rest on.
func EvidencePieces(l claims.Link, n int) []Piece {
	var marks []claims.Span
	for _, r := range l.Reasons {
		if r.Evidence == n {
			marks = append(marks, r.EvidenceSpan)
		}
	}
	return Pieces(l.Evidence[n].Quote, marks)
}

// Place is where in a document a passage stands, for people, and whether its text is the file's
// own; "" when it has no places and is.
func Place(l document.Locator) string {
	place := ""
	switch {
	case l.Timed:
		place = fmt.Sprintf("à %d min %02d s", int(l.At)/60, int(l.At)%60)
	case l.Page > 0:
		place = fmt.Sprintf("page %d", l.Page)
	}
	return joined(place, l.Caveat())
}

var monthNames = []string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}

// FrenchDay writes an ISO day or time stamp in words; what is no day stays as it is.
func FrenchDay(iso string) string {
	at, err := time.Parse(time.DateOnly, day(iso))
	if err != nil {
		return iso
	}
	number := fmt.Sprint(at.Day())
	if at.Day() == 1 {
		number = "1er"
	}
	return fmt.Sprintf("%s %s %d", number, monthNames[at.Month()-1], at.Year())
}

// Event is a line of a chronology.
type Event struct{ At, Text string }

// Chronology is what happened around a pair, oldest first.
func Chronology(p Pair) []Event {
	var all []Event
	add := func(at, text string) {
		if at != "" {
			all = append(all, Event{at, text})
		}
	}
	if p.First != nil {
		add(p.First.Date, "dit pour la première fois")
	}
	add(p.Link.Claim.Date, "l’affirmation : "+p.Title)
	seen := map[string]bool{}
	for _, e := range p.Link.Evidence {
		if !seen[e.URL] && e.Quote != "" {
			seen[e.URL] = true
			add(e.Date, "l’acte : "+e.Title)
		}
	}
	add(p.Found, "paire relevée")
	switch p.Status {
	case claims.StatusConfirmed:
		add(orElse(p.Confirmed, p.Decided), "confirmée par une personne")
	case claims.StatusPublished:
		add(p.Confirmed, "confirmée par une personne")
		add(p.Decided, "publiée")
	}
	for _, n := range p.Replies {
		add(n.At, "réponse reçue")
	}
	for _, n := range p.Corrections {
		add(n.At, "rectification")
	}
	sort.SliceStable(all, func(i, j int) bool { return day(all[i].At) < day(all[j].At) })
	return all
}

// StatusNames are the states as people are told them.
var StatusNames = map[claims.Decision]string{
	claims.StatusNew: "à examiner", claims.StatusInReview: "en cours", claims.StatusConfirmed: "confirmée", claims.StatusRejected: "rejetée",
	claims.StatusNuance: "à nuancer", claims.StatusUndecidable: "indécidable", claims.StatusPublished: "publiée",
}

// PageFunctions are what templates about pairs call.
func PageFunctions() template.FuncMap {
	return template.FuncMap{
		"place": Place, "day": FrenchDay, "claimPieces": ClaimPieces, "evidencePieces": EvidencePieces, "chronology": Chronology,
		"absent": func(l claims.Link) bool { return l.Kind == claims.KindAbsence },
		"state":  func(d claims.Decision) string { return StatusNames[d] },
	}
}

// narrow sets the signs of French in a page's own text as they are printed: the quotes that
// are put into it stay as they are.
var narrow = strings.NewReplacer(" : ", "\u202f: ", " ; ", "\u202f; ", "« ", "«\u202f", " »", "\u202f»")

// Typeset puts narrow no-break spaces into the text of a template.
func Typeset(page string) string { return narrow.Replace(page) }

func dossierHTML(d Dossier) ([]byte, error) {
	t, err := template.New("dossier").Funcs(PageFunctions()).Funcs(template.FuncMap{"type": printedType}).Parse(Typeset(dossierPage))
	if err != nil {
		return nil, fmt.Errorf("parse the dossier's page: %w", err)
	}
	var b strings.Builder
	if err := t.Execute(&b, d); err != nil {
		return nil, fmt.Errorf("write the dossier's page: %w", err)
	}
	return []byte(b.String()), nil
}

package evidence

import (
	_ "embed"
	"fmt"
	"strings"
	"text/template"
	"time"

	"contredit/french"
)

//go:embed request.txt
var requestLetter string

//go:embed referral.txt
var referralLetter string

// DocumentRequest is the request for the record of a meeting that was not published, in all
// that a letter says of it. Days are ISO.
type DocumentRequest struct {
	Body      string
	Meeting   string // day of the meeting
	Known     string // how the meeting is known, after « par »
	Legal     string // legal basis, after « sur le fondement »; « de » is put before it where it lacks
	Sender    string // name and address, in lines
	Signature string
	Place     string
	Recipient string // in lines
	Today     string
	Sent      string // day on which it was received: that of an e-mail, or of the acknowledgement; "" before
	Answered  string // day of an express refusal; "" for silence
}

// Deadline is the last day of the month after which silence is a refusal (CRPA, R*311-12 and
// R311-13). It runs from the day on which the request was received, which Sent is to be; before, from
// today.
func (r DocumentRequest) Deadline() string { return monthsAfter(orElse(r.Sent, r.Today), 1) }

// Limit is the last day for the referral to the CADA: two months from the refusal (CRPA, R343-1).
func (r DocumentRequest) Limit() string {
	return monthsAfter(orElse(r.Answered, r.Deadline()), 2)
}

// ConfirmedRefusal is the day from which silence confirms the refusal: two months after the referral
// to the CADA (CRPA, R*343-4 and R343-5). The administrative court can then be seized for two months
// (CJA, R421-1).
func ConfirmedRefusal(referred string) string { return monthsAfter(referred, 2) }

// monthsAfter is the same day so many months later, the last one of a shorter month.
func monthsAfter(iso string, months int) string {
	at, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return ""
	}
	first := time.Date(at.Year(), at.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(at.Day(), last)-1).Format(time.DateOnly)
}

// The legal bases by the assembly (CGCT), and for everybody else (CRPA). An operator's text
// goes before them.
const (
	legalForAll      = "des articles L300-2 et L311-1 du code des relations entre le public et l’administration"
	legalCommune     = "de l’article L2121-26 du code général des collectivités territoriales"
	legalDepartment  = "de l’article L3121-17 du code général des collectivités territoriales"
	legalRegion      = "de l’article L4132-16 du code général des collectivités territoriales"
	legalIntercommun = "de l’article L5211-46 du code général des collectivités territoriales"
)

// LegalBasis is the text on which the minutes of a body are asked for.
func LegalBasis(body string) string {
	folded := " " + strings.Join(french.Words(body), " ") + " "
	for _, b := range []struct{ words, basis string }{
		{" conseil municipal ", legalCommune}, {" conseil departemental ", legalDepartment}, {" conseil regional ", legalRegion},
		{" conseil communautaire ", legalIntercommun}, {" conseil metropolitain ", legalIntercommun}, {" comite syndical ", legalIntercommun},
	} {
		if strings.Contains(folded, b.words) {
			return b.basis + ", et " + legalForAll
		}
	}
	return legalForAll
}

// RecipientFor is to whom a request is sent when no address is known: the person whom an
// administration names to receive them (CRPA, L330-1), and a blank for the administration.
func RecipientFor(body string) string {
	return "[administration dont relève « " + body + " » et son adresse]\nÀ l’attention de la personne responsable de l’accès aux documents administratifs"
}

// RequestLetter writes the request; custom is another letter of the operator, "" for ours.
func RequestLetter(r DocumentRequest, custom string) (string, error) {
	return r.letter("request", orElse(custom, requestLetter))
}

// ReferralLetter writes the referral to the CADA.
func ReferralLetter(r DocumentRequest, custom string) (string, error) {
	return r.letter("referral", orElse(custom, referralLetter))
}

func (r DocumentRequest) letter(name, text string) (string, error) {
	r.Legal = basisOf(r.Legal)
	t, err := template.New(name).Funcs(template.FuncMap{"day": FrenchDay, "oneLine": oneLine, "indented": indented}).Parse(text)
	if err != nil {
		return "", fmt.Errorf("read the letter of a %s: %w", name, err)
	}
	var b strings.Builder
	if err := t.Execute(&b, r); err != nil {
		return "", fmt.Errorf("write the letter of a %s: %w", name, err)
	}
	return narrow.Replace(b.String()), nil
}

// basisOf puts a legal basis as it goes after « sur le fondement »: an operator may write « l’article
// 31 » as well as « de l’article 31 ».
func basisOf(legal string) string {
	legal = strings.ReplaceAll(oneLine(legal), "'", "’")
	folded := strings.ToLower(legal)
	if legal == "" {
		return ""
	}
	for _, form := range []struct{ begins, becomes string }{
		{"de ", "de "}, {"du ", "du "}, {"des ", "des "}, {"d’", "d’"}, {"les ", "des "}, {"le ", "du "}, {"la ", "de la "}, {"l’", "de l’"},
		{"articles ", "des articles "}, {"article ", "de l’article "},
	} {
		if strings.HasPrefix(folded, form.begins) {
			return form.becomes + legal[len(form.begins):]
		}
	}
	return "du texte suivant : " + legal
}

// addressLines are the lines of an address, without blank ones and what a line ends with.
func addressLines(s string) (lines []string) {
	for line := range strings.Lines(s) {
		if line = strings.TrimRight(strings.Join(strings.Fields(line), " "), ","); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func oneLine(s string) string { return strings.Join(addressLines(s), ", ") }

func indented(s string) string { return "    " + strings.Join(addressLines(s), "\n    ") }

package evidence_test

import (
	"strings"
	"testing"

	"contredit/evidence"
)

func TestRequestLetters(t *testing.T) {
	r := evidence.DocumentRequest{Body: "Conseil municipal", Meeting: "2025-12-12", Known: "le calendrier des réunions", Legal: evidence.LegalBasis("Conseil municipal"),
		Sender: "Section Exemple\n1 rue Fictive", Signature: "Ada Fictive", Place: "Exempleville", Recipient: "Mairie d’Exempleville\nService des assemblées", Today: "2026-01-31"}
	letter, err := evidence.RequestLetter(r, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"L2121-26", "L311-1", "12 décembre 2025", "à compter de la réception", "Exempleville, le 31 janvier 2026", "Ada Fictive", "1 rue Fictive\n"} {
		if !strings.Contains(letter, want) {
			t.Errorf("the letter lacks %q:\n%s", want, letter)
		}
	}
	r.Sent, r.Today = "2026-01-31", "2026-03-02"
	referral, err := evidence.ReferralLetter(r, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"R343-1", "31 janvier 2026", "sans réponse", "28 février 2026", "28 avril 2026", "adressée à :\n\n    Mairie d’Exempleville\n    Service des assemblées\n"} {
		if !strings.Contains(referral, want) {
			t.Errorf("the referral lacks %q:\n%s", want, referral)
		}
	}
	r.Answered = "2026-02-10"
	if referral, err = evidence.ReferralLetter(r, ""); err != nil || !strings.Contains(referral, "refusée le 10 février 2026") || !strings.Contains(referral, "10 avril 2026") {
		t.Errorf("after an express refusal (%v):\n%s", err, referral)
	}
	if own, err := evidence.RequestLetter(r, "Notre lettre pour {{.Body}}."); err != nil || own != "Notre lettre pour Conseil municipal." {
		t.Errorf("an own letter gives %q (%v)", own, err)
	}
	if _, err := evidence.RequestLetter(r, "{{.Nothing}}"); err == nil {
		t.Error("a letter with an unknown field was written")
	}
}

// What an operator writes of a legal basis, with « de » or without, makes a sentence.
func TestRequestLettersBeginWithAnyLegalBasis(t *testing.T) {
	for legal, want := range map[string]string{
		"l'article 31 du règlement intérieur":   "sur le fondement de l’article 31 du règlement intérieur, du procès-verbal",
		"les articles 3 et 4":                   "sur le fondement des articles 3 et 4, du",
		"Le chapitre 2":                         "sur le fondement du chapitre 2, du",
		"article 31":                            "sur le fondement de l’article 31, du",
		"de la loi du 17 juillet 1978":          "sur le fondement de la loi du 17 juillet 1978, du",
		"La loi du 17 juillet 1978":             "sur le fondement de la loi du 17 juillet 1978, du",
		"CGCT, L2121-26":                        "sur le fondement du texte suivant\u202f: CGCT, L2121-26, du",
		evidence.LegalBasis("Conseil régional"): "sur le fondement de l’article L4132-16",
	} {
		r := evidence.DocumentRequest{Body: "CST", Meeting: "2025-12-12", Legal: legal, Recipient: evidence.RecipientFor("CST"), Today: "2026-03-02", Sent: "2026-01-31"}
		for name, write := range map[string]func(evidence.DocumentRequest, string) (string, error){"request": evidence.RequestLetter, "referral": evidence.ReferralLetter} {
			if letter, err := write(r, ""); err != nil || !strings.Contains(letter, want) {
				t.Errorf("the %s on %q lacks %q (%v):\n%s", name, legal, want, err, letter)
			}
		}
	}
}

// An address stands in lines of its own, and in a line of an operator's letter with commas.
func TestReferralSetsTheAddressApart(t *testing.T) {
	r := evidence.DocumentRequest{Body: "CST", Meeting: "2025-12-12", Legal: "de l’article 31", Recipient: "Région Exemple\nDirection RH,\n\n1 place Z", Today: "2026-03-02", Sent: "2026-01-31"}
	letter, err := evidence.ReferralLetter(r, "")
	if err != nil || !strings.Contains(letter, "\n    Région Exemple\n    Direction RH\n    1 place Z\n") {
		t.Errorf("the referral (%v):\n%s", err, letter)
	}
	if line, err := evidence.ReferralLetter(r, "{{oneLine .Recipient}}"); err != nil || line != "Région Exemple, Direction RH, 1 place Z" {
		t.Errorf("in one line %q (%v)", line, err)
	}
	r.Recipient = evidence.RecipientFor("CST")
	if letter, err = evidence.ReferralLetter(r, ""); err != nil || !strings.Contains(letter, "adressée à :\n\n    [administration") || !strings.Contains(letter, "\n    À l’attention de la personne") {
		t.Errorf("without an address (%v):\n%s", err, letter)
	}
}

func TestLegalBasis(t *testing.T) {
	for body, want := range map[string]string{"Conseil régional": "L4132-16", "Conseil départemental de l’Exemple": "L3121-17", "Conseil communautaire": "L5211-46", "CST": "L300-2", "Conseil municipal": "L2121-26"} {
		if got := evidence.LegalBasis(body); !strings.Contains(got, want) || !strings.Contains(got, "L311-1") {
			t.Errorf("LegalBasis(%s) = %q, want %s and the general one", body, got, want)
		}
	}
}

func TestDeadlines(t *testing.T) {
	for sent, want := range map[string][2]string{"2026-01-31": {"2026-02-28", "2026-04-28"}, "2026-12-15": {"2027-01-15", "2027-03-15"}, "2028-01-30": {"2028-02-29", "2028-04-29"}, "hier": {"", ""}} {
		r := evidence.DocumentRequest{Sent: sent}
		if got := [2]string{r.Deadline(), r.Limit()}; got != want {
			t.Errorf("sent %s: %v, want %v", sent, got, want)
		}
	}
}

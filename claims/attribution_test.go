package claims_test

import (
	"strings"
	"testing"

	"contredit/claims"
	"contredit/document"
	"contredit/french"
)

func mustExtractor(tb testing.TB) *claims.Extractor {
	tb.Helper()
	lexicon, err := french.LoadLexicon()
	if err != nil {
		tb.Fatal(err)
	}
	return &claims.Extractor{Analyzer: french.NewAnalyzer(lexicon), Directory: people()}
}

// people are the members of the Région Exemple.
func people() *claims.Directory {
	d := claims.NewDirectory()
	for _, m := range []claims.Member{
		{Name: "Anne Morel", Civility: "Mme", Function: "présidente", Body: "Conseil régional", From: "2021-07-02"},
		{Name: "Marc Aubry", Civility: "M.", Function: "président", Body: "Conseil régional", To: "2021-07-01"},
		{Name: "Paul Guérin", Civility: "M.", Function: "vice-président chargé des transports", Body: "Conseil régional"},
		{Name: "Hélène Varennes", Civility: "Mme", Function: "vice-présidente chargée du numérique", Body: "Conseil régional"},
		{Name: "Karim Lestrade", Civility: "M.", Function: "conseiller régional", Group: "Exemple solidaire", Body: "Conseil régional"},
		{Name: "Jean Dumas", Civility: "M.", Function: "conseiller régional", Body: "Conseil régional"},
		{Name: "Luc Dumas", Civility: "M.", Function: "conseiller régional", Body: "Conseil régional"},
		{Name: "Odile Fabre", Civility: "Mme", Function: "secrétaire générale de la CGT", Group: "CGT"},
	} {
		d.Add(m)
	}
	return d
}

// page is a text of paragraphs, each a passage, as a reader hands it over.
func page(paragraphs ...string) *document.Reading {
	r := &document.Reading{State: document.StateRead, Lang: "fr", Title: "Titre"}
	var b strings.Builder
	for _, p := range paragraphs {
		r.Passages = append(r.Passages, document.Passage{Span: document.Span{Start: b.Len(), End: b.Len() + len(p)}})
		b.WriteString(p + "\n")
	}
	r.Text = b.String()
	return r
}

// speakerOf is who answers for the claim that holds the words.
func speakerOf(t *testing.T, list []claims.Claim, words string) claims.Claim {
	t.Helper()
	for _, c := range list {
		if strings.Contains(c.Quote, words) {
			return c
		}
	}
	t.Errorf("no claim holds %q: %q", words, quotesOf(list))
	return claims.Claim{}
}

func quotesOf(list []claims.Claim) (quotes []string) {
	for _, c := range list {
		quotes = append(quotes, c.Quote)
	}
	return quotes
}

func TestSpeakers(t *testing.T) {
	x := mustExtractor(t)
	const press, council, union = "L’Écho d’Exemple", "Conseil régional", "CGT Région Exemple"
	for _, test := range []struct {
		name, body, text, words, want string
		reported                      bool
	}{
		{"VerbBeforeTheQuotation", press, "Anne Morel a déclaré hier : « Le comité a été saisi en mars 2024. »", "saisi", "Anne Morel", false},
		{"VerbAfterTheQuotation", press, "« Le comité a été saisi en mars 2024 », a déclaré Anne Morel.", "saisi", "Anne Morel", false},
		{"InvertedVerbWithCivility", press, "« Le comité a été saisi en mars 2024 », assure Mme Morel.", "saisi", "Anne Morel", false},
		{"VerbInsideTheQuotation", press, "« Le comité, assure Mme Morel, a été saisi en mars 2024. »", "saisi", "Anne Morel", false},
		{"VerbBetweenTwoQuotations", press, "« Nous avons ouvert douze lignes en 2024, rappelle Paul Guérin. Nous en ouvrirons huit autres en 2025. »", "huit autres", "Paul Guérin", false},
		{"IncisionBetweenTwoQuotations", press, "« Nous avons ouvert douze lignes en 2024 », rappelle Paul Guérin. « Nous en ouvrirons huit autres en 2025. »", "huit autres", "Paul Guérin", false},
		{"RoleAfterTheQuotation", press, "La séance était présidée par Anne Morel, présidente de la Région. « Le comité a été saisi en mars 2024 », a répondu la présidente.", "saisi", "Anne Morel", false},
		{"PronounAfterTheQuotation", press, "Hélène Varennes défend son projet. « Quarante agents ont été formés en 2024 », précise-t-elle.", "Quarante", "Hélène Varennes", false},
		{"PronounAgreesInGender", press, "Hélène Varennes a interrogé Paul Guérin. « Quarante agents ont été formés en 2024 », lui a-t-il répondu.", "Quarante", "Paul Guérin", false},
		{"TwoPersonsFaceEachOther", press, "« La ligne a été fermée en 2023 », accuse Karim Lestrade. « Elle a été rouverte en 2024 », lui répond Paul Guérin.", "rouverte", "Paul Guérin", false},
		{"IndirectSpeech", press, "Paul Guérin a affirmé que la ligne avait été rouverte en 2024.", "rouverte", "Paul Guérin", true},
		{"IndirectSpeechOfARole", press, "Interrogé par Karim Lestrade, le vice-président Paul Guérin a affirmé que la ligne avait été rouverte en 2024.", "rouverte", "Paul Guérin", true},
		{"IndirectInfinitive", press, "Anne Morel affirme avoir saisi le comité en mars 2024.", "saisi", "Anne Morel", true},
		{"Selon", press, "Selon Paul Guérin, la ligne a été rouverte en 2024.", "rouverte", "Paul Guérin", true},
		{"SelonAtTheEnd", press, "La ligne a été rouverte en 2024, selon Paul Guérin.", "rouverte", "Paul Guérin", true},
		{"SelonAnInstitution", press, "Selon la Région, la ligne a été rouverte en 2024.", "rouverte", "Région", true},
		{"IndirectSpeechOfAnInstitution", press, "La Région assure que la ligne a été rouverte en 2024.", "rouverte", "Région", true},
		{"MediumSpeaksForItself", press, "La ligne a été rouverte en septembre 2024.", "rouverte", press, false},
		{"CouncilSpeaksInItsRelease", council, "Nous avons rouvert la ligne en septembre 2024.", "rouvert", council, false},
		{"CouncilQuotesItsMember", council, "« Nous avons rouvert la ligne en 2024 », se félicite Paul Guérin, vice-président chargé des transports.", "rouvert", "Paul Guérin", false},
		{"UnionSpeaksInItsLeaflet", union, "La ligne a perdu douze emplois en 2024.", "douze", union, false},
		{"UnionReportsTheCouncil", union, "Mme Morel prétend que le comité a été saisi en mars 2024.", "saisi", "Anne Morel", true},
		{"HomonymsAreNobodyOfTheTwo", press, "« La ligne a été rouverte en 2024 », a déclaré M. Dumas.", "rouverte", "Dumas", false},
		{"FirstNameTellsHomonyms", press, "« La ligne a été rouverte en 2024 », a déclaré Luc Dumas.", "rouverte", "Luc Dumas", false},
		{"UnknownPersonIsNamedAsPrinted", press, "« La ligne a été rouverte en 2024 », note Sylvie Carpentier, usagère.", "rouverte", "Sylvie Carpentier", false},
		{"LeadWithoutVerbOfSaying", press, "Pour Anne Morel, la page est tournée : « Le comité a été saisi en mars 2024. »", "saisi", "Anne Morel", false},
		{"NounOfSpeech", press, "Réponse d’Anne Morel : « Le comité a été saisi en mars 2024. »", "saisi", "Anne Morel", false},
		{"DifferentSpeakerInNextParagraph", press, "« La ligne a été fermée en 2023 », dénonce Odile Fabre.\nPaul Guérin conteste ce récit. « Elle a été rouverte en 2024. »", "rouverte", "Paul Guérin", false},
		{"QuotedPersonNamedInsideTheWords", press, "« M. Guérin a rouvert la ligne en 2024 », reconnaît Karim Lestrade.", "rouvert la ligne", "Karim Lestrade", false},
		{"AccordingToARole", press, "D’après la présidente de la Région, Anne Morel, le comité a été saisi en mars 2024.", "saisi", "Anne Morel", true},
		{"VerbOfSayingInThePast", press, "Le vice-président chargé des transports, Paul Guérin, avait indiqué en 2023 que la ligne serait rouverte en septembre 2024.", "rouverte", "Paul Guérin", true},
		{"QuestionOfAnotherBefore", press, "Interrogée par M. Lestrade, Mme Varennes a répondu que quarante agents avaient été formés en 2024.", "quarante", "Hélène Varennes", true},
		{"IncisionWithoutQuotation", press, "La ligne a été rouverte en 2024, affirme Paul Guérin.", "rouverte", "Paul Guérin", true},
		{"SelonInside", press, "La ligne a été, selon Paul Guérin, rouverte en 2024.", "rouverte", "Paul Guérin", true},
		{"SelonAThing", press, "Selon le calendrier adopté, la ligne a été rouverte en 2024.", "rouverte", press, false},
		{"SelonAThingAtTheEnd", press, "La ligne a été rouverte en 2024, selon le calendrier adopté.", "rouverte", press, false},
		{"RoleWithoutName", press, "La présidente de la Région a affirmé que le comité avait été saisi en mars 2024.", "saisi", "Anne Morel", true},
		{"PersonWhoIsNoSpeaker", press, "Le comité a été saisi en mars 2024, en présence de Paul Guérin.", "saisi", press, false},
		{"AddresseeAfterTheVerb", press, "« Le comité a été saisi en mars 2024 », a répondu à Karim Lestrade la présidente Anne Morel.", "saisi", "Anne Morel", false},
		{"CouncilInItsOwnRelease", council, "La Région assure que la ligne a été rouverte en 2024.", "rouverte", council, true},
		{"QuotedDocumentIsNobody", press, "La délibération prévoit que la ligne sera rouverte en 2024.", "rouverte", press, false},
		{"FirstPersonPlural", union, "Nous affirmons que le comité n’a jamais été saisi en 2024.", "saisi", union, false},
		{"WrittenStatement", press, "Dans un communiqué, la CGT affirme que le comité n’a jamais été saisi en 2024.", "saisi", "CGT", true},
		{"TitleQuotedIsNoSpeech", press, "Le plan « Lycées de demain » a été adopté en mars 2024 par Anne Morel.", "adopté", press, false},
		{"WordsQuotedInsideASentence", press, "Paul Guérin évoque « un retard de trois mois » sur la ligne fermée en 2024.", "retard", press, false},
		{"ReprisesOfTheSamePerson", press, "Paul Guérin défend son bilan. « La ligne a été rouverte en 2024. » Et d’ajouter : « Douze trains y circulent chaque jour. »", "Douze", "Paul Guérin", false},
		{"NotTheOneWhoIsAsked", press, "À la question de Karim Lestrade, Hélène Varennes répond : « Quarante agents ont été formés en 2024. »", "Quarante", "Hélène Varennes", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := page(strings.Split(test.text, "\n")...)
			c := speakerOf(t, x.Claims(document.Document{URL: "https://a.example", Body: test.body, Date: "2025-01-15", Role: document.RoleStatement}, r), test.words)
			got := strings.TrimPrefix(c.Speaker, "M. ")
			if got != test.want || c.Reported != test.reported {
				t.Errorf("%q: got %q (reported %v), want %q (reported %v)", c.Quote, c.Speaker, c.Reported, test.want, test.reported)
			}
			if r.Text[c.Span.Start:c.Span.End] != c.Quote {
				t.Errorf("quote %q is not what stands at its place", c.Quote)
			}
		})
	}
}

// turns are paragraphs of a verbatim report, each said by its speaker.
func turns(said ...[2]string) *document.Reading {
	r := &document.Reading{State: document.StateRead, Lang: "fr", Title: "Compte rendu"}
	var b strings.Builder
	for _, s := range said {
		span := document.Span{Start: b.Len(), End: b.Len() + len(s[1])}
		r.Passages = append(r.Passages, document.Passage{Span: span})
		r.Turns = append(r.Turns, document.Turn{Span: span, Label: s[0]})
		b.WriteString(s[1] + "\n")
	}
	r.Text = b.String()
	return r
}

var sitting = document.Document{URL: "https://a.example/cri", Body: "Conseil régional", Date: "2025-01-15", Role: document.RoleBoth}

func TestTurns(t *testing.T) {
	x := mustExtractor(t)
	for _, test := range []struct {
		name, label, text, words, want string
	}{
		{"FullNameFromTheDirectory", "M. GUÉRIN", "La ligne a été rouverte en 2024.", "rouverte", "Paul Guérin"},
		{"OfficeFromTheDirectory", "Mme la Présidente", "La ligne a été rouverte en 2024.", "rouverte", "Anne Morel"},
		{"HomonymStaysAsPrinted", "M. DUMAS", "La ligne a été rouverte en 2024.", "rouverte", "M. DUMAS"},
		{"QuotingAnotherIsStillTheSpeaker", "M. LESTRADE", "« La ligne a été rouverte en 2024 », dites-vous.", "rouverte", "Karim Lestrade"},
		{"LabelInTheMidst", "M. LESTRADE", "Vous avez fermé douze gares en 2023. Mme VARENNES. – Quarante agents ont été formés en 2024.", "Quarante", "Hélène Varennes"},
		{"BeforeTheLabelInTheMidst", "M. LESTRADE", "Vous avez fermé douze gares en 2023. Mme VARENNES. – Quarante agents ont été formés en 2024.", "douze", "Karim Lestrade"},
		{"LabelAtTheStart", "M. LESTRADE", "Mme VARENNES. – Quarante agents ont été formés en 2024.", "Quarante", "Hélène Varennes"},
		{"NameWithoutDashIsNoLabel", "M. LESTRADE", "Je réponds à Mme VARENNES. Quarante agents ont été formés en 2024.", "Quarante", "Karim Lestrade"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := speakerOf(t, x.Claims(sitting, turns([2]string{test.label, test.text})), test.words)
			if c.Speaker != test.want {
				t.Errorf("%q: got %q, want %q", c.Quote, c.Speaker, test.want)
			}
			if strings.Contains(c.Quote, ". –") {
				t.Errorf("the label stands in the quote %q", c.Quote)
			}
		})
	}
}

func TestLabelInTheMidstHoldsForTheRestOfTheTurn(t *testing.T) {
	r := page("Vous avez fermé douze gares en 2023.", "Mme VARENNES. – Quarante agents ont été formés en 2024.", "Trente autres le seront en 2025.")
	r.Turns = []document.Turn{{Span: document.Span{Start: 0, End: len(r.Text)}, Label: "M. LESTRADE"}}
	list := mustExtractor(t).Claims(sitting, r)
	for words, want := range map[string]string{"douze": "Karim Lestrade", "Quarante": "Hélène Varennes", "Trente": "Hélène Varennes"} {
		if c := speakerOf(t, list, words); c.Speaker != want {
			t.Errorf("%q: got %q, want %q", c.Quote, c.Speaker, want)
		}
	}
}

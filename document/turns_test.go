package document_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"contredit/document"
)

// readPage reads an invented web page whose body is given.
func readPage(t testing.TB, body string) *document.Reading {
	t.Helper()
	return readOrigin(t, document.Origin{URL: "https://conseil.example/seances/pv.html", MediaType: "text/html; charset=utf-8", Role: document.RoleRecord,
		FetchedAt: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}, "<!doctype html><html lang=fr><head><title>Procès-verbal</title></head><body><main>"+body+"</main></body></html>")
}

func readOrigin(t testing.TB, origin document.Origin, content string) *document.Reading {
	t.Helper()
	r, err := document.Reader{}.Read(context.Background(), origin, []byte(content))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// spokenBy writes the turns one a line: « speaker: first words ».
func spokenBy(r *document.Reading) string {
	var lines []string
	for _, u := range r.Turns {
		words := strings.Fields(u.In(r.Text))
		lines = append(lines, u.Speaker+": "+strings.Join(words[:min(3, len(words))], " "))
	}
	return strings.Join(lines, "\n")
}

const roll = `<h1>Procès-verbal de la séance du 12 mars 2025</h1>
<p>Sous la présidence de M. Lucien Trévoux. Étaient présents : Mme Anne Prévert, M. Luc Sorin, Mme Jeanne de La Motte, M. Paul Abel-Roy.</p>
<h2>Débat général</h2>`

func TestTurnLabels(t *testing.T) {
	for _, c := range []struct{ outcome, page, want string }{
		{"Dash", `<p>M. SORIN - Je voterai contre ce rapport.</p><p>Mme PRÉVERT - Moi aussi, hélas.</p>`,
			"Luc Sorin: Je voterai contre\nAnne Prévert: Moi aussi, hélas."},
		{"DotAndDash", `<p>M. SORIN.- Je voterai contre.</p><p>M. le Président.- Nous avons bien compris.</p>`,
			"Luc Sorin: Je voterai contre.\nLucien Trévoux: Nous avons bien"},
		{"DotAndLongDashWithNoBreakSpaces", "<p>Mme\u00a0PRÉVERT.\u00a0–\u00a0Je vous remercie.</p><p>M.\u00a0Sorin.\u00a0–\u00a0De rien.</p>",
			"Anne Prévert: Je vous remercie.\nLuc Sorin: De rien."},
		{"NamesThatBeginLikeAnArticle", `<p>M. LEROY. – Je voterai contre.</p><p>Mme LAMBERT : Moi aussi, hélas.</p><p>Monsieur LE GOFF - Je m’abstiens.</p><p>Mme Le Bras (Vallée commune). – Je réponds.</p><p>M. L’HERMITE.- Bien.</p><p>M. LE PRÉSIDENT. – Merci.</p>`,
			"Leroy: Je voterai contre.\nLambert: Moi aussi, hélas.\nLe Goff: Je m’abstiens.\nLe Bras: Je réponds.\nL’Hermite: Bien.\nLucien Trévoux: Merci."},
		{"FunctionAfterComma", `<p>M. TRÉVOUX, président de séance - La séance est ouverte.</p><p>Mme PRÉVERT - Bien.</p>`,
			"Lucien Trévoux: La séance est\nAnne Prévert: Bien."},
		{"CapitalsWithoutAccent", `<p>M. LE PRESIDENT : La parole est à M. Sorin.</p><p>M. SORIN : Merci bien.</p>`,
			"Lucien Trévoux: La parole est\nLuc Sorin: Merci bien."},
		{"BoldNameAndGroup", `<p><b>M. Luc Sorin (Vallée commune).</b> Ce chiffre est faux.</p><p><b>Mme Anne Prévert.</b> Il est juste.</p>`,
			"Luc Sorin: Ce chiffre est\nAnne Prévert: Il est juste."},
		{"BoldNameAndFunctionInItalics", `<p><b>Mme Anne Prévert,</b> <i>rapporteure.</i> Avis défavorable.</p><p><b>M. le président.</b> Je mets aux voix.</p>`,
			"Anne Prévert: Avis défavorable.\nLucien Trévoux: Je mets aux"},
		{"LabelOnItsOwnLine", `<p><b>M. LE PRÉSIDENT :</b></p><p>Nous passons au rapport suivant.</p><p><b>Mme PRÉVERT :</b></p><p>Il s’agit du budget de l’eau.</p>`,
			"Lucien Trévoux: Nous passons au\nAnne Prévert: Il s’agit du"},
		{"LabelOnItsOwnLineWithoutSign", `<p>M. LE PRÉSIDENT</p><p>Nous passons au rapport suivant.</p><p>Mme PRÉVERT</p><p>Il s’agit du budget de l’eau.</p>`,
			"Lucien Trévoux: Nous passons au\nAnne Prévert: Il s’agit du"},
		{"LabelRunIntoTheSpeechBelow", `<p>M. LE PRÉSIDENT</p><p>Nous passons au rapport suivant.</p><p>Mme PRÉVERT</p><p>Il s’agit de l’eau.</p><p>M. LE PRÉSIDENT Voici le résultat du vote.</p><p>M. SORIN À quelle heure ?</p>`,
			"Lucien Trévoux: Nous passons au\nAnne Prévert: Il s’agit de\nLucien Trévoux: Voici le résultat\nLuc Sorin: À quelle heure"},
		{"NameWithHyphens", `<p>M. ABEL-ROY - Le texte est clair - et court.</p><p>Mme PRÉVERT - Non.</p>`,
			"Paul Abel-Roy: Le texte est\nAnne Prévert: Non."},
		{"Particle", `<p>Mme DE LA MOTTE. – Je m’abstiens.</p><p>M. SORIN. – Moi pas.</p>`,
			"Jeanne de La Motte: Je m’abstiens.\nLuc Sorin: Moi pas."},
		{"NoCivility", `<p>Anne Prévert : Je propose de voter.</p><p>Luc Sorin : Je m’y oppose.</p>`,
			"Anne Prévert: Je propose de\nLuc Sorin: Je m’y oppose."},
		{"TwoSpeakersAreNobody", `<p>MM. SORIN et ABEL-ROY. – Très bien !</p><p>Mme PRÉVERT. – Merci.</p>`,
			": Très bien !\nAnne Prévert: Merci."},
		{"SeveralVoicesAreNobody", `<p>Plusieurs conseillers. – Non !</p><p>Mme PRÉVERT. – Si.</p><p>M. SORIN. – Bon.</p>`,
			": Non !\nAnne Prévert: Si.\nLuc Sorin: Bon."},
		{"AnnouncementIsNoTurn", `<p>M. le Président. – Monsieur SORIN, vous avez la parole.</p><p>M. SORIN. – Merci.</p>`,
			"Lucien Trévoux: Monsieur SORIN, vous\nLuc Sorin: Merci."},
		{"WordsSaidToSomebodyAreNoLabel", `<p>M. SORIN. – Deux remarques.</p><p>Monsieur Trévoux, vous proposez ceci : Un impôt nouveau.</p><p>Mme PRÉVERT. – C’est faux.</p>`,
			"Luc Sorin: Deux remarques. Monsieur\nAnne Prévert: C’est faux."},
		{"SpeechGoesOnOverParagraphs", `<p>M. SORIN. – Premier point.</p><p>Second point, plus long.</p><p>Mme PRÉVERT. – Bien.</p>`,
			"Luc Sorin: Premier point. Second\nAnne Prévert: Bien."},
		{"NarrationIsNoTurn", `<p>Mme Prévert présente le rapport : Le budget augmente.</p><p>M. Sorin demande des précisions : Combien ?</p>`, ""},
		{"ThemesAreNoSpeakers", `<p>FINANCES – Budget primitif de la commune, voté en bloc.</p><p>FINANCES – Subventions aux associations, votées aussi.</p>`, ""},
	} {
		t.Run(c.outcome, func(t *testing.T) {
			if got := spokenBy(readPage(t, roll+c.page)); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

func TestChair(t *testing.T) {
	for _, c := range []struct{ outcome, page, want string }{
		{"HandedOver", `<p>M. le Président. – Je cède la présidence à Mme Anne Prévert.</p><p>Mme la Présidente. – Qui est contre ?</p>`,
			"Lucien Trévoux: Je cède la\nAnne Prévert: Qui est contre"},
		{"TakenWhileTheOtherIsAway", `<p>(M. le président quitte la salle. Mme Anne Prévert prend place au fauteuil.)</p><p>Mme la Présidente. – Qui est contre ?</p><p>(M. le président regagne son fauteuil.)</p><p>M. le Président. – Poursuivons.</p>`,
			"Anne Prévert: Qui est contre\nLucien Trévoux: Poursuivons."},
		{"GivingTheFloorHandsNothingOver", `<p>M. LE PRÉSIDENT : Monsieur Sorin.</p><p>M. SORIN : Merci.</p><p>M. LE PRÉSIDENT : Bien.</p>`,
			"Lucien Trévoux: Monsieur Sorin.\nLuc Sorin: Merci.\nLucien Trévoux: Bien."},
		{"PresidentOfAGroupIsNoChair", `<p>M. Luc SORIN, président du groupe Vallée commune. – Nous voterons contre.</p><p>M. le Président. – Merci.</p>`,
			"Luc Sorin: Nous voterons contre.\nLucien Trévoux: Merci."},
	} {
		t.Run(c.outcome, func(t *testing.T) {
			if got := spokenBy(readPage(t, roll+c.page)); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
	t.Run("UnknownStaysUnknown", func(t *testing.T) {
		r := readPage(t, `<p>M. le Président. – La séance est ouverte.</p><p>Mme Anne PRÉVERT. – Merci.</p>`)
		if got := spokenBy(r); got != ": La séance est\nAnne Prévert: Merci." {
			t.Errorf("got:\n%s", got)
		}
		if !found(r, "unknown_speaker") {
			t.Errorf("no finding says so: %v", r.Report)
		}
	})
}

func found(r *document.Reading, code string) bool {
	for _, f := range r.Report {
		if f.Code == code {
			return true
		}
	}
	return false
}

func TestHomonyms(t *testing.T) {
	const two = `<p>Étaient présents : M. Paul Martel (Vallée commune), M. Jean Martel (Union des coteaux), Mme Claire Martel, M. Luc Sorin.</p><h2>Débat</h2>`
	for _, c := range []struct {
		outcome, page, want string
		reported            bool
	}{
		{"SameCivilityIsNobody", `<p>M. MARTEL. – Je vote pour.</p><p>M. SORIN. – Moi contre.</p>`, ": Je vote pour.\nLuc Sorin: Moi contre.", true},
		{"CivilityParts", `<p>Mme MARTEL. – Je vote pour.</p><p>M. SORIN. – Moi contre.</p>`, "Claire Martel: Je vote pour.\nLuc Sorin: Moi contre.", false},
		{"FirstNameParts", `<p>M. Jean MARTEL. – Je vote pour.</p><p>M. SORIN. – Moi contre.</p>`, "Jean Martel: Je vote pour.\nLuc Sorin: Moi contre.", false},
		{"InitialParts", `<p>M. P. MARTEL. – Je vote pour.</p><p>M. SORIN. – Moi contre.</p>`, "Paul Martel: Je vote pour.\nLuc Sorin: Moi contre.", false},
		{"GroupParts", `<p>M. MARTEL (Union des coteaux). – Je vote pour.</p><p>M. SORIN. – Moi contre.</p>`, "Jean Martel: Je vote pour.\nLuc Sorin: Moi contre.", false},
	} {
		t.Run(c.outcome, func(t *testing.T) {
			r := readPage(t, two+c.page)
			if got := spokenBy(r); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
			if found(r, "homonym") != c.reported {
				t.Errorf("report %v, want a homonym: %v", r.Report, c.reported)
			}
		})
	}
}

func TestStageDirections(t *testing.T) {
	r := readPage(t, roll+`<p>M. SORIN. – C’est un scandale. (Protestations sur les bancs de la majorité.) Je le maintiens (et je le prouverai).</p>
<p>(Mme Prévert entre dans l’hémicycle.)</p><p>(M. ABEL-ROY. – Et l’eau ?)</p><p>Quant à l’eau, j’y viens.</p><p>M. le Président. – Merci.</p>`)
	var directions []string
	for _, d := range r.Minutes.Directions {
		directions = append(directions, d.Text)
		if d.Span.In(r.Text) != d.Text {
			t.Errorf("direction %q stands at %q", d.Text, d.Span.In(r.Text))
		}
	}
	want := "(Protestations sur les bancs de la majorité.)|(Mme Prévert entre dans l’hémicycle.)|(M. ABEL-ROY. – Et l’eau ?)"
	if got := strings.Join(directions, "|"); got != want {
		t.Errorf("directions\n%s\nwant\n%s", got, want)
	}
	for words, who := range map[string]string{"C’est un scandale": "Luc Sorin", "Je le maintiens": "Luc Sorin", "et je le prouverai": "Luc Sorin",
		"Et l’eau ?": "Paul Abel-Roy", "Quant à l’eau": "Luc Sorin", "Protestations sur": "", "entre dans l’hémicycle": ""} {
		turn, _ := r.SpeakerAt(strings.Index(r.Text, words))
		if turn.Speaker != who {
			t.Errorf("%q is said by %q, want %q", words, turn.Speaker, who)
		}
	}
}

func TestOpenTurn(t *testing.T) {
	long := `<p>M. SORIN. – Bonjour.</p><p>Mme PRÉVERT. – Au revoir.</p>`
	if r := readPage(t, roll+long); !found(r, "open_turn") {
		t.Errorf("a last turn without end is not reported: %v", r.Report)
	}
	if r := readPage(t, roll+long+`<p>La séance est levée à 18 h 40.</p>`); found(r, "open_turn") {
		t.Errorf("a closed sitting is reported: %v", r.Report)
	}
}

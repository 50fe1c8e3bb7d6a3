package document_test

import (
	"fmt"
	"strings"
	"testing"

	"contredit/document"
)

// captionsOf writes cues of two seconds; an empty line is a silence of one second.
func captionsOf(lines ...string) string {
	var b strings.Builder
	b.WriteString("WEBVTT\n")
	at := 10.0
	for _, line := range lines {
		if line == "" {
			at++
			continue
		}
		long := max(2, float64(len(line))/15)
		stamp := func(s float64) string {
			return fmt.Sprintf("00:%02d:%06.3f", int(s)/60, s-60*float64(int(s)/60))
		}
		fmt.Fprintf(&b, "\n%s --> %s\n%s\n", stamp(at), stamp(at+long), line)
		at += long
	}
	return b.String()
}

// labelledBy writes the turns one a line: « label: first words ».
func labelledBy(r *document.Reading) string {
	var lines []string
	for _, u := range r.Turns {
		words := strings.Fields(u.In(r.Text))
		lines = append(lines, u.Label+": "+strings.Join(words[:min(3, len(words))], " "))
	}
	return strings.Join(lines, "\n")
}

func TestCaptionsSpeakers(t *testing.T) {
	for _, c := range []struct {
		outcome string
		lines   []string
		want    string
	}{
		{"FloorGiven", []string{"je déclare la séance ouverte la parole est à madame Prévert", "", "merci monsieur le président je serai brève sur ce rapport"},
			"le président: je déclare la\nmadame Prévert: merci monsieur le"},
		{"FloorGivenAfterTheName", []string{"rapport suivant monsieur Sorin vous avez la parole", "", "merci ce rapport est simple et court"},
			"le président: rapport suivant monsieur\nmonsieur Sorin: merci ce rapport"},
		{"FloorGivenToARole", []string{"Madame la première vice-présidente, vous avez la parole.", "", "Merci, Monsieur le Président. Je serai brève."},
			"le président: Madame la première\nMadame la première vice-présidente: Merci, Monsieur le"},
		{"FloorGivenWithoutAPause", []string{"la parole est à madame Prévert pour répondre", "merci monsieur le président quarante agents ont été formés", "et trente le seront en juin",
			"merci la parole est à monsieur sorin", "merci monsieur le président vous avez fermé douze gares"},
			"le président: la parole est\nmadame Prévert: merci monsieur le\nle président: merci la parole\nmonsieur sorin: merci monsieur le"},
		{"FloorTakenInTheSameLine", []string{"la parole est à madame Prévert merci monsieur le président quarante agents ont été formés"},
			"le président: la parole est\nmadame Prévert: merci monsieur le"},
		{"AnswerNamesWhoAsked", []string{"je voudrais savoir quand le train reviendra", "", "je vous entends madame Prévert ce sera en juin"},
			"madame Prévert: je voudrais savoir"},
		{"ChairSpokenToAnswers", []string{"monsieur le président vous ne répondez pas", "", "vous exagérez toujours madame Prévert"},
			"madame Prévert: monsieur le président\nle président: vous exagérez toujours"},
		{"QuestionToSomebodyIsAnsweredByThem", []string{"Monsieur Sorin, combien de jours restera-t-il ?", "", "Deux, et pas un de moins."},
			"Monsieur Sorin: Deux, et pas"},
		{"FloorGivenToAFullName", []string{"La parole est à Anne Prévert.", "", "Merci. Je serai brève."},
			"le président: La parole est\nAnne Prévert: Merci. Je serai"},
		{"WhoPresentsTheItem", []string{"Le rapport suivant est présenté par Luc Sorin.", "", "Merci. Il s’agit de l’eau."},
			"le président: Le rapport suivant\nLuc Sorin: Merci. Il s’agit"},
		{"OwnName", []string{"Bonjour à tous. Je suis Luc Sorin, adjoint au maire. Voici le budget."},
			"Luc Sorin: Bonjour à tous."},
		{"LabelsAtLineStarts", []string{"M. SORIN : Le train reviendra en juin.", "Il sera à l’heure.", "Mme PRÉVERT : Je l’espère, dit-elle : merci."},
			"M. SORIN: Le train reviendra\nMme PRÉVERT: Je l’espère, dit-elle"},
		{"OneLabelMayBeAnAddress", []string{"Monsieur Sorin : Le train reviendra en juin."}, ""},
		{"LabelsInCaptionsWithVoicesAreWords", []string{"<v Luc Sorin>M. MARIN : Oui.", "<v Luc Sorin>M. DURAND : Non."},
			"Luc Sorin: M. MARIN :"},
		{"OwnRole", []string{"Un mot comme président du comité social territorial, si vous permettez."},
			"président du comité social territorial: Un mot comme"},
		{"TalkedAboutIsNotTalking", []string{"je pense comme monsieur Sorin que ce texte est bon", "", "tout à fait"}, ""},
		{"NobodyKnown", []string{"les trains sont en retard", "", "c'est la faute du chantier"}, ""},
		{"GoesOnThroughAPause", []string{"La parole est à Mme Prévert.", "", "Nous avons voté ce budget en mars. Il est juste.", "", "J’ajoute qu’il finance les lycées. Et les trains.", "", "Les trains sont en retard. C’est un fait."},
			"le président: La parole est\nMme Prévert: Nous avons voté"},
	} {
		t.Run(c.outcome, func(t *testing.T) {
			r := readOrigin(t, document.Origin{URL: "https://conseil.example/seance.vtt", MediaType: "text/vtt"}, captionsOf(c.lines...))
			if got := labelledBy(r); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s\ntext:\n%s", got, c.want, r.Text)
			}
			if n := len(r.Turns); c.outcome == "GoesOnThroughAPause" && !strings.HasSuffix(r.Turns[n-1].In(r.Text), "Et les trains.") {
				t.Errorf("the last turn is %q", r.Turns[n-1].In(r.Text))
			}
		})
	}
	t.Run("LongSilenceLeavesNobodyTheFloor", func(t *testing.T) {
		lines := []string{"La parole est à Mme Prévert."}
		for i := 0; i < 40; i++ {
			lines = append(lines, "")
		}
		r := readOrigin(t, document.Origin{URL: "https://conseil.example/seance.vtt", MediaType: "text/vtt"}, captionsOf(append(lines, "Reprenons le débat sur les lycées.")...))
		if got := labelledBy(r); got != "le président: La parole est" {
			t.Errorf("got %s", got)
		}
	})
}

func TestVoices(t *testing.T) {
	r := readOrigin(t, document.Origin{URL: "https://conseil.example/seance.vtt", MediaType: "text/vtt"}, "WEBVTT\n\n"+
		"00:10.000 --> 00:12.000\n<v M. Lucien TRÉVOUX, président>La séance est ouverte.\n\n"+
		"00:12.000 --> 00:14.000\n<v Anne Prévert>Merci, Monsieur le Président.\n\n"+
		"00:14.000 --> 00:16.000\n<v M. le Président>Je vous en prie.\n\n"+
		"00:16.000 --> 00:18.000\n<v Speaker 3>Et nous ?\n")
	if got, want := spokenBy(r), "Lucien Trévoux: La séance est\nAnne Prévert: Merci, Monsieur le\nLucien Trévoux: Je vous en\n: Et nous ?"; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestInterview(t *testing.T) {
	const questions = `<p><b>Que répondez-vous aux parents ?</b></p><p>Je comprends leur inquiétude.</p><p>Nous les recevrons.</p><p><b>Quand rouvre l’internat ?</b></p><p>À la rentrée.</p><p><i>Propos recueillis par Jean Alby.</i></p>`
	for _, c := range []struct{ outcome, page, want string }{
		{"NamedInTheTitle", `<h1>Anne Prévert : « Nous les recevrons »</h1>` + questions, "Anne Prévert: Je comprends leur\nAnne Prévert: À la rentrée."},
		{"NamedByItsKind", `<h1>Entretien avec Anne Prévert</h1>` + questions, "Anne Prévert: Je comprends leur\nAnne Prévert: À la rentrée."},
		{"NamedBeforeTheAnswer", `<h1>L’internat rouvrira</h1><p><b>La Gazette. – Que répondez-vous aux parents ?</b></p><p><b>Anne Prévert. –</b> Je comprends.</p><p><b>Quand rouvre l’internat ?</b></p><p>À la rentrée.</p>`,
			"Anne Prévert: Je comprends.\nAnne Prévert: À la rentrée."},
		{"QuestionsAsHeadings", `<h1>Trois questions à Anne Prévert</h1><h3>Que répondez-vous ?</h3><p>Je comprends.</p><h3>Et l’internat ?</h3><p>Il rouvrira.</p>`,
			"Anne Prévert: Je comprends.\nAnne Prévert: Il rouvrira."},
		{"FrequentQuestionsAnswerForNobody", `<h1>Foire aux questions</h1>` + questions, ""},
		{"NobodyNamed", `<h1>L’internat rouvrira</h1>` + questions, ""},
	} {
		t.Run(c.outcome, func(t *testing.T) {
			r := readOrigin(t, document.Origin{URL: "https://gazette.example/a.html", MediaType: "text/html"},
				"<!doctype html><html><head><title></title></head><body><main>"+c.page+"</main></body></html>")
			if got := spokenBy(r); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

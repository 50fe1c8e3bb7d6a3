package document_test

import (
	"fmt"
	"strings"
	"testing"

	"contredit/document"
)

// showAttendance writes who was there, one a line: « presence name (proxy) from until ».
func showAttendance(r *document.Reading) string {
	var lines []string
	if r.Minutes == nil {
		return ""
	}
	for _, a := range r.Minutes.Attendance {
		line := fmt.Sprintf("%s %s", a.Presence, a.Name)
		for _, part := range []struct{ sign, text string }{{"→", a.Proxy}, {"from ", a.From}, {"until ", a.Until}, {"/", a.Group}, {"= ", a.Function}} {
			if part.text != "" {
				line += " " + part.sign + part.text
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestAttendance(t *testing.T) {
	for _, c := range []struct{ outcome, page, want string }{
		{"List", `<p>Étaient présents : Mme Anne Prévert, M. Luc Sorin.</p>`, "present Anne Prévert\npresent Luc Sorin"},
		{"WithoutAccent", `<p>Etaient présents : Mme Anne Prévert, M. Luc Sorin.</p>`, "present Anne Prévert\npresent Luc Sorin"},
		{"WithoutFirstNames", `<p>Présents : Madame ADDARI, Monsieur ALBY, Mesdames BRUNEL et CORTET.</p>`,
			"present Addari\npresent Alby\npresent Brunel\npresent Cortet"},
		{"BothCivilitiesAtOnce", `<p>Présents : M. MMES Anne PRÉVERT, Luc SORIN, Jeanne ALBY.</p>`, "present Anne Prévert\npresent Luc Sorin\npresent Jeanne Alby"},
		{"ExcusedWithProxy", `<p>Sont présents : Mme Anne Prévert. Sont excusés : M. Luc SORIN (pouvoir à Mme PRÉVERT).</p>`,
			"present Anne Prévert\nexcused Luc Sorin →Mme PRÉVERT"},
		{"ProxyLines", `<p>Présents : Anne PRÉVERT, Jean ALBY.</p><p>Luc SORIN donne pouvoir à Anne PRÉVERT</p>`,
			"present Anne Prévert\npresent Jean Alby\nexcused Luc Sorin →Anne PRÉVERT"},
		{"ListsBelowTheirLabel", `<p><b>Présents :</b></p><ul><li>M. Luc SORIN, maire</li><li>Mme Anne PRÉVERT</li></ul><p><b>Absents ayant donné pouvoir :</b></p><ul><li>M. Jean ALBY à Mme Anne PRÉVERT</li><li>Mme Claire ROY (pouvoir à M. Luc SORIN)</li></ul><p>Absent : M. Paul ABEL</p><p>Le quorum est atteint.</p>`,
			"present Luc Sorin = maire\npresent Anne Prévert\nexcused Jean Alby →Mme Anne PRÉVERT\nexcused Claire Roy →M. Luc SORIN\nabsent Paul Abel"},
		{"LinesOfSeveralCivilities", `<p><b>Présents:</b></p><p>M. Luc SORIN, Maire</p><p>M. MLLE Jean ALBY, Claire ROY, Conseillers municipaux délégués</p><p><b>Absents excusés :</b></p><p>MME Anne PRÉVERT, Conseillère municipale, pouvoir donné à M. Luc SORIN</p><p>M. Paul ABEL, Conseiller municipal</p>`,
			"present Luc Sorin = Maire\npresent Jean Alby\npresent Claire Roy = Conseillers municipaux délégués\nexcused Anne Prévert →M. Luc SORIN = Conseillère municipale\nexcused Paul Abel = Conseiller municipal"},
		{"DelegationsOfVote", `<p>Étaient présents : Mme Anne Prévert. Délégations de vote : M. Luc Sorin à Mme Anne Prévert ; Mme Claire Alby à Mme Anne Prévert.</p>`,
			"present Anne Prévert\nexcused Luc Sorin →Mme Anne Prévert\nexcused Claire Alby →Mme Anne Prévert"},
		{"ProxyToWhomUnsaid", `<p>Présents : Anne PRÉVERT,Jean ALBY.</p><p>Absents ayant voté par procuration en application de l’article L. 2121-20 : Luc SORIN,Claire ROY.</p>`,
			"present Anne Prévert\npresent Jean Alby\nexcused Luc Sorin\nexcused Claire Roy"},
		{"AbsentWithoutExcuse", `<p>Étaient présents : Mme Anne Prévert. Étaient absents sans être excusés : M. Luc Sorin et Mme Claire Alby (SUD).</p>`,
			"present Anne Prévert\nabsent Luc Sorin /SUD\nabsent Claire Alby /SUD"},
		{"LateArrival", `<p>Présents : Mme Anne Prévert (arrivée à 10 h 50), M. Luc Sorin (départ à 12 h).</p>`,
			"present Anne Prévert from 10 h 50\npresent Luc Sorin until 12 h"},
		{"Functions", `<p>Participants : M. Luc Sorin (directeur du numérique), Mme Anne Prévert, cheffe de projet.</p>`,
			"present Luc Sorin = directeur du numérique\npresent Anne Prévert = cheffe de projet"},
		{"Unions", `<p>Étaient présents au titre du personnel : Mme Anne Prévert, M. Luc Sorin (CGT) ; M. Jean Alby (UNSA).</p>`,
			"present Anne Prévert /CGT\npresent Luc Sorin /CGT\npresent Jean Alby /UNSA"},
		{"Table", `<table><tr><th>Nom</th><th>Qualité</th><th>Présence</th></tr><tr><td>Mme Anne Prévert</td><td>titulaire</td><td>Présente</td></tr><tr><td>M. Luc Sorin</td><td>suppléant</td><td>Excusé</td></tr></table>`,
			"present Anne Prévert = titulaire\nexcused Luc Sorin = suppléant"},
		{"TableWithAMarkInAColumn", `<table><tr><th>Conseillers</th><th>Présent</th><th>Excusé</th><th>Absent</th><th>Pouvoir à</th></tr><tr><td>PRÉVERT Anne</td><td>X</td><td></td><td></td><td></td></tr><tr><td>M. Luc SORIN</td><td></td><td>X</td><td></td><td>PRÉVERT Anne</td></tr><tr><td>ALBY Jean</td><td></td><td></td><td>x</td><td></td></tr></table>`,
			"present Prévert Anne\nexcused Luc Sorin →PRÉVERT Anne\nabsent Alby Jean"},
		{"TableOfProxies", `<p>Présente : Mme Anne Prévert.</p><table><tr><th>Mandant</th><th>Mandataire</th></tr><tr><td>M. Luc Sorin</td><td>Mme Anne Prévert</td></tr></table>`,
			"present Anne Prévert\nexcused Luc Sorin →Mme Anne Prévert"},
		{"AbsentRepresentedBy", `<p>ETAIENT PRESENTS : Mesdames et Messieurs PRÉVERT Anne, ROY Claire</p><p>ABSENTS REPRESENTES : M. SORIN Luc par Mme PRÉVERT Anne</p><p>ABSENTS NON REPRESENTES : M. ALBY Jean</p>`,
			"present Prévert Anne\npresent Roy Claire\nabsent Sorin Luc →Mme PRÉVERT Anne\nabsent Alby Jean"},
		{"SurnameFirstIsOnePerson", `<p>Étaient présents : Mme PRÉVERT Anne, M. SORIN Luc.</p><p>Mme Prévert demande où en est le pont.</p>`,
			"present Prévert Anne\npresent Sorin Luc"},
		{"CommaAfterTheCivilities", `<p>Présents : M. MMES, Luc SORIN, Anne PRÉVERT</p>`, "present Luc Sorin\npresent Anne Prévert"},
		{"ComesAndGoes", `<p>Présents : Mme Anne Prévert, M. Luc Sorin. Absents : M. Jean Alby, Mme Claire Roy.</p><p>Arrivée de M. Jean ALBY à 18h42.</p><p>Mme Prévert quitte la séance à 19 h 20.</p><p>Départ de Mme Claire Roy à 20h.</p>`,
			"present Anne Prévert until 19 h 20\npresent Luc Sorin\npresent Jean Alby from 18h42\nabsent Claire Roy"},
		{"TableOfContractsIsNoList", `<p>Présents : Anne PRÉVERT.</p><h2>Marchés</h2><table><tr><td>1</td><td>Charpente</td><td>DURANDEAU</td><td>49 978,82</td></tr></table>`,
			"present Anne Prévert"},
		{"TribuneIsNoList", `<h1>Tribune : l’eau pour tous</h1><p>Par Anne Prévert, secrétaire de la section.</p><p>Nous demandons un vote.</p>`, ""},
		{"SpeechListsNobody", `<p>Étaient présents : Mme Anne Prévert, M. Luc Sorin.</p><h2>Débat</h2><p>M. SORIN. – Voici les présents : Mme Fatima Alby, M. Jean Roy.</p><p>Mme PRÉVERT. – Merci.</p>`,
			"present Anne Prévert\npresent Luc Sorin"},
	} {
		t.Run(c.outcome, func(t *testing.T) {
			r := readPage(t, c.page)
			if got := showAttendance(r); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
			if r.Minutes == nil {
				return
			}
			for _, a := range r.Minutes.Attendance {
				words := strings.Fields(a.Name)
				if surname := words[len(words)-1]; !strings.Contains(strings.ToLower(a.Span.In(r.Text)), strings.ToLower(surname)) {
					t.Errorf("%s stands at %q", a.Name, a.Span.In(r.Text))
				}
			}
		})
	}
}

// A register of several sittings is read as one; a person is told so.
func TestRegisterOfSeveralSittingsIsReported(t *testing.T) {
	sitting := func(day string) string {
		return `<p>L’an deux mille vingt-quatre et le ` + day + ` à dix-neuf heures, le conseil municipal s’est réuni sous la présidence de M. Luc SORIN.</p><p>Présents : M. Jean ALBY.</p>`
	}
	for page, want := range map[string]int{
		sitting("quinze janvier") + sitting("quatre mars"):    1,
		sitting("quinze janvier") + sitting("quinze janvier"): 0,
	} {
		got := 0
		for _, f := range readPage(t, page).Report {
			if f.Code == "several_sittings" {
				got++
			}
		}
		if got != want {
			t.Errorf("%d findings, want %d", got, want)
		}
	}
}

// A line end in capitals says nothing of the hyphen before it; the rest of the text does.
func TestSurnameThatALineEndParts(t *testing.T) {
	list := `<p>Présents : Mme Anne DU-RAND, M. Luc SORIN-ROY.</p>`
	for body, want := range map[string]string{
		`<p>Mme Anne DURAND expose le projet.</p>`: "present Anne Durand\npresent Luc Sorin-Roy",
		`<p>Le projet est exposé.</p>`:             "present Anne Du-Rand\npresent Luc Sorin-Roy",
	} {
		if got := showAttendance(readPage(t, list+body)); got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	}
}

func TestMinutesHead(t *testing.T) {
	for _, c := range []struct {
		outcome, page                            string
		body, date, opened, closed, chair, clerk string
		members                                  int
	}{
		{"DayInWords", `<h1>Comité social territorial</h1><p>Le douze juin deux mille vingt-cinq, à quatorze heures cinq, le comité social territorial s’est réuni sous la présidence de M. Luc Sorin. Secrétaire de séance : Mme Anne Prévert.</p><p>Étaient présents : M. Jean Alby.</p><p>Le président lève la séance à 16 h 35.</p>`,
			"CST", "2025-06-12", "14:05", "16:35", "Luc Sorin", "Anne Prévert", 0},
		{"Commune", `<h1>Conseil municipal du 13 octobre 2025</h1><p>L’an deux mil vingt-cinq, le treize octobre, à vingt heures trente minutes, le conseil municipal, dûment convoqué le 6 octobre 2025, s’est réuni sous la présidence de Monsieur Luc SORIN, maire. Conseillers en exercice : 18.</p><p>Présents : M. Jean ALBY.</p><p>A été élue secrétaire de séance : Mme Anne PRÉVERT</p>`,
			"Conseil municipal", "2025-10-13", "20:30", "", "Luc Sorin", "Anne Prévert", 18},
		{"YearBeforeTheDay", `<h1>Conseil municipal</h1><p>L’an deux mille vingt-cinq, le vendredi vingt et un mars à neuf heures trente, le conseil municipal s’est réuni sous la présidence de M. Luc SORIN.</p><p>Présents : M. Jean ALBY.</p>`,
			"Conseil municipal", "2025-03-21", "09:30", "", "Luc Sorin", "", 0},
		{"YearAndTheDay", `<h1>Conseil municipal</h1><p>L’an deux mille vingt-quatre et le quinze janvier à dix-neuf heures, le conseil municipal s’est réuni sous la présidence de M. Luc SORIN.</p><p>Présents : M. Jean ALBY.</p>`,
			"Conseil municipal", "2024-01-15", "19:00", "", "Luc Sorin", "", 0},
		{"ChairByOffice", `<h1>Conseil municipal du 24 avril 2025</h1><p>Réuni le 24 avril 2025 à 18h00, sous la présidence de Monsieur le Maire, Luc SORIN.</p><p>Présents : Anne PRÉVERT, Luc SORIN.</p>`,
			"Conseil municipal", "2025-04-24", "18:00", "", "Luc Sorin", "", 0},
		{"ConvocationIsNotTheDay", `<h1>Procès-verbal</h1><p>Convocation du 2 mars 2025. Séance de la commission permanente du 9 mars 2025, présidée par Mme Anne Prévert.</p><p>Présents : M. Luc Sorin.</p>`,
			"Commission permanente", "2025-03-09", "", "", "Anne Prévert", "", 0},
		{"DeliberationOfItsDay", `<h1>Extrait du registre</h1><p>Délibération n° 25.10.402 du 9 octobre 2025</p><p>VU la délibération n° 25.03.118 du 27 mars 2025 approuvant l’essai ;</p><p>Présents : M. Luc Sorin.</p>`,
			"", "2025-10-09", "", "", "", "", 0},
		{"AdoptedInSession", `<h1>Avis sur le budget</h1><p>Conseil économique, social et environnemental régional</p><p>Adopté en assemblée plénière le 10 décembre 2024. Présents : M. Luc Sorin.</p>`,
			"CESER", "2024-12-10", "", "", "", "", 0},
		{"AdoptedLater", `<h1>Séance du conseil régional du 2 juillet 2025</h1><p>Procès-verbal adopté le 19 juillet 2025. Présents : M. Luc Sorin.</p>`,
			"Conseil régional", "2025-07-02", "", "", "", "", 0},
		{"ThematicCommission", `<h1>Commission Culture, patrimoine et vie associative – compte rendu du 8 octobre 2025</h1><p>Présidente : Mme Anne Prévert. Présents : M. Luc Sorin.</p>`,
			"Commission Culture, patrimoine et vie associative", "2025-10-08", "", "", "Anne Prévert", "", 0},
	} {
		t.Run(c.outcome, func(t *testing.T) {
			m := readPage(t, c.page).Minutes
			if m == nil {
				t.Fatal("no minutes")
			}
			for _, f := range []struct{ name, got, want string }{{"body", m.Body, c.body}, {"date", m.Date, c.date}, {"opened", m.Opened, c.opened},
				{"closed", m.Closed, c.closed}, {"chair", m.Chair, c.chair}, {"secretary", m.Secretary, c.clerk}, {"members", fmt.Sprint(m.Members), fmt.Sprint(c.members)}} {
				if f.got != f.want {
					t.Errorf("%s: got %q want %q", f.name, f.got, f.want)
				}
			}
		})
	}
	t.Run("RecordIsOfTheDayOfItsMeeting", func(t *testing.T) {
		r := readPage(t, `<h1>Procès-verbal de la séance du 9 octobre 2025</h1><p class="meta">Mis en ligne le 24 novembre 2025</p><p>Présents : M. Luc Sorin, Mme Anne Prévert.</p>`)
		if r.Date != "2025-10-09" {
			t.Errorf("got %q", r.Date)
		}
	})
	t.Run("NoMeetingNoMinutes", func(t *testing.T) {
		if r := readPage(t, `<h1>Budget 2026</h1><p>La région maintient ses investissements dans les lycées et les trains.</p>`); r.Minutes != nil {
			t.Errorf("got %+v", r.Minutes)
		}
	})
}

package document_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"contredit/document"
)

// drawn is a PDF that was drawn already.
type drawn struct {
	pages []document.Page
	state document.State
}

func (d drawn) Pages(context.Context, []byte) ([]document.Page, document.State, error) {
	return d.pages, d.state, nil
}

func mustReadPages(t *testing.T, d drawn) *document.Reading {
	t.Helper()
	r, err := document.Reader{PDF: d}.Read(t.Context(), document.Origin{URL: "https://region.example/pv.pdf"}, []byte("%PDF-1.7"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Passages {
		if p.Start < 0 || p.End > len(r.Text) || p.Start > p.End {
			t.Fatalf("passage %v lies outside of the text", p.Span)
		}
	}
	return r
}

// line is a line of running text at a place of the page.
func line(left, top float64, text string) document.Line {
	return document.Line{Text: text, Left: left, Top: top, Right: left + 5*float64(len([]rune(text))), Bottom: top + 9, Size: 10}
}

func set(left, top float64, lines ...string) []document.Line {
	var list []document.Line
	for i, text := range lines {
		list = append(list, line(left, top+13*float64(i), text))
	}
	return list
}

func sheet(number int, lines ...document.Line) document.Page {
	return document.Page{Number: number, Width: 600, Height: 840, Lines: lines}
}

func TestPages(t *testing.T) {
	left := set(50, 100, "Le comité examine le point numéro un de", "l’ordre du jour et constate que la consul-", "tation n’a pas eu lieu avant le vote de", "l’assemblée. La vice-", "présidente en prend acte et demande que", "le dossier soit présenté de nouveau à la")
	right := set(310, 100, "prochaine séance du comité, au mois de", "juin. Les représentants du personnel se", "déclarent favorables à cette proposition", "et demandent un calendrier écrit pour la", "suite des travaux de la commission.", "La séance est levée à seize heures.")
	var rowByRow []document.Line
	for i := range left {
		rowByRow = append(rowByRow, left[i], right[i])
	}
	cells := func(top float64, texts ...string) []document.Line {
		var list []document.Line
		for i, text := range texts {
			list = append(list, line(50+180*float64(i), top, text))
		}
		return list
	}
	head := document.Line{Text: "Comité social territorial", Left: 50, Top: 30, Right: 200, Bottom: 38, Size: 8}
	foot := func(n string) document.Line {
		return document.Line{Text: "Page " + n + " sur 2", Left: 280, Top: 805, Right: 330, Bottom: 812, Size: 8}
	}
	for name, tt := range map[string]struct {
		pages []document.Page
		want  []string // in the text
		not   []string
	}{
		"TwoColumnsDrawnRowByRow": {[]document.Page{sheet(1, rowByRow...)},
			[]string{"constate que la consultation n’a pas eu lieu", "La vice-présidente en prend acte", "présenté de nouveau à la prochaine séance du comité"}, []string{"consul-"}},
		"NotesBesideTextStandApart": {[]document.Page{sheet(1, slices.Concat(
			set(42, 100, "Nombre de membres", "en exercice : 19", "Présents : 17", "Votants : 19", "Convocation :", "8 octobre 2025"),
			set(187, 100, "L’an deux mil vingt-cinq, le quinze octobre, à vingt heures trente", "minutes, le conseil municipal de la commune d’Exemple, dûment", "convoqué, s’est réuni en session ordinaire, à la mairie, sous la", "présidence de Mme Anne Prévert, maire, assistée de ses adjoints et", "des conseillers municipaux que la liste suivante nomme, et qui ont", "signé la feuille de présence."))...)},
			[]string{"à vingt heures trente minutes, le conseil municipal", "sous la présidence de Mme Anne Prévert", "en exercice : 19"}, []string{" ; "}},
		"MembersLineByLine": {[]document.Page{sheet(1, set(50, 100, "Mme Anne Prévert, conseillère municipale", "M. Luc Sorin, conseiller municipal, pouvoir donné à M. Paul Alby", "A été élue secrétaire de séance : Mme Lise Roy", "Le compte rendu est adopté après que chacun en a pris connaissance.")...)},
			[]string{"municipale\n\nM. Luc", "Alby\n\nA été élue"}, nil},
		"RunningHeadsGo": {[]document.Page{sheet(1, append([]document.Line{head, foot("1")}, set(50, 100, "Un premier texte.")...)...), sheet(2, append([]document.Line{head, foot("2")}, set(50, 100, "Un second texte.")...)...)},
			[]string{"Un premier texte.", "Un second texte."}, []string{"Page 1", "Comité social"}},
		"ParagraphOverPages": {[]document.Page{sheet(1, set(50, 700, "La délibération a été adoptée à l’unanimité des suffrages", "exprimés, après que le groupe a")...), sheet(2, set(50, 100, "retiré son amendement.")...)},
			[]string{"après que le groupe a retiré son amendement."}, nil},
		"TableRows": {[]document.Page{sheet(1, append(append(cells(100, "Année", "Régularité", "Objectif"), cells(118, "2023", "90,1 %", "93,5 %")...), cells(136, "2024", "88,3 %", "94,0 %")...)...)},
			[]string{"2024 ; 88,3 % ; 94,0 %"}, nil},
		"ActsBeginLines": {[]document.Page{sheet(1, set(50, 100, "VU le code général des collectivités territoriales ;", "VU l’avis du comité social territorial ;")...)},
			[]string{"territoriales ;\n\nVU l’avis"}, nil},
		"CountStaysWhole": {[]document.Page{sheet(1, set(50, 100, "Je mets aux voix le rapport qui vous a été présenté. Pour : 43. Contre :", "18. Abstentions : 16. Il est adopté.")...)},
			[]string{"Contre : 18. Abstentions : 16."}, nil},
		"NamesKeepTheirHyphen": {[]document.Page{sheet(1, set(50, 100, "Le conseil régional du Val-de-", "Exemple délibère sur le budget du procès-", "verbal.")...)},
			[]string{"Val-de-Exemple", "procès-verbal"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := mustReadPages(t, drawn{pages: tt.pages, state: document.StateRead})
			for _, want := range tt.want {
				if !strings.Contains(r.Text, want) {
					t.Errorf("%q is not in\n%s", want, r.Text)
				}
			}
			for _, not := range tt.not {
				if strings.Contains(r.Text, not) {
					t.Errorf("%q is in\n%s", not, r.Text)
				}
			}
		})
	}
}

func TestPagesKnowTheirNumbers(t *testing.T) {
	foot := func(n string) document.Line {
		return document.Line{Text: "– " + n + " –", Left: 290, Top: 805, Right: 310, Bottom: 812, Size: 8}
	}
	r := mustReadPages(t, drawn{state: document.StateRead, pages: []document.Page{
		sheet(1, append(set(50, 700, "Le rapport est présenté, puis le conseil, après en"), foot("31"))...),
		sheet(2, append(set(50, 100, "avoir délibéré, décide de le retirer."), foot("32"))...),
	}})
	at := strings.Index(r.Text, "décide de le retirer")
	if l := r.LocatorAt(at); l.Page != 2 || l.Printed != "32" {
		t.Errorf("the end stands on page %d, printed %q; want 2, 32", l.Page, l.Printed)
	}
	if l := r.LocatorAt(0); l.Page != 1 || l.Printed != "31" {
		t.Errorf("the start stands on page %d, printed %q; want 1, 31", l.Page, l.Printed)
	}
}

func TestPagesWithoutText(t *testing.T) {
	for name, tt := range map[string]struct {
		d    drawn
		want document.State
	}{
		"Scanned":   {drawn{pages: []document.Page{{Number: 1, Width: 600, Height: 840, Images: 1}}, state: document.StateRead}, document.StateScanned},
		"Empty":     {drawn{pages: []document.Page{{Number: 1, Width: 600, Height: 840}}, state: document.StateRead}, document.StateEmpty},
		"Encrypted": {drawn{state: document.StateEncrypted}, document.StateEncrypted},
		"Malformed": {drawn{state: document.StateMalformed}, document.StateMalformed},
		"TooBig":    {drawn{state: document.StateTooBig}, document.StateTooBig},
	} {
		t.Run(name, func(t *testing.T) {
			r := mustReadPages(t, tt.d)
			if r.State != tt.want || r.Note == "" || r.Text != "" {
				t.Errorf("got state %s, note %q, text %q", r.State, r.Note, r.Text)
			}
		})
	}
}

func TestPagesOfAFileWithoutHeader(t *testing.T) {
	source := "%\xe2\xe3\xcf\xd3\n1 0 obj \n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
	d := drawn{pages: []document.Page{sheet(1, line(50, 100, "Le conseil adopte."))}, state: document.StateRead}
	r, err := document.Reader{PDF: d}.Read(t.Context(), document.Origin{URL: "https://region.example/pv.pdf", MediaType: "application/pdf"}, []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	if want := "Le conseil adopte."; !strings.Contains(r.Text, want) || strings.Contains(r.Text, "endobj") {
		t.Errorf("got %q, want the page, not the source of the file", r.Text)
	}
}

func TestPagesGoOnAfterAPageThatShowsNothing(t *testing.T) {
	for _, sign := range []string{"\u200b", "\u00ad", "\ufeff"} { // text editors leave them on blank pages
		r := mustReadPages(t, drawn{state: document.StateRead, pages: []document.Page{
			sheet(1, set(50, 100, "Le conseil adopte le rapport.")...),
			sheet(2, line(50, 200, sign)),
			sheet(3, set(50, 100, "La séance est levée.")...),
		}})
		if !strings.Contains(r.Text, "Le conseil adopte le rapport.") || !strings.Contains(r.Text, "La séance est levée.") {
			t.Errorf("after %q: got %q", sign, r.Text)
		}
	}
}

package claims_test

import (
	"errors"
	"testing"

	"contredit/claims"
	"contredit/document"
)

// read is a directory that learned an attendance list, in which names are misread.
func read(people ...document.Attendee) *claims.Directory {
	d := claims.NewDirectory()
	d.Add(claims.Member{Name: "Anne Morel", Function: "présidente", Body: "Région Exemple"})
	d.Learn(document.Document{Body: "Région Exemple", Date: "2024-03-01"}, &document.Reading{State: document.StateRead, Minutes: &document.Minutes{Attendance: people}})
	return d
}

func TestCorrectedDirectory(t *testing.T) {
	misread := read(document.Attendee{Name: "Nadège Fourcaut", Civility: "Mme"}, document.Attendee{Name: "Paul Guérin", Civility: "M."},
		document.Attendee{Name: "Marie Nadège Fourcaud", Civility: "Mme"})
	for _, tt := range []struct {
		name, label, body, date, want, function string
		persons                                 []claims.Person
	}{
		{"Untouched", "M. GUÉRIN", "", "", "Paul Guérin", "", nil},
		{"VariantIsThePerson", "Mme Nadège FOURCAUT", "", "", "Nadège Fourcaud", "", []claims.Person{{Name: "Nadège Fourcaud", Variants: []string{"Nadège Fourcaut"}}}},
		{"MergedSurnameIsThePerson", "Mme FOURCAUT", "", "", "Nadège Fourcaud", "", []claims.Person{{Name: "Nadège Fourcaud", Variants: []string{"Nadège Fourcaut"}}}},
		{"KeptApartFromALongerName", "Nadège Fourcaud", "", "", "Nadège Fourcaud", "", []claims.Person{{Name: "Nadège Fourcaud"}}},
		{"OfficeGoesBeforeTheConfiguration", "Mme la Présidente", "Région Exemple", "2025-01-01", "Claire Dupont", "présidente",
			[]claims.Person{{Name: "Anne Morel", Civility: "Mme", Offices: []claims.Office{{Function: "conseillère", Body: "Région Exemple"}}},
				{Name: "Claire Dupont", Civility: "Mme", Offices: []claims.Office{{Function: "présidente", Body: "Région Exemple", From: "2024-01-01"}}}}},
		{"OfficeOfTheDay", "Anne Morel", "Région Exemple", "2020-01-01", "Anne Morel", "vice-présidente", []claims.Person{{Name: "Anne Morel", Offices: []claims.Office{
			{Function: "vice-présidente", Body: "Région Exemple", To: "2021-06-30"}, {Function: "présidente", Body: "Région Exemple", From: "2021-07-01"}}}}},
		{"OfficeThatEndedIsNotTold", "Anne Morel", "", "2025-01-01", "Anne Morel", "", []claims.Person{{Name: "Anne Morel", Offices: []claims.Office{{Function: "présidente", To: "2021-06-30"}}}}},
		{"HomonymsAreToldApartByTheirBody", "M. Jean MARTIN", "Vaubrun", "", "Jean Martin (Vaubrun)", "maire", []claims.Person{
			{Name: "Jean Martin", Offices: []claims.Office{{Function: "conseiller", Body: "Région Exemple"}}}, {Name: "Jean Martin (Vaubrun)", Offices: []claims.Office{{Function: "maire", Body: "Vaubrun"}}}}},
		{"HomonymsWithoutABodyAreNobody", "Jean Martin", "", "", "", "", []claims.Person{
			{Name: "Jean Martin", Offices: []claims.Office{{Function: "conseiller", Body: "Région Exemple"}}}, {Name: "Jean Martin (Vaubrun)", Offices: []claims.Office{{Function: "maire", Body: "Vaubrun"}}}}},
		{"HomonymsOfOneBodyAreToldApartByTheirTerms", "M. MARTIN", "Vaubrun", "2012-05-05", "Jean Martin (père)", "maire", []claims.Person{
			{Name: "Jean Martin (père)", Offices: []claims.Office{{Function: "maire", Body: "Vaubrun", To: "2014-03-30"}}}, {Name: "Jean Martin (fils)", Offices: []claims.Office{{Function: "maire", Body: "Vaubrun", From: "2014-03-31"}}}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := misread.Corrected(claims.NewRoster(tt.persons)).Resolve(tt.label, tt.body, tt.date)
			if ok != (tt.want != "") || got.Name != tt.want || got.Function != tt.function {
				t.Errorf("%s in %q on %q is %q, %q; want %q, %q", tt.label, tt.body, tt.date, got.Name, got.Function, tt.want, tt.function)
			}
		})
	}
}

func TestRosterLaterGoesFirst(t *testing.T) {
	a, b := claims.Person{Name: "Anne Morel", Variants: []string{"A. Morel"}}, claims.Person{Name: "Anne Morel-Vidal", Variants: []string{"Anne Morel"}}
	for _, tt := range []struct {
		name    string
		persons []claims.Person
		want    string
	}{
		{"MergedIntoTheOther", []claims.Person{a, b}, "Anne Morel-Vidal"},
		{"TakenOutAgain", []claims.Person{b, a}, "Anne Morel"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := claims.NewRoster(tt.persons).NameOf("Mme Anne MOREL"); got != tt.want {
				t.Errorf("Anne Morel is %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPersonTidy(t *testing.T) {
	for _, name := range []string{"", "Mme", "le Président", "vice-présidente"} {
		if _, err := (claims.Person{Name: name}).Tidy(); !errors.Is(err, claims.ErrNotAPerson) {
			t.Errorf("%q is taken for a person: %v", name, err)
		}
	}
	p, err := claims.Person{Name: " Anne  Morel ", Variants: []string{"anne morel", "", "A. Morel"}, Offices: []claims.Office{{}, {Function: "maire "}, {Function: "maire"}}}.Tidy()
	if err != nil || p.Name != "Anne Morel" || len(p.Variants) != 1 || len(p.Offices) != 1 {
		t.Errorf("tidy: %+v, %v", p, err)
	}
}

package claims_test

import (
	"fmt"
	"slices"
	"testing"

	"contredit/claims"
	"contredit/document"
)

func TestMeetingsNamed(t *testing.T) {
	full := []document.Attendee{{Name: "Ada"}, {Name: "Bea"}, {Name: "Cyr"}}
	for _, c := range []struct {
		name, title, date, body, text string
		role                          document.Role
		minutes                       *document.Minutes
		want                          []string // known body day
	}{
		{name: "own minutes and those they approve", title: "Procès-verbal du comité social territorial du 26 septembre 2024", date: "2024-10-15", body: "Comité social territorial",
			text: "Approbation du procès-verbal de la séance du 4 juillet 2024.", role: document.RoleRecord,
			want: []string{"record Comité social territorial 2024-09-26", "mention Comité social territorial 2024-07-04"}},
		{name: "a statement mentions a sitting", title: "Communiqué", body: "Section fictive", role: document.RoleStatement,
			text: "Le CST du jeudi 12 mars 2026 n’en a pas parlé. Réunie le 3 avril 2026, la direction se tait.", want: []string{"mention CST 2026-03-12"}},
		{name: "a mandate is no sitting", title: "Communiqué", body: "Région fictive", role: document.RoleStatement,
			text: "L’organigramme est arrêté par le président du conseil régional le 2 juin 2025."},
		{name: "what was put off was not held", title: "Communiqué", body: "Région fictive", role: document.RoleStatement,
			text: "Le CST du 12 mars 2026, reporté faute de quorum, n’a rien dit. La séance plénière du 20 mars 2026 est annulée."},
		{name: "plenary of another body", title: "CESER – Avis sur le budget", date: "2024-12-10", body: "Instances", role: document.RoleRecord, minutes: &document.Minutes{Attendance: full},
			text: "Adopté en assemblée plénière le 10 décembre 2024.", want: []string{"record CESER 2024-12-10"}},
		{name: "an agenda announces", title: "Ordre du jour de la commission permanente du 16 mai 2026", date: "2026-05-02", body: "Conseil régional", role: document.RoleRecord,
			text: "Point unique.", want: []string{"agenda commission permanente 2026-05-16"}},
		{name: "a calendar counts sittings, not terms", title: "Calendrier 2025 du comité social territorial", date: "2025-01-10", body: "CST", role: document.RoleRecord,
			text: "Séance ; Heure ; Date limite\nJeudi 6 février 2025 ; 9 h 30 ; 22 janvier 2025\nJeudi 3 avril 2025 ; 14 h ; 19 mars 2025\nJeudi 12 juin 2025, séance reportée", want: []string{"calendar CST 2025-02-06", "calendar CST 2025-04-03"}},
		{name: "a union's account is a mention", title: "Compte rendu du CST du 6 novembre 2025", date: "2025-11-10", body: "Organisations syndicales", role: document.RoleRecord,
			minutes: &document.Minutes{Attendance: full}, text: "Ce qu’il faut retenir.", want: []string{"mention CST 2025-11-06"}},
		{name: "a page that explains is no record", title: "Comment suivre une séance ?", date: "2024-09-05", body: "Conseil régional", role: document.RoleRecord, text: "Les séances sont publiques."},
		{name: "no day that a calendar lacks", title: "Communiqué", body: "Région fictive", role: document.RoleStatement, text: "Le CST du 31 février 2026 en a parlé."},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := document.Document{URL: "https://region.exemple/a", Title: c.title, Date: c.date, Body: c.body, Role: c.role}
			r := &document.Reading{State: document.StateRead, Text: c.text, Minutes: c.minutes, Passages: []document.Passage{{Span: document.Span{End: len(c.text)}}}}
			var got []string
			for _, m := range claims.MeetingsNamed(doc, r) {
				got = append(got, fmt.Sprintf("%s %s %s", m.Known, m.Body, m.Date))
				if m.Span.End > 0 && claims.MeetingsNamed(document.Document{Role: document.RoleStatement}, &document.Reading{State: document.StateRead, Text: "Le CST du " + m.Span.In(c.text) + "."}) == nil {
					t.Errorf("the span of %s says %q, which is no date", m.Date, m.Span.In(c.text))
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestCoverage(t *testing.T) {
	list := []claims.Meeting{
		{Body: "Comité social territorial", Date: "2025-02-06", State: claims.MeetingRead, Known: claims.KnownByRecord, URL: "a", Title: "Procès-verbal"},
		{Body: "CST", Date: "2025-02-06", State: claims.MeetingMissing, Known: claims.KnownByMention, URL: "b"},
		{Body: "CST", Date: "2025-04-03", State: claims.MeetingMissing, Known: claims.KnownByMention, URL: "b"},
		{Body: "CST", Date: "2025-04-03", State: claims.MeetingMissing, Known: claims.KnownByCalendar, URL: "c"},
		{Body: "CST", Date: "2025-06-12", State: claims.MeetingObtained, Known: claims.KnownByRecord, URL: "d"},
		{Body: "CST", Date: "2026-06-12", State: claims.MeetingMissing, Known: claims.KnownByCalendar, URL: "c"},
		{Body: "CAP", Date: "2025-03-01", State: claims.MeetingMissing, Known: claims.KnownByMention, URL: "b"},
	}
	for range 2 {
		got := claims.Coverage(list, "2026-01-01")
		if len(got) != 1 || got[0].Body != "Comité social territorial" {
			t.Fatalf("got %+v, want one body under the name of its records, and none that nobody watches", got)
		}
		var days []string
		for _, m := range got[0].Meetings {
			days = append(days, m.Date+" "+m.State+" "+m.Known)
		}
		if want := []string{"2025-02-06 read record", "2025-04-03 missing mention", "2025-06-12 obtained record"}; !slices.Equal(days, want) {
			t.Errorf("got %q, want %q", days, want)
		}
		if got[0].Count(claims.MeetingMissing) != 1 || got[0].Count(claims.MeetingRead) != 1 {
			t.Errorf("counted %d missing and %d read", got[0].Count(claims.MeetingMissing), got[0].Count(claims.MeetingRead))
		}
		slices.Reverse(list) // the order changes nothing
	}
	list = append(list, claims.Meeting{Body: "Comité technique", Date: "2020-01-01", State: claims.MeetingMissing, Known: claims.KnownByConfiguration})
	if got := claims.Coverage(list, "2026-01-01"); len(got) != 1 || got[0].Body != "Comité technique" {
		t.Errorf("the operator's name of a body does not win: %+v", got)
	}
}

package document_test

import (
	"testing"

	"contredit/document"
)

// TestSoleAct holds how an extract of the register, one act, is understood: its object is its item and its
// title, its day is that of the meeting, and stamps are neither.
func TestSoleAct(t *testing.T) {
	const (
		head  = `<p>Séance publique du Acte certifié exécutoire jeudi 24 avril 2025 Envoi Préfecture : 28/04/2025</p><p>Réception en Préfecture : 28/04/2025</p><h1>Extrait du registre des délibérations du conseil municipal</h1><p>n° 2025 / 161</p><p>Convoqué le 17/04/2025, le conseil municipal s’est réuni le jeudi 24 avril 2025 à 18 h, sous la présidence de M. Luc SORIN.</p>`
		roll  = `<p>Présents :</p><p>Anne PRÉVERT, Luc SORIN, Jean ALBY.</p><p>Absents ayant voté par procuration en application de l’article L. 2121-20 du code général des collectivités territoriales :</p><p>Marie DUNE.</p><p>Absents :</p>`
		after = `<p>Monsieur le Maire rapporte :</p><p>La commission locale de l’eau élabore le schéma d’aménagement et de gestion des eaux.</p><h3>Le Conseil Adopte.</h3><p>Suppléante : Anne PRÉVERT</p><p>Publiée le : 25/04/2025</p>`
	)
	for name, tt := range map[string]struct{ page, number, object, title string }{
		"BetweenTheRollAndTheReport": {head + roll + `<h3>Commission locale de l’eau</h3><h3>Désignation des représentants de la Ville</h3>` + after,
			"2025/161", "Commission locale de l’eau – Désignation des représentants de la Ville", "Délibération n° 2025/161 – Commission locale de l’eau – Désignation des représentants de la Ville"},
		"ParticipationIsNoRoll": {head + roll + `<h3>Participation de la Ville aux séjours de vacances de l’été</h3>` + after,
			"2025/161", "Participation de la Ville aux séjours de vacances de l’été", "Délibération n° 2025/161 – Participation de la Ville aux séjours de vacances de l’été"},
		"ObjectInTheHead": {head + `<p>Objet : Commission locale de l’eau</p>` + roll + `<p>Vu le code général des collectivités territoriales,</p>` + after,
			"2025/161", "Commission locale de l’eau", "Délibération n° 2025/161 – Commission locale de l’eau"},
		"ObjectOnTheNextLine": {head + `<p>OBJET DE LA DÉLIBÉRATION :</p><p>Tarifs de l’eau</p>` + roll + after, "2025/161", "Tarifs de l’eau", "Délibération n° 2025/161 – Tarifs de l’eau"},
	} {
		t.Run(name, func(t *testing.T) {
			r := readOrigin(t, document.Origin{URL: "https://v.example/acte.html", Role: document.RoleRecord}, "<!doctype html><html><body><main>"+tt.page+"</main></body></html>")
			m := r.Minutes
			if m == nil || len(m.Items) != 1 {
				t.Fatalf("minutes %+v, want one item", m)
			}
			if got := m.Items[0]; got.Number != tt.number || got.Title != tt.object || got.Outcome != "adopted" {
				t.Errorf("item %q %q %q, want %q %q adopted", got.Number, got.Title, got.Outcome, tt.number, tt.object)
			}
			if m.Date != "2025-04-24" || r.Title != tt.title {
				t.Errorf("%s %q, want 2025-04-24 %q", m.Date, r.Title, tt.title)
			}
		})
	}
}

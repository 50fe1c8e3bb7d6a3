package document_test

import (
	"strings"
	"testing"
	"time"

	"contredit/document"

	"golang.org/x/text/encoding/charmap"
)

var fetched = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func TestPageHead(t *testing.T) {
	for _, c := range []struct {
		outcome, address, page string
		title, date, author    string
	}{
		{"NewsArticle", "https://journal.example/a", `<head><title>Le train de nuit revient | Le Journal</title><script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2025-10-31T06:00:00+01:00","author":{"@type":"Person","name":"Jean Alby"}}</script></head><body><main><h1>Le train de nuit revient</h1><p>La ligne rouvre lundi, après deux ans de travaux sur les voies.</p></main></body>`,
			"Le train de nuit revient", "2025-10-31", "Jean Alby"},
		{"SiteNameInTheFooter", "https://region.example/a", `<head><title>Budget 2026 – Région Exemple</title></head><body><main><h1>Budget 2026</h1><p class="meta">Publié le 3 février 2026</p><p>La région a voté son budget en séance plénière hier soir.</p></main><footer><p>Région Exemple</p><p>© 1er janvier 2024</p></footer></body>`,
			"Budget 2026", "2026-02-03", ""},
		{"TitleKeepsItsOwnDash", "https://region.example/a", `<head><title>Lycées – état des lieux</title></head><body><main><h1>Lycées – état des lieux</h1><p>Le rapport a été présenté devant la commission compétente.</p></main></body>`,
			"Lycées – état des lieux", "", ""},
		{"NeverInTheFuture", "https://region.example/a", `<head><title>Inauguration</title></head><body><main><h1>Inauguration</h1><p>Le lycée sera inauguré le 14 juin 2027 en présence du recteur et des élus.</p></main></body>`,
			"Inauguration", "", ""},
		{"DayInTheAddress", "https://region.example/2025/09/02/rentree.html", `<head><title>Rentrée</title></head><body><main><h1>Rentrée</h1><p>Les cantines rouvrent avec des produits locaux dans tous les lycées.</p></main></body>`,
			"Rentrée", "2025-09-02", ""},
		{"SPIPByline", "http://section.example/spip.php?article12", `<head><title>Section - Cuisines : la coupe est pleine</title><meta name="generator" content="SPIP 4.2"></head><body><div id="contenu"><h1>Cuisines : la coupe est pleine</h1><p class="info-publi">jeudi 12 juin 2025, par Anne Prévert</p><div class="texte"><p>Les agents des cuisines demandent des moyens depuis deux ans déjà.</p></div></div><div id="pied">Section</div></body>`,
			"Cuisines : la coupe est pleine", "2025-06-12", "Anne Prévert"},
		{"SignedTribune", "https://section.example/t", `<head><title>Tribune</title></head><body><main><h1>Remettre l’humain au menu</h1><p>Par Florence Guérin, secrétaire de la section.</p><p>Nous demandons depuis l’automne que les cuisines soient entendues.</p></main></body>`,
			"Remettre l’humain au menu", "", "Florence Guérin"},
	} {
		t.Run(c.outcome, func(t *testing.T) {
			r := readOrigin(t, document.Origin{URL: c.address, MediaType: "text/html", FetchedAt: fetched}, "<!doctype html><html lang=fr>"+c.page+"</html>")
			if r.Title != c.title || r.Date != c.date || r.Author != c.author {
				t.Errorf("got  %q %q %q\nwant %q %q %q", r.Title, r.Date, r.Author, c.title, c.date, c.author)
			}
		})
	}
}

func TestPageText(t *testing.T) {
	for _, c := range []struct{ outcome, page, want string }{
		{"MenusAndFootersAreLeftOut", `<body><header><a href="/">Accueil</a></header><nav><ul><li>Lycées</li></ul></nav><main><h1>Titre</h1><p>Le texte de la page, assez long pour en être un.</p></main><footer>Mentions légales</footer></body>`,
			"Titre\n\nLe texte de la page, assez long pour en être un."},
		{"ListsStay", `<body><main><p>Le conseil décide, après en avoir délibéré :</p><ol><li>de créer un emploi ;</li><li>de voter la dépense.</li></ol></main></body>`,
			"Le conseil décide, après en avoir délibéré :\n\nde créer un emploi ;\nde voter la dépense."},
		{"TextOnlyInATable", `<body><table><tr><td>Menu</td></tr></table><table><tr><th>Indicateur</th><th>2024</th></tr><tr><td>Stagiaires formés dans l’année</td><td>12 400</td></tr><tr><td>Taux de retour à l’emploi</td><td>58 %</td></tr></table></body>`,
			"Indicateur ; 2024\nStagiaires formés dans l’année ; 12 400\nTaux de retour à l’emploi ; 58 %"},
		{"SoftHyphensAndSpacesFold", "<body><main><p>La con\u00adcer\u00adtation\u00a0: 12\u202f% des\u200b agents  ont\nrépondu au questionnaire.</p></main></body>",
			"La concertation : 12 % des agents ont répondu au questionnaire."},
		{"OneFormAroundThePage", `<body><form><main><p>Le site enveloppe toute sa page dans un formulaire, et il faut la lire.</p></main></form></body>`,
			"Le site enveloppe toute sa page dans un formulaire, et il faut la lire."},
	} {
		t.Run(c.outcome, func(t *testing.T) {
			r := readOrigin(t, document.Origin{URL: "https://region.example/a", MediaType: "text/html", FetchedAt: fetched}, "<!doctype html><html><head><title>Titre</title></head>"+c.page+"</html>")
			if got := r.Text; !strings.HasSuffix(got, c.want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
	t.Run("Windows1252ThatSaysLatin1", func(t *testing.T) {
		page, err := charmap.Windows1252.NewEncoder().String(`<html><head><meta charset="iso-8859-1"><title>Œuvres</title></head><body><main><p>L’œuvre coûte 12 € – à peine, dit-on « ici » depuis longtemps.</p></main></body></html>`)
		if err != nil {
			t.Fatal(err)
		}
		r := readOrigin(t, document.Origin{URL: "https://region.example/a", MediaType: "text/html", FetchedAt: fetched}, page)
		if want := "L’œuvre coûte 12 € – à peine, dit-on « ici » depuis longtemps."; r.Text != want {
			t.Errorf("got %q want %q", r.Text, want)
		}
	})
	t.Run("PageWithoutTextSaysSo", func(t *testing.T) {
		r := readOrigin(t, document.Origin{URL: "https://region.example/a", MediaType: "text/html", FetchedAt: fetched}, "<!doctype html><html><body><img src=scan.jpg></body></html>")
		if r.State != document.StateEmpty || r.Note == "" {
			t.Errorf("got state %q, note %q", r.State, r.Note)
		}
	})
	t.Run("AnchorsAreThoseOfThePage", func(t *testing.T) {
		body := strings.Repeat("<p>Le texte de la page, sans structure, assez long pour en être un, et qui ne dit rien de plus.</p>", 12)
		r := readOrigin(t, document.Origin{URL: "https://region.example/a", MediaType: "text/html", FetchedAt: fetched}, "<!doctype html><html><body><div>"+body+"</div></body></html>")
		if got := r.LocatorAt(len(r.Text) - 2).Anchor; got != "" || len(r.Passages) < 12 {
			t.Errorf("anchor %q, %d passages", got, len(r.Passages))
		}
	})
	t.Run("AnchorsLocate", func(t *testing.T) {
		r := readPage(t, `<h2 id="point-1">Point 1</h2><p>Le premier point est adopté.</p><h2 id="point-2">Point 2</h2><p>Le second est reporté.</p>`)
		if got := r.LocatorAt(strings.Index(r.Text, "Le second")).Anchor; got != "point-2" {
			t.Errorf("got %q", got)
		}
	})
}

func TestPageVideoAndLinks(t *testing.T) {
	r := readPage(t, `<p>Revoir la séance du conseil en vidéo, avec ses sous-titres.</p><iframe src="https://www.youtube-nocookie.com/embed/AbCdEf_1234"></iframe><a href="../pv.pdf">Procès-verbal</a><a href="#haut">Haut</a><a href="javascript:void(0)">Imprimer</a>`)
	if r.VideoURL != "https://youtu.be/AbCdEf_1234" {
		t.Errorf("video %q", r.VideoURL)
	}
	if len(r.Links) != 1 || r.Links[0].URL != "https://conseil.example/pv.pdf" || r.Links[0].Text != "Procès-verbal" {
		t.Errorf("links %+v", r.Links)
	}
}

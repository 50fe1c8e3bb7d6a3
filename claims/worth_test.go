package claims_test

import (
	"math"
	"slices"
	"testing"

	"contredit/claims"
)

// saidInSession is a sentence as a member says it in session.
func saidInSession(t *testing.T, x *claims.Extractor, sentence string) claims.Claim {
	t.Helper()
	list := x.Claims(sitting, turns([2]string{"M. GUÉRIN", sentence}))
	if len(list) == 0 {
		t.Fatalf("%q is no sentence", sentence)
	}
	return list[0]
}

func TestWorth(t *testing.T) {
	x := mustExtractor(t)
	for _, test := range []struct {
		signal, sentence string
		want             bool
	}{
		{"figure", "Nous avons recruté quarante agents dans les lycées en 2024.", true},
		{"measure", "Le budget des transports a augmenté de 12 millions d’euros cette année.", true},
		{"consultation", "Le comité social territorial a été consulté le 12 mars sur ce projet.", true},
		{"vote", "Cette délibération a été adoptée à l’unanimité en décembre dernier.", true},
		{"generality", "Aucun agent n’a perdu son poste depuis le début du mandat.", true},
		{"attendance", "J’ai participé à toutes les réunions du conseil d’administration en 2024.", true},
		{"promise", "Je m’engage à ce que la ligne soit rouverte avant la fin de 2026.", true},
		{"change", "Les tarifs de la restauration scolaire n’ont pas augmenté depuis 2022.", true},
		{"stage", "Le déploiement de l’outil est suspendu et rien n’est acté à ce stade.", true},
		{"resources", "La Région a versé la subvention de l’association en janvier 2025.", true},
		{"question", "Combien de postes avez-vous supprimés dans les lycées en 2024 ?", false},
		{"courtesy", "Merci, Monsieur le Président, et bonjour à toutes et à tous.", false},
		{"procedure", "Je mets aux voix l’amendement du groupe Exemple solidaire.", false},
		{"wish", "Nous souhaitons que chacun prenne sa part dans ce débat.", false},
		{"opinion", "Je crois que c’est une belle ambition pour notre région.", false},
		{"hypothesis", "Si nous avions su, nous aurions peut-être agi autrement.", false},
		{"denied", "On nous dit que tout irait mal, paraît-il.", false},
		{"vague", "Nous poursuivrons, ensemble, au service de l’avenir de nos enfants.", false},
		{"length", "Voilà, tout à fait.", false},
	} {
		t.Run(test.signal, func(t *testing.T) {
			c := saidInSession(t, x, test.sentence)
			if c.Worth != test.want {
				t.Errorf("%q: worth %v (%.2f), want %v: %v", c.Quote, c.Worth, c.Worthiness, test.want, c.Signals)
			}
			if !slices.ContainsFunc(c.Signals, func(s claims.Signal) bool { return s.Name == test.signal && s.Text != "" }) {
				t.Errorf("%q: no signal %q that can be read: %v", c.Quote, test.signal, c.Signals)
			}
		})
	}
}

// TestWorthinessIsTheSumOfItsSignals holds that what reviewers are shown is what decided.
func TestWorthinessIsTheSumOfItsSignals(t *testing.T) {
	x := mustExtractor(t)
	var rests []float64
	for _, sentence := range []string{
		"Les lycées seront rénovés.", "Le comité a été saisi.", "Nous avons rencontré les usagers de la ligne et les maires des communes traversées avant de trancher.",
	} {
		c := saidInSession(t, x, sentence)
		logit := math.Log(c.Worthiness / (1 - c.Worthiness))
		for _, s := range c.Signals {
			logit -= s.Weight
		}
		rests = append(rests, logit)
	}
	if spread := slices.Max(rests) - slices.Min(rests); spread > 0.05 {
		t.Errorf("after the signals' weights, %v are left: not the same for all", rests)
	}
}

func TestWatchedTopicLiftsAndLabels(t *testing.T) {
	x := mustExtractor(t)
	const sentence = "La co-construction avec les organisations syndicales est notre méthode."
	before := saidInSession(t, x, sentence)
	x.Topics = []claims.Topic{{Name: "dialogue social", Words: []string{"co-construction avec les organisations syndicales"}}}
	after := saidInSession(t, x, sentence)
	if after.Worthiness <= before.Worthiness || !slices.Equal(after.Topics, []string{"dialogue social"}) {
		t.Errorf("worthiness %.2f, then %.2f with topics %q", before.Worthiness, after.Worthiness, after.Topics)
	}
	x.Topics[0].Bodies = []string{"Conseil municipal"}
	if c := saidInSession(t, x, sentence); len(c.Topics) != 0 {
		t.Errorf("a topic of another body labels it: %q", c.Topics)
	}
}

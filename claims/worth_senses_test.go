package claims_test

import (
	"slices"
	"testing"

	"contredit/claims"
)

// TestSignalsAreOfWords holds that a signal comes from a word in its sense, not from letters within
// another word or from a namesake.
func TestSignalsAreOfWords(t *testing.T) {
	x := mustExtractor(t)
	for _, tt := range []struct {
		sentence, signal string
		want             bool
	}{
		{"L’absentéisme des agents a reculé de trois points en 2024.", "attendance", false},
		{"La présidente était absente du comité du 12 mars 2024.", "attendance", true},
		{"La secrétaire s’est absentée pendant le scrutin du 12 mars.", "attendance", true},
		{"Le président du comité a signé la convention en mars 2024.", "attendance", false},
		{"La vice-présidente préside le comité des usagers depuis 2023.", "attendance", true},
		{"L’association du Val a reçu 12 000 € en 2024.", "attendance", false},
		{"La commune a reçu une subvention de la Région en 2024.", "attendance", false},
		{"Nous avons reçu les organisations syndicales le 12 mars 2024.", "attendance", true},
		{"L’assistant numérique a été livré aux agents en 2024.", "attendance", false},
		{"Entretien avec la présidente de la commission des transports.", "attendance", false},
		{"Nous avons eu deux entretiens avec les riverains en mars 2024.", "attendance", true},
		{"Les agents peuvent prétendre à une prime de 300 euros depuis 2024.", "denied", false},
		{"Les agents peuvent prétendre à une prime de 300 euros depuis 2024.", "existence", false},
		{"Vous prétendez que la ligne a été fermée en 2024.", "denied", true},
		{"Vous prétendez que la ligne a été coupée en 2024.", "existence", false},
		{"La gratuité est étendue à douze communes depuis 2024.", "existence", true},
		{"Le service est maintenant assuré par douze agents.", "existence", false},
		{"La ferme pédagogique accueille douze classes chaque année.", "existence", false},
		{"La Région ferme la gare de Vaubrun en 2025.", "existence", true},
		{"La balance des comptes a été rendue en mars 2024.", "existence", false},
		{"La directrice assure que douze trains circulent chaque jour.", "promise", false},
		{"Je vous assure que douze trains circuleront chaque jour.", "promise", true},
		{"Les autorisations d’engagement atteignent douze millions d’euros.", "promise", false},
		{"Votre service compte douze agents depuis 2024.", "vote", false},
		{"Le budget a été voté le 12 mars 2024.", "vote", true},
		{"La chaussée a été refaite sur douze kilomètres en 2024.", "change", false},
		{"Le prix du repas est en hausse de trois points.", "change", true},
		{"La Région va supprimer douze postes en 2025.", "resources", true},
		{"La Région va déployer la fibre dans douze lycées.", "resources", false},
		{"Le train de nuit a été supprimé en 2024.", "resources", false},
		{"La loi a été modifiée par le Parlement en 2024.", "opinion", false},
		{"Le centre historique de Vaubrun compte douze commerces.", "opinion", false},
		{"Trois mille exemplaires du journal ont été imprimés en 2024.", "opinion", false},
		{"C’est une décision exemplaire, prise en mars 2024.", "opinion", true},
		{"La rémunération des agents a augmenté de trois points.", "feeling", false},
		{"Nous avons été profondément émus par la fermeture du lycée.", "feeling", true},
		{"Le dernier marché de Noël a accueilli douze exposants.", "rhetorical", false},
		{"Le plan prévoit la préservation de 12 hectares de haies.", "practical", false},
		{"Le guichet est ouvert de 9 h à midi depuis 2024.", "practical", true},
	} {
		c := saidInSession(t, x, tt.sentence)
		at := slices.IndexFunc(c.Signals, func(s claims.Signal) bool { return s.Name == tt.signal })
		if (at >= 0) != tt.want {
			t.Errorf("%q: %s %t, want %t", tt.sentence, tt.signal, at >= 0, tt.want)
		}
	}
}

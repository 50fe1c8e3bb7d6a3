package french_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"contredit/french"
)

// show writes a figure as « value unit noun … » for the table below.
func show(f french.Figure) string {
	var b strings.Builder
	switch {
	case f.Multiplier != 0:
		fmt.Fprintf(&b, "x%.4g", f.Multiplier)
	case f.Ordinal:
		fmt.Fprintf(&b, "#%g", f.Value)
	case f.Bound == french.Between:
		fmt.Fprintf(&b, "%.10g..%.10g", f.Low, f.High)
	default:
		b.WriteString([]string{"", "~", ">=", "<=", ">", "<", ""}[f.Bound])
		fmt.Fprintf(&b, "%.10g", math.Round(f.Value*1e6)/1e6)
	}
	for _, part := range []string{f.Unit, f.Tax, f.Credit} {
		if part != "" {
			b.WriteString(" " + part)
		}
	}
	if f.Per != "" {
		b.WriteString(" /" + f.Per)
	}
	if f.Ratio && f.Denominator > 0 {
		fmt.Fprintf(&b, " (%g/%g)", f.Numerator, f.Denominator)
	} else if f.Denominator > 0 {
		fmt.Fprintf(&b, " of %g", f.Denominator)
	}
	if f.Noun != "" {
		b.WriteString(" [" + f.Noun + "]")
	}
	b.WriteString([]string{"", " from", " to"}[f.Side])
	b.WriteString([]string{" -", "", " +"}[f.Direction+1])
	if f.Target {
		b.WriteString(" target")
	}
	return b.String()
}

var figureCases = []struct{ text, want string }{
	{"Une subvention de 400 000 € est accordée.", "400000 EUR"},
	{"Les travaux mobiliseront 72,4 M€ de crédits de paiement en 2025.", "72400000 EUR CP"},
	{"Une autorisation d’engagement de 640 k€ est ouverte pour la période 2025-2027.", "640000 EUR AE"},
	{"Il mobilisera 6,4 millions d’euros d’ici à 2028.", "6400000 EUR"},
	{"Le coût est passé de 74 à 96 M€ hors taxes ;", "74000000 EUR HT from +; 96000000 EUR HT to +"},
	{"Le prix du repas passe de 3,60 à 3,80 euros à la rentrée 2025.", "3.6 EUR from +; 3.8 EUR to +"},
	{"Le tarif est compris entre 3,60 et 3,80 euros.", "3.6..3.8 EUR"},
	{"Les moyens passent de 21,6 à 14,3 M€ : ils sont amputés d’un tiers.", "21600000 EUR from -; 14300000 EUR to -; 0.333333 -"},
	{"Dix mille quatre cent quatre-vingts demandeurs d’emploi sont entrés en formation en 2024, pour une cible de douze mille.", "10480 [demandeurs d’emploi]; 12000 target"},
	{"cinquante-huit pour cent des stagiaires occupaient un emploi", "58 % [stagiaires]"},
	{"Le délai s’est allongé à soixante-quatorze jours, contre cinquante-deux l’année précédente.", "74 jour +; 52"},
	{"Sur les vingt rames bi-modes commandées en 2021, douze avaient été réceptionnées au 31 décembre 2024 et neuf étaient engagées.", "20 [rames bi-modes]; 12 of 20 [rames bi-modes]; 9 of 20 [rames bi-modes]"},
	{"88,3 % des trains sont arrivés à l’heure ou avec moins de cinq minutes de retard, pour un objectif contractuel de 94 %.", "88.3 % [trains]; <5 minute; 94 % target"},
	{"vingt-sept millions d’euros, soit un peu plus du quart de l’opération", "27000000 EUR; >0.25 [opération]"},
	{"sur les cent douze volontaires, soixante et un souhaitent conserver l’outil et vingt et un ne s’en sont jamais servis", "112 [volontaires]; 61 of 112 [volontaires]; 21 of 112 [volontaires]"},
	{"la collectivité comptait 4 250 agents permanents, dont 2 310 dans les lycées ; c’est soixante-huit de moins", "4250 [agents permanents]; 2310; 68 -"},
	{"l’offre passera de 6,42 millions de trains-kilomètres en 2024 à 6,22 millions en 2025, soit une diminution de 3,1 %", "6420000 [trains-kilomètres] from -; 6220000 [trains-kilomètres] to -; 3.1 % -"},
	{"son budget est divisé par deux", "x0.5 -"},
	{"À ce jour, sept des douze écoles sont équipées.", "0.583333 (7/12) [écoles]"},
	{"Vingt-trois de nos trente et un platanes restent.", "0.741935 (23/31) [platanes]"},
	{"plus de six euros sur dix dépensés", ">0.6 (6/10)"},
	{"l'étude c'est un euro cinquante le soir", "1.5 EUR"},
	{"la ligne coûte deux euros vingt fois par an", "2 EUR; 20"},
	{"Le thermomètre a affiché 36 degrés, puis 33,8 °C.", "36 °C; 33.8 °C"},
	{"une dette contenue sous les vingt-huit millions d'euros", "<28000000 EUR"},
	{"Les délais ont été divisés par deux et le budget a doublé.", "x0.5 -; x2 +"},
	{"Il y avait 3 à 4 000 manifestants.", "3000..4000 [manifestants]"},
	{"Entre 3 et 4 000 agents sont concernés.", "3000..4000 [agents]"},
	{"Il manque trois à quatre cents logements et 3 à 400 places.", "300..400 [logements]; 3..400 [places]"},
	{"Le chantier coûtera 1,5 à 1,7 milliard d’euros.", "1500000000..1700000000 EUR"},
	{"Il manque 10 à 15 agents.", "10..15 [agents]"},
	{"Le vœu est rejeté par 12 à 8 voix.", "12 voix; 8 voix"},
	{"Nous avons rénové 12, pardon, 14 lycées en 2024.", "14 [lycées]"},
	{"Nous avons rénové 12 lycées, pardon, 14.", "14"},
	{"Nous avons rénové douze, non, quatorze lycées.", "14 [lycées]"},
	{"Nous avons versé 3 millions d’euros, je me corrige, 4.", "4000000 EUR"},
	{"Nous avons versé 3 M€ – excusez-moi – 4 M€ aux lycées.", "4000000 EUR"},
	{"Nous avons douze gares, non pas quatorze gares.", "12 [gares]; 14 [gares]"},
	{"Nous avons fermé 12 gares, pardon, supprimé 3 M€ d’aides.", "12 [gares]; 3000000 EUR -"},
	{"Un agent sur deux a été reçu.", "0.5 (1/2) [agent]"},
	{"Près de six stagiaires sur dix ont un emploi six mois après leur sortie.", "~0.6 (6/10) [stagiaires]; 6 mois"},
	{"38 entretiens sur 112 agents concernés", "0.339286 (38/112) [entretiens]"},
	{"Plus du tiers des achats répondent aux critères.", ">0.333333 [achats]"},
	{"La moitié seulement des départs correspond à des retraites", "0.5 [départs]"},
	{"une autorisation de programme de 410 millions d’euros sur six ans", "410000000 EUR AP; 6 an"},
	{"Pour : 60, Contre : 20, Abstentions : 7", "60 [Pour]; 20 [Contre]; 7 [Abstentions]"},
	{"Une centaine d'agents et une quinzaine de jours", "~100 [agents]; ~15 jour"},
	{"L'article 12 du rapport n° 24-07, page 3, art. L. 4132-12, rapport 118", ""},
	{"Le 27 mars 2025 à 14 h 30, puis à quinze heures et le 1er janvier 2026", ""},
	{"quatre-vingt-dix millions d'euros par an", "90000000 EUR /an"},
	{"au moins 12 postes d'agents et jusqu'à 15 ETP", ">=12 [postes d'agents]; <=15 ETP"},
	{"la dette a doublé et le coût est multiplié par trois", "x2 +; x3 +"},
	{"un million et demi d'euros TTC", "1500000 EUR TTC"},
	{"deux ou trois réunions", "2..3 [réunions]"},
	{"une hausse de 4 % des effectifs", "4 % [effectifs] +"},
	{"la suppression de 12 postes", "12 [postes] -"},
	{"trois réunions techniques", "3 [réunions techniques]"},
	{"Le passage de trois à deux jours de télétravail", "3 jour from -; 2 jour to -"},
	{"26 voix pour, 12 contre", "26 voix; 12 [contre]"},
}

func TestFigures(t *testing.T) {
	for _, c := range figureCases {
		var list []string
		for _, f := range french.Figures(c.text) {
			list = append(list, show(f))
		}
		if got := strings.Join(list, "; "); got != c.want {
			t.Errorf("%s\n got  %s\n want %s", c.text, got, c.want)
		}
	}
}

package french

import "math"

// unit is what a figure is counted in, and how many of it one word makes.
type unit struct {
	name  string
	scale float64
}

// units by their folded words; the longest match wins. Origin: council budgets and the
// test expressions of duckling (BSD-3), November 2026.
var units = map[string]unit{
	"$": {"USD", 1}, "dollar": {"USD", 1}, "dollars": {"USD", 1}, "usd": {"USD", 1},
	"%": {"%", 1}, "pour cent": {"%", 1}, "pourcent": {"%", 1}, "pour mille": {"‰", 1}, "‰": {"‰", 1},
	"£": {"GBP", 1}, "livre sterling": {"GBP", 1}, "livres sterling": {"GBP", 1}, "livres": {"GBP", 1}, "gbp": {"GBP", 1},
	"€": {"EUR", 1}, "eur": {"EUR", 1}, "euro": {"EUR", 1}, "euros": {"EUR", 1}, "eu": {"EUR", 1},
	"k €": {"EUR", 1e3}, "ke": {"EUR", 1e3}, "keuros": {"EUR", 1e3}, "k euros": {"EUR", 1e3},
	"m €": {"EUR", 1e6}, "meuros": {"EUR", 1e6}, "m euros": {"EUR", 1e6}, "millions €": {"EUR", 1},
	"md €": {"EUR", 1e9}, "mds €": {"EUR", 1e9}, "mrd €": {"EUR", 1e9}, "mrds €": {"EUR", 1e9},
	"shekel": {"ILS", 1}, "shekels": {"ILS", 1},
	"balles": {"", 1}, "pouloutes": {"", 1},
	"centime": {"centime", 1}, "centimes": {"centime", 1},
	"etp": {"ETP", 1}, "etpt": {"ETP", 1}, "equivalent temps plein": {"ETP", 1}, "equivalents temps plein": {"ETP", 1},
	"equivalents temps pleins": {"ETP", 1}, "equivalent - temps plein": {"ETP", 1}, "equivalents - temps plein": {"ETP", 1},
	"point": {"point", 1}, "points": {"point", 1}, "point de pourcentage": {"point", 1}, "points de pourcentage": {"point", 1},
	"voix": {"voix", 1},
	"'":    {"minute", 1}, "\"": {"seconde", 1}, "min": {"minute", 1}, "mins": {"minute", 1}, "minute": {"minute", 1}, "minutes": {"minute", 1}, "mn": {"minute", 1},
	"s": {"seconde", 1}, "sec": {"seconde", 1}, "secs": {"seconde", 1}, "seconde": {"seconde", 1}, "secondes": {"seconde", 1},
	"h": {"heure", 1}, "heure": {"heure", 1}, "heures": {"heure", 1}, "quart d' heure": {"minute", 15}, "quarts d' heure": {"minute", 15},
	"j": {"jour", 1}, "jour": {"jour", 1}, "jours": {"jour", 1}, "journee": {"jour", 1}, "journees": {"jour", 1},
	"semaine": {"semaine", 1}, "semaines": {"semaine", 1}, "mois": {"mois", 1}, "trimestre": {"trimestre", 1}, "trimestres": {"trimestre", 1},
	"semestre": {"semestre", 1}, "semestres": {"semestre", 1},
	"an": {"an", 1}, "ans": {"an", 1}, "annee": {"an", 1}, "annees": {"an", 1}, "decennie": {"an", 10}, "decennies": {"an", 10}, "siecle": {"an", 100}, "siecles": {"an", 100},
	"km": {"km", 1}, "kilometre": {"km", 1}, "kilometres": {"km", 1}, "m": {"m", 1}, "metre": {"m", 1}, "metres": {"m", 1},
	"cm": {"cm", 1}, "centimetre": {"cm", 1}, "centimetres": {"cm", 1}, "mm": {"mm", 1}, "millimetre": {"mm", 1}, "millimetres": {"mm", 1},
	"mile": {"mile", 1}, "miles": {"mile", 1},
	"ha": {"ha", 1}, "hectare": {"ha", 1}, "hectares": {"ha", 1}, "m2": {"m²", 1}, "m 2": {"m²", 1}, "metres carres": {"m²", 1}, "km2": {"km²", 1}, "km 2": {"km²", 1}, "kilometres carres": {"km²", 1},
	"m3": {"m³", 1}, "m 3": {"m³", 1}, "metres cubes": {"m³", 1},
	"l": {"l", 1}, "litre": {"l", 1}, "litres": {"l", 1}, "cl": {"cl", 1}, "centilitre": {"cl", 1}, "centilitres": {"cl", 1},
	"ml": {"ml", 1}, "millilitre": {"ml", 1}, "millilitres": {"ml", 1}, "gal": {"gallon", 1}, "gallon": {"gallon", 1}, "gallons": {"gallon", 1},
	"g": {"g", 1}, "gramme": {"g", 1}, "grammes": {"g", 1}, "kg": {"kg", 1}, "kilo": {"kg", 1}, "kilos": {"kg", 1}, "kilogrammes": {"kg", 1}, "tonne": {"t", 1}, "tonnes": {"t", 1},
	"degre": {"°C", 1}, "degres": {"°C", 1}, "° c": {"°C", 1}, "°c": {"°C", 1}, "degre celsius": {"°C", 1}, "degres celsius": {"°C", 1},
	"db": {"dB", 1}, "decibel": {"dB", 1}, "decibels": {"dB", 1},
	"kwh": {"kWh", 1}, "mwh": {"MWh", 1}, "gwh": {"GWh", 1}, "kw": {"kW", 1}, "mw": {"MW", 1},
}

// unitWordsMost is the length in lexemes of the longest key of units.
const unitWordsMost = 3

// boundCue is a phrase before a figure and what it makes of it: the interval is
// [low×value, high×value].
type boundCue struct {
	bound     Bound
	low, high float64
}

var inf = math.Inf(1)

// boundsBefore are folded phrases that end where the figure begins. The tolerances are
// ours: « environ » a tenth, « près de » a tenth below and nothing much above.
var boundsBefore = map[string]boundCue{
	"a peine":    {About, 0.9, 1.05},
	"a peu pres": {About, 0.9, 1.1}, "a hauteur de": {Exact, 1, 1},
	"approximativement": {About, 0.9, 1.1}, "aux alentours de": {About, 0.9, 1.1}, "autour de": {About, 0.9, 1.1},
	"au - dela de": {MoreThan, 1, inf}, "au moins": {AtLeast, 1, inf}, "au minimum": {AtLeast, 1, inf}, "a minima": {AtLeast, 1, inf},
	"pas moins de": {AtLeast, 1, inf}, "minimum": {AtLeast, 1, inf}, "minimum de": {AtLeast, 1, inf}, "a partir de": {AtLeast, 1, inf},
	"au plus": {AtMost, 0, 1}, "au maximum": {AtMost, 0, 1}, "maximum": {AtMost, 0, 1}, "maximum de": {AtMost, 0, 1},
	"pas plus de": {AtMost, 0, 1}, "jusqu' a": {AtMost, 0, 1}, "dans la limite de": {AtMost, 0, 1}, "plafonne a": {AtMost, 0, 1}, "plafonnee a": {AtMost, 0, 1}, "plafond de": {AtMost, 0, 1}, "limite a": {AtMost, 0, 1}, "limitee a": {AtMost, 0, 1},
	"davantage que": {MoreThan, 1, inf}, "depasse": {MoreThan, 1, inf}, "depassent": {MoreThan, 1, inf}, "depasse les": {MoreThan, 1, inf}, "depassera": {MoreThan, 1, inf}, "depasser": {MoreThan, 1, inf}, "excede": {MoreThan, 1, inf},
	"barre des": {MoreThan, 1, inf}, "barre de": {MoreThan, 1, inf}, "barre du": {MoreThan, 1, inf},
	"plus de": {MoreThan, 1, inf}, "plus d'": {MoreThan, 1, inf}, "plus du": {MoreThan, 1, inf}, "plus des": {MoreThan, 1, inf}, "plus que": {MoreThan, 1, inf}, "superieur a": {MoreThan, 1, inf}, "superieure a": {MoreThan, 1, inf}, "superieurs a": {MoreThan, 1, inf}, "superieures a": {MoreThan, 1, inf}, "plus de la": {MoreThan, 1, inf},
	"un peu plus de": {MoreThan, 1, 1.2}, "un peu plus du": {MoreThan, 1, 1.2}, "un peu plus d'": {MoreThan, 1, 1.2}, "un peu plus de la": {MoreThan, 1, 1.2}, "legerement plus de": {MoreThan, 1, 1.2},
	"environ": {About, 0.9, 1.1}, "exactement": {Exact, 1, 1}, "precisement": {Exact, 1, 1},
	"de l' ordre de": {About, 0.9, 1.1}, "de l' ordre d'": {About, 0.9, 1.1}, "quelque": {About, 0.9, 1.1}, "quelques": {About, 0.9, 1.1},
	"sous les": {LessThan, 0, 1}, "sous la barre des": {LessThan, 0, 1}, "sous le seuil des": {LessThan, 0, 1}, "au-dessous de": {LessThan, 0, 1}, "au-dessous des": {LessThan, 0, 1}, "en dessous des": {LessThan, 0, 1},
	"moins de": {LessThan, 0, 1}, "moins d'": {LessThan, 0, 1}, "moins du": {LessThan, 0, 1}, "moins que": {LessThan, 0, 1}, "moins de la": {LessThan, 0, 1}, "inferieur a": {LessThan, 0, 1}, "inferieure a": {LessThan, 0, 1}, "inferieurs a": {LessThan, 0, 1}, "inferieures a": {LessThan, 0, 1}, "en dessous de": {LessThan, 0, 1},
	"un peu moins de": {LessThan, 0.8, 1}, "un peu moins d'": {LessThan, 0.8, 1}, "un peu moins du": {LessThan, 0.8, 1}, "un peu moins de la": {LessThan, 0.8, 1},
	"pres de": {About, 0.9, 1.02}, "pres d'": {About, 0.9, 1.02}, "pres du": {About, 0.9, 1.02}, "pres des": {About, 0.9, 1.02}, "pres de la": {About, 0.9, 1.02},
	"presque": {About, 0.9, 1.02}, "presque la": {About, 0.9, 1.02}, "quasi": {About, 0.9, 1.02}, "quasiment": {About, 0.9, 1.02}, "quasiment la": {About, 0.9, 1.02}, "vers": {About, 0.9, 1.1},
}

// boundsAfter are folded phrases that follow the figure.
var boundsAfter = map[string]boundCue{
	"au maximum": {AtMost, 0, 1}, "au minimum": {AtLeast, 1, inf}, "au moins": {AtLeast, 1, inf}, "au plus": {AtMost, 0, 1},
	"environ": {About, 0.9, 1.1}, "et plus": {AtLeast, 1, inf}, "maximum": {AtMost, 0, 1}, "minimum": {AtLeast, 1, inf}, "ou plus": {AtLeast, 1, inf},
	"et demi": {Exact, 1, 1},
}

// boundWordsMost is the length in lexemes of the longest key above.
const boundWordsMost = 5

// fractions by their folded noun: the share that one of them is.
var fractions = map[string]float64{
	"moitie": 1. / 2, "tiers": 1. / 3, "quart": 1. / 4, "quarts": 1. / 4, "cinquieme": 1. / 5, "cinquiemes": 1. / 5, "sixieme": 1. / 6, "sixiemes": 1. / 6,
	"huitieme": 1. / 8, "huitiemes": 1. / 8, "septieme": 1. / 7, "septiemes": 1. / 7, "neuviemes": 1. / 9, "dixieme": 1. / 10, "dixiemes": 1. / 10, "centieme": 1. / 100, "centiemes": 1. / 100, "millieme": 1. / 1000,
}

// multipliers by the folded stem of the verb.
var multipliers = map[string]float64{"doubl": 2, "tripl": 3, "quadrupl": 4, "quintupl": 5, "decupl": 10, "centupl": 100}

// changeVerbs are folded beginnings of verbs and nouns that lead from one figure to another.
var changeVerbs = []string{"abaiss", "accr", "allong", "augment", "baiss", "bond", "chut", "descend", "diminu", "evolu", "gonfl", "grimp", "hauss", "mont", "pass", "port", "progress", "ralenti", "ramen", "raccourci", "recul", "redui", "relev", "tomb"}

// risingWords and fallingWords give the direction of « une hausse de 4 % », folded beginnings.
var risingWords = []string{"accr", "allong", "alourdi", "augment", "bond", "croissance", "gagn", "hauss", "major", "progress", "relev", "suppl", "surcro"}

var fallingWords = []string{"abaiss", "amput", "baiss", "chut", "coup", "diminu", "economi", "perdu", "perd", "perte", "raccourci", "recul", "reduction", "redui", "repli", "retranch", "supprim", "suppress"}

// targetWords tell a figure that is aimed at or forecast, folded beginnings.
var targetWords = []string{"ambition", "attendu", "cible", "escompt", "objectif", "prevision", "prevu", "projection", "vise"}

// referenceWords stand before a number that counts nothing, folded.
var referenceWords = wordSet(`
alinea amendement amendements annexe art article articles axe bureau chapitre cr decret delib deliberation deliberations dossier fax
feuillet figure fiche l lettre ligne lignes lot loi n no nos note numero numeros ordonnance p page pages paragraphe piece point pp r rapport rapports rd rn route
rue salle section tableau telephone tel titre version voeu
`)

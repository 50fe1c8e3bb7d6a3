package french

import (
	"regexp"
	"strconv"
	"strings"
)

// Bound says how a figure limits what it counts.
type Bound uint8

// Bounds of a figure.
const (
	Exact    Bound = iota
	About          // « près de », « environ », « une centaine »
	AtLeast        // « au moins », « minimum »
	AtMost         // « au plus », « jusqu'à », « maximum »
	MoreThan       // « plus de »
	LessThan       // « moins de »
	Between        // « de 3,60 à 3,80 euros »
)

// Side is the place of a figure in a change « passe de A à B ».
type Side uint8

// Sides of a change.
const (
	NoSide Side = iota
	Before
	After
)

// Figure is one number of a text with what it counts.
type Figure struct {
	Span
	Value       float64 // for an interval: its middle
	Low, High   float64 // what the words allow: ±Inf where open, equal to Value when exact
	Unit        string  // "EUR", "%", "ETP", "an", "mois", "semaine", "jour", "heure", "minute", "seconde", "km", "m", "m²", "ha", "voix", "point"…; "" for a plain count
	Noun        string  // what is counted, as written: « postes d'agents »
	NounSpan    Span
	Bound       Bound
	Target      bool    // an aim or a forecast: « objectif de », « prévisionnel »
	Tax         string  // "HT", "TTC" or ""
	Credit      string  // "AE", "CP", "AP" or ""
	Ratio       bool    // « 38 sur 112 », « un tiers », « la moitié », « 38/112 »: Value is the share from 0 to 1
	Numerator   float64 // of a ratio told with both numbers
	Denominator float64
	Multiplier  float64 // « doublé » 2, « divisé par deux » 0.5; 0 when none
	Ordinal     bool    // « deuxième », « 1er »
	Side        Side    // of a change « passe de A à B »
	Peer        int     // index in the list of the other side; -1 when none
	Direction   int     // +1 for « hausse de », -1 for « baisse de », 0 unsaid
	InWords     bool    // written in words
}

var plainFigure = regexp.MustCompile(`\d{1,3}(?:[ .\x{00a0}\x{202f}]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?`)

var plainUnit = regexp.MustCompile(`(?i)^[\s\x{00a0}\x{202f}]*(k€|m€|md€|€|euros?|%|etp)`)

// Figures returns the numbers of text, in order of their spans.
func Figures(text string) []Figure {
	var list []Figure
	for _, m := range plainFigure.FindAllStringIndex(text, -1) {
		digits := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", ",", ".").Replace(text[m[0]:m[1]])
		v, err := strconv.ParseFloat(digits, 64)
		if err != nil {
			continue
		}
		f := Figure{Span: Span{m[0], m[1]}, Value: v, Peer: -1}
		if u := plainUnit.FindStringSubmatchIndex(text[m[1]:]); u != nil {
			f.End = m[1] + u[1]
			switch strings.ToLower(text[m[1]+u[2] : m[1]+u[3]]) {
			case "k€":
				f.Unit, f.Value = "EUR", v*1e3
			case "m€":
				f.Unit, f.Value = "EUR", v*1e6
			case "md€":
				f.Unit, f.Value = "EUR", v*1e9
			case "€", "euro", "euros":
				f.Unit = "EUR"
			case "%":
				f.Unit = "%"
			case "etp":
				f.Unit = "ETP"
			}
		}
		f.Low, f.High = f.Value, f.Value
		list = append(list, f)
	}
	return list
}

package french_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"contredit/french"
)

// mustRows reads one of the duckling expression files, without its heading.
func mustRows(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "normalisation", "duckling-fr-"+name+".tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, 2
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

var haskell = regexp.MustCompile(`^\(([A-Za-z]+) (?:([A-Z][A-Za-z]*) )?\(?(-?[\d.]+)(?:, (-?[\d.]+)\))?\)?(?: ([A-Z][a-z]+).*)?\)`)

var ducklingUnits = map[string]string{
	"Dollar": "USD", "USD": "USD", "EUR": "EUR", "Pound": "GBP", "ILS": "ILS", "Unnamed": "",
	"Kilometre": "km", "Metre": "m", "Centimetre": "cm", "Mile": "mile",
	"Second": "seconde", "Minute": "minute", "Day": "jour", "Month": "mois",
	"Millilitre": "ml", "Centilitre": "cl", "Litre": "l", "Gallon": "gallon",
}

func TestNormalisationOfFigures(t *testing.T) {
	for _, name := range []string{"numeral", "amountofmoney", "duration", "ordinal", "distance", "volume"} {
		t.Run(name, func(t *testing.T) {
			right, rows := 0, mustRows(t, name)
			for _, row := range rows {
				if why := misreads(row[0], row[1]); why != "" {
					t.Logf("%q, want %s: %s", row[0], row[1], why)
				} else {
					right++
				}
			}
			t.Logf("%s: %d of %d", name, right, len(rows))
			if float64(right) < 0.95*float64(len(rows)) {
				t.Errorf("%s: %d of %d right, want 0.95", name, right, len(rows))
			}
		})
	}
}

// misreads says what is wrong in the reading of an expression, "" when nothing is.
func misreads(text, want string) string {
	m := haskell.FindStringSubmatch(want)
	if m == nil {
		return "cannot read the expectation"
	}
	figures := french.Figures(text)
	if len(figures) != 1 {
		return strconv.Itoa(len(figures)) + " figures"
	}
	f := figures[0]
	v, _ := strconv.ParseFloat(m[3], 64)
	unit := m[2] + m[5]
	ok := near(f.Value, v)
	switch m[1] {
	case "between":
		high, _ := strconv.ParseFloat(m[4], 64)
		ok = f.Bound == french.Between && near(f.Low, v) && near(f.High, high)
	case "above":
		ok = near(f.Value, v) && (f.Bound == french.MoreThan || f.Bound == french.AtLeast)
	case "OrdinalData":
		ok = ok && f.Ordinal
	}
	if !ok || f.Unit != ducklingUnits[unit] {
		return show(f)
	}
	return ""
}

func near(a, b float64) bool {
	return strings.TrimSpace(strconv.FormatFloat(a, 'g', 10, 64)) == strconv.FormatFloat(b, 'g', 10, 64)
}

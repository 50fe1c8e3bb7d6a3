package french_test

import (
	"regexp"
	"strconv"
	"testing"
	"time"

	"contredit/french"
)

// timeClass is what a time expression is resolved against, and how finely it is told.
type timeClass string

const (
	absoluteDate timeClass = "absolute dates" // a day or month is named
	relativeDate timeClass = "relative dates" // against the given day
	timeOfDay    timeClass = "times of day"   // finer than a day: no council dates its votes so
)

var (
	haskellStamp = regexp.MustCompile(`\((\d+), (\d+), (\d+), (\d+), (\d+), (\d+)\)`)
	haskellGrain = regexp.MustCompile(`\) ([A-Z][a-z]+)\)`)
	namedDay     = regexp.MustCompile(`(?i)\d[/ -]\d|\d{4}|janvier|février|mars|avril|juil|juin|septembre|sept\.|octobre|novembre|noel|noël|de l'an|des morts|du travail`)
)

// wantedPeriod is what a row expects, as instants; open when it has no end.
type wantedPeriod struct {
	from, to time.Time
	open     bool
	class    timeClass
}

func mustWant(t *testing.T, expression, haskell string) wantedPeriod {
	t.Helper()
	var stamps []time.Time
	for _, m := range haskellStamp.FindAllStringSubmatch(haskell, -1) {
		n := make([]int, 6)
		for i := range n {
			n[i], _ = strconv.Atoi(m[i+1])
		}
		// The data write a month without its day, a year without its month, as zero.
		stamps = append(stamps, time.Date(n[0], time.Month(max(n[1], 1)), max(n[2], 1), n[3], n[4], n[5], 0, time.UTC))
	}
	grain := haskellGrain.FindStringSubmatch(haskell)
	if len(stamps) == 0 || grain == nil {
		t.Fatalf("%q: cannot read %s", expression, haskell)
	}
	w := wantedPeriod{from: stamps[0], class: relativeDate}
	switch {
	case len(stamps) == 2:
		w.to = stamps[1]
	case regexp.MustCompile(`OpenInterval`).MatchString(haskell):
		w.open = true
	default:
		w.to = after(w.from, grain[1])
	}
	switch {
	case grain[1] == "Hour" || grain[1] == "Minute" || grain[1] == "Second":
		w.class = timeOfDay
	case namedDay.MatchString(expression):
		w.class = absoluteDate
	}
	return w
}

func after(from time.Time, grain string) time.Time {
	switch grain {
	case "Second":
		return from.Add(time.Second)
	case "Minute":
		return from.Add(time.Minute)
	case "Hour":
		return from.Add(time.Hour)
	case "Day":
		return from.AddDate(0, 0, 1)
	case "Week":
		return from.AddDate(0, 0, 7)
	case "Month":
		return from.AddDate(0, 1, 0)
	}
	return from.AddDate(1, 0, 0)
}

// TestNormalisationOfTimes holds the share of time expressions that are read as the data
// expect, and logs the others. What has two readings is looked for in the future, as the data do.
func TestNormalisationOfTimes(t *testing.T) {
	ref := time.Date(2013, 2, 12, 4, 30, 0, 0, time.UTC)
	right, total, days := map[timeClass]int{}, map[timeClass]int{}, 0
	seen := map[string]bool{}
	for _, row := range mustRows(t, "time") {
		if seen[row[0]] {
			continue // a few are listed twice
		}
		seen[row[0]] = true
		w := mustWant(t, row[0], row[1])
		total[w.class]++
		found := french.DatesLeaning(row[0], ref, french.LeanFuture)
		if w.class == timeOfDay {
			if len(found) == 1 && found[0].From.Equal(w.from.Truncate(24*time.Hour)) {
				days++
			}
			continue
		}
		if why := mistimed(found, w); why != "" {
			t.Logf("%s: %q, want %s: %s", w.class, row[0], row[1], why)
		} else {
			right[w.class]++
		}
	}
	t.Logf("%s: hours are not read; the day is right in %d of %d", timeOfDay, days, total[timeOfDay])
	for class, least := range map[timeClass]float64{absoluteDate: 0.95, relativeDate: 0.85} {
		share := float64(right[class]) / float64(total[class])
		t.Logf("%s: %d of %d (%.3f)", class, right[class], total[class], share)
		if share < least {
			t.Errorf("%s: %d of %d right, want %.2f", class, right[class], total[class], least)
		}
	}
}

// mistimed says what is wrong in the periods found, "" when nothing is.
func mistimed(found []french.Period, w wantedPeriod) string {
	if len(found) != 1 {
		return strconv.Itoa(len(found)) + " periods"
	}
	p := found[0]
	got := p.Begin.Format("2006-01-02T15:04:05") + ".." + p.End.Format("2006-01-02T15:04:05")
	if w.open {
		if !p.Begin.Equal(w.from) && !p.End.Equal(w.from) || p.Relation != french.Later && p.Relation != french.Since {
			return got
		}
		return ""
	}
	if !p.Begin.Equal(w.from) || !p.End.Equal(w.to) {
		return got
	}
	return ""
}

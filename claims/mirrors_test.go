package claims_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"contredit/claims"
)

// isFrameRule says whether compareFrames gave the reason.
func isFrameRule(rule string) bool {
	for _, prefix := range []string{"CONTRAIRE-", "ECHELLE-", "MODALITE-ACTION-", "NEGATION-", "PORTEE-"} {
		if strings.HasPrefix(rule, prefix) {
			return true
		}
	}
	return false
}

// mirrorCall is the strength from which a reason calls a mirror pair a contradiction.
const mirrorCall = 0.4

// Mirrors are told by somebody who did not write the rules. These bounds are what the rules
// reach today on the scales of frames; they only go up (bench/compare table tells the misses).
const (
	leastMirrorsFound = 78
	mostMirrorsWrong  = 6
)

// frameMirrors are the scales that compareFrames answers for; numbers and dates have their
// own comparators.
var frameMirrors = map[string]bool{"change": true, "completion": true, "cost": true, "coverage": true, "existence": true, "negation": true,
	"obligation": true, "participation": true, "position": true, "stage": true}

func TestMirrors(t *testing.T) {
	text, err := os.ReadFile("testdata/mirrors.tsv")
	if err != nil {
		t.Fatal(err)
	}
	c := comparer(t)
	found, wrong, contradictions := 0, 0, 0
	for n, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		cells := strings.Split(line, "\t")
		if line == "" || line[0] == '#' || cells[0] == "id" {
			continue
		}
		if len(cells) != 6 {
			t.Fatalf("line %d has %d columns", n+1, len(cells))
		}
		if !frameMirrors[cells[1]] {
			continue
		}
		result := c.Compare(cells[3], cells[4])
		own := slices.DeleteFunc(result.Reasons, func(r claims.Reason) bool { return !isFrameRule(r.Rule) })
		called := len(own) > 0 && own[0].Strength >= mirrorCall
		if cells[5] == "yes" {
			contradictions++
		}
		switch {
		case called && cells[5] == "yes":
			found++
		case called:
			wrong++
			t.Logf("inverted %s: %s / %s: %s", cells[0], cells[3], cells[4], own[0].Text)
		}
	}
	t.Logf("%d of %d contradictions found, %d pairs inverted", found, contradictions, wrong)
	if found < leastMirrorsFound || wrong > mostMirrorsWrong {
		t.Errorf("found %d, want at least %d; inverted %d, want at most %d", found, leastMirrorsFound, wrong, mostMirrorsWrong)
	}
}

// Pairs of claim and record in council French, by somebody who has not read the rules, with hard
// negatives. Rules may be written looking at the odd groups of four, never at the others: what they
// reach on those is what they are worth. At 0.5, contradictions found and false ones of all; the
// bounds only get stricter.
const (
	leastOddFound, mostOddWrong   = 54, 16
	leastEvenFound, mostEvenWrong = 35, 31
)

func TestPairsByAnotherHand(t *testing.T) {
	text, err := os.ReadFile("testdata/pairs.tsv")
	if err != nil {
		t.Fatal(err)
	}
	c := comparer(t)
	var found, wrong, yes, no [2]int
	for n, line := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] {
		cells := strings.Split(line, "\t")
		if len(cells) != 5 {
			t.Fatalf("line %d has %d columns", n+2, len(cells))
		}
		half := n / 4 % 2 // 1 is the odd one
		called := c.Compare(cells[2], cells[3]).Score >= 0.5
		if cells[4] == "yes" {
			yes[half]++
			if called {
				found[half]++
			}
			continue
		}
		no[half]++
		if called {
			wrong[half]++
		}
	}
	for half, name := range []string{"even", "odd"} {
		t.Logf("%s: %d of %d contradictions found, %d of %d others called one", name, found[half], yes[half], wrong[half], no[half])
	}
	if found[1] < leastOddFound || wrong[1] > mostOddWrong || found[0] < leastEvenFound || wrong[0] > mostEvenWrong {
		t.Errorf("fewer are found, or more are wrong, than %d and %d (odd), %d and %d (even)", leastOddFound, mostOddWrong, leastEvenFound, mostEvenWrong)
	}
}

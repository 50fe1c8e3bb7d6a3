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

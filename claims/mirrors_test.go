package claims_test

import (
	"os"
	"strings"
	"testing"
)

// mirrorCall is the strength from which a reason calls a mirror pair a contradiction.
const mirrorCall = 0.4

// Mirrors are told by somebody who did not write the rules. These bounds are what the rules
// reach today on the scales of frames; they only go up (bench/compare table tells the misses).
const (
	leastMirrorsFound = 60
	mostMirrorsWrong  = 12
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
		if n == 0 || line == "" || line[0] == '#' {
			continue
		}
		if len(cells) < 5 {
			t.Fatalf("line %d has %d columns", n+1, len(cells))
		}
		if !frameMirrors[cells[1]] {
			continue
		}
		result := c.Compare(cells[2], cells[3])
		called := len(result.Reasons) > 0 && result.Reasons[0].Strength >= mirrorCall
		if cells[4] == "yes" {
			contradictions++
		}
		switch {
		case called && cells[4] == "yes":
			found++
		case called:
			wrong++
			t.Logf("inverted %s: %s / %s: %s", cells[0], cells[2], cells[3], result.Reasons[0].Text)
		}
	}
	t.Logf("%d of %d contradictions found, %d pairs inverted", found, contradictions, wrong)
	if found < leastMirrorsFound || wrong > mostMirrorsWrong {
		t.Errorf("found %d, want at least %d; inverted %d, want at most %d", found, leastMirrorsFound, wrong, mostMirrorsWrong)
	}
}

package claims_test

import (
	"regexp"
	"testing"

	"contredit/claims"
)

// TestRules holds that every rule has an id of its own, a sentence, and never calls anything
// a lie.
func TestRules(t *testing.T) {
	id, seen := regexp.MustCompile(`^[A-Z]+(?:-[A-Z]+)*-\d$`), map[string]bool{}
	hard := regexp.MustCompile(`(?i)mensong|menteu|\bment(?:ir|i|e)?\b|\bfaux\b`)
	for _, r := range claims.Rules() {
		if !id.MatchString(r.ID) || seen[r.ID] || len(r.Text) < 20 || r.Kind == "" || hard.MatchString(r.Text) {
			t.Errorf("rule %+v", r)
		}
		seen[r.ID] = true
	}
	if len(seen) < 30 {
		t.Errorf("%d rules", len(seen))
	}
}

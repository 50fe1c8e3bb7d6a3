package claims

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
)

// Looking only among claims that share a rare word finds the same repeats as comparing every two.
func TestRepeatsByRareWordsAreAllRepeats(t *testing.T) {
	words := strings.Fields("lycées transports cantine budget agents région travaux internat gare festival subvention postes horaires ligne bâtiment tarif élèves commission rapport voirie")
	rng := rand.New(rand.NewSource(7))
	var all []Claim
	for i := range 400 {
		var b strings.Builder
		for range 5 + rng.Intn(5) {
			b.WriteString(words[min(rng.Intn(len(words)), rng.Intn(len(words)))] + " ")
		}
		all = append(all, Claim{ID: fmt.Sprintf("%03d", i), URL: "u", Span: Span{Start: i}, Quote: b.String(), Date: "2026-01-01", Worth: true})
	}
	got := FindRepeats(all)
	want := map[string]string{}
	gists := make([]gist, len(all))
	for i, c := range all {
		gists[i] = gistOf(c)
		for k := range i {
			if gists[k].repeatedBy(gists[i]) {
				want[c.ID] = all[k].ID
				if first := want[all[k].ID]; first != "" {
					want[c.ID] = first
				}
				break
			}
		}
	}
	if len(want) < 20 || len(got) != len(want) {
		t.Errorf("%d repeats, want %d", len(got), len(want))
	}
	for id, first := range want {
		if got[id] != first {
			t.Errorf("%s repeats %q, want %q", id, got[id], first)
		}
	}
}

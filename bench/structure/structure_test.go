package structure_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"contredit/claims"
)

// found is a link that whole minutes made, beside the gold row that it finds.
type found struct {
	link claims.Link
	gold goldClaim // zero when the claim is no gold row
	row  goldLink  // zero when unlabelled
}

func isStructure(l claims.Link) bool {
	return len(l.Terms) > 0 && strings.HasPrefix(l.Terms[0].Name, "structure_")
}

// flags are what the structure rules say of every claim of one half.
func (c *council) flags(t *testing.T, odd bool) []found {
	t.Helper()
	golds, links := goldRows[goldClaim](t, "claims.jsonl"), goldRows[goldLink](t, "links.jsonl")
	var list []found
	var paths []string
	for p := range c.claims {
		if isOdd(p) == odd {
			paths = append(paths, p)
		}
	}
	slices.Sort(paths)
	for _, p := range paths {
		for _, claim := range c.claims[p] {
			made, err := c.linker.Link(context.Background(), claim)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range made {
				if !isStructure(l) {
					continue
				}
				f := found{link: l}
				best := 0.0
				for _, g := range golds {
					if o := overlap(g.Quote, claim.Quote); c.same(g.Path) == p && o > best {
						f.gold, best = g, o
					}
				}
				for _, row := range links {
					if row.Claim == f.gold.ID && c.meets(l, row) && (f.row.ID == "" || row.Label == "contradiction") {
						f.row = row
					}
				}
				list = append(list, f)
			}
		}
	}
	return list
}

// meets says that a link shows evidence of a gold row.
func (c *council) meets(l claims.Link, row goldLink) bool {
	hits := 0
	for _, want := range row.Evidence {
		for _, e := range l.Evidence {
			if c.same(pathOf(e.URL)) == c.same(want.Path) && (l.Kind == claims.KindAbsence && want.Quote == "" || want.Quote != "" && overlap(e.Quote, want.Quote) > 0) {
				hits++
				break
			}
		}
	}
	if row.Kind == "absence" {
		return l.Kind == claims.KindAbsence && 2*hits >= len(row.Evidence)
	}
	return hits > 0
}

// TestStructureFlags says what is flagged on each half: the rows of the odd half one by one,
// the even half as counts.
func TestStructureFlags(t *testing.T) {
	c := readCouncil(t)
	for _, half := range []string{"odd", "even"} {
		right, wrong, unlabelled, kind := 0, 0, 0, 0
		caught := map[string]bool{}
		for _, f := range c.flags(t, half == "odd") {
			verdict := "unlabelled"
			switch {
			case f.row.Label == "contradiction":
				right++
				verdict = "right"
				caught[f.row.ID] = true
				if string(f.link.Kind) == f.row.Kind {
					kind++
				}
			case f.row.ID != "":
				wrong++
				verdict = "WRONG"
			default:
				unlabelled++
			}
			if half == "odd" {
				show(t, verdict, f)
			}
		}
		t.Logf("%s half: %d right (%d of the right kind), %d wrong on labelled rows, %d unlabelled", half, right, kind, wrong, unlabelled)
		if half == "odd" {
			missed := ""
			for _, row := range goldRows[goldLink](t, "links.jsonl") {
				if row.Label == "contradiction" && slices.Contains([]string{"vote", "attendance", "absence"}, row.Kind) && !caught[row.ID] && c.oddClaim(t, row.Claim) {
					missed += " " + row.ID
				}
			}
			t.Logf("missed:%s", missed)
		}
		if wrong > 0 {
			t.Errorf("%s half: %d flags on rows that are no contradiction, want none", half, wrong)
		}
	}
}

func (c *council) oddClaim(t *testing.T, id string) bool {
	for _, g := range goldRows[goldClaim](t, "claims.jsonl") {
		if g.ID == id {
			return isOdd(c.same(g.Path))
		}
	}
	return false
}

func show(t *testing.T, verdict string, f found) {
	if os.Getenv("SHOW") == "" {
		return
	}
	var b strings.Builder
	l := f.link
	fmt.Fprintf(&b, "%s %s %s %.2f | %s %s | %s\n", verdict, f.row.ID, l.Kind, l.Score, l.Claim.Speaker, l.Claim.Date, l.Claim.Quote)
	for _, e := range l.Evidence {
		fmt.Fprintf(&b, "     <> %s %s | %s\n", e.Date, pathOf(e.URL), e.Quote)
	}
	for _, r := range l.Reasons {
		fmt.Fprintf(&b, "     %s %s | %q\n", r.Rule, r.Text, l.Claim.Quote[r.ClaimSpan.Start:r.ClaimSpan.End])
	}
	t.Log(b.String())
}

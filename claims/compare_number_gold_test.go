package claims_test

import (
	"bufio"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"contredit/claims"
)

// The fictional council lies beside the project, to be measured and never copied.
const councilGold = "../../shared/corpus/val-de-brenne/gold"

type goldClaim struct{ ID, Path, Date, Quote string }

type goldLink struct {
	ID, Claim, Label, Kind string
	Evidence               []struct{ Path, Quote, Date string }
}

func goldRows[T any](tb testing.TB, name string) []T {
	tb.Helper()
	file, err := os.Open(filepath.Join(councilGold, name))
	if err != nil {
		tb.Skipf("the fictional council is not beside the project: %v", err)
	}
	defer file.Close()
	var rows []T
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var row T
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			tb.Fatalf("read a row of %s: %v", name, err)
		}
		rows = append(rows, row)
	}
	return rows
}

// oddHalf keeps the claims that may be looked at: those of the other half are for measuring.
func oddHalf(tb testing.TB) map[string]goldClaim {
	canonical := map[string]string{}
	for _, d := range goldRows[struct {
		Path        string
		Revises     string
		DuplicateOf string `json:"duplicate_of"`
	}](tb, "documents.jsonl") {
		switch {
		case d.Revises != "":
			canonical[d.Path] = d.Revises
		case d.DuplicateOf != "":
			canonical[d.Path] = d.DuplicateOf
		default:
			canonical[d.Path] = d.Path
		}
	}
	odd := map[string]goldClaim{}
	for _, c := range goldRows[goldClaim](tb, "claims.jsonl") {
		sum := sha1.Sum([]byte(canonical[c.Path]))
		if digit := hex.EncodeToString(sum[:])[0]; strings.ContainsRune("13579bdf", rune(digit)) {
			odd[c.ID] = c
		}
	}
	return odd
}

// surely is the strength from which a reason of these comparators counts as fired here.
const surely = 0.5

// TestNumbersOnCouncil prints, by label and kind, how many pairs of the odd half fire, and how
// many sentences fire that merely share words with a claim.
func TestNumbersOnCouncil(t *testing.T) {
	odd := oddHalf(t)
	c := mustComparer(t)
	type tally struct{ pairs, fired, sure, supports int }
	tallies := map[string]*tally{}
	var records []*claims.Assertion
	linked := map[string]bool{}
	links := goldRows[goldLink](t, "links.jsonl")
	for _, l := range links {
		for _, e := range l.Evidence {
			if e.Quote != "" {
				records = append(records, claims.ReadOn(c, e.Quote, "", e.Date))
				linked[l.Claim+"\t"+e.Quote] = true
			}
		}
	}
	for _, l := range links {
		said, ok := odd[l.Claim]
		if !ok {
			continue
		}
		claim := claims.ReadOn(c, said.Quote, "", said.Date)
		key := l.Label
		if l.Label == "contradiction" {
			key += " " + l.Kind
		}
		n := tallies[key]
		if n == nil {
			n = &tally{}
			tallies[key] = n
		}
		n.pairs++
		var best, support float64
		var told string
		for _, e := range l.Evidence {
			for _, r := range claims.NumbersAndDates(claim, claims.ReadOn(c, e.Quote, "", e.Date)) {
				if r.Supports {
					support = max(support, r.Strength)
				} else if r.Strength > best {
					best, told = r.Strength, r.Rule+" "+r.Text
				}
			}
		}
		if support > 0 {
			n.supports++
		}
		if best > 0 {
			n.fired++
		}
		if best >= surely {
			n.sure++
		}
		t.Logf("%-24s %s %.2f (support %.2f) %s\n    %s", key, l.ID, best, support, told, said.Quote)
	}
	other := tally{}
	for _, said := range odd {
		claim := claims.ReadOn(c, said.Quote, "", said.Date)
		for _, record := range overlapping(claim, records, 30) {
			if linked[said.ID+"\t"+record.Text] {
				continue
			}
			other.pairs++
			best := 0.0
			for _, r := range claims.NumbersAndDates(claim, record) {
				if !r.Supports {
					best = max(best, r.Strength)
				}
			}
			if best > 0 {
				other.fired++
			}
			if best >= surely {
				other.sure++
			}
		}
	}
	tallies["(not linked, words shared)"] = &other
	for _, key := range slices.Sorted(keysOf(tallies)) {
		n := tallies[key]
		t.Logf("TALLY %-28s pairs %5d, fired %4d, at %.1f or more %4d, supports %4d", key, n.pairs, n.fired, surely, n.sure, n.supports)
	}
	if other.pairs > 0 && float64(other.sure) > 0.02*float64(other.pairs) {
		t.Errorf("%d of %d pairs that only share words fire surely, want at most 2 %%", other.sure, other.pairs)
	}
}

func keysOf[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// overlapping are the records that share most words with a claim.
func overlapping(claim *claims.Assertion, records []*claims.Assertion, limit int) []*claims.Assertion {
	own := map[string]bool{}
	for _, w := range claim.Terms {
		own[w.Stem] = !w.Stop
	}
	shared := map[*claims.Assertion]int{}
	for _, r := range records {
		seen := map[string]bool{}
		for _, w := range r.Terms {
			if own[w.Stem] && !seen[w.Stem] {
				seen[w.Stem] = true
				shared[r]++
			}
		}
	}
	list := slices.Clone(records)
	slices.SortStableFunc(list, func(x, y *claims.Assertion) int { return shared[y] - shared[x] })
	return list[:min(limit, len(list))]
}

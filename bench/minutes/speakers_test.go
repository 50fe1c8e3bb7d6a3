package minutes_test

import (
	"strings"
	"testing"

	"contredit/document"
)

type goldClaim struct {
	ID, Path, Speaker, Quote string
	At                       *float64
	Page                     *int
}

// TestCorpusSpeakers measures who is said to speak where the gold's sentences stand, in the
// documents that have turns. A label that other documents resolve (« le président » in
// captions that name nobody) is counted apart: the claims' directory knows who chaired.
func TestCorpusSpeakers(t *testing.T) {
	documents := map[string]goldDocument{}
	for _, d := range goldRows[goldDocument](t, "documents.jsonl") {
		documents[d.Path] = d
	}
	readings := map[string]*document.Reading{}
	type score struct{ right, wrong, unknown, byLabel, silent int }
	scores := map[bool]*score{true: {}, false: {}}
	for _, c := range goldRows[goldClaim](t, "claims.jsonl") {
		d, known := documents[c.Path]
		if !known || d.Duplicate != "" || d.Revises != "" {
			continue
		}
		r := readings[c.Path]
		if r == nil {
			r = readCorpus(t, d)
			readings[c.Path] = r
		}
		if len(r.Turns) == 0 {
			continue
		}
		odd := isOdd(c.Path)
		s := scores[odd]
		at := strings.Index(r.Text, c.Quote)
		if at < 0 {
			at = looseIndex(r.Text, c.Quote)
		}
		if at < 0 {
			continue
		}
		turn, ok := r.SpeakerAt(at)
		switch {
		case !ok:
			s.silent++
		case samePerson(turn.Speaker, c.Speaker):
			s.right++
		case turn.Speaker == "" && turn.Title != "":
			s.byLabel++
			if odd {
				t.Logf("%s: %q said by %q, who is %s", c.Path, c.Quote, turn.Label, c.Speaker)
			}
		case turn.Speaker == "":
			s.unknown++
		default:
			s.wrong++
			if odd {
				t.Logf("%s: %q said by %q, want %q", c.Path, c.Quote, turn.Speaker, c.Speaker)
			}
		}
	}
	for _, odd := range []bool{true, false} {
		t.Logf("speakers, odd half %v: %+v", odd, *scores[odd])
		if s := scores[odd]; s.wrong*20 > s.right+s.wrong {
			t.Errorf("odd half %v: %d of %d named speakers are wrong", odd, s.wrong, s.right+s.wrong)
		}
	}
}

// looseIndex finds a quote whose spaces and apostrophes are written otherwise.
func looseIndex(text, quote string) int {
	words := strings.Fields(quote)
	if len(words) < 3 {
		return -1
	}
	for n := len(words); n >= 3; n-- {
		if at := strings.Index(text, strings.Join(words[:n], " ")); at >= 0 {
			return at
		}
	}
	return -1
}

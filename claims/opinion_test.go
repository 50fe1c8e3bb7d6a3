package claims

import (
	"context"
	"errors"
	"testing"
)

type fixedJudge struct {
	opinion Opinion
	err     error
}

func (j fixedJudge) Judge(context.Context, string, string) (Opinion, error) { return j.opinion, j.err }

func TestJudge(t *testing.T) {
	link := func() Link {
		return Link{Kind: KindNegation, Score: 0.5, Evidence: []Evidence{{Quote: "Le comité n’a pas été saisi."}}, Reasons: []Reason{{Rule: "X"}}}
	}
	c := Claim{Quote: "Le comité a été saisi."}
	for name, tt := range map[string]struct {
		judge  fixedJudge
		change func(*Link)
		check  func(Link) bool
	}{
		"Lifts":              {fixedJudge{opinion: Opinion{Contradiction: 0.9, RecordQuote: "n’a pas"}}, nil, func(k Link) bool { return k.Score > 0.7 && len(k.Reasons) == 2 }},
		"Sinks":              {fixedJudge{opinion: Opinion{Entailment: 0.9}}, nil, func(k Link) bool { return k.Score < 0.3 && k.Reasons[1].Supports }},
		"FailureChangesNone": {fixedJudge{err: errors.New("down")}, nil, func(k Link) bool { return k.Score == 0.5 && len(k.Reasons) == 1 }},
		"NeverTheOnlyReason": {fixedJudge{opinion: Opinion{Contradiction: 1}}, func(k *Link) { k.Reasons = nil }, func(k Link) bool { return k.Score == 0.5 && len(k.Reasons) == 0 }},
		"NotOfAnAbsence":     {fixedJudge{opinion: Opinion{Contradiction: 1}}, func(k *Link) { k.Kind = KindAbsence }, func(k Link) bool { return len(k.Reasons) == 1 }},
	} {
		t.Run(name, func(t *testing.T) {
			links := []Link{link()}
			if tt.change != nil {
				tt.change(&links[0])
			}
			(&Linker{Judge: tt.judge}).ask(t.Context(), c, links)
			if !tt.check(links[0]) {
				t.Errorf("got score %.2f, reasons %+v", links[0].Score, links[0].Reasons)
			}
		})
	}
}

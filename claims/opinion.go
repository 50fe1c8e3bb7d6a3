package claims

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"strings"
)

// RuleJudge names the opinion of an optional model among the reasons of a link.
const RuleJudge = "AVIS-MODELE-1"

// judgeWeight is what a model's whole opinion, « contradiction » minus « entailment », adds
// to the logit: it may lift or sink a link, and never makes one by itself.
const judgeWeight = 1.5

// ask puts each link's first passage before the judge. A judge that fails changes nothing.
func (l *Linker) ask(ctx context.Context, c Claim, links []Link) {
	for i := range links {
		k := &links[i]
		if k.Kind == KindAbsence || len(k.Evidence) == 0 || len(k.Reasons) == 0 {
			continue
		}
		quote := k.Evidence[0].Quote
		o, err := l.Judge.Judge(ctx, c.Quote, quote)
		if err != nil {
			l.logger().Warn("the judge gave no opinion", "claim", c.ID, "error", err)
			continue
		}
		k.weigh(o, c.Quote, quote)
	}
}

func (l *Linker) logger() *slog.Logger {
	if l.Logger != nil {
		return l.Logger
	}
	return slog.New(slog.DiscardHandler)
}

// weigh adds an opinion to the score as one term and one reason.
func (k *Link) weigh(o Opinion, claim, quote string) {
	value := o.Contradiction - o.Entailment
	k.Terms = append(k.Terms, Term{Name: "judge", Value: value, Weight: judgeWeight})
	p := min(max(k.Score, 1e-6), 1-1e-6)
	k.Score = 1 / (1 + math.Exp(-(math.Log(p/(1-p)) + judgeWeight*value)))
	r := Reason{Rule: RuleJudge, Kind: k.Kind, Strength: math.Abs(value), Weight: judgeWeight * value, Supports: value < 0, ClaimSpan: spanOf(claim, o.ClaimQuote), EvidenceSpan: spanOf(quote, o.RecordQuote)}
	verdict := "l’acte contredit la déclaration"
	if value < 0 {
		verdict = "l’acte ne contredit pas la déclaration"
	}
	r.Text = fmt.Sprintf("Selon le modèle facultatif%s, %s (%.0f %% contre %.0f %%).", named(o.Model), verdict, 100*o.Contradiction, 100*o.Entailment)
	k.Reasons = append(k.Reasons, r)
}

func named(model string) string {
	if model == "" {
		return ""
	}
	return " " + model
}

// spanOf is where a quote stands in a text; the whole text when it does not.
func spanOf(text, quote string) Span {
	if i := strings.Index(text, quote); quote != "" && i >= 0 {
		return Span{Start: i, End: i + len(quote)}
	}
	return Span{Start: 0, End: len(text)}
}

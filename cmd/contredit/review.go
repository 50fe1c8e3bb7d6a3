package main

import (
	"context"
	"errors"
	"strings"

	"contredit/claims"
	"contredit/digest"
	"contredit/review"
	"contredit/store"
)

// decisions are the words of the command line for a reviewer's acts.
var decisions = map[string]claims.Decision{
	"confirm": claims.StatusConfirmed, "nuance": claims.StatusNuance, "reject": claims.StatusRejected,
	"take": claims.StatusInReview, "undecidable": claims.StatusUndecidable,
}

// remarkActs are the words of the command line for what leaves the state of a flag as it is.
var remarkActs = map[string]string{
	"assign": store.RemarkAssign, "note": store.RemarkNote, "reply": store.RemarkReply, "correct": store.RemarkCorrection,
	"tag": store.RemarkTag, "untag": store.RemarkUntag, "snooze": store.RemarkSnooze,
}

// statusNames are the states as reviewers call them.
var statusNames = map[claims.Decision]string{
	claims.StatusNew: "à examiner", claims.StatusInReview: "en cours", claims.StatusConfirmed: "confirmé", claims.StatusRejected: "rejeté",
	claims.StatusNuance: "à nuancer", claims.StatusUndecidable: "indécidable", claims.StatusPublished: "publié",
}

// reviewOrder is what the command line asked for.
type reviewOrder struct {
	verdict         claims.Verdict
	filter          store.LinkFilter
	to, tag, until  string
	format          string
	trial           bool
	overwrite       bool
	status, kindSet string
}

func (r *reviewOrder) flags(o *options) {
	o.StringVar(&r.filter.Speaker, "speaker", "", "part of the speaker's `name`")
	o.StringVar(&r.filter.Words, "words", "", "part of the claim or the record")
	o.Float64Var(&r.filter.MinimumScore, "min-score", 0, "the lowest score, 0 to 1")
	o.IntVar(&r.filter.Limit, "limit", 0, "at most this many; 0 for all")
	o.BoolVar(&r.filter.Private, "private", false, "private sources too")
	o.StringVar(&r.status, "status", "", "new, in_review, confirmed, rejected, nuance, undecidable or published")
	o.StringVar(&r.kindSet, "kind", "", "one kind of contradiction, such as vote")
	o.StringVar(&r.format, "format", "text", "text or json")
	o.StringVar(&r.verdict.Reviewer, "by", "", "`who` decides")
	o.StringVar(&r.verdict.Reason, "reason", "", "reason `code`, such as other_subject, other_period, quote_of_another, compatible; import: of rejections without one")
	o.StringVar(&r.verdict.Note, "note", "", "a `note` kept with the verdict")
	o.StringVar(&r.to, "to", "", "assign: `who` is to look at it; \"\" for nobody")
	o.StringVar(&r.tag, "tag", "", "tag, untag: the `tag`")
	o.StringVar(&r.until, "until", "", "snooze: the `day` until which it is out of the queue, as 2026-03-31; \"\" to wake it")
	o.BoolVar(&r.trial, "dry-run", false, "import: say what would be decided, and keep nothing")
	o.BoolVar(&r.overwrite, "overwrite", false, "import: decide anew where somebody decided otherwise")
}

// check refuses what is not one of the words that are known, and lists them.
func (r *reviewOrder) check(act string) error {
	if r.format != "text" && r.format != "json" {
		return wrongUsage("--format %q is not known; allowed: text, json", r.format)
	}
	if r.status != "" {
		if _, ok := statusNames[claims.Decision(r.status)]; !ok {
			return wrongUsage("--status %q is not known; allowed: new, in_review, confirmed, rejected, nuance, undecidable, published", r.status)
		}
		r.filter.Statuses = []claims.Decision{claims.Decision(r.status)}
	}
	if r.kindSet != "" {
		if _, ok := digest.KindNames[claims.Kind(r.kindSet)]; !ok {
			return wrongUsage("--kind %q is not known; allowed: %s", r.kindSet, knownNames(digest.KindNames))
		}
		r.filter.Kinds = []claims.Kind{claims.Kind(r.kindSet)}
	}
	if r.verdict.Reason == "" {
		return nil
	}
	code, known := review.ReasonNamed(r.verdict.Reason)
	if !known {
		return wrongUsage("--reason %q is not known; allowed: %s", r.verdict.Reason, review.ReasonList())
	}
	if act != "reject" && act != "nuance" && act != "import" {
		return wrongUsage("--reason goes with reject, nuance and import")
	}
	r.verdict.Reason = code
	return nil
}

func runReview(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	var order reviewOrder
	order.flags(o)
	rest, err := o.parse(args, 1, 2)
	if err != nil {
		return err
	}
	act := rest[0]
	if err := order.check(act); err != nil {
		return err
	}
	config, db, err := where.openExisting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if act == "list" && len(rest) == 1 {
		return listFlags(ctx, t, db, order.filter, order.format)
	}
	if len(rest) != 2 {
		return withHint(wrongUsage("review %s takes the id of a flag", act), "contredit review list shows the ids")
	}
	d := desk{db: db, rules: config.Review, zone: config.Instance.TimeZone.location()}
	if act == "show" {
		return d.showFlag(ctx, t, rest[1], order.format)
	}
	v := order.verdict
	v.Link = rest[1]
	switch {
	case act == "import":
		v.Link = "decisions.csv"
		who, err := d.signer(ctx, act, v)
		if err != nil {
			return err
		}
		return importDecisions(ctx, t, rest[1], decisionImport{db: db, by: who, reason: v.Reason, trial: order.trial, overwrite: order.overwrite, twoPeople: d.rules.TwoPeople})
	case remarkActs[act] != "":
		return d.remark(ctx, t, act, v, order)
	case act == "publish":
		return d.publishPair(ctx, t, v, order.format)
	case act == "undo" || decisions[act] != "":
		return d.decide(ctx, t, act, v, order.format)
	}
	return withHint(wrongUsage("review %q is not known; allowed: list, show, import, undo, publish, %s", act, strings.Join(reviewActs(), ", ")), "contredit review --help")
}

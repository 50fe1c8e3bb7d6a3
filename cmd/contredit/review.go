package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"contredit/claims"
	"contredit/evidence"
	"contredit/store"
)

// decisions are the words of the command line for a reviewer's acts.
var decisions = map[string]claims.Decision{
	"confirm": claims.StatusConfirmed, "nuance": claims.StatusNuance, "reject": claims.StatusRejected,
	"take": claims.StatusInReview, "undecidable": claims.StatusUndecidable,
}

// statusNames are the states as reviewers call them.
var statusNames = map[claims.Decision]string{
	claims.StatusNew: "à examiner", claims.StatusInReview: "en cours", claims.StatusConfirmed: "confirmé", claims.StatusRejected: "rejeté",
	claims.StatusNuance: "à nuancer", claims.StatusUndecidable: "indécidable", claims.StatusPublished: "publié",
}

func runReview(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	var f store.LinkFilter
	o.StringVar(&f.Speaker, "speaker", "", "part of the speaker's `name`")
	o.StringVar(&f.Words, "words", "", "part of the claim or the record")
	o.Float64Var(&f.MinimumScore, "min-score", 0, "the lowest score, 0 to 1")
	o.IntVar(&f.Limit, "limit", 0, "at most this many; 0 for all")
	o.BoolVar(&f.Private, "private", false, "private sources too")
	status := o.String("status", "", "new, in_review, confirmed, rejected, nuance, undecidable or published")
	kind := o.String("kind", "", "one kind of contradiction, such as vote")
	format := o.String("format", "text", "text or json")
	var v claims.Verdict
	o.StringVar(&v.Reviewer, "by", "", "`who` decides")
	o.StringVar(&v.Reason, "reason", "", "reason `code`, such as other_subject, other_period, quote_of_another, compatible")
	o.StringVar(&v.Note, "note", "", "a `note` kept with the verdict")
	to := o.String("to", "", "assign: `who` is to look at it; \"\" for nobody")
	trial := o.Bool("dry-run", false, "import: say what would be decided, and keep nothing")
	overwrite := o.Bool("overwrite", false, "import: decide anew where somebody decided otherwise")
	rest, err := o.parse(args, 1, 2)
	if err != nil {
		return err
	}
	if *status != "" {
		if _, ok := statusNames[claims.Decision(*status)]; !ok {
			return wrongUsage("--status %q is not known; allowed: new, in_review, confirmed, rejected, nuance, undecidable, published", *status)
		}
		f.Statuses = []claims.Decision{claims.Decision(*status)}
	}
	if *kind != "" {
		f.Kinds = []claims.Kind{claims.Kind(*kind)}
	}
	config, db, err := where.openExisting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if rest[0] == "list" && len(rest) == 1 {
		return listFlags(ctx, t, db, f, *format)
	}
	if len(rest) != 2 {
		return withHint(wrongUsage("review %s takes the id of a flag", rest[0]), "contredit review list shows the ids")
	}
	if rest[0] == "show" {
		return showFlag(ctx, t, db, rest[1], *format)
	}
	v.Link = rest[1]
	switch rest[0] {
	case "assign":
		return remark(ctx, t, db, v, store.Remark{Kind: store.RemarkAssign, Text: *to}, *format)
	case "note", "reply", "correct":
		if strings.TrimSpace(v.Note) == "" {
			return withHint(wrongUsage("review %s takes --note", rest[0]), `contredit review %s %s --by "Mme Dupont" --note "appeler le secrétariat"`, rest[0], v.Link)
		}
		kind := map[string]string{"note": store.RemarkNote, "reply": store.RemarkReply, "correct": store.RemarkCorrection}[rest[0]]
		return remark(ctx, t, db, v, store.Remark{Kind: kind, Text: v.Note}, *format)
	case "import":
		v.Link = "decisions.csv"
		if err := signed("import", v); err != nil {
			return err
		}
		return importDecisions(ctx, t, rest[1], decisionImport{db: db, by: v.Reviewer, trial: *trial, overwrite: *overwrite, twoPeople: config.Review.TwoPeople})
	case "publish":
		return publishPair(ctx, t, db, v, config.Review.TwoPeople)
	}
	return decide(ctx, t, db, rest[0], v, *format)
}

// publishPair opens a confirmed pair to the public, under the same rules as on the pages.
func publishPair(ctx context.Context, t terminal, db *store.DB, v claims.Verdict, twoPeople bool) error {
	l, err := findFlag(ctx, db, v.Link)
	if err != nil {
		return err
	}
	if err := signed("publish", v); err != nil {
		return err
	}
	if l.Status == claims.StatusPublished {
		t.say("%s : déjà %s", l.ID, statusNames[l.Status])
		return nil
	}
	_, err = db.Decide(ctx, store.Act{Links: []string{l.ID}, Reviewer: v.Reviewer, Decision: claims.StatusPublished, Note: v.Note, Seen: -1, TwoPeople: twoPeople})
	if errors.Is(err, store.ErrSamePerson) {
		return withHint(err, "the configuration asks for two people: somebody else publishes")
	}
	if err != nil {
		return err
	}
	t.say("%s : %s (%s)", l.ID, statusNames[claims.StatusPublished], v.Reviewer)
	return nil
}

// signed refuses an act that nobody answers for.
func signed(act string, v claims.Verdict) error {
	if strings.TrimSpace(v.Reviewer) != "" {
		return nil
	}
	return withHint(wrongUsage("what is done to a flag is somebody's; --by is missing"), `contredit review %s %s --by "Mme Dupont"`, act, v.Link)
}

// remark adds a note or an assignment: the state of the flag stays as it is.
func remark(ctx context.Context, t terminal, db *store.DB, v claims.Verdict, m store.Remark, format string) error {
	l, err := findFlag(ctx, db, v.Link)
	if err != nil {
		return err
	}
	if err := signed(m.Kind, v); err != nil {
		return err
	}
	m.Reviewer, m.Text = v.Reviewer, strings.TrimSpace(m.Text)
	if m.Kind == store.RemarkAssign && m.Text != "" {
		if err := mayBeGiven(ctx, db, m.Text); err != nil {
			return err
		}
	}
	if err := db.SaveRemarks(ctx, []string{l.ID}, m); err != nil {
		return err
	}
	if format == "json" {
		return printJSON(t, struct {
			Flag string `json:"flag"`
			Kind string `json:"kind"`
			Text string `json:"text"`
			By   string `json:"by"`
		}{l.ID, m.Kind, m.Text, m.Reviewer})
	}
	t.say("%s : %s %s (%s)", l.ID, m.Kind, m.Text, m.Reviewer)
	return nil
}

// mayBeGiven refuses to give a flag to somebody without an account, where there are accounts.
func mayBeGiven(ctx context.Context, db *store.DB, name string) error {
	all, err := db.Reviewers(ctx)
	if err != nil || len(all) == 0 {
		return err
	}
	_, err = knownReviewer(ctx, db, name)
	return err
}

func listFlags(ctx context.Context, t terminal, db *store.DB, f store.LinkFilter, format string) error {
	links, err := db.Links(ctx, f)
	if err != nil {
		return err
	}
	if format == "json" {
		rows := make([]evidence.FlagRow, 0, len(links))
		for _, l := range links {
			rows = append(rows, evidence.Flag(l.Link, l.Status))
		}
		return printJSON(t, rows)
	}
	for i, l := range links {
		printFlag(t.out, i+1, l)
	}
	t.say("%d flag(s)", len(links))
	return nil
}

func findFlag(ctx context.Context, db *store.DB, id string) (store.StoredLink, error) {
	l, err := db.Link(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return l, withHint(err, "contredit review list shows the ids; the first six characters are enough when no other begins so")
	}
	return l, err
}

func showFlag(ctx context.Context, t terminal, db *store.DB, id, format string) error {
	l, err := findFlag(ctx, db, id)
	if err != nil {
		return err
	}
	if format == "json" {
		return printJSON(t, evidence.Flag(l.Link, l.Status))
	}
	printFlag(t.out, 0, l)
	fmt.Fprintf(t.out, "    Score %.2f (%s) :\n", l.Score, l.Calibration)
	for _, term := range l.Terms {
		fmt.Fprintf(t.out, "      %+.2f  %s\n", term.Value*term.Weight, term.Name)
	}
	verdicts, err := db.Verdicts(ctx, l.ID)
	if err != nil {
		return err
	}
	for _, v := range verdicts {
		fmt.Fprintf(t.out, "    %s  %s : %s %s %s\n", v.At, v.Reviewer, statusNames[v.Decision], v.Reason, v.Note)
	}
	remarks, err := db.Remarks(ctx, l.ID)
	if err != nil {
		return err
	}
	for _, m := range remarks {
		fmt.Fprintf(t.out, "    %s  %s : %s %s\n", m.At, m.Reviewer, m.Kind, m.Text)
	}
	return nil
}

func decide(ctx context.Context, t terminal, db *store.DB, act string, v claims.Verdict, format string) error {
	l, err := findFlag(ctx, db, v.Link)
	if err != nil {
		return err
	}
	v.Link = l.ID
	if err := signed(act, v); err != nil {
		return err
	}
	switch {
	case act == "undo":
		v, err = db.UndoVerdict(ctx, l.ID, v.Reviewer)
	case decisions[act] != "":
		v.Decision = decisions[act]
		v, err = db.SaveVerdict(ctx, v)
	default:
		return withHint(wrongUsage("review %q is not known", act), "contredit review --help")
	}
	if err != nil {
		return err
	}
	if format == "json" {
		return printJSON(t, struct {
			Flag     string          `json:"flag"`
			Decision claims.Decision `json:"status"`
			Reason   string          `json:"reason,omitempty"`
			Note     string          `json:"note,omitempty"`
			By       string          `json:"by"`
			At       string          `json:"at"`
		}{l.ID, v.Decision, v.Reason, v.Note, v.Reviewer, v.At})
	}
	t.say("%s : %s (%s)", l.ID, statusNames[v.Decision], v.Reviewer)
	if l.Status == claims.StatusPublished && v.Decision != claims.StatusPublished {
		t.say("elle était publiée et ne l’est plus : « contredit publish » la retire du site, « contredit review publish %s » la publie de nouveau", l.ID)
	}
	return nil
}

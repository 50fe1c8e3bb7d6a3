package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"time"

	"contredit/claims"
	"contredit/store"
)

// calibrationSetting keeps the weights that a person applied.
const calibrationSetting = "calibration"

// calibrationOf is the calibration in force: the applied one, else the program's own.
func calibrationOf(ctx context.Context, db *store.DB) (claims.Calibration, error) {
	text, err := db.Setting(ctx, calibrationSetting)
	if err != nil || text == "" {
		return claims.BuiltIn(), err
	}
	var c claims.Calibration
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return c, fmt.Errorf("read the applied calibration: %w", err)
	}
	return c, nil
}

func runCalibrate(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	apply := o.Bool("apply", false, "use the proposed weights from now on")
	reset := o.Bool("reset", false, "go back to the program's own weights")
	if _, err := o.parse(args, 0, 0); err != nil {
		return err
	}
	_, db, err := where.openExisting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if *reset {
		return useCalibration(ctx, t, db, claims.BuiltIn(), "")
	}
	now, err := calibrationOf(ctx, db)
	if err != nil {
		return err
	}
	links, err := db.Links(ctx, store.LinkFilter{Private: true, Withdrawn: true, Statuses: []claims.Decision{claims.StatusConfirmed, claims.StatusPublished, claims.StatusRejected}})
	if err != nil {
		return err
	}
	var pairs []claims.Labelled
	for _, l := range links {
		if len(l.Terms) > 0 && l.Kind != claims.KindAbsence {
			pairs = append(pairs, claims.Labelled{Terms: l.Terms, Right: l.Status != claims.StatusRejected})
		}
	}
	byReaders, err := labelledByReaders(ctx, db)
	if err != nil {
		return err
	}
	if pairs = append(pairs, byReaders...); len(byReaders) > 0 {
		t.say("%d réponse(s) de lecteurs comptent aussi, chacune pour %.1f décision", len(byReaders), answerMass)
	}
	next, err := now.Recalibrate("décisions du "+db.Now().Format(time.DateOnly), pairs)
	printRules(t.out, links, now, next)
	if errors.Is(err, claims.ErrTooFew) {
		return withHint(err, "decide more pairs in the queue; until then the weights stay as they are (%s)", now.Name)
	}
	if err != nil {
		return err
	}
	printWeights(t.out, now, next)
	if !*apply {
		t.say("rien n’est changé ; « contredit calibrate --apply » adopte ces poids")
		return nil
	}
	text, err := json.Marshal(next)
	if err != nil {
		return fmt.Errorf("encode the calibration: %w", err)
	}
	return useCalibration(ctx, t, db, next, string(text))
}

// useCalibration keeps the weights and asks for every claim to be linked again with them.
func useCalibration(ctx context.Context, t terminal, db *store.DB, c claims.Calibration, text string) error {
	if err := db.SaveSetting(ctx, calibrationSetting, text); err != nil {
		return err
	}
	if err := db.AskLinking(ctx, nil); err != nil {
		return err
	}
	t.say("étalonnage « %s » adopté ; les scores seront refaits à la prochaine collecte", c.Name)
	return nil
}

// ruleTally is what people said of the pairs on which a rule spoke.
type ruleTally struct {
	right, wrong         int
	keptRight, keptWrong int // with the proposed weights, at an even chance or better
}

func printRules(w io.Writer, links []store.StoredLink, now, next claims.Calibration) {
	rules := map[string]*ruleTally{}
	for _, l := range links {
		if len(l.Terms) == 0 || l.Kind == claims.KindAbsence {
			continue
		}
		seen := map[string]bool{}
		for _, r := range l.Reasons {
			if r.Supports || seen[r.Rule] {
				continue
			}
			seen[r.Rule] = true
			if rules[r.Rule] == nil {
				rules[r.Rule] = &ruleTally{}
			}
			rules[r.Rule].count(l.Status != claims.StatusRejected, next.Score(l.Terms) >= now.Score(l.Terms))
		}
	}
	if len(rules) == 0 {
		fmt.Fprintln(w, "Aucune paire décidée pour l’instant.")
		return
	}
	fmt.Fprintf(w, "%-28s %9s %9s %10s %22s\n", "règle", "confirmés", "rejetés", "précision", "relevés par la proposition")
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		r := rules[name]
		fmt.Fprintf(w, "%-28s %9d %9d %10s %22s\n", name, r.right, r.wrong, percent(r.right, r.right+r.wrong), fmt.Sprintf("%d + %d", r.keptRight, r.keptWrong))
	}
}

func (r *ruleTally) count(right, raised bool) {
	switch {
	case right:
		r.right++
		if raised {
			r.keptRight++
		}
	default:
		r.wrong++
		if raised {
			r.keptWrong++
		}
	}
}

func percent(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return fmt.Sprintf("%.0f %%", 100*float64(part)/float64(whole))
}

func printWeights(w io.Writer, now, next claims.Calibration) {
	fmt.Fprintf(w, "\n%-24s %10s %10s\n", "terme", "en vigueur", "proposé")
	for _, name := range slices.Sorted(maps.Keys(next.Weights)) {
		if math.Abs(next.Weights[name]-now.Weights[name]) >= 0.05 {
			fmt.Fprintf(w, "%-24s %10.2f %10.2f\n", name, now.Weights[name], next.Weights[name])
		}
	}
}

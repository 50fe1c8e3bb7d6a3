package main

import (
	"context"
	"fmt"
)

// mutedFlags are the flags, among some, that readers of a digest want to hear no more of, by reader.
func (w *work) mutedFlags(ctx context.Context, digestName, recipient string, ids []string) (map[string]map[string]bool, error) {
	mutes, err := w.db.Mutes(ctx, digestName, recipient)
	if err != nil || len(mutes) == 0 {
		return nil, err
	}
	firsts, err := w.db.FirstClaims(ctx, ids)
	if err != nil {
		return nil, err
	}
	about := map[string][]string{} // flags by their claim
	for _, id := range ids {
		about[firsts[id]] = append(about[firsts[id]], id)
	}
	muted := map[string]map[string]bool{}
	for _, m := range mutes {
		if muted[m.Recipient] == nil {
			muted[m.Recipient] = map[string]bool{}
		}
		for _, id := range about[m.First] {
			muted[m.Recipient][id] = true
		}
	}
	return muted, nil
}

// sayMutes tells the operator who muted what in a digest.
func (w *work) sayMutes(ctx context.Context, d digestConfig) error {
	mutes, err := w.db.Mutes(ctx, d.Name, "")
	if err != nil {
		return err
	}
	for _, m := range mutes {
		fmt.Fprintf(w.t.out, "    %s a dit «\u00a0pas pour moi\u00a0» le %s (%s)\u00a0: «\u00a0%s\u00a0» et ses répétitions\n",
			m.Recipient, frenchMoment(m.At.In(w.zoneOf(d))), m.Item, oneLine(m.Quote))
	}
	return nil
}

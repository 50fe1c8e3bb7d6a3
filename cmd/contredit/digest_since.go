package main

import (
	"context"
	"slices"
	"time"

	"contredit/digest"
	"contredit/document"
	"contredit/store"
)

// since is what was answered to, or corrected of, the pairs that a recipient had, as many as a letter
// takes. What became private, and what the reader does not want to hear of, is left out.
func (w *work) since(ctx context.Context, d digestConfig, recipient string, most int) ([]store.Remark, error) {
	all, err := w.db.RemarksSince(ctx, d.Name, recipient)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	links := make([]string, len(all))
	for i, r := range all {
		links[i] = r.Link
	}
	muted, err := w.mutedFlags(ctx, d.Name, recipient, links)
	if err != nil {
		return nil, err
	}
	flags, err := w.db.NewsOf(ctx, links)
	if err != nil {
		return nil, err
	}
	private := map[string]bool{}
	for _, l := range flags {
		private[l.ID] = l.Visibility == document.Private && !d.Private
	}
	all = slices.DeleteFunc(all, func(r store.Remark) bool { return private[r.Link] || muted[recipient][r.Link] })
	return all[:min(most, len(all))], nil
}

// followups makes lines of a letter of remarks.
func (w *work) followups(ctx context.Context, remarks []store.Remark, pages string) ([]digest.Followup, error) {
	var list []digest.Followup
	for _, r := range remarks {
		l, err := w.db.Link(ctx, r.Link)
		if err != nil {
			return nil, err
		}
		item, err := w.itemOf(ctx, l, pages)
		if err != nil {
			return nil, err
		}
		list = append(list, digest.Followup{ID: store.FollowupID(r.ID), Pair: l.ID, Reply: r.Kind == store.RemarkReply, Note: digest.Note{Day: r.At[:len(time.DateOnly)], Text: r.Text},
			Said: item.Said, Page: item.Page})
	}
	return list, nil
}

// followedNow says which of the followups of a letter may not be told any more, right before it leaves.
func (r *rechecker) followedNow(ctx context.Context, d digestConfig, since []digest.Followup) (dropped []digest.Drop, err error) {
	for _, f := range since {
		remarks, err := r.db.Remarks(ctx, f.Pair)
		if err != nil {
			return nil, err
		}
		l, err := r.db.Link(ctx, f.Pair)
		if err != nil {
			return nil, err
		}
		stands := slices.ContainsFunc(remarks, func(m store.Remark) bool { return store.FollowupID(m.ID) == f.ID && m.Text == f.Text })
		switch {
		case !stands:
			dropped = append(dropped, digest.Drop{Item: f.ID, Reason: "le texte a été effacé"})
		case l.Visibility == document.Private && !d.Private:
			dropped = append(dropped, digest.Drop{Item: f.ID, Reason: "la paire repose sur une source privée"})
		}
	}
	return dropped, nil
}

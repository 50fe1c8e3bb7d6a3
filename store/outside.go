package store

import (
	"context"
	"errors"
	"fmt"

	"contredit/claims"
	"contredit/document"
	"contredit/evidence"
)

// OutsidePair is a link with all that leaves the house with it: when it was decided, replies,
// corrections, earlier wordings, and the versions that its quotes are slices of.
func (db *DB) OutsidePair(ctx context.Context, l StoredLink) (evidence.Pair, error) {
	p := evidence.Pair{Link: evidence.Outside(l.Link), Status: l.Status, Found: l.FoundAt, Body: l.Body, Title: l.Title, MediaType: l.MediaType, VideoURL: l.VideoURL}
	history, err := db.Verdicts(ctx, l.ID)
	if err != nil {
		return p, err
	}
	for _, v := range Standing(history) {
		if v.Decision == l.Status {
			p.Decided = v.At
		}
		switch {
		case v.Decision == claims.StatusConfirmed && p.Confirmed == "": // a note added later repeats the state
			p.Confirmed = v.At
		case v.Decision != claims.StatusConfirmed && v.Decision != claims.StatusPublished:
			p.Confirmed = ""
		}
	}
	remarks, err := db.Remarks(ctx, l.ID)
	if err != nil {
		return p, err
	}
	p.Replies, p.Corrections = Notes(remarks)
	if p.First, err = db.firstSaid(ctx, l.Claim); err != nil {
		return p, err
	}
	if p.Earlier, err = db.earlierWordings(ctx, l.ID); err != nil {
		return p, err
	}
	p.Captures = map[string]evidence.Capture{}
	if err := db.addCapture(ctx, p.Captures, l.Claim.URL, l.Claim.Span, l.Claim.Quote); err != nil {
		return p, err
	}
	for _, e := range p.Link.Evidence {
		if err := db.addCapture(ctx, p.Captures, e.URL, e.Span, e.Quote); err != nil {
			return p, err
		}
	}
	return p, nil
}

// Notes are, of the remarks on a link, those that go with it wherever it is shown.
func Notes(remarks []Remark) (replies, corrections []evidence.Note) {
	for _, m := range remarks {
		switch m.Kind {
		case RemarkReply:
			replies = append(replies, evidence.Note{At: m.At, Text: m.Text})
		case RemarkCorrection:
			corrections = append(corrections, evidence.Note{At: m.At, Text: m.Text})
		}
	}
	return replies, corrections
}

// Standing are the verdicts of a history that nobody took back, oldest first.
func Standing(history []claims.Verdict) []claims.Verdict {
	gone := map[int64]bool{}
	for _, v := range history {
		if v.Undoes != 0 {
			gone[v.ID], gone[v.Undoes] = true, true
		}
	}
	var all []claims.Verdict
	for _, v := range history {
		if !gone[v.ID] {
			all = append(all, v)
		}
	}
	return all
}

// firstSaid is the claim that another one repeats; nil when there is none that may be shown.
func (db *DB) firstSaid(ctx context.Context, c claims.Claim) (*claims.Claim, error) {
	if c.Repeats == "" {
		return nil, nil
	}
	first, err := db.StoredClaim(ctx, c.Repeats)
	if errors.Is(err, ErrNotFound) || err == nil && first.Visibility == document.Private {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &first.Claim, nil
}

// addCapture finds the youngest version of a document that holds a quote at its place.
func (db *DB) addCapture(ctx context.Context, into map[string]evidence.Capture, url string, s claims.Span, quote string) error {
	if _, ok := into[url]; ok || url == "" {
		return nil
	}
	rows, err := db.r.QueryContext(ctx, `SELECT s.sha256, s.fetched_at, s.media_type, r.packed FROM snapshot s JOIN document d ON d.id = s.document
		LEFT JOIN reading r ON r.snapshot = s.id WHERE d.url = ? ORDER BY s.id DESC`, url)
	if err != nil {
		return fmt.Errorf("list the versions of %s: %w", url, err)
	}
	defer rows.Close()
	for rows.Next() {
		var c evidence.Capture
		var packed []byte
		if err := rows.Scan(&c.SHA256, &c.FetchedAt, &c.MediaType, &packed); err != nil {
			return fmt.Errorf("read a version of %s: %w", url, err)
		}
		var r document.Reading
		if packed != nil {
			if err := unpack(packed, &r); err != nil {
				return fmt.Errorf("reading of %s: %w", url, err)
			}
		}
		c.Text = r.Text
		if quote == "" || s.Start >= 0 && s.Start <= s.End && s.End <= len(r.Text) && r.Text[s.Start:s.End] == quote {
			into[url] = c
			return nil
		}
	}
	return rows.Err()
}

// PrivateAddresses are the addresses of private documents: no public output names them.
func (db *DB) PrivateAddresses(ctx context.Context) (map[string]bool, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT url FROM document WHERE visibility = 'private'")
	if err != nil {
		return nil, fmt.Errorf("list private documents: %w", err)
	}
	defer rows.Close()
	all := map[string]bool{}
	for rows.Next() {
		var url string
		if err := rows.Scan(&url); err != nil {
			return nil, fmt.Errorf("list private documents: %w", err)
		}
		all[url] = true
	}
	return all, rows.Err()
}

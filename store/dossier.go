package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"contredit/claims"
	"contredit/document"
	"contredit/evidence"
)

// Dossier gathers the pairs with the bytes, headers and texts of every version of the
// documents that they rest on. Without private, what is private is refused, and neither who
// decided nor their notes go out.
func (db *DB) Dossier(ctx context.Context, ids []string, private bool) (evidence.Dossier, error) {
	d := evidence.Dossier{MadeAt: db.now()}
	var urls []string
	for _, id := range ids {
		l, err := db.Link(ctx, id)
		if err != nil {
			return d, err
		}
		if !private && !evidence.IsPublic(l.Link) {
			return d, fmt.Errorf("flag %s: %w", l.ID, ErrPrivate)
		}
		pair, err := db.OutsidePair(ctx, l)
		if err != nil {
			return d, err
		}
		one := evidence.DossierPair{Pair: pair}
		if private {
			one.Link.Support = l.Support
			if one.Verdicts, err = db.Verdicts(ctx, l.ID); err != nil {
				return d, err
			}
		}
		d.Pairs = append(d.Pairs, one)
		urls = append(urls, addressesOf(one.Link)...)
	}
	slices.Sort(urls)
	for _, url := range slices.Compact(urls) {
		if err := db.addOriginals(ctx, &d, url, private); err != nil {
			return d, err
		}
	}
	return d, nil
}

// addressesOf are the documents that a link rests on.
func addressesOf(l claims.Link) []string {
	urls := []string{l.Claim.URL}
	for _, e := range l.Evidence {
		urls = append(urls, e.URL)
	}
	if l.Support != nil {
		urls = append(urls, l.Support.URL)
	}
	if l.Absence != nil {
		for _, m := range l.Absence.Read {
			urls = append(urls, m.URL)
		}
	}
	return slices.DeleteFunc(urls, func(url string) bool { return url == "" })
}

func (db *DB) addOriginals(ctx context.Context, d *evidence.Dossier, url string, private bool) error {
	doc, err := db.Document(ctx, url)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if doc.Document.Visibility == document.Private && !private {
		return nil
	}
	versions, err := db.Versions(ctx, doc.Document.ID)
	if err != nil {
		return err
	}
	for _, v := range versions {
		s, err := db.Snapshot(ctx, v.Snapshot)
		if errors.Is(err, ErrRetired) {
			continue // it was replaced before any pair cited this document; the journal names it
		}
		if err != nil {
			return err
		}
		o := evidence.Original{URL: url, Title: doc.Document.Title, MediaType: s.Origin.MediaType, Status: v.Status, SHA256: s.SHA256, FetchedAt: stamp(s.Origin.FetchedAt), Content: s.Content}
		var header string
		if err := db.r.QueryRowContext(ctx, "SELECT header, final_url FROM snapshot WHERE id = ?", v.Snapshot).Scan(&header, &o.FinalURL); err != nil {
			return fmt.Errorf("read the headers of %s: %w", url, err)
		}
		if err := json.Unmarshal([]byte(header), &o.Header); err != nil {
			return fmt.Errorf("decode the headers of %s: %w", url, err)
		}
		for _, secret := range []string{"Set-Cookie", "Set-Cookie2"} {
			delete(o.Header, secret) // a visitor's, and of no use to anybody
		}
		if r, err := db.ReadingOf(ctx, v.Snapshot); err == nil {
			o.Text = r.Text
		} else if !errors.Is(err, ErrNotFound) {
			return err
		}
		e, err := db.EntryAbout(ctx, evidence.JournalCapture, snapshotSubject(v.Snapshot))
		if err == nil {
			o.Journal = &evidence.JournalMark{Number: e.Number, At: e.At, Hash: e.Hash}
		} else if !errors.Is(err, ErrNotFound) {
			return err
		}
		d.Originals = append(d.Originals, o)
	}
	return nil
}

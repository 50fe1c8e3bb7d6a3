package pipeline

import (
	"context"
	"fmt"

	"contredit/claims"
	"contredit/document"
	"contredit/store"
)

// kept is what a process that goes on keeps from one pass to the next, so that a pass over a large
// instance reads only what is new. It is made again from the store after a start.
//
// A small instance is read anew each time and linked whole: what is found then depends on the
// documents alone, and not on the order in which they came.
type kept struct {
	prints    map[int64]printed
	directory *claims.Directory
	learned   map[int64]store.Head
	index     *claims.Memory
	indexed   map[int64]store.Head
	claims    *claims.ClaimIndex
}

// fewEnough is how many documents, and claims worth checking, a small instance has at most.
const fewEnough = 1000

func (p *Pipeline) few() int {
	if p.Few != 0 {
		return p.Few
	}
	return fewEnough
}

// learn fills the directory of persons from every reading, and keeps it. What reviewers put right goes
// before it.
func (p *Pipeline) learn(ctx context.Context) (*claims.Directory, error) {
	directory, err := p.persons(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.DB.SaveDirectory(ctx, p.kept.directory.Listed()); err != nil {
		return nil, fmt.Errorf("learn who is who: %w", err)
	}
	return directory, nil
}

// persons is the directory of every reading, with what reviewers put right.
func (p *Pipeline) persons(ctx context.Context) (*claims.Directory, error) {
	heads, err := p.DB.Heads(ctx)
	if err != nil {
		return nil, fmt.Errorf("learn who is who: %w", err)
	}
	if len(heads) <= p.few() || p.kept.directory == nil {
		p.kept.directory, p.kept.learned = p.Extractor.Directory.Clone(), map[int64]store.Head{}
	}
	for _, h := range heads {
		if !h.Read || p.kept.learned[h.ID] == h {
			continue
		}
		d, err := p.DB.DocumentByID(ctx, h.ID)
		if err != nil {
			return nil, fmt.Errorf("learn who is who: %w", err)
		}
		p.kept.directory.Learn(d.Document, d.Reading)
		p.kept.learned[h.ID] = h
	}
	roster, err := p.DB.Roster(ctx)
	if err != nil {
		return nil, fmt.Errorf("learn who is who: %w", err)
	}
	return p.kept.directory.Corrected(roster), nil
}

// index is the index of all records in memory, made of what the store keeps.
func (p *Pipeline) index(ctx context.Context) (*claims.Memory, error) {
	heads, err := p.DB.Heads(ctx)
	if err != nil {
		return nil, fmt.Errorf("index the records: %w", err)
	}
	if len(heads) <= p.few() || p.kept.index == nil || p.kept.index.Worn() {
		p.kept.index, p.kept.indexed = claims.NewMemory(p.Analyzer), map[int64]store.Head{}
	}
	for _, h := range heads {
		old, had := p.kept.indexed[h.ID]
		switch wanted := h.Read && h.Role.Records() && h.Duplicate == ""; {
		case had && wanted && old == h, !had && !wanted:
			continue
		case !wanted:
			p.kept.index.Drop(h.URL)
			delete(p.kept.indexed, h.ID)
			continue
		}
		d, err := p.DB.DocumentByID(ctx, h.ID)
		if err != nil {
			return nil, fmt.Errorf("index the records: %w", err)
		}
		p.kept.index.AddDocument(d.Document, d.Reading)
		p.kept.indexed[h.ID] = h
	}
	return p.kept.index, nil
}

// claimIndex is the index of the claims worth checking.
func (p *Pipeline) claimIndex(ctx context.Context) (*claims.ClaimIndex, error) {
	if p.kept.claims == nil {
		index := claims.NewClaimIndex()
		if err := p.DB.EachClaim(ctx, func(c claims.Claim) error { index.Add(c); return nil }); err != nil {
			return nil, fmt.Errorf("index the claims: %w", err)
		}
		p.kept.claims = index
	}
	return p.kept.claims, nil
}

// printed is the print of a snapshot's text.
type printed struct {
	snapshot int64
	print    document.Print
}

// printOf is the print of a document's text, nil when it has none.
func (p *Pipeline) printOf(ctx context.Context, h store.Head) (document.Print, error) {
	if !h.Read {
		return nil, nil
	}
	if k, ok := p.kept.prints[h.ID]; ok && k.snapshot == h.Snapshot {
		return k.print, nil
	}
	d, err := p.DB.DocumentByID(ctx, h.ID)
	if err != nil {
		return nil, err
	}
	if p.kept.prints == nil {
		p.kept.prints = map[int64]printed{}
	}
	k := printed{h.Snapshot, document.PrintOf(d.Reading)}
	p.kept.prints[h.ID] = k
	return k.print, nil
}

package pipeline

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"contredit/claims"
	"contredit/store"
)

// linkedSize is the setting that holds how many sentences of records the claims were last linked
// with as a whole.
const linkedSize = "pipeline.linked"

// askTouched leaves the work of linking again the claims that new records touch. A record is often
// younger than the claim that it refutes, and may clear an absence. All claims are linked again while
// they are few, and when the records have doubled since: what is rare among so few words may be
// common among so many.
func (p *Pipeline) askTouched(ctx context.Context, linker *claims.Linker, index *claims.Memory) error {
	records, err := p.DB.Waiting(ctx, store.StageTouch)
	if err != nil || len(records) == 0 {
		return err
	}
	worth, err := p.DB.CountWorth(ctx)
	if err != nil {
		return err
	}
	kept, err := p.DB.Setting(ctx, linkedSize)
	if err != nil {
		return fmt.Errorf("look up how much was linked: %w", err)
	}
	linked, err := strconv.Atoi(kept)
	if worth <= p.few() || err != nil || index.Len() > 2*linked {
		if err := p.DB.AskTouched(ctx, nil, records); err != nil {
			return err
		}
		return p.DB.SaveSetting(ctx, linkedSize, strconv.Itoa(index.Len()))
	}
	ids, err := p.touchedBy(ctx, linker, index, records)
	if err != nil {
		return err
	}
	return p.DB.AskTouched(ctx, ids, records)
}

// touchedBy are the claims that records, by the numbers of their documents, may speak of: those that
// rest on them already, those that name the institution of their meeting, and those of which one of
// their sentences seems to speak.
func (p *Pipeline) touchedBy(ctx context.Context, linker *claims.Linker, index *claims.Memory, records []string) ([]string, error) {
	claimIndex, err := p.claimIndex(ctx)
	if err != nil {
		return nil, err
	}
	ask, shared := map[string]bool{}, map[string][]int{}
	var urls []string
	for _, r := range records {
		id, err := strconv.ParseInt(r, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("look for what record %q touches: %w", r, err)
		}
		d, err := p.DB.DocumentByID(ctx, id)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		urls = append(urls, d.Document.URL)
		t := claimIndex.Touched(index, d.Document.URL)
		for _, id := range t.Meeting {
			ask[id] = true
		}
		for id, sentences := range t.Sentences {
			shared[id] = append(shared[id], sentences...)
		}
	}
	citing, err := p.DB.ClaimsCiting(ctx, urls)
	if err != nil {
		return nil, err
	}
	for _, id := range citing {
		ask[id] = true
	}
	for _, id := range slices.Sorted(maps.Keys(shared)) {
		if ask[id] {
			continue
		}
		claim, err := p.DB.Claim(ctx, id)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		ask[id] = speaks(linker, claim, shared[id])
	}
	maps.DeleteFunc(ask, func(_ string, asked bool) bool { return !asked })
	return append([]string{}, slices.Sorted(maps.Keys(ask))...), nil // never nil: that would ask for all
}

// speaks keeps a comparator's panic to the claim: linking it tells of it.
func speaks(linker *claims.Linker, claim claims.Claim, sentences []int) (speaks bool) {
	defer func() {
		if recover() != nil {
			speaks = true
		}
	}()
	return linker.Speaks(claim, sentences)
}

package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"contredit/document"
	"contredit/store"
)

// markDuplicates finds the addresses that carry the same text, so that a claim is not found
// twice. The first address met stays the original; another institution that prints the same
// words answers for them itself and is no duplicate.
func (p *Pipeline) markDuplicates(ctx context.Context) error {
	type original struct {
		id    int64
		print document.Print
	}
	// A private copy that was met first must not keep the public one from being shown.
	type owner struct {
		body       string
		role       document.Role
		visibility document.Visibility
	}
	originals := map[owner]map[uint64][]original{}
	address := map[int64]string{0: ""}
	change := map[int64]int64{}
	heads, err := p.DB.Heads(ctx)
	if err != nil {
		return fmt.Errorf("look for duplicates: %w", err)
	}
	slices.SortFunc(heads, func(a, b store.Head) int { return cmp.Compare(a.ID, b.ID) }) // as they were first met
	for _, h := range heads {
		print, err := p.printOf(ctx, h)
		if err != nil {
			return fmt.Errorf("look for duplicates: %w", err)
		}
		if len(print) == 0 {
			if h.Duplicate != "" {
				change[h.ID] = 0
			}
			continue
		}
		address[h.ID] = h.URL
		key := owner{h.Body, h.Role, h.Visibility}
		if originals[key] == nil {
			originals[key] = map[uint64][]original{}
		}
		var first int64
		for _, p := range print {
			for _, o := range originals[key][p] {
				if first == 0 && o.print.Same(print) {
					first = o.id
				}
			}
		}
		if address[first] != h.Duplicate {
			change[h.ID] = first
		}
		if first == 0 {
			for _, p := range print {
				originals[key][p] = append(originals[key][p], original{h.ID, print})
			}
		}
	}
	for id, first := range change {
		if err := p.DB.MarkDuplicate(ctx, id, first); err != nil {
			return err
		}
	}
	return nil
}

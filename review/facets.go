package review

import (
	"context"
	"sync"
	"time"

	"contredit/store"
)

// facetAge is how long the values of the filters are kept: counting them reads the whole queue.
const facetAge = 30 * time.Second

// facetCache keeps them by what may be seen. Any act of anybody's empties it.
type facetCache struct {
	mutex sync.Mutex
	at    time.Time
	all   map[facetKey]store.Facets
}

type facetKey struct {
	private, withdrawn, asleep bool
	today                      string
}

func (p *pages) facetsOf(ctx context.Context, f store.QueueFilter) (store.Facets, error) {
	key := facetKey{f.Private, f.Withdrawn, f.Asleep, f.Today}
	p.facets.mutex.Lock()
	defer p.facets.mutex.Unlock()
	if p.facets.all == nil || p.Now().Sub(p.facets.at) >= facetAge {
		p.facets.all, p.facets.at = map[facetKey]store.Facets{}, p.Now()
	}
	if kept, ok := p.facets.all[key]; ok {
		return kept, nil
	}
	counted, err := p.DB.QueueFacets(ctx, f)
	if err == nil {
		p.facets.all[key] = counted
	}
	return counted, err
}

func (c *facetCache) empty() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.all = nil
}

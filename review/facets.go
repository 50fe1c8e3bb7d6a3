package review

import (
	"context"
	"slices"
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

// withChosen adds the chosen values that the lists leave out: a form that does not offer what it was narrowed
// to would widen it again when it is sent.
func withChosen(f store.Facets, s selection) store.Facets {
	for _, one := range []struct {
		list  *[]store.Facet
		value string
	}{{&f.Speakers, s.Speaker}, {&f.Bodies, s.Body}, {&f.Tags, s.Tag}, {&f.Assigned, s.Assigned}} {
		*one.list = withValue(*one.list, one.value)
	}
	if !slices.ContainsFunc(f.Watched, func(v store.Facet) bool { return v.Value == s.Topic }) {
		f.Topics = withValue(f.Topics, s.Topic)
	}
	return f
}

func withValue(list []store.Facet, value string) []store.Facet {
	if value == "" || slices.ContainsFunc(list, func(f store.Facet) bool { return f.Value == value }) {
		return list
	}
	return append(slices.Clone(list), store.Facet{Value: value})
}

func (c *facetCache) empty() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.all = nil
}

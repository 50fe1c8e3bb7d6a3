package main

import (
	"context"
	"slices"

	"contredit/claims"
)

// newsOf are the flags that a digest may carry, the strongest first: for one « after the session »,
// those that rest on the record of the latest sitting of each body on which there are any. A body that
// met later without a pair hides none of another's.
func (w *work) newsOf(ctx context.Context, d digestConfig) ([]string, error) {
	filter := w.newsFilter(d)
	news, err := w.db.News(ctx, filter)
	if err != nil || d.Session != "after" {
		return news, err
	}
	sittings, err := w.db.SittingsOf(ctx, filter, w.today(d))
	if err != nil {
		return nil, err
	}
	var bodies []string // one name of each
	latest := map[string]string{}
	of := make([]string, len(sittings))
	for i, s := range sittings {
		at := slices.IndexFunc(bodies, func(name string) bool { return name == s.Body || claims.SameBody(name, s.Body) })
		if at < 0 {
			at, bodies = len(bodies), append(bodies, s.Body)
		}
		of[i] = bodies[at]
		latest[of[i]] = max(latest[of[i]], s.Day)
	}
	told := map[string]bool{}
	for i, s := range sittings {
		if s.Day == latest[of[i]] {
			told[s.Flag] = true
		}
	}
	return slices.DeleteFunc(news, func(id string) bool { return !told[id] }), nil
}

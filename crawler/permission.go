package crawler

import (
	"context"
	"fmt"
	"net/url"
)

// Permission asks the robots.txt of a source's sites, as a run would and no page of them, whether
// its start pages may be asked. An answer of the last 24 hours is not asked for again. It returns
// a problem for each start page that must not be asked, or not now. A drop folder has none.
// An error means that the source or the crawler cannot be used as they are.
func (c *Crawler) Permission(ctx context.Context, s Source) ([]Problem, error) {
	if s.Form == FormFolder {
		return nil, nil
	}
	if err := c.prepare(); err != nil {
		return nil, fmt.Errorf("look at robots.txt for %s: %w", s.Name, err)
	}
	if err := s.Check(); err != nil {
		return nil, err
	}
	f, err := newFetcher(ctx, c, s, newScope(s))
	if err != nil {
		return nil, err
	}
	var problems []Problem
	for _, start := range s.Start {
		u, err := url.Parse(start)
		if err != nil {
			return problems, fmt.Errorf("look at robots.txt for %s: %w", start, err)
		}
		if _, err := c.rules.ask(ctx, f, u); err != nil {
			known := asTrouble(err)
			if known == nil {
				return problems, err
			}
			problems = append(problems, known.problem(start, c.Now()))
		}
	}
	return problems, nil
}

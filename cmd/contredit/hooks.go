package main

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"time"

	"contredit/digest"
)

// hookConfig is a [[hook]]: an address that is told of each new pair.
type hookConfig struct {
	Name         string   `toml:"name"`
	URL          string   `toml:"url"`
	Format       string   `toml:"format"`
	SecretFile   string   `toml:"secret_file"`
	Bodies       []string `toml:"bodies"`
	Topics       []string `toml:"topics"`
	Kinds        []string `toml:"kinds"`
	States       []string `toml:"states"`
	MinimumScore float64  `toml:"minimum_score"`
	Language     language `toml:"language"`
	Private      bool     `toml:"private"`
}

// asDigest is a hook as a digest without a schedule, whose only reader is the hook.
func (h hookConfig) asDigest() digestConfig {
	return digestConfig{
		Name: digest.HookPrefix + h.Name, Recipients: []string{digest.HookPrefix + h.Name}, Bodies: h.Bodies, Topics: h.Topics, Kinds: h.Kinds,
		States: h.States, MinimumScore: h.MinimumScore, Language: h.Language, Private: h.Private, Items: 1,
	}
}

// hooks are the webhooks of the configuration, with their secrets.
func (w *work) hooks() (digest.Hooks, error) {
	hooks := digest.Hooks{}
	_, configured := w.readers()
	for _, h := range configured {
		secret, err := w.config.secret(h.SecretFile)
		if err != nil {
			return nil, fmt.Errorf("hook %s: %w", h.Name, err)
		}
		hooks[h.Name] = digest.Hook{Name: h.Name, URL: h.URL, Format: digest.HookFormat(h.Format), Secret: secret}
	}
	return hooks, nil
}

// mostHookNews bounds what one look puts into the outbox for a hook.
const mostHookNews = 200

// queueHooks puts each new pair into the outbox of each hook, once. A hook that is new hears of
// what is found from then on: the past is no news.
func (w *work) queueHooks(ctx context.Context) error {
	_, hooks := w.readers()
	for _, h := range hooks {
		if err := w.queueHook(ctx, h.asDigest()); err != nil {
			return fmt.Errorf("hook %s: %w", h.Name, err)
		}
	}
	return nil
}

func (w *work) queueHook(ctx context.Context, d digestConfig) error {
	now := w.db.Now()
	since, err := w.db.LastRun(ctx, d.Name)
	if err != nil {
		return err
	}
	if since == "" {
		return w.db.SaveRun(ctx, d.Name, runName(now), "first seen", now)
	}
	filter := w.newsFilter(d)
	// No later start than the first look: an old pair may come under the filter by a decision.
	if filter.Since, err = time.Parse(time.RFC3339, since); err != nil {
		return fmt.Errorf("first look %q: %w", since, err)
	}
	filter.Digest, filter.Recipient = d.Name, d.Recipients[0]
	ids, err := w.db.News(ctx, filter)
	if err != nil {
		return err
	}
	news, err := w.db.NewsOf(ctx, ids[:min(mostHookNews, len(ids))]) // the next look, in a minute, goes on
	if err != nil {
		return err
	}
	for _, l := range news {
		item, err := w.itemOf(ctx, l, w.pagesURL())
		if err != nil {
			return err
		}
		letter := digest.Letter{
			Digest: d.Name, Instance: w.config.Instance.Name, Language: string(cmp.Or(d.Language, w.config.Instance.Language, "fr")), Day: now.In(w.zoneOf(d)).Format(time.DateOnly),
			Pages: w.pagesURL(), Written: now.UTC().Truncate(time.Second), Items: []digest.Item{item},
		}
		if _, err := w.db.QueueIssue(ctx, digest.Issue{Letter: letter, Run: l.ID, Recipients: d.Recipients}, now); err != nil {
			return err
		}
	}
	return nil
}

// checkHook says what makes a hook unusable.
func (c *config) checkHook(i int, h hookConfig) error {
	if h.Name == "" {
		return c.wrong("hook", i, "name", "missing; the outbox lists what waits for it by this name")
	}
	for _, other := range c.Hooks[:i] {
		if other.Name == h.Name {
			return c.wrong("hook", i, "name", "%q is another hook's name", h.Name)
		}
	}
	u, err := url.Parse(h.URL)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return c.wrong("hook", i, "url", "%q is no web address", h.URL)
	}
	if err := oneOf(h.Format, "", string(digest.HookJSON), string(digest.HookMattermost), string(digest.HookSlack)); err != nil {
		return c.wrong("hook", i, "format", "%v", err)
	}
	d := h.asDigest()
	d.Recipients = nil // it is no mail address
	return c.checkFilters("hook", i, d)
}

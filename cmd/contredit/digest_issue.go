package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"contredit/claims"
	"contredit/digest"
	"contredit/document"
	"contredit/store"
)

// lifeEvery is how long a quiet digest says nothing before it says that it still watches.
const lifeEvery = 28 * 24 * time.Hour

// defaultItems is how many items a mail carries when the configuration does not say.
const defaultItems = 15

// issues composes the letters of a digest for those who are due one: recipients that have had
// the same share one. Nothing is queued.
func (w *work) issues(ctx context.Context, d digestConfig, run string) ([]digest.Issue, error) {
	p := &press{work: w, digest: d}
	var err error
	if d.Session == "before" {
		p.points, err = w.agenda(ctx, d, w.today(d))
	} else {
		p.news, err = w.newsOf(ctx, d)
	}
	if err == nil {
		p.muted, err = w.mutedFlags(ctx, d.Name, "", p.news)
	}
	if err != nil {
		return nil, err
	}
	var list []digest.Issue
	at := map[string]int{} // place in list by what a letter says; -1 for nothing
	for _, recipient := range d.Recipients {
		due, err := p.dueTo(ctx, recipient)
		if err != nil {
			return nil, err
		}
		i, known := at[due.key]
		if !known {
			letter, ok, err := p.letter(ctx, due)
			if err != nil {
				return nil, err
			}
			i = -1
			if ok {
				i = len(list)
				list = append(list, digest.Issue{Letter: letter, Run: run, Quiet: due.quiet})
			}
			at[due.key] = i
		}
		if i >= 0 {
			list[i].Recipients = append(list[i].Recipients, recipient)
		}
	}
	return list, nil
}

// press writes the letters of one run of a digest.
type press struct {
	*work
	digest digestConfig
	news   []string                   // ids of all flags under its filters, the strongest first
	points []digest.Agenda            // of the sittings that come
	muted  map[string]map[string]bool // of the news, by reader
}

// due is what a recipient has not had.
type due struct {
	key    string          // two recipients with the same one get the same letter
	news   []string        // as many as a letter takes
	more   int             // that wait beside them
	points []digest.Agenda // that were not told, or not with all the claims about them
	since  []store.Remark  // on pairs that were told
	quiet  time.Time       // without either: when the last mail was
}

func (p *press) dueTo(ctx context.Context, recipient string) (due, error) {
	var d due
	had, err := p.db.Carried(ctx, p.digest.Name, recipient)
	if err != nil {
		return d, err
	}
	most := cmp.Or(p.digest.Items, defaultItems)
	for _, id := range p.news {
		switch {
		case had[id], p.muted[recipient][id]:
		case len(d.news) < most:
			d.news = append(d.news, id)
		default:
			d.more++
		}
	}
	var carries []string
	for _, point := range p.points {
		items := point.Carries()
		switch {
		case !slices.ContainsFunc(items, func(item string) bool { return !had[item] }):
		case len(d.points) < most:
			d.points = append(d.points, point)
			carries = append(carries, items...)
		default:
			d.more++
		}
	}
	if p.digest.Session != "before" {
		if d.since, err = p.since(ctx, p.digest, recipient, most); err != nil {
			return d, err
		}
	}
	if len(d.news)+len(d.points)+len(d.since) == 0 && p.digest.SignOfLife {
		if d.quiet, err = p.db.LastMail(ctx, p.digest.Name, recipient); err != nil {
			return d, err
		}
	}
	var remarks []int64
	for _, r := range d.since {
		remarks = append(remarks, r.ID)
	}
	d.key = fmt.Sprint(d.news, d.more, carries, remarks, d.quiet.UnixNano())
	return d, nil
}

func (w *work) newsFilter(d digestConfig) store.NewsFilter {
	f := store.NewsFilter{Bodies: d.Bodies, Topics: d.Topics, MinimumScore: d.MinimumScore, Archive: d.Archive, Private: d.Private, PrivateSources: w.privateSources()}
	for _, k := range d.Kinds {
		f.Kinds = append(f.Kinds, claims.Kind(k))
	}
	for _, s := range d.States {
		f.States = append(f.States, claims.Decision(s))
	}
	if len(f.States) == 0 {
		f.States = []claims.Decision{claims.StatusNew, claims.StatusConfirmed, claims.StatusPublished}
	}
	return f
}

// today is the ISO day by a digest's clock.
func (w *work) today(d digestConfig) string {
	return w.db.Now().In(w.zoneOf(d)).Format(time.DateOnly)
}

// letter tells what is due; false when there is nothing to write.
func (p *press) letter(ctx context.Context, d due) (digest.Letter, bool, error) {
	now := p.db.Now()
	letter := digest.Letter{
		Digest: p.digest.Name, Instance: p.config.Instance.Name, Language: string(cmp.Or(p.digest.Language, p.config.Instance.Language, "fr")),
		Day: p.today(p.digest), Pages: p.pagesURL(), Written: now.UTC().Truncate(time.Second), Agenda: d.points, More: d.more,
	}
	switch {
	case len(d.points) > 0:
		letter, err := digest.Fit(letter)
		return letter, true, err
	case len(d.news)+len(d.since) > 0:
		var err error
		if letter.Since, err = p.followups(ctx, d.since, letter.Pages); err != nil {
			return letter, false, err
		}
		flags, err := p.db.NewsOf(ctx, d.news)
		if err != nil {
			return letter, false, err
		}
		for _, l := range flags {
			item, err := p.itemOf(ctx, l, letter.Pages)
			if err != nil {
				return letter, false, err
			}
			letter.Items = append(letter.Items, item)
		}
		letter, err = digest.Fit(letter)
		return letter, !letter.Empty(), err
	case p.digest.SignOfLife && now.Sub(d.quiet) >= lifeEvery:
		var err error
		letter.Life, err = p.life(ctx, p.digest, d.quiet)
		return letter, true, err
	}
	return letter, false, nil
}

// itemOf makes a line of a letter; pages is how its readers reach the pages, "" when they do not.
func (w *work) itemOf(ctx context.Context, l store.StoredLink, pages string) (digest.Item, error) {
	if pages != "" {
		pages += "/paires/" + l.ID
	}
	item := digest.ItemOf(l.Link, l.Status, l.Title, l.VideoURL, pages, l.EditedOut != "")
	remarks, err := w.db.Remarks(ctx, l.ID)
	if err != nil {
		return item, err
	}
	replies, corrections := store.Notes(remarks)
	for _, n := range replies {
		item.Replies = append(item.Replies, digest.Note{Day: n.At[:len(time.DateOnly)], Text: n.Text})
	}
	for _, n := range corrections {
		item.Corrected = append(item.Corrected, digest.Note{Day: n.At[:len(time.DateOnly)], Text: n.Text})
	}
	return item, nil
}

// life says what was looked through since the last mail, and what could not be.
func (w *work) life(ctx context.Context, d digestConfig, last time.Time) (*digest.Life, error) {
	documents, pairs, err := w.db.CountSince(ctx, last)
	if err != nil {
		return nil, err
	}
	life := &digest.Life{Documents: documents, Pairs: pairs}
	if !last.IsZero() {
		life.Since = last.In(w.zoneOf(d)).Format(time.DateOnly)
	}
	sources, err := w.db.SourceHealth(ctx)
	if err != nil {
		return nil, err
	}
	followed := w.followed()
	for _, h := range sources {
		i := slices.IndexFunc(followed, func(s sourceConfig) bool { return s.Name == h.Source })
		// A private source is not even named to those who may not read it.
		if h.Error != "" && i >= 0 && (d.Private || document.Visibility(followed[i].Visibility) != document.Private) {
			life.Failed = append(life.Failed, h.Source+" — "+h.Error)
		}
	}
	return life, nil
}

func (w *work) zoneOf(d digestConfig) *time.Location {
	if d.TimeZone != "" {
		return d.TimeZone.location()
	}
	return w.config.Instance.TimeZone.location()
}

// pagesURL is how readers of a mail reach the review pages: "" when nobody who gets a mail over
// the network could.
func (w *work) pagesURL() string {
	switch {
	case w.config.Review.PublicURL != "":
		return strings.TrimRight(w.config.Review.PublicURL, "/")
	case w.config.Mail.Server != "":
		return ""
	}
	return "http://" + w.config.Review.Listen
}

// queue composes a run of a digest and puts it into the outbox. It says how many mails wait.
func (w *work) queue(ctx context.Context, d digestConfig, run string) (int, error) {
	list, err := w.issues(ctx, d, run)
	if err != nil {
		return 0, fmt.Errorf("compose digest %s: %w", d.Name, err)
	}
	queued := 0
	for _, issue := range list {
		n, err := w.db.QueueIssue(ctx, issue, w.db.Now())
		if err != nil {
			return queued, err
		}
		queued += n
	}
	result := "quiet"
	if queued > 0 {
		result = fmt.Sprintf("%d mails", queued)
	}
	return queued, w.db.SaveRun(ctx, d.Name, run, result, w.db.Now())
}

// queueDue puts a digest into the outbox when a run of its schedule has come and was not done: at
// the hour, or once after a time in which the daemon was down. A digest that is new waits for its
// first hour.
func (w *work) queueDue(ctx context.Context, d digestConfig) error {
	when, err := d.Schedule.parse(w.zoneOf(d))
	if err != nil || when == nil {
		return err
	}
	last, err := w.db.LastRun(ctx, d.Name)
	if err != nil {
		return err
	}
	now := w.db.Now()
	if last == "" {
		return w.db.SaveRun(ctx, d.Name, runName(now), "first seen", now)
	}
	since, err := time.Parse(time.RFC3339, last)
	if err != nil {
		return fmt.Errorf("last run %q of digest %s: %w", last, d.Name, err)
	}
	due, ok := lastDue(when, since, now)
	if !ok {
		return nil
	}
	queued, err := w.queue(ctx, d, runName(due))
	if err == nil {
		w.logger.Info("digest composed", "digest", d.Name, "run", runName(due), "mails", queued)
	}
	return err
}

// runName is the name of a scheduled run: its moment, so that names sort as moments do.
func runName(at time.Time) string { return at.UTC().Format(time.RFC3339) }

// longestMissed is how far back a missed run is made up for.
const longestMissed = 35 * 24 * time.Hour

// lastDue is the latest moment of a schedule after one and not after another.
func lastDue(when cron.Schedule, after, now time.Time) (time.Time, bool) {
	if earliest := now.Add(-longestMissed); after.Before(earliest) {
		after = earliest
	}
	due, found := time.Time{}, false
	for next := when.Next(after); !next.IsZero() && !next.After(now); next = when.Next(next) {
		due, found = next, true
	}
	return due, found
}

// newMailer is the server that the configuration names, or the folder of mails without one.
func newMailer(c *config) (digest.Mailer, error) {
	if c.Mail.Server == "" {
		return digest.Folder(c.resolve(c.Mail.Folder)), nil
	}
	password, err := c.secret(c.Mail.PasswordFile)
	if err != nil {
		return nil, err
	}
	return digest.SMTP{Server: c.Mail.Server, Security: string(c.Mail.Security), User: c.Mail.User, Password: password}, nil
}

// senderOf is who mails come from; a folder takes any.
func senderOf(c *config) string {
	return cmp.Or(c.Mail.From, "contredit <contredit@localhost.localdomain>")
}

// deliver sends what waits in the outbox; watch tells the operator what did not go.
func (w *work) deliver(ctx context.Context) (digest.Delivery, error) {
	mailer, err := newMailer(w.config)
	if err != nil {
		return digest.Delivery{}, err
	}
	links, err := w.answerLinks(ctx)
	if err != nil {
		return digest.Delivery{}, err
	}
	hooks, err := w.hooks()
	if err != nil {
		return digest.Delivery{}, err
	}
	sender := digest.Sender{Ledger: w.db, Mailer: mailer, Writer: digest.Writer{From: senderOf(w.config), Links: links}, Hooks: hooks, Now: w.db.Now, Recheck: w.recheck()}
	d, err := sender.Deliver(ctx)
	if err != nil {
		return d, err
	}
	if d.Trouble != nil {
		w.logger.Warn("mails wait", "delayed", d.Delayed, "error", d.Trouble)
	}
	for _, refused := range d.Refused {
		w.logger.Error("an address is suspended; contredit status tells which", "reason", refused)
	}
	return d, err
}

// digestNamed finds a digest of the configuration.
func (w *work) digestNamed(name string) (digestConfig, error) {
	i := slices.IndexFunc(w.config.Digests, func(d digestConfig) bool { return strings.EqualFold(d.Name, name) })
	if i >= 0 {
		return w.config.Digests[i], nil
	}
	var known []string
	for _, d := range w.config.Digests {
		known = append(known, d.Name)
	}
	if len(known) == 0 {
		return digestConfig{}, withHint(fmt.Errorf("%s configures no digest", w.config.path), "add a [[digest]]; config.example.toml shows how")
	}
	return digestConfig{}, withHint(wrongUsage("no digest is called %q", name), "the configuration has: %s", strings.Join(known, "; "))
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"contredit/crawler"
	"contredit/document"
	"contredit/document/pdf"
	"contredit/store"
)

func runSource(ctx context.Context, t terminal, c command, args []string) error {
	o := newOptions(t, c)
	configPath := o.String("config", "contredit.toml", "the configuration `file`, for the contact and the delay")
	contact := o.String("contact", "", "who the site can write to: a mail `address` or a page")
	selector := o.String("link", "", "a CSS `selector` of the links, instead of the proposed one")
	local := o.Bool("allow-loopback", false, "an address of this machine may be tried")
	rest, err := o.parse(args, 2, 2)
	if err != nil {
		return err
	}
	if rest[0] != "try" {
		return withHint(wrongUsage("source %s is not known", rest[0]), "contredit source try %s", rest[1])
	}
	config, err := loadConfig(*configPath)
	if errors.Is(err, fs.ErrNotExist) {
		d := defaultConfig()
		config, err = &d, nil
	}
	if err != nil {
		return err
	}
	if *contact != "" {
		config.Instance.Contact = *contact
	}
	return trySource(ctx, t, config, rest[1], *selector, *local)
}

// trySource looks at an address with a database that is thrown away.
func trySource(ctx context.Context, t terminal, config *config, address, selector string, local bool) (err error) {
	folder, err := os.MkdirTemp("", "contredit-try-")
	if err != nil {
		return fmt.Errorf("make a folder for the trial: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	db, err := store.Open(ctx, filepath.Join(folder, "trial.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	visitor := &crawler.Crawler{
		Archive: db.CrawlArchive(), Version: programVersion(), Contact: config.Instance.Contact, URL: config.Instance.URL,
		Delay: time.Duration(config.Crawler.Delay), Timeout: time.Duration(config.Crawler.Timeout), MaxBody: int64(config.Crawler.MaxBody),
		AllowLoopback: local || config.Crawler.AllowLoopback,
	}
	trial, err := visitor.Try(ctx, address, selector)
	if errors.Is(err, crawler.ErrNoContact) {
		return withHint(err, "contredit source try --contact mailto:you@example.org %s", address)
	}
	if err != nil {
		return err
	}
	return printTrial(ctx, t, trial)
}

func printTrial(ctx context.Context, t terminal, trial crawler.Trial) error {
	system := trial.System
	if system == "" {
		system = "système inconnu"
	}
	documents := 0
	for _, l := range trial.Links {
		if !l.Listing {
			documents++
		}
	}
	t.say("%s : %s, lu comme « %s » ; %d requête(s), %d lien(s) vers des documents, %d autre(s) page(s) de liste", trial.Address, system, trial.Form,
		trial.Requests, documents, len(trial.Links)-documents)
	for _, feed := range trial.Feeds {
		t.say("  un flux est annoncé, qui change moins souvent que la page : %s (%s)", feed.URL, feed.Title)
	}
	if trial.Form == crawler.FormListing {
		if trial.Selector == "" {
			t.say("  sélecteur : aucun, les liens du contenu principal")
		} else {
			t.say("  sélecteur : %s", trial.Selector)
		}
	}
	shown := 0
	for _, l := range trial.Links {
		if l.Listing || shown == 10 {
			continue
		}
		shown++
		t.say("  %-10s %s\n             %s", l.Date, l.Title, l.URL)
	}
	if documents > shown {
		t.say("  … et %d autre(s)", documents-shown)
	}
	if err := readTried(ctx, t, trial); err != nil {
		return err
	}
	for _, p := range trial.Problems {
		t.say("  - %s\n    %s", p.URL, p.Sentence)
	}
	if documents == 0 {
		return withHint(fmt.Errorf("no link to a document was found at %s", trial.Address), "try the page that lists them, or name the links with --link \"main li a\"")
	}
	fmt.Fprint(t.out, sourceTable(trial))
	return nil
}

// readTried says what would be read in the documents that were fetched.
func readTried(ctx context.Context, t terminal, trial crawler.Trial) (err error) {
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program, which reads PDF files in a process of its own: %w", err)
	}
	pages := pdf.NewReader(program, pdfWorkerName)
	defer func() { err = errors.Join(err, pages.Close()) }()
	reader := document.Reader{PDF: pages}
	for _, snap := range trial.Documents {
		r, err := reader.Read(ctx, document.Origin{URL: snap.URL, MediaType: snap.MediaType, Role: document.RoleRecord, FetchedAt: snap.FetchedAt}, snap.Content)
		if err != nil {
			return err
		}
		if r.State != document.StateRead {
			t.say("  illisible : %s\n    %s", snap.URL, r.Note)
			continue
		}
		t.say("  lu : « %s », %s, %d passage(s)\n    %s", r.Title, dayOrUnknown(r.Date), len(r.Passages), snap.URL)
	}
	return nil
}

// sourceTable is the [[source]] to paste.
func sourceTable(trial crawler.Trial) string {
	host, name := trial.Address, trial.Address
	if u, err := url.Parse(trial.Address); err == nil {
		host, name = u.Host, u.Host
		// Two sources of one site need two names: that of the page is its folder or file.
		if page := strings.TrimSuffix(path.Base(u.Path), path.Ext(u.Path)); len(page) > 1 && page != "index" {
			name += " – " + page
		} else if above := path.Base(path.Dir(u.Path)); len(above) > 1 {
			name += " – " + above
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "[[source]]\nname = %s\nrole = \"record\"            # \"statement\" for what is said, \"both\" for verbatim reports\n", strconv.Quote(name))
	fmt.Fprintf(&b, "body = %s   # say here which institution publishes there, such as \"CST\"\nform = %q\nstart = [%s]\n", strconv.Quote(host), trial.Form, strconv.Quote(trial.Address))
	if trial.Selector != "" {
		fmt.Fprintf(&b, "link = %s\n", strconv.Quote(trial.Selector))
	}
	fmt.Fprint(&b, "schedule = \"30 6 * * 1-5\"\n")
	return b.String()
}

package main

import (
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/andybalholm/cascadia"

	"contredit/claims"
	"contredit/digest"
)

// check refuses what each key allows alone but not together, or only with a certain form.
func (c *config) check() error {
	if err := c.checkWords(); err != nil {
		return err
	}
	if err := c.checkInstance(); err != nil {
		return err
	}
	names := map[string]int{}
	for i, s := range c.Sources {
		if first, ok := names[s.Name]; ok && s.Name != "" {
			return c.wrong("source", i, "name", "%q is already the name of sources[%d]; allowed: a name of its own", s.Name, first)
		}
		names[s.Name] = i
		if err := c.checkSource(i, s); err != nil {
			return err
		}
	}
	if c.Backup.Keep < 1 {
		return c.wrongIn("backup", "keep", "%d; allowed: 1 or more", c.Backup.Keep)
	}
	if d := c.Retain.ReplacedVersions; d != 0 && d < leastRetained {
		return c.wrongIn("retain", "replaced_versions", "%d; allowed: 0 to keep all, or %d days or more", d, leastRetained)
	}
	for i, t := range c.Topics {
		if t.Name == "" || len(t.Words) == 0 {
			return c.wrong("topic", i, "words", "a topic needs a name and at least one word or phrase")
		}
	}
	for i, b := range c.Bodies {
		for _, day := range b.Calendar {
			if _, err := time.Parse(time.DateOnly, day); err != nil {
				return c.wrong("body", i, "calendar", "%q is no date; allowed: \"2026-03-27\"", day)
			}
		}
		if _, err := time.Parse(time.DateOnly, b.Mandate); b.Mandate != "" && err != nil {
			return c.wrong("body", i, "mandate_end", "%q is no date; allowed: \"2028-03-26\"", b.Mandate)
		}
	}
	for i, d := range c.Digests {
		if err := c.checkDigest(i, d); err != nil {
			return err
		}
	}
	for i, h := range c.Hooks {
		if err := c.checkHook(i, h); err != nil {
			return err
		}
	}
	return c.checkMail()
}

// checkMail refuses what no mail could go out with.
func (c *config) checkMail() error {
	m := c.Mail
	if m.Operator != "" {
		if a, err := mail.ParseAddress(m.Operator); err != nil || a.Address != m.Operator {
			return c.wrongIn("mail", "operator", "%q is no mail address; allowed: an address alone", m.Operator)
		}
	}
	if _, err := mail.ParseAddress(m.From); err != nil && (m.From != "" || m.Server != "") {
		return c.wrongIn("mail", "from", "%q is no mail address; allowed: \"contredit <contredit@section.example>\"", m.From)
	}
	if m.Server == "" {
		return nil
	}
	host, _, err := net.SplitHostPort(m.Server)
	if err != nil || host == "" {
		return c.wrongIn("mail", "server", "%q has no port; allowed: \"smtp.section.example:587\"", m.Server)
	}
	if m.Security == "none" && !digest.Loopback(host) {
		return c.wrongIn("mail", "security", "\"none\" is for a server on this machine, and %s is not; allowed: \"starttls\", \"tls\"", host)
	}
	if (m.User == "") != (m.PasswordFile == "") {
		return c.wrongIn("mail", "password_file", "user and password_file go together")
	}
	return nil
}

// wrong is an error about the nth table of a kind.
func (c *config) wrong(table string, n int, key, format string, args ...any) error {
	return configError{c.path, c.line(table, n, key), fmt.Sprintf("%ss[%d].%s", table, n, key), fmt.Sprintf(format, args...)}
}

func (c *config) wrongIn(table, key, format string, args ...any) error {
	return configError{c.path, c.line(table, 0, key), table + "." + key, fmt.Sprintf(format, args...)}
}

func (c *config) checkInstance() error {
	if c.Instance.Contact == "" && c.crawls() {
		return c.wrongIn("instance", "contact", "missing; sites that are visited must be able to write to somebody: a mail address or the address of a page")
	}
	for _, month := range c.Instance.Holidays {
		if _, err := time.Parse("01", month); err != nil {
			return c.wrongIn("instance", "holidays", "%q is no month; allowed: \"01\" to \"12\"", month)
		}
	}
	if u, err := url.Parse(c.Publish.URL); c.Publish.URL != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
		return c.wrongIn("publish", "url", "%q is no web address; allowed: \"https://section.example/paires/\", or \"\"", c.Publish.URL)
	}
	listen, err := netip.ParseAddrPort(strings.Replace(c.Review.Listen, "localhost", "127.0.0.1", 1))
	if err != nil {
		return c.wrongIn("review", "listen", "%q is no address; allowed: an IP address and a port such as \"127.0.0.1:8480\"", c.Review.Listen)
	}
	c.Review.reviewListen = listen
	if !listen.Addr().IsLoopback() && !c.Review.Accounts && c.Review.ProxyHeader == "" {
		return c.wrongIn("review", "listen", "%q can be reached from other machines while accounts are off; set accounts = true and run « contredit reviewer add », or listen on 127.0.0.1", c.Review.Listen)
	}
	if err := oneOf(c.Review.Metrics, "local", "everyone"); err != nil {
		return c.wrongIn("review", "metrics", "%v", err)
	}
	if c.Engine.Threshold < 0 || c.Engine.Threshold > 1 {
		return c.wrongIn("engine", "threshold", "%v; allowed: 0 to 1", c.Engine.Threshold)
	}
	if c.Engine.Worth < 0 || c.Engine.Worth > 1 {
		return c.wrongIn("engine", "worth", "%v; allowed: 0 to 1", c.Engine.Worth)
	}
	if c.Engine.Workers < 1 || c.Engine.Workers > mostWorkers {
		return c.wrongIn("engine", "workers", "%d; allowed: 1 to %d", c.Engine.Workers, mostWorkers)
	}
	return nil
}

// crawls says whether any source goes out to a site.
func (c *config) crawls() bool {
	for _, s := range c.Sources {
		if s.Form != "folder" {
			return true
		}
	}
	return false
}

func (c *config) checkSource(i int, s sourceConfig) error {
	switch {
	case s.Name == "":
		return c.wrong("source", i, "name", "missing; it is shown to reviewers")
	case s.Role == "":
		return c.wrong("source", i, "role", "missing; allowed: statement, record, both")
	case s.Form == "":
		return c.wrong("source", i, "form", "missing; allowed: listing, feed, sitemap, files, folder, video")
	case s.Body == "":
		return c.wrong("source", i, "body", "missing; the institution that publishes there, such as \"CST\"")
	case len(s.Start) == 0:
		return c.wrong("source", i, "start", "missing; the address to begin at, or the folder")
	}
	for _, start := range s.Start {
		u, err := url.Parse(start)
		if s.Form != "folder" && (err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "") {
			return c.wrong("source", i, "start", "%q is no web address; allowed: http:// or https://", start)
		}
	}
	for key, selector := range map[string]string{"link": s.Link, "next": s.Next} {
		if _, err := cascadia.ParseGroup(selector); selector != "" && err != nil {
			return c.wrong("source", i, key, "%q is no CSS selector: %v", selector, err)
		}
	}
	for key, patterns := range map[string][]string{"include": s.Include, "exclude": s.Exclude} {
		for _, p := range patterns {
			if _, err := regexp.Compile(p); err != nil {
				return c.wrong("source", i, key, "%q is no regular expression: %v", p, err)
			}
		}
	}
	return nil
}

func (c *config) checkDigest(i int, d digestConfig) error {
	if d.Name == "" {
		return c.wrong("digest", i, "name", "missing; it stands in the subject line")
	}
	if strings.ContainsFunc(d.Name, unicode.IsControl) || strings.ContainsAny(d.Name, "\u2028\u2029") {
		return c.wrong("digest", i, "name", "%q holds a line break or a control character; it stands in the subject line", d.Name)
	}
	if strings.HasPrefix(strings.ToLower(d.Name), digest.HookPrefix) {
		return c.wrong("digest", i, "name", "%q begins with %q, by which the outbox knows hooks; choose another", d.Name, digest.HookPrefix)
	}
	if strings.EqualFold(d.Name, operatorDigest) {
		return c.wrong("digest", i, "name", "%q is the operator's own; choose another", d.Name)
	}
	for _, other := range c.Digests[:i] {
		if strings.EqualFold(other.Name, d.Name) {
			return c.wrong("digest", i, "name", "%q is another digest's name", d.Name)
		}
	}
	for _, r := range d.Recipients {
		// An address alone, since it is what the outbox and the list of suspended ones are kept by.
		if a, err := mail.ParseAddress(r); err != nil || a.Address != r {
			return c.wrong("digest", i, "recipients", "%q is no mail address", r)
		}
	}
	if err := oneOf(d.Session, "", "before", "after"); err != nil {
		return c.wrong("digest", i, "session", "%v", err)
	}
	if d.Session == "before" {
		// Points of an agenda have none of these: whoever writes one expects pairs.
		for key, set := range sorted(map[string]bool{"kinds": len(d.Kinds) > 0, "states": len(d.States) > 0, "minimum_score": d.MinimumScore > 0}) {
			if set {
				return c.wrong("digest", i, key, "does not apply with session = \"before\", which tells points of an agenda and no pairs; leave it out, or use another session")
			}
		}
	}
	return c.checkFilters("digest", i, d)
}

// checkFilters says what is wrong with what a digest, or a hook, takes.
func (c *config) checkFilters(table string, i int, d digestConfig) error {
	for _, k := range d.Kinds {
		if _, known := digest.KindNames[claims.Kind(k)]; !known {
			return c.wrong(table, i, "kinds", "%q is no kind; allowed: %s", k, knownNames(digest.KindNames))
		}
	}
	for _, s := range d.States {
		if _, known := statusNames[claims.Decision(s)]; !known {
			return c.wrong(table, i, "states", "%q is no state; allowed: %s", s, knownNames(statusNames))
		}
	}
	for _, name := range d.Topics {
		if !slices.ContainsFunc(c.Topics, func(t topicConfig) bool { return t.Name == name }) {
			return c.wrong(table, i, "topics", "%q is no topic of this file; allowed: %s", name, c.topicNames())
		}
	}
	if d.Items < 0 || d.MinimumScore < 0 || d.MinimumScore > 1 {
		return c.wrong(table, i, "minimum_score", "allowed: items 0 or more, minimum_score 0 to 1")
	}
	return nil
}

// topicNames lists the topics that a filter may name.
func (c *config) topicNames() string {
	var names []string
	for _, t := range c.Topics {
		names = append(names, strconv.Quote(t.Name))
	}
	if len(names) == 0 {
		return "none, until a [[topic]] is configured"
	}
	return strings.Join(names, ", ")
}

// knownNames lists the keys of a table of names.
func knownNames[K ~string](names map[K]string) string {
	var list []string
	for name := range names {
		list = append(list, string(name))
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

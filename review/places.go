package review

import (
	"errors"
	"fmt"
	"net/http"
	"sort"
	"strings"
	"sync"
	"time"

	"contredit/claims"
	"contredit/evidence"
	"contredit/store"
)

type ruleLine struct {
	store.RuleCount
	Decided   int
	Precision string // "" while nothing was decided
}

// rules shows how often each rule spoke and what people said of it.
func (p *pages) rules(r *request) error {
	counts, err := p.DB.RuleCounts(r.Context(), r.private)
	if err != nil {
		return err
	}
	var lines []ruleLine
	for _, c := range counts {
		line := ruleLine{RuleCount: c, Decided: c.Confirmed + c.Rejected + c.Nuance}
		if line.Decided > 0 {
			line.Precision = decimal(r.lang, float64(c.Confirmed)/float64(line.Decided))
		}
		lines = append(lines, line)
	}
	return r.show("regles", "Règles", lines)
}

type bodyCoverage struct {
	Name    string
	Years   []yearCoverage
	Read    int
	Unread  int
	Missing int
}

type yearCoverage struct {
	Year   string
	Months [12][]claims.Meeting
}

// meetingCache keeps the coverage for a moment: it reads every meeting that is known of.
type meetingCache struct {
	mutex sync.Mutex
	at    time.Time
	all   map[bool][]bodyCoverage
}

const coverageAge = 30 * time.Second

func (p *pages) coverageOf(r *request) ([]bodyCoverage, error) {
	p.meetings.mutex.Lock()
	defer p.meetings.mutex.Unlock()
	if kept, ok := p.meetings.all[r.private]; ok && p.Now().Sub(p.meetings.at) < coverageAge {
		return kept, nil
	}
	calendars := map[string][]string{}
	for _, b := range p.Bodies {
		calendars[b.Name] = append(calendars[b.Name], b.Sittings...)
	}
	register, err := p.DB.Coverage(r.Context(), calendars, p.today(), r.private)
	if err != nil {
		return nil, err
	}
	var all []bodyCoverage
	for _, c := range register {
		all = append(all, arrange(c))
	}
	if p.meetings.all == nil || p.Now().Sub(p.meetings.at) >= coverageAge {
		p.meetings.all, p.meetings.at = map[bool][]bodyCoverage{}, p.Now()
	}
	p.meetings.all[r.private] = all
	return all, nil
}

// arrange puts the meetings of a body into the months of its years, the latest year first.
func arrange(c claims.BodyCoverage) bodyCoverage {
	b := bodyCoverage{Name: c.Body, Read: c.Count(claims.MeetingRead), Unread: c.Count(claims.MeetingObtained), Missing: c.Count(claims.MeetingMissing)}
	years := map[string]*yearCoverage{}
	for _, m := range c.Meetings {
		if !isoDay.MatchString(m.Date) {
			continue
		}
		year := years[m.Date[:4]]
		if year == nil {
			year = &yearCoverage{Year: m.Date[:4]}
			years[m.Date[:4]] = year
		}
		if month := atoi(m.Date[5:7]) - 1; month >= 0 && month < 12 {
			year.Months[month] = append(year.Months[month], m)
		}
	}
	for _, y := range years {
		b.Years = append(b.Years, *y)
	}
	sort.Slice(b.Years, func(i, j int) bool { return b.Years[i].Year > b.Years[j].Year })
	return b
}

func (p *pages) coverage(r *request) error {
	all, err := p.coverageOf(r)
	if err != nil {
		return err
	}
	return r.show("couverture", "Couverture", struct {
		Bodies []bodyCoverage
		Months []string
	}{all, shortMonths[r.lang]})
}

type sourceLine struct {
	Source
	LastRun, LastSuccess, LastNew string
	NextRun                       string
	APass                         string // documents that a run finds on average
	Documents, Runs, Failures     int
	Error                         string
	Alarms                        []string
	News                          []int // of the last twelve months, oldest first
	Shown                         bool
}

func (p *pages) sources(r *request) error {
	var lines []sourceLine
	archive := p.DB.CrawlArchive()
	for _, s := range p.Sources {
		if s.Private && !r.private {
			continue
		}
		h, err := archive.Health(r.Context(), s.Name)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		line := sourceLine{Source: s, Documents: h.Documents, Runs: h.Runs, Failures: h.Failures, Error: h.Error, News: newsByMonth(h.News, p.Now())}
		for _, at := range []struct {
			when time.Time
			into *string
		}{{h.LastRun, &line.LastRun}, {h.LastSuccess, &line.LastSuccess}, {h.LastNew, &line.LastNew}} {
			if !at.when.IsZero() {
				*at.into = r.momentOf(at.when)
			}
		}
		if s.Next != nil {
			if next := s.Next(p.Now()); !next.IsZero() {
				line.NextRun = r.momentOf(next)
			}
		}
		if len(h.Passes) > 0 {
			line.APass = fmt.Sprintf("%.0f", h.DocumentsAPass())
		}
		for _, a := range h.Alarms {
			line.Alarms = append(line.Alarms, spaced.Replace(a.Sentence))
		}
		lines = append(lines, line)
	}
	return r.show("sources", "Sources", lines)
}

func newsByMonth(days []string, now time.Time) []int {
	counts := make([]int, 12)
	for _, d := range days {
		at, err := time.Parse(time.DateOnly, d)
		if err != nil {
			continue
		}
		if ago := (now.Year()-at.Year())*12 + int(now.Month()) - int(at.Month()); ago >= 0 && ago < 12 {
			counts[11-ago]++
		}
	}
	return counts
}

type journalLine struct {
	store.JournalEntry
	When  string
	Text  string
	About string // address of what was put right
	Of    string // address of the document that something was marked in or attached to
}

const journalLength = 100

func (p *pages) journal(r *request) error {
	page := max(1, atoi(r.FormValue("page")))
	all, err := p.DB.Journal(r.Context(), r.private, journalLength+1, (page-1)*journalLength)
	if err != nil {
		return err
	}
	v := struct {
		Lines         []journalLine
		Before, After int
	}{Before: page - 1}
	if len(all) > journalLength {
		all, v.After = all[:journalLength], page+1
	}
	for _, e := range all {
		line := journalLine{JournalEntry: e, When: r.moment(e.At)}
		switch {
		case e.Kind == "override":
			line.Text, line.About = r.fixLine(e.Override).Text, fixAbout(e.Override)
		case e.Kind == evidence.JournalClaim, e.Kind == evidence.JournalTranscript:
			line.Text, line.Of = r.documentAct(e), fmt.Sprintf("/documents/%d", e.Document)
			if e.Document == 0 {
				line.Of = ""
			}
		case e.Kind != "verdict":
			line.Text = r.remarkText(store.Remark{Kind: e.Kind, Text: e.Note})
		case e.Undoes != 0:
			line.Text = r.t("annule la décision précédente ; de nouveau « %s »", r.t(statusNames[e.Decision]))
		default:
			line.Text = r.t(statusNames[e.Decision])
			if e.Reason != "" {
				line.Text += " — " + r.t(reasonName(e.Reason))
			}
		}
		v.Lines = append(v.Lines, line)
	}
	return r.show("journal", "Journal", v)
}

// documentAct tells what was done to a document: a claim marked in it, a text attached to it.
func (r *request) documentAct(e store.JournalEntry) string {
	removed := e.Reason == "removed"
	switch {
	case e.Kind == evidence.JournalClaim && removed:
		return r.t("affirmation marquée à la main, retirée : %s", quoted(e.Note))
	case e.Kind == evidence.JournalClaim:
		return r.t("affirmation marquée à la main : %s", quoted(e.Note))
	case removed:
		return r.t("transcription retirée : %s", e.Note)
	}
	return r.t("transcription jointe : %s", e.Note)
}

func (p *pages) settings(r *request) error { return r.settingsWith("") }

// settingsWith shows the settings with what went wrong with the second factor; "" for nothing.
func (r *request) settingsWith(problem string) error {
	p := r.pages
	sessions, err := p.DB.Sessions(r.Context(), r.who.Name)
	if err != nil {
		return err
	}
	views, err := p.DB.Views(r.Context(), r.who.Name)
	if err != nil {
		return err
	}
	here := ""
	if c, err := r.Cookie(sessionCookie); err == nil {
		here = store.SessionKey(c.Value)
	}
	for i := range sessions {
		sessions[i].MadeAt, sessions[i].Until = r.moment(sessions[i].MadeAt), r.moment(sessions[i].Until)
	}
	v := struct {
		Sessions []store.Session
		Here     string // key of this browser's session
		Views    []store.SavedView
		People   []store.Reviewer
		Two      bool
		Factor   *factorView
	}{sessions, here, views, nil, p.TwoPeople, nil}
	if v.Factor, err = p.factorOf(r); err != nil {
		return err
	}
	status := http.StatusOK
	if problem != "" && v.Factor != nil {
		v.Factor.Problem, status = problem, http.StatusUnprocessableEntity
	}
	if r.who.Role == "admin" {
		if v.People, err = p.DB.Reviewers(r.Context()); err != nil {
			return err
		}
	}
	return r.showStatus(status, "reglages", "Réglages", v)
}

func (p *pages) about(r *request) error {
	var named []Source
	for _, s := range p.Sources {
		if !s.Private {
			named = append(named, s)
		}
	}
	return r.show("apropos", "À propos", struct {
		Sources                     []Source
		Contact, UserAgent, Version string
	}{named, p.Contact, p.UserAgent, p.Version})
}

func (p *pages) keys(r *request) error { return r.show("touches", "Touches du clavier", nil) }

// dossier hands out all that a sceptic needs to check a pair without us.
func (p *pages) dossier(r *request) error {
	l, err := p.findPair(r)
	if err != nil {
		return err
	}
	d, err := p.DB.Dossier(r.Context(), []string{l.ID}, r.who.signedIn())
	if err != nil {
		return err
	}
	d.Instance, d.Version = p.Title, p.Version
	r.w.Header().Set("Content-Type", "application/zip")
	r.w.Header().Set("Content-Disposition", `attachment; filename="dossier-`+strings.Map(plainLetters, l.ID)+`.zip"`)
	r.w.Header().Set("Cache-Control", "no-store")
	if err := evidence.WriteDossier(r.w, d); err != nil {
		p.Logger.Error("dossier cut short", "link", l.ID, "error", err)
	}
	return nil
}

func plainLetters(c rune) rune {
	if c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' {
		return c
	}
	return '_'
}

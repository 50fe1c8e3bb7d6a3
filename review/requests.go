package review

import (
	"errors"
	"time"

	"contredit/store"
)

// Requests are the letters for records that were not published. The zero value asks for none.
type Requests struct {
	Calendars map[string][]string                                          // ISO days of the known meetings by body
	Letter    func(r store.Request, today string) (text string, err error) // the request, or the referral when it is due; nil for none
}

// requestLine is a missing record and where the request for it stands.
type requestLine struct {
	store.Request
	Stage  store.RequestStage
	Until  string // ISO day, "" without a term
	Urgent bool   // somebody can act on it, and the term is running
	Anchor string // of its line
}

// requestLines are the missing records up to today; they may come from private documents and are
// for who signed in alone.
func (p *pages) requestLines(r *request) ([]requestLine, error) {
	today := p.today()
	gaps, err := p.DB.Gaps(r.Context(), p.Requests.Calendars, today)
	if err != nil {
		return nil, err
	}
	lines := make([]requestLine, 0, len(gaps))
	for _, g := range gaps {
		line := requestLine{Request: g, Urgent: g.Due(today), Anchor: requestAnchor(g)}
		line.Stage, line.Until = g.Stage(today)
		lines = append(lines, line)
	}
	return lines, nil
}

// dueView says in the queue that requests wait for somebody.
type dueView struct {
	Count int
	Until string // ISO day after which the first can no longer be brought before the CADA
}

// dueRequests are nil when nothing waits.
func (p *pages) dueRequests(r *request) (*dueView, error) {
	if !r.who.signedIn() {
		return nil, nil
	}
	due, err := p.DB.DueRequests(r.Context(), p.today())
	if err != nil || len(due) == 0 {
		return nil, err
	}
	v := &dueView{Count: len(due)}
	for _, d := range due {
		if _, until := d.Stage(p.today()); v.Until == "" || until < v.Until {
			v.Until = until
		}
	}
	return v, nil
}

func (p *pages) today() string { return p.Now().In(p.TimeZone).Format(time.DateOnly) }

// requestsPage lists the records to ask for, with their letters and terms.
func (p *pages) requestsPage(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	lines, err := p.requestLines(r)
	if err != nil {
		return err
	}
	type group struct {
		Body  string
		Lines []requestLine
	}
	var groups []group
	for _, l := range lines {
		if len(groups) == 0 || groups[len(groups)-1].Body != l.Body {
			groups = append(groups, group{Body: l.Body})
		}
		last := &groups[len(groups)-1]
		last.Lines = append(last.Lines, l)
	}
	return r.show("demandes", "Demandes de documents", struct {
		Groups  []group
		Total   int
		Today   string
		Letters bool
	}{groups, len(lines), p.today(), p.Requests.Letter != nil})
}

// requestNamed finds the missing record that a form or an address names.
func (p *pages) requestNamed(r *request) (store.Request, error) {
	lines, err := p.requestLines(r)
	if err != nil {
		return store.Request{}, err
	}
	for _, l := range lines {
		if l.Body == r.FormValue("institution") && l.Meeting == r.FormValue("reunion") {
			return l.Request, nil
		}
	}
	return store.Request{}, errNotHere
}

// requestLetter hands out the letter as a text to be read, corrected and sent by a person.
func (p *pages) requestLetter(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	gap, err := p.requestNamed(r)
	if err != nil {
		return err
	}
	if p.Requests.Letter == nil {
		return errNotHere
	}
	letter, err := p.Requests.Letter(gap, p.today())
	if err != nil {
		return err
	}
	h := r.w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Content-Disposition", `inline; filename="demande-`+gap.Meeting+`.txt"`)
	h.Set("Cache-Control", "no-store")
	if _, err := r.w.Write([]byte(letter)); err != nil {
		p.Logger.Debug("letter not delivered", "error", err)
	}
	return nil
}

// stepRequest records that a letter left, was answered, or was brought before the CADA.
func (p *pages) stepRequest(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	gap, err := p.requestNamed(r)
	if err != nil {
		return err
	}
	on := r.PostFormValue("jour")
	if on == "" {
		on = p.today()
	}
	if _, err := time.Parse(time.DateOnly, on); err != nil || on > p.today() {
		return errBadRequest
	}
	next, err := gap.After(store.RequestStep(r.PostFormValue("etape")), on)
	switch {
	case errors.Is(err, store.ErrNotAsked), errors.Is(err, store.ErrNotDue), errors.Is(err, store.ErrUnknownStep), errors.Is(err, store.ErrBeforeSent), errors.Is(err, store.ErrAskedNow):
		return errBadRequest
	case err != nil:
		return err
	}
	if err := p.DB.SaveRequest(r.Context(), next); err != nil {
		return err
	}
	return r.redirect("/demandes#" + requestAnchor(gap))
}

// requestAnchor is the place of a request on the page.
func requestAnchor(r store.Request) string { return "d-" + fingerprint(r.Body, r.Meeting) }

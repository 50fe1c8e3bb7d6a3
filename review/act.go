package review

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"contredit/claims"
	"contredit/store"
)

// longestNote is in bytes.
const longestNote = 20_000

// act reads a decision from a form: « confirmed », « rejected:other_subject »…
func (r *request) act(links []string) (store.Act, error) {
	decision, reason, _ := strings.Cut(r.PostFormValue("act"), ":")
	a := store.Act{
		Links: links, Reviewer: r.who.Name, Decision: claims.Decision(decision), Reason: reason, Note: strings.TrimSpace(r.PostFormValue("note")),
		Seen: -1, TwoPeople: r.pages.TwoPeople,
	}
	if reason == "" {
		a.Reason = r.PostFormValue("reason")
	}
	if !slices.Contains(statusesInOrder, a.Decision) || a.Decision == claims.StatusNew || !knownReason(a.Reason) || len(a.Note) > longestNote ||
		!utf8.ValidString(a.Note) || len(links) == 0 {
		return a, errBadRequest
	}
	if a.Decision != claims.StatusRejected && a.Decision != claims.StatusNuance {
		a.Reason = ""
	}
	if a.Decision == claims.StatusPublished && !r.who.publishes() {
		return a, errForbidden
	}
	if seen := r.PostFormValue("seen"); seen != "" {
		number, err := strconv.ParseInt(seen, 10, 64)
		if err != nil || number < 0 {
			return a, errBadRequest
		}
		a.Seen = number
	}
	return a, nil
}

// withDone adds to a way back what was done there, for the page to say so.
func withDone(back string, verdicts []claims.Verdict) string {
	u, err := url.Parse(backTo(back))
	if err != nil {
		return "/"
	}
	q := u.Query()
	q.Del("done")
	for _, v := range verdicts {
		q.Add("done", fmt.Sprintf("%s.%d", v.Link, v.ID))
	}
	u.RawQuery = q.Encode()
	return u.RequestURI()
}

func (p *pages) giveVerdict(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	l, err := p.findPair(r)
	if err != nil {
		return err
	}
	a, err := r.act([]string{l.ID})
	if err != nil {
		return err
	}
	back := r.PostFormValue("back")
	if back == "next" {
		// The neighbour is looked for before the pair leaves the queue.
		s := selectionOf(r.URL.Query())
		_, next, err := p.DB.Beside(r.Context(), r.filter(s), l.ID)
		if err != nil {
			return err
		}
		back = "/?" + s.Query()
		if next != "" {
			back = "/paires/" + next + "?" + s.Query()
		}
	}
	done, err := p.DB.Decide(r.Context(), a)
	if err != nil {
		return err
	}
	return r.redirect(withDone(back, done))
}

func (p *pages) undoVerdict(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	if _, err := p.findPair(r); err != nil {
		return err
	}
	links := append([]string{r.PathValue("id")}, r.PostForm["also"]...)
	u := store.Undo{Links: links, Verdicts: numbersOf(r.PostForm["verdict"]), Reviewer: r.who.Name, Publishes: r.who.publishes(), TwoPeople: p.TwoPeople}
	_, err := p.DB.UndoVerdicts(r.Context(), u)
	if errors.Is(err, store.ErrNotPublisher) {
		return errForbidden
	}
	if err != nil {
		return err
	}
	return r.redirect(withDone(r.PostFormValue("back"), nil))
}

// numbersOf reads « link.number » of forms that act on several pairs, each as it was seen.
func numbersOf(values []string) map[string]int64 {
	numbers := map[string]int64{}
	for _, value := range values {
		link, text, _ := strings.Cut(value, ".")
		if n, err := strconv.ParseInt(text, 10, 64); err == nil && n >= 0 {
			numbers[link] = n
		}
	}
	return numbers
}

func (p *pages) decideTogether(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	links := r.PostForm["link"]
	if len(links) > 500 {
		return errBadRequest
	}
	a, err := r.act(links)
	if err != nil {
		return err
	}
	a.Seen, a.SeenOf = -1, numbersOf(r.PostForm["vu"])
	done, err := p.DB.Decide(r.Context(), a)
	if err != nil {
		return err
	}
	return r.redirect(withDone(r.PostFormValue("back"), done))
}

var remarkKinds = []string{store.RemarkAssign, store.RemarkSnooze, store.RemarkTag, store.RemarkUntag, store.RemarkNote, store.RemarkReply, store.RemarkCorrection}

func (p *pages) addRemark(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	l, err := p.findPair(r)
	if err != nil {
		return err
	}
	m := store.Remark{Reviewer: r.who.Name, Kind: r.PostFormValue("kind"), Text: strings.TrimSpace(r.PostFormValue("text"))}
	mayBeEmpty := m.Kind == store.RemarkAssign || m.Kind == store.RemarkSnooze
	tooLong := len(m.Text) > longestNote || m.Kind != store.RemarkNote && m.Kind != store.RemarkReply && m.Kind != store.RemarkCorrection && len(m.Text) > 200
	if !slices.Contains(remarkKinds, m.Kind) || m.Text == "" && !mayBeEmpty || tooLong || !utf8.ValidString(m.Text) ||
		m.Kind == store.RemarkSnooze && m.Text != "" && !isoDay.MatchString(m.Text) {
		return errBadRequest
	}
	if m.Kind == store.RemarkAssign && m.Text != "" {
		names, err := p.peopleNames(r)
		if err != nil {
			return err
		}
		if !slices.Contains(names, m.Text) {
			return errBadRequest
		}
	}
	if err := p.DB.SaveRemarks(r.Context(), []string{l.ID}, m); err != nil {
		return err
	}
	return r.redirect(backTo(r.PostFormValue("back")))
}

func (p *pages) saveView(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	name := strings.TrimSpace(r.PostFormValue("name"))
	q, err := url.ParseQuery(r.PostFormValue("query"))
	if err != nil || name == "" || len(name) > 100 {
		return errBadRequest
	}
	query := selectionOf(q).Query()
	if err := p.DB.SaveView(r.Context(), store.SavedView{Reviewer: r.who.Name, Name: name, Query: query}); err != nil {
		return err
	}
	return r.redirect("/?" + query)
}

func (p *pages) dropView(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return errBadRequest
	}
	if err := p.DB.DropView(r.Context(), r.who.Name, id); err != nil {
		return err
	}
	return r.redirect("/reglages")
}

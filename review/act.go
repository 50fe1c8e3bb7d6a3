package review

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"contredit/claims"
	"contredit/store"
)

// act reads a decision from a form: « confirmed », « rejected:other_subject »…
func (r *request) act(links []string) (store.Act, error) {
	decision, reason, _ := strings.Cut(r.PostFormValue("act"), ":")
	note, err := typed(r.PostFormValue("note"), longestNote)
	if err != nil {
		return store.Act{}, err
	}
	a := store.Act{Links: links, Reviewer: r.who.Name, Decision: claims.Decision(decision), Reason: reason, Note: note, Seen: -1, TwoPeople: r.pages.TwoPeople}
	if reason == "" {
		a.Reason = r.PostFormValue("reason")
	}
	if !slices.Contains(statusesInOrder, a.Decision) || a.Decision == claims.StatusNew || !knownReason(a.Reason) || len(links) == 0 {
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
		s, _ := selectionOf(r.URL.Query())
		_, next, err := p.DB.Beside(r.Context(), r.filter(s), l.ID)
		if err != nil {
			return err
		}
		back = "/?" + s.Query()
		if next != "" {
			back = "/paires/" + next + "?" + s.Query()
		}
	}
	done, err := p.decide(r, a)
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
	taken, err := p.DB.UndoVerdicts(r.Context(), u)
	if err != nil {
		return err
	}
	return r.redirect(withDone(r.PostFormValue("back"), taken))
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
	if len(links) == 0 {
		return errNoneTicked
	}
	if len(links) > 500 {
		return errBadRequest
	}
	a, err := r.act(links)
	if err != nil {
		return err
	}
	a.Seen, a.SeenOf = -1, numbersOf(r.PostForm["vu"])
	done, err := p.decide(r, a)
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
	m, err := p.remark(r)
	if err != nil {
		return err
	}
	for _, text := range m.parts() {
		m.Text = text
		if err := p.DB.SaveRemarks(r.Context(), []string{l.ID}, m.Remark); err != nil {
			return err
		}
	}
	return r.redirect(backTo(r.PostFormValue("back")))
}

// typedRemark is a remark as its form has it.
type typedRemark struct{ store.Remark }

// parts are the texts to keep: « urgent, budget » in the field of tags are two tags.
func (m typedRemark) parts() []string {
	if m.Kind != store.RemarkTag {
		return []string{m.Text}
	}
	var all []string
	for tag := range strings.SplitSeq(m.Text, ",") {
		if tag = strings.TrimSpace(tag); tag != "" {
			all = append(all, tag)
		}
	}
	return all
}

// remark reads a remark from its form.
func (p *pages) remark(r *request) (m typedRemark, err error) {
	m = typedRemark{store.Remark{Reviewer: r.who.Name, Kind: r.PostFormValue("kind")}}
	if !slices.Contains(remarkKinds, m.Kind) {
		return m, errBadRequest
	}
	switch m.Kind {
	case store.RemarkNote, store.RemarkReply, store.RemarkCorrection:
		m.Text, err = typed(r.PostFormValue("text"), longestNote)
	default:
		m.Text, err = typedLine(r.PostFormValue("text"))
	}
	if err != nil {
		return m, err
	}
	switch m.Kind {
	case store.RemarkSnooze:
		// A day that is past would leave the pair in the queue, without a word of why.
		if _, err := time.Parse(time.DateOnly, m.Text); m.Text != "" && (err != nil || m.Text <= p.today()) {
			return m, errPastDay
		}
	case store.RemarkAssign:
		names, err := p.peopleNames(r)
		if err != nil {
			return m, err
		}
		if m.Text != "" && !slices.Contains(names, m.Text) {
			return m, errBadRequest
		}
	default:
		if len(m.parts()) == 0 || m.Text == "" {
			return m, errBadRequest
		}
	}
	return m, nil
}

func (p *pages) saveView(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	name, err := typedLine(r.PostFormValue("name"))
	if err != nil {
		return err
	}
	q, err := url.ParseQuery(r.PostFormValue("query"))
	if err != nil || name == "" {
		return errBadRequest
	}
	s, _ := selectionOf(q)
	s.Page = 1
	query := s.Query()
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

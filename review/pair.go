package review

import (
	"context"
	"errors"
	"slices"
	"strings"

	"contredit/claims"
	"contredit/document"
	"contredit/french"
	"contredit/store"
)

// source is a document as the pair page shows it beside a quote.
type source struct {
	ID       int64
	Title    string
	Versions []store.Version
	Snapshot int64
	SHA256   string
	Fetched  string
	GoneAt   string
	Private  bool
}

// side is one piece of evidence in its context.
type side struct {
	claims.Evidence
	Words   []piece
	Open    string
	Days    string
	Source  source
	Item    *document.AgendaItem
	Votes   []document.Vote
	Minutes *document.Minutes
	Speaker *document.Attendee // the one who made the claim, in the attendance of this record
	Changed bool               // the text as it is read now has other words at its place
}

// reasonLine is a reason with its number, the one of the marks.
type reasonLine struct {
	claims.Reason
	Number int
	Tone   int
}

// step is a line of the history of a pair.
type step struct {
	At, Reviewer, Text, Note string
	Undone                   bool
	Kind                     string
}

type pairView struct {
	card
	Selection     selection
	Query         string
	Source        source
	Video         string
	OpenClaim     string
	Changed       bool // the claim is not in the text as it is read now
	Sides         []side
	Support       *side
	Because       []reasonLine
	History       []step
	Replies       []step
	Readers       []answerCount // of the mails
	Corrections   []step
	Seen          int64
	Last          int64 // the verdict that can be taken back
	Undo          bool
	LastBy        string // who gave it
	Earlier, Next string
	Group         []card
	Reasons       []reasonCode
	People        []string
	Done          *doneView
	UndoTo        string // address after what was just decided is taken back
	Publishable   bool
	SpeakerFixes  []fixLine
	SpeakerSeen   int64
	NeedsOther    bool // it waits for a second person to publish it
}

// findPair returns a pair that who asks may see. To anybody else it is as if it was not.
func (p *pages) findPair(r *request) (store.QueuedLink, error) {
	l, err := p.DB.Queued(r.Context(), r.PathValue("id"))
	if err != nil {
		return l, err
	}
	if !r.sees(l.Visibility) || !r.who.signedIn() && l.Status != claims.StatusPublished {
		return l, errNotHere
	}
	return l, nil
}

func (p *pages) pair(r *request) error {
	l, err := p.findPair(r)
	if err != nil {
		return err
	}
	s, _ := selectionOf(r.URL.Query())
	v := pairView{card: r.card(l, s.Query()), Selection: s, Query: s.Query(), Reasons: rejections}
	v.OpenClaim = openAt(l.Claim.URL, l.Claim.Locator, l.Claim.Quote, l.VideoURL)
	steps := []func(*request, *pairView) error{p.fillSources, p.fillHistory, p.fillNeighbours}
	for _, fill := range steps {
		if err := fill(r, &v); err != nil {
			return err
		}
	}
	for i, reason := range l.Reasons {
		v.Because = append(v.Because, reasonLine{reason, i + 1, i%4 + 1})
	}
	if v.SpeakerFixes, v.SpeakerSeen, err = r.fixes(store.OverrideSpeaker, l.Claim.ID); err != nil {
		return err
	}
	if v.People, err = p.peopleNames(r); err != nil {
		return err
	}
	if v.Done, err = p.done(r); err != nil {
		return err
	}
	v.UndoTo = "/paires/" + l.ID + "?" + v.Query
	if v.Done != nil && len(v.Done.Links) == 1 {
		v.UndoTo = "/paires/" + v.Done.Links[0] + "?" + v.Query // what is taken back is what is wanted on the screen
	}
	title := "Paire : affirmation et acte"
	if v.IsAbsence() {
		title = "Aucune trace : ce qui a été parcouru"
	}
	return r.show("paire", title, v)
}

// documentOf reads a document for the pages; one that the store does not have is no error:
// a calendar or a configuration may name it.
func (p *pages) documentOf(ctx context.Context, url string) (store.ReadDocument, source, error) {
	d, err := p.DB.Document(ctx, url)
	if errors.Is(err, store.ErrNotFound) {
		return d, source{}, nil
	}
	if err != nil {
		return d, source{}, err
	}
	versions, err := p.DB.Versions(ctx, d.Document.ID)
	s := source{ID: d.Document.ID, Title: d.Document.Title, Versions: versions, Snapshot: d.Snapshot, SHA256: d.SHA256, GoneAt: d.GoneAt, Private: d.Document.Visibility == document.Private}
	return d, s, err
}

func (p *pages) fillSources(r *request, v *pairView) error {
	d, s, err := p.documentOf(r.Context(), v.Claim.URL)
	if err != nil {
		return err
	}
	s.Fetched = r.momentOf(d.FetchedAt)
	v.Source, v.Video = s, d.Document.VideoURL
	v.Changed = v.EditedOut == "" && d.Reading != nil && !stands(d.Reading.Text, v.Claim.Span, v.Claim.Quote)
	if v.IsAbsence() {
		return nil
	}
	for i := range v.Link.Evidence {
		one, err := p.side(r, v.Claim, v.Link.Evidence[i])
		if err != nil {
			return err
		}
		one.Words = evidencePieces(v.Link, i)
		v.Sides = append(v.Sides, one)
	}
	if v.Link.Support != nil && r.sees(v.Link.Support.Visibility) {
		one, err := p.side(r, v.Claim, *v.Link.Support)
		if err != nil {
			return err
		}
		one.Words = pieces(one.Quote, nil)
		v.Support = &one
	}
	return nil
}

func (p *pages) side(r *request, c claims.Claim, e claims.Evidence) (side, error) {
	d, s, err := p.documentOf(r.Context(), e.URL)
	if err != nil {
		return side{}, err
	}
	s.Fetched = r.momentOf(d.FetchedAt)
	one := side{Evidence: e, Source: s, Changed: d.Reading != nil && !stands(d.Reading.Text, e.Span, e.Quote), Open: openAt(e.URL, e.Locator, e.Quote, d.Document.VideoURL), Days: r.between(c.Date, e.Date)}
	if d.Reading == nil || d.Reading.Minutes == nil {
		return one, nil
	}
	m := d.Reading.Minutes
	one.Minutes = m
	for i := range m.Items {
		if m.Items[i].Span.Start <= e.Span.Start && e.Span.Start < m.Items[i].Span.End {
			one.Item = &m.Items[i]
		}
	}
	for _, vote := range m.Votes {
		if one.Item == nil || vote.Span.Overlaps(one.Item.Span) {
			one.Votes = append(one.Votes, vote)
		}
	}
	for i := range m.Attendance {
		if sameName(m.Attendance[i].Name, c.Speaker) {
			one.Speaker = &m.Attendance[i]
		}
	}
	return one, nil
}

// stands says that a text has a quote at its place. A text that was attached by hand or read again may not,
// while a decided pair goes on quoting what was judged.
func stands(text string, at document.Span, quote string) bool {
	return at.Start >= 0 && at.Start <= at.End && at.End <= len(text) && text[at.Start:at.End] == quote
}

// sameName compares full names only: a surname alone may be somebody else's.
func sameName(a, b string) bool {
	a, b = french.Fold(strings.TrimSpace(a)), french.Fold(strings.TrimSpace(b))
	return a != "" && a == b && strings.Contains(a, " ")
}

func (p *pages) fillHistory(r *request, v *pairView) error {
	verdicts, err := p.DB.Verdicts(r.Context(), v.ID)
	if err != nil {
		return err
	}
	remarks, err := p.DB.Remarks(r.Context(), v.ID)
	if err != nil {
		return err
	}
	undone := map[int64]bool{}
	for _, one := range verdicts {
		if one.Undoes != 0 {
			undone[one.Undoes] = true
		}
		v.Seen = max(v.Seen, one.ID)
	}
	for _, one := range verdicts {
		text := r.t(statusNames[one.Decision])
		if one.Reason != "" {
			text += " — " + r.t(reasonName(one.Reason))
		}
		if one.Undoes != 0 {
			text = r.t("annule la décision précédente ; de nouveau « %s »", r.t(statusNames[one.Decision]))
		} else if !undone[one.ID] {
			v.Undo, v.Last, v.LastBy = true, one.ID, one.Reviewer
		}
		v.History = append(v.History, step{At: one.At, Reviewer: one.Reviewer, Text: text, Note: one.Note, Undone: undone[one.ID], Kind: "verdict"})
	}
	for _, one := range remarks {
		line := step{At: one.At, Reviewer: one.Reviewer, Text: r.remarkText(one), Kind: one.Kind}
		if one.Kind == store.RemarkNote || one.Kind == store.RemarkReply || one.Kind == store.RemarkCorrection {
			line.Note = one.Text
		}
		v.History = append(v.History, line)
	}
	slices.SortStableFunc(v.History, func(a, b step) int { return strings.Compare(a.At, b.At) })
	for i := range v.History {
		v.History[i].At = r.moment(v.History[i].At)
		switch v.History[i].Kind {
		case store.RemarkReply:
			v.Replies = append(v.Replies, v.History[i])
		case store.RemarkCorrection:
			v.Corrections = append(v.Corrections, v.History[i])
		}
	}
	publishable := v.Status == claims.StatusConfirmed && r.who.publishes() && v.Visibility != document.Private
	v.NeedsOther = publishable && p.TwoPeople && store.Confirmer(verdicts) == r.who.Name
	v.Publishable = publishable && !v.NeedsOther
	return nil
}

func (r *request) remarkText(one store.Remark) string {
	switch one.Kind {
	case store.RemarkAssign:
		if one.Text == "" {
			return r.t("n’est plus confiée à personne")
		}
		return r.t("confiée à %s", one.Text)
	case store.RemarkSnooze:
		if one.Text == "" {
			return r.t("de nouveau dans la file")
		}
		return r.t("mise de côté jusqu’au %s", day(r.lang, one.Text))
	case store.RemarkTag:
		return r.t("étiquette ajoutée : %s", one.Text)
	case store.RemarkUntag:
		return r.t("étiquette retirée : %s", one.Text)
	case store.RemarkReply:
		return r.t("réponse de la personne ou de l’institution citée")
	case store.RemarkCorrection:
		return r.t("rectification")
	}
	return r.t("note")
}

// groupLength bounds what is proposed to be decided together.
const groupLength = 20

func (p *pages) fillNeighbours(r *request, v *pairView) error {
	if !r.who.signedIn() {
		return nil
	}
	var err error
	if v.Readers, err = p.readersOf(r, v.ID); err != nil {
		return err
	}
	f := r.filter(v.Selection)
	if v.Earlier, v.Next, err = p.DB.Beside(r.Context(), f, v.ID); err != nil {
		return err
	}
	all := store.QueueFilter{Private: r.private, Asleep: true}
	seen := map[string]bool{v.ID: true}
	for _, by := range []store.QueueFilter{{First: v.First}, {Record: v.card.QueuedLink.Record}} {
		if by.First == "" && by.Record == "" {
			continue
		}
		all.First, all.Record = by.First, by.Record
		links, err := p.DB.Queue(r.Context(), all, store.OrderScore, groupLength, 0)
		if err != nil {
			return err
		}
		for _, l := range links {
			if !seen[l.ID] {
				seen[l.ID] = true
				v.Group = append(v.Group, r.card(l, v.Query))
			}
		}
	}
	return nil
}

package review

import (
	"fmt"
	"strconv"
	"strings"

	"contredit/claims"
	"contredit/document"
	"contredit/store"
)

// pageLength is how many pairs a page of the queue shows.
const pageLength = 25

// card is a pair in a list.
type card struct {
	store.QueuedLink
	Words    []piece // of the claim
	Record   []piece // of the first evidence
	Evidence *claims.Evidence
	Why      string // the first reason
	More     int    // other reasons
	Days     string // between the two
	Open     string // address of the pair's page, with the selection
	Same     int    // pairs of the same claim or its repeats on this page
	Coverage string // of an absence
}

// IsAbsence says that the pair is silence: it is never called a contradiction.
func (c card) IsAbsence() bool { return c.Kind == claims.KindAbsence }

func (r *request) card(l store.QueuedLink, query string) card {
	c := card{QueuedLink: l, Words: claimPieces(l.Link), Open: "/paires/" + l.ID}
	if query != "" {
		c.Open += "?" + query
	}
	if len(l.Reasons) > 0 {
		c.Why, c.More = l.Reasons[0].Text, len(l.Reasons)-1
	}
	if l.Kind == claims.KindAbsence {
		c.Coverage = r.coverageSentence(l.Absence)
		return c
	}
	if len(l.Evidence) > 0 {
		c.Evidence, c.Record = &l.Evidence[0], evidencePieces(l.Link, 0)
		c.Days = r.between(l.Claim.Date, l.Evidence[0].Date)
	}
	return c
}

// coverageSentence says what was looked through, and never that it contradicts.
func (r *request) coverageSentence(a *claims.Absence) string {
	if a == nil {
		return r.t("Aucune trace ; ce qui a été parcouru n’est pas connu.")
	}
	held := len(a.Read) + len(a.Missing)
	text := r.t("Aucune trace dans %s sur %s", count(r.lang, len(a.Read), "compte rendu lu", "comptes rendus lus"), count(r.lang, held, "réunion connue", "réunions connues"))
	if len(a.Missing) > 0 {
		text += r.t(" ; %s", count(r.lang, len(a.Missing), "manque", "manquent"))
	}
	return text + "."
}

type queueView struct {
	Selection selection
	Query     string   // of the selection
	Unknown   []string // filters that the address asked for and that do not exist
	Facets    store.Facets
	Kinds     []claims.Kind
	Statuses  []claims.Decision
	Cards     []card
	Total     int
	First     int // number of the first card shown, from 1
	Last      int
	Before    string // address of the page before; "" when none
	After     string
	Views     []store.SavedView
	Done      *doneView
	Reasons   []reasonCode
	Mine      string
	People    []string
	Due       *dueView // requests for documents that wait for somebody
}

func (p *pages) queue(r *request) error {
	s, unknown := selectionOf(r.URL.Query())
	f := r.filter(s)
	view := queueView{Selection: s, Unknown: unknown, Kinds: kindsInOrder, Statuses: statusesInOrder, Reasons: rejections, Mine: r.who.Name}
	ctx := r.Context()
	var err error
	if view.Due, err = p.dueRequests(r); err != nil {
		return err
	}
	if view.Total, err = p.DB.CountQueue(ctx, f); err != nil {
		return err
	}
	// After the last pair of the last page was decided, that page is gone: show the last there is.
	s.Page = min(s.Page, max(1, (view.Total+pageLength-1)/pageLength))
	view.Selection, view.Query = s, s.Query()
	page := s.Page
	links, err := p.DB.Queue(ctx, f, store.QueueOrder(s.Order), pageLength, (page-1)*pageLength)
	if err != nil {
		return err
	}
	for _, l := range links {
		view.Cards = append(view.Cards, r.card(l, view.Query))
	}
	countSame(view.Cards)
	if view.Facets, err = p.facetsOf(ctx, f); err != nil {
		return err
	}
	view.Facets = withChosen(view.Facets, s)
	if r.who.signedIn() {
		if view.Views, err = p.DB.Views(ctx, r.who.Name); err != nil {
			return err
		}
	}
	if view.People, err = p.peopleNames(r); err != nil {
		return err
	}
	view.First, view.Last = (page-1)*pageLength+1, (page-1)*pageLength+len(links)
	if page > 1 {
		view.Before = "/?" + s.With("page", strconv.Itoa(page-1))
	}
	if page*pageLength < view.Total {
		view.After = "/?" + s.With("page", strconv.Itoa(page+1))
	}
	if view.Done, err = p.done(r); err != nil {
		return err
	}
	title := "File d’examen"
	if !r.who.signedIn() {
		title = "Paires publiées"
	}
	return r.show("file", title, view)
}

// countSame notes how many pairs of the page are of the same claim or its repeats: they can
// be decided together.
func countSame(cards []card) {
	n := map[string]int{}
	for _, c := range cards {
		n[c.First]++
	}
	for i := range cards {
		cards[i].Same = n[cards[i].First] - 1
	}
}

// peopleNames are those to whom a pair can be given.
func (p *pages) peopleNames(r *request) ([]string, error) {
	if !r.who.signedIn() {
		return nil, nil
	}
	all, err := p.DB.Reviewers(r.Context())
	if err != nil {
		return nil, err
	}
	names := []string{r.who.Name}
	for _, one := range all {
		if one.Removed == "" && one.Name != r.who.Name {
			names = append(names, one.Name)
		}
	}
	return names, nil
}

// doneView says what was just kept, with the way to take it back.
type doneView struct {
	Verdict claims.Verdict
	Links   []string
	Numbers []string // « link.number » of each verdict
	Last    bool     // it is the last verdict: it can be taken back
	Undone  bool     // it took another back
}

// done reads what the address says was just done, and believes only the store.
func (p *pages) done(r *request) (*doneView, error) {
	ids := r.URL.Query()["done"]
	if len(ids) == 0 || len(ids) > 200 || !r.who.signedIn() {
		return nil, nil
	}
	var view doneView
	for _, id := range ids {
		link, number, _ := strings.Cut(id, ".")
		history, err := p.DB.Verdicts(r.Context(), link)
		if err != nil {
			return nil, err
		}
		if len(history) == 0 {
			continue
		}
		last := history[len(history)-1]
		if fmt.Sprint(last.ID) != number || last.Reviewer != r.who.Name {
			continue
		}
		view.Verdict, view.Undone = last, last.Undoes != 0
		view.Last = !view.Undone
		view.Links = append(view.Links, link)
		view.Numbers = append(view.Numbers, id)
	}
	if len(view.Links) == 0 {
		return nil, nil
	}
	return &view, nil
}

// openAt is the address that opens the original at a claim's or an evidence's place.
func openAt(address string, l document.Locator, quote, video string) string {
	return safeURL(document.OpenAt(address, l, quote, safeURL(video)))
}

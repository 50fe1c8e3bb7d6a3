package main

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"contredit/claims"
	"contredit/digest"
	"contredit/document"
	"contredit/french"
	"contredit/store"
)

// Bounds of the digest « before the session ».
const (
	daysAhead      = 21 // within which a sitting is coming
	saidAPoint     = 3  // claims beside a point of the agenda
	sharedStems    = 2  // telling words that a claim and a point must share
	commonestShare = 0.05
)

// agenda lists the points of the sittings that come, each with what was said about it. today is
// an ISO day by the digest's clock.
func (w *work) agenda(ctx context.Context, d digestConfig, today string) ([]digest.Agenda, error) {
	points, said, err := w.coming(ctx, d, today)
	if err != nil {
		return nil, err
	}
	index := indexSaid(said)
	for i := range points {
		points[i].Said = index.about(points[i].Title)
	}
	if len(d.Topics) > 0 {
		points = slices.DeleteFunc(points, func(p digest.Agenda) bool { return len(p.Said) == 0 && !w.namesTopic(d.Topics, p.Title) })
	}
	return points, nil
}

// namesTopic says whether a title holds the words of one of the topics.
func (w *work) namesTopic(topics []string, title string) bool {
	stems := stemsOf(title)
	for _, t := range w.topics() {
		if !slices.Contains(topics, t.Name) {
			continue
		}
		for _, phrase := range t.Words {
			words, all := stemsOf(phrase), true
			for s := range words {
				all = all && stems[s]
			}
			if all && len(words) > 0 {
				return true
			}
		}
	}
	return false
}

// ofTopics says whether a claim is of one of the topics, or any when none is named.
func ofTopics(c claims.Claim, topics []string) bool {
	return len(topics) == 0 || slices.ContainsFunc(c.Topics, func(name string) bool { return slices.Contains(topics, name) })
}

// coming lists the points of the sittings that come, and the claims that may stand beside them.
func (w *work) coming(ctx context.Context, d digestConfig, today string) ([]digest.Agenda, []store.StoredClaim, error) {
	at, err := time.Parse(time.DateOnly, today)
	if err != nil {
		return nil, nil, err
	}
	last := at.AddDate(0, 0, daysAhead).Format(time.DateOnly)
	sources := w.privateSources()
	hidden := map[string]bool{} // documents that became private with their source
	var points []digest.Agenda
	err = w.db.EachDocument(ctx, func(r store.ReadDocument) error {
		if !d.Private && (r.Document.Visibility == document.Private || slices.Contains(sources, r.Document.Source)) {
			hidden[r.Document.URL] = true
			return nil
		}
		if r.Reading == nil || r.Reading.Minutes == nil || !r.Document.Role.Records() {
			return nil
		}
		m := r.Reading.Minutes
		day, body := cmp.Or(m.Date, r.Document.Date), cmp.Or(m.Body, r.Document.Body)
		if day < today || day > last || len(d.Bodies) > 0 && !slices.Contains(d.Bodies, body) && !slices.Contains(d.Bodies, r.Document.Body) {
			return nil
		}
		for _, item := range m.Items {
			points = append(points, digest.Agenda{Body: body, Day: day, Title: item.Title, URL: r.Reading.OpenAt(r.Document.URL, item.Span, "")})
		}
		return nil
	})
	if err != nil || len(points) == 0 {
		return nil, nil, err
	}
	slices.SortStableFunc(points, func(a, b digest.Agenda) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Body, b.Body)) })
	said, err := w.db.Claims(ctx, store.ClaimFilter{Private: d.Private})
	if err != nil {
		return nil, nil, err
	}
	return points, slices.DeleteFunc(said, func(c store.StoredClaim) bool { return hidden[c.URL] || !ofTopics(c.Claim, d.Topics) }), nil
}

// saidIndex finds what was said about a subject.
type saidIndex struct {
	said  []store.StoredClaim
	stems []map[string]bool
	count map[string]int // claims that hold a stem
}

func indexSaid(said []store.StoredClaim) saidIndex {
	x := saidIndex{said: said, count: map[string]int{}}
	for _, c := range said {
		stems := stemsOf(c.Quote + "\n" + c.Topic)
		for s := range stems {
			x.count[s]++
		}
		x.stems = append(x.stems, stems)
	}
	return x
}

func stemsOf(text string) map[string]bool {
	stems := map[string]bool{}
	for _, t := range french.Terms(text) {
		if !t.Stop {
			stems[t.Stem] = true
		}
	}
	return stems
}

// about returns the claims that share the most telling words with a title.
func (x saidIndex) about(title string) []digest.Quoted {
	wanted := stemsOf(title)
	type match struct {
		claim  int
		weight float64
	}
	var found []match
	for i, stems := range x.stems {
		m, shared := match{claim: i}, 0
		for s := range wanted {
			if stems[s] && float64(x.count[s]) <= max(2, commonestShare*float64(len(x.said))) {
				shared++
				m.weight += math.Log(float64(len(x.said)+1) / float64(x.count[s]))
			}
		}
		if shared >= sharedStems {
			found = append(found, m)
		}
	}
	slices.SortStableFunc(found, func(a, b match) int { return cmp.Compare(b.weight, a.weight) })
	var list []digest.Quoted
	for _, m := range found[:min(saidAPoint, len(found))] {
		list = append(list, quotedClaim(x.said[m.claim].Claim))
	}
	return list
}

func quotedClaim(c claims.Claim) digest.Quoted {
	return digest.Quoted{ID: c.ID, Quote: c.Quote, Who: c.Speaker, Day: c.Date, Title: c.Topic, URL: document.OpenAt(c.URL, c.Locator, c.Quote, "")}
}

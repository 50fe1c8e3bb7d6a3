package evidence

import (
	"fmt"
	"strings"

	"contredit/claims"
)

// Publisher is who answers for what is published, and where.
type Publisher struct {
	Name string
	URL  string // who they are
	Base string // address of the public site, ending in a slash; pairs stand under paires/
}

// PageOf is the address of a pair on the public site.
func (p Publisher) PageOf(id string) string {
	if p.Base == "" {
		return ""
	}
	return strings.TrimSuffix(p.Base, "/") + "/paires/" + id + "/"
}

// Ratings are all the words of a rating, by kind: a fixed list, which the public site shows.
// « Aucune trace » is no contradiction and has none.
var Ratings = map[claims.Kind]string{
	claims.KindNegation:   "Le document cité dit le contraire",
	claims.KindAntonym:    "Le document cité dit le contraire",
	claims.KindNumber:     "Le document cité donne un autre chiffre",
	claims.KindDate:       "Le document cité donne une autre date",
	claims.KindAttendance: "La liste des présences dit autre chose",
	claims.KindVote:       "Le vote enregistré est autre",
	claims.KindScope:      "Le document cité dit une autre portée",
	claims.KindModality:   "Le document cité est moins affirmatif",
	claims.KindPromise:    "Le document cité dit un autre état de l’engagement",
}

// The scale of ratings has two steps: it says whether the document cited and the claim agree,
// and nothing of who made the claim. Only pairs that disagree are reviewed, so all have the lower.
const (
	worstRating = 1 // the document cited says something else
	bestRating  = 2 // the document cited says the same
)

// Thing is an object of schema.org; which fields are filled depends on its type.
type Thing struct {
	Context       string  `json:"@context,omitempty"`
	Type          string  `json:"@type"`
	ID            string  `json:"@id,omitempty"`
	Name          string  `json:"name,omitempty"`
	JobTitle      string  `json:"jobTitle,omitempty"`
	URL           string  `json:"url,omitempty"`
	DatePublished string  `json:"datePublished,omitempty"`
	Text          string  `json:"text,omitempty"`
	InLanguage    string  `json:"inLanguage,omitempty"`
	ClaimReviewed string  `json:"claimReviewed,omitempty"`
	Author        *Thing  `json:"author,omitempty"`
	Publisher     *Thing  `json:"publisher,omitempty"`
	ReviewRating  *Thing  `json:"reviewRating,omitempty"`
	RatingValue   int     `json:"ratingValue,omitempty"`
	WorstRating   int     `json:"worstRating,omitempty"`
	BestRating    int     `json:"bestRating,omitempty"`
	AlternateName string  `json:"alternateName,omitempty"`
	ItemReviewed  *Thing  `json:"itemReviewed,omitempty"`
	First         *Thing  `json:"firstAppearance,omitempty"`
	Appearance    []Thing `json:"appearance,omitempty"`
	Citation      []Thing `json:"citation,omitempty"`
	Comment       []Thing `json:"comment,omitempty"`
	Correction    []Thing `json:"correction,omitempty"`
}

// IncompleteError says why a pair has no ClaimReview: which fields would be empty.
type IncompleteError struct {
	Pair   string
	Fields []string
}

func (e *IncompleteError) Error() string {
	return fmt.Sprintf("pair %s has no ClaimReview: empty %s", e.Pair, strings.Join(e.Fields, ", "))
}

// Reviewable says whether a pair is of those that a ClaimReview is made of: confirmed by a
// person, public, and no « aucune trace ».
func Reviewable(p Pair) bool {
	confirmed := p.Status == claims.StatusConfirmed || p.Status == claims.StatusPublished
	return confirmed && IsPublic(p.Link) && p.Link.Kind != claims.KindAbsence
}

// Review makes the ClaimReview of a pair. It is refused with an IncompleteError when a
// required or recommended field would be empty.
func Review(p Pair, by Publisher) (Thing, error) {
	if !Reviewable(p) {
		return Thing{}, fmt.Errorf("pair %s: only public pairs that a person confirmed have a ClaimReview", p.Link.ID)
	}
	c := p.Link.Claim
	claimant := &Thing{Type: "Person", Name: c.Speaker, JobTitle: c.Function}
	if c.Collective {
		claimant = &Thing{Type: "Organization", Name: c.Speaker}
	}
	here := Thing{Type: "CreativeWork", Name: p.Title, URL: c.URL, DatePublished: c.Date}
	first := here
	appearances := []Thing{here}
	if p.First != nil {
		first = Thing{Type: "CreativeWork", URL: p.First.URL, DatePublished: p.First.Date}
		appearances = []Thing{first, here}
	}
	rating := Ratings[p.Link.Kind]
	r := Thing{
		Context: "https://schema.org", Type: "ClaimReview", ID: urn("review", p.Link.ID), URL: by.PageOf(p.Link.ID), DatePublished: day(p.Decided), InLanguage: "fr",
		ClaimReviewed: c.Quote, Author: &Thing{Type: "Organization", Name: by.Name, URL: by.URL}, Publisher: &Thing{Type: "Organization", Name: by.Name, URL: by.URL},
		ReviewRating: &Thing{Type: "Rating", Name: rating, AlternateName: rating, RatingValue: worstRating, WorstRating: worstRating, BestRating: bestRating},
		ItemReviewed: &Thing{Type: "Claim", ID: urn("claim", c.ID), Text: c.Quote, Author: claimant, DatePublished: c.Date, First: &first, Appearance: appearances},
	}
	for _, e := range p.Link.Evidence {
		r.Citation = append(r.Citation, Thing{Type: "CreativeWork", Name: e.Title, URL: e.URL, DatePublished: e.Date, Text: e.Quote})
	}
	for _, reply := range p.Replies {
		r.Comment = append(r.Comment, Thing{Type: "Comment", Name: "Réponse de la personne ou de l’institution citée", Text: reply.Text, DatePublished: day(reply.At)})
	}
	for _, correction := range p.Corrections {
		r.Correction = append(r.Correction, Thing{Type: "CorrectionComment", Text: correction.Text, DatePublished: day(correction.At)})
	}
	if empty := r.emptyFields(); len(empty) > 0 {
		return Thing{}, &IncompleteError{p.Link.ID, empty}
	}
	return r, nil
}

// emptyFields names the fields that the users of ClaimReview require or recommend.
func (r Thing) emptyFields() []string {
	claim := r.ItemReviewed
	var empty []string
	for _, f := range []struct{ name, value string }{
		{"url", r.URL}, {"claimReviewed", r.ClaimReviewed}, {"datePublished", r.DatePublished}, {"author.name", r.Author.Name}, {"author.url", r.Author.URL},
		{"reviewRating.alternateName", r.ReviewRating.AlternateName}, {"reviewRating.name", r.ReviewRating.Name},
		{"itemReviewed.author.name", claim.Author.Name}, {"itemReviewed.datePublished", claim.DatePublished},
		{"itemReviewed.firstAppearance.url", claim.First.URL}, {"itemReviewed.appearance.url", claim.Appearance[len(claim.Appearance)-1].URL},
	} {
		if strings.TrimSpace(f.value) == "" {
			empty = append(empty, f.name)
		}
	}
	return empty
}

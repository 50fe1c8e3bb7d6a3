package evidence

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// Feed is the head of an Atom feed (RFC 4287).
type Feed struct {
	ID     string // an address or URN that never changes
	Title  string
	Self   string // address of the feed; "" when not known
	Home   string // page that it is the feed of; "" when none
	Author string // who answers for it: required, for entries have none of their own
	Lang   string // "fr" when empty
}

// FeedEntry is one entry. Times are RFC 3339.
type FeedEntry struct {
	ID        string
	Title     string
	Updated   string
	Published string     // "" when unknown
	Link      string     // page of it; "" when none
	Related   []FeedLink // documents that it is about
	Category  string
	Summary   string // plain text
}

// FeedLink is a document that an entry is about.
type FeedLink struct{ URL, Title string }

// FeedWriter writes a feed entry by entry: nothing is held, however many there are.
type FeedWriter struct {
	w       io.Writer
	encoder *xml.Encoder
	updated string
	err     error
}

type atomLink struct {
	Rel   string `xml:"rel,attr"`
	Type  string `xml:"type,attr,omitempty"`
	Href  string `xml:"href,attr"`
	Title string `xml:"title,attr,omitempty"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type atomEntry struct {
	XMLName   xml.Name      `xml:"entry"`
	ID        string        `xml:"id"`
	Title     atomText      `xml:"title"`
	Updated   string        `xml:"updated"`
	Published string        `xml:"published,omitempty"`
	Links     []atomLink    `xml:"link"`
	Category  *atomCategory `xml:"category"`
	Summary   *atomText     `xml:"summary"`
}

// NewFeed writes the head of a feed.
func NewFeed(w io.Writer, f Feed) *FeedWriter {
	lang := f.Lang
	if lang == "" {
		lang = "fr"
	}
	out := &FeedWriter{w: w, encoder: xml.NewEncoder(w)}
	out.encoder.Indent("  ", "  ")
	out.raw(xml.Header + `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="` + escaped(lang) + "\">\n")
	out.element("id", f.ID)
	out.element("title", f.Title)
	out.raw("  <author><name>" + escaped(f.Author) + "</name></author>\n")
	out.raw("  <generator>contredit</generator>\n")
	if f.Self != "" {
		out.raw(`  <link rel="self" type="application/atom+xml" href="` + escaped(f.Self) + "\"/>\n")
	}
	if f.Home != "" {
		out.raw(`  <link rel="alternate" type="text/html" href="` + escaped(f.Home) + "\"/>\n")
	}
	return out
}

// Entry writes an entry.
func (f *FeedWriter) Entry(e FeedEntry) error {
	f.updated = max(f.updated, e.Updated)
	entry := atomEntry{ID: e.ID, Title: atomText{"text", e.Title}, Updated: e.Updated, Published: e.Published}
	if e.Link != "" {
		entry.Links = append(entry.Links, atomLink{Rel: "alternate", Type: "text/html", Href: e.Link})
	}
	for _, l := range e.Related {
		entry.Links = append(entry.Links, atomLink{Rel: "related", Href: l.URL, Title: l.Title})
	}
	if e.Category != "" {
		entry.Category = &atomCategory{e.Category}
	}
	if e.Summary != "" {
		entry.Summary = &atomText{"text", e.Summary}
	}
	if f.err == nil {
		if err := f.encoder.Encode(entry); err != nil {
			f.err = fmt.Errorf("write entry %s of a feed: %w", e.ID, err)
		}
	}
	return f.err
}

// Close ends the feed with the time of its latest entry; without entries, with the time given.
func (f *FeedWriter) Close(orElse string) error {
	if f.updated == "" {
		f.updated = orElse
	}
	f.raw("\n")
	f.element("updated", f.updated) // its place among the others means nothing (RFC 4287, 4.1.1)
	f.raw("</feed>\n")
	return f.err
}

func (f *FeedWriter) element(name, text string) {
	f.raw("  <" + name + ">" + escaped(text) + "</" + name + ">\n")
}

func (f *FeedWriter) raw(text string) {
	if f.err != nil {
		return
	}
	if _, err := io.WriteString(f.w, text); err != nil {
		f.err = fmt.Errorf("write feed: %w", err)
	}
}

func escaped(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		return "" // a builder takes everything
	}
	return b.String()
}

// PairEntry is the entry of a pair in a feed.
func PairEntry(p Pair, by Publisher) FeedEntry {
	c := p.Link.Claim
	e := FeedEntry{ID: urn("pair", p.Link.ID), Title: entryTitle(p), Updated: p.lastChange(), Published: p.Found, Link: by.PageOf(p.Link.ID), Category: string(p.Link.Kind),
		Related: []FeedLink{{c.URL, p.Title}}}
	e.Summary = fmt.Sprintf("%s, %s : « %s »", orElse(c.Speaker, "Quelqu’un"), c.Date, c.Quote)
	for _, v := range p.Link.Evidence {
		e.Related = append(e.Related, FeedLink{v.URL, v.Title})
		if v.Quote != "" {
			e.Summary += fmt.Sprintf("\n%s, %s : « %s »", v.Title, v.Date, v.Quote)
		}
	}
	for _, r := range p.Link.Reasons {
		e.Summary += "\n" + r.Text
	}
	for _, n := range p.Corrections {
		e.Summary += fmt.Sprintf("\nRectification du %s : %s", day(n.At), n.Text)
	}
	for _, n := range p.Replies {
		e.Summary += fmt.Sprintf("\nRéponse reçue le %s : %s", day(n.At), n.Text)
	}
	return e
}

// WithdrawnEntry tells those who follow a feed that a pair is no longer published.
func WithdrawnEntry(id, at string, by Publisher) FeedEntry {
	return FeedEntry{ID: urn("pair", id), Title: "Paire retirée", Updated: at, Link: by.PageOf(id), Summary: "Cette paire n’est plus publiée depuis le " + FrenchDay(at) + "."}
}

func entryTitle(p Pair) string {
	words := Ratings[p.Link.Kind]
	if words == "" {
		words = "Aucune trace dans les documents parcourus"
	}
	if p.Link.Claim.Topic == "" {
		return words
	}
	return words + " : " + p.Link.Claim.Topic
}

// lastChange is when anything of the pair last changed.
func (p Pair) lastChange() string {
	last := max(p.Found, p.Decided)
	for _, list := range [][]Note{p.Replies, p.Corrections} {
		for _, n := range list {
			last = max(last, n.At)
		}
	}
	return last
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

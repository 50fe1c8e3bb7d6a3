package evidence

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"contredit/claims"
	"contredit/document"
)

// Annotation is a W3C Web Annotation (Recommendation of 23 February 2017): what is said of
// one stretch of one document.
type Annotation struct {
	Context    string           `json:"@context"`
	ID         string           `json:"id"`
	Type       string           `json:"type"`
	Motivation string           `json:"motivation"`
	Created    string           `json:"created,omitempty"`
	Creator    *AnnotationAgent `json:"creator,omitempty"`
	Body       []AnnotationBody `json:"body"`
	Target     AnnotationTarget `json:"target"`
}

// AnnotationAgent is who annotates.
type AnnotationAgent struct {
	Type     string `json:"type"`
	Name     string `json:"name"`
	Homepage string `json:"homepage,omitempty"`
}

// AnnotationBody is a text, or with a Source another document that the annotation links to.
type AnnotationBody struct {
	Type     string `json:"type"`
	Purpose  string `json:"purpose"`
	Value    string `json:"value,omitempty"`
	Format   string `json:"format,omitempty"`
	Language string `json:"language,omitempty"`
	Source   string `json:"source,omitempty"`
}

// AnnotationTarget is the stretch. Its selectors all mean the same words: a reader anchors by
// the quote, and uses the others to be quicker, when the quote is there twice, or when it names
// somebody who is masked and is left out.
type AnnotationTarget struct {
	Type     string               `json:"type"`
	Source   string               `json:"source"`
	State    *AnnotationState     `json:"state,omitempty"`
	Selector []AnnotationSelector `json:"selector,omitempty"`
}

// AnnotationState says which version of the document is meant. Cached is the name of the
// bytes by their digest (RFC 6920).
type AnnotationState struct {
	Type       string `json:"type"`
	SourceDate string `json:"sourceDate,omitempty"`
	Cached     string `json:"cached,omitempty"`
}

// AnnotationSelector is a TextQuoteSelector, a TextPositionSelector (in characters of the text
// as we read it) or a FragmentSelector.
type AnnotationSelector struct {
	Type       string `json:"type"`
	Exact      string `json:"exact,omitempty"`
	Prefix     string `json:"prefix,omitempty"`
	Suffix     string `json:"suffix,omitempty"`
	Start      *int   `json:"start,omitempty"`
	End        *int   `json:"end,omitempty"`
	Value      string `json:"value,omitempty"`
	ConformsTo string `json:"conformsTo,omitempty"`
}

// The specifications of fragments, as the model's section 4.2.1 names them.
const (
	pdfFragments   = "http://tools.ietf.org/rfc/rfc3778"
	mediaFragments = "http://www.w3.org/TR/media-frags/"
)

// aroundQuote is how many characters of the text before and after a quote go with it.
const aroundQuote = 40

// Annotations makes one annotation of the claim and one of every passage set against it. Its
// texts name nobody without a mandate; words to anchor by that do are left out, and the place
// stands alone.
func Annotations(p Pair, by Publisher, names *Names) []Annotation {
	names.Mask(p) // learns who spoke
	c := p.Link.Claim
	base := Annotation{Context: "http://www.w3.org/ns/anno.jsonld", Type: "Annotation", Motivation: "assessing", Created: p.Found,
		Creator: &AnnotationAgent{Type: "Organization", Name: by.Name, Homepage: by.URL}}
	claim := base
	claim.ID = urn("annotation", p.Link.ID, "claim")
	claim.Body = []AnnotationBody{classify(string(p.Link.Kind)), classify(string(p.Status))}
	for _, r := range p.Link.Reasons {
		claim.Body = append(claim.Body, comment(names.Text(r.Text)))
	}
	for _, reply := range p.Replies {
		claim.Body = append(claim.Body, AnnotationBody{Type: "TextualBody", Purpose: "replying", Value: names.Text(reply.Text), Format: "text/plain", Language: "fr"})
	}
	for _, correction := range p.Corrections {
		claim.Body = append(claim.Body, AnnotationBody{Type: "TextualBody", Purpose: "editing", Value: names.Text(correction.Text), Format: "text/plain", Language: "fr"})
	}
	claim.Target = target(c.URL, c.Quote, c.Span, c.Locator, p.Captures[c.URL], names)
	all := []Annotation{claim}
	for i, e := range p.Link.Evidence {
		if e.Quote == "" {
			continue // a meeting looked through
		}
		a := base
		a.ID = urn("annotation", p.Link.ID, strconv.Itoa(i))
		a.Body = []AnnotationBody{{Type: "SpecificResource", Purpose: "linking", Source: c.URL}}
		for _, r := range p.Link.Reasons {
			if r.Evidence == i {
				a.Body = append(a.Body, classify(r.Rule), comment(names.Text(r.Text)))
			}
		}
		a.Target = target(e.URL, e.Quote, e.Span, e.Locator, p.Captures[e.URL], names)
		all = append(all, a)
	}
	return all
}

func classify(value string) AnnotationBody {
	return AnnotationBody{Type: "TextualBody", Purpose: "classifying", Value: value}
}

func comment(text string) AnnotationBody {
	return AnnotationBody{Type: "TextualBody", Purpose: "commenting", Value: text, Format: "text/plain", Language: "fr"}
}

func target(url, quote string, s claims.Span, l document.Locator, c Capture, names *Names) AnnotationTarget {
	t := AnnotationTarget{Type: "SpecificResource", Source: url}
	if c.SHA256 != "" {
		t.State = &AnnotationState{Type: "TimeState", SourceDate: c.FetchedAt, Cached: namedByDigest(c.SHA256)}
	}
	exact := AnnotationSelector{Type: "TextQuoteSelector", Exact: collapse(quote)}
	placed := s.End <= len(c.Text) && s.Start >= 0 && s.Start < s.End && c.Text[s.Start:s.End] == quote
	if placed {
		exact.Prefix, exact.Suffix = around(c.Text, s, names)
	}
	if !names.Masks(quote) {
		t.Selector = append(t.Selector, exact)
	}
	if placed {
		place := Characters(c.Text, s)
		t.Selector = append(t.Selector, AnnotationSelector{Type: "TextPositionSelector", Start: &place[0], End: &place[1]})
	}
	switch {
	case l.Timed:
		t.Selector = append(t.Selector, AnnotationSelector{Type: "FragmentSelector", ConformsTo: mediaFragments, Value: fmt.Sprintf("t=%d", int(l.At))})
	case l.Page > 0:
		t.Selector = append(t.Selector, AnnotationSelector{Type: "FragmentSelector", ConformsTo: pdfFragments, Value: fmt.Sprintf("page=%d", l.Page)})
	}
	return t
}

// around is the text before and after a span; "" where it names somebody who is masked. A name
// may begin outside the words that are given: it is looked for in more.
func around(text string, s claims.Span, names *Names) (prefix, suffix string) {
	const wider = 12 * aroundQuote // bytes
	if !names.Masks(text[max(0, s.Start-wider):s.Start]) {
		prefix = before(text[:s.Start])
	}
	if !names.Masks(text[s.End:min(len(text), s.End+wider)]) {
		suffix = after(text[s.End:])
	}
	return prefix, suffix
}

func namedByDigest(sha256 string) string {
	sum, err := hex.DecodeString(sha256)
	if err != nil {
		return ""
	}
	return "ni:///sha-256;" + base64.RawURLEncoding.EncodeToString(sum)
}

// collapse is the normalisation that the model asks for before a text is recorded.
func collapse(text string) string { return strings.Join(strings.Fields(text), " ") }

func before(text string) string {
	cut := max(0, len(text)-4*aroundQuote)
	for cut < len(text) && !utf8.RuneStart(text[cut]) {
		cut++
	}
	runes := []rune(spaced(text[cut:]))
	return string(runes[max(0, len(runes)-aroundQuote):])
}

func after(text string) string {
	runes := []rune(spaced(strings.ToValidUTF8(text[:min(len(text), 4*aroundQuote)], "")))
	return string(runes[:min(len(runes), aroundQuote)])
}

// spaced collapses white space and keeps one space at either end, where there was any.
func spaced(text string) string {
	inner := collapse(text)
	if inner == "" {
		return ""
	}
	if strings.TrimLeft(text, " \t\r\n") != text {
		inner = " " + inner
	}
	if strings.TrimRight(text, " \t\r\n") != text {
		inner += " "
	}
	return inner
}

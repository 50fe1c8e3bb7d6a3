package claims

import (
	"sort"
	"strings"

	"contredit/document"
	"contredit/french"
)

// Extractor finds the claims of statements.
type Extractor struct {
	Analyzer  *french.Analyzer
	Directory *Directory
	Glossary  french.Glossary
	Topics    []Topic
	Mandates  map[string]string // last ISO day of the mandate by institution; a promise for « la fin du mandat » falls due then
	Threshold float64           // of worthiness; 0 for the built-in one
}

// defaultWorth is the worthiness from which a sentence is a claim: under one half, because one
// too many finds no record that speaks of it, and one that is missing is never looked for.
const defaultWorth = 0.45

// shortClaim is the least number of words that assert something.
const shortClaim = 3

// Claims returns the sentences of a statement that somebody answers for, those that are not
// worth checking included and marked so, in order. Spans are bytes of the reading's text.
func (x *Extractor) Claims(doc document.Document, r *document.Reading) []Claim {
	if r == nil || r.State != document.StateRead {
		return nil
	}
	a := newAttribution(doc, r, x.Directory)
	a.analyzer = x.Analyzer
	var list []Claim
	items, nth := announcements(r), map[string]int{}
	for _, s := range a.spoken() {
		for _, span := range french.InnerSentences(s.In(r.Text)) {
			sentence := trimmed(r.Text, span.Shift(s.Start))
			if len(french.Words(sentence.In(r.Text))) < shortClaim || isApparatus(sentence.In(r.Text)) {
				continue
			}
			for _, c := range x.assertionsOf(sentence.In(r.Text), func(part Span) Claim {
				return claimOf(doc, r, s.voice, trimmed(r.Text, part.Shift(sentence.Start)))
			}) {
				c.announce(items)
				x.nameRightly(&c)
				c.Conditional = (!s.quoted && s.voice.collective || c.Reported) && isUnvouched(c.Quote)
				c.ID = claimID(c.URL, c.Quote, nth[c.Quote])
				nth[c.Quote]++
				list = append(list, c)
			}
		}
	}
	around(list)
	for i := range list {
		c := &list[i]
		c.Topics = x.topicsOf(c.Quote, doc.Body)
		if i > 0 && sameTurn(r, &list[i-1], c) && refersBack(c.Quote) {
			c.Topics = withTopics(c.Topics, list[i-1].Topics)
		}
		x.weigh(c)
		x.readPromise(c, doc.Body)
	}
	markCorrections(list)
	return list
}

func claimOf(doc document.Document, r *document.Reading, v voice, span document.Span) Claim {
	title := firstFilled(doc.Title, r.Title)
	c := Claim{
		URL: doc.URL, Span: span, Quote: span.In(r.Text), Speaker: v.name, Function: v.function, Collective: v.collective, Medium: v.medium,
		Reported: v.reported, Date: firstFilled(v.date, doc.Date, r.Date), Topic: strings.TrimSpace(title), Heading: title,
		Locator: r.LocatorAt(span.Start), Visibility: doc.Visibility, Lead: leadOf(r.Text, span.Start),
	}
	if p, ok := passageAt(r, span.Start); ok && p.Heading != "" && p.Heading != title {
		if !namesTheSpeaker(r, p.Heading, span.Start) {
			c.Topic = p.Heading
		}
		c.Heading = title + "\n" + p.Heading
	}
	return c
}

// announce gives a claim out of a recording the item of the agenda that was announced last.
func (c *Claim) announce(items []announced) {
	if item := itemAt(items, c.Span.Start); item != "" {
		c.Topic, c.Heading = item, c.Heading+"\n"+item
	}
}

// namesTheSpeaker says that a heading is the line of who speaks there, « Mme ATTIER (UCT) »: no subject.
func namesTheSpeaker(r *document.Reading, heading string, at int) bool {
	turn, ok := r.SpeakerAt(at)
	return ok && turn.Label != "" && strings.HasPrefix(heading, turn.Label)
}

// nameRightly gives a claim's speaker the name that reviewers and the glossary give who is
// printed so.
func (x *Extractor) nameRightly(c *Claim) {
	if !c.Collective && x.Directory != nil {
		c.Speaker = x.Directory.roster.NameOf(c.Speaker)
	}
	if c.Collective {
		c.Speaker = x.Glossary.NameOf(c.Speaker)
	}
}

func passageAt(r *document.Reading, at int) (document.Passage, bool) {
	after := sort.Search(len(r.Passages), func(i int) bool { return r.Passages[i].Start > at })
	if after == 0 || at >= r.Passages[after-1].End {
		return document.Passage{}, false
	}
	return r.Passages[after-1], true
}

// around gives each claim the sentences beside it in the text.
func around(list []Claim) {
	for i := range list {
		if i > 0 {
			list[i].Before = tailOf(list[i-1].Quote)
		}
		if i+1 < len(list) {
			list[i].After = headOf(list[i+1].Quote)
		}
	}
}

// corrects are the words by which somebody takes back what they said.
var corrects = []string{"je corrige", "je me suis trompe", "je rectifie", "je reviens sur", "mes propos ont depasse", "je me suis mal exprime", "contrairement a ce que j'ai dit", "j'ai parle trop vite", "une erreur de ma part"}

// markCorrections links what a speaker takes back to the last worthwhile claim before it by
// the same speaker in the same document.
func markCorrections(list []Claim) {
	for i := range list {
		folded := french.Fold(list[i].Quote)
		taken := false
		for _, words := range corrects {
			taken = taken || strings.Contains(folded, words)
		}
		for k := i - 1; taken && k >= 0; k-- {
			if list[k].Worth && list[k].Speaker == list[i].Speaker && list[k].Speaker != "" {
				list[i].Corrects = list[k].ID
				break
			}
		}
	}
}

// leadOf is the text before an offset, at most longContext bytes, from the start of a word.
func leadOf(text string, before int) string { return tailOf(text[:before]) }

func (x *Extractor) threshold() float64 {
	if x.Threshold > 0 {
		return x.Threshold
	}
	return defaultWorth
}

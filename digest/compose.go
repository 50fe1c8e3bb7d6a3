package digest

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"
	texttemplate "text/template"
)

// mostBytes is how long the HTML part may be, as it is before its encoding: some readers cut a
// mail after 102 kB.
const mostBytes = 90 << 10

//go:embed letter.html
var htmlText string

//go:embed letter.txt
var plainText string

var (
	htmlLetter  = template.Must(template.New("letter").Parse(htmlText))
	plainLetter = texttemplate.Must(texttemplate.New("letter").Parse(plainText))
)

// group is what stands under one heading.
type group struct {
	Heading string
	Items   []shown
}

// notice is a reply or a correction: what it is and of which day, and its text.
type notice struct{ Line, Text string }

// shown is an item with the addresses of its recipient.
type shown struct {
	Item
	Mark     string   // « à examiner », « confirmé », « aucune trace »
	Answers  []answer // what the reader can do: see the pair, say what it is worth
	SaidLine string
	Notes    []note
	Gap      string // « 2 comptes rendus manquent : 3 mars 2026, … »
	Notices  []notice
	W        labels
}

// answer is a link that asks something of the reader.
type answer struct{ Text, URL string }

type note struct {
	Quoted
	Line string
}

// view is what both templates show.
type view struct {
	Letter
	W           labels
	Title       string
	Lead        string
	Groups      []group
	Unsubscribe string
	Sittings    []sitting
	Followups   []followed
	LifeLines   []string
}

type sitting struct {
	Heading string
	Points  []point
}

// point is an item of an agenda, with who said what about it.
type point struct {
	Agenda
	Said []note
}

// Compose writes both parts of a letter for the recipient whose links these are. Each part is
// complete alone. Quotes stand whole.
func Compose(l Letter, links Links) (text, html string, err error) {
	w := labelsOf(l.Language)
	v := view{Letter: l, W: w, Title: Subject(l), Lead: lead(l, w), Unsubscribe: links.Unsubscribe, Groups: grouped(l, links, w), Sittings: sittings(l.Agenda, w), Followups: followups(l.Since, w)}
	if l.Life != nil {
		v.LifeLines = lifeLines(*l.Life, w)
	}
	var plain, rich bytes.Buffer
	if err := plainLetter.Execute(&plain, v); err != nil {
		return "", "", fmt.Errorf("write the text of digest %s: %w", l.Digest, err)
	}
	if err := htmlLetter.Execute(&rich, v); err != nil {
		return "", "", fmt.Errorf("write the HTML of digest %s: %w", l.Digest, err)
	}
	return squeeze(plain.String()), rich.String(), nil
}

// Fit leaves the last items of a letter, or points of its agenda, to the next issue until its HTML
// is short enough. One always stays: a quote is never cut.
func Fit(l Letter) (Letter, error) {
	for len(l.Items) > 1 || len(l.Agenda) > 1 {
		_, html, err := Compose(l, Links{})
		if err != nil || len(html) <= mostBytes {
			return l, err
		}
		if len(l.Items) > 1 {
			l.Items = l.Items[:len(l.Items)-1]
		} else {
			l.Agenda = l.Agenda[:len(l.Agenda)-1]
		}
		l.More++
	}
	return l, nil
}

// grouped puts the items under their subject and session, the group with the strongest first.
func grouped(l Letter, links Links, w labels) []group {
	var list []group
	at := map[string]int{}
	for _, item := range l.Items {
		heading := item.Session
		if item.Subject != "" {
			heading = item.Subject + " — " + item.Session
		}
		i, known := at[heading]
		if !known {
			i = len(list)
			at[heading] = i
			list = append(list, group{Heading: strings.Trim(heading, " —")})
		}
		list[i].Items = append(list[i].Items, show(item, links, w))
	}
	return list
}

func show(item Item, links Links, w labels) shown {
	s := shown{Item: item, Mark: w.Open, SaidLine: sourceLine(item.Said, w), W: w}
	switch {
	case item.Silence && !item.Confirmed:
		s.Mark, s.Kind = w.Silence, "" // the kind says the same
	case item.Confirmed:
		s.Mark = w.Confirmed
	}
	for _, n := range item.Noted {
		s.Notes = append(s.Notes, note{n, recordLine(n, w)})
	}
	if len(item.Missing) > 0 {
		var days []string
		for _, d := range item.Missing {
			days = append(days, LongDay(d))
		}
		s.Gap = fmt.Sprintf(w.Gap, len(days), strings.Join(days, ", "))
	}
	for _, n := range item.Replies {
		s.Notices = append(s.Notices, notice{fmt.Sprintf(w.Replied, LongDay(n.Day)), n.Text})
	}
	for _, n := range item.Corrected {
		s.Notices = append(s.Notices, notice{fmt.Sprintf(w.Corrected, LongDay(n.Day)), n.Text})
	}
	if item.Page != "" {
		s.Answers = append(s.Answers, answer{w.Decide, item.Page})
	}
	for _, a := range []struct {
		of   func(string) string
		text string
	}{{links.Useful, w.Useful}, {links.Wrong, w.Wrong}, {links.Mute, w.Mute}} {
		if a.of != nil {
			s.Answers = append(s.Answers, answer{a.text, a.of(item.ID)})
		}
	}
	return s
}

// sourceLine is who said or noted it, when, and where it stands.
func sourceLine(q Quoted, w labels) string {
	parts := []string{}
	for _, p := range []string{q.Who, dayOrNothing(q.Day), q.Title, q.Place} {
		if p = oneLine(p); p != "" {
			parts = append(parts, p)
		}
	}
	if len(parts) == 0 {
		return w.Unknown
	}
	return strings.Join(parts, ", ")
}

// recordLine is a sourceLine that does not say twice what minutes bear in their title.
func recordLine(q Quoted, w labels) string {
	if strings.Contains(q.Title, q.Who) {
		q.Who = ""
	}
	if q.Day != "" && strings.Contains(q.Title, LongDay(q.Day)) {
		q.Day = ""
	}
	return sourceLine(q, w)
}

func dayOrNothing(day string) string {
	if day == "" {
		return ""
	}
	return LongDay(day)
}

// followed is what became of a pair that an earlier letter carried.
type followed struct {
	Followup
	Line, SaidLine string
}

func followups(since []Followup, w labels) []followed {
	var list []followed
	for _, f := range since {
		line := fmt.Sprintf(w.Corrected, LongDay(f.Day))
		if f.Reply {
			line = fmt.Sprintf(w.Replied, LongDay(f.Day))
		}
		list = append(list, followed{f, line, sourceLine(f.Said, w)})
	}
	return list
}

// sittings puts the points of an agenda under their sitting.
func sittings(agenda []Agenda, w labels) []sitting {
	var list []sitting
	for _, a := range agenda {
		heading := fmt.Sprintf(w.Sitting, a.Body, LongDay(a.Day))
		if len(list) == 0 || list[len(list)-1].Heading != heading {
			list = append(list, sitting{Heading: heading})
		}
		p := point{Agenda: a}
		for _, q := range a.Said {
			p.Said = append(p.Said, note{q, sourceLine(q, w)})
		}
		last := &list[len(list)-1]
		last.Points = append(last.Points, p)
	}
	return list
}

// squeeze leaves one empty line where the template leaves several.
func squeeze(s string) string {
	var out []string
	for _, line := range strings.Split(s, "\n") {
		line = strings.TrimRight(line, " ")
		if line == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, line)
	}
	return strings.TrimRight(strings.Join(out, "\n"), "\n") + "\n"
}

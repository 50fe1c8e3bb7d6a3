package document

import (
	"slices"
	"strings"
	"unicode"
)

var (
	// numberedItem begins an item of the agenda: « 3. », « III – », « Point n° 3 : »,
	// « Rapport n° 25.03.118 – », « DÉLIBÉRATION 2025/14 : », « 25.05.377 – ».
	numberedItem = lazily(`^[^\pL\pN«"(]*(?:((?i:point|rapport|délibération|deliberation|dossier|question|affaire|vœu|voeu|motion)s?)\s+(?:(?i:n°|no|num[ée]ro)\s*)?)?((?:\p{Lu}{1,4}[-\s]?)?\d{4}[./-]\d{1,4}(?:[./-]\d{1,4})?|\d{1,3}/\d{1,4}|\d{2,3}-\d{2,4}|\d{2}[.-]\d{2}[.-]\d{2,4}|\d{1,3}|[IVX]{1,6})(?:\s*(?:[.)°]\s*[–—-]?|[–—:]|\s-)\s*|-\s+|\s+)(\p{L}.*)$`)
	// actHead begins an act of a collection: « Délibération n° 25.10.402 du 9 octobre 2025 »,
	// « ARRÊTÉ N° 2025-14 », with its title on the next line.
	actHead    = lazily(`^(?i:(?:extrait\s+de\s+la\s+)?(?:délibération|deliberation|arr[êe]t[ée]|décision|decision|rapport|avis|vœu|voeu|motion))\s+(?i:n°|no|num[ée]ro)\s*((?:\p{Lu}{1,4}[-\s]?)?\d[\d./-]*)\s*(?:(?i:du|en\s+date\s+du)\s+[^.;]{6,40})?$`)
	agendaHead = lazily(`(?i)^(?:l['’])?ordre\s+du\s+jour`)
	notAnItem  = lazily(`(?i)^(?:article|alinéa|annexe|page|exercice)\s|\b(?:présents?|excusés?|absents?|pouvoirs|secrétaire|quorum)\s*:`)
)

// itemForm is how a record sets off its items.
type itemForm int

const (
	formNumbered itemForm = iota
	formRunIn             // « **Manuels numériques.** Le marché est renouvelé. »
	formHeading
)

// itemsOf lists the points of the agenda where the record treats them, each with the stretch
// from its heading to the next. A record sets off its items in one way: numbers first, since
// they are surest, then run-in titles, then headings. A list of points without a stretch of
// its own is used only when the record has nothing better.
func itemsOf(r *Reading) []AgendaItem {
	if act, ok := soleAct(r); ok {
		return spread(r, []AgendaItem{act})
	}
	treated, announced := map[itemForm][]AgendaItem{}, []AgendaItem(nil)
	agenda := false
	body := afterAttendance(r)
	for i, p := range r.Passages {
		text := p.In(r.Text)
		if agendaHead.MatchString(text) && len(text) < 90 {
			agenda = true
			continue
		}
		item, ok := itemAt(r, i)
		switch {
		case ok && agenda && (p.Kind == KindItem || i+1 < len(r.Passages) && isListed(r, i+1)):
			announced = append(announced, item)
		case ok:
			agenda = false
			treated[formNumbered] = append(treated[formNumbered], item)
		case p.Start >= body && isThemed(p, text):
			treated[formNumbered] = append(treated[formNumbered], AgendaItem{Title: itemTitle(text), Span: p.Span})
		case p.Start >= body && isRunIn(p, text):
			treated[formRunIn] = append(treated[formRunIn], AgendaItem{Title: itemTitle(text[:p.Lead]), Span: p.Span})
		case p.Start >= body && p.Kind == KindHeading && len(text) < 200 && classOf(text) <= listOther && !agendaHead.MatchString(text):
			treated[formHeading] = append(treated[formHeading], AgendaItem{Title: itemTitle(text), Span: p.Span})
		case p.Kind == KindParagraph && len(text) > 160:
			agenda = false
		}
	}
	return spread(r, chosenItems(r, treated, announced))
}

// chosenItems picks the form that the record sets its items off in.
func chosenItems(r *Reading, treated map[itemForm][]AgendaItem, announced []AgendaItem) []AgendaItem {
	numbered := inOrder(treated[formNumbered])
	switch {
	case len(numbered) > 0:
		return withNamed(numbered, treated[formHeading])
	case len(treated[formRunIn]) > 1:
		return treated[formRunIn]
	case len(announced) > 0:
		return announced
	case len(r.Minutes.Attendance)+len(r.Turns) > 0 && len(treated[formHeading]) > 1:
		return treated[formHeading]
	}
	return nil
}

var namedItem = lazily(`(?i)^(?:questions?\s+(?:diverses|orales|d['’]actualité)|points?\s+divers|informations?\s+diverses|divers$|affaires\s+diverses|communications?\s+d[eu]|vœux?\b|voeux?\b|motions?\b)`)

// withNamed adds the usual points that a record leaves without a number.
func withNamed(items, headings []AgendaItem) []AgendaItem {
	for _, h := range headings {
		if namedItem.MatchString(h.Title) && h.Span.Start > items[0].Span.Start {
			items = append(items, h)
		}
	}
	slices.SortStableFunc(items, func(a, b AgendaItem) int { return a.Span.Start - b.Span.Start })
	return items
}

// spread gives each item the stretch up to the next one.
func spread(r *Reading, items []AgendaItem) []AgendaItem {
	for i := range items {
		end := len(r.Text)
		if i+1 < len(items) {
			end = items[i+1].Span.Start
		}
		items[i].Span.End = max(items[i].Span.End, end)
	}
	return items
}

// afterAttendance is where the list of those present ends: headings before it are those of
// the document.
func afterAttendance(r *Reading) int {
	end := 0
	for _, a := range r.Minutes.Attendance {
		if a.Span.Start < 2*headLength && a.Span.End > end {
			end = a.Span.End
		}
	}
	return end
}

// isRunIn says that a passage starts with its title, in bold, before a full stop.
func isRunIn(p Passage, text string) bool {
	if p.Kind == KindHeading || p.Lead < 6 || p.Lead > 200 || p.Lead >= len(text) {
		return false
	}
	lead := strings.TrimRight(text[:p.Lead], " ")
	if !strings.HasSuffix(lead, ".") && !strings.HasPrefix(strings.TrimLeft(text[p.Lead:], " "), ".") && !strings.HasSuffix(lead, " –") {
		return false
	}
	_, isLabel := labelOf(text, p.Lead)
	return !isLabel && len(personsIn(lead)) == 0 && classOf(lead) <= listOther
}

// isBoldReference says that a reference and its title stand in bold before the text that the
// page runs on from them: « **2025/14 – Salle des fêtes** Monsieur le Maire expose ».
func isBoldReference(p Passage, text, number string) bool {
	after := strings.TrimLeft(text[p.Lead:], " ")
	return strings.Contains(number, "/") && p.Lead <= 200 && after != "" && unicode.IsUpper([]rune(cutAt(after, 8))[0])
}

var themed = lazily(`^(\p{Lu}[\p{Lu}\s/'’&.-]{2,60}?)\s*[–/-]\s*\pL`)

// isThemed says that a line begins with its theme in bold capitals: « **FINANCES** – Budget ».
func isThemed(p Passage, text string) bool {
	m := themed.FindStringSubmatch(text)
	return m != nil && p.Kind != KindRow && p.Lead >= len(m[1]) && len(text) <= 260 && len(m[1]) > 2 && classOf(m[1]) <= listOther && len(personsIn(text)) == 0
}

func itemTitle(text string) string {
	return strings.TrimRight(objectLabel.ReplaceAllString(fold(text), ""), " .:;–—-")
}

// objectLabel: « OBJET : Tarification solidaire ».
var objectLabel = lazily(`^(?:OBJET|Objet)\s*:\s*`)

func isListed(r *Reading, i int) bool {
	_, ok := itemAt(r, i)
	return ok
}

// itemAt reads the heading of an item: a numbered heading, short line or run-in title.
func itemAt(r *Reading, i int) (AgendaItem, bool) {
	p := r.Passages[i]
	text := p.In(r.Text)
	if p.Kind == KindRow || p.Kind == KindCue {
		return AgendaItem{}, false
	}
	if p.Lead > 0 && p.Lead < len(text) {
		if m := numberedItem.FindStringSubmatch(text[:p.Lead]); m != nil && (isRunIn(p, text) || isBoldReference(p, text, m[2])) {
			return AgendaItem{Number: m[2], Title: itemTitle(m[3]), Span: p.Span}, true
		}
	}
	if m := actHead.FindStringSubmatch(text); m != nil && i+1 < len(r.Passages) {
		title := r.Passages[i+1].In(r.Text)
		if len(title) > 260 || strings.HasPrefix(plain(title), "vu ") {
			title = text
		}
		return AgendaItem{Number: m[1], Title: itemTitle(title), Span: p.Span}, true
	}
	if len(text) > 260 || notAnItem.MatchString(text) || len(talliesIn(text)) > 0 {
		return AgendaItem{}, false
	}
	if m := numberedItem.FindStringSubmatch(text); m != nil {
		title := itemTitle(m[3])
		sure := p.Kind == KindHeading || m[1] != "" || strings.ContainsAny(m[2], "./-") || p.Lead > len(m[2])
		if gluedDash(text, m[2]) && !isReference(m[2]) {
			return AgendaItem{}, false // « 1- les locaux », of a list; « 2011/66- Admission » is an item
		}
		if !sure && (isSentence(text) || !separated(text, m[2])) || len(daysIn(text)) > 0 && daysIn(text)[0].Start == 0 {
			return AgendaItem{}, false
		}
		return AgendaItem{Number: m[2], Title: title, Span: p.Span}, len(title) > 2
	}
	return AgendaItem{}, false
}

// gluedDash says that a hyphen stands right behind the number.
func gluedDash(text, number string) bool {
	return strings.HasPrefix(text[strings.Index(text, number)+len(number):], "-")
}

// separated says that a sign stands between the number and the words: « 12 conseillers »
// is a count.
func separated(text, number string) bool {
	at := strings.Index(text, number) + len(number)
	return at < len(text) && strings.ContainsAny(strings.TrimLeft(text[at:], " ")[:1], ".)°–—-:")
}

func isSentence(text string) bool {
	return len(text) > 120 && strings.HasSuffix(text, ".")
}

// inOrder keeps the items that belong to one numbering. Small numbers that start again
// (articles of a deliberation, a list inside of an item) are not of it.
func inOrder(items []AgendaItem) []AgendaItem {
	long := 0
	for _, it := range items {
		if isReference(it.Number) {
			long++
		}
	}
	var kept []AgendaItem
	last := 0
	for _, it := range items {
		if long >= 2 {
			if it.Number == "" || isReference(it.Number) {
				kept = append(kept, it)
			}
			continue
		}
		n := orderOf(it.Number)
		if it.Number != "" && n > 0 && (n <= last || n > last+6) && !(last == 0 && n < 30) {
			continue
		}
		if n > 0 {
			last = n
		}
		kept = append(kept, it)
	}
	return kept
}

// isReference says that a number is that of a report or of an act: « 25.03.118 », « 2025/14 ».
func isReference(number string) bool { return strings.ContainsAny(number, "./-") }

// orderOf is the place of an item in a plain numbering; 0 when it has none.
func orderOf(number string) int {
	if n, ok := readCount(number); ok && !isReference(number) {
		return n
	}
	total, last := 0, 0
	for i := len(number) - 1; i >= 0; i-- {
		v := map[byte]int{'I': 1, 'V': 5, 'X': 10}[number[i]]
		if v < last {
			v = -v
		}
		total, last = total+v, max(last, v)
	}
	return total
}

var (
	forAdvice   = lazily(`(?i)\bpour\s+avis\b|\bavis\s+(?:du\s+comité|est\s+|favorable|défavorable|réputé|unanime)|\(avis\)|\bsoumis\s+à\s+l['’]avis`)
	forNotice   = lazily(`(?i)\bpour\s+information\b|\(information\)|\bpoint\s+d['’]information|\bprend(?:nent)?\s+acte|\bpris\s+acte|\bne\s+donne\s+pas\s+lieu\s+à\s+(?:un\s+)?vote|\bsans\s+vote\b|\bcommunication\b`)
	forDecision = lazily(`(?i)\bdélib[èé]r|\bmis(?:e|es)?\s+aux\s+voix|\b(?:adopt|approuv|rejet)(?:e|é|te)|\bdécide\b|\bvote\b`)
	withdrawn   = lazily(`(?i)\bretir(?:é|e)[es]{0,2}[^.;\pL][^.;]{0,40}(?:ordre\s+du\s+jour|vœu|rapport|motion|amendement|$)|\b(?:est|a\s+été)\s+retiré`)
	postponed   = lazily(`(?i)\b(?:report|ajourn|renvoy)é|\b(?:sera|est)\s+(?:ré)?inscrite?\s+à\s+(?:l['’]ordre|une\s+prochaine)`)
	tookNotice  = lazily(`(?i)\bprend(?:nent)?\s+acte|\bpris\s+acte|\bil\s+en\s+est\s+pris\s+acte`)
)

// settle says of each item what it was for and what became of it, by its words and votes.
func (m *Minutes) settle(r *Reading) {
	for i := range m.Items {
		it := &m.Items[i]
		text := it.Span.In(r.Text)
		it.Nature = natureOf(it.Title, text)
		colleges := 0
		for _, v := range m.Votes {
			if v.Commission || !it.Span.Contains(v.Span) || isAboutPart(v.Item) {
				continue
			}
			if natureOf(it.Title, "") == "" {
				it.Nature = natureOfVote(v) // the text may tell of another body's opinion
			}
			switch outcome := outcomeOf(v); {
			case v.College == "" || colleges == 0:
				it.Outcome = outcome
			case it.Outcome != outcome:
				it.Outcome = "" // the colleges disagree
			}
			if v.College != "" {
				colleges++
			}
		}
		switch {
		case it.Outcome != "":
		case withdrawn.MatchString(text):
			it.Outcome = "withdrawn"
		case postponed.MatchString(text):
			it.Outcome = "postponed"
		case tookNotice.MatchString(text):
			it.Outcome = "noted"
		}
	}
}

// isAboutPart says that a vote was on an amendment or a motion, which does not settle the item.
func isAboutPart(item string) bool {
	p := plain(item)
	return strings.Contains(p, "amendement") || strings.HasPrefix(p, "motion") || strings.HasPrefix(p, "question prealable")
}

func natureOf(title, text string) string {
	for _, words := range []string{title, cutAt(text, 2*headLength)} {
		switch {
		case forAdvice.MatchString(words):
			return "avis"
		case forNotice.MatchString(words):
			return "information"
		case forDecision.MatchString(words):
			return "deliberation"
		}
	}
	return ""
}

func natureOfVote(v Vote) string {
	if slices.Contains([]string{"favorable", "défavorable"}, v.Result) {
		return "avis"
	}
	return "deliberation"
}

func outcomeOf(v Vote) string {
	switch v.Result {
	case "adopté", "unanimité", "majorité":
		return "adopted"
	case "rejeté":
		return "rejected"
	case "favorable":
		return "favorable"
	case "défavorable":
		return "defavorable"
	}
	if a, b, _, ok := v.Tally(); ok && a != b {
		if a > b {
			return "adopted"
		}
		return "rejected"
	}
	return ""
}

package evidence

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"contredit/claims"
	"contredit/document"
	"contredit/french"
)

// mandates are the nouns of public mandates and of offices that speak for others, first words
// of a function (CGCT, Code électoral, Code général de la fonction publique on staff
// representation; list made in 2026). Who holds none of them is not named in public.
var mandates = []string{
	"adjoint", "adjointe", "conseiller", "conseillere", "depute", "deputee", "elu", "elue", "maire", "ministre", "porte-parole",
	"prefet", "prefete", "premier", "premiere", "president", "presidente", "questeur", "rapporteur", "rapporteure", "senateur", "senatrice",
	"sous-prefet", "sous-prefete", "vice-president", "vice-presidente",
}

// staff are the nouns of offices that are no mandate: they name the mask.
var staff = []string{
	"agent", "agente", "assistant", "assistante", "attache", "attachee", "chargee", "charge", "chef", "cheffe", "collaborateur", "collaboratrice", "directeur",
	"directrice", "dgs", "dga", "ingenieur", "ingenieure", "medecin", "redacteur", "redactrice", "responsable", "secretaire", "technicien", "technicienne",
}

// assemblies begin the names of bodies whose members are elected by everybody; those of a
// staff committee are not.
var assemblies = []string{"assemblee", "bureau", "commission permanente", "conseil", "metropole", "region", "departement"}

// unions are the short names of the unions represented in the common councils of the three
// public services. « syndicat » is none: a « syndicat mixte » has elected presidents.
var unions = []string{"cfdt", "cfe", "cftc", "cgt", "faft", "fafp", "fa", "fo", "fsu", "snetap", "unsa"}

// unionOf is the union that a function names, as printed; "" when none. « SUD » is one in
// capitals alone.
func unionOf(function string) string {
	for _, word := range strings.FieldsFunc(function, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		name, _, _ := strings.Cut(word, "-") // « CFDT-Interco »
		if name == "SUD" || name == strings.ToUpper(name) && slices.Contains(unions, strings.ToLower(name)) {
			return word
		}
	}
	return ""
}

// isUnion says whether a group is a union. In doubt it is: « Solidaires ».
func isUnion(group string) bool {
	words := french.Words(group)
	return unionOf(strings.ToUpper(group)) != "" || slices.ContainsFunc(words, func(w string) bool {
		return slices.Contains([]string{"syndicat", "syndicale", "intersyndicale", "solidaires"}, w)
	})
}

// HoldsMandate says whether somebody with this function in this group acts in public. Who speaks
// for a union does not: the union is named, and being of it is a matter of the person's own
// (GDPR, article 9).
func HoldsMandate(function, group string) bool {
	if unionOf(function) != "" || isUnion(group) {
		return false
	}
	if strings.TrimSpace(group) != "" {
		return true
	}
	words := french.Words(function)
	for i, w := range words {
		if slices.Contains(mandates, w) || i+1 < len(words) && slices.Contains(mandates, w+"-"+words[i+1]) {
			return true
		}
		if slices.Contains(staff, w) {
			return false // « secrétaire de la présidente »
		}
	}
	return false
}

// Elected says whether a body is an assembly whose members hold a mandate.
func Elected(body string) bool {
	folded := strings.Join(french.Words(body), " ")
	return slices.ContainsFunc(assemblies, func(a string) bool { return folded == a || strings.HasPrefix(folded, a+" ") })
}

// Names masks, in what is published, the persons who hold no public mandate.
type Names struct {
	public  map[string]bool            // folded full names of persons with a mandate
	decided map[string]bool            // folded full names of whom the operator decided, and how
	masked  []string                   // as printed, longest first
	last    map[string]map[string]bool // folded last names of persons with a mandate: their full names
}

// NewNames knows nobody: everybody is masked.
func NewNames() *Names {
	return &Names{public: map[string]bool{}, decided: map[string]bool{}, last: map[string]map[string]bool{}}
}

// Decide enters what the operator decided of somebody: it stands, whatever documents print.
func (n *Names) Decide(name string, public bool) {
	name = collapse(name)
	n.decided[fold(name)] = public
	delete(n.public, fold(name))
	n.enter(name, public)
}

func fold(name string) string { return strings.Join(french.Words(name), " ") }

// Person enters somebody; a mandate that is seen once counts.
func (n *Names) Person(name string, mandate bool) {
	name = collapse(name)
	if _, ok := n.decided[fold(name)]; !ok {
		n.enter(name, mandate)
	}
}

func (n *Names) enter(name string, mandate bool) {
	words := french.Words(name)
	if len(words) == 0 {
		return
	}
	if mandate {
		full, last := strings.Join(words, " "), words[len(words)-1]
		n.public[full] = true
		if len(words) > 1 { // « M. Plessis » alone may be anybody of that name
			if n.last[last] == nil {
				n.last[last] = map[string]bool{}
			}
			n.last[last][full] = true
		}
		return
	}
	if len(words) > 1 && !slices.Contains(n.masked, name) {
		n.masked = append(n.masked, name)
		slices.SortStableFunc(n.masked, func(a, b string) int { return len(b) - len(a) })
	}
}

// Learn enters the persons whom a public document prints.
func (n *Names) Learn(d document.Document, r *document.Reading) {
	if r == nil {
		return
	}
	for _, t := range r.Turns {
		if t.Speaker != "" {
			n.Person(t.Speaker, HoldsMandate(t.Title, "") || HoldsMandate(t.Label, ""))
		}
	}
	if r.Minutes == nil {
		return
	}
	for _, a := range r.Minutes.Attendance {
		// In an assembly whoever is listed without another office is a member of it; the groups of
		// a staff committee are unions, whatever they are called.
		assembly := Elected(orElse(d.Body, r.Minutes.Body))
		n.Person(a.Name, HoldsMandate(a.Function, "") || assembly && (a.Function == "" || a.Group != ""))
	}
}

// Public says whether somebody may be named.
func (n *Names) Public(name, function string) bool {
	words := french.Words(name)
	for full, public := range n.decided {
		if full == strings.Join(words, " ") {
			return public
		}
		if len(words) == 1 && !public && strings.HasSuffix(full, " "+words[0]) && !n.shared(full) {
			return false // « M. Plessis »
		}
	}
	return n.public[fold(name)] || HoldsMandate(function, "")
}

// Speaker is how the speaker of a claim is called in public.
func (n *Names) Speaker(c claims.Claim) string {
	switch words := french.Words(c.Function); {
	case c.Speaker == "" || c.Collective || n.Public(c.Speaker, c.Function):
		return c.Speaker
	case unionOf(c.Function) != "":
		return "un représentant syndical (" + unionOf(c.Function) + ")"
	case slices.ContainsFunc(words, func(w string) bool { return slices.Contains(staff, w) }):
		return "un agent"
	}
	return "un intervenant"
}

// mask is what stands for a name inside a text.
const mask = "[nom masqué]"

// Masks says whether a text names a person without a mandate.
func (n *Names) Masks(text string) bool {
	_, found := n.replace(text, nil)
	return found
}

// Text masks in a text the persons without a mandate.
func (n *Names) Text(text string) string {
	text, _ = n.replace(text, nil)
	return text
}

// replace masks names and moves the spans with the text.
func (n *Names) replace(text string, spans []*claims.Span) (string, bool) {
	changed := false
	for _, name := range n.masked {
		if n.public[fold(name)] {
			continue
		}
		for _, printed := range n.printed(name) {
			for from := 0; ; {
				i := strings.Index(text[from:], printed)
				if i < 0 {
					break
				}
				start, end := from+i, from+i+len(printed)
				if !wordEdge(text, start, end) {
					from = end
					continue
				}
				text = text[:start] + mask + text[end:]
				moveSpans(spans, start, end, len(mask))
				from, changed = start+len(mask), true
			}
		}
	}
	return text, changed
}

// printed are the forms in which minutes print a name: « Odile TRANCHANT », « Mme Tranchant ».
// The last name alone is left where somebody else with a mandate has it too.
func (n *Names) printed(name string) []string {
	first, last, ok := strings.Cut(name, " ")
	if !ok {
		return []string{name}
	}
	upper := strings.ToUpper(last)
	forms := []string{name, first + " " + upper}
	if n.shared(name) {
		return forms
	}
	if public, decided := n.decided[fold(name)]; decided && !public {
		forms = append(forms, last, upper) // who asked not to be named is not named by half
	} else {
		for _, civility := range []string{"M. ", "M.\u00a0", "Mme ", "Mme\u00a0", "Monsieur ", "Madame "} {
			forms = append(forms, civility+last, civility+upper)
		}
	}
	return forms
}

// shared says whether somebody else with a mandate has the same last name.
func (n *Names) shared(name string) bool {
	words := french.Words(name)
	if len(words) == 0 {
		return false
	}
	for full := range n.last[words[len(words)-1]] {
		if public, decided := n.decided[full]; full != strings.Join(words, " ") && (!decided || public) {
			return true
		}
	}
	return false
}

func wordEdge(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	return !unicode.IsLetter(before) && !unicode.IsLetter(after)
}

// moveSpans follows a replacement of [start, end) by so many bytes. A span that it cuts into
// grows or shrinks to the mask's edge.
func moveSpans(spans []*claims.Span, start, end, length int) {
	move := func(at int, isStart bool) int {
		switch {
		case at <= start:
			return at
		case at >= end:
			return at - (end - start) + length
		case isStart:
			return start
		}
		return start + length
	}
	for _, s := range spans {
		s.Start, s.End = move(s.Start, true), move(s.End, false)
	}
}

// Mask is the pair with its persons masked. Quotes with a mask are no exact slices of their
// documents any more; the originals are one link away.
func (n *Names) Mask(p Pair) Pair {
	l := p.Link
	c := &l.Claim
	if public := n.Speaker(*c); public != c.Speaker {
		n.Person(c.Speaker, false)
		c.Speaker, c.Function = public, "" // an office that one person holds is a name
	}
	l.Reasons = slices.Clone(l.Reasons)
	l.Evidence = slices.Clone(l.Evidence)
	var spans []*claims.Span
	for i := range l.Reasons {
		spans = append(spans, &l.Reasons[i].ClaimSpan)
		l.Reasons[i].Text = n.Text(l.Reasons[i].Text)
	}
	c.Quote, _ = n.replace(c.Quote, spans)
	for _, text := range []*string{&c.Before, &c.After, &c.Heading, &c.Lead, &c.Topic, &p.Title} {
		*text = n.Text(*text)
	}
	for i := range l.Evidence {
		var own []*claims.Span
		for k := range l.Reasons {
			if l.Reasons[k].Evidence == i {
				own = append(own, &l.Reasons[k].EvidenceSpan)
			}
		}
		n.maskEvidence(&l.Evidence[i], own)
	}
	if l.Support != nil {
		support := *l.Support
		n.maskEvidence(&support, nil)
		l.Support = &support
	}
	p.Replies, p.Corrections = n.notes(p.Replies), n.notes(p.Corrections)
	p.Earlier = slices.Clone(p.Earlier)
	for i, w := range p.Earlier {
		p.Earlier[i].Lines = nil
		for _, line := range w.Lines {
			p.Earlier[i].Lines = append(p.Earlier[i].Lines, n.Text(line))
		}
	}
	p.Link = l
	return p
}

func (n *Names) maskEvidence(e *claims.Evidence, spans []*claims.Span) {
	e.Quote, _ = n.replace(e.Quote, spans)
	for _, text := range []*string{&e.Before, &e.After, &e.Heading, &e.Title} {
		*text = n.Text(*text)
	}
	if e.Speaker != "" && !n.Public(e.Speaker, "") {
		e.Speaker = "un intervenant"
	}
}

func (n *Names) notes(list []Note) []Note {
	masked := slices.Clone(list)
	for i := range masked {
		masked[i].Text = n.Text(masked[i].Text)
	}
	return masked
}

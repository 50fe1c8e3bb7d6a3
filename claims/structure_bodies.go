package claims

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"contredit/document"
	"contredit/french"
)

// bodyClasses are the institutions that hold meetings, the narrowest first, by the words
// that name them. A vote of one is never taken for a vote of another. From the heads of
// records of regions, departments, communes and staff committees, November 2026.
var bodyClasses = []struct {
	class, name string
	form        *regexp.Regexp
}{
	{"fsst", "formation spécialisée", regexp.MustCompile(`\bformation\s+specialisee|\bf3sct\b|\bchsct\b`)},
	{"cst", "CST", regexp.MustCompile(`\bcomite\s+(?:social(?:\s+territorial|\s+d'administration)?|technique(?:\s+territorial)?)\b|\b(?:cst|csa)\b`)},
	{"cap", "CAP", regexp.MustCompile(`\bcommission\s+administrative\s+paritaire`)},
	{"ceser", "CESER", regexp.MustCompile(`\bconseil\s+economique,?\s+social|\bceser\b`)},
	{"permanente", "commission permanente", regexp.MustCompile(`\bcommission\s+permanente`)},
	{"academique", "conseil académique", regexp.MustCompile(`\bconseil\s+academique|\bcaen\b`)},
	{"developpement", "conseil de développement", regexp.MustCompile(`\bconseil\s+de\s+developpement|\bcodev\b`)},
	{"surveillance", "conseil de surveillance", regexp.MustCompile(`\bconseil\s+de\s+surveillance`)},
	{"ecole", "conseil d’école", regexp.MustCompile(`\bconseils?\s+d'ecoles?\b`)},
	{"bureau", "bureau", regexp.MustCompile(`\bbureau\s+(?:communautaire|metropolitain|municipal|syndical)\b`)},
	{"ca", "conseil d’administration", regexp.MustCompile(`\bconseil\s+d'administration`)},
	{"", "", bodyThematic},
	{"assembly", "assemblée", regexp.MustCompile(`\b(?:(?:l'|cette\s+|notre\s+|votre\s+|en\s+)assemblee(?:\s+(?:pleniere|regionale|departementale|municipale|deliberante))?|hemicycle|(?:seance|session|assemblee)\s+pleniere|conseil\s+(?:regional|departemental|municipal|communautaire|metropolitain|general)|conseillers\s+(?:regionaux|departementaux|municipaux))\b`)},
}

// bodyThematic names a commission or committee by its subject: « commission Culture »,
// « commission locale de l'eau », « comité de la ligne », « comité de Lormeray ».
var bodyThematic = regexp.MustCompile(`\b(commission|comite|conference|observatoire|groupe\s+de\s+travail|reunions?\s+techniques?|rencontres?\s+techniques?)\s*((?:(?:de\s+(?:la\s+|l')?|d'|des\s+|du\s+|chargee?\s+(?:de\s+(?:la\s+|l')?|des\s+|du\s+))?[a-z]{4,}[a-z-]*)?(?:\s+(?:et\s+)?(?:de\s+(?:la\s+|l')?|d'|des\s+|du\s+)[a-z]{3,}[a-z-]*){0,2})`)

// bodyNamed is an institution as a claim names it. A class without stems is enough to know
// it; a thematic one is known by the stems of its name.
type bodyNamed struct {
	Span
	class string
	name  string
	stems []string
}

// bodyIn finds the first institution that a text names, the plainest forms before the
// thematic ones; false when it names none.
func bodyIn(text string) (bodyNamed, bool) {
	var best bodyNamed
	p := plainOf(text)
	found := false
	for _, b := range bodyClasses {
		m := b.form.FindStringIndex(p.s)
		if m == nil {
			continue
		}
		named := bodyNamed{Span: p.span(Span{Start: m[0], End: m[1]}), class: b.class, name: b.name}
		if b.class == "" {
			if named, m = thematicBody(p); m == nil {
				continue
			}
		}
		if !found || named.Start < best.Start {
			best, found = named, true
		}
	}
	return best, found
}

// bodyIn is the function of that name, for whom the glossary has other names of bodies: they go
// before the built-in ones that begin at the same place or later.
func (l *Linker) bodyIn(text string) (bodyNamed, bool) {
	best, found := bodyIn(text)
	ours := false
	for _, alias := range slices.Sorted(maps.Keys(l.Glossary)) {
		span, ok := wholeWords(text, alias)
		if !ok || found && best.Start < span.Start || ours && best.Start == span.Start && best.End >= span.End {
			continue
		}
		named, known := bodyIn(l.Glossary[alias])
		if !known {
			named = bodyNamed{class: "thematic", name: l.Glossary[alias]}
			for _, t := range french.Terms(named.name) {
				if !t.Stop {
					named.stems = append(named.stems, t.Stem)
				}
			}
		}
		if named.Span = span; known || len(named.stems) > 0 {
			best, found, ours = named, true, true
		}
	}
	return best, found
}

// wholeWords is where a name of the glossary first stands in a text, with no letter or digit at its
// ends.
func wholeWords(text, name string) (Span, bool) {
	p, key := plainOf(text), plainOf(name).s
	in := p.s
	if french.IsShortAcronym(name) {
		in, key = text, name
	}
	inside := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	for from := 0; key != ""; {
		i := strings.Index(in[from:], key)
		if i < 0 {
			break
		}
		s := Span{Start: from + i, End: from + i + len(key)}
		before, _ := utf8.DecodeLastRuneInString(in[:s.Start])
		after, _ := utf8.DecodeRuneInString(in[s.End:])
		if !inside(before) && !inside(after) {
			if french.IsShortAcronym(name) {
				return s, true
			}
			return p.span(s), true
		}
		from = s.End
	}
	return Span{}, false
}

func thematicBody(p plainText) (bodyNamed, []int) {
	for _, m := range bodyThematic.FindAllStringSubmatchIndex(p.s, -1) {
		if isPlainClass(p.s[m[0]:m[1]]) {
			continue
		}
		span := p.span(Span{Start: m[0], End: m[1]})
		part := span.In(p.of)
		named := bodyNamed{Span: span, class: "thematic", name: strings.TrimSpace(part)}
		for _, t := range french.Terms(part) {
			if !t.Stop && !isDateWord(t.Text) && !slices.Contains(bodyVerbs, t.Text) {
				named.stems = append(named.stems, t.Stem)
			}
		}
		if len(named.stems) > 1 {
			return named, m
		}
	}
	return bodyNamed{}, nil
}

// bodyVerbs are words after « la commission » that are no part of its name.
var bodyVerbs = []string{"aura", "avait", "avaient", "chargee", "constate", "elle", "emet", "pour", "sera", "sont", "pourtant", "s'est"}

func isPlainClass(part string) bool {
	for _, b := range bodyClasses {
		if b.class != "" && b.class != "assembly" && b.form.MatchString(part) {
			return true
		}
	}
	return false
}

// bodyClassIn is the class of the body that a text names; "" when it names none, or one
// known by its subject only.
func bodyClassIn(text string) string {
	if b, ok := bodyIn(text); ok && b.class != "thematic" {
		return b.class
	}
	return ""
}

// classOf is the class of the body that a name names, "" for none; names come back with every claim.
func (l *Linker) classOf(name string) string {
	class, known := l.classes[name]
	if !known {
		if b, ok := bodyIn(name); ok {
			class = b.class
		}
		l.classes[name] = class
	}
	return class
}

// sitting is the record of one meeting.
type sitting struct {
	record int // index among the records
	class  string
	body   string // name to show
	date   string
	stems  map[string]bool // of the body's name and of the title
	minute *document.Minutes
	formal bool // minutes of the body itself, not somebody's account of them
}

var (
	notASitting = regexp.MustCompile(`^(?:calendrier|composition|glossaire|reglement|note\s+de\s+service|elections|annexe|feuille\s+d'emargement|ordre\s+du\s+jour|convocation|communique)|\b(?:calendrier\s+(?:20\d\d|des|du)|foire\s+aux\s+questions)\b`)
	recordTitle = regexp.MustCompile(`proces[- ]verbal|compte[- ]rendu|releve|seance|reunion|deliberation|\bavis\b`)
)

// sittingOf says which meeting a record is of; false when it records none.
func sittingOf(i int, r *Record) (sitting, bool) {
	title, date, m := r.Title, r.Date, r.Minutes
	if m != nil {
		date = firstFilled(m.Date, date)
	}
	if date == "" || notASitting.MatchString(plainOf(title).s) {
		return sitting{}, false
	}
	s := sitting{record: i, date: date, minute: m, stems: map[string]bool{}}
	named, ok := bodyIn(title)
	if !ok && m != nil && m.Body != "" && !informalTitle.MatchString(plainOf(title).s) {
		named, ok = bodyIn(m.Body)
	}
	switch {
	case ok:
		s.class, s.body = named.class, firstFilled(named.name, title)
	case m == nil && !recordTitle.MatchString(plainOf(title).s):
		return sitting{}, false
	default:
		s.class, s.body = "meeting", title
	}
	for _, text := range []string{title, bodyOfRecord(r)} {
		for _, t := range french.Terms(text) {
			if !t.Stop {
				s.stems[t.Stem] = true
			}
		}
	}
	if s.class == "assembly" && m != nil && m.Body != "" {
		s.body = m.Body
	}
	s.formal = m != nil && (len(m.Attendance) > 2 || len(m.Items) > 1 || len(m.Votes) > 0) && !strings.Contains(french.Fold(r.Document.Body), "syndica")
	return s, true
}

// informalTitle are meetings that prepare or inform, and are no sitting of the body that
// their text speaks of.
var informalTitle = regexp.MustCompile(`\breunions?\s+(?:technique|d'information|publique|de\s+travail)|\bgroupe\s+de\s+travail|\brencontre`)

func bodyOfRecord(r *Record) string {
	if r.Minutes != nil {
		return r.Minutes.Body
	}
	return ""
}

// isOf says that a sitting is one of the body that a claim names.
func (s sitting) isOf(b bodyNamed) bool {
	if b.class != "thematic" {
		return s.class == b.class
	}
	for _, stem := range b.stems {
		if !s.stems[stem] && !(stem == "rencontr" && s.stems["reunion"]) {
			return false
		}
	}
	return true
}

// sittings lists the meetings whose records are indexed, in order of their days.
func (l *Linker) sittings() []sitting {
	if l.met != nil {
		return l.met
	}
	list := []sitting{}
	for _, r := range l.index.records {
		if r.read && r.sitting != nil {
			list = append(list, *r.sitting)
		}
	}
	slices.SortStableFunc(list, func(a, b sitting) int { return strings.Compare(a.date, b.date) })
	l.met = list
	return list
}

var collegeWords = regexp.MustCompile(`\b(?:college|representants)\s+(?:(?:des|du)\s+representants\s+)?(?:du|de\s+la|de\s+l'|des)\s*(personnels?|collectivite|administration|employeurs?|agents|elus)`)

// collegeIn is the college of a staff committee that a text names alone: « personnel »,
// « collectivité »; "" when it names none or both.
func collegeIn(text string) string {
	found := ""
	for _, m := range collegeWords.FindAllStringSubmatch(plainOf(text).s, -1) {
		c := "collectivité"
		if w := m[1]; strings.HasPrefix(w, "personnel") || w == "agents" {
			c = "personnel"
		}
		if found != "" && found != c {
			// « Vote du collège du personnel : … Vote du collège de la collectivité : … »: the
			// numbers read first are those of the first.
			return found
		}
		found = c
	}
	return found
}

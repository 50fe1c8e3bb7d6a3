package document

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// person is somebody named in a text with a civility: « Mme Nadège Fourcaud », « M. GRICOURT ».
type person struct {
	Span            // civility included
	Civility string // « M. » or « Mme »
	Name     string // as printed, without civility
}

const (
	civilityWord = `(?:MM\.?|M[Mm][Ee][Ss]?\.?|Mesdames|Messieurs|M\.|Mr\.?|Mlles?\.?|MLLES?\.?|Monsieur|Madame|Mademoiselle|MONSIEUR|MADAME|Me|Dr\.?)`
	// « M. MMES Anne PRÉVERT, Luc SORIN » and « MM. et Mmes » open a list of both.
	civilities = civilityWord + `(?:(?:\s*[,/]\s*|\s+et\s+|\s+)` + civilityWord + `)*`
	// A particle stands inside a name, never alone.
	nameParticle = `(?:(?:[Dd]e\s+[Ll]a|[Dd]e\s+[Ll]['’]|[Dd]e|[Dd]u|[Dd]es|[Ll]e|[Ll]a|[Dd]ella|[Dd]i|[Dd]a|[Dd]os|[Vv]an(?:\s+[Dd]er)?|[Vv]on|[Ee]l|[Bb]en)\s+|[DdLl]['’]|[Dd]e\s+[Ll]['’])`
	nameToken    = `(?:\p{Lu}\.(?:-?\p{Lu}\.)?|\p{Lu}[\pL]*(?:['’-][\pL]+)*)`
	nameWords    = `(?:` + nameParticle + `)?` + nameToken + `(?:\s+(?:` + nameParticle + `)?` + nameToken + `){0,4}`
)

var (
	civilName = lazily(`(?:^|[^\pL])(` + civilities + `)\s+(` + nameWords + `)`)
	moreNames = lazily(`^\s*(?:,|et|,\s*et|;)\s+(` + nameWords + `)`)
)

// functionWords begin a function, and so end the name that a line prints before it.
// From the attendance lists of regions, departments, communes and staff committees.
var functionWords = map[string]bool{
	"adjoint": true, "adjointe": true, "administrateur": true, "administratrice": true, "cheffe": true, "chef": true,
	"conseiller": true, "conseillère": true, "conseillere": true, "délégué": true, "déléguée": true, "député": true,
	"députée": true, "directeur": true, "directrice": true, "président": true, "présidente": true, "president": true,
	"rapporteur": true, "rapporteure": true, "secrétaire": true, "sénateur": true, "sénatrice": true,
	"vice-président": true, "vice-présidente": true, "maire": true, "présent": true, "présente": true, "excusé": true,
	"excusée": true, "absent": true, "absente": true, "premier": true, "première": true, "responsable": true,
	"membre": true, "invité": true, "invitée": true, "ministre": true, "préfet": true, "préfète": true,
}

// personsIn lists the persons that a text names with a civility, in order.
func personsIn(text string) []person {
	var found []person
	for at := 0; at < len(text); {
		m := civilName.FindStringSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		civil := text[at+m[2] : at+m[3]]
		p, end := personAt(text, at+m[2], at+m[4], at+m[5], civilityOf(civil))
		if p.Name == "" {
			at += m[3]
			continue
		}
		found = append(found, p)
		at = end
		if !isPlural(civil) {
			continue
		}
		for {
			next := moreNames.FindStringSubmatchIndex(text[at:])
			if next == nil {
				break
			}
			p, end := personAt(text, at+next[2], at+next[2], at+next[3], civilityOf(civil))
			if p.Name == "" || isCivility(firstWord(p.Name)) {
				break
			}
			found = append(found, p)
			at = end
		}
	}
	return found
}

func personAt(text string, start, from, to int, civility string) (person, int) {
	name := trimName(text[from:to])
	end := from + len(name)
	return person{Span: Span{Start: start, End: end}, Civility: civility, Name: fold(name)}, end
}

var anyWord = lazily(`\S+`)

// trimName cuts a run of capitalised words where a function or an acronym begins.
func trimName(name string) string {
	end, before := 0, ""
	for i, at := range anyWord.FindAllStringIndex(name, -1) {
		w := name[at[0]:at[1]]
		if functionWords[strings.ToLower(w)] || (i > 0 && isCivility(w)) || (i >= 2 && isAcronym(w) && !isUpper(before)) {
			break
		}
		if !isParticle(w) {
			end = at[1]
		}
		before = w
	}
	return name[:end]
}

func isAcronym(w string) bool {
	return len(w) >= 2 && len(w) <= 7 && isUpper(w)
}

func isUpper(w string) bool {
	return w == strings.ToUpper(w) && strings.ToLower(w) != w
}

func isParticle(w string) bool {
	switch strings.ToLower(w) {
	case "de", "du", "des", "la", "le", "d'", "d’", "von", "van":
		return true
	}
	return false
}

func isPlural(civility string) bool {
	switch strings.TrimRight(civility, ".") {
	case "MM", "Mmes", "MMES", "Mesdames", "Messieurs", "Mlles":
		return true
	}
	return strings.ContainsAny(civility, " ,/")
}

var onlyCivility = lazily(`^` + civilityWord + `$`)

func isCivility(w string) bool { return onlyCivility.MatchString(w) }

// civilityOf gives the two civilities that the records are told apart by; a title that
// fits both gives "".
func civilityOf(printed string) string {
	switch strings.TrimRight(printed, ".") {
	case "M", "MM", "Mr", "Monsieur", "MONSIEUR", "Messieurs":
		return "M."
	case "Mme", "MME", "Mmes", "MMES", "Madame", "MADAME", "Mesdames", "Mlle", "Mlles", "MLLE", "Mademoiselle":
		return "Mme"
	}
	return ""
}

func firstWord(text string) string {
	w, _, _ := strings.Cut(text, " ")
	return w
}

// plain folds case and accents, for comparing names: « LE PRESIDENT » is « le Président ».
func plain(text string) string {
	var b strings.Builder
	for _, c := range norm.NFD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, c):
		case c == '’':
			b.WriteByte('\'')
		case c == 'œ' || c == 'Œ':
			b.WriteString("oe")
		default:
			b.WriteRune(unicode.ToLower(c))
		}
	}
	return b.String()
}

// KnownPerson is somebody that other documents of the same council name in full.
type KnownPerson struct {
	Name     string // « Nadège Fourcaud »
	Civility string // « M. », « Mme »; "" when unknown
	Function string
	Group    string
	listed   bool // of the attendance list

	surname string // folded, of a list that prints it first; "" when it is the last word
}

// directory finds persons by what a text calls them.
type directory struct {
	people []KnownPerson
	at     map[string]int // plain full name to people
}

func newDirectory(people ...KnownPerson) *directory {
	d := &directory{at: map[string]int{}}
	for _, p := range people {
		d.add(p)
	}
	return d
}

// add notes a person; what is already known of the same name is completed.
func (d *directory) add(p KnownPerson) {
	p.Name = readableName(p.Name)
	if p.Name == "" {
		return
	}
	key := plain(p.Name)
	i, known := d.at[key]
	if !known {
		d.at[key] = len(d.people)
		d.people = append(d.people, p)
		return
	}
	q := &d.people[i]
	q.Civility, q.Function, q.Group = either(q.Civility, p.Civility), either(q.Function, p.Function), either(q.Group, p.Group)
	q.listed, q.surname = q.listed || p.listed, either(q.surname, p.surname)
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// find resolves a printed name, complete or not, to one person. Homonyms that the civility
// does not part stay unknown.
func (d *directory) find(civility, name string) (KnownPerson, bool) {
	if found := d.all(civility, name, false); len(found) == 1 {
		return found[0], true
	}
	return KnownPerson{}, false
}

// all lists the persons whom a printed name, complete or not, may mean; listed keeps to
// those of the attendance list. Of two forms of one name it gives the longer: « Fourcaud »
// adds nothing to « Nadège Fourcaud ».
func (d *directory) all(civility, name string, listed bool) []KnownPerson {
	want := strings.Fields(plain(strings.ReplaceAll(name, ".", ". ")))
	if len(want) == 0 {
		return nil
	}
	var found []KnownPerson
next:
	for _, p := range d.people {
		if listed && !p.listed || civility != "" && p.Civility != "" && civility != p.Civility {
			continue
		}
		full := strings.Fields(plain(p.Name))
		if !sameName(full, want) && (p.surname == "" || p.surname != strings.Join(want, " ")) {
			continue
		}
		for i, q := range found {
			other := strings.Fields(plain(q.Name))
			if sameName(full, other) || sameName(other, full) {
				if len(p.Name) > len(q.Name) {
					found[i] = p
				}
				continue next
			}
		}
		found = append(found, p)
	}
	return found
}

// sameName says that the short form is the end of the full name, or its first name and
// surname in the other order, or has an initial for a first name.
func sameName(full, short []string) bool {
	if len(short) > len(full) {
		return false
	}
	if strings.Join(full[len(full)-len(short):], " ") == strings.Join(short, " ") {
		return true
	}
	if len(short) == len(full) && len(full) > 1 {
		turned := append(append([]string{}, full[1:]...), full[0])
		if strings.Join(turned, " ") == strings.Join(short, " ") {
			return true
		}
	}
	if len(short) == len(full) && strings.HasSuffix(short[0], ".") && strings.HasPrefix(full[0], strings.TrimSuffix(short[0], ".")) {
		return strings.Join(full[1:], " ") == strings.Join(short[1:], " ")
	}
	return false
}

// readableName prints surnames in small letters: « Jean-Marc LEVELEUX-TEIXEIRA » is
// « Jean-Marc Leveleux-Teixeira ». Names in small letters stay as printed.
func readableName(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		if isUpper(w) && len([]rune(w)) > 1 && !strings.HasSuffix(w, ".") {
			words[i] = capitalised(w)
		}
	}
	return strings.Join(words, " ")
}

func capitalised(w string) string {
	var b strings.Builder
	start := true
	for _, c := range w {
		if start {
			b.WriteRune(unicode.ToUpper(c))
		} else {
			b.WriteRune(unicode.ToLower(c))
		}
		start = !unicode.IsLetter(c)
	}
	return b.String()
}

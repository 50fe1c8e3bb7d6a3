package review

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"contredit/claims"
	"contredit/french"
	"contredit/store"
)

// directory is who is known, as reviewers put them right.
type directory struct {
	listed   []claims.Listed
	roster   *claims.Roster
	people   []claims.Person
	subjects map[string]string // of the corrections that stand, by key of the name that they give
	used     map[string]bool   // subjects
}

func (p *pages) directory(r *request) (*directory, error) {
	d := &directory{subjects: map[string]string{}, used: map[string]bool{}}
	var err error
	if d.listed, err = p.DB.Directory(r.Context()); err != nil {
		return nil, err
	}
	if d.roster, err = p.DB.Roster(r.Context()); err != nil {
		return nil, err
	}
	put, err := p.DB.Standing(r.Context(), store.OverridePerson)
	if err != nil {
		return nil, err
	}
	for _, o := range put {
		var person claims.Person
		if err := json.Unmarshal([]byte(o.After), &person); err != nil {
			return nil, err
		}
		d.subjects[claims.PersonKey(person.Name)] = o.Subject
		d.used[o.Subject] = true
	}
	d.people = claims.People(d.listed, d.roster)
	return d, nil
}

// find returns the entry of a name, or of somebody who is printed so.
func (d *directory) find(name string) (claims.Person, bool) {
	key := claims.PersonKey(name)
	for _, p := range d.people {
		if claims.PersonKey(p.Name) == key {
			return p, true
		}
	}
	return d.roster.Find(name)
}

// subject is what corrections of an entry are of: the key of the name that it had first.
func (d *directory) subject(name string) string {
	if s, ok := d.subjects[claims.PersonKey(name)]; ok {
		return s
	}
	return d.freeKey(name)
}

// freeKey is the key of a name, or one like it when a renamed entry goes on having that one.
func (d *directory) freeKey(name string) string {
	key := claims.PersonKey(name)
	for n := 2; d.used[key]; n++ {
		key = claims.PersonKey(name) + " " + strconv.Itoa(n)
	}
	return key
}

// peopleLength is how many entries a page shows.
const peopleLength = 200

// names are those to choose from: some browsers are slow with a long list.
func (d *directory) names() []string {
	const most = 1000
	var list []string
	for _, p := range d.people {
		if strings.Contains(claims.PersonKey(p.Name), " ") && len(list) < most {
			list = append(list, p.Name)
		}
	}
	return list
}

type personLine struct {
	claims.Person
	Offices []string
	Put     bool
}

func (r *request) personLine(d *directory, p claims.Person) personLine {
	line := personLine{Person: p}
	for _, o := range p.Offices {
		line.Offices = append(line.Offices, r.officeText(o))
	}
	_, line.Put = d.subjects[claims.PersonKey(p.Name)]
	return line
}

// people lists the directory, or shows one person with what they said: there is no score of
// anybody, here or anywhere.
func (p *pages) people(r *request) error {
	if name := r.FormValue("nom"); name != "" {
		return p.person(r, name)
	}
	d, err := p.directory(r)
	if err != nil {
		return err
	}
	v := struct {
		Words string
		Lines []personLine
		More  int
	}{Words: strings.TrimSpace(r.FormValue("mots"))}
	for _, one := range d.people {
		text := strings.Join(append([]string{one.Name}, one.Variants...), " ")
		for _, o := range one.Offices {
			text += " " + o.Function + " " + o.Group + " " + o.Body
		}
		if !strings.Contains(french.Fold(text), french.Fold(v.Words)) {
			continue
		}
		if len(v.Lines) == peopleLength {
			v.More++
			continue
		}
		v.Lines = append(v.Lines, r.personLine(d, one))
	}
	return r.show("annuaire", "Personnes", v)
}

type personView struct {
	Person    claims.Person
	Known     bool // in the directory
	Seen      int64
	Rows      []officeRow // of the form, empty ones at the end
	Variants  string
	Offices   []officeRow
	Fixes     []fixLine
	Names     []string
	Claims    []store.StoredClaim
	Civilites []string
}

// officeRow is an office with what names it in a form.
type officeRow struct {
	claims.Office
	Key  string
	Text string
}

func (r *request) officeRows(p claims.Person) []officeRow {
	var rows []officeRow
	for _, o := range p.Offices {
		rows = append(rows, officeRow{o, officeKey(o), r.officeText(o)})
	}
	return rows
}

func officeKey(o claims.Office) string {
	return fingerprint(o.Function, o.Group, o.Body, o.From, o.To)
}

// person lists what somebody said, and lets reviewers put right who that is.
func (p *pages) person(r *request, name string) error {
	d, err := p.directory(r)
	if err != nil {
		return err
	}
	if right := d.roster.NameOf(name); right != name {
		return r.redirect(personPath(right))
	}
	v := personView{Person: claims.Person{Name: name}, Civilites: []string{"", "Mme", "M."}, Names: d.names()}
	if known, ok := d.find(name); ok {
		v.Person, v.Known = known, true
	}
	if v.Claims, err = p.DB.SpeakerClaims(r.Context(), name, r.private, 300); err != nil {
		return err
	}
	if v.Fixes, v.Seen, err = r.fixes(store.OverridePerson, d.subject(name)); err != nil {
		return err
	}
	v.Offices = r.officeRows(v.Person)
	v.Rows = append(slices.Clone(v.Offices), officeRow{}, officeRow{})
	v.Variants = strings.Join(v.Person.Variants, "\n")
	return r.show("personne", "Affirmations d’une personne", v)
}

// entry finds whom a form is about, with the subject and the last correction that its page showed.
func (p *pages) entry(r *request) (*directory, claims.Person, store.Override, error) {
	d, err := p.directory(r)
	if err != nil {
		return nil, claims.Person{}, store.Override{}, err
	}
	name, err := r.fixField("etait")
	if err != nil || name == "" {
		return nil, claims.Person{}, store.Override{}, errBadRequest
	}
	one, ok := d.find(name)
	if !ok {
		one = claims.Person{Name: name} // a name that claims have, and no directory
	}
	o := store.Override{Subject: d.subject(one.Name)}
	o.Seen, err = r.seenOf()
	return d, one, o, err
}

// put keeps an entry over the one that was.
func put(o store.Override, was, is claims.Person) (store.Override, error) {
	is, err := is.Tidy()
	if errors.Is(err, claims.ErrNotAPerson) {
		return o, errNotAName
	}
	set, err := store.SetPerson(o.Subject, &was, is)
	set.Seen = o.Seen
	return set, err
}

// setPerson takes the name, the other spellings and the mandates of somebody.
func (p *pages) setPerson(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	d, was, o, err := p.entry(r)
	if err != nil {
		return err
	}
	name, err := r.fixField("nom")
	if err != nil {
		return err
	}
	is := claims.Person{Name: name, Civility: r.PostFormValue("civilite"), Variants: strings.Split(r.PostFormValue("variantes"), "\n")}
	if is.Offices, err = r.offices(); err != nil || len(r.PostFormValue("variantes")) > mostOffices*longestName {
		return errBadRequest
	}
	if claims.PersonKey(was.Name) != claims.PersonKey(is.Name) {
		if _, taken := d.find(is.Name); taken {
			return errTakenName
		}
		is.Variants = append(is.Variants, was.Name)
	}
	set, err := put(o, was, is)
	if err != nil {
		return err
	}
	if _, err := p.DB.SaveOverrides(r.Context(), r.who.Name, set); err != nil {
		return err
	}
	return r.redirect(personPath(name) + "#corrections")
}

// offices are the mandates of a form, a row each.
func (r *request) offices() ([]claims.Office, error) {
	columns := [][]string{r.PostForm["fonction"], r.PostForm["groupe"], r.PostForm["institution"], r.PostForm["du"], r.PostForm["au"]}
	rows := len(columns[0])
	var list []claims.Office
	for _, c := range columns {
		if len(c) != rows || rows > mostOffices {
			return nil, errBadRequest
		}
	}
	for i := range rows {
		for _, c := range columns {
			if len(c[i]) > longestName {
				return nil, errBadRequest
			}
		}
		o := claims.Office{Function: columns[0][i], Group: columns[1][i], Body: columns[2][i], From: columns[3][i], To: columns[4][i]}
		if o.From != "" && !isoDay.MatchString(o.From) || o.To != "" && !isoDay.MatchString(o.To) || o.From != "" && o.To != "" && o.To < o.From {
			return nil, errBadRequest
		}
		list = append(list, o)
	}
	return list, nil
}

// mergePerson makes an entry one more spelling of another.
func (p *pages) mergePerson(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	d, one, o, err := p.entry(r)
	if err != nil {
		return err
	}
	name, err := r.fixField("avec")
	if err != nil {
		return err
	}
	other, ok := d.find(name)
	if !ok {
		return errNoPerson
	}
	if claims.PersonKey(other.Name) == claims.PersonKey(one.Name) {
		return errBadRequest
	}
	history, err := p.DB.Overrides(r.Context(), store.OverridePerson, o.Subject)
	if err != nil {
		return err
	}
	if len(history) > 0 && history[len(history)-1].ID != o.Seen {
		return store.ErrConflict
	}
	set, err := put(store.Override{Subject: d.subject(other.Name), Seen: -1}, other, other.With(one))
	if err != nil {
		return err
	}
	if _, err := p.DB.SaveOverrides(r.Context(), r.who.Name, set); err != nil {
		return err
	}
	return r.redirect(personPath(other.Name) + "#corrections")
}

// splitPerson keeps homonyms apart: the mandates that were ticked are somebody else's.
func (p *pages) splitPerson(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	d, was, o, err := p.entry(r)
	if err != nil {
		return err
	}
	stays, err := r.fixField("reste")
	if err != nil {
		return err
	}
	leaves, err := r.fixField("autre")
	if err != nil {
		return err
	}
	ticked := r.PostForm["mandat"]
	first, second := claims.Person{Name: stays, Civility: was.Civility, Variants: was.Variants}, claims.Person{Name: leaves}
	for _, office := range was.Offices {
		if slices.Contains(ticked, officeKey(office)) {
			second.Offices = append(second.Offices, office)
		} else {
			first.Offices = append(first.Offices, office)
		}
	}
	if len(second.Offices) == 0 || len(second.Offices) != len(ticked) || claims.PersonKey(stays) == claims.PersonKey(leaves) {
		return errBadRequest
	}
	for _, name := range []string{stays, leaves} {
		if _, taken := d.find(name); taken && claims.PersonKey(name) != claims.PersonKey(was.Name) {
			return errTakenName
		}
	}
	if claims.PersonKey(stays) != claims.PersonKey(was.Name) { // the name that is printed is of both now
		first.Variants, second.Variants = append(first.Variants, was.Name), append(second.Variants, was.Name)
	}
	one, err := put(o, was, first)
	if err != nil {
		return err
	}
	two, err := put(store.Override{Subject: d.freeKey(leaves), Seen: -1}, was, second)
	if err != nil {
		return err
	}
	if _, err := p.DB.SaveOverrides(r.Context(), r.who.Name, one, two); err != nil {
		return err
	}
	return r.redirect("/personnes?mots=" + url.QueryEscape(claims.PlainName(stays)))
}

// The errors of a name that somebody is to have.
var (
	errNotAName  = errors.New("not the name of a person")
	errTakenName = errors.New("another person has that name")
)

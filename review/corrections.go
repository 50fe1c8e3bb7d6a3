package review

import (
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"contredit/claims"
	"contredit/store"
)

// The lengths of what is put right, in bytes.
const (
	longestName = 200
	mostOffices = 40
)

// errNoPerson is for a person whom the directory does not have.
var errNoPerson = errors.New("nobody of that name is in the directory")

// fixLine is one line of the history of what was put right.
type fixLine struct {
	store.Override
	When     string
	Text     string
	MayUndo  bool
	Released bool // it takes another back
}

// fixes is the history of a subject, for its page: the last one that stands can be taken back.
func (r *request) fixes(kind store.OverrideKind, subject string) (lines []fixLine, seen int64, err error) {
	if !r.who.signedIn() {
		return nil, 0, nil
	}
	all, err := r.pages.DB.Overrides(r.Context(), kind, subject)
	if err != nil {
		return nil, 0, err
	}
	last := -1
	for i, o := range all {
		seen = o.ID
		lines = append(lines, r.fixLine(o))
		if o.Undoes == 0 && !o.Undone {
			last = i
		}
	}
	if last >= 0 {
		lines[last].MayUndo = true
	}
	return lines, seen, nil
}

func (r *request) fixLine(o store.Override) fixLine {
	line := fixLine{Override: o, When: r.moment(o.At), Text: r.fixText(o), Released: o.Undoes != 0}
	if line.Released {
		line.Text = r.t("annule une correction ; de nouveau : %s", line.Text)
	}
	return line
}

// fixText says what was put right, and what was there before.
func (r *request) fixText(o store.Override) string {
	switch o.Kind {
	case store.OverrideSpeaker:
		return r.t("auteur : %s (avant : %s)", r.speakerText(o.After), r.speakerText(o.Before))
	case store.OverridePerson:
		return r.t("personne : %s (avant : %s)", r.personText(o.After), r.personText(o.Before))
	case store.OverrideBody:
		return r.t("institution du document : %s (avant : %s)", r.plainText(o.After), r.plainText(o.Before))
	case store.OverrideTerm:
		return r.t("glossaire : %s (avant : %s)", r.termText(o.After), r.termText(o.Before))
	}
	return ""
}

func (r *request) speakerText(text string) string {
	var s store.Speaker
	if err := json.Unmarshal([]byte(text), &s); err != nil || s.Name == "" {
		return r.t("inconnu")
	}
	if s.Function != "" {
		return s.Name + ", " + s.Function
	}
	return s.Name
}

func (r *request) plainText(text string) string {
	var s string
	if err := json.Unmarshal([]byte(text), &s); err != nil || s == "" {
		return r.t("aucune")
	}
	return s
}

func (r *request) termText(text string) string {
	var term *store.Term
	if err := json.Unmarshal([]byte(text), &term); err != nil || term == nil {
		return r.t("absent")
	}
	if term.Body == "" {
		return r.t("« %s » n’y est plus", term.Name)
	}
	return r.t("« %s » est « %s »", term.Name, term.Body)
}

func (r *request) personText(text string) string {
	var p *claims.Person
	if err := json.Unmarshal([]byte(text), &p); err != nil || p == nil {
		return r.t("ce que disent les documents")
	}
	parts := []string{strings.TrimSpace(p.Civility + " " + p.Name)}
	for _, o := range p.Offices {
		parts = append(parts, r.officeText(o))
	}
	if len(p.Variants) > 0 {
		parts = append(parts, r.t("aussi écrit %s", strings.Join(p.Variants, ", ")))
	}
	return strings.Join(parts, " · ")
}

func (r *request) officeText(o claims.Office) string {
	var parts []string
	for _, s := range []string{o.Function, o.Group, o.Body} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	switch {
	case o.From != "" && o.To != "":
		parts = append(parts, r.t("du %s au %s", day(r.lang, o.From), day(r.lang, o.To)))
	case o.From != "":
		parts = append(parts, r.t("depuis le %s", day(r.lang, o.From)))
	case o.To != "":
		parts = append(parts, r.t("jusqu’au %s", day(r.lang, o.To)))
	}
	return strings.Join(parts, ", ")
}

// fixForm reads a field of one line from a form.
func (r *request) fixField(name string) (string, error) {
	s := strings.Join(strings.Fields(r.PostFormValue(name)), " ")
	if len(s) > longestName || !utf8.ValidString(s) {
		return "", errBadRequest
	}
	return s, nil
}

// seenOf is the number of the last correction on the page that a form is of.
func (r *request) seenOf() (int64, error) {
	n, err := strconv.ParseInt(r.PostFormValue("vu"), 10, 64)
	if err != nil || n < 0 {
		return 0, errBadRequest
	}
	return n, nil
}

// undoFix takes back what was put right.
func (p *pages) undoFix(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return errNotHere
	}
	if err := p.DB.UndoOverride(r.Context(), id, r.who.Name); err != nil {
		return err
	}
	return r.redirect(backTo(r.PostFormValue("back")))
}

// setSpeaker says who says a claim. Somebody whom the directory does not know enters it.
func (p *pages) setSpeaker(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	c, err := p.DB.StoredClaim(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	seen, err := r.seenOf()
	if err != nil {
		return err
	}
	name, err := r.fixField("nom")
	if err != nil {
		return err
	}
	function, err := r.fixField("fonction")
	if err != nil {
		return err
	}
	list := []store.Override{}
	s := store.Speaker{Name: name, Function: function, Collective: r.PostFormValue("collectif") != ""}
	switch {
	case r.PostFormValue("act") == "unknown":
		s = store.Speaker{}
	case name == "":
		return errBadRequest
	case !s.Collective:
		fresh, err := p.knowSpeaker(r, c, &s)
		if err != nil {
			return err
		}
		list = append(list, fresh...)
	}
	o, err := store.SetSpeaker(c.ID, s)
	if err != nil {
		return err
	}
	o.Seen = seen
	if _, err := p.DB.SaveOverrides(r.Context(), r.who.Name, append([]store.Override{o}, list...)...); err != nil {
		return err
	}
	return r.redirect(backTo(r.PostFormValue("back")))
}

// knowSpeaker gives a speaker the name and, when none was said, the office that the directory has;
// it returns the entry to add for somebody new.
func (p *pages) knowSpeaker(r *request, c store.StoredClaim, s *store.Speaker) ([]store.Override, error) {
	d, err := p.directory(r)
	if err != nil {
		return nil, err
	}
	if known, ok := d.find(s.Name); ok {
		s.Name = known.Name
		if s.Function == "" {
			office, _ := claims.NewDirectoryOf(d.listed).Corrected(d.roster).Resolve(known.Name, c.Body, c.Date)
			s.Function = office.Function
		}
		return nil, nil
	}
	fresh := claims.Person{Name: s.Name}
	if s.Function != "" {
		fresh.Offices = []claims.Office{{Function: s.Function, Body: c.Body}}
	}
	fresh, err = fresh.Tidy()
	if err != nil || !strings.Contains(claims.PersonKey(s.Name), " ") {
		return nil, nil // « un habitant », a surname alone: nobody to be known by it
	}
	o, err := store.SetPerson(d.freeKey(fresh.Name), nil, fresh)
	return []store.Override{o}, err
}

// setBody says of which institution a document is.
func (p *pages) setBody(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	d, err := p.findDocument(r)
	if err != nil {
		return err
	}
	seen, err := r.seenOf()
	if err != nil {
		return err
	}
	body, err := r.fixField("institution")
	if err != nil {
		return err
	}
	if body == "" {
		return errBadRequest
	}
	o, err := store.SetBody(d.Document.URL, body)
	if err != nil {
		return err
	}
	o.Seen = seen
	if _, err := p.DB.SaveOverrides(r.Context(), r.who.Name, o); err != nil {
		return err
	}
	p.meetings.forget()
	return r.redirect("/documents/" + strconv.FormatInt(d.Document.ID, 10) + "#corrections")
}

// forget empties the cache: a body is another.
func (c *meetingCache) forget() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.all = nil
}

// personPath is the page of somebody.
func personPath(name string) string { return "/personnes?nom=" + url.QueryEscape(name) }

// fixAbout is where what was put right is shown.
func fixAbout(o store.Override) string {
	switch o.Kind {
	case store.OverrideSpeaker:
		return "/affirmations/" + o.Subject
	case store.OverrideBody:
		return "/documents?words=" + url.QueryEscape(o.Subject)
	case store.OverridePerson:
		for _, text := range []string{o.After, o.Before} {
			var person *claims.Person
			if err := json.Unmarshal([]byte(text), &person); err == nil && person != nil {
				return personPath(person.Name)
			}
		}
	}
	return "/glossaire"
}

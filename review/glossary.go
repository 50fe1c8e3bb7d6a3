package review

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"contredit/french"
	"contredit/store"
)

type termLine struct {
	Name, Body string
	Put        bool // by a reviewer
	Seen       int64
	Fixes      []fixLine
}

// configured is the glossary of the configuration.
func (p *pages) configured() french.Glossary {
	g := french.Glossary{}
	for _, b := range p.Bodies {
		for _, alias := range b.Aliases {
			g[alias] = b.Name
		}
	}
	return g
}

// glossary shows the other names of bodies, and what reviewers did to them.
func (p *pages) glossary(r *request) error {
	g, err := p.DB.Glossary(r.Context(), p.configured())
	if err != nil {
		return err
	}
	put, err := p.DB.Standing(r.Context(), store.OverrideTerm)
	if err != nil {
		return err
	}
	v := struct {
		Terms  []termLine
		Bodies []string
		Gone   []termLine // taken away
	}{}
	line := func(name, body string) error {
		t := termLine{Name: name, Body: body}
		subject := french.TermKey(name)
		t.Put = slices.ContainsFunc(put, func(o store.Override) bool { return o.Subject == subject })
		var err error
		if t.Fixes, t.Seen, err = r.fixes(store.OverrideTerm, subject); err != nil {
			return err
		}
		if body == "" {
			v.Gone = append(v.Gone, t)
		} else {
			v.Terms = append(v.Terms, t)
		}
		return nil
	}
	for _, name := range slices.SortedFunc(maps.Keys(g), func(a, b string) int { return strings.Compare(french.Fold(a)+a, french.Fold(b)+b) }) {
		if err := line(name, g[name]); err != nil {
			return err
		}
		if !slices.Contains(v.Bodies, g[name]) {
			v.Bodies = append(v.Bodies, g[name])
		}
	}
	for _, o := range put {
		if !slices.ContainsFunc(v.Terms, func(t termLine) bool { return french.TermKey(t.Name) == o.Subject }) {
			var gone store.Term
			if err := json.Unmarshal([]byte(o.After), &gone); err != nil {
				return err
			}
			if err := line(gone.Name, ""); err != nil {
				return err
			}
		}
	}
	for _, b := range p.Bodies {
		if !slices.Contains(v.Bodies, b.Name) {
			v.Bodies = append(v.Bodies, b.Name)
		}
	}
	slices.Sort(v.Bodies)
	return r.show("glossaire", "Glossaire", v)
}

// setTerm adds, puts right or takes away another name of a body.
func (p *pages) setTerm(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	name, err := r.fixField("nom")
	if err != nil {
		return err
	}
	body, err := r.fixField("institution")
	if err != nil {
		return err
	}
	g, err := p.DB.Glossary(r.Context(), p.configured())
	if err != nil {
		return err
	}
	was := g.NameOf(name)
	known := slices.ContainsFunc(slices.Collect(maps.Keys(g)), func(n string) bool { return french.SameTerm(n, name) })
	if !known {
		was = ""
	}
	if r.PostFormValue("act") == "remove" {
		body = ""
	}
	if removes := r.PostFormValue("act") == "remove"; name == "" || removes && !known || !removes && body == "" || french.SameTerm(name, body) {
		return errBadRequest
	}
	o, err := store.SetTerm(name, was, body)
	if err != nil {
		return err
	}
	o.Seen = -1
	if r.PostFormValue("vu") != "" {
		if o.Seen, err = r.seenOf(); err != nil {
			return err
		}
	}
	if _, err := p.DB.SaveOverrides(r.Context(), r.who.Name, o); err != nil {
		return err
	}
	return r.redirect("/glossaire")
}

package review

import (
	"slices"
	"strings"
	"unicode/utf8"

	"contredit/claims"
	"contredit/french"
	"contredit/store"
)

type searchView struct {
	Words   string
	Refused string             // why these words were not searched for
	For     *store.StoredClaim // the claim that a record is looked for; nil for none
	Kinds   []claims.Kind
	Found   []foundLine
	More    bool // others were found
}

type foundLine struct {
	store.Found
	Open string
}

const (
	searchLength  = 50
	longestSearch = 500 // characters
)

func (p *pages) search(r *request) error {
	v := searchView{Words: strings.TrimSpace(r.FormValue("mots"))}
	if utf8.RuneCountInString(v.Words) > longestSearch {
		v.Words, v.Refused = "", r.t("Cette recherche est trop longue : quelques mots suffisent, 500 caractères au plus.")
	}
	if v.Words != "" && !slices.ContainsFunc(french.Terms(v.Words), func(t french.Term) bool { return !t.Stop }) {
		v.Words, v.Refused = "", r.t("Ces mots sont dans presque toutes les phrases : ajoutez un mot qui distingue.")
	}
	if id := r.FormValue("pour"); id != "" {
		c, err := p.DB.StoredClaim(r.Context(), id)
		if err != nil {
			return err
		}
		if !r.sees(c.Visibility) {
			return errNotHere
		}
		v.For, v.Kinds = &c, kindsInOrder[:len(kindsInOrder)-1]
	}
	if v.Words != "" {
		found, err := p.DB.Search(r.Context(), v.Words, searchLength*4)
		if err != nil {
			return err
		}
		for _, f := range found {
			if !r.sees(f.Document.Visibility) || v.For != nil && f.Document.URL == v.For.URL {
				continue
			}
			if v.More = len(v.Found) == searchLength; v.More {
				break
			}
			v.Found = append(v.Found, foundLine{f, openAt(f.Document.URL, f.Passage.Locator, "", f.Document.VideoURL)})
		}
	}
	return r.show("recherche", "Recherche", v)
}

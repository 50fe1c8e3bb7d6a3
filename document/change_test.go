package document_test

import (
	"testing"

	"contredit/document"
)

func TestChangeBetween(t *testing.T) {
	reading := func(text string) *document.Reading { return &document.Reading{Text: text} }
	before, after := reading("Adopté à l’unanimité.\n\nContact : presse"), reading("Adopté à la majorité.\n\nContact : presse")
	c, changed := document.ChangeBetween(before, after)
	if !changed || len(c.Removed) != 1 || c.Removed[0] != "Adopté à l’unanimité." || len(c.Added) != 1 || c.Added[0] != "Adopté à la majorité." {
		t.Errorf("got %+v, %v", c, changed)
	}
	other, _ := document.ChangeBetween(reading("Un autre texte.\n\nAdopté à l’unanimité."), reading("Un autre texte.\n\nAdopté à la majorité."))
	if other.Print != c.Print {
		t.Error("the same change on another page has another print")
	}
	if back, _ := document.ChangeBetween(after, before); back.Print == c.Print {
		t.Error("the change back has the same print")
	}
	if _, changed := document.ChangeBetween(before, reading("Adopté  à l’unanimité.\nContact : presse")); changed {
		t.Error("spaces are taken for a change")
	}
}

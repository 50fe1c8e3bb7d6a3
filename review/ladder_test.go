package review_test

import (
	"strings"
	"testing"
)

func TestSubjectShowsTheLadder(t *testing.T) {
	h := mustHouse(t, nil)
	p := plain(1)
	p.record = "Les organisations syndicales ont été informées du projet."
	addPair(t, h.db, p)
	_, page := h.get("/sujets?nom=Num%C3%A9rique")
	wantAll(t, page, `class="timeline ladder"`, ">co-construit</text>", ">rien</text>", "co-construit («", "informé («", `class="tie"`)
	if strings.Index(page, ">co-construit</text>") > strings.Index(page, ">rien</text>") {
		t.Error("the ladder stands on its head")
	}
}

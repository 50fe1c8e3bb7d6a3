package contredit_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"contredit/evidence"
)

// numbersExported are the only numbers that leave the house: places, counts of a vote, and how
// likely one pair or one sentence is. None of them belongs to a person.
var numbersExported = map[reflect.Type][]string{
	reflect.TypeFor[evidence.DocumentRow](): {"votes.abstain", "votes.against", "votes.for"},
	reflect.TypeFor[evidence.ClaimRow]():    {"at", "page", "worthiness"},
	reflect.TypeFor[evidence.FlagRow](): {"claim.at", "claim.page", "evidence.at", "evidence.page", "missing.at", "missing.page", "reasons.claim_span", "reasons.evidence", "reasons.evidence_span",
		"reasons.strength", "reasons.weight", "score", "support.at", "support.page"},
}

// TestNoScoreOfAPerson holds that no export, page or query reckons how often somebody is right.
func TestNoScoreOfAPerson(t *testing.T) {
	for row, allowed := range numbersExported {
		for _, name := range numbersIn(row, "") {
			if !slices.Contains(allowed, name) {
				t.Errorf("%s exports the number %q: say here whose it is", row.Name(), name)
			}
		}
	}
	// A mean or a sum of scores is one of somebody, whatever it is grouped by.
	reckoned := regexp.MustCompile(`(?is)\b(?:avg|sum|total)\s*\(\s*[^)]*\b(?:score|worthiness|strength)\b`)
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, "_test.go") || !slices.Contains([]string{".go", ".sql"}, filepath.Ext(path)) {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if m := reckoned.Find(text); m != nil {
			t.Errorf("%s reckons %q", path, m)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("review/template/personne.html")
	if err != nil {
		t.Fatal(err)
	}
	if m := regexp.MustCompile(`(?i)score|rate\b|percent|note moyenne|fiabilit`).Find(page); m != nil {
		t.Errorf("the page of a person tells %q", m)
	}
}

// numbersIn are the JSON names of the numbers in a type, those inside of lists and rows too.
func numbersIn(t reflect.Type, prefix string) []string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Array {
		t = t.Elem()
	}
	switch {
	case t.Kind() == reflect.Struct:
		var list []string
		for field := range t.NumField() {
			f := t.Field(field)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name != "-" && f.IsExported() {
				list = append(list, numbersIn(f.Type, strings.TrimPrefix(prefix+"."+name, "."))...)
			}
		}
		return list
	case t.Kind() >= reflect.Int && t.Kind() <= reflect.Float64:
		return []string{prefix}
	}
	return nil
}

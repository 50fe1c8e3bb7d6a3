// Package contredit_test pins what holds for the whole tree: who may import whom.
package contredit_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// mayImport is the drawing of the house: arrows go one way. Packages that are not named here
// may not exist; cmd/contredit may import all of them, and nothing imports it.
var mayImport = map[string][]string{
	"french":        {},
	"document":      {"french"}, // dates, numbers and names in words are French before they are minutes
	"document/pdf":  {"document"},
	"document/ocr":  {"document"},
	"crawler":       {"document", "french"},
	"claims":        {"document", "french"},
	"claims/judge":  {"claims"},
	"digest":        {"claims", "document", "french"},
	"evidence":      {"claims", "document", "french"},
	"gold":          {"claims", "evidence"},
	"store":         {"claims", "crawler", "digest", "document", "evidence", "french"},
	"api":           {"claims", "document", "evidence", "store"},
	"publish":       {"claims", "evidence"},
	"pipeline":      {"claims", "crawler", "document", "french", "store"},
	"review":        {"claims", "digest", "document", "evidence", "french", "store"},
	"cmd/contredit": {"api", "claims", "claims/judge", "crawler", "digest", "document", "document/ocr", "document/pdf", "evidence", "french", "gold", "pipeline", "publish", "review", "store"},
}

// tools are programs that build or measure; nothing imports them.
var tools = []string{"bench/", "french/lexicon/build"}

// pure packages read no clock, file, network or database.
var pure = []string{"french", "document", "claims"}

type listed struct {
	ImportPath string
	Imports    []string
}

func TestArrowsGoOneWay(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, "contredit/")
		if p.ImportPath == "contredit" || isTool(name) {
			continue
		}
		allowed, known := mayImport[name]
		if !known {
			t.Errorf("package %s is not in the drawing of the house", name)
			continue
		}
		for _, i := range p.Imports {
			if to, ours := strings.CutPrefix(i, "contredit/"); ours && !slices.Contains(allowed, to) {
				t.Errorf("%s imports %s", name, to)
			}
			if slices.Contains(pure, name) && slices.Contains([]string{"database/sql", "net", "net/http", "os", "os/exec"}, i) {
				t.Errorf("%s is pure and imports %s", name, i)
			}
			if i == "database/sql" && name != "store" {
				t.Errorf("%s speaks SQL", name)
			}
		}
	}
}

func isTool(name string) bool {
	return slices.ContainsFunc(tools, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}

func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-tags", "sqlite_fts5", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

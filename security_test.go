package contredit_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestSecurityNamesTestsThatExist holds SECURITY.md to its word: each test it names is in the
// package that it names.
func TestSecurityNamesTestsThatExist(t *testing.T) {
	text, err := os.ReadFile("SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	cell := regexp.MustCompile("`([a-z/]+)` ((?:(?:Test|Fuzz)[A-Za-z/]+(?:, )?)+)")
	named := 0
	for _, m := range cell.FindAllStringSubmatch(string(text), -1) {
		have := testsOf(t, m[1])
		for name := range strings.SplitSeq(strings.TrimSuffix(m[2], ", "), ", ") {
			named++
			function, part, _ := strings.Cut(name, "/")
			if source, ok := have[function]; !ok || !strings.Contains(source, part) {
				t.Errorf("SECURITY.md names %s, which package %s does not have", name, m[1])
			}
		}
	}
	if named < 25 {
		t.Errorf("%d tests named: the table is not read as it is written", named)
	}
}

// testsOf are the test functions of a package, with the source of their file.
func testsOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]string{}
	for _, name := range files {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, source, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				have[f.Name.Name] = string(source)
			}
		}
	}
	return have
}

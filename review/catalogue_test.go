package review

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"
)

// This test lies inside the package: the catalogue is no business of anybody else.

var (
	action     = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	translated = regexp.MustCompile(`(?:^|[^\w.$])t ("(?:[^"\\]|\\.)*")`)
	counted    = regexp.MustCompile(`(?:^|[^\w.$])n (?:\([^)]*\)|[\w.$]+) ("(?:[^"\\]|\\.)*") ("(?:[^"\\]|\\.)*")`)
)

// messageArguments are the arguments of the functions that translate.
var messageArguments = map[string][]int{"t": {0}, "translate": {1}, "count": {2, 3}, "show": {1}, "showStatus": {2}}

// messageVariables are assigned what is translated later.
var messageVariables = map[string]bool{"sentence": true, "title": true}

// messages gives every message of the templates and of the Go files, with where it is.
func messages(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	add := func(literal, where string) {
		text, err := strconv.Unquote(literal)
		if err != nil {
			t.Fatalf("%s: %s: %v", where, literal, err)
		}
		if text != "" {
			all[text] = where
		}
	}
	names, err := fs.Glob(files, "template/*.html")
	if err != nil || len(names) == 0 {
		t.Fatalf("templates: %v (%v)", names, err)
	}
	for _, name := range names {
		content, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range action.FindAllString(string(content), -1) {
			for _, found := range [][][]string{translated.FindAllStringSubmatch(a, -1), counted.FindAllStringSubmatch(a, -1)} {
				for _, m := range found {
					for _, literal := range m[1:] {
						add(literal, name)
					}
				}
			}
		}
	}
	goMessages(t, add)
	return all
}

func goMessages(t *testing.T, add func(literal, where string)) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	text := func(e ast.Expr, where string) {
		if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
			add(l.Value, where)
		}
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				for _, i := range messageArguments[called(n)] {
					if i < len(n.Args) {
						text(n.Args[i], name)
					}
				}
			case *ast.AssignStmt:
				for i, left := range n.Lhs {
					if id, ok := left.(*ast.Ident); ok && messageVariables[id.Name] && len(n.Rhs) == len(n.Lhs) {
						text(n.Rhs[i], name)
					}
				}
			case *ast.ValueSpec:
				nameTable(n, func(e ast.Expr) { text(e, name) })
			}
			return true
		})
	}
}

func called(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// nameTable gives the words of the tables of names.
func nameTable(v *ast.ValueSpec, text func(ast.Expr)) {
	if len(v.Names) != 1 || len(v.Values) != 1 {
		return
	}
	table, ok := v.Values[0].(*ast.CompositeLit)
	if !ok || !strings.HasSuffix(v.Names[0].Name, "Names") && v.Names[0].Name != "rejections" && v.Names[0].Name != "refusals" && v.Names[0].Name != "roleOfDocument" || v.Names[0].Name == "monthNames" {
		return
	}
	for _, e := range table.Elts {
		switch e := e.(type) {
		case *ast.KeyValueExpr:
			text(e.Value)
		case *ast.CompositeLit:
			text(e.Elts[len(e.Elts)-1])
		}
	}
}

var verb = regexp.MustCompile(`%[sd]`)

func TestEnglishCatalogue(t *testing.T) {
	all := messages(t)
	if len(all) < 200 {
		t.Fatalf("%d messages found: the test would find nothing missing", len(all))
	}
	var missing []string
	for message, where := range all {
		words, ok := english[message]
		switch {
		case !ok:
			missing = append(missing, where+": "+message)
		case strings.Join(verb.FindAllString(message, -1), "") != strings.Join(verb.FindAllString(words, -1), ""):
			t.Errorf("%q takes other values than %q", words, message)
		case strings.TrimSpace(words) == "":
			t.Errorf("%q is empty in English", message)
		}
	}
	sort.Strings(missing)
	for _, m := range missing {
		t.Errorf("no English for %s", m)
	}
	for message := range english {
		if all[message] == "" {
			t.Errorf("nothing says %q any longer", message)
		}
	}
}

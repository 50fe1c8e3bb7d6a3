package document_test

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestEveryPatternCompiles compiles every expression that the package leaves for its first use.
func TestEveryPatternCompiles(t *testing.T) {
	set, files := token.NewFileSet(), []*ast.File{}
	list, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, e.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	// What other packages declare stays unknown; constants of this one are all that expressions are made of.
	_, _ = (&types.Config{Error: func(error) {}}).Check("document", set, files, info)
	seen := 0
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if name, ok := call.Fun.(*ast.Ident); !ok || name.Name != "lazily" {
				return true
			}
			seen++
			value := info.Types[call.Args[0]].Value
			if value == nil {
				t.Errorf("%s: the expression is no constant", set.Position(call.Pos()))
			} else if _, err := regexp.Compile(constant.StringVal(value)); err != nil {
				t.Errorf("%s: %v", set.Position(call.Pos()), err)
			}
			return true
		})
	}
	if seen < 100 {
		t.Errorf("%d expressions were looked at", seen)
	}
}

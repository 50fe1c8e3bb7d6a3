package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	// A reader of PDF files, and a daemon, start this very program as their worker: it must not run the tests there.
	if len(os.Args) > 1 && (os.Args[1] == pdfWorkerName || os.Args[1] == workerName) {
		main()
		return
	}
	testscript.Main(m, map[string]func(){"contredit": main})
}

// TestScripts runs every file of testdata/script: whole command lines and what they print.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:  filepath.Join("testdata", "script"),
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"changed": changedLines, "grab": grab, "serve": serveFolder},
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir)
			return nil
		},
	})
}

// changedLines is « changed BEFORE AFTER N »: how many lines of BEFORE are no longer in AFTER.
func changedLines(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 3 {
		ts.Fatalf("usage: changed BEFORE AFTER N")
	}
	after := map[string]bool{}
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		after[line] = true
	}
	n := 0
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		if !after[line] {
			n++
		}
	}
	if want := args[2]; strconv.Itoa(n) != want {
		ts.Fatalf("%d line(s) of %s changed in %s, want %s", n, args[0], args[1], want)
	}
}

// grab is « grab NAME EXPRESSION »: what the expression's first group finds in the last output
// is then $NAME.
func grab(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 2 {
		ts.Fatalf("usage: grab NAME EXPRESSION")
	}
	expression, err := regexp.Compile(args[1])
	ts.Check(err)
	found := expression.FindStringSubmatch(ts.ReadFile("stdout"))
	if len(found) < 2 {
		ts.Fatalf("%s is not in the output", args[1])
	}
	ts.Setenv(args[0], found[1])
}

// serveFolder is « serve FOLDER »: a site on loopback with these files, whose address is then $SITE.
func serveFolder(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 1 {
		ts.Fatalf("usage: serve FOLDER")
	}
	server := httptest.NewServer(http.FileServer(http.Dir(ts.MkAbs(args[0]))))
	ts.Defer(server.Close)
	ts.Setenv("SITE", server.URL)
}

// The gold and the scorer are test data: what the demo prints cannot depend on them, for the
// program does not hold them and the demo's script runs where they cannot be reached.
func TestProgramHoldsNoGold(t *testing.T) {
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(program, []byte("<h1>Procès-verbal")) && !bytes.Contains(program, []byte("Val-de-Brenne")) {
		t.Fatal("the fictional council itself was not found in the program: this check would find nothing")
	}
	checked := 0
	for _, name := range []string{"claims.jsonl", "links.jsonl"} {
		gold, err := os.Open(filepath.Join("..", "..", "bench", "score", "gold", name))
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(gold)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var row struct{ ID, Why string }
			if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
				t.Fatal(err)
			}
			if len(row.Why) < 30 {
				continue
			}
			checked++
			if bytes.Contains(program, []byte(row.Why)) {
				t.Errorf("the program holds the gold's note on %s", row.ID)
			}
		}
		if err := errors.Join(lines.Err(), gold.Close()); err != nil {
			t.Fatal(err)
		}
	}
	if checked < 100 {
		t.Errorf("%d notes of the gold were looked for, want at least 100", checked)
	}
}

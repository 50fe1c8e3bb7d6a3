package gold_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"contredit/claims"
	"contredit/evidence"
	"contredit/gold"
)

const (
	folder = "../bench/score/gold"
	base   = "http://127.0.0.1:8000/"
)

// exports are made of the truth itself, with faults put in: some rows left out, some flags
// on the wrong record, some quotes cut.
func exports(t *testing.T) (documents []evidence.DocumentRow, rows []evidence.ClaimRow, flags []evidence.FlagRow) {
	t.Helper()
	set, err := gold.Read(folder, "")
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range set.Documents {
		if i%11 == 3 {
			continue
		}
		row := evidence.DocumentRow{URL: base + d.Path, Title: d.Title, Date: d.Date, Present: d.Present, Excused: d.Excused}
		for k, v := range d.Votes {
			if (i+k)%4 != 1 {
				row.Votes = append(row.Votes, evidence.VoteRow{Result: v.Result, For: v.For, Against: v.Against, Abstain: v.Abstain})
			}
		}
		if i%5 == 2 {
			row.Date, row.Present = "2020-01-01", append([]string{"Mme Personne"}, d.Present...)
		}
		documents = append(documents, row)
	}
	claimOf := map[string]gold.Claim{}
	for i, c := range set.Claims {
		claimOf[c.ID] = c
		row := evidence.ClaimRow{URL: base + c.Path + "?x=1#y", Quote: c.Quote, Speaker: c.Speaker, Worth: c.Worth != (i%7 == 0), At: c.At, Page: c.Page}
		if i%6 == 1 {
			row.Speaker, row.Quote = "M. le Président", strings.ToUpper(c.Quote[len(c.Quote)/4:])
		}
		rows = append(rows, row)
	}
	for i, l := range set.Links {
		if i%3 == 1 {
			continue
		}
		c := claimOf[l.Claim]
		f := evidence.FlagRow{Kind: claims.Kind(l.Kind), Score: float64(i%10) / 10, Claim: evidence.FlagClaim{URL: base + c.Path, Quote: c.Quote}, Body: l.Body}
		if i%8 == 5 {
			f.Kind = claims.KindNumber
		}
		for k, e := range l.Evidence {
			quote := e.Quote
			row := evidence.FlagEvidence{URL: base + e.Path, Quote: &quote}
			if quote == "" {
				row.Quote = nil
			}
			if k < 3 || f.Kind == claims.KindAbsence {
				f.Evidence = append(f.Evidence, row)
			}
		}
		flags = append(flags, f, f)
	}
	return documents, rows, flags
}

// TestFiguresAreThoseOfTheScorer holds that both programs print the same on exports with
// faults in them.
func TestFiguresAreThoseOfTheScorer(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not here: nothing to compare with")
	}
	documents, rows, flags := exports(t)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "documents"), documents)
	write(t, filepath.Join(dir, "claims"), rows)
	write(t, filepath.Join(dir, "flags"), flags)
	for _, half := range []string{"", "odd", "even"} {
		args := []string{"../bench/score/score.py", folder, "--base", base, "--documents", filepath.Join(dir, "documents"),
			"--claims", filepath.Join(dir, "claims"), "--flags", filepath.Join(dir, "flags")}
		if half != "" {
			args = append(args, "--half", half)
		}
		out, err := exec.Command(python, args...).CombinedOutput()
		if err != nil {
			t.Fatalf("score.py: %v\n%s", err, out)
		}
		set, err := gold.Read(folder, half)
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		set.ScoreDocuments(documents, base, nil).Print(&got)
		set.ScoreClaims(rows, base, nil).Print(&got)
		set.ScoreLinks(flags, base, nil).Print(&got)
		if want := plain(string(out)); plain(got.String()) != want {
			t.Errorf("half %q: got\n%s\nwant\n%s", half, plain(got.String()), want)
		}
	}
}

var (
	marks   = regexp.MustCompile(`[{}',:]`)
	ofTraps = regexp.MustCompile(`(?m)^  traps  .*\n`) // how many there are, not how many were sprung
)

func plain(out string) string {
	return ofTraps.ReplaceAllString(strings.Join(strings.Split(marks.ReplaceAllString(out, ""), "\n"), "\n"), "")
}

func write[T any](t *testing.T, path string, rows []T) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	w := bufio.NewWriter(file)
	for _, row := range rows {
		if err := json.NewEncoder(w).Encode(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
}

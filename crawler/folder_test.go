package crawler_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"contredit/crawler"
	"contredit/document"
)

// dropped is a folder with files of these contents.
func dropped(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func dropSource(folder string) crawler.Source {
	return crawler.Source{
		Name: "PV du CST", Role: document.RoleRecord, Body: "CST", Form: crawler.FormFolder, Start: []string{folder},
		Visibility: document.Private,
	}
}

func exists(folder string, name ...string) bool {
	_, err := os.Lstat(filepath.Join(append([]string{folder}, name...)...))
	return err == nil
}

func TestDropFolder(t *testing.T) {
	folder := dropped(t, map[string]string{
		"pv.txt":            "Procès-verbal du comité.",
		"pv.txt.toml":       "title = \"PV du 12 mars\"\ndate = \"2026-03-12\"\nurl = \"https://cst.example/pv-12-mars\"\n",
		"avis.txt":          "Avis du comité.",
		"tableau.xlsx":      "PK\x03\x04 tableur",
		"faux.txt":          "Texte",
		"faux.txt.toml":     "date = \"12 mars\"\n",
		"inconnu.txt":       "Texte",
		"inconnu.txt.toml":  "auteur = \"x\"\n",
		"vide.txt":          "",
		"en-cours.pdf.part": "%PDF",
	})
	c, m, k := newClock(), newMemory(), newKept()
	report := mustCrawl(t, visitor(m, c), dropSource(folder), k)
	if report.New != 2 || len(report.Problems) != 4 {
		t.Fatalf("%d new, problems %v", report.New, report.Problems)
	}
	doc := k.docs["https://cst.example/pv-12-mars"]
	if doc.Title != "PV du 12 mars" || doc.Date != "2026-03-12" || doc.Visibility != document.Private {
		t.Errorf("provenance was not taken: %+v", doc)
	}
	for _, done := range []string{"pv.txt", "pv.txt.toml", "avis.txt"} {
		if exists(folder, done) || !exists(folder, crawler.DoneFolder, done) {
			t.Errorf("%s was not moved to %s", done, crawler.DoneFolder)
		}
	}
	for refused, reason := range map[string]string{"tableau.xlsx": "forme inconnue", "faux.txt": "12 mars", "inconnu.txt": "permis", "vide.txt": "vide"} {
		if exists(folder, refused) || !exists(folder, crawler.RefusedFolder, refused) {
			t.Errorf("%s was not moved to %s", refused, crawler.RefusedFolder)
		}
		note, err := os.ReadFile(filepath.Join(folder, crawler.RefusedFolder, refused+".raison.txt"))
		if err != nil || !strings.Contains(string(note), reason) {
			t.Errorf("reason of %s: %q, %v", refused, note, err)
		}
	}
	if !exists(folder, "en-cours.pdf.part") {
		t.Error("a file that is still being copied was taken")
	}
	if again := mustCrawl(t, visitor(m, c), dropSource(folder), k); again.Found != 0 || len(again.Problems) != 0 {
		t.Errorf("second run: %d found, %v", again.Found, again.Problems)
	}
}

func TestDropFolderKeepsBothFilesOfOneName(t *testing.T) {
	folder := dropped(t, map[string]string{"pv.txt": "Première version."})
	c, m, k := newClock(), newMemory(), newKept()
	mustCrawl(t, visitor(m, c), dropSource(folder), k)
	if err := os.WriteFile(filepath.Join(folder, "pv.txt"), []byte("Seconde version."), 0o600); err != nil {
		t.Fatal(err)
	}
	if report := mustCrawl(t, visitor(m, c), dropSource(folder), k); report.Changed != 1 {
		t.Errorf("%d changed, want the second version of one document", report.Changed)
	}
	entries, err := os.ReadDir(filepath.Join(folder, crawler.DoneFolder))
	if err != nil || len(entries) != 2 {
		t.Errorf("%d files in %s, want both: %v", len(entries), crawler.DoneFolder, err)
	}
}

// TestDropFolderStaysInside holds that a link does not read what lies outside the folder.
func TestDropFolderStaysInside(t *testing.T) {
	folder := dropped(t, nil)
	secret := filepath.Join(t.TempDir(), "secret.txt")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(folder, "pv.txt")); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	k := newKept()
	report := mustCrawl(t, visitor(newMemory(), newClock()), dropSource(folder), k)
	if len(k.docs) != 0 || len(report.Problems) != 1 {
		t.Errorf("kept %v, problems %v", k.docs, report.Problems)
	}
}

func TestMissingDropFolderIsAnAlarm(t *testing.T) {
	report := mustCrawl(t, visitor(newMemory(), newClock()), dropSource(filepath.Join(t.TempDir(), "absent")), newKept())
	if len(report.Problems) != 1 || report.Problems[0].Kind != crawler.KindFolder || len(report.Alarms) != 1 {
		t.Errorf("problems %v, alarms %v", report.Problems, report.Alarms)
	}
}

// TestLongNamesAreRead: a name as long as a file may have leaves no room for the endings of a
// provenance and of a reason.
func TestLongNamesAreRead(t *testing.T) {
	long := strings.Repeat("é", 124)
	folder := dropped(t, map[string]string{long + ".txt": "Procès-verbal du comité.", long + ".xyz": "?", "zz.txt": "Le dernier."})
	report := mustCrawl(t, visitor(newMemory(), newClock()), dropSource(folder), newKept())
	if report.New != 2 || len(report.Problems) != 1 {
		t.Errorf("%d new, problems %v", report.New, report.Problems)
	}
	if !exists(folder, crawler.DoneFolder, long+".txt") || !exists(folder, crawler.RefusedFolder, long[:240]+".raison.txt") {
		t.Error("a file or the reason of another is not in its place")
	}
}

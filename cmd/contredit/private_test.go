package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"contredit/api"
	"contredit/claims"
	"contredit/digest"
	"contredit/document"
	"contredit/review"
	"contredit/store"
)

// secret stands in every text, title and address of what is private.
const secret = "ZIBELINE"

// houseWithSecrets is a database with a published pair whose supporting record is private, a
// confirmed pair that rests on a private record, a claim in a private document, and a public
// copy of a private document. It returns the configuration's path and the published pair.
func houseWithSecrets(t *testing.T) (config, published string) {
	t.Helper()
	ctx := t.Context()
	dir := t.TempDir()
	config = filepath.Join(dir, "c.toml")
	text := "[instance]\nname = \"Veille Exemple\"\ncontact = \"mailto:nous@veille.example\"\n[publish]\nurl = \"https://veille.example/paires/\"\n" +
		"[[source]]\nname = \"Région\"\nrole = \"statement\"\nbody = \"Région Exemple\"\nform = \"listing\"\nstart = [\"https://region.example/presse\"]\n" +
		"[[source]]\nname = \"Dépôt " + secret + "\"\nrole = \"record\"\nbody = \"CST\"\nform = \"folder\"\nstart = [\"depot-" + secret + "\"]\nvisibility = \"private\"\n" +
		"[[digest]]\nname = \"Lundi\"\nrecipients = [\"a@b.example\"]\nstates = [\"new\", \"confirmed\", \"published\"]\narchive = true\n" +
		"[[body]]\nname = \"CST\"\ncalendar = [\"2026-02-10\"]\n"
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(ctx, filepath.Join(dir, "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	db.Now = func() time.Time { return time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC) }
	said, written := "Nous avons travaillé en co-construction.", "Le point est présenté pour information."
	speech := keepText(t, db, "https://region.example/discours", document.Public, document.RoleStatement, said)
	keepText(t, db, "https://region.example/pv.pdf", document.Public, document.RoleRecord, written)
	hidden := keepText(t, db, "file:///depot/"+secret+".pdf", document.Private, document.RoleRecord, "Le comité "+secret+" a travaillé en co-construction.")
	copied := keepText(t, db, "https://region.example/copie.pdf", document.Public, document.RoleRecord, "Une copie.")
	if err := db.MarkDuplicate(ctx, copied.Document, hidden.Document); err != nil {
		t.Fatal(err)
	}
	c := claims.Claim{ID: "00000000000000c1", URL: "https://region.example/discours", Span: claims.Span{End: len(said)}, Quote: said, Speaker: "Odile Tranchant", Function: "présidente",
		Date: "2026-01-14", Worth: true, Visibility: document.Public}
	own := claims.Claim{ID: "00000000000000c2", URL: "file:///depot/" + secret + ".pdf", Span: claims.Span{End: len("Le comité " + secret)}, Quote: "Le comité " + secret, Speaker: secret, Date: "2026-01-10",
		Worth: true, Visibility: document.Private}
	if err := db.SaveExtraction(ctx, speech.Document, speech.Snapshot, []claims.Claim{c}, nil); err != nil {
		t.Fatal(err)
	}
	if err := db.SaveExtraction(ctx, hidden.Document, hidden.Snapshot, []claims.Claim{own}, nil); err != nil {
		t.Fatal(err)
	}
	against := claims.Evidence{URL: "https://region.example/pv.pdf", Title: "Procès-verbal", Body: "CST", Date: "2026-02-03", Span: claims.Span{End: len(written)}, Quote: written, Visibility: document.Public}
	support := claims.Evidence{URL: "file:///depot/" + secret + ".pdf", Title: secret, Body: "CST", Date: "2026-01-10", Quote: "Le comité " + secret, Visibility: document.Private}
	reason := []claims.Reason{{Rule: "PARTICIPATION-1", Kind: claims.KindScope, ClaimSpan: claims.Span{Start: 5, End: 10}, EvidenceSpan: claims.Span{End: 8}, Text: "Deux degrés plus bas."}}
	open := claims.Link{ID: "00000000000000aa", Claim: c, Kind: claims.KindScope, Score: .9, Calibration: "initiale", Visibility: document.Public, Evidence: []claims.Evidence{against}, Reasons: reason, Support: &support}
	private := claims.Link{ID: "00000000000000bb", Claim: c, Kind: claims.KindNegation, Score: .8, Calibration: "initiale", Visibility: document.Private, Evidence: []claims.Evidence{support}}
	if err := db.SaveLinks(ctx, c.ID, []claims.Link{open, private}); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{open.ID, private.ID} {
		if _, err := db.SaveVerdict(ctx, claims.Verdict{Link: id, Reviewer: "Relecteur " + secret, Decision: claims.StatusConfirmed, Note: "note " + secret}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.SaveVerdict(ctx, claims.Verdict{Link: open.ID, Reviewer: "Relecteur " + secret, Decision: claims.StatusPublished}); err != nil {
		t.Fatal(err)
	}
	for kind, text := range map[string]string{store.RemarkReply: "Nous répondons.", store.RemarkNote: "note " + secret} {
		if err := db.SaveRemarks(ctx, []string{open.ID}, store.Remark{Kind: kind, Reviewer: "Relecteur " + secret, Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	return config, open.ID
}

func keepText(t *testing.T, db *store.DB, url string, visibility document.Visibility, role document.Role, text string) store.Kept {
	t.Helper()
	digest := sha256.Sum256([]byte(text))
	title := "Titre"
	if visibility == document.Private {
		title += " " + secret
	}
	kept, err := db.SaveSnapshot(t.Context(), document.Document{URL: url, Source: "s", Title: title, Role: role, Body: "Région Exemple", Visibility: visibility}, "",
		document.Snapshot{URL: url, FinalURL: url, MediaType: "text/plain", Status: 200, Content: []byte(text), SHA256: hex.EncodeToString(digest[:]), FetchedAt: db.Now()})
	if err != nil {
		t.Fatal(err)
	}
	r := &document.Reading{State: document.StateRead, Title: title, Date: "2026-01-14", Text: text, Passages: []document.Passage{{Span: document.Span{End: len(text)}}}}
	if err := db.SaveReading(t.Context(), kept.Snapshot, "1", r); err != nil {
		t.Fatal(err)
	}
	return kept
}

// command runs a command line in this process and returns its data.
func mustRun(t *testing.T, args ...string) string {
	t.Helper()
	var out, talk bytes.Buffer
	if code := Run(context.Background(), args, strings.NewReader(""), &out, &talk); code != exitDone {
		t.Fatalf("contredit %s: exit code %d: %s", strings.Join(args, " "), code, talk.String())
	}
	return out.String()
}

// publicOutputs is everything that this program hands to the public, by name.
func publicOutputs(t *testing.T, config, published string) map[string]string {
	t.Helper()
	outputs := map[string]string{}
	for _, what := range []string{"documents", "claims", "flags"} {
		for _, format := range []string{"jsonl", "csv"} {
			outputs["export "+what+" "+format] = mustRun(t, "export", what, "--format", format, "--all", "--config", config)
		}
	}
	for _, format := range []string{"claimreview", "annotation", "atom"} {
		outputs["export flags "+format] = mustRun(t, "export", "flags", "--format", format, "--config", config)
	}
	site := filepath.Join(t.TempDir(), "site")
	mustRun(t, "publish", site, "--config", config)
	if err := filepath.WalkDir(site, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		outputs["publish "+strings.TrimPrefix(path, site)] = path + string(content)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	archive := filepath.Join(t.TempDir(), "d.zip")
	mustRun(t, "dossier", published, "-o", archive, "--config", config)
	unzip(t, archive, outputs)
	askAPI(t, config, published, outputs)
	for _, format := range []string{"text", "html"} {
		outputs["digest "+format] = mustRun(t, "digest", "preview", "Lundi", "--format", format, "--config", config)
	}
	askPages(t, config, outputs)
	return outputs
}

// askPages reads what is on the review pages for who does not sign in: the feed of a saved view,
// and the letter that a hook gets.
func askPages(t *testing.T, path string, outputs map[string]string) {
	t.Helper()
	c, err := loadConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), filepath.Join(filepath.Dir(path), "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.SaveView(t.Context(), store.SavedView{Reviewer: "x", Name: "Tout", Query: "status=all"}); err != nil {
		t.Fatal(err)
	}
	views, err := db.Views(t.Context(), "x")
	if err != nil || len(views) != 1 {
		t.Fatalf("%d views, %v", len(views), err)
	}
	token := sha256.Sum256([]byte("contredit feed\x00jeton"))
	if err := db.SetFeed(t.Context(), "x", views[0].ID, hex.EncodeToString(token[:])); err != nil {
		t.Fatal(err)
	}
	pages, err := review.New(t.Context(), review.Config{DB: db})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequest("GET", "/flux/jeton", nil)
	r.Host = "127.0.0.1:8480"
	pages.ServeHTTP(w, r)
	outputs["feed of a view"] = w.Body.String()

	raw, err := sql.Open("sqlite3", filepath.Join(filepath.Dir(path), "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.Exec("UPDATE link SET imported = 0"); err != nil { // or no hook would hear of them
		t.Fatal(err)
	}
	c.Hooks = []hookConfig{{Name: "salon", URL: "http://127.0.0.1:1/", States: []string{"new", "confirmed", "published"}}}
	work := &work{config: c, db: db, t: terminal{err: io.Discard}, logger: slog.New(slog.DiscardHandler)}
	db.Now = func() time.Time { return time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC) } // before the pairs were found
	for range 2 {
		if err := work.queueHooks(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	db.Now = func() time.Time { return time.Date(2026, 3, 3, 8, 0, 0, 0, time.UTC) }
	for {
		m, ok, err := db.TakeMail(t.Context(), digest.WayHook, db.Now(), time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			break
		}
		outputs["hook"] += fmt.Sprintf("%+v", m.Letter)
	}
}

func askAPI(t *testing.T, config, published string, outputs map[string]string) {
	t.Helper()
	token := strings.TrimSpace(mustRun(t, "token", "add", "lecture", "--config", config))
	db, err := store.Open(t.Context(), filepath.Join(filepath.Dir(config), "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	handler := api.New(db, slog.New(slog.DiscardHandler))
	for _, path := range []string{"/flags", "/flags/" + published, "/flags/00000000000000bb", "/claims", "/documents", "/openapi.json"} {
		r := httptest.NewRequest("GET", api.Prefix+path, nil)
		r.Header.Set("Authorization", "Bearer "+token)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		outputs["api "+path] = w.Body.String()
	}
}

func unzip(t *testing.T, archive string, into map[string]string) {
	t.Helper()
	z, err := zip.OpenReader(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		var in io.Reader = r
		if strings.HasSuffix(f.Name, ".gz") {
			if in, err = gzip.NewReader(r); err != nil {
				t.Fatal(err)
			}
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		into["dossier "+f.Name] = string(content)
	}
}

// Nothing of a private document, and no reviewer's note or name, is in anything for the public.
func TestPrivateSourceNeverLeaves(t *testing.T) {
	config, published := houseWithSecrets(t)
	outputs := publicOutputs(t, config, published)
	for name, content := range outputs {
		if i := strings.Index(content, secret); i >= 0 {
			t.Errorf("%s holds what is private: …%s…", name, content[max(0, i-80):min(len(content), i+80)])
		}
	}
	// Where private things are asked for, they are there: the test looks for what exists.
	for _, args := range [][]string{{"export", "flags", "--private"}, {"export", "documents", "--private"}, {"export", "claims", "--private"}} {
		if !strings.Contains(mustRun(t, append(args, "--config", config)...), secret) {
			t.Errorf("%v lacks what is private", args)
		}
	}
	for _, want := range []string{"export flags claimreview", "export flags annotation", "export flags atom", "publish /index.html", "publish /paires/" + published + "/index.html", "publish /atom.xml",
		"dossier dossier.html", "dossier captures.warc.gz", "export flags csv", "api /flags", "api /flags/" + published, "api /claims",
		"digest text", "digest html", "feed of a view", "hook"} {
		if !strings.Contains(outputs[want], "co-construction") {
			t.Errorf("%s lacks the published pair: %d bytes", want, len(outputs[want]))
		}
	}
	var talk bytes.Buffer
	target := filepath.Join(t.TempDir(), "p.zip")
	if code := Run(context.Background(), []string{"dossier", "00000000000000bb", "-o", target, "--config", config}, strings.NewReader(""), io.Discard, &talk); code != exitFailed {
		t.Errorf("a dossier of a private pair: exit code %d, %s", code, talk.String())
	}
	mustRun(t, "dossier", "00000000000000bb", "--private", "-o", target, "--config", config)
	private := map[string]string{}
	unzip(t, target, private)
	if !strings.Contains(fmt.Sprint(private), secret) {
		t.Error("--private puts nothing private into the dossier")
	}
}

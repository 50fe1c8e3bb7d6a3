package store_test

import (
	"database/sql"
	"slices"
	"strings"
	"testing"

	"contredit/claims"
	"contredit/document"
	"contredit/store"
)

// mustPublished is a database whose pair l1 was published twice, answered and corrected, beside a
// pair l2 that was decided, decided otherwise and taken back.
func mustPublished(t *testing.T) *store.DB {
	t.Helper()
	ctx := t.Context()
	db := mustJournal(t)
	stored, err := db.StoredClaim(ctx, "c1")
	if err != nil {
		t.Fatal(err)
	}
	first := claims.Link{ID: "l1", Claim: stored.Claim, Kind: claims.KindVote, Score: .5, Visibility: document.Public, Calibration: "initiale"}
	second := first
	second.ID, second.Kind = "l2", claims.KindScope
	if err := db.SaveLinks(ctx, "c1", []claims.Link{first, second}); err != nil {
		t.Fatal(err)
	}
	for _, d := range []claims.Decision{claims.StatusNuance, claims.StatusRejected} {
		if _, err := db.SaveVerdict(ctx, claims.Verdict{Link: "l2", Reviewer: "Ada Fictive", Decision: d}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.UndoVerdict(ctx, "l2", "Ada Fictive"); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"Nous l’avons versée.", "En deux fois."} {
		if err := db.SaveRemarks(ctx, []string{"l1"}, store.Remark{Kind: store.RemarkReply, Reviewer: "Ada Fictive", Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	for _, lines := range [][]string{{"La subvention est versée."}, {"La subvention a été versée."}, nil} {
		if _, err := db.SavePublication(ctx, "l1", lines); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

func mustExec(t *testing.T, db *store.DB, statement string) {
	t.Helper()
	raw, err := sql.Open("sqlite3", "file:"+db.Path()+"?_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// What a forger changes behind the program's back, triggers put back, is found and named.
func TestCheckNamesAForgery(t *testing.T) {
	t.Run("NothingChanged", func(t *testing.T) {
		if faults := faultsOf(t, mustPublished(t)); len(faults) > 0 {
			t.Errorf("faults %q", faults)
		}
	})
	for name, c := range map[string]struct{ statement, want string }{
		"ReplyAltered":           {"UPDATE review_act SET text = 'Nous avouons.' WHERE text = 'En deux fois.'", "« Nous avouons. » est conservé, « En deux fois. » a été inscrit"},
		"ReplyDeleted":           {"DELETE FROM review_act WHERE text = 'En deux fois.'", "réponse : ce qui a été inscrit n’est plus conservé"},
		"ReplyAdded":             {"INSERT INTO review_act (link, reviewer, kind, text, at) VALUES ('l1', 'X', 'reply', 'Oui.', '2026-03-02T08:00:00Z')", "inscrit nulle part"},
		"ReplyMadeANote":         {"UPDATE review_act SET kind = 'note' WHERE text = 'En deux fois.'", "réponse : ce qui a été inscrit"},
		"ReplyCalledErased":      {"UPDATE review_act SET text = '(effacé)', reviewer = '(effacé)' WHERE text = 'En deux fois.'", "a été inscrit"},
		"ErasedReplyFilled":      {"UPDATE review_act SET text = 'Nous avouons.', reviewer = 'X' WHERE text = '(effacé)'", "inscrit nulle part"},
		"ErasedReplyDeleted":     {"DELETE FROM review_act WHERE text = '(effacé)'", "texte effacé"},
		"CorrectionAltered":      {"UPDATE review_act SET text = 'Rien.' WHERE kind = 'correction'", "rectification n°"},
		"CorrectionMoved":        {"UPDATE review_act SET link = 'l2' WHERE kind = 'correction'", "objet : « l2 » est conservé, « l1 » a été inscrit"},
		"CorrectionDated":        {"UPDATE review_act SET at = '2020-01-01T00:00:00Z' WHERE kind = 'correction'", "date : « 2020"},
		"PublicationLines":       {"UPDATE publication SET lines = '[\"Autre.\"]' WHERE id = 1", "empreinte des lignes"},
		"PublicationDigest":      {"UPDATE publication SET sha256 = '00' WHERE id = 2", "publication n° 2 : empreinte"},
		"PublicationDated":       {"UPDATE publication SET at = '2020-01-01T00:00:00Z' WHERE id = 2", "date de publication"},
		"PublicationDeleted":     {"DELETE FROM publication WHERE id = 1", "publication : ce qui a été inscrit n’est plus conservé"},
		"PublicationAdded":       {"INSERT INTO publication (link, at, sha256, lines) VALUES ('l2', '2026-03-02T08:00:00Z', '00', '[]')", "inscrit nulle part"},
		"SpeakerColumn":          {"UPDATE claim SET speaker = 'Autre'; UPDATE queue SET speaker = 'Autre'", "qui : la colonne dit « Autre »"},
		"SpeakerInBody":          {"UPDATE claim SET body = CAST(json_set(CAST(body AS TEXT), '$.Speaker', 'Autre') AS BLOB)", "qui : la colonne dit"},
		"QuoteInBody":            {"UPDATE claim SET body = CAST(json_set(CAST(body AS TEXT), '$.Quote', 'Autre.') AS BLOB)", "citation : la colonne dit"},
		"Status":                 {"UPDATE link SET status = 'published' WHERE id = 'l1'; UPDATE queue SET status = 'published' WHERE link = 'l1'", "état est « publiée », et les décisions qui valent disent « confirmée »"},
		"StatusOfWhatWasUndone":  {"UPDATE link SET status = 'rejected' WHERE id = 'l2'; UPDATE queue SET status = 'rejected' WHERE link = 'l2'", "disent « à nuancer »"},
		"StatusInTheQueue":       {"UPDATE queue SET status = 'rejected' WHERE link = 'l1'", "la file d’examen"},
		"Score":                  {"UPDATE link SET score = 0.99 WHERE id = 'l1'; UPDATE queue SET score = 0.99 WHERE link = 'l1'", "score : la colonne dit « 0.99 »"},
		"PrivatePairMadePublic":  {"UPDATE document SET visibility = 'private' WHERE url = 'https://exemple.test/a'", "elle se dit publique"},
		"DocumentTitle":          {"UPDATE document SET title = 'Autre' WHERE url = 'https://exemple.test/a'", "titre : la colonne dit « Autre »"},
		"DocumentDate":           {"UPDATE document SET date = '2020-01-01' WHERE url = 'https://exemple.test/a'", "date : la colonne dit « 2020-01-01 »"},
		"Header":                 {"UPDATE snapshot SET header = '{\"Etag\":[\"9\"]}' WHERE id = 1", "empreinte des en-têtes"},
		"VerdictMoved":           {"UPDATE verdict SET link = 'l2' WHERE id = 1", "objet : « l2 »"},
		"VerdictNote":            {"UPDATE verdict SET note = 'autre' WHERE id = 1", "décision n° 1 : note : « autre » est conservé, « vu » a été inscrit"},
		"TriggerDropped":         {"", "garde-fou verdict_is_never_lost : il a été retiré"},
		"TriggerMadeToothless":   {"", "garde-fou journal_is_never_cut : il n’est plus celui"},
		"SnapshotWithoutItsFile": {"INSERT INTO snapshot (document, sha256, final_url, media_type, status, header, fetched_at) SELECT document, sha256, final_url, media_type, status, header, fetched_at FROM snapshot WHERE id = 1", "version n°"},
	} {
		t.Run(name, func(t *testing.T) {
			db := mustPublished(t)
			switch name {
			case "TriggerDropped":
				mustExec(t, db, "DROP TRIGGER verdict_is_never_lost")
			case "TriggerMadeToothless":
				mustExec(t, db, "DROP TRIGGER journal_is_never_cut; CREATE TRIGGER journal_is_never_cut BEFORE DELETE ON journal BEGIN SELECT 1; END")
			default:
				mustForge(t, db, c.statement)
			}
			faults := faultsOf(t, db)
			if !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, c.want) }) {
				t.Errorf("faults %q, want %q", faults, c.want)
			}
			for _, f := range faults {
				if strings.ContainsAny(f, "{}") || strings.Contains(f, " -") {
					t.Errorf("the fault %q is no sentence", f)
				}
			}
		})
	}
}

// Entries that older programs made have no digest of the headers, and name no row of publication.
func TestCheckReadsOlderEntries(t *testing.T) {
	db := mustPublished(t)
	mustForge(t, db, `DELETE FROM journal WHERE kind = 'publication' OR kind = 'capture'; DELETE FROM publication`)
	before := strings.Join(faultsOf(t, db), "\n")
	if !strings.Contains(before, "version n° 1 (snapshot 1) : conservé, et inscrit nulle part") {
		t.Fatalf("faults %q, want the versions missing from the journal", before)
	}
	mustExec(t, db, `INSERT INTO publication (link, at, sha256, lines) VALUES ('l1', '2026-01-01T00:00:00Z', '4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945', '[]')`)
	for subject, body := range map[string]any{
		"l1":         map[string]any{"sha256": "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945", "taken_back": true},
		"snapshot 1": map[string]any{"url": "https://exemple.test/a", "final_url": "", "status": 200, "media_type": "text/plain", "sha256": "00", "fetched_at": "2026"},
	} {
		kind := map[bool]string{true: "publication", false: "capture"}[subject == "l1"]
		if _, err := db.Enter(t.Context(), kind, subject, body); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range faultsOf(t, db) {
		if strings.Contains(f, "publication") || strings.Contains(f, "en-têtes") {
			t.Errorf("an older entry is at fault: %s", f)
		}
	}
}

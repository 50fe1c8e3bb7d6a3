package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"contredit/evidence"
)

// journalLedgers are the kinds of entries that a row was written down with.
func journalLedgers() map[string]*ledger {
	return map[string]*ledger{
		evidence.JournalCapture:     captureLedger(),
		evidence.JournalVerdict:     verdictLedger(),
		evidence.JournalReply:       remarkLedger(RemarkReply, "réponse"),
		evidence.JournalCorrection:  remarkLedger(RemarkCorrection, "rectification"),
		evidence.JournalPublication: publicationLedger(),
		evidence.JournalOverride:    overrideLedger(),
		evidence.JournalTranscript:  transcriptLedger(),
	}
}

// fieldsOf reads the fields of one row, as text.
func fieldsOf(ctx context.Context, q querier, n int, query string, id int64) ([]string, error) {
	values := make([]string, n)
	into := make([]any, n)
	for i := range values {
		into[i] = &values[i]
	}
	return values, q.QueryRowContext(ctx, query, id).Scan(into...)
}

// decoded makes the reader of an entry whose body is of one type.
func decoded[B any](values func(e evidence.JournalEntry, b B) (int64, []string)) func(evidence.JournalEntry) (int64, []string, error) {
	return func(e evidence.JournalEntry) (int64, []string, error) {
		var b B
		if err := json.Unmarshal([]byte(e.Body), &b); err != nil {
			return 0, nil, err
		}
		id, list := values(e, b)
		return id, list, nil
	}
}

func captureLedger() *ledger {
	return &ledger{
		noun:  "version",
		list:  "SELECT id, 'snapshot ' || id, 0 FROM snapshot",
		names: []string{"adresse", "adresse finale", "code", "type", "empreinte", "obtenue le", headersField},
		kept: func(ctx context.Context, q querier, id int64) ([]string, error) {
			got, err := fieldsOf(ctx, q, 7, `SELECT d.url, s.final_url, s.status, s.media_type, s.sha256, s.fetched_at, s.header
				FROM snapshot s JOIN document d ON d.id = s.document WHERE s.id = ?`, id)
			got[6] = headerDigest(got[6])
			return got, err
		},
		entered: decoded(func(e evidence.JournalEntry, b capturedBody) (int64, []string) {
			id, err := strconv.ParseInt(strings.TrimPrefix(e.Subject, "snapshot "), 10, 64)
			if err != nil {
				id = -1
			}
			return id, []string{b.URL, b.FinalURL, strconv.Itoa(b.Status), b.MediaType, b.SHA256, b.FetchedAt, b.Header}
		}),
	}
}

func verdictLedger() *ledger {
	return &ledger{
		noun:  "décision",
		list:  "SELECT id, link, reviewer = '" + evidence.Erased + "' FROM verdict",
		names: []string{"qui", "décision", "motif", "note", "date", "reprend la décision n°"},
		kept: func(ctx context.Context, q querier, id int64) ([]string, error) {
			return fieldsOf(ctx, q, 6, "SELECT reviewer, decision, reason, note, at, coalesce(undoes, '') FROM verdict WHERE id = ?", id)
		},
		entered: decoded(func(_ evidence.JournalEntry, b verdictBody) (int64, []string) {
			return b.Verdict, []string{b.Reviewer, string(b.Decision), b.Reason, b.Note, b.At, number(b.Undoes)}
		}),
	}
}

func remarkLedger(kind, noun string) *ledger {
	return &ledger{
		noun:  noun,
		list:  "SELECT id, link, text = '" + evidence.Erased + "' AND reviewer = text FROM review_act WHERE kind = '" + kind + "'",
		names: []string{"qui", "texte", "date"},
		kept: func(ctx context.Context, q querier, id int64) ([]string, error) {
			return fieldsOf(ctx, q, 3, "SELECT reviewer, text, at FROM review_act WHERE id = ?", id)
		},
		entered: decoded(func(_ evidence.JournalEntry, b remarkBody) (int64, []string) {
			return b.Act, []string{b.Reviewer, b.Text, b.At}
		}),
	}
}

func publicationLedger() *ledger {
	return &ledger{
		noun:  "publication",
		list:  "SELECT id, link, 0 FROM publication",
		names: []string{"empreinte", "empreinte des lignes", "retirée", publicationField},
		kept: func(ctx context.Context, q querier, id int64) ([]string, error) {
			got, err := fieldsOf(ctx, q, 4, "SELECT sha256, lines, lines = '[]', at FROM publication WHERE id = ?", id)
			sum := sha256.Sum256([]byte(got[1]))
			got[1] = hex.EncodeToString(sum[:])
			return got, err
		},
		entered: decoded(func(_ evidence.JournalEntry, b publicationBody) (int64, []string) {
			back := "0"
			if b.TakenBack {
				back = "1"
			}
			return b.Publication, []string{b.SHA256, b.SHA256, back, b.At}
		}),
	}
}

func overrideLedger() *ledger {
	// A correction's JSON is written into the journal in the form that json.Marshal gives it.
	plain := func(b overrideBody) ([]string, error) {
		text, err := json.Marshal([]json.RawMessage{b.Before, b.After})
		if err != nil {
			return nil, fmt.Errorf("encode correction %d: %w", b.Override, err)
		}
		return []string{number(b.Act), string(text), b.Reviewer, b.At, number(b.Undoes)}, nil
	}
	return &ledger{
		noun:  "correction de lecture",
		list:  "SELECT id, kind || ' ' || subject, reviewer = '" + evidence.Erased + "' FROM override",
		names: []string{"acte", "avant et après", "qui", "date", "reprend la correction n°"},
		kept: func(ctx context.Context, q querier, id int64) ([]string, error) {
			all, err := overridesWhere(ctx, q, "o.id = ?", id)
			if err != nil || len(all) == 0 {
				return nil, wrapIf(err, "read a correction")
			}
			_, b := all[0].journal()
			return plain(b)
		},
		entered: func(e evidence.JournalEntry) (int64, []string, error) {
			var b overrideBody
			if err := json.Unmarshal([]byte(e.Body), &b); err != nil {
				return 0, nil, err
			}
			values, err := plain(b)
			return b.Override, values, err
		},
	}
}

func transcriptLedger() *ledger {
	return &ledger{
		noun:  "transcription",
		list:  "SELECT id, 'snapshot ' || snapshot, 0 FROM transcript",
		names: []string{"adresse", "empreinte", "fichier", "qui"},
		kept: func(ctx context.Context, q querier, id int64) ([]string, error) {
			return fieldsOf(ctx, q, 4, "SELECT d.url, t.sha256, t.name, t.reviewer FROM transcript t JOIN document d ON d.id = t.document WHERE t.id = ?", id)
		},
		entered: decoded(func(_ evidence.JournalEntry, b transcriptBody) (int64, []string) {
			if b.Removed {
				return 0, nil
			}
			return 0, []string{b.URL, b.SHA256, b.Name, b.Reviewer}
		}),
	}
}

package pipeline

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"contredit/document"
	"contredit/store"
)

// withTranscript reads, in the place of a document's own text, the one that a person attached to it.
// A later version that holds as much text itself speaks for itself: a scan that was replaced by a
// file with its text.
func (p *Pipeline) withTranscript(ctx context.Context, db *store.DB, snap store.SnapshotToRead, own *document.Reading) (*document.Reading, error) {
	t, err := db.TranscriptOf(ctx, snap.Document.ID)
	if errors.Is(err, store.ErrNotFound) {
		return own, nil
	}
	if err != nil {
		return nil, err
	}
	origin := snap.Origin
	origin.MediaType, origin.Charset, origin.TypedBy, origin.TypedFile = t.MediaType, "", t.Reviewer, t.Name
	typed, err := p.Reader.Read(ctx, origin, t.Content)
	if err != nil {
		return nil, fmt.Errorf("read the transcript %s of %s: %w", t.Name, snap.Document.URL, err)
	}
	if typed.State != document.StateRead {
		if err := db.RestoreTranscript(ctx, snap.Document.ID, "contredit"); err == nil {
			r, err := p.withTranscript(ctx, db, snap, own)
			if err == nil {
				r.Report = append(r.Report, document.Finding{Code: "transcript_unread", Text: fmt.Sprintf("La transcription %s ne se lit pas : %s. Celle qu’elle remplaçait est de nouveau lue.", t.Name, strings.TrimSuffix(typed.Note, "."))})
			}
			return r, err
		} else if !errors.Is(err, store.ErrNotFound) {
			return nil, err
		}
		own.Report = append(own.Report, document.Finding{Code: "transcript_unread", Text: fmt.Sprintf("La transcription %s ne se lit pas : %s", t.Name, typed.Note)})
		return own, nil
	}
	if t.Snapshot != snap.ID && own.State == document.StateRead && len(own.Text) >= len(typed.Text) {
		own.Report = append(own.Report, document.Finding{Code: "transcript_replaced", Text: "Le document a maintenant un texte à lui : la transcription jointe à une version antérieure n’est plus lue."})
		return own, nil
	}
	text := fmt.Sprintf("Le texte est une transcription (%s) jointe par %s.", t.Name, t.Reviewer)
	if t.Snapshot != snap.ID {
		text += " Elle a été faite sur une version antérieure du document : relisez-la."
	}
	typed.Report = append([]document.Finding{{Code: "transcript", Text: text}}, typed.Report...)
	if typed.VideoURL == "" {
		typed.VideoURL = own.VideoURL
	}
	if typed.Date == "" {
		typed.Date = own.Date
	}
	return typed, nil
}

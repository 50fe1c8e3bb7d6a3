package review

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"contredit/store"
)

// typedFile is the name of a transcript that was typed into the form.
const typedFile = "saisie.txt"

// changeTranscript attaches to a document the text that it lacks, out of a file or typed into the
// form, or takes it off. The pages do not read it themselves: it is read like any other work.
func (p *pages) changeTranscript(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	d, err := p.findDocument(r)
	if err != nil {
		return err
	}
	back := "/documents/" + r.PathValue("id")
	if r.PostFormValue("act") == "remove" {
		if err := p.DB.RemoveTranscript(r.Context(), d.Document.ID, r.who.Name); err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		return r.redirect(back)
	}
	if r.PostFormValue("act") == "restore" {
		if err := p.DB.RestoreTranscript(r.Context(), d.Document.ID, r.who.Name); err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		return r.redirect(back)
	}
	t := store.Transcript{Replaces: r.PostFormValue("replace") != "", Document: d.Document.ID, Reviewer: r.who.Name, Name: typedFile, MediaType: "text/plain; charset=utf-8", Content: []byte(r.PostFormValue("text"))}
	file, head, err := r.FormFile("file")
	switch {
	case err == nil:
		defer file.Close()
		if head.Size == 0 {
			break // a form without a file sends an empty one
		}
		t.Name = filepath.Base(head.Filename)
		t.MediaType = mime.TypeByExtension(strings.ToLower(filepath.Ext(t.Name)))
		if t.Content, err = io.ReadAll(file); err != nil {
			return errBadRequest
		}
	case !errors.Is(err, http.ErrMissingFile) && !errors.Is(err, http.ErrNotMultipart):
		return errBadRequest
	}
	if strings.TrimSpace(string(t.Content)) == "" || t.Name == typedFile && !utf8.Valid(t.Content) {
		return errUnreadText
	}
	if t.Name, err = typedLine(t.Name); err != nil {
		return err
	}
	if err := p.DB.AttachTranscript(r.Context(), t); err != nil {
		return err
	}
	return r.redirect(back)
}

// transcriptLine is the transcript of a document as its page tells of it.
type transcriptLine struct {
	Name, Reviewer, At string
	Replaced           string // what it stands in the place of, « name, reviewer »; "" for none
}

func (p *pages) transcriptOf(r *request, doc int64) (*transcriptLine, error) {
	t, err := p.DB.TranscriptOf(r.Context(), doc)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	line := &transcriptLine{Name: t.Name, Reviewer: t.Reviewer, At: r.momentOf(t.At)}
	before, err := p.DB.ReplacedTranscript(r.Context(), doc)
	switch {
	case err == nil:
		line.Replaced = before.Name + ", " + before.Reviewer
	case !errors.Is(err, store.ErrNotFound):
		return nil, err
	}
	return line, nil
}

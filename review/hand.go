package review

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"contredit/claims"
	"contredit/document"
	"contredit/store"
)

// byHand is the calibration of what a person made: no weights made its score.
const byHand = "main"

// markClaim takes words of a document, as they stand there, for a claim.
func (p *pages) markClaim(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	d, err := p.findDocument(r)
	if err != nil {
		return err
	}
	if d.Reading == nil {
		return errNotQuoted
	}
	span, ok := findWords(d.Reading.Text, r.PostFormValue("quote"))
	if !ok {
		return errNotQuoted
	}
	known, err := p.DB.ClaimsOf(r.Context(), d.Document.ID)
	if err != nil {
		return err
	}
	for _, one := range known {
		if one.Span == span && one.EditedOut == "" {
			return r.redirect("/affirmations/" + one.ID)
		}
	}
	speaker, err := typedLine(r.PostFormValue("speaker"))
	if err != nil {
		return err
	}
	c := claims.Claim{
		ID: fingerprint(d.Document.URL, d.Reading.Text[span.Start:span.End], byHand, strconv.Itoa(span.Start)), URL: d.Document.URL, Span: span,
		Quote: d.Reading.Text[span.Start:span.End], Speaker: speaker, Date: d.Document.Date, Worth: true, Worthiness: 1, Visibility: d.Document.Visibility,
	}
	for _, passage := range d.Reading.Passages {
		if passage.Start <= span.Start && span.Start < passage.End {
			c.Locator, c.Heading = passage.Locator, passage.Heading
		}
	}
	if err := p.DB.SaveHandClaim(r.Context(), d.Document.ID, d.Snapshot, c, r.who.Name); err != nil && !errors.Is(err, store.ErrMadeAlready) {
		return err
	}
	return r.redirect("/affirmations/" + c.ID)
}

// dropClaim takes back a claim that was marked by hand.
func (p *pages) dropClaim(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	c, err := p.DB.StoredClaim(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if err := p.DB.RemoveHandClaim(r.Context(), c.ID, r.who.Name); err != nil {
		return err
	}
	return r.redirect(fmt.Sprintf("/documents/%d#o-%d", c.Document, c.Span.Start))
}

// findWords finds words in a text whatever the white space between them: who copies from a
// page copies its line breaks too. The span is of the text as it is.
func findWords(text, wanted string) (document.Span, bool) {
	fields := strings.Fields(wanted)
	if len(fields) == 0 || utf8.RuneCountInString(wanted) > longestQuote || !utf8.ValidString(wanted) {
		return document.Span{}, false
	}
	for from := 0; ; {
		i := indexWord(text[from:], fields[0])
		if i < 0 {
			return document.Span{}, false
		}
		start := from + i
		if end, ok := follows(text, start, fields); ok {
			return document.Span{Start: start, End: end}, true
		}
		_, size := utf8.DecodeRuneInString(text[start:])
		from = start + size
	}
}

// follows says where the words that begin at a place end, if they are there.
func follows(text string, at int, fields []string) (end int, ok bool) {
	for i, f := range fields {
		if i > 0 {
			rest := strings.TrimLeft(text[at:], " \t\n\r\u00a0\u202f")
			if len(rest) == len(text)-at {
				return 0, false
			}
			at = len(text) - len(rest)
		}
		n := prefixLength(text[at:], f)
		if n < 0 {
			return 0, false
		}
		at += n
	}
	return at, true
}

// prefixLength is how many bytes of a text a word takes at its beginning, whichever apostrophe and hyphen
// who typed it has; -1 when it does not stand there.
func prefixLength(text, word string) int {
	at := 0
	for _, c := range word {
		have, size := utf8.DecodeRuneInString(text[at:])
		if size == 0 || sameSign(have) != sameSign(c) {
			return -1
		}
		at += size
	}
	return at
}

func indexWord(text, word string) int {
	for i := range text {
		if prefixLength(text[i:], word) >= 0 {
			return i
		}
	}
	return -1
}

func sameSign(c rune) rune {
	switch c {
	case '’', 'ʼ':
		return '\''
	case '\u2010', '\u2011', '–':
		return '-'
	}
	return c
}

func fingerprint(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// makePair sets a passage that was searched for against a claim.
func (p *pages) makePair(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	c, err := p.DB.StoredClaim(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	kind := claims.Kind(r.PostFormValue("kind"))
	reason, err := typed(r.PostFormValue("reason"), longestNote)
	if err != nil {
		return err
	}
	if !slices.Contains(kindsInOrder, kind) || kind == claims.KindAbsence || reason == "" {
		return errBadRequest
	}
	id, err := strconv.ParseInt(r.PostFormValue("document"), 10, 64)
	if err != nil {
		return errBadRequest
	}
	d, err := p.DB.DocumentByID(r.Context(), id)
	if err != nil {
		return err
	}
	if !r.sees(c.Visibility) || !r.sees(d.Document.Visibility) {
		return errNotHere
	}
	e, ok := evidenceAt(d, byteOf(r.PostFormValue("start")))
	if !ok {
		return errNotQuoted
	}
	l := handLink(c.Claim, e, kind, reason)
	// The same pair from the engine has the same fingerprint: it is shown instead.
	if err := p.DB.SaveHandLink(r.Context(), l, r.who.Name, reason); err != nil && !errors.Is(err, store.ErrMadeAlready) {
		return err
	}
	return r.redirect("/paires/" + l.ID)
}

func byteOf(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// evidenceAt is the passage of a document that begins at a byte of its text.
func evidenceAt(d store.ReadDocument, start int) (claims.Evidence, bool) {
	if d.Reading == nil {
		return claims.Evidence{}, false
	}
	for _, passage := range d.Reading.Passages {
		if passage.Start == start && passage.End <= len(d.Reading.Text) && passage.Start < passage.End {
			return claims.Evidence{
				URL: d.Document.URL, Title: d.Document.Title, Body: d.Document.Body, Date: d.Document.Date, Role: d.Document.Role, Span: passage.Span,
				Quote: d.Reading.Text[passage.Start:passage.End], Heading: passage.Heading, Locator: passage.Locator, Visibility: d.Document.Visibility,
			}, true
		}
	}
	return claims.Evidence{}, false
}

func handLink(c claims.Claim, e claims.Evidence, kind claims.Kind, reason string) claims.Link {
	l := claims.Link{
		ID: fingerprint(c.ID, string(kind), e.URL, e.Quote), Claim: c, Kind: kind, Evidence: []claims.Evidence{e}, Calibration: byHand, Score: 1, Visibility: c.Visibility,
		Reasons: []claims.Reason{{Rule: "MAIN", Kind: kind, Text: reason, Strength: 1}},
	}
	if e.Visibility == document.Private {
		l.Visibility = document.Private
	}
	return l
}

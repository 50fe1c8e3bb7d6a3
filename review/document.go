package review

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"contredit/document"
	"contredit/store"
)

type documentsView struct {
	Words, Body, Role string
	Lines             []store.DocumentLine
	Before, After     string
}

const documentsLength = 100

func (p *pages) documents(r *request) error {
	page := max(1, atoi(r.FormValue("page")))
	v := documentsView{Words: r.FormValue("words"), Body: r.FormValue("body"), Role: r.FormValue("role")}
	var err error
	v.Lines, err = p.DB.ListDocuments(r.Context(), store.DocumentFilter{
		Body: v.Body, Role: document.Role(v.Role), Words: v.Words, Private: r.private, Limit: documentsLength + 1, Offset: (page - 1) * documentsLength,
	})
	if err != nil {
		return err
	}
	q := r.URL.Query()
	at := func(n int) string { q.Set("page", strconv.Itoa(n)); return "/documents?" + q.Encode() }
	if page > 1 {
		v.Before = at(page - 1)
	}
	if len(v.Lines) > documentsLength {
		v.Lines, v.After = v.Lines[:documentsLength], at(page+1)
	}
	return r.show("documents", "Documents", v)
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n > 1_000_000 {
		return 0
	}
	return n
}

// findDocument returns a document that who asks may see.
func (p *pages) findDocument(r *request) (store.ReadDocument, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return store.ReadDocument{}, errNotHere
	}
	d, err := p.DB.DocumentByID(r.Context(), id)
	if err != nil {
		return d, err
	}
	if !r.sees(d.Document.Visibility) {
		return d, errNotHere
	}
	return d, nil
}

// shownPassage is a passage with the claims in it.
type shownPassage struct {
	document.Passage
	Parts   []passagePart
	Open    string
	NewPage bool
	Speaker string
}

// passagePart is a stretch of a passage, and the claim that it is of.
type passagePart struct {
	Text  string
	Claim string // id; "" for none
	Worth bool
}

type documentView struct {
	store.ReadDocument
	Original string
	Fetched  string
	Versions []versionLine
	Passages []shownPassage
	Claims   int
	Private  bool
	Attached *transcriptLine // nil when the text is the document's own
	Unread   bool            // it has no text
	Fixes    []fixLine       // of its institution
	Seen     int64
}

type versionLine struct {
	store.Version
	At     string
	Before int64 // the version before; 0 for the first
}

func (r *request) versionLines(all []store.Version) []versionLine {
	var lines []versionLine
	var before int64
	for _, v := range all {
		lines = append(lines, versionLine{v, r.momentOf(v.FetchedAt), before})
		before = v.Snapshot
	}
	return lines
}

func (p *pages) document(r *request) error {
	d, err := p.findDocument(r)
	if err != nil {
		return err
	}
	versions, err := p.DB.Versions(r.Context(), d.Document.ID)
	if err != nil {
		return err
	}
	v := documentView{ReadDocument: d, Original: safeURL(d.Document.URL), Fetched: r.momentOf(d.FetchedAt), Versions: r.versionLines(versions),
		Private: d.Document.Visibility == document.Private}
	if r.who.signedIn() {
		if v.Attached, err = p.transcriptOf(r, d.Document.ID); err != nil {
			return err
		}
	}
	v.Unread = d.Reading != nil && d.Reading.State != document.StateRead
	if d.Reading != nil {
		var all []store.StoredClaim
		if r.who.signedIn() {
			if all, err = p.DB.ClaimsOf(r.Context(), d.Document.ID); err != nil {
				return err
			}
		}
		v.Passages = passagesOf(d, all)
		for _, c := range all {
			if c.Worth {
				v.Claims++
			}
		}
	}
	if v.Fixes, v.Seen, err = r.fixes(store.OverrideBody, d.Document.URL); err != nil {
		return err
	}
	return r.show("document", d.Document.Title, v)
}

func passagesOf(d store.ReadDocument, all []store.StoredClaim) []shownPassage {
	var out []shownPassage
	page, next, turn := 0, 0, 0
	for _, passage := range d.Reading.Passages {
		shown := shownPassage{Passage: passage, NewPage: passage.Locator.Page != page && passage.Locator.Page > 0}
		page = passage.Locator.Page
		if passage.Locator.Timed || passage.Locator.Page > 0 {
			shown.Open = openAt(d.Document.URL, passage.Locator, "", d.Document.VideoURL)
		}
		for turn < len(d.Reading.Turns) && d.Reading.Turns[turn].Start < passage.End {
			if t := d.Reading.Turns[turn]; t.Start >= passage.Start {
				shown.Speaker = t.Speaker
			}
			turn++
		}
		at := passage.Start
		for ; next < len(all) && all[next].Span.Start < passage.End; next++ {
			c := all[next]
			// A claim of an earlier version has its place in another text.
			if c.Snapshot != d.Snapshot || c.Span.Start < at || c.Span.End > passage.End {
				continue
			}
			shown.Parts = append(shown.Parts, passagePart{Text: d.Reading.Text[at:c.Span.Start]}, passagePart{c.Span.In(d.Reading.Text), c.ID, c.Worth})
			at = c.Span.End
		}
		shown.Parts = append(shown.Parts, passagePart{Text: d.Reading.Text[at:passage.End]})
		out = append(out, shown)
	}
	return out
}

type differencesView struct {
	Document         document.Document
	Earlier, Later   versionLine
	Lines            []diffLine
	Unread, Same     bool
	EarlierN, LaterN int
}

// differences shows what changed between two versions, word by word.
func (p *pages) differences(r *request) error {
	d, err := p.findDocument(r)
	if err != nil {
		return err
	}
	all, err := p.DB.Versions(r.Context(), d.Document.ID)
	if err != nil {
		return err
	}
	v := differencesView{Document: d.Document}
	lines := r.versionLines(all)
	for i, line := range lines {
		if fmt.Sprint(line.Snapshot) == r.FormValue("de") {
			v.Earlier, v.EarlierN = line, i+1
		}
		if fmt.Sprint(line.Snapshot) == r.FormValue("a") {
			v.Later, v.LaterN = line, i+1
		}
	}
	if v.Earlier.Snapshot == 0 || v.Later.Snapshot == 0 {
		return errNotHere
	}
	before, errBefore := p.DB.ReadingOf(r.Context(), v.Earlier.Snapshot)
	after, errAfter := p.DB.ReadingOf(r.Context(), v.Later.Snapshot)
	if err := errors.Join(errBefore, errAfter); errors.Is(err, store.ErrNotFound) {
		v.Unread = true
	} else if err != nil {
		return err
	} else {
		v.Lines = differ(before.Text, after.Text)
		v.Same = before.Text == after.Text
	}
	return r.show("ecarts", "Différences entre deux versions", v)
}

// findCopy returns kept bytes that who asks may see.
func (p *pages) findCopy(r *request) (store.SnapshotToRead, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return store.SnapshotToRead{}, errNotHere
	}
	s, err := p.DB.Snapshot(r.Context(), id)
	if (err == nil || errors.Is(err, store.ErrRetired)) && !r.sees(s.Document.Visibility) {
		err = errNotHere
	}
	return s, err
}

// keptCopy says what is kept and offers it: the bytes themselves come from a path of their own.
func (p *pages) keptCopy(r *request) error {
	s, err := p.findCopy(r)
	if err != nil {
		return err
	}
	return r.show("copie", "Copie conservée", struct {
		store.SnapshotToRead
		At   string
		Size int
	}{s, r.momentOf(s.Origin.FetchedAt), len(s.Content)})
}

// keptBytes hands out the bytes as they were fetched. They are somebody else's: a page is
// shown in a sandbox without scripts, without this house's origin and without any request.
func (p *pages) keptBytes(r *request) error {
	s, err := p.findCopy(r)
	if err != nil {
		return err
	}
	h := r.w.Header()
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'none'")
	h.Set("Cache-Control", "private, no-store")
	kind, _, _ := strings.Cut(s.Origin.MediaType, ";")
	switch strings.TrimSpace(strings.ToLower(kind)) {
	case "text/html", "application/xhtml+xml":
		h.Set("Content-Type", "text/html")
		if _, charset, ok := strings.Cut(s.Origin.MediaType, "charset="); ok {
			h.Set("Content-Type", "text/html; charset="+strings.Trim(charset, `"' `))
		}
	case "text/plain", "text/vtt":
		h.Set("Content-Type", "text/plain; charset=utf-8")
	default:
		h.Set("Content-Type", "application/octet-stream")
		h.Set("Content-Disposition", `attachment; filename="`+s.SHA256[:min(16, len(s.SHA256))]+extension(kind)+`"`)
	}
	r.w.WriteHeader(http.StatusOK)
	if _, err := r.w.Write(s.Content); err != nil {
		p.Logger.Debug("copy not delivered", "snapshot", s.ID, "error", err)
	}
	return nil
}

func extension(kind string) string {
	switch strings.TrimSpace(kind) {
	case "application/pdf":
		return ".pdf"
	case "application/vnd.openxmlformats-officedocument.wordprocessingml.document":
		return ".docx"
	case "application/vnd.oasis.opendocument.text":
		return ".odt"
	}
	return ".bin"
}

type claimView struct {
	store.StoredClaim
	Document source
	Open     string
	Cards    []card
	First    *store.StoredClaim
	Repeated []store.StoredClaim
	Fixes    []fixLine // of its speaker
	Seen     int64
	Names    []string // of people to choose from

	MayRemove bool // it was marked by hand, and nobody acted on its pairs
}

func (p *pages) claim(r *request) error {
	c, err := p.DB.StoredClaim(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if !r.sees(c.Visibility) {
		return errNotHere
	}
	d, s, err := p.documentOf(r.Context(), c.URL)
	if err != nil {
		return err
	}
	if !r.sees(d.Document.Visibility) {
		return errNotHere
	}
	v := claimView{StoredClaim: c, Document: s, Open: openAt(c.URL, c.Locator, c.Quote, d.Document.VideoURL)}
	first := c.ID
	if c.Repeats != "" {
		first = c.Repeats
		one, err := p.DB.StoredClaim(r.Context(), c.Repeats)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if err == nil && r.sees(one.Visibility) {
			v.First = &one
		}
	}
	repeated, err := p.DB.Repetitions(r.Context(), first)
	if err != nil {
		return err
	}
	for _, one := range repeated {
		if one.ID != c.ID && r.sees(one.Visibility) {
			v.Repeated = append(v.Repeated, one)
		}
	}
	f := r.filter(selection{Status: statusAll, Asleep: true, Withdrawn: true, First: first})
	links, err := p.DB.Queue(r.Context(), f, store.OrderScore, 50, 0)
	if err != nil {
		return err
	}
	if !r.who.signedIn() && len(links) == 0 {
		return errNotHere
	}
	for _, l := range links {
		v.Cards = append(v.Cards, r.card(l, ""))
	}
	if v.Fixes, v.Seen, err = r.fixes(store.OverrideSpeaker, c.ID); err != nil {
		return err
	}
	if v.ByHand() && r.who.signedIn() {
		if v.MayRemove, err = p.DB.MayRemoveClaim(r.Context(), c.ID); err != nil {
			return err
		}
	}
	if r.who.signedIn() {
		d, err := p.directory(r)
		if err != nil {
			return err
		}
		v.Names = d.names()
	}
	return r.show("affirmation", "Affirmation", v)
}

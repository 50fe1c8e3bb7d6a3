package evidence

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"contredit/claims"
)

// Dossier is pairs with the bytes that they rest on: enough to check them without us.
type Dossier struct {
	Instance  string
	MadeAt    string // RFC 3339, UTC
	Version   string // of the program
	Pairs     []DossierPair
	Originals []Original
}

// DossierPair is a pair and what was decided on it.
type DossierPair struct {
	Pair
	Verdicts []claims.Verdict // empty when who decides is nobody else's business
}

// Original is one version of a document as it was fetched.
type Original struct {
	URL       string              `json:"url"`
	FinalURL  string              `json:"final_url,omitempty"` // after redirects
	Title     string              `json:"title"`
	MediaType string              `json:"media_type"`
	Status    int                 `json:"status,omitempty"` // 0: nobody served it
	Header    map[string][]string `json:"-"`
	SHA256    string              `json:"sha256"`
	FetchedAt string              `json:"fetched_at"`
	Name      string              `json:"file"`                // in the archive
	HeaderAt  string              `json:"header_file"`         // in the archive
	TextAt    string              `json:"text_file,omitempty"` // the text as read; "" when it could not be
	RecordID  string              `json:"warc_record"`
	Journal   *JournalMark        `json:"journal,omitempty"` // where the capture stands in the journal
	Content   []byte              `json:"-"`
	Text      string              `json:"-"`
}

// JournalMark is a place in the journal.
type JournalMark struct {
	Number int64  `json:"number"`
	At     string `json:"at"`
	Hash   string `json:"hash"`
}

func (d Dossier) ids() string {
	var all []string
	for _, p := range d.Pairs {
		all = append(all, p.Link.ID)
	}
	return strings.Join(all, " ")
}

// manifestFormat names what a manifest is, for those who read it later.
const manifestFormat = "contredit dossier 2"

// manifest says what is in the archive.
type manifest struct {
	Format    string          `json:"format"`
	Instance  string          `json:"instance"`
	Version   string          `json:"version"`
	MadeAt    string          `json:"made_at"`
	Pairs     []string        `json:"pairs"`
	Files     []manifestFile  `json:"files"`
	Originals []Original      `json:"originals"`
	Quotes    []manifestQuote `json:"quotes"`
}

type manifestFile struct {
	Name   string `json:"file"`
	Size   int    `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// manifestQuote says that a text of the archive holds a quote, in bytes, end excluded.
type manifestQuote struct {
	Pair  string `json:"pair"`
	Of    string `json:"of"` // "claim", or the number of the evidence from 1
	Text  string `json:"text_file"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Quote string `json:"quote"`
}

// The names of the files that every dossier has.
const (
	dossierPageName = "dossier.html"
	dossierDataName = "dossier.json"
	verifierName    = "verifier.html"
	warcName        = "captures.warc.gz"
	manifestName    = "manifeste.json"
	sumsName        = "SHA256SUMS"
)

// WriteDossier writes a ZIP archive: the pairs to read (dossier.html) and to compute with
// (dossier.json), of every version its bytes, its headers and its text, all of them as WARC,
// a manifest, a page that verifies the archive offline, and SHA256SUMS to check it by
// « sha256sum -c ». The same dossier gives the same bytes.
func WriteDossier(w io.Writer, d Dossier) error {
	if len(d.Pairs) == 0 {
		return errors.New("write dossier: no pair")
	}
	files, err := d.files()
	if err != nil {
		return fmt.Errorf("write dossier of %s: %w", d.ids(), err)
	}
	at, err := time.Parse(time.RFC3339, d.MadeAt)
	if err != nil {
		return fmt.Errorf("write dossier of %s: %w", d.ids(), err)
	}
	archive, _, err := packArchive(files, at)
	if err != nil {
		return fmt.Errorf("write dossier of %s: %w", d.ids(), err)
	}
	if _, err := w.Write(archive); err != nil {
		return fmt.Errorf("write dossier of %s: %w", d.ids(), err)
	}
	return nil
}

func (d *Dossier) files() ([]archiveFile, error) {
	var files []archiveFile
	add := func(name string, content []byte) { files = append(files, archiveFile{name: name, content: content}) }
	if err := d.nameOriginals(); err != nil {
		return nil, err
	}
	page, err := dossierHTML(*d)
	if err != nil {
		return nil, err
	}
	add(dossierPageName, page)
	data, err := json.MarshalIndent(d.data(), "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	add(dossierDataName, data)
	add(verifierName, VerifierPage())
	for _, o := range d.Originals {
		add(o.Name, o.Content)
		header, err := json.MarshalIndent(o.Header, "", "  ")
		if err != nil {
			return nil, fmt.Errorf("encode headers of %s: %w", o.URL, err)
		}
		add(o.HeaderAt, header)
		if o.TextAt != "" {
			add(o.TextAt, []byte(o.Text))
		}
	}
	var warc bytes.Buffer
	if err := writeWARC(&warc, *d); err != nil {
		return nil, err
	}
	add(warcName, warc.Bytes())
	m := manifest{Format: manifestFormat, Instance: d.Instance, Version: d.Version, MadeAt: d.MadeAt, Pairs: strings.Fields(d.ids()), Originals: d.Originals, Quotes: d.quotes()}
	for _, f := range files {
		m.Files = append(m.Files, manifestFile{f.name, len(f.content), sha256Of(f.content)})
	}
	list, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode the manifest: %w", err)
	}
	add(manifestName, list)
	add(sumsName, sums(files))
	return files, nil
}

// sums is what sha256sum would print of the files.
func sums(files []archiveFile) []byte {
	var b strings.Builder
	for _, f := range files {
		if f.name != sumsName {
			fmt.Fprintf(&b, "%s  %s\n", sha256Of(f.content), f.name)
		}
	}
	return []byte(b.String())
}

func sha256Of(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// nameOriginals gives the versions their places in the archive, and refuses bytes that are
// not those of their digest.
func (d *Dossier) nameOriginals() error {
	named := make([]Original, len(d.Originals))
	for i, o := range d.Originals {
		if got := sha256Of(o.Content); got != o.SHA256 {
			return fmt.Errorf("bytes of %s have the digest %s, want %s", o.URL, got, o.SHA256)
		}
		stem := fmt.Sprintf("%02d-%s", i+1, o.SHA256[:12])
		o.Name, o.HeaderAt, o.TextAt = "originaux/"+stem+extensionOf(o), "entetes/"+stem+".json", ""
		if o.Text != "" {
			o.TextAt = "textes/" + stem + ".txt"
		}
		o.RecordID = o.recordID()
		named[i] = o
	}
	d.Originals = named
	return nil
}

// quotes places every quote in the text of the version that it is a slice of, the one that the
// pair names before others of the same address.
func (d Dossier) quotes() []manifestQuote {
	all := []manifestQuote{}
	add := func(pair, of, url, quote string, s claims.Span, c Capture) {
		holds := func(o Original) bool {
			return o.URL == url && s.Start >= 0 && s.Start <= s.End && s.End <= len(o.Text) && o.Text[s.Start:s.End] == quote
		}
		i := slices.IndexFunc(d.Originals, func(o Original) bool { return o.SHA256 == c.SHA256 && holds(o) })
		if i < 0 {
			i = slices.IndexFunc(d.Originals, holds)
		}
		if quote != "" && i >= 0 {
			all = append(all, manifestQuote{pair, of, d.Originals[i].TextAt, s.Start, s.End, quote})
		}
	}
	for _, p := range d.Pairs {
		c := p.Link.Claim
		add(p.Link.ID, "claim", c.URL, c.Quote, c.Span, p.Captures[c.URL])
		for i, e := range p.Link.Evidence {
			add(p.Link.ID, fmt.Sprint(i+1), e.URL, e.Quote, e.Span, p.Captures[e.URL])
		}
	}
	return all
}

// dossierData is dossier.json.
type dossierData struct {
	Instance string            `json:"instance"`
	MadeAt   string            `json:"made_at"`
	Pairs    []dossierPairData `json:"pairs"`
}

type dossierPairData struct {
	Flag        FlagRow          `json:"flag"`
	Found       string           `json:"found_at"`
	Decided     string           `json:"decided_at,omitempty"`
	Confirmed   string           `json:"confirmed_at,omitempty"`
	Replies     []Note           `json:"replies"`
	Corrections []Note           `json:"corrections"`
	Earlier     []Wording        `json:"earlier_wordings,omitempty"`
	Verdicts    []claims.Verdict `json:"verdicts"`
}

func (d Dossier) data() dossierData {
	data := dossierData{Instance: d.Instance, MadeAt: d.MadeAt}
	for _, p := range d.Pairs {
		data.Pairs = append(data.Pairs, dossierPairData{Flag(p.Link, p.Status), p.Found, p.Decided, p.Confirmed, append([]Note{}, p.Replies...), append([]Note{}, p.Corrections...),
			p.Earlier, append([]claims.Verdict{}, p.Verdicts...)})
	}
	return data
}

// extensionOf keeps an archive from holding something that runs when it is opened.
func extensionOf(o Original) string {
	kind, _, _ := strings.Cut(o.MediaType, ";")
	switch ext := strings.ToLower(path.Ext(strings.TrimSuffix(o.URL, "/"))); {
	case strings.Contains(kind, "html"):
		return ".html.txt"
	case ext == ".pdf" || ext == ".docx" || ext == ".odt" || ext == ".vtt" || ext == ".srt" || ext == ".txt":
		return ext
	case kind == "application/pdf":
		return ".pdf"
	}
	return ".bin"
}

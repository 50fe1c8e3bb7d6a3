package evidence

import (
	"archive/zip"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"path"
	"strings"
	"time"

	"contredit/claims"
	"contredit/document"
)

// Dossier is a pair with the bytes that it rests on: enough to check it without us.
type Dossier struct {
	Instance  string
	MadeAt    string // RFC 3339, UTC
	Link      claims.Link
	Status    claims.Decision
	Verdicts  []claims.Verdict
	Originals []Original
}

// Original is one version of a document as it was fetched.
type Original struct {
	URL       string `json:"url"`
	Title     string `json:"title"`
	MediaType string `json:"media_type"`
	SHA256    string `json:"sha256"`
	FetchedAt string `json:"fetched_at"`
	Name      string `json:"file"` // in the archive
	Content   []byte `json:"-"`
}

//go:embed dossier.html
var dossierPage string

// WriteDossier writes a ZIP archive: the pair to read (dossier.html) and to compute with
// (dossier.json), the bytes of every version, and SHA256SUMS to check them by
// « sha256sum -c ». The same dossier gives the same bytes.
func WriteDossier(w io.Writer, d Dossier) error {
	originals := make([]Original, len(d.Originals))
	for i, o := range d.Originals {
		digest := sha256.Sum256(o.Content)
		if got := hex.EncodeToString(digest[:]); got != o.SHA256 {
			return fmt.Errorf("write dossier of %s: bytes of %s have the digest %s, want %s", d.Link.ID, o.URL, got, o.SHA256)
		}
		o.Name = fmt.Sprintf("originaux/%02d-%s%s", i+1, o.SHA256[:12], extensionOf(o))
		originals[i] = o
	}
	d.Originals = originals
	page, err := dossierHTML(d)
	if err != nil {
		return err
	}
	data, err := json.MarshalIndent(struct {
		Instance  string           `json:"instance"`
		MadeAt    string           `json:"made_at"`
		Flag      FlagRow          `json:"flag"`
		Verdicts  []claims.Verdict `json:"verdicts"`
		Originals []Original       `json:"originals"`
	}{d.Instance, d.MadeAt, Flag(d.Link, d.Status), d.Verdicts, d.Originals}, "", "  ")
	if err != nil {
		return fmt.Errorf("encode dossier of %s: %w", d.Link.ID, err)
	}
	files := []struct {
		name    string
		content []byte
	}{{"dossier.html", page}, {"dossier.json", data}}
	var sums strings.Builder
	for _, o := range d.Originals {
		files = append(files, struct {
			name    string
			content []byte
		}{o.Name, o.Content})
		fmt.Fprintf(&sums, "%s  %s\n", o.SHA256, o.Name)
	}
	files = append(files, struct {
		name    string
		content []byte
	}{"SHA256SUMS", []byte(sums.String())})
	at, _ := time.Parse(time.RFC3339, d.MadeAt) // the zero time is a date like another
	archive := zip.NewWriter(w)
	for _, f := range files {
		entry, err := archive.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: at})
		if err != nil {
			return fmt.Errorf("add %s to dossier: %w", f.name, err)
		}
		if _, err := entry.Write(f.content); err != nil {
			return fmt.Errorf("add %s to dossier: %w", f.name, err)
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("end dossier of %s: %w", d.Link.ID, err)
	}
	return nil
}

func dossierHTML(d Dossier) ([]byte, error) {
	t, err := template.New("dossier").Funcs(template.FuncMap{
		"absent": func() bool { return d.Link.Kind == claims.KindAbsence },
		"place": func(l document.Locator) string {
			switch {
			case l.Timed:
				return fmt.Sprintf("à %d min %02d s", int(l.At)/60, int(l.At)%60)
			case l.Page > 0:
				return fmt.Sprintf("page %d", l.Page)
			}
			return ""
		},
	}).Parse(dossierPage)
	if err != nil {
		return nil, fmt.Errorf("parse the dossier's page: %w", err)
	}
	var b strings.Builder
	if err := t.Execute(&b, d); err != nil {
		return nil, fmt.Errorf("write the dossier's page: %w", err)
	}
	return []byte(b.String()), nil
}

// extensionOf keeps an archive from holding something that runs when it is opened.
func extensionOf(o Original) string {
	kind, _, _ := strings.Cut(o.MediaType, ";")
	switch ext := strings.ToLower(path.Ext(strings.TrimSuffix(o.URL, "/"))); {
	case strings.Contains(kind, "html"):
		return ".html"
	case ext == ".pdf" || ext == ".docx" || ext == ".odt" || ext == ".vtt" || ext == ".srt" || ext == ".txt":
		return ext
	case kind == "application/pdf":
		return ".pdf"
	}
	return ".bin"
}

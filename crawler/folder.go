package crawler

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/pelletier/go-toml/v2"

	"contredit/document"
)

// Where the files of a drop folder go, beside those that wait.
const (
	DoneFolder    = "traités"
	RefusedFolder = "refusés"
)

// provenance is the file « pv.pdf.toml » beside « pv.pdf »: what its bytes do not say.
type provenance struct {
	Title string `toml:"title"`
	Date  string `toml:"date"`  // ISO day of the meeting or publication
	URL   string `toml:"url"`   // where it was published
	Video string `toml:"video"` // recording that captions belong to
}

// collectFolder takes what people put into a drop folder. A file that was read moves to
// « traités », one that cannot be to « refusés » with the reason beside it.
func (c *Crawler) collectFolder(ctx context.Context, s Source, sink Sink) (Report, error) {
	c.fill()
	r := &run{c: c, source: s, sink: sink, report: Report{Source: s.Name, Started: c.Now()}}
	var err error
	if r.health, err = c.Archive.Health(ctx, s.Name); err != nil {
		return r.report, fmt.Errorf("crawl %s: look up its health: %w", s.Name, err)
	}
	for _, folder := range s.Start {
		if err := r.collect(ctx, folder); err != nil {
			return r.report, fmt.Errorf("crawl %s: %w", s.Name, err)
		}
	}
	r.report.Ended = c.Now()
	r.observe()
	if err := c.Archive.SaveHealth(context.WithoutCancel(ctx), r.health); err != nil {
		return r.report, fmt.Errorf("crawl %s: keep its health: %w", s.Name, err)
	}
	return r.report, nil
}

func (r *run) collect(ctx context.Context, folder string) error {
	// os.Root: a folder that somebody else fills must not reach outside itself.
	root, err := os.OpenRoot(folder)
	if err != nil {
		r.shut = &trouble{kind: KindFolder, detail: folder, cause: err}
		r.tell(r.shut, folder, Page{})
		return nil
	}
	defer root.Close()
	names, waiting, err := r.droppedFiles(root)
	if err != nil {
		return fmt.Errorf("list %s: %w", folder, err)
	}
	r.report.Pending += waiting
	r.entered++
	r.report.Listings++
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		r.report.Found++
		if err := r.collectFile(ctx, root, folder, name); err != nil {
			return err
		}
	}
	return nil
}

// droppedFiles lists the files that wait, those of subfolders too, in the order of their names.
// Hidden and half-copied ones are left alone; so is, for a while, a provenance whose file is
// still on its way: waiting counts those.
func (r *run) droppedFiles(root *os.Root) (names []string, waiting int, err error) {
	err = fs.WalkDir(root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		base := e.Name()
		switch ext := strings.ToLower(filepath.Ext(base)); {
		case err != nil:
			return err
		case name == ".":
		case e.IsDir() && (name == DoneFolder || name == RefusedFolder || strings.HasPrefix(base, ".")):
			return fs.SkipDir
		case e.IsDir(), strings.HasPrefix(base, "."), strings.HasPrefix(base, "~"), strings.HasSuffix(base, "~"):
		case ext == ".part", ext == ".tmp", ext == ".crdownload", ext == ".filepart":
		case ext == ".toml":
			if _, err := root.Lstat(strings.TrimSuffix(name, filepath.Ext(name))); err == nil {
				return nil // goes with its file
			}
			if info, err := e.Info(); err == nil && r.c.Now().Sub(info.ModTime()) < provenancePatience {
				waiting++
				return nil
			}
			names = append(names, name)
		default:
			names = append(names, name)
		}
		return nil
	})
	slices.Sort(names)
	return names, waiting, err
}

// provenancePatience is how long a provenance may wait for its file.
const provenancePatience = time.Hour

func (r *run) collectFile(ctx context.Context, root *os.Root, folder, name string) error {
	content, err := r.readDropped(root, name)
	if errors.Is(err, errGrowing) {
		r.report.Pending++
		return nil
	}
	var doc document.Document
	if err == nil {
		doc, err = r.describe(root, folder, name, content)
	}
	if err != nil {
		return r.refuse(root, folder, name, err)
	}
	sum := sha256.Sum256(content)
	snap := document.Snapshot{
		URL: doc.URL, FinalURL: doc.URL, MediaType: doc.MediaType, Status: http.StatusOK,
		SHA256: hex.EncodeToString(sum[:]), Content: content, FetchedAt: r.c.Now(),
	}
	isNew, changed, err := r.sink(ctx, doc, r.source.Charset, snap)
	if err != nil {
		return fmt.Errorf("keep %s: %w", name, err)
	}
	r.report.count(isNew, changed)
	r.report.Bytes += int64(len(content))
	r.move(root, folder, name, DoneFolder, snap.SHA256)
	return nil
}

// errGrowing is a file that is still being copied.
var errGrowing = errors.New("still being copied")

func (r *run) readDropped(root *os.Root, name string) ([]byte, error) {
	info, err := root.Lstat(name)
	if err != nil {
		return nil, fmt.Errorf("illisible : %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("ce n’est pas un fichier ordinaire (un lien, peut-être) : déposez le fichier lui-même")
	}
	if most := r.c.maxBody(); info.Size() > most {
		return nil, fmt.Errorf("trop grand (%s) : augmentez « max_body » ou découpez-le", tooBig(info.Size(), most).detail)
	}
	file, err := root.Open(name)
	if err != nil {
		return nil, fmt.Errorf("illisible : %w", err)
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, info.Size()+1))
	if err != nil {
		return nil, fmt.Errorf("illisible : %w", err)
	}
	after, err := root.Lstat(name)
	if err != nil || after.Size() != info.Size() || !after.ModTime().Equal(info.ModTime()) || int64(len(content)) != info.Size() {
		return nil, errGrowing
	}
	if len(content) == 0 {
		return nil, errors.New("fichier vide : redéposez-le")
	}
	return content, nil
}

// droppedTypes are the media types of the files that readers know, by their ending.
var droppedTypes = map[string]string{
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".htm":  "text/html", ".html": "text/html", ".md": "text/plain",
	".odt": "application/vnd.oasis.opendocument.text", ".pdf": "application/pdf",
	".sbv": "text/plain", ".srt": "application/x-subrip", ".txt": "text/plain", ".vtt": "text/vtt", ".xhtml": "application/xhtml+xml",
}

// describe says what a dropped file is, by its name, its bytes and the provenance beside it.
func (r *run) describe(root *os.Root, folder, name string, content []byte) (document.Document, error) {
	doc := document.Document{
		Source: r.source.Name, Role: r.source.Role, Body: r.source.Body, Visibility: r.source.Visibility,
		MediaType: droppedTypes[strings.ToLower(filepath.Ext(name))],
	}
	switch sniffed := mediaType(http.DetectContentType(content)); {
	case bytes.HasPrefix(content, []byte("%PDF-")):
		doc.MediaType = "application/pdf"
	case doc.MediaType == "" && sniffed == "text/html":
		doc.MediaType = sniffed
	case strings.EqualFold(filepath.Ext(name), ".toml"):
		return doc, fmt.Errorf("provenance sans son fichier : déposez « %s » avec elle", strings.TrimSuffix(filepath.Base(name), filepath.Ext(name)))
	case doc.MediaType == "":
		return doc, fmt.Errorf("forme inconnue (%s, %s) : déposez un PDF, DOCX, ODT, HTML, TXT, VTT ou SRT", filepath.Ext(name), sniffed)
	}
	absolute, err := filepath.Abs(filepath.Join(folder, name))
	if err != nil {
		return doc, fmt.Errorf("adresse du fichier : %w", err)
	}
	doc.URL = (&url.URL{Scheme: "file", Path: filepath.ToSlash(absolute)}).String()
	return doc, addProvenance(root, name, &doc)
}

// isAbsent says that a provenance is not there: beside a name as long as names may be, none can.
func isAbsent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENAMETOOLONG)
}

func addProvenance(root *os.Root, name string, doc *document.Document) error {
	text, err := root.ReadFile(name + ".toml")
	if isAbsent(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s.toml illisible : %w", name, err)
	}
	var p provenance
	if err := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields().Decode(&p); err != nil {
		return fmt.Errorf("%s.toml : %w ; permis : title, date, url, video", name, err)
	}
	if _, err := time.Parse(time.DateOnly, p.Date); p.Date != "" && err != nil {
		return fmt.Errorf("%s.toml : date « %s » ; attendu : 2026-03-27", name, p.Date)
	}
	doc.Title, doc.Date, doc.VideoURL = p.Title, p.Date, p.Video
	if p.URL != "" {
		if doc.URL, err = Canonical(p.URL); err != nil {
			return fmt.Errorf("%s.toml : url « %s » n’est pas une adresse web", name, p.URL)
		}
	}
	return nil
}

// mostNoteName is how much of a file's name its note takes, in bytes.
const mostNoteName = 240

// refuse puts a file aside with the reason.
func (r *run) refuse(root *os.Root, folder, name string, reason error) error {
	why := &trouble{kind: KindFile, detail: name + " : " + reason.Error()}
	r.report.Problems = append(r.report.Problems, why.problem(filepath.Join(folder, name), r.c.Now()))
	if !r.move(root, folder, name, RefusedFolder, "") {
		return nil
	}
	base := filepath.Base(name)
	// A name has 255 bytes at most, and the ending takes some.
	note := filepath.Join(RefusedFolder, filepath.Dir(name), strings.ToValidUTF8(base[:min(len(base), mostNoteName)], "")+".raison.txt")
	if err := root.WriteFile(note, []byte(reason.Error()+"\n"), 0o600); err != nil {
		return fmt.Errorf("write the reason %s: %w", note, err)
	}
	return nil
}

// move puts a file and its provenance into a folder below. What stands there under the same
// name stays: the digest, else a number, tells them apart. A file that cannot be moved is a
// problem that is told, and will be looked at again.
func (r *run) move(root *os.Root, folder, name, below, digest string) bool {
	to := filepath.Join(below, name)
	if err := root.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return r.stuck(folder, name, err)
	}
	for n := 2; ; n++ {
		if _, err := root.Lstat(to); errors.Is(err, fs.ErrNotExist) {
			break
		}
		ext := filepath.Ext(name)
		mark := fmt.Sprintf("-%d", n)
		if digest != "" && n == 2 {
			mark = "-" + digest[:8]
		}
		to = filepath.Join(below, strings.TrimSuffix(name, ext)+mark+ext)
	}
	if err := root.Rename(name, to); err != nil {
		return r.stuck(folder, name, err)
	}
	if err := root.Rename(name+".toml", to+".toml"); err != nil && !isAbsent(err) {
		r.stuck(folder, name+".toml", err)
	}
	return true
}

func (r *run) stuck(folder, name string, err error) bool {
	why := &trouble{kind: KindFolder, detail: "« " + name + " » ne peut pas être rangé", cause: err}
	r.report.Problems = append(r.report.Problems, why.problem(filepath.Join(folder, name), r.c.Now()))
	return false
}

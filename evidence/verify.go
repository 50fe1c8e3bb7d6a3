package evidence

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strings"
	"time"
)

// DossierFault is something in a dossier that does not hold: which file, which check.
type DossierFault struct {
	File  string // name in the archive; "" for the archive itself
	Check string // what was checked and found wrong, for people
}

func (f DossierFault) String() string { return orElse(f.File, "l’archive") + " : " + f.Check }

// DossierReport is what a verification looked at.
type DossierReport struct {
	Files  int
	Quotes int
	Pairs  []string
	MadeAt string
	SHA256 string // of the archive
	Faults []DossierFault
}

// VerifyDossier checks an archive by itself: every file against its checksum, its digest and
// the manifest, every quote in its text, the WARC against the originals, and every byte of the
// container against the one that follows from the files.
func VerifyDossier(content []byte) DossierReport {
	v := &dossierVerifier{report: DossierReport{SHA256: sha256Of(content)}}
	files, err := unpackArchive(content)
	if err != nil {
		v.fault("", "illisible : %v", err)
		return v.report
	}
	v.files = files
	v.report.Files = len(files)
	v.sums()
	v.manifest()
	v.warc()
	v.container(content)
	return v.report
}

type dossierVerifier struct {
	files  []archiveFile
	m      manifest
	report DossierReport
}

func (v *dossierVerifier) fault(file, format string, args ...any) {
	f := DossierFault{file, fmt.Sprintf(format, args...)}
	if !slices.Contains(v.report.Faults, f) {
		v.report.Faults = append(v.report.Faults, f)
	}
}

func (v *dossierVerifier) file(name string) ([]byte, bool) {
	for _, f := range v.files {
		if f.name == name {
			return f.content, true
		}
	}
	return nil, false
}

// sums checks every file against the archive's own checksum and against SHA256SUMS.
func (v *dossierVerifier) sums() {
	for _, f := range v.files {
		if crc32.ChecksumIEEE(f.content) != f.crc {
			v.fault(f.name, "somme de contrôle (CRC-32) : les octets ne sont plus ceux qui ont été rangés")
		}
	}
	list, ok := v.file(sumsName)
	if !ok {
		v.fault(sumsName, "manque")
		return
	}
	listed := map[string]bool{sumsName: true}
	for line := range strings.Lines(string(list)) {
		want, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if !ok {
			v.fault(sumsName, "ligne illisible : %q", line)
			continue
		}
		listed[name] = true
		content, ok := v.file(name)
		switch {
		case !ok:
			v.fault(name, "nommé par %s, il manque", sumsName)
		case sha256Of(content) != want:
			v.fault(name, "SHA-256 %s, attendu %s", sha256Of(content), want)
		}
	}
	for _, f := range v.files {
		if !listed[f.name] {
			v.fault(f.name, "n’est pas dans %s", sumsName)
		}
	}
	if !bytes.Equal(list, sums(v.files)) {
		v.fault(sumsName, "ce n’est pas la liste qui suit des fichiers")
	}
}

// manifest checks the files and the quotes that the manifest names.
func (v *dossierVerifier) manifest() {
	text, ok := v.file(manifestName)
	if !ok {
		v.fault(manifestName, "manque")
		return
	}
	if err := json.Unmarshal(text, &v.m); err != nil {
		v.fault(manifestName, "illisible : %v", err)
		return
	}
	if v.m.Format != manifestFormat {
		v.fault(manifestName, "forme inconnue : %q, attendu %q", v.m.Format, manifestFormat)
	}
	v.report.Pairs, v.report.MadeAt = v.m.Pairs, v.m.MadeAt
	for _, f := range v.m.Files {
		content, ok := v.file(f.Name)
		if !ok || len(content) != f.Size || sha256Of(content) != f.SHA256 {
			v.fault(f.Name, "n’est pas celui que le manifeste décrit")
		}
	}
	for _, o := range v.m.Originals {
		if content, ok := v.file(o.Name); !ok || sha256Of(content) != o.SHA256 {
			v.fault(o.Name, "n’est pas la version de %s qui porte l’empreinte %s", o.URL, o.SHA256)
		}
	}
	for _, q := range v.m.Quotes {
		v.report.Quotes++
		content, ok := v.file(q.Text)
		if !ok || q.Start < 0 || q.End > len(content) || q.Start > q.End || string(content[q.Start:q.End]) != q.Quote {
			v.fault(q.Text, "la citation « %s » de la paire %s ne s’y lit pas à sa place", q.Quote, q.Pair)
		}
	}
}

// warc checks that the WARC unpacks and holds the bytes of every original.
func (v *dossierVerifier) warc() {
	packed, ok := v.file(warcName)
	if !ok {
		v.fault(warcName, "manque")
		return
	}
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		v.fault(warcName, "illisible : %v", err)
		return
	}
	plain, err := io.ReadAll(reader)
	if err != nil {
		v.fault(warcName, "illisible : %v", err)
		return
	}
	for _, o := range v.m.Originals {
		content, ok := v.file(o.Name)
		if !ok {
			continue // said already
		}
		if !bytes.Contains(plain, []byte("WARC-Record-ID: <"+o.RecordID+">\r\n")) || !bytes.Contains(plain, []byte("WARC-Payload-Digest: sha256:"+o.SHA256+"\r\n")) || !bytes.Contains(plain, content) {
			v.fault(warcName, "n’a pas les octets de %s", o.Name)
		}
	}
}

// container writes the archive again and names the first byte that differs.
func (v *dossierVerifier) container(content []byte) {
	at, err := time.Parse(time.RFC3339, v.m.MadeAt)
	if err != nil {
		v.fault(manifestName, "date illisible : %q", v.m.MadeAt)
		return
	}
	again, regions, err := packArchive(v.files, at)
	if errors.Is(err, errArchiveTooLarge) {
		v.fault("", "%v", err)
		return
	}
	if bytes.Equal(again, content) {
		return
	}
	n := 0
	for n < len(again) && n < len(content) && again[n] == content[n] {
		n++
	}
	for _, r := range regions {
		if r.start <= n && n < r.end {
			v.fault(r.name, "%s : l’octet %d diffère", r.what, n)
			return
		}
	}
	v.fault("", "fin de l’archive : %d octets, attendu %d", len(content), len(again))
}

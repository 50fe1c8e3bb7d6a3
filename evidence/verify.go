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
// container against the one that follows from the files. It takes no more memory than a few times
// the archive's size. Who makes a whole archive anew passes: its digest is what tells.
func VerifyDossier(content []byte) DossierReport {
	v := &dossierVerifier{broken: map[string]bool{}, report: DossierReport{SHA256: sha256Of(content)}}
	files, err := unpackArchive(content)
	if err != nil {
		v.fault("", "illisible : %v", err)
		return v.report
	}
	v.files = files
	v.report.Files = len(files)
	v.sums()
	v.manifest()
	v.data()
	v.warc()
	v.container(content)
	return v.report
}

type dossierVerifier struct {
	files  []archiveFile
	broken map[string]bool // whose checksum or digest is wrong
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
	seen := map[string]bool{}
	for _, f := range v.files {
		if seen[f.name] {
			v.fault(f.name, "est deux fois dans l’archive : un programme montre l’un, un autre l’autre")
		}
		seen[f.name] = true
		switch {
		case f.foreign:
			v.broken[f.name] = true
			v.fault(f.name, "n’a pas été rangé par contredit : un autre outil l’a ajouté ou refait")
		case crc32.ChecksumIEEE(f.content) != f.crc:
			v.broken[f.name] = true
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
			v.broken[name] = true
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
	listed := map[string]bool{manifestName: true, sumsName: true}
	for _, f := range v.m.Files {
		listed[f.Name] = true
		content, ok := v.file(f.Name)
		if !ok || len(content) != f.Size || sha256Of(content) != f.SHA256 {
			v.fault(f.Name, "n’est pas celui que le manifeste décrit")
		}
	}
	for _, f := range v.files {
		if !listed[f.name] {
			v.fault(f.name, "n’est pas dans le manifeste")
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

// data checks that the manifest places the quotes of dossier.json, all of them and no others.
func (v *dossierVerifier) data() {
	text, ok := v.file(dossierDataName)
	if !ok {
		v.fault(dossierDataName, "manque")
		return
	}
	var d dossierData
	if err := json.Unmarshal(text, &d); err != nil {
		v.fault(dossierDataName, "illisible : %v", err)
		return
	}
	placed := map[[3]string]bool{}
	for _, q := range v.m.Quotes {
		placed[[3]string{q.Pair, q.Of, q.Quote}] = true
	}
	var pairs []string
	stated := map[[3]string]bool{}
	state := func(pair, of, quote string) {
		key := [3]string{pair, of, quote}
		if stated[key] = true; quote != "" && !placed[key] {
			v.fault(manifestName, "ne dit pas où se lit la citation « %s » de la paire %s", quote, pair)
		}
	}
	for _, p := range d.Pairs {
		pairs = append(pairs, p.Flag.ID)
		state(p.Flag.ID, "claim", p.Flag.Claim.Quote)
		for i, e := range p.Flag.Evidence {
			if e.Quote != nil {
				state(p.Flag.ID, fmt.Sprint(i+1), *e.Quote)
			}
		}
	}
	for _, q := range v.m.Quotes {
		if !stated[[3]string{q.Pair, q.Of, q.Quote}] {
			v.fault(dossierDataName, "n’a pas la citation « %s » de la paire %s", q.Quote, q.Pair)
		}
	}
	if !slices.Equal(pairs, v.m.Pairs) || d.MadeAt != v.m.MadeAt {
		v.fault(dossierDataName, "n’a pas les paires ou la date du manifeste")
	}
}

// warc checks that the WARC unpacks and holds the bytes of every original.
func (v *dossierVerifier) warc() {
	packed, ok := v.file(warcName)
	if !ok {
		v.fault(warcName, "manque")
		return
	}
	if v.broken[warcName] {
		return // said already, and what it unpacks to is anybody's guess
	}
	plain, err := inflateUpTo(packed, v.warcLimit())
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

// warcLimit is more than a WARC of the files of the archive can hold: their bytes, and of every
// record a head with an address that the manifest has too.
func (v *dossierVerifier) warcLimit() int64 {
	limit := int64(1 << 20)
	for _, f := range v.files {
		if f.name != warcName {
			limit += 2 * int64(len(f.content))
		}
	}
	return limit
}

func inflateUpTo(packed []byte, limit int64) ([]byte, error) {
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(io.LimitReader(reader, limit+1))
	if err == nil && int64(len(plain)) > limit {
		err = fmt.Errorf("il se déploie en plus de %d octets, ce que les fichiers de l’archive ne peuvent donner", limit)
	}
	return plain, err
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

package evidence_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"contredit/evidence"
)

// forgedFile is one file of an archive that a forger makes anew.
type forgedFile struct {
	name    string
	content []byte
}

func unpacked(t *testing.T, archive []byte) (files []forgedFile) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		files = append(files, forgedFile{f.Name, inside(t, archive, f.Name)})
	}
	return files
}

// packedLike writes files in the form of a dossier, byte for byte, with the dates of another.
func packedLike(t *testing.T, archive []byte, files []forgedFile) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range files {
		head := z.File[0].FileHeader
		head.Name, head.CRC32 = f.name, crc32.ChecksumIEEE(f.content)
		head.CompressedSize64, head.UncompressedSize64 = uint64(len(f.content)), uint64(len(f.content))
		part, err := w.CreateRaw(&head)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(f.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// forged makes an archive anew with other contents, its sums rewritten; edit changes the manifest,
// which by then describes the new contents.
func forged(t *testing.T, archive []byte, contents map[string][]byte, edit func(manifest map[string]any)) []byte {
	t.Helper()
	files := unpacked(t, archive)
	for i, f := range files {
		if other, ok := contents[f.name]; ok {
			files[i].content = other
		}
	}
	for i, f := range files {
		switch f.name {
		case "manifeste.json":
			var manifest map[string]any
			if err := json.Unmarshal(f.content, &manifest); err != nil {
				t.Fatal(err)
			}
			list := []map[string]any{}
			for _, g := range files[:i] {
				list = append(list, map[string]any{"file": g.name, "bytes": len(g.content), "sha256": digestOf(string(g.content))})
			}
			manifest["files"] = list
			edit(manifest)
			text, err := json.Marshal(manifest)
			if err != nil {
				t.Fatal(err)
			}
			files[i].content = text
		case "SHA256SUMS":
			var b strings.Builder
			for _, g := range files {
				if g.name != f.name {
					fmt.Fprintf(&b, "%s  %s\n", digestOf(string(g.content)), g.name)
				}
			}
			files[i].content = []byte(b.String())
		}
	}
	return packedLike(t, archive, files)
}

func asItIs(map[string]any) {}

func TestVerifyDossierNamesAForgery(t *testing.T) {
	archive := mustDossier(t, dossierOf(confirmedPair()))
	if again := packedLike(t, archive, unpacked(t, archive)); !bytes.Equal(again, archive) {
		t.Fatal("the test does not write archives in the dossier's form")
	}
	if report := evidence.VerifyDossier(forged(t, archive, nil, asItIs)); len(report.Faults) > 0 {
		t.Fatalf("an archive made anew as it was has the faults %v", report.Faults)
	}
	page := map[string][]byte{"dossier.html": []byte("<p>Autre chose.</p>")}
	first := append([]forgedFile{{"dossier.html", page["dossier.html"]}}, unpacked(t, archive)...)
	for name, c := range map[string]struct {
		archive []byte
		want    string
	}{
		"ManifestEmptied": {forged(t, archive, page, func(m map[string]any) { m["files"], m["quotes"] = []any{}, []any{} }), "dossier.html : n’est pas dans le manifeste"},
		"QuotesEmptied":   {forged(t, archive, nil, func(m map[string]any) { m["quotes"] = []any{} }), "ne dit pas où se lit la citation"},
		"PairsEmptied":    {forged(t, archive, nil, func(m map[string]any) { m["pairs"] = []any{} }), "n’a pas les paires"},
		"NameTwice":       {packedLike(t, archive, first), "dossier.html : est deux fois"},
		"DataReplaced": {forged(t, archive, map[string][]byte{"dossier.json": []byte(`{"made_at":"2026-03-02T08:00:00Z","pairs":[{"flag":{"id":"00000000000000aa","claim":{"quote":"Autre."}}}]}`)}, asItIs),
			"dossier.json : n’a pas la citation"},
	} {
		t.Run(name, func(t *testing.T) {
			faults := fmt.Sprint(evidence.VerifyDossier(c.archive).Faults)
			if !strings.Contains(faults, c.want) {
				t.Errorf("faults %s, want %q", faults, c.want)
			}
		})
	}
}

// A file that another program added is called that, and its checksum is not doubted.
func TestVerifyDossierNamesWhatAnotherProgramAdded(t *testing.T) {
	archive := mustDossier(t, dossierOf(confirmedPair()))
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	note := strings.Repeat("une note ", 40)
	var packed, out bytes.Buffer
	deflated := gzip.NewWriter(&packed)
	if _, err := io.WriteString(deflated, note); err != nil {
		t.Fatal(err)
	}
	if err := deflated.Close(); err != nil {
		t.Fatal(err)
	}
	raw := packed.Bytes()[10 : packed.Len()-8]
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	head := &zip.FileHeader{Name: "note.txt", Method: zip.Deflate, Flags: 0, CRC32: crc32.ChecksumIEEE([]byte(note)), CompressedSize64: uint64(len(raw)), UncompressedSize64: uint64(len(note)), Extra: []byte("UT\x01\x00\x00")}
	part, err := w.CreateRaw(head)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(raw); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	faults := evidence.VerifyDossier(out.Bytes()).Faults
	all := fmt.Sprint(faults)
	if len(faults) == 0 || !strings.Contains(all, "note.txt : n’a pas été rangé par contredit") || strings.Contains(all, "CRC-32") || strings.Contains(all, "illisible") {
		t.Errorf("faults %v", faults)
	}
}

// What unpacks to far more than an archive can hold takes no more memory than the archive is worth.
func TestVerifyDossierIsNotFilledByABomb(t *testing.T) {
	archive := mustDossier(t, dossierOf(confirmedPair()))
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	for range 256 {
		if _, err := w.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	bomb := map[string][]byte{"captures.warc.gz": packed.Bytes()}
	files := unpacked(t, archive)
	i := slices.IndexFunc(files, func(f forgedFile) bool { return f.name == "captures.warc.gz" })
	files[i].content = packed.Bytes()
	for name, c := range map[string]struct {
		archive []byte
		want    string
	}{
		"RightSums": {forged(t, archive, bomb, asItIs), "captures.warc.gz : illisible : il se déploie en plus de"},
		"WrongSums": {packedLike(t, archive, files), "captures.warc.gz : SHA-256"},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			faults := fmt.Sprint(evidence.VerifyDossier(c.archive).Faults)
			runtime.ReadMemStats(&after)
			if !strings.Contains(faults, c.want) {
				t.Errorf("faults %s, want %q", faults, c.want)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 64<<20 {
				t.Errorf("%d bytes were taken for an archive of %d", used, len(c.archive))
			}
		})
	}
}

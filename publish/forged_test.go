package publish_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
	"testing"
)

// forgedFile is one file of an archive that a forger makes anew.
type forgedFile struct {
	name    string
	content []byte
}

// forgeries are archives that do not hold, by what was done to them, with what must be said of them.
func forgeries(t *testing.T, archive []byte) map[string]struct {
	archive []byte
	want    string
} {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	contents := unzipped(t, archive)
	files := func(page, manifest string, before ...forgedFile) (all []forgedFile) {
		changed := map[string][]byte{"dossier.html": []byte(page), "manifeste.json": []byte(manifest)}
		all = before
		var sums strings.Builder
		for _, f := range z.File {
			content := contents[f.Name]
			if other := changed[f.Name]; len(other) > 0 {
				content = other
			}
			if f.Name == "SHA256SUMS" {
				content = []byte(sums.String())
			} else {
				fmt.Fprintf(&sums, "%s  %s\n", digestOf(string(content)), f.Name)
			}
			all = append(all, forgedFile{f.Name, content})
		}
		return all
	}
	pack := func(all []forgedFile) []byte {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for _, f := range all {
			head := z.File[0].FileHeader
			head.Name, head.CRC32 = f.name, crc32.ChecksumIEEE(f.content)
			head.CompressedSize64, head.UncompressedSize64 = uint64(len(f.content)), uint64(len(f.content))
			part, err := w.CreateRaw(&head)
			if err == nil {
				_, err = part.Write(f.content)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	if !bytes.Equal(pack(files("", "")), archive) {
		t.Fatal("the test does not write archives in the dossier's form")
	}
	flipped := func(at int) []byte {
		all := slices.Clone(archive)
		all[at] ^= 1
		return all
	}
	const emptied = `{"format":"contredit dossier 2","made_at":"2026-03-02T08:00:00Z","pairs":["0000000000000001"],"files":[],"originals":[],"quotes":[]}`
	end := len(archive) - 22
	return map[string]struct {
		archive []byte
		want    string
	}{
		"HeaderByte":      {flipped(7), "dossier.html\t✕ en-tête dans l’archive"},
		"DirectoryByte":   {flipped(bytes.LastIndex(archive, []byte("PK\x01\x02")) + 5), "SHA256SUMS\t✕ répertoire de l’archive"},
		"EndByte":         {flipped(end + 6), "fin de l’archive"},
		"ByteAfterTheEnd": {append(slices.Clone(archive), 0), "octets, attendu"},
		"ContentByte":     {flipped(bytes.Index(archive, []byte("Mesdames")) + 2), "dossier.html\t✕"},
		"NameTwice":       {pack(files("", "", forgedFile{"dossier.html", []byte("<p>Autre.</p>")})), "dossier.html\t✕ est deux fois"},
		"ManifestEmptied": {pack(files("<p>Autre.</p>", emptied)), "dossier.html\t✕ n’est pas dans le manifeste"},
		"QuotesEmptied":   {pack(files("", emptied)), "le manifeste ne dit pas où elle se lit"},
	}
}

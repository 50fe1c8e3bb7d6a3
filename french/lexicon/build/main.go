// Command build packs the inflected forms of Dicollecte (form, lemma, tag, number and
// gender, tab separated, gzip) into the file that package french embeds: lists of
// readings, each a lemma told as an ending to cut and an ending to add, and an FST from
// forms to lists. The same input gives the same bytes.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"sort"
	"strings"

	"contredit/french"

	"github.com/blevesearch/vellum"
)

func main() {
	in := flag.String("in", "", "dicollecte-forms.tsv.gz")
	out := flag.String("out", "", "file to write")
	flag.Parse()
	if err := run(*in, *out); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

func run(in, out string) error {
	forms, err := readForms(in)
	if err != nil {
		return err
	}
	b, err := pack(forms)
	if err != nil {
		return err
	}
	if err := os.WriteFile(out, b, 0o644); err != nil {
		return fmt.Errorf("write lexicon: %w", err)
	}
	return nil
}

type reading struct {
	lemma    string
	pos      french.POS
	features french.Features
}

// readForms merges the lines of a form that differ in features alone.
func readForms(path string) (map[string][]reading, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open forms: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", path, err)
	}
	type line struct{ form, lemma, tag, number string }
	var lines []line
	lemmas := map[string]french.Features{} // features of the verb, from its infinitive
	sc := bufio.NewScanner(z)
	for sc.Scan() {
		cols := strings.Split(sc.Text(), "\t")
		if len(cols) != 4 {
			return nil, fmt.Errorf("%s: %d columns in %q, want 4", path, len(cols), sc.Text())
		}
		l := line{cols[0], cols[1], cols[2], cols[3]}
		lines = append(lines, l)
		if isVerbLemma(l.tag) && strings.HasSuffix(strings.TrimSuffix(l.tag, "/infi"), "e_") {
			lemmas[l.lemma] = french.AuxiliaryEtre
		}
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	forms := map[string][]reading{}
	for _, l := range lines {
		for _, r := range readings(l.lemma, l.tag, l.number) {
			if r.pos == french.Verb {
				r.features |= lemmas[l.lemma]
			}
			forms[l.form] = merge(forms[l.form], r)
		}
	}
	return forms, nil
}

func merge(list []reading, r reading) []reading {
	for i := range list {
		if list[i].lemma == r.lemma && list[i].pos == r.pos {
			list[i].features |= r.features
			return list
		}
	}
	return append(list, r)
}

func pack(forms map[string][]reading) ([]byte, error) {
	keys := make([]string, 0, len(forms))
	for f := range forms {
		keys = append(keys, f)
	}
	sort.Strings(keys)
	var table bytes.Buffer
	var offsets []uint32
	ids := map[string]uint64{}
	var fst bytes.Buffer
	builder, err := vellum.New(&fst, nil)
	if err != nil {
		return nil, fmt.Errorf("start FST: %w", err)
	}
	for _, form := range keys {
		code := encode(form, forms[form])
		id, known := ids[code]
		if !known {
			id = uint64(len(offsets))
			ids[code] = id
			offsets = append(offsets, uint32(table.Len()))
			table.WriteString(code)
		}
		if err := builder.Insert([]byte(form), id); err != nil {
			return nil, fmt.Errorf("insert %q: %w", form, err)
		}
	}
	if err := builder.Close(); err != nil {
		return nil, fmt.Errorf("close FST: %w", err)
	}
	var b []byte
	b = binary.LittleEndian.AppendUint32(b, uint32(len(offsets)))
	for _, o := range offsets {
		b = binary.LittleEndian.AppendUint32(b, o)
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(table.Len()))
	b = append(b, table.Bytes()...)
	return append(b, fst.Bytes()...), nil
}

func encode(form string, list []reading) string {
	b := []byte{byte(len(list))}
	for _, r := range list {
		n := 0
		for n < len(form) && n < len(r.lemma) && form[n] == r.lemma[n] {
			n++
		}
		b = append(b, byte(len(form)-n), byte(len(r.lemma)-n))
		b = append(b, r.lemma[n:]...)
		b = append(b, byte(r.pos))
		b = binary.LittleEndian.AppendUint32(b, uint32(r.features))
	}
	return string(b)
}

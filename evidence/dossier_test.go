package evidence_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/nlnwa/gowarc/v3"

	"contredit/claims"
	"contredit/evidence"
)

func dossierOf(pairs ...evidence.Pair) evidence.Dossier {
	d := evidence.Dossier{Instance: "Veille Exemple", MadeAt: "2026-03-02T08:00:00Z", Version: "essai"}
	for _, p := range pairs {
		d.Pairs = append(d.Pairs, evidence.DossierPair{Pair: p})
	}
	page := "<html><script>alert(1)</script>\r\n" + speech + "</html>"
	d.Originals = []evidence.Original{
		{URL: "https://region.exemple/discours", FinalURL: "https://region.exemple/discours", Title: "Discours", MediaType: "text/vtt", Status: 200, SHA256: digestOf(speech),
			FetchedAt: "2026-02-09T06:00:00Z", Content: []byte(speech), Text: speech, Header: map[string][]string{"Content-Type": {"text/vtt"}, "Etag": {"\"1\""}, "Content-Encoding": {"gzip"}}},
		{URL: "https://region.exemple/pv.pdf", Title: "Procès-verbal", MediaType: "application/pdf", Status: 200, SHA256: digestOf(record), FetchedAt: "2026-02-09T06:00:10Z",
			Content: []byte(record), Text: record, Header: map[string][]string{"Content-Type": {"application/pdf"}}, Journal: &evidence.JournalMark{Number: 2, At: "2026-02-09T06:00:10Z", Hash: digestOf("x")}},
		{URL: "https://region.exemple/ancien", MediaType: "text/html", Status: 200, SHA256: digestOf(page), FetchedAt: "2026-02-01T06:00:00Z", Content: []byte(page)},
		{URL: "file:///depot/note.txt", MediaType: "text/plain", SHA256: digestOf("note"), FetchedAt: "2026-02-01T06:00:00Z", Content: []byte("note")},
	}
	return d
}

func mustDossier(t *testing.T, d evidence.Dossier) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := evidence.WriteDossier(&out, d); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// inside reads a file of an archive with the standard library.
func inside(t *testing.T, archive []byte, name string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	content, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestDossier(t *testing.T) {
	archive := mustDossier(t, dossierOf(confirmedPair()))
	t.Run("SameDossierSameBytes", func(t *testing.T) {
		if !bytes.Equal(archive, mustDossier(t, dossierOf(confirmedPair()))) {
			t.Error("the same dossier gave other bytes")
		}
	})
	t.Run("VerifiesByItself", func(t *testing.T) {
		report := evidence.VerifyDossier(archive)
		if len(report.Faults) > 0 || report.Quotes != 2 || report.Files < 12 || !slices.Equal(report.Pairs, []string{"00000000000000aa"}) {
			t.Errorf("report = %+v", report)
		}
	})
	t.Run("OtherProgramsUnpackIt", func(t *testing.T) {
		z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			inside(t, archive, f.Name) // the checksum is the reader's to check
			if strings.HasSuffix(f.Name, ".html") && f.Name != "dossier.html" && f.Name != "verifier.html" {
				t.Errorf("%s would run when it is opened", f.Name)
			}
		}
	})
	t.Run("ShowsReplyCorrectionAndMarkedWords", func(t *testing.T) {
		page := string(inside(t, archive, "dossier.html"))
		for _, want := range []string{"<mark>co-construction</mark>", "<mark>pour information</mark>", "par courriel", "Rectification du 21 février 2026", "confirmée par une personne", "PARTICIPATION-1"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page lacks %q", want)
			}
		}
		if !strings.Contains(string(inside(t, archive, "dossier.json")), "par courriel") {
			t.Error("dossier.json lacks the reply")
		}
	})
	t.Run("PrintsWholeDigests", func(t *testing.T) {
		page := string(inside(t, archive, "dossier.html"))
		for _, o := range dossierOf(confirmedPair()).Originals {
			if !strings.Contains(page, "<code>"+o.SHA256+"</code>") {
				t.Errorf("the page lacks the digest %s of %s", o.SHA256, o.URL)
			}
		}
	})
	t.Run("SaysWhenAPublishedPairWasConfirmed", func(t *testing.T) {
		p := confirmedPair()
		p.Status, p.Confirmed, p.Decided = claims.StatusPublished, "2026-02-12T09:30:00Z", "2026-02-14T09:30:00Z"
		published := mustDossier(t, dossierOf(p))
		page := string(inside(t, published, "dossier.html"))
		for _, want := range []string{"<td>12 février 2026</td><td>confirmée par une personne</td>", "<td>14 février 2026</td><td>publiée</td>"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page lacks %q", want)
			}
		}
		if !strings.Contains(string(inside(t, published, "dossier.json")), `"confirmed_at": "2026-02-12T09:30:00Z"`) {
			t.Error("dossier.json does not say when it was confirmed")
		}
	})
	t.Run("RefusesForeignBytes", func(t *testing.T) {
		d := dossierOf(confirmedPair())
		d.Originals[0].Content = []byte("autre chose")
		if err := evidence.WriteDossier(io.Discard, d); err == nil {
			t.Error("bytes that do not have their digest were put in")
		}
	})
	t.Run("AForgedQuoteIsFoundEvenWithRightSums", func(t *testing.T) {
		p := confirmedPair()
		p.Link.Evidence[0].Span.Start++
		if report := evidence.VerifyDossier(mustDossier(t, dossierOf(p))); report.Quotes != 1 || len(report.Faults) != 1 || report.Faults[0].File != "manifeste.json" {
			t.Errorf("%d quotes placed, want the claim's alone, and the other one named: %v", report.Quotes, report.Faults)
		}
	})
	t.Run("SeveralPairs", func(t *testing.T) {
		second := confirmedPair()
		second.Link.ID, second.Link.Kind = "00000000000000bb", claims.KindVote
		report := evidence.VerifyDossier(mustDossier(t, dossierOf(confirmedPair(), second)))
		if len(report.Faults) > 0 || report.Quotes != 4 || len(report.Pairs) != 2 {
			t.Errorf("report = %+v", report)
		}
	})
}

// places says which file of an archive each byte belongs to, by the standard library's reading;
// "" for the container.
func places(t *testing.T, archive []byte) []string {
	t.Helper()
	owner := make([]string, len(archive))
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		start, err := f.DataOffset()
		if err != nil {
			t.Fatal(err)
		}
		for i := start; i < start+int64(f.CompressedSize64); i++ {
			owner[i] = f.Name
		}
	}
	return owner
}

// One byte changed anywhere is found; inside a file, that file is named.
func TestVerifyDossierNamesOneChangedByte(t *testing.T) {
	archive := mustDossier(t, dossierOf(confirmedPair()))
	owner := places(t, archive)
	random := rand.New(rand.NewPCG(10, 2026))
	container := 0
	for range 1000 {
		at := random.IntN(len(archive))
		changed := slices.Clone(archive)
		changed[at] ^= byte(1 + random.IntN(255))
		faults := evidence.VerifyDossier(changed).Faults
		if len(faults) == 0 {
			t.Fatalf("byte %d (%s) changed, and nothing was found", at, owner[at])
		}
		if owner[at] == "" {
			container++
		} else if faults[0].File != owner[at] {
			t.Fatalf("byte %d of %s changed, and the first fault is %v", at, owner[at], faults[0])
		}
		if faults[0].Check == "" {
			t.Fatalf("byte %d: the fault names no check", at)
		}
	}
	if container == 0 {
		t.Error("no place of the container was tried")
	}
	for at := range archive { // all of the container, too: it is small
		if owner[at] != "" {
			continue
		}
		changed := slices.Clone(archive)
		changed[at] ^= 0x40
		if len(evidence.VerifyDossier(changed).Faults) == 0 {
			t.Fatalf("byte %d of the container changed, and nothing was found", at)
		}
	}
	for name, changed := range map[string][]byte{"Empty": nil, "Cut": archive[:len(archive)-7], "Longer": append(slices.Clone(archive), 0), "Foreign": []byte("PK\x03\x04 nothing"), "Text": []byte("bonjour")} {
		if len(evidence.VerifyDossier(changed).Faults) == 0 {
			t.Errorf("%s: nothing was found", name)
		}
	}
}

func FuzzVerifyDossier(f *testing.F) {
	var out bytes.Buffer
	if err := evidence.WriteDossier(&out, dossierOf(confirmedPair())); err != nil {
		f.Fatal(err)
	}
	f.Add(out.Bytes())
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, content []byte) {
		report := evidence.VerifyDossier(content)
		if len(report.Faults) == 0 && !bytes.Equal(content, out.Bytes()) && !json.Valid(inside(t, content, "manifeste.json")) {
			t.Error("no fault in something that is no dossier")
		}
	})
}

// Another implementation reads the WARC, and checks the digests itself.
func TestWARCIsReadByAnother(t *testing.T) {
	d := dossierOf(confirmedPair())
	in := bufio.NewReader(bytes.NewReader(inside(t, mustDossier(t, d), "captures.warc.gz")))
	unmarshaler := gowarc.NewUnmarshaler(gowarc.WithStrictValidation())
	kinds := map[string]int{}
	payloads := map[string]string{}
	for {
		r, _, validation, err := unmarshaler.Unmarshal(in)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || len(validation) > 0 {
			t.Fatalf("record %d: %v %v", len(kinds), err, validation)
		}
		kinds[r.Type().String()]++
		if err := r.Block().Cache(); err != nil {
			t.Fatal(err)
		}
		if wrong, err := r.ValidateDigest(); err != nil || len(wrong) > 0 {
			t.Errorf("%s: %v %v", r.RecordId(), err, wrong)
		}
		raw, err := r.Block().RawBytes()
		if err != nil {
			t.Fatal(err)
		}
		block, err := io.ReadAll(raw)
		if err != nil {
			t.Fatal(err)
		}
		if r.Type() == gowarc.Response {
			answer, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(block)), nil)
			if err != nil {
				t.Fatalf("%s: %v", r.RecordId(), err)
			}
			if block, err = io.ReadAll(answer.Body); err != nil {
				t.Fatal(err)
			}
		}
		if r.Type() != gowarc.Warcinfo {
			payloads[r.Type().String()+" "+r.WarcHeader().Get(gowarc.WarcTargetURI)] = digestOf(string(block))
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for _, o := range d.Originals {
		kind := "response"
		if o.Status == 0 {
			kind = "resource"
		}
		if got := payloads[kind+" "+o.URL]; got != o.SHA256 {
			t.Errorf("%s of %s has the digest %q, want %s", kind, o.URL, got, o.SHA256)
		}
	}
	if kinds["warcinfo"] != 1 || kinds["response"] != 3 || kinds["resource"] != 1 || kinds["conversion"] != 2 {
		t.Errorf("records = %v", kinds)
	}
}

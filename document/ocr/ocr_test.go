package ocr

import (
	"bytes"
	"context"
	"fmt"
	"image/jpeg"
	"image/png"
	"os"
	"os/exec"
	"strings"
	"testing"

	"contredit/document"
	"contredit/document/pdf"
)

// worker makes this test binary read PDF files for the tests.
const worker = "pdf-worker"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == worker {
		if err := pdf.Work(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// scanOf is a PDF whose only page is a photograph of the first page of another.
func scanOf(t *testing.T, files *pdf.Reader, content []byte) []byte {
	t.Helper()
	picture, err := files.Picture(t.Context(), content, 1)
	if err != nil || picture == nil {
		t.Fatalf("no picture of the page: %v", err)
	}
	drawn, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	var photo, out bytes.Buffer
	if err := jpeg.Encode(&photo, drawn, &jpeg.Options{Quality: 80}); err != nil {
		t.Fatal(err)
	}
	size := drawn.Bounds().Size()
	var places []int
	object := func(text string) {
		places = append(places, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", len(places), text)
	}
	out.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /I 4 0 R >> >> /Contents 5 0 R >>")
	object(fmt.Sprintf("<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream", size.X, size.Y, photo.Len(), photo.String()))
	draw := "q 595 0 0 842 0 0 cm /I Do Q"
	object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(draw), draw))
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(places)+1)
	for _, at := range places {
		fmt.Fprintf(&out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&out, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(places)+1, start)
	return out.Bytes()
}

// TestScannedMinutesAreRead holds that minutes that are a photograph are read, with their attendance,
// and that every place in them says so.
func TestScannedMinutesAreRead(t *testing.T) {
	if err := Find(t.Context()); err != nil {
		t.Skip("tesseract and its French are not installed: apt-get install tesseract-ocr tesseract-ocr-fra")
	}
	content, err := os.ReadFile("../../cmd/contredit/demo/site/cst/pv-cst-2024-11-28.pdf")
	if err != nil {
		t.Fatal(err)
	}
	files := pdf.NewReader(os.Args[0], worker)
	defer files.Close()
	origin := document.Origin{URL: "https://region.exemple/pv.pdf", MediaType: "application/pdf", Role: document.RoleRecord, Body: "CST"}
	scan := scanOf(t, files, content)
	blind, err := document.Reader{PDF: files}.Read(t.Context(), origin, scan)
	if err != nil || blind.State != document.StateScanned {
		t.Fatalf("without recognition the state is %q (%v), want scanned", blind.State, err)
	}
	r, err := document.Reader{PDF: Reader{Files: files}}.Read(t.Context(), origin, scan)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := document.Reader{PDF: files}.Read(t.Context(), origin, content)
	if err != nil {
		t.Fatal(err)
	}
	if r.State != document.StateRead || r.Date != whole.Date || r.Minutes == nil || len(r.Minutes.Attendance) != len(whole.Minutes.Attendance) {
		t.Errorf("state %q, date %q, minutes %+v; the file with its text has %q, %+v", r.State, r.Date, r.Minutes, whole.Date, whole.Minutes)
	}
	for _, p := range r.Passages {
		if l := r.LocatorAt(p.Start); !l.Recognised || l.Page != 1 || l.Caveat() == "" {
			t.Fatalf("%q stands at %+v and does not say that it was recognised", p.In(r.Text), l)
		}
	}
	if whole.LocatorAt(0).Recognised {
		t.Error("text that the file holds is said to be recognised")
	}
}

// fakeFiles has pages with a picture each, which cannot be recognised.
type fakeFiles struct{ pages int }

func (f fakeFiles) Pages(context.Context, []byte) ([]document.Page, document.State, error) {
	pages := make([]document.Page, f.pages)
	for i := range pages {
		pages[i] = document.Page{Number: i + 1, Images: 1}
	}
	return pages, document.StateRead, nil
}

func (fakeFiles) Picture(_ context.Context, _ []byte, page int) ([]byte, error) {
	if page == 1 {
		return nil, nil
	}
	return []byte("no picture"), nil
}

// TestWhatIsNotRecognisedSaysWhy holds that a page that cannot be drawn or recognised breaks nothing
// and names its reason.
func TestWhatIsNotRecognisedSaysWhy(t *testing.T) {
	r, err := document.Reader{PDF: Reader{Files: fakeFiles{2}}}.Read(t.Context(), document.Origin{URL: "https://region.exemple/a.pdf"}, []byte("%PDF-1.4 x"))
	if err != nil || r.State != document.StateScanned || !strings.Contains(r.Note, "n’a pas pu être dessinée") {
		t.Errorf("state %q, note %q (%v)", r.State, r.Note, err)
	}
	if _, err := exec.LookPath(program); err == nil && !strings.Contains(r.Note, "a échoué") {
		t.Errorf("note %q does not say that the program failed", r.Note)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := (Reader{Files: fakeFiles{2}}).Pages(ctx, nil); err == nil {
		t.Error("a stop is taken for a page without text")
	}
}

func TestLinesOfWords(t *testing.T) {
	const tsv = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n" +
		"1\t1\t0\t0\t0\t0\t0\t0\t2000\t3000\t-1\t\n" +
		"5\t1\t1\t1\t1\t1\t200\t100\t300\t40\t96\tLe\n" +
		"5\t1\t1\t1\t1\t2\t520\t100\t400\t50\t91\tcomité\n" +
		"5\t1\t1\t1\t2\t1\t200\t160\t300\t44\t90\tsiège.\n" +
		"5\t1\t1\t1\t2\t2\t900\t160\t30\t44\t10\t \n" +
		"5\t1\t2\t1\t1\t1\t200\t400\t900\t120\t90\tTITRE\n"
	got, width, height := lines(tsv, 595, 0)
	if len(got) != 3 || got[0].Text != "Le comité" || got[1].Text != "siège." || got[2].Text != "TITRE" || width != 595 || height != 892.5 {
		t.Fatalf("lines %+v on %g × %g", got, width, height)
	}
	if l := got[0]; l.Left != 59.5 || l.Right != 920*.2975 || l.Top != 29.75 || l.Bottom != 150*.2975 {
		t.Errorf("place %+v", l)
	}
	if got[0].Size != got[1].Size || got[2].Size <= 2*got[1].Size {
		t.Errorf("sizes %g, %g, %g: the lines of a text have one, a title another", got[0].Size, got[1].Size, got[2].Size)
	}
}

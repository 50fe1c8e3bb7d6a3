package document_test

import (
	"net/url"
	"strings"
	"testing"

	"contredit/document"
)

func TestOpenAt(t *testing.T) {
	const page = "https://region.example/actualites/budget"
	for _, c := range []struct {
		outcome, address string
		at               document.Locator
		quote, video     string
		want             string
	}{
		{"PhysicalPageOfAPDF", "https://region.example/pv.pdf", document.Locator{Page: 7, Printed: "5"}, "Le vœu est rejeté.", "",
			"https://region.example/pv.pdf#page=7"},
		{"PageReplacesTheFragment", "https://region.example/pv.pdf#page=1", document.Locator{Page: 7}, "", "",
			"https://region.example/pv.pdf#page=7"},
		{"PDFWithoutPageStaysWhole", "https://region.example/pv.pdf", document.Locator{}, "Le vœu", "", "https://region.example/pv.pdf"},
		{"SecondOfAYouTubeRecording", "https://region.example/s.vtt", document.Locator{Timed: true, At: 79.6}, "Bonjour", "https://youtu.be/Ab3-_defghi",
			"https://www.youtube.com/watch?v=Ab3-_defghi&t=76s"},
		{"NeverBeforeTheStart", "https://region.example/s.vtt", document.Locator{Timed: true, At: 1}, "", "https://youtu.be/Ab3-_defghi",
			"https://www.youtube.com/watch?v=Ab3-_defghi&t=0s"},
		{"MediaFragmentElsewhere", "https://region.example/s.vtt", document.Locator{Timed: true, At: 63}, "", "https://region.example/s.mp4",
			"https://region.example/s.mp4#t=60"},
		{"Vimeo", "https://region.example/s.srt", document.Locator{Timed: true, At: 63}, "", "https://player.vimeo.com/video/12345",
			"https://player.vimeo.com/video/12345#t=60"},
		{"Dailymotion", "https://region.example/s.srt", document.Locator{Timed: true, At: 63}, "", "https://www.dailymotion.com/embed/video/x1y2",
			"https://www.dailymotion.com/embed/video/x1y2?start=60"},
		{"CaptionsWithoutRecording", "https://region.example/s.vtt", document.Locator{Timed: true, At: 63}, "Bonjour", "", "https://region.example/s.vtt"},
		{"Words", page, document.Locator{}, "Le budget augmente", "", page + "#:~:text=Le%20budget%20augmente"},
		{"SyntaxIsEscaped", page, document.Locator{}, "co-construction, 12 % & « plus »", "",
			page + "#:~:text=co%2Dconstruction%2C%2012%20%25%20%26%20%C2%AB%20plus%20%C2%BB"},
		{"NoBreakSpacesFold", page, document.Locator{}, "12\u202f% de\u00a0l’œuvre", "", page + "#:~:text=12%20%25%20de%20l%E2%80%99%C5%93uvre"},
		{"AnchorIsTheFallback", page, document.Locator{Anchor: "point-3"}, "Adopté", "", page + "#point-3:~:text=Adopt%C3%A9"},
		{"AnchorAlone", page, document.Locator{Anchor: "point-3"}, "", "", page + "#point-3"},
		{"OldDirectiveIsReplaced", page + "#p:~:text=vieux", document.Locator{}, "neuf", "", page + "#p:~:text=neuf"},
		{"NothingToOpenAt", page, document.Locator{}, "", "", page},
		{"CellsAreParted", page, document.Locator{}, "Lycées ; 12 M€ ; adopté", "", page + "#:~:text=Lyc%C3%A9es,adopt%C3%A9"},
		{"DOCXStaysWhole", "https://region.example/pv.docx", document.Locator{}, "Adopté", "", "https://region.example/pv.docx"},
	} {
		t.Run(c.outcome, func(t *testing.T) {
			if got := document.OpenAt(c.address, c.at, c.quote, c.video); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestOpenAtLongQuote(t *testing.T) {
	quote := "Le conseil régional a voté le budget. " + strings.Repeat("Le conseil régional a voté le texte suivant, amendé. ", 8) + "Voilà tout ce que je voulais dire."
	got := document.OpenAt("https://region.example/a", document.Locator{}, quote, "")
	_, directive, _ := strings.Cut(got, ":~:text=")
	terms := strings.Split(directive, ",")
	if len(terms) != 2 {
		t.Fatalf("want start and end, got %q", directive)
	}
	for i, term := range terms {
		words, err := url.PathUnescape(term)
		if err != nil {
			t.Fatal(err)
		}
		terms[i] = words
	}
	if !strings.HasPrefix(quote, terms[0]) {
		t.Errorf("start %q is no head of the quote", terms[0])
	}
	if !strings.HasSuffix(quote, terms[1]) || strings.Count(quote, terms[1]) != 1 {
		t.Errorf("end %q is not the only such tail of the quote", terms[1])
	}
}

func TestReadingOpenAt(t *testing.T) {
	text := "Le budget est adopté. La motion est rejetée.\n\nLe budget est adopté. Le vœu est retiré."
	second := strings.LastIndex(text, "Le budget est adopté")
	r := &document.Reading{State: document.StateRead, Text: text, Passages: []document.Passage{
		{Span: document.Span{Start: 0, End: strings.Index(text, "\n")}},
		{Span: document.Span{Start: second, End: len(text)}, Locator: document.Locator{Anchor: "b"}},
	}}
	t.Run("WordsThatComeBackAreToldApart", func(t *testing.T) {
		got := r.OpenAt("https://r.example/a", document.Span{Start: second, End: second + len("Le budget est adopté")}, "")
		want := "https://r.example/a#b:~:text=adopt%C3%A9.%20La%20motion%20est%20rejet%C3%A9e.-,Le%20budget%20est%20adopt%C3%A9,-.%20Le%20v%C5%93u%20est%20retir%C3%A9."
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
	t.Run("WordsThatStandOnceNeedNothing", func(t *testing.T) {
		at := strings.Index(text, "Le vœu est retiré")
		got := r.OpenAt("https://r.example/a", document.Span{Start: at, End: len(text)}, "")
		if want := "https://r.example/a#b:~:text=Le%20v%C5%93u%20est%20retir%C3%A9."; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
	t.Run("StretchOutsideOfTheText", func(t *testing.T) {
		if got := r.OpenAt("https://r.example/a", document.Span{Start: 5, End: len(text) + 1}, ""); got != "https://r.example/a" {
			t.Errorf("got %s", got)
		}
	})
}

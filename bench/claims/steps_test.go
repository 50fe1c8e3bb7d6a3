package claims_test

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"contredit/claims"
	"contredit/document"
	"contredit/french"
)

// spoken is what a member of an invented council says, in sentences of many kinds.
const spoken = `Monsieur le Président, chers collègues, je vous remercie. Le budget des lycées a augmenté de 12,4 millions d’euros en 2024, soit 3,2 % de plus qu’en 2023. ` +
	`Le comité social territorial a été consulté le 12 mars, puis une seconde fois le jeudi 3 avril. Aucun agent n’a perdu son poste depuis le début du mandat. ` +
	`Nous avons ouvert deux cent quarante places d’internat, dont une centaine à la rentrée. Combien de gares avez-vous fermées entre 2021 et 2024 ? ` +
	`La délibération n° 24-07 a été adoptée à l’unanimité des suffrages exprimés. Si nous avions su, nous aurions agi autrement. ` +
	`Je m’engage à ce que la ligne soit rouverte avant le 30 juin 2026. On nous dit que les organisations syndicales n’auraient pas été reçues. ` +
	`Selon Mme Varennes, quarante agents ont été formés l’an dernier. « Le siège a coûté 31 millions d’euros », a répondu Paul Guérin. ` +
	`Nous souhaitons que chacun prenne sa part. L’art. L. 4132-12 du CGCT fixe ce délai à douze jours. Les tarifs n’ont pas augmenté depuis trois ans. ` +
	`Les travaux, qui ont duré dix-huit mois, ont été réceptionnés au printemps par les services de la Région. `

// sessionOf is a report of many turns of the same words, and the number of its sentences.
func sessionOf(turns int) (r *document.Reading, sentences int) {
	r = &document.Reading{State: document.StateRead, Lang: "fr", Title: "Compte rendu intégral"}
	var b strings.Builder
	for i := range turns {
		span := document.Span{Start: b.Len(), End: b.Len() + len(spoken)}
		r.Passages = append(r.Passages, document.Passage{Span: span})
		r.Turns = append(r.Turns, document.Turn{Span: span, Label: []string{"M. GUÉRIN", "Mme VARENNES", "Mme la Présidente"}[i%3]})
		b.WriteString(spoken + "\n")
	}
	r.Text = b.String()
	return r, turns * len(french.Sentences(spoken))
}

// BenchmarkSteps reports how many sentences a second each step of the extraction reads.
func BenchmarkSteps(b *testing.B) {
	x := newExtractor(b)
	for _, m := range []claims.Member{
		{Name: "Paul Guérin", Civility: "M.", Function: "vice-président"}, {Name: "Hélène Varennes", Civility: "Mme", Function: "vice-présidente"}, {Name: "Anne Morel", Civility: "Mme", Function: "présidente"},
	} {
		x.Directory.Add(m)
	}
	var list []string
	for _, s := range french.Sentences(spoken) {
		list = append(list, s.In(spoken))
	}
	day := time.Date(2025, 1, 15, 0, 0, 0, 0, time.UTC)
	each := func(read func(sentence string)) func(*testing.B) {
		return func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				// A number makes each sentence a new one: what was met before is remembered.
				read(list[i%len(list)] + " " + strconv.Itoa(i))
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "sentences/s")
		}
	}
	b.Run("sentences", func(b *testing.B) {
		for b.Loop() {
			french.Sentences(spoken)
		}
		b.ReportMetric(float64(b.N*len(list))/b.Elapsed().Seconds(), "sentences/s")
	})
	b.Run("lemmas", each(func(s string) { french.Terms(s) }))
	b.Run("grammar", each(func(s string) { x.Analyzer.Analyse(s) }))
	b.Run("figures", each(func(s string) { french.Figures(s) }))
	b.Run("dates", each(func(s string) { french.Dates(s, day) }))
	b.Run("attribution and worth", func(b *testing.B) {
		r, n := sessionOf(60)
		doc := document.Document{URL: "https://region.example/cri", Body: "Conseil régional", Date: "2025-01-15", Role: document.RoleBoth}
		b.ReportAllocs()
		for b.Loop() {
			x.Claims(doc, r)
		}
		b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "sentences/s")
	})
}

// mostLexicon is how many megabytes the lexicon may keep in memory.
const mostLexicon = 30

// TestLexiconIsSmall holds what the lexicon and the analyser keep in memory: the heap, and
// on Linux the resident pages of the process, with those of the file that is embedded.
func TestLexiconIsSmall(t *testing.T) {
	heap, resident := memoryNow(t)
	lexicon, err := french.LoadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	a := french.NewAnalyzer(lexicon)
	for word := range strings.FieldsSeq(spoken) {
		lexicon.Lookup(strings.Trim(word, ".,;:?«»"))
		a.Analyse(word)
	}
	heapAfter, residentAfter := memoryNow(t)
	runtime.KeepAlive(a)
	t.Logf("the lexicon keeps %.1f MB of heap; resident pages grew by %.1f MB", heapAfter-heap, residentAfter-resident)
	if heapAfter-heap > mostLexicon || residentAfter-resident > mostLexicon {
		t.Errorf("the lexicon takes more than %d MB", mostLexicon)
	}
}

// memoryNow is the live heap and the resident set, in megabytes; 0 where the system does not tell.
func memoryNow(t *testing.T) (heap, resident float64) {
	t.Helper()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	heap = float64(m.HeapAlloc) / 1e6
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return heap, 0
	}
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "VmRSS:" {
			kilobytes, _ := strconv.ParseFloat(fields[1], 64)
			resident = kilobytes / 1e3
		}
	}
	return heap, resident
}

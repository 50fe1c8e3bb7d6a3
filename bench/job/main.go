// Command job measures the whole job, from the bytes of documents to flags, stage by stage: keeping,
// reading, extraction of claims, linking. Half of the documents are minutes of fictional committees, half are
// speeches about the same matters.
//
//	job [-documents 100,400] [-passages 40]
package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"html"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"contredit/bench/prose"
	"contredit/bench/rounds"
	"contredit/claims"
	"contredit/document"
	"contredit/french"
	"contredit/pipeline"
	"contredit/store"
)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "job: error:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("job", flag.ContinueOnError)
	documents := flags.String("documents", "100,400", "numbers of documents, with commas")
	passages := flags.Int("passages", 40, "passages of a document, of a sentence each")
	site := flags.String("site", "cmd/contredit/demo/site", "the `folder` of pages whose French is imitated")
	folder := flags.String("folder", "", "for the program itself")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *folder != "" {
		n, err := strconv.Atoi(*documents)
		if err != nil {
			return err
		}
		return do(ctx, *folder, *site, n, *passages)
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	fmt.Printf("HTML documents of %d passages, half minutes and half speeches, on %d processors. A stage's documents a minute are by wall time; « busy » is its processor time over its wall time.\n\n", *passages, runtime.NumCPU())
	fmt.Println("| documents | stage | wall, s | documents a minute | processor a document, ms | busy |")
	fmt.Println("| --- | --- | --- | --- | --- | --- |")
	for _, n := range strings.Split(*documents, ",") {
		work, err := os.MkdirTemp("", "job-")
		if err != nil {
			return err
		}
		s, err := rounds.Spend(ctx, program, "-documents", n, "-passages", strconv.Itoa(*passages), "-site", *site, "-folder", work)
		if err := os.RemoveAll(work); err != nil {
			return err
		}
		if err != nil {
			return err
		}
		fmt.Print(string(s.Out))
		fmt.Printf("| %s | peak memory: %d MiB | | | | |\n", n, s.Resident>>10)
	}
	return nil
}

// stage is what one stage took.
type stage struct {
	name      string
	wall      time.Duration
	processor time.Duration
}

// clock parts the time between stages.
type clock struct {
	stages []stage
	wall   time.Time
	used   time.Duration
}

// at notes that a stage is under way: what passed since the last call was its own.
func (c *clock) at(name string) {
	used, _ := rounds.Own()
	now := time.Now()
	if n := len(c.stages); n == 0 || c.stages[n-1].name != name {
		c.stages = append(c.stages, stage{name: name})
	}
	last := &c.stages[len(c.stages)-1]
	last.wall += now.Sub(c.wall)
	last.processor += used - c.used
	c.wall, c.used = now, used
}

// do does the job once, in this process.
func do(ctx context.Context, folder, site string, documents, passages int) error {
	debug.SetGCPercent(50) // as « contredit run » does
	w, err := prose.New(1, site, 20_000)
	if err != nil {
		return err
	}
	lexicon, err := french.LoadLexicon()
	if err != nil {
		return err
	}
	db, err := store.Open(ctx, filepath.Join(folder, "contredit.db"))
	if err != nil {
		return err
	}
	defer db.Close()
	analyzer := french.NewAnalyzer(lexicon)
	contents := make([][]byte, documents)
	for i := range contents {
		contents[i] = page(w, i, passages)
	}
	c := &clock{wall: time.Now()}
	c.used, _ = rounds.Own()
	for i, content := range contents {
		if err := keep(ctx, db, i, content); err != nil {
			return err
		}
	}
	c.at("keep")
	p := &pipeline.Pipeline{
		DB: db, Analyzer: analyzer, Extractor: &claims.Extractor{Analyzer: analyzer, Directory: claims.NewDirectory()}, Logger: slog.New(slog.DiscardHandler),
		Linker: func(index *claims.Memory, directory *claims.Directory) *claims.Linker {
			return claims.NewLinker(index, directory, analyzer)
		},
		Workers: min(runtime.NumCPU(), 4), Progress: func(stage string, _, _ int) { c.at(stage) },
	}
	s, err := p.Process(ctx)
	if err != nil {
		return err
	}
	if len(s.Failed) > 0 || s.Read != documents {
		return fmt.Errorf("%d of %d documents read, %d failures", s.Read, documents, len(s.Failed))
	}
	flagged, err := db.CountLinks(ctx, store.LinkFilter{})
	if err != nil {
		return err
	}
	all := stage{name: "from bytes to flags"}
	for _, s := range c.stages {
		all.wall, all.processor = all.wall+s.wall, all.processor+s.processor
	}
	for _, s := range append(c.stages, all) {
		fmt.Printf("| %d | %s | %.1f | %.0f | %.1f | %.2f |\n", documents, s.name, s.wall.Seconds(), float64(documents)/s.wall.Minutes(),
			1000*s.processor.Seconds()/float64(documents), s.processor.Seconds()/s.wall.Seconds())
	}
	fmt.Printf("| %d | claims worth checking: %d; flags: %d | | | | |\n", documents, s.Claims, flagged)
	return nil
}

// page is a document: even ones are minutes, odd ones speeches, which say what the fictional council says.
func page(w *prose.Writer, n, passages int) []byte {
	var b strings.Builder
	body, day := prose.Meeting(n / 2)
	title := fmt.Sprintf("Procès-verbal de la %s du %s", body, day)
	if n%2 == 1 {
		title = fmt.Sprintf("Discours n° %d", n)
	}
	fmt.Fprintf(&b, `<!doctype html><html lang="fr"><title>%s</title><main><h1>%s</h1>`, title, title)
	for i := range passages {
		sentence := w.Sentence()
		if n%2 == 1 && i%4 == 0 {
			sentence = w.Sentences[(n*passages+i)*7%len(w.Sentences)]
		}
		fmt.Fprintf(&b, "<p>%s</p>", html.EscapeString(sentence))
	}
	return []byte(b.String() + "</main>")
}

// keep hands a document over as the crawler does.
func keep(ctx context.Context, db *store.DB, n int, content []byte) error {
	body, day := prose.Meeting(n / 2)
	doc := document.Document{URL: fmt.Sprintf("https://conseil.example/%d", n), Source: "bench", Role: document.RoleRecord, Body: body, Date: day, Visibility: document.Public}
	if n%2 == 1 {
		doc.Role, doc.Title = document.RoleStatement, fmt.Sprintf("Discours n° %d", n)
	}
	sum := sha256.Sum256(content)
	_, err := db.SaveSnapshot(ctx, doc, "utf-8", document.Snapshot{
		URL: doc.URL, FinalURL: doc.URL, Status: http.StatusOK, MediaType: "text/html", Content: content, SHA256: hex.EncodeToString(sum[:]), FetchedAt: time.Now(),
	})
	return err
}

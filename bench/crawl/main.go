// Command crawl measures a crawl of 2,000 pages and 200 files on loopback, with no delay:
// contredit's crawler with its store, « wget -r », Scrapy, and a bare net/http loop as the
// bound, side by side in one run. Each runs in a process of its own, twice: the second run
// meets an unchanged site.
//
//	crawl [-pages 2000] [-files 200] [-runs 3]
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"contredit/bench/rounds"
)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "crawl: error:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 3 && args[0] == "visit" {
		return visit(ctx, args[1], args[2])
	}
	if len(args) == 2 && args[0] == "bare" {
		return bare(args[1])
	}
	flags := flag.NewFlagSet("crawl", flag.ContinueOnError)
	pages := flags.Int("pages", 2000, "HTML pages")
	files := flags.Int("files", 200, "PDF files")
	runs := flags.Int("runs", 3, "rounds, in which each runs once")
	if err := flags.Parse(args); err != nil {
		return err
	}
	site, err := serve(*pages, *files)
	if err != nil {
		return err
	}
	defer site.close()
	program, err := os.Executable()
	if err != nil {
		return err
	}
	fmt.Printf("%d pages, %d files, %.1f MB, on loopback, no delay, in %d rounds. The second run meets an unchanged site.\n\n", *pages, *files, float64(site.size)/1e6, *runs)
	fmt.Println("| program | documents/s | ratio | processor ratio | processor a document, ms | peak memory, MB | documents | second run: requests | bodies |")
	fmt.Println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
	var there []*peer
	for _, p := range peers(program, site.address) {
		if _, err := exec.LookPath(p.command[0]); err != nil {
			fmt.Printf("| %s | not installed | | | | | | | |\n", p.name)
			continue
		}
		there = append(there, &p)
	}
	for range *runs {
		for _, p := range there {
			r, err := p.measure(ctx, site)
			if err != nil {
				return fmt.Errorf("run %s: %w", p.name, err)
			}
			p.last = r
			p.rate = append(p.rate, float64(r.documents)/r.Wall.Seconds())
			p.cost = append(p.cost, 1000*r.Processor.Seconds()/float64(max(r.documents, 1)))
			p.memory = append(p.memory, float64(r.Resident)/1024)
		}
	}
	for _, p := range there {
		first := there[0]
		fmt.Printf("| %s | %s | %s | %s | %s | %.0f | %d | %d | %d |\n", p.name, p.rate.Spread(0), p.rate.Over(first.rate).Spread(2), first.cost.Over(p.cost).Spread(2),
			p.cost.Spread(2), p.memory.Median(), p.last.documents, p.last.again, p.last.bodies)
	}
	return nil
}

// peer is one program that crawls.
type peer struct {
	name    string
	command []string // FOLDER stands for a folder that both of its runs share

	rate, cost, memory rounds.Figures // documents a second, milliseconds of processor a document, MiB
	last               result
}

func peers(program, address string) []peer {
	return []peer{
		{name: "wget -r", command: []string{"wget", "-r", "-l", "inf", "-N", "-q", "-P", "FOLDER", address}},
		{name: "contredit (hashed, compressed, stored)", command: []string{program, "visit", address, "FOLDER"}},
		{name: "Scrapy", command: []string{"scrapy", "runspider", "FOLDER/spider.py", "-s", "LOG_ENABLED=False"}},
		{name: "net/http alone (the bound)", command: []string{program, "bare", address}},
	}
}

// result is one measured pair of runs.
type result struct {
	rounds.Sample     // of the first run
	documents     int // bodies of documents that the first run took
	again         int // requests of the second run
	bodies        int // bodies that it transferred
}

func (p peer) measure(ctx context.Context, site *site) (result, error) {
	folder, err := os.MkdirTemp("", "crawl-")
	if err != nil {
		return result{}, err
	}
	defer os.RemoveAll(folder)
	spider := strings.NewReplacer("ADDRESS", site.address, "FOLDER", folder).Replace(spiderText)
	if err := os.WriteFile(filepath.Join(folder, "spider.py"), []byte(spider), 0o600); err != nil {
		return result{}, err
	}
	command := slices.Clone(p.command)
	for i := range command {
		command[i] = strings.ReplaceAll(command[i], "FOLDER", folder)
	}
	site.forget()
	took, err := rounds.Spend(ctx, command...)
	if err != nil {
		return result{}, err
	}
	r := result{Sample: took, documents: site.documents()}
	site.forget()
	if _, err := rounds.Spend(ctx, command...); err != nil {
		return result{}, err
	}
	r.again, r.bodies = site.requests(), site.sent()
	return r, nil
}

// spiderText is what a user of Scrapy would write for this site; Scrapy's own HTTP cache
// revalidates the second run.
const spiderText = `
import scrapy
class Council(scrapy.Spider):
    name = "council"
    start_urls = ["ADDRESS"]
    custom_settings = {"ROBOTSTXT_OBEY": True, "DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "HTTPCACHE_ENABLED": True,
        "HTTPCACHE_POLICY": "scrapy.extensions.httpcache.RFC2616Policy", "HTTPCACHE_DIR": "FOLDER/cache"}
    def parse(self, response):
        if not hasattr(response, "css"):
            return
        for link in response.css("main a::attr(href), a[rel=next]::attr(href)").getall():
            yield response.follow(link)
`

// Command crawl measures a crawl of 2,000 pages and 200 files on loopback, with no delay:
// contredit's crawler with its store, « wget -r », Scrapy, and a bare net/http loop as the
// bound, side by side in one run. Each runs in a process of its own, twice: the second run
// meets an unchanged site.
//
//	crawl [-pages 2000] [-files 200] [-runs 3]
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "crawl: error:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 3 && args[0] == "visit" {
		return visit(context.Background(), args[1], args[2])
	}
	if len(args) == 2 && args[0] == "bare" {
		return bare(args[1])
	}
	flags := flag.NewFlagSet("crawl", flag.ContinueOnError)
	pages := flags.Int("pages", 2000, "HTML pages")
	files := flags.Int("files", 200, "PDF files")
	runs := flags.Int("runs", 3, "runs of each; the median is printed")
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
	fmt.Printf("%d pages, %d files, %.1f MB, on loopback, no delay; median of %d\n\n", *pages, *files, float64(site.size)/1e6, *runs)
	fmt.Println("| program | documents/s | ratio | peak memory, MB | documents | second run: requests | bodies |")
	fmt.Println("| --- | --- | --- | --- | --- | --- | --- |")
	reference := 0.0
	for _, p := range peers(program, site.address) {
		if _, err := exec.LookPath(p.command[0]); err != nil {
			fmt.Printf("| %s | not installed | | | | | |\n", p.name)
			continue
		}
		var results []result
		for range *runs {
			r, err := p.measure(site)
			if err != nil {
				return fmt.Errorf("run %s: %w", p.name, err)
			}
			results = append(results, r)
		}
		slices.SortFunc(results, func(a, b result) int { return int(a.took - b.took) })
		r := results[len(results)/2]
		rate := float64(r.documents) / r.took.Seconds()
		if reference == 0 {
			reference = rate
		}
		fmt.Printf("| %s | %.0f | %.2f | %.0f | %d | %d | %d |\n", p.name, rate, rate/reference, float64(r.memory)/1024, r.documents, r.again, r.bodies)
	}
	return nil
}

// peer is one program that crawls.
type peer struct {
	name    string
	command []string // FOLDER stands for a folder that both of its runs share
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
	took      time.Duration
	memory    int64 // kilobytes, peak resident
	documents int   // bodies of documents that the first run took
	again     int   // requests of the second run
	bodies    int   // bodies that it transferred
}

func (p peer) measure(site *site) (result, error) {
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
	took, memory, err := spend(command)
	if err != nil {
		return result{}, err
	}
	r := result{took: took, memory: memory, documents: site.documents()}
	site.forget()
	if _, _, err := spend(command); err != nil {
		return result{}, err
	}
	r.again, r.bodies = site.requests(), site.sent()
	return r, nil
}

// spend runs a command and tells its time and its peak memory in kilobytes.
func spend(command []string) (time.Duration, int64, error) {
	c := exec.Command(command[0], command[1:]...)
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	start := time.Now()
	err := c.Run()
	took := time.Since(start)
	if err != nil {
		return 0, 0, fmt.Errorf("%w: %s", err, out.String())
	}
	usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return took, 0, nil
	}
	return took, usage.Maxrss, nil
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

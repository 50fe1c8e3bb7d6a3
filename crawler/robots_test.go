package crawler_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"contredit/crawler"
)

func TestRobotsRules(t *testing.T) {
	tests := []struct {
		name, robots, target string
		want                 bool
	}{
		{"EmptyAllows", "", "/", true},
		{"DisallowAll", "User-agent: *\nDisallow: /\n", "/seances/", false},
		{"EmptyDisallowAllows", "User-agent: *\nDisallow:\n", "/seances/", true},
		{"OwnGroupReplacesStar", "User-agent: *\nDisallow: /\nUser-agent: contredit\nDisallow: /prive/\n", "/seances/", true},
		{"OwnGroupsAddUp", "User-agent: contredit\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: Contredit/1.0\nDisallow: /b\n", "/b", false},
		{"AgentListSharesRules", "User-agent: autre\nUser-agent: contredit\nDisallow: /a\n", "/a", false},
		{"LongestMatchWins", "User-agent: *\nDisallow: /doc\nAllow: /doc/public\n", "/doc/public/pv.pdf", true},
		{"AllowWinsTie", "User-agent: *\nDisallow: /doc\nAllow: /doc\n", "/doc", true},
		{"QueryIsMatchedAsSent", "User-agent: *\nDisallow: /spip.php?page=recherche\n", "/spip.php?page=recherche&lang=fr", false},
		{"QueryOrderMatters", "User-agent: *\nDisallow: /spip.php?page=recherche\n", "/spip.php?lang=fr&page=recherche", true},
		{"StarInside", "User-agent: *\nDisallow: /*/brouillons/\n", "/region/brouillons/x", false},
		{"DollarEnds", "User-agent: *\nDisallow: /*.pdf$\n", "/pv.pdf", false},
		{"DollarEndsOnly", "User-agent: *\nDisallow: /*.pdf$\n", "/pv.pdf?dl=1", true},
		{"EscapesAreOneForm", "User-agent: *\nDisallow: /délibérations/\n", "/d%c3%a9lib%C3%A9rations/1", false},
		{"BadLinesAreSkipped", "n'importe quoi\nDisallow: /avant\nUser-agent: *\nCrawl-delay: abc\n<html>\nDisallow: /x\n", "/x", false},
		{"RuleBeforeAgentIsIgnored", "Disallow: /\nUser-agent: *\nDisallow: /x\n", "/y", true},
		{"CommentsAreCut", "User-agent: * # tous\nDisallow: /x # ici\n", "/x", false},
		{"MarkAtStart", "\ufeffUser-agent: *\nDisallow: /x\n", "/x", false},
		{"OldMacLineEnds", "User-agent: *\rDisallow: /x\r", "/x", false},
		{"RobotsItselfIsAllowed", "User-agent: *\nDisallow: /\n", "/robots.txt", true},
		{"CrawlDelayKeepsGroup", "User-agent: *\nCrawl-delay: 5\nDisallow: /x\n", "/x", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := crawler.ParseRobots(tt.robots, crawler.Product).Allows(tt.target); got != tt.want {
				t.Errorf("Allows(%q) = %v, want %v with\n%s", tt.target, got, tt.want, tt.robots)
			}
		})
	}
}

func TestRobotsDelay(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"User-agent: *\nCrawl-delay: 10\n":                                  10 * time.Second,
		"User-agent: *\nCrawl-delay: 0.5\n":                                 500 * time.Millisecond,
		"User-agent: *\nCrawl-delay: 1,5\n":                                 1500 * time.Millisecond,
		"User-agent: *\nCrawl-delay: abc\n":                                 0,
		"User-agent: *\nCrawl-delay: -3\n":                                  0,
		"User-agent: *\nCrawl-delay: NaN\n":                                 0,
		"User-agent: *\nCrawl-delay: 9e99\n":                                24 * time.Hour,
		"User-agent: *\nCrawl-delay: 9\nUser-agent: contredit\nDisallow: x": 0,
	} {
		if got := crawler.ParseRobots(text, crawler.Product).Delay; got != want {
			t.Errorf("delay of %q = %s, want %s", text, got, want)
		}
	}
}

// TestRobotsOverCap reads the first 500 KiB and no more, as RFC 9309 wants.
func TestRobotsOverCap(t *testing.T) {
	text := "User-agent: *\nDisallow: /x\n" + strings.Repeat("Disallow: /remplissage/longue-adresse\n", 20_000) + "Disallow: /y\n"
	rules := crawler.ParseRobots(text, crawler.Product)
	if rules.Allows("/x") || !rules.Allows("/y") {
		t.Errorf("x allowed: %v, y allowed: %v; want false, true", rules.Allows("/x"), rules.Allows("/y"))
	}
}

// TestRobotsConformance runs the cases of Google's robots.txt parser.
func TestRobotsConformance(t *testing.T) {
	path := filepath.Join("..", "..", "shared", "data", "torture", "robots", "google-robotstxt-dev.json")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("the shared conformance cases are not here: %v", err)
	}
	var cases []struct {
		Test      string `json:"test"`
		Robots    string `json:"robots_txt"`
		Agent     string `json:"user_agent"`
		URL       string `json:"url"`
		Allowed   bool   `json:"allowed"`
		Extension bool   `json:"google_only"`
	}
	if err := json.Unmarshal(content, &cases); err != nil {
		t.Fatal(err)
	}
	passed := map[bool]int{}
	total := map[bool]int{}
	for i, c := range cases {
		target := c.URL // as written: some cases are about addresses that nobody escaped
		if _, rest, found := strings.Cut(target, "://"); found {
			target = "/"
			if i := strings.IndexAny(rest, "/?"); i >= 0 {
				target = rest[i:]
			}
		}
		target, _, _ = strings.Cut(target, "#")
		got := crawler.ParseRobots(c.Robots, c.Agent).Allows(target)
		total[c.Extension]++
		if got == c.Allowed {
			passed[c.Extension]++
		} else if !c.Extension {
			t.Errorf("case %d (%s): agent %q, %s allowed = %v, want %v with\n%s", i, c.Test, c.Agent, c.URL, got, c.Allowed, c.Robots)
		} else {
			t.Logf("extension case %d (%s): agent %q, %q allowed = %v, Google says %v, with %q", i, c.Test, c.Agent, c.URL, got, c.Allowed, c.Robots)
		}
	}
	t.Logf("RFC 9309: %d of %d; Google's own: %d of %d", passed[false], total[false], passed[true], total[true])
}

func FuzzParseRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /*.pdf$\nAllow: /a*b*c\nCrawl-delay: 3\n", "/a/b/c.pdf?x=%c3")
	f.Add("\ufeffuser-agent:contredit\r\ndisallow /x", "/x")
	f.Fuzz(func(t *testing.T, text, target string) {
		rules := crawler.ParseRobots(text, crawler.Product)
		rules.Allows(target)
		if rules.Delay < 0 || rules.Delay > 24*time.Hour {
			t.Errorf("delay %s is out of range", rules.Delay)
		}
	})
}

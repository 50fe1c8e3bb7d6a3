package crawler

import (
	"strconv"
	"strings"
	"time"
)

// maxRobots is how much of a robots.txt is read: RFC 9309 asks for 500 KiB at least, and
// what stands after that is ignored.
const maxRobots = 500 << 10

// maxCrawlDelay bounds what a site can ask for: a day between two requests is a refusal.
const maxCrawlDelay = 24 * time.Hour

// Rules are what a robots.txt says to one product, read by RFC 9309: the groups that name
// the product count together, else those of « * »; the longest match wins, and « Allow »
// wins a tie. Lines that cannot be read are skipped. They never fail to parse.
type Rules struct {
	rules    []robotsRule
	Delay    time.Duration // Crawl-delay, 0 when none; RFC 9309 has none, sites do
	Sitemaps []string
}

// robotsRule keeps its pattern as written, but for the case of escapes, and with needless
// escapes undone. RFC 9309 wants the second form compared; Google's matcher, which sites
// test with, compares the first. Whatever forbids counts in either form, what allows only as
// it is written: where they differ we stay out.
type robotsRule struct {
	allow   bool
	pattern string
	plain   string
}

// ParseRobots reads a robots.txt for a product token such as « contredit ».
func ParseRobots(text, product string) *Rules {
	if len(text) > maxRobots {
		// The last line is cut: « Disallow: /a » might become « Disallow: / ».
		text = text[:strings.LastIndexAny(text[:maxRobots], "\r\n")+1]
	}
	text = strings.TrimPrefix(text, "\ufeff")
	var named, others Rules
	var forUs, forAll, inRules, ours bool
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		key, value, ok := robotsLine(line)
		if !ok {
			continue
		}
		switch key {
		case "user-agent":
			if inRules {
				forUs, forAll, inRules = false, false, false
			}
			agent := productToken(value)
			forAll = forAll || value == "*" || strings.HasPrefix(value, "* ")
			if strings.EqualFold(agent, product) && agent != "" {
				forUs, ours = true, true
			}
		case "allow", "disallow":
			inRules = true
			rule := robotsRule{key == "allow", escapeBytes(raiseEscapes(value)), escapeBytes(upperEscapes(value))}
			if value == "" {
				continue
			}
			if forUs {
				named.rules = append(named.rules, rule)
			}
			if forAll {
				others.rules = append(others.rules, rule)
			}
		case "crawl-delay":
			// Not of RFC 9309: it does not end the list of a group's agents.
			d := crawlDelay(value)
			if forUs {
				named.Delay = max(named.Delay, d)
			}
			if forAll {
				others.Delay = max(others.Delay, d)
			}
		case "sitemap":
			named.Sitemaps = append(named.Sitemaps, value)
		}
	}
	if !ours {
		others.Sitemaps = named.Sitemaps
		return &others
	}
	return &named
}

func robotsLine(line string) (key, value string, ok bool) {
	line, _, _ = strings.Cut(line, "#")
	line = strings.Trim(line, " \t\x00\f\v")
	key, value, found := strings.Cut(line, ":")
	if !found {
		// « disallow /x » is common enough that everybody reads it.
		if key, value, found = strings.Cut(strings.ReplaceAll(line, "\t", " "), " "); !found || strings.ContainsAny(strings.TrimSpace(value), " ") {
			return "", "", false
		}
	}
	key = strings.ToLower(strings.TrimSpace(key))
	switch key {
	case "useragent", "user agent":
		key = "user-agent"
	case "dissallow", "dissalow", "disalow", "diasllow", "disallaw":
		key = "disallow"
	}
	return key, strings.TrimSpace(value), key != ""
}

// productToken is the letters, « _ » and « - » that a value begins with.
func productToken(value string) string {
	for i := 0; i < len(value); i++ {
		c := value[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '-' || c == '_') {
			return value[:i]
		}
	}
	return value
}

func crawlDelay(value string) time.Duration {
	seconds, err := strconv.ParseFloat(strings.ReplaceAll(value, ",", "."), 64)
	if err != nil || !(seconds > 0) {
		return 0
	}
	if seconds > maxCrawlDelay.Seconds() {
		return maxCrawlDelay
	}
	return time.Duration(seconds * float64(time.Second))
}

// Allows says whether an address may be asked; target is its path with the query, as sent.
func (r *Rules) Allows(target string) bool {
	if target == "/robots.txt" {
		return true
	}
	if !strings.HasPrefix(target, "/") {
		target = "/" + target
	}
	asSent, plain := raiseEscapes(target), escapeBytes(upperEscapes(target))
	best, allowed := -1, true
	for _, rule := range r.rules {
		if len(rule.pattern) < best || !rule.matches(asSent, plain) {
			continue
		}
		if len(rule.pattern) > best {
			best, allowed = len(rule.pattern), rule.allow
		} else if rule.allow {
			allowed = true
		}
	}
	return allowed
}

func (rule robotsRule) matches(asSent, plain string) bool {
	if matchesPattern(rule.pattern, asSent) {
		return true
	}
	return !rule.allow && matchesPattern(rule.plain, plain)
}

// matchesPattern knows « * » for any characters and a last « $ » for the end (RFC 9309, 2.2.3).
func matchesPattern(pattern, target string) bool {
	anchored := strings.HasSuffix(pattern, "$")
	pattern = strings.TrimSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(target, parts[0]) {
		return false
	}
	at := len(parts[0])
	if len(parts) == 1 {
		return !anchored || at == len(target)
	}
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(target[at:], part)
		if i < 0 {
			return false
		}
		at += i + len(part)
	}
	last := parts[len(parts)-1]
	if anchored {
		return len(target)-at >= len(last) && strings.HasSuffix(target, last)
	}
	return strings.Contains(target[at:], last)
}

// raiseEscapes writes « %c3 » as « %C3 ».
func raiseEscapes(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	b := []byte(s)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' && isHex(b[i+1]) && isHex(b[i+2]) {
			copy(b[i:], strings.ToUpper(s[i:i+3]))
			i += 2
		}
	}
	return string(b)
}

// escapeBytes escapes what cannot stand bare in an address (RFC 9309, 2.2.2).
func escapeBytes(s string) string {
	bare := strings.ContainsFunc(s, func(r rune) bool { return r > '~' || r <= ' ' })
	if !bare {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x7f || s[i] <= ' ' {
			const hex = "0123456789ABCDEF"
			b.Write([]byte{'%', hex[s[i]>>4], hex[s[i]&15]})
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

package crawler

import (
	"bytes"
	"fmt"
	"html"
	"mime"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/htmlindex"

	"contredit/french"
)

// refusedTypes are those that hold no text a reader knows, beside pictures, sound and fonts.
// Any other type is left to the readers: servers often give a wrong one.
var refusedTypes = []string{
	"application/javascript", "application/vnd.android.package-archive", "application/vnd.rar", "application/x-7z-compressed",
	"application/x-bzip2", "application/x-msdownload", "application/x-rar-compressed", "application/x-tar", "text/calendar",
	"text/css", "text/javascript", "text/vcard",
}

// checkMediaType refuses, before the body comes, what no reader reads.
func checkMediaType(served string) error {
	kind := mediaType(served)
	family, _, _ := strings.Cut(kind, "/")
	_, refused := slices.BinarySearch(refusedTypes, kind)
	if refused || family == "image" || family == "video" || family == "audio" || family == "font" {
		return &trouble{kind: KindType, detail: kind}
	}
	return nil
}

// mediaType is the type without its parameters, in lower case; "" when it is malformed.
func mediaType(served string) string {
	kind, _, err := mime.ParseMediaType(served)
	if err != nil {
		kind, _, _ = strings.Cut(served, ";")
		kind = strings.ToLower(strings.TrimSpace(kind))
	}
	return kind
}

func looksHTML(served string, body []byte) bool {
	switch mediaType(served) {
	case "text/html", "application/xhtml+xml":
		return true
	case "", "text/plain", "application/octet-stream", "application/xml", "text/xml":
		return strings.HasPrefix(http.DetectContentType(body), "text/html")
	}
	return false
}

// decodePage brings a page to UTF-8: a byte order mark, the source's charset, bytes that are
// UTF-8, the header, the page's own word, windows-1252. The bytes that are kept stay as served.
func decodePage(served, override string, body []byte) ([]byte, error) {
	if override != "" && !bytes.HasPrefix(body, []byte("\xef\xbb\xbf")) {
		enc, err := htmlindex.Get(override)
		if err != nil {
			return nil, fmt.Errorf("charset %q of the source: %w", override, err)
		}
		return enc.NewDecoder().Bytes(body)
	}
	marked := bytes.HasPrefix(body, []byte{0xFE, 0xFF}) || bytes.HasPrefix(body, []byte{0xFF, 0xFE})
	if !marked && utf8.Valid(body) && !bytes.ContainsRune(body, 0) {
		return bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")), nil
	}
	enc, name, _ := charset.DetermineEncoding(body, served)
	if name == "utf-8" {
		enc, _ = charset.Lookup("windows-1252")
	}
	text, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return nil, fmt.Errorf("decode as %s: %w", name, err)
	}
	return text, nil
}

func isCharset(name string) bool {
	_, err := htmlindex.Get(name)
	return err == nil
}

var (
	titleElement = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)
	anyTag       = regexp.MustCompile(`(?s)<(script|style)\b.*?</(?:script|style)>|<[^>]*>`)
	// notContentTitle is how walls and error pages that say 200 call themselves, folded.
	notContentTitle = regexp.MustCompile(`^(erreur )?(403|404|410|500|502|503)\b|page (non trouvee|introuvable|inexistante|not found)|` +
		`\b(not found|access denied|acces refuse|acces interdit|forbidden|request rejected|attention required|just a moment|un instant)\b|` +
		`\bcaptcha\b|verification (de securite|que vous etes humain)|(site|page) en maintenance|maintenance en cours|service (unavailable|indisponible)|are you a (human|robot)`)
	notContentText = regexp.MustCompile(`the requested url was rejected|your support id is|checking your browser|enable javascript and cookies to continue|` +
		`(activ|accept)\w+ (les |vos )?cookies pour (acceder (a ce|a cette page|a notre|au) ?|(continuer|poursuivre) (sur|vers|votre|la))|votre navigateur (doit accepter|n.?accepte pas) les cookies|` +
		`(please )?(enable|accept) cookies (to|and) |cookies are (required|disabled)|` +
		`verifiez que vous etes (un )?humain|vous n.?etes pas un robot|request blocked|incapsula incident|acces a cette page est refuse|` +
		`cette page n.?existe (pas|plus)|la page (que vous (cherchez|demandez|recherchez)|demandee) (est introuvable|n.?existe)`)
)

// missingTitle is what only a page that does not exist calls itself, whatever menus it shows; of text it
// has longestMissing bytes at most.
var missingTitle = regexp.MustCompile(`^(erreur )?4(04|10)\b|^(erreur ?[:–-]? ?)?page (non trouvee|introuvable|inexistante|not found)`)

const longestMissing = 20_000

// emptyShell is the frame that a site made in JavaScript (React, Vue, Angular, Next, Nuxt)
// serves instead of its text, and shellText what such a page says beside its title, in bytes.
var emptyShell = regexp.MustCompile(`(?i)<div[^>]+id=["']?(?:root|app|__next|__nuxt)["' >]|<app-root`)

const shellText = 200

// refreshed is where a page sends its visitors at once, as old sites do instead of a redirect.
var refreshed = regexp.MustCompile(`(?is)<meta[^>]+http-equiv\s*=\s*["']?refresh["']?[^>]+content\s*=\s*["']?\s*[0-5]\s*[;,]\s*url\s*=\s*["']?([^"'>\s]+)`)

// refreshTarget is the address that a short page sends its visitors to; nil when it keeps them.
func refreshTarget(x *exchange) *url.URL {
	if !looksHTML(x.mediaType, x.body) || len(x.body) > 20<<10 {
		return nil
	}
	m := refreshed.FindSubmatch(x.body)
	if m == nil {
		return nil
	}
	text := strings.Join(strings.Fields(string(anyTag.ReplaceAll(x.body, []byte(" ")))), " ")
	u, err := x.final.Parse(html.UnescapeString(string(m[1])))
	if err != nil || len(text) > shortPage || canonicalize(u) != nil || u.String() == x.page.URL {
		return nil
	}
	return u
}

// shortPage is how much text an error page or a wall has at most, in bytes.
const shortPage = 1500

// checkContent recognises the pages that answer 200 and are not the document: error pages,
// walls against robots, captchas, maintenance. It says so only of short pages, since an
// article about a captcha has a long text.
func checkContent(served string, body []byte) error {
	if len(body) == 0 {
		return &trouble{kind: KindNotContent, detail: "réponse vide", retry: true}
	}
	if !looksHTML(served, body) || len(body) > 200<<10 {
		return nil
	}
	title := ""
	if m := titleElement.FindSubmatch(body); m != nil {
		title = string(bytes.TrimSpace(m[1]))
	}
	text := strings.Join(strings.Fields(string(anyTag.ReplaceAll(body, []byte(" ")))), " ")
	if len(text) <= longestMissing && missingTitle.MatchString(french.Fold(title)) {
		return &trouble{kind: KindNotContent, detail: "« " + title + " »"}
	}
	if len(text) > shortPage {
		return nil
	}
	if emptyShell.Match(body) && len(strings.TrimSpace(strings.TrimPrefix(text, title))) < shellText {
		return &trouble{kind: KindNotContent, detail: "page vide que du JavaScript remplit ; cherchez un flux, un plan de site ou les fichiers eux-mêmes"}
	}
	if notContentTitle.MatchString(french.Fold(title)) || notContentText.MatchString(french.Fold(text)) {
		if title == "" {
			title = firstWords(text, 8)
		}
		return &trouble{kind: KindNotContent, detail: "« " + title + " »"}
	}
	return nil
}

func firstWords(text string, n int) string {
	words := strings.Fields(text)
	return strings.Join(words[:min(n, len(words))], " ")
}

// passedOver are the endings of files that a listing links beside its documents.
var passedOver = []string{
	".7z", ".avi", ".bmp", ".css", ".csv", ".exe", ".gif", ".gz", ".ico", ".ics", ".jpeg", ".jpg", ".js", ".json", ".m4a", ".mov",
	".mp3", ".mp4", ".ods", ".ogg", ".png", ".ppt", ".pptx", ".rar", ".svg", ".tar", ".tif", ".tiff", ".vcf", ".webm", ".webp",
	".xls", ".xlsx", ".xsl", ".zip",
}

func isPassedOver(urlPath string) bool {
	_, found := slices.BinarySearch(passedOver, strings.ToLower(path.Ext(urlPath)))
	return found
}

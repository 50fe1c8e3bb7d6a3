package review

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"contredit/claims"
	"contredit/document"
)

//go:embed template/*.html static/*
var files embed.FS

// views are the pages in one language.
type views map[string]*template.Template

func parseViews(languages []string) (map[string]views, error) {
	all := map[string]views{}
	names, err := fs.Glob(files, "template/*.html")
	if err != nil {
		return nil, fmt.Errorf("list templates: %w", err)
	}
	for _, lang := range languages {
		if _, ok := monthNames[lang]; !ok {
			return nil, fmt.Errorf("review pages: language %q is not served; allowed: fr, en", lang)
		}
		set := views{}
		for _, name := range names {
			base := strings.TrimSuffix(path.Base(name), ".html")
			if strings.HasPrefix(base, "_") {
				continue
			}
			t, err := template.New(path.Base(name)).Funcs(functions(lang)).ParseFS(files, "template/_*.html", name)
			if err != nil {
				return nil, fmt.Errorf("parse %s: %w", name, err)
			}
			set[base] = t
		}
		all[lang] = set
	}
	return all, nil
}

// functions are what templates may call; all are pure.
func functions(lang string) template.FuncMap {
	name := func(names map[string]string) func(any) string {
		return func(key any) string {
			k := fmt.Sprint(key)
			if n, ok := names[k]; ok {
				return translate(lang, n)
			}
			return k
		}
	}
	return template.FuncMap{
		"t":        func(message string, args ...any) string { return translate(lang, message, args...) },
		"n":        func(n int, one, many string) string { return count(lang, n, one, many) },
		"colon":    func() string { return translate(lang, " : ") },
		"query":    func(q any) template.URL { return template.URL(fmt.Sprint(q)) }, // made by url.Values.Encode: escaped already
		"grouped":  func(n int) string { return grouped(lang, n) },
		"lang":     func() string { return lang },
		"day":      func(iso string) string { return day(lang, iso) },
		"place":    func(l document.Locator) string { return place(lang, l) },
		"open":     func(l document.Locator) string { return openLabel(lang, l) },
		"clock":    clock,
		"reason":   func(code string) string { return translate(lang, reasonName(code)) },
		"state":    name(stateNames),
		"answer":   name(answerNames),
		"outcome":  name(outcomeNames),
		"nature":   name(natureNames),
		"known":    name(knownNames),
		"role":     name(roleNames),
		"docrole":  name(roleOfDocument),
		"term":     func(n string) string { return termName(lang, n) },
		"position": name(positionNames),
		"presence": name(presenceNames),
		"status":   func(s claims.Decision) string { return translate(lang, statusNames[s]) },
		"kind":     func(k claims.Kind) string { return translate(lang, kindNames[k]) },
		"score":    func(s float64) string { return decimal(lang, s) },
		"signed":   func(s float64) string { return decimalSigned(lang, s) },
		"quoted":   quoted,
		"safeurl":  safeURL,
		"dict":     dict,
		"add":      func(a, b int) int { return a + b },
		"mul":      func(a, b int) int { return a * b },
		"height":   func(n int) int { return min(30, max(1, n*6)) },
		"bar":      func(n int) int { return 32 - min(30, max(1, n*6)) },
	}
}

// dict hands several values to a partial template.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, errors.New("dict takes names and values")
	}
	m := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: %v is no name", pairs[i])
		}
		m[name] = pairs[i+1]
	}
	return m, nil
}

func decimal(lang string, s float64) string {
	text := fmt.Sprintf("%.2f", s)
	if lang == "fr" {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}

func decimalSigned(lang string, s float64) string {
	sign := "+"
	if s < 0 {
		sign, s = "−", -s
	}
	return sign + decimal(lang, s)
}

// quoted puts guillemets around a quote that has none.
func quoted(quote string) string {
	if strings.HasPrefix(quote, "«") {
		return quote
	}
	return "«" + hard + quote + hard + "»"
}

// safeURL lets only addresses of the web through: documents name their own addresses.
func safeURL(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return address
}

// handler answers a request; an error is logged and told as a French sentence.
type handler func(*request) error

// request is one request with what every page needs.
type request struct {
	*http.Request
	w       http.ResponseWriter
	pages   *pages
	lang    string
	who     person
	token   string // of forms
	private bool   // may see what rests on private documents
}

func (r *request) t(message string, args ...any) string { return translate(r.lang, message, args...) }

// mostForm is what a form may weigh, in bytes.
var mostForm int64 = 4 << 20

// open are the pages that anybody may reach.
var open = map[string]bool{"GET /connexion": true, "POST /connexion": true, "POST /langue": true, "GET /a-propos": true}

// public are those that anybody may read when the instance publishes.
var public = map[string]bool{
	"GET /{$}": true, "GET /paires/{id}": true, "GET /paires/{id}/dossier": true, "GET /affirmations/{id}": true, "GET /documents/{id}": true,
	"GET /couverture": true, "GET /regles": true, "GET /copies/{id}": true, "GET /copies/{id}/original": true, "GET /documents/{id}/ecarts": true,
}

func (p *pages) handle(pattern string, h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, hr *http.Request) {
		r := &request{Request: hr, w: w, pages: p, lang: p.language(hr)}
		if err := p.answer(pattern, h, r); err != nil {
			p.tell(r, err)
		}
	})
}

func (p *pages) answer(pattern string, h handler, r *request) error {
	if !p.atHome(r.Request) {
		return errForbidden
	}
	who, holder, err := p.identify(r.Request)
	if err != nil {
		return err
	}
	r.who, r.private = who, who.signedIn()
	if holder == "" {
		holder = rand.Text()
		http.SetCookie(r.w, p.cookie(r.Request, visitorCookie, holder, sessionLength))
	}
	r.token = p.formToken(holder)
	if !who.signedIn() && !open[pattern] && !ticketed[pattern] && !(p.Public && public[pattern]) {
		return errSignIn
	}
	if r.Method == http.MethodPost {
		r.Body = http.MaxBytesReader(r.w, r.Body, mostForm)
		if err := r.ParseForm(); err != nil {
			return errBadRequest
		}
		if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
			if err := r.ParseMultipartForm(mostForm); err != nil {
				return errBadRequest
			}
		}
		if !ticketed[pattern] && !hmac.Equal([]byte(r.PostFormValue("token")), []byte(r.token)) {
			return errForm
		}
		defer p.facets.empty()
	}
	return h(r)
}

// mustReview refuses who may not decide.
func (r *request) mustReview() error {
	if !r.who.signedIn() {
		return errSignIn
	}
	return nil
}

// frame is what the layout needs around a page.
type frame struct {
	Title    string
	Instance string
	Page     string
	Who      person
	Token    string
	Static   string
	Here     string // address of this page, to come back to
	Other    []string
	Accounts bool
	Public   bool
	V        any
}

func (r *request) show(page, title string, view any) error {
	return r.showStatus(http.StatusOK, page, title, view)
}

// showStatus renders the whole page before the first byte leaves: a template that fails
// shows an error page, not half a page.
func (r *request) showStatus(status int, page, title string, view any) error {
	var other []string
	for _, l := range r.pages.Languages {
		if l != r.lang {
			other = append(other, l)
		}
	}
	here := "/"
	if r.Method == http.MethodGet {
		here = r.URL.RequestURI()
	}
	f := frame{
		Title: r.t(title), Instance: r.pages.Title, Page: page, Who: r.who, Token: r.token, Static: r.pages.staticTag, Here: here, Other: other,
		Accounts: r.pages.Accounts, Public: r.pages.Public, V: view,
	}
	var b bytes.Buffer
	if err := r.pages.views[r.lang][page].ExecuteTemplate(&b, "layout", f); err != nil {
		return fmt.Errorf("render %s: %w", page, err)
	}
	h := r.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	r.w.WriteHeader(status)
	if _, err := b.WriteTo(r.w); err != nil {
		r.pages.Logger.Debug("page not delivered", "page", page, "error", err)
	}
	return nil
}

// redirect sends the browser on after a form was taken, so that going back repeats nothing.
func (r *request) redirect(to string) error {
	http.Redirect(r.w, r.Request, to, http.StatusSeeOther)
	return nil
}

// policy allows nothing but our own style sheet, script and forms: no inline code, no other
// site, no frame.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func (p *pages) protect(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(p.handle("POST /langue", func(*request) error { return errForm }))
	if p.PublicURL != "" {
		// Behind a proxy that rewrites Host, the browser's Origin is still the public one.
		if u, err := url.Parse(p.PublicURL); err == nil {
			if err := guard.AddTrustedOrigin(u.Scheme + "://" + u.Host); err != nil {
				p.Logger.Error("public address", "error", err)
			}
		}
	}
	guarded := guard.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("X-Robots-Tag", "noindex")
		if p.secure(r) {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		guarded.ServeHTTP(w, r)
	})
}

var staticTypes = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

// static serves the style sheet, the script and the icon. Their address changes with them.
func (p *pages) static(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	content, err := files.ReadFile("static/" + name)
	kind, ok := staticTypes[path.Ext(name)]
	if err != nil || !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
}

// digestOfStatic is the part of the static files' addresses that changes with them.
func digestOfStatic() string {
	sum := sha256.New()
	for _, name := range []string{"static/icon.svg", "static/review.js", "static/style.css"} {
		content, err := files.ReadFile(name)
		if err != nil {
			return ""
		}
		sum.Write(content)
	}
	return hex.EncodeToString(sum.Sum(nil))[:10]
}

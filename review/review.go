// Package review is the pages on which people look at pairs and decide: the queue, a claim
// and its record side by side, their documents, what was looked through and what is missing.
// It takes verdicts and shows what the store holds; it finds nothing and judges nothing.
package review

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"time"

	"contredit/claims"
	"contredit/digest"
	"contredit/document"
	"contredit/french"
	"contredit/store"
)

// Config is what the pages need to know. DB is the only field without which nothing works.
type Config struct {
	DB          *store.DB
	Title       string         // of the instance; "" for « contredit »
	Listen      netip.AddrPort // where the pages are served: without accounts, only loopback is allowed
	PublicURL   string         // how people reach the pages; "" for the address of the request
	Accounts    bool           // people sign in
	TwoPeople   bool           // who publishes is not who confirmed
	ProxyHeader string         // header by which a trusted proxy names the reviewer; "" for none
	ProxyFrom   []netip.Addr   // the proxy's addresses
	Public      bool           // anybody may read what was published
	Reviewer    string         // who signs verdicts when nobody signs in; "" for « relecture locale »
	Languages   []string       // of the interface, the first by default; empty for French
	Contact     string         // who answers to objections, as people write to them
	UserAgent   string         // what the crawler says it is
	Sources     []Source       // what this instance collects, for the page that says so
	Bodies      []Body         // institutions and the sittings they are known to have held
	Requests    Requests       // letters for records that were not published
	TimeZone    *time.Location // in which hours are shown; nil for Europe/Paris, else UTC
	Now         func() time.Time
	Logger      *slog.Logger
	Version     string

	AnswerKey digest.AnswerKey // of the links in mails; empty when none were sent
}

// Source is what is said of a source to those whose site is visited.
type Source struct {
	Name, URL, Body, Schedule string
	Private                   bool
	Delay                     time.Duration // least time between two requests
	Silence                   time.Duration // after which its silence is an alarm; 0 for unknown

	Next func(now time.Time) time.Time // its next run, zero without one; nil for unknown
}

// Body is an institution and the sittings that are known of without their record.
type Body struct {
	Name     string
	Aliases  []string
	Sittings []string // ISO days
}

// ErrOpenWithoutAccess is returned by New when other machines could reach the pages and
// nobody would have to say who they are.
var ErrOpenWithoutAccess = errors.New("the review pages would be open to other machines without accounts")

// pages serves them. It is safe for several goroutines.
type pages struct {
	Config
	secret    []byte // of the form tokens
	views     map[string]views
	throttle  *throttle
	meetings  *meetingCache
	facets    facetCache
	comparer  func() (*claims.Comparer, error) // its lexicon is loaded when first asked for
	public    string                           // host of PublicURL
	staticTag string
}

// New makes the handler of the review pages.
func New(ctx context.Context, c Config) (http.Handler, error) {
	if c.DB == nil {
		return nil, errors.New("review pages: no database")
	}
	p := &pages{Config: c}
	if err := p.complete(); err != nil {
		return nil, err
	}
	var err error
	if p.secret, err = formSecret(ctx, c.DB); err != nil {
		return nil, err
	}
	if p.views, err = parseViews(p.Languages); err != nil {
		return nil, err
	}
	p.throttle, p.staticTag = newThrottle(p.Now), digestOfStatic()
	p.meetings, p.comparer = &meetingCache{}, sync.OnceValues(newComparer)
	return p.protect(p.routes()), nil
}

func newComparer() (*claims.Comparer, error) {
	lexicon, err := french.LoadLexicon()
	if err != nil {
		return nil, fmt.Errorf("load the lexicon of the ladder: %w", err)
	}
	return claims.NewComparer(french.NewAnalyzer(lexicon)), nil
}

func (p *pages) complete() error {
	if p.Title == "" {
		p.Title = "contredit"
	}
	if p.Reviewer == "" {
		p.Reviewer = "relecture locale"
	}
	if len(p.Languages) == 0 {
		p.Languages = []string{"fr"}
	}
	if p.Now == nil {
		p.Now = time.Now
	}
	if p.Logger == nil {
		p.Logger = slog.New(slog.DiscardHandler)
	}
	if p.TimeZone == nil {
		p.TimeZone = time.UTC
		if paris, err := time.LoadLocation("Europe/Paris"); err == nil {
			p.TimeZone = paris
		}
	}
	if p.PublicURL != "" {
		u, err := url.Parse(p.PublicURL)
		if err != nil || u.Host == "" {
			return fmt.Errorf("review pages: %q is no address", p.PublicURL)
		}
		p.public = u.Host
	}
	// A zero address is that of a test or of a socket that no other machine reaches.
	if p.Listen.IsValid() && !p.Listen.Addr().IsLoopback() && !p.Accounts && p.ProxyHeader == "" {
		return fmt.Errorf("review pages on %s: %w", p.Listen, ErrOpenWithoutAccess)
	}
	return nil
}

// formSecret is made once and kept: forms stay good over a restart.
func formSecret(ctx context.Context, db *store.DB) ([]byte, error) {
	const name = "review.secret"
	kept, err := db.Setting(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("secret of the review forms: %w", err)
	}
	if kept == "" {
		kept = rand.Text() + rand.Text()
		if err := db.SaveSetting(ctx, name, hex.EncodeToString([]byte(kept))); err != nil {
			return nil, fmt.Errorf("secret of the review forms: %w", err)
		}
		return []byte(kept), nil
	}
	secret, err := hex.DecodeString(kept)
	if err != nil {
		return nil, fmt.Errorf("secret of the review forms: %w", err)
	}
	return secret, nil
}

func (p *pages) routes() http.Handler {
	mux := http.NewServeMux()
	for pattern, h := range map[string]handler{
		"GET /{$}":                           p.queue,
		"GET /paires.csv":                    p.queueCSV,
		"GET /paires/{id}":                   p.pair,
		"GET /paires/{id}/dossier":           p.dossier,
		"GET /affirmations/{id}":             p.claim,
		"GET /personnes":                     p.people,
		"POST /personnes":                    p.setPerson,
		"POST /personnes/fusion":             p.mergePerson,
		"POST /personnes/separation":         p.splitPerson,
		"GET /glossaire":                     p.glossary,
		"POST /glossaire":                    p.setTerm,
		"POST /affirmations/{id}/auteur":     p.setSpeaker,
		"POST /documents/{id}/institution":   p.setBody,
		"POST /corrections/{id}/annuler":     p.undoFix,
		"GET /documents":                     p.documents,
		"GET /documents/{id}":                p.document,
		"GET /documents/{id}/ecarts":         p.differences,
		"GET /copies/{id}":                   p.keptCopy,
		"GET /copies/{id}/original":          p.keptBytes,
		"GET /recherche":                     p.search,
		"GET /sujets":                        p.subject,
		"GET /regles":                        p.rules,
		"GET /couverture":                    p.coverage,
		"GET /demandes":                      p.requestsPage,
		"GET /demandes/lettre":               p.requestLetter,
		"POST /demandes":                     p.stepRequest,
		"GET /sources":                       p.sources,
		"GET /journal":                       p.journal,
		"GET /reglages":                      p.settings,
		"POST /reglages/second-facteur":      p.changeFactor,
		"GET /reglages/second-facteur.png":   p.factorPicture,
		"GET /a-propos":                      p.about,
		"GET /touches":                       p.keys,
		"GET /connexion":                     p.signInPage,
		"POST /connexion":                    p.signIn,
		"POST /deconnexion":                  p.signOut,
		"POST /sessions":                     p.revokeSession,
		"POST /langue":                       p.chooseLanguage,
		"POST /paires/{id}/verdict":          p.giveVerdict,
		"POST /paires/{id}/annuler":          p.undoVerdict,
		"POST /paires/{id}/remarques":        p.addRemark,
		"POST /documents/{id}/affirmations":  p.markClaim,
		"POST /affirmations/{id}/paires":     p.makePair,
		"POST /affirmations/{id}/retirer":    p.dropClaim,
		"GET /affirmations":                  p.claimList,
		"POST /lot":                          p.decideTogether,
		"POST /decisions":                    p.takeDecisions,
		"POST /vues":                         p.saveView,
		"POST /vues/{id}/oublier":            p.dropView,
		"POST /vues/{id}/flux":               p.setFeed,
		"GET /flux/{token}":                  p.viewFeed,
		"GET /courrier/{ticket}":             p.mailAnswer,
		"POST /courrier/{ticket}":            p.mailAnswer,
		"POST /documents/{id}/transcription": p.changeTranscript,
	} {
		mux.Handle(pattern, p.handle(pattern, h))
	}
	mux.Handle("GET /fichiers/{name}", http.HandlerFunc(p.static))
	mux.Handle("/", p.handle("/", func(*request) error { return errNotHere }))
	return mux
}

// kindsInOrder are the kinds as people are shown them.
var kindsInOrder = []claims.Kind{
	claims.KindNegation, claims.KindAntonym, claims.KindNumber, claims.KindDate, claims.KindAttendance, claims.KindVote, claims.KindScope,
	claims.KindModality, claims.KindPromise, claims.KindAbsence,
}

// sees says whether what has a visibility may be shown to who asks.
func (r *request) sees(v document.Visibility) bool { return v != document.Private || r.who.signedIn() }

package crawler

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"
)

// Kind says what went wrong with an address.
type Kind string

// The kinds of problem.
const (
	KindRobots     Kind = "robots"        // robots.txt refuses it
	KindRobotsDown Kind = "robots_down"   // robots.txt cannot be had, so nothing may be asked
	KindStatus     Kind = "http_status"   // another status than 200
	KindMissing    Kind = "missing"       // 404 or 410
	KindGone       Kind = "gone"          // the same, confirmed, where there was a document
	KindBusy       Kind = "busy"          // 429, 503: asks to come back later
	KindDNS        Kind = "dns"           // its name is unknown
	KindRefused    Kind = "refused"       // no connection
	KindTLS        Kind = "tls"           // its certificate does not hold
	KindTimeout    Kind = "timeout"       // no whole answer in time
	KindBroken     Kind = "broken"        // the answer ends before its announced end, or is malformed
	KindTooBig     Kind = "too_big"       // over the cap
	KindType       Kind = "type_refused"  // neither text nor office document
	KindOffSite    Kind = "off_site"      // redirects to another site
	KindLoop       Kind = "redirect_loop" // redirects without end
	KindAddress    Kind = "address"       // private address or foreign scheme
	KindTrap       Kind = "trap"          // pages without end
	KindNotContent Kind = "not_content"   // an error page, a wall or a captcha that says 200
	KindFormat     Kind = "format"        // a feed or sitemap that cannot be read
	KindBudget     Kind = "budget"        // the run's requests are used up
	KindPanic      Kind = "internal"      // our own fault
	KindNoCaptions Kind = "no_captions"   // a session video without its text
	KindFile       Kind = "file"          // a file of a drop folder that is refused
	KindFolder     Kind = "folder"        // a drop folder that cannot be used
)

// Problem is what went wrong with one address, for people.
type Problem struct {
	URL      string
	Kind     Kind
	Status   int    // of the answer; 0 when there was none
	Sentence string // French: what happened and what to do
	Since    time.Time
}

// trouble is a problem on its way up as an error.
type trouble struct {
	kind       Kind
	status     int
	detail     string        // what fills the sentence
	retry      bool          // asking again may help
	retryAfter time.Duration // asked for by the site
	host       bool          // nothing more may be asked of this host for now
	cause      error
}

func (t *trouble) Error() string {
	text := string(t.kind)
	if t.status != 0 {
		text = fmt.Sprintf("%s (HTTP %d)", text, t.status)
	}
	if t.detail != "" {
		text += ": " + t.detail
	}
	if t.cause != nil {
		text += ": " + t.cause.Error()
	}
	return text
}

func (t *trouble) Unwrap() error { return t.cause }

// advice is the French sentence of each kind; %s is the trouble's detail, when it has one.
var advice = map[Kind]string{
	KindRobots:     "Le site demande aux robots de ne pas lire cette adresse (robots.txt) : contredit s’y tient ; demandez le document au site, ou déposez-le dans un dossier.",
	KindRobotsDown: "Le fichier robots.txt du site ne répond pas (%s) : rien n’est demandé tant qu’on ne sait pas ce que le site permet ; nouvel essai au prochain passage.",
	KindStatus:     "Le site a répondu « %s » : ouvrez l’adresse dans un navigateur ; si elle y répond aussi une erreur, corrigez la source ou prévenez le site.",
	KindMissing:    "La page n’existe pas ou plus (%s) : si le site l’a déplacée, corrigez l’adresse ; un lien mort du site peut être laissé.",
	KindGone:       "Le document a disparu du site (%s, confirmé trois fois, à six heures d’écart au moins) : la copie gardée reste, avec sa date et son empreinte.",
	KindBusy:       "Le site demande de revenir plus tard (%s) : contredit attend et réessaie de lui-même ; allongez « delay » si cela se répète.",
	KindDNS:        "Le nom %s est introuvable : vérifiez l’orthographe de l’adresse et la connexion de cette machine.",
	KindRefused:    "Le site ne répond pas (%s) : contredit réessaiera de lui-même ; si cela dure, vérifiez l’adresse et le pare-feu.",
	KindTLS:        "Le certificat du site n’est pas valable (%s) : rien n’est lu sans lui ; prévenez le site, ou vérifiez l’heure de cette machine.",
	KindTimeout:    "Le site n’a pas répondu en entier dans le temps prévu : contredit réessaiera ; allongez « timeout » si le fichier est grand.",
	KindBroken:     "La réponse est incomplète ou mal formée (%s) : rien n’en est gardé, contredit réessaiera.",
	KindTooBig:     "Le fichier dépasse la taille permise (%s) : il n’est pas lu plutôt que lu à moitié ; augmentez « max_body », ou déposez-le dans un dossier.",
	KindType:       "Ce fichier n’est pas d’une forme que contredit lit (%s) : excluez-le par « exclude », ou demandez-en une version texte.",
	KindOffSite:    "L’adresse renvoie vers un autre site (%s) : si c’est voulu, nommez ce site dans « include » ou corrigez l’adresse de la source.",
	KindLoop:       "L’adresse renvoie sans fin vers elle-même ou d’autres (%s) : ouvrez-la dans un navigateur et donnez à la source l’adresse d’arrivée.",
	KindAddress:    "L’adresse mène à une machine privée ou à un protocole que contredit n’ouvre pas (%s) : corrigez la source.",
	KindTrap:       "Les pages se suivent sans rien apporter (%s) : contredit s’arrête là ; précisez « next » ou « exclude » pour cette source.",
	KindNotContent: "La page répond, mais ce n’est pas le document (%s) : ouvrez-la dans un navigateur ; rien n’en est gardé.",
	KindFormat:     "Le contenu n’a pas la forme attendue (%s) : vérifiez l’adresse et « form » de la source.",
	KindBudget:     "Le nombre de requêtes permis par passage est atteint (%s) : la suite sera lue au prochain passage ; augmentez « budget » pour aller plus vite.",
	KindPanic:      "contredit a trébuché sur ce document (%s) : les autres sont lus ; signalez-le à ses auteurs avec l’adresse.",
	KindNoCaptions: "La vidéo de cette séance n’a pas de sous-titres à côté d’elle : demandez la transcription, ou déposez-la dans un dossier.",
	KindFolder:     "Le dossier de dépôt ne peut pas être utilisé (%s) : vérifiez qu’il existe et que contredit peut y lire et y écrire.",
	KindFile:       "Le fichier déposé n’a pas pu être lu (%s) : il est rangé dans « refusés » avec la raison.",
}

// problem turns the trouble with an address into what people read.
func (t *trouble) problem(address string, since time.Time) Problem {
	sentence := advice[t.kind]
	if strings.Contains(sentence, "%s") {
		detail := t.detail
		if detail == "" && t.status != 0 {
			detail = fmt.Sprintf("%d", t.status)
		}
		if detail == "" && t.cause != nil {
			detail = t.cause.Error()
		}
		sentence = fmt.Sprintf(sentence, detail)
	}
	return Problem{URL: address, Kind: t.kind, Status: t.status, Sentence: sentence, Since: since}
}

// diagnose finds in an error of the network what people can act on.
func diagnose(err error) *trouble {
	var known *trouble
	if errors.As(err, &known) {
		return known
	}
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case errors.As(err, &dns):
		return &trouble{kind: KindDNS, detail: dns.Name, retry: true, cause: err}
	case isTLS(err):
		return &trouble{kind: KindTLS, detail: lastOf(err), cause: err}
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return &trouble{kind: KindTimeout, retry: true, cause: err}
	case errors.Is(err, syscall.ECONNREFUSED):
		return &trouble{kind: KindRefused, detail: "connexion refusée", retry: true, cause: err}
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return &trouble{kind: KindRefused, detail: "réseau injoignable", retry: true, cause: err}
	}
	return &trouble{kind: KindBroken, detail: lastOf(err), retry: true, cause: err}
}

// lastOf is the innermost message of an error: its outer ones name our own steps.
func lastOf(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err.Error()
		}
		err = inner
	}
}

// statusTrouble says what an answer other than 200 means.
func statusTrouble(status int, after time.Duration) *trouble {
	t := &trouble{kind: KindStatus, status: status, detail: strings.TrimSpace(fmt.Sprintf("%d %s", status, http.StatusText(status)))}
	switch {
	case status == http.StatusNotFound || status == http.StatusGone:
		t.kind = KindMissing
	case status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable:
		t.kind, t.retry, t.retryAfter = KindBusy, true, after
	case status >= 500 || status == http.StatusRequestTimeout || status == http.StatusTooEarly:
		t.retry, t.retryAfter = true, after
	}
	return t
}

// asTrouble returns the trouble in an error; nil when the error is of another sort.
func asTrouble(err error) *trouble {
	var t *trouble
	if errors.As(err, &t) {
		return t
	}
	return nil
}

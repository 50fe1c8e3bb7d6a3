package review

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"contredit/claims"
	"contredit/digest"
	"contredit/store"
)

// The errors that have a page of their own.
var (
	errNotHere    = errors.New("no such page")
	errBadRequest = errors.New("the form was not understood")
	errForbidden  = errors.New("not allowed")
	errSignIn     = errors.New("sign in first")
	errNotQuoted  = errors.New("the words are not in the document")
	errForm       = errors.New("the form is not one of this session")
	errNoneTicked = errors.New("no pair is ticked")
	errTooLong    = errors.New("the text is too long")
	errPastDay    = errors.New("the day does not exist or is past")
	errControls   = errors.New("the text has control characters")
	errNoSheet    = errors.New("the file is no sheet of decisions")
	errUnreadText = errors.New("the file has no text that can be read")
)

// refusal is what a visitor is told when something was not done.
type refusal struct {
	Sentence  string
	Reference string    // of the log, when it is no doing of the visitor's
	Decided   []decided // what stands on the pairs that somebody else acted on
	Written   []string  // what the form held, so that nobody types it twice
	Back      string    // address of what the form was about; "" for the queue
	SignIn    string    // address of the page to sign in again on; "" when nobody has to
}

// decided is a pair that was acted on in the meantime, and by whom.
type decided struct{ Open, Status, Reviewer, At, Quote string }

// refusals are the sentences for what is known to go wrong, with the status of their page. They are
// tried in order.
var refusals = []struct {
	err      error
	status   int
	sentence string
}{
	{digest.ErrExpired, http.StatusGone, "Ce lien est trop ancien : utilisez celui d’un bulletin plus récent, ou écrivez à qui vous l’envoie."},
	{store.ErrManyAnswers, http.StatusTooManyRequests, "Votre avis sur cette paire, ou sur ce bulletin, a changé trop souvent aujourd’hui : le dernier noté est gardé. Revenez demain."},
	{digest.ErrForged, http.StatusNotFound, "Ce lien n’est pas entier, ou n’est pas de cette instance : copiez-le en entier depuis le bulletin."},
	{errNotHere, http.StatusNotFound, "Cette page n’existe pas, ou n’est pas publique."},
	{store.ErrNotFound, http.StatusNotFound, "Cette page n’existe pas, ou n’est pas publique."},
	{store.ErrRetired, http.StatusGone, "Les octets de cette ancienne version n’ont pas été gardés : aucune paire ne la citait. Son empreinte et sa date restent au journal."},
	{errTooLong, http.StatusBadRequest, "Ce texte est trop long : 20 000 caractères au plus pour une note, 200 pour un nom ou une étiquette, 2 000 pour une citation. Rien n’a été enregistré."},
	{errPastDay, http.StatusBadRequest, "Ce jour n’existe pas, ou il est passé. Rien n’a été enregistré : choisissez un jour à venir."},
	{errControls, http.StatusBadRequest, "Ce texte contient des caractères invisibles de commande. Rien n’a été enregistré : retapez-le, ou collez-le sans mise en forme."},
	{errNoSheet, http.StatusBadRequest, "Ce fichier n’est pas un tableau lisible : il faut un fichier CSV avec les colonnes « paire » et « décision », en UTF-8, UTF-16 ou Windows-1252. Rien n’a été enregistré."},
	{errUnreadText, http.StatusUnprocessableEntity, "Ce fichier ne se lit pas, ou ne contient pas de texte. Rien n’a été enregistré : ce qui était joint reste joint."},
	{store.ErrAttached, http.StatusConflict, "Un texte est déjà joint à ce document. Rien n’a été enregistré : cochez la case pour le remplacer, ou retirez-le d’abord."},
	{store.ErrTakenView, http.StatusConflict, "Vous avez déjà une vue de ce nom, avec d’autres filtres. Rien n’a été enregistré : choisissez un autre nom, ou oubliez l’ancienne dans les réglages."},
	{errNoneTicked, http.StatusBadRequest, "Aucune paire n’est cochée. Rien n’a été enregistré : revenez et cochez celles à décider ensemble."},
	{store.ErrDecided, http.StatusConflict, "Des paires de cette affirmation ont été décidées, formées ou commentées : elle reste. Rien n’a été retiré."},
	{errBadRequest, http.StatusBadRequest, "Ce formulaire n’a pas été compris. Rien n’a été enregistré."},
	{errNotQuoted, http.StatusUnprocessableEntity, "Ces mots ne sont pas dans le document tel qu’il a été lu. Rien n’a été enregistré : copiez-les de la page du document."},
	{errNoPerson, http.StatusUnprocessableEntity, "L’annuaire n’a personne de ce nom. Rien n’a été enregistré : revenez et choisissez un nom de la liste."},
	{errNotAName, http.StatusUnprocessableEntity, "Ce n’est pas le nom d’une personne : une fonction va dans les mandats. Rien n’a été enregistré."},
	{errTakenName, http.StatusConflict, "Une autre personne porte ce nom. Rien n’a été enregistré : fusionnez les deux, ou distinguez-les par une précision entre parenthèses."},
	{errForm, http.StatusForbidden, "Ce formulaire date d’une autre session. Rien n’a été enregistré : rechargez la page et recommencez."},
	{errForbidden, http.StatusForbidden, "Cet acte n’est pas permis. Rien n’a été enregistré."},
	{store.ErrConflict, http.StatusConflict, "Quelqu’un a agi entre-temps, ou ce formulaire a déjà été envoyé. Rien de celui-ci n’a été enregistré."},
	{store.ErrSamePerson, http.StatusForbidden, "La publication demande deux personnes : qui a confirmé ne publie pas. Rien n’a été enregistré."},
	{store.ErrNotPublisher, http.StatusForbidden, "Annuler une publication, ou publier de nouveau en annulant, est l’acte de qui publie. Rien n’a été enregistré."},
	{store.ErrNotConfirmed, http.StatusConflict, "Seule une paire confirmée peut être publiée. Rien n’a été enregistré."},
	{store.ErrPrivate, http.StatusForbidden, "Cette paire repose sur un document privé : elle n’est pas publiée. Rien n’a été enregistré."},
}

// tell shows what went wrong. What is not the visitor's doing is logged under a reference.
func (p *pages) tell(r *request, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	if errors.Is(err, errSignIn) {
		p.tellToSignIn(r)
		return
	}
	status, v := http.StatusInternalServerError, refusal{}
	for _, known := range refusals {
		if errors.Is(err, known.err) {
			status, v.Sentence = known.status, r.t(known.sentence)
			break
		}
	}
	if v.Sentence == "" {
		v.Reference = rand.Text()[:8]
		p.Logger.Error("page failed", "reference", v.Reference, "path", r.URL.Path, "error", err)
		v.Sentence = r.t("Une erreur est survenue de notre côté. Ce qui était en cours n’a pas été enregistré.")
	}
	// A form that is not one of this session may be somebody else's: its words are not shown.
	if r.Method == http.MethodPost && r.who.signedIn() && !errors.Is(err, errForm) {
		v.Written, v.Back = written(r), r.about()
		v.Decided = p.decidedSince(r, err)
	}
	p.refuse(r, status, v)
}

// tellToSignIn sends who asks for a page to sign in, and tells who sent a form that it was not taken.
func (p *pages) tellToSignIn(r *request) {
	back := r.URL.RequestURI()
	if r.Method == http.MethodPost {
		back = r.about()
	}
	signIn := "/connexion?back=" + url.QueryEscape(back)
	if r.Method == http.MethodGet && p.Accounts {
		http.Redirect(r.w, r.Request, signIn, http.StatusSeeOther)
		return
	}
	v := refusal{Sentence: r.t("Cette page demande de se connecter.")}
	if r.Method == http.MethodPost {
		v.Sentence = r.t("Votre session a pris fin. Rien n’a été enregistré : connectez-vous, puis recommencez.")
		r.Body = http.MaxBytesReader(r.w, r.Body, mostForm)
		if r.ParseForm() == nil {
			v.Written = written(r)
		}
	}
	if p.Accounts {
		v.SignIn = signIn
	}
	p.refuse(r, http.StatusUnauthorized, v)
}

func (p *pages) refuse(r *request, status int, v refusal) {
	if err := r.showStatus(status, "erreur", "Erreur", v); err != nil {
		p.Logger.Error("error page failed", "error", err)
		http.Error(r.w, v.Sentence, status)
	}
}

// written is what somebody typed into the form that was refused.
func written(r *request) (all []string) {
	for _, field := range []string{"note", "text", "quote", "reason"} {
		if value := strings.TrimSpace(r.PostForm.Get(field)); value != "" && !knownCode(value) {
			all = append(all, value)
		}
	}
	return all
}

func knownCode(value string) bool { return knownReason(value) || isoDay.MatchString(value) }

// about is the page of what a form was about: a pair, a claim, a document; the queue otherwise.
func (r *request) about() string {
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	if len(parts) < 3 {
		return "/"
	}
	switch parts[0] {
	case "paires", "affirmations", "documents":
		return "/" + parts[0] + "/" + url.PathEscape(parts[1])
	}
	return "/"
}

// decidedSince is what stands on the pair that somebody acted on in the meantime.
func (p *pages) decidedSince(r *request, err error) []decided {
	var conflict *store.Conflict
	if !errors.As(err, &conflict) || conflict.Link == "" {
		return nil
	}
	d := decided{Open: "/paires/" + url.PathEscape(conflict.Link)}
	if l, err := p.DB.Link(r.Context(), conflict.Link); err == nil {
		d.Quote = l.Claim.Quote
	}
	history, err := p.DB.Verdicts(r.Context(), conflict.Link)
	if err != nil {
		p.Logger.Error("history for a conflict page", "link", conflict.Link, "error", err)
		return []decided{d}
	}
	if n := len(history); n > 0 {
		last := history[n-1]
		d.Status, d.Reviewer, d.At = r.t(statusNames[last.Decision]), last.Reviewer, r.moment(last.At)
	}
	return []decided{d}
}

// sentAgain says that an act that met a conflict is the one that stands: the same form, sent twice by
// the same person. Its verdicts are returned.
func (p *pages) sentAgain(r *request, a store.Act) ([]claims.Verdict, error) {
	var done []claims.Verdict
	for _, link := range a.Links {
		history, err := p.DB.Verdicts(r.Context(), link)
		if err != nil {
			return nil, err
		}
		seen, ok := a.SeenOf[link]
		if !ok {
			seen = a.Seen
		}
		before := int64(0)
		if len(history) > 1 {
			before = history[len(history)-2].ID
		}
		if len(history) == 0 || before != seen {
			return nil, nil
		}
		last := history[len(history)-1]
		if last.Undoes != 0 || last.Reviewer != a.Reviewer || last.Decision != a.Decision || last.Reason != a.Reason || last.Note != a.Note {
			return nil, nil
		}
		done = append(done, last)
	}
	return done, nil
}

// decide keeps an act; one that was sent twice is kept once, and told as kept.
func (p *pages) decide(r *request, a store.Act) ([]claims.Verdict, error) {
	done, err := p.DB.Decide(r.Context(), a)
	if !errors.Is(err, store.ErrConflict) {
		return done, err
	}
	again, readErr := p.sentAgain(r, a)
	if readErr != nil {
		return nil, readErr
	}
	if again != nil {
		return again, nil
	}
	return nil, err
}

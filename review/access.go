package review

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"contredit/store"
)

const (
	sessionCookie  = "contredit_session"
	visitorCookie  = "contredit_visitor"
	languageCookie = "contredit_lang"
	sessionLength  = 14 * 24 * time.Hour
)

// person is who asks; the zero value is anybody.
type person struct {
	Name string
	Role string // "reviewer", "publisher" or "admin"; "" for anybody
	Own  bool   // signed in here, and so able to sign out
}

func (w person) signedIn() bool { return w.Role != "" }

// publishes says whether somebody may publish.
func (w person) publishes() bool { return store.Reviewer{Role: w.Role}.Publishes() }

// identify says who asks, and the token that their forms are bound to.
func (p *pages) identify(r *http.Request) (person, string, error) {
	if who, ok, err := p.fromProxy(r); ok || err != nil {
		return who, "proxy " + who.Name, err
	}
	if p.Accounts {
		c, err := r.Cookie(sessionCookie)
		if err != nil {
			return person{}, visitorToken(r), nil
		}
		reviewer, err := p.DB.SessionReviewer(r.Context(), c.Value)
		if errors.Is(err, store.ErrNotFound) {
			return person{}, visitorToken(r), nil
		}
		return person{reviewer.Name, reviewer.Role, true}, c.Value, err
	}
	if p.ProxyHeader != "" {
		return person{}, visitorToken(r), nil
	}
	return person{Name: p.Reviewer, Role: "admin"}, visitorToken(r), nil
}

func visitorToken(r *http.Request) string {
	if c, err := r.Cookie(visitorCookie); err == nil {
		return c.Value
	}
	return ""
}

// fromProxy believes the header only from the addresses named: anybody can send a header.
func (p *pages) fromProxy(r *http.Request) (person, bool, error) {
	if p.ProxyHeader == "" {
		return person{}, false, nil
	}
	name := strings.TrimSpace(r.Header.Get(p.ProxyHeader))
	address, err := netip.ParseAddrPort(r.RemoteAddr)
	if name == "" || err != nil || !slices.Contains(p.ProxyFrom, address.Addr().Unmap()) {
		return person{}, false, nil
	}
	known, err := p.DB.Reviewer(r.Context(), name)
	if errors.Is(err, store.ErrNotFound) {
		return person{Name: name, Role: "reviewer"}, true, nil
	}
	return person{Name: name, Role: known.Role}, true, err
}

// formToken binds a form to the session or the browser that it was given to.
func (p *pages) formToken(holder string) string {
	mac := hmac.New(sha256.New, p.secret)
	mac.Write([]byte(holder))
	return hex.EncodeToString(mac.Sum(nil))
}

// atHome says whether the request names this house. Without it, a page of anybody's could
// reach an instance on loopback by having its own name point there (DNS rebinding).
func (p *pages) atHome(r *http.Request) bool {
	if p.Accounts || p.ProxyHeader != "" || r.Host == p.public {
		return true
	}
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	address, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && address.IsLoopback()
}

// secure says whether the browser reaches the pages over TLS, directly or by a proxy.
func (p *pages) secure(r *http.Request) bool {
	return r.TLS != nil || strings.HasPrefix(p.PublicURL, "https://")
}

func (p *pages) cookie(r *http.Request, name, value string, length time.Duration) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: int(length.Seconds()), HttpOnly: true, Secure: p.secure(r), SameSite: http.SameSiteLaxMode}
}

type signInView struct {
	Back    string
	Name    string
	Problem string
}

func (p *pages) signInPage(r *request) error {
	if r.who.signedIn() {
		return r.redirect("/")
	}
	return r.show("connexion", "Connexion", signInView{Back: backTo(r.FormValue("back"))})
}

func (p *pages) signIn(r *request) error {
	if !p.Accounts {
		return errNotHere
	}
	name, address := strings.TrimSpace(r.PostFormValue("name")), remoteAddress(r.Request)
	view := signInView{Back: backTo(r.PostFormValue("back")), Name: name}
	if left := p.throttle.wait(name, address); left > 0 {
		minutes := int(left.Minutes()) + 1
		view.Problem = r.t("Trop d’essais. Recommencez dans %d min.", minutes)
		r.w.Header().Set("Retry-After", fmt.Sprint(int(left.Seconds())+1))
		return r.showStatus(http.StatusTooManyRequests, "connexion", "Connexion", view)
	}
	reviewer, ok, err := p.authenticate(r.Context(), name, r.PostFormValue("password"))
	if err != nil {
		return err
	}
	if ok && reviewer.Factor != "" {
		if ok, err = p.passesFactor(r, reviewer, r.PostFormValue("code")); err != nil {
			return err
		}
	}
	if !ok {
		p.throttle.fail(name, address)
		p.Logger.Warn("sign-in refused", "address", address)
		// One sentence for every fault: it tells nobody which of the three was right.
		view.Problem = r.t("Nom, mot de passe ou code inconnu.")
		return r.showStatus(http.StatusUnauthorized, "connexion", "Connexion", view)
	}
	p.throttle.forget(name)
	token := rand.Text()
	agent := r.UserAgent()
	if err := p.DB.SaveSession(r.Context(), token, reviewer.Name, agent[:min(len(agent), 200)], p.Now().Add(sessionLength)); err != nil {
		return fmt.Errorf("sign in %s: %w", name, err)
	}
	http.SetCookie(r.w, p.cookie(r.Request, sessionCookie, token, sessionLength))
	return r.redirect(view.Back)
}

// noPassword is hashed against when the name is unknown: an answer takes as long either way.
const noPassword = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

func (p *pages) authenticate(ctx context.Context, name, password string) (store.Reviewer, bool, error) {
	reviewer, err := p.DB.Reviewer(ctx, name)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return reviewer, false, err
	}
	kept := reviewer.Password
	if kept == "" {
		kept = noPassword
	}
	select {
	case p.throttle.hash <- struct{}{}:
		defer func() { <-p.throttle.hash }()
	case <-ctx.Done():
		return reviewer, false, ctx.Err()
	}
	ok, err := checkPassword(kept, password)
	if err != nil {
		return reviewer, false, fmt.Errorf("check the password of %s: %w", name, err)
	}
	return reviewer, ok && reviewer.Password != "", nil
}

func (p *pages) signOut(r *request) error {
	if c, err := r.Cookie(sessionCookie); err == nil {
		if err := p.DB.EndSession(r.Context(), c.Value); err != nil {
			return err
		}
	}
	http.SetCookie(r.w, p.cookie(r.Request, sessionCookie, "", -time.Second))
	return r.redirect("/connexion")
}

func (p *pages) revokeSession(r *request) error {
	if err := r.mustReview(); err != nil {
		return err
	}
	if err := p.DB.RevokeSession(r.Context(), r.who.Name, r.PostFormValue("key")); err != nil {
		return err
	}
	return r.redirect("/reglages")
}

func (p *pages) chooseLanguage(r *request) error {
	lang := r.PostFormValue("lang")
	if !slices.Contains(p.Languages, lang) {
		return errBadRequest
	}
	http.SetCookie(r.w, p.cookie(r.Request, languageCookie, lang, 365*24*time.Hour))
	return r.redirect(backTo(r.PostFormValue("back")))
}

func remoteAddress(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// backTo keeps a way back inside the house: « //evil » and « /\evil » lead out of it.
func backTo(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") || strings.HasPrefix(path, "/connexion") {
		return "/"
	}
	return path
}

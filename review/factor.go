package review

import (
	"bytes"
	"encoding/base32"
	"errors"
	"fmt"
	"image/png"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"contredit/store"
)

// The second factor is a code of six digits that an application on a phone reckons every thirty
// seconds (TOTP, RFC 6238). Phones know no other digits, step or hash.
const (
	factorStep   = 30 // seconds
	factorSkew   = 1  // steps that a clock may be off, either way
	factorPixels = 220
)

var factorOptions = hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}

// factorStepOf is the time step whose code it is, near a moment; false when it is none's.
func factorStepOf(secret, code string, now time.Time) (uint64, bool) {
	code = strings.Join(strings.Fields(code), "")
	at := uint64(now.Unix()) / factorStep
	for step := at - factorSkew; step <= at+factorSkew; step++ {
		if ok, err := hotp.ValidateCustom(code, step, secret, factorOptions); err == nil && ok {
			return step, true
		}
	}
	return 0, false
}

// passesFactor checks the code of somebody who has a second factor, and uses it up.
func (p *pages) passesFactor(r *request, reviewer store.Reviewer, code string) (bool, error) {
	step, ok := factorStepOf(reviewer.Factor, code, p.Now())
	if !ok {
		return false, nil
	}
	err := p.DB.UseFactor(r.Context(), reviewer.Name, step)
	if errors.Is(err, store.ErrCodeUsed) {
		return false, nil
	}
	return err == nil, err
}

// factorView is what the settings say of one's own second factor.
type factorView struct {
	On      bool
	Secret  string // to be typed into the phone, in groups of four; "" when none was begun
	Problem string
}

func (p *pages) factorOf(r *request) (*factorView, error) {
	if !r.who.Own {
		return nil, nil
	}
	me, err := p.DB.Reviewer(r.Context(), r.who.Name)
	if err != nil {
		return nil, err
	}
	v := &factorView{On: me.Factor != ""}
	for i, c := range me.FactorBegun {
		if i > 0 && i%4 == 0 {
			v.Secret += " "
		}
		v.Secret += string(c)
	}
	return v, nil
}

// changeFactor begins, confirms or ends one's own second factor. Each but the first needs a code.
func (p *pages) changeFactor(r *request) error {
	if !r.who.Own {
		return errForbidden
	}
	me, err := p.DB.Reviewer(r.Context(), r.who.Name)
	if err != nil {
		return err
	}
	address := remoteAddress(r.Request)
	if left := p.throttle.wait(me.Name, address); left > 0 {
		return r.settingsWith(r.t("Trop d’essais. Recommencez dans %d min.", int(left.Minutes())+1))
	}
	act := r.PostFormValue("act")
	if act == "begin" && me.Factor == "" {
		key, err := totp.Generate(totp.GenerateOpts{Issuer: p.Title, AccountName: me.Name, Period: factorStep})
		if err != nil {
			return fmt.Errorf("make the second factor of %s: %w", me.Name, err)
		}
		if err := p.DB.BeginFactor(r.Context(), me.Name, key.Secret()); err != nil {
			return err
		}
		return r.redirect("/reglages#second-facteur")
	}
	secret := me.Factor
	if act == "confirm" {
		secret = me.FactorBegun
	}
	if secret == "" || act != "confirm" && act != "drop" {
		return errBadRequest
	}
	step, ok := factorStepOf(secret, r.PostFormValue("code"), p.Now())
	if ok && act == "drop" {
		err := p.DB.UseFactor(r.Context(), me.Name, step)
		if ok = !errors.Is(err, store.ErrCodeUsed); ok && err != nil {
			return err
		}
	}
	if !ok {
		p.throttle.fail(me.Name, address)
		return r.settingsWith(r.t("Ce code n’est pas le bon, ou a déjà servi. Attendez le suivant et vérifiez l’heure du téléphone."))
	}
	p.throttle.forget(me.Name)
	if act == "drop" {
		err = p.DB.DropFactor(r.Context(), me.Name)
	} else {
		err = p.DB.ConfirmFactor(r.Context(), me.Name, step)
	}
	if err != nil {
		return err
	}
	return r.redirect("/reglages#second-facteur")
}

// factorPicture is the secret that was begun, to be read by the camera of a phone.
func (p *pages) factorPicture(r *request) error {
	if !r.who.Own {
		return errNotHere
	}
	me, err := p.DB.Reviewer(r.Context(), r.who.Name)
	if err != nil {
		return err
	}
	if me.FactorBegun == "" {
		return errNotHere
	}
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(me.FactorBegun)
	if err != nil {
		return fmt.Errorf("read the second factor of %s: %w", me.Name, err)
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: p.Title, AccountName: me.Name, Period: factorStep, Secret: secret})
	if err != nil {
		return fmt.Errorf("draw the second factor of %s: %w", me.Name, err)
	}
	picture, err := key.Image(factorPixels, factorPixels)
	if err != nil {
		return fmt.Errorf("draw the second factor of %s: %w", me.Name, err)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		return fmt.Errorf("draw the second factor of %s: %w", me.Name, err)
	}
	h := r.w.Header()
	h.Set("Content-Type", "image/png")
	h.Set("Cache-Control", "no-store")
	if _, err := b.WriteTo(r.w); err != nil {
		p.Logger.Debug("picture not delivered", "error", err)
	}
	return nil
}

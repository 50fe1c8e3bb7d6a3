package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"contredit/claims"
	"contredit/digest"
	"contredit/store"
)

// answerKeySetting keeps the key of the links in mails where no secret_file is configured.
const answerKeySetting = "mail.answers"

// answerKey signs the links of mails. Without a secret_file it is made once, and kept.
func (w *work) answerKey(ctx context.Context) (digest.AnswerKey, error) {
	secret, err := w.config.secret(w.config.Review.SecretFile)
	if err != nil || secret != "" {
		return digest.AnswerKey(secret), err
	}
	kept, err := w.db.Setting(ctx, answerKeySetting)
	if err != nil {
		return nil, err
	}
	if kept == "" {
		kept = hex.EncodeToString([]byte(rand.Text() + rand.Text()))
		if err := w.db.SaveSetting(ctx, answerKeySetting, kept); err != nil {
			return nil, err
		}
	}
	return digest.AnswerKey(kept), nil
}

// answerLinks are the links by which readers answer; none while nobody but this machine reaches
// the pages, and none in the operator's own mails.
func (w *work) answerLinks(ctx context.Context) (func(name, recipient string, at time.Time) digest.Links, error) {
	if w.config.Review.PublicURL == "" {
		return nil, nil
	}
	key, err := w.answerKey(ctx)
	if err != nil {
		return nil, err
	}
	links := digest.AnswerLinks(w.pagesURL(), key)
	return func(name, recipient string, at time.Time) digest.Links {
		if name == operatorDigest {
			return digest.Links{}
		}
		return links(name, recipient, at)
	}, nil
}

// readBounces looks through the box of bounces: an address that is gone for good is suspended, and
// the operator is told. Each mail is looked at once; the box itself stays as it is.
func (w *work) readBounces(ctx context.Context) error {
	if w.config.Mail.Bounces == "" {
		return nil
	}
	if path := w.config.resolve(w.config.Mail.Bounces); w.bounces == nil || w.bounces.Path != path {
		w.bounces = &digest.Box{Path: path}
	}
	fresh, err := w.bounces.New()
	if err != nil {
		return err
	}
	for _, m := range fresh {
		if err := w.readBounce(ctx, m); err != nil {
			return err
		}
	}
	w.bounces.Seen()
	return nil
}

// readBounce notes a mail as looked at when the rest is done, and not before: after a kill between
// the two the same address is suspended again, which changes nothing.
func (w *work) readBounce(ctx context.Context, m digest.BoxMail) error {
	if seen, err := w.db.SawBounce(ctx, m.ID); err != nil || seen {
		return err
	}
	found, err := digest.ReadBounce(bytes.NewReader(m.Raw))
	if err != nil && !errors.Is(err, digest.ErrNoBounce) {
		return err
	}
	for _, b := range found {
		if err := w.bounced(ctx, b); err != nil {
			return err
		}
	}
	return w.db.NoteBounce(ctx, m.ID, w.db.Now())
}

// bounced suspends an address of ours whose mail came back for good. A box may hold the bounces of
// other programs: an address that no digest names is nobody to us.
func (w *work) bounced(ctx context.Context, b digest.Bounce) error {
	ours := b.Recipient == w.config.Mail.Operator
	digests, _ := w.readers()
	for _, d := range digests {
		for _, r := range d.Recipients {
			if strings.EqualFold(r, b.Recipient) {
				ours, b.Recipient = true, r
			}
		}
	}
	if !ours || !b.Permanent {
		return nil
	}
	// Anybody can write to the box: a bounce is believed by what only the mail itself holds.
	sent, err := w.db.HasMail(ctx, b.Recipient, b.MessageID)
	if err != nil {
		return err
	}
	if !sent {
		w.logger.Warn("a bounce returns no mail of ours: nobody is suspended", "address", addressTag(b.Recipient), "status", b.Status)
		return nil
	}
	reason := fmt.Sprintf("retour du serveur (%s) : %s", b.Status, b.Reason)
	// Anybody can write to the box, and bounces quote the mail: what they say stays out of the log.
	w.logger.Error("an address is suspended; contredit status tells which", "address", addressTag(b.Recipient), "status", b.Status)
	return w.db.SuspendAddress(ctx, b.Recipient, reason, w.db.Now()) // watch tells the operator
}

// answerMass is what a reader's answer counts beside a reviewer's verdict.
const answerMass = 0.3

// labelledByReaders are the pairs that nobody decided on and of which readers said something.
func labelledByReaders(ctx context.Context, db *store.DB) ([]claims.Labelled, error) {
	answers, err := db.AnswersOf(ctx, "")
	if err != nil {
		return nil, err
	}
	var pairs []claims.Labelled
	for _, a := range answers {
		if a.Answer != digest.AnswerUseful && a.Answer != digest.AnswerWrong {
			continue // « pas pour moi » says nothing of the pair
		}
		l, err := db.Link(ctx, a.Item)
		if err != nil {
			return nil, err
		}
		if l.Status == claims.StatusNew && len(l.Terms) > 0 && l.Kind != claims.KindAbsence {
			pairs = append(pairs, claims.Labelled{Terms: l.Terms, Right: a.Answer == digest.AnswerUseful, Mass: answerMass})
		}
	}
	return pairs, nil
}

package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"contredit/claims"
	"contredit/store"
)

// desk is where acts on flags are done in the terminal: the store, and the rules of [review].
type desk struct {
	db    *store.DB
	rules reviewConfig
	zone  *time.Location // in which times are said
}

// signer is who answers for an act. With accounts it is somebody who has one; whom a proxy signs in
// and who has none reviews, as on the pages; without either, whoever reaches the database decides.
func (d desk) signer(ctx context.Context, act string, v claims.Verdict) (store.Reviewer, error) {
	name := strings.TrimSpace(v.Reviewer)
	if name == "" {
		return store.Reviewer{}, withHint(wrongUsage("what is done to a flag is somebody's; --by is missing"), `contredit review %s %s --by "Mme Dupont"`, act, v.Link)
	}
	if !d.rules.Accounts && d.rules.ProxyHeader == "" {
		return store.Reviewer{Name: name, Role: "admin"}, nil
	}
	who, err := d.db.Reviewer(ctx, name)
	switch {
	case errors.Is(err, store.ErrNotFound) && d.rules.Accounts:
		return who, withHint(fmt.Errorf("--by %q has no account here, and review.accounts is on", name), "contredit reviewer list shows who has one; contredit reviewer add %q makes one", name)
	case errors.Is(err, store.ErrNotFound):
		return store.Reviewer{Name: name, Role: "reviewer"}, nil
	}
	return who, err
}

// toldWhy adds to a refusal of the store what to do next.
func toldWhy(err error) error {
	switch {
	case errors.Is(err, store.ErrSamePerson):
		return withHint(err, "the configuration asks for two people: somebody else publishes")
	case errors.Is(err, store.ErrNotPublisher):
		return withHint(err, "the role publisher or admin publishes; contredit reviewer list shows who has it")
	}
	return err
}

// publishPair opens a confirmed pair to the public, under the same rules as on the pages.
func (d desk) publishPair(ctx context.Context, t terminal, v claims.Verdict, format string) error {
	l, err := findFlag(ctx, d.db, v.Link)
	if err != nil {
		return err
	}
	who, err := d.signer(ctx, "publish", v)
	if err != nil {
		return err
	}
	if !who.Publishes() {
		return withHint(fmt.Errorf("%s is %s: publishing is for the roles publisher and admin", who.Name, who.Role), "contredit reviewer list shows who has which role")
	}
	if l.Status == claims.StatusPublished {
		t.say("%s : déjà %s", l.ID, statusNames[l.Status])
		return nil
	}
	done, err := d.db.Decide(ctx, store.Act{Links: []string{l.ID}, Reviewer: who.Name, Decision: claims.StatusPublished, Note: v.Note, Seen: -1, TwoPeople: d.rules.TwoPeople})
	if err != nil {
		return toldWhy(err)
	}
	return saidDecision(t, done[0], format)
}

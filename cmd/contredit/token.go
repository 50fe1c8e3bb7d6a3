package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"contredit/store"
)

// runToken says who may read over the API.
func runToken(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	private := o.Bool("private", false, "add: it reads private documents too")
	until := o.String("until", "", "add: the last `day` on which it is good; \"\" without end")
	rest, err := o.parse(args, 1, 2)
	if err != nil {
		return err
	}
	if _, wrong := time.Parse(time.DateOnly, *until); *until != "" && wrong != nil {
		return wrongUsage("--until %q is no day; allowed: 2026-12-31", *until)
	}
	config, db, err := where.openExisting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	switch {
	case rest[0] == "list" && len(rest) == 1:
		return listTokens(ctx, t, db)
	case rest[0] == "add" && len(rest) == 2:
		if today := db.Now().In(config.Instance.TimeZone.location()).Format(time.DateOnly); *until != "" && *until < today {
			return wrongUsage("--until %s is past: the token would open nothing", *until)
		}
		token, err := db.MakeToken(ctx, store.Token{Name: rest[1], Private: *private, Until: *until})
		if errors.Is(err, store.ErrMadeAlready) {
			return withHint(fmt.Errorf("token %q: %w", rest[1], err), "give it another name; « contredit token list » shows those that are taken")
		}
		if err != nil {
			return err
		}
		fmt.Fprintln(t.out, token)
		t.say("montré cette fois seulement : seule son empreinte est gardée")
		return nil
	case rest[0] == "remove" && len(rest) == 2:
		err := db.RemoveToken(ctx, rest[1])
		if errors.Is(err, store.ErrNotFound) {
			return withHint(fmt.Errorf("token %q: %w", rest[1], err), "contredit token list")
		}
		return err
	}
	return withHint(wrongUsage("token takes « list », « add NAME » or « remove NAME »"), "contredit token --help")
}

func listTokens(ctx context.Context, t terminal, db *store.DB) error {
	all, err := db.Tokens(ctx)
	if err != nil {
		return err
	}
	for _, one := range all {
		reads := "public"
		if one.Private {
			reads = "privé"
		}
		state := "valable"
		switch {
		case one.Removed != "":
			state = "retiré le " + one.Removed[:10]
		case one.Until != "":
			state = "valable jusqu’au " + one.Until
		}
		fmt.Fprintf(t.out, "%s\t%s\t%s\tservi %s\n", one.Name, reads, state, orNever(one.UsedAt))
	}
	return nil
}

func orNever(day string) string {
	if day == "" {
		return "jamais"
	}
	return "le " + day
}

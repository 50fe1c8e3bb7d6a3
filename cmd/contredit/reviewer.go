package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"contredit/review"
	"contredit/store"
)

// reviewerRoles are what somebody may be, the least first.
var reviewerRoles = []string{"reviewer", "publisher", "admin"}

// longestName is in characters.
const longestName = 60

func runReviewer(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	role := o.String("role", "", "`role`: reviewer decides, publisher publishes too, admin sees everybody; the first account is an admin")
	format := o.String("format", "text", "text or json")
	proxy := o.Bool("no-password", false, "no password: a proxy that is trusted signs them in")
	rest, err := o.parse(args, 1, 2)
	if err != nil {
		return err
	}
	act, ok := map[string]func(context.Context, terminal, *store.DB, reviewerOrder) error{
		"add": addReviewer, "passwd": changePassword, "remove": removeReviewer, "list": listReviewers, "factor-off": dropFactor,
	}[rest[0]]
	if !ok {
		return withHint(wrongUsage("reviewer %q is not known; allowed: add, list, remove, passwd, factor-off", rest[0]), "contredit reviewer --help")
	}
	order := reviewerOrder{role: *role, format: *format, proxy: *proxy}
	if rest[0] == "list" != (len(rest) == 1) {
		return withHint(wrongUsage("reviewer add, remove, passwd and factor-off take one name, list takes none"), `contredit reviewer add "Mme Dupont"`)
	}
	if len(rest) == 2 {
		if order.name, err = reviewerName(rest[1]); err != nil {
			return err
		}
	}
	if order.role != "" && !slices.Contains(reviewerRoles, order.role) {
		return wrongUsage("--role %q is not known; allowed: %s", order.role, strings.Join(reviewerRoles, ", "))
	}
	if *format != "text" && *format != "json" {
		return wrongUsage("--format %q is not known; allowed: text, json", *format)
	}
	// An account comes before the first document: the database is made when it is not there.
	_, db, err := where.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return act(ctx, t, db, order)
}

// reviewerOrder is what the command line asked for.
type reviewerOrder struct {
	name, role, format string
	proxy              bool
}

// reviewerName refuses what a form, a header or a signature could not carry.
func reviewerName(name string) (string, error) {
	name = strings.TrimSpace(name)
	bad := func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }
	if name == "" || utf8.RuneCountInString(name) > longestName || !utf8.ValidString(name) || strings.ContainsFunc(name, bad) {
		return "", wrongUsage("%q is no name of a reviewer: 1 to %d characters, none of them invisible", name, longestName)
	}
	return name, nil
}

func addReviewer(ctx context.Context, t terminal, db *store.DB, order reviewerOrder) error {
	all, err := db.Reviewers(ctx)
	if err != nil {
		return err
	}
	first := true
	for _, one := range all {
		if one.Removed != "" {
			continue
		}
		first = false
		if strings.EqualFold(one.Name, order.name) {
			return withHint(fmt.Errorf("%s has an account already", one.Name), "contredit reviewer passwd %q changes the password", one.Name)
		}
	}
	if order.role == "" {
		order.role = "reviewer"
		if first {
			order.role = "admin"
		}
	}
	r := store.Reviewer{Name: order.name, Role: order.role}
	if !order.proxy {
		if r.Password, err = askPassword(t, order.name); err != nil {
			return err
		}
	}
	if err := db.SaveReviewer(ctx, r); err != nil {
		return err
	}
	t.say("%s may sign in as %s", r.Name, r.Role)
	return nil
}

// dropFactor lets somebody who lost their phone sign in by their password alone.
func dropFactor(ctx context.Context, t terminal, db *store.DB, order reviewerOrder) error {
	r, err := knownReviewer(ctx, db, order.name)
	if err != nil {
		return err
	}
	if r.Factor == "" && r.FactorBegun == "" {
		return fmt.Errorf("%s has no second factor", r.Name)
	}
	if err := db.DropFactor(ctx, r.Name); err != nil {
		return err
	}
	t.say("%s signs in without a second factor", r.Name)
	return nil
}

// changePassword changes the role too when one is given. Browsers that are signed in are signed out.
func changePassword(ctx context.Context, t terminal, db *store.DB, order reviewerOrder) error {
	r, err := knownReviewer(ctx, db, order.name)
	if err != nil {
		return err
	}
	if order.role != "" {
		r.Role = order.role
	}
	r.Password = ""
	if !order.proxy {
		if r.Password, err = askPassword(t, order.name); err != nil {
			return err
		}
	}
	if err := db.SaveReviewer(ctx, r); err != nil {
		return err
	}
	t.say("%s: saved; every browser that was signed in is signed out", r.Name)
	return nil
}

func removeReviewer(ctx context.Context, t terminal, db *store.DB, order reviewerOrder) error {
	if _, err := knownReviewer(ctx, db, order.name); err != nil {
		return err
	}
	if err := db.RemoveReviewer(ctx, order.name); err != nil {
		return err
	}
	t.say("%s may no longer sign in; what they decided stays, signed", order.name)
	return nil
}

func knownReviewer(ctx context.Context, db *store.DB, name string) (store.Reviewer, error) {
	r, err := db.Reviewer(ctx, name)
	if errors.Is(err, store.ErrNotFound) {
		return r, withHint(fmt.Errorf("nobody is called %q here", name), "contredit reviewer list")
	}
	return r, err
}

func listReviewers(ctx context.Context, t terminal, db *store.DB, order reviewerOrder) error {
	all, err := db.Reviewers(ctx)
	if err != nil {
		return err
	}
	type row struct {
		Name     string `json:"name"`
		Role     string `json:"role"`
		Password bool   `json:"password"`
		MadeAt   string `json:"made_at"`
		Removed  string `json:"removed,omitempty"`
	}
	rows := make([]row, 0, len(all))
	for _, r := range all {
		rows = append(rows, row{r.Name, r.Role, r.Password != "", r.MadeAt, r.Removed})
	}
	if order.format == "json" {
		return printJSON(t, rows)
	}
	for _, r := range rows {
		state := ""
		if r.Removed != "" {
			state = "  removed " + r.Removed
		} else if !r.Password {
			state = "  no password: signed in by the proxy"
		}
		fmt.Fprintf(t.out, "%-10s %s%s\n", r.Role, r.Name, state)
	}
	t.say("%d account(s)", len(rows))
	return nil
}

// askPassword reads a password from standard input, twice and unseen when that is a terminal, and hashes it.
func askPassword(t terminal, name string) (string, error) {
	in := bufio.NewReader(t.in)
	terminal := isTerminal(t.in)
	if terminal {
		restore := hideTyping()
		defer restore()
	}
	t.say("Password for %s (at least %d characters):", name, review.ShortestPassword)
	password, err := readPassword(in)
	if err != nil {
		return "", err
	}
	if terminal {
		t.say("Again:")
		again, err := readPassword(in)
		if err != nil {
			return "", err
		}
		if again != password {
			return "", errors.New("the two passwords differ; nothing was changed")
		}
	}
	hash, err := review.HashPassword(password)
	if errors.Is(err, review.ErrPasswordLength) {
		return "", withHint(err, "four or five words drawn at random are easy to type")
	}
	return hash, err
}

func readPassword(in *bufio.Reader) (string, error) {
	line, err := in.ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the password: %w", err)
	}
	if line == "" {
		return "", withHint(errors.New("read the password: nothing on standard input"), `printf '%%s' "$PASSWORD" | contredit reviewer add NAME`)
	}
	return string(bytes.TrimRight([]byte(line), "\r\n")), nil
}

func isTerminal(in io.Reader) bool {
	file, ok := in.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && info.Name() != "null"
}

// hideTyping asks the terminal not to show what is typed; where stty is missing it is shown.
func hideTyping() (restore func()) {
	run := func(word string) error {
		c := exec.Command("stty", word)
		c.Stdin = os.Stdin
		return c.Run()
	}
	if run("-echo") != nil {
		return func() {}
	}
	return func() {
		if run("echo") != nil {
			fmt.Fprintln(os.Stderr, "contredit: hint: « stty echo » shows what you type again")
		}
	}
}

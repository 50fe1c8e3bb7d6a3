package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"contredit/claims"
	"contredit/evidence"
	"contredit/store"
)

func runClaims(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	var f store.ClaimFilter
	o.StringVar(&f.Speaker, "speaker", "", "words of the speaker's `name`, with or without accents")
	o.StringVar(&f.Body, "body", "", "words of the institution's `name`")
	o.StringVar(&f.Topic, "topic", "", "part of the `topic`")
	o.StringVar(&f.Words, "words", "", "part of the `quote`")
	o.StringVar(&f.From, "from", "", "said on this `day` or later (2026-03-27)")
	o.StringVar(&f.To, "to", "", "said on this `day` or earlier")
	o.StringVar(&f.Since, "since", "", "found since this `day`")
	o.BoolVar(&f.All, "all", false, "sentences not worth checking too")
	o.BoolVar(&f.Private, "private", false, "private sources too")
	format := o.String("format", "text", "text or json")
	rest, err := o.parse(args, 0, 1)
	if err != nil {
		return err
	}
	if err := oneOf(*format, "text", "json"); err != nil {
		return usageError{fmt.Errorf("--format: %w", err)}
	}
	for name, day := range map[string]string{"from": f.From, "to": f.To, "since": f.Since} {
		if _, wrong := time.Parse(time.DateOnly, day); day != "" && wrong != nil {
			return wrongUsage("--%s %q is no day; allowed: 2026-03-27", name, day)
		}
	}
	_, db, err := where.openExisting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if len(rest) == 1 {
		return showClaim(ctx, t, db, rest[0], *format)
	}
	list, err := db.Claims(ctx, f)
	if err != nil {
		return err
	}
	if *format == "json" {
		rows := make([]evidence.ClaimRow, 0, len(list))
		for _, c := range list {
			rows = append(rows, evidence.Claim(c.Claim, c.EditedOut))
		}
		return printJSON(t, rows)
	}
	for _, c := range list {
		topic := strings.Join(append([]string{c.Topic}, c.Topics...), " ; ")
		fmt.Fprintf(t.out, "%s  %s  %s  %.2f  %s\n    %s\n", c.ID, dayOrUnknown(c.Date), speakerOrUnknown(c.Speaker), c.Worthiness, topic, c.Quote)
	}
	t.say("%d claim(s)", len(list))
	return nil
}

func showClaim(ctx context.Context, t terminal, db *store.DB, id, format string) error {
	c, err := db.Claim(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return withHint(err, "contredit claims lists the ids")
	}
	if err != nil {
		return err
	}
	if format == "json" {
		return printJSON(t, c)
	}
	fmt.Fprintf(t.out, "%s — %s, %s\n%s%s\n", c.ID, speakerOrUnknown(c.Speaker), dayOrUnknown(c.Date), c.URL, placeOf(c.Locator))
	for _, line := range notesOf(c) {
		fmt.Fprintf(t.out, "%s\n", line)
	}
	fmt.Fprintln(t.out)
	if c.Before != "" {
		fmt.Fprintf(t.out, "  … %s\n", c.Before)
	}
	fmt.Fprintf(t.out, "  ▶ %s\n", c.Quote)
	if c.After != "" {
		fmt.Fprintf(t.out, "  … %s\n", c.After)
	}
	fmt.Fprintf(t.out, "\nÀ vérifier : %.2f\n", c.Worthiness)
	for _, s := range c.Signals {
		fmt.Fprintf(t.out, "  %+.2f  %s\n", s.Weight, signalText(s))
	}
	return nil
}

// notesOf says in French what else is known of a claim: whose words they are, what it
// promises, repeats and corrects.
func notesOf(c claims.Claim) []string {
	var lines []string
	note := func(known bool, format string, args ...any) {
		if known {
			lines = append(lines, fmt.Sprintf(format, args...))
		}
	}
	note(c.Function != "", "Fonction : %s", c.Function)
	note(c.Reported, "Propos rapportés par %s", c.Medium)
	note(!c.Reported && c.Medium != "" && c.Medium != c.Speaker, "Cité par %s", c.Medium)
	note(c.Conditional, "Au conditionnel : le texte ne le reprend pas à son compte")
	note(c.Promise && c.Due != "", "Engagement, échéance : %s", c.Due)
	note(c.Promise && c.Due == "", "Engagement sans échéance")
	note(c.Repeats != "", "Déjà dit : %s", c.Repeats)
	note(c.Corrects != "", "Corrige : %s", c.Corrects)
	note(len(c.Topics) > 0, "Sujets suivis : %s", strings.Join(c.Topics, ", "))
	return lines
}

func speakerOrUnknown(name string) string {
	if name == "" {
		return "locuteur inconnu"
	}
	return name
}

func signalText(s claims.Signal) string {
	if s.Text != "" {
		return s.Text
	}
	return s.Name
}

func dayOrUnknown(day string) string {
	if day == "" {
		return "date inconnue"
	}
	return day
}

func printJSON(t terminal, value any) error {
	encoder := json.NewEncoder(t.out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

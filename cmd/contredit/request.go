package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"contredit/evidence"
	"contredit/store"
)

// runRequest asks for the records that were not published, and follows the deadlines.
func runRequest(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	format := o.String("format", "text", "list: text or json")
	on := o.String("on", "", "the `day` of it; today when it is not given")
	refused := o.Bool("refused", false, "answered: with a refusal")
	rest, err := o.parse(args, 1, 3)
	if err != nil {
		return err
	}
	if _, wrong := time.Parse(time.DateOnly, *on); *on != "" && wrong != nil {
		return wrongUsage("--on %q is no day; allowed: 2026-03-27", *on)
	}
	config, db, err := where.openExisting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	today := db.Now().In(config.Instance.TimeZone.location()).Format(time.DateOnly)
	gaps, err := gapsOf(ctx, config, db, today)
	if err != nil {
		return err
	}
	if rest[0] == "list" && len(rest) == 1 {
		if *format == "json" {
			return printJSON(t, gaps)
		}
		for _, r := range gaps {
			fmt.Fprintf(t.out, "%s\t%s\t%s\n", r.Body, r.Meeting, requestState(r, today))
		}
		t.say("%d compte(s) rendu(s) manquant(s)", len(gaps))
		return nil
	}
	if len(rest) != 3 {
		return withHint(wrongUsage("request %s takes a body and the day of a meeting", rest[0]), "contredit request list shows them")
	}
	if *on == "" {
		*on = today
	}
	for _, r := range gaps {
		if r.Body == rest[1] && r.Meeting == rest[2] {
			return actOnRequest(ctx, t, config, db, rest[0], r, *on, *refused)
		}
	}
	return withHint(fmt.Errorf("no record of %s on %s is missing", rest[1], rest[2]), "contredit request list shows those that are")
}

// gapsOf are the missing records up to a day, as the configuration and the absences know them.
func gapsOf(ctx context.Context, config *config, db *store.DB, today string) ([]store.Request, error) {
	calendars := map[string][]string{}
	for _, b := range config.Bodies {
		calendars[b.Name] = append(calendars[b.Name], b.Calendar...)
	}
	return db.Gaps(ctx, calendars, today)
}

// requestState says where a request stands and what is to be done by when.
func requestState(r store.Request, today string) string {
	d := evidence.DocumentRequest{Sent: r.Sent}
	if r.Outcome == "refused" {
		d.Answered = r.Answered
	}
	switch {
	case r.Sent == "":
		return "à demander"
	case r.Referred != "":
		return "CADA saisie le " + r.Referred
	case r.Outcome == "given":
		return "document reçu le " + r.Answered + ", à importer"
	case r.Outcome == "refused":
		return "refusée le " + r.Answered + " ; CADA jusqu’au " + d.Limit()
	case today > d.Deadline() && today > d.Limit():
		return "sans réponse depuis le " + r.Sent + " ; le délai de la CADA est passé (" + d.Limit() + "), demander de nouveau"
	case today > d.Deadline():
		return "sans réponse depuis le " + r.Sent + " ; CADA jusqu’au " + d.Limit()
	}
	return "demandée le " + r.Sent + " ; réponse attendue jusqu’au " + d.Deadline()
}

// needsReferral says whether the month is over, or the document refused, and the CADA not asked.
func needsReferral(r store.Request, today string) bool {
	return r.Sent != "" && r.Referred == "" && r.Outcome != "given" && (r.Outcome == "refused" || today > evidence.DocumentRequest{Sent: r.Sent}.Deadline())
}

func actOnRequest(ctx context.Context, t terminal, config *config, db *store.DB, act string, r store.Request, on string, refused bool) error {
	switch act {
	case "write":
		return writeRequest(t, config, r, on)
	case "sent":
		r.Sent, r.Answered, r.Outcome, r.Referred = on, "", "", ""
	case "answered":
		if r.Sent == "" {
			return withHint(fmt.Errorf("the record of %s on %s was not asked for", r.Body, r.Meeting), "contredit request sent %q %s", r.Body, r.Meeting)
		}
		r.Answered, r.Outcome = on, "given"
		if refused {
			r.Outcome = "refused"
		}
	case "referred":
		if !needsReferral(r, on) {
			return withHint(fmt.Errorf("the request of %s on %s is neither refused nor a month old", r.Body, r.Meeting), "contredit request list says until when to wait")
		}
		r.Referred = on
	default:
		return withHint(wrongUsage("request %q is not known; allowed: list, write, sent, answered, referred", act), "contredit request --help")
	}
	if err := db.SaveRequest(ctx, r); err != nil {
		return err
	}
	t.say("%s %s : %s", r.Body, r.Meeting, requestState(r, on))
	return nil
}

// knownBy are the ways in which a meeting is known, after « par ».
var knownBy = map[string]string{
	"configuration": "le calendrier des réunions", "calendar": "le calendrier des réunions publié", "agenda": "son ordre du jour ou sa convocation",
	"mention": "la mention qu’en fait un autre document", "record": "un document qui en rend compte", "": "une demande précédente",
}

// writeRequest prints the letter: the request, or the referral when it is time for it.
func writeRequest(t terminal, config *config, r store.Request, today string) error {
	d := evidence.DocumentRequest{Body: r.Body, Meeting: r.Meeting, Known: knownBy[r.Known], Legal: evidence.LegalBasis(r.Body), Sender: strings.TrimSpace(config.Request.Sender),
		Signature: config.Request.Signature, Place: config.Request.Place, Recipient: r.Body, Today: today, Sent: r.Sent}
	for _, b := range config.Bodies {
		if b.Name != r.Body {
			continue
		}
		if b.Legal != "" {
			d.Legal = b.Legal
		}
		if b.Address != "" {
			d.Recipient = strings.TrimSpace(b.Address)
		}
	}
	if r.Outcome == "refused" {
		d.Answered = r.Answered
	}
	file, write := config.Request.Letter, evidence.RequestLetter
	if needsReferral(r, today) {
		file, write = config.Request.Referral, evidence.ReferralLetter
	} else {
		d.Sent = ""
	}
	custom := ""
	if file != "" {
		text, err := os.ReadFile(config.resolve(file))
		if err != nil {
			return withHint(fmt.Errorf("read the letter: %w", err), "request.letter and request.referral in %s name text files", config.path)
		}
		custom = string(text)
	}
	letter, err := write(d, custom)
	if err != nil {
		return withHint(err, "the letters of docs/evidence.md show the fields")
	}
	_, err = fmt.Fprint(t.out, letter)
	return err
}

// sayRequests says which requests somebody has to act on.
func sayRequests(ctx context.Context, t terminal, config *config, db *store.DB) error {
	today := db.Now().In(config.Instance.TimeZone.location()).Format(time.DateOnly)
	gaps, err := gapsOf(ctx, config, db, today)
	if err != nil || len(gaps) == 0 {
		return err
	}
	asked, due := 0, 0
	for _, r := range gaps {
		if r.Sent != "" {
			asked++
		}
		if needsReferral(r, today) {
			due++
		}
	}
	fmt.Fprintf(t.out, "%d compte(s) rendu(s) manquant(s), %d demandé(s), %d à porter devant la CADA (contredit request list)\n", len(gaps), asked, due)
	return nil
}

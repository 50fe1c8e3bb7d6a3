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
	on := o.String("on", "", "the `day` of it (sent: on which it was received), or on which to look; today when it is not given")
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
	today := *on
	if today == "" {
		today = db.Now().In(config.Instance.TimeZone.location()).Format(time.DateOnly)
	}
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
	if now := db.Now().In(config.Instance.TimeZone.location()).Format(time.DateOnly); *on > now && rest[0] != "list" && rest[0] != "write" {
		return withHint(wrongUsage("--on %s is still to come", *on), "note a step once it was taken")
	}
	if len(rest) != 3 {
		return withHint(wrongUsage("request %s takes a body and the day of a meeting", rest[0]), "contredit request list shows them")
	}
	for _, r := range gaps {
		if r.Body == rest[1] && r.Meeting == rest[2] {
			return actOnRequest(ctx, t, config, db, rest[0], r, today, *refused)
		}
	}
	return withHint(fmt.Errorf("no record of %s on %s is missing", rest[1], rest[2]), "contredit request list shows those that are")
}

// gapsOf are the missing records up to a day, as the configuration and the absences know them.
func gapsOf(ctx context.Context, config *config, db *store.DB, today string) ([]store.Request, error) {
	return db.Gaps(ctx, calendarsOf(config), today)
}

// calendarsOf are the days on which the configuration knows bodies to meet.
func calendarsOf(config *config) map[string][]string {
	calendars := map[string][]string{}
	for _, b := range config.Bodies {
		calendars[b.Name] = append(calendars[b.Name], b.Calendar...)
	}
	return calendars
}

// requestState says where a request stands and what is to be done by when.
func requestState(r store.Request, today string) string {
	stage, until := r.Stage(today)
	switch stage {
	case store.StageReferred:
		return "CADA saisie le " + r.Referred + " ; sans document le " + until + ", le refus est confirmé : tribunal administratif dans les deux mois"
	case store.StageGiven:
		return "document reçu le " + r.Answered + ", à importer"
	case store.StageRefused:
		return "refusée le " + r.Answered + " ; CADA jusqu’au " + until
	case store.StageSilent:
		return "sans réponse depuis le " + r.Sent + " ; CADA jusqu’au " + until
	case store.StageLapsed:
		return "sans document depuis le " + r.Sent + " ; le délai de la CADA est passé (" + until + "), demander de nouveau"
	case store.StageWaiting:
		return "demandée le " + r.Sent + " ; réponse attendue jusqu’au " + until
	}
	return "à demander"
}

func actOnRequest(ctx context.Context, t terminal, config *config, db *store.DB, act string, r store.Request, on string, refused bool) error {
	if act == "write" {
		letter, err := requestLetter(config, r, on)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprint(t.out, letter); err != nil {
			return fmt.Errorf("write the letter: %w", err)
		}
		sayBlanks(t, config, r.Body)
		return nil
	}
	step := store.RequestStep(act)
	switch {
	case act == "answered" && refused:
		step = store.StepRefused
	case act == "answered":
		step = store.StepGiven
	case act != "sent" && act != "referred":
		return withHint(wrongUsage("request %q is not known; allowed: list, write, sent, answered, referred", act), "contredit request --help")
	}
	r, err := r.After(step, on)
	switch {
	case errors.Is(err, store.ErrAskedNow):
		return withHint(fmt.Errorf("%s %s, asked for on %s: %w", r.Body, r.Meeting, r.Sent, err), "contredit request list says until when to wait")
	case errors.Is(err, store.ErrBeforeSent):
		return withHint(fmt.Errorf("%s %s, asked for on %s: %w", r.Body, r.Meeting, r.Sent, err), "--on is the day on which it happened")
	case errors.Is(err, store.ErrNotAsked):
		return withHint(fmt.Errorf("%s %s: %w", r.Body, r.Meeting, err), "contredit request sent %q %s", r.Body, r.Meeting)
	case err != nil:
		return withHint(fmt.Errorf("%s %s: %w", r.Body, r.Meeting, err), "contredit request list says until when to wait")
	}
	if err := db.SaveRequest(ctx, r); err != nil {
		return err
	}
	t.say("%s %s : %s", r.Body, r.Meeting, requestState(r, on))
	return nil
}

// sayBlanks tells which blanks of a letter the configuration can fill.
func sayBlanks(t terminal, config *config, body string) {
	if strings.TrimSpace(config.Request.Sender) == "" {
		t.say("à compléter : vos nom et adresse (sender, place et signature de [request] dans %s)", config.path)
	}
	for _, b := range config.Bodies {
		if b.Name == body && b.Address != "" {
			return
		}
	}
	t.say("à compléter : à qui écrire (address du [[body]] « %s » dans %s)", body, config.path)
}

// knownBy are the ways in which a meeting is known, after « par ».
var knownBy = map[string]string{
	"configuration": "le calendrier des réunions", "calendar": "le calendrier des réunions publié", "agenda": "son ordre du jour ou sa convocation",
	"mention": "la mention qu’en fait un autre document", "record": "un document qui en rend compte",
	"link": "le lien, qui ne mène à rien, de votre site vers son compte rendu", "": "une demande précédente",
}

// requestLetter writes the letter: the request, or the referral when it is time for it.
func requestLetter(config *config, r store.Request, today string) (string, error) {
	d := evidence.DocumentRequest{Body: r.Body, Meeting: r.Meeting, Known: knownBy[r.Known], Legal: evidence.LegalBasis(r.Body), Sender: strings.TrimSpace(config.Request.Sender),
		Signature: config.Request.Signature, Place: config.Request.Place, Recipient: evidence.RecipientFor(r.Body), Today: today, Sent: r.Sent}
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
	if r.Due(today) {
		file, write = config.Request.Referral, evidence.ReferralLetter
	} else {
		d.Sent = ""
	}
	custom := ""
	if file != "" {
		text, err := os.ReadFile(config.resolve(file))
		if err != nil {
			return "", withHint(fmt.Errorf("read the letter: %w", err), "request.letter and request.referral in %s name text files", config.path)
		}
		custom = string(text)
	}
	letter, err := write(d, custom)
	if err != nil {
		return "", withHint(err, "the letters of docs/evidence.md show the fields")
	}
	return letter, nil
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
		if r.Due(today) {
			due++
		}
	}
	fmt.Fprintf(t.out, "%d compte(s) rendu(s) manquant(s), %d demandé(s), %d à porter devant la CADA (contredit request list)\n", len(gaps), asked, due)
	return nil
}

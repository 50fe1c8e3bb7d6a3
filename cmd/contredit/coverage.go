package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"contredit/claims"
	"contredit/french"
)

// runCoverage shows the register of meetings: of each body, those that are known, and whether their
// record was read, obtained without a text, or is missing.
func runCoverage(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	body := o.String("body", "", "part of the institution's `name`")
	from := o.String("from", "", "held on this `day` or later (2026-03-27)")
	to := o.String("to", "", "held on this `day` or earlier; today when it is not given")
	missing := o.Bool("missing", false, "only what is missing or cannot be read")
	private := o.Bool("private", false, "what private sources tell, too")
	format := o.String("format", "text", "text or json")
	if _, err := o.parse(args, 0, 0); err != nil {
		return err
	}
	for name, day := range map[string]string{"--from": *from, "--to": *to} {
		if _, wrong := time.Parse(time.DateOnly, day); day != "" && wrong != nil {
			return wrongUsage("%s %q is no day; allowed: 2026-03-27", name, day)
		}
	}
	if *format != "text" && *format != "json" {
		return wrongUsage("--format %q is not known; allowed: text, json", *format)
	}
	config, db, err := where.openExisting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if *to == "" {
		*to = db.Now().In(config.Instance.TimeZone.location()).Format(time.DateOnly)
	}
	register, err := db.Coverage(ctx, calendarsOf(config), *to, *private)
	if err != nil {
		return err
	}
	var shown []bodyMeetings
	for _, b := range register {
		if m := meetingsFrom(b, *from, *missing); strings.Contains(french.Fold(b.Body), french.Fold(*body)) && len(m.Meetings) > 0 {
			shown = append(shown, m)
		}
	}
	if *format == "json" {
		return printJSON(t, shown)
	}
	for _, b := range shown {
		fmt.Fprintf(t.out, "%s : %d lu(s), %d illisible(s), %d manquant(s)\n", b.Body, b.Read, b.Obtained, b.Missing)
		for _, m := range b.Meetings {
			fmt.Fprintf(t.out, "  %s\t%s\n", m.Date, meetingSentence(m))
		}
	}
	if len(shown) == 0 {
		t.say("Aucune réunion connue : « contredit crawl » collecte les comptes rendus, [[body]] donne les calendriers.")
	}
	return nil
}

// bodyMeetings is an institution of the register as it is printed.
type bodyMeetings struct {
	Body     string        `json:"body"`
	Read     int           `json:"read"`
	Obtained int           `json:"obtained"`
	Missing  int           `json:"missing"`
	Meetings []meetingLine `json:"meetings"`
}

type meetingLine struct {
	Date  string `json:"date"`
	State string `json:"state"` // read, obtained or missing
	Known string `json:"known"` // record, link, mention, agenda, calendar or configuration
	URL   string `json:"url"`   // of the record, or of what tells of the meeting
	Title string `json:"title"`
}

func meetingsFrom(c claims.BodyCoverage, from string, missing bool) bodyMeetings {
	b := bodyMeetings{Body: c.Body}
	for _, m := range c.Meetings {
		if m.Date < from {
			continue
		}
		switch m.State {
		case claims.MeetingRead:
			b.Read++
		case claims.MeetingObtained:
			b.Obtained++
		default:
			b.Missing++
		}
		if !missing || m.State != claims.MeetingRead {
			b.Meetings = append(b.Meetings, meetingLine{m.Date, m.State, m.Known, m.URL, m.Title})
		}
	}
	return b
}

// knownFrom are the ways in which a meeting is known, after « manquant, ».
var knownFrom = map[string]string{
	claims.KnownByConfiguration: "connue par la configuration", claims.KnownByCalendar: "connue par un calendrier publié", claims.KnownByAgenda: "connue par son ordre du jour",
	claims.KnownByMention: "mentionnée ailleurs", claims.KnownByLink: "annoncée par un lien mort", claims.KnownByRecord: "",
}

func meetingSentence(m meetingLine) string {
	sentence := "lu"
	switch m.State {
	case claims.MeetingObtained:
		sentence = "obtenu, illisible"
	case claims.MeetingMissing:
		sentence = "manquant, " + knownFrom[m.Known]
	}
	if m.Title != "" {
		sentence += " : " + m.Title
	}
	if m.URL != "" {
		sentence += "\n\t" + m.URL
	}
	return sentence
}

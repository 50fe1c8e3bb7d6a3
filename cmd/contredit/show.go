package main

import (
	"context"
	"errors"
	"fmt"

	"contredit/document"
	"contredit/store"
)

func runShow(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	text := o.Bool("text", false, "print the whole text that was read")
	format := o.String("format", "text", "text or json")
	rest, err := o.parse(args, 1, 1)
	if err != nil {
		return err
	}
	_, db, err := where.openExisting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	d, err := db.Document(ctx, rest[0])
	if errors.Is(err, store.ErrNotFound) {
		return withHint(err, "contredit export documents lists the addresses")
	}
	if err != nil {
		return err
	}
	switch {
	case *format == "json":
		return printJSON(t, d)
	case d.Reading == nil:
		return fmt.Errorf("%s was not read yet", rest[0])
	case *text:
		fmt.Fprintln(t.out, d.Reading.Text)
		return nil
	}
	printReport(t, d)
	return nil
}

// printReport is the parse report: what a person can check in a minute.
func printReport(t terminal, d store.ReadDocument) {
	r := d.Reading
	fmt.Fprintf(t.out, "%s\n%s\n%s · %s · %s · %s\n", d.Document.Title, d.Document.URL, frenchDay(d.Document.Date), d.Document.Body,
		d.Document.Role, r.State)
	if r.Note != "" {
		fmt.Fprintln(t.out, r.Note)
	}
	fmt.Fprintf(t.out, "%d passage(s), %d tour(s) de parole\n", len(r.Passages), len(r.Turns))
	if m := r.Minutes; m != nil {
		printMinutes(t, *m)
	}
	for _, f := range r.Report {
		page := ""
		if f.Page > 0 {
			page = fmt.Sprintf(" (page %d)", f.Page)
		}
		fmt.Fprintf(t.out, "À regarder%s : %s\n", page, f.Text)
	}
}

func printMinutes(t terminal, m document.Minutes) {
	if m.Chair != "" {
		fmt.Fprintf(t.out, "Présidence : %s\n", m.Chair)
	}
	names := map[document.Presence]string{document.Present: "Présents", document.Excused: "Excusés", document.Absent: "Absents"}
	for _, presence := range []document.Presence{document.Present, document.Excused, document.Absent} {
		list := ""
		for _, a := range m.Attendance {
			if a.Presence == presence {
				list += ", " + a.Name
			}
		}
		if list != "" {
			wrapText(t.out, names[presence]+" : ", list[2:])
		}
	}
	for _, i := range m.Items {
		fmt.Fprintf(t.out, "Point %s : %s [%s %s]\n", i.Number, i.Title, i.Nature, i.Outcome)
	}
	for _, v := range m.Votes {
		fmt.Fprintf(t.out, "Vote : %s %s : %s (pour %s, contre %s, abstentions %s)\n", v.Item, v.College, v.Result,
			countOrDash(v.For), countOrDash(v.Against), countOrDash(v.Abstain))
	}
}

func countOrDash(n *int) string {
	if n == nil {
		return "–"
	}
	return fmt.Sprint(*n)
}

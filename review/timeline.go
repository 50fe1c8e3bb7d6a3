package review

import (
	"fmt"
	"sort"
	"time"

	"contredit/claims"
)

// timeline is a picture of what was said and recorded, drawn on the server: statements above
// the axis, meetings below, and a line between the two of each pair.
type timeline struct {
	Points []point
	Ties   []tie
	Years  []yearMark
	Empty  bool
}

// point is a statement (a disc), a meeting (a square) or a vote (a lozenge); X and Y are its middle.
type point struct {
	X, Y  int
	Shape string // "dit", "acte" or "vote"
	Label string
}

// tie is a pair.
type tie struct{ X1, Y1, X2, Y2 int }

type yearMark struct {
	X    int
	Name string
}

// The picture's measures, in its own units.
const (
	timelineWidth  = 860
	timelineMargin = 20
	timelineSlot   = 14 // points nearer than this are stacked
	timelineStack  = 3  // and from so many on drawn over each other
)

type event struct{ date, label, shape string }

func (e event) key() string { return e.shape + "|" + e.date + "|" + e.label }

func (r *request) timeline(cards []card) timeline {
	var events []event
	seen := map[string]bool{}
	add := func(e event) {
		if !dayTime(e.date).IsZero() && !seen[e.key()] {
			seen[e.key()] = true
			events = append(events, e)
		}
	}
	var pairs [][2]string
	for _, c := range cards {
		said := r.saidEvent(c)
		add(said)
		if c.IsAbsence() {
			continue
		}
		for _, e := range c.Link.Evidence {
			recorded := r.recordedEvent(c.Kind, e)
			add(recorded)
			pairs = append(pairs, [2]string{said.key(), recorded.key()})
		}
	}
	if len(events) == 0 {
		return timeline{Empty: true}
	}
	return r.draw(events, pairs)
}

func (r *request) saidEvent(c card) event {
	return event{c.Claim.Date, c.Claim.Speaker + r.t(" : ") + c.Claim.Quote, "dit"}
}

func (r *request) recordedEvent(kind claims.Kind, e claims.Evidence) event {
	shape := "acte"
	if kind == claims.KindVote {
		shape = "vote"
	}
	return event{e.Date, e.Body + r.t(" : ") + e.Quote, shape}
}

// draw places the events, each of a day that exists.
func (r *request) draw(events []event, pairs [][2]string) timeline {
	sort.SliceStable(events, func(i, j int) bool { return events[i].date < events[j].date })
	first, last := dayTime(events[0].date), dayTime(events[len(events)-1].date)
	span := max(1, last.Sub(first).Hours())
	x := func(at time.Time) int {
		return timelineMargin + int(at.Sub(first).Hours()/span*(timelineWidth-2*timelineMargin))
	}
	var t timeline
	stack, at := map[string]int{}, map[string]point{}
	for _, e := range events {
		p := point{X: x(dayTime(e.date)), Shape: e.shape, Label: day(r.lang, e.date) + " — " + e.label}
		slot := fmt.Sprint(e.shape == "dit", p.X/timelineSlot)
		up := timelineSlot * min(stack[slot], timelineStack)
		p.Y = 104 + up
		if e.shape == "dit" {
			p.Y = 56 - up
		}
		stack[slot]++
		at[e.key()] = p
		t.Points = append(t.Points, p)
	}
	for _, pair := range pairs {
		a, b := at[pair[0]], at[pair[1]]
		if a.Label != "" && b.Label != "" {
			t.Ties = append(t.Ties, tie{a.X, a.Y, b.X, b.Y})
		}
	}
	t.Years = r.timeMarks(first, last, x)
	return t
}

// timeMarks are the beginnings of the years between two days, of the quarters when that is less than three
// years; marks that would write over each other are left out.
func (r *request) timeMarks(first, last time.Time, x func(time.Time) int) (all []yearMark) {
	step := 12
	if last.Sub(first).Hours() < 3*365*24 {
		step = 3
	}
	const room = 70 // of a name, in the picture's units
	at := time.Date(first.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	for ; !at.After(last); at = at.AddDate(0, step, 0) {
		if at.Before(first) || len(all) > 0 && x(at)-all[len(all)-1].X < room {
			continue
		}
		name := fmt.Sprint(at.Year())
		if step < 12 {
			name = shortMonths[r.lang][at.Month()-1] + hard + name
		}
		all = append(all, yearMark{x(at), name})
	}
	if len(all) == 0 { // too short for a quarter to begin in it
		all = append(all, yearMark{x(first) + room/2, day(r.lang, first.Format(time.DateOnly))})
		if last.After(first) {
			all = append(all, yearMark{x(last) - room/2, day(r.lang, last.Format(time.DateOnly))})
		}
	}
	return all
}

// dayTime is the zero time for what is no day, such as 30 February: documents hold such dates.
func dayTime(iso string) time.Time {
	at, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return time.Time{}
	}
	return at
}

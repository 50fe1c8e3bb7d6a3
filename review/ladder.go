package review

import (
	"sort"
	"time"

	"contredit/claims"
)

// ladder shows on which rung of participation each statement and each record of a subject
// puts it: every recorded step, not only the one that a pair rests on.
type ladder struct {
	Rungs  []rung // the highest first, as they are drawn
	Points []point
	Years  []yearMark
	Height int
}

// rung is one line of the picture: Y is its middle.
type rung struct {
	Name string
	Y    int
}

// The picture's measures, in its own units.
const (
	rungHeight = 34
	rungLeft   = 150 // where time begins, right of the names
)

func (r *request) ladder(cards []card) (ladder, error) {
	reader, err := r.pages.comparer()
	if err != nil {
		return ladder{}, err
	}
	names := claims.Rungs()
	var l ladder
	l.Height = rungHeight*len(names) + 30
	y := func(step int) int { return rungHeight/2 + rungHeight*(len(names)-1-step) + 5 }
	for step := len(names) - 1; step >= 0; step-- {
		l.Rungs = append(l.Rungs, rung{names[step], y(step)})
	}
	type stepEvent struct {
		event
		step int
	}
	var steps []stepEvent
	seen := map[string]bool{}
	add := func(e event, quote string) {
		step, words, said := reader.Read(quote).Rung()
		if !said || seen[e.key()] || dayTime(e.date).IsZero() {
			return
		}
		seen[e.key()] = true
		e.label = names[step] + " (" + quoted(quote[words.Start:words.End]) + ") — " + day(r.lang, e.date) + " — " + e.label
		steps = append(steps, stepEvent{e, step})
	}
	for _, c := range cards {
		add(r.saidEvent(c), c.Claim.Quote)
		for _, e := range c.Link.Evidence {
			add(r.recordedEvent("", e), e.Quote)
		}
	}
	if len(steps) == 0 {
		return ladder{}, nil
	}
	sort.SliceStable(steps, func(i, j int) bool { return steps[i].date < steps[j].date })
	first, last := dayTime(steps[0].date), dayTime(steps[len(steps)-1].date)
	span := max(1, last.Sub(first).Hours())
	room := float64(timelineWidth - rungLeft - timelineMargin)
	across := func(t time.Time) int { return rungLeft + int(t.Sub(first).Hours()/span*room) }
	l.Years = r.timeMarks(first, last, across)
	at := map[[2]int]int{}
	for _, s := range steps {
		x := across(dayTime(s.date))
		place := [2]int{x / timelineSlot, s.step}
		// Several on one day stand side by side.
		p := point{X: x - timelineSlot*at[place], Y: y(s.step), Shape: s.shape, Label: s.label}
		at[place]++
		l.Points = append(l.Points, p)
	}
	return l, nil
}

package claims

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// BodyCoverage is what is known of the meetings of one institution, by date: which were held as
// far as anything says so, and whose record was read, obtained or is missing.
type BodyCoverage struct {
	Body     string    `json:"body"`
	Meetings []Meeting `json:"meetings"`
}

// Count tells how many of the meetings are in a state.
func (c BodyCoverage) Count(state string) int {
	n := 0
	for _, m := range c.Meetings {
		if m.State == state {
			n++
		}
	}
	return n
}

// Coverage merges all that tells of meetings up to an ISO day into one register by institution.
// A meeting of an institution of which nothing was ever obtained, and that nobody configured, is
// left out: nobody watches it. So is one that fits two institutions alike.
func Coverage(all []Meeting, today string) []BodyCoverage {
	bodies, named := watchedBodies(all), map[string]string{}
	byBody := map[string]map[string]Meeting{}
	for _, m := range all {
		if m.Date == "" || m.Date > today {
			continue
		}
		body, known := named[m.Body]
		if !known { // few names, each of many meetings
			body = bodyAmong(bodies, m.Body)
			named[m.Body] = body
		}
		if body == "" {
			continue
		}
		m.Body = body
		if byBody[body] == nil {
			byBody[body] = map[string]Meeting{}
		}
		if old, ok := byBody[body][m.Date]; !ok || surer(m, old) {
			byBody[body][m.Date] = m
		}
	}
	var list []BodyCoverage
	for body, days := range byBody {
		c := BodyCoverage{Body: body}
		for _, m := range days {
			c.Meetings = append(c.Meetings, m)
		}
		slices.SortFunc(c.Meetings, func(a, b Meeting) int { return strings.Compare(a.Date, b.Date) })
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b BodyCoverage) int { return strings.Compare(a.Body, b.Body) })
	return list
}

// watchedBodies are the names of the institutions whose records were obtained or whose calendar
// is configured: the configured names first, which are the operator's words, then the name that
// most records have, the longer of two.
func watchedBodies(all []Meeting) []string {
	var list []string
	for _, known := range []string{KnownByConfiguration, KnownByRecord, KnownByLink} {
		times := map[string]int{}
		for _, m := range all {
			if m.Known == known && m.Body != "" {
				times[m.Body]++
			}
		}
		names := slices.SortedFunc(maps.Keys(times), func(a, b string) int {
			return cmp.Or(cmp.Compare(times[b], times[a]), cmp.Compare(len(b), len(a)), strings.Compare(a, b))
		})
		for _, name := range names {
			if !slices.ContainsFunc(list, func(other string) bool { return SameBody(other, name) }) {
				list = append(list, name)
			}
		}
	}
	return list
}

// bodyAmong is the one of the names that means the same institution; "" when none or several do.
func bodyAmong(names []string, name string) string {
	if slices.Contains(names, name) {
		return name
	}
	found := ""
	for _, n := range names {
		if SameBody(n, name) {
			if found != "" {
				return ""
			}
			found = n
		}
	}
	return found
}

// surer says whether a meeting tells more of its day than another: the state of the record
// first, then how it is known, then the lesser address, so that the order changes nothing.
func surer(a, b Meeting) bool {
	states := []string{MeetingRead, MeetingObtained, MeetingMissing}
	if x, y := slices.Index(states, a.State), slices.Index(states, b.State); x != y {
		return x < y
	}
	if x, y := slices.Index(knownOrder, a.Known), slices.Index(knownOrder, b.Known); x != y {
		return x < y
	}
	if x, y := minutesTitle.MatchString(plainOf(a.Title).s), minutesTitle.MatchString(plainOf(b.Title).s); x != y {
		return x // the minutes before what was decided in the same meeting
	}
	return a.URL < b.URL
}

var minutesTitle = regexp.MustCompile(`proces[- ]verbal|compte[- ]rendu|releve`)

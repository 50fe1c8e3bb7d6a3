package review

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"contredit/claims"
	"contredit/store"
)

// The statuses that an address may ask for beside the seven: what is left to do, and all.
const (
	statusOpen = "open" // new and in review; what a queue without filter shows
	statusAll  = "all"
)

var isoDay = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

// selection is what the address of the queue says, kept in one order so that a view has one
// address.
type selection struct {
	Status, Kind, Speaker, Body, Topic, Tag, Assigned, Since, Until, Found, Words, First, Record, Order string
	Withdrawn, Asleep                                                                                   bool
	Page                                                                                                int // from 1
}

// mostPages keeps the offset of a page in bounds.
const mostPages = 1_000_000

// selectionOf reads an address. unknown are the values that it cannot take: a filter that was left out
// without a word would show pairs that nobody asked for.
func selectionOf(q url.Values) (s selection, unknown []string) {
	get := func(name string) string { return strings.TrimSpace(q.Get(name)) }
	known := func(name string, is func(string) bool) string {
		value := get(name)
		if value != "" && !is(value) {
			unknown = append(unknown, value)
			return ""
		}
		return value
	}
	iso := func(name string) string { return known(name, isDay) }
	s = selection{
		Status: known("status", func(v string) bool { return v == statusAll || slices.Contains(statusesInOrder, claims.Decision(v)) }),
		Kind:   known("kind", func(v string) bool { return slices.Contains(kindsInOrder, claims.Kind(v)) }),
		Order:  known("order", func(v string) bool { return v == string(store.OrderRecent) || v == string(store.OrderFound) }),
		Since:  iso("since"), Until: iso("until"), Found: iso("found"),
		Speaker: get("speaker"), Body: get("body"), Topic: get("topic"), Tag: get("tag"), Assigned: get("assigned"), Words: get("words"), First: get("first"),
		Record: get("record"), Withdrawn: get("withdrawn") != "", Asleep: get("asleep") != "", Page: 1,
	}
	if page := get("page"); page != "" {
		if n, err := strconv.Atoi(page); err == nil && n >= 1 && n <= mostPages {
			s.Page = n
		}
	}
	return s, unknown
}

// isDay says that a text is a day of the calendar, as an ISO date.
func isDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// Query writes the selection as an address has it.
func (s selection) Query() string {
	q := url.Values{}
	for name, value := range map[string]string{
		"status": s.Status, "kind": s.Kind, "speaker": s.Speaker, "body": s.Body, "topic": s.Topic, "tag": s.Tag, "assigned": s.Assigned,
		"since": s.Since, "until": s.Until, "found": s.Found, "words": s.Words, "first": s.First, "record": s.Record, "order": s.Order,
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if s.Withdrawn {
		q.Set("withdrawn", "1")
	}
	if s.Asleep {
		q.Set("asleep", "1")
	}
	if s.Page > 1 {
		q.Set("page", strconv.Itoa(s.Page))
	}
	return q.Encode()
}

// With gives the query of the same selection with one value changed, from its first page.
func (s selection) With(name, value string) string {
	s.Page = 1
	q, _ := url.ParseQuery(s.Query()) // it was written by Query
	q.Set(name, value)
	if value == "" || name == "page" && value == "1" {
		q.Del(name)
	}
	return q.Encode()
}

// Narrow says whether anything but the order was asked for.
func (s selection) Narrow() bool {
	s.Order, s.Page = "", 0
	return s != selection{}
}

// filter is the selection as the store takes it, for who asks. Anybody sees what was
// published and nothing else.
func (r *request) filter(s selection) store.QueueFilter {
	f := store.QueueFilter{
		Speaker: s.Speaker, Body: s.Body, Topic: s.Topic, Tag: s.Tag, Assigned: s.Assigned, Since: s.Since, Until: s.Until, Found: s.Found,
		Words: s.Words, First: s.First, Record: s.Record, Withdrawn: s.Withdrawn, Asleep: s.Asleep, Private: r.private,
		Today: r.pages.Now().In(r.pages.TimeZone).Format(time.DateOnly),
	}
	switch s.Status {
	case "":
		f.Statuses = []claims.Decision{claims.StatusNew, claims.StatusInReview}
	case statusAll:
	default:
		f.Statuses = []claims.Decision{claims.Decision(s.Status)}
	}
	if s.Kind != "" {
		f.Kinds = []claims.Kind{claims.Kind(s.Kind)}
	}
	if !r.who.signedIn() {
		f.Statuses, f.Private, f.Withdrawn, f.Tag, f.Assigned = []claims.Decision{claims.StatusPublished}, false, false, "", ""
	}
	return f
}

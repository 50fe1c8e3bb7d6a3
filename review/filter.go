package review

import (
	"net/url"
	"regexp"
	"slices"
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
}

func selectionOf(q url.Values) selection {
	get := func(name string) string { return strings.TrimSpace(q.Get(name)) }
	iso := func(name string) string {
		if v := get(name); isoDay.MatchString(v) {
			return v
		}
		return ""
	}
	s := selection{
		Status: get("status"), Kind: get("kind"), Speaker: get("speaker"), Body: get("body"), Topic: get("topic"), Tag: get("tag"),
		Assigned: get("assigned"), Since: iso("since"), Until: iso("until"), Found: iso("found"), Words: get("words"), First: get("first"),
		Record: get("record"), Order: get("order"), Withdrawn: get("withdrawn") != "", Asleep: get("asleep") != "",
	}
	if s.Status != statusAll && !slices.Contains(statusesInOrder, claims.Decision(s.Status)) {
		s.Status = ""
	}
	if !slices.Contains(kindsInOrder, claims.Kind(s.Kind)) {
		s.Kind = ""
	}
	if s.Order != string(store.OrderRecent) && s.Order != string(store.OrderFound) {
		s.Order = ""
	}
	return s
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
	return q.Encode()
}

// With gives the query of the same selection with one value changed.
func (s selection) With(name, value string) string {
	q, _ := url.ParseQuery(s.Query()) // it was written by Query
	q.Set(name, value)
	if value == "" {
		q.Del(name)
	}
	return q.Encode()
}

// Narrow says whether anything but the order was asked for.
func (s selection) Narrow() bool {
	s.Order = ""
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

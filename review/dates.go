package review

import (
	"time"
)

// between says how far the record is from the claim: « 12 jours après », « le même jour ».
func (r *request) between(claim, record string) string {
	a, err := time.Parse(time.DateOnly, claim)
	if err != nil {
		return ""
	}
	b, err := time.Parse(time.DateOnly, record)
	if err != nil {
		return ""
	}
	days := int(b.Sub(a).Hours() / 24)
	switch {
	case days == 0:
		return r.t("le même jour")
	case days > 0:
		return r.t("%s après", count(r.lang, days, "jour", "jours"))
	}
	return r.t("%s avant", count(r.lang, -days, "jour", "jours"))
}

// moment writes a stored time (RFC 3339, UTC) in the zone of the instance.
func (r *request) moment(stored string) string {
	at, err := time.Parse(time.RFC3339, stored)
	if err != nil {
		return stored
	}
	return r.momentOf(at)
}

func (r *request) momentOf(at time.Time) string {
	if at.IsZero() {
		return r.t("date inconnue")
	}
	if whole := at.UTC(); whole.Equal(whole.Truncate(24*time.Hour)) && at.Nanosecond() == 0 {
		return day(r.lang, whole.Format(time.DateOnly)) // a day without an hour
	}
	at = at.In(r.pages.TimeZone)
	if r.lang == "en" {
		return day(r.lang, at.Format(time.DateOnly)) + at.Format(", 15:04")
	}
	return day(r.lang, at.Format(time.DateOnly)) + " à " + at.Format("15") + hard + "h" + hard + at.Format("04")
}

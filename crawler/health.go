package crawler

import (
	"fmt"
	"slices"
	"time"

	"contredit/document"
)

// Health is how a source has been over its runs.
type Health struct {
	Source      string
	FirstRun    time.Time // zero for a source of before this was kept
	LastRun     time.Time
	LastSuccess time.Time // last run that saw all its start pages
	LastNew     time.Time // last run that met a new document, or its announced day
	Runs        int       // so far
	Failures    int       // runs in a row that saw no start page
	News        []string  // ISO days with new documents, the last ones, oldest first
	Shown       []int     // links that the start pages showed in the last good runs, oldest first
	Documents   int       // kept so far
	Importing   bool      // the first runs, until the past of the source was read
	Error       string    // French: why the last run saw nothing; "" when it did
	Alarms      []Alarm   // under way
	Passes      []Pass    // the last runs, oldest first
}

// Pass is what one run over a source came to, for those who watch its habits.
type Pass struct {
	At       time.Time
	Found    int // documents that the source named
	New      int
	Changed  int
	Requests int
	Bytes    int64
	Seconds  float64
	Problems int // new and standing ones
}

// DocumentsAPass is how many documents the last runs found on average; 0 before the first.
func (h Health) DocumentsAPass() float64 {
	if len(h.Passes) == 0 {
		return 0
	}
	n := 0
	for _, p := range h.Passes {
		n += p.Found
	}
	return float64(n) / float64(len(h.Passes))
}

// AlarmKind says what is wrong with a source.
type AlarmKind string

// The kinds of alarm.
const (
	AlarmBroken AlarmKind = "broken" // its start page cannot be had
	AlarmEmpty  AlarmKind = "empty"  // it shows no link, or far fewer than it did
	AlarmSilent AlarmKind = "silent" // nothing new for far longer than is its habit
)

// Alarm is something wrong with a source, said once when it begins and once when it ends.
type Alarm struct {
	Kind     AlarmKind
	Sentence string // French
	Since    time.Time
	Ended    time.Time // zero while it lasts
}

const (
	keptDays    = 24 // of News
	keptShown   = 12
	keptPasses  = 30
	fewestDays  = 5 // that make a rhythm
	silentTimes = 3
)

// observe draws the source's health from the run that ends.
func (r *run) observe() {
	h, now := &r.health, r.report.Ended
	h.Source, h.LastRun = r.source.Name, now
	if h.Runs == 0 || h.FirstRun.IsZero() && h.LastSuccess.IsZero() {
		h.FirstRun = now // from here on an age is counted until the first success
	}
	h.Runs++
	h.Documents += r.report.New
	r.notePass()
	// An import goes on until all that it found was read, over as many runs as that takes.
	r.report.First = r.report.New > 0 && (h.LastSuccess.IsZero() || h.Importing)
	h.Importing = (h.LastSuccess.IsZero() || h.Importing) && r.unread > 0 && (r.stopped != nil || len(r.closed) > 0)
	r.noteNews(now)
	if r.entered == 0 && r.shut != nil {
		h.Failures++
		h.Error = r.shut.problem(r.source.Start[0], now).Sentence
		// One failure may be a restart of the site; what waiting does not mend is said at once.
		if h.Failures > 1 || !r.shut.retry {
			r.alarm(AlarmBroken, fmt.Sprintf("La source « %s » ne peut plus être lue. %s", r.source.Name, h.Error))
		}
		return
	}
	h.Failures, h.Error, h.LastSuccess = 0, "", now
	r.calm(AlarmBroken)
	r.observeShown()
	r.observeRhythm(now)
}

func (r *run) notePass() {
	h, n := &r.health, r.report
	h.Passes = append(h.Passes, Pass{
		At: n.Ended, Found: n.Found, New: n.New, Changed: n.Changed, Requests: n.Requests, Bytes: n.Bytes,
		Seconds: n.Ended.Sub(n.Started).Seconds(), Problems: len(n.Problems) + len(n.Standing),
	})
	if len(h.Passes) > keptPasses {
		h.Passes = slices.Clone(h.Passes[len(h.Passes)-keptPasses:])
	}
}

// noteNews records the days on which documents were new: of the first run, which imports the
// past, the days that the listing announces.
func (r *run) noteNews(now time.Time) {
	h := &r.health
	if r.report.First {
		h.News = append(h.News, r.announced...)
		slices.Sort(h.News)
		h.News = slices.DeleteFunc(slices.Compact(h.News), func(day string) bool { return day > now.Format(time.DateOnly) })
	} else if r.report.New > 0 {
		if today := now.Format(time.DateOnly); len(h.News) == 0 || h.News[len(h.News)-1] < today {
			h.News = append(h.News, today)
		}
	}
	if len(h.News) > keptDays {
		h.News = slices.Clone(h.News[len(h.News)-keptDays:])
	}
	if r.report.New == 0 {
		return
	}
	h.LastNew = now
	if r.report.First && len(h.News) > 0 {
		// What an import brings is as new as the source says, not as our visit.
		if day, err := time.Parse(time.DateOnly, h.News[len(h.News)-1]); err == nil && day.Before(now) {
			h.LastNew = day
		}
	}
}

// observeShown compares how many links the start pages show with how many they did: a
// selector that matches nothing any more looks like a source with nothing new.
func (r *run) observeShown() {
	if r.source.Form == FormFiles || r.source.Form == FormFolder {
		return
	}
	h := &r.health
	expected, usual := r.source.Expect, median(h.Shown)
	switch {
	case expected > 0 && r.shown < expected:
		r.alarm(AlarmEmpty, fmt.Sprintf("La source « %s » %s, %d sont attendus (« expect ») : le site a sans doute changé de forme ; vérifiez « link » et « include ». Les documents déjà connus restent suivis.",
			r.source.Name, shows(r.shown), expected))
	case expected == 0 && usual > 0 && (r.shown == 0 || usual >= 8 && r.shown*4 < usual):
		r.alarm(AlarmEmpty, fmt.Sprintf("La source « %s » %s, %d d’habitude : le site a sans doute changé de forme ; vérifiez « link » et « include ». Les documents déjà connus restent suivis.",
			r.source.Name, shows(r.shown), usual))
	case expected == 0 && r.shown == 0 && h.Documents == 0 && r.source.Form != FormFeed:
		// A feed may be empty when it begins; a page of links that shows none was not understood.
		r.alarm(AlarmEmpty, fmt.Sprintf("La source « %s » ne montre aucun lien vers un document : vérifiez « start », « link » et « include », par exemple avec « contredit source try %s ».",
			r.source.Name, r.source.Start[0]))
	default:
		r.calm(AlarmEmpty)
		h.Shown = append(h.Shown, r.shown)
		if len(h.Shown) > keptShown {
			h.Shown = slices.Clone(h.Shown[len(h.Shown)-keptShown:])
		}
	}
}

func shows(n int) string {
	switch n {
	case 0:
		return "ne montre aucun lien"
	case 1:
		return "montre un seul lien"
	}
	return fmt.Sprintf("montre %d liens", n)
}

// observeRhythm says when nothing new came for three of the source's own gaps. Months in
// which councils rest do not count.
func (r *run) observeRhythm(now time.Time) {
	h := &r.health
	if r.source.Form == FormFiles || r.source.Form == FormFolder || len(h.News) == 0 {
		return
	}
	last, err := time.Parse(time.DateOnly, h.News[len(h.News)-1])
	if err != nil {
		return
	}
	usual := r.usualGap()
	silence := r.activeDays(last, now)
	if usual == 0 || silence <= silentTimes*usual || r.isQuiet(now) {
		if r.report.New > 0 {
			r.calm(AlarmSilent)
		}
		return
	}
	r.alarm(AlarmSilent, fmt.Sprintf("La source « %s » n’a rien publié depuis le %s, alors qu’elle publie d’habitude tous les %d jours : est-elle passée à une autre adresse ?",
		r.source.Name, last.Format("02/01/2006"), usual))
}

// usualGap is the median of the active days between news; 0 when there are too few to tell.
func (r *run) usualGap() int {
	var gaps []int
	for i := 1; i < len(r.health.News); i++ {
		a, errA := time.Parse(time.DateOnly, r.health.News[i-1])
		b, errB := time.Parse(time.DateOnly, r.health.News[i])
		if errA == nil && errB == nil {
			gaps = append(gaps, r.activeDays(a, b))
		}
	}
	if len(gaps) < fewestDays-1 {
		return 0
	}
	return max(median(gaps), 1)
}

// activeDays counts the days between two, without the months in which silence says nothing.
func (r *run) activeDays(from, to time.Time) int {
	n := 0
	for d := from.AddDate(0, 0, 1); !d.After(to); d = d.AddDate(0, 0, 1) {
		if !r.isQuiet(d) {
			n++
		}
	}
	return n
}

func (r *run) isQuiet(at time.Time) bool { return slices.Contains(r.source.Quiet, at.Month()) }

func median(values []int) int {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	return sorted[len(sorted)/2]
}

// alarm begins an alarm unless it is under way.
func (r *run) alarm(kind AlarmKind, sentence string) {
	if slices.ContainsFunc(r.health.Alarms, func(a Alarm) bool { return a.Kind == kind }) {
		return
	}
	a := Alarm{Kind: kind, Sentence: sentence, Since: r.report.Ended}
	r.health.Alarms = append(r.health.Alarms, a)
	r.report.Alarms = append(r.report.Alarms, a)
}

// calm ends an alarm that is under way.
func (r *run) calm(kind AlarmKind) {
	for i, a := range r.health.Alarms {
		if a.Kind == kind {
			a.Ended = r.report.Ended
			a.Sentence = fmt.Sprintf("C’est rétabli depuis le %s. Il s’agissait de : %s", frenchTime(a.Ended), a.Sentence)
			r.report.Alarms = append(r.report.Alarms, a)
			r.health.Alarms = slices.Delete(slices.Clone(r.health.Alarms), i, i+1)
			return
		}
	}
}

// note keeps the announced day of a new document, for the rhythm of the source.
func (r *run) note(doc document.Document, isNew bool) {
	if isNew && isoDay.MatchString(doc.Date) {
		r.announced = append(r.announced, doc.Date[:10])
	}
}

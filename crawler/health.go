package crawler

import "time"

// Health is how a source has been over its runs.
type Health struct {
	Source      string
	LastRun     time.Time
	LastSuccess time.Time   // last run that saw the listing
	LastNew     time.Time   // last run that met a new document
	Runs        int         // so far
	News        []time.Time // runs that met new documents, the last ones, oldest first
	Links       []int       // links that the listing showed in the last runs, oldest first
	Documents   int         // kept so far
	Error       string      // French; why the last run saw nothing, "" when it did
	Alarms      []Alarm     // under way
}

// AlarmKind says what is wrong with a source.
type AlarmKind string

// The kinds of alarm.
const (
	AlarmBroken AlarmKind = "broken" // its listing cannot be had
	AlarmEmpty  AlarmKind = "empty"  // its listing shows no link, or fewer than expected
	AlarmSilent AlarmKind = "silent" // nothing new for longer than is its habit
)

// Alarm is something wrong with a source, said once when it begins and once when it ends.
type Alarm struct {
	Kind     AlarmKind
	Sentence string // French
	Since    time.Time
	Ended    time.Time // zero while it lasts
}

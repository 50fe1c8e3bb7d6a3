package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// cronSpec is a schedule as the operator writes it: five fields, « @daily » and its like, or
// « @every 2h ». Empty means that nothing is scheduled.
type cronSpec string

func (s *cronSpec) UnmarshalText(text []byte) error {
	*s = cronSpec(strings.Join(strings.Fields(string(text)), " "))
	_, err := s.parse(time.UTC)
	return err
}

const scheduleForms = `allowed: five fields (minute hour day month weekday, Sunday is 0) such as "30 6 * * 1-5", @daily, @weekly, or "@every 2h"`

// parse turns the text into a schedule in the zone. It refuses what cron accepts and then
// never runs, runs too often, or panics on (traps: TZ= without a space, 31 February, @every 0s).
func (s cronSpec) parse(loc *time.Location) (schedule cron.Schedule, err error) {
	text := string(s)
	if text == "" {
		return nil, nil
	}
	if strings.Contains(strings.ToUpper(text), "TZ=") {
		return nil, fmt.Errorf("%q names a time zone; it has its own key, time_zone", text)
	}
	defer func() {
		if p := recover(); p != nil {
			schedule, err = nil, fmt.Errorf("%q is no schedule (%v); %s", text, p, scheduleForms)
		}
	}()
	parsed, err := cron.ParseStandard(text)
	if err != nil {
		return nil, fmt.Errorf("%q is no schedule (%w); %s", text, err, scheduleForms)
	}
	if every, ok := strings.CutPrefix(text, "@every "); ok {
		d, err := time.ParseDuration(every)
		if err != nil || d < time.Minute {
			return nil, fmt.Errorf("%q runs more often than once a minute; %s", text, scheduleForms)
		}
		return parsed, nil
	}
	if parsed.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return nil, fmt.Errorf("%q never comes (no such date); %s", text, scheduleForms)
	}
	return wallSchedule{parsed, loc}, nil
}

// wallSchedule runs by the clock on the wall: each local date and time once, also on the days
// when the clock changes. cron's own skips 02:30 in March and runs it twice in October.
type wallSchedule struct {
	wall cron.Schedule // reckons in UTC, standing for local time
	loc  *time.Location
}

// Next returns the first run after t.
func (s wallSchedule) Next(t time.Time) time.Time {
	local := t.In(s.loc)
	wall := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), local.Second(), 0, time.UTC)
	// In October a wall clock comes to each minute of an hour twice. West of Greenwich time.Date means
	// the first: in the second hour, up to an hour of minutes was there already.
	for range 24 * 60 {
		wall = s.wall.Next(wall)
		if wall.IsZero() {
			return wall
		}
		// An hour that does not exist (02:30 in March) becomes the one an hour later.
		next := time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, s.loc)
		if next.After(t) {
			return next
		}
	}
	return time.Time{}
}

// jittered delays every run by the same few seconds, made from the name, so that sources with
// one schedule do not start together and a restart changes nothing.
type jittered struct {
	cron.Schedule
	by time.Duration
}

func jitter(s cron.Schedule, name string, most time.Duration) cron.Schedule {
	h := fnv.New32a()
	h.Write([]byte(name))
	return jittered{s, time.Duration(h.Sum32()) % most}
}

// Next returns the first delayed run after t.
func (j jittered) Next(t time.Time) time.Time {
	next := j.Schedule.Next(t.Add(-j.by))
	if next.IsZero() {
		return next
	}
	return next.Add(j.by)
}

// nextRun is when the daemon collects a source next; zero without a schedule.
func nextRun(s sourceConfig, loc *time.Location, now time.Time) time.Time {
	when, err := s.Schedule.parse(loc)
	if err != nil || when == nil {
		return time.Time{}
	}
	return jitter(when, s.Name, mostJitter).Next(now)
}

func runSchedule(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	if _, err := o.parse(args, 0, 0); err != nil {
		return err
	}
	config, err := where.config()
	if err != nil {
		return err
	}
	loc := config.Instance.TimeZone.location()
	now := time.Now().In(loc)
	for _, s := range config.Sources {
		printNext(t, s.Name, s.Schedule, loc, now, s.Name)
	}
	for _, d := range config.Digests {
		zone := loc
		if d.TimeZone != "" {
			zone = d.TimeZone.location()
		}
		printNext(t, "bulletin « "+d.Name+" »", d.Schedule, zone, now, d.Name)
	}
	if when, err := config.backupSchedule(); err == nil && when != nil {
		fmt.Fprintf(t.out, "sauvegarde de la base\n    %s\n", frenchMoment(when.Next(now).In(loc)))
	}
	return nil
}

func printNext(t terminal, title string, spec cronSpec, loc *time.Location, now time.Time, name string) {
	fmt.Fprintf(t.out, "%s\n", title)
	when, err := spec.parse(loc)
	if err != nil || when == nil {
		fmt.Fprintf(t.out, "    pas de calendrier : seulement par « contredit crawl »\n")
		return
	}
	at := now
	for range 3 {
		at = jitter(when, name, mostJitter).Next(at)
		fmt.Fprintf(t.out, "    %s\n", frenchMoment(at.In(loc)))
	}
}

var weekdayNames = []string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}

// frenchMoment is « lundi 30 novembre 2026 à 7 h 02 ».
func frenchMoment(at time.Time) string {
	return fmt.Sprintf("%s %s à %d h %02d", weekdayNames[at.Weekday()], frenchDay(at.Format(time.DateOnly)), at.Hour(), at.Minute())
}

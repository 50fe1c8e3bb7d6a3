package main

import (
	"testing"
	"time"
)

func mustParse(t *testing.T, spec string) func(time.Time) time.Time {
	t.Helper()
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	s, err := cronSpec(spec).parse(paris)
	if err != nil {
		t.Fatal(err)
	}
	return s.Next
}

// TestScheduleOverDaylightSaving counts the runs on the local days when the clock changes.
func TestScheduleOverDaylightSaving(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		spec string
		day  time.Time
		want int
	}{
		"SpringHourThatDoesNotExist": {"30 2 * * *", time.Date(2026, 3, 29, 0, 0, 0, 0, paris), 1},
		"AutumnHourThatComesTwice":   {"30 2 * * *", time.Date(2026, 10, 25, 0, 0, 0, 0, paris), 1},
		"AutumnHalfHours":            {"*/30 2 * * *", time.Date(2026, 10, 25, 0, 0, 0, 0, paris), 2},
		"OrdinaryDay":                {"30 2 * * *", time.Date(2026, 6, 1, 0, 0, 0, 0, paris), 1},
		"MorningInSpring":            {"0 7 * * *", time.Date(2026, 3, 29, 0, 0, 0, 0, paris), 1},
	} {
		t.Run(name, func(t *testing.T) {
			next := mustParse(t, c.spec)
			got := 0
			end := c.day.AddDate(0, 0, 1)
			for at := next(c.day.Add(-time.Second)); at.Before(end); at = next(at) {
				got++
			}
			if got != c.want {
				t.Errorf("%s ran %d times on %s, want %d", c.spec, got, c.day.Format(time.DateOnly), c.want)
			}
		})
	}
}

func TestJitterIsTheSameAfterARestart(t *testing.T) {
	s, err := cronSpec("0 6 * * *").parse(time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	first, again := jitter(s, "CST", 5*time.Minute).Next(now), jitter(s, "CST", 5*time.Minute).Next(now)
	if !first.Equal(again) {
		t.Errorf("next run = %s, then %s", first, again)
	}
	due := time.Date(2026, 5, 5, 6, 0, 0, 0, time.UTC)
	if first.Before(due) || !first.Before(due.Add(5*time.Minute)) {
		t.Errorf("next run = %s, want within five minutes after %s", first, due)
	}
	// Between the plain time and the delayed one, the run of today is still to come.
	if got := jitter(s, "CST", 5*time.Minute).Next(due); !got.Equal(first) {
		t.Errorf("at %s the next run is %s, want %s", due, got, first)
	}
}

// TestScheduleOfMinutesGoesOnInTheRepeatedHour holds that a schedule of every few minutes has a next run
// all through the night in which an hour comes twice. Which of the two it runs in is the zone's: time.Date
// takes the second east of Greenwich and the first west of it.
func TestScheduleOfMinutesGoesOnInTheRepeatedHour(t *testing.T) {
	for zone, midnight := range map[string]time.Time{
		"Europe/Paris":     time.Date(2026, 10, 24, 22, 0, 0, 0, time.UTC),
		"America/Miquelon": time.Date(2026, 11, 1, 2, 0, 0, 0, time.UTC),
	} {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range []cronSpec{"*/5 * * * *", "* * * * *"} {
			when, err := spec.parse(loc)
			if err != nil {
				t.Fatal(err)
			}
			for minute := range 6 * 60 {
				at := midnight.Add(time.Duration(minute) * time.Minute)
				if next := when.Next(at); !next.After(at) || next.Sub(at) > 65*time.Minute {
					t.Errorf("%s after %s: next at %s", spec, at.In(loc), next)
				}
			}
		}
	}
}

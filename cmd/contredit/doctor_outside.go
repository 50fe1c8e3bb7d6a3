package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"contredit/crawler"
	"contredit/store"
)

// What doctor allows the clock, and the sites.
const (
	mostClockSkew  = 5 * time.Minute
	mostClockAge   = 7 * 24 * time.Hour // of the snapshots that are believed about it
	robotsPatience = 30 * time.Second   // for the robots.txt of all sources together
	robotsAtOnce   = 8                  // sources; requests to one host still go one by one
)

// examineClock compares the clock with the sites' own as the last answers told it, with what the
// database was told before, with the program's day, and with what the kernel knows of it.
func examineClock(seen store.ClockSeen, now time.Time) finding {
	f := finding{what: "horloge", mend: "réglez l’horloge et laissez-la suivre un serveur de temps : timedatectl set-ntp true"}
	switch {
	case seen.Latest.After(now.Add(mostClockSkew)):
		f.bad = fmt.Sprintf("la dernière collecte est datée de l’avenir (%s) : l’horloge retarde, ou avançait alors", seen.Latest.Format(time.RFC3339))
	case builtAfter(now.Add(time.Hour)):
		f.bad = "le programme est daté de l’avenir : l’horloge retarde"
	case seen.Dated > 0 && seen.Ahead.Abs() > mostClockSkew && now.Sub(seen.Latest) < mostClockAge:
		word := "avançait"
		if seen.Ahead < 0 {
			word = "retardait"
		}
		f.bad = fmt.Sprintf("elle %s de %s sur celle des sites à la dernière collecte (%s)", word, seen.Ahead.Abs().Round(time.Second),
			seen.Latest.Format(time.RFC3339))
	case !clockFollows():
		f.warn, f.bad = true, "le système ne la règle sur aucun serveur de temps"
	}
	return f
}

// builtAfter says whether the file that runs is younger than a moment: it cannot have been built
// in the future.
func builtAfter(moment time.Time) bool {
	program, err := os.Executable()
	if err != nil {
		return false
	}
	info, err := os.Stat(program)
	return err == nil && info.ModTime().After(moment)
}

// clockFollows asks the kernel whether something keeps its clock right (adjtimex(2): TIME_ERROR when
// nothing does). A kernel that does not say is believed.
func clockFollows() bool {
	const timeError = 5
	state, err := syscall.Adjtimex(new(syscall.Timex))
	return err != nil || state != timeError
}

// examineRobots asks the robots.txt of every source's sites, unless its last answer is younger than a day.
func examineRobots(ctx context.Context, config *config) (found []finding, err error) {
	archive, done, err := archiveForRobots(ctx, config)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, done()) }()
	ctx, cancel := context.WithTimeout(ctx, robotsPatience)
	defer cancel()
	visitor := &crawler.Crawler{
		Archive: archive, Version: programVersion(), Contact: config.Instance.Contact, URL: config.Instance.URL,
		Timeout: robotsPatience / 2, AllowLoopback: config.Crawler.AllowLoopback,
	}
	sources := sourcesOf(config, config.Sources)
	answers := make([]finding, len(sources))
	places := make(chan struct{}, robotsAtOnce)
	var all sync.WaitGroup
	for i, s := range sources {
		all.Go(func() {
			places <- struct{}{}
			defer func() { <-places }()
			answers[i] = permissionOf(ctx, visitor, s)
		})
	}
	all.Wait()
	for i, s := range sources {
		if s.Form != crawler.FormFolder {
			found = append(found, answers[i])
		}
	}
	return found, nil
}

// permissionOf is what a source may ask. What cannot be had now may be had tomorrow, and is no failure.
func permissionOf(ctx context.Context, visitor *crawler.Crawler, s crawler.Source) finding {
	f := finding{what: "robots.txt de « " + s.Name + " »"}
	problems, err := visitor.Permission(ctx, s)
	if err != nil {
		f.warn, f.bad, f.mend = true, err.Error(), "relancez « contredit doctor » ; si cela dure, vérifiez les adresses « start » de la source"
		return f
	}
	f.warn = true
	for _, p := range problems {
		if p.Kind == crawler.KindRobots || p.Kind == crawler.KindAddress {
			f.warn = false
		}
		if f.bad == "" || !f.warn {
			f.bad, f.mend = p.URL, p.Sentence
		}
	}
	if len(problems) > 1 {
		f.bad += fmt.Sprintf(" et %d autre(s) adresse(s)", len(problems)-1)
	}
	if name, advice, ok := strings.Cut(f.mend, " : "); ok {
		f.bad, f.mend = f.bad+" : "+name, advice
	}
	return f
}

// archiveForRobots is the database's memory of the sites; where none can be opened, one that is
// thrown away: doctor makes nothing.
func archiveForRobots(ctx context.Context, config *config) (crawler.Archive, func() error, error) {
	if _, err := os.Stat(config.Instance.Database); err == nil {
		if db, err := store.Open(ctx, config.Instance.Database); err == nil { // what is wrong with it was said already
			return db.CrawlArchive(), db.Close, nil
		}
	}
	folder, err := os.MkdirTemp("", "contredit-doctor-")
	if err != nil {
		return nil, nil, fmt.Errorf("make a folder for what sites answer: %w", err)
	}
	db, err := store.Open(ctx, filepath.Join(folder, "doctor.db"))
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(folder))
	}
	return db.CrawlArchive(), func() error { return errors.Join(db.Close(), os.RemoveAll(folder)) }, nil
}

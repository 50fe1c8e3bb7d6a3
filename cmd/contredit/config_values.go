package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"contredit/document"
)

// The types below refuse a bad value while the file is decoded, so that the error knows its line.

// duration is « 5s », « 2m », « 12h ».
type duration time.Duration

func (d *duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err != nil {
		return fmt.Errorf("%q is no duration; allowed: a number with ms, s, m or h, such as \"5s\"", text)
	}
	if v < 0 {
		return fmt.Errorf("%q is negative; allowed: 0s or more", text)
	}
	*d = duration(v)
	return nil
}

// size is a number of bytes: « 64MB ».
type size int64

func (s *size) UnmarshalText(text []byte) error {
	units := []struct {
		suffix string
		bytes  int64
	}{{"GB", 1 << 30}, {"MB", 1 << 20}, {"KB", 1 << 10}}
	number, factor := strings.TrimSpace(string(text)), int64(1)
	for _, u := range units {
		if rest, ok := strings.CutSuffix(number, u.suffix); ok {
			number, factor = strings.TrimSpace(rest), u.bytes
			break
		}
	}
	v, err := strconv.ParseInt(number, 10, 64)
	if err != nil || v <= 0 {
		return fmt.Errorf("%q is no size; allowed: a number with KB, MB or GB, such as \"64MB\"", text)
	}
	*s = size(v * factor)
	return nil
}

// oneOf refuses what is not in the list.
func oneOf(value string, allowed ...string) error {
	for _, a := range allowed {
		if value == a {
			return nil
		}
	}
	return fmt.Errorf("%q is not known; allowed: %s", value, strings.Join(allowed, ", "))
}

type role document.Role

func (r *role) UnmarshalText(text []byte) error {
	*r = role(text)
	return oneOf(string(text), string(document.RoleStatement), string(document.RoleRecord), string(document.RoleBoth))
}

type visibility document.Visibility

func (v *visibility) UnmarshalText(text []byte) error {
	*v = visibility(text)
	return oneOf(string(text), string(document.Public), string(document.Private))
}

type form string

func (f *form) UnmarshalText(text []byte) error {
	*f = form(text)
	return oneOf(string(text), "listing", "feed", "sitemap", "files", "folder", "video")
}

type language string

func (l *language) UnmarshalText(text []byte) error {
	*l = language(text)
	return oneOf(string(text), "fr", "en")
}

type security string

func (s *security) UnmarshalText(text []byte) error {
	*s = security(text)
	return oneOf(string(text), "starttls", "tls", "none")
}

type timeZone string

func (z *timeZone) UnmarshalText(text []byte) error {
	*z = timeZone(text)
	if _, err := time.LoadLocation(string(text)); err != nil || len(text) == 0 {
		return fmt.Errorf("%q is no time zone; allowed: a name such as \"Europe/Paris\"", text)
	}
	return nil
}

// location is the zone itself; the name was checked when it was read.
func (z timeZone) location() *time.Location {
	loc, err := time.LoadLocation(string(z))
	if err != nil {
		return time.UTC
	}
	return loc
}

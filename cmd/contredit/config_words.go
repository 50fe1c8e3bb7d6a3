package main

import (
	"encoding"
	"reflect"
)

// checkWords refuses the words that a key does not allow. go-toml (2.4.3) sets whatever is
// a string without asking its UnmarshalText; the types of other kinds are asked.
func (c *config) checkWords() error {
	tables := reflect.ValueOf(c).Elem()
	for i := range tables.NumField() {
		name := tables.Type().Field(i).Tag.Get("toml")
		switch table := tables.Field(i); {
		case name == "":
		case table.Kind() == reflect.Slice:
			for n := range table.Len() {
				if key, err := wrongWord(table.Index(n)); err != nil {
					return c.wrong(name, n, key, "%v", err)
				}
			}
		default:
			if key, err := wrongWord(table); err != nil {
				return c.wrongIn(name, key, "%v", err)
			}
		}
	}
	return nil
}

// wrongWord returns the key of a table whose word is refused, and why. An absent word is
// left to whoever needs it.
func wrongWord(table reflect.Value) (key string, err error) {
	for i := range table.NumField() {
		f := table.Field(i)
		if f.Kind() != reflect.String || !f.CanSet() || f.String() == "" {
			continue
		}
		if word, ok := f.Addr().Interface().(encoding.TextUnmarshaler); ok {
			if err := word.UnmarshalText([]byte(f.String())); err != nil {
				return table.Type().Field(i).Tag.Get("toml"), err
			}
		}
	}
	return "", nil
}

package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

const minimal = "[instance]\ncontact = \"mailto:a@b.example\"\n"

func TestExampleConfigurationLoads(t *testing.T) {
	path := filepath.Join("..", "..", "config.example.toml")
	c, err := loadConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Sources) < 5 || len(c.Digests) == 0 {
		t.Errorf("sources = %d, digests = %d, want the founding case's", len(c.Sources), len(c.Digests))
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var missing func(table reflect.Type)
	missing = func(table reflect.Type) {
		for i := range table.NumField() {
			f := table.Field(i)
			name := f.Tag.Get("toml")
			if name == "" {
				continue
			}
			kind := f.Type
			for kind.Kind() == reflect.Slice || kind.Kind() == reflect.Pointer {
				kind = kind.Elem()
			}
			if kind.Kind() == reflect.Struct {
				missing(kind)
			} else if !strings.Contains(string(text), "\n"+name+" = ") {
				t.Errorf("config.example.toml does not show the key %s", name)
			}
		}
	}
	missing(reflect.TypeFor[config]())
}

func TestConfigRefuses(t *testing.T) {
	source := minimal + "[[source]]\nname = \"A\"\nrole = \"record\"\nbody = \"CST\"\nform = \"listing\"\nstart = [\"https://a.example/\"]\n"
	for name, c := range map[string]struct{ text, want string }{
		"UnknownKey":             {minimal + "colour = 1\n", "c.toml:3: instance.colour: unknown key; allowed here: contact"},
		"UnknownSourceKey":       {source + "selektor = \"a\"\n", "c.toml:9: source.selektor: unknown key"},
		"WrongType":              {minimal + "[crawler]\nbudget = \"many\"\n", "c.toml:4: crawler.budget:"},
		"BadDuration":            {minimal + "[crawler]\ndelay = \"soon\"\n", `c.toml:4: crawler.delay: "soon" is no duration; allowed`},
		"NegativeDuration":       {minimal + "[crawler]\ndelay = \"-5s\"\n", "is negative"},
		"BadRole":                {strings.Replace(source, "\"record\"", "\"recrod\"", 1), `c.toml:5: sources[0].role: "recrod" is not known; allowed: statement, record, both`},
		"NoContact":              {strings.Replace(source, "contact", "name", 1), "c.toml:1: instance.contact: missing"},
		"NoStart":                {strings.Replace(source, "start = [\"https://a.example/\"]", "", 1), "c.toml:3: sources[0].start: missing"},
		"BadStart":               {strings.Replace(source, "https://a", "ftp://a", 1), "c.toml:8: sources[0].start: \"ftp://a.example/\" is no web address"},
		"BadSelector":            {source + "link = \"a[\"\n", "c.toml:9: sources[0].link:"},
		"BadPattern":             {source + "include = [\"(\"]\n", "c.toml:9: sources[0].include:"},
		"NeverComes":             {source + "schedule = \"0 0 31 2 *\"\n", "c.toml:9: sources[0].schedule: \"0 0 31 2 *\" never comes"},
		"ZoneInSchedule":         {source + "schedule = \"TZ=Europe/Paris\"\n", "names a time zone"},
		"EverySecond":            {source + "schedule = \"@every 0s\"\n", "more often than once a minute"},
		"SixFields":              {source + "schedule = \"0 0 6 * * *\"\n", "five fields"},
		"OpenWithoutAccess":      {minimal + "[review]\nlisten = \"0.0.0.0:8480\"\n", "c.toml:4: review.listen:"},
		"TwiceTheSameName":       {source + source[len(minimal):], "sources[1].name"},
		"DigestOfTwoLines":       {minimal + "[[digest]]\nname = \"Lundi\\nBcc: a@b.example\"\n", "c.toml:4: digests[0].name: \"Lundi\\nBcc: a@b.example\" holds a line break"},
		"DigestCalledAsAHook":    {minimal + "[[digest]]\nname = \"hook:salon\"\n", "c.toml:4: digests[0].name: \"hook:salon\" begins with \"hook:\""},
		"MandateWithoutADay":     {minimal + "[[body]]\nname = \"CST\"\nmandate_end = \"2028\"\n", `mandate_end: "2028" is no date; allowed: "2028-03-26"`},
		"UnknownTopic":           {minimal + "[[topic]]\nname = \"eau\"\nwords = [\"eau\"]\n[[digest]]\nname = \"Lundi\"\ntopics = [\"gaz\"]\n", `digests[0].topics: "gaz" is no topic of this file; allowed: "eau"`},
		"UnknownTopicOfAHook":    {minimal + "[[hook]]\nname = \"salon\"\nurl = \"https://chat.example/\"\ntopics = [\"gaz\"]\n", `hooks[0].topics: "gaz" is no topic of this file; allowed: none`},
		"KindsBeforeTheSession":  {minimal + "[[digest]]\nname = \"Avant\"\nsession = \"before\"\nkinds = [\"vote\"]\n", "c.toml:6: digests[0].kinds: does not apply with session"},
		"StatesBeforeTheSession": {minimal + "[[digest]]\nname = \"Avant\"\nsession = \"before\"\nstates = [\"new\"]\n", "c.toml:6: digests[0].states: does not apply"},
		"ScoreBeforeTheSession":  {minimal + "[[digest]]\nname = \"Avant\"\nsession = \"before\"\nminimum_score = 0.5\n", "c.toml:6: digests[0].minimum_score: does not apply"},
		"NotTOML":                {"[instance\n", "c.toml:1"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parseConfig("c.toml", []byte(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error = %v, want %q in it", err, c.want)
			}
		})
	}
}

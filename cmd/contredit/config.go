package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
)

// config is the operator's TOML file. config.example.toml documents every key; a test loads
// it and checks that none is missing there.
type config struct {
	Instance instanceConfig `toml:"instance"`
	Crawler  crawlerConfig  `toml:"crawler"`
	Review   reviewConfig   `toml:"review"`
	Engine   engineConfig   `toml:"engine"`
	Mail     mailConfig     `toml:"mail"`
	Publish  publishConfig  `toml:"publish"`
	Journal  journalConfig  `toml:"journal"`
	Backup   backupConfig   `toml:"backup"`
	Retain   retainConfig   `toml:"retain"`
	Request  requestConfig  `toml:"request"`
	Bodies   []bodyConfig   `toml:"body"`
	People   []personConfig `toml:"person"`
	Topics   []topicConfig  `toml:"topic"`
	Sources  []sourceConfig `toml:"source"`
	Digests  []digestConfig `toml:"digest"`
	Hooks    []hookConfig   `toml:"hook"`

	path string
	text []byte
}

type instanceConfig struct {
	Name     string   `toml:"name"`
	Contact  string   `toml:"contact"` // mail address or page, sent with every request
	URL      string   `toml:"url"`     // page that says what this instance is
	Database string   `toml:"database"`
	TimeZone timeZone `toml:"time_zone"`
	Language language `toml:"language"`
	Holidays []string `toml:"holidays"` // months in which silence is no alarm: "08"
}

type crawlerConfig struct {
	Delay         duration `toml:"delay"`
	Timeout       duration `toml:"timeout"`
	MaxBody       size     `toml:"max_body"`
	Budget        int      `toml:"budget"`
	AllowLoopback bool     `toml:"allow_loopback"`
}

type reviewConfig struct {
	Listen       string   `toml:"listen"`
	PublicURL    string   `toml:"public_url"`
	Accounts     bool     `toml:"accounts"`
	TwoPeople    bool     `toml:"two_people"`
	Metrics      string   `toml:"metrics"` // who may ask for /metrics: "local" or "everyone"
	ProxyHeader  string   `toml:"proxy_header"`
	ProxyFrom    []string `toml:"proxy_from"`
	SecretFile   string   `toml:"secret_file"`
	reviewListen netip.AddrPort
}

type engineConfig struct {
	Threshold float64 `toml:"threshold"` // score under which a link is not kept
	Worth     float64 `toml:"worth"`     // worthiness under which a sentence is no claim
	OCR       bool    `toml:"ocr"`
	Workers   int     `toml:"workers"` // processes that read, extract and link; 1: this one does
	Judge     string  `toml:"judge"`   // address of the optional model
	JudgeKey  string  `toml:"judge_key_file"`
}

type mailConfig struct {
	Folder       string   `toml:"folder"`
	From         string   `toml:"from"`
	Server       string   `toml:"server"`
	Security     security `toml:"security"`
	User         string   `toml:"user"`
	PasswordFile string   `toml:"password_file"`
	Bounces      string   `toml:"bounces"`
	Operator     string   `toml:"operator"`
}

type publishConfig struct {
	URL string `toml:"url"` // address of the public site
}

type requestConfig struct {
	Sender    string `toml:"sender"`    // name and address at the head of a letter, in lines
	Signature string `toml:"signature"` // at its foot
	Place     string `toml:"place"`
	Letter    string `toml:"letter"`   // a text file instead of our request
	Referral  string `toml:"referral"` // a text file instead of our referral
}

type bodyConfig struct {
	Name     string   `toml:"name"`
	Aliases  []string `toml:"aliases"`
	Members  int      `toml:"members"`
	Calendar []string `toml:"calendar"`    // ISO days of known sittings
	Mandate  string   `toml:"mandate_end"` // ISO day on which the mandate under way ends
	Address  string   `toml:"address"`     // to whom requests for its records are sent, in lines
	Legal    string   `toml:"legal"`       // legal basis of these requests, after « sur le fondement »
}

type personConfig struct {
	Name     string `toml:"name"`
	Function string `toml:"function"`
	Group    string `toml:"group"`
	Body     string `toml:"body"`
	From     string `toml:"from"`
	To       string `toml:"to"`
	Public   *bool  `toml:"public"` // may be named in what is published; nil: as the mandate says
}

type topicConfig struct {
	Name   string   `toml:"name"`
	Words  []string `toml:"words"`
	Bodies []string `toml:"bodies"`
}

type sourceConfig struct {
	Name       string     `toml:"name"`
	Role       role       `toml:"role"`
	Body       string     `toml:"body"`
	Form       form       `toml:"form"`
	Start      []string   `toml:"start"`
	Link       string     `toml:"link"`
	Include    []string   `toml:"include"`
	Exclude    []string   `toml:"exclude"`
	Next       string     `toml:"next"`
	Follow     int        `toml:"follow"`
	Expect     int        `toml:"expect"`
	Schedule   cronSpec   `toml:"schedule"`
	Delay      *duration  `toml:"delay"`
	Budget     int        `toml:"budget"`
	Visibility visibility `toml:"visibility"`
	Charset    string     `toml:"charset"`
}

type digestConfig struct {
	Name         string   `toml:"name"`
	Recipients   []string `toml:"recipients"`
	Schedule     cronSpec `toml:"schedule"`
	TimeZone     timeZone `toml:"time_zone"`
	Bodies       []string `toml:"bodies"`
	Topics       []string `toml:"topics"`
	Kinds        []string `toml:"kinds"`
	States       []string `toml:"states"`
	MinimumScore float64  `toml:"minimum_score"`
	Items        int      `toml:"items"`
	Language     language `toml:"language"`
	SignOfLife   bool     `toml:"sign_of_life"`
	Session      string   `toml:"session"` // "", "before" or "after"
	Archive      bool     `toml:"archive"`
	Private      bool     `toml:"private"`
}

// defaultConfig is what an absent key means.
func defaultConfig() config {
	return config{
		Instance: instanceConfig{Name: "contredit", Database: "contredit.db", TimeZone: "Europe/Paris", Language: "fr", Holidays: []string{"08"}},
		Crawler:  crawlerConfig{Delay: duration(5 * time.Second), Timeout: duration(2 * time.Minute), MaxBody: 64 << 20, Budget: 500},
		Review:   reviewConfig{Listen: "127.0.0.1:8480", Metrics: "local"},
		Engine:   engineConfig{Workers: 1},
		Mail:     mailConfig{Folder: "mail", Security: "starttls"},
		Backup:   backupConfig{Schedule: "40 3 * * *", Keep: 14},
	}
}

// configError is one thing wrong in the file, with its place.
type configError struct {
	file   string
	line   int // from 1; 0 when the whole file is meant
	key    string
	reason string
}

func (e configError) Error() string {
	place := e.file
	if e.line > 0 {
		place = fmt.Sprintf("%s:%d", e.file, e.line)
	}
	if e.key == "" {
		return place + ": " + e.reason
	}
	return fmt.Sprintf("%s: %s: %s", place, e.key, e.reason)
}

// loadConfig reads and checks the file. Every relative path in it is relative to its folder.
func loadConfig(path string) (*config, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrPermission) {
		return nil, withHint(fmt.Errorf("read configuration: %w", err), "the file is there, and this account may not read it: run the command as the service's account (sudo -u contredit …), or look who owns it with « ls -l %s »", path)
	}
	if err != nil {
		return nil, withHint(fmt.Errorf("read configuration: %w", err), "copy config.example.toml to %s and adapt it, or name the file with --config", path)
	}
	return parseConfig(path, text)
}

func parseConfig(path string, text []byte) (*config, error) {
	c := defaultConfig()
	c.path, c.text = path, text
	decoder := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields()
	if err := decoder.Decode(&c); err != nil {
		return nil, withHint(usageError{c.explain(err)}, "config.example.toml shows every key, with what it means and allows")
	}
	if err := c.check(); err != nil {
		return nil, withHint(usageError{err}, "config.example.toml shows every key, with what it means and allows")
	}
	return &c, nil
}

// explain turns the decoder's errors into ours: file, line, key, and what is allowed.
func (c *config) explain(err error) error {
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) && len(strict.Errors) > 0 {
		first := strict.Errors[0]
		row, _ := first.Position()
		key := first.Key()
		return configError{c.path, row, strings.Join(key, "."), "unknown key; allowed here: " + allowedKeys(key)}
	}
	var decode *toml.DecodeError
	if errors.As(err, &decode) {
		row, _ := decode.Position()
		return configError{c.path, row, strings.Join(decode.Key(), "."), strings.TrimPrefix(decode.Error(), "toml: ")}
	}
	return fmt.Errorf("%s: %w", c.path, err)
}

// allowedKeys lists the keys of the table that an unknown key stands in.
func allowedKeys(key []string) string {
	table := reflect.TypeFor[config]()
	for _, part := range key[:max(len(key)-1, 0)] {
		for i := range table.NumField() {
			f := table.Field(i)
			if name, _, _ := strings.Cut(f.Tag.Get("toml"), ","); name == part {
				table = f.Type
				break
			}
		}
		for table.Kind() == reflect.Slice || table.Kind() == reflect.Pointer {
			table = table.Elem()
		}
		if table.Kind() != reflect.Struct {
			return ""
		}
	}
	var names []string
	for i := range table.NumField() {
		if name := table.Field(i).Tag.Get("toml"); name != "" {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return strings.Join(names, ", ")
}

// resolve makes a path of the file relative to the file's folder.
func (c *config) resolve(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(c.path), path)
}

// line finds where a key of a table stands: table is « instance » or, for the nth [[source]],
// « source » with n from 0. It returns the table's own line when the key is absent, 0 when
// the table is.
func (c *config) line(table string, n int, key string) int {
	at, seen := 0, -1
	inside := false
	for i, raw := range strings.Split(string(c.text), "\n") {
		text := strings.TrimSpace(raw)
		if strings.HasPrefix(text, "[") && !strings.HasPrefix(text, "[\"") {
			name := strings.Trim(strings.SplitN(text, "#", 2)[0], "[] \t")
			inside = false
			if name == table {
				seen++
				if inside = seen == n; inside {
					at = i + 1
				}
			}
			continue
		}
		name, _, ok := strings.Cut(text, "=")
		if inside && ok && strings.TrimSpace(name) == key {
			return i + 1
		}
	}
	return at
}

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"unicode"

	"contredit/store"
)

// Exit codes, as documented in the help.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// terminal is what a command talks to: data on out, talk on err.
type terminal struct {
	in  io.Reader
	out io.Writer
	err io.Writer
}

// say writes a line of talk.
func (t terminal) say(format string, args ...any) {
	fmt.Fprintln(t.err, withoutControls(fmt.Sprintf(format, args...)))
}

// withoutControls leaves out what would steer a terminal: titles are written by strangers.
func withoutControls(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text)
}

// interactive says whether err is a terminal that shows progress.
func (t terminal) interactive() bool {
	file, ok := t.err.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// command is one word of the command line.
type command struct {
	name    string
	args    string // what follows it, for the usage line
	summary string // one line, for the list
	help    string // what it does, and an example
	hidden  bool
	run     func(ctx context.Context, t terminal, c command, args []string) error
}

// usageError is a wrong command line: exit code 2.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func wrongUsage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// hintedError carries what to do next.
type hintedError struct {
	error
	hint string
}

func (e hintedError) Unwrap() error { return e.error }

func withHint(err error, format string, args ...any) error {
	return hintedError{err, fmt.Sprintf(format, args...)}
}

// errQuiet ends with exit code 1 after the command has said everything itself.
var errQuiet = errors.New("failed")

// Run executes one command line and returns the exit code: 0 done, 1 failed, 2 wrong usage.
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	t := terminal{stdin, stdout, stderr}
	if len(args) == 0 {
		printHelp(stderr)
		return exitUsage
	}
	name, rest := args[0], args[1:]
	if name == "help" || name == "--help" || name == "-h" {
		if len(rest) == 0 {
			printHelp(stdout)
			return exitDone
		}
		if print, ok := shellCompletions[strings.Join(rest, " ")]; ok {
			print(stdout)
			return exitDone
		}
		if print, ok := map[string]func(io.Writer){"--man": printManual, "--completion": printCompletion}[rest[0]]; ok {
			print(stdout)
			return exitDone
		}
		name, rest = rest[0], []string{"--help"}
	}
	if name == "--version" {
		name = "version"
	}
	c, ok := findCommand(name)
	if !ok {
		return report(t, withHint(wrongUsage("unknown command %q", name), "%s", nearestCommand(name)))
	}
	err := c.run(ctx, t, c, rest)
	if errors.Is(err, flag.ErrHelp) {
		return exitDone
	}
	return report(t, err)
}

// report prints an error as the manual says, and returns its exit code.
func report(t terminal, err error) int {
	if err == nil {
		return exitDone
	}
	if !errors.Is(err, errQuiet) {
		t.say("contredit: error: %v", err)
		var hinted hintedError
		if errors.As(err, &hinted) {
			t.say("contredit: hint: %s", hinted.hint)
		} else if hint := hintFor(err); hint != "" {
			t.say("contredit: hint: %s", hint)
		}
	}
	var usage usageError
	if errors.As(err, &usage) {
		return exitUsage
	}
	return exitFailed
}

// hintFor knows what to do about errors that any command may meet.
func hintFor(err error) string {
	switch {
	case errors.Is(err, store.ErrNoFTS5):
		return "build it with « make build », which passes -tags sqlite_fts5"
	case errors.Is(err, store.ErrEmptyFile):
		return "if nothing is lost with it, remove the empty file to begin anew; otherwise move it away, then « contredit restore BACKUP »"
	case errors.Is(err, store.ErrNewerSchema):
		return "use the newer contredit, or restore a backup made with this one"
	case errors.Is(err, fs.ErrPermission):
		return "check who owns the file, and that this account may write to its folder"
	case errors.Is(err, context.Canceled):
		return "it was interrupted; nothing is lost, start the same command again"
	}
	return map[store.Trouble]string{
		store.DiskFull:   "free some space, then start the same command again: what was written before is whole",
		store.Unwritable: "check who owns the file and its folder, in which SQLite keeps its log, and that the file system is not mounted read-only",
		store.Corrupt:    "move the file away, then « contredit restore BACKUP » with the last backup that « contredit restore --check » finds good",
	}[store.TroubleOf(err)]
}

func findCommand(name string) (command, bool) {
	for _, c := range commands() {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
}

// nearestCommand is the hint for a misspelt command.
func nearestCommand(name string) string {
	for _, c := range commands() {
		if !c.hidden && len(name) >= 2 && (strings.HasPrefix(c.name, name[:2]) || strings.Contains(c.name, name)) {
			return fmt.Sprintf("did you mean « contredit %s »? « contredit help » lists the commands", c.name)
		}
	}
	return "« contredit help » lists the commands"
}

func printHelp(w io.Writer) {
	fmt.Fprint(w, `contredit watches what a council says and what its meetings recorded, and shows
the pairs that disagree to a person who decides.

Usage: contredit COMMAND [OPTIONS] [ARGUMENTS]

`)
	for _, c := range commands() {
		if !c.hidden {
			fmt.Fprintf(w, "  %-10s %s\n", c.name, c.summary)
		}
	}
	fmt.Fprint(w, `
« contredit help COMMAND » says more, with an example. First steps:

  contredit demo                       the whole job on a fictional council
  cp config.example.toml config.toml   then describe your own council in it
  contredit run --config config.toml

Exit codes: 0 done, 1 failed, 2 wrong usage. Data goes to standard output, talk to
standard error.
`)
}

// options are the flags of one command. Every command takes --help.
type options struct {
	*flag.FlagSet
	command command
	out     io.Writer
}

func newOptions(t terminal, c command) *options {
	o := &options{flag.NewFlagSet(c.name, flag.ContinueOnError), c, t.out}
	o.SetOutput(io.Discard)
	o.Usage = func() {}
	return o
}

// parse reads the flags, wherever they stand among the arguments, and returns the
// arguments. want is how many there may be at least and at most (-1: any number).
func (o *options) parse(args []string, atLeast, atMost int) ([]string, error) {
	var rest []string
	for {
		if err := o.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				o.printUsage()
				return nil, err
			}
			return nil, withHint(usageError{err}, "contredit %s --help", o.command.name)
		}
		if o.NArg() == 0 {
			break
		}
		rest = append(rest, o.Arg(0))
		args = o.Args()[1:]
	}
	if len(rest) < atLeast || (atMost >= 0 && len(rest) > atMost) {
		return nil, withHint(wrongUsage("%s takes %s, got %d argument(s)", o.command.name, describeArgs(o.command.args), len(rest)),
			"contredit %s --help", o.command.name)
	}
	return rest, nil
}

func describeArgs(args string) string {
	if args == "" {
		return "no argument"
	}
	return args
}

func (o *options) printUsage() {
	fmt.Fprintf(o.out, "Usage: contredit %s [OPTIONS] %s\n\n%s\n", o.command.name, o.command.args, strings.TrimSpace(o.command.help))
	first := true
	o.VisitAll(func(f *flag.Flag) {
		if first {
			fmt.Fprint(o.out, "\nOptions:\n")
			first = false
		}
		kind, usage := flag.UnquoteUsage(f)
		fmt.Fprintf(o.out, "  --%s\n        %s", strings.TrimSpace(f.Name+" "+kind), usage)
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" {
			fmt.Fprintf(o.out, " (default %s)", f.DefValue)
		}
		fmt.Fprintln(o.out)
	})
}

package main

import (
	"fmt"
	"io"
	"strings"
)

// printManual writes the manual page, contredit(1), from what the help says.
func printManual(w io.Writer) {
	fmt.Fprint(w, `.TH CONTREDIT 1
.SH NAME
contredit \- what a council says in public beside what its meetings recorded
.SH SYNOPSIS
.B contredit
.I COMMAND
[\fIOPTIONS\fR] [\fIARGUMENTS\fR]
.SH DESCRIPTION
contredit collects press pages, feeds, minutes and session captions, links claims to the
records that contradict them, and shows the pairs that disagree to a person who decides.
.SH COMMANDS
`)
	for _, c := range commands() {
		if c.hidden {
			continue
		}
		fmt.Fprintf(w, ".SS contredit %s %s\n", c.name, roff(c.args))
		for _, paragraph := range strings.Split(strings.TrimSpace(c.help), "\n\n") {
			if strings.HasPrefix(paragraph, "  ") {
				fmt.Fprintf(w, ".PP\n.nf\n%s\n.fi\n", roff(paragraph))
			} else {
				fmt.Fprintf(w, ".PP\n%s\n", roff(paragraph))
			}
		}
	}
	fmt.Fprint(w, `.SH EXIT STATUS
0 done, 1 failed, 2 wrong usage.
.SH FILES
.TP
.I contredit.toml
the configuration, in the current folder unless \-\-config names another.
.SH SIGNALS
SIGTERM lets what is under way finish, a second one cuts; SIGHUP reads the configuration again.
`)
}

// roff escapes what the formatter would take for its own.
func roff(text string) string {
	lines := strings.Split(strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}

// shellCompletions are those of other shells than bash, by what follows « contredit help ».
var shellCompletions = map[string]func(io.Writer){"--completion zsh": printZsh, "--completion fish": printFish}

func printZsh(w io.Writer) {
	fmt.Fprintf(w, `#compdef contredit
# completion for contredit
_contredit() {
  if (( CURRENT == 2 )); then
    compadd %s help
  elif [[ ${words[CURRENT]} == -* ]]; then
    compadd -- ${(f)"$(contredit help ${words[2]} 2>/dev/null | sed -n 's/^ *\(--[a-z-]*\).*/\1/p')"}
  else
    _files
  fi
}
compdef _contredit contredit
`, strings.Join(shownCommands(), " "))
}

func printFish(w io.Writer) {
	fmt.Fprintf(w, `# completion for contredit
complete -c contredit -n __fish_use_subcommand -f -a "%s help"
complete -c contredit -n "not __fish_use_subcommand" -a "(contredit help (commandline -opc)[2] 2>/dev/null | sed -n 's/^ *\(--[a-z-]*\).*/\1/p')"
`, strings.Join(shownCommands(), " "))
}

// shownCommands are the names of the commands that help lists.
func shownCommands() []string {
	var names []string
	for _, c := range commands() {
		if !c.hidden {
			names = append(names, c.name)
		}
	}
	return names
}

// printCompletion writes the completion for bash.
func printCompletion(w io.Writer) {
	fmt.Fprintf(w, `# completion for contredit
_contredit() {
  local word=${COMP_WORDS[COMP_CWORD]}
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "%s help" -- "$word"))
    return
  fi
  case $word in
    -*) COMPREPLY=($(compgen -W "$(contredit help "${COMP_WORDS[1]}" 2>/dev/null | sed -n 's/^ *\(--[a-z-]*\).*/\1/p')" -- "$word")) ;;
    *) COMPREPLY=($(compgen -f -- "$word")) ;;
  esac
}
complete -F _contredit contredit
`, strings.Join(shownCommands(), " "))
}

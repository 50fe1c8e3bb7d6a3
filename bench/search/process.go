package main

import (
	"bufio"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"contredit/bench/rounds"
)

// made is what an engine says when its index is ready.
type made struct {
	Processor float64 `json:"processor"` // seconds
	Bytes     int64   `json:"bytes"`     // of the index, without the texts that it gives back
}

// answered is what an engine says of one round of questions.
type answered struct {
	Micro     []float64 `json:"micro"`     // microseconds of each question
	Processor float64   `json:"processor"` // seconds of all
	Resident  int64     `json:"resident"`  // KiB
	Found     int       `json:"found"`
}

// process is an engine's own: it answers an empty line with a round.
type process struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *json.Decoder
}

// start starts the engines one after the other; Xapian comes last, where it is there.
func start(ctx context.Context, in, xapian string) ([]*engine, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	var list []*engine
	for _, e := range []struct {
		name    string
		command []string
	}{
		{"contredit: store (FTS5, French stems)", []string{program, "engine", "store", in, in}},
		{"contredit: index in memory", []string{program, "engine", "memory", in, in}},
		{"FTS5 alone (unicode61)", []string{program, "engine", "plain", in, in}},
		{"Xapian (French stemmer)", []string{xapian, in, filepath.Join(in, "xapian")}},
	} {
		if e.command[0] == "" {
			continue
		}
		fmt.Fprintln(os.Stderr, "search: index for", e.name, time.Now().Format(time.TimeOnly))
		c := exec.CommandContext(ctx, e.command[0], e.command[1:]...)
		c.Stderr = os.Stderr
		to, err := c.StdinPipe()
		if err != nil {
			return list, err
		}
		from, err := c.StdoutPipe()
		if err != nil {
			return list, err
		}
		if err := c.Start(); err != nil {
			return list, fmt.Errorf("start %s: %w", e.name, err)
		}
		next := &engine{name: e.name, process: &process{c, to, json.NewDecoder(from)}}
		list = append(list, next)
		if err := next.process.out.Decode(&next.made); err != nil {
			return list, fmt.Errorf("index for %s: %w", e.name, err)
		}
	}
	return list, nil
}

// ask has an engine answer all questions once.
func (e *engine) ask() error {
	if _, err := io.WriteString(e.process.in, "\n"); err != nil {
		return err
	}
	var a answered
	if err := e.process.out.Decode(&a); err != nil {
		return err
	}
	if a.Found == 0 {
		return errors.New("nothing was found")
	}
	var round rounds.Figures
	for _, m := range a.Micro {
		round = append(round, m/1000)
	}
	e.all, e.medians = append(e.all, round...), append(e.medians, round.Median())
	e.processor, e.resident = append(e.processor, 1000*a.Processor/float64(len(round))), max(e.resident, a.Resident)
	return nil
}

// stop ends an engine; what it still has to say is of no use.
func (e *engine) stop() {
	_ = e.process.in.Close()
	_ = e.process.cmd.Wait()
}

//go:embed xapian/ask.cc
var xapianSource []byte

// buildXapian compiles the program that asks Xapian; "" where the compiler or the library is missing.
func buildXapian(ctx context.Context, folder string) (string, error) {
	if _, err := exec.LookPath("g++"); err != nil {
		return "", nil
	}
	source, program := filepath.Join(folder, "ask.cc"), filepath.Join(folder, "xapian")
	if err := os.WriteFile(source, xapianSource, 0o600); err != nil {
		return "", err
	}
	out, err := exec.CommandContext(ctx, "g++", "-O2", "-std=c++17", "-o", program, source, "-lxapian").CombinedOutput()
	if strings.Contains(string(out), "xapian.h: No such file") {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("compile the program that asks Xapian: %w: %s", err, out)
	}
	return program, nil
}

// serve is an engine's process: it makes its index, and answers rounds until its input ends.
func serve(ctx context.Context, name, in, work string) error {
	makeIndex, ok := map[string]func(context.Context, string, string) (asker, int64, error){"store": makeStore, "memory": makeMemory, "plain": makePlain}[name]
	if !ok {
		return fmt.Errorf("unknown engine %q", name)
	}
	asked, err := os.ReadFile(filepath.Join(in, "questions"))
	if err != nil {
		return err
	}
	questions := strings.Split(strings.TrimSpace(string(asked)), "\n")
	ask, bytes, err := makeIndex(ctx, in, work)
	if err != nil {
		return err
	}
	out := json.NewEncoder(os.Stdout)
	used, _ := rounds.Own()
	if err := out.Encode(made{Processor: used.Seconds(), Bytes: bytes}); err != nil {
		return err
	}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		var a answered
		before, _ := rounds.Own()
		for _, q := range questions {
			begun := time.Now()
			n, err := ask(ctx, q)
			if err != nil {
				return fmt.Errorf("ask for %q: %w", q, err)
			}
			a.Micro = append(a.Micro, float64(time.Since(begun).Nanoseconds())/1000)
			a.Found += n
		}
		after, _ := rounds.Own()
		a.Processor, a.Resident = (after - before).Seconds(), rounds.Resident()
		if err := out.Encode(a); err != nil {
			return err
		}
	}
	return nil
}

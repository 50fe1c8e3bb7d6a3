package main

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"text/template"
)

//go:embed demo/contredit.toml.tmpl
var demoTemplates embed.FS

// demoState is what a demo folder remembers, so that a second run meets the same addresses.
type demoState struct {
	Base   string `json:"base"`   // address of the fictional council's site
	Review string `json:"review"` // address of the review pages, host and port
	Runs   int    `json:"runs"`   // finished ones
}

const demoStateFile = "demo.json"

func loadDemoState(dir string) (demoState, error) {
	var s demoState
	text, err := os.ReadFile(filepath.Join(dir, demoStateFile))
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, fmt.Errorf("read the demo's memory: %w", err)
	}
	if err := json.Unmarshal(text, &s); err != nil {
		return s, withHint(fmt.Errorf("read %s: %w", filepath.Join(dir, demoStateFile), err), "delete the folder %s to begin anew", dir)
	}
	return s, nil
}

func (s demoState) save(dir string) error {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return fmt.Errorf("encode the demo's memory: %w", err)
	}
	return replaceFile(filepath.Join(dir, demoStateFile), append(text, '\n'))
}

// writeConfig writes the ordinary configuration that the demo works with.
func (s demoState) writeConfig(path string) error {
	t, err := template.ParseFS(demoTemplates, "demo/contredit.toml.tmpl")
	if err != nil {
		return fmt.Errorf("read the demo's configuration: %w", err)
	}
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("write the demo's configuration: %w", err)
	}
	if err := t.Execute(file, s); err != nil {
		return fmt.Errorf("write %s: %w", path, errors.Join(err, file.Close()))
	}
	return file.Close()
}

// replaceFile writes a file so that a kill leaves the old one or the new one, whole.
func replaceFile(path string, content []byte) error {
	next := path + ".new"
	if err := os.WriteFile(next, content, 0o600); err != nil {
		return fmt.Errorf("write %s: %w", next, err)
	}
	if err := os.Rename(next, path); err != nil {
		return fmt.Errorf("replace %s: %w", path, err)
	}
	return nil
}

// listenAgain listens where the last run did, or on any free loopback port the first time.
func listenAgain(address string) (net.Listener, error) {
	if address == "" {
		address = "127.0.0.1:0"
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, withHint(fmt.Errorf("listen on %s: %w", address, err),
			"another program holds this port; end it, or use another --dir")
	}
	return l, nil
}

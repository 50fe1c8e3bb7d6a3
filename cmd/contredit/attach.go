package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"contredit/document"
	"contredit/store"
)

// runAttach gives a text to a document that has none: a recording, a scan.
func runAttach(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	by := o.String("by", "", "`who` typed or checked the text (required)")
	remove := o.Bool("remove", false, "take the transcript off again; without FILE")
	replace := o.Bool("replace", false, "in the place of the transcript that is attached")
	rest, err := o.parse(args, 1, 2)
	if err != nil {
		return err
	}
	if *by == "" || *remove == (len(rest) == 2) {
		return withHint(wrongUsage("attach takes an address and a file, or --remove, and --by"), `contredit attach https://region.exemple/seance seance.txt --by "Mme Dupont"`)
	}
	config, db, err := where.openExisting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	d, err := db.Document(ctx, rest[0])
	if errors.Is(err, store.ErrNotFound) {
		return withHint(err, "contredit export documents lists the addresses; contredit import brings in a document that no source lists")
	}
	if err != nil {
		return err
	}
	if *remove {
		err = db.RemoveTranscript(ctx, d.Document.ID, *by)
		if errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("no transcript is attached to %s", rest[0])
		}
	} else {
		err = attachFile(ctx, db, d.Document.ID, rest[1], *by, *replace)
	}
	if err != nil {
		return err
	}
	return readAgain(ctx, t, config, db)
}

func attachFile(ctx context.Context, db *store.DB, doc int64, path, by string, replace bool) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("attach: %w", err)
	}
	if strings.TrimSpace(string(content)) == "" {
		return fmt.Errorf("attach %s: the file is empty", path)
	}
	err = db.AttachTranscript(ctx, store.Transcript{Document: doc, Name: filepath.Base(path), MediaType: mediaTypeOf(path), Reviewer: by, Content: content, Replaces: replace})
	if errors.Is(err, store.ErrAttached) {
		return withHint(err, "--replace puts this file in its place; what is taken off is kept")
	}
	return err
}

// readAgain takes what was left to be read through the stages.
func readAgain(ctx context.Context, t terminal, config *config, db *store.DB) (err error) {
	w, err := newWork(ctx, config, db, t)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	return w.process(ctx)
}

// rereadable are the states by which documents are chosen to be read again.
var rereadable = []document.State{document.StateRead, document.StateScanned, document.StateEmpty, document.StateMalformed, document.StateEncrypted, document.StateTooBig, document.StateUnsupported}

// runReread reads documents again: after an upgrade, or once pictures can be recognised.
func runReread(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	state := o.String("state", "", "only documents in these `states`, with commas: scanned, empty, malformed, encrypted, too_big, unsupported, read")
	rest, err := o.parse(args, 0, 1)
	if err != nil {
		return err
	}
	var states []document.State
	for name := range strings.SplitSeq(*state, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if !slices.Contains(rereadable, document.State(name)) {
			return wrongUsage("--state %q is not known; allowed: %v", name, rereadable)
		}
		states = append(states, document.State(name))
	}
	config, db, err := where.openExisting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	address := strings.Join(rest, "")
	n, err := db.Reread(ctx, address, states)
	if err != nil {
		return err
	}
	if n == 0 && address != "" {
		return withHint(fmt.Errorf("no document at %s in such a state", address), "contredit show %s says in which it is", address)
	}
	t.say("%d document(s) à relire", n)
	return readAgain(ctx, t, config, db)
}

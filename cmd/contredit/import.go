package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"contredit/document"
	"contredit/store"
)

func runImport(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	var doc document.Document
	o.StringVar((*string)(&doc.Role), "role", "", "statement, record or both (required)")
	o.StringVar(&doc.Body, "body", "", "the `institution` whose document it is (required)")
	o.StringVar(&doc.Date, "date", "", "`day` of the meeting or publication; read in the document when absent")
	o.StringVar(&doc.Title, "title", "", "`title`; read in the document when absent")
	o.StringVar(&doc.VideoURL, "video", "", "`address` of the recording, for captions")
	address := o.String("url", "", "`address` that the file was published at; one file only")
	private := o.Bool("private", false, "never in an export or public page")
	paths, err := o.parse(args, 1, -1)
	if err != nil {
		return err
	}
	if err := checkImport(doc, *address, paths); err != nil {
		return err
	}
	doc.Source, doc.Visibility = store.HandSource, document.Public
	if *private {
		doc.Visibility = document.Private
	}
	files, err := filesIn(paths)
	if err != nil {
		return err
	}
	config, db, err := where.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, path := range files {
		doc.URL = *address
		if err := importFile(ctx, t, db, doc, path); err != nil {
			return err
		}
	}
	work, err := newWork(ctx, config, db, t)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, work.close()) }()
	return work.process(ctx)
}

func checkImport(doc document.Document, address string, paths []string) error {
	var r role
	if err := r.UnmarshalText([]byte(doc.Role)); err != nil {
		return withHint(usageError{fmt.Errorf("--role: %w", err)}, "contredit import --help")
	}
	if doc.Body == "" {
		return withHint(wrongUsage("--body is missing"), `the institution whose document it is, such as --body CST`)
	}
	if doc.Date != "" {
		if _, err := time.Parse(time.DateOnly, doc.Date); err != nil {
			return wrongUsage("--date %q is no day; allowed: 2026-03-27", doc.Date)
		}
	}
	if address == "" {
		return nil
	}
	if u, err := url.Parse(address); err != nil || u.Scheme == "" {
		return wrongUsage("--url %q is no address", address)
	}
	if info, err := os.Stat(paths[0]); len(paths) > 1 || (err == nil && info.IsDir()) {
		return wrongUsage("--url names one document, and more than one file was given")
	}
	return nil
}

// filesIn lists the files named and those in the folders named. Links are not followed: a
// folder that somebody else fills must not reach outside itself.
func filesIn(paths []string) ([]string, error) {
	var files []string
	for _, path := range paths {
		err := filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if entry.Type().IsRegular() && !strings.HasPrefix(entry.Name(), ".") {
				files = append(files, name)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("look for files in %s: %w", path, err)
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no file in %s", strings.Join(paths, ", "))
	}
	return files, nil
}

func importFile(ctx context.Context, t terminal, db *store.DB, doc document.Document, path string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	if doc.URL == "" {
		absolute, err := filepath.Abs(path)
		if err != nil {
			return fmt.Errorf("import %s: %w", path, err)
		}
		doc.URL = (&url.URL{Scheme: "file", Path: filepath.ToSlash(absolute)}).String()
	}
	digest := sha256.Sum256(content)
	kept, err := db.SaveSnapshot(ctx, doc, "", document.Snapshot{
		URL: doc.URL, FinalURL: doc.URL, MediaType: mediaTypeOf(path), Status: 200, SHA256: hex.EncodeToString(digest[:]),
		Content: content, FetchedAt: db.Now(),
	})
	if err != nil {
		return err
	}
	switch {
	case kept.New:
		t.say("nouveau : %s", doc.URL)
	case kept.Changed:
		t.say("nouvelle version : %s", doc.URL)
	default:
		t.say("déjà connu : %s", doc.URL)
	}
	return nil
}

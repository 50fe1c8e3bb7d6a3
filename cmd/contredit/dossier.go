package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"contredit/evidence"
	"contredit/store"
)

// runDossier writes what a sceptic needs to check pairs without us, as one file.
func runDossier(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	var target string
	o.StringVar(&target, "o", "", "the `file` to write; dossier-ID.zip when it is not given")
	private := o.Bool("private", false, "private documents, and who decided what, too")
	ids, err := o.parse(args, 1, -1)
	if err != nil {
		return err
	}
	config, db, err := where.openExisting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	d, err := db.Dossier(ctx, ids, *private)
	if errors.Is(err, store.ErrPrivate) {
		return withHint(err, "--private puts private documents into it: it is then for the few who may see them")
	}
	if errors.Is(err, store.ErrNotFound) {
		return withHint(err, "contredit review list shows the ids")
	}
	if err != nil {
		return err
	}
	d.Instance, d.Version = config.Instance.Name, programVersion()
	var archive bytes.Buffer
	if err := evidence.WriteDossier(&archive, d); err != nil {
		return err
	}
	if target == "" {
		target = "dossier-" + d.Pairs[0].Link.ID + ".zip"
	}
	out, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return withHint(fmt.Errorf("write %s: %w", target, store.ErrExists), "name another file with -o; a dossier is never overwritten")
	}
	if err != nil {
		return fmt.Errorf("write dossier: %w", err)
	}
	_, err = out.Write(archive.Bytes())
	if err := errors.Join(err, out.Sync(), out.Close()); err != nil {
		return fmt.Errorf("write %s: %w", target, err)
	}
	sum := sha256.Sum256(archive.Bytes())
	digest := hex.EncodeToString(sum[:])
	for _, p := range d.Pairs {
		if _, err := db.Enter(ctx, evidence.JournalDossier, p.Link.ID, map[string]any{"sha256": digest, "private": *private}); err != nil {
			return err
		}
	}
	fmt.Fprintln(t.out, target)
	t.say("%d paire(s), %d original(aux), %d octets ; SHA-256 %s", len(d.Pairs), len(d.Originals), archive.Len(), digest)
	return nil
}

// verifyDossier checks an archive with nothing but itself.
func verifyDossier(t terminal, path string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return withHint(fmt.Errorf("read dossier: %w", err), "name a file that « contredit dossier » wrote")
	}
	report := evidence.VerifyDossier(content)
	for _, f := range report.Faults {
		fmt.Fprintln(t.out, f)
	}
	t.say("%s : %d fichier(s), %d citation(s), établi le %s ; SHA-256 %s ; %d faute(s)", path, report.Files, report.Quotes, report.MadeAt, report.SHA256, len(report.Faults))
	if len(report.Faults) > 0 {
		return withHint(fmt.Errorf("%d fault(s) in %s", len(report.Faults), path), "ask for the dossier again, and compare its SHA-256 with the one that its maker notes in the journal")
	}
	return nil
}

// runJournal shows the journal, its head, or erases a text by law.
func runJournal(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	format := o.String("format", "text", "text or json")
	by := o.String("by", "", "erase: `who` does it")
	why := o.String("why", "", "erase: the `ground` for it")
	rest, err := o.parse(args, 0, 2)
	if err != nil {
		return err
	}
	config, db, err := where.openExisting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	switch {
	case len(rest) == 1 && rest[0] == "stamp":
		return stampJournal(ctx, t, config, db)
	case len(rest) == 0 || len(rest) == 1 && rest[0] == "list":
		return db.EachEntry(ctx, func(e evidence.JournalEntry) error {
			if *format == "json" {
				return writeLine(t.out, e)
			}
			body := e.Body
			if body == "" {
				body = evidence.Erased
			}
			_, err := fmt.Fprintf(t.out, "%d\t%s\t%s\t%s\t%s\t%s\n", e.Number, e.At, e.Kind, e.Subject, e.Hash[:min(16, len(e.Hash))], body)
			return err
		})
	case len(rest) == 1 && rest[0] == "head":
		last := evidence.JournalEntry{}
		if err := db.EachEntry(ctx, func(e evidence.JournalEntry) error { last = e; return nil }); err != nil {
			return err
		}
		fmt.Fprintf(t.out, "%d\t%s\t%s\n", last.Number, last.At, last.Hash)
		return nil
	case len(rest) == 2 && rest[0] == "erase":
		var number int64
		if _, err := fmt.Sscan(rest[1], &number); err != nil {
			return wrongUsage("%q is no number of an entry", rest[1])
		}
		if *by == "" || *why == "" {
			return withHint(wrongUsage("an erasure says who and why; --by or --why is missing"), `contredit journal erase %d --by "Mme Dupont" --why "demande du 3 mars 2026, RGPD article 17"`, number)
		}
		err := db.Erase(ctx, number, *by, *why)
		if errors.Is(err, store.ErrNotErasable) {
			return withHint(err, "contredit journal list shows the kinds")
		}
		if errors.Is(err, store.ErrTraceInLog) {
			return withHint(err, "the same command again, in a minute or with the service stopped, clears them")
		}
		if err == nil {
			t.say("entrée %d effacée ; la chaîne garde son empreinte. Ce qui a quitté la base avant la porte encore : sauvegardes, dossiers, courriels envoyés ou déposés en fichiers ; le site attend « contredit publish »", number)
		}
		return err
	}
	return withHint(wrongUsage("journal %q is not known", rest[0]), "contredit journal --help")
}

// writeLine writes a value as one line of JSON.
func writeLine(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

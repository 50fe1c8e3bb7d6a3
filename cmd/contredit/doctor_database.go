package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"contredit/crawler"
	"contredit/store"
)

// checkPatience is how long doctor looks through the database file: a large one takes minutes, and
// « contredit verify » takes them.
const checkPatience = 10 * time.Second

// examination looks at one thing in an open database.
type examination func(context.Context, *config, *store.DB, time.Time) ([]finding, error)

// examineDatabase opens the database only when it is there: doctor makes nothing. What is beside it, and can be
// looked at without it, is looked at in any case.
func examineDatabase(ctx context.Context, config *config) (found []finding, err error) {
	now := time.Now()
	without := func(file finding) []finding {
		return []finding{file, examineBackups(config, backupState{}, now), examineClock(store.ClockSeen{}, now)}
	}
	file := finding{what: "base de données " + config.Instance.Database}
	info, err := os.Stat(config.Instance.Database)
	if errors.Is(err, fs.ErrNotExist) {
		file.warn, file.bad, file.mend = true, "elle n’existe pas encore", "contredit crawl --config "+config.path
		return without(file), nil
	}
	db, err := store.Open(ctx, config.Instance.Database)
	if err != nil {
		file.bad, file.mend = err.Error(), hintFor(err)
		return without(file), nil
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Ping(ctx); err != nil {
		file.bad, file.mend = err.Error(), "vérifiez à qui est le fichier, et que son dossier permet l’écriture"
	}
	if file.bad == "" {
		examineFile(ctx, config, db, &file)
	}
	if file.bad == "" && info != nil && info.Mode().Perm()&0o007 != 0 {
		file.warn, file.bad = true, fmt.Sprintf("tout le monde sur cette machine peut la lire (%o)", info.Mode().Perm())
		file.mend = "chmod 600 " + config.Instance.Database + "*"
	}
	if file.bad != "" && !file.warn {
		return without(file), nil // what it says cannot be relied upon
	}
	found = append(found, file)
	for _, examine := range []examination{
		examineKeptBackups, examineKeptClock, examineWork, examineStopped, examineAccounts, examineSources,
	} {
		more, err := examine(ctx, config, db, now)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	return found, nil
}

// examineFile looks through the pages of the file, as far as it comes.
func examineFile(ctx context.Context, config *config, db *store.DB, file *finding) {
	within, cancel := context.WithTimeout(ctx, checkPatience)
	defer cancel()
	faults, err := db.QuickCheck(within)
	switch {
	case within.Err() != nil:
		file.what += fmt.Sprintf(" (parcourue %.0f s sans faute, pas jusqu’au bout : « contredit verify » la lit en entier)", checkPatience.Seconds())
	case err != nil:
		file.bad = err.Error()
	case len(faults) > 0:
		file.bad = faults[0]
	}
	if file.bad != "" {
		file.mend = "le fichier est abîmé : arrêtez contredit, déplacez " + config.Instance.Database + " (avec -wal et -shm), puis « contredit restore COPIE », avec la dernière copie que « contredit restore --check » trouve bonne"
	}
}

func examineKeptBackups(ctx context.Context, config *config, db *store.DB, now time.Time) ([]finding, error) {
	state, err := backupStateOf(ctx, db)
	return []finding{examineBackups(config, state, now)}, err
}

func examineKeptClock(ctx context.Context, _ *config, db *store.DB, now time.Time) ([]finding, error) {
	seen, err := db.ClockSeen(ctx)
	return []finding{examineClock(seen, now)}, err
}

func examineWork(ctx context.Context, _ *config, db *store.DB, _ time.Time) ([]finding, error) {
	counts, err := db.Count(ctx)
	work := finding{what: "travail en attente"}
	if counts.Failing > 0 {
		work.bad, work.mend, work.warn = fmt.Sprintf("%d élément(s) en échec", counts.Failing), "ils sont retentés à chaque collecte ; le journal dit pourquoi", true
	}
	return []finding{work}, err
}

// examineStopped tells whose mails are suspended: nobody else hears of an operator whose own address is.
func examineStopped(ctx context.Context, config *config, db *store.DB, _ time.Time) (found []finding, err error) {
	stopped, err := db.StoppedMails(ctx)
	for _, s := range stopped {
		if s.Digest != "" && s.Digest != operatorDigest {
			continue // who left a digest
		}
		f := finding{what: "courrier pour " + s.Address, warn: true, bad: fmt.Sprintf("suspendu depuis le %s : %s", frenchDay(s.At.Format(time.DateOnly)), oneLine(s.Reason))}
		f.mend = fmt.Sprintf("corrigez l’adresse ou sa boîte, puis : contredit digest resume --config %s %s", config.path, s.Address)
		if s.Address == config.Mail.Operator {
			f.what, f.warn = "adresse de l’opérateur "+s.Address, false
		}
		found = append(found, f)
	}
	return found, err
}

// examineAccounts warns of pages that others reach and that nobody can sign in to.
func examineAccounts(ctx context.Context, config *config, db *store.DB, _ time.Time) ([]finding, error) {
	lacking, err := lacksAccounts(ctx, config, db)
	if err != nil || !lacking {
		return nil, err
	}
	return []finding{{what: "comptes", warn: true, bad: "aucun n’existe, et les pages s’ouvrent à d’autres machines : personne ne peut y entrer",
		mend: fmt.Sprintf("contredit reviewer add --config %s \"Mme Dupont\"", config.path)}}, nil
}

// lacksAccounts says whether the pages ask other machines for accounts of which there are none.
func lacksAccounts(ctx context.Context, config *config, db *store.DB) (bool, error) {
	if !config.Review.Accounts || config.Review.ProxyHeader != "" || config.Review.reviewListen.Addr().IsLoopback() {
		return false, nil
	}
	all, err := db.Reviewers(ctx)
	return len(all) == 0, err
}

func examineSources(ctx context.Context, config *config, db *store.DB, _ time.Time) (found []finding, err error) {
	for _, s := range config.Sources {
		health, err := db.CrawlArchive().Health(ctx, s.Name)
		if err != nil {
			return nil, err
		}
		f := finding{what: "source « " + s.Name + " »"}
		switch {
		case health.Runs == 0:
			f.warn, f.bad, f.mend = true, "jamais collectée", fmt.Sprintf("contredit crawl --config %s %q", config.path, s.Name)
		case len(health.Alarms) > 0:
			f.bad, f.mend = health.Alarms[0].Sentence, mendingOf(health.Alarms[0].Kind, s, config)
		case health.Error != "":
			f.bad, f.mend = health.Error, "ouvrez l’adresse de la source dans un navigateur"
		case s.Schedule != "" && time.Since(health.LastSuccess) > slowestSource:
			f.bad, f.mend = "pas vue depuis le "+frenchDay(health.LastSuccess.Format(time.DateOnly)), "« contredit run » tourne-t-il ? systemctl status contredit"
		}
		found = append(found, f)
	}
	return found, nil
}

// mendingOf is what to do about an alarm of a source; docs/sources.md says more.
func mendingOf(kind crawler.AlarmKind, s sourceConfig, config *config) string {
	switch {
	case len(s.Start) == 0 || s.Form == "folder":
		return "vérifiez le dossier de la source (« start » dans " + config.path + ") et à qui il est"
	case kind == crawler.AlarmEmpty:
		return fmt.Sprintf("contredit source try %s propose « link » et « include » pour la page comme elle est maintenant", s.Start[0])
	}
	return fmt.Sprintf("ouvrez %s dans un navigateur ; si la source a déménagé, corrigez « start » dans %s, puis : contredit source try ADRESSE", s.Start[0], config.path)
}

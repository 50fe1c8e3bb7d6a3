package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"syscall"
	"time"

	"github.com/robfig/cron/v3"
)

// backupConfig is [backup]: copies of the database that the daemon makes by itself.
type backupConfig struct {
	Folder   string   `toml:"folder"` // "" for none
	Schedule cronSpec `toml:"schedule"`
	Keep     int      `toml:"keep"` // how many; older ones are removed
}

// backupStamp names a copy by its moment in UTC, so that names sort as moments do, also over
// the hour that comes twice in October.
const backupStamp = "contredit-2006-01-02-150405.db"

// backupName is what the daemon may remove: nothing else in the folder is its own.
var backupName = regexp.MustCompile(`^contredit-\d{4}-\d{2}-\d{2}-\d{6}\.db$`)

// backupTrouble names failing copies among what the operator is told.
const backupTrouble = "sauvegarde"

const backupSentence = "La sauvegarde de la base échoue\u00a0: ce qui serait perdu demain n’est gardé nulle part. «\u00a0contredit backup\u00a0» dit pourquoi."

// backupSchedule is when copies are made; nil when none are.
func (c *config) backupSchedule() (cron.Schedule, error) {
	if c.Backup.Folder == "" {
		return nil, nil
	}
	return c.Backup.Schedule.parse(c.Instance.TimeZone.location())
}

// backups lists the copies in the folder, oldest first. A folder that is not there has none.
func backups(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list backups: %w", err)
	}
	var names []string
	for _, e := range entries {
		if e.Type().IsRegular() && backupName.MatchString(e.Name()) {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	return names, nil
}

// lastBackup is when the newest copy was made; zero without one. A copy dated after now was
// made under a wrong clock, and says nothing about today.
func lastBackup(folder string, now time.Time) (time.Time, error) {
	names, err := backups(folder)
	if err != nil {
		return time.Time{}, err
	}
	for _, name := range slices.Backward(names) {
		at, err := time.Parse(backupStamp, name)
		if err == nil && !at.After(now) {
			return at, nil
		}
	}
	return time.Time{}, nil
}

// backUp writes a copy into the folder of [backup] and then removes the oldest ones: a copy
// that fails costs none of those that are there.
func (w *work) backUp(ctx context.Context) (string, error) {
	folder := w.config.resolve(w.config.Backup.Folder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", fmt.Errorf("make the folder of backups: %w", err)
	}
	path := filepath.Join(folder, w.db.Now().UTC().Format(backupStamp))
	if err := w.db.Backup(ctx, path); err != nil {
		return "", err
	}
	names, err := backups(folder)
	if err != nil {
		return path, err
	}
	// Also when copies of the future, made under a wrong clock, look younger than the new one.
	names = slices.DeleteFunc(names, func(name string) bool { return name == filepath.Base(path) })
	for _, old := range names[:max(0, len(names)+1-w.config.Backup.Keep)] {
		if err := os.Remove(filepath.Join(folder, old)); err != nil {
			return path, fmt.Errorf("remove an old backup: %w", err)
		}
	}
	return path, nil
}

// backUpDue makes a copy when one is due since the newest, also after a time in which the
// daemon was down; a folder without copies gets its first one at once.
func (w *work) backUpDue(ctx context.Context) (string, error) {
	when, err := w.config.backupSchedule()
	if err != nil || when == nil {
		return "", err
	}
	now := w.db.Now()
	last, err := lastBackup(w.config.resolve(w.config.Backup.Folder), now)
	if err != nil {
		return "", err
	}
	if !last.IsZero() && when.Next(last).After(now) {
		return "", nil
	}
	return w.backUp(ctx)
}

// backupHint is what to do about a copy that failed, for the log; "" when nothing is known.
func backupHint(err error) string {
	if errors.Is(err, syscall.EROFS) {
		return "the service may write to its own folder alone: systemctl edit contredit, [Service] ReadWritePaths=FOLDER (docs/operate.md, step 2)"
	}
	return hintFor(err)
}

// examineBackups says whether copies are made, and how old the newest is.
func examineBackups(config *config, now time.Time) finding {
	f := finding{what: "sauvegardes"}
	when, err := config.backupSchedule()
	switch {
	case err != nil:
		f.bad, f.mend = err.Error(), "corrigez backup.schedule dans "+config.path
		return f
	case when == nil:
		f.warn, f.bad = true, "aucune n’est prévue"
		f.mend = "donnez un dossier et un calendrier dans [backup], de préférence sur un autre disque"
		return f
	}
	folder := config.resolve(config.Backup.Folder)
	last, err := lastBackup(folder, now)
	switch {
	case err != nil:
		f.bad, f.mend = err.Error(), "vérifiez à qui est le dossier "+folder
	case last.IsZero():
		f.warn, f.bad, f.mend = true, "aucune encore dans "+folder, "« contredit run » fait la première à son démarrage"
	case when.Next(when.Next(last)).Before(now):
		f.bad = "la dernière est du " + frenchDay(last.Format(time.DateOnly))
		f.mend = "« contredit run » tourne-t-il ? « contredit backup " + folder + " » dit ce qui empêche la copie"
	}
	return f
}

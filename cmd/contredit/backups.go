package main

import (
	"context"
	"encoding/json"
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

	"contredit/store"
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
	if err := removeHalfBackups(folder, time.Now().Add(-halfBackupAge)); err != nil {
		return "", err
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

// halfBackup is what a killed process leaves of a copy; one that is being written changes all the time.
var halfBackup = regexp.MustCompile(`^contredit-\d{4}-\d{2}-\d{2}-\d{6}\.db\.new(-journal)?$`)

const halfBackupAge = time.Hour

// removeHalfBackups removes what was not written to since a moment: it holds the whole database, or part of it.
func removeHalfBackups(folder string, since time.Time) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("list backups: %w", err)
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || !halfBackup.MatchString(e.Name()) {
			continue
		}
		info, err := e.Info()
		if err != nil || info.ModTime().After(since) {
			continue // gone meanwhile, or somebody's at work
		}
		if err := os.Remove(filepath.Join(folder, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove half a backup: %w", err)
		}
	}
	return nil
}

// backUpDue makes a copy when one is due since the newest, also after a time in which the
// daemon was down; a folder without copies gets its first one at once.
func (w *work) backUpDue(ctx context.Context) (string, error) {
	when, err := w.config.backupSchedule()
	if err != nil || when == nil {
		return "", err
	}
	now := w.db.Now()
	var path string
	last, err := lastBackup(w.config.resolve(w.config.Backup.Folder), now)
	if err == nil && !last.IsZero() && when.Next(last).After(now) {
		return "", nil
	}
	if err == nil {
		path, err = w.backUp(ctx)
	}
	if ctx.Err() == nil {
		w.noteBackup(ctx, err)
	}
	return path, err
}

// backupState is how the last scheduled copies failed; zero when the last one was made.
type backupState struct {
	Since time.Time // the first failure in a row
	At    time.Time // the last one
	Error string
}

// backupSetting keeps the backupState.
const backupSetting = "backup failing"

// noteBackup keeps how a copy ended, for doctor, status and the metrics. What cannot be kept, on a full disk for
// instance, is in the log all the same.
func (w *work) noteBackup(ctx context.Context, failed error) {
	state, err := backupStateOf(ctx, w.db)
	switch {
	case err != nil:
	case failed != nil:
		state.At, state.Error = w.db.Now().UTC(), oneLine(failed.Error())
		if state.Since.IsZero() {
			state.Since = state.At
		}
		var text []byte
		if text, err = json.Marshal(state); err == nil {
			err = w.db.SaveSetting(ctx, backupSetting, string(text))
		}
	case state.Error != "":
		err = w.db.SaveSetting(ctx, backupSetting, "")
	}
	if err != nil {
		w.logger.Error("note how the backup ended", "error", err)
	}
}

func backupStateOf(ctx context.Context, db *store.DB) (backupState, error) {
	var state backupState
	text, err := db.Setting(ctx, backupSetting)
	if err != nil || text == "" {
		return state, err
	}
	if err := json.Unmarshal([]byte(text), &state); err != nil {
		return state, fmt.Errorf("read how backups failed: %w", err)
	}
	return state, nil
}

// backupAge is the age of the newest copy; without one, the time since copies fail, and before the first try
// since known, when this process began. What never worked must not look fresh.
func backupAge(folder string, state backupState, known, now time.Time) (time.Duration, error) {
	last, err := lastBackup(folder, now)
	if last.IsZero() {
		if last = known; !state.Since.IsZero() {
			last = state.Since
		}
	}
	return now.Sub(last), err
}

// sayBackups is the line of « status » about copies.
func sayBackups(ctx context.Context, t terminal, db *store.DB, config *config, now time.Time) error {
	if config.Backup.Folder == "" {
		fmt.Fprintln(t.out, "sauvegardes\u00a0: aucune n’est prévue")
		return nil
	}
	state, err := backupStateOf(ctx, db)
	if err != nil {
		return err
	}
	loc := config.Instance.TimeZone.location()
	last, err := lastBackup(config.resolve(config.Backup.Folder), now)
	switch {
	case err != nil:
		fmt.Fprintf(t.out, "sauvegardes\u00a0: %v\n", err)
	case last.IsZero():
		fmt.Fprintln(t.out, "sauvegardes\u00a0: aucune encore")
	default:
		fmt.Fprintf(t.out, "sauvegardes\u00a0: la dernière du %s\n", frenchMoment(last.In(loc)))
	}
	if state.Error != "" {
		fmt.Fprintf(t.out, "    la dernière tentative, du %s, a échoué\u00a0: %s\n", frenchMoment(state.At.In(loc)), state.Error)
	}
	return nil
}

// backupHint is what to do about a copy that failed, for the log; "" when nothing is known.
func backupHint(err error) string {
	if errors.Is(err, syscall.EROFS) {
		return "the service may write to its own folder alone: systemctl edit contredit, [Service] ReadWritePaths=FOLDER (docs/operate.md, step 2)"
	}
	return hintFor(err)
}

// examineBackups says whether copies are made, how old the newest is, and whether they outlive the disk.
func examineBackups(config *config, state backupState, now time.Time) finding {
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
	case state.Error != "":
		f.bad = fmt.Sprintf("la dernière tentative (%s) a échoué : %s", frenchMoment(state.At.In(config.Instance.TimeZone.location())), state.Error)
		f.mend = "réparez cela, puis « contredit backup " + folder + " » dit si la copie se fait ; sous systemd, le service n’écrit que là où ReadWritePaths le permet (docs/operate.md)"
	case last.IsZero():
		f.warn, f.bad, f.mend = true, "aucune encore dans "+folder, "« contredit run » fait la première à son démarrage"
	case when.Next(when.Next(last)).Before(now):
		f.bad = "la dernière est du " + frenchDay(last.Format(time.DateOnly))
		f.mend = "« contredit run » tourne-t-il ? « contredit backup " + folder + " » dit ce qui empêche la copie"
	case sameDisk(folder, filepath.Dir(config.Instance.Database)):
		f.warn, f.bad = true, folder+" est sur le même disque que la base : les copies ne lui survivent pas"
		f.mend = "donnez un dossier d’un autre disque ; s’il devait y être, ce disque n’est pas monté : findmnt --target " + folder
	}
	return f
}

// sameDisk says whether two folders stand on one file system. A folder that is not there yet stands where the
// nearest one above it does.
func sameDisk(a, b string) bool {
	deviceA, okA := deviceOf(a)
	deviceB, okB := deviceOf(b)
	return okA && okB && deviceA == deviceB
}

func deviceOf(folder string) (device uint64, ok bool) {
	for {
		info, err := os.Stat(folder)
		if err == nil {
			stat, ok := info.Sys().(*syscall.Stat_t)
			if !ok {
				return 0, false
			}
			return uint64(stat.Dev), true
		}
		up := filepath.Dir(folder)
		if !errors.Is(err, fs.ErrNotExist) || up == folder {
			return 0, false
		}
		folder = up
	}
}

package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"contredit/document/ocr"
)

// finding is one thing that doctor looked at.
type finding struct {
	what string // what was looked at
	bad  string // what is wrong with it; "" when nothing
	mend string // what to do
	warn bool   // worth knowing, and no failure
}

// leastDisk is the free space under which a database that grows is in danger.
const leastDisk = 1 << 30 // bytes

// slowestSource is how long a scheduled source may go unseen before doctor says so.
const slowestSource = 14 * 24 * time.Hour

func runDoctor(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	if _, err := o.parse(args, 0, 0); err != nil {
		return err
	}
	config, err := where.config()
	if err != nil {
		return usageError{err} // names file, line, key and what is allowed
	}
	findings := []finding{{what: "configuration " + config.path}}
	findings = append(findings, examineFiles(config)...)
	findings = append(findings, examineDisk(config), examineListen(config))
	if config.Engine.Workers > 1 {
		findings = append(findings, examineWorkers(config, runtime.NumCPU()))
	}
	if config.Engine.OCR {
		findings = append(findings, examineOCR(ctx))
	}
	if len(config.Digests) > 0 || config.Mail.Operator != "" {
		findings = append(findings, examineMail(ctx, config))
	}
	found, err := examineDatabase(ctx, config)
	if err != nil {
		return err
	}
	findings = append(findings, found...)
	if found, err = examineRobots(ctx, config); err != nil {
		return err
	}
	findings = append(findings, found...)
	bad := 0
	for _, f := range findings {
		switch {
		case f.bad == "":
			fmt.Fprintf(t.out, "bon      %s\n", f.what)
			continue
		case f.warn:
			fmt.Fprintf(t.out, "attention %s : %s\n", f.what, f.bad)
		default:
			fmt.Fprintf(t.out, "mauvais  %s : %s\n", f.what, f.bad)
			bad++
		}
		wrapText(t.out, "         → ", f.mend)
	}
	if bad > 0 {
		t.say("%d chose(s) à réparer", bad)
		return errQuiet
	}
	return nil
}

// examineFiles looks at the secrets: nobody else may read them.
func examineFiles(config *config) []finding {
	var found []finding
	for key, path := range sorted(map[string]string{"mail.password_file": config.Mail.PasswordFile, "engine.judge_key_file": config.Engine.JudgeKey,
		"review.secret_file": config.Review.SecretFile}) {
		if path == "" {
			continue
		}
		path = config.resolve(path)
		f := finding{what: key}
		info, err := os.Stat(path)
		switch {
		case err != nil:
			f.bad, f.mend = err.Error(), "créez ce fichier, lisible par contredit seul : install -m 600 /dev/null "+path
		case info.Mode().Perm()&0o077 != 0:
			f.bad, f.mend = fmt.Sprintf("d’autres que son propriétaire y ont accès (%v)", info.Mode().Perm()), "chmod 600 "+path
		}
		found = append(found, f)
	}
	return found
}

func examineDisk(config *config) finding {
	dir := filepath.Dir(config.Instance.Database)
	f := finding{what: "place sur le disque"}
	free, err := freeBytes(dir)
	if err != nil {
		f.bad, f.mend = err.Error(), "créez le dossier "+dir
		return f
	}
	if free < leastDisk {
		f.bad, f.mend = fmt.Sprintf("%.1f Go libres", float64(free)/1e9), "libérez de la place, ou déplacez la base par « contredit backup » puis « restore »"
	}
	return f
}

// freeBytes is the space that this account may still fill.
func freeBytes(dir string) (int64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, fmt.Errorf("measure the free space of %s: %w", dir, err)
	}
	return int64(s.Bavail) * int64(s.Bsize), nil
}

func examineListen(config *config) finding {
	f := finding{what: "pages de relecture sur " + config.Review.Listen}
	listener, err := net.Listen("tcp", config.Review.Listen)
	if err != nil {
		f.warn, f.bad = true, "le port est pris"
		f.mend = "c’est normal si « contredit run » tourne ; sinon changez review.listen"
		return f
	}
	if err := listener.Close(); err != nil {
		f.bad, f.mend = err.Error(), "changez review.listen"
	}
	return f
}

// examineWorkers compares the worker processes with the machine: more than it has cores wait for one another,
// and each holds an index of all records in memory.
func examineWorkers(config *config, cores int) finding {
	f := finding{what: fmt.Sprintf("%d processus de travail", config.Engine.Workers)}
	if config.Engine.Workers > cores {
		f.warn, f.bad = true, fmt.Sprintf("plus que les %d cœur(s) de la machine", cores)
		f.mend = fmt.Sprintf("engine.workers = %d : davantage ne va pas plus vite, et chacun tient en mémoire son index des comptes rendus", cores)
	}
	return f
}

func examineOCR(ctx context.Context) finding {
	f := finding{what: "lecture des pages numérisées (tesseract)"}
	if err := ocr.Find(ctx); err != nil {
		f.bad, f.mend = "tesseract ou son français n’est pas installé", "apt-get install tesseract-ocr tesseract-ocr-fra, ou engine.ocr = false"
	}
	return f
}

// examineMail connects to the mail server, or writes to the folder of mails; nothing is sent.
func examineMail(ctx context.Context, config *config) finding {
	f := finding{what: "courrier : " + config.Mail.Server}
	if config.Mail.Server == "" {
		f.what = "courrier : fichiers de " + config.resolve(config.Mail.Folder)
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	if err := checkMail(ctx, config); err != nil {
		f.bad, f.mend = err.Error(), "vérifiez mail.server, mail.security, mail.user et le fichier du mot de passe ; ce qui attend partira de soi-même une fois le serveur joint"
	}
	return f
}

package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"contredit/digest"
	"contredit/store"
)

func runDigest(ctx context.Context, t terminal, c command, args []string) (err error) {
	o := newOptions(t, c)
	var where place
	where.flags(o)
	format := o.String("format", "text", "preview: text, html or eml")
	open := o.Bool("open", false, "preview: show it in the browser")
	retry := o.Bool("retry", false, "send: try at once what waits for its next attempt")
	dry := o.Bool("dry-run", false, "send: say who would get what, and send nothing")
	rest, err := o.parse(args, 1, 3)
	if err != nil {
		return err
	}
	if len(rest) == 3 && rest[0] != "resume" {
		return wrongUsage("digest %s takes one name at most", rest[0])
	}
	config, db, err := where.openExisting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	w := &work{config: config, db: db, t: t, logger: loggerTo(t)}
	name := ""
	if len(rest) > 1 {
		name = rest[1]
	}
	switch rest[0] {
	case "list":
		return w.listDigests(ctx)
	case "preview":
		return w.previewDigest(ctx, name, *format, *open)
	case "send":
		return w.sendDigests(ctx, name, *dry, *retry)
	case "outbox":
		return w.listOutbox(ctx)
	case "resume":
		if name == "" {
			return wrongUsage("digest resume takes an address")
		}
		return w.resume(ctx, name, rest[2:])
	}
	return withHint(wrongUsage("digest %s is not known", rest[0]), "allowed: list, preview, send, outbox, resume")
}

// resume takes back what stops the mail to an address: of the digest named, else the suspension of the
// address for all of them.
func (w *work) resume(ctx context.Context, address string, digests []string) error {
	of := ""
	if len(digests) > 0 {
		of = digests[0]
	}
	stopped, err := w.db.StoppedMails(ctx)
	if err != nil {
		return err
	}
	var stops []string // of this address
	at := -1
	for i, s := range stopped {
		if !strings.EqualFold(s.Address, address) {
			continue
		}
		stops = append(stops, cmp.Or(s.Digest, "all digests"))
		if strings.EqualFold(s.Digest, of) {
			at = i
		}
	}
	switch {
	case len(stops) == 0:
		return withHint(fmt.Errorf("the mail to %s is not stopped", address), "« contredit digest list » names whose is; addresses come from the configuration")
	case at < 0:
		return withHint(fmt.Errorf("the mail to %s is stopped for: %s", address, strings.Join(stops, "; ")),
			"« contredit digest resume %s NAME » takes back one digest, and without a name the suspension for all", address)
	}
	waiting, err := w.db.ResumeMail(ctx, stopped[at].Address, stopped[at].Digest)
	if err != nil {
		return err
	}
	w.t.say("%s reçoit de nouveau %s ; %d courriel(s) l’attendent.", stopped[at].Address, cmp.Or(stopped[at].Digest, "les bulletins"), waiting)
	return nil
}

func (w *work) listDigests(ctx context.Context) error {
	now := w.db.Now()
	for _, d := range w.config.Digests {
		news, err := w.newsOf(ctx, d)
		if err != nil {
			return err
		}
		fmt.Fprintf(w.t.out, "%s\n    %d destinataire(s), %d paire(s) dans ses filtres\n", d.Name, len(d.Recipients), len(news))
		if when, err := d.Schedule.parse(w.zoneOf(d)); err == nil && when != nil {
			fmt.Fprintf(w.t.out, "    prochain envoi le %s\n", frenchMoment(jitter(when, d.Name, mostJitter).Next(now).In(w.zoneOf(d))))
		} else {
			fmt.Fprintf(w.t.out, "    pas de calendrier\u00a0: seulement par «\u00a0contredit digest send\u00a0»\n")
		}
		if err := w.sayMutes(ctx, d); err != nil {
			return err
		}
	}
	stopped, err := w.db.StoppedMails(ctx)
	if err != nil {
		return err
	}
	for _, s := range stopped {
		fmt.Fprintf(w.t.out, "%s ne reçoit plus rien%s depuis le %s\u00a0: %s\n", s.Address, ofDigest(s.Digest), frenchMoment(s.At.In(w.config.Instance.TimeZone.location())), s.Reason)
	}
	return nil
}

func ofDigest(name string) string {
	if name == "" {
		return ""
	}
	return " de «\u00a0" + name + "\u00a0»"
}

// chosenDigests are the one named, or all of them.
func (w *work) chosenDigests(name string) ([]digestConfig, error) {
	if name == "" && len(w.config.Digests) > 0 {
		return w.config.Digests, nil
	}
	d, err := w.digestNamed(name)
	return []digestConfig{d}, err
}

func (w *work) previewDigest(ctx context.Context, name, format string, open bool) error {
	chosen, err := w.chosenDigests(name)
	if err != nil {
		return err
	}
	d := chosen[0]
	if len(d.Recipients) == 0 {
		d.Recipients = []string{"lecteur@localhost.localdomain"}
	}
	list, err := w.issues(ctx, d, runName(w.db.Now()))
	if err != nil {
		return err
	}
	if len(list) == 0 {
		w.t.say("«\u00a0%s\u00a0» n’aurait rien à dire\u00a0: aucune paire nouvelle dans ses filtres%s.", d.Name, archiveHint(d))
		return nil
	}
	mail := digest.Mail{Letter: list[0].Letter, Run: list[0].Run, Recipient: list[0].Recipients[0]}
	text, html, err := digest.Compose(mail.Letter, digest.Links{})
	if err != nil {
		return err
	}
	if open {
		return w.openPreview(html)
	}
	switch format {
	case "text":
		_, err = fmt.Fprint(w.t.out, text)
	case "html":
		_, err = fmt.Fprint(w.t.out, html)
	case "eml":
		message, werr := digest.Writer{From: senderOf(w.config)}.Write(mail)
		if werr != nil {
			return werr
		}
		_, err = message.WriteTo(w.t.out)
	default:
		return wrongUsage("--format %q is not known; allowed: text, html, eml", format)
	}
	return err
}

func archiveHint(d digestConfig) string {
	if d.Archive {
		return ""
	}
	return " (celles de la première collecte n’y entrent pas, sauf avec «\u00a0archive = true\u00a0»)"
}

// openPreview writes the page to a file of its own and asks the desktop to show it.
func (w *work) openPreview(html string) error {
	folder, err := os.MkdirTemp("", "contredit-apercu-")
	if err != nil {
		return fmt.Errorf("make a folder for the preview: %w", err)
	}
	path := filepath.Join(folder, "bulletin.html")
	if err := os.WriteFile(path, []byte(html), 0o600); err != nil {
		return fmt.Errorf("write the preview: %w", err)
	}
	w.t.say("Aperçu\u00a0: %s", path)
	viewer := "xdg-open"
	if runtime.GOOS == "darwin" {
		viewer = "open"
	}
	if err := exec.Command(viewer, path).Run(); err != nil {
		w.t.say("Aucun navigateur n’a pu être ouvert (%v)\u00a0: ouvrez ce fichier vous-même.", err)
	}
	return nil
}

func (w *work) sendDigests(ctx context.Context, name string, dry, retry bool) error {
	chosen, err := w.chosenDigests(name)
	if err != nil {
		return err
	}
	for _, d := range chosen {
		run := runName(w.db.Now())
		if dry {
			if err := w.sayIssues(ctx, d, run); err != nil {
				return err
			}
			continue
		}
		queued, err := w.queue(ctx, d, run)
		if err != nil {
			return err
		}
		w.t.say("%s\u00a0: %d courriel(s) à envoyer", d.Name, queued)
	}
	if dry {
		return nil
	}
	lock, err := lockDatabase(ctx, w.config, w.db)
	if err != nil {
		return withHint(err, "the daemon is running: it sends what was just queued within a minute")
	}
	if retry {
		err = w.db.RetryMails(ctx)
	}
	var d digest.Delivery
	if err == nil {
		d, err = w.deliver(ctx)
	}
	if err == nil {
		err = w.watch(ctx)
	}
	var counts map[digest.State]int
	if err == nil {
		counts, err = w.db.CountMails(ctx) // what was not tried for the server's fault waits too
	}
	err = errors.Join(err, lock.Release())
	if err != nil {
		return err
	}
	w.t.say("%d envoyé(s), %d en attente, %d refusé(s)%s%s", d.Sent, counts[digest.StateQueued], len(d.Refused), withdrawnOf(d), w.deliveredTo())
	if d.Trouble != nil {
		return withHint(fmt.Errorf("not everything went out: %w", d.Trouble), "what waits is tried again by itself; « contredit digest outbox » lists it")
	}
	return nil
}

func withdrawnOf(d digest.Delivery) string {
	if d.Withdrawn == 0 {
		return ""
	}
	return fmt.Sprintf(", %d retiré(s), «\u00a0contredit digest outbox\u00a0» dit pourquoi", d.Withdrawn)
}

func (w *work) deliveredTo() string {
	if w.config.Mail.Server == "" {
		return " ; aucun serveur n’est configuré, les courriels sont des fichiers de " + w.config.resolve(w.config.Mail.Folder)
	}
	return ""
}

func (w *work) sayIssues(ctx context.Context, d digestConfig, run string) error {
	list, err := w.issues(ctx, d, run)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		fmt.Fprintf(w.t.out, "%s\u00a0: rien à envoyer\n", d.Name)
	}
	stopped, err := w.db.StoppedMails(ctx)
	if err != nil {
		return err
	}
	told := map[string]bool{} // as in the outbox, one mail a run
	for _, issue := range list {
		fmt.Fprintln(w.t.out, digest.Subject(issue.Letter))
		w.sayRecipients(issue, stopped, told)
		for _, item := range issue.Letter.Items {
			fmt.Fprintf(w.t.out, "    %s  %s\n", item.ID, item.Kind)
		}
	}
	return nil
}

// sayRecipients says who would get an issue and who would not, each once.
func (w *work) sayRecipients(issue digest.Issue, stopped []store.StoppedMail, told map[string]bool) {
	var get, not []string
	for _, r := range issue.Recipients {
		if told[r] {
			continue
		}
		told[r] = true
		i := slices.IndexFunc(stopped, func(s store.StoppedMail) bool {
			return s.Address == r && (s.Digest == "" || s.Digest == issue.Letter.Digest)
		})
		if i < 0 {
			get = append(get, r)
			continue
		}
		not = append(not, fmt.Sprintf("    pas à %s, suspendu le %s\u00a0: %s", r, frenchMoment(stopped[i].At.In(w.config.Instance.TimeZone.location())), oneLine(stopped[i].Reason)))
	}
	fmt.Fprintf(w.t.out, "    à %s\n", cmp.Or(strings.Join(get, ", "), "personne"))
	for _, line := range not {
		fmt.Fprintln(w.t.out, line)
	}
}

func (w *work) listOutbox(ctx context.Context) error {
	mails, err := w.db.Outbox(ctx, 200)
	if err != nil {
		return err
	}
	list, err := w.db.DroppedItems(ctx, 1000)
	if err != nil {
		return err
	}
	dropped := map[int64][]store.DroppedItem{}
	for _, d := range list {
		if d.Item != "" { // of the mail itself its answer says it
			dropped[d.Mail] = append(dropped[d.Mail], d)
		}
	}
	zone := w.config.Instance.TimeZone.location()
	for _, m := range mails {
		fmt.Fprintf(w.t.out, "%d  %s  %s  à %s  %s\n", m.ID, stateNames[m.State], m.Digest, m.Recipient, frenchMoment(m.Queued.In(zone)))
		switch {
		case m.State == digest.StateQueued && m.Attempts > 0:
			fmt.Fprintf(w.t.out, "    %d essai(s), prochain le %s\u00a0: %s\n", m.Attempts, frenchMoment(m.NotBefore.In(zone)), oneLine(m.Answer))
		case m.State == digest.StateRefused || m.State == digest.StateWithdrawn:
			fmt.Fprintf(w.t.out, "    %s\n", oneLine(m.Answer))
		}
		for _, d := range dropped[m.ID] {
			fmt.Fprintf(w.t.out, "    sans %s\u00a0: %s\n", d.Item, d.Reason)
		}
	}
	return nil
}

var stateNames = map[digest.State]string{
	digest.StateQueued: "en attente", digest.StateSent: "envoyé", digest.StateRefused: "refusé", digest.StateWithdrawn: "retiré",
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// sayMails is the outbox in a line or two, for « status ».
func sayMails(ctx context.Context, t terminal, db *store.DB, operator string) error {
	stopped, err := db.MailIsStopped(ctx, operator, operatorDigest)
	if err != nil {
		return err
	}
	if stopped {
		fmt.Fprintf(t.out, "l’adresse de l’opérateur est suspendue, ses alertes attendent\u00a0; corrigez-la, puis\u00a0: contredit digest resume %s\n", operator)
	}
	counts, err := db.CountMails(ctx)
	if err != nil {
		return err
	}
	var parts []string
	for _, s := range []digest.State{digest.StateQueued, digest.StateSent, digest.StateRefused, digest.StateWithdrawn} {
		if n := counts[s]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, stateNames[s]))
		}
	}
	if len(parts) > 0 {
		fmt.Fprintf(t.out, "courriels\u00a0: %s\n", strings.Join(parts, ", "))
	}
	all, err := db.StoppedMails(ctx)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.Digest == "" {
			fmt.Fprintf(t.out, "    suspendu\u00a0: %s (%s dans le journal), %s\n", s.Address, addressTag(s.Address), oneLine(s.Reason))
		}
	}
	waiting, err := db.Outbox(ctx, 1)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(waiting, func(m store.OutboxMail) bool { return m.State == digest.StateQueued && m.Answer != "" }); i >= 0 {
		fmt.Fprintf(t.out, "    le plus ancien attend\u00a0: %s\n", oneLine(waiting[i].Answer))
	}
	return nil
}

// writeDigests is the demo's: it queues every digest and writes its mails as files, and says where.
func (w *work) writeDigests(ctx context.Context, run string) error {
	for _, d := range w.config.Digests {
		if _, err := w.queue(ctx, d, run); err != nil {
			return err
		}
	}
	sent, err := w.deliver(ctx)
	if err != nil {
		return err
	}
	if sent.Sent > 0 {
		w.t.say("\n%d bulletin(s) dans %s", sent.Sent, w.config.resolve(w.config.Mail.Folder))
	}
	return sent.Trouble
}

// checkMail is doctor's: it connects to the mail server without sending anything.
func checkMail(ctx context.Context, c *config) error {
	mailer, err := newMailer(c)
	if err != nil {
		return err
	}
	switch m := mailer.(type) {
	case digest.SMTP:
		return m.Check(ctx)
	case digest.Folder:
		var probe bytes.Buffer
		probe.WriteString("contredit\n")
		path := filepath.Join(string(m), ".essai")
		if err := os.MkdirAll(string(m), 0o700); err != nil {
			return fmt.Errorf("make the folder of mails: %w", err)
		}
		if err := os.WriteFile(path, probe.Bytes(), 0o600); err != nil {
			return fmt.Errorf("write to the folder of mails: %w", err)
		}
		return os.Remove(path)
	}
	return nil
}

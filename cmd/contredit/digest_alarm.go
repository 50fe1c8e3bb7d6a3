package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"contredit/digest"
)

// operatorDigest names the operator's own mails in the outbox; no digest may be called so.
const operatorDigest = "alertes"

// tellOperator queues a mail to the operator, once for a name. It returns false when nothing can be
// told for now, since the operator's address is suspended.
func (w *work) tellOperator(ctx context.Context, name string, sentences []string) (told bool, err error) {
	if w.config.Mail.Operator == "" || len(sentences) == 0 {
		return true, nil
	}
	now := w.db.Now()
	letter := digest.Letter{
		Digest: operatorDigest, Instance: w.config.Instance.Name, Language: "fr", Day: now.In(w.config.Instance.TimeZone.location()).Format(time.DateOnly),
		Pages: w.pagesURL(), Alarms: sentences, Written: now.UTC().Truncate(time.Second),
	}
	n, err := w.db.QueueIssue(ctx, digest.Issue{Letter: letter, Run: name, Recipients: []string{w.config.Mail.Operator}}, now)
	if err != nil || n > 0 {
		return true, err
	}
	// Nothing was queued: this was told before a kill, or nobody can be told.
	stopped, err := w.db.MailIsStopped(ctx, w.config.Mail.Operator, operatorDigest)
	if stopped {
		w.logger.Warn("the operator's address is suspended: alarms wait", "address", addressTag(w.config.Mail.Operator), "waiting", strings.Join(sentences, " "))
	}
	return !stopped, err
}

// trouble is something that is wrong. It is kept before it is told, so that a kill between the
// two neither loses the mail nor writes it twice: one name and moment have one mail.
type trouble struct {
	Sentence string
	Since    string // moment, as runs are named
	Told     bool
}

// troublesKey is the setting that keeps what is wrong, by name.
const troublesKey = "operator troubles"

// watch tells the operator what began to be wrong with the sources, the disk, the mails and
// their addresses, and what ended, each once.
func (w *work) watch(ctx context.Context) error {
	wrong := map[string]string{}
	if examineDisk(w.config).bad != "" {
		wrong["disque"] = "Le disque de la base se remplit. Libérez de la place avant que la collecte ne s’arrête."
	}
	// The operator's own mails do not count: the one that tells of it would end it.
	stubborn, err := w.db.StubbornMails(ctx, stubbornAfter, w.db.Now().Add(-stubbornSince), operatorDigest)
	if err != nil {
		return err
	}
	if stubborn > 0 {
		wrong["courrier"] = "Le serveur de courrier ne prend pas les messages. Rien n’est perdu\u00a0: «\u00a0contredit digest outbox\u00a0» dit pourquoi."
	}
	sources, err := w.db.SourceHealth(ctx)
	if err != nil {
		return err
	}
	for _, h := range sources {
		if !slices.ContainsFunc(w.followed(), func(s sourceConfig) bool { return s.Name == h.Source }) {
			continue // no longer followed
		}
		for _, a := range h.Alarms {
			wrong[sourceTrouble+h.Source+" "+string(a.Kind)] = a.Sentence
		}
	}
	stopped, err := w.db.StoppedMails(ctx)
	if err != nil {
		return err
	}
	for _, s := range stopped {
		if s.Digest == "" && s.Address != w.config.Mail.Operator {
			wrong[addressTrouble+s.Address] = fmt.Sprintf("Le courrier pour %s est suspendu\u00a0: %s. Corrigez l’adresse, puis\u00a0: contredit digest resume %s", s.Address, oneLine(s.Reason), s.Address)
		}
	}
	return w.troubles(ctx, wrong, func(name string) bool {
		return name == "disque" || name == "courrier" || strings.HasPrefix(name, sourceTrouble) || strings.HasPrefix(name, addressTrouble)
	})
}

// What is wrong with sources and addresses has names that begin so.
const (
	sourceTrouble  = "source "
	addressTrouble = "adresse "
)

// The operator is told when a mail has failed so often, or waits in vain since so long: five attempts
// take half an hour.
const (
	stubbornAfter = 5
	stubbornSince = 31 * time.Minute
)

// alarm tells the operator when one thing begins to be wrong and when it ends, each once.
func (w *work) alarm(ctx context.Context, name string, wrong bool, sentence string) error {
	now := map[string]string{}
	if wrong {
		now[name] = sentence
	}
	return w.troubles(ctx, now, func(n string) bool { return n == name })
}

// troubles compares what is wrong now, by name, with what was; looked says which names were
// looked at. What begins together is one mail, and so is what ends together.
func (w *work) troubles(ctx context.Context, now map[string]string, looked func(string) bool) error {
	if w.config.Mail.Operator == "" {
		return nil // and nothing counts as told: who is named later hears of what is wrong then
	}
	kept, before, err := w.keptTroubles(ctx)
	if err != nil {
		return err
	}
	moment := runName(w.db.Now())
	for name, sentence := range now {
		if _, known := kept[name]; !known {
			kept[name] = trouble{Sentence: sentence, Since: moment}
		}
	}
	if before, err = w.saveTroubles(ctx, kept, before); err != nil {
		return err
	}
	begun := map[string][]string{} // by the moment: what was not told before a kill has another
	var ended, runs, sentences []string
	for _, name := range slices.Sorted(maps.Keys(kept)) {
		t := kept[name]
		_, wrong := now[name]
		switch {
		case !t.Told:
			begun[t.Since] = append(begun[t.Since], name)
		case looked(name) && !wrong:
			ended = append(ended, name)
			runs = append(runs, name+" "+t.Since)
			sentences = append(sentences, "C’est terminé\u00a0: "+t.Sentence)
		}
	}
	told, err := w.tellOperator(ctx, strings.Join(runs, ", ")+" ended", sentences)
	if err != nil {
		return err
	}
	if told {
		for _, name := range ended {
			delete(kept, name)
		}
	}
	for _, since := range slices.Sorted(maps.Keys(begun)) {
		if err := w.tellBegun(ctx, kept, begun[since], since); err != nil {
			return err
		}
	}
	_, err = w.saveTroubles(ctx, kept, before)
	return err
}

// tellBegun tells what began at one moment, and notes that it was told when it was.
func (w *work) tellBegun(ctx context.Context, kept map[string]trouble, names []string, since string) error {
	var sentences []string
	for _, name := range names {
		sentences = append(sentences, kept[name].Sentence)
	}
	told, err := w.tellOperator(ctx, strings.Join(names, ", ")+" "+since, sentences)
	if err != nil {
		return err
	}
	for _, name := range names {
		t := kept[name]
		t.Told = told
		kept[name] = t
	}
	return nil
}

// keptTroubles reads what was wrong, and its text as it is kept.
func (w *work) keptTroubles(ctx context.Context) (map[string]trouble, string, error) {
	kept := map[string]trouble{}
	text, err := w.db.Setting(ctx, troublesKey)
	if err != nil || text == "" {
		return kept, "{}", err
	}
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return nil, "", fmt.Errorf("read what was wrong: %w", err)
	}
	return kept, text, nil
}

// saveTroubles writes what is wrong when that changed, and returns its text.
func (w *work) saveTroubles(ctx context.Context, kept map[string]trouble, before string) (string, error) {
	text, err := json.Marshal(kept)
	if err != nil {
		return before, fmt.Errorf("keep what is wrong: %w", err)
	}
	if string(text) == before {
		return before, nil
	}
	return string(text), w.db.SaveSetting(ctx, troublesKey, string(text))
}

package main

import (
	"context"
	"slices"
	"sync"

	"contredit/digest"
	"contredit/store"
)

// recheck looks, right before a mail is handed over, whether what it was queued with may still be
// told to this reader. A round of sending has one.
func (w *work) recheck() func(context.Context, digest.Mail) (digest.Rechecked, error) {
	r := &rechecker{work: w, agendas: map[string]comingAgenda{}}
	return r.mail
}

type rechecker struct {
	*work
	mutex   sync.Mutex // mails and hooks leave at the same time
	agendas map[string]comingAgenda
}

// comingAgenda is what a digest « before the session » may tell now.
type comingAgenda struct {
	points map[string]bool // by their keys
	claims map[string]bool // by their ids
}

func (r *rechecker) mail(ctx context.Context, m digest.Mail) (digest.Rechecked, error) {
	now := digest.Rechecked{Letter: m.Letter}
	if m.Letter.Digest == operatorDigest {
		if m.Recipient != r.config.Mail.Operator {
			now.Withdraw = m.Recipient + " n’est plus l’opérateur de la configuration"
		}
		return now, nil
	}
	d, ok := r.digestOf(m.Letter.Digest)
	switch {
	case !ok:
		now.Withdraw = "«\u00a0" + m.Letter.Digest + "\u00a0» n’est plus dans la configuration"
		return now, nil
	case !slices.Contains(d.Recipients, m.Recipient):
		now.Withdraw = m.Recipient + " n’est plus parmi les destinataires de «\u00a0" + d.Name + "\u00a0»"
		return now, nil
	}
	if err := r.items(ctx, d, m.Recipient, &now); err != nil {
		return now, err
	}
	if len(m.Letter.Agenda) > 0 {
		agenda, err := r.agendaNow(ctx, d)
		if err != nil {
			return now, err
		}
		now.Dropped = append(now.Dropped, agenda.notIn(m.Letter.Agenda)...)
	}
	followed, err := r.followedNow(ctx, d, m.Letter.Since)
	if err != nil {
		return now, err
	}
	now.Dropped = append(now.Dropped, followed...)
	gone := map[string]bool{}
	for _, drop := range now.Dropped {
		gone[drop.Item] = true
	}
	now.Letter = now.Letter.Without(gone)
	if now.Letter.Empty() && len(now.Dropped) > 0 {
		now.Withdraw = now.Dropped[0].Reason
	}
	return now, nil
}

// digestOf finds what a letter was written for by the name it has in the outbox.
func (w *work) digestOf(name string) (digestConfig, bool) {
	digests, hooks := w.readers()
	for _, h := range hooks {
		digests = append(slices.Clip(digests), h.asDigest())
	}
	i := slices.IndexFunc(digests, func(d digestConfig) bool { return d.Name == name })
	if i < 0 {
		return digestConfig{}, false
	}
	return digests[i], true
}

// items reads the pairs of a letter again, and says which of them are left out.
func (r *rechecker) items(ctx context.Context, d digestConfig, recipient string, now *digest.Rechecked) error {
	if len(now.Letter.Items) == 0 {
		return nil
	}
	ids := make([]string, len(now.Letter.Items))
	for i, item := range now.Letter.Items {
		ids[i] = item.ID
	}
	filter := r.newsFilter(d)
	filter.IDs = ids // a later sitting makes an earlier one no less true
	allowed, err := r.db.News(ctx, filter)
	if err != nil {
		return err
	}
	muted, err := r.mutedFlags(ctx, d.Name, recipient, ids)
	if err != nil {
		return err
	}
	flags, err := r.db.NewsOf(ctx, ids)
	if err != nil {
		return err
	}
	read := map[string]store.StoredLink{}
	for _, l := range flags {
		read[l.ID] = l
	}
	items := slices.Clone(now.Letter.Items)
	for i, item := range items {
		if muted[recipient][item.ID] {
			now.Dropped = append(now.Dropped, digest.Drop{Item: item.ID, Reason: "ce lecteur a dit «\u00a0pas pour moi\u00a0»"})
			continue
		}
		l, there := read[item.ID]
		if slices.Contains(allowed, item.ID) {
			if items[i], err = r.itemOf(ctx, l, now.Letter.Pages); err != nil { // its state may be another one by now
				return err
			}
			continue
		}
		reason, err := r.whyNot(ctx, l, there, filter)
		if err != nil {
			return err
		}
		now.Dropped = append(now.Dropped, digest.Drop{Item: item.ID, Reason: reason})
	}
	now.Letter.Items = items
	return nil
}

// whyNot says why a pair is no longer under the filter of a digest.
func (r *rechecker) whyNot(ctx context.Context, l store.StoredLink, there bool, f store.NewsFilter) (string, error) {
	switch {
	case !there:
		return "la paire n’existe plus", nil
	case l.Withdrawn != "":
		return "le moteur ne propose plus cette paire", nil
	case !slices.Contains(f.States, l.Status):
		return "la paire est maintenant «\u00a0" + statusNames[l.Status] + "\u00a0»", nil
	}
	f.IDs, f.Private = []string{l.ID}, true
	with, err := r.db.News(ctx, f)
	if err == nil && len(with) > 0 {
		return "la paire repose maintenant sur une source privée", nil
	}
	return "la paire n’est plus dans les filtres du bulletin", err
}

func (r *rechecker) agendaNow(ctx context.Context, d digestConfig) (comingAgenda, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if known, ok := r.agendas[d.Name]; ok {
		return known, nil
	}
	coming := comingAgenda{points: map[string]bool{}, claims: map[string]bool{}}
	points, said, err := r.coming(ctx, d, r.today(d))
	if err != nil {
		return coming, err
	}
	for _, p := range points {
		coming.points[p.Key()] = true
	}
	for _, c := range said {
		coming.claims[c.ID] = true
	}
	r.agendas[d.Name] = coming
	return coming, nil
}

// notIn lists what of an agenda is no longer to be told.
func (a comingAgenda) notIn(agenda []digest.Agenda) (dropped []digest.Drop) {
	for _, p := range agenda {
		if !a.points[p.Key()] {
			for _, item := range p.Carries() {
				dropped = append(dropped, digest.Drop{Item: item, Reason: "ce point n’est plus à l’ordre du jour d’une séance à venir, ou est privé"})
			}
			continue
		}
		for _, q := range p.Said {
			if !a.claims[q.ID] {
				dropped = append(dropped, digest.Drop{Item: p.Key() + " " + q.ID, Reason: "cette déclaration n’est plus publique, ou n’est plus retenue"})
			}
		}
	}
	return dropped
}

// readers are the digests and hooks of the configuration, as it is since the last reload.
func (w *work) readers() ([]digestConfig, []hookConfig) {
	w.reloading.RLock()
	defer w.reloading.RUnlock()
	return w.config.Digests, w.config.Hooks
}

// followed are the sources of the configuration, as it is since the last reload.
func (w *work) followed() []sourceConfig {
	w.reloading.RLock()
	defer w.reloading.RUnlock()
	return w.config.Sources
}

// privateSources are the sources whose documents are private now.
func (w *work) privateSources() []string { return privateAmong(w.followed()) }

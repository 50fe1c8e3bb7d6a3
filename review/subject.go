package review

import "contredit/store"

// subject draws what was said and recorded of a subject in time.
func (p *pages) subject(r *request) error {
	topic := r.FormValue("nom")
	s := selection{Status: statusAll, Topic: topic, Order: string(store.OrderRecent), Asleep: true}
	links, err := p.DB.Queue(r.Context(), r.filter(s), store.OrderRecent, 200, 0)
	if err != nil {
		return err
	}
	facets, err := p.facetsOf(r.Context(), r.filter(s))
	if err != nil {
		return err
	}
	v := struct {
		Topic    string
		Watched  []store.Facet
		Headings []store.Facet
		Cards    []card
		Line     timeline
		Steps    ladder
	}{Topic: topic, Watched: facets.Watched, Headings: facets.Topics}
	if topic != "" {
		for _, l := range links {
			v.Cards = append(v.Cards, r.card(l, ""))
		}
		v.Line = r.timeline(v.Cards)
		if v.Steps, err = r.ladder(v.Cards); err != nil {
			return err
		}
	}
	return r.show("sujet", "Sujets", v)
}

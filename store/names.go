package store

import (
	"context"
	"fmt"
	"strings"

	"contredit/french"
)

// namedLike lists the names of a column that hold every word of what was asked for, in any order and
// without accents, case and hyphens: « durand-michele » is Michèle Durand. SQLite folds ASCII alone.
// The query selects the names, each once.
func (db *DB) namedLike(ctx context.Context, query, asked string) ([]any, error) {
	rows, err := db.r.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("list the names like %q: %w", asked, err)
	}
	defer rows.Close()
	words := french.Words(withoutHyphens(asked))
	var names []any
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fmt.Errorf("read a name like %q: %w", asked, err)
		}
		folded, all := strings.Join(french.Words(withoutHyphens(name)), " "), len(words) > 0
		for _, w := range words {
			all = all && strings.Contains(folded, w)
		}
		if all {
			names = append(names, name)
		}
	}
	return names, rows.Err()
}

func withoutHyphens(name string) string {
	return strings.NewReplacer("-", " ", "‑", " ", "_", " ").Replace(name)
}

// oneOf is the condition that a column has one of the values; none holds for none.
func oneOf(column string, values []any) string {
	if len(values) == 0 {
		return "0"
	}
	return column + " IN (?" + strings.Repeat(", ?", len(values)-1) + ")"
}

#!/bin/sh
# Runs the demo in a fresh folder, exports what it found, and scores it against the gold of
# the fictional council. Prints the figures of both halves: rules are tuned on « odd » alone.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
program=$1
shift
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$program" demo --once --dir "$folder" >"$folder/demo.txt" 2>"$folder/demo.log" || { cat "$folder/demo.log" >&2; exit 1; }
for what in documents claims flags; do
  "$program" export "$what" --config "$folder/contredit.toml" --format jsonl >"$folder/$what.jsonl"
done
base=$(sed -n 's/.*"base": "\([^"]*\)".*/\1/p' "$folder/demo.json")
for half in "" "--half odd" "--half even"; do
  echo "== ${half:-all}"
  # shellcheck disable=SC2086
  python3 "$here/score.py" "$here/gold" --base "$base" --documents "$folder/documents.jsonl" \
    --claims "$folder/claims.jsonl" --flags "$folder/flags.jsonl" $half "$@"
done

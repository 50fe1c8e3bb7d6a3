#!/bin/sh
# Builds, serves and collects each fictional council of this folder, or those named, and scores what was found
# against its truth. Keeps everything under OUT when it is set, for « linking fit -also ».
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
program=$(CDPATH= cd -- "$(dirname -- "$1")" && pwd)/$(basename -- "$1")
shift
[ $# -gt 0 ] || set -- $(cd "$here" && ls -d */ | tr -d /)
folder=${OUT:-$(mktemp -d)}
mkdir -p "$folder"
[ -n "${OUT:-}" ] || trap 'rm -rf "$folder"' EXIT
for name; do
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  python3 "$here/build.py" "$here/$name" "$folder/$name" "$port"
  (cd "$folder/$name/site" && exec python3 -m http.server "$port" --bind 127.0.0.1 >/dev/null 2>&1) &
  server=$!
  sleep 1
  (cd "$folder/$name" && "$program" crawl --config contredit.toml >crawl.log 2>&1) || { cat "$folder/$name/crawl.log" >&2; kill $server; exit 1; }
  kill $server
  for what in documents claims flags; do
    (cd "$folder/$name" && "$program" export "$what" --config contredit.toml --format jsonl >"$what.jsonl")
  done
  echo "== $name"
  (cd "$folder/$name" && python3 "$here/../score/score.py" gold --base "http://127.0.0.1:$port" --claims claims.jsonl --flags flags.jsonl)
done

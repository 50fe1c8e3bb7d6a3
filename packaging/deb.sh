#!/bin/sh
# Makes a Debian package of a built program: packaging/deb.sh PROGRAM ARCHITECTURE OUTPUT.deb
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
program=$1 architecture=$2 output=$3
version=$("$program" version | awk '{ print $2 }')
case $version in [0-9]*) ;; *) version="0~$version" ;; esac
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
install -D -m 755 "$program" "$root/usr/bin/contredit"
install -D -m 644 "$here/contredit.service" "$root/lib/systemd/system/contredit.service"
install -D -m 644 "$here/../config.example.toml" "$root/usr/share/doc/contredit/config.example.toml"
install -D -m 644 "$here/../LICENSE" "$root/usr/share/doc/contredit/copyright"
mkdir -p "$root/usr/share/man/man1" "$root/usr/share/bash-completion/completions"
"$program" help --man | gzip -9n >"$root/usr/share/man/man1/contredit.1.gz"
"$program" help --completion >"$root/usr/share/bash-completion/completions/contredit"
mkdir -p "$root/DEBIAN"
cat >"$root/DEBIAN/control" <<CONTROL
Package: contredit
Version: $(printf %s "$version" | tr -c 'A-Za-z0-9.+~' '.')
Architecture: $architecture
Maintainer: contredit
Section: web
Priority: optional
Suggests: tesseract-ocr, tesseract-ocr-fra
Description: what a council says in public beside what its meetings recorded
 A daemon that collects press pages, feeds, minutes and session captions, links
 claims to the records that contradict them, and puts the pairs before a person
 who decides.
CONTROL
cat >"$root/DEBIAN/postinst" <<'POSTINST'
#!/bin/sh
set -e
if ! getent passwd contredit >/dev/null; then
  useradd --system --home-dir /var/lib/contredit --shell /usr/sbin/nologin contredit
fi
install -d -o contredit -g contredit -m 700 /var/lib/contredit
if [ ! -e /var/lib/contredit/contredit.toml ]; then
  install -o contredit -g contredit -m 600 /usr/share/doc/contredit/config.example.toml /var/lib/contredit/contredit.toml
fi
if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
POSTINST
chmod 755 "$root/DEBIAN/postinst"
dpkg-deb --root-owner-group --build "$root" "$output" >/dev/null
echo "$output"

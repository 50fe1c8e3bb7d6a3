#!/bin/sh
# Makes a Debian package of a built program: packaging/deb.sh PROGRAM ARCHITECTURE OUTPUT.deb
# Another architecture's program cannot be asked for its version and its manual: NATIVE names one
# of the same source that runs here.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
program=$1 architecture=$2 output=$3
native=${NATIVE:-$program}
version=$("$native" version | awk '{ print $2 }')
case $version in [0-9]*) ;; v[0-9]*) version=${version#v} ;; *) version="0~$version" ;; esac
# Certificates to read https with, useradd for postinst, kill for « systemctl reload »; a static program needs nothing else.
depends="ca-certificates, passwd, procps"
if readelf -l "$program" | grep -q 'program interpreter'; then
  depends="libc6 (>= $(readelf -V "$program" | grep -o 'GLIBC_2[.0-9]*' | sed s/GLIBC_// | sort -V | tail -n 1)), $depends"
fi
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
install -D -m 755 "$program" "$root/usr/bin/contredit"
install -D -m 644 "$here/contredit.service" "$root/lib/systemd/system/contredit.service"
install -D -m 644 "$here/../config.example.toml" "$root/usr/share/contredit/config.example.toml"
install -D -m 644 "$here/../LICENSE" "$root/usr/share/doc/contredit/copyright"
install -D -m 644 -t "$root/usr/share/doc/contredit" "$here"/../docs/*.md
gzip -9n <"$here/../CHANGELOG.md" >"$root/usr/share/doc/contredit/changelog.gz"
mkdir -p "$root/usr/share/man/man1" "$root/usr/share/bash-completion/completions"
"$native" help --man | gzip -9n >"$root/usr/share/man/man1/contredit.1.gz"
"$native" help --completion >"$root/usr/share/bash-completion/completions/contredit"
chmod 644 "$root/usr/share/doc/contredit/changelog.gz" "$root/usr/share/man/man1/contredit.1.gz" "$root/usr/share/bash-completion/completions/contredit"
mkdir -p "$root/DEBIAN"
cat >"$root/DEBIAN/control" <<CONTROL
Package: contredit
Version: $(printf %s "$version" | tr -c 'A-Za-z0-9.+~' '.')
Architecture: $architecture
Maintainer: ${MAINTAINER:-contredit <root@localhost>}
Installed-Size: $(du -sk "$root" | cut -f 1)
Depends: $depends
Suggests: tesseract-ocr, tesseract-ocr-fra
Section: web
Priority: optional
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
  # It is not in /usr/share/doc, which small systems are told to leave out.
  install -o contredit -g contredit -m 600 /usr/share/contredit/config.example.toml /var/lib/contredit/contredit.toml
fi
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  # After an upgrade the old program would go on; one that was stopped stays so.
  systemctl try-restart contredit.service
fi
POSTINST
cat >"$root/DEBIAN/prerm" <<'PRERM'
#!/bin/sh
set -e
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
  systemctl disable --now contredit.service
fi
PRERM
cat >"$root/DEBIAN/postrm" <<'POSTRM'
#!/bin/sh
set -e
if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
# Evidence and verdicts are nobody's to delete but the operator's.
if [ "$1" = purge ] && [ -d /var/lib/contredit ]; then
  echo "contredit: /var/lib/contredit stays, with its database; remove it by hand if you mean to"
fi
POSTRM
chmod 755 "$root/DEBIAN/postinst" "$root/DEBIAN/prerm" "$root/DEBIAN/postrm"
dpkg-deb --root-owner-group --build "$root" "$output" >/dev/null
echo "$output"

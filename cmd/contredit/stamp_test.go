package main

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"database/sql"
	"encoding/asn1"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/digitorus/timestamp"
)

// stampAuthority is a real RFC 3161 authority on loopback. lie makes it stamp something else.
func stampAuthority(t *testing.T, lie *bool) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "Horodatage d’essai"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping}, KeyUsage: x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query, err := io.ReadAll(r.Body)
		if err != nil || r.Header.Get("Content-Type") != "application/timestamp-query" {
			t.Errorf("%s, %v", r.Header.Get("Content-Type"), err)
		}
		request, err := timestamp.ParseRequest(query)
		if err != nil {
			t.Error(err)
			return
		}
		stamp := timestamp.Timestamp{HashAlgorithm: crypto.SHA256, HashedMessage: request.HashedMessage, Time: time.Now(), Policy: asn1.ObjectIdentifier{2, 4, 5, 6}, AddTSACertificate: true}
		if *lie {
			stamp.HashedMessage = bytes.Repeat([]byte{1}, 32)
		}
		answer, err := stamp.CreateResponseWithOpts(certificate, key, crypto.SHA256)
		if err != nil {
			t.Error(err)
			return
		}
		w.Header().Set("Content-Type", "application/timestamp-reply")
		w.Write(answer) //nolint:errcheck // the client's view counts
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestJournalIsStamped(t *testing.T) {
	config, _ := houseWithSecrets(t)
	run := func(args ...string) (code int, said string) {
		var out, talk bytes.Buffer
		code = Run(t.Context(), append(args, "--config", config), strings.NewReader(""), &out, &talk)
		return code, out.String() + talk.String()
	}
	if code, said := run("journal", "stamp"); code != exitFailed || !strings.Contains(said, "[journal] timestamp") {
		t.Errorf("without an authority: %d %s", code, said)
	}
	lie := true
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(config, append(text, []byte("[journal]\ntimestamp = \""+stampAuthority(t, &lie)+"\"\n")...), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, said := run("journal", "stamp"); code != exitFailed || !strings.Contains(said, "stamps something else") {
		t.Errorf("an authority that stamps something else: %d %s", code, said)
	}
	lie = false
	if code, said := run("journal", "stamp"); code != exitDone || !strings.Contains(said, "est horodatée") {
		t.Fatalf("stamp: %d %s", code, said)
	}
	if code, said := run("journal", "stamp"); code != exitDone || !strings.Contains(said, "rien de nouveau") {
		t.Errorf("stamped again: %d %s", code, said)
	}
	if _, said := run("verify"); strings.Contains(said, "journal, entrée") {
		t.Errorf("verify finds fault with a good stamp: %s", said)
	}
	// A stamp of another entry, entered as if it were of this one, is named.
	db, err := sql.Open("sqlite3", filepath.Join(filepath.Dir(config), "contredit.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`DROP TRIGGER journal_is_never_changed; UPDATE journal SET body = replace(body, '"entry":', '"entry":1') WHERE kind = 'timestamp'`); err != nil {
		t.Fatal(err)
	}
	if code, said := run("verify"); code != exitFailed || !strings.Contains(said, "l’horodatage n’est pas celui de l’entrée") {
		t.Errorf("verify after the change: %d %s", code, said)
	}
}

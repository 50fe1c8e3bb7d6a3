package main

import (
	"archive/zip"
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestSlowAndOversizedRequests holds connections open as an attacker would: each is ended by the
// server, and others are served meanwhile.
func TestSlowAndOversizedRequests(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- serve(ctx, listener, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "ok") }))
	}()
	defer func() { cancel(); <-ended }()
	address := listener.Addr().String()
	dial := func(text string) net.Conn {
		t.Helper()
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, text); err != nil {
			t.Fatal(err)
		}
		return conn
	}
	var slow []net.Conn
	for range 50 {
		slow = append(slow, dial("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "))
	}
	res, err := http.Get("http://" + address + "/")
	if err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("beside slow ones: %v, %v", res, err)
	} else if err := res.Body.Close(); err != nil {
		t.Error(err)
	}
	big := dial("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
	go func() { _, _ = io.WriteString(big, "X-Big: "+strings.Repeat("a", 200<<10)+"\r\n\r\n") }() // the server closes meanwhile
	if status, err := bufio.NewReader(big).ReadString('\n'); err != nil || !strings.Contains(status, "431") {
		t.Errorf("to 200 KB of headers: %q, %v; want 431", status, err)
	}
	for _, conn := range append(slow, big) {
		if err := conn.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, conn); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Error("half a request was never ended")
		}
		conn.Close()
	}
}

// TestImportStaysInside imports what tries to leave its folder: an archive with paths that climb,
// and a link to a secret. Nothing is written beside, and the link's target is not read.
func TestImportStaysInside(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	in := filepath.Join(root, "a", "b", "in")
	if err := os.MkdirAll(in, 0o700); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(root, "secret.txt")
	if err := errors.Join(os.WriteFile(secret, []byte("Le mot de passe est sésame."), 0o600), os.Symlink(secret, filepath.Join(in, "lien.txt"))); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(filepath.Join(in, "pv.docx"))
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(file)
	for name, text := range map[string]string{
		"../../climbed.txt": "x", "/tmp/absolute-contredit-attack.txt": "x", `..\..\climbed.txt`: "x",
		"word/document.xml": `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Le comité a été consulté le 12 mars 2026.</w:t></w:r></w:p></w:body></w:document>`,
	} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(z.Close(), file.Close()); err != nil {
		t.Fatal(err)
	}
	db := filepath.Join(root, "db", "contredit.db")
	out, err := exec.Command("contredit", "import", "--db", db, "--role", "record", "--body", "CST", in).CombinedOutput()
	if err != nil {
		t.Logf("import: %v\n%s", err, out)
	}
	exported, err := exec.Command("contredit", "export", "documents", "--db", db, "--private").Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(exported), "pv.docx") {
		t.Errorf("the archive's own text was not read: %s", out)
	}
	if strings.Contains(string(exported), "lien.txt") || strings.Contains(string(exported), "secret.txt") {
		t.Errorf("the link was followed: %s", exported)
	}
	if _, err := os.Stat("/tmp/absolute-contredit-attack.txt"); err == nil {
		t.Error("an absolute path of the archive was written")
	}
	if err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if strings.Contains(filepath.Base(path), "climbed") {
			t.Errorf("%s was written", path)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

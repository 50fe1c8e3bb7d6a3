package main

import (
	"fmt"
	"os"
	"strings"
)

// secret reads a secret from the file that a « *_file » key names; "" when the key is empty.
// Its content is never printed. A file that others may read is refused: the password in it
// is everybody's already.
func (c *config) secret(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	path = c.resolve(path)
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("read a secret: %w", err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return "", withHint(fmt.Errorf("read a secret: %s may be read by others (mode %04o)", path, mode), "chmod 600 %s", path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read a secret: %w", err)
	}
	return strings.TrimSpace(string(text)), nil
}

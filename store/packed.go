package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/flate"
)

// packers are kept: making one costs as much as packing a page.
var packers = sync.Pool{New: func() any {
	w, err := flate.NewWriter(io.Discard, packLevel)
	if err != nil {
		panic("store: " + err.Error()) // the level is a constant
	}
	return w
}}

// packLevel is a middle one: twice as fast as the best for a twentieth more bytes.
const packLevel = 5

// deflate packs bytes for keeping.
func deflate(plain []byte) ([]byte, error) {
	var out bytes.Buffer
	w := packers.Get().(*flate.Writer)
	defer packers.Put(w)
	w.Reset(&out)
	if _, err := w.Write(plain); err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("finish packing: %w", err)
	}
	return out.Bytes(), nil
}

func inflate(packed []byte) ([]byte, error) {
	plain, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	return plain, nil
}

func pack(value any) ([]byte, error) {
	plain, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	return deflate(plain)
}

func unpack(packed []byte, value any) error {
	plain, err := inflate(packed)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(plain, value); err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	return nil
}

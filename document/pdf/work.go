package pdf

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"io"
	"os"
	"time"

	"contredit/document"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

const (
	wasmPage = 64 << 10 // bytes
	maxPages = 20000    // of a file
	exitLate = 3        // status of a child that ended itself

	headerWithin = 1024 // bytes in which readers look for the header
)

// Work is the whole life of a child: it reads files from stdin and writes their pages to
// stdout until stdin closes. A file over its time ends the process, since the engine cannot
// be stopped from inside at a bearable price.
func Work(stdin io.Reader, stdout io.Writer) error {
	from, to := gob.NewDecoder(stdin), gob.NewEncoder(stdout)
	var s settings
	if err := from.Decode(&s); err != nil {
		if errors.Is(err, io.EOF) {
			return nil
		}
		return fmt.Errorf("read the settings of the PDF reader: %w", err)
	}
	pool, err := startEngine(s)
	if err != nil {
		return fmt.Errorf("start the PDF engine: %w", err)
	}
	defer pool.Close()
	fmt.Fprint(os.Stderr, ready)
	for {
		var j job
		if err := from.Decode(&j); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return fmt.Errorf("receive a PDF: %w", err)
		}
		late := time.AfterFunc(j.Limit, func() { os.Exit(exitLate) })
		answer := readFile(pool, j)
		late.Stop()
		if err := to.Encode(answer); err != nil {
			return fmt.Errorf("send the pages of a PDF: %w", err)
		}
	}
}

func startEngine(s settings) (pdfium.Pool, error) {
	ctx := withMapping(context.Background())
	config := wazero.NewRuntimeConfig().
		// The engine needs exceptions; a custom configuration does not have them by itself.
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(uint32(s.Memory / wasmPage))
	if s.Cache != "" && os.MkdirAll(s.Cache, 0o700) == nil {
		if cache, err := wazero.NewCompilationCacheWithDir(s.Cache); err == nil {
			config = config.WithCompilationCache(cache)
		}
	}
	return webassembly.Init(webassembly.Config{
		Context: ctx, MinIdle: 1, MaxIdle: 1, MaxTotal: 2,
		RuntimeConfig: config,
		FSConfig:      wazero.NewFSConfig(), // by default the engine sees the whole disk
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
}

// readFile reads one file in an instance of the engine of its own: nothing of a broken file
// is left for the next one.
func readFile(pool pdfium.Pool, j job) (answer result) {
	content := j.Content
	engine, err := pool.GetInstance(startTimeout)
	if err != nil {
		return result{Err: err.Error()}
	}
	defer func() {
		if broken := recover(); broken != nil {
			answer = result{State: document.StateMalformed}
		}
		// An instance that the file broke fails to close too; it is dropped all the same.
		_ = engine.Close()
	}()
	if !bytes.Contains(content[:min(len(content), headerWithin)], []byte("%PDF-")) {
		content = append([]byte("%PDF-1.7\n"), content...) // the engine refuses a file that lost its header
	}
	file, err := engine.OpenDocument(&requests.OpenDocument{File: &content})
	if err != nil {
		return result{State: stateOf(err)}
	}
	count, err := engine.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: file.Document})
	if err != nil || count.PageCount <= 0 {
		return result{State: document.StateMalformed}
	}
	if count.PageCount > maxPages {
		return result{State: document.StateTooBig}
	}
	if j.Render > 0 {
		return picture(engine, file.Document, j.Render, count.PageCount)
	}
	pages := make([]document.Page, 0, count.PageCount)
	failed := 0
	for i := range count.PageCount {
		p := &pageText{engine: engine, page: requests.Page{ByIndex: &requests.PageByIndex{Document: file.Document, Index: i}}}
		if err := p.read(); err != nil {
			failed++
			p.out = document.Page{}
		}
		p.out.Number = i + 1
		p.out.Printed = pageLabel(engine, file.Document, i)
		pages = append(pages, p.out)
	}
	if failed == count.PageCount {
		return result{State: document.StateMalformed}
	}
	return result{State: document.StateRead, Pages: pages}
}

// picture makes a picture of a page; without one when the page cannot be drawn.
func picture(engine pdfium.Pdfium, file references.FPDF_DOCUMENT, page, count int) result {
	if page > count {
		return result{State: document.StateRead}
	}
	index := requests.Page{ByIndex: &requests.PageByIndex{Document: file, Index: page - 1}}
	size, err := engine.GetPageSize(&requests.GetPageSize{Page: index})
	if err != nil || size.Width <= 0 || size.Height <= 0 {
		return result{State: document.StateRead}
	}
	scale := PictureSide / max(size.Width, size.Height)
	drawn, err := engine.RenderPageInPixels(&requests.RenderPageInPixels{Page: index, Width: int(size.Width * scale), Height: int(size.Height * scale)})
	if err != nil {
		return result{State: document.StateRead}
	}
	defer drawn.Cleanup()
	bounds := drawn.Result.RenderedImage.Bounds()
	grey := image.NewGray(bounds)
	draw.Draw(grey, bounds, image.White, image.Point{}, draw.Src)
	draw.Draw(grey, bounds, drawn.Result.RenderedImage, bounds.Min, draw.Over)
	var out bytes.Buffer
	if err := png.Encode(&out, grey); err != nil {
		return result{Err: err.Error()}
	}
	return result{State: document.StateRead, Image: out.Bytes()}
}

// stateOf says why a file did not open.
func stateOf(err error) document.State {
	if errors.Is(err, pdfiumerrors.ErrPassword) || errors.Is(err, pdfiumerrors.ErrSecurity) {
		return document.StateEncrypted
	}
	return document.StateMalformed
}

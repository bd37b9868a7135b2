package ledger

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// Bounds of unpacking, against files made to exhaust the machine. A register of
// 30,000 admissions is 500 MB unpacked and a tenth of that packed.
const (
	maxUnzipBytes     = 560 << 20 // all parts that are read
	maxTokenBytes     = 1 << 20   // one tag, or the text of one cell with its escapes
	maxDirectoryBytes = 4 << 20   // the zip's list of parts
	maxUnzipRatio     = 100       // for a part above freeUnzipBytes
	freeUnzipBytes    = 16 << 20
	maxEntries        = 70_000 // sheets, relations, formats; Excel keeps 65,490 formats
)

var (
	errNoWorkbook     = errors.New("no workbook in the zip")
	errOpenDocument   = errors.New("an OpenDocument file")
	errBinaryWorkbook = errors.New("a binary workbook")
	errTooLarge       = errors.New("unpacks to more than the limit")
	errNoPart         = errors.New("a part is missing")
)

// parts are the parts of a workbook's zip. Only parts reached by the workbook's
// relations are unpacked.
type parts struct {
	ctx    context.Context
	byName map[string]*zip.File // by lower-case name; nil for a name that comes twice
	size   int64                // of the zip
	left   int64                // bytes that may still be unpacked
}

// openParts reads the zip's list of parts.
func openParts(ctx context.Context, file io.ReaderAt, size int64) (*parts, error) {
	directory := &boundedReaderAt{in: file, left: maxDirectoryBytes}
	z, err := zip.NewReader(directory, size)
	if directory.left < 0 {
		return nil, errTooLarge
	}
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, err
	}
	directory.unbounded = true
	p := &parts{ctx: ctx, byName: make(map[string]*zip.File, len(z.File)), size: size, left: maxUnzipBytes}
	for _, f := range z.File {
		name := partName(f.Name)
		if _, twice := p.byName[name]; twice {
			f = nil
		}
		p.byName[name] = f
	}
	return p, nil
}

// partName returns the name to look a part up by: some programs write \ and
// capitals.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// boundedReaderAt refuses to read more than its bound, until the bound is
// removed.
type boundedReaderAt struct {
	in        io.ReaderAt
	left      int64
	unbounded bool
}

func (r *boundedReaderAt) ReadAt(buffer []byte, at int64) (int, error) {
	if !r.unbounded {
		if r.left -= int64(len(buffer)); r.left < 0 {
			return 0, errTooLarge
		}
	}
	return r.in.ReadAt(buffer, at)
}

func (p *parts) has(name string) bool {
	_, ok := p.byName[partName(name)]
	return ok
}

// open opens a part. The caller closes it.
func (p *parts) open(name string) (*part, error) {
	f, ok := p.byName[partName(name)]
	switch {
	case !ok:
		return nil, fmt.Errorf("%s: %w", name, errNoPart)
	case f == nil:
		return nil, fmt.Errorf("%s stands twice", name)
	}
	in, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return &part{parts: p, in: in, left: max(freeUnzipBytes, maxUnzipRatio*min(int64(f.CompressedSize64), p.size))}, nil
}

// part is an open part. It counts the bytes really read, whatever size the zip
// claims.
type part struct {
	parts *parts
	in    io.ReadCloser
	left  int64
}

func (r *part) Read(buffer []byte) (int, error) {
	if err := r.parts.ctx.Err(); err != nil {
		return 0, canceled(err)
	}
	n, err := r.in.Read(buffer)
	r.left -= int64(n)
	r.parts.left -= int64(n)
	if r.left < 0 || r.parts.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

func (r *part) Close() error { return r.in.Close() }

// eachElement calls fn at the start of every element of a part.
func (p *parts) eachElement(name string, fn func(x *xmlReader) error) (err error) {
	in, err := p.open(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	x := newXMLReader(in)
	for {
		t, err := x.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && t == elementStart {
			err = fn(x)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
}

// relation leads from one part to another.
type relation struct{ id, kind, target string }

// relations returns the relations of a part, none if it has none. kind is the
// last word of their type.
func (p *parts) relations(of string) ([]relation, error) {
	dir, base := path.Split(of)
	name := dir + "_rels/" + base + ".rels"
	if !p.has(name) {
		return nil, nil
	}
	var list []relation
	err := p.eachElement(name, func(x *xmlReader) error {
		if x.way[len(x.way)-1] != "Relationship" || x.attribute("TargetMode") == "External" {
			return nil
		}
		if len(list) == maxEntries {
			return errTooLarge
		}
		target := strings.ReplaceAll(x.attribute("Target"), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = dir + target
		}
		list = append(list, relation{x.attribute("Id"), path.Base(x.attribute("Type")), path.Clean("/" + target)[1:]})
		return nil
	})
	return list, err
}

// targetOf returns the target of the first relation of a kind, or "".
func targetOf(list []relation, kind string) string {
	if i := slices.IndexFunc(list, func(r relation) bool { return r.kind == kind }); i >= 0 {
		return list[i].target
	}
	return ""
}

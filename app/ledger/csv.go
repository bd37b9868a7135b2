package ledger

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"renkei/models"
)

// Bounds of a folder of CSV files. 400,000 contacts are about 65 MB.
const (
	maxCSVBytes    = 160 << 20
	maxFolderFiles = 10_000
)

// Bounds of the cells whose text is shared between rows.
const (
	maxKnown      = 50_000
	maxKnownBytes = 40
)

// readFolder reads the files 「シート名.csv」 of a folder. where names the
// folder in messages.
func readFolder(ctx context.Context, fsys fs.FS, where string, p Progress) (*Reading, error) {
	files, err := csvFiles(fsys, where)
	if err != nil {
		return nil, err
	}
	r := newReading()
	r.Book.Origin = folderOrigin(fsys)
	names := make([]string, len(files))
	for i, name := range files {
		names[i] = name[:len(name)-len(".csv")]
	}
	r.findSheets(names, "ファイル", ".csv")
	if len(r.found) == 0 && len(r.Issues) == 0 {
		return nil, models.Errorf(models.Invalid, "「%s」に台帳の CSV がありません。「入院.csv」のようにシート名を付けたファイルを入れてください", where)
	}
	left := int64(maxCSVBytes)
	for _, s := range sheets {
		i, ok := r.found[s.title()]
		if !ok {
			continue
		}
		size, err := readCSV(ctx, fsys, files[i], left, s, r, p)
		if err != nil {
			return nil, err
		}
		left -= size
	}
	return r.finish(), nil
}

// csvFiles returns the sorted names of the CSV files of a folder.
func csvFiles(fsys fs.FS, where string) (names []string, err error) {
	folder, err := fsys.Open(".")
	if err != nil {
		return nil, openError(where, err)
	}
	defer folder.Close() // only opened for reading
	list, ok := folder.(fs.ReadDirFile)
	if !ok {
		return nil, openError(where, fs.ErrInvalid)
	}
	entries, err := list.ReadDir(maxFolderFiles + 1)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return nil, openError(where, err)
	case len(entries) > maxFolderFiles:
		return nil, models.Errorf(models.Invalid, "「%s」にはファイルが多すぎます（%d個まで）。台帳の CSV だけを入れたフォルダを指定してください", where, maxFolderFiles)
	}
	for _, e := range entries {
		if !e.IsDir() && strings.EqualFold(path.Ext(e.Name()), ".csv") {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	return names, nil
}

// readCSV reads one file of at most limit bytes and returns its size.
func readCSV(ctx context.Context, fsys fs.FS, name string, limit int64, s ledgerSheet, r *Reading, p Progress) (int64, error) {
	info, err := fs.Stat(fsys, name)
	switch {
	case err != nil:
		return 0, openError(name, err)
	case !info.Mode().IsRegular(): // reading a pipe could wait for ever
		return 0, models.Errorf(models.Invalid, "「%s」はファイルではありません。台帳の CSV だけを入れたフォルダを指定してください", name)
	case info.Size() > limit:
		return 0, models.Errorf(models.Invalid, "「%s」は大きすぎます（フォルダ全体で%dMBまで）。別のファイルではないか確かめてください", name, maxCSVBytes>>20)
	case info.Size() == 0: // a failed save, not a sheet without rows
		r.unread[s.title()] = true
		r.issue(s.title(), 1, "見出し", "「%s」は空のファイルです。保存し直すか、フォルダから除いてください", name)
		return 0, nil
	}
	src := &csvSource{fsys: fsys, name: name, size: info.Size()}
	if src.letters, err = src.lettersOf(ctx); err != nil {
		return 0, err
	}
	if src.letters == nil {
		r.unread[s.title()] = true
		r.issue(s.title(), 1, "文字コード", "「%s」の文字を読み取れません。UTF-8 か Shift_JIS で保存し直してください", name)
		return info.Size(), nil
	}
	if err := s.read(ctx, r, src, p); err != nil {
		return 0, err
	}
	if src.broken > 0 {
		r.unread[s.title()] = true
		r.issue(s.title(), src.broken, "行全体", "引用符（\"）の付け方が正しくないため、この行から後を読み取れません。Excel で開いて CSV で保存し直してください")
	}
	return info.Size(), nil
}

// csvSource is a sheet stored as CSV.
type csvSource struct {
	fsys    fs.FS
	name    string
	size    int64
	letters *letters
	broken  int // the row that cannot be parsed, 0 for none
}

// open opens the file from its start, limited to the size it had.
func (s *csvSource) open() (*bufio.Reader, io.Closer, error) {
	f, err := s.fsys.Open(s.name)
	if err != nil {
		return nil, nil, openError(s.name, err)
	}
	return bufio.NewReaderSize(io.LimitReader(f, s.size), 64<<10), f, nil
}

func (s *csvSource) lettersOf(ctx context.Context) (*letters, error) {
	in, file, err := s.open()
	if err != nil {
		return nil, err
	}
	defer file.Close() // only opened for reading
	found, err := lettersOf(ctx, in)
	if err != nil {
		return nil, openErrorUnlessKnown(s.name, err)
	}
	return found, nil
}

// each counts rows like Excel: a blank line is a row, a line break inside a
// cell is not.
func (s *csvSource) each(ctx context.Context, fn func(row int, cells []cell) error) error {
	in, file, err := s.open()
	if err != nil {
		return err
	}
	defer file.Close() // only opened for reading
	if head, err := in.Peek(len(byteOrderMark)); err == nil && string(head) == byteOrderMark {
		_, _ = in.Discard(len(byteOrderMark)) // just peeked at
	}
	records := &csvReader{in: in}
	var cells []cell
	known := make(map[string]string) // short cells by what is in the file: codes, dates and kinds come again and again
	for row := 1; ; row++ {
		fields, err := records.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, errQuotes):
			s.broken = row
			return nil
		case errors.Is(err, errTooLarge):
			return models.Wrap(err, models.Invalid, "「%s」の%d行目は長すぎます。引用符（\"）の付け方か、別のファイルではないか確かめてください", s.name, row)
		case err != nil:
			return openError(s.name, err)
		}
		cells = cells[:0]
		for _, f := range fields {
			text, there := known[string(f)]
			if !there {
				text = unguard(clean(s.letters.text(f)))
				if len(known) == maxKnown {
					clear(known) // numbers that come once would fill it
				}
				if len(f) <= maxKnownBytes {
					known[string(f)] = text
				}
			}
			cells = append(cells, cell{text: text})
		}
		if err := fn(row, cells); err != nil {
			return err
		}
	}
}

// guard adds a leading apostrophe to text that Excel would take for a formula
// when it opens the CSV, and to text that unguard would change. unguard removes
// it, and what other programs put around IDs: ="00000101", '00000101.
func guard(s string) string {
	if looksLikeFormula(strings.TrimLeft(s, "'")) || s != "" && s[0] == '\'' && isGuardable(s) {
		return "'" + s
	}
	return s
}

func unguard(s string) string {
	switch {
	case s == "":
		return s
	case s[0] == '=':
		if m := reQuotedFormula.FindStringSubmatch(s); m != nil {
			return strings.ReplaceAll(m[1], `""`, `"`)
		}
		return s
	case s[0] != '\'':
		return s
	case looksLikeFormula(strings.TrimLeft(s, "'")):
		return s[1:]
	case isGuardable(s):
		if inner := s[1:]; inner[0] != '\'' && strings.HasSuffix(inner, "'") {
			return inner[:len(inner)-1]
		}
		return s[1:]
	}
	return s
}

var (
	reQuotedFormula = regexp.MustCompile(`^="((?:[^"]|"")*)"$`)
	reGuardable     = regexp.MustCompile(`^'+[0-9A-Za-z./:_-]+'?$`)
)

// isGuardable reports whether the text behind its apostrophes is one that Excel
// would change: an ID, a number, a date.
func isGuardable(s string) bool { return reGuardable.MatchString(s) }

func looksLikeFormula(s string) bool {
	if s == "" {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("=+-@\t\r＝＋－＠", r)
}

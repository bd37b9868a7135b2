package ledger

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"

	"renkei/models"
)

// maxCSVBytes is the largest CSV file read: 200,000 contacts are some 40 MB.
const maxCSVBytes = 512 << 20

// readFolder reads 「シート名.csv」 of a folder; where is its name for messages.
func readFolder(ctx context.Context, fsys fs.FS, where string, p Progress) (*Reading, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, openError(where, err)
	}
	r := newReading()
	r.Book.Origin = folderOrigin(fsys)
	files := map[string]string{}
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() || !strings.EqualFold(path.Ext(name), ".csv") {
			continue
		}
		title := name[:len(name)-len(".csv")]
		folded := foldName(title)
		switch {
		case folded == sheetExplanation:
		case !isSheet(folded):
			r.note("ファイル「%s」は台帳ブックにない名前のため、読み込みません", name)
		case files[folded] != "":
			r.unread[folded] = true
			r.issue(folded, 1, "ファイル名", "「%s」と「%s」は同じシートです。どちらかを消してください", files[folded], name)
		default:
			files[folded] = name
		}
	}
	if len(files) == 0 {
		return nil, models.Errorf(models.Invalid, "「%s」に台帳の CSV がありません。「入院.csv」のようにシート名を付けたファイルを入れてください", where)
	}
	for _, s := range sheets {
		if name := files[foldName(s.title())]; name != "" {
			if err := readCSV(ctx, fsys, name, s, r, p); err != nil {
				return nil, err
			}
		}
	}
	return r, nil
}

func isSheet(folded string) bool {
	for _, s := range sheets {
		if foldName(s.title()) == folded {
			return true
		}
	}
	return false
}

func readCSV(ctx context.Context, fsys fs.FS, name string, s ledgerSheet, r *Reading, p Progress) error {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return openError(name, err)
	}
	if info.Size() > maxCSVBytes {
		return models.Errorf(models.Invalid, "「%s」は大きすぎます（%dMBまで）。別のファイルではないか確かめてください", name, maxCSVBytes>>20)
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return openError(name, err)
	}
	if len(data) == 0 { // a save that failed, not a sheet without rows
		r.unread[s.title()] = true
		r.issue(s.title(), 1, "見出し", "「%s」は空のファイルです。保存し直すか、フォルダから除いてください", name)
		return nil
	}
	data, ok := toUTF8(data)
	if !ok {
		r.unread[s.title()] = true
		r.issue(s.title(), 1, "文字コード", "「%s」の文字を読み取れません。UTF-8 か Shift_JIS で保存し直してください", name)
		return nil
	}
	src := &csvSource{data: data}
	if err := s.read(ctx, r, src, p); err != nil {
		return err
	}
	if src.broken > 0 {
		r.unread[s.title()] = true
		r.issue(s.title(), src.broken, "行全体", "引用符（\"）の付け方が正しくないため、この行から後を読み取れません。Excel で開いて CSV で保存し直してください")
	}
	return nil
}

// toUTF8 tells UTF-8 (with or without BOM) from Shift_JIS (CP932), the two
// that Japanese Excel writes. It reports false for text that is neither.
func toUTF8(data []byte) ([]byte, bool) {
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	if !utf8.Valid(data) {
		decoded, err := japanese.ShiftJIS.NewDecoder().Bytes(data)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
			return nil, false
		}
		data = decoded
	}
	if bytes.IndexByte(data, 0) >= 0 && bytes.Count(data, []byte{0}) > len(data)/4 {
		return nil, false // UTF-16 without a BOM
	}
	if bytes.IndexByte(data, '\n') < 0 {
		data = bytes.ReplaceAll(data, []byte{'\r'}, []byte{'\n'}) // line ends of old Macs
	}
	return data, true
}

// csvSource is a sheet kept as CSV.
type csvSource struct {
	data   []byte
	broken int // the row that cannot be parsed, 0 for none
}

// each counts rows as Excel does: a blank line is a row, and a line break
// inside a cell starts none.
func (s *csvSource) each(_ context.Context, fn func(row int, cells []cell) error) error {
	r := csv.NewReader(bytes.NewReader(s.data))
	r.FieldsPerRecord = -1
	r.ReuseRecord = true
	inside := 0
	var cells []cell
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			s.broken = bad.StartLine - inside
			return nil
		}
		if err != nil {
			return openError("CSV", err)
		}
		line, _ := r.FieldPos(0)
		row := line - inside
		cells = cells[:0]
		for _, f := range fields {
			inside += strings.Count(f, "\n")
			cells = append(cells, cell{text: unguard(f)})
		}
		if err := fn(row, cells); err != nil {
			return err
		}
	}
}

// guard keeps text that starts like a formula from becoming one when the CSV
// is opened in Excel, by a leading apostrophe; unguard takes it off again.
func guard(s string) string {
	if looksLikeFormula(strings.TrimLeft(s, "'")) {
		return "'" + s
	}
	return s
}

func unguard(s string) string {
	if s != "" && s[0] == '\'' && looksLikeFormula(strings.TrimLeft(s, "'")) {
		return s[1:]
	}
	return s
}

func looksLikeFormula(s string) bool {
	if s == "" {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("=+-@\t\r＝＋－＠", r)
}

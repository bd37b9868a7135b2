package ledger

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/xuri/excelize/v2"

	"renkei/files"
	"renkei/models"
)

// maxFileBytes leaves room: 30,000 admissions with 60,000 sessions and 200,000
// contacts take some 40 MB, 500 MB unpacked.
const (
	maxFileBytes    = 256 << 20
	maxXMLInMemory  = 256 << 20 // a larger sheet is unpacked to a temporary file
	excelSignature  = "PK"
	oleSignature    = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	encryptedStream = "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"
)

// readWorkbook reads an .xlsx in a worker, so that a malformed file can
// neither bring the program down nor hold it up after cancellation.
func readWorkbook(ctx context.Context, path string, size int64, p Progress) (*Reading, error) {
	if err := checkFile(path, size); err != nil {
		return nil, err
	}
	// Excelize unpacks large sheets to files, which must go also when it is
	// left behind in its work.
	unpacked, err := files.TempDir()
	if err != nil {
		return nil, models.Wrap(err, models.Unavailable, "一時フォルダ「%s」に書き込めません。空き容量と書き込みの許可を確かめてください", os.TempDir())
	}
	defer os.RemoveAll(unpacked) // of no use to anybody, and in nobody's way
	type result struct {
		reading *Reading
		err     error
	}
	done := make(chan result, 1)
	go func() {
		defer func() {
			if fault := recover(); fault != nil {
				done <- result{nil, damaged(path, fmt.Errorf("panic: %v", fault))}
			}
		}()
		reading, err := readSheets(ctx, path, unpacked, p)
		done <- result{reading, err}
	}()
	select {
	case r := <-done:
		return r.reading, r.err
	case <-ctx.Done():
		return nil, canceled(ctx.Err())
	}
}

// checkFile names what kind of file it is when it is no .xlsx.
func checkFile(path string, size int64) error {
	f, err := os.Open(path)
	if err != nil {
		return openError(path, err)
	}
	defer f.Close()
	switch {
	case size == 0:
		return models.Errorf(models.Invalid, "「%s」は空のファイルです。保存し直したファイルを指定してください", path)
	case size > maxFileBytes:
		return models.Errorf(models.Invalid, "「%s」は大きすぎます（%dMBまで）。台帳ブックではないファイルかもしれません", path, maxFileBytes>>20)
	}
	head := make([]byte, 8)
	if _, err := io.ReadFull(f, head); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return openError(path, err)
	}
	switch {
	case bytes.HasPrefix(head, []byte(excelSignature)):
		return nil
	case string(head) != oleSignature:
		return notExcel(path, nil)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return openError(path, err)
	}
	if bytes.Contains(data, []byte(encryptedStream)) {
		return models.Errorf(models.Invalid, "「%s」はパスワードで保護されています。Excel で開き、パスワードを外して保存し直してください", path)
	}
	return models.Errorf(models.Invalid, "「%s」は古い Excel 形式（.xls）です。Excel で開き、「Excel ブック（.xlsx）」で保存し直してください", path)
}

// readSheets reads the sheets; large ones are unpacked into a folder.
func readSheets(ctx context.Context, path, unpacked string, p Progress) (*Reading, error) {
	if err := checkParts(ctx, path, p); err != nil {
		return nil, workbookError(path, err)
	}
	f, err := excelize.OpenFile(path, excelize.Options{UnzipSizeLimit: maxUnzipBytes, UnzipXMLSizeLimit: maxXMLInMemory, TmpDir: unpacked})
	if err != nil {
		return nil, workbookError(path, err)
	}
	defer f.Close() // only removes temporary files
	// Without formats a date comes as its day number however it is shown, and
	// unlike a raw value a number is written out: 12000000000 for 1.2E+10.
	f.Styles.CellXfs = nil
	r := newReading()
	names := sheetNames(f.GetSheetList(), r)
	if len(names) == 0 {
		return nil, models.Errorf(models.Invalid,
			"「%s」に台帳のシート（設定・入院・共同指導 など）がありません。台帳ブックを指定してください", path)
	}
	props, err := f.GetWorkbookProps()
	if err != nil {
		return nil, damaged(path, err)
	}
	date1904 := props.Date1904 != nil && *props.Date1904
	for _, s := range sheets {
		name, ok := names[foldName(s.title())]
		if !ok {
			continue
		}
		if err := s.read(ctx, r, &excelSource{f, name, date1904}, p); err != nil {
			return nil, workbookError(path, err)
		}
	}
	return r, nil
}

// sheetNames finds our sheets by their folded names.
func sheetNames(list []string, r *Reading) map[string]string {
	names := map[string]string{}
	for _, name := range list {
		folded := foldName(name)
		earlier, taken := names[folded]
		switch {
		case folded == sheetExplanation:
		case !isSheet(folded):
			r.note("シート「%s」は台帳ブックにない名前のため、読み込みません", name)
		case taken:
			r.unread[folded] = true
			r.issue(folded, 1, "シート名", "「%s」と「%s」は同じシートです。どちらかを消してください", earlier, name)
		default:
			names[folded] = name
		}
	}
	return names
}

// excelSource is a sheet of a workbook, read as a stream.
type excelSource struct {
	file     *excelize.File
	sheet    string
	date1904 bool
}

func (s *excelSource) each(_ context.Context, fn func(row int, cells []cell) error) error {
	rows, err := s.file.Rows(s.sheet)
	if err != nil {
		return err
	}
	var cells []cell
	for row := 1; rows.Next(); row++ {
		texts, err := rows.Columns()
		if err != nil {
			return errors.Join(err, rows.Close())
		}
		cells = cells[:0]
		for _, text := range texts {
			cells = append(cells, cell{text: text, excel: true, date1904: s.date1904})
		}
		if err := fn(row, cells); err != nil {
			return errors.Join(err, rows.Close())
		}
	}
	return errors.Join(rows.Error(), rows.Close())
}

// workbookError says in words why a workbook cannot be read; an error that
// says so already stays as it is.
func workbookError(path string, err error) error {
	var known *models.Error
	var formula *noResultError
	switch {
	case errors.As(err, &known):
		return err
	case errors.As(err, &formula):
		return models.Wrap(err, models.Invalid, "「%s」に計算結果が保存されていない数式があります（セル %s など）。Excel で開き、保存し直してから読み込んでください", path, formula.cell)
	case errors.Is(err, errOpenDocument):
		return models.Wrap(err, models.Invalid, "「%s」は OpenDocument 形式（.ods）です。Excel か LibreOffice で開き、「Excel ブック（.xlsx）」で保存し直してください", path)
	case errors.Is(err, errTooLarge):
		return models.Wrap(err, models.Invalid, "「%s」は開くと大きすぎます。台帳ブックではないファイルかもしれません", path)
	case errors.Is(err, errNoWorkbook):
		return notExcel(path, err)
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		return openError(path, err)
	}
	return damaged(path, err)
}

func notExcel(path string, cause error) error {
	return models.Wrap(cause, models.Invalid, "「%s」は Excel ブック（.xlsx）ではありません。台帳ブックか、CSV のフォルダを指定してください", path)
}

func damaged(path string, cause error) error {
	return models.Wrap(cause, models.Invalid, "「%s」は壊れていて読み取れません。元のファイルを Excel で開き、保存し直してください", path)
}

// openError says why a file or folder cannot be opened.
func openError(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return models.Wrap(err, models.NotFound, "「%s」がありません。ファイルの場所と名前を確かめてください", path)
	case errors.Is(err, fs.ErrPermission):
		return models.Wrap(err, models.Unavailable, "「%s」を開く権限がありません。ほかの人が使っていないか、権限を確かめてください", path)
	}
	return models.Wrap(err, models.Unavailable, "「%s」を開けません。ほかのプログラムで開いていれば閉じてから、もう一度行ってください", path)
}

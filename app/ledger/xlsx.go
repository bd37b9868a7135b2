package ledger

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"renkei/models"
)

// maxFileBytes leaves room: 30,000 admissions with 60,000 sessions and 200,000
// contacts take about 40 MB.
const (
	maxFileBytes    = 256 << 20
	excelSignature  = "PK"
	oleSignature    = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	encryptedStream = "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"
)

func readWorkbook(ctx context.Context, path string, size int64, p Progress) (*Reading, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, openError(path, err)
	}
	defer f.Close() // only opened for reading
	if err := checkFile(f, path, size); err != nil {
		return nil, err
	}
	r := newReading()
	if err := readSheets(ctx, f, size, r, p); err != nil {
		return nil, workbookError(path, err)
	}
	if len(r.found) == 0 && len(r.Issues) == 0 {
		return nil, models.Errorf(models.Invalid,
			"「%s」に台帳のシート（設定・入院・共同指導 など）がありません。台帳ブックを指定してください", path)
	}
	return r.finish(), nil
}

// checkFile says what kind of file it is if it is not an .xlsx.
func checkFile(f io.ReadSeeker, path string, size int64) error {
	switch {
	case size == 0:
		return models.Errorf(models.Invalid, "「%s」は空のファイルです。保存し直したファイルを指定してください", path)
	case size > maxFileBytes:
		return models.Errorf(models.Invalid, "「%s」は大きすぎます（%dMBまで）。台帳ブックではないファイルかもしれません", path, maxFileBytes>>20)
	}
	head := make([]byte, len(oleSignature))
	if _, err := io.ReadFull(f, head); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return openError(path, err)
	}
	switch {
	case bytes.HasPrefix(head, []byte(excelSignature)):
		return nil
	case string(head) != oleSignature:
		return notExcel(path, nil)
	}
	encrypted, err := holds(f, []byte(encryptedStream))
	switch {
	case err != nil:
		return openError(path, err)
	case encrypted:
		return models.Errorf(models.Invalid, "「%s」はパスワードで保護されています。Excel で開き、パスワードを外して保存し直してください", path)
	}
	return models.Errorf(models.Invalid, "「%s」は古い Excel 形式（.xls）です。Excel で開き、「Excel ブック（.xlsx）」で保存し直してください", path)
}

// holds reports whether the rest of a file contains the bytes.
func holds(f io.Reader, wanted []byte) (bool, error) {
	buffer := make([]byte, 0, 64<<10)
	for {
		n, err := f.Read(buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+n]
		switch {
		case bytes.Contains(buffer, wanted):
			return true, nil
		case errors.Is(err, io.EOF):
			return false, nil
		case err != nil:
			return false, err
		}
		keep := min(len(wanted), len(buffer))
		buffer = buffer[:copy(buffer, buffer[len(buffer)-keep:])]
	}
}

// workbookError says why a workbook cannot be read. An error with its own
// sentence stays as it is.
func workbookError(path string, err error) error {
	var known *models.Error
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, errBinaryWorkbook):
		return models.Wrap(err, models.Invalid, "「%s」は Excel バイナリ ブック（.xlsb）です。「Excel ブック（.xlsx）」で保存し直してください", path)
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

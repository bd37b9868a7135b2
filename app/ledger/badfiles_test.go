package ledger

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"renkei/models"
)

func TestBadFilesAreNamedInWords(t *testing.T) {
	dir := t.TempDir()
	save := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, data, 0o600))
		return path
	}
	whole, err := os.ReadFile(filepath.Join(casesFolder, "a", "ledger.xlsx"))
	require.NoError(t, err)
	empty := filepath.Join(dir, "empty")
	require.NoError(t, os.Mkdir(empty, 0o700))
	foreign := workbookOf(t, map[string][][]any{"売上": {{"月", "円"}}}, nil)

	tests := []struct {
		name, path string
		code       models.Code
		want       string
	}{
		{"missing", filepath.Join(dir, "none.xlsx"), models.NotFound, "がありません。ファイルの場所と名前を確かめてください"},
		{"folder without CSV", empty, models.Invalid, "に台帳の CSV がありません。「入院.csv」のようにシート名を付けたファイルを入れてください"},
		{"one CSV", save("入院.csv", []byte("患者ID\n")), models.Invalid, "は CSV のファイルです。台帳の CSV は「シート名.csv」を集めたフォルダを指定してください"},
		{"empty", save("empty.xlsx", nil), models.Invalid, "は空のファイルです。保存し直したファイルを指定してください"},
		{"text", save("text.xlsx", []byte("患者ID,入院日\n1,2\n")), models.Invalid, "は Excel ブック（.xlsx）ではありません。台帳ブックか、CSV のフォルダを指定してください"},
		{"cut off", save("cut.xlsx", whole[:len(whole)/2]), models.Invalid, "は壊れていて読み取れません。元のファイルを Excel で開き、保存し直してください"},
		{"flipped bytes", save("flipped.xlsx", flip(whole)), models.Invalid, "は壊れていて読み取れません。元のファイルを Excel で開き、保存し直してください"},
		{"broken sheet", save("sheet.xlsx", zipOf(t, whole, "xl/worksheets/sheet11.xml", cutSheet)), models.Invalid, "は壊れていて読み取れません。元のファイルを Excel で開き、保存し直してください"},
		{"broken end of a sheet", save("end.xlsx", zipOf(t, whole, "xl/worksheets/sheet11.xml", cutEnd)), models.Invalid, "は壊れていて読み取れません。元のファイルを Excel で開き、保存し直してください"},
		{"wrong checksum", save("sum.xlsx", wrongChecksum(t, whole)), models.Invalid, "は壊れていて読み取れません。元のファイルを Excel で開き、保存し直してください"},
		{"text of a cell missing", save("text-of-cell.xlsx", zipOf(t, whole, "xl/worksheets/sheet1.xml", unknownText)), models.Invalid, "は壊れていて読み取れません。元のファイルを Excel で開き、保存し直してください"},
		{"old .xls", save("old.xlsx", append([]byte(oleSignature), make([]byte, 4096)...)), models.Invalid, "は古い Excel 形式（.xls）です。Excel で開き、「Excel ブック（.xlsx）」で保存し直してください"},
		{"password", save("locked.xlsx", withPassword(t)), models.Invalid, "はパスワードで保護されています。Excel で開き、パスワードを外して保存し直してください"},
		{"zip of something else", save("other.xlsx", zipOf(t, whole, "", nil)), models.Invalid, "は Excel ブック（.xlsx）ではありません。台帳ブックか、CSV のフォルダを指定してください"},
		{"workbook of something else", foreign, models.Invalid, "に台帳のシート（設定・入院・共同指導 など）がありません。台帳ブックを指定してください"},
		{"an OpenDocument book", save("book.ods", zipWith(t, "content.xml", "<office:document-content/>")), models.Invalid, "は OpenDocument 形式（.ods）です。Excel か LibreOffice で開き、「Excel ブック（.xlsx）」で保存し直してください"},
		{"rows out of order", save("order.xlsx", zipOf(t, whole, "xl/worksheets/sheet11.xml", rowAtTop)), models.Invalid, "は壊れていて読み取れません。元のファイルを Excel で開き、保存し直してください"},
		{"a web page in place of a sheet", save("web.xlsx", zipOf(t, whole, "xl/worksheets/sheet11.xml", webPage)), models.Invalid, "は壊れていて読み取れません。元のファイルを Excel で開き、保存し直してください"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := Read(context.Background(), tt.path, nil)
			assert.Nil(t, r)
			assert.Equal(t, "「"+tt.path+"」"+tt.want, models.ErrorMessage(err))
			assert.Equal(t, tt.code, models.ErrorCode(err))
		})
	}
}

func flip(data []byte) []byte {
	out := bytes.Clone(data)
	for i := 2000; i < len(out)/2; i += 97 {
		out[i] ^= 0xFF
	}
	return out
}

func cutSheet(data []byte) []byte { return data[:len(data)*2/3] }

func cutEnd(data []byte) []byte { return bytes.TrimSuffix(data, []byte("</worksheet>")) }

// unknownText adds a cell below the sheet that refers to a shared text that
// does not exist.
func unknownText(data []byte) []byte {
	return bytes.Replace(data, []byte("</sheetData>"), []byte(`<row r="99"><c r="A99" t="s"><v>123456</v></c></row></sheetData>`), 1)
}

// wrongChecksum stores a sheet with a wrong checksum.
func wrongChecksum(t *testing.T, whole []byte) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	require.NoError(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		if f.Name != "xl/worksheets/sheet11.xml" {
			require.NoError(t, w.Copy(f))
			continue
		}
		in, err := f.Open()
		require.NoError(t, err)
		data, err := io.ReadAll(in)
		require.NoError(t, err)
		part, err := w.CreateRaw(&zip.FileHeader{Name: f.Name, CRC32: f.CRC32 ^ 1,
			CompressedSize64: uint64(len(data)), UncompressedSize64: uint64(len(data))})
		require.NoError(t, err)
		_, err = part.Write(data)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}

// zipOf copies a zip with one part changed. Without a name it makes a zip
// without any part of a workbook.
func zipOf(t *testing.T, whole []byte, name string, change func([]byte) []byte) []byte {
	t.Helper()
	if name == "" {
		return zipWith(t, "写真.txt", "写真")
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	r, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	require.NoError(t, err)
	for _, f := range r.File {
		in, err := f.Open()
		require.NoError(t, err)
		var data bytes.Buffer
		_, err = data.ReadFrom(in)
		require.NoError(t, err)
		part, err := w.Create(f.Name)
		require.NoError(t, err)
		content := data.Bytes()
		if f.Name == name {
			content = change(content)
		}
		_, err = part.Write(content)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}

// zipWith makes a zip of one part.
func zipWith(t *testing.T, name, content string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	part, err := w.Create(name)
	require.NoError(t, err)
	_, err = part.Write([]byte(content))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return out.Bytes()
}

func rowAtTop(data []byte) []byte {
	return bytes.Replace(data, []byte("<sheetData>"), []byte(`<sheetData><row r="900"/>`), 1)
}

func webPage([]byte) []byte {
	return []byte("<html><body>ログインしてください</body></html>")
}

func withPassword(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	buf, err := f.WriteToBuffer()
	require.NoError(t, err)
	data, err := excelize.Encrypt(buf.Bytes(), &excelize.Options{Password: "ひみつ"})
	require.NoError(t, err)
	return data
}

func TestATokenBeyondMeasureIsRefused(t *testing.T) {
	whole, err := os.ReadFile(filepath.Join(casesFolder, "a", "ledger.xlsx"))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "token.xlsx")
	require.NoError(t, os.WriteFile(path, zipOf(t, whole, "xl/worksheets/sheet1.xml", func(data []byte) []byte {
		return bytes.Replace(data, []byte("みなと総合病院"), bytes.Repeat([]byte("a"), maxTokenBytes+1<<20), 1)
	}), 0o600))
	_, err = Read(context.Background(), path, nil)
	assert.Equal(t, "「"+path+"」は開くと大きすぎます。台帳ブックではないファイルかもしれません", models.ErrorMessage(err))
}

func TestNameOfTheEncryptedStreamIsUTF16(t *testing.T) {
	var b []byte
	for _, u := range utf16.Encode([]rune("EncryptedPackage")) {
		b = append(b, byte(u), byte(u>>8))
	}
	assert.Equal(t, encryptedStream, string(b))
}

func TestReadingStopsWhenCanceled(t *testing.T) {
	for _, path := range []string{filepath.Join(casesFolder, "a", "ledger.xlsx"), filepath.Join(casesFolder, "a", "ledger")} {
		ctx, cancel := context.WithCancel(context.Background())
		seen := 0
		t.Setenv("TMPDIR", t.TempDir())
		r, err := Read(ctx, path, func(string, int, int) { seen++; cancel() })
		assert.Nil(t, r)
		assert.Equal(t, models.Canceled, models.ErrorCode(err))
		assert.Equal(t, "台帳の読み込みを取りやめました。何も登録していません", models.ErrorMessage(err))
		assert.Equal(t, 1, seen)
		left, err := os.ReadDir(os.TempDir())
		require.NoError(t, err)
		assert.Empty(t, left, "nothing unpacked is left")
		cancel()
	}
}

func TestProgressNamesEverySheetOnce(t *testing.T) {
	done := map[string]int{}
	_, err := Read(context.Background(), filepath.Join(casesFolder, "a", "ledger"), func(what string, n, total int) {
		assert.Equal(t, n, total)
		done[what] = n
	})
	require.NoError(t, err)
	assert.Len(t, done, len(sheets))
	assert.Equal(t, 91, done["共同指導"], "90 sessions and the header")
}

package ledger

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

// Files made to exhaust the machine must be refused after bounded work.
// allocatedBy returns how many bytes reading allocates.
func allocatedBy(t *testing.T, read func()) uint64 {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	read()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestPartsMadeToExhaustTheMachineAreRefused(t *testing.T) {
	const (
		sheet  = "xl/worksheets/sheet11.xml"
		texts  = "xl/sharedStrings.xml"
		styles = "xl/styles.xml"
		main   = "xl/workbook.xml"
		rels   = "xl/_rels/workbook.xml.rels"
	)
	base := filepath.Join("..", "testdata", "field", "00-base.xlsx")
	nested := func(n int) string { return strings.Repeat("<a>", n) + strings.Repeat("</a>", n) }
	many := strings.Repeat
	tests := []struct {
		outcome, part, behind, by string
	}{
		{"a sheet nested deeper than 64", sheet, "<sheetData>", nested(maxDepth - 1)},
		{"a sheet nested without end", sheet, "<sheetData>", many("<a>", 1<<20)},
		{"texts nested", texts, "<si>", nested(1 << 20)},
		{"formats nested", styles, "<cellXfs count=\"3\">", nested(1 << 20)},
		{"the workbook nested", main, "<sheets>", nested(1 << 20)},
		{"relations nested", rels, "relationships\">", nested(1 << 20)},
		{"one long attribute", sheet, "<sheetData", " a=\"" + many("x", maxTokenBytes) + "\""},
		{"many attributes", sheet, "<sheetData", many(" a=\"\"", maxTokenBytes/5)},
		{"one long text", texts, "<t>", many("x", maxTokenBytes)},
		{"one text in many pieces", texts, "<si>", many("<r><t>x</t></r>", maxTokenBytes)},
		{"a long comment", sheet, "<sheetData>", "<!--" + many("x", maxTokenBytes) + "-->"},
		{"more elements than a part of this size has", sheet, "<sheetData>", many("<a/>", freeUnzipBytes/4)},
		{"more formats than Excel keeps", styles, "<cellXfs count=\"3\">", many("<xf/>", maxEntries)},
		{"more number formats", styles, "main\">", "<numFmts>" + numbered70001(`<numFmt numFmtId="`, `" formatCode="0"/>`) + "</numFmts>"},
		{"more sheets than a person can open", main, "<sheets>", many(`<sheet name="x" r:id="rId1"/>`, maxSheets)},
		{"more relations", rels, "relationships\">", many(`<Relationship Id="x" Target="y"/>`, maxEntries)},
		{"more texts than are kept", texts, "main\" count=\"156\" uniqueCount=\"156\">", many("<si/>", maxSharedBytes/sharedOverhead)},
	}
	for _, tt := range tests {
		t.Run(tt.outcome, func(t *testing.T) {
			path := partOf(t, base, tt.part, func(b []byte) []byte {
				require.Contains(t, string(b), tt.behind)
				return bytes.Replace(b, []byte(tt.behind), []byte(tt.behind+tt.by), 1)
			})
			var err error
			allocated := allocatedBy(t, func() { _, err = Read(context.Background(), path, nil) })
			assert.Equal(t, "「"+path+"」は開くと大きすぎます。台帳ブックではないファイルかもしれません", models.ErrorMessage(err))
			assert.Less(t, allocated, uint64(200<<20))
		})
	}
}

func numbered70001(before, after string) string {
	var b strings.Builder
	for i := range maxEntries + 1 {
		b.WriteString(before + strconv.Itoa(i) + after)
	}
	return b.String()
}

// TestThePartsTogetherAreBounded: each sheet alone is within bounds.
func TestThePartsTogetherAreBounded(t *testing.T) {
	whole, err := os.ReadFile(filepath.Join("..", "testdata", "field", "00-base.xlsx"))
	require.NoError(t, err)
	z, err := openParts(context.Background(), bytes.NewReader(whole), int64(len(whole)))
	require.NoError(t, err)
	read := func() error {
		in, err := z.open("/xl/Worksheets\\sheet11.xml")
		require.NoError(t, err, "found by any spelling of its name")
		_, err = io.ReadAll(in)
		require.NoError(t, in.Close())
		return err
	}
	require.NoError(t, read())
	size := maxUnzipBytes - z.left
	assert.Positive(t, size)
	z.left = size
	require.NoError(t, read())
	assert.ErrorIs(t, read(), errTooLarge)
}

func TestNestingThatIsAllowedIsRead(t *testing.T) {
	path := partOf(t, filepath.Join("..", "testdata", "field", "00-base.xlsx"), "xl/worksheets/sheet11.xml",
		replaced("</sheetData>", "</sheetData>"+strings.Repeat("<a>", maxDepth-1)+strings.Repeat("</a>", maxDepth-1)))
	r := mustRead(t, path)
	assert.Empty(t, issueTexts(r.Issues))
	assert.Len(t, r.Book.Admissions, 3)
}

// TestTheSizeThatAZipTellsIsNotBelieved: the sheet unpacks to far more than the
// zip claims.
func TestTheSizeThatAZipTellsIsNotBelieved(t *testing.T) {
	whole, err := os.ReadFile(filepath.Join("..", "testdata", "field", "00-base.xlsx"))
	require.NoError(t, err)
	data := zipOf(t, whole, "xl/worksheets/sheet11.xml", replaced("<sheetData>", "<sheetData>"+strings.Repeat("<row/>", freeUnzipBytes/6)))
	at := bytes.LastIndex(data, []byte("xl/worksheets/sheet11.xml")) - 46
	require.Equal(t, "PK\x01\x02", string(data[at:at+4]))
	binary.LittleEndian.PutUint32(data[at+20:], 1<<31) // packed: more than the file holds
	binary.LittleEndian.PutUint32(data[at+24:], 1000)  // unpacked
	path := filepath.Join(t.TempDir(), "lie.xlsx")
	require.NoError(t, os.WriteFile(path, data, 0o600))
	var r *Reading
	allocated := allocatedBy(t, func() { r, err = Read(context.Background(), path, nil) })
	assert.Nil(t, r)
	assert.Equal(t, models.Invalid, models.ErrorCode(err))
	assert.Less(t, allocated, uint64(100<<20))
}

func TestALongListOfPartsIsRefused(t *testing.T) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := range maxDirectoryBytes / 50 {
		_, err := w.CreateRaw(&zip.FileHeader{Name: strconv.Itoa(i)})
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	path := filepath.Join(t.TempDir(), "parts.xlsx")
	require.NoError(t, os.WriteFile(path, out.Bytes(), 0o600))
	_, err := Read(context.Background(), path, nil)
	assert.Equal(t, "「"+path+"」は開くと大きすぎます。台帳ブックではないファイルかもしれません", models.ErrorMessage(err))
}

func TestAPartThatStandsTwiceIsRefused(t *testing.T) {
	whole, err := os.ReadFile(filepath.Join("..", "testdata", "field", "00-base.xlsx"))
	require.NoError(t, err)
	r, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	require.NoError(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range append(r.File, r.File[1]) {
		require.NoError(t, w.Copy(f))
	}
	require.NoError(t, w.Close())
	path := filepath.Join(t.TempDir(), "twice.xlsx")
	require.NoError(t, os.WriteFile(path, out.Bytes(), 0o600))
	_, err = Read(context.Background(), path, nil)
	assert.Contains(t, models.ErrorMessage(err), "は壊れていて読み取れません")
}

func TestCellsFarToTheRightAreLeftOut(t *testing.T) {
	path := partOf(t, filepath.Join("..", "testdata", "field", "00-base.xlsx"), "xl/worksheets/sheet11.xml",
		replaced("</sheetData>", `<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>`))
	r := mustRead(t, path)
	assert.Empty(t, issueTexts(r.Issues))
	assert.Len(t, r.Book.Admissions, 3)
}

func TestReadingEndsWhenNothingIsRight(t *testing.T) {
	r := readTexts(t, map[string]string{"入院": "患者ID,入院日,氏名\n" + strings.Repeat("x,y,z\n", maxIssues+5), "病棟履歴": "患者ID,入院日,開始日,病棟コード\n1,2026-10-02,2026-10-02,W1\n"})
	require.Len(t, r.Issues, maxIssues+1)
	assert.Equal(t, "直すところが10000件を超えたため、ここで読むのをやめました。ここまでを直して、もう一度読み込んでください", r.Issues[maxIssues].String())
	assert.Empty(t, CheckReferences(r, nil), "what was not read is not blamed")
}

func TestFoldersThatAreNoFoldersOfCSVAreRefused(t *testing.T) {
	read := func(change func(dir string)) error {
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, "病棟.csv"), []byte(wardHead), 0o600))
		change(dir)
		_, err := Read(context.Background(), dir, nil)
		return err
	}
	write := func(text string) func(string) {
		return func(dir string) {
			require.NoError(t, os.WriteFile(filepath.Join(dir, "入院.csv"), []byte(text), 0o600))
		}
	}
	const long = "「入院.csv」の2行目は長すぎます。引用符（\"）の付け方か、別のファイルではないか確かめてください"
	assert.Equal(t, long, models.ErrorMessage(read(write("患者ID,入院日,氏名\n"+strings.Repeat("x", maxRecordBytes+1)))))
	assert.Equal(t, long, models.ErrorMessage(read(write("患者ID,入院日,氏名\n1,2026-10-02,\""+strings.Repeat("x\n", maxRecordBytes)))), "a quote that does not end")
	assert.NoError(t, read(write("患者ID,入院日,氏名\n"+strings.Repeat(",", maxRecordBytes-1)+"\n")), "empty cells without end are left out")
	assert.Equal(t, "シート「入院」の行が多すぎます（1048576行まで）。ファイルを分けてください",
		models.ErrorMessage(read(write("患者ID,入院日,氏名\n"+strings.Repeat("\n", maxRows)))))
	assert.Equal(t, "「入院.csv」は大きすぎます（フォルダ全体で160MBまで）。別のファイルではないか確かめてください", models.ErrorMessage(read(func(dir string) {
		for _, name := range []string{"入院.csv", "病棟.csv"} { // 80 MB each: together too much
			path := filepath.Join(dir, name)
			require.NoError(t, os.WriteFile(path, []byte(wardHead), 0o600))
			require.NoError(t, os.Truncate(path, maxCSVBytes/2+1))
		}
	})))
	assert.Equal(t, "「入院.csv」がありません。ファイルの場所と名前を確かめてください", models.ErrorMessage(read(func(dir string) {
		require.NoError(t, os.Symlink(filepath.Join(dir, "none"), filepath.Join(dir, "入院.csv")))
	})))
}

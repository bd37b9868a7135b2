package ledger

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"renkei/models"
	"renkei/models/fee"
)

func TestWrittenWorkbookIsMadeForPeople(t *testing.T) {
	path := mustWrite(t, "book.xlsx", exampleBook())
	f, err := excelize.OpenFile(path)
	require.NoError(t, err)
	defer f.Close()
	titles := []string{}
	for _, s := range sheets {
		titles = append(titles, s.title())
	}
	assert.Equal(t, titles, f.GetSheetList())
	for _, s := range sheets {
		t.Run(s.title(), func(t *testing.T) {
			layout, err := f.GetPageLayout(s.title())
			require.NoError(t, err)
			assert.Equal(t, 9, *layout.Size, "A4")
			assert.Equal(t, "landscape", *layout.Orientation)
			props, err := f.GetSheetProps(s.title())
			require.NoError(t, err)
			assert.True(t, *props.FitToPage, "one page wide")
			panes, err := f.GetPanes(s.title())
			require.NoError(t, err)
			assert.True(t, panes.Freeze)
			for i, h := range s.headings() {
				column, err := excelize.ColumnNumberToName(i + 1)
				require.NoError(t, err)
				size, err := f.GetColWidth(s.title(), column)
				require.NoError(t, err)
				assert.GreaterOrEqual(t, size, min(textWidth(h.Name), maxWidth), h.Name)
			}
		})
	}
	names := map[string]int{}
	for _, n := range f.GetDefinedName() {
		names[n.Name]++
	}
	assert.Equal(t, map[string]int{"_xlnm.Print_Titles": len(sheets), "_xlnm._FilterDatabase": len(sheets)}, names)

	shown, err := f.GetCellValue("入院", "B2")
	require.NoError(t, err)
	assert.Equal(t, "2026-10-02", shown)
	raw, err := f.GetCellValue("入院", "B2", excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	assert.Equal(t, "46297", raw, "a real date")
	kind, err := f.GetCellType("入院", "A2")
	require.NoError(t, err)
	assert.Equal(t, excelize.CellTypeInlineString, kind, "an ID is text")
	rules, err := f.GetDataValidations("入院")
	require.NoError(t, err)
	assert.Len(t, rules, 4, "○× three times and 認定状況")
}

func TestTextStaysTextAndIsReadBack(t *testing.T) {
	for _, body := range []string{"=1+1", "+81-3-0000", "-5", "@甲", "'=1", "''-", "'甲", "一行\n二行", "_x000D_", "_x005F_", "a,b\"c\"", "<&>", "＝１", "𠮷髙﨑", "0012", "1E5", "TRUE"} {
		for _, target := range []string{"book.xlsx", "folder/"} {
			book := &models.Book{Settings: []models.Setting{}, Contacts: []models.Contact{{Number: "1E5", On: models.MustDate("2026-01-01"), Kind: models.Mail, Body: body}}}
			path := t.TempDir() + "/" + target
			require.NoError(t, Write(context.Background(), path, book, nil))
			r := mustRead(t, path)
			require.Empty(t, issueTexts(r.Issues))
			assert.Equal(t, book.Contacts, r.Book.Contacts, "%q %s", body, target)
		}
	}
}

func TestFormulaLikeTextIsGuardedInCSV(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, Write(context.Background(), dir, &models.Book{Contacts: []models.Contact{{Number: "K1", On: models.MustDate("2026-01-01"), Kind: models.Mail, Body: "=cmd()"}}}, nil))
	data, err := os.ReadFile(filepath.Join(dir, "やり取り.csv"))
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(data), "\uFEFF連絡番号,"))
	assert.Contains(t, string(data), ",'=cmd(),")
}

func TestControlCharactersAreDropped(t *testing.T) {
	r := readTexts(t, map[string]string{"設定": "キー,値\nhospital_name,\x00みな\x07と\u200B病院\x1f\n"})
	assert.Empty(t, issueTexts(r.Issues))
	assert.Equal(t, "みなと病院", r.Book.Settings[0].Value)
}

func TestTheSameBookGivesTheSameParts(t *testing.T) {
	checksums := func() map[string]uint32 {
		z, err := zip.OpenReader(mustWrite(t, "b.xlsx", exampleBook()))
		require.NoError(t, err)
		defer z.Close()
		sums := map[string]uint32{}
		for _, part := range z.File {
			sums[part.Name] = part.CRC32
		}
		return sums
	}
	first := checksums()
	for range 5 {
		assert.Equal(t, first, checksums())
	}
}

func TestDatesBeforeTheRangeOfExcelAreReadBack(t *testing.T) {
	for _, day := range []string{"1868-10-23", "1899-12-31", "1900-02-28", "1909-12-31", "1910-01-01", "2173-10-13", "2999-12-31"} {
		book := &models.Book{Policies: []models.Policy{{Edition: "1", EffectiveOn: models.MustDate(day)}}}
		assert.Equal(t, book.Policies, mustRead(t, mustWrite(t, "b.xlsx", book)).Book.Policies, day)
	}
}

func TestTargetsThatCannotBeWrittenAreNamed(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	long := &models.Book{Contacts: []models.Contact{{Number: "K1", Body: strings.Repeat("𠮷", 16384)}}}
	tests := []struct {
		name, path string
		book       *models.Book
		code       models.Code
		want       string
	}{
		{"no such folder", filepath.Join(dir, "none", "b.xlsx"), &models.Book{}, models.NotFound, "書き出し先のフォルダ「" + filepath.Join(dir, "none") + "」がありません。フォルダを作るか、別の場所を選んでください"},
		{"other extension", filepath.Join(dir, "b.ods"), &models.Book{}, models.Invalid, "書き出し先「" + filepath.Join(dir, "b.ods") + "」は .xlsx で終わる名前か、フォルダにしてください"},
		{"a file in place of the folder", filepath.Join(file, "b.xlsx"), &models.Book{}, models.Unavailable, "「" + filepath.Join(file, "b.xlsx") + "」に書き出せません。Excel などで開いていれば閉じ、書き込めるフォルダか確かめてください"},
		{"text too long for a cell", filepath.Join(dir, "b.xlsx"), long, models.Invalid, "やり取り の 1 件目の内容が長すぎて書き出せません。32,767文字までに縮めてください"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := Write(context.Background(), tt.path, tt.book, nil)
			assert.Equal(t, tt.want, models.ErrorMessage(err))
			assert.Equal(t, tt.code, models.ErrorCode(err))
		})
	}
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, left, 1, "nothing half-written is left")
}

func TestFailedWriteLeavesTheFileThatWasThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "b.xlsx")
	require.NoError(t, os.WriteFile(path, []byte("前の中身"), 0o600))
	cause := errors.New("disk")
	require.ErrorIs(t, writeFile(path, func(w io.Writer) error {
		_, err := w.Write([]byte("途中"))
		require.NoError(t, err)
		return cause
	}), cause)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "前の中身", string(data))
	left, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	assert.Len(t, left, 1)
}

func TestWritingStopsWhenCanceled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "b.xlsx")
	ctx, cancel := context.WithCancel(context.Background())
	err := Write(ctx, path, exampleBook(), func(string, int, int) { cancel() })
	assert.Equal(t, models.Canceled, models.ErrorCode(err))
	assert.Equal(t, "書き出しを取りやめました", models.ErrorMessage(err))
	assert.NoFileExists(t, path)
}

func TestTemplateIsReadAsItIs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "template.xlsx")
	require.NoError(t, WriteTemplate(context.Background(), path))
	r := mustRead(t, path)
	assert.Empty(t, issueTexts(r.Issues))
	assert.Empty(t, issueTexts(CheckReferences(r, nil)))
	var noted []string
	for _, note := range r.Notes {
		place, _, _ := strings.Cut(note, ": 記入例のままの行です")
		noted = append(noted, place)
	}
	assert.Equal(t, []string{"設定 2 キー", "職員 2 職員コード", "連携先 2 連携先コード", "介護支援専門員 2 CMコード", "入院 2 患者ID"}, noted,
		"whose names say 見本: another row may be a real one")
	assert.Equal(t, exampleBook(), r.Book)
	for _, s := range sheets {
		assert.Equal(t, 1, s.count(r.Book), s.title())
	}
}

func TestTemplateExplainsEveryColumnAndParameter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "template.xlsx")
	require.NoError(t, WriteTemplate(context.Background(), path))
	f, err := excelize.OpenFile(path)
	require.NoError(t, err)
	defer f.Close()
	rows, err := f.GetRows("説明")
	require.NoError(t, err)
	explained := map[string][]string{}
	parameters := map[int]string{}
	for i, row := range rows {
		if len(row) > 1 {
			explained[row[0]+"/"+row[1]] = row
		}
		if len(row) > 0 {
			if _, ok := fee.DefinitionOf(row[0]); ok {
				parameters[i+1] = row[0]
			}
		}
	}
	for _, s := range sheets {
		for _, h := range s.headings() {
			row := explained[s.title()+"/"+h.Name]
			require.Len(t, row, 6, "%s %s", s.title(), h.Name)
			assert.NotEmpty(t, row[3])
			assert.NotEmpty(t, row[5])
			for _, v := range h.Values {
				if h.Name != "キー" {
					assert.Contains(t, row[4], v)
				}
			}
		}
	}
	assert.Len(t, parameters, len(fee.Definitions))
	rules, err := f.GetDataValidations("設定")
	require.NoError(t, err)
	require.Len(t, rules, 1)
	first, last := len(rows)-len(fee.Definitions)+1, len(rows)
	assert.Equal(t, "hospital_name", parameters[first])
	assert.Equal(t, "'説明'!"+absolute(first)+":"+absolute(last), rules[0].Formula1)
}

func absolute(row int) string { return "$A$" + strings.TrimPrefix(cellName(1, row), "A") }

func TestAnyBookIsReadBackAsWritten(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		book := drawBook(rt)
		for _, target := range []string{"book.xlsx", "folder/"} {
			path := dir + "/" + target
			require.NoError(rt, Write(context.Background(), path, book, nil))
			r, err := Read(context.Background(), path, nil)
			require.NoError(rt, err)
			require.Empty(rt, issueTexts(r.Issues))
			require.Equal(rt, book, r.Book)
		}
	})
}

// drawBook draws books of admissions, contacts and sessions, which together
// have every kind of column.
func drawBook(rt *rapid.T) *models.Book {
	text := rapid.Custom(func(rt *rapid.T) string {
		text := clean(rapid.StringOf(rapid.RuneFrom([]rune("aＡあ髙𠮷ー・;'\"=+-@_x000D_,<&\n 　\t0１\u3099#"))).Draw(rt, "text"))
		return strings.ReplaceAll(text, "##", "#") // ### is a number in a too narrow column
	})
	day := rapid.Custom(func(rt *rapid.T) models.Date {
		return models.MinDate.AddDays(rapid.IntRange(0, 413000).Draw(rt, "day"))
	})
	maybe := rapid.Custom(func(rt *rapid.T) models.Date {
		if rapid.Bool().Draw(rt, "blank") {
			return 0
		}
		return day.Draw(rt, "date")
	})
	mark := rapid.SampledFrom([]models.Mark{models.Unknown, models.Yes, models.No})
	staff := rapid.Custom(func(rt *rapid.T) []string {
		list := rapid.SliceOfNDistinct(rapid.StringMatching(`S[0-9]{1,3}`), 0, 3, rapid.ID[string]).Draw(rt, "staff")
		if len(list) == 0 {
			return nil
		}
		return list
	})
	b := &models.Book{}
	for _, id := range rapid.SliceOfNDistinct(rapid.StringMatching(`[0-9]{1,10}`), 0, 4, rapid.ID[string]).Draw(rt, "ids") {
		on := day.Draw(rt, "admitted")
		b.Admissions = append(b.Admissions, models.Admission{PatientID: id, AdmittedOn: on, Name: "名" + text.Draw(rt, "name"),
			Kana: text.Draw(rt, "kana"), BornOn: maybe.Draw(rt, "born"), ExpectedOn: maybe.Draw(rt, "expected"),
			ChainKey: strings.TrimLeft(text.Draw(rt, "chain"), "'= 　\n\t"), ServiceSuitable: mark.Draw(rt, "suitable"),
			CareStatus: rapid.SampledFrom(append([]models.CareStatus{""}, models.CareStatuses...)).Draw(rt, "status")})
		b.Contacts = append(b.Contacts, models.Contact{Number: id, On: on, Kind: rapid.SampledFrom(models.ContactKinds).Draw(rt, "kind"),
			Time:  rapid.SampledFrom([]string{"", "00:00", "09:30", "23:59"}).Draw(rt, "time"),
			Staff: staff.Draw(rt, "contact staff"), Body: text.Draw(rt, "body"), PatientID: id})
		b.Sessions = append(b.Sessions, models.JointGuidance{Number: id, PatientID: id, AdmittedOn: on, On: maybe.Draw(rt, "on"),
			Staff: staff.Draw(rt, "session staff"), DoctorsOrder: mark.Draw(rt, "order"), Body: text.Draw(rt, "notes"),
			ClaimMonth: rapid.SampledFrom([]models.Month{0, 202604, 202612}).Draw(rt, "month")})
		b.Wards = append(b.Wards, models.Ward{Code: id, ValidFrom: on, Name: "棟", Beds: rapid.IntRange(0, 9999).Draw(rt, "beds"),
			Class: rapid.SampledFrom(models.WardClasses).Draw(rt, "class"), FeeTreatment: models.FeeBundled})
	}
	return b
}

func TestAFileThatMayNotBeWrittenIsToldFromOneThatIsOpen(t *testing.T) {
	assert.Equal(t, "「b.xlsx」に書き込む許可がありません。読み取り専用でないか確かめるか、別の場所を選んでください",
		models.ErrorMessage(writeError("b.xlsx", &fs.PathError{Op: "open", Path: "b.xlsx", Err: fs.ErrPermission})))
	assert.Equal(t, "「b.xlsx」に書き出せません。Excel などで開いていれば閉じ、書き込めるフォルダか確かめてください",
		models.ErrorMessage(writeError("b.xlsx", &fs.PathError{Op: "open", Path: "b.xlsx", Err: errors.New("in use")})))
}

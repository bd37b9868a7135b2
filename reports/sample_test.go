package reports

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"renkei/models"
	"renkei/models/booktest"
	"renkei/models/fee"
	"renkei/reports/reportstest"
)

// sampleDay is the day the sample hospital is viewed on.
const sampleDay models.Date = 2026_11_22

// record is a row of a sheet of the sample's ledger book, by column name.
type record map[string]string

func (r record) date(t *testing.T, column string) models.Date {
	t.Helper()
	d, err := models.ParseDate(r[column])
	require.NoError(t, err)
	return d
}

func (r record) mark(t *testing.T, column string) models.Mark {
	t.Helper()
	m, err := models.ParseMark(r[column])
	require.NoError(t, err)
	return m
}

// codes splits a cell of several 職員コード.
func (r record) codes(column string) []string {
	return strings.FieldsFunc(r[column], func(c rune) bool { return strings.ContainsRune(";；、\n", c) })
}

var sampleSheets sync.Map

// sampleSheet reads a sheet of the sample's ledger book as committed, so that
// tests can count without the code they check.
func sampleSheet(t *testing.T, name string) []record {
	t.Helper()
	if rows, ok := sampleSheets.Load(name); ok {
		return rows.([]record)
	}
	text, err := os.ReadFile(filepath.Join("..", "assets", "sample", "ledger", name+".csv"))
	require.NoError(t, err)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff"))).ReadAll()
	require.NoError(t, err)
	var records []record
	for _, row := range rows[1:] {
		r := record{}
		for i, column := range rows[0] {
			r[column] = row[i]
		}
		records = append(records, r)
	}
	sampleSheets.Store(name, records)
	return records
}

func sampleRows[T any](t *testing.T, sheet string, row func(record) T) []T {
	t.Helper()
	var rows []T
	for _, r := range sampleSheet(t, sheet) {
		rows = append(rows, row(r))
	}
	return rows
}

func sampleBook(t *testing.T) *models.Book {
	t.Helper()
	d := func(r record, column string) models.Date { return r.date(t, column) }
	m := func(r record, column string) models.Mark { return r.mark(t, column) }
	b := &models.Book{}
	b.Settings = sampleRows(t, "設定", func(r record) models.Setting { return models.Setting{Key: r["キー"], Value: r["値"]} })
	b.Policies = sampleRows(t, "規程", func(r record) models.Policy {
		return models.Policy{Edition: r["版"], EffectiveOn: d(r, "施行日"), Within7Days: m(r, "七日以内の情報提供"), Before7Days: m(r, "退院七日前の連絡"),
			Encourages: m(r, "未申請者への勧奨"), AnnouncedOn: d(r, "周知日"), AnnouncedHow: r["周知方法"]}
	})
	b.Wards = sampleRows(t, "病棟", func(r record) models.Ward {
		beds, err := strconv.Atoi(r["病床数"])
		require.NoError(t, err)
		return models.Ward{Code: r["病棟コード"], ValidFrom: d(r, "有効開始"), ValidTo: d(r, "有効終了"), Name: r["病棟名"], BasicFee: r["入院料"], Beds: beds,
			Class: models.WardClass(r["区分"]), FeeTreatment: models.FeeTreatment(r["B005-1-2"]), CommunityCare: m(r, "地域包括ケア"), Acute: m(r, "急性期系"),
			Comprehensive: m(r, "包括期対象"), PSWAddOn: m(r, "精神保健福祉士配置加算"), FiledFrom: d(r, "加算1届出開始"), FiledTo: d(r, "加算1届出終了")}
	})
	b.Staff = sampleRows(t, "職員", func(r record) models.Staff {
		return models.Staff{Code: r["職員コード"], From: d(r, "所属開始"), To: d(r, "所属終了"), Name: r["氏名"], Kana: r["カナ"], Job: models.Job(r["職種"]),
			Department: models.Department(r["部門所属"]), WardDedicated: m(r, "病棟専任")}
	})
	b.Partners = sampleRows(t, "連携先", func(r record) models.Partner {
		return models.Partner{Code: r["連携先コード"], Name: r["名称"], Kana: r["カナ"], Kind: models.PartnerKind(r["種別"]), OfficeNumber: r["事業所番号"],
			Corporation: r["法人名"], SpecialRelation: m(r, "特別の関係"), AdvancedAcute: m(r, "高度急性期"), Annex: models.Annex(r["併設"]),
			PostalCode: r["郵便番号"], Address: r["住所"], Phone: r["電話"], Fax: r["FAX"], ConsultedOn: d(r, "協議日"), EndedOn: d(r, "連携終了日"),
			AgreedOn: d(r, "取り決め日"), Note: r["備考"]}
	})
	b.CareManagers = sampleRows(t, "介護支援専門員", func(r record) models.CareManager {
		return models.CareManager{Code: r["CMコード"], Name: r["氏名"], Kana: r["カナ"], Qualification: models.Qualification(r["資格"]), RegistrationNo: r["登録番号"],
			CanPlan: m(r, "ケアプラン作成可"), SharedOn: d(r, "連絡先共有日"), CheckedOn: d(r, "連絡先確認日"), Phone: r["電話"], Mail: r["メール"], Note: r["備考"]}
	})
	b.Affiliations = sampleRows(t, "所属履歴", func(r record) models.Affiliation {
		return models.Affiliation{CareManager: r["CMコード"], Partner: r["連携先コード"], From: d(r, "開始日"), To: d(r, "終了日")}
	})
	b.Meetings = sampleRows(t, "会議", func(r record) models.Meeting {
		return models.Meeting{Code: r["会議コード"], HeldOn: d(r, "開催日"), Name: r["名称"], Kind: models.MeetingKind(r["種別"]), Host: r["主催"], Place: r["場所"],
			Way: models.MeetingWay(r["方法"]), Agenda: r["議題"], Counts: m(r, "会議として算入"), CountsBecause: r["算入理由"], ContactsShared: m(r, "連絡先共有")}
	})
	b.Attendances = sampleRows(t, "会議出席", func(r record) models.Attendance {
		return models.Attendance{Meeting: r["会議コード"], Kind: models.AttendeeKind(r["区分"]), Code: r["コード"], Name: r["氏名"], Affiliation: r["所属"]}
	})
	b.Contacts = sampleRows(t, "やり取り", func(r record) models.Contact {
		return models.Contact{Number: r["連絡番号"], On: d(r, "日付"), Time: r["時刻"], Kind: models.ContactKind(r["種別"]), Initiator: models.Initiator(r["発信"]),
			CareManager: r["CMコード"], Partner: r["連携先コード"], Staff: r.codes("職員コード"), Purpose: r["目的"], Body: r["内容"], PatientID: r["患者ID"]}
	})
	b.Admissions = sampleRows(t, "入院", func(r record) models.Admission {
		return models.Admission{PatientID: r["患者ID"], AdmittedOn: d(r, "入院日"), Name: r["氏名"], Kana: r["カナ"], BornOn: d(r, "生年月日"), Sex: r["性別"],
			ExpectedOn: d(r, "退院見込日"), DischargedOn: d(r, "退院日"), ChainKey: r["通算入院キー"], Specialty: r["診療科"], ServiceSuitable: m(r, "サービス導入適当"),
			PatientWishes: m(r, "本人の希望"), ConsentedOn: d(r, "同意日"), CareManager: r["担当CMコード"], CareLevel: r["要介護度"],
			CareStatus: models.CareStatus(r["認定状況"]), ReceivedOn: d(r, "入院時情報提供書受領日"), InformedOn: d(r, "入院時情報提供日"),
			NoticedOn: d(r, "退院前連絡日"), RegionalPlan: m(r, "地域連携診療計画加算")}
	})
	b.WardStays = sampleRows(t, "病棟履歴", func(r record) models.WardStay {
		return models.WardStay{PatientID: r["患者ID"], AdmittedOn: d(r, "入院日"), From: d(r, "開始日"), Ward: r["病棟コード"], To: d(r, "終了日")}
	})
	b.Sessions = sampleRows(t, "共同指導", func(r record) models.JointGuidance {
		var month models.Month
		if r["算定月"] != "" {
			var err error
			month, err = models.ParseMonth(r["算定月"])
			require.NoError(t, err)
		}
		return models.JointGuidance{Number: r["指導番号"], PatientID: r["患者ID"], AdmittedOn: d(r, "入院日"), On: d(r, "指導日"), Way: models.GuidanceWay(r["方法"]),
			Content: models.GuidanceContent(r["内容区分"]), Staff: r.codes("職員コード"), DoctorsOrder: m(r, "医師の指示"), CareManager: r["CMコード"],
			Standing: models.Standing(r["相手の立場"]), PatientJoined: m(r, "患者参加"), ScreenShared: m(r, "画面共有"), ScreenConsent: d(r, "画面共有同意日"),
			MultiAgency: m(r, "同日多機関共同指導加算"), Body: r["内容"], NotedOn: d(r, "要点記載日"), PlanAskedOn: d(r, "ケアプラン依頼日"),
			PlanCopyOn: d(r, "ケアプラン写し受領日"), PlanCopyKind: models.PlanCopyKind(r["写しの種類"]), Claim: models.Claim(r["算定区分"]), ClaimMonth: month}
	})
	return b
}

// judge makes a request from a book.
func judge(t *testing.T, b *models.Book) Request {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "assets", "rules", "2026-06.json"))
	require.NoError(t, err)
	rules, err := fee.ParseRules(data)
	require.NoError(t, err)
	params, aside := fee.ParamsOf(b.Settings)
	require.Empty(t, aside)
	facts := fee.NewFacts(b, params)
	return RequestOf(facts, rules, booktest.Judge(t, facts, rules), facts.Book.Extent(), sampleDay, Choice{Month: 2026_10})
}

var sampleOnce sync.Map

// sampleRequest is the judged sample hospital, for October 2026, as of
// sampleDay, for the fiscal year. Do not change it: tests share it.
func sampleRequest(t *testing.T) Request {
	t.Helper()
	if r, ok := sampleOnce.Load("request"); ok {
		return r.(Request)
	}
	r := judge(t, sampleBook(t))
	sampleOnce.Store("request", r)
	return r
}

// trickyNames are texts a spreadsheet could misread.
var trickyNames = []string{"=1+1", "+81-3-0000", "@x", "-2", "'quoted", "=HYPERLINK(\"x\")"}

// trickyRequest is the sample with such texts in its free-text fields.
func trickyRequest(t *testing.T) Request {
	t.Helper()
	b := sampleBook(t)
	n := 0
	next := func(text *string) {
		if *text != "" && n%3 == 0 {
			*text = trickyNames[n/3%len(trickyNames)]
		}
		n++
	}
	for i := range b.Partners {
		next(&b.Partners[i].Name)
	}
	for i := range b.CareManagers {
		next(&b.CareManagers[i].Name)
	}
	for i := range b.Staff {
		next(&b.Staff[i].Name)
	}
	for i := range b.Admissions {
		next(&b.Admissions[i].Name)
	}
	for i := range b.Contacts {
		next(&b.Contacts[i].Purpose)
		next(&b.Contacts[i].Body)
	}
	for i := range b.Meetings {
		next(&b.Meetings[i].Name)
		next(&b.Meetings[i].Agenda)
	}
	for i := range b.Sessions {
		next(&b.Sessions[i].Body)
	}
	for i := range b.Wards {
		next(&b.Wards[i].Name)
	}
	return judge(t, b)
}

// writtenKind writes a report and opens it.
func writtenKind(t *testing.T, name string, r Request) *excelize.File {
	t.Helper()
	kind, ok := KindNamed(name)
	require.True(t, ok, name)
	require.NoError(t, kind.Check(r))
	path := filepath.Join(t.TempDir(), kind.FileName(r))
	require.NoError(t, kind.Write(context.Background(), path, r))
	file, err := excelize.OpenFile(path)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, file.Close()) })
	return file
}

// sheetCells returns every cell of a workbook as it is stored.
func sheetCells(t *testing.T, file *excelize.File) map[string][][]string {
	t.Helper()
	cells := map[string][][]string{}
	for _, sheet := range file.GetSheetList() {
		rows, err := file.GetRows(sheet, excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		cells[sheet] = rows
	}
	return cells
}

// checkWorkbook checks what every workbook must have: the paper, the footer,
// the print area, cells shown in full, texts as texts, and the same bytes when
// written again. portrait names the portrait sheets.
func checkWorkbook(t *testing.T, name string, r Request, portrait ...string) {
	t.Helper()
	file := writtenKind(t, name, r)
	for _, sheet := range file.GetSheetList() {
		t.Run(sheet+" is ready to print", func(t *testing.T) {
			checkPaper(t, file, sheet, r, slices.Contains(portrait, sheet))
			checkShown(t, file, sheet)
		})
	}
	t.Run("at least one sheet has a list with a frozen header and a filter", func(t *testing.T) {
		lists := 0
		for _, n := range file.GetDefinedName() {
			if n.Name == "_xlnm._FilterDatabase" {
				lists++
				panes, err := file.GetPanes(n.Scope)
				require.NoError(t, err)
				assert.True(t, panes.Freeze, n.Scope)
			}
		}
		assert.Positive(t, lists)
	})
	t.Run("written again it is the same", func(t *testing.T) {
		assert.Equal(t, sheetCells(t, file), sheetCells(t, writtenKind(t, name, r)))
	})
	t.Run("texts like formulas stay texts", func(t *testing.T) {
		tricky := writtenKind(t, name, trickyRequest(t))
		for _, sheet := range tricky.GetSheetList() {
			checkShown(t, tricky, sheet)
		}
	})
}

func checkPaper(t *testing.T, file *excelize.File, sheet string, r Request, portrait bool) {
	t.Helper()
	reportstest.CheckPage(t, file, sheet, portrait, r.Facts.Params.HospitalName, "出力日 "+r.OutputOn.String())
	head, err := file.GetCellValue(sheet, "A2")
	require.NoError(t, err)
	assert.Contains(t, head, r.Facts.Params.HospitalName)
	assert.Contains(t, head, "出力日 "+r.OutputOn.String())
}

// checkTotal: a formula is only in the total row under a filtered list, outside
// the filter, and its stored value is correct.
func checkTotal(t *testing.T, file *excelize.File, sheet, cell string, row int, raw, formula string) {
	t.Helper()
	assert.Regexp(t, `^(SUBTOTAL\(109,|IF\()`, formula, cell)
	first, err := file.GetCellValue(sheet, cellName(1, row))
	require.NoError(t, err)
	assert.Equal(t, "計", first, cell)
	filter := reportstest.Names(file, sheet)[reportstest.Filter]
	_, filtered, err := excelize.CellNameToCoordinates(filter[strings.LastIndex(filter, ":")+1:])
	require.NoError(t, err, filter)
	assert.Equal(t, row-1, filtered, "%s: the filter ends above the totals", cell)
	comes, err := file.CalcCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	want, err := strconv.ParseFloat(comes, 64)
	require.NoError(t, err, "%s %s", cell, comes)
	got, err := strconv.ParseFloat(raw, 64)
	require.NoError(t, err, "%s %s", cell, raw)
	assert.InDelta(t, want, got, 1e-9, "%s %s", cell, formula)
}

// checkShown: every cell is shown whole, and no formula stands but in totals.
func checkShown(t *testing.T, file *excelize.File, sheet string) {
	t.Helper()
	reportstest.CheckShown(t, file, sheet)
	reportstest.EachCell(t, file, sheet, func(cell string, _, row int, raw string) {
		formula, err := file.GetCellFormula(sheet, cell)
		require.NoError(t, err)
		if formula != "" {
			checkTotal(t, file, sheet, cell, row, raw, formula)
		}
	})
}

type verdict = fee.Verdict

// rowBreaks returns the rows with a page break after them. Sheets are counted
// from 1.
func rowBreaks(t *testing.T, file *excelize.File, sheet int) []int {
	t.Helper()
	text := packedFile(t, file, fmt.Sprintf("xl/worksheets/sheet%d.xml", sheet))
	var rows []int
	_, text, found := strings.Cut(text, "<rowBreaks")
	if !found {
		return nil
	}
	text, _, _ = strings.Cut(text, "</rowBreaks>")
	for _, brk := range strings.Split(text, "<brk")[1:] {
		_, id, _ := strings.Cut(brk, `id="`)
		n := 0
		_, err := fmt.Sscan(strings.Split(id, `"`)[0], &n)
		require.NoError(t, err)
		rows = append(rows, n)
	}
	return rows
}

// packedFile returns a file inside a workbook.
func packedFile(t *testing.T, file *excelize.File, name string) string {
	t.Helper()
	found := packedFiles(t, file, name)
	require.Len(t, found, 1, name)
	return found[0]
}

// packedFiles returns the files inside a workbook whose names have the prefix.
func packedFiles(t *testing.T, file *excelize.File, prefix string) []string {
	t.Helper()
	var packed bytes.Buffer
	require.NoError(t, file.Write(&packed))
	archive, err := zip.NewReader(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
	require.NoError(t, err)
	var texts []string
	for _, f := range archive.File {
		if strings.HasPrefix(f.Name, prefix) {
			r, err := f.Open()
			require.NoError(t, err)
			text, err := io.ReadAll(r)
			require.NoError(t, err)
			require.NoError(t, r.Close())
			texts = append(texts, strings.ReplaceAll(string(text), "&#39;", "'"))
		}
	}
	return texts
}

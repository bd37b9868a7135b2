package ledger

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
)

const (
	staffSheet = "職員コード,所属開始,氏名,職種\nS1,2026-01-01,甲,医師\nS2,2026-01-01,乙,医師\nS/3,2026-01-01,丙,医師\n"
	cmSheet    = "CMコード,氏名,資格\nC1,甲,その他\n"
)

// settled reads a book and settles it against a register.
func settled(t *testing.T, book, register map[string]string) *Reading {
	t.Helper()
	r := readTexts(t, book)
	var existing *models.Book
	if register != nil {
		existing = readTexts(t, register).Book
	}
	r.Settle(existing)
	return r
}

func TestPatientIDsGetTheirZerosBack(t *testing.T) {
	const (
		admission = "患者ID,入院日,氏名\n"
		one       = admission + "00000101,2026-10-02,甲\n"
	)
	noted := func(n, digits, by string) []string {
		return []string{"患者ID " + n + "件の左に0を補い、" + digits + "桁にしました（" + by + "）"}
	}
	tests := []struct {
		outcome, id      string
		settings, stored string
		want             string
		notes            []string
	}{
		{"a short one", "101", "", one, "00000101", noted("1", "8", "入院 1件")},
		{"in full width", "１０１", "", one, "00000101", noted("1", "8", "入院 1件")},
		{"with an invisible character", "1\u200e01", "", one, "00000101", noted("1", "8", "入院 1件")},
		{"with the fraction of a number", "101.0", "", one, "00000101", append([]string{"入院 2 患者ID: 『101.0』は番号に小数が付いています。元の番号に直してください"}, noted("1", "8", "入院 1件")...)},
		{"of a patient not known yet", "102", "", one, "00000102", noted("1", "8", "入院 1件")},
		{"a whole one in full width", "００００００１０１", "", one, "000000101", nil},
		{"a whole one", "00000102", "", one, "00000102", nil},
		{"with a letter", "A101", "", one, "A101", nil},
		{"registered as written", "101", "", admission + "101,2026-10-02,甲\n", "101", nil},
		{"registered in full width", "101", "", admission + "１０１,2026-10-02,甲\n", "１０１", nil},
		{"by the digits of the book", "101", "キー,値\npatient_id_digits,5\n", one, "00101", noted("1", "5", "入院 1件")},
		{"a blank 値 of the book keeps the default", "101", "キー,値\npatient_id_digits,\n", one, "00000101", noted("1", "8", "入院 1件")},
	}
	for _, tt := range tests {
		t.Run(tt.outcome, func(t *testing.T) {
			book := map[string]string{"入院": admission + tt.id + ",2026-10-02,甲\n"}
			if tt.settings != "" {
				book["設定"] = tt.settings
			}
			r := settled(t, book, map[string]string{"入院": tt.stored})
			assert.Empty(t, issueTexts(r.Issues))
			assert.Equal(t, tt.want, r.Book.Admissions[0].PatientID)
			assert.Equal(t, tt.notes, r.Notes)
		})
	}
	r := settled(t, map[string]string{"入院": admission + "101,2026-10-02,甲\n"}, map[string]string{"設定": "キー,値\npatient_id_digits,10\n"})
	assert.Equal(t, "0000000101", r.Book.Admissions[0].PatientID, "by the digits of the register")
}

func TestEveryPatientIDOfABookIsPadded(t *testing.T) {
	r := settled(t, map[string]string{
		"入院":   "患者ID,入院日,氏名\n101,2026-10-02,甲\n",
		"病棟履歴": "患者ID,入院日,開始日,病棟コード\n101,2026-10-02,2026-10-02,W1\n",
		"共同指導": "指導番号,患者ID,入院日\nG1,101,2026-10-02\n",
		"やり取り": "連絡番号,日付,種別,患者ID\nK1,2026-10-02,面会,101\nK2,2026-10-02,面会,\nK3,2026-10-02,面会,103\n",
	}, map[string]string{"やり取り": "連絡番号,日付,種別,患者ID\nK3,2026-10-02,面会,103\n"})
	assert.Equal(t, []string{"患者ID 4件の左に0を補い、8桁にしました（やり取り 1件、入院 1件、病棟履歴 1件、共同指導 1件）"}, r.Notes)
	b := r.Book
	assert.Equal(t, []string{"00000101", "00000101", "00000101", "00000101"},
		[]string{b.Admissions[0].PatientID, b.WardStays[0].PatientID, b.Sessions[0].PatientID, b.Contacts[0].PatientID})
	assert.Equal(t, "103", b.Contacts[2].PatientID, "stored as written")
}

func TestRowsThatBecomeOneKeyAreRefused(t *testing.T) {
	r := settled(t, map[string]string{"入院": "患者ID,入院日,氏名\n00000101,2026-10-02,甲\n101,2026-10-02,乙\n102,2026-10-02,丙\n102,2026-10-02,丁\n"}, nil)
	assert.Equal(t, []string{
		"入院 5 患者ID・入院日: 『102・2026-10-02』は 4行目と同じです。どちらかを直すか消してください",
		"入院 3 患者ID・入院日: 『00000101・2026-10-02』は 2行目と同じです。どちらかを直すか消してください",
	}, issueTexts(r.Issues)[:2])
	r = settled(t, map[string]string{"連携先": "連携先コード,名称,種別\nP1,甲,病院\nＰ１,乙,病院\n"}, nil)
	assert.Equal(t, []string{"連携先 3 連携先コード: 『P1』は 2行目と同じです。どちらかを直すか消してください"}, issueTexts(r.Issues))
}

func TestCodesTakeTheSpellingOfTheRegister(t *testing.T) {
	r := settled(t, map[string]string{
		"やり取り": "連絡番号,日付,種別,CMコード,職員コード\nＫ１,2026-01-01,面会,Ｃ\u200b1,ｓ９;Ｓ１\n",
		"入院":   "患者ID,入院日,氏名,担当CMコード\nA1,2026-01-01,甲,Ｃ１\n",
	}, map[string]string{"介護支援専門員": cmSheet, "職員": "職員コード,所属開始,氏名,職種\nＳ１,2026-01-01,甲,医師\n", "やり取り": contactHead + "K1,2026-01-01,,面会\n"})
	c := r.Book.Contacts[0]
	assert.Equal(t, []string{"K1", "C1", "C1"}, []string{c.Number, c.CareManager, r.Book.Admissions[0].CareManager})
	assert.Equal(t, []string{"s9", "Ｓ１"}, c.Staff, "a new one folded, a registered one as it is")
}

func TestListsOfStaffAreDividedWhereEveryPartIsKnown(t *testing.T) {
	for list, want := range map[string][]string{
		"S1;S2": {"S1", "S2"}, "\"S1,S2\"": {"S1", "S2"}, "S1，S2": {"S1", "S2"}, "S1・S2": {"S1", "S2"}, "S1･S2": {"S1", "S2"}, "S1､S2": {"S1", "S2"}, "S1/S2": {"S1", "S2"},
		"S1／S2": {"S1", "S2"}, "S1 S2": {"S1", "S2"}, "S1　S2": {"S1", "S2"}, "\"S1, S2、S1\"": {"S1", "S2"}, "Ｓ１・Ｓ２": {"S1", "S2"},
		"S/3": {"S/3"}, "S1;S/3": {"S1", "S/3"}, "S1/S9": {"S1/S9"}, "東 京子": {"東 京子"}, "S1、西 洋一": {"S1", "西 洋一"}, "・": {"・"},
	} {
		r := settled(t, map[string]string{"共同指導": "指導番号,職員コード\nG1," + list + "\n"}, map[string]string{"職員": staffSheet})
		assert.Equal(t, want, r.Book.Sessions[0].Staff, list)
	}
	r := settled(t, map[string]string{"やり取り": "連絡番号,日付,種別,職員コード\nK1,2026-01-01,面会,S1・S2\n", "職員": staffSheet}, nil)
	assert.Equal(t, []string{"S1", "S2"}, r.Book.Contacts[0].Staff, "by the codes of the book")
	assert.Empty(t, CheckReferences(r, nil))
}

func TestCodesOfSessionsThatAreNotRegisteredAreNoted(t *testing.T) {
	const head = "指導番号,患者ID,入院日,職員コード,CMコード\n"
	pending := func(sheet string) string {
		return "は" + sheet + "シートにありません。この内容では判定保留になります。コードを直すか、" + sheet + "に加えてください"
	}
	r := settled(t, map[string]string{"共同指導": head + "G1,00000001,2026-10-02,S1;S9,C9\nG2,00000001,2026-10-03,S1,C1\nG3,,,,\n",
		"入院": "患者ID,入院日,氏名\n1,2026-10-02,甲\n"}, map[string]string{"職員": staffSheet, "介護支援専門員": cmSheet})
	assert.Empty(t, issueTexts(r.Issues))
	assert.Equal(t, []string{"患者ID 1件の左に0を補い、8桁にしました（入院 1件）",
		"共同指導 2 職員コード: 『S9』" + pending("職員"),
		"共同指導 2 CMコード: 『C9』" + pending("介護支援専門員"),
		"共同指導 3 入院日: 患者ID『00000001』の入院日『2026-10-03』" + pending("入院")}, r.Notes)
	assert.Equal(t, []string{"S1", "S9"}, r.Book.Sessions[0].Staff, "the session is kept as it is")
	r = settled(t, map[string]string{"共同指導": head + "G1,,,S1,\n", "職員名簿": staffSheet}, nil)
	assert.Empty(t, r.Notes, "a sheet that is asked about is blamed once")
}

func TestDatesNoRealRecordHasAreNoted(t *testing.T) {
	r := readTexts(t, map[string]string{"入院": "患者ID,入院日,氏名,生年月日\n1,2026-10-02,甲,1940-05-02\n2,2027-11-22,乙,2026-11-23\n3,2027-11-23,丙,1879-12-31\n4,2026-11-22,丁,1880-01-01\n"})
	r.NoteImplausible(models.MustDate("2026-11-22"))
	assert.Empty(t, issueTexts(r.Issues))
	var at []string
	for _, note := range r.Notes {
		place, _, _ := strings.Cut(note, ":")
		at = append(at, place)
	}
	assert.Equal(t, []string{"入院 3 生年月日", "入院 4 入院日", "入院 4 生年月日"}, at)
}

func TestSettlingACopyLeavesTheOriginal(t *testing.T) {
	files := map[string]string{
		"入院":   "患者ID,入院日,氏名\n00000101,2026-10-02,甲\n102,2026-10-02,乙\n",
		"やり取り": "連絡番号,日付,手段,職員コード\nＫ1,2026-10-02,電話,S1・S2\n",
		"職員":   staffSheet,
	}
	original, asRead := readTexts(t, files), readTexts(t, files)

	settled := original.Clone()
	settled.Settle(nil)

	assert.Equal(t, asRead.Book, original.Book)
	assert.Equal(t, "00000102", settled.Book.Admissions[1].PatientID)
	assert.Equal(t, "K1", settled.Book.Contacts[0].Number)
	assert.Equal(t, []string{"S1", "S2"}, settled.Book.Contacts[0].Staff)
}

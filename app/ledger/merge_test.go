package ledger

import (
	"context"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
)

var (
	exported = models.Origin{Register: "r", Lineage: "l", Revision: 5}
	today    = models.Origin{Register: "r", Lineage: "l", Revision: 9}
)

// person returns a care manager with the fields that the tests change.
func person(name, kana, phone string) models.CareManager {
	return models.CareManager{Code: "C1", Name: name, Kana: kana, Phone: phone, Qualification: models.QualifiedCM, Version: 3}
}

func managers(list ...models.CareManager) *models.Book { return &models.Book{CareManagers: list} }

// history is a register: how it is, how it was when the book was exported, and
// which records a user edited.
type history struct {
	now, before, added *models.Book
	edited             map[string]bool
}

// merged merges a CSV of 介護支援専門員 into a register.
func merged(t require.TestingT, h history, origin models.Origin, choice Choice, text string) *Plan {
	r, err := ReadFS(context.Background(), fstest.MapFS{"介護支援専門員.csv": {Data: []byte(text)}}, nil)
	require.NoError(t, err)
	return mergedReading(t, h, origin, choice, r)
}

func mergedReading(t require.TestingT, h history, origin models.Origin, choice Choice, r *Reading) *Plan {
	r.Book.Origin = origin
	h.now.Origin = today
	if h.before == nil {
		h.before = &models.Book{}
	}
	if h.added == nil {
		h.added = &models.Book{}
	}
	plan, err := Merge(context.Background(), r, Register{Book: h.now, Stored: func(*models.Book) (*models.Book, error) { return h.now, nil },
		Past: func(revision int64) (before, added *models.Book, err error) {
			assert.EqualValues(t, 5, revision)
			return h.before, h.added, nil
		},
		Edits: func(_ string, keys []string) (map[string][]models.Edit, error) {
			edits := make(map[string][]models.Edit)
			for key := range h.edited {
				edits[key] = []models.Edit{{ByPerson: true}}
			}
			return edits, nil
		},
	}, choice)
	require.NoError(t, err)
	return plan
}

const managerHead = "CMコード,氏名,カナ,資格,電話\n"

func TestMerge(t *testing.T) {
	was := person("旧姓 花子", "キュウセイ", "01")
	tests := []struct {
		name    string
		history history
		origin  models.Origin
		choice  Choice
		text    string
		outcome Outcome
		write   []models.CareManager
	}{
		{name: "a record on neither side is new", history: history{now: managers()}, text: managerHead + "C1,新 花子,,介護支援専門員,\n",
			outcome: New, write: []models.CareManager{{Code: "C1", Name: "新 花子", Qualification: models.QualifiedCM}}},
		{name: "equal records are the same", history: history{now: managers(was)}, text: managerHead + "C1,旧姓 花子,キュウセイ,介護支援専門員,01\n", outcome: Same},
		{name: "blanks that a book cannot hold are no change", history: history{now: managers(person(" 旧姓 花子 ", "キュウセイ", "01"))},
			text: managerHead + "C1,旧姓 花子,キュウセイ,介護支援専門員,01\n", outcome: Same},
		{name: "an absent column keeps what is stored", history: history{now: managers(was)}, text: "CMコード,氏名\nC1,新姓 花子\n",
			outcome: Changed, write: []models.CareManager{person("新姓 花子", "キュウセイ", "01")}},
		{name: "only the book changed it", history: history{now: managers(was)}, origin: exported,
			text: "CMコード,電話\nC1,02\n", outcome: Changed, write: []models.CareManager{person("旧姓 花子", "キュウセイ", "02")}},
		{name: "only the register changed it", history: history{now: managers(person("旧姓 花子", "キュウセイ", "02")), before: managers(was)},
			origin: exported, text: "CMコード,電話\nC1,01\n", outcome: Newer},
		{name: "each changed another column", history: history{now: managers(person("新姓 花子", "キュウセイ", "01")), before: managers(was)},
			origin: exported, text: managerHead + "C1,旧姓 花子,キュウセイ,介護支援専門員,02\n",
			outcome: Changed, write: []models.CareManager{person("新姓 花子", "キュウセイ", "02")}},
		{name: "both made the same change", history: history{now: managers(person("旧姓 花子", "キュウセイ", "02")), before: managers(was)},
			origin: exported, text: "CMコード,電話\nC1,02\n", outcome: Same},
		{name: "both changed it differently", history: history{now: managers(person("旧姓 花子", "キュウセイ", "02")), before: managers(was)},
			origin: exported, text: "CMコード,電話\nC1,03\n", outcome: Conflict},
		{name: "both changed it differently, the book decides", history: history{now: managers(person("旧姓 花子", "キュウセイ", "02")), before: managers(was)},
			origin: exported, choice: Choice{TakeBook: true}, text: "CMコード,電話\nC1,03\n",
			outcome: Changed, write: []models.CareManager{person("旧姓 花子", "キュウセイ", "03")}},
		{name: "the book decides for one row only", history: history{now: managers(person("旧姓 花子", "キュウセイ", "02")), before: managers(was)},
			origin: exported, choice: Choice{Book: map[RowKey]bool{{"介護支援専門員", "C1"}: true}}, text: "CMコード,電話\nC1,03\n",
			outcome: Changed, write: []models.CareManager{person("旧姓 花子", "キュウセイ", "03")}},
		{name: "deleted in the register, unchanged in the book", history: history{now: managers(), before: managers(was)},
			origin: exported, text: "CMコード,電話\nC1,01\n", outcome: Gone},
		{name: "deleted in the register, changed in the book", history: history{now: managers(), before: managers(was)},
			origin: exported, text: "CMコード,電話\nC1,02\n", outcome: Conflict},
		{name: "the same number for two new records", history: history{now: managers(was), added: managers(was)},
			origin: exported, text: managerHead + "C1,別人 太郎,,介護支援専門員,\n", outcome: Conflict},
		{name: "a book of another register has no base", history: history{now: managers(was), before: managers(person("", "", "")), edited: map[string]bool{"C1": true}},
			origin: models.Origin{Register: "other", Lineage: "l", Revision: 5}, text: "CMコード,電話\nC1,02\n", outcome: Conflict},
		{name: "a book of another lineage has no base", history: history{now: managers(was), edited: map[string]bool{"C1": true}},
			origin: models.Origin{Register: "r", Lineage: "m", Revision: 5}, text: "CMコード,電話\nC1,02\n", outcome: Conflict},
		{name: "a book of a future revision has no base", history: history{now: managers(was), edited: map[string]bool{"C1": true}},
			origin: models.Origin{Register: "r", Lineage: "l", Revision: 10}, text: "CMコード,電話\nC1,02\n", outcome: Conflict},
		{name: "by hand: a record no user edited", history: history{now: managers(was)}, text: "CMコード,電話\nC1,02\n",
			outcome: Changed, write: []models.CareManager{person("旧姓 花子", "キュウセイ", "02")}},
		{name: "by hand: a record a user edited", history: history{now: managers(was), edited: map[string]bool{"C1": true}},
			text: "CMコード,電話\nC1,02\n", outcome: Conflict},
		{name: "by hand: a record a user deleted", history: history{now: managers(), edited: map[string]bool{"C1": true}},
			text: managerHead + "C1,新 花子,,介護支援専門員,\n", outcome: Conflict},
		{name: "by hand: a record a user deleted, the book decides", history: history{now: managers(), edited: map[string]bool{"C1": true}},
			choice: Choice{TakeBook: true}, text: managerHead + "C1,新 花子,,介護支援専門員,\n",
			outcome: New, write: []models.CareManager{{Code: "C1", Name: "新 花子", Qualification: models.QualifiedCM}}},
		{name: "an unreadable character does not change a known value", history: history{now: managers(was)},
			text: "CMコード,氏名\nC1,〓姓 花子\n", outcome: Same},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			plan := merged(t, tt.history, tt.origin, tt.choice, tt.text)
			assert.Empty(t, issueTexts(plan.Issues))
			assert.Equal(t, 1, plan.Count(tt.outcome), "%+v", plan.Rows)
			assert.Equal(t, tt.write, plan.Write.CareManagers)
		})
	}
}

func TestEmptyingIsListed(t *testing.T) {
	now := managers(person("旧姓 花子", "キュウセイ", "01"))
	plan := merged(t, history{now: now}, models.Origin{}, Choice{}, managerHead+"C1,旧姓 花子,,介護支援専門員,\n")
	assert.Equal(t, []string{"介護支援専門員 2 カナ: 『キュウセイ』が空欄になります（C1）", "介護支援専門員 2 電話: 『01』が空欄になります（C1）"},
		issueTexts(plan.Emptied()))

	edited := history{now: now, edited: map[string]bool{"C1": true}}
	plan = merged(t, edited, models.Origin{}, Choice{}, managerHead+"C1,旧姓 花子,,介護支援専門員,01\n")
	assert.Empty(t, plan.Emptied(), "it stays as it is")
	assert.Equal(t, []string{"介護支援専門員 2 カナ: 台帳は『キュウセイ』、ブックは空欄です（C1）"}, issueTexts(plan.Conflicts()))

	plan = merged(t, edited, models.Origin{}, Choice{TakeBook: true}, managerHead+"C1,旧姓 花子,,介護支援専門員,01\n")
	assert.Equal(t, []string{"介護支援専門員 2 カナ: 『キュウセイ』が空欄になります（C1）"}, issueTexts(plan.Emptied()))
}

func TestANewRecordNeedsItsRequiredColumns(t *testing.T) {
	plan := merged(t, history{now: managers(person("旧姓 花子", "", ""))}, models.Origin{}, Choice{}, "CMコード,電話\nC1,02\nC2,03\nC3,04\n")
	assert.Equal(t, []string{
		"介護支援専門員 1 氏名: この列がありません。新しい行があるため、見出しに「氏名」の列を加えてください",
		"介護支援専門員 1 資格: この列がありません。新しい行があるため、見出しに「資格」の列を加えてください",
	}, issueTexts(plan.Issues))
}

func TestWhatIsPutTogetherIsChecked(t *testing.T) {
	ward := func(from, to models.Date) *models.Book {
		return &models.Book{Wards: []models.Ward{{Code: "W1", ValidFrom: 2026_01_01, Name: "東", Beds: 40, Class: models.WardClassI,
			FeeTreatment: models.FeeSeparate, FiledFrom: from, FiledTo: to}}}
	}
	r := readTexts(t, map[string]string{"病棟": "病棟コード,有効開始,加算1届出開始,加算1届出終了\nW1,2026-01-01,2026-01-01,2026-03-31\n"})
	plan := mergedReading(t, history{now: ward(2026_06_01, 0), before: ward(2026_01_01, 0)}, exported, Choice{}, r)
	assert.Equal(t, []string{"病棟 2 加算1届出終了: 『2026-03-31』が加算1届出開始『2026-06-01』より前です。日付を直してください"},
		issueTexts(plan.Issues), "each side was right, both together are not")

	r = readTexts(t, map[string]string{"会議": "会議コード,種別\nM1,茶話会\n"})
	meeting := models.Meeting{Code: "M1", HeldOn: 2026_07_01, Name: "会", Kind: models.StudySession}
	plan = mergedReading(t, history{now: &models.Book{Meetings: []models.Meeting{meeting}}}, models.Origin{}, Choice{}, r)
	assert.Len(t, plan.Issues, 1, "said once: %v", issueTexts(plan.Issues))
}

func TestSessionsConfirmedOrClosedAreProtected(t *testing.T) {
	session := func(number string, on models.Date, month models.Month) models.JointGuidance {
		return models.JointGuidance{Number: number, On: on, ClaimMonth: month}
	}
	now := &models.Book{
		Sessions:      []models.JointGuidance{session("G1", 2026_09_10, 0), session("G2", 2026_10_10, 0), session("G3", 2026_10_12, 2026_11), session("G4", 2026_11_05, 0), session("G6", 2026_10_06, 0)},
		Confirmations: []models.Confirmation{{Session: "G4"}, {Session: "G6"}},
		Closings:      []models.Closing{{Month: 2026_10, Number: 1, ClosedAt: "x"}, {Month: 2026_09, Number: 1, ClosedAt: "x", ReopenedAt: "y"}},
	}
	head := "指導番号,指導日,算定月,内容\n"
	why := func(text string) []string {
		plan := mergedReading(t, history{now: now}, models.Origin{}, Choice{}, readTexts(t, map[string]string{"共同指導": head + text}))
		assert.Equal(t, len(plan.ClosedRows()), 1-len(plan.Write.Sessions), "either stored or protected")
		return issueTexts(plan.ClosedRows())
	}
	month := "の月（2026-10）は締めてあります。算定の画面で締めを解いてから読み込むか、この行を除いてください"
	assert.Empty(t, why("G1,2026-09-10,,変更\n"), "re-opened")
	assert.Equal(t, []string{"共同指導 2 行全体: 『G2』" + month}, why("G2,2026-10-10,,変更\n"))
	assert.Empty(t, why("G3,2026-10-12,2026-11,変更\n"), "billed in a month that is open")
	assert.Equal(t, []string{"共同指導 2 行全体: 『G3』" + month}, why("G3,2026-10-12,2026-10,\n"), "moved into the closed month")
	assert.Equal(t, []string{"共同指導 2 行全体: 『G4』は確定済みです。算定の画面で確定を取り消してから読み込むか、この行を除いてください"}, why("G4,2026-11-05,,変更\n"))
	assert.Equal(t, []string{"共同指導 2 行全体: 『G6』は確定済みで、月（2026-10）も締めてあります。算定の画面で締めを解き、確定を取り消してから読み込むか、この行を除いてください"},
		why("G6,2026-10-06,,変更\n"))
	assert.Equal(t, []string{"共同指導 2 行全体: 『G5』" + month}, why("G5,2026-10-30,,新規\n"), "a new one")
}

func TestWhatBothChangedOfAConfirmedSessionIsSaidOnce(t *testing.T) {
	session := func(body string) *models.Book {
		return &models.Book{Sessions: []models.JointGuidance{{Number: "G1", On: 2026_10_10, Body: body}}}
	}
	now := session("台帳で")
	now.Confirmations = []models.Confirmation{{Session: "G1"}}
	r := readTexts(t, map[string]string{"共同指導": "指導番号,指導日,内容\nG1,2026-10-10,ブックで\n"})

	plan := mergedReading(t, history{now: now, before: session("元の")}, exported, Choice{TakeBook: true, KeepClosed: true}, r)

	assert.Len(t, plan.ClosedRows(), 1)
	assert.Empty(t, plan.Conflicts(), "the book's value was not taken")
	assert.Empty(t, plan.Write.Sessions)
}

// The law of the three-way merge, by column: what only one side changed is
// taken from that side.
func TestMergeLaw(t *testing.T) {
	value := rapid.SampledFrom([]string{"", "01", "02", "03"})
	rapid.Check(t, func(t *rapid.T) {
		type side struct{ kana, phone string }
		draw := func(name string) side { return side{value.Draw(t, name+" kana"), value.Draw(t, name+" phone")} }
		base, now, book := draw("base"), draw("now"), draw("book")
		h := history{now: managers(person("花子", now.kana, now.phone)), before: managers(person("花子", base.kana, base.phone))}
		plan := merged(t, h, exported, Choice{}, managerHead+"C1,花子,"+book.kana+",介護支援専門員,"+book.phone+"\n")

		column := func(base, now, book string) string {
			if now == base {
				return book
			}
			return now
		}
		want := person("花子", column(base.kana, now.kana, book.kana), column(base.phone, now.phone, book.phone))
		got := h.now.CareManagers[0]
		if len(plan.Write.CareManagers) > 0 {
			got = plan.Write.CareManagers[0]
		}
		assert.Equal(t, want, got)

		emptied, conflicts := 0, 0
		for _, c := range [][3]string{{base.kana, now.kana, book.kana}, {base.phone, now.phone, book.phone}} {
			switch base, now, book := c[0], c[1], c[2]; {
			case now == base && now != "" && book == "":
				emptied++
			case now != base && book != base && now != book:
				conflicts++
			}
		}
		assert.Len(t, plan.Emptied(), emptied)
		assert.Len(t, plan.Conflicts(), conflicts)
	})
}

func TestKeysAreThoseOfTheAuditLog(t *testing.T) {
	r := readTexts(t, map[string]string{
		"会議出席": "会議コード,区分,コード,氏名\nM1,職員,S1,東\nM1,その他,,西\n",
		"病棟履歴": "患者ID,入院日,開始日,病棟コード\n1,2026-10-02,2026-10-03,W1\n",
	})
	plan := mergedReading(t, history{now: &models.Book{}}, models.Origin{}, Choice{}, r)
	var keys []string
	for _, row := range plan.Rows {
		keys = append(keys, row.Key)
	}
	assert.Equal(t, []string{"M1/職員/S1", "M1/その他/西", "1/2026-10-02/2026-10-03"}, keys)
}

package app_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/app/ledger"
	"renkei/app/store"
	"renkei/models"
)

// emptyApp opens a register without records; its clock goes on.
func emptyApp(t *testing.T) *app.App {
	t.Helper()
	now := apptest.Now()
	return apptest.Empty(t, apptest.At(func() time.Time { now = now.Add(time.Second); return now }))
}

// folder writes CSV files.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name+".csv"), []byte(text), 0o600))
	}
	return dir
}

func take(t *testing.T, a *app.App, path string, choice ledger.Choice) app.Imported {
	t.Helper()
	done, err := a.ImportLedger(context.Background(), path, choice, nil)
	require.NoError(t, err)
	return done
}

func book(t *testing.T, a *app.App) *models.Book { return judged(t, a).Facts.Book }

func export(t *testing.T, a *app.App) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "台帳.xlsx")
	require.NoError(t, a.ExportLedger(context.Background(), path, nil))
	return path
}

// points returns the total points of the sessions of a register.
func points(t *testing.T, a *app.App) int {
	sum := 0
	for _, v := range judged(t, a).Verdicts {
		sum += v.Points
	}
	return sum
}

// edit changes a record as a user does in the window.
func edit[T app.Record](t *testing.T, a *app.App, row T) *app.Undo {
	t.Helper()
	undo, err := a.Do(context.Background(), "変更", app.Put(row))
	require.NoError(t, err)
	return undo
}

func copiesOf(t *testing.T, a *app.App) []app.Copy {
	t.Helper()
	storage, err := a.Storage(context.Background())
	require.NoError(t, err)
	return storage.Copies
}

func TestAListOfPeopleWithFewColumnsKeepsTheRest(t *testing.T) {
	a := emptyApp(t)
	take(t, a, "testdata/cases/a/ledger", ledger.Choice{})
	before, earned := book(t, a).CareManagers, points(t, a)
	require.Positive(t, earned)
	text := "CMコード,氏名,資格\n"
	for _, c := range before {
		text += c.Code + "," + c.Name + "," + string(c.Qualification) + "\n"
	}

	done := take(t, a, folder(t, map[string]string{"介護支援専門員": text}), ledger.Choice{})

	assert.Zero(t, done.Number, "nothing to do")
	assert.Equal(t, before, book(t, a).CareManagers)
	assert.Equal(t, earned, points(t, a))
	assert.Empty(t, copiesOf(t, a), "no copy for nothing")
}

func TestEmptyingNeedsConsentAndIsTakenBack(t *testing.T) {
	ctx := context.Background()
	a := emptyApp(t)
	take(t, a, "testdata/cases/a/ledger", ledger.Choice{})
	before, earned := book(t, a), points(t, a)
	text, able := "CMコード,ケアプラン作成可\n", 0
	for _, c := range before.CareManagers {
		text += c.Code + ",\n"
		if c.CanPlan != models.Unknown {
			able++
		}
	}
	dir := folder(t, map[string]string{"介護支援専門員": text})

	_, err := a.ImportLedger(ctx, dir, ledger.Choice{}, nil)

	var refused *app.Unconsented
	require.ErrorAs(t, err, &refused)
	assert.Len(t, refused.IssueLines(), able)
	assert.Equal(t, before.CareManagers, book(t, a).CareManagers)
	assert.Empty(t, copiesOf(t, a))

	done := take(t, a, dir, ledger.Choice{Clear: true})
	assert.Zero(t, points(t, a))
	require.Len(t, copiesOf(t, a), 1)
	kept := apptest.Open(t, done.Copy)
	assert.Equal(t, earned, points(t, kept), "the copy is from before")

	back, _, err := a.UndoImport(ctx, 0, nil)
	require.NoError(t, err)
	assert.Equal(t, able, back.Restored)
	assert.Empty(t, back.Kept)
	assert.Equal(t, earned, points(t, a))
}

func TestAnExportedBookComesBackAsAMerge(t *testing.T) {
	for _, form := range []string{"workbook", "folder"} {
		t.Run(form, func(t *testing.T) {
			ctx := context.Background()
			a := emptyApp(t)
			take(t, a, "testdata/cases/a/ledger", ledger.Choice{})
			path := filepath.Join(t.TempDir(), "台帳.xlsx")
			if form == "folder" {
				path = t.TempDir()
			}
			require.NoError(t, a.ExportLedger(ctx, path, nil))
			partners := book(t, a).Partners
			mine, gone := partners[0], partners[len(partners)-1]
			mine.Phone = "045-999-0001"
			edit(t, a, mine)
			added := models.Partner{Name: "あたらしい居宅", Kind: models.CareOffice}
			_, err := a.Do(ctx, "登録", app.New(&added))
			require.NoError(t, err)
			_, err = a.Do(ctx, "削除", app.Remove(gone))
			if err != nil { // another record refers to it: any deletion will do
				gone = models.Partner{}
			}
			now := book(t, a).Partners

			done := take(t, a, path, ledger.Choice{})

			assert.Zero(t, done.Number)
			assert.Equal(t, now, book(t, a).Partners, "the edit and the new one stay")
			assert.Equal(t, 1, done.Plan.Count(ledger.Newer))
			if gone.Code != "" {
				assert.Equal(t, 1, done.Plan.Count(ledger.Gone))
			}
		})
	}
}

func TestARowThatNamesWhatTheRegisterDeletedIsRefusedByName(t *testing.T) {
	ctx := context.Background()
	a := emptyApp(t)
	files := map[string]string{
		"連携先":     "連携先コード,名称,種別\nP001,あおば,居宅介護支援\n",
		"介護支援専門員": "CMコード,氏名,資格\nC001,南 一郎,介護支援専門員\n",
		"病棟":      "病棟コード,有効開始,病棟名,病床数,区分,B005-1-2\nW1,2026-04-01,1病棟,40,イ,可\n",
		"入院":      "患者ID,入院日,氏名\n00000001,2026-10-02,甲\n",
	}
	take(t, a, folder(t, files), ledger.Choice{})
	dir := filepath.Join(t.TempDir(), "台帳")
	require.NoError(t, os.Mkdir(dir, 0o700))
	require.NoError(t, a.ExportLedger(ctx, dir, nil))
	_, err := a.Do(ctx, "消す", app.Remove(book(t, a).CareManagers[0]), app.Remove(book(t, a).Admissions[0]))
	require.NoError(t, err)
	for name, row := range map[string]string{"所属履歴": "C001,P001,2026-04-01,\n", "病棟履歴": "00000001,2026-10-02,2026-10-02,W1,\n"} {
		file, err := os.OpenFile(filepath.Join(dir, name+".csv"), os.O_APPEND|os.O_WRONLY, 0)
		require.NoError(t, err)
		_, err = file.WriteString(row)
		require.NoError(t, errors.Join(err, file.Close()))
	}

	_, err = a.ImportLedger(ctx, dir, ledger.Choice{}, nil)

	var rejected *app.Rejected
	require.ErrorAs(t, err, &rejected)
	assert.Equal(t, []string{
		"所属履歴 2 CMコード: 介護支援専門員『C001』は、書き出したあとに台帳で削除されています。この行を除くか、指す先を直してください",
		"病棟履歴 2 入院日: 患者ID『00000001』の入院『2026-10-02』は、書き出したあとに台帳で削除されています。この行を除くか、指す先を直してください",
	}, rejected.IssueLines())
	assert.Empty(t, book(t, a).Affiliations, "nothing was written")
}

func TestABookFromBeforeARestoreHasNoBase(t *testing.T) {
	ctx := context.Background()
	a := emptyApp(t)
	take(t, a, "testdata/cases/a/ledger", ledger.Choice{})
	path := export(t, a)
	edited := book(t, a).Partners[0]
	edited.Phone = "045-999-0001"
	edit(t, a, edited)
	copied, err := a.BackUpNow(ctx)
	require.NoError(t, err)
	restored := apptest.Open(t, copied)

	done := take(t, restored, path, ledger.Choice{})

	assert.Equal(t, 1, done.Plan.Count(ledger.Conflict), "a person edited it last")
	assert.Equal(t, "045-999-0001", book(t, restored).Partners[0].Phone)
}

func TestAHandMadeBookAfterAnUndoneOneIsTaken(t *testing.T) {
	ctx := context.Background()
	a := emptyApp(t)
	head := "連携先コード,名称,種別,電話\n"
	for _, phone := range []string{"01", "02"} {
		take(t, a, folder(t, map[string]string{"連携先": head + "P001,あおば,居宅介護支援," + phone + "\n"}), ledger.Choice{})
	}
	_, _, err := a.UndoImport(ctx, 0, nil)
	require.NoError(t, err)
	assert.Equal(t, "01", book(t, a).Partners[0].Phone)

	take(t, a, folder(t, map[string]string{"連携先": head + "P001,あおば,居宅介護支援,03\n"}), ledger.Choice{})
	assert.Equal(t, "03", book(t, a).Partners[0].Phone, "no person edited it")

	mine := book(t, a).Partners[0]
	mine.Phone = "04"
	edit(t, a, mine)
	done := take(t, a, folder(t, map[string]string{"連携先": head + "P001,あおば,居宅介護支援,05\n"}), ledger.Choice{})
	assert.Equal(t, 1, done.Plan.Count(ledger.Conflict))
	assert.Equal(t, "04", book(t, a).Partners[0].Phone)
}

func TestUndoOfAnImportKeepsWhatWasEditedOrUsed(t *testing.T) {
	ctx := context.Background()
	a := emptyApp(t)
	take(t, a, folder(t, map[string]string{
		"職員":      "職員コード,所属開始,氏名,職種\nS001,2026-04-01,東 京子,看護師\n",
		"連携先":     "連携先コード,名称,種別\nP001,あおば,居宅介護支援\nP002,みどり,居宅介護支援\nP003,しらかば,居宅介護支援\n",
		"介護支援専門員": "CMコード,氏名,資格\nC001,南 一郎,介護支援専門員\nC002,北 二郎,介護支援専門員\n",
		"入院":      "患者ID,入院日,氏名\n00000001,2026-10-02,甲\n00000002,2026-10-03,乙\n00000003,2026-10-04,丙\n",
	}), ledger.Choice{})
	renamed := book(t, a).Partners[1]
	renamed.Name = "みどり居宅"
	edit(t, a, renamed)
	for _, step := range []app.Step{
		app.New(&models.Contact{On: 2026_11_02, Kind: models.PhoneCall, Partner: "P001", PatientID: "00000003"}),
		app.New(&models.JointGuidance{PatientID: "00000001", AdmittedOn: 2026_10_02, CareManager: "C001", Staff: []string{"S001"}}),
	} {
		_, err := a.Do(ctx, "登録", step)
		require.NoError(t, err)
	}

	back, of, err := a.UndoImport(ctx, 1, nil)

	require.NoError(t, err)
	assert.Equal(t, 1, of.Number)
	var kept []string
	for _, k := range back.Kept {
		kept = append(kept, k.Sheet+" "+k.Key+" "+k.Why)
	}
	used := " ほかの記録から使われています"
	assert.Equal(t, []string{"職員 S001/2026-04-01" + used, "連携先 P001" + used, "連携先 P002 読み込みのあとに変更されています",
		"介護支援専門員 C001" + used, "入院 00000001/2026-10-02" + used, "入院 00000003/2026-10-04" + used}, kept)
	assert.Equal(t, 3, back.Removed, "P003, C002 and 00000002")
	assert.Len(t, book(t, a).Partners, 2)

	_, _, err = a.UndoImport(ctx, 1, nil)
	assert.Equal(t, "読み込み 1 は、すでに取り消してあります", models.ErrorMessage(err))
	_, _, err = a.UndoImport(ctx, 0, nil)
	assert.Equal(t, "取り消せる読み込みがありません", models.ErrorMessage(err))
}

func TestUndoOfAnImportLeavesNothingWhenNothingWasEditedOrUsed(t *testing.T) {
	ctx := context.Background()
	a := apptest.Sample(t)
	require.NotEmpty(t, book(t, a).Contacts, "they name patients, and are listed before the admissions")

	back, _, err := a.UndoImport(ctx, 0, nil)

	require.NoError(t, err)
	assert.Empty(t, back.Kept)
	assert.True(t, book(t, a).Empty())
}

func TestUndoOfAnImportLeavesWhatIsClosed(t *testing.T) {
	ctx := context.Background()
	a := emptyApp(t)
	take(t, a, folder(t, map[string]string{"共同指導": "指導番号,指導日\nG0001,2026-10-02\nG0002,2026-11-02\n"}), ledger.Choice{})
	_, err := a.CloseMonth(ctx, 2026_10)
	require.NoError(t, err)

	back, _, err := a.UndoImport(ctx, 0, nil)

	require.NoError(t, err)
	require.Len(t, back.Kept, 1)
	assert.Equal(t, "G0001", back.Kept[0].Key)
	assert.Contains(t, back.Kept[0].Why, "締めてあります")
	assert.Equal(t, 1, back.Removed)
}

func TestRowsOfAClosedMonthAreLeftOnRequest(t *testing.T) {
	ctx := context.Background()
	a := emptyApp(t)
	take(t, a, folder(t, map[string]string{"共同指導": "指導番号,指導日\nG0001,2026-10-02\nG0002,2026-11-02\n"}), ledger.Choice{})
	_, err := a.CloseMonth(ctx, 2026_10)
	require.NoError(t, err)
	dir := folder(t, map[string]string{"共同指導": "指導番号,内容\nG0001,ア\nG0002,イ\n"})

	_, err = a.ImportLedger(ctx, dir, ledger.Choice{}, nil)
	var refused *app.Unconsented
	require.ErrorAs(t, err, &refused)
	assert.Len(t, refused.Closed, 1)
	assert.Empty(t, book(t, a).Sessions[1].Body, "nothing was written")

	done := take(t, a, dir, ledger.Choice{KeepClosed: true})
	assert.Len(t, done.Plan.ClosedRows(), 1)
	assert.Equal(t, []string{"", "イ"}, []string{book(t, a).Sessions[0].Body, book(t, a).Sessions[1].Body})
}

func TestTheBookAndTheAuditLogNameRecordsAlike(t *testing.T) {
	ctx := context.Background()
	a := emptyApp(t)
	done, err := a.LoadSample(ctx, nil)
	require.NoError(t, err)
	copied, err := a.BackUpNow(ctx)
	require.NoError(t, err)
	log, err := store.Open(ctx, copied, store.Options{})
	require.NoError(t, err)
	defer log.Close()
	entries, err := log.Audit(ctx, 0)
	require.NoError(t, err)

	logged, planned := map[ledger.RowKey]bool{}, map[ledger.RowKey]bool{}
	for _, e := range entries {
		logged[ledger.RowKey{Sheet: e.Sheet, Key: e.Key}] = true
	}
	for _, row := range done.Plan.Rows {
		planned[row.RowKey] = true
	}
	assert.Equal(t, logged, planned)
	assert.Len(t, entries, done.Plan.Count(ledger.New))
}

func TestAnImportIsTakenOnlyAsItWasShown(t *testing.T) {
	ctx := context.Background()
	a := emptyApp(t)
	take(t, a, "testdata/cases/a/ledger", ledger.Choice{})
	first := book(t, a).CareManagers[0]
	opened, err := a.OpenLedger(ctx, folder(t, map[string]string{
		"介護支援専門員": "CMコード,備考\n" + first.Code + ",火曜は不在\n",
	}), nil)
	require.NoError(t, err)
	shown, err := a.PlanImport(ctx, opened, ledger.Choice{})
	require.NoError(t, err)
	require.Equal(t, 1, shown.Written())
	edited := first
	edited.Note = "水曜は不在"
	edit(t, a, edited)

	_, err = a.TakeImport(ctx, opened, ledger.Choice{}, shown, nil)

	var outdated *app.Outdated
	require.ErrorAs(t, err, &outdated)
	assert.Equal(t, models.Conflict, models.ErrorCode(err))
	assert.Equal(t, "水曜は不在", book(t, a).CareManagers[0].Note)
	assert.True(t, outdated.Plan.Rows[0].Contested(), "what it would do now")

	other := book(t, a).CareManagers[1]
	other.Note = "変更"
	edit(t, a, other)
	done, err := a.TakeImport(ctx, opened, ledger.Choice{TakeBook: true}, nil, nil)
	require.NoError(t, err, "without a plan it is worked out afresh")
	assert.Equal(t, "火曜は不在", book(t, a).CareManagers[0].Note)

	imports, err := a.Imports(ctx)
	require.NoError(t, err)
	assert.Equal(t, done.Number, imports[0].Number)
	assert.Equal(t, 1, imports[0].Rows, "one record")
	assert.Greater(t, imports[1].Rows, 100, "the whole book")
}

func TestAChangeElsewhereInTheRegisterHoldsUpNoImport(t *testing.T) {
	ctx := context.Background()
	a := emptyApp(t)
	take(t, a, "testdata/cases/a/ledger", ledger.Choice{})
	people := book(t, a).CareManagers
	opened, err := a.OpenLedger(ctx, folder(t, map[string]string{
		"介護支援専門員": "CMコード,備考\n" + people[0].Code + ",火曜は不在\n",
	}), nil)
	require.NoError(t, err)
	shown, err := a.PlanImport(ctx, opened, ledger.Choice{})
	require.NoError(t, err)
	assert.False(t, shown.Based, "a file made by hand")
	people[1].Note = "ほかの人の備考"
	edit(t, a, people[1])

	_, err = a.TakeImport(ctx, opened, ledger.Choice{}, shown, nil)

	require.NoError(t, err)
	assert.Equal(t, "火曜は不在", book(t, a).CareManagers[0].Note)
	assert.Equal(t, "ほかの人の備考", book(t, a).CareManagers[1].Note)
}

// Somebody saves while the copy is made: the import goes in all the same, on what is
// there now, and a row that became a conflict is left as that person wrote it.
func TestAnImportGoesInAlthoughSomebodySavesMeanwhile(t *testing.T) {
	ctx := context.Background()
	place, saves := apptest.Place(t), func() {}
	a := apptest.Open(t, place, apptest.At(func() time.Time { saves(); return apptest.Now() }))
	other := apptest.Open(t, place, apptest.By("佐藤"))
	partner := models.Partner{Code: "P001", Name: "元の名前", Kind: models.CareOffice}
	_, err := a.Do(ctx, "登録", app.New(&partner))
	require.NoError(t, err)
	saves = func() {
		saves = func() {}
		partner.Phone = "03-0000-0001"
		_, err := other.Do(ctx, "変更", app.Put(partner))
		assert.NoError(t, err)
	}
	done := take(t, a, folder(t, map[string]string{"連携先": "連携先コード,名称,種別,電話\nP001,元の名前,居宅介護支援,03-0000-0002\nP002,新しい名前,居宅介護支援,\n"}), ledger.Choice{})
	assert.Equal(t, 1, done.Plan.Count(ledger.New))
	assert.Equal(t, 1, done.Plan.Count(ledger.Conflict), "planned again on what is there now")
	partners := book(t, a).Partners
	require.Len(t, partners, 2)
	assert.Equal(t, "03-0000-0001", partners[0].Phone)
}

func TestAnExportedBookKnowsWhereItComesFrom(t *testing.T) {
	ctx := context.Background()
	a, other := emptyApp(t), emptyApp(t)
	take(t, a, "testdata/cases/a/ledger", ledger.Choice{})
	path := export(t, a)
	for name, c := range map[string]struct {
		in   *app.App
		want bool
	}{"its own register": {a, true}, "another register": {other, false}} {
		t.Run(name, func(t *testing.T) {
			opened, err := c.in.OpenLedger(ctx, path, nil)
			require.NoError(t, err)
			plan, err := c.in.PlanImport(ctx, opened, ledger.Choice{})
			require.NoError(t, err)
			assert.Equal(t, c.want, plan.Based)
		})
	}
}

func TestAHandMadeBookLeavesWhatAPersonTypedWhateverTouchedTheRecordSince(t *testing.T) {
	ctx := context.Background()
	a := emptyApp(t)
	take(t, a, folder(t, map[string]string{"入院": "患者ID,入院日,氏名,診療科,要介護度\n00000001,2026-10-02,甲,内科,要介護1\n"}), ledger.Choice{})
	typed := book(t, a).Admissions[0]
	typed.Specialty = "皮膚科"
	edit(t, a, typed)
	take(t, a, folder(t, map[string]string{"入院": "患者ID,入院日,退院日\n00000001,2026-10-02,2026-10-20\n"}), ledger.Choice{})
	again := book(t, a).Admissions[0]
	assert.Zero(t, again.DischargedOn, "a person edited the record last")
	take(t, a, folder(t, map[string]string{"入院": "患者ID,入院日,退院日\n00000001,2026-10-02,2026-10-20\n"}), ledger.Choice{TakeBook: true})

	done := take(t, a, folder(t, map[string]string{"入院": "患者ID,入院日,診療科,要介護度,退院日\n00000001,2026-10-02,内科,要介護3,2026-10-21\n"}), ledger.Choice{})

	assert.Len(t, done.Plan.Conflicts(), 1)
	now := book(t, a).Admissions[0]
	assert.Equal(t, "皮膚科", now.Specialty, "a person gave it")
	assert.Equal(t, "要介護3", now.CareLevel, "no person gave it")
	assert.EqualValues(t, 2026_10_21, now.DischargedOn, "an import gave it")
	back, _, err := a.UndoImport(ctx, 0, nil)
	require.NoError(t, err)
	assert.Equal(t, 1, back.Restored)
}

func TestAnImportThatTurnsAConfirmedSessionSaysSo(t *testing.T) {
	ctx := context.Background()
	a := apptest.Sample(t)
	number := confirmable(t, a, 2026_10)[0]
	_, err := a.Confirm(ctx, 2026_10, seen(t, a, number))
	require.NoError(t, err)
	_, err = a.CloseMonth(ctx, 2026_10)
	require.NoError(t, err)
	v := judged(t, a).Verdict(number)
	text := "患者ID,入院日,サービス導入適当\n" + v.Session.PatientID + "," + v.Session.AdmittedOn.String() + ",×\n"

	done := take(t, a, folder(t, map[string]string{"入院": text}), ledger.Choice{})

	var turned []string
	for _, c := range done.Effect.Bound() {
		turned = append(turned, c.Session().Number)
		assert.Zero(t, c.After.Points)
	}
	assert.Contains(t, turned, number)
	assert.Equal(t, v.Points, judged(t, a).Facts.Book.ConfirmationOf(number).Points, "what was confirmed stays")
}

func TestUndoOfAnImportLeavesTheLastRecordOfACodeInUse(t *testing.T) {
	ctx := context.Background()
	a := emptyApp(t)
	take(t, a, folder(t, map[string]string{
		"職員": "職員コード,所属開始,所属終了,氏名,職種\nS001,2025-04-01,2026-03-31,東 京子,看護師\nS001,2026-04-01,,東 京子,看護師\nS002,2026-04-01,,西 大輔,看護師\n",
		"入院": "患者ID,入院日,氏名\n00000001,2026-10-02,甲\n00000001,2026-10-20,甲\n00000002,2026-10-03,乙\n",
	}), ledger.Choice{})
	for _, step := range []app.Step{
		app.New(&models.Contact{On: 2026_11_02, Kind: models.PhoneCall, PatientID: "00000001"}),
		app.New(&models.JointGuidance{PatientID: "00000009", AdmittedOn: 2026_10_02, Staff: []string{"S001"}}),
	} {
		_, err := a.Do(ctx, "登録", step)
		require.NoError(t, err)
	}

	back, _, err := a.UndoImport(ctx, 0, nil)

	require.NoError(t, err)
	assert.Equal(t, 4, back.Removed)
	b := book(t, a)
	require.Len(t, b.Staff, 1)
	assert.Equal(t, "S001", b.Staff[0].Code)
	require.Len(t, b.Admissions, 1)
	assert.Equal(t, "00000001", b.Admissions[0].PatientID)
}

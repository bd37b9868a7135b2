package admissions

import (
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/people"
	"renkei/views/ui"
)

func TestANewAdmission(t *testing.T) {
	p := open(t, pagetest.Small)
	p.New() // Ctrl+N on the list
	t.Run("what is required is asked for, all at once", func(t *testing.T) {
		p.Save()
		shown := pagetest.Texts(p.form().Object())
		assert.Contains(t, shown, "患者ID")
		assert.Contains(t, shown, "氏名")
		assert.NotNil(t, p.Editor())
	})
	test.Type(p.field("患者ID").FocusTarget(), "7001")
	p.text("氏名").SetText("森 さくら")
	p.text("カナ").SetText("モリ サクラ")
	p.date("入院日").SetDate(day("2026-11-20"))
	p.choice("病棟コード").SetChoice("3E")
	for _, slip := range []struct {
		field *ui.DateField
		typed string
		said  string
	}{
		{p.date("入院日"), "2062/10/2", "『2062-10-02』は今日（2026-11-22）から1年より先の日付です"},
		{p.date("生年月日"), "2039/5/2", "『2039-05-02』は今日（2026-11-22）より後の日付です"},
		{p.date("生年月日"), "1839/5/2", "日付『1839/5/2』を読み取れません"},
		{p.date("生年月日"), "M12.5.2", "『1879-05-02』は1880年より前の日付です"},
		{p.date("退院見込日"), "2026/11/2", "『2026-11-02』が入院日『2026-11-20』より前です"},
		{p.date("退院日"), "2026/11/2", "『2026-11-02』が入院日『2026-11-20』より前です"},
	} {
		was := slip.field.Date()
		slip.field.SetValue(slip.typed)
		p.Save()
		require.NotNil(t, p.Editor(), slip.typed)
		assert.Contains(t, pagetest.Texts(p.form().Object()), slip.said)
		slip.field.SetDate(was)
	}
	p.picker("担当CMコード").Pick(people.CareManagerPick(p.snap.judged.Facts, "C001", p.Shell.On))
	p.Save()
	require.Empty(t, p.Shell.Errors)
	require.Nil(t, p.Editor())
	r := p.judged(t).find(models.AdmissionKey{PatientID: "00007001", AdmittedOn: 2026_11_20})
	require.NotNil(t, r, "the ID has the hospital's digits")
	assert.Equal(t, "C001", r.adm.CareManager)
	require.Len(t, r.stays, 1)
	assert.Equal(t, day("2026-11-20"), r.stays[0].From, "the stay begins with the admission")
	assert.Contains(t, pagetest.Texts(p.Detail), "森 さくら")
	assert.Contains(t, pagetest.Texts(p.Detail), "入院から7日以内の情報提供")
	t.Run("the same admission twice is refused", func(t *testing.T) {
		p.newAdmission()
		p.field("患者ID").SetValue("00007001")
		p.text("氏名").SetText("森 さくら")
		p.date("入院日").SetDate(day("2026-11-20"))
		p.Save()
		assert.Contains(t, pagetest.Texts(p.form().Object()), "すでに登録があります")
		p.leave()
	})
	t.Run("it can be taken back, and deleted while nothing hangs on it", func(t *testing.T) {
		p.Shell.Undo()
		assert.Nil(t, p.judged(t).find(r.adm.Key()))
		p.Shell.Undo() // and made again
		p.Open(page.To("入院", r.adm.Key().String()))
		test.Tap(pagetest.Button(t, p.Detail, "この入院を消す"))
		require.Empty(t, p.Shell.Errors)
		assert.Nil(t, p.judged(t).find(r.adm.Key()))
	})
}

func TestAKnownPatientIsFilledIn(t *testing.T) {
	p := open(t, pagetest.Small)
	row := p.judged(t).rows[10]
	p.newAdmission()
	test.Type(p.field("患者ID").FocusTarget(), row.PatientID)
	assert.Equal(t, row.Name, p.text("氏名").Text())
	assert.Equal(t, row.Kana, p.text("カナ").Text())
	assert.Equal(t, p.judged(t).find(row.Key).adm.BornOn, p.date("生年月日").Date())
}

func TestEditingAnAdmissionUntouchedChangesNothing(t *testing.T) {
	p := open(t, pagetest.Small)
	for _, row := range p.judged(t).rows[:40] {
		r := p.judged(t).find(row.Key)
		form := p.admissionForm(*r.adm, r.stays)
		assert.Empty(t, form.Entry().Steps)
		assert.False(t, form.Dirty())
	}
}

func TestEditingASessionUntouchedChangesNothing(t *testing.T) {
	p := open(t, pagetest.Small)
	for i := range p.judged(t).judged.Verdicts[:40] {
		g := p.judged(t).judged.Verdicts[i].Session
		form := p.sessionForm(g)
		form.Read()
		assert.Equal(t, g, entered(g, *p.live.g))
		assert.False(t, form.Dirty())
	}
}

func TestDischargeEndsTheLastStay(t *testing.T) {
	p := open(t, pagetest.Small)
	row := p.row(t, func(r *record, row *Row) bool { return row.Shown == Here && len(r.stays) > 1 })
	p.Open(page.To("入院", row.Key.String()))
	p.editAdmission()
	p.date("退院日").SetDate(p.Shell.On)
	p.Save()
	require.Empty(t, p.Shell.Errors)
	r := p.judged(t).find(row.Key)
	assert.Equal(t, p.Shell.On, r.stays[len(r.stays)-1].To)
	assert.Equal(t, p.Shell.On, r.adm.DischargedOn)
}

func TestAnAdmissionMovesToAnotherDayWithAllThatHangsOnIt(t *testing.T) {
	p := open(t, pagetest.Small)
	row := p.row(t, func(r *record, row *Row) bool { return row.Shown == Here && len(r.own) > 0 && len(r.stays) == 1 })
	sessions := len(p.judged(t).find(row.Key).own)
	p.Open(page.To("入院", row.Key.String()))
	p.editAdmission()
	moved := models.AdmissionKey{PatientID: row.PatientID, AdmittedOn: row.AdmittedOn.AddDays(-1)}
	p.date("入院日").SetDate(moved.AdmittedOn)
	p.Save()
	require.Empty(t, p.Shell.Errors)
	snap := p.judged(t)
	assert.Nil(t, snap.find(row.Key))
	r := snap.find(moved)
	require.NotNil(t, r)
	assert.Len(t, r.own, sessions)
	assert.Len(t, r.stays, 1)
	assert.Equal(t, moved, p.key)
	p.Shell.Undo()
	assert.Len(t, p.judged(t).find(row.Key).own, sessions)
}

func TestTransfer(t *testing.T) {
	p := open(t, pagetest.Small)
	row := p.row(t, func(r *record, row *Row) bool {
		return row.Shown == Here && len(r.stays) == 1 && r.stays[0].Ward == "3E" && r.stays[0].From < p.Shell.On
	})
	p.Open(page.To("入院", row.Key.String()))
	test.Tap(pagetest.Button(t, p.Detail, "転棟を登録"))
	t.Run("into the same ward is refused", func(t *testing.T) {
		p.choice("転棟先").SetChoice("3E")
		p.Save()
		assert.Contains(t, pagetest.Texts(p.form().Object()), "いまの病棟と同じです")
	})
	p.choice("転棟先").SetChoice("4E")
	p.Save()
	require.Empty(t, p.Shell.Errors)
	require.Nil(t, p.Editor())
	stays := p.judged(t).find(row.Key).stays
	require.Len(t, stays, 2, "one ended and one begun in one change")
	assert.Equal(t, p.Shell.On, stays[0].To)
	assert.Equal(t, models.WardStay{PatientID: row.PatientID, AdmittedOn: row.AdmittedOn, From: p.Shell.On, Ward: "4E", Version: stays[1].Version}, stays[1])
	assert.Contains(t, p.snap.byKey[row.Key].Ward, "4東病棟")
	p.Shell.Undo()
	stays = p.judged(t).find(row.Key).stays
	require.Len(t, stays, 1)
	assert.Zero(t, stays[0].To)
}

func TestMoveWard(t *testing.T) {
	r := func(stays ...models.WardStay) *record {
		return hospital(t, "2026-10-19", func(b *models.Book) { b.WardStays = stays }).find(hanako)
	}
	stay := func(from, ward, to string) models.WardStay {
		s := models.WardStay{PatientID: hanako.PatientID, AdmittedOn: hanako.AdmittedOn, From: day(from), Ward: ward, Version: 3}
		if to != "" {
			s.To = day(to)
		}
		return s
	}
	t.Run("within a stay that ended the new one ends then", func(t *testing.T) {
		got, problems := moveWard(r(stay("2026-10-02", "3E", "2026-10-20")), day("2026-10-10"), "4E")
		assert.Empty(t, problems)
		next := stay("2026-10-10", "4E", "2026-10-20")
		next.Version = 0
		assert.Equal(t, []models.WardStay{stay("2026-10-02", "3E", "2026-10-10"), next}, got)
	})
	t.Run("on the day the stay began the ward alone changes", func(t *testing.T) {
		got, problems := moveWard(r(stay("2026-10-02", "3E", "")), day("2026-10-02"), "4E")
		assert.Empty(t, problems)
		assert.Equal(t, []models.WardStay{stay("2026-10-02", "4E", "")}, got)
	})
	t.Run("a day that is a slip of the year is refused", func(t *testing.T) {
		_, problems := moveWard(r(stay("2026-10-02", "3E", "")), day("2062-10-10"), "4E")
		require.Len(t, problems, 1)
		assert.Equal(t, "転棟日: 『2062-10-10』は今日（2026-10-19）から1年より先の日付です。年を確かめてください", problems[0].String())
	})
	t.Run("a day without a stay is refused", func(t *testing.T) {
		_, problems := moveWard(r(stay("2026-10-02", "3E", "")), day("2026-09-30"), "4E")
		require.Len(t, problems, 1)
		assert.Equal(t, "転棟日", problems[0].Field)
	})
}

func TestCorrectingStays(t *testing.T) {
	p := open(t, pagetest.Small)
	row := p.row(t, func(r *record, row *Row) bool { return row.Shown == Here && len(r.stays) == 2 })
	p.Open(page.To("入院", row.Key.String()))
	p.editStays()
	before := p.judged(t).find(row.Key).stays
	p.choice("病棟2").SetChoice("")
	p.date("開始日2").SetDate(0)
	p.date("終了日2").SetDate(0)
	p.date("終了日1").SetDate(0)
	p.date("開始日1").SetDate(before[0].From.AddDays(-1))
	p.Save()
	require.Empty(t, p.Shell.Errors)
	stays := p.judged(t).find(row.Key).stays
	require.Len(t, stays, 1, "a row emptied is gone")
	assert.Equal(t, before[0].From.AddDays(-1), stays[0].From)
	p.Shell.Undo()
	assert.Len(t, p.judged(t).find(row.Key).stays, 2)
	t.Run("an end before its beginning is refused at its row", func(t *testing.T) {
		p.editStays()
		p.date("終了日1").SetDate(before[0].From.AddDays(-3))
		p.Save()
		assert.Contains(t, pagetest.Texts(p.form().Object()), "より前です")
		p.date("終了日1").SetValue("2062/10/2")
		p.Save()
		assert.Contains(t, pagetest.Texts(p.form().Object()), "1年より先の日付です")
	})
}

// Two desks: what another changed meanwhile is kept.
func TestAnotherDeskWasFaster(t *testing.T) {
	p := open(t, pagetest.Small)
	row := p.List.Rows()[0]
	p.Open(page.To("入院", row.Key.String()))
	p.editAdmission()
	p.text("診療科").SetText("外科")
	other := New(p.Shell, p.App, people.NewDirectory(p.App))
	other.Build()
	other.Ensure()
	other.key = row.Key
	other.take(step{Do: setConsented})
	p.Save()
	require.Empty(t, p.Shell.Errors)
	now := p.judged(t).find(row.Key).adm
	assert.Equal(t, "外科", now.Specialty)
	assert.Equal(t, pagetest.Today, now.ConsentedOn)
}

func TestEveryFieldCanBeEntered(t *testing.T) {
	p := open(t, pagetest.Small)
	p.newAdmission()
	pagetest.EntersAll[models.Admission](t, p.form())
	p.Open(page.ToNew("共同指導", p.snap.rows[0].id))
	pagetest.EntersAll[models.JointGuidance](t, p.form(), "指導番号", "患者ID", "入院日", "算定月")
}

package admissions

import (
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
)

func TestANewAdmission(t *testing.T) {
	p := open(t, pagetest.Small)
	p.New() // Ctrl+N on the list
	form, ok := p.form.(*admissionForm)
	require.True(t, ok)
	t.Run("what is required is asked for, all at once", func(t *testing.T) {
		p.Save()
		shown := pagetest.Texts(form.f.Object())
		assert.Contains(t, shown, "患者ID")
		assert.Contains(t, shown, "氏名")
		assert.NotNil(t, p.form)
	})
	test.Type(form.id.FocusTarget(), "7001")
	form.name.SetText("森 さくら")
	form.kana.SetText("モリ サクラ")
	form.admitted.SetDate(day("2026-11-20"))
	form.ward.SetChoice("3E")
	for _, slip := range []struct {
		field *ui.DateField
		typed string
		said  string
	}{
		{form.admitted, "2062/10/2", "『2062-10-02』は今日（2026-11-22）から1年より先の日付です"},
		{form.born, "2039/5/2", "『2039-05-02』は今日（2026-11-22）より後の日付です"},
		{form.born, "1839/5/2", "日付『1839/5/2』を読み取れません"},
		{form.born, "M12.5.2", "『1879-05-02』は1880年より前の日付です"},
		{form.expected, "2026/11/2", "『2026-11-02』が入院日『2026-11-20』より前です"},
		{form.discharged, "2026/11/2", "『2026-11-02』が入院日『2026-11-20』より前です"},
	} {
		was := slip.field.Date()
		slip.field.SetValue(slip.typed)
		p.Save()
		require.NotNil(t, p.form, slip.typed)
		assert.Contains(t, pagetest.Texts(form.f.Object()), slip.said)
		slip.field.SetDate(was)
	}
	form.cm.Pick(careManagerPick(p.snap.judged.Facts, "C001", p.Shell.On))
	p.Save()
	require.Empty(t, p.Shell.Errors)
	require.Nil(t, p.form)
	r := p.judged(t).find(models.AdmissionKey{PatientID: "00007001", AdmittedOn: 2026_11_20})
	require.NotNil(t, r, "the ID has the hospital's digits")
	assert.Equal(t, "C001", r.adm.CareManager)
	require.Len(t, r.stays, 1)
	assert.Equal(t, day("2026-11-20"), r.stays[0].From, "the stay begins with the admission")
	assert.Contains(t, pagetest.Texts(p.record), "森 さくら")
	assert.Contains(t, pagetest.Texts(p.record), "入院から7日以内の情報提供")
	t.Run("the same admission twice is refused", func(t *testing.T) {
		p.newAdmission()
		again := p.form.(*admissionForm)
		again.id.SetText("00007001")
		again.name.SetText("森 さくら")
		again.admitted.SetDate(day("2026-11-20"))
		p.Save()
		assert.Contains(t, pagetest.Texts(again.f.Object()), "すでに登録があります")
		p.cancelForm()
	})
	t.Run("it can be taken back, and deleted while nothing hangs on it", func(t *testing.T) {
		p.Shell.Undo()
		assert.Nil(t, p.judged(t).find(r.adm.Key()))
		p.Shell.Undo() // and made again
		p.Open(page.To("入院", r.adm.Key().String()))
		test.Tap(pagetest.Button(t, p.record, "この入院を消す"))
		require.Empty(t, p.Shell.Errors)
		assert.Nil(t, p.judged(t).find(r.adm.Key()))
	})
}

func TestAKnownPatientIsFilledIn(t *testing.T) {
	p := open(t, pagetest.Small)
	row := p.snap.rows[10]
	p.newAdmission()
	form := p.form.(*admissionForm)
	test.Type(form.id.FocusTarget(), row.PatientID)
	assert.Equal(t, row.Name, form.name.Text())
	assert.Equal(t, row.Kana, form.kana.Text())
	assert.Equal(t, p.snap.find(row.Key).adm.BornOn, form.born.Date())
}

func TestEditingAnAdmissionUntouchedChangesNothing(t *testing.T) {
	p := open(t, pagetest.Small)
	for _, row := range p.snap.rows[:40] {
		r := p.snap.find(row.Key)
		form := newAdmissionForm(p.Page, *r.adm, r.stays)
		assert.Equal(t, *r.adm, form.admission())
		assert.False(t, form.f.Dirty())
	}
}

func TestEditingASessionUntouchedChangesNothing(t *testing.T) {
	p := open(t, pagetest.Small)
	for i := range p.snap.judged.Verdicts[:40] {
		g := p.snap.judged.Verdicts[i].Session
		form := newSessionForm(p.Page, g, false)
		assert.Equal(t, g, form.session())
		assert.False(t, form.f.Dirty())
	}
}

func TestDischargeEndsTheLastStay(t *testing.T) {
	p := open(t, pagetest.Small)
	row := p.row(t, func(r *record, row *Row) bool { return row.InHospital && len(r.stays) > 1 })
	p.Open(page.To("入院", row.Key.String()))
	p.editAdmission()
	p.form.(*admissionForm).discharged.SetDate(p.Shell.On)
	p.Save()
	require.Empty(t, p.Shell.Errors)
	r := p.judged(t).find(row.Key)
	assert.Equal(t, p.Shell.On, r.stays[len(r.stays)-1].To)
	assert.Equal(t, p.Shell.On, r.adm.DischargedOn)
}

func TestAnAdmissionMovesToAnotherDayWithAllThatHangsOnIt(t *testing.T) {
	p := open(t, pagetest.Small)
	row := p.row(t, func(r *record, row *Row) bool { return row.InHospital && len(r.own) > 0 && len(r.stays) == 1 })
	sessions := len(p.snap.find(row.Key).own)
	p.Open(page.To("入院", row.Key.String()))
	p.editAdmission()
	moved := models.AdmissionKey{PatientID: row.PatientID, AdmittedOn: row.AdmittedOn.AddDays(-1)}
	p.form.(*admissionForm).admitted.SetDate(moved.AdmittedOn)
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
		return row.InHospital && len(r.stays) == 1 && r.stays[0].Ward == "3E" && r.stays[0].From < p.Shell.On
	})
	p.Open(page.To("入院", row.Key.String()))
	test.Tap(pagetest.Button(t, p.record, "転棟を登録"))
	form := p.form.(*transferForm)
	t.Run("into the same ward is refused", func(t *testing.T) {
		form.ward.SetChoice("3E")
		p.Save()
		assert.Contains(t, pagetest.Texts(form.f.Object()), "いまの病棟と同じです")
	})
	form.ward.SetChoice("4E")
	p.Save()
	require.Empty(t, p.Shell.Errors)
	require.Nil(t, p.form)
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
	row := p.row(t, func(r *record, row *Row) bool { return row.InHospital && len(r.stays) == 2 })
	p.Open(page.To("入院", row.Key.String()))
	p.editStays()
	form := p.form.(*staysForm)
	before := p.snap.find(row.Key).stays
	form.rows[1].ward.SetChoice("")
	form.rows[1].from.SetDate(0)
	form.rows[1].to.SetDate(0)
	form.rows[0].to.SetDate(0)
	form.rows[0].from.SetDate(before[0].From.AddDays(-1))
	p.Save()
	require.Empty(t, p.Shell.Errors)
	stays := p.judged(t).find(row.Key).stays
	require.Len(t, stays, 1, "a row emptied is gone")
	assert.Equal(t, before[0].From.AddDays(-1), stays[0].From)
	p.Shell.Undo()
	assert.Len(t, p.judged(t).find(row.Key).stays, 2)
	t.Run("an end before its beginning is refused at its row", func(t *testing.T) {
		p.editStays()
		form := p.form.(*staysForm)
		form.rows[0].to.SetDate(before[0].From.AddDays(-3))
		p.Save()
		assert.Contains(t, pagetest.Texts(form.f.Object()), "より前です")
		form.rows[0].to.SetValue("2062/10/2")
		p.Save()
		assert.Contains(t, pagetest.Texts(form.f.Object()), "1年より先の日付です")
	})
}

// Two desks: what another changed meanwhile is not overwritten.
func TestAnotherDeskWasFaster(t *testing.T) {
	p := open(t, pagetest.Small)
	row := p.list.Rows()[0]
	p.Open(page.To("入院", row.Key.String()))
	p.editAdmission()
	form := p.form.(*admissionForm)
	form.specialty.SetText("外科")
	other := New(p.Shell, p.App)
	other.Build()
	other.Changed()
	other.key = row.Key
	other.take(step{Do: setConsented})
	p.Save()
	require.Len(t, p.Shell.Errors, 1)
	assert.Equal(t, models.Conflict, models.ErrorCode(p.Shell.Errors[0]))
	assert.Equal(t, "外科", form.specialty.Text(), "what was typed stays")
	assert.NotEqual(t, "外科", p.judged(t).find(row.Key).adm.Specialty)
}

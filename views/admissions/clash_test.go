package admissions

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/page/pagetest"
)

func TestTheSameAdmissionRegisteredByTwoPeopleBecomesOne(t *testing.T) {
	p := open(t, pagetest.Small)
	sato := apptest.Open(t, p.App.Place(), apptest.By("佐藤"), apptest.At(pagetest.Now))
	key := models.AdmissionKey{PatientID: "00007001", AdmittedOn: 2026_11_20}
	p.newAdmission()
	p.field("患者ID").SetValue(key.PatientID)
	p.text("氏名").SetText("森 さくら")
	p.text("カナ").SetText("モリ サクラ")
	p.date("入院日").SetDate(key.AdmittedOn)
	p.choice("病棟コード").SetChoice("3E")
	_, err := sato.Do(context.Background(), "登録",
		app.New(&models.Admission{PatientID: key.PatientID, AdmittedOn: key.AdmittedOn, Name: "森 桜", Kana: "モリ サクラ", Sex: "女"}),
		app.Put(models.WardStay{PatientID: key.PatientID, AdmittedOn: key.AdmittedOn, From: key.AdmittedOn, Ward: "3E"}))
	require.NoError(t, err)
	p.Shell.Changed() // the window sees it

	p.Save()
	require.Empty(t, p.Shell.Errors)
	asked := pagetest.Texts(p.Shell.Canvas().Overlays().Top())
	assert.Contains(t, asked, "佐藤さんも、同じ入院を登録していました")
	assert.Contains(t, asked, "森 桜")
	p.Press(fyne.KeyLeft, fyne.KeyReturn, fyne.KeyReturn)

	require.Empty(t, p.Shell.Errors)
	require.Nil(t, p.Editor())
	r := p.judged(t).find(key)
	require.NotNil(t, r)
	assert.Equal(t, "森 さくら", r.adm.Name)
	assert.Equal(t, "女", r.adm.Sex)
	assert.Len(t, r.stays, 1)
}

func TestTwoPeopleChangeAnAdmission(t *testing.T) {
	p := open(t, pagetest.Small)
	sato := apptest.Open(t, p.App.Place(), apptest.By("佐藤"), apptest.At(pagetest.Now))
	key := p.judged(t).rows[0].Key
	r := p.judged(t).find(key)
	f := p.admissionForm(*r.adm, r.stays)
	p.Begin(func() page.Editor { return f })
	theirs := *r.adm
	theirs.Specialty = "佐藤の科"
	_, err := sato.Do(context.Background(), "変更", app.Put(theirs))
	require.NoError(t, err)
	p.text("カナ").SetText("アタラシイ カナ")
	p.Save()

	require.Empty(t, p.Shell.Errors)
	now := p.judged(t).find(key)
	assert.Equal(t, "佐藤の科", now.adm.Specialty)
	assert.Equal(t, "アタラシイ カナ", now.adm.Kana)
	assert.Contains(t, p.Said(), "佐藤さんが変えた「診療科」はそのままです")
}

func TestEachFormOfARecordTellsWhichIsOpen(t *testing.T) {
	p := open(t, pagetest.Small)
	row := p.List.Rows()[0]
	p.Open(page.To("入院", row.Key.String()))
	admission := app.RefOf(*p.find(row.Key).adm)
	for name, begin := range map[string]func(){"入院": p.editAdmission, "病棟": p.editStays} {
		begin()
		assert.Equal(t, []app.RecordRef{admission}, p.Shell.Open, name)
		p.leave()
		assert.Empty(t, p.Shell.Open, name)
	}
	p.newAdmission()
	assert.Empty(t, p.Shell.Open, "a new record is nobody else's")
	p.Open(page.ToEdit("共同指導", p.judged(t).judged.Verdicts[0].Session.Number, ""))
	assert.Equal(t, []app.RecordRef{app.RefOf(p.judged(t).judged.Verdicts[0].Session)}, p.Shell.Open)
}

func TestTheStaysOfTwoPeopleAreMergedRowByRow(t *testing.T) {
	p := open(t, pagetest.Small)
	sato := apptest.Open(t, p.App.Place(), apptest.By("佐藤"), apptest.At(pagetest.Now))
	var r *record
	for _, row := range p.judged(t).rows {
		if r = p.judged(t).find(row.Key); len(r.stays) == 1 && r.stays[0].To == 0 && r.stays[0].Ward == "3E" && r.adm.AdmittedOn < pagetest.Today.AddDays(-3) {
			break
		}
	}
	require.NotNil(t, r)
	p.Open(page.To("入院", r.adm.Key().String()))
	p.editStays()
	theirs := r.stays[0]
	theirs.Ward = "4E"
	_, err := sato.Do(context.Background(), "変更", app.Put(theirs))
	require.NoError(t, err)
	p.date("終了日1").SetDate(pagetest.Today)
	p.Save()

	require.Empty(t, p.Shell.Errors)
	stays := p.judged(t).find(r.adm.Key()).stays
	require.Len(t, stays, 1)
	assert.Equal(t, "4E", stays[0].Ward)
	assert.Equal(t, pagetest.Today, stays[0].To)
	assert.Contains(t, p.Said(), "佐藤さんが変えた「病棟コード」はそのままです")
}

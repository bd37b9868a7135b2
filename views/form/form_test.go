package form_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
	"renkei/views/form"
	"renkei/views/ui"
)

var env = form.Env{Today: func() models.Date { return 2026_11_22 }, After: func(_ time.Duration, f func()) { f() }}

func TestAFieldTakesItsNamesFromTheRecord(t *testing.T) {
	test.NewTempApp(t)
	f := ui.NewForm(ui.FormOptions{})
	var a models.Admission
	form.Bind(f, env, &a,
		form.Section("患者"),
		form.Text(&a.Name, ""),
		form.Date(&a.ReceivedOn).Label("情報提供書の受領日"),
		form.Text(&a.Kana, "").Required(),
	)
	var names []string
	for _, problem := range f.Faults() { // of required fields left blank
		names = append(names, problem.Field)
	}
	assert.Equal(t, []string{"氏名", "カナ"}, names)
	require.NotNil(t, f.Field("入院時情報提供書受領日"), "a problem finds the field by its name in the ledger book")
	assert.Nil(t, f.Field("情報提供書の受領日"))
}

func TestWhatIsFilledInIsReadBack(t *testing.T) {
	test.NewTempApp(t)
	codes := form.Finder{
		Find: func(string, int) []ui.Pick { return nil },
		Pick: func(code string) ui.Pick { return ui.Pick{Key: code, Title: "名前 " + code} },
		Code: func(p ui.Pick) string { return p.Key },
	}
	rapid.Check(t, func(t *rapid.T) {
		day := func(label string) models.Date {
			return rapid.SampledFrom([]models.Date{0, 2026_02_28, 2026_11_22}).Draw(t, label)
		}
		mark := func(label string) models.Mark {
			return rapid.SampledFrom([]models.Mark{models.Unknown, models.Yes, models.No}).Draw(t, label)
		}
		text := rapid.SampledFrom([]string{"", "髙橋 花子", "例のとおり"})
		want := models.JointGuidance{
			On: day("on"), Way: rapid.SampledFrom(append(models.GuidanceWays, "")).Draw(t, "way"),
			Content: rapid.SampledFrom([]models.GuidanceContent{"", "初回", "以前の言葉"}).Draw(t, "content"),
			Staff:   rapid.SampledFrom([][]string{nil, {"N1"}, {"N2", "N1"}}).Draw(t, "staff"), DoctorsOrder: mark("order"),
			CareManager: rapid.SampledFrom([]string{"", "C001"}).Draw(t, "cm"), Body: text.Draw(t, "body"), NotedOn: day("noted"),
		}
		got := want
		f := ui.NewForm(ui.FormOptions{})
		b := form.Bind(f, env, &got,
			form.Date(&got.On), form.Choice(&got.Way, models.GuidanceWays), form.Choice(&got.Content, models.GuidanceContents),
			form.PickedAll(&got.Staff, codes), form.Mark(&got.DoctorsOrder, "あり", "なし"), form.Picked(&got.CareManager, codes),
			form.Memo(&got.Body, "", 3), form.Date(&got.NotedOn))
		assert.False(t, f.Dirty())
		got = models.JointGuidance{}
		b.Read()
		assert.Equal(t, want, got)
		b.Fill()
		assert.False(t, f.Dirty(), "the program fills in, not the user")
	})
}

func TestNothingRecordedIsAChoiceOfItsOwn(t *testing.T) {
	test.NewTempApp(t)
	f := ui.NewForm(ui.FormOptions{})
	m := models.Staff{}
	b := form.Bind(f, env, &m, form.ChoiceOf(&m.Department, append(ui.ChoicesOf(models.Departments), ui.Choice{Label: "部門の外"})...))
	field, ok := f.Field("部門所属").(*ui.ChoiceField)
	require.True(t, ok)
	assert.False(t, field.Blank(), "it is shown in words")
	field.SetChoice(string(models.Departments[0]))
	b.Read()
	assert.Equal(t, models.Departments[0], m.Department)
	field.SetValue("部門の外")
	b.Read()
	assert.Empty(t, m.Department)
}

func TestANumberLeftBlankIsNone(t *testing.T) {
	test.NewTempApp(t)
	f := ui.NewForm(ui.FormOptions{})
	w := models.Ward{}
	b := form.Bind(f, env, &w, form.Number(&w.Beds, 0, 9999))
	assert.True(t, f.Field("病床数").Blank())
	f.Field("病床数").SetValue("48")
	b.Read()
	assert.Equal(t, 48, w.Beds)
	f.Field("病床数").SetValue("")
	b.Read()
	assert.Zero(t, w.Beds)
}

func TestABoxIsTickedOrNot(t *testing.T) {
	test.NewTempApp(t)
	f := ui.NewForm(ui.FormOptions{})
	wrong := true
	b := form.Bind(f, env, &wrong, form.Check(&wrong, "誤りだったので消す").Label("消す"))
	field, ok := f.Field("消す").(*ui.CheckField)
	require.True(t, ok)
	assert.True(t, field.Checked())
	assert.False(t, f.Dirty())
	field.SetChecked(false)
	b.Read()
	assert.False(t, wrong)
}

func TestAValueIsBoundAsTextUnderANameOfItsOwn(t *testing.T) {
	test.NewTempApp(t)
	f := ui.NewForm(ui.FormOptions{})
	value := "12"
	b := form.Bind(f, env, &value, form.Value(&value, "evidence_lookback_months", ui.NewNumberField(0, 120)).Label("新しい値").Required())
	field := f.Field("evidence_lookback_months")
	require.NotNil(t, field)
	assert.Equal(t, "12", field.Value())
	field.SetValue("")
	assert.Equal(t, "evidence_lookback_months", f.Faults()[0].Field)
	field.SetValue("6")
	b.Read()
	assert.Equal(t, "6", value)
	value = "24"
	b.Fill()
	assert.Equal(t, "24", field.Value())
}

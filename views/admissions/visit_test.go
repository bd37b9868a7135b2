package admissions

import (
	"context"
	"reflect"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/people"
	"renkei/views/ui"
)

// asked is a register that writes down which parts a page asks for.
type asked struct {
	*app.App
	parts []models.Part
}

func (a *asked) Judged(ctx context.Context, part models.Part) (*app.Judged, error) {
	a.parts = append(a.parts, part)
	return a.App.Judged(ctx, part)
}

// last is the last part asked for besides the frame.
func (a *asked) last() (part models.Part) {
	for _, one := range a.parts {
		if !reflect.DeepEqual(one, models.Part{}) {
			part = one
		}
	}
	return part
}

func (a *asked) whole() (n int) {
	for _, part := range a.parts {
		if part.Whole {
			n++
		}
	}
	return n
}

// late is a shell that works only when it is told to.
type late struct {
	*pagetest.Shell
	waiting []func()
}

func (s *late) Do(work func(context.Context) error, done func(error)) {
	s.waiting = append(s.waiting, func() { s.Shell.Do(work, done) })
}

func (s *late) work() {
	for len(s.waiting) > 0 {
		next := s.waiting[0]
		s.waiting = s.waiting[1:]
		next()
	}
}

// watched opens the page on a register and watches what it asks for.
func watched(t *testing.T, a *app.App, size fyne.Size) (*place, *asked) {
	t.Helper()
	b, desk := pagetest.NewBench(t, a), &asked{App: a}
	p := &place{New(b.Shell, desk, people.NewDirectory(desk)), b}
	b.Show(p, size)
	return p, desk
}

// gone is a row of the sample that the page does not read for those in hospital.
func (p *place) gone(t *testing.T, of func(*record, *Row) bool) *Row {
	t.Helper()
	return p.row(t, func(r *record, row *Row) bool { return !p.snap.holds(row.PatientID) && of(r, row) })
}

func TestAnAdmissionOutsideTheList(t *testing.T) {
	p, desk := watched(t, pagetest.SampleApp(t), pagetest.Small)
	row := p.gone(t, func(r *record, _ *Row) bool {
		return len(r.own) == 1 && !r.own[0].Session.Claim.Recorded() && r.own[0].Points > 0
	})
	number := p.judged(t).find(row.Key).own[0].Session.Number
	listed := p.List.Rows()
	t.Run("opens by its key", func(t *testing.T) {
		p.Open(page.To("入院", row.id))
		assert.Contains(t, pagetest.Texts(p.Detail), row.Name)
		assert.Equal(t, page.To("共同指導", number), p.Place())
		assert.Equal(t, models.Part{Patients: []string{row.PatientID}, Kept: true}, desk.last())
		assert.Equal(t, listed, p.List.Rows(), "the list stays")
	})
	t.Run("and is described after a change as it is then", func(t *testing.T) {
		p.take(step{Do: setNoted, Key: number})
		require.Empty(t, p.Shell.Errors)
		assert.Equal(t, p.Shell.On, p.judged(t).verdict(number).Session.NotedOn)
		assert.Equal(t, p.Shell.On, p.verdict(number).Session.NotedOn)
		assert.Contains(t, pagetest.Texts(p.Detail), row.Name)
		p.Shell.Undo()
		assert.NotEqual(t, p.Shell.On, p.verdict(number).Session.NotedOn)
	})
	t.Run("its sessions are judged while they are typed", func(t *testing.T) {
		p.Open(page.ToEdit("共同指導", number, "方法"))
		assert.NotEqual(t, "0点", p.live.view.Points)
		p.choice("方法").SetChoice(string(models.ByPhone))
		p.form().Reloaded()
		assert.Equal(t, "0点", p.live.view.Points)
		p.leave()
		p.Open(page.ToEdit("共同指導", number, ""))
		assert.Equal(t, models.ByPhone, p.session().Way, "the typing was kept")
		p.form().Clean()
		p.Leave()
	})
	t.Run("Escape comes back to the list, another row shows itself", func(t *testing.T) {
		p.Press(fyne.KeyEscape)
		assert.True(t, p.Split.ShowsList())
		p.Press(fyne.KeyDown, fyne.KeyReturn)
		other, _ := p.List.Selected()
		assert.Contains(t, pagetest.Texts(p.Detail), other.Name)
		p.Open(page.To("共同指導", number))
		assert.Equal(t, number, p.panel.chosen, "and back again")
	})
	t.Run("opens by its session, for each thing done there", func(t *testing.T) {
		for _, to := range []page.Target{
			page.To("共同指導", number), page.ToEdit("共同指導", number, ""), page.ToEdit("入院", row.id, "同意日"),
			page.To("病棟履歴", row.id), page.ToNew("共同指導", row.id),
		} {
			again := New(p.Shell, desk, people.NewDirectory(desk))
			p.Shell.Window.SetContent(again.Build())
			again.Shown()
			again.Open(to)
			require.Equal(t, row.Key, again.key, to)
			if to.Do == page.Edit {
				assert.Equal(t, page.ToEdit(to.Sheet, to.Key, ""), again.Place())
			}
		}
	})
	assert.Zero(t, desk.whole(), "nothing reads the whole register")
}

func TestTheRecordIsReadBesideTheWindow(t *testing.T) {
	b := pagetest.NewBench(t, pagetest.SampleApp(t))
	shell := &late{Shell: b.Shell}
	p := &place{New(shell, b.App, people.NewDirectory(b.App)), b}
	b.Show(p, pagetest.Large)
	shell.work()
	one := p.gone(t, func(_ *record, row *Row) bool { return row.Shown == Every || row.Shown == LeftYear })
	other := p.gone(t, func(_ *record, row *Row) bool { return row.PatientID != one.PatientID })

	t.Run("also while the list is not read yet", func(t *testing.T) {
		first := New(shell, b.App, people.NewDirectory(b.App))
		b.Shell.Window.SetContent(first.Build())
		b.Shell.Window.Resize(pagetest.Small)
		first.Shown()
		first.Open(page.To("入院", one.id))
		shell.work()
		assert.Equal(t, one.Key, first.key)
		assert.Contains(t, pagetest.Texts(first.Detail), one.Name)
		assert.False(t, first.Split.ShowsList())
		b.Shell.Window.SetContent(p.Build())
		b.Shell.Window.Resize(pagetest.Large)
		p.Reload()
		shell.work()
	})
	t.Run("meanwhile it says so in its place", func(t *testing.T) {
		p.Open(page.To("入院", one.id))
		assert.Equal(t, ui.Loading, pagetest.Texts(p.Detail))
		p.New()
		assert.Nil(t, p.Editor().(*page.Form).Field("指導日"), "no session is begun for whom is not in sight")
		p.Leave()
	})
	t.Run("what is opened later is what is shown", func(t *testing.T) {
		p.Open(page.To("入院", one.id))
		p.Open(page.To("入院", other.id))
		shell.work()
		assert.Equal(t, other.Key, p.key)
		assert.Contains(t, pagetest.Texts(p.Detail), other.Name)
	})
	t.Run("also a row of the list", func(t *testing.T) {
		p.Open(page.To("入院", one.id))
		p.List.Select(1)
		shell.work()
		row, _ := p.List.Selected()
		assert.Equal(t, row.Key, p.key)
		assert.Contains(t, pagetest.Texts(p.Detail), row.Name)
	})
	t.Run("a reading for the list that began before keeps it", func(t *testing.T) {
		p.Reload()
		before := shell.waiting
		shell.waiting = nil
		p.Open(page.To("入院", one.id))
		shell.work()
		require.Equal(t, one.Key, p.key)
		shell.waiting = before
		shell.work()
		assert.Equal(t, one.Key, p.key)
		assert.Contains(t, pagetest.Texts(p.Detail), one.Name)
	})
	t.Run("one that there is not leaves the page as it was", func(t *testing.T) {
		was := pagetest.Texts(p.Detail)
		p.Open(page.To("共同指導", "G9999"))
		shell.work()
		assert.Equal(t, was, pagetest.Texts(p.Detail))
		assert.Contains(t, p.Said(), "見つかりません")
	})
}

func TestTheStayChosenIsRead(t *testing.T) {
	p, desk := watched(t, pagetest.SampleApp(t), pagetest.Small)
	want := func(stay string) []string {
		var keys []string
		for _, row := range Choose(p.judged(t).rows, Filter{Stay: stay}) {
			keys = append(keys, row.id)
		}
		return keys
	}
	listed := func() []string {
		var keys []string
		for _, row := range p.List.Rows() {
			keys = append(keys, row.id)
		}
		return keys
	}
	assert.Equal(t, models.Part{Stays: models.Period{From: 2026_11_22}, Kept: true}, desk.last())
	for stay, from := range map[string]models.Date{Left: 2026_08_22, LeftYear: 2025_11_22, Here: 2026_11_22} {
		p.stayBox.Choose(stay)
		assert.Equal(t, want(stay), listed(), stay)
		assert.Equal(t, models.Part{Stays: models.Period{From: from}, Kept: true}, desk.last())
		assert.Contains(t, pagetest.Texts(p.Shell.Window.Content()), "全 427件")
	}
	require.Zero(t, desk.whole())
	p.List.Select(3)
	row, _ := p.List.Selected()
	p.stayBox.Choose(Every)
	assert.Equal(t, want(Every), listed())
	assert.Equal(t, 1, desk.whole(), "all of it, when it is asked for")
	still, _ := p.List.Selected()
	assert.Equal(t, row.Key, still.Key, "the row selected is selected still")
	again := New(p.Shell, desk, people.NewDirectory(desk))
	again.Build()
	assert.Equal(t, Filter{Stay: Every}, again.filter, "it is remembered")
}

func TestTheListSaysThatAnotherStayIsBeingRead(t *testing.T) {
	b := pagetest.NewBench(t, pagetest.SampleApp(t))
	shell := &late{Shell: b.Shell}
	p := &place{New(shell, b.App, people.NewDirectory(b.App)), b}
	b.Show(p, pagetest.Small)
	shell.work()
	require.NotEmpty(t, p.List.Rows())
	p.stayBox.Choose(Every)
	assert.Empty(t, p.List.Rows())
	b.Shell.Window.Resize(pagetest.Small)
	said := pagetest.Texts(b.Shell.Window.Content())
	assert.Contains(t, said, ui.Loading)
	assert.NotContains(t, said, "入院 0件")
	p.stayBox.Choose(Here) // thinks better of it
	shell.work()
	assert.Len(t, p.List.Rows(), len(Choose(p.judged(t).rows, Filter{})))
}

func TestAnEmptyListSaysWhy(t *testing.T) {
	said := func(p *place) string {
		p.Shell.Window.Resize(pagetest.Small)
		return pagetest.Texts(p.List)
	}
	a := pagetest.NewApp(t, pagetest.Now)
	p, _ := watched(t, a, pagetest.Small)
	assert.Contains(t, said(p), "入院の登録がまだありません")
	_, err := a.Do(context.Background(), "入院", app.Put(models.Admission{PatientID: "00000001", AdmittedOn: 2024_10_02, DischargedOn: 2024_10_20, Name: "髙橋 花子"}))
	require.NoError(t, err)
	p.Shell.Changed()
	assert.Contains(t, said(p), "いま入院中の患者の登録はありません")
	assert.NotContains(t, said(p), "まだありません")
	p.stayBox.Choose(Left)
	assert.Contains(t, said(p), "条件に合う入院はありません")
	p.Find()
	test.Type(p.Search, "takahasi")
	assert.Contains(t, said(p), "「退院 3か月内」の中でさがしました。")
	p.clearFilters()
	assert.Equal(t, Filter{Stay: Left}, p.filter, "what is typed is taken away first")
	p.clearFilters()
	require.Len(t, p.List.Rows(), 1)
}

func TestADischargeLongAgoIsShownThoughItLeavesTheList(t *testing.T) {
	p, desk := watched(t, pagetest.SampleApp(t), pagetest.Small)
	row := p.row(t, func(r *record, row *Row) bool {
		return row.Shown == Here && len(r.own) == 0 && len(r.stays) == 1 && row.AdmittedOn < p.Shell.On.AddDays(-5)
	})
	p.Open(page.To("入院", row.id))
	p.editAdmission()
	p.date("退院日").SetDate(p.Shell.On.AddDays(-2))
	p.Save()
	require.Empty(t, p.Shell.Errors)
	assert.Contains(t, pagetest.Texts(p.Detail), "退院 2026-11-20")
	for _, listed := range p.List.Rows() {
		assert.NotEqual(t, row.Key, listed.Key)
	}
	p.Shell.Undo()
	assert.NotContains(t, pagetest.Texts(p.Detail), "退院 2026-11-20")
	assert.Contains(t, pagetest.Texts(p.Detail), row.Name)

	p.newAdmission() // of years ago
	test.Type(p.field("患者ID").FocusTarget(), "00999999")
	p.text("氏名").SetText("山田 太郎")
	p.date("入院日").SetDate(2023_10_01)
	p.date("退院日").SetDate(2023_10_20)
	p.Save()
	require.Empty(t, p.Shell.Errors)
	require.Nil(t, p.Editor())
	assert.Contains(t, pagetest.Texts(p.Detail), "山田 太郎")
	assert.Zero(t, desk.whole())
}

func TestWhatIsRecordedIsKnownThoughItIsNotInTheList(t *testing.T) {
	p, desk := watched(t, pagetest.SampleApp(t), pagetest.Small)
	row := p.gone(t, func(r *record, _ *Row) bool { return r.adm.Sex != "" && r.adm.BornOn != 0 })
	adm := p.judged(t).find(row.Key).adm
	p.newAdmission()
	test.Type(p.field("患者ID").FocusTarget(), row.PatientID)
	assert.Equal(t, row.Name, p.text("氏名").Text())
	assert.Equal(t, row.Kana, p.text("カナ").Text())
	assert.Equal(t, adm.BornOn, p.date("生年月日").Date())
	assert.Equal(t, adm.Sex, p.choice("性別").Choice())
	p.date("入院日").SetDate(row.AdmittedOn)
	p.Save()
	assert.NotNil(t, p.Editor())
	assert.Contains(t, pagetest.Texts(p.form().Object()), "この患者のこの日の入院は、すでに登録があります")
	assert.Zero(t, desk.whole())
}

func TestTheSheetsThePageShows(t *testing.T) {
	a := pagetest.SampleApp(t)
	p, desk := watched(t, a, pagetest.Small)
	n := len(desk.parts)
	change := func(steps ...app.Step) int {
		before, err := a.Judged(context.Background(), models.Part{})
		require.NoError(t, err)
		_, err = a.Do(context.Background(), "変更", steps...)
		require.NoError(t, err)
		feed, err := a.Since(context.Background(), before.Revision)
		require.NoError(t, err)
		n = len(desk.parts)
		p.Changed(feed)
		return len(desk.parts) - n
	}
	contact := models.Contact{Number: "R99999", On: 2026_11_22, Kind: models.PhoneCall, CareManager: "C001"}
	assert.Zero(t, change(app.Put(contact)), "a telephone call changes nothing here")
	assert.Positive(t, change(app.Put(models.Setting{Key: "routine_contact_can_substitute", Value: "true"})))
	contact.Number = "R99998"
	assert.Positive(t, change(app.Put(contact)), "where it may stand for 会議")
}

// Nobody has a session yet: the 平時の連携 rests on a telephone call alone, of two
// months before.
func TestThePreviewKnowsTheRoutineContactsASessionRestsOn(t *testing.T) {
	a := pagetest.NewApp(t, pagetest.Now)
	_, err := a.Do(context.Background(), "はじめ",
		app.Put(models.Setting{Key: "routine_contact_can_substitute", Value: "true"}),
		app.Put(models.Setting{Key: "evidence_lookback_months", Value: "3"}),
		app.Put(models.Policy{Edition: "第1版", EffectiveOn: 2026_04_01, AnnouncedOn: 2026_04_01, Within7Days: models.Yes, Before7Days: models.Yes, Encourages: models.Yes}),
		app.Put(models.Ward{Code: "3E", ValidFrom: 2024_04_01, Name: "3東病棟", Beds: 40, Class: models.WardClassI, FeeTreatment: models.FeeSeparate, FiledFrom: 2024_04_01}),
		app.Put(models.Staff{Code: "N1", From: 2020_04_01, Name: "渡邉 恵", Job: models.Nurse, Department: models.FullTime}),
		app.Put(models.Partner{Code: "P1", Name: "さくら居宅", Kind: models.CareOffice}),
		app.Put(models.CareManager{Code: "C1", Name: "佐藤 実", Qualification: models.QualifiedCM, CanPlan: models.Yes, SharedOn: 2026_04_20}),
		app.Put(models.Affiliation{CareManager: "C1", Partner: "P1", From: 2022_04_01}),
		app.Put(models.Contact{Number: "K1", On: 2026_09_10, Kind: models.PhoneCall, Staff: []string{"N1"}, CareManager: "C1"}),
		app.Put(models.Admission{PatientID: "00000001", AdmittedOn: 2026_11_10, Name: "髙橋 花子", CareManager: "C1", ServiceSuitable: models.Yes, PatientWishes: models.Yes, ConsentedOn: 2026_11_10}),
		app.Put(models.WardStay{PatientID: "00000001", AdmittedOn: 2026_11_10, From: 2026_11_10, Ward: "3E"}))
	require.NoError(t, err)
	p, _ := watched(t, a, pagetest.Small)
	p.Open(page.ToNew("共同指導", "00000001/2026-11-10"))
	pagetest.Field[*ui.MultiPicker](t, p.form(), "職員コード").SetPicks([]ui.Pick{{Key: people.Key(people.Staff, "N1"), Title: "N1"}})
	p.form().Reloaded()
	said := p.live.view.Tint.Word
	assert.Equal(t, "指導料2", said)
	p.Save()
	require.Empty(t, p.Shell.Errors)
	require.Len(t, p.Judged().Verdicts, 1)
	assert.Equal(t, said, string(p.Judged().Verdicts[0].Result))
}

func TestTheListDoesNotWaitForWhatThePickersSearch(t *testing.T) {
	a := pagetest.SampleApp(t)
	b := pagetest.NewBench(t, a)
	shell := &late{Shell: b.Shell}
	p := &place{New(shell, a, people.NewDirectory(a)), b}
	b.Show(p, pagetest.Small)
	for len(p.List.Rows()) == 0 {
		next := shell.waiting[0]
		shell.waiting = shell.waiting[1:]
		next()
	}
	require.Nil(t, p.known)
	assert.NotContains(t, pagetest.Texts(b.Shell.Window.Content()), "全 ")
	p.newAdmission()
	gone := p.row(t, func(_ *record, row *Row) bool { return !p.snap.holds(row.PatientID) })
	test.Type(p.field("患者ID").FocusTarget(), gone.PatientID)
	assert.Empty(t, p.text("氏名").Text())
	shell.work()
	p.text("氏名").SetText(gone.Name)
	p.date("入院日").SetDate(gone.AdmittedOn)
	p.Save()
	assert.Contains(t, pagetest.Texts(p.form().Object()), "すでに登録があります", "the form asks what is known by now")
	p.form().Clean()
	p.Leave()
	assert.Contains(t, pagetest.Texts(b.Shell.Window.Content()), "全 427件")
}

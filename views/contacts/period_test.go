package contacts

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
	"renkei/models/booktest"
	"renkei/models/fee"
	"renkei/models/liaison"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/people"
	"renkei/views/ui"
)

// reading is a desk that notes the parts the page asks for.
type reading struct {
	*app.App
	parts []models.Part
}

func (r *reading) Judged(ctx context.Context, part models.Part) (*app.Judged, error) {
	r.parts = append(r.parts, part)
	return r.App.Judged(ctx, part)
}

// waiting is a shell whose work is done when the test says so.
type waiting struct {
	*pagetest.Shell
	held []func()
}

func (s *waiting) Do(work func(context.Context) error, done func(error)) {
	s.held = append(s.held, func() { s.Shell.Do(work, done) })
}

// finish does the work asked for, and what that asks for.
func (s *waiting) finish() {
	for len(s.held) > 0 {
		do := s.held[0]
		s.held = s.held[1:]
		do()
	}
}

// ofYears is the page over a register of several years: smallBook and a contact
// of 2021.
type ofYears struct {
	*screen
	desk  *reading
	shell *waiting
}

func openYears(t *testing.T, b *models.Book) *ofYears {
	t.Helper()
	bench := pagetest.NewBench(t, pagetest.NewApp(t, pagetest.Now))
	apptest.Record(t, bench.App, b)
	desk, shell := &reading{App: bench.App}, &waiting{Shell: bench.Shell}
	s := &screen{Page: New(shell, desk, people.NewDirectory(desk)), Bench: bench}
	s.Now = pagetest.Now
	bench.Show(s, pagetest.Small)
	shell.finish()
	return &ofYears{s, desk, shell}
}

func bookOfYears() *models.Book {
	b := smallBook()
	b.Contacts = append(b.Contacts, models.Contact{
		Number: "K0006", On: 2021_06_15, Kind: models.FaceToFace, CareManager: "C002", Partner: "P001", Staff: []string{"N001"}, PatientID: "00012345",
	})
	return b
}

// shown are the numbers in the list, sorted.
func (s *ofYears) shown() []string { return slices.Sorted(slices.Values(numbers(s.List.Rows()))) }

// foot is what stands below the list.
func (s *ofYears) foot() string {
	words, _ := s.counts(s.List.Rows())
	return words
}

// choosePeriod chooses another period in the box.
func (s *ofYears) choosePeriod(value string) { s.periodBox.Choose(value) }

func TestThePageReadsThePeriodItShows(t *testing.T) {
	s := openYears(t, bookOfYears())
	year := models.Period{From: 2026_04_01, To: 2027_03_31}
	assert.Equal(t, []string{"K0002", "K0003", "K0004"}, s.shown())
	assert.Len(t, s.All, 3, "what is not shown is not read")
	assert.Equal(t, "3件（うち面会・ビデオ通話 1件） ・ 登録 6件", s.foot(), "but counted")
	assert.Equal(t, []models.Part{{}, {Contacts: year}}, s.desk.parts)
	assert.Equal(t, "山﨑 武", s.All[2].Patient)

	t.Run("every period of the box", func(t *testing.T) {
		for _, c := range periodChoices(today, s.first, "") {
			s.desk.parts = nil
			s.choosePeriod(c.Value)
			s.shell.finish()
			all := Filter{Period: periodAll}.Apply(rowsOf(s.Judged().Facts), today)
			assert.ElementsMatch(t, numbers(Filter{Period: c.Value}.Apply(all, today)), s.shown(), c.Label)
			assert.NotContains(t, s.desk.parts, models.Part{Whole: true}, c.Label)
		}
	})
	t.Run("all of them", func(t *testing.T) {
		s.choosePeriod(periodAll)
		s.shell.finish()
		assert.Equal(t, []string{"K0001", "K0002", "K0003", "K0004", "K0005", "K0006"}, s.shown())
		assert.Equal(t, "6件（うち面会・ビデオ通話 3件） ・ 登録 6件", s.foot())
	})
	t.Run("within what is read nothing is read", func(t *testing.T) {
		s.desk.parts = nil
		s.filter.Kind = kindMenkai
		s.Filtered()
		assert.Empty(t, s.shell.held)
		assert.Equal(t, []string{"K0001", "K0003", "K0006"}, s.shown())
		s.narrowTo(people.Key(people.CareManager, "C002"))
		assert.Equal(t, []string{"K0003", "K0006"}, s.shown())
		s.choosePeriod(periodYear)
		s.shell.finish()
		assert.Equal(t, []string{"K0003"}, s.shown(), "the period and the person count together")
	})
}

func TestAPeriodThatIsBeingReadSaysSo(t *testing.T) {
	s := openYears(t, bookOfYears())
	s.choosePeriod(periodLastYear)
	assert.Contains(t, pagetest.Texts(s.List), ui.Loading)
	assert.Equal(t, ui.Loading, s.foot(), "nothing is counted before it is read")
	s.shell.finish()
	assert.NotContains(t, pagetest.Texts(s.List), ui.Loading)
	assert.Equal(t, []string{"K0001", "K0005"}, s.shown())

	t.Run("what there is of it stands there meanwhile", func(t *testing.T) {
		s.choosePeriod(periodTwelve)
		assert.Equal(t, []string{"K0001"}, s.shown())
		s.shell.finish()
		assert.Equal(t, []string{"K0001", "K0002", "K0003", "K0004"}, s.shown())
	})
	t.Run("another filter begins no second reading", func(t *testing.T) {
		s.choosePeriod(periodAll)
		require.Len(t, s.shell.held, 1)
		s.filter.Kind = kindMenkai
		s.Filtered()
		assert.Len(t, s.shell.held, 1)
		s.shell.finish()
		assert.Equal(t, []string{"K0001", "K0003", "K0006"}, s.shown())
	})
	t.Run("the period chosen last is shown", func(t *testing.T) {
		s.choosePeriod(periodMonth)
		s.choosePeriod(periodBefore)
		s.filter.Kind = ""
		s.Filtered()
		s.shell.finish()
		assert.Equal(t, []string{"K0002"}, s.shown())
	})
}

func TestAnEmptyPeriodIsNoEmptyRegister(t *testing.T) {
	b := bookOfYears()
	b.Contacts = b.Contacts[4:]
	s := openYears(t, b)
	assert.Empty(t, s.shown())
	assert.Contains(t, pagetest.Texts(s.List), "条件に合うやり取りはありません")
	assert.Equal(t, "0件（うち面会・ビデオ通話 0件） ・ 登録 2件", s.foot())
	pagetest.Button(t, s.List, "絞り込みをやめる").OnTapped()
	s.shell.finish()
	assert.Equal(t, []string{"K0005", "K0006"}, s.shown())

	b.Contacts = nil
	s = openYears(t, b)
	assert.Contains(t, pagetest.Texts(s.List), "やり取りはまだありません")
}

func TestALinkToAnOldContactShowsIt(t *testing.T) {
	s := openYears(t, bookOfYears())
	s.Search.SetQuery("佐藤")
	s.filter.Query = "佐藤"
	s.apply()
	s.Open(page.To("やり取り", "K0006"))
	s.shell.finish()
	row, ok := s.Selected()
	require.True(t, ok)
	assert.Equal(t, "K0006", row.Number)
	assert.Equal(t, []string{"K0006"}, s.shown(), "of its 年度 alone")
	assert.Equal(t, "2021", s.periodBox.Value())
	assert.Empty(t, s.Search.Text)
	assert.Empty(t, s.Shell.Said)
	assert.Equal(t, page.To("やり取り", "K0006"), s.Place())
	assert.Equal(t, models.Part{Contacts: models.Period{From: 2021_04_01, To: 2022_03_31}}, s.desk.parts[len(s.desk.parts)-1])

	t.Run("to its form", func(t *testing.T) {
		s.choosePeriod(periodYear)
		s.shell.finish()
		s.Open(page.ToEdit("やり取り", "K0005", "内容"))
		s.shell.finish()
		assert.Contains(t, pagetest.Texts(pagetest.Form(t, s).Object()), "やり取り K0005 を直す")
		assert.Equal(t, s.body().FocusTarget(), s.Shell.Canvas().Focused())
		assert.Equal(t, periodLastYear, s.filter.Period)
	})
	t.Run("typing of a form begun meanwhile stays in sight", func(t *testing.T) {
		s.Close()
		s.Open(page.To("やり取り", "K0006"))
		s.New()
		s.body().SetText("途中")
		s.shell.finish()
		assert.Equal(t, "途中", s.body().Text())
		assert.Equal(t, "やり取りを記録する", s.Unsaved())
	})
	t.Run("that somebody else has just recorded in the period", func(t *testing.T) {
		s.Close()
		_, err := s.App.Do(context.Background(), "登録", app.Put(models.Contact{Number: "K0007", On: 2021_07_01, Kind: models.PhoneCall, Partner: "P001"}))
		require.NoError(t, err)
		s.Open(page.To("やり取り", "K0007"))
		s.shell.finish()
		row, _ := s.Selected()
		assert.Equal(t, "K0007", row.Number)
		assert.Equal(t, []string{"K0006", "K0007"}, s.shown())
	})
	t.Run("one that is gone is said", func(t *testing.T) {
		s.Open(page.To("やり取り", "K9999"))
		s.shell.finish()
		assert.Contains(t, s.Said(), "やり取り K9999 は見つかりません")
		assert.Equal(t, "2021", s.filter.Period, "and the list stays")
	})
	t.Run("before the register is read", func(t *testing.T) {
		s.Close()
		later := New(s.shell, s.desk, people.NewDirectory(s.desk))
		later.Build()
		later.Open(page.To("やり取り", "K0006"))
		s.shell.finish()
		row, ok := later.Selected()
		require.True(t, ok)
		assert.Equal(t, "K0006", row.Number)
	})
}

func TestWhatIsSavedOutsideThePeriodIsShown(t *testing.T) {
	s := openYears(t, bookOfYears())
	s.New()
	s.typed("みどり")
	s.key("Return")
	pagetest.Field[*ui.DateField](t, pagetest.Form(t, s), "日付").SetDate(2023_08_01)
	s.Page.Save()
	s.shell.finish()
	s.Changed(app.Feed{Many: true})
	s.shell.finish()
	require.Empty(t, s.Shell.Errors)
	row, ok := s.Selected()
	require.True(t, ok)
	assert.Equal(t, models.Date(2023_08_01), row.On)
	assert.Equal(t, "2023", s.filter.Period)
	assert.Equal(t, "1件（うち面会・ビデオ通話 0件） ・ 登録 7件", s.foot())
}

func TestTheFormCountsTheMenkaiOfItsYearWhateverThePeriod(t *testing.T) {
	s := openYears(t, bookOfYears())
	s.choosePeriod(periodMonth)
	s.shell.finish()
	s.desk.parts = nil
	s.Open(page.ToNew("やり取り", "C001"))
	s.shell.finish()
	words := func() string { return pagetest.Texts(pagetest.Form(t, s).Object()) }
	assert.NotContains(t, words(), "2日", "a telephone call")
	assert.Empty(t, s.desk.parts, "needs no 面会")
	s.picks("職員コード").SetPicks([]ui.Pick{people.StaffPick(s.facts, "N001", today)})
	s.choice("種別").SetChoice(string(models.FaceToFace))
	pagetest.Form(t, s).OnEdited()
	assert.Contains(t, words(), "これまでの面会を数えています")
	s.shell.finish()
	assert.Contains(t, words(), "さくら居宅  2日 → 3日（年3回を満たす）")
	assert.NotContains(t, words(), "数えています")

	t.Run("of another year", func(t *testing.T) {
		pagetest.Field[*ui.DateField](t, pagetest.Form(t, s), "日付").SetDate(2021_07_01)
		pagetest.Form(t, s).OnEdited()
		assert.Contains(t, words(), "これまでの面会を数えています")
		assert.NotContains(t, words(), "さくら居宅  2日", "nothing of the year before")
		s.shell.finish()
		assert.Contains(t, words(), "さくら居宅  1日 → 2日（あと1日）")
	})
	t.Run("after somebody else recorded one", func(t *testing.T) {
		_, err := s.App.Do(context.Background(), "登録", app.New(&models.Contact{On: 2021_06_30, Kind: models.VideoCall, Partner: "P001", Staff: []string{"N001"}}))
		require.NoError(t, err)
		s.Changed(app.Feed{Many: true})
		s.shell.finish()
		assert.Contains(t, words(), "さくら居宅  2日 → 3日（年3回を満たす）")
	})
	t.Run("closed, it is read no more", func(t *testing.T) {
		s.Close()
		s.desk.parts = nil
		s.Changed(app.Feed{Many: true})
		s.shell.finish()
		assert.Equal(t, []models.Part{{}, {Contacts: models.Period{From: 2026_11_01, To: 2026_11_30}}}, s.desk.parts)
	})
}

func TestChangesOfWhatIsNotShownReadNothing(t *testing.T) {
	s := openYears(t, bookOfYears())
	told := func(steps ...app.Step) []models.Part {
		before := s.Judged().Revision
		_, err := s.App.Do(context.Background(), "変更", steps...)
		require.NoError(t, err)
		feed, err := s.App.Since(context.Background(), before)
		require.NoError(t, err)
		s.desk.parts = nil
		s.Changed(feed)
		s.shell.finish()
		return s.desk.parts
	}
	assert.Empty(t, told(app.New(&models.Meeting{HeldOn: today, Name: "勉強会", Kind: models.StudySession})))
	renamed := smallBook().Admissions[0]
	renamed.Name, renamed.Version = "山﨑 猛", s.Book().Admissions[0].Version
	assert.NotEmpty(t, told(app.Put(renamed)))
	row, ok := s.Row("K0002")
	require.True(t, ok)
	assert.Equal(t, "山﨑 猛", row.Patient)
}

func TestPeriodChoices(t *testing.T) {
	words := func(first models.Date, chosen string) (all []string) {
		for _, c := range periodChoices(today, first, chosen) {
			all = append(all, c.Label)
		}
		return all[5 : len(all)-1]
	}
	assert.Empty(t, words(0, ""))
	assert.Empty(t, words(2026_03_31, periodYear))
	assert.Equal(t, []string{"2024年度", "2023年度"}, words(2024_03_31, ""))
	assert.Len(t, words(1990_01_01, ""), yearsOffered-2)
	assert.Equal(t, []string{"2024年度", "2010年度"}, words(2024_04_01, "2010"), "the one chosen is there")
	assert.Equal(t, []string{"2027年度", "2024年度"}, words(2024_04_01, "2027"))
	assert.Equal(t, []string{"2024年度"}, words(2024_04_01, "2024"), "once")
}

func TestTheFiscalYearOfADayHoldsIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := booktest.DayIn(t, "today", "2026-01-01", 800)
		on := booktest.OneOf(t, "on", booktest.DayIn(t, "day", "1990-01-01", 20_000), models.MinDate, models.MaxDate)
		within := periodOf(periodWith(on, now), now)
		require.True(t, within.Covers(on), "%v", within)
		require.Equal(t, within.From.AddMonths(12), within.To.AddDays(1))
	})
}

// TestThePartOfAPeriodIsTheRegisterWithinIt compares what is read of a period, and
// what is counted, with the whole register.
func TestThePartOfAPeriodIsTheRegisterWithinIt(t *testing.T) {
	ctx, folder, n := context.Background(), t.TempDir(), 0
	rapid.Check(t, func(r *rapid.T) {
		b := booktest.Random(r)
		for i := range b.Contacts {
			b.Contacts[i].On = b.Contacts[i].On.AddMonths(12 * booktest.OneOf(r, "years", 0, 0, -1, -4))
		}
		n++
		a, err := app.Open(ctx, apptest.Config(filepath.Join(folder, fmt.Sprint(n), app.UsualName)))
		require.NoError(r, err)
		defer func() { require.NoError(r, a.Close()) }()
		apptest.Record(r, a, b)
		part := func(part models.Part) *fee.Facts {
			judged, err := a.Judged(ctx, part)
			require.NoError(r, err)
			return judged.Facts
		}
		whole, patients := part(models.Part{Whole: true}), b.Inpatients()
		all := newestFirst(Rows(whole, patients, made{}))
		count, err := a.ContactCount(ctx)
		require.NoError(r, err)
		require.Len(r, all, count)
		for _, c := range periodChoices(today, whole.Book.Extent().First, "2027") {
			filter := Filter{Period: c.Value}
			read := newestFirst(Rows(part(models.Part{Contacts: filter.within(today)}), patients, made{}))
			require.Equal(r, filter.Apply(all, today), filter.Apply(read, today), c.Label)
			require.Len(r, read, len(filter.Apply(read, today)), "%s: no more is read", c.Label)
		}
		for _, c := range b.Contacts {
			on, err := a.ContactedOn(ctx, c.Number)
			require.NoError(r, err)
			require.Equal(r, c.On, on)
		}
		draft := models.Contact{On: booktest.DayIn(r, "on", "2022-01-01", 1900), Kind: models.FaceToFace, Staff: []string{"S1"}, CareManager: "M1"}
		met := func(on models.Date) *fee.Facts { return part(liaison.MenkaiOfMonthPart(on.Month(), whole.Params)) }
		require.Equal(r, ServiceOf(whole, known(whole), []models.Contact{draft}), ServiceOf(whole, met, []models.Contact{draft}))
	})
}

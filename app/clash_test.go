package app_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
)

// desks are two windows on one register: that of 山田, and that of 佐藤.
func desks(t *testing.T) (yamada, sato *app.App) {
	t.Helper()
	yamada = apptest.Sample(t, apptest.By("山田"))
	return yamada, apptest.Open(t, yamada.Place(), apptest.By("佐藤"))
}

func must(t *testing.T, a *app.App, steps ...app.Step) {
	t.Helper()
	_, err := a.Do(context.Background(), "変更", steps...)
	require.NoError(t, err)
}

// refused does what meets a Conflict and returns why.
func refused(t *testing.T, a *app.App, steps ...app.Step) *app.Clashes {
	t.Helper()
	_, err := a.Do(context.Background(), "変更", steps...)
	require.Equal(t, models.Conflict, models.ErrorCode(err), "%v", err)
	c, err := a.Clashes(context.Background(), steps...)
	require.NoError(t, err)
	return c
}

func partner(t *testing.T, a *app.App, code string) models.Partner {
	t.Helper()
	p := judged(t, a).Facts.Partner(code)
	require.NotNil(t, p)
	return *p
}

func TestWhatOnlyOneChangedIsKeptOfBoth(t *testing.T) {
	yamada, sato := desks(t)
	was := partner(t, yamada, "P001")
	mine, theirs := was, was
	theirs.Phone, mine.Note = "000-0000-0001", "火曜は不在"
	must(t, sato, app.Put(theirs))

	c := refused(t, yamada, app.Put(mine))
	assert.False(t, c.Open(), "there is nothing to ask")
	require.Len(t, c.Of, 1)
	assert.Equal(t, []app.ClashField{{Name: "電話", Mine: was.Phone, Theirs: "000-0000-0001", By: app.Author{Name: "佐藤", At: c.Of[0].Last.At}}}, c.Of[0].Kept)
	assert.Equal(t, apptest.Now().UTC(), c.Of[0].Last.At)
	must(t, yamada, c.Steps()...)

	now := partner(t, yamada, "P001")
	assert.Equal(t, "000-0000-0001", now.Phone)
	assert.Equal(t, "火曜は不在", now.Note)
}

func TestOfWhatBothChangedTheChosenSideIsSaved(t *testing.T) {
	for _, c := range []struct {
		name   string
		chosen app.Side
		phone  string
	}{
		{"the user's own", app.Mine, "000-0000-0002"},
		{"the other's", app.Theirs, "000-0000-0001"},
	} {
		t.Run(c.name, func(t *testing.T) {
			yamada, sato := desks(t)
			mine := partner(t, yamada, "P001")
			theirs := mine
			theirs.Phone, theirs.Fax, mine.Phone = "000-0000-0001", "000-0000-0009", "000-0000-0002"
			must(t, sato, app.Put(theirs))

			clashes := refused(t, yamada, app.Put(mine))
			assert.True(t, clashes.Open())
			assert.False(t, clashes.Chosen())
			contested := clashes.Of[0].Contested
			require.Len(t, contested, 1)
			assert.Equal(t, app.ClashField{Name: "電話", Mine: "000-0000-0002", Theirs: "000-0000-0001", By: clashes.Of[0].Last}, contested[0])
			contested[0].Chosen = c.chosen
			assert.True(t, clashes.Chosen())
			must(t, yamada, clashes.Steps()...)

			now := partner(t, yamada, "P001")
			assert.Equal(t, c.phone, now.Phone)
			assert.Equal(t, "000-0000-0009", now.Fax, "what only the other changed stays")
		})
	}
}

func TestWhatTwoPeopleWroteIntoAMemoIsKeptTogether(t *testing.T) {
	for _, c := range []struct{ name, theirs, mine, both string }{
		{"a line each after what was there", "電話した\n退院は金曜", "電話した\n家族は土曜を希望", "電話した\n退院は金曜\n家族は土曜を希望"},
		{"nothing in common", "退院は金曜", "家族は土曜を希望", "退院は金曜\n家族は土曜を希望"},
		{"mine goes on from theirs", "退院は金曜", "退院は金曜、午後", "退院は金曜、午後"},
		{"theirs goes on from mine", "退院は金曜\n午後", "退院は金曜", "退院は金曜\n午後"},
		{"one of them emptied it", "", "家族は土曜を希望", "家族は土曜を希望"},
	} {
		assert.Equal(t, c.both, app.Together(c.theirs, c.mine), c.name)
	}

	yamada, sato := desks(t)
	mine := partner(t, yamada, "P001")
	theirs := mine
	theirs.Note, mine.Note = "月曜は休み", "FAX は夕方まで"
	must(t, sato, app.Put(theirs))
	clashes := refused(t, yamada, app.Put(mine))
	require.True(t, clashes.Of[0].Contested[0].Memo)
	clashes.Of[0].Contested[0].Chosen = app.Both
	must(t, yamada, clashes.Steps()...)
	assert.Equal(t, "月曜は休み\nFAX は夕方まで", partner(t, yamada, "P001").Note)
}

func TestEachFieldNamesWhoChangedIt(t *testing.T) {
	yamada, sato := desks(t)
	suzuki := apptest.Open(t, yamada.Place(), apptest.By("鈴木"))
	mine := partner(t, yamada, "P001")
	mine.Phone, mine.Fax = "000-0000-0001", "000-0000-0002"
	first := partner(t, sato, "P001")
	first.Phone = "000-0000-0003"
	must(t, sato, app.Put(first))
	second := partner(t, suzuki, "P001")
	second.Fax = "000-0000-0004"
	must(t, suzuki, app.Put(second))

	contested := refused(t, yamada, app.Put(mine)).Of[0].Contested
	require.Len(t, contested, 2)
	assert.Equal(t, "佐藤", contested[0].By.Name)
	assert.Equal(t, "鈴木", contested[1].By.Name)
}

func TestAListOfStaffIsOneValueAndIsNamed(t *testing.T) {
	yamada, sato := desks(t)
	book := judged(t, yamada).Facts.Book
	mine := book.Contacts[0]
	theirs := mine
	mine.Staff, theirs.Staff = []string{book.Staff[0].Code}, []string{book.Staff[1].Code, book.Staff[2].Code}
	if mine.Staff[0] == book.Contacts[0].Staff[0] {
		mine.Staff = []string{book.Staff[3].Code}
	}
	must(t, sato, app.Put(theirs))

	clashes := refused(t, yamada, app.Put(mine))
	contested := clashes.Of[0].Contested
	require.Len(t, contested, 1)
	assert.Equal(t, "職員コード", contested[0].Name)
	assert.Equal(t, book.Staff[1].Name+" "+book.Staff[1].Code+"、"+book.Staff[2].Name+" "+book.Staff[2].Code, contested[0].Theirs)
	contested[0].Chosen = app.Theirs
	must(t, yamada, clashes.Steps()...)
	assert.Equal(t, theirs.Staff, judged(t, yamada).Facts.Book.Contacts[0].Staff)
}

func TestARecordDeletedMeanwhileIsRegisteredAgainUnderItsKey(t *testing.T) {
	yamada, sato := desks(t)
	mine := models.Contact{On: 2026_11_20, Kind: models.PhoneCall, Partner: "P001", Body: "はじめ"}
	must(t, yamada, app.New(&mine))
	must(t, sato, app.Remove(mine))
	mine.Body = "打ち直したくない長い本文"

	clashes := refused(t, yamada, app.Put(mine))
	require.Len(t, clashes.Of, 1)
	assert.True(t, clashes.Open())
	assert.Equal(t, app.GoneMeanwhile, clashes.Of[0].Kind)
	assert.Equal(t, "佐藤", clashes.Of[0].Last.Name)
	undo, err := yamada.Do(context.Background(), "変更", clashes.Steps()...)
	require.NoError(t, err)
	again := contact(t, yamada, mine.Number)
	require.NotNil(t, again)
	assert.Equal(t, "打ち直したくない長い本文", again.Body)

	_, err = yamada.TakeBack(context.Background(), undo)
	require.NoError(t, err)
	assert.Nil(t, contact(t, yamada, mine.Number))
}

func contact(t *testing.T, a *app.App, number string) *models.Contact {
	t.Helper()
	for _, c := range judged(t, a).Facts.Book.Contacts {
		if c.Number == number {
			return &c
		}
	}
	return nil
}

func TestTheSameKeyRegisteredByBothIsComparedWithABlankRecord(t *testing.T) {
	yamada, sato := desks(t)
	mine := models.Admission{PatientID: "90000001", AdmittedOn: 2026_11_20, Name: "髙橋 花子", Kana: "タカハシ ハナコ", Specialty: "内科"}
	theirs := models.Admission{PatientID: "90000001", AdmittedOn: 2026_11_20, Name: "高橋 花子", Kana: "タカハシ ハナコ", Sex: "女"}
	must(t, sato, app.New(&theirs))

	clashes := refused(t, yamada, app.New(&mine))
	assert.Equal(t, app.AddedToo, clashes.Of[0].Kind)
	require.Len(t, clashes.Of[0].Contested, 1)
	assert.Equal(t, "氏名", clashes.Of[0].Contested[0].Name)
	clashes.Of[0].Contested[0].Chosen = app.Mine
	undo, err := yamada.Do(context.Background(), "入院の登録", clashes.Steps()...)
	require.NoError(t, err)
	assert.NotZero(t, mine.Version, "the caller's record is the saved one")
	assert.Equal(t, "女", mine.Sex)
	assert.Equal(t, "髙橋 花子", mine.Name)

	_, err = yamada.TakeBack(context.Background(), undo)
	require.NoError(t, err)
	back := judged(t, yamada).Facts.Admission(mine.Key())
	require.NotNil(t, back, "the other's registration is not undone")
	assert.Equal(t, "高橋 花子", back.Name)
}

func TestTicksOfBothAreKeptRowByRow(t *testing.T) {
	yamada, sato := desks(t)
	book := judged(t, yamada).Facts.Book
	meeting := models.Meeting{HeldOn: 2026_11_20, Name: "勉強会", Kind: models.StudySession}
	must(t, yamada, app.New(&meeting))
	tick := func(i int) models.Attendance {
		return models.Attendance{Meeting: meeting.Code, Kind: models.AttendeeCM, Code: book.CareManagers[i].Code}
	}
	must(t, yamada, app.Put(tick(0)), app.Put(tick(1)))
	recorded := attendances(t, yamada, meeting.Code)
	// 佐藤 unticks the second and ticks the third, 山田 unticks the second and ticks
	// the third and the fourth.
	must(t, sato, app.Remove(recorded[1]), app.Put(tick(2)))

	clashes := refused(t, yamada, app.Remove(recorded[1]), app.Put(tick(2)), app.Put(tick(3)))
	assert.False(t, clashes.Open(), "both want the same")
	must(t, yamada, clashes.Steps()...)
	var codes []string
	for _, a := range attendances(t, yamada, meeting.Code) {
		codes = append(codes, a.Code)
	}
	assert.ElementsMatch(t, []string{book.CareManagers[0].Code, book.CareManagers[2].Code, book.CareManagers[3].Code}, codes)
}

func attendances(t *testing.T, a *app.App, meeting string) []models.Attendance {
	t.Helper()
	var list []models.Attendance
	for _, a := range judged(t, a).Facts.Book.Attendances {
		if a.Meeting == meeting {
			list = append(list, a)
		}
	}
	return list
}

func TestWhatIsDeletedAlthoughItWasChangedIsAsked(t *testing.T) {
	yamada, sato := desks(t)
	mine := models.Contact{On: 2026_11_20, Kind: models.PhoneCall, Partner: "P001"}
	must(t, yamada, app.New(&mine))
	theirs := mine
	theirs.Body = "大事な話"
	must(t, sato, app.Put(theirs))

	clashes := refused(t, yamada, app.Remove(mine))
	assert.True(t, clashes.Open())
	assert.Equal(t, app.RemovedAnyway, clashes.Of[0].Kind)
	require.Len(t, clashes.Of[0].Kept, 1)
	assert.Equal(t, "大事な話", clashes.Of[0].Kept[0].Theirs)
	must(t, yamada, clashes.Steps()...)
	assert.Nil(t, contact(t, yamada, mine.Number))
}

func TestARecordPutUnderAnotherKeyTakesTheOthersChangesAlong(t *testing.T) {
	yamada, sato := desks(t)
	was := models.Policy{Edition: "試行版", EffectiveOn: 2026_11_01, Within7Days: models.Yes}
	must(t, yamada, app.Put(was))
	was = policy(t, yamada, "試行版")
	theirs, mine := was, was
	theirs.AnnouncedHow = "院内掲示"
	must(t, sato, app.Put(theirs))
	mine.Edition, mine.EffectiveOn, mine.Version = "第9版", 2026_11_05, 0

	clashes := refused(t, yamada, app.Remove(was), app.Put(mine))
	assert.False(t, clashes.Open())
	must(t, yamada, clashes.Steps()...)
	now := policy(t, yamada, "第9版")
	assert.Equal(t, "院内掲示", now.AnnouncedHow)
	assert.Equal(t, models.Date(2026_11_05), now.EffectiveOn)
	assert.Zero(t, policy(t, yamada, "試行版"))
}

func policy(t *testing.T, a *app.App, edition string) models.Policy {
	t.Helper()
	for _, p := range judged(t, a).Facts.Book.Policies {
		if p.Edition == edition {
			return p
		}
	}
	return models.Policy{}
}

func TestAConflictOfNoRecordHasNoClash(t *testing.T) {
	yamada, _ := desks(t)
	mine := partner(t, yamada, "P001")
	mine.Note = "変更"
	c, err := yamada.Clashes(context.Background(), app.Put(mine), app.New(&models.Contact{}))
	require.NoError(t, err)
	assert.Empty(t, c.Of)
	assert.False(t, c.Open())
}

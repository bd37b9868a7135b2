package partners

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/page/pagetest"
)

func TestNewPartnerAndCareManagerByKeyboard(t *testing.T) {
	b := openSample(t)

	// Ctrl+N asks what; the third is an office.
	b.New()
	b.Press(fyne.KeyTab, fyne.KeyTab, fyne.KeyReturn)
	require.NotNil(t, b.Editor())
	b.Type("ケアプラン月見坂")
	b.Press(fyne.KeyReturn)
	assert.Equal(t, 42, len(b.Book().Partners), "Enter saves nothing in a field of Japanese")
	b.Press(fyne.KeyTab)
	b.Type("ケアプランツキミザカ")
	b.Press(fyne.KeyTab)
	b.Type("居宅介護")
	b.Press(fyne.KeyReturn, fyne.KeyTab)
	b.Type("9979999999")
	b.Press(fyne.KeyTab)
	b.Type("合同会社 月見坂")
	b.Press(fyne.KeyTab)
	b.Type("09-0000-9990")
	b.CtrlS()
	require.Nil(t, b.Editor(), b.shows())
	office := b.Book().Partners[slices.IndexFunc(b.Book().Partners, func(p models.Partner) bool { return p.Code == "P043" })]
	assert.Equal(t, models.Partner{
		Code: "P043", Name: "ケアプラン月見坂", Kana: "ケアプランツキミザカ", Kind: models.CareOffice, OfficeNumber: "9979999999",
		Corporation: "合同会社 月見坂", Phone: "09-0000-9990", Version: office.Version,
	}, office)
	assert.Contains(t, b.Shell.Said, "ケアプラン月見坂の登録をしました")
	assert.Equal(t, toOffice("P043"), b.Place(), "the new office is shown")
	assert.Contains(t, b.shows(), "09-0000-9990")

	// The second is a person; the office shown is filled in.
	b.New()
	b.Press(fyne.KeyTab, fyne.KeyReturn)
	require.NotNil(t, b.Editor())
	b.Type("月島 𠮷子")
	b.Press(fyne.KeyTab)
	b.Type("ツキシマ ヨシコ")
	b.Press(fyne.KeyTab)
	b.Type("主任")
	b.Press(fyne.KeyReturn)
	b.CtrlS()
	require.Nil(t, b.Editor(), b.shows())
	x := sampleIndex(t, b.App)
	d, ok := x.DescribePerson("C072")
	require.True(t, ok)
	assert.Equal(t, "月島 𠮷子", d.Name)
	assert.Equal(t, "ケアプラン月見坂（2026-11-22から）", d.Office)
	assert.Equal(t, models.Yes, x.Facts.CareManager("C072").CanPlan, "the usual of a 居宅介護支援")
	assert.Equal(t, toPerson("C072"), b.Place())
	assert.Contains(t, b.shows(), "平時の連携は、きょうの時点でありません")

	// Undo takes back the person with the 所属.
	b.Shell.Undo()
	assert.Len(t, b.Book().CareManagers, 71)
	assert.Nil(t, sampleIndex(t, b.App).peopleOf["P043"])
	assert.Empty(t, b.Shell.Errors)
}

func TestAMoveKeepsThePast(t *testing.T) {
	b := openSample(t)
	before := sampleIndex(t, b.App)
	b.Open(toPerson("C001"))
	b.Press(fyne.KeyReturn) // into the detail
	b.Press(fyne.KeyTab, fyne.KeyTab, fyne.KeyReturn)
	require.NotNil(t, b.Editor())
	assert.Contains(t, b.shows(), "山口 美穂さんの異動")
	b.Type("shiokaze")
	b.Press(fyne.KeyReturn, fyne.KeyTab)
	b.Shell.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	b.Type("12/1")
	b.CtrlS()
	require.Nil(t, b.Editor(), b.shows())

	after := sampleIndex(t, b.App)
	assert.Equal(t, "P001", after.Facts.OfficeOf("C001", today).Code, "still there today")
	assert.Equal(t, "P002", after.Facts.OfficeOf("C001", on("2026-12-01")).Code)
	assert.Equal(t, on("2026-11-30"), after.jobsOf["C001"][1].To)
	assert.Equal(t, len(OfficeTimeline(before.Facts, "P001")), len(OfficeTimeline(after.Facts, "P001")), "what was recorded stays where it was")
	assert.Contains(t, b.shows(), "所属の移り変わり")

	b.Shell.Undo()
	again := sampleIndex(t, b.App)
	require.Len(t, again.jobsOf["C001"], len(before.jobsOf["C001"]))
	assert.Zero(t, again.jobsOf["C001"][0].To)
	assert.Empty(t, b.Shell.Errors)
}

func TestContactConfirmed(t *testing.T) {
	b := openSample(t)
	person := func(code string) models.CareManager { return *sampleIndex(t, b.App).Facts.CareManager(code) }

	t.Run("a check sets 連絡先確認日 and leaves the first sharing", func(t *testing.T) {
		before := person("C001")
		b.Open(toPerson("C001"))
		test.Tap(b.button("連絡先を確認した"))
		assert.Equal(t, before.SharedOn, person("C001").SharedOn)
		assert.Equal(t, today, person("C001").CheckedOn)
		test.Tap(b.button("連絡先を確認した"))
		assert.Contains(t, b.Shell.Said, "山口 美穂さんの連絡先は、きょう確認済みです")
	})
	t.Run("the first time it is the sharing, said so", func(t *testing.T) {
		b.Open(toPerson("C003"))
		test.Tap(b.button("連絡先を確認した"))
		assert.Equal(t, today, person("C003").SharedOn)
		assert.Zero(t, person("C003").CheckedOn)
		assert.Contains(t, b.Shell.Said[len(b.Shell.Said)-1], "連絡先共有日（空欄だったため、きょうの日付）")
		b.Shell.Undo()
		assert.Zero(t, person("C003").SharedOn)
	})
}

func TestPageShowsWhetherPeacetimeIsThere(t *testing.T) {
	b := openSample(t)
	b.Open(toPerson("C001"))
	assert.Contains(t, b.shows(), "2027-11-16までの入院に使えます")
	b.Open(toPerson("C003"))
	assert.Contains(t, b.shows(), "きょうの時点でありません")
	assert.Contains(t, b.shows(), "ともに出席する会議などを開くか")
}

func TestTheEvidenceOfPeacetimeLeadsToItsRecord(t *testing.T) {
	b := openSample(t)
	b.Open(toPerson("C001"))
	peace := sampleIndex(t, b.App).peace["C001"]
	met := append(slices.Clone(peace.Meetings.Evidence), peace.Contacts.Evidence...)
	require.Len(t, met, 2)
	links := pagetest.Links(b.Detail)
	require.Len(t, links, len(met), "the newest meeting, where contacts were shared too")
	for _, e := range met {
		b.Shell.Went = nil
		links[e.Text].Tapped(&fyne.PointEvent{})
		assert.Equal(t, []page.Target{page.To("会議", e.Key)}, b.Shell.Went)
	}
	require.Same(t, pagetest.Conditions(t, b.Detail), b.Focused())
	b.Press(fyne.KeyEscape)
	assert.Same(t, b.List, b.Focused())
}

func TestSearchInTheWindow(t *testing.T) {
	b := openSample(t)
	for query, want := range map[string]string{"sakura": "P:P001", "0900001010": "P:P001", "yamaguchi miho": "C:C001"} {
		b.Find()
		b.Type(query)
		assert.Contains(t, keys(b.List.Rows()), want, query)
		b.Press(fyne.KeyEscape)
	}
	b.Type("いない人")
	assert.Empty(t, b.List.Rows())
	b.Open(toPerson("C001"))
	assert.Equal(t, toPerson("C001"), b.Place(), "opening a record drops filters that hide it")
	assert.Empty(t, b.Search.Text)
}

func TestWhatIsTypedIsNotLost(t *testing.T) {
	b := openSample(t)
	b.Open(page.ToNew("連携先", ""))
	b.Type("みなとさくら居宅介護支援事業所")
	assert.Equal(t, "事業所の登録", b.Unsaved())

	t.Run("a likely double is named beside the form", func(t *testing.T) {
		assert.Contains(t, b.shows(), "似た登録があります　みなとさくら居宅介護支援事業所（P001）　名称が同じ")
	})
	t.Run("another row does not take the form's place", func(t *testing.T) {
		b.List.Select(0)
		b.List.Select(3)
		assert.NotNil(t, b.Editor())
		assert.Contains(t, b.Shell.Said[len(b.Shell.Said)-1], "途中です")
	})
	t.Run("nor does something new, which leads back to the form", func(t *testing.T) {
		b.New()
		assert.Equal(t, "「事業所の登録」の途中です。保存する（Ctrl+S）か、やめてから選んでください", b.Said())
		assert.Equal(t, page.ToNew("連携先", ""), b.Place())
	})
	t.Run("what is missing is said and the typing stays", func(t *testing.T) {
		b.Save()
		assert.NotNil(t, b.Editor())
		assert.Contains(t, b.shows(), "保存していません。1か所を直してください\n")
		assert.Len(t, b.Book().Partners, 42)
	})
	t.Run("the way to the double keeps a draft", func(t *testing.T) {
		test.Tap(b.button("開く"))
		assert.Equal(t, toOffice("P001"), b.Place())
		assert.Empty(t, b.Unsaved())
		b.Open(page.ToNew("連携先", ""))
		assert.Contains(t, b.shows(), "前に書きかけた内容を戻しました")
		assert.NotEmpty(t, b.Unsaved())
	})
	t.Run("a draft nobody wants is gone for good", func(t *testing.T) {
		test.Tap(b.button("書きかけを捨てる"))
		assert.Empty(t, b.Unsaved())
		pagetest.Form(t, b).Escape()
		assert.Nil(t, b.Editor())
		assert.Empty(t, b.Shell.Drafted)
	})
}

func TestWhatARecordResembledBeforeIsNoNews(t *testing.T) {
	b := openSample(t)
	first, second := b.Book().Partners[0], b.Book().Partners[1]
	second.Phone = first.Phone
	_, err := b.App.Do(t.Context(), "電話の変更", app.Put(second))
	require.NoError(t, err)
	b.Changed(app.Feed{Many: true})
	b.Open(page.ToEdit("連携先", second.Code, "備考"))
	b.Type("窓口は1階")
	assert.NotContains(t, b.shows(), "似た登録があります")
	pagetest.Form(t, b).FocusOn("事業所番号")
	b.TypeOver(first.OfficeNumber)
	assert.Contains(t, b.shows(), "似た登録があります　"+first.Name+"（"+first.Code+"）　事業所番号・電話が同じ")
	b.TypeOver(second.OfficeNumber)
	assert.NotContains(t, b.shows(), "似た登録があります")
}

func TestThoseWhoWorkNowhereAreAPlace(t *testing.T) {
	b := openSample(t)
	nowhere := page.ToSection("partners", homeless, "")
	_, err := b.App.Do(t.Context(), "人の登録", app.New(&models.CareManager{Name: "月島 𠮷子", Qualification: models.QualifiedCM}))
	require.NoError(t, err)
	b.Changed(app.Feed{Many: true})
	b.viewBox.Choose(string(Offices))
	b.Open(nowhere)
	assert.Equal(t, nowhere, b.Place())
	assert.Contains(t, b.shows(), "どの事業所にも、きょうの時点で所属の記録がない人です")
}

// heldShell does what it is asked when the test says so.
type heldShell struct {
	*pagetest.Shell
	held []func()
}

func (s *heldShell) Do(work func(context.Context) error, done func(error)) {
	s.held = append(s.held, func() { s.Shell.Do(work, done) })
}

// release does what was asked meanwhile, and what comes of it.
func (s *heldShell) release() {
	for len(s.held) > 0 {
		next := s.held[0]
		s.held = s.held[1:]
		next()
	}
}

func TestSavingTwiceInARowRegistersOnce(t *testing.T) {
	b := pagetest.NewBench(t, pagetest.SampleApp(t))
	shell := &heldShell{Shell: b.Shell}
	p := New(shell, b.App)
	b.Show(p, pagetest.Small)
	p.Open(page.ToNew("介護支援専門員", ""))
	shell.release()
	b.Type("月島 𠮷子")
	b.Press(fyne.KeyTab, fyne.KeyTab)
	b.Type("主任")
	b.Press(fyne.KeyReturn)
	before := len(b.Book().CareManagers)
	b.CtrlS()
	b.CtrlS() // the first is on its way
	shell.release()
	assert.Empty(t, b.Shell.Errors)
	assert.Len(t, b.Book().CareManagers, before+1)
	assert.Nil(t, p.Editor())
}

func TestThePersonOfOneOfficeDoesNotComeUpAtAnother(t *testing.T) {
	b := openSample(t)
	b.Open(page.ToNew("介護支援専門員", "P001"))
	b.Type("月島 𠮷子")
	require.NoError(t, b.KeepTyping())
	b.Page.Close()
	b.Open(page.ToNew("介護支援専門員", "P002"))
	assert.NotContains(t, b.shows(), "前に書きかけた内容を戻しました")
	b.Open(page.ToNew("介護支援専門員", "P001"))
	assert.Contains(t, b.shows(), "前に書きかけた内容を戻しました")
}

func TestEditing(t *testing.T) {
	b := openSample(t)
	b.Open(toOffice("P002"))
	test.Tap(b.button("直す"))
	b.Type("（新館）")
	for range 9 { // to 協議日
		b.Press(fyne.KeyTab)
	}
	b.TypeOver("2062/10/2")
	b.CtrlS()
	require.NotNil(t, b.Editor())
	assert.Contains(t, b.shows(), "『2062-10-02』は今日（2026-11-22）から1年より先の日付です")
	b.TypeOver("2026/10/2")
	b.CtrlS()
	assert.Equal(t, models.Date(2026_10_02), sampleIndex(t, b.App).Facts.Partner("P002").ConsultedOn)
	assert.Equal(t, "ケアプランセンターしおかぜ（新館）", sampleIndex(t, b.App).Facts.Partner("P002").Name)
	b.Shell.Undo()
	assert.Equal(t, "ケアプランセンターしおかぜ", sampleIndex(t, b.App).Facts.Partner("P002").Name)
	assert.Contains(t, b.shows(), "ケアプランセンターしおかぜ")
}

func TestADayThatIsASlipIsRefusedForAPerson(t *testing.T) {
	b := openSample(t)
	b.Open(toPerson("C001"))
	test.Tap(b.button("直す"))
	for range 7 { // to 連絡先共有日
		b.Press(fyne.KeyTab)
	}
	b.TypeOver("1999/10/2")
	b.CtrlS()
	require.NotNil(t, b.Editor())
	assert.Contains(t, b.shows(), "『1999-10-02』は2000年4月より前の日付です")
	b.Leave()

	people := len(b.Book().CareManagers)
	b.Open(toOffice("P001"))
	b.New()
	b.Press(fyne.KeyTab, fyne.KeyReturn)
	b.Type("月島 𠮷子")
	b.Press(fyne.KeyTab, fyne.KeyTab)
	b.Type("主任")
	b.Press(fyne.KeyReturn)
	for range 4 { // to 所属の開始日
		b.Press(fyne.KeyTab)
	}
	b.TypeOver("2062/10/2")
	b.CtrlS()
	require.NotNil(t, b.Editor())
	assert.Contains(t, b.shows(), "『2062-10-02』は今日（2026-11-22）から10年より先の日付です")
	assert.Len(t, b.Book().CareManagers, people)
}

func TestWaysToOtherPages(t *testing.T) {
	b := openSample(t)
	b.Open(toPerson("C001"))
	b.Press(fyne.KeyReturn, fyne.KeyReturn)
	assert.Equal(t, page.ToNew("やり取り", "C001"), b.Shell.Went[0], "Enter, Enter begins an やり取り")
	b.Open(toPerson("C001"))
	b.New()
	b.Press(fyne.KeyReturn)
	assert.Equal(t, page.ToNew("やり取り", "C001"), b.Shell.Went[1], "Ctrl+N, Enter does too")
	b.FocusList()
	b.Press(fyne.KeyReturn)
	assert.Same(t, b.button("やり取り（山口 美穂さん）"), b.Focused(), "Enter in the list leads to the first of what is offered")
	b.Open(toOffice("P001"))
	test.Tap(b.button("山口 美穂"))
	assert.Equal(t, toPerson("C001"), b.Place())
	b.Open(toPerson("C001"))
	b.Shell.Canvas().Focus(b.course.line)
	b.Press(fyne.KeyReturn)
	newest := PersonTimeline(sampleIndex(t, b.App).Facts, "C001")
	assert.Equal(t, newest[0].Link, b.Shell.Went[2], "a line of the timeline leads to its record")
	b.Open(toPerson("nowhere"))
	assert.Contains(t, b.Shell.Said[len(b.Shell.Said)-1], "登録されていません")
}

func TestChoicesAreRemembered(t *testing.T) {
	a := pagetest.SampleApp(t)
	b := open(t, a, pagetest.Small)
	b.viewBox.Choose(string(People))
	b.stateBox.Choose(string(StateUnready))
	b.List.Sort(columnLast, true)
	b.List.OnSorted(columnLast, true)
	b.List.OnArranged()
	b.Open(toOffice("P001"))
	b.setInterval("P001", 60)
	assert.Contains(t, b.shows(), "次の面会の目安 2027-01-19")
	kept := b.Shell.Kept

	again := open(t, a, pagetest.Small)
	again.Shell.Kept = kept
	p := New(again.Shell, a)
	again.Shell.Window.SetContent(p.Build())
	p.Shown()
	assert.Equal(t, Filter{View: People, State: StateUnready}, p.filter)
	column, down := p.List.Order()
	assert.Equal(t, columnLast, column)
	assert.True(t, down)
	assert.Equal(t, 60, p.interval("P001"))
	for _, r := range p.List.Rows() {
		assert.True(t, r.Person)
	}
}

func TestAKeyOpensTheFormThatMendsARecord(t *testing.T) {
	b := openSample(t)
	jobs := b.Book().Affiliations
	job := jobs[0].CareManager + "/" + jobs[0].Partner + "/" + jobs[0].From.String()
	for to, want := range map[page.Target]string{
		page.ToEdit("連携先", b.Book().Partners[0].Code, "取り決め日"):          "取り決め日",
		page.ToEdit("介護支援専門員", b.Book().CareManagers[0].Code, "連絡先共有日"): "連絡先共有日",
		page.ToEdit("所属履歴", job, "終了日"):                                 "終了日",
		page.ToEdit("所属履歴", jobs[0].CareManager, ""):                    "異動先",
	} {
		b.Open(to)
		require.NotNil(t, b.Editor(), to)
		assert.Contains(t, b.Cursor(), want, to)
	}
	b.Open(page.ToEdit("介護支援専門員", "なし", "資格"))
	assert.Contains(t, b.Said(), "登録されていません")
}

func TestAnEmptyRegisterSaysWhatToDo(t *testing.T) {
	b := open(t, pagetest.NewApp(t, pagetest.Now), pagetest.Small)
	assert.Contains(t, pagetest.Texts(b.List), "連携先がまだ登録されていません")
	b.New()
	b.Press(fyne.KeyTab, fyne.KeyReturn)
	require.NotNil(t, b.Editor())
	assert.Contains(t, b.shows(), "事業所の登録")
}

func TestNarrowWindowShowsOnePartAtATime(t *testing.T) {
	b := open(t, pagetest.SampleApp(t), fyne.NewSize(800, 600))
	assert.True(t, b.List.Visible())
	b.Press(fyne.KeyReturn)
	assert.False(t, b.List.Visible())
	b.Press(fyne.KeyEscape)
	assert.True(t, b.List.Visible())
	assert.Equal(t, fyne.Focusable(b.List), b.Shell.Canvas().Focused())
}

// BenchmarkSelecting is what one arrow key in the list costs, on the offices
// with the most records.
func BenchmarkSelecting(b *testing.B) {
	p := open(b, pagetest.SampleApp(b), pagetest.Small)
	for b.Loop() {
		p.ShowKey("P:P001")
		p.ShowKey("P:P002")
	}
}

func TestEveryFieldCanBeEntered(t *testing.T) {
	b := openSample(t)
	b.editOffice(models.Partner{})
	pagetest.EntersAll[models.Partner](t, pagetest.Form(t, b), "連携先コード")
	b.editPerson(models.CareManager{}, "")
	pagetest.EntersAll[models.CareManager](t, pagetest.Form(t, b), "CMコード")
}

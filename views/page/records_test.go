package page_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/views/form"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
)

// offices is a small page of records over a real register.
type offices struct {
	page.Identity
	page.Records[models.Partner]
	only string // narrows the list to a 種別
	read int
	said []string // the name, each time the form is followed
}

func newOffices(t *testing.T) (*pagetest.Bench, *offices) {
	b := pagetest.NewBench(t, pagetest.NewApp(t, pagetest.Now))
	ctx := context.Background()
	for _, name := range []string{"さくら", "もみじ", "わかば"} {
		_, err := b.App.Do(ctx, name, app.New(&models.Partner{Name: name, Kind: models.PartnerKinds[0]}))
		require.NoError(t, err)
	}
	_, err := b.App.Do(ctx, "病院", app.New(&models.Partner{Name: "みなと病院", Kind: models.PartnerKinds[1]}))
	require.NoError(t, err)
	p := &offices{Identity: page.Identity{Name: "partners", Word: "連携先"}}
	p.Records = page.Records[models.Partner]{
		Reader: page.Reader{Shell: b.Shell, Reads: "連携先の表示", Load: p.load}, Desk: b.App,
		Sheet: "連携先", Remember: "offices", Share: 0.5, Nothing: "まだ選ばれていません",
		Columns: []ui.Column[models.Partner]{{ID: "name", Title: "名称", Width: 100, Grow: 1, Text: func(p models.Partner) string { return p.Name }}},
		Key:     func(p models.Partner) string { return p.Code },
		Empty:   page.Empty{Title: "連携先はまだありません", Text: "ここに登録します。", Begin: ui.NewButton("登録", func() { p.edit(models.Partner{}) })},
		Counts: func(shown []models.Partner) (string, string) {
			return fmt.Sprintf("表示 %d件", len(shown)), fmt.Sprintf("全 %d件", len(p.All))
		},
		FilterWords: "種別", Apply: p.apply, Widen: func() { p.only = ""; p.apply() },
		Describe: func(p models.Partner) []fyne.CanvasObject {
			return []fyne.CanvasObject{ui.NewParagraph("名称 "+p.Name, ui.Plain)}
		},
		Enter: p.edit,
		Edit:  p.edit, Make: func(string) { p.edit(models.Partner{Kind: models.PartnerKinds[0]}) },
	}
	return b, p
}

func (p *offices) Build() fyne.CanvasObject { return p.BuildRecords(nil) }

func (p *offices) load() page.Read {
	return page.Reading(func(ctx context.Context) ([]models.Partner, error) {
		judged, err := p.Desk.Judged(ctx, models.Part{Whole: true})
		if err != nil {
			return nil, err
		}
		return judged.Facts.Book.Partners, nil
	}, func(all []models.Partner) {
		p.All = all
		p.read++
		p.apply()
	})
}

func (p *offices) apply() {
	var rows []models.Partner
	for _, partner := range p.All {
		if p.only == "" || string(partner.Kind) == p.only {
			rows = append(rows, partner)
		}
	}
	p.ShowRows(rows)
}

func (p *offices) row(code string) models.Partner {
	row, _ := p.Row(code)
	return row
}

func (p *offices) edit(partner models.Partner) {
	was := partner
	p.Begin(func() page.Editor {
		f := p.NewForm(page.FormOptions{Title: "事業所の入力", Draft: "offices." + partner.Code, Recorded: partner.Version > 0, Entry: func() page.Entry {
			return page.EntryOf(partner.Name, &partner, was, p.Shell.Today(), func(p models.Partner) string { return p.Code })
		}})
		f.Watch(func() { p.said = append(p.said, partner.Name) })
		page.Bind(f, &partner, form.Text(&partner.Name, ""), form.Choice(&partner.Kind, models.PartnerKinds))
		return f
	})
}

func (p *offices) typed(t *testing.T, name string) {
	t.Helper()
	f := pagetest.Field[*ui.TextField](t, pagetest.Form(t, p), "名称")
	f.SetText(name)
}

func TestTypingIsNeverLostByChoosingAnotherRow(t *testing.T) {
	b, p := newOffices(t)
	b.Show(p, pagetest.Small)
	require.True(t, p.ShowKey("P002"))
	p.edit(p.row("P002"))
	p.typed(t, "もみじの里")

	p.List.Select(0)
	row, _ := p.Selected()
	assert.Equal(t, "P002", row.Code, "the row the form was opened from stays chosen")
	assert.Equal(t, "「事業所の入力」の途中です。保存する（Ctrl+S）か、やめてから選んでください", b.Said())
	p.edit(models.Partner{})
	assert.Equal(t, "もみじの里", pagetest.Field[*ui.TextField](t, pagetest.Form(t, p), "名称").Text(), "a new record does not take its place")
	assert.Equal(t, "事業所の入力", p.Unsaved())

	t.Run("a form without typing gives way", func(t *testing.T) {
		p.typed(t, "もみじ")
		require.Empty(t, p.Unsaved())
		p.List.Select(0)
		assert.Nil(t, p.Editor())
		assert.Contains(t, pagetest.Texts(p.Detail), "名称 さくら")
	})
}

func TestATargetKeepsTheTypingAsADraft(t *testing.T) {
	b, p := newOffices(t)
	b.Show(p, pagetest.Small)
	p.edit(p.row("P001"))
	p.typed(t, "さくらの里")
	p.Open(page.To("連携先", "P003"))
	assert.Nil(t, p.Editor())
	assert.Contains(t, pagetest.Texts(p.Detail), "名称 わかば")
	assert.Equal(t, page.To("連携先", "P003"), p.Place())
	p.edit(p.row("P001"))
	assert.Equal(t, "さくらの里", pagetest.Field[*ui.TextField](t, pagetest.Form(t, p), "名称").Text())

	t.Run("one to edit opens its form with the cursor in the field", func(t *testing.T) {
		p.Open(page.ToEdit("連携先", "P003", "種別"))
		assert.Contains(t, b.Cursor(), "種別")
		p.Leave()
	})
	t.Run("one that is not there says so", func(t *testing.T) {
		p.Open(page.To("連携先", "P999"))
		assert.Equal(t, "連携先 P999 は見つかりません。削除されたか、番号が変わっています", b.Said())
		assert.Equal(t, "P003", p.Place().Key)
	})
}

func TestAFormIsFollowedFromTheFirst(t *testing.T) {
	b, p := newOffices(t)
	b.Show(p, pagetest.Small)
	p.edit(p.row("P002"))
	assert.Equal(t, []string{"もみじ"}, p.said)
	b.Type("の里")
	typed := p.said[len(p.said)-1]
	assert.Equal(t, pagetest.Field[*ui.TextField](t, pagetest.Form(t, p), "名称").Text(), typed)
	assert.NotEqual(t, "もみじ", typed)
	p.said = nil
	p.Changed(app.Feed{Many: true})
	assert.Equal(t, []string{typed}, p.said)
}

// inTheWay stands in the place of a form for a while.
type inTheWay struct{ page.Editor }

func (inTheWay) Object() fyne.CanvasObject { return ui.NewParagraph("定型文", ui.Plain) }
func (inTheWay) Focus()                    {}

func TestAnEditorGivesItsPlaceForAWhile(t *testing.T) {
	b, p := newOffices(t)
	b.Show(p, pagetest.Small)
	p.edit(p.row("P002"))
	p.typed(t, "もみじの里")
	f := pagetest.Form(t, p)
	p.Replace(inTheWay{f})
	assert.Contains(t, pagetest.Texts(p.Split), "定型文")
	assert.Equal(t, "事業所の入力", p.Unsaved())
	p.List.Select(0)
	require.Equal(t, page.Editor(inTheWay{f}), p.Editor(), "it is not closed either")
	p.Replace(f)
	assert.NotContains(t, pagetest.Texts(p.Split), "定型文")
	p.Save()
	assert.Equal(t, "もみじの里", p.row("P002").Name)
}

func TestARecordHiddenByAFilterIsShownAllTheSame(t *testing.T) {
	b, p := newOffices(t)
	b.Show(p, pagetest.Small)
	p.only = string(models.PartnerKinds[1])
	p.apply()
	require.Len(t, p.List.Rows(), 1)
	p.Open(page.To("連携先", "P999"))
	assert.Len(t, p.List.Rows(), 1, "the filter stays when there is no such record")
	p.Open(page.To("連携先", "P001"))
	assert.Len(t, p.List.Rows(), 4)
	assert.Contains(t, pagetest.Texts(p.Detail), "名称 さくら")
}

func TestWhatIsSavedIsShown(t *testing.T) {
	b, p := newOffices(t)
	b.Show(p, pagetest.Small)
	p.Open(page.ToNew("連携先", ""))
	p.typed(t, "あたらしい事業所")
	p.Save()
	assert.Nil(t, p.Editor())
	row, ok := p.Selected()
	require.True(t, ok)
	assert.Equal(t, []string{"P005", "あたらしい事業所"}, []string{row.Code, row.Name})
	assert.Equal(t, fyne.Focusable(p.List), b.Focused())
	assert.Empty(t, b.Shell.Drafted)

	t.Run("what is wrong is said at its field and nothing is saved", func(t *testing.T) {
		p.Open(page.ToNew("連携先", ""))
		p.Save()
		require.NotNil(t, p.Editor())
		assert.Len(t, b.Book().Partners, 5)
		assert.NotEmpty(t, pagetest.Form(t, p).Faults())
	})
}

func TestAPageIsReadWhenItIsFirstShown(t *testing.T) {
	b, p := newOffices(t)
	p.Build()
	p.Changed(app.Feed{Many: true})
	assert.Zero(t, p.read, "nobody looks at it yet")
	p.Open(page.To("連携先", "P002"))
	assert.Equal(t, 1, p.read)
	assert.Equal(t, "P002", p.Place().Key, "what was asked for before is shown once it is read")
	b.Show(p, pagetest.Small)
	p.Shown()
	assert.Equal(t, 1, p.read)
	p.Changed(app.Feed{Many: true})
	assert.Equal(t, 2, p.read)
}

func TestAReaderShowsOnlyTheNewestAnswer(t *testing.T) {
	shell := &heldShell{}
	var shown []int
	next := 0
	var fault error
	r := page.Reader{Shell: shell, Reads: "連携先の表示", Load: func() page.Read {
		next++
		n, err := next, fault
		return page.Reading(func(context.Context) (int, error) { return n, err }, func(n int) { shown = append(shown, n) })
	}}
	waited := 0
	r.Await(func() { waited++ })
	r.Reload()
	shell.answers[1]()
	shell.answers[0]()
	assert.Equal(t, []int{2}, shown)
	assert.Equal(t, 1, waited)
	assert.True(t, r.IsRead())

	fault = errors.New("台帳を読めません")
	r.Changed(app.Feed{Many: true})
	shell.answers[2]()
	assert.Equal(t, []error{fault}, shell.Errors)
	fault = context.Canceled
	r.Changed(app.Feed{Many: true})
	shell.answers[3]()
	assert.Len(t, shell.Errors, 1, "that the window was closed is no error")
}

func TestWithoutWideningARecordIsShownBesideTheList(t *testing.T) {
	b, p := newOffices(t)
	p.Widen = nil
	b.Show(p, pagetest.Small)
	p.only = string(models.PartnerKinds[1])
	p.apply()
	p.Open(page.To("連携先", "P001"))
	assert.Len(t, p.List.Rows(), 1, "the list stays as it is")
	assert.Contains(t, pagetest.Texts(p.Detail), "名称 さくら")
	assert.Equal(t, "P001", p.Place().Key)
	p.Changed(app.Feed{Many: true})
	assert.Equal(t, "P001", p.Place().Key, "also when the register is read again")
	b.Press(fyne.KeyReturn)
	assert.Equal(t, "P004", p.Place().Key, "the row of the list is only one key away")
}

func TestASectionIsAnsweredByItsPage(t *testing.T) {
	b, p := newOffices(t)
	p.Load = nil
	b.Shell.Window.SetContent(p.Build())
	b.Shell.Window.Resize(pagetest.Small)
	p.Shell.Canvas().Focus(p.List)
	answer := func() { p.Answer(func() { p.All = b.Book().Partners; p.apply() }) }
	answer()
	p.Open(page.To("連携先", "P002"))
	assert.Equal(t, "P002", p.Place().Key, "it is read")
	p.edit(p.row("P003"))
	p.typed(t, "わかばの里")
	p.Save()
	assert.Equal(t, "P002", p.Place().Key)
	answer()
	assert.Equal(t, "P003", p.Place().Key, "what was saved is shown with the next answer")
}

func TestAPageIsToldWhenAFormOpensAndCloses(t *testing.T) {
	for name, whole := range map[string]bool{"beside the list": false, "whole": true} {
		t.Run(name, func(t *testing.T) {
			b, p := newOffices(t)
			var told []bool
			p.Whole, p.Editing = whole, func() { told = append(told, p.Editor() != nil) }
			b.Show(p, pagetest.Small)
			p.edit(p.row("P001"))
			b.Press(fyne.KeyEscape)
			assert.Equal(t, []bool{true, false}, told)
		})
	}
}

func TestAStandingFormStaysAndSavesOnlyWhatChanged(t *testing.T) {
	b, p := newOffices(t)
	b.Show(p, pagetest.Small)
	partner, left := p.row("P001"), 0
	was := partner
	f := page.NewStandingForm(b.Shell, b.App, page.FormOptions{Title: "病院情報の入力", Draft: "standing", Recorded: true, Entry: func() page.Entry {
		e := page.Entry{What: "連携先の変更"}
		if partner != was {
			e.Steps = []app.Step{app.Put(partner)}
		}
		return e
	}}, func() { left++ })
	page.Bind(f, &partner, form.Text(&partner.Name, ""))
	b.Shell.Window.SetContent(f.Object())
	f.Focus()
	b.CtrlS()
	assert.Equal(t, "変わったところはありません", b.Said())
	assert.Equal(t, was, b.Book().Partners[0])
	b.TypeOver("さくらの里")
	assert.Equal(t, "病院情報の入力", f.Unsaved())
	b.CtrlS()
	assert.Equal(t, "さくらの里", b.Book().Partners[0].Name)
	assert.Empty(t, f.Unsaved())
	assert.Zero(t, left)
	b.Press(fyne.KeyEscape)
	assert.Equal(t, 1, left)
}

func TestAnEmptyListSaysWhyAndWhatToDo(t *testing.T) {
	b, p := newOffices(t)
	b.Show(p, pagetest.Small)
	shown := func() string { return pagetest.Texts(b.Shell.Window.Content()) }
	assert.Contains(t, shown(), "表示 4件\n全 4件")

	p.only = "どれでもない"
	p.apply()
	assert.Contains(t, shown(), "表示 0件\n全 4件")
	assert.Contains(t, shown(), "条件に合う連携先はありません")
	assert.Contains(t, shown(), "種別・さがす言葉のどれかをゆるめてください。")
	pagetest.Button(t, b.Shell.Window.Content(), "絞り込みをやめる").OnTapped()
	assert.Len(t, p.List.Rows(), 4)

	p.All = nil
	p.apply()
	assert.Contains(t, shown(), "連携先はまだありません\nここに登録します。")
	assert.NotContains(t, shown(), "条件に合う")
	pagetest.Button(t, b.Shell.Window.Content(), "登録").OnTapped()
	assert.NotNil(t, p.Editor())
}

func TestAnEntryOfOneRecordRegistersOrChangesIt(t *testing.T) {
	key := func(p models.Partner) string { return p.Code }
	fresh := models.Partner{Name: "さくら", Kind: models.PartnerKinds[0]}
	e := page.EntryOf(fresh.Name, &fresh, models.Partner{}, 2026_11_22, key)
	assert.Equal(t, "さくらの登録", e.What)
	assert.Empty(t, e.Problems, "the number is given later")
	fresh.Code = "P009"
	assert.Equal(t, "P009", e.Key(), "asked once it is given")

	was := fresh
	was.Version = 7
	now := was
	now.Name = ""
	e = page.EntryOf("さくら", &now, was, 2026_11_22, nil)
	assert.Equal(t, "さくらの変更", e.What)
	assert.Nil(t, e.Key)
	e.Wrong("備考", "長すぎます")
	assert.Equal(t, []string{"名称", "備考"}, []string{e.Problems[0].Field, e.Problems[1].Field})
}

func TestMarkedRowsAreDescribedTogether(t *testing.T) {
	b, p := newOffices(t)
	chosen := 0
	p.Chosen = func() { chosen++ }
	p.DescribeMarked = func(rows []models.Partner) []fyne.CanvasObject {
		return []fyne.CanvasObject{ui.NewParagraph("印 "+ui.Thousands(len(rows))+"件", ui.Plain)}
	}
	b.Show(p, pagetest.Small)
	before := chosen
	b.Press(fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
	assert.Greater(t, chosen, before)
	assert.Contains(t, pagetest.Texts(p.Detail), "印 2件")
	p.Changed(app.Feed{Many: true})
	assert.Contains(t, pagetest.Texts(p.Detail), "印 2件", "also after the register was read again")
	b.Press(fyne.KeyEscape)
	assert.Contains(t, pagetest.Texts(p.Detail), "名称 みなと病院", "without marks the selected row")
}

func TestSomethingElseStandsInThePlaceOfTheDetailUntilARowIsDescribed(t *testing.T) {
	b, p := newOffices(t)
	b.Show(p, pagetest.Small)
	other := func() { p.ShowInstead(ui.NewParagraph("ほかの話", ui.Plain)) }
	other()
	assert.Equal(t, "ほかの話", pagetest.Texts(p.Detail))
	p.List.Select(1)
	assert.Contains(t, pagetest.Texts(p.Detail), "名称 みなと病院")
	p.edit(p.row("P002"))
	other()
	assert.Nil(t, p.Editor(), "a form without typing gives way")
	assert.Contains(t, pagetest.Texts(p.Detail), "ほかの話")
	p.edit(p.row("P002"))
	p.typed(t, "もみじの里")
	other()
	assert.Equal(t, "事業所の入力", p.Unsaved(), "typing stays")
	assert.Contains(t, b.Said(), "「事業所の入力」の途中です")
}

func TestAFormIsSavedByAUseCaseOfItsOwn(t *testing.T) {
	b, p := newOffices(t)
	b.Show(p, pagetest.Small)
	var fails error
	partner := p.row("P001")
	p.Begin(func() page.Editor {
		f := p.NewForm(page.FormOptions{Title: "名称の変更", Draft: "offices.rename", Entry: func() page.Entry {
			return page.Entry{What: "名称の変更", Do: func(ctx context.Context) (*app.Undo, error) {
				if fails != nil {
					return nil, fails
				}
				return b.App.Do(ctx, "名称の変更", app.Put(partner))
			}}
		}})
		page.Bind(f, &partner, form.Text(&partner.Name, ""))
		return f
	})
	p.typed(t, "さくらの里")
	fails = errors.New("だめ")
	p.Save()
	assert.Equal(t, "名称の変更", p.Unsaved(), "what could not be saved stays")
	require.Len(t, b.Shell.Errors, 1)
	fails = nil
	p.Save()
	assert.Nil(t, p.Editor())
	assert.Equal(t, "さくらの里", p.row("P001").Name)
	b.Shell.Undo()
	assert.Equal(t, "さくら", p.row("P001").Name)
}

func TestTheButtonBackLeavesAFormAndAsksFirst(t *testing.T) {
	b, p := newOffices(t)
	b.Show(p, fyne.NewSize(700, 600))
	require.True(t, p.Split.Narrow())
	p.edit(p.row("P001"))
	p.typed(t, "さくらの里")
	back := func() { pagetest.Button(t, b.Shell.Window.Content(), "← 一覧にもどる").OnTapped() }
	back()
	require.NotNil(t, b.Shell.Canvas().Overlays().Top(), "typing is not put out of sight without a word")
	assert.NotNil(t, p.Editor())
	b.Press(fyne.KeyEscape)
	p.typed(t, "さくら")
	back()
	assert.Nil(t, p.Editor())
	assert.True(t, p.Split.ShowsList())
	assert.Equal(t, fyne.Focusable(p.List), b.Focused())
}

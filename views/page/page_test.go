package page_test

import (
	"context"
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
)

func TestWhatWasKeptIsRecalled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shell := &pagetest.Shell{}
		state := ui.ListState{Sort: rapid.String().Draw(t, "sort"), Down: rapid.Bool().Draw(t, "down")}
		page.Keep(shell, "list", state)
		assert.Equal(t, state, page.Recall(shell, "list", ui.ListState{Sort: "date", Down: true}))
	})
}

func TestWhatCannotBeReadIsAsGoodAsNothing(t *testing.T) {
	first := []string{"電話", "面会"}
	for name, kept := range map[string]string{"nothing": "", "no JSON": "壊れた", "of another kind": `{"a":1}`, "broken in the middle": `["FAX",1]`} {
		t.Run(name, func(t *testing.T) {
			shell := &pagetest.Shell{Kept: map[string]string{"kinds": kept}}
			assert.Equal(t, first, page.Recall(shell, "kinds", first))
			assert.Equal(t, []string{"電話", "面会"}, first, "it is not written over")
		})
	}
}

func TestWhatCannotBeKeptIsSaid(t *testing.T) {
	shell := &pagetest.Shell{}
	page.Keep(shell, "list", func() {})
	require.Len(t, shell.Errors, 1)
	assert.Equal(t, "選んだ内容を記憶できません", models.ErrorMessage(shell.Errors[0]))
	assert.Empty(t, shell.Kept)
}

// heldShell answers when the test says so.
type heldShell struct {
	pagetest.Shell
	answers []func()
}

func (s *heldShell) Do(work func(context.Context) error, done func(error)) {
	err := work(context.Background())
	s.answers = append(s.answers, func() { done(err) })
}

func TestOnlyTheNewestAnswerIsShown(t *testing.T) {
	shell := &heldShell{}
	var latest page.Latest
	var shown []int
	ask := func(n int, err error) {
		page.Ask(shell, &latest, "表示", func(context.Context) (int, error) { return n, err }, func(n int) { shown = append(shown, n) })
	}
	ask(1, nil)
	ask(2, errors.New("of no interest any more"))
	ask(3, nil)
	shell.answers[2]()
	shell.answers[0]()
	shell.answers[1]()
	assert.Equal(t, []int{3}, shown)
	assert.Empty(t, shell.Errors)

	t.Run("an error is told", func(t *testing.T) {
		ask(4, errors.New("台帳を読めません"))
		shell.answers[3]()
		require.Len(t, shell.Errors, 1)
		assert.Equal(t, []int{3}, shown)
	})
	t.Run("that the window was closed is not", func(t *testing.T) {
		ask(5, context.Canceled)
		shell.answers[4]()
		assert.Len(t, shell.Errors, 1)
	})
}

func TestAListIsArrangedAsItWasLeft(t *testing.T) {
	test.NewTempApp(t)
	shell := &pagetest.Shell{Window: test.NewTempWindow(t, nil)}
	columns := []ui.Column[string]{
		{ID: "name", Title: "名前", Width: 80, Text: func(s string) string { return s }},
		{ID: "length", Title: "長さ", Width: 80, Text: func(s string) string { return s[1:] }},
	}
	kept := 0
	list := page.NewList(shell, "名前の一覧", columns, func(s string) string { return s }, ui.ListState{Sort: "length", Down: true}, func() { kept++ })
	list.SetRows([]string{"a1", "b3", "c2"})

	assert.Equal(t, []string{"b3", "c2", "a1"}, list.Rows())
	assert.Zero(t, kept, "nobody arranged it")
	assert.Contains(t, list.AccessibilityLabel(), "名前の一覧 3件")
	list.TypedShortcut(&fyne.ShortcutCopy{})
	assert.Equal(t, []string{"3件をコピーしました。Excelに貼り付けられます"}, shell.Said)
	list.TypedShortcut(ui.SaveShortcut)
	assert.Equal(t, []string{ui.SaveShortcut.ShortcutName()}, shell.Passed, "what the list has no use for is the window's")
}

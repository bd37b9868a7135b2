package contacts

import (
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"renkei/views/form"
	"renkei/views/page"
	"renkei/views/ui"
)

// phraseBar stands under the form of a contact: the phrases, which its buttons
// and Alt+1 to Alt+9 put into 目的 and 内容.
type phraseBar struct {
	p       *Page
	form    *page.Form
	purpose *ui.TextField
	body    *ui.MemoField

	rows     *ui.Flow
	object   *ui.Arranged
	unfold   *ui.Button // shows the phrases where there is little room
	unfolded bool
}

// newPhraseBar puts the phrases under a form.
func newPhraseBar(p *Page, f *page.Form, purpose *ui.TextField, body *ui.MemoField) {
	b := &phraseBar{p: p, form: f, purpose: purpose, body: body, rows: ui.NewFlow(ui.GapCell, 0)}
	b.object = b.arrange(f.Form.Object(), b.head())
	b.rows.Set(b.lines()...)
	f.Inside(b.object)
	f.OnShortcut = b.shortcut
}

// head tells that there are phrases, and what can be done with them.
func (b *phraseBar) head() fyne.CanvasObject {
	quiet := func(button *ui.Button) ui.Item {
		button.Importance = widget.LowImportance
		button.OnEscape = b.form.Escape
		return ui.Fixed(button, 0)
	}
	b.unfold = ui.NewButton("一覧", func() { b.unfolded = !b.unfolded; b.object.Refresh() })
	return ui.NewBar(ui.FieldHeight,
		ui.Growing(ui.NewCaption("定型文（Alt+1〜9 で入ります）", ui.Quiet), 60), quiet(b.unfold),
		quiet(ui.NewButton("いまの内容を加える", b.add)), quiet(ui.NewButton("直す", b.edit)))
}

// phrasesInLine is how many phrases stand side by side.
const phrasesInLine = 3

// lines are the phrases with the digits of their keys.
func (b *phraseBar) lines() []fyne.CanvasObject {
	var lines []fyne.CanvasObject
	var items []ui.Item
	for i, phrase := range b.p.phrases {
		button := ui.NewButton(fmt.Sprintf("%d %s", i+1, short(phrase.label(), 10)), func() { b.use(i) })
		button.OnEscape = b.form.Escape
		items = append(items, ui.Growing(button, 100))
		if len(items) == phrasesInLine || i == len(b.p.phrases)-1 {
			for len(items) < phrasesInLine {
				items = append(items, ui.Growing(ui.NewCaption("", ui.Plain), 100))
			}
			lines = append(lines, ui.NewBar(ui.FieldHeight, items...))
			items = nil
		}
	}
	return lines
}

// formNeeds is the height the form needs to show its fields.
const formNeeds = 440

// arrange puts the phrases under the form. Where they would leave the form too
// little room, they are hidden until the user presses 一覧.
func (b *phraseBar) arrange(form, head fyne.CanvasObject) *ui.Arranged {
	return ui.Arrange(func(in ui.Room) fyne.Size {
		top, lines := head.MinSize(), b.rows.MinSize().Height+ui.GapCell
		if in.Placing() {
			room := in.Height-top.Height-lines >= ui.Scaled(formNeeds)
			if b.unfold.Visible() == room {
				b.unfold.Hidden = room
				head.Refresh()
			}
			ui.SetVisible(b.rows, room || b.unfolded)
			if !b.rows.Visible() {
				lines = 0
			}
			y := in.Height - top.Height - lines
			in.Put(form, 0, 0, in.Width, y-ui.GapCell)
			in.Put(head, 0, y, in.Width, top.Height)
			in.Put(b.rows, 0, y+top.Height, in.Width, max(0, lines-ui.GapCell))
		}
		least := form.MinSize()
		return fyne.NewSize(max(least.Width, top.Width), least.Height+top.Height+2*ui.GapCell)
	}, form, head, b.rows)
}

// shortcut uses Alt and a digit and hands the others on.
func (b *phraseBar) shortcut(s fyne.Shortcut) {
	if k, ok := s.(fyne.KeyboardShortcut); ok && k.Mod() == fyne.KeyModifierAlt {
		if digit := strings.Index("123456789", string(k.Key())); digit >= 0 && len(k.Key()) == 1 {
			b.use(digit)
			return
		}
	}
	b.p.Shell.Shortcut(s)
}

// use puts in a phrase, counted from 0. It does nothing when there is none.
func (b *phraseBar) use(i int) {
	if i >= len(b.p.phrases) {
		return
	}
	purpose, body := b.p.phrases[i].apply(b.purpose.Text(), b.body.Text())
	b.purpose.SetText(purpose)
	b.body.SetText(body)
	b.form.Changed()
	b.p.Shell.Canvas().Focus(b.body.FocusTarget())
}

// add puts what is written after the phrases there are.
func (b *phraseBar) add() {
	phrase := Phrase{b.purpose.Text(), strings.ReplaceAll(b.body.Text(), "\n", " ")}
	switch {
	case phrase.Text == "":
		b.p.Shell.Say(ui.Attention, "内容が空欄です。定型文にする文を内容に書いてから押してください")
	case len(b.p.phrases) >= mostPhrases:
		b.p.Shell.Say(ui.Attention, fmt.Sprintf("定型文は%dつまでです。「定型文を直す」で1つ減らしてください", mostPhrases))
	default:
		b.keep(append(append([]Phrase{}, b.p.phrases...), phrase))
		b.p.Shell.Say(ui.Done, fmt.Sprintf("定型文に加えました（Alt+%d）", len(b.p.phrases)))
	}
}

// keep replaces the phrases.
func (b *phraseBar) keep(phrases []Phrase) {
	b.p.phrases = phrases
	page.Keep(b.p.Shell, keepPhrased, phrases)
	b.rows.Set(b.lines()...)
	b.object.Refresh()
}

// edit changes the phrases, one a line, in the place of the entry, which comes
// back afterwards.
func (b *phraseBar) edit() {
	e := &phraseEditor{Editor: b.form}
	back := func() { b.p.Replace(b.form) }
	text := phraseLines(b.p.phrases)
	lines := form.Memo(&text, "退院前の連絡｜退院予定日をお伝えした。", 12).Label("定型文").
		Hint("1行に1つ、9つまで。上から順に Alt+1〜9 で入ります。「目的｜内容」と書くと、目的も一緒に入ります。空にして保存すると、定型文はなくなります。")
	e.form = page.NewForm(b.p.Shell, keepPhrased, ui.FormOptions{Recorded: true, Cancel: back, Save: func() {
		b.keep(parsePhrases(lines.Field.Text()))
		e.form.Clean()
		back()
		b.p.Shell.Say(ui.Done, "定型文を保存しました")
	}})
	form.Bind(e.form, form.Env{}, &text, form.Section("定型文"), lines)
	b.p.Replace(e)
}

// phraseEditor stands in the place of an entry while the phrases are changed;
// what is typed in the entry stays.
type phraseEditor struct {
	page.Editor // the entry
	form        *ui.Form
}

// Object is the form of the phrases.
func (e *phraseEditor) Object() fyne.CanvasObject { return e.form.Object() }

// Focus gives the keyboard to the phrases.
func (e *phraseEditor) Focus() { e.form.FocusFirst() }

// Save saves the phrases (Ctrl+S).
func (e *phraseEditor) Save() { e.form.TypedShortcut(ui.SaveShortcut) }

// Escape leaves the phrases; the entry comes back.
func (e *phraseEditor) Escape() { e.form.Escape() }

// Unsaved names the phrases, else the entry, while something typed in it is not
// saved.
func (e *phraseEditor) Unsaved() string {
	if e.form.Dirty() {
		return "定型文の変更"
	}
	return e.Editor.Unsaved()
}

// KeepTyping keeps what is typed in both.
func (e *phraseEditor) KeepTyping() error {
	return errors.Join(e.form.KeepDraft(), e.Editor.KeepTyping())
}

package meetings

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/app"
	"renkei/models"
	"renkei/views/form"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
	"renkei/views/words"
)

// attendancePanel is the detail while the attendance of a meeting is taken.
type attendancePanel struct {
	*page.Presence
	p         *Page
	row       Row
	list      *tickList
	newcomers []Newcomer
	before    map[string]bool // ticked as recorded
	draft     *ui.DraftKeeper
	fault     string // what is wrong with the draft, "" for nothing

	live   *ui.Flow
	count  *ui.Caption
	kept   *ui.Caption     // how the draft is doing
	body   *fyne.Container // the list, or the form of somebody not registered
	object *ui.Arranged
	walkIn *walkIn // nil while the list is shown
	saving bool
}

func newAttendancePanel(p *Page, row Row) *attendancePanel {
	a := &attendancePanel{p: p, row: row, list: newTickList(), before: make(map[string]bool)}
	for _, r := range row.Attendances {
		a.before[keyOf(r)] = true
	}
	finder := models.NewFinder(entries(p.facts, row.HeldOn))
	a.list.find = func(query string, limit int) []Attendee {
		var list []Attendee
		for _, e := range finder.Find(query, limit) {
			list = append(list, attendeeOf(p.facts, e, row.HeldOn))
		}
		return list
	}
	a.list.add, a.list.changed, a.list.after = a.addUnknown, a.ticked, p.Shell.After
	a.list.entry.shortcut, a.list.entry.escape = a.shortcut, a.Escape
	a.live, a.count, a.kept = ui.NewFlow(2, 0), ui.NewCaption("", ui.Strong), ui.NewCaption("", ui.Quiet)
	a.keepSheet()
	a.list.set(Likely(p.facts, p.All, row), maps.Clone(a.before))
	a.restore()

	title := ui.NewCaption("出席: "+words.Joined("  ", words.LongDate(row.HeldOn), row.Name), ui.Style{Bold: true, Size: ui.SubHeadingSize})
	a.Presence = page.NewPresence(p.Shell, app.RefOf(row.Meeting), func() { a.object.Refresh() })
	above := ui.NewFlow(ui.GapField, 0, ui.NewBar(ui.FieldHeight, ui.Growing(title, 80)), a.Presence.Object(), ui.NewPanel(a.live, ui.AccentSoft, ui.Accent))
	save := ui.NewPrimaryButton("保存（Ctrl+S）", theme.DocumentSaveIcon(), a.save)
	leave := ui.NewButton("やめる", a.Escape)
	add := ui.NewIconButton("名簿にない人", theme.ContentAddIcon(), func() { a.addUnknown("") })
	for _, b := range []*ui.Button{save, leave, add} {
		b.OnEscape = a.Escape
	}
	foot := ui.NewBar(ui.FieldHeight+ui.GapField, ui.Fixed(a.count, 64), ui.Growing(a.kept, 60), ui.Fixed(add, 0), ui.Fixed(save, 0), ui.Fixed(leave, 0))
	a.body = container.NewStack(container.NewBorder(nil, foot, nil, nil, a.list))
	a.object = ui.NewAbove(above, a.body)
	a.explain()
	return a
}

// ticks is what is ticked now.
func (a *attendancePanel) ticks() ticks {
	before := slices.AppendSeq([]string{}, maps.Keys(a.before)) // empty when nobody was
	return ticks{a.list.attendees(), a.newcomers, before}
}

// Object is the sheet to fill in.
func (a *attendancePanel) Object() fyne.CanvasObject { return a.object }

// Focus gives the keyboard to the box for names.
func (a *attendancePanel) Focus() { a.p.Shell.Canvas().Focus(a.list.entry) }

// Save saves the ticks, or who is being entered (Ctrl+S).
func (a *attendancePanel) Save() { a.save() }

// Unsaved names the sheet while a tick is not saved.
func (a *attendancePanel) Unsaved() string {
	if a.dirty() {
		return "出席の入力"
	}
	return ""
}

// Place is that of the meeting.
func (a *attendancePanel) Place() page.Target { return page.Target{} }

// Reloaded does nothing: the sheet shows what is ticked.
func (a *attendancePanel) Reloaded() {}

// dirty reports whether the ticks differ from the record.
func (a *attendancePanel) dirty() bool {
	return !maps.Equal(a.list.ticked, a.before) || a.walkIn != nil && a.walkIn.form.Dirty()
}

// ticked is called after each change: the words above follow, and the sheet is
// kept.
func (a *attendancePanel) ticked() {
	a.explain()
	a.draft.Changed()
}

// keepSheet keeps the sheet while it is filled in.
func (a *attendancePanel) keepSheet() {
	a.draft = &ui.DraftKeeper{
		Draft: a.p.Shell.Draft("meetings/attendance/" + a.row.Code), After: a.p.Shell.After,
		Typed: func() (ui.Typed, bool) {
			return ui.Typed{Values: map[string]string{"出席": a.ticks().text()}}, !maps.Equal(a.list.ticked, a.before)
		},
		Say:   a.kept.SetText,
		Warn:  a.warn,
		Stuck: func(err error) { a.p.Shell.ShowError("書きかけの出席を消すこと", err) },
	}
}

// warn says what is wrong with the draft, "" for nothing.
func (a *attendancePanel) warn(text string) {
	if text != a.fault {
		a.fault = text
		a.explain()
	}
}

// KeepTyping keeps the sheet, and the form of somebody not registered.
func (a *attendancePanel) KeepTyping() error {
	err := a.draft.Keep()
	if a.walkIn != nil {
		err = errors.Join(err, a.walkIn.form.KeepDraft())
	}
	return err
}

// drop forgets what is kept: it is saved, or not wanted.
func (a *attendancePanel) drop() {
	a.draft.Drop()
	if a.walkIn != nil {
		a.walkIn.form.Revert()
	}
}

// restore takes up a sheet that was kept and not saved.
func (a *attendancePanel) restore() {
	kept, ok := a.draft.Load()
	if !ok {
		return
	}
	s, ok := readTicks(kept.Values["出席"])
	if !ok {
		a.draft.Warn("前に書きかけた出席を読めませんでした。もう一度印を付けてください。")
		return
	}
	a.newcomers = s.Newcomers
	for _, t := range s.Ticked {
		a.list.offer(t)
	}
	a.list.set(a.list.offered, s.onto(a.before))
	if a.dirty() {
		a.p.Shell.Say(ui.Attention, "前に書きかけた出席を戻しました。まだ保存していません")
	}
}

// explain says what the meeting is worth with those ticked.
func (a *attendancePanel) explain() {
	ticked := a.list.attendees()
	live := LiveOf(a.p.facts, a.row.Meeting, attendances(a.row.Code, ticked), a.newcomers)
	lines := []fyne.CanvasObject{ui.NewParagraph("出席 "+headcount(ticked), ui.Plain)}
	if a.fault != "" {
		lines = append(lines, ui.NewParagraph(a.fault, ui.Style{Bold: true, Color: ui.Bad}))
	}
	showLive(a.live, live, lines...)
	a.count.SetText(fmt.Sprintf("出席 %d人", len(ticked)))
	if a.object != nil {
		a.object.Refresh()
	}
}

func (a *attendancePanel) shortcut(s fyne.Shortcut) {
	if k, ok := s.(fyne.KeyboardShortcut); ok && k.ShortcutName() == ui.SaveShortcut.ShortcutName() {
		a.save()
		return
	}
	a.p.Shell.Shortcut(s)
}

// Escape leaves; it asks only when something would be lost.
func (a *attendancePanel) Escape() {
	if !a.dirty() {
		a.drop()
		a.p.Leave()
		return
	}
	ui.Ask(a.p.Shell.Canvas(), "出席の入力をやめますか", "保存していない出席があります。やめると入力した内容は消えます。",
		"入力を消してやめる", "入力を続ける", func() {
			a.drop()
			a.p.Leave()
		})
}

// save makes the record what is ticked, in one edit.
func (a *attendancePanel) save() {
	if a.walkIn != nil {
		a.walkIn.form.TypedShortcut(ui.SaveShortcut)
		return
	}
	if a.saving {
		return
	}
	steps := changes(a.row.Code, a.row.Attendances, a.list.attendees(), a.newcomers)
	if len(steps) == 0 {
		a.drop()
		a.p.Leave()
		return
	}
	a.saving = true
	page.Save(a.p.Shell, a.p.Desk, "「"+a.row.Name+"」の出席の登録", func(err error) {
		a.saving = false
		if err != nil {
			return // shown already; the ticks stay
		}
		a.drop()
		a.p.Close()
		a.p.FocusList()
		a.p.AfterNext(func() { a.p.ShowKey(a.row.Code) })
	}, steps...)
}

// addUnknown opens the form of somebody who is in no list.
func (a *attendancePanel) addUnknown(name string) {
	a.walkIn = newWalkIn(a, name)
	a.body.Objects = append(a.body.Objects, a.walkIn.form.Object())
	a.body.Objects[0].Hide()
	a.body.Refresh()
	a.walkIn.form.FocusFirst()
	if name != "" {
		a.p.Shell.Canvas().Focus(a.walkIn.kana.Field.FocusTarget())
	}
}

// listAgain takes the form of the unknown away.
func (a *attendancePanel) listAgain() {
	a.walkIn = nil
	a.body.Objects = a.body.Objects[:1]
	a.body.Objects[0].Show()
	a.body.Refresh()
	a.p.Shell.Canvas().Focus(a.list.entry)
}

// walkIn is the form of somebody at a meeting who is in no list.
type walkIn struct {
	a      *attendancePanel
	form   *ui.Form
	fields *form.Binding
	kana   *form.Field[*ui.TextField]

	// What is entered: the office of a care manager by its code.
	Name, Kana, Office, From string
}

func newWalkIn(a *attendancePanel, name string) *walkIn {
	w := &walkIn{a: a, Name: name}
	w.form = page.NewForm(a.p.Shell, "meetings/walkin/"+a.row.Code, ui.FormOptions{Save: w.save, Cancel: a.listAgain, SaveWord: "出席に加える"})
	w.kana = form.Text(&w.Kana, "ヤマダ ハナコ").Label("フリガナ")
	w.fields = form.Bind(w.form, form.Env{Today: a.p.Shell.Today, After: a.p.Shell.After}, w,
		form.Section("名簿にない人"),
		form.Text(&w.Name, "山田 花子").Label("氏名").Required(),
		w.kana,
		form.Picked(&w.Office, people.OfficeFinder(func() *people.Known { return a.p.known })).Label("ケアマネの事業所").
			Hint("登録されている事業所を選ぶと、仮のケアマネとして登録し、平時の連携の根拠に数えます。資格・連絡先はあとで確かめてください。"),
		form.Text(&w.From, "出席簿に書かれた所属").Label("所属").Hint("ケアマネでない人は、事業所を選ばずに所属だけ書きます。"),
	)
	return w
}

// save puts the person among those who were there.
func (w *walkIn) save() {
	w.fields.Read()
	attendee := Attendee{Kind: models.AttendeeOther, Name: w.Name, Kana: w.Kana, Affiliation: w.From, Why: "名簿にない人"}
	office := w.a.p.facts.Partner(w.Office)
	var problems models.Problems
	if office == nil && w.a.list.ticked[attendee.Key()] {
		problems = append(problems, models.Problem{Field: "氏名", Message: "同じ氏名の人がもう出席に入っています。所属などを付けて区別してください"})
	}
	if len(problems)+len(w.form.Faults()) > 0 {
		w.form.Show(problems)
		return
	}
	if office != nil {
		n := newcomer(len(w.a.newcomers)+1, w.Name, w.Kana, office, w.a.row.Meeting)
		w.a.newcomers = append(w.a.newcomers, n)
		attendee.Kind, attendee.Code, attendee.Why = models.AttendeeCM, n.CareManager.Code, "仮登録"
		attendee.Affiliation = cmp.Or(attendee.Affiliation, office.Name)
	}
	w.a.listAgain()
	w.a.list.tick(attendee)
	w.form.Clean() // the sheet has the person now
}

package ui

import (
	"cmp"
	"maps"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
)

// FormOptions are what a form does. A nil Save or Cancel has no button.
type FormOptions struct {
	// Save is called by the button and by Ctrl+S.
	Save func()
	// Cancel is called by the button and by Escape, after asking when something
	// would be lost.
	Cancel func()
	// After runs a function on the window's goroutine when the time is over; nil
	// keeps a draft at each change.
	After func(time.Duration, func())
	// Draft keeps what is not saved; nil keeps nothing.
	Draft Draft
	// Recorded says that the fields begin with a record, which may be changed
	// while a draft of the form is kept: only what the user changed is put
	// back into it. The fields of a new record come back as they were.
	Recorded bool
	// Stuck gets the error when a draft could not be deleted; the draft comes back
	// when the form is opened again.
	Stuck func(error)
	// SaveWord is the word of the button; "" is 「保存」.
	SaveWord string
	// NotDone says above what is wrong that nothing was done yet; "" is
	// 「保存していません」.
	NotDone string
}

// FormRow is a field on a form.
type FormRow struct {
	Label string
	// Name is the field's name in a models.Problem and in a draft, its own among
	// the rows of the form; "" is Label.
	Name     string
	Required bool
	Field    Field
	// Hint stands below the field.
	Hint string
	// Width of the field at the standard text size; 0 is what suits its kind.
	Width float32
	// SameLine puts the row behind the one before, where there is room.
	SameLine bool
}

func (r FormRow) name() string { return cmp.Or(r.Name, r.Label) }

// Form is a page to fill in: sections of labelled fields in one column or two,
// what is wrong under each field and all of it at the top, a draft kept
// meanwhile, Ctrl+S and Escape. Tab goes in the order the rows were added.
type Form struct {
	// OnShortcut gets the shortcuts other than Ctrl+S; nil hands them to the
	// window.
	OnShortcut func(fyne.Shortcut)
	// OnFilled is called after the form put a draft, or the values last saved, into
	// the fields. OnEdited is not called for that.
	OnFilled func()
	// OnEdited is called after each change by the user.
	OnEdited func()

	o      FormOptions
	rows   []*formRow
	clean  map[string]string // the values last saved, by name
	frame  *formFrame
	body   *formBody
	scroll *container.Scroll
	at     *formRow // the row that got the keyboard last
	// afterPress waits until the button of the mouse is let go; nil waits for nothing.
	afterPress func(time.Duration, func())

	draft *DraftKeeper
}

// NewForm returns a form without rows.
func NewForm(o FormOptions) *Form {
	f := &Form{o: o, clean: map[string]string{}}
	f.body = newFormBody()
	f.scroll = container.NewVScroll(f.body)
	f.afterPress = o.After
	f.frame = newFormFrame(f)
	f.draft = &DraftKeeper{
		Draft: o.Draft, After: o.After, Stuck: o.Stuck, Say: f.frame.say, Warn: f.frame.warn,
		Typed: func() (Typed, bool) {
			return Typed{Values: f.values(), Before: maps.Clone(f.clean)}, f.Dirty()
		},
	}
	return f
}

// Object is the form to put on a page.
func (f *Form) Object() fyne.CanvasObject { return f.frame }

// Section begins a part of the form with a title.
func (f *Form) Section(title string) { f.body.section(title) }

// Add puts a row at the end of the form.
func (f *Form) Add(row FormRow) {
	r := newFormRow(row)
	f.rows = append(f.rows, r)
	f.body.add(r)
	f.clean[row.name()] = row.Field.Value()
	row.Field.OnChange(func() { f.edited(r) })
	if h, ok := row.Field.(hosted); ok {
		h.join(fieldHost{
			name:     row.Label,
			shortcut: f.TypedShortcut,
			escape:   f.Escape,
			entered:  func() { f.enter(r) },
			left:     func() { f.checkOnLeaving(r); f.draft.KeepPending() },
			grown:    func() { f.relayout(); f.reveal(r) },
			hasty:    func() { f.frame.say("変換中の文字があります。確定してから保存してください") },
		})
	}
}

// TypedShortcut saves on Ctrl+S and hands the others on.
func (f *Form) TypedShortcut(s fyne.Shortcut) {
	k, ok := s.(fyne.KeyboardShortcut)
	switch {
	case ok && k.Key() == fyne.KeyS && k.Mod() == saveModifier && f.o.Save != nil:
		f.save()
	default:
		handOn(s, f.OnShortcut, f.frame)
	}
}

// saveModifier is the key held with S to save.
const saveModifier = fyne.KeyModifierControl

// SaveShortcut is Ctrl+S, for the window to hand to the form of its page when
// no field has the keyboard.
var SaveShortcut fyne.Shortcut = &desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: saveModifier}

// save takes what is being typed as it stands and saves.
func (f *Form) save() {
	for _, r := range f.rows {
		if s, ok := r.Field.(interface{ settle() }); ok {
			s.settle()
		}
	}
	f.o.Save()
}

// Escape leaves the form; it asks only when something would be lost.
func (f *Form) Escape() {
	if f.o.Cancel == nil {
		return
	}
	if !f.Dirty() {
		f.o.Cancel()
		return
	}
	Ask(canvasOf(f.frame), "入力をやめますか", "保存していない入力があります。やめると入力した内容は消えます。",
		"入力を消してやめる", "入力を続ける", func() {
			f.Revert()
			f.o.Cancel()
		})
}

// Revert puts the values last saved back and forgets the draft.
func (f *Form) Revert() {
	f.fill(f.clean)
	f.dropDraft()
	f.clearMessages()
	f.relayout()
}

func (f *Form) fill(values map[string]string) {
	for _, r := range f.rows {
		if v, ok := values[r.name()]; ok && v != r.Field.Value() {
			r.Field.SetValue(v)
		}
	}
	call(f.OnFilled)
}

func (f *Form) values() map[string]string {
	values := make(map[string]string, len(f.rows))
	for _, r := range f.rows {
		values[r.name()] = r.Field.Value()
	}
	return values
}

// Dirty reports whether a value differs from the one last saved.
func (f *Form) Dirty() bool { return !maps.Equal(f.values(), f.clean) }

// Clean marks the present values as saved, and forgets a draft of them.
func (f *Form) Clean() {
	f.clean = f.values()
	f.dropDraft()
	f.clearMessages()
	f.relayout()
}

// FocusFirst gives the keyboard to the first open field; a draft is restored
// first.
func (f *Form) FocusFirst() {
	f.Restore()
	for _, r := range f.rows {
		if r.enabled() {
			giveFocus(r.Field.FocusTarget())
			return
		}
	}
}

// FocusOn puts the keyboard into the field of that name and scrolls it into
// sight; without one that can be entered it stays where it is.
func (f *Form) FocusOn(name string) {
	if r := f.row(name); r != nil && r.enabled() {
		giveFocus(r.Field.FocusTarget())
		f.reveal(r)
	}
}

// KeepInSight scrolls to the field that has the keyboard. A page calls it after it
// changed the height of the form.
func (f *Form) KeepInSight() {
	c := canvasOf(f.frame)
	if c == nil {
		return
	}
	for _, r := range f.rows {
		if c.Focused() == r.Field.FocusTarget() {
			f.reveal(r)
		}
	}
}

// relayout gives every part its place again.
func (f *Form) relayout() { f.frame.Refresh() }

// pressTime is how long a button of the mouse is held at most, usually.
const pressTime = 300 * time.Millisecond

// enter brings a row that got the keyboard into sight. After a press of the mouse
// it waits until the button is let go: if another object stood under the pointer
// by then, the toolkit would take the keyboard away again.
func (f *Form) enter(r *formRow) {
	f.at = r
	top, offset := r.Field.Position().Y, f.scroll.Offset.Y
	if f.afterPress == nil || top+r.Field.Size().Height <= offset || top >= offset+f.scroll.Size().Height {
		f.reveal(r)
		return
	}
	f.afterPress(pressTime, func() {
		if f.at == r {
			f.reveal(r)
		}
	})
}

// reveal scrolls a row into sight, with what is open below its field.
func (f *Form) reveal(r *formRow) {
	height, offset := f.scroll.Size().Height, f.scroll.Offset.Y
	bottom := min(r.bottom, r.top+height)
	switch {
	case r.top < offset:
		offset = max(0, r.top-GapGroup)
	case bottom > offset+height:
		offset = bottom - height
	default:
		return
	}
	f.scroll.Offset.Y = offset
	f.scroll.Refresh()
}

package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
)

// pickField is the part Picker and MultiPicker share.
type pickField struct {
	Arranged
	fieldCore
	// After waits on the window's goroutine; tests put their own clock here.
	After  func(time.Duration, func())
	search *pickSearch
	tags   *pickTags
}

func (f *pickField) begin(hint string, find func(string, int) []Pick, whole bool) {
	f.After = After
	f.search = newPickSearch(&f.fieldCore, hint, find)
	f.search.after = func(d time.Duration, run func()) { f.After(d, run) }
	f.tags = newPickTags(&f.fieldCore, whole)
}

// SetAfter replaces the clock; see After.
func (f *pickField) SetAfter(after func(time.Duration, func())) { f.After = after }

// SetAdd puts a line under the results that offers to enter what is not found:
// 「山田」を新しく登録. add gets the text; the field keeps it.
func (f *pickField) SetAdd(word string, add func(text string)) {
	f.search.addWord, f.search.add = word, add
}

// Query returns what is typed and not yet chosen.
func (f *pickField) Query() string { return f.search.text() }

// Blank reports whether nothing is chosen or typed.
func (f *pickField) Blank() bool { return len(f.tags.picks) == 0 && f.Query() == "" }

// Fault says that what is typed was not chosen from the results.
func (f *pickField) Fault() string {
	if text := f.Query(); text != "" {
		return "「" + text + "」はまだ選ばれていません。候補から選ぶか、消してください"
	}
	return ""
}

// Value returns the picks, a line each, and after them what is only typed.
func (f *pickField) Value() string {
	var lines []string
	for _, p := range f.tags.picks {
		words := []string{p.Key, p.Title, p.Kana, p.Detail}
		for i := range words {
			words[i] = oneLine(words[i])
		}
		lines = append(lines, strings.Join(words, "\t"))
	}
	if text := f.Query(); text != "" {
		lines = append(lines, oneLine(text))
	}
	return strings.Join(lines, "\n")
}

// readPicks reads what Value returned.
func readPicks(value string) (picks []Pick, query string) {
	for _, line := range strings.Split(value, "\n") {
		words := strings.Split(line, "\t")
		if len(words) != 4 {
			query = line
			continue
		}
		picks = append(picks, Pick{words[0], words[1], words[2], words[3]})
	}
	return picks, query
}

// SetValue puts back what Value returned.
func (f *pickField) SetValue(value string) {
	picks, query := readPicks(value)
	f.set(picks)
	f.search.empty()
	f.search.entry.put(query)
}

// set shows the picks without calling back.
func (f *pickField) set(picks []Pick) {
	f.tags.set(picks)
	f.search.skip = make(map[string]bool, len(picks))
	for _, p := range picks {
		f.search.skip[p.Key] = true
	}
	SetVisible(f.search, !f.tags.whole || len(picks) == 0)
	f.Refresh()
	f.grown()
}

// SetEnabled opens or closes the field for input.
func (f *pickField) SetEnabled(enabled bool) {
	if !enabled {
		f.search.close()
	}
	setEnabled(f.search.entry, enabled)
	setEnabled(f.tags, enabled)
}

// spans makes the field as wide as the form.
func (f *pickField) spans() bool { return true }

// AccessibilityLabel is the name of the field and what is chosen.
func (f *pickField) AccessibilityLabel() string {
	label := f.search.entry.AccessibilityLabel()
	if len(f.tags.picks) > 0 {
		label += " " + f.tags.AccessibilityLabel()
	}
	return label
}

// AccessibilityRole is a container.
func (f *pickField) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

func (f *pickField) place(in Room) fyne.Size {
	y, gap := float32(0), float32(0)
	for _, part := range f.objects {
		if part.Visible() {
			y += gap
			y += in.Fit(part, 0, y, in.Width)
			gap = GapCell
		}
	}
	return fyne.NewSize(160, y)
}

// Picker is a field that holds one thing found by typing: kanji, kana, romaji
// or a number. What is chosen takes the place of the search; its ×, Delete, or
// simply typing a new name begins again, and Escape puts back what was chosen.
type Picker struct {
	pickField
	before *Pick // what was chosen before the search was begun again
}

var _ Field = (*Picker)(nil)

// NewPicker returns an empty picker. find returns at most limit things for what
// is typed, best first; it runs on the window's goroutine and must be quick
// (models.Finder is).
func NewPicker(hint string, find func(query string, limit int) []Pick) *Picker {
	p := &Picker{}
	p.begin(hint, find, true)
	p.search.chosen = p.chosen
	p.tags.removed = func(int) { p.again("") }
	p.tags.typed = func(r rune) { p.again(string(r)) }
	usual := p.search.entry.key
	p.search.entry.key = func(name fyne.KeyName) bool {
		return usual(name) || name == fyne.KeyEscape && p.back()
	}
	p.Arrange(p, p.place, p.search, p.tags)
	return p
}

// Picked returns what is chosen, or false.
func (p *Picker) Picked() (Pick, bool) {
	if len(p.tags.picks) == 0 {
		return Pick{}, false
	}
	return p.tags.picks[0], true
}

// Pick shows a pick as chosen, from the program.
func (p *Picker) Pick(pick Pick) {
	p.before = nil
	p.search.empty()
	p.set([]Pick{pick})
}

// Clear empties the picker, from the program.
func (p *Picker) Clear() {
	p.before = nil
	p.search.empty()
	p.set(nil)
}

// FocusTarget is the search, or what is chosen.
func (p *Picker) FocusTarget() fyne.Focusable {
	if len(p.tags.picks) > 0 {
		return p.tags
	}
	return p.search.entry
}

// chosen takes what the user chose. The tag gets the keyboard, so that Tab goes
// on from there, unless the user is leaving the field.
func (p *Picker) chosen(pick Pick, stay bool) {
	p.before = nil
	p.tags.set([]Pick{pick})
	if stay {
		giveFocus(p.tags)
	}
	p.set([]Pick{pick})
	p.changed()
}

// again begins a new search, with the text if one was typed.
func (p *Picker) again(text string) {
	if pick, ok := p.Picked(); ok {
		p.before = &pick
	}
	SetVisible(p.search, true)
	giveFocus(p.search.entry)
	p.set(nil)
	if text == "" {
		p.changed()
		return
	}
	for _, r := range text {
		p.search.entry.TypedRune(r)
	}
}

// back puts back what was chosen before.
func (p *Picker) back() bool {
	if p.before == nil {
		return false
	}
	pick := *p.before
	p.search.empty()
	p.chosen(pick, true)
	return true
}

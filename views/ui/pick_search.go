package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
)

// Pick is something found by a Picker: who or what it is, and what tells it
// from others of the same name.
type Pick struct{ Key, Title, Kana, Detail string }

const (
	// PickDelay is the pause after the last letter before a picker searches.
	// Shorter than SearchDelay, for the search is made in memory.
	PickDelay = 150 * time.Millisecond
	// EnterDelay is how long Enter waits for a text to arrive before it chooses.
	EnterDelay = 150 * time.Millisecond
	// pickLimit is the number of results listed.
	pickLimit = 8
)

// pickSearch is an entry with the results of what is typed listed under it, in
// the layout: nothing pops up and the keyboard stays in the entry.
//
// Enter chooses the marked result, but Enter may also be the key that confirms
// what an IME composed. On X11 the toolkit reports that key, and reports it
// before the text it confirms. So Enter chooses only when
//   - the results listed belong to the text as it is now, and PickDelay has
//     passed since it last changed (else there are no such results yet), and
//   - no text arrives within EnterDelay after it.
//
// The text changes only after a choice, never while the user types.
type pickSearch struct {
	Arranged
	entry   *entry
	results *pickResults
	find    func(query string, limit int) []Pick
	after   func(time.Duration, func())
	// chosen takes a pick; stay says that the keyboard is not on its way elsewhere.
	chosen  func(p Pick, stay bool)
	grown   func()
	skip    map[string]bool   // keys not to list
	add     func(text string) // what the last line does; nil has no such line
	addWord string

	typed    int // counts the changes, so that only the last one searches
	shown    bool
	shownFor string
	waiting  func(stay bool) // what Enter is waiting to do
}

func newPickSearch(core *fieldCore, hint string, find func(string, int) []Pick) *pickSearch {
	s := &pickSearch{find: find, grown: core.grown, after: After}
	s.entry = newEntry(core, hint)
	s.entry.key, s.entry.edited, s.entry.leave = s.key, s.edited, s.leave
	s.results = newPickResults(func(i int) { s.choose(i, true) })
	s.results.Hide()
	s.Arrange(s, s.place, s.entry, s.results)
	return s
}

// text returns what is typed without the spaces around it.
func (s *pickSearch) text() string { return strings.TrimSpace(s.entry.Text) }

// edited searches when the typing pauses.
func (s *pickSearch) edited() {
	s.typed++
	s.waiting = nil
	if s.text() == "" {
		s.close()
		return
	}
	typed := s.typed
	s.after(PickDelay, func() {
		if typed == s.typed {
			s.search()
		}
	})
}

func (s *pickSearch) search() {
	text := s.text()
	if text == "" {
		s.close()
		return
	}
	// One more than is listed tells whether there are more, and those skipped
	// make room for others.
	found := s.find(text, pickLimit+1+len(s.skip))
	var listed []Pick
	for _, p := range found {
		if !s.skip[p.Key] {
			listed = append(listed, p)
		}
	}
	more := len(listed) > pickLimit
	listed = listed[:min(len(listed), pickLimit)]
	word := ""
	if s.add != nil {
		word = "「" + text + "」" + s.addWord
	}
	s.results.set(listed, more, word)
	s.shown, s.shownFor = true, s.entry.Text
	SetVisible(s.results, true)
	s.resized()
}

// current reports whether the results listed are those of the text.
func (s *pickSearch) current() bool { return s.shown && s.entry.Text == s.shownFor }

// close takes the results away.
func (s *pickSearch) close() {
	s.waiting = nil
	if !s.shown {
		return
	}
	s.shown = false
	SetVisible(s.results, false)
	s.resized()
}

// empty takes the text and the results away.
func (s *pickSearch) empty() {
	s.typed++
	s.entry.put("")
	s.close()
}

func (s *pickSearch) resized() {
	s.Refresh()
	s.grown()
}

// key uses the keys that act on the results.
func (s *pickSearch) key(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyReturn, fyne.KeyEnter:
		s.enter()
	case fyne.KeyDown, fyne.KeyUp:
		if !s.shown {
			s.search()
			return true
		}
		s.results.move(map[fyne.KeyName]int{fyne.KeyDown: 1, fyne.KeyUp: -1}[name])
	case fyne.KeyEscape:
		if !s.shown {
			return false
		}
		s.close()
	default:
		return false
	}
	return true
}

// enter chooses the marked result when no text follows; see pickSearch.
func (s *pickSearch) enter() {
	if !s.current() || s.results.length() == 0 {
		return
	}
	typed, marked := s.typed, s.results.marked
	s.waiting = func(stay bool) {
		if typed == s.typed && s.current() {
			s.choose(marked, stay)
		}
	}
	s.after(EnterDelay, func() {
		if typed == s.typed {
			s.settle(true)
		}
	})
}

// settle does what Enter is waiting to do.
func (s *pickSearch) settle(stay bool) {
	if waiting := s.waiting; waiting != nil {
		s.waiting = nil
		waiting(stay)
	}
}

// leave ends the waiting: a composed text would have come before this key.
func (s *pickSearch) leave() { s.settle(false) }

// choose takes a line of the results.
func (s *pickSearch) choose(line int, stay bool) {
	text := s.text()
	picks := s.results.picks
	if line == len(picks) && s.add != nil {
		s.close()
		s.add(text)
		return
	}
	if line < 0 || line >= len(picks) {
		return
	}
	p := picks[line]
	s.empty()
	s.chosen(p, stay)
}

func (s *pickSearch) place(in Room) fyne.Size {
	least := s.entry.MinSize()
	in.Put(s.entry, 0, 0, in.Width, least.Height)
	results := s.results.MinSize().Height
	in.Put(s.results, 0, least.Height+GapCell, in.Width, results)
	if s.shown {
		least.Height += GapCell + results
	}
	return least
}

package search

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/people"
	"renkei/views/ui"
)

// bench is the page with the sample hospital.
type bench struct {
	*Page
	*pagetest.Bench
	book *models.Book
}

func open(t *testing.T, size fyne.Size) *bench {
	t.Helper()
	b := pagetest.NewBench(t, pagetest.SampleApp(t))
	p := New(b.Shell, b.App, people.NewDirectory(b.App))
	b.Show(p, size)
	return &bench{Page: p, Bench: b, book: b.Book()}
}

// looks types a text over the content of the box.
func (b *bench) looks(text string) {
	b.T.Helper()
	require.Equal(b.T, fyne.Focusable(b.box), b.Shell.Canvas().Focused(), "the keyboard stays in the box")
	b.TypeOver(text)
}

func (b *bench) went() page.Target {
	b.T.Helper()
	require.NotEmpty(b.T, b.Shell.Went)
	return b.Shell.Went[len(b.Shell.Went)-1]
}

func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

func TestEverythingIsFoundAndEnterGoesThere(t *testing.T) {
	b := open(t, pagetest.Small)
	assert.Equal(t, "さがす言葉を入力してください", emptyTitle(b))
	admission := b.book.Admissions[len(b.book.Admissions)/2]
	require.True(t, strings.HasPrefix(admission.PatientID, "0"))
	office := b.book.Partners[6]
	meeting, contact, session := b.book.Meetings[3], b.book.Contacts[50], b.book.Sessions[20]
	manager := b.book.CareManagers[0]
	require.Equal(t, "ヤマグチ ミホ", manager.Kana)
	member := b.book.Staff[0]
	for name, c := range map[string]struct{ typed, sheet, key string }{
		"a patient by ID without its zeros":      {strings.TrimLeft(admission.PatientID, "0"), "入院", admission.PatientID + "/"},
		"a care manager by romaji":               {"yamaguchi miho", "介護支援専門員", manager.Code},
		"an office by phone without hyphens":     {digits(office.Phone), "連携先", office.Code},
		"an office by its number in full width":  {widen(office.OfficeNumber), "連携先", office.Code},
		"a meeting by its name":                  {meeting.Name, "会議", ""},
		"a contact by its number":                {contact.Number, "やり取り", contact.Number},
		"a session by its number":                {session.Number, "共同指導", session.Number},
		"a member of the staff by kana and code": {member.Kana + " " + member.Code, "職員", member.Code + "/"},
	} {
		t.Run(name, func(t *testing.T) {
			b.T = t
			b.looks(c.typed)
			i := slices.IndexFunc(b.list.Rows(), func(r Row) bool { return r.To.Sheet == c.sheet && strings.HasPrefix(r.To.Key, c.key) })
			require.GreaterOrEqual(t, i, 0, "%s in %+v", c.typed, b.list.Rows())
			for range i {
				b.Press(fyne.KeyDown)
			}
			b.Press(fyne.KeyReturn)
			assert.Equal(t, page.To(c.sheet, b.went().Key), b.went())
			assert.True(t, strings.HasPrefix(b.went().Key, c.key), b.went())
			assert.Equal(t, page.ToSection(ID, c.typed, ""), b.Place(), "going back finds the same")
		})
	}
	assert.Empty(t, b.Shell.Errors)
}

func widen(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '０'
		}
		return r
	}, text)
}

func emptyTitle(b *bench) string {
	for _, o := range test.WidgetRenderer(b.list).Objects() {
		if e, ok := o.(*ui.EmptyState); ok && e.Visible() {
			return e.Title()
		}
	}
	return ""
}

func TestPatientByRomajiLeadsToTheNewestAdmission(t *testing.T) {
	b := open(t, pagetest.Small)
	var newest models.Admission
	count := make(map[string]int)
	for _, a := range b.book.Admissions {
		if count[a.PatientID]++; count[a.PatientID] > 1 {
			newest = a
			break
		}
	}
	require.NotEmpty(t, newest.PatientID, "somebody was admitted twice")
	b.looks(newest.PatientID)
	require.NotEmpty(t, b.list.Rows())
	assert.Equal(t, newest.Key().String(), b.list.Rows()[0].To.Key)
	assert.Contains(t, b.list.Rows()[0].Kind, "患者・入院　")
	b.Press(fyne.KeyReturn)
	assert.Equal(t, page.To("入院", newest.Key().String()), b.went())
}

func TestContactsAreFoundByWhatWasSaidTheNewestFirst(t *testing.T) {
	b := open(t, pagetest.Small)
	at := slices.IndexFunc(b.book.Contacts, func(c models.Contact) bool { return len([]rune(c.Body)) > 8 })
	require.GreaterOrEqual(t, at, 0)
	b.looks(string([]rune(b.book.Contacts[at].Body)[:8]))
	var found []string
	for _, r := range b.list.Rows() {
		if r.To.Sheet == "やり取り" && !r.More {
			found = append(found, r.Title[:len("2026-11-22")])
		}
	}
	require.NotEmpty(t, found)
	assert.True(t, slices.IsSortedFunc(found, func(a, b string) int { return strings.Compare(b, a) }), "%v", found)
}

func TestAGroupOpensAndFoldsAtItsLastLine(t *testing.T) {
	b := open(t, pagetest.Small)
	b.looks("a") // many of every kind
	rows := b.list.Rows()
	at := slices.IndexFunc(rows, func(r Row) bool { return r.More })
	require.Equal(t, fewRows, at, "a group shows few")
	b.list.Select(at)
	b.Press(fyne.KeyReturn)
	require.Empty(t, b.Shell.Went)
	require.Greater(t, len(b.list.Rows()), len(rows))
	row, ok := b.list.Selected()
	require.True(t, ok)
	assert.Equal(t, at, row.At, "the first that was not shown before is chosen")
	assert.False(t, row.More)

	last := slices.IndexFunc(b.list.Rows(), func(r Row) bool { return r.More })
	b.list.Select(last)
	b.Press(fyne.KeyReturn)
	assert.Len(t, b.list.Rows(), len(rows))
	seen := make(map[string]bool)
	for _, r := range b.list.Rows() {
		assert.False(t, seen[r.ID()], "twice: %s", r.ID())
		seen[r.ID()] = true
	}
}

func TestWhatWasRegisteredIsFoundAtOnce(t *testing.T) {
	b := open(t, pagetest.Small)
	b.looks("月見坂")
	require.Empty(t, b.list.Rows())
	_, err := b.App.Do(context.Background(), "登録", app.Put(models.Partner{Code: "P900", Name: "月見坂ケアプラン", Kind: models.CareOffice}))
	require.NoError(t, err)
	b.Shell.Changed()
	b.looks("月見坂ケア")
	require.Len(t, b.list.Rows(), 1)
	b.Press(fyne.KeyReturn)
	assert.Equal(t, page.To("連携先", "P900"), b.went())
}

// held is a window whose work waits until the test lets it go on.
type held struct {
	page.Shell
	work []func()
}

func (h *held) Do(work func(context.Context) error, done func(error)) {
	h.work = append(h.work, func() { done(work(context.Background())) })
}

func (h *held) next() {
	work := h.work[0]
	h.work = h.work[1:]
	work()
}

func TestWhatIsInMemoryIsShownBeforeTheRestIsRead(t *testing.T) {
	b := open(t, pagetest.Small)
	shell := &held{Shell: b.Shell}
	b.Page.Shell = shell
	contact := b.book.Contacts[50]
	b.search(contact.Number)
	shell.next()
	assert.Empty(t, b.list.Rows(), "it is the number of a やり取り")
	assert.Equal(t, "読み込み中", emptyTitle(b))
	shell.next()
	require.NotEmpty(t, b.list.Rows())
	row, chosen := b.list.Selected()
	assert.True(t, chosen, "the first is chosen as soon as there is one")
	assert.Equal(t, page.To("やり取り", contact.Number), row.To)

	b.search("a")
	shell.next()
	first := len(b.list.Rows())
	require.Positive(t, first)
	b.list.Select(1)
	b.search("zzz")
	shell.next() // the rest of a, for which nobody waits any more
	assert.Len(t, b.list.Rows(), first)
	shell.next()
	shell.next()
	assert.Equal(t, "「zzz」は見つかりません", emptyTitle(b))
}

func TestWhatIsInMemoryFollowsTheRegister(t *testing.T) {
	b := open(t, pagetest.Small)
	shell := &held{Shell: b.Shell}
	b.Page.Shell = shell
	do := func(step app.Step) {
		before := b.Judged().Revision
		_, err := b.App.Do(context.Background(), "登録", step)
		require.NoError(t, err)
		feed, err := b.App.Since(context.Background(), before)
		require.NoError(t, err)
		b.Page.Changed(feed)
	}
	do(app.New(&models.Contact{On: pagetest.Today, Kind: models.PhoneCall, Partner: b.book.Partners[0].Code}))
	assert.Empty(t, shell.work, "やり取り are not in memory")
	do(app.Put(models.Partner{Code: "P900", Name: "月見坂ケアプラン", Kind: models.CareOffice}))
	require.Len(t, shell.work, 1)
	shell.next()
	assert.Empty(t, b.list.Rows(), "nothing is searched")
	assert.Empty(t, b.Shell.Errors)
}

func TestTheFirstReadingIsSaid(t *testing.T) {
	b := pagetest.NewBench(t, pagetest.SampleApp(t))
	shell := &held{Shell: b.Shell}
	p := New(shell, b.App, people.NewDirectory(b.App))
	b.Show(p, pagetest.Small)
	s := &bench{Page: p, Bench: b}
	assert.Equal(t, "読み込み中", emptyTitle(s))
	shell.next()
	assert.Equal(t, "さがす言葉を入力してください", emptyTitle(s))
}

func TestNothingFoundSaysWhatToTry(t *testing.T) {
	b := open(t, pagetest.Small)
	b.looks("どこにもない言葉")
	assert.Equal(t, "「どこにもない言葉」は見つかりません", emptyTitle(b))
	b.Press(fyne.KeyReturn)
	assert.Empty(t, b.Shell.Went)
	b.Press(fyne.KeyEscape)
	assert.Equal(t, "さがす言葉を入力してください", emptyTitle(b), "Escape empties the box")
}

func TestComingBackSelectsWhatWasTyped(t *testing.T) {
	b := open(t, pagetest.Small)
	b.Open(page.ToSection(ID, "yamada", ""))
	assert.Equal(t, "yamada", b.box.Text)
	b.Shown()
	b.box.TypedRune('x')
	assert.Equal(t, "x", b.box.Text)
}

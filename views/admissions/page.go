// Package admissions is the page 入院: the list of admissions, the page of one
// with the verdict of the whole admission and what is to be done, and the forms
// for admissions and 共同指導.
package admissions

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/ui"
	"renkei/views/verdict"
)

// Desk is what the page asks of the use cases.
type Desk interface{ page.Register }

// Page is the page 入院. Its keys are 患者ID/入院日 for an admission, a 指導番号
// for the session on the page of its admission, 「edit:指導番号」 and
// 「new:患者ID/入院日」 for the form of a session.
type Page struct {
	page.Identity

	shell page.Shell
	desk  Desk

	snap    *snapshot // nil until it has been read
	loads   page.Latest
	filters page.Latest
	wanted  string // a key to open once the register has been read

	// The list.
	filter              Filter
	list                *ui.Register[*Row]
	search              *ui.SearchBox
	stayBox, wardBox    *ui.Select
	staffBox, resultBox *ui.Select
	missingBox          *ui.Select
	totals, shownSum    *ui.Caption
	filling             bool // rows are being put into the list

	// The page of an admission.
	key     models.AdmissionKey // shown
	session string              // 指導番号 whose conditions are shown
	all     bool                // all conditions are shown
	record  *ui.Page
	panel   *panel
	opened  bool // the record takes the place of the list where there is no room for both
	split   *ui.MasterDetail

	// A form over both.
	form    openForm // nil when there is none
	formBox *fyne.Container
	content *fyne.Container
}

var (
	_ page.Page   = (*Page)(nil)
	_ page.Opener = (*Page)(nil)
	_ page.Maker  = (*Page)(nil)
	_ page.Saver  = (*Page)(nil)
	_ page.Keeper = (*Page)(nil)
	_ page.Placed = (*Page)(nil)
)

// wideWidth is the width of the content from which the list and the page of an
// admission stand beside each other. The page needs a whole window of 1366
// pixels to itself; it is no panel beside a list.
const wideWidth = 1480

// New returns the page.
func New(shell page.Shell, desk Desk) *Page {
	p := &Page{Identity: page.Identity{Name: "admissions", Word: "入院", Sign: theme.LoginIcon()}, shell: shell, desk: desk}
	p.Buttons = []*ui.Button{ui.NewPrimaryButton("入院を登録", theme.ContentAddIcon(), p.newAdmission)}
	return p
}

// Build makes the content.
func (p *Page) Build() fyne.CanvasObject {
	p.record = ui.NewPage()
	p.split = ui.NewMasterDetail(p.buildList(), p.record, 0.442)
	p.split.Wide, p.split.ListYields, p.split.NoBack = wideWidth, true, true
	p.split.OnRelaid = p.showRecord
	p.formBox = container.NewStack()
	p.formBox.Hide()
	p.content = container.NewStack(canvas.NewRectangle(ui.Ground), p.split, p.formBox)
	p.showRecord()
	return p.content
}

// Shown reads the register when it has not been read, and gives the keyboard to
// where the work is.
func (p *Page) Shown() {
	if p.snap == nil || p.snap.today != p.shell.Today() {
		p.Changed()
	}
	p.focus()
}

func (p *Page) focus() {
	switch {
	case p.form != nil:
		p.form.form().FocusFirst()
	case !p.split.ShowsList():
		p.focusRecord()
	default:
		p.shell.Canvas().Focus(p.list)
	}
}

// focusRecord gives the keyboard to the session whose conditions are shown.
func (p *Page) focusRecord() {
	if p.panel == nil {
		return
	}
	if line := p.panel.lines[p.session]; line != nil {
		p.shell.Canvas().Focus(line)
		return
	}
	p.shell.Canvas().Focus(p.panel.first)
}

// Find goes to the search box of the list.
func (p *Page) Find() {
	if p.form != nil {
		return
	}
	p.closeRecord()
	p.shell.Canvas().Focus(p.search)
}

// Changed reads the register anew.
func (p *Page) Changed() {
	today := p.shell.Today()
	page.Ask(p.shell, &p.loads, "入院の表示", func(ctx context.Context) (*snapshot, error) {
		judged, err := p.desk.Judged(ctx)
		if err != nil {
			return nil, err
		}
		return newSnapshot(judged, today), nil
	}, p.received)
}

func (p *Page) received(snap *snapshot) {
	p.snap = snap
	p.showFilters()
	p.apply()
	if p.form != nil {
		p.form.refresh(snap)
	}
	if key := p.wanted; key != "" {
		p.wanted = ""
		p.Open(key)
		return
	}
	p.showRecord()
}

// Open shows what a key names; see Page.
func (p *Page) Open(key string) {
	if p.snap == nil {
		p.wanted = key
		return
	}
	key, field := page.CutField(key)
	switch {
	case strings.HasPrefix(key, "new:"):
		if adm, ok := parseKey(strings.TrimPrefix(key, "new:")); ok {
			p.newSessionOf(adm)
			return
		}
	case strings.HasPrefix(key, "edit:"):
		if v := p.snap.verdict(strings.TrimPrefix(key, "edit:")); v != nil {
			p.editSession(v.Session.Number)
			p.focusOn(field)
			return
		}
	case strings.HasPrefix(key, "admission:"):
		if p.openForm(strings.TrimPrefix(key, "admission:"), p.editAdmission) {
			p.focusOn(field)
			return
		}
	case strings.HasPrefix(key, "stays:"):
		if p.openForm(strings.TrimPrefix(key, "stays:"), p.editStays) {
			return
		}
	default:
		if adm, ok := parseKey(key); ok && p.snap.find(adm) != nil {
			p.openAdmission(adm, "")
			return
		}
		if v := p.snap.verdict(key); v != nil && p.snap.find(v.Session.Key()) != nil {
			p.openAdmission(v.Session.Key(), key)
			return
		} else if v != nil {
			p.editSession(key) // its admission is not registered
			return
		}
	}
	p.shell.Say(ui.Attention, "『"+key+"』の記録が見つかりません。消されたか、まだ登録されていません。")
}

// openForm opens a form of the admission with that key; false when there is none.
func (p *Page) openForm(key string, form func()) bool {
	adm, ok := parseKey(key)
	if !ok || p.snap.find(adm) == nil {
		return false
	}
	p.openAdmission(adm, "")
	form()
	return true
}

// focusOn puts the cursor into a field of the form that is open.
func (p *Page) focusOn(field string) {
	if p.form != nil {
		p.form.form().FocusOn(field)
	}
}

// parseKey reads 患者ID/入院日.
func parseKey(key string) (models.AdmissionKey, bool) {
	at := strings.LastIndex(key, "/")
	if at < 0 {
		return models.AdmissionKey{}, false
	}
	on, err := models.ParseDate(key[at+1:])
	return models.AdmissionKey{PatientID: key[:at], AdmittedOn: on}, err == nil && on != 0
}

// openAdmission shows an admission with the conditions of a session, "" for the
// latest. What is shown already stays as it is, scrolled where it was.
func (p *Page) openAdmission(key models.AdmissionKey, session string) {
	p.closeForm()
	p.key, p.session, p.opened = key, session, true
	p.split.Open()
	p.list.SelectKey(key.String())
	if p.panel == nil || !p.panel.shows(p.snap, key, session) {
		p.showRecord()
	}
	p.focusRecord()
}

// closeRecord shows the list where there is no room for both.
func (p *Page) closeRecord() {
	p.opened = false
	p.split.Close()
	p.showRecord()
}

// showRecord fills the page of the admission.
func (p *Page) showRecord() {
	var r *record
	if p.snap != nil {
		r = p.snap.find(p.key)
	}
	if r == nil {
		p.panel = nil
		p.record.Set(ui.NewParagraph("一覧で選んだ入院の判定と、次にすることが、ここに出ます。", ui.Quiet))
		return
	}
	var back func()
	if p.split.Narrow() {
		back = func() { p.closeRecord(); p.focus() }
	}
	var remove func()
	if len(r.own) == 0 {
		remove = func() { p.removeAdmission(r) }
	}
	p.panel = newPanel(describe(r, p.snap.judged.Rules), panelActions{
		remove: remove,
		back:   back, session: func() { p.newSessionOf(p.key) }, edit: p.editAdmission, transfer: p.transfer, stays: p.editStays,
		choose: p.choose, open: p.editSession, do: p.take, shortcut: p.shell.Shortcut,
		goTo: func(key models.AdmissionKey) { p.openAdmission(key, "") },
		all:  func() { p.all = !p.all; p.choose(p.session) },
		table: func(lines []ui.Condition) *ui.Conditions {
			return page.NewConditions(p.shell, verdict.Relink(lines, p.elsewhere()), p.record, back)
		},
	})
	p.panel.of = p.snap
	objects := p.panel.objects()
	p.session = chosenSession(r, p.session)
	p.panel.choose(p.snap.verdict(p.session), p.snap.today, p.all)
	p.record.Set(objects...)
}

// elsewhere says where the evidence leads that the page itself shows: the
// session to its form, the admission nowhere.
func (p *Page) elsewhere() map[string]string {
	return map[string]string{
		page.Link("入院", p.key.String()): "",
		page.Link("共同指導", p.session):    page.Link("入院", "edit:"+p.session),
	}
}

// chosenSession keeps the session asked for when the admission has it; else it
// is the first that needs something done, else the latest.
func chosenSession(r *record, wanted string) string {
	if slices.ContainsFunc(r.chain, func(v *fee.Verdict) bool { return v.Session.Number == wanted }) {
		return wanted
	}
	for _, v := range r.own {
		if v.NeedsAction() {
			return v.Session.Number
		}
	}
	if n := len(r.own); n > 0 {
		return r.own[n-1].Session.Number
	}
	if n := len(r.chain); n > 0 {
		return r.chain[n-1].Session.Number
	}
	return ""
}

// choose shows the conditions of a session.
func (p *Page) choose(number string) {
	p.session = number
	p.panel.choose(p.snap.verdict(number), p.snap.today, p.all)
	p.record.Refresh()
}

// New begins a session of the admission shown, else an admission (Ctrl+N).
func (p *Page) New() {
	switch {
	case p.form != nil || p.snap == nil:
	case !p.split.ShowsList() && p.panel != nil:
		p.newSessionOf(p.key)
	default:
		p.newAdmission()
	}
}

// Save saves the form (Ctrl+S).
func (p *Page) Save() {
	if p.form != nil {
		p.form.save()
	}
}

// Unsaved says what leaving would lose.
func (p *Page) Unsaved() string {
	if p.form == nil || !p.form.form().Dirty() {
		return ""
	}
	return p.form.what() + "の入力が保存されていません。"
}

// KeepTyping keeps what is typed as a draft.
func (p *Page) KeepTyping() error {
	if p.form == nil {
		return nil
	}
	return p.form.form().KeepDraft()
}

// Place names what is shown: of an admission with sessions the one whose
// conditions are.
func (p *Page) Place() string {
	switch {
	case p.form != nil:
		return p.form.place()
	case p.panel != nil && (p.opened || !p.split.Narrow()):
		if v := p.snap.verdict(p.session); v != nil && v.Session.Key() == p.key {
			return p.session
		}
		return p.key.String()
	}
	return ""
}

// showForm puts a form over the list and the record.
func (p *Page) showForm(f openForm) {
	p.closeForm()
	p.form = f
	p.formBox.Objects = []fyne.CanvasObject{f.object()}
	p.formBox.Show()
	p.formBox.Refresh()
	p.split.Hide()
	// The form scrolls to its first field by its size.
	f.object().Resize(p.content.Size())
	f.form().FocusFirst()
}

// closeForm takes the form away; what is typed stays as a draft.
func (p *Page) closeForm() {
	if p.form == nil {
		return
	}
	page.KeepDraft(p.shell, p.form.form())
	p.form = nil
	p.formBox.Objects = nil
	p.formBox.Hide()
	p.split.Show()
}

// cancelForm leaves a form and goes back to what was shown before.
func (p *Page) cancelForm() {
	p.closeForm()
	p.focus()
}

// saved closes a form that was saved and shows its admission. The page is read
// anew by Changed right after.
func (p *Page) saved(key models.AdmissionKey, session string) {
	p.closeForm()
	p.key, p.opened = key, true
	if session != "" {
		p.session = session
	}
	p.split.Open()
	p.wanted = key.String()
	if session != "" {
		p.wanted = session
	}
}

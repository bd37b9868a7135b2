package admissions

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
	"renkei/views/verdict"
)

// Page is the page 入院. A 共同指導 is shown on the page of its admission. A form
// stands in the place of the list too.
type Page struct {
	page.Identity
	page.Records[*Row]

	answer
	filters  page.Latest // of the rows chosen in the background
	filter   Filter
	selected string // key of the row in the list to select once another stay is read

	directory *people.Directory
	known     *people.Known // nil until it is read
	knowing   page.Latest
	visit     visit
	filling   bool // the list is being filled

	stayBox, wardBox, staffBox, resultBox, missingBox *ui.Select

	// The page of an admission.
	key     models.AdmissionKey // described
	session string              // 指導番号 whose conditions are shown
	all     bool                // all conditions are shown
	panel   *panel
	live    *liveSession // beside the form of a session, the last one opened
}

var _ page.Maker = (*Page)(nil)

// New returns the page.
func New(shell page.Shell, desk page.Desk, directory *people.Directory) *Page {
	p := &Page{Identity: page.Identity{Name: "admissions", Word: "入院", Sign: theme.LoginIcon()}, directory: directory}
	p.Buttons = []*ui.Button{ui.NewPrimaryButton("入院を登録", theme.ContentAddIcon(), p.newAdmission)}
	p.Records = page.Records[*Row]{
		Reader: page.Reader{Shell: shell, Reads: "入院の表示", Load: p.load}, Desk: desk,
		Sheet: "入院", Remember: "admissions", ListName: "入院の一覧",
		Columns: columns, Key: func(r *Row) string { return r.id }, Arranged: ui.ListState{Sort: "name"}, Share: 0.442,
		Nothing: "一覧で選んだ入院の判定と、次にすることが、ここに出ます。",
		Empty: page.Empty{
			Title: "入院の登録がまだありません", Begin: ui.NewPrimaryButton("入院を登録", nil, p.newAdmission),
			Text: "「入院を登録」で1件ずつ登録するか、「台帳」の画面でいま使っている台帳を読み込んでください。",
		},
		FilterWords: "入院中・病棟・担当・判定・足りないもの",
		Apply:       p.apply, Counts: p.counts, Clear: p.clearFilters, Describe: p.describe, Enter: func(*Row) { p.focusRecord() },
		At: p.at, Follow: p.follow, Whole: true, Home: p.home, Recorded: p.recorded, Editing: p.endVisit,
	}
	return p
}

// wideWidth is the width of the content from which the list and the page of an
// admission stand beside each other. The page needs a whole window of 1366
// pixels to itself; it is no panel beside a list.
const wideWidth = 1480

// Build makes the content.
func (p *Page) Build() fyne.CanvasObject {
	content := p.BuildRecords(p.filterBar())
	p.Split.Wide, p.Split.ListYields, p.Split.NoBack = wideWidth, true, true
	p.showFilters()
	return content
}

// Shown reads the register again when a day has passed.
func (p *Page) Shown() {
	if p.snap != nil && p.snap.today != p.Shell.Today() {
		p.Reload()
	}
	p.Records.Shown()
}

// home gives the keyboard to the list, or to the record in its place.
func (p *Page) home() {
	if p.Split.ShowsList() {
		p.FocusList()
		return
	}
	p.focusRecord()
}

// focusRecord gives the keyboard to the session whose conditions are shown.
func (p *Page) focusRecord() {
	if p.panel == nil {
		return
	}
	if line := p.panel.lines[p.session]; line != nil {
		p.Shell.Canvas().Focus(line)
		return
	}
	p.Shell.Canvas().Focus(p.panel.first)
}

// openAdmission shows an admission with the conditions of a session, "" for the
// one that chosenSession takes. False when there is no such admission.
func (p *Page) openAdmission(key models.AdmissionKey, session string) bool {
	if p.find(key) == nil {
		return false
	}
	p.key, p.session = key, session
	p.ShowKey(key.String())
	p.focusRecord()
	return true
}

// describe is the page of an admission.
func (p *Page) describe(row *Row) []fyne.CanvasObject {
	if p.visiting(row) {
		return []fyne.CanvasObject{loading()}
	}
	if row.Key != p.key {
		p.key, p.session = row.Key, ""
	}
	r := p.find(row.Key)
	var back, remove func()
	if p.Split.Narrow() {
		back = p.BackToList
	}
	if len(r.own) == 0 {
		remove = func() { p.removeAdmission(r) }
	}
	p.panel = newPanel(describe(r, p.snap.judged.Rules), panelActions{
		remove: remove,
		back:   back, session: func() { p.newSessionOf(p.key) }, edit: p.editAdmission, transfer: p.transfer, stays: p.editStays,
		choose: p.choose, open: p.editSession, do: p.take, shortcut: p.Shell.Shortcut,
		goTo: func(key models.AdmissionKey) { p.openAdmission(key, "") },
		all:  func() { p.all = !p.all; p.choose(p.session) },
		table: func(lines []ui.Condition) *ui.Conditions {
			return page.NewConditions(p.Shell, verdict.Relink(lines, p.elsewhere()), p.Detail, back)
		},
	})
	objects := p.panel.objects()
	p.session = chosenSession(r, p.session)
	p.panel.choose(p.verdict(p.session), p.snap.today, p.all)
	return objects
}

// elsewhere says where the evidence leads that the page itself shows: the
// session to its form, the admission nowhere.
func (p *Page) elsewhere() map[page.Target]page.Target {
	return map[page.Target]page.Target{
		page.To("入院", p.key.String()): {},
		page.To("共同指導", p.session):    page.ToEdit("共同指導", p.session, ""),
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
	p.panel.choose(p.verdict(number), p.snap.today, p.all)
	p.Detail.Refresh()
}

// New begins a session of the admission shown, else an admission (Ctrl+N).
func (p *Page) New() {
	switch {
	case p.snap == nil || p.Editor() != nil:
	case p.Split.ShowsList():
		p.newAdmission()
	case p.panel != nil: // else the record is being read
		p.newSessionOf(p.key)
	}
}

// at names what is shown: of an admission with sessions the one whose
// conditions are.
func (p *Page) at(row *Row) page.Target {
	if v := p.verdict(p.session); v != nil && v.Session.Key() == row.Key {
		return page.To("共同指導", p.session)
	}
	return page.To("入院", row.Key.String())
}

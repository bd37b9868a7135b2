package admissions

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
	"renkei/views/verdict"
	"renkei/views/words"
)

// sessionForm enters a 共同指導, with the verdict it would get beside it.
type sessionForm struct {
	formParts
	base  models.JointGuidance // as recorded, or as a new one begins
	isNew bool
	title string

	on, screenConsent, noted, asked, received *ui.DateField
	way, content, standing, copyKind, claim   *ui.ChoiceField
	order, joined, shared, multi              *ui.MarkField
	staff                                     *ui.MultiPicker
	cm                                        *ui.Picker
	body                                      *ui.MemoField

	live   *ui.Page
	view   liveView
	checks page.Latest
}

// checkDelay is the pause after the last change before the verdict is worked
// out anew.
const checkDelay = 300 * time.Millisecond

const staffKey = "admissions.staff" // 職員コード of the last entry, for the next

// newSessionOf begins a session of an admission.
func (p *Page) newSessionOf(key models.AdmissionKey) {
	if p.snap == nil {
		return
	}
	r := p.snap.find(key)
	if r == nil {
		p.shell.Say(ui.Attention, "先に入院を選ぶか、登録してください。")
		return
	}
	p.key = key
	p.leaveForm(func() { p.showForm(newSessionForm(p, p.newSession(r), true)) })
}

// editSession opens a recorded session.
func (p *Page) editSession(number string) {
	v := p.snap.verdict(number)
	if v == nil {
		return
	}
	p.key, p.session = v.Session.Key(), number
	p.leaveForm(func() { p.showForm(newSessionForm(p, v.Session, false)) })
}

// leaveForm goes on; what is typed in a form that is open stays as a draft.
func (p *Page) leaveForm(then func()) {
	p.closeForm()
	then()
}

// newSession is how a new session of an admission begins: today, by the staff
// of the last entry, with the care manager in charge, the patient present.
func (p *Page) newSession(r *record) models.JointGuidance {
	g := models.JointGuidance{
		Number: page.NotYet, PatientID: r.adm.PatientID, AdmittedOn: r.adm.AdmittedOn,
		Way: models.InPerson, Content: "初回", Staff: p.lastStaff(), PatientJoined: models.Yes,
	}
	if today := p.shell.Today(); today >= r.adm.AdmittedOn && r.inHospital() {
		g.On = today
	}
	if len(r.chain) > 0 {
		g.Content = "2回目"
	}
	if r.careManager() != nil {
		g.CareManager, g.Standing = r.adm.CareManager, models.PriorCareManager
	}
	return g
}

// lastStaff is who held the session entered last, of those who work here today.
func (p *Page) lastStaff() []string {
	codes := strings.FieldsFunc(p.shell.Remember(staffKey), func(r rune) bool { return r == ';' })
	if len(codes) == 0 {
		if verdicts := p.snap.judged.Verdicts; len(verdicts) > 0 {
			codes = verdicts[len(verdicts)-1].Session.Staff
		}
	}
	var here []string
	for _, code := range codes {
		if len(p.snap.judged.Facts.StaffOn(code, p.shell.Today())) > 0 {
			here = append(here, code)
		}
	}
	return here
}

func newSessionForm(p *Page, g models.JointGuidance, isNew bool) *sessionForm {
	s := &sessionForm{formParts: formParts{p: p}, base: g, isNew: isNew, live: ui.NewPage()}
	draft := "sessions/" + g.Number
	word := "共同指導を直す（" + g.Number + "）"
	if isNew {
		draft, word = "sessions/new:"+g.Key().String(), "共同指導を記録"
	}
	s.title = word
	s.begin(draft, !isNew, s.save)
	s.fields()
	s.fill(g)
	s.rows()
	s.f.Restore()
	s.box = container.NewBorder(s.head(), nil, nil, nil, newBeside(s.f.Object(), s.live))
	s.showScreen()
	s.check()
	return s
}

func (s *sessionForm) head() fyne.CanvasObject {
	who := s.base.PatientID
	if r := s.p.snap.find(s.base.Key()); r != nil {
		d := describe(r, s.p.snap.judged.Rules)
		who = words.Joined("  ", append([]string{d.Who}, d.About...)...)
	}
	return ui.NewBar(ui.FieldHeight+ui.GapCell,
		ui.Fixed(ui.NewCaption(s.title, ui.Style{Bold: true, Size: ui.SubHeadingSize}), 0), ui.Growing(ui.NewCaption(who, ui.Plain), 120))
}

func (s *sessionForm) fields() {
	today := s.p.shell.Today
	date := func() *ui.DateField { return ui.NewDateField(today) }
	s.on, s.screenConsent, s.noted, s.asked, s.received = date(), date(), date(), date(), date()
	s.way = ui.NewChoiceField(ui.ChoicesOf(models.GuidanceWays)...)
	s.content = ui.NewChoiceField(ui.ChoicesOf(models.GuidanceContents)...)
	s.standing = ui.NewChoiceField(ui.ChoicesOf(models.Standings)...)
	s.copyKind = ui.NewChoiceField(ui.ChoicesOf(models.PlanCopyKinds)...)
	s.claim = ui.NewChoiceField(ui.Choice{Value: string(models.ClaimFee2), Label: "2（指導料2）"}, ui.Choice{Value: string(models.ClaimFee1), Label: "1（指導料1）"},
		ui.Choice{Value: string(models.ClaimLegacy), Label: "旧（令和8年5月以前）"}, ui.Choice{Value: string(models.ClaimNone), Label: "なし（算定しない）"})
	s.order, s.joined = ui.NewMarkField("あり", "なし"), ui.NewMarkField("参加", "不参加")
	s.shared, s.multi = ui.NewMarkField("した", "していない"), ui.NewMarkField("算定", "なし")
	s.staff = ui.NewMultiPicker("氏名・カナ・ローマ字でさがす", people.Find(func() *models.Finder { return s.p.snap.staff }))
	s.cm = ui.NewPicker("氏名・事業所・電話でさがす", people.Find(func() *models.Finder { return s.p.snap.careManagers }))
	s.staff.After, s.cm.After = s.p.shell.After, s.p.shell.After
	s.body = ui.NewMemoField("話し合ったこと", 4)
}

func (s *sessionForm) rows() {
	f := s.f
	f.Section("いつ・だれが・だれと")
	f.Add(ui.FormRow{Label: "指導日", Required: true, Field: s.on})
	f.Add(ui.FormRow{Label: "方法", Field: s.way, Width: 150})
	f.Add(ui.FormRow{Label: "内容区分", Field: s.content, Width: 150, SameLine: true})
	f.Add(ui.FormRow{Label: "実施した職員", Name: "職員コード", Field: s.staff})
	f.Add(ui.FormRow{Label: "医師の指示", Field: s.order})
	f.Add(ui.FormRow{Label: "相手のケアマネ", Name: "CMコード", Field: s.cm})
	f.Add(ui.FormRow{Label: "相手の立場", Field: s.standing, Width: 160})
	f.Add(ui.FormRow{Label: "患者の参加", Name: "患者参加", Field: s.joined})
	f.Add(ui.FormRow{Label: "画面共有", Field: s.shared, SameLine: true})
	f.Add(ui.FormRow{Label: "その同意日", Name: "画面共有同意日", Field: s.screenConsent, SameLine: true})
	f.Add(ui.FormRow{Label: "同日の多機関共同指導加算", Name: "同日多機関共同指導加算", Field: s.multi,
		Hint: "退院時共同指導料2（B005）注3の加算のうち、介護支援専門員か相談支援専門員も加わった共同指導で算定したものです。"})
	f.Add(ui.FormRow{Label: "内容", Field: s.body})
	f.Section("書類")
	f.Add(ui.FormRow{Label: "要点記載日", Field: s.noted, Hint: "診療録に指導の要点を書いた日"})
	f.Add(ui.FormRow{Label: "ケアプラン依頼日", Field: s.asked})
	f.Add(ui.FormRow{Label: "写しの受領日", Name: "ケアプラン写し受領日", Field: s.received})
	f.Add(ui.FormRow{Label: "写しの種類", Field: s.copyKind, Width: 150})
	f.Section("算定")
	f.Add(ui.FormRow{Label: "算定区分", Field: s.claim, Width: 200, Hint: "ふだんは「算定」の画面の確定で入ります。算定しないと決めた回は「なし」"})
	for _, field := range []ui.Field{
		s.on, s.way, s.content, s.staff, s.order, s.standing, s.joined, s.shared, s.screenConsent, s.multi,
		s.noted, s.asked, s.received, s.copyKind, s.claim,
	} {
		field.OnChange(s.check)
	}
	s.way.OnChange(s.showScreen)
	s.cm.OnChange(s.partnerChanged)
}

// fill puts a session into the fields.
func (s *sessionForm) fill(g models.JointGuidance) {
	facts := s.p.snap.judged.Facts
	on := g.On
	if on == 0 {
		on = s.p.shell.Today()
	}
	s.on.SetDate(g.On)
	s.way.SetChoice(string(g.Way))
	s.content.SetChoice(string(g.Content))
	var staff []ui.Pick
	for _, code := range g.Staff {
		staff = append(staff, staffPick(facts, code, on))
	}
	s.staff.SetPicks(staff)
	s.order.SetMark(g.DoctorsOrder)
	if g.CareManager != "" {
		s.cm.Pick(careManagerPick(facts, g.CareManager, on))
	}
	s.standing.SetChoice(string(g.Standing))
	s.joined.SetMark(g.PatientJoined)
	s.shared.SetMark(g.ScreenShared)
	s.screenConsent.SetDate(g.ScreenConsent)
	s.multi.SetMark(g.MultiAgency)
	s.body.SetText(g.Body)
	s.noted.SetDate(g.NotedOn)
	s.asked.SetDate(g.PlanAskedOn)
	s.received.SetDate(g.PlanCopyOn)
	s.copyKind.SetChoice(string(g.PlanCopyKind))
	s.claim.SetChoice(string(g.Claim))
}

// session is the record as the fields have it now.
func (s *sessionForm) session() models.JointGuidance {
	g := s.base
	g.On, g.Way, g.Content = s.on.Date(), models.GuidanceWay(s.way.Choice()), models.GuidanceContent(s.content.Choice())
	g.Staff, g.CareManager = pickedCodes(s.staff), pickedCode(s.cm)
	g.DoctorsOrder, g.PatientJoined = s.order.Mark(), s.joined.Mark()
	g.Standing = models.Standing(s.standing.Choice())
	g.ScreenShared, g.ScreenConsent, g.MultiAgency = s.shared.Mark(), s.screenConsent.Date(), s.multi.Mark()
	g.Body = s.body.Text()
	g.NotedOn, g.PlanAskedOn, g.PlanCopyOn = s.noted.Date(), s.asked.Date(), s.received.Date()
	g.PlanCopyKind = models.PlanCopyKind(s.copyKind.Choice())
	if claim := models.Claim(s.claim.Choice()); claim != g.Claim {
		g.Claim = claim
		if !claim.Recorded() {
			g.ClaimMonth = 0
		}
	}
	return g
}

// showScreen asks about the shared screen only for a video call.
func (s *sessionForm) showScreen() {
	video := models.GuidanceWay(s.way.Choice()) == models.ByVideo
	ui.SetVisible(s.shared, video)
	ui.SetVisible(s.screenConsent, video)
	s.f.Object().Refresh()
}

// partnerChanged takes the care manager in charge for the one before the
// admission; of another the standing has to be said.
func (s *sessionForm) partnerChanged() {
	r := s.p.snap.find(s.base.Key())
	code := pickedCode(s.cm)
	inCharge := r != nil && code != "" && code == r.adm.CareManager
	switch standing := models.Standing(s.standing.Choice()); {
	case inCharge && standing == "":
		s.standing.SetChoice(string(models.PriorCareManager))
	case !inCharge && standing == models.PriorCareManager:
		s.standing.SetChoice("")
	}
	s.check()
}

// check works the verdict out anew when the typing pauses.
func (s *sessionForm) check() {
	newest := s.checks.Next()
	s.p.shell.After(checkDelay, func() {
		if newest() {
			s.preview()
		}
	})
}

func (s *sessionForm) preview() {
	snap, draft := s.p.snap, s.session()
	page.Ask(s.p.shell, &s.checks, "判定の下見", func(context.Context) (liveView, error) {
		verdicts := fee.Preview(snap.judged.Facts, snap.judged.Rules, draft)
		return newLiveView(verdicts, draft.Number, snap.judged, snap.today), nil
	}, func(view liveView) {
		s.view = view
		// The session is what the form itself shows.
		lines := verdict.Relink(view.Conditions, map[page.Target]page.Target{page.To("共同指導", s.base.Number): {}})
		table := page.NewConditions(s.p.shell, lines, s.live, s.f.Escape)
		table.OnOpened = s.follow
		s.live.Set(append(livePanel(view, table), s.foot()...)...)
	})
}

// follow opens the record of a link; a field of the form itself gets the cursor.
func (s *sessionForm) follow(link any) {
	to := link.(page.Target)
	if to == page.ToEdit("共同指導", s.base.Number, to.Field) {
		s.f.FocusOn(to.Field)
		return
	}
	s.p.shell.GoTo(to)
}

// foot is the way to take a session out of the register, as long as it has not
// been confirmed.
func (s *sessionForm) foot() []fyne.CanvasObject {
	if s.isNew || s.p.snap.judged.Facts.Book.ConfirmationOf(s.base.Number) != nil {
		return nil
	}
	remove := ui.NewButton("この共同指導を消す", func() {
		page.Save(s.p.shell, s.p.desk, "共同指導 "+s.base.Number+" の取消し", func(err error) {
			if err == nil {
				s.saved(s.base.Key(), "")
			}
		}, app.Remove(s.base))
	})
	remove.OnEscape = s.f.Escape
	return []fyne.CanvasObject{ui.NewRule(), ui.NewBar(ui.FieldHeight, ui.Fixed(remove, 0), ui.Spring())}
}

func (s *sessionForm) what() string { return "共同指導" }

// refresh is called when the register changed: the verdict may be another.
func (s *sessionForm) refresh(*snapshot) { s.check() }

func (s *sessionForm) place() page.Target {
	if s.isNew {
		return page.ToNew("共同指導", s.base.Key().String())
	}
	return page.ToEdit("共同指導", s.base.Number, "")
}

// save checks and saves the session.
func (s *sessionForm) save() {
	g := s.session()
	if s.refused(models.EntryProblems(g, s.base, s.p.shell.Today())) {
		return
	}
	s.saving = true
	what, step := "共同指導 "+g.Number+" の登録", app.Put(g)
	if s.isNew {
		g.Number = ""
		what, step = "共同指導 "+app.Number+" の登録", app.New(&g)
	}
	page.Save(s.p.shell, s.p.desk, what, func(err error) {
		s.formParts.saving = false
		if err != nil {
			return
		}
		s.p.shell.Keep(staffKey, strings.Join(g.Staff, ";"))
		s.saved(g.Key(), g.Number)
	}, step)
}

package admissions

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/form"
	"renkei/views/page"
	"renkei/views/people"
	"renkei/views/ui"
	"renkei/views/verdict"
	"renkei/views/words"
)

// checkDelay is the pause after the last change before the verdict is worked
// out anew.
const checkDelay = 300 * time.Millisecond

const staffKey = "admissions.staff" // 職員コード of the last entry, for the next

// newSessionOf begins a session of an admission.
func (p *Page) newSessionOf(key models.AdmissionKey) {
	if p.snap == nil {
		return
	}
	r := p.find(key)
	if r == nil {
		p.Shell.Say(ui.Attention, "先に入院を選ぶか、登録してください。")
		return
	}
	p.key = key
	p.Begin(func() page.Editor { return p.sessionForm(p.newSession(r)) })
}

// editSession opens a recorded session.
func (p *Page) editSession(number string) {
	v := p.verdict(number)
	if v == nil {
		return
	}
	p.key, p.session = v.Session.Key(), number
	p.Begin(func() page.Editor { return p.sessionForm(v.Session) })
}

// newSession is how a new session of an admission begins: today, by the staff
// of the last entry, with the care manager in charge, the patient present.
func (p *Page) newSession(r *record) models.JointGuidance {
	g := models.JointGuidance{
		Number: page.NotYet, PatientID: r.adm.PatientID, AdmittedOn: r.adm.AdmittedOn,
		Way: models.InPerson, Content: "初回", Staff: p.lastStaff(), PatientJoined: models.Yes,
	}
	if today := p.Shell.Today(); today >= r.adm.AdmittedOn && r.inHospital() {
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
	codes := strings.FieldsFunc(p.Shell.Remember(staffKey), func(r rune) bool { return r == ';' })
	if len(codes) == 0 {
		if verdicts := p.snap.judged.Verdicts; len(verdicts) > 0 {
			codes = verdicts[len(verdicts)-1].Session.Staff
		}
	}
	var here []string
	for _, code := range codes {
		if len(p.snap.judged.Facts.StaffOn(code, p.Shell.Today())) > 0 {
			here = append(here, code)
		}
	}
	return here
}

// liveSession shows beside the form of a session the verdict it would get.
type liveSession struct {
	p      *Page
	f      *page.Form
	g      *models.JointGuidance // as the fields have it
	was    models.JointGuidance
	live   *ui.Detail
	view   liveView
	checks page.Latest
}

// sessionForm enters a 共同指導, with the verdict it would get beside it.
func (p *Page) sessionForm(was models.JointGuidance) *page.Form {
	g, isNew := was, was.Version == 0
	o := page.FormOptions{
		Title: "共同指導を直す（" + was.Number + "）", About: p.who(was), Draft: "sessions/" + was.Number, Recorded: true, Of: app.RefOf(was),
		At:    page.ToEdit("共同指導", was.Number, ""),
		Entry: func() page.Entry { return p.sessionEntry(was, g) },
		Saved: func() { p.Shell.Keep(staffKey, strings.Join(g.Staff, ";")) },
	}
	if isNew {
		o.Title, o.Draft, o.Recorded, o.Of, o.At = "共同指導を記録", "sessions/new:"+was.Key().String(), false, app.RecordRef{}, page.ToNew("共同指導", was.Key().String())
	}
	f := p.NewForm(o)
	standing := form.Choice(&g.Standing, models.Standings).Width(160)
	manager := form.Picked(&g.CareManager, people.CareManagerFinder(p.knows)).Label("相手のケアマネ")
	manager.OnChange(func() {
		f.Read()
		p.putStanding(&g)
		standing.Fill()
	})
	shared := form.Mark(&g.ScreenShared, "した", "していない").SameLine()
	consent := form.Date(&g.ScreenConsent).Label("その同意日").SameLine()
	page.Bind(f, &g,
		form.Section("いつ・だれが・だれと"),
		form.Date(&g.On).Required(),
		form.Choice(&g.Way, models.GuidanceWays).Width(150),
		form.Choice(&g.Content, models.GuidanceContents).Width(150).SameLine(),
		form.PickedAll(&g.Staff, people.StaffFinder(p.knows, func() models.Date { return cmp.Or(was.On, p.Shell.Today()) })).Label("実施した職員"),
		form.Mark(&g.DoctorsOrder, "あり", "なし"),
		manager, standing,
		form.Mark(&g.PatientJoined, "参加", "不参加").Label("患者の参加"),
		shared, consent,
		form.Mark(&g.MultiAgency, "算定", "なし").Label("同日の多機関共同指導加算").
			Hint("退院時共同指導料2（B005）注3の加算のうち、介護支援専門員か相談支援専門員も加わった共同指導で算定したものです。"),
		form.Memo(&g.Body, "話し合ったこと", 4),
		form.Section("書類"),
		form.Date(&g.NotedOn).Hint("診療録に指導の要点を書いた日"),
		form.Date(&g.PlanAskedOn),
		form.Date(&g.PlanCopyOn).Label("写しの受領日"),
		form.Choice(&g.PlanCopyKind, models.PlanCopyKinds).Width(150),
		form.Section("算定"),
		form.ChoiceOf(&g.Claim, claimChoices...).Width(200).Hint("ふだんは「算定」の画面の確定で入ります。算定しないと決めた回は「なし」"),
	)
	s := &liveSession{p: p, f: f, g: &g, was: was, live: ui.NewDetail()}
	p.live = s
	f.Inside(newBeside(f.Form.Object(), s.live))
	f.Watch(func() {
		video := g.Way == models.ByVideo // only then is there a screen to share
		ui.SetVisible(shared.Field, video)
		ui.SetVisible(consent.Field, video)
		f.Form.Object().Refresh()
		s.check()
	})
	return f
}

var claimChoices = []ui.Choice{
	{Value: string(models.ClaimFee2), Label: "2（指導料2）"}, {Value: string(models.ClaimFee1), Label: "1（指導料1）"},
	{Value: string(models.ClaimLegacy), Label: "旧（令和8年5月以前）"}, {Value: string(models.ClaimNone), Label: "なし（算定しない）"},
}

// who names the patient of a session.
func (p *Page) who(g models.JointGuidance) string {
	r := p.find(g.Key())
	if r == nil {
		return g.PatientID
	}
	d := describe(r, p.snap.judged.Rules)
	return words.Joined("  ", append([]string{d.Who}, d.About...)...)
}

// putStanding fills in that the care manager in charge was so before the
// admission. For another care manager the user has to choose.
func (p *Page) putStanding(g *models.JointGuidance) {
	r := p.find(g.Key())
	inCharge := r != nil && g.CareManager != "" && g.CareManager == r.adm.CareManager
	switch {
	case inCharge && g.Standing == "":
		g.Standing = models.PriorCareManager
	case !inCharge && g.Standing == models.PriorCareManager:
		g.Standing = ""
	}
}

// entered is a session as it is saved: a claim taken back has no month.
func entered(was, g models.JointGuidance) models.JointGuidance {
	if g.Claim != was.Claim && !g.Claim.Recorded() {
		g.ClaimMonth = 0
	}
	return g
}

// sessionEntry is what saving a session does.
func (p *Page) sessionEntry(was, g models.JointGuidance) page.Entry {
	saved, of := entered(was, g), "共同指導 "+g.Number+" "
	if was.Version == 0 {
		saved.Number, of = "", "共同指導 "+app.Number+" "
	}
	e := page.EntryOf(of, &saved, was, p.Shell.Today(), nil)
	e.To = func() page.Target { return page.To("共同指導", saved.Number) }
	return e
}

// check works the verdict out anew when the typing pauses.
func (s *liveSession) check() {
	newest := s.checks.Next()
	s.p.Shell.After(checkDelay, func() {
		if newest() {
			s.preview()
		}
	})
}

func (s *liveSession) preview() {
	draft, params, today := entered(s.was, *s.g), s.p.snap.judged.Facts.Params, s.p.snap.today
	draft.Staff = slices.Clone(draft.Staff)
	part := patientPart(draft.PatientID).With(models.Part{Contacts: params.RoutineOf(&draft)})
	page.Ask(s.p.Shell, &s.checks, "判定の下見", func(ctx context.Context) (liveView, error) {
		judged, err := s.p.Desk.Judged(ctx, part)
		if err != nil {
			return liveView{}, err
		}
		verdicts := fee.Preview(judged.Facts, judged.Rules, draft)
		return newLiveView(verdicts, draft.Number, judged, today), nil
	}, func(view liveView) {
		s.view = view
		// The session is what the form itself shows.
		lines := verdict.Relink(view.Conditions, map[page.Target]page.Target{page.To("共同指導", s.was.Number): {}})
		table := page.NewConditions(s.p.Shell, lines, s.live, s.f.Escape)
		table.OnOpened = s.follow
		s.live.Set(append(livePanel(view, table), s.foot()...)...)
	})
}

// follow opens the record of a link; a field of the form itself gets the cursor.
func (s *liveSession) follow(link any) {
	to := link.(page.Target)
	if to == page.ToEdit("共同指導", s.was.Number, to.Field) {
		s.f.FocusOn(to.Field)
		return
	}
	s.p.Shell.GoTo(to)
}

// foot has the button that deletes a session that is not confirmed.
func (s *liveSession) foot() []fyne.CanvasObject {
	if s.was.Version == 0 || s.p.with(s.was.Number).judged.Facts.Book.ConfirmationOf(s.was.Number) != nil {
		return nil
	}
	remove := ui.NewButton("この共同指導を消す", func() {
		page.Save(s.p.Shell, s.p.Desk, "共同指導 "+s.was.Number+" の取消し", func(err error) {
			if err == nil {
				s.f.Clean()
				s.p.Leave()
			}
		}, app.Remove(s.was))
	})
	remove.OnEscape = s.f.Escape
	return []fyne.CanvasObject{ui.NewRule(), ui.NewBar(ui.FieldHeight, ui.Fixed(remove, 0), ui.Spring())}
}

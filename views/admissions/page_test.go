package admissions

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/models/fee"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/people"
	"renkei/views/ui"
	"renkei/views/words"
)

func (p *place) judged(t *testing.T) *snapshot {
	t.Helper()
	return newSnapshot(p.Judged(), p.Shell.On, Every)
}

// row returns the first row of the sample hospital a test asks for.
func (p *place) row(t *testing.T, of func(*record, *Row) bool) *Row {
	t.Helper()
	for _, row := range p.judged(t).rows {
		if of(p.judged(t).find(row.Key), row) {
			return row
		}
	}
	require.Fail(t, "the sample hospital has no such admission")
	return nil
}

func TestTheList(t *testing.T) {
	p := open(t, pagetest.Small)
	t.Run("shows those in hospital with the figures at the foot", func(t *testing.T) {
		here, points := map[models.AdmissionKey]fee.Result{}, 0
		for _, a := range p.Book().Admissions {
			if a.AdmittedOn <= 2026_11_22 && (a.DischargedOn == 0 || a.DischargedOn >= 2026_11_22) {
				here[a.Key()] = ""
			}
		}
		for _, v := range p.Judged().Verdicts {
			if best, ok := here[v.Session.Key()]; ok {
				points += v.Points
				if best == "" || slices.Index(fee.Results, v.Result) < slices.Index(fee.Results, best) {
					here[v.Session.Key()] = v.Result
				}
			}
		}
		require.Len(t, p.List.Rows(), len(here))
		want, lacking := fmt.Sprintf("入院 %d件", len(here)), 0
		for _, row := range p.List.Rows() {
			assert.Contains(t, here, row.Key)
			if row.MissingWords != "" {
				lacking++
			}
		}
		for _, result := range fee.Results {
			n := 0
			for _, of := range here {
				if of == result {
					n++
				}
			}
			if n > 0 {
				want += fmt.Sprintf(" ・ %s %d件", result, n)
			}
		}
		require.Positive(t, lacking)
		said := strings.Split(pagetest.Texts(p.Shell.Window.Content()), "\n")
		assert.Contains(t, said, want+fmt.Sprintf(" ・ 足りないもの %d件 ・ 合計 %s", lacking, words.Points(points)))
		assert.Contains(t, said, "全 427件")
	})
	t.Run("Enter opens the page in place of the list, Escape comes back", func(t *testing.T) {
		p.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		row, _ := p.List.Selected()
		p.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		assert.Equal(t, page.To("入院", row.Key.String()), p.Place())
		assert.False(t, p.Split.ShowsList())
		assert.Contains(t, pagetest.Texts(p.Detail), row.Name)
		p.Press(fyne.KeyEscape)
		assert.True(t, p.Split.ShowsList())
		assert.Equal(t, page.ToPage("admissions"), p.Place())
		back, _ := p.List.Selected()
		assert.Equal(t, row.Key, back.Key, "the list stands where it was")
	})
	t.Run("an admission that the filter leaves out opens all the same", func(t *testing.T) {
		row := p.row(t, func(_ *record, row *Row) bool { return row.Shown != Here })
		p.Open(page.To("入院", row.Key.String()))
		p.Changed(app.Feed{Many: true})
		assert.Equal(t, row.Key, p.key)
		assert.Contains(t, pagetest.Texts(p.Detail), row.Name)
	})
	t.Run("filters are remembered", func(t *testing.T) {
		p.wardBox.Choose("3東病棟")
		p.missingBox.Choose(AnyMissing)
		for _, row := range p.List.Rows() {
			assert.Equal(t, "3東病棟", row.Ward)
			assert.NotEmpty(t, row.Missing)
		}
		again := New(p.Shell, p.App, people.NewDirectory(p.App))
		again.Build()
		assert.Equal(t, Filter{Ward: "3東病棟", Missing: AnyMissing}, again.filter)
	})
	t.Run("a search without a hit offers to look among all", func(t *testing.T) {
		row := p.row(t, func(_ *record, row *Row) bool { return row.Shown != Here })
		p.Find()
		test.Type(p.Search, strings.TrimLeft(row.PatientID, "0"))
		assert.Empty(t, p.List.Rows())
		p.Shell.Window.Resize(pagetest.Small) // lays out what the list now says
		p.searchAll()
		assert.Contains(t, p.List.Rows(), row)
	})
}

func TestAVeryWideWindow(t *testing.T) {
	p := open(t, pagetest.Large)
	assert.True(t, p.Split.ShowsList())
	assert.True(t, p.Split.ShowsDetail())
	p.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	row, _ := p.List.Selected()
	assert.Contains(t, pagetest.Texts(p.Detail), row.Name, "the page follows the list")
	p.Shell.Window.Resize(pagetest.Small)
	assert.False(t, p.Split.ShowsDetail())
}

func TestKeys(t *testing.T) {
	p := open(t, pagetest.Small)
	v := p.judged(t).judged.Verdicts[40]
	t.Run("a session is shown on the page of its admission", func(t *testing.T) {
		p.Open(page.To("共同指導", v.Session.Number))
		assert.Equal(t, v.Session.Key(), p.key)
		assert.Equal(t, v.Session.Number, p.panel.chosen)
	})
	t.Run("a session to correct", func(t *testing.T) {
		p.Open(page.ToEdit("共同指導", v.Session.Number, ""))
		require.IsType(t, &page.Form{}, p.Editor())
		assert.Equal(t, page.ToEdit("共同指導", v.Session.Number, ""), p.Place())
	})
	t.Run("a field of a form has the cursor", func(t *testing.T) {
		for to, want := range map[page.Target]string{
			page.ToEdit("共同指導", v.Session.Number, "医師の指示"):     "医師の指示",
			page.ToEdit("入院", v.Session.Key().String(), "同意日"): "同意日",
			page.ToEdit("入院", v.Session.Key().String(), "退院日"): "退院日",
		} {
			p.Open(to)
			assert.Contains(t, p.Cursor(), want, to)
		}
		p.Open(page.To("病棟履歴", v.Session.Key().String()))
		require.NotNil(t, p.form().Field("開始日1"))
	})
	t.Run("a new session of an admission", func(t *testing.T) {
		p.Open(page.ToNew("共同指導", v.Session.Key().String()))
		assert.Equal(t, page.ToNew("共同指導", v.Session.Key().String()), p.Place())
	})
	t.Run("a key of nothing says so", func(t *testing.T) {
		for _, to := range []page.Target{
			page.To("入院", "0/2026-01-01"), page.To("共同指導", "G9999"), page.ToEdit("共同指導", "G9999", ""), page.ToEdit("入院", "0/2026-01-01", ""),
			page.To("病棟履歴", "0/2026-01-01"), page.To("入院", "なし"), page.ToNew("共同指導", "なし"),
		} {
			p.Shell.Said = nil
			p.Open(to)
			require.Len(t, p.Shell.Said, 1, to)
			assert.Contains(t, p.Shell.Said[0], "見つかりません")
		}
	})
	t.Run("a key asked for before the register was read waits for it", func(t *testing.T) {
		late := New(p.Shell, p.App, people.NewDirectory(p.App))
		late.Build()
		late.Open(page.To("共同指導", v.Session.Number))
		late.Changed(app.Feed{Many: true})
		assert.Equal(t, v.Session.Key(), late.key)
	})
}

func TestTakingTasks(t *testing.T) {
	p := open(t, pagetest.Small)
	row := p.row(t, func(r *record, row *Row) bool {
		return row.Shown == Here && len(r.own) == 1 && r.own[0].Warned("W2") && !r.own[0].Warned("W1") && r.own[0].Session.PlanAskedOn != 0
	})
	p.Open(page.To("入院", row.Key.String()))
	number := p.judged(t).find(row.Key).own[0].Session.Number
	before := p.judged(t).verdict(number)
	require.False(t, before.Confirmable())
	require.Contains(t, pagetest.Texts(p.Detail), "ケアプラン写しの受領")

	test.Tap(pagetest.Button(t, p.Detail, "受け取った"))
	require.Empty(t, p.Shell.Errors)
	after := p.judged(t).verdict(number)
	assert.Equal(t, p.Shell.On, after.Session.PlanCopyOn, "today")
	assert.True(t, after.Confirmable())
	assert.NotContains(t, pagetest.Texts(p.Detail), "ケアプラン写しの受領", "the page shows it is done")
	assert.Equal(t, []string{number + " の" + "ケアプラン写し受領日（11/22）の登録をしました"}, p.Shell.Said)

	p.Shell.Undo()
	assert.Zero(t, p.judged(t).verdict(number).Session.PlanCopyOn)
	assert.Contains(t, pagetest.Texts(p.Detail), "ケアプラン写しの受領")
}

func TestEveryDateOfATask(t *testing.T) {
	p := open(t, pagetest.Small)
	row := p.row(t, func(r *record, row *Row) bool {
		return row.Shown == Here && len(r.own) > 0 && r.adm.InformedOn == 0 && r.adm.NoticedOn == 0
	})
	p.Open(page.To("入院", row.Key.String()))
	number := p.judged(t).find(row.Key).own[0].Session.Number
	for _, do := range []act{setInformed, setNoticed, setConsented} {
		p.take(step{Do: do})
	}
	for _, do := range []act{setNoted, setAsked, setReceived} {
		p.take(step{Do: do, Key: number})
	}
	require.Empty(t, p.Shell.Errors)
	snap := p.judged(t)
	adm, session := snap.find(row.Key).adm, snap.verdict(number).Session
	for _, on := range []models.Date{adm.InformedOn, adm.NoticedOn, adm.ConsentedOn, session.NotedOn, session.PlanAskedOn, session.PlanCopyOn} {
		assert.Equal(t, p.Shell.On, on)
	}
	t.Run("what is done elsewhere leads there", func(t *testing.T) {
		want := []page.Target{page.To("介護支援専門員", "C001"), page.ToEdit("病棟", "3E", "届出"), page.To("算定", number)}
		for _, to := range want {
			p.take(step{To: to})
		}
		assert.Equal(t, want, p.Shell.Went)
	})
}

// typed types a text rune by rune to whatever has the keyboard by then.
func (p *place) typed(first fyne.Focusable, text string) {
	p.Shell.Window.Canvas().Focus(first)
	for _, r := range text {
		p.Shell.Window.Canvas().Focused().TypedRune(r)
	}
}

// The walk from an admission to a verdict in the list, all on the screen.
func TestANewSessionIsJudgedWhileItIsTyped(t *testing.T) {
	p := open(t, pagetest.Small)
	row := p.row(t, func(r *record, row *Row) bool {
		peace := fee.PeacetimeOf(r.facts, p.snap.judged.Rules, r.adm.CareManager, r.adm.AdmittedOn)
		ward := r.ward()
		return row.Shown == Here && len(r.own) == 0 && peace.Ready && ward != nil && ward.Filing().Covers(p.Shell.On) &&
			ward.FeeTreatment == models.FeeSeparate && !ward.PSWAddOn.Is() && r.adm.ServiceSuitable.Is() && r.adm.PatientWishes.Is() && r.adm.ConsentedOn != 0
	})
	p.Open(page.To("入院", row.Key.String()))
	p.New() // Ctrl+N on the page of an admission

	t.Run("it begins with what is usual", func(t *testing.T) {
		g := p.session()
		r := p.judged(t).find(row.Key)
		assert.Equal(t, p.Shell.On, g.On)
		assert.Equal(t, r.adm.CareManager, g.CareManager)
		assert.Equal(t, models.PriorCareManager, g.Standing)
		assert.Equal(t, models.GuidanceContent("初回"), g.Content)
		assert.Equal(t, models.Yes, g.PatientJoined)
		assert.False(t, p.form().Dirty(), "nothing is lost by leaving")
	})
	staff := func(code string) {
		pagetest.Field[*ui.MultiPicker](t, p.form(), "職員コード").SetPicks([]ui.Pick{{Key: people.Key(people.Staff, code), Title: code}})
		p.form().Reloaded()
	}
	staff("M001") // 社会福祉士, 専従
	t.Run("指導料2 before anything is saved", func(t *testing.T) {
		assert.Equal(t, "指導料2", p.live.view.Tint.Word)
		assert.Equal(t, "500点", p.live.view.Points)
		assert.Contains(t, p.live.view.Sum, "この入院は 1回で 500点")
		assert.Contains(t, pagetest.Texts(p.live.live), "このまま登録したときの判定")
	})
	t.Run("somebody of a ward instead of the department: what is missing is named", func(t *testing.T) {
		staff("N012")
		require.NotNil(t, p.live.view.Lacks)
		assert.Contains(t, strings.Join(p.live.view.Lacks, "\n"), "入退院支援部門の担当者が実施")
		assert.Equal(t, "算定不可", p.live.view.Tint.Word)
	})
	t.Run("on a doctor's order it is 指導料1", func(t *testing.T) {
		p.mark("医師の指示").FocusGained()
		p.mark("医師の指示").TypedRune('1')
		assert.Equal(t, "指導料1", p.live.view.Tint.Word)
		assert.Equal(t, "400点", p.live.view.Points)
		staff("M001")
		assert.Equal(t, "指導料2", p.live.view.Tint.Word)
	})
	t.Run("another care manager has to be said to be the patient's choice", func(t *testing.T) {
		other := p.row(t, func(r *record, _ *Row) bool {
			return r.adm.CareManager != "" && r.adm.CareManager != p.judged(t).find(row.Key).adm.CareManager
		})
		own := p.session().CareManager
		name := p.judged(t).find(other.Key).careManager()
		p.typed(p.picker("CMコード").FocusTarget(), name.Kana)
		p.Press(fyne.KeyReturn)
		require.NotEqual(t, own, p.session().CareManager)
		assert.Empty(t, p.session().Standing)
		assert.Equal(t, "算定不可", p.live.view.Tint.Word)
		assert.Contains(t, p.live.view.Reason, "患者が選択した方か")
		p.Press(fyne.KeyDelete) // the one chosen
		p.typed(p.picker("CMコード").FocusTarget(), p.snap.judged.Facts.CareManager(own).Kana)
		p.Press(fyne.KeyReturn)
		assert.Equal(t, models.PriorCareManager, p.session().Standing)
		assert.Equal(t, "指導料2", p.live.view.Tint.Word)
	})
	t.Run("the telephone is not enough", func(t *testing.T) {
		p.choice("方法").SetChoice(string(models.ByPhone))
		p.form().Reloaded()
		assert.Equal(t, "算定不可", p.live.view.Tint.Word)
		p.choice("方法").SetChoice(string(models.ByVideo))
		p.form().Reloaded()
		assert.True(t, p.mark("画面共有").Visible(), "a video call asks about the shared screen")
		assert.Equal(t, "指導料2", p.live.view.Tint.Word)
		p.choice("方法").SetChoice(string(models.InPerson))
		p.form().Reloaded()
		assert.False(t, p.mark("画面共有").Visible())
	})
	t.Run("what would be lost is said, and kept as a draft", func(t *testing.T) {
		assert.Equal(t, "共同指導を記録", p.Unsaved())
		require.NoError(t, p.KeepTyping())
		assert.Contains(t, p.Shell.Drafted, "sessions/new:"+row.Key.String())
	})
	t.Run("Ctrl+S saves; the verdict stands on the page and in the list", func(t *testing.T) {
		known := make(map[string]bool)
		for _, g := range p.Book().Sessions {
			known[g.Number] = true
		}
		p.Save()
		require.Empty(t, p.Shell.Errors)
		assert.Nil(t, p.Editor())
		given := p.Book().Sessions[slices.IndexFunc(p.Book().Sessions, func(g models.JointGuidance) bool { return !known[g.Number] })]
		assert.Equal(t, given.Number, p.panel.chosen)
		assert.Equal(t, row.Key, given.Key())
		assert.Contains(t, p.Shell.Said, "共同指導 "+given.Number+" の登録をしました")
		assert.Contains(t, pagetest.Texts(p.Detail), "1回で 500点")
		assert.Equal(t, fee.Fee2, p.snap.byKey[row.Key].Result)
		assert.Empty(t, p.Shell.Drafted, "the draft is done with")
		p.newSessionOf(row.Key)
		assert.Equal(t, models.GuidanceContent("2回目"), p.session().Content)
		assert.Equal(t, []string{"M001"}, p.session().Staff, "the staff of the entry before")
		assert.Contains(t, p.live.view.Reason, "同一日は1回分です", "on the same day")
		p.leave()
		p.Shell.Undo()
		assert.Empty(t, p.snap.byKey[row.Key].Result, "元に戻す")
	})
}

func TestASessionThatCannotBeSaved(t *testing.T) {
	p := open(t, pagetest.Small)
	row := p.row(t, func(_ *record, row *Row) bool { return row.Shown == Here && row.Result == fee.Fee2 })
	v := p.judged(t).find(row.Key).own[0]
	p.editSession(v.Session.Number)
	p.date("指導日").SetValue("2026/13/01")
	p.Save()
	assert.NotNil(t, p.Editor(), "the form stays")
	assert.Contains(t, pagetest.Texts(p.form().Object()), "2026/13/01")
	p.date("指導日").SetValue("2062/10/2")
	p.Save()
	assert.Contains(t, pagetest.Texts(p.form().Object()), "『2062-10-02』は今日（2026-11-22）から1年より先の日付です")
	p.date("指導日").SetDate(v.Session.On)
	p.choice("算定区分").SetChoice(string(models.ClaimLegacy))
	p.Save()
	assert.Contains(t, pagetest.Texts(p.form().Object()), "「旧」は使えません")
	assert.Equal(t, v.Session, p.judged(t).verdict(v.Session.Number).Session, "nothing was saved")
}

func TestOtherSessionsThatWouldChangeAreNamed(t *testing.T) {
	s := hospital(t, "2026-10-19", func(b *models.Book) { b.Sessions = b.Sessions[:1]; b.Sessions[0].CareManager = "C2" })
	require.Equal(t, fee.Fee1, s.verdict("G0001").Result)
	both := fee.Preview(s.judged.Facts, s.judged.Rules, sessionOf("G0002", "2026-10-19", func(g *models.JointGuidance) { g.DoctorsOrder = models.No }))
	view := newLiveView(both, "G0002", s.judged, s.today)
	assert.Equal(t, []string{"10/08 の回: 指導料1 → 算定不可（400→0点）"}, view.Changes)
	assert.Equal(t, "この入院は 1回で 500点（指導料2で統一 500点・指導料1で統一 400点）", view.Sum)
}

func TestRemovingASession(t *testing.T) {
	p := open(t, pagetest.Small)
	row := p.row(t, func(r *record, _ *Row) bool {
		return len(r.own) == 1 && !r.own[0].Session.Claim.Recorded() && len(r.linked) == 0
	})
	number := p.judged(t).find(row.Key).own[0].Session.Number
	p.editSession(number)
	test.Tap(pagetest.Button(t, p.live.live, "この共同指導を消す"))
	require.Empty(t, p.Shell.Errors)
	assert.Nil(t, p.judged(t).verdict(number))
	assert.Equal(t, row.Key, p.key)
	p.Shell.Undo()
	assert.NotNil(t, p.judged(t).verdict(number))
}

func TestTheEvidenceLeadsToItsRecord(t *testing.T) {
	p := open(t, pagetest.Small)
	i := slices.IndexFunc(p.judged(t).judged.Verdicts, func(v fee.Verdict) bool { return v.Result == fee.Fee2 && v.Confirmable() })
	require.GreaterOrEqual(t, i, 0)
	v := &p.judged(t).judged.Verdicts[i]
	number := v.Session.Number
	of := func(id string) fee.Evidence {
		for _, c := range v.Conditions {
			if c.ID == id {
				return c.Evidence[0]
			}
		}
		return fee.Evidence{}
	}
	meeting, policy, standing := of("11d"), of("11c"), of("5b")
	leads := func(on fyne.CanvasObject, e fee.Evidence) []page.Target {
		p.Shell.Went = nil
		link := pagetest.Links(on)[e.Text]
		if link == nil {
			return nil
		}
		link.Tapped(&fyne.PointEvent{})
		return p.Shell.Went
	}

	t.Run("on the page of the admission", func(t *testing.T) {
		p.Open(page.To("共同指導", number))
		p.panel.act.all()
		assert.Equal(t, []page.Target{page.To("会議", meeting.Key)}, leads(p.Detail, meeting))
		assert.Equal(t, []page.Target{page.To("規程", policy.Key)}, leads(p.Detail, policy))
		assert.Equal(t, []page.Target{page.ToEdit("共同指導", number, "")}, leads(p.Detail, standing), "the session leads to its form")
		assert.Nil(t, leads(p.Detail, of("4")), "the admission is in sight")
		assert.Equal(t, page.To("共同指導", number), p.Place(), "and coming back finds the session whose conditions were shown")
		p.Press(fyne.KeyEscape)
		assert.Same(t, p.List, p.Focused())
	})
	t.Run("coming back finds the page where it was", func(t *testing.T) {
		p.Open(page.To("共同指導", number))
		p.Shown()
		p.Open(p.Place())
		assert.Equal(t, page.To("共同指導", number), p.Place())
		assert.Equal(t, number, p.panel.chosen)
	})
	t.Run("beside the form of the session", func(t *testing.T) {
		p.Open(page.ToEdit("共同指導", number, ""))
		p.memo("内容").SetText("退院先は自宅の方向で一致した。")
		assert.Equal(t, []page.Target{page.To("会議", meeting.Key)}, leads(p.live.live, meeting))
		assert.Nil(t, leads(p.live.live, standing), "the form is the session")
		assert.Equal(t, "退院先は自宅の方向で一致した。", p.session().Body)
		require.Same(t, pagetest.Conditions(t, p.live.live), p.Focused())
	})
}

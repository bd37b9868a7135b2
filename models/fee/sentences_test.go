package fee_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/fee"
)

// TestAMarkOfNoIsNotABlank: × is reported as a fact, a blank as not recorded.
func TestAMarkOfNoIsNotABlank(t *testing.T) {
	suits := func(m models.Mark) change {
		return admission(func(a *models.Admission) { a.ServiceSuitable = m })
	}
	wishes := func(m models.Mark) change { return admission(func(a *models.Admission) { a.PatientWishes = m }) }
	plans := func(m models.Mark) change { return manager(func(c *models.CareManager) { c.CanPlan = m }) }
	joined := func(m models.Mark) change {
		return session(func(s *models.JointGuidance) { s.PatientJoined = m })
	}
	items := func(m models.Mark) change {
		return policy(func(p *models.Policy) { p.Within7Days, p.Encourages = m, m })
	}
	for _, c := range []struct {
		name, id string
		of       func(models.Mark) change
		no       string
		blank    string
	}{
		{"service suitable", "4", suits, "退院後の介護等サービスの導入が適当でないと記録されています", "退院後の介護等サービスの導入が適当かが記録されていません"},
		{"patient wishes", "4", wishes, "本人がサービスの導入を望んでいません", "本人がサービスの導入を望んでいるかが記録されていません"},
		{"can plan", "5a", plans, "相手はケアプランの作成を担えないと記録されています", "相手がケアプランの作成を担えるかが記録されていません"},
		{"patient joined", "6a", joined, "患者本人が参加していません（家族のみ等）（院内基準: 家族のみは認めない）", "患者本人が参加したかが記録されていません（院内基準: 家族のみは認めない）"},
		{"doctor's order", "e1", func(m models.Mark) change { return byStaff(m, "S1") }, "医師の指示がないと記録されています", "医師の指示が記録されていません"},
		{"items of the 規程", "11c", items, "入院日2026-09-01に施行されている規程（第1版）は、7日以内の情報提供・未申請者への勧奨を定めていません",
			"入院日2026-09-01に施行されている規程（第1版）は、7日以内の情報提供・未申請者への勧奨を定めたかが記録されていません"},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.no, condition(t, judge(t, c.of(models.No)), c.id).Missing)
			assert.Equal(t, c.blank, condition(t, judge(t, c.of(models.Unknown)), c.id).Missing)
		})
	}
	t.Run("the evidence names a mark that does not speak against the session", func(t *testing.T) {
		video := func(shared models.Mark) change {
			return session(func(s *models.JointGuidance) { s.Way, s.ScreenShared = models.ByVideo, shared })
		}
		text := func(id string, changes ...change) string {
			return condition(t, judge(t, changes...), id).Evidence[0].Text
		}
		assert.Equal(t, "ビデオ通話ではありません", text("6b"))
		assert.Equal(t, "画面共有なし", text("6b", video(models.No)))
		assert.Equal(t, "画面共有の記録なし", text("6b", video(models.Unknown)))
		assert.Equal(t, "地域連携診療計画加算の記録なし", text("7b"))
		assert.Equal(t, "地域連携診療計画加算なし", text("7b", admission(func(a *models.Admission) { a.RegionalPlan = models.No })))
		assert.Equal(t, "3階東病棟 精神保健福祉士配置加算の記録なし", text("7c"))
		assert.Equal(t, "3階東病棟 精神保健福祉士配置加算なし", text("7c", ward(func(w *models.Ward) { w.PSWAddOn = models.No })))
	})
}

// moved moves the care manager of the session to さくら居宅 after the meeting.
func moved(b *models.Book) {
	b.Affiliations[0].From = day("2026-08-01")
	b.Affiliations = append(b.Affiliations, models.Affiliation{CareManager: "M1", Partner: "P2", From: day("2020-04-01"), To: day("2026-07-31")})
}

// TestWhatTheHospitalDecidedIsSaid: a sentence that rests on a parameter says
// so; one that rests on the 通知 does not.
func TestWhatTheHospitalDecidedIsSaid(t *testing.T) {
	byOffice, bySession := set("relationship_unit", "office"), set("evidence_must_precede", "session")
	shared := func(d models.Date) change { return manager(func(c *models.CareManager) { c.SharedOn = d }) }
	sharing := func(m *models.Meeting) { m.ContactsShared = models.Yes }
	agreed := func(d models.Date) change { return office(func(p *models.Partner) { p.AgreedOn = d }) }
	dedicated := func(b *models.Book) { b.Staff[1].WardDedicated = models.Yes }
	for _, c := range []struct {
		name, id string
		change   change
		missing  string
	}{
		{"at another office then", "11d", all(byOffice, moved),
			"地域連携の会（2026-07-14）に出席していますが、当時の所属（もみじ居宅）が今と異なり、院内基準（事業所）では数えません"},
		{"at no office then", "11d", all(byOffice, func(b *models.Book) { b.Affiliations[0].From = day("2026-08-01") }),
			"地域連携の会（2026-07-14）に出席していますが、当時の所属（記録なし）が今と異なり、院内基準（事業所）では数えません"},
		{"at another office then; a newer meeting is marked not to count", "11d",
			all(byOffice, moved, held("K2", "2026-08-20", "M1", func(m *models.Meeting) { m.Counts = models.No })),
			"地域連携の会（2026-07-14）に出席していますが、当時の所属（もみじ居宅）が今と異なり、院内基準（事業所）では数えません"},
		{"one counts, another was attended at another office", "11d", all(byOffice, moved, set("meeting_min_count", "2"), held("K2", "2026-08-20", "M1")),
			"平時の会議等への出席が1回で、院内基準の2回に足りません（院内基準: 入院日より前12か月以内・事業所単位）。" +
				"地域連携の会（2026-07-14）に出席していますが、当時の所属（もみじ居宅）が今と異なり、院内基準（事業所）では数えません"},
		{"counted by person, the office then does not matter", "11d", all(moved, set("meeting_min_count", "2")),
			"平時の会議等への出席が1回で、院内基準の2回に足りません（院内基準: 入院日より前12か月以内・本人単位）"},
		{"a colleague of the office was there too", "11d", all(byOffice, moved, set("meeting_min_count", "2"), func(b *models.Book) {
			b.Attendances = append(b.Attendances, models.Attendance{Meeting: "K1", Kind: models.AttendeeCM, Code: "M2"})
		}), "平時の会議等への出席が1回で、院内基準の2回に足りません（院内基準: 入院日より前12か月以内・事業所単位）"},
		{"nobody of the office", "11d", all(byOffice, noMeetings, set("evidence_lookback_months", "0")),
			"入院日2026-09-01より前に、さくら居宅の方と部門の担当者がともに出席した会議等の記録がありません（院内基準: 入院日より前・事業所単位）"},
		{"before the session", "11d", all(bySession, noMeetings),
			"指導日2026-09-10より前に、佐藤健一さんと部門の担当者がともに出席した会議等の記録がありません（院内基準: 指導日より前12か月以内・本人単位）"},
		{"shared too late", "11e", shared(day("2026-09-05")), "連絡先共有日2026-09-05が入院日2026-09-01より前ではありません（院内基準: 入院日より前）"},
		{"shared at a meeting too late", "11e", all(shared(0), held("K2", "2026-09-05", "M1", sharing)),
			"連絡先を共有した事例検討会（2026-09-05）が入院日2026-09-01より前ではありません（院内基準: 入院日より前）"},
		{"shared at a meeting without the department", "11e", all(shared(0), meeting(sharing), func(b *models.Book) { b.Attendances[0].Code = "N1" }, held("K2", "2026-06-01", "M1")),
			"連絡先を共有した地域連携の会（2026-07-14）に部門の担当者の出席記録がありません"},
		{"never shared", "11e", shared(0), "連絡先・担当者を共有した日が記録されていません（院内基準: 共有日の記録を求める）"},
		{"no agreement", "11f", all(set("require_local_agreement", "true"), agreed(0)), "取り決め日が記録されていません（院内基準: 取り決めを必須とする）"},
		{"agreed too late", "11f", all(set("require_local_agreement", "true"), agreed(day("2026-09-01"))),
			"取り決め日2026-09-01が入院日2026-09-01より前ではありません（院内基準: 取り決めを必須とし、入院日より前）"},
		{"no 規程", "11c", func(b *models.Book) { b.Policies = nil }, "規程が登録されていません（院内基準: 入院日まで）"},
		{"規程 in force later", "11c", policy(func(p *models.Policy) { p.EffectiveOn = day("2026-09-02") }), "規程（第1版）の施行日2026-09-02が入院日2026-09-01より後です（院内基準: 入院日まで）"},
		{"規程 known later", "11c", policy(func(p *models.Policy) { p.AnnouncedOn = day("2026-09-02") }), "規程（第1版）の周知日2026-09-02が入院日2026-09-01より後です（院内基準: 入院日まで）"},
		{"規程 never known", "11c", policy(func(p *models.Policy) { p.AnnouncedOn = 0 }),
			"規程（第1版）は2026-04-01に施行されていますが、周知日が記録されていません。周知するまでは指導料2になりません（院内基準: 入院日まで）"},
		{"ward staff only", "11b", all(byStaff(models.Yes, "N1"), dedicated), "病棟専任のみの実施です。部門の担当者か確認してください（院内基準: 病棟専任を部門の担当者とみなさない）"},
		{"ward staff among others", "11b", all(byStaff(models.Yes, "N1", "D1"), dedicated),
			"入退院支援部門の担当者が実施していません。病棟専任の方がいます。部門の担当者か確認してください（院内基準: 病棟専任を部門の担当者とみなさない）"},
		{"no ward staff", "11b", byStaff(models.Yes, "N1"), "入退院支援部門の担当者が実施していません"},
		{"only a document", "6a", session(func(s *models.JointGuidance) { s.Way = models.ByDocument }), "文書のみの指導は、通知に明記がないため算定できないものとして扱います"},
		{"chosen at a kind that cannot be chosen", "5a", all(session(func(s *models.JointGuidance) { s.Standing = models.PatientsChoice }), office(func(p *models.Partner) { p.Kind = models.HomeService })),
			"患者が選択できる事業所の種別ではありません（さくら居宅: 居宅サービス）"},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.missing, condition(t, judge(t, c.change), c.id).Missing)
		})
	}
}

// TestWhatTheHospitalAllowsIsSaid: the same holds where the parameter makes the
// condition ○.
func TestWhatTheHospitalAllowsIsSaid(t *testing.T) {
	for _, c := range []struct {
		name, id string
		change   change
		text     string
	}{
		{"phone", "6a", all(set("allow_phone", "true"), session(func(s *models.JointGuidance) { s.Way = models.ByPhone })), "電話（院内基準: 電話も認める） 患者参加 ○"},
		{"family only", "6a", all(set("allow_family_only", "true"), session(func(s *models.JointGuidance) { s.PatientJoined = models.No })), "対面 患者参加 ×（院内基準: 家族のみも認める）"},
		{"ward staff", "11b", all(set("ward_staff_is_department", "true"), byStaff(models.Yes, "N1"), func(b *models.Book) { b.Staff[1].WardDedicated = models.Yes }),
			"看護師 鈴木一郎（病棟専任）（院内基準: 病棟専任を部門の担当者とみなす）"},
		{"a colleague", "11d", all(set("relationship_unit", "office"), func(b *models.Book) { b.Attendances[1].Code = "M2" }), "地域連携の会 2026-07-14 同じ事業所の別の方が出席（院内基準: 事業所単位）"},
		{"without the partner", "11d", all(set("require_cm_attendance", "false"), func(b *models.Book) { b.Attendances = b.Attendances[:1] }), "地域連携の会 2026-07-14（院内基準: 相手の出席は求めない）"},
		{"study session", "11d", all(set("study_session_default", "true"), meeting(func(m *models.Meeting) { m.Kind = models.StudySession })), "地域連携の会 2026-07-14 佐藤健一さん出席（院内基準: 勉強会を会議として数える）"},
		{"after the admission", "11d", all(set("evidence_must_precede", "session"), meeting(func(m *models.Meeting) { m.HeldOn = day("2026-09-01") })), "地域連携の会 2026-09-01 佐藤健一さん出席（院内基準: 指導日より前）"},
		{"規程 after the admission", "11c", all(set("policy_must_precede", "session"), policy(func(p *models.Policy) { p.AnnouncedOn = day("2026-09-02") })), "第1版 施行 2026-04-01 周知 2026-09-02（院内基準: 指導日まで）"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := judge(t, c.change)
			require.Equal(t, fee.Fee2, v.Result, v.Reason)
			assert.Equal(t, c.text, condition(t, v, c.id).Evidence[0].Text)
		})
	}
}

func TestTheNewestSharingIsQuoted(t *testing.T) {
	shared := func(s string) change { return manager(func(c *models.CareManager) { c.SharedOn = day(s) }) }
	sharing := func(m *models.Meeting) { m.ContactsShared = models.Yes }
	for _, c := range []struct {
		name   string
		change change
		text   string
	}{
		{"the meeting after the first sharing", all(shared("2026-05-20"), meeting(sharing)), "地域連携の会 2026-07-14で共有"},
		{"the first sharing after the meeting", all(shared("2026-08-01"), meeting(sharing)), "2026-08-01 入院日の31日前"},
		{"not a meeting after the admission", all(shared("2026-05-20"), held("K2", "2026-09-01", "M1", sharing)), "2026-05-20 入院日の104日前"},
		{"the meeting, because the day is too late", all(shared("2026-09-01"), meeting(sharing)), "地域連携の会 2026-07-14で共有"},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.text, condition(t, judge(t, c.change), "11e").Evidence[0].Text)
		})
	}
}

// TestThePlanIsExplained: the reason says why the admission is billed by one
// fee and not the other.
func TestThePlanIsExplained(t *testing.T) {
	better1 := "指導料1なら2回で800点、指導料2なら500点のため、"
	legacy := "5月の旧点数を指導料1相当とする院内基準のため、"
	department, order := "入退院支援部門の担当者が実施していません", "医師の指示が記録されていません"
	mixed := "指導料2の要件は満たしますが、1と2は混在できません（通知(9)）"
	for _, c := range []struct {
		name     string
		sessions []entry
		number   string
		reason   string
	}{
		{"13, fit for 2, by choice", []entry{{"06-10", fit2, "", ""}, {"06-20", only1, "", ""}}, "G1", better1 + "この入院は指導料1で算定します。" + mixed},
		{"13, not fit for 2, by choice", []entry{{"06-10", fit2, "", ""}, {"06-20", only1, "", ""}}, "G2",
			"指導料1の要件を満たします。指導料2にならない理由: " + department + "。この入院は、" + better1 + "指導料1で算定します"},
		{"13 where nothing else is open", []entry{{"06-10", only1, "", ""}}, "G1", "指導料1の要件を満たします。指導料2にならない理由: " + department},
		{"10 by choice", []entry{{"06-10", only1, "", ""}, {"06-20", only1, "", ""}, {"06-25", only2, "", ""}}, "G3",
			better1 + "この入院は指導料1で算定します。2は算定できず、この回は1の要件を満たしません。" + order},
		{"13 by the old fee", []entry{{"05-10", only1, "", ""}, {"06-20", fit2, "", ""}}, "G2", legacy + "この入院は指導料1で算定します。" + mixed},
		{"10 by the old fee", []entry{{"05-10", only1, "", ""}, {"06-20", only2, "", ""}}, "G2",
			legacy + "この入院は指導料1で算定します。2は算定できず、この回は1の要件を満たしません。" + order},
		{"12 by choice", []entry{{"06-10", fit2, "", ""}, {"06-20", only2, "", ""}, {"06-25", only1, "", ""}}, "G3",
			"指導料2なら2回で1000点、指導料1なら800点のため、この入院は指導料2で算定します。1とは併算定できず、この回は2の要件を満たしません。" + department},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.reason, judgeBook(t, chainBook(c.sessions))[c.number].Reason)
		})
	}
	t.Run("two sessions: proposes billing both as 指導料1", func(t *testing.T) {
		both := judgeBook(t, chainBook([]entry{{"06-10", fit2, as2, ""}, {"06-20", only1, "", ""}}))["G1"].Reason
		assert.Contains(t, both, "。両方を指導料1とすれば合計800点です（指導料2では500点）。請求済みの分を組み替えるには返戻・取下げが必要です")
		one := judgeBook(t, chainBook([]entry{{"06-10", rejected, as2, ""}, {"06-20", only1, "", ""}}))["G2"].Reason
		assert.Contains(t, one, "。この回を指導料1とすれば合計400点です（指導料2では0点）。請求済みの分")
	})
	t.Run("a session that cannot be 指導料1: the words speak of the admission", func(t *testing.T) {
		one := judgeBook(t, chainBook([]entry{{"06-10", rejected, as2, ""}, {"06-20", only1, "", ""}, {"06-10", only1, "", ""}}))
		for _, number := range []string{"G1", "G3"} {
			assert.Contains(t, one[number].Reason, "。この入院を指導料1とすれば合計400点です（指導料2では0点）", number)
		}
		both := judgeBook(t, chainBook([]entry{{"06-10", fit2, as2, ""}, {"06-20", only1, "", ""}, {"06-25", rejected, "", ""}, {"06-26", fitless, "", ""}}))
		for _, number := range []string{"G3", "G4"} {
			assert.Contains(t, both[number].Reason, "。この入院を指導料1とすれば合計800点です（指導料2では500点）", number)
		}
	})
}

func TestPlacesAndDaysAreNamed(t *testing.T) {
	t.Run("names the days of another admission of the chain", func(t *testing.T) {
		v := judgeBook(t, with(linkedAdmission("2026-10-05"), also("G2", "2026-10-10", ofAdmission("2026-10-05")),
			also("G3", "2026-10-20", ofAdmission("2026-10-05"))))["G3"]
		assert.Equal(t, "入院中2回の上限に達しています（算定に数えた指導日: 2026-09-10・2026-10-10）", v.Reason)
	})
	t.Run("a billed claim keeps its place", func(t *testing.T) {
		v := judgeBook(t, chainBook([]entry{{"06-10", rejected, as2, ""}, {"06-20", fit2, "", ""}, {"06-25", fit2, "", ""}}))["G3"]
		assert.Equal(t, "入院中2回の上限に達しています（算定に数えた指導日: 2026-06-10・2026-06-20）", v.Reason)
	})
	t.Run("two partners on one day", func(t *testing.T) {
		other := func(s *models.JointGuidance) { s.CareManager = "M2" }
		v := judgeBook(t, with(held("K2", "2026-08-01", "M2"), also("G2", "2026-09-10", other)))["G2"]
		assert.Equal(t, "同一日は1回分です。2026-09-10は指導G1で判定しています。相手が2人でも1回分です", v.Reason)
	})
	t.Run("says that the add-on may count for 加算1", func(t *testing.T) {
		v := judge(t, session(func(s *models.JointGuidance) { s.MultiAgency = models.Yes }))
		assert.Contains(t, v.Advice, "多機関共同指導加算を算定した日の指導は、入退院支援加算1の実績には数えられる場合があります（疑義解釈その1 問24）")
	})
}

func TestWarningsSayWhatIsSo(t *testing.T) {
	text := func(code string, changes ...change) string {
		for _, w := range judge(t, changes...).Warnings {
			if w.Code == code {
				return w.Text
			}
		}
		return ""
	}
	agreed := func(d models.Date) change { return office(func(p *models.Partner) { p.AgreedOn = d }) }
	tension := "。通知(3)は「イ及びウに掲げる連携体制」と述べる一方、ウは「望ましい」としています（院内基準: 必須としない）"
	assert.Equal(t, "事前の取り決め（通知(3)ウ）: 記録がありません"+tension, text("W5", agreed(0)))
	assert.Equal(t, "事前の取り決め（通知(3)ウ）: 取り決め日2026-09-11が指導日2026-09-10より後です"+tension, text("W5", agreed(day("2026-09-11"))))
	shared := func(d models.Date) change { return manager(func(c *models.CareManager) { c.SharedOn = d }) }
	assert.Equal(t, "連絡先の共有・確認: 指導日までの最後が2025-09-09です（院内基準: 12か月以内）", text("W6", shared(day("2025-09-09"))))
	assert.Equal(t, "連絡先の共有・確認: 指導日までの記録がありません（院内基準: 12か月以内）", text("W6", set("require_contact_share_date", "false"), shared(0)))
	unnoticed := func(expected, left models.Date) change {
		return admission(func(a *models.Admission) { a.NoticedOn, a.ExpectedOn, a.DischargedOn = 0, expected, left })
	}
	assert.Equal(t, "退院前の連絡: 記録がありません。規程では退院日2026-09-30の7日前まで（期限2026-09-23）です（通知(3)ア(ア)）", text("W4", unnoticed(0, day("2026-09-30"))))
	assert.Equal(t, "退院前の連絡: 記録がありません。規程では退院見込日2026-09-05の7日前まで（期限入院日2026-09-01）です（通知(3)ア(ア)）", text("W4", unnoticed(day("2026-09-05"), day("2026-09-15"))))
	assert.Equal(t, "入院時の情報提供: 入院8日目です。規程では入院日から7日以内（期限2026-09-08）です（通知(3)ア(ア)）（院内基準: 翌日を1日目）",
		text("W3", set("day_count", "next_day"), admission(func(a *models.Admission) { a.InformedOn = day("2026-09-09") })))
	papers := session(func(s *models.JointGuidance) { s.NotedOn, s.PlanCopyOn = 0, 0 })
	assert.Equal(t, "診療録への要点の記載日が記録されていません（通知(6)）", text("W1", papers))
	assert.Equal(t, "ケアプラン等の写しの受領が記録されていません（通知(6)）", text("W2", papers))
}

// TestNothingInvitesBackDating: after its day has passed, a remedy asks only
// for what was really done.
func TestNothingInvitesBackDating(t *testing.T) {
	policy := fee.Remedy{Text: "規程の3項目と周知日を確かめて登録する", Late: "2026-07-15までに周知した事実と記録がある場合だけ登録する", By: day("2026-07-15")}
	assert.Equal(t, "規程の3項目と周知日を確かめて登録する（2026-07-15まで）", policy.Words(day("2026-07-15")))
	assert.Equal(t, "2026-07-15までに周知した事実と記録がある場合だけ登録する", policy.Words(day("2026-07-16")))
	assert.Equal(t, "規程の3項目と周知日を確かめて登録する", policy.Do(day("2026-07-15")))
	assert.Equal(t, "2026-07-15までに周知した事実と記録がある場合だけ登録する", policy.Do(day("2026-07-16")))
	assert.Equal(t, "確かめる", fee.Remedy{Text: "確かめる", Late: "遅い"}.Words(day("2026-07-16")), "what has no day is never late")

	v := judge(t, admission(func(a *models.Admission) { a.InformedOn, a.NoticedOn = 0, 0 }))
	require.Equal(t, []string{"W3", "W4"}, warned(v))
	assert.Equal(t, "担当の介護支援専門員へ情報を提供し、入院時情報提供日を登録する", v.Warnings[0].Do(day("2026-09-07")))
	assert.Equal(t, "期限を過ぎています。実際の提供日を残してください", v.Warnings[0].Do(day("2026-09-08")))
	assert.Equal(t, "期限を過ぎています。実際の連絡日を残してください", v.Warnings[1].Do(day("2026-09-24")))
	for _, r := range v.Remedies {
		assert.Contains(t, r.Words(day("2026-10-01")), "期限を過ぎています", "a remedy shows it as the warning does")
	}
}

func TestTheRelationAloneNamesNoAdmission(t *testing.T) {
	b := with(noMeetings)
	params, aside := fee.ParamsOf(b.Settings)
	require.Empty(t, aside)
	p := fee.PeacetimeOf(fee.NewFacts(b, params), rules(t), "M1", day("2026-09-10"))
	assert.Equal(t, "入院日より前に、佐藤健一さんと部門の担当者がともに出席した会議等の記録がありません（院内基準: 入院日より前12か月以内・本人単位）", p.Meetings.Missing)
}

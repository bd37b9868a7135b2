package liaison

import (
	"cmp"
	"slices"

	"renkei/models"
	"renkei/models/fee"
)

// Loss is a group of sessions that are not 指導料2 for the same reason.
type Loss struct {
	Code string // code of fee-rules 11-1 or 11-2, condition 11a–11f, or LossPlan
	Name string
	// Numbers are the 指導番号 in ascending order. Lost has the points of each.
	Numbers []string
	Lost    []int
	// Points is the difference to 指導料2, see Fee2Waterfall.
	Points int
}

// Yen returns the loss in yen.
func (l Loss) Yen() int { return fee.YenPerPoint * l.Points }

// LossPlan is the reason of sessions that meet 指導料2 but belong to an
// admission billed as 指導料1 (通知(9)).
const LossPlan = "plan"

// lossNames lists the reasons in the order of the waterfall: not judged, the
// gates of 11-1, the limits, the conditions of 指導料2, the plan.
var lossNames = []struct{ code, name string }{
	{"0", "判定保留（登録が足りない）"}, {"2", "入院期間の外"}, {"3", "入院料に包括"}, {"4", "導入の適否・希望・同意"},
	{"5a", "相手の資格"}, {"5b", "相手の立場の記録がない"}, {"5c", "併設施設の相手"}, {"6a", "方法・患者の参加"}, {"6b", "画面共有の同意"},
	{"7a", "多機関共同指導加算の日"}, {"7b", "地域連携診療計画加算"}, {"7c", "精神保健福祉士配置加算"}, {"15", "算定しないと決めた"},
	{"8", "同じ日の2件目"}, {"9", "入院中2回の上限"},
	{"11a", "病棟の加算1届出"}, {"11b", "部門の担当者"}, {"11c", "規程（ア）"}, {"11d", "平時の会議（イ）"},
	{"11e", "連絡先の共有（イ）"}, {"11f", "事前の取り決め（ウ）"}, {LossPlan, "指導料1で算定する入院"},
}

// mendable reports whether records or work of the hospital could have removed
// the reason. Other reasons follow from the rules.
func mendable(code string) bool {
	switch code {
	case "0", "4", "5b", "6a", "6b", "11a", "11b", "11c", "11d", "11e", "11f", LossPlan:
		return true
	}
	return false
}

// WhyNotFee2 returns the reason a session is not 指導料2: the code that refuses
// it, else the first unmet condition of 指導料2, else LossPlan. It returns ""
// for 指導料2.
func WhyNotFee2(v *fee.Verdict) string {
	switch {
	case v.Result == fee.Fee2:
		return ""
	case !v.Candidate || v.Code == "8" || v.Code == "9":
		return v.Code
	}
	for i := range v.Conditions {
		if c := &v.Conditions[i]; c.Fee2Only && c.State == fee.NotMet {
			return c.ID
		}
	}
	return LossPlan
}

// Waterfall leads from all sessions of a scope to those that are 指導料2.
type Waterfall struct {
	All   int
	Steps []Loss // reasons with sessions, in the order of lossNames
	Fee2  []string
}

// Points returns the points lost for all reasons.
func (w Waterfall) Points() int {
	sum := 0
	for _, s := range w.Steps {
		sum += s.Points
	}
	return sum
}

// Yen returns the loss in yen.
func (w Waterfall) Yen() int { return fee.YenPerPoint * w.Points() }

// Dearest returns the reasons that cost points, most points first.
func (w Waterfall) Dearest() []Loss {
	list := slices.DeleteFunc(slices.Clone(w.Steps), func(l Loss) bool { return l.Points == 0 })
	slices.SortStableFunc(list, func(a, b Loss) int { return cmp.Compare(b.Points, a.Points) })
	return list
}

// Fee2Waterfall groups the sessions of a scope by why they are not 指導料2.
// Lost is the difference in points to 指導料2 if the hospital could have
// removed the reason. An admission loses at most its two places: its sessions,
// by day, fill the places that 指導料2 left free. Admissions where the old fee
// counts as 指導料1 lose nothing.
func Fee2Waterfall(f *fee.Facts, rules fee.Rules, verdicts []fee.Verdict, sessions []*fee.Verdict) Waterfall {
	lost := lostPoints(f, rules, verdicts)
	groups := make(map[string]*Loss)
	w := Waterfall{All: len(sessions)}
	for _, v := range sessions {
		why := WhyNotFee2(v)
		if why == "" {
			w.Fee2 = append(w.Fee2, v.Session.Number)
			continue
		}
		if groups[why] == nil {
			groups[why] = &Loss{Code: why, Name: LossName(why)}
		}
		groups[why].Numbers = append(groups[why].Numbers, v.Session.Number)
		groups[why].Lost = append(groups[why].Lost, lost[v.Session.Number])
		groups[why].Points += lost[v.Session.Number]
	}
	for _, n := range lossNames {
		if g := groups[n.code]; g != nil {
			w.Steps = append(w.Steps, *g)
			delete(groups, n.code)
		}
	}
	return w
}

// LossName returns the name of a reason.
func LossName(code string) string {
	for _, n := range lossNames {
		if n.code == code {
			return n.name
		}
	}
	return code
}

// lostPoints returns the points each session lacks to 指導料2, by 指導番号.
func lostPoints(f *fee.Facts, rules fee.Rules, verdicts []fee.Verdict) map[string]int {
	chains := make(map[string][]*fee.Verdict)
	for i := range verdicts {
		chains[verdicts[i].Chain] = append(chains[verdicts[i].Chain], &verdicts[i])
	}
	lost := make(map[string]int)
	for _, chain := range chains {
		if f.Params.LegacyTreatedAs == fee.LegacyAsFee1 && slices.ContainsFunc(chain, legacy) {
			continue
		}
		losePoints(rules, chain, lost)
	}
	return lost
}

// legacy reports a session of the old fee that binds its chain to 指導料1.
func legacy(v *fee.Verdict) bool {
	return v.Session.On != 0 && v.Session.On < models.RevisionDate &&
		(v.Session.Claim == models.ClaimLegacy || v.Candidate && v.Fits1)
}

func losePoints(rules fee.Rules, chain []*fee.Verdict, lost map[string]int) {
	taken := make(map[models.Date]bool)
	for _, v := range chain {
		blocked := v.Session.Claim.Recorded() && !v.Candidate && !mendable(v.Code)
		if v.Session.On >= models.RevisionDate && (v.Result == fee.Fee2 || blocked) {
			taken[v.Session.On] = true
		}
	}
	byDay := slices.Clone(chain)
	slices.SortFunc(byDay, func(a, b *fee.Verdict) int {
		return cmp.Or(cmp.Compare(a.Session.On, b.Session.On), cmp.Compare(a.Session.Number, b.Session.Number))
	})
	for _, v := range byDay {
		on := v.Session.On
		if len(taken) >= maxPerAdmission || on < models.RevisionDate || taken[on] || !mendable(WhyNotFee2(v)) || v.Result == fee.Fee2 {
			continue
		}
		taken[on] = true
		lost[v.Session.Number] = max(0, rules.Points.Fee2-v.Points)
	}
}

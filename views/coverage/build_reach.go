package coverage

import (
	"fmt"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
	"renkei/views/charts"
	"renkei/views/page"
)

func (b *builder) reach() {
	inPeriod := liaison.Activities(b.f, b.scope)
	areas := liaison.Areas(inPeriod)
	b.areas(areas, inPeriod)
	year := b.scope
	year.Period = models.LastMonths(b.scope.AsOf, 12)
	b.busy(liaison.Busiest(liaison.Activities(b.f, year)), year.Within())
	b.unready()
	b.peacetime()
	b.silence(inPeriod)
	b.turnover()
}

func (b *builder) busy(list []liaison.Activity, year models.Period) {
	c := &charts.Chart{Kind: charts.Rows, Title: "入院の多い連携先と、やり取り（直近12か月）", Unit: "件", Axis: "連携先", Empty: "直近12か月に入院・やり取りの記録がありません"}
	in, talk := charts.Series{Name: "入院"}, charts.Series{Name: "やり取り・共同指導", Fill: charts.Hatched}
	for _, a := range list[:min(top, len(list))] {
		name := a.Partner.Name
		if a.Cold() {
			name = "△ " + name
		}
		c.Categories = append(c.Categories, name)
		words := fmt.Sprintf("%s　入院 %d　やり取り %d　共同指導 %d　最後 %s", a.Partner.Name, a.Admissions, a.Contacts, a.Sessions, orDash(a.LastOn.String()))
		n, key := a.Contacts+a.Sessions, "busy:"+a.Partner.Code
		in.Data = append(in.Data, charts.Datum{Value: float64(a.Admissions), Detail: words, Key: b.leadOfficeAdmissions(key+":入院", a.Partner.Name+" 入院", a.Admissions, year, a.Partner.Code)})
		talk.Data = append(talk.Data, charts.Datum{Value: float64(n), Detail: words, Key: b.leadOfficeContacts(key+":やり取り", a.Partner.Name+" やり取り・共同指導", n, year, true, a.Partner.Code)})
	}
	c.Series = []charts.Series{in, talk}
	cold := liaison.ColdOnes(list)
	facts := []Fact{{Name: "△ の連携先", Value: fmt.Sprintf("%dか所", len(cold)), Key: b.leadCold(cold)}}
	if rest := list[min(top, len(list)):]; len(rest) > 0 {
		facts = append(facts, Fact{Name: "図のほか", Value: fmt.Sprintf("%dか所", len(rest)), Key: b.leadPartners("busy:rest", "入院・やり取りのあった連携先（図のほか）", rest)})
	}
	b.add(Block{Title: "入院は多いのに、やり取りの少ない連携先", Facts: facts, Chart: c, Note: fmt.Sprintf("△ は、直近12か月の入院が%d件以上で、やり取りと共同指導の合計が入院より少ない連携先です。期間・病棟の選択によりません。%s", liaison.BusyAdmissions, moreThan(len(list)))})
}

func (b *builder) unready() {
	list := liaison.UnreadyCareManagers(b.f, b.rules, b.scope)
	people := liaison.ByCareManager(list)
	c := &charts.Chart{Kind: charts.Rows, Title: "平時の連携がない担当CMと、入院中の患者", Unit: "人", Axis: "担当CM", Empty: "入院中の患者の担当CMは、みな平時の連携があります"}
	row := charts.Series{Fill: charts.Hatched}
	for _, patients := range people[:min(top, len(people))] {
		u, n := patients[0], len(patients)
		name := u.CareManager.Name
		if u.Office != nil {
			name += "（" + u.Office.Name + "）"
		}
		c.Categories = append(c.Categories, name)
		row.Data = append(row.Data, charts.Datum{Value: float64(n), Detail: fmt.Sprintf("%s　%d人　%s", name, n, u.Missing()), Key: b.leadUnreadyPatients("unready:"+u.CareManager.Code, name+"の入院中の患者", patients)})
	}
	c.Series = []charts.Series{row}
	b.add(Block{Title: "入院中の患者の、担当CMとの平時の連携", Facts: []Fact{
		{Name: "平時の連携がない担当CM", Value: fmt.Sprintf("%d名", len(people)), Key: b.leadUnready(people)},
		{Name: "その入院中の患者", Value: fmt.Sprintf("%d人", len(list)), Key: b.leadUnreadyPatients("unready:patients", "平時の連携がない担当CMの、入院中の患者", list)},
	}, Chart: c, Note: "平時の連携は、" + fee.PeacetimeAsked + "を、設定の院内基準で、その患者の入院日から見たものです。期間の選択によりません。"})
}

func (b *builder) leadUnready(people [][]liaison.Unready) string {
	return b.lead("unready", "平時の連携がない担当CM", len(people), func() []Row {
		rows := make([]Row, len(people))
		for i, patients := range people {
			u := patients[0]
			rows[i] = Row{ID: "c" + u.CareManager.Code, On: u.Admission.AdmittedOn, Who: u.CareManager.Name, State: fmt.Sprintf("入院中 %d人　%s", len(patients), u.Missing()), To: page.To("介護支援専門員", u.CareManager.Code)}
			if u.Office != nil {
				rows[i].What = u.Office.Name
			}
		}
		return rows
	})
}

func (b *builder) leadUnreadyPatients(key, title string, list []liaison.Unready) string {
	return b.lead(key, title, len(list), func() []Row {
		rows := make([]Row, len(list))
		for i, u := range list {
			rows[i] = b.admissionRow(u.Admission)
			rows[i].State = u.Missing()
		}
		return rows
	})
}

func (b *builder) leadCold(list []liaison.Activity) string {
	return b.leadPartners("cold", "入院は多いのにやり取りの少ない連携先", list)
}

func (b *builder) leadQuiet(list []liaison.Activity) string {
	return b.leadPartners("quiet", fmt.Sprintf("%d日以上やり取りのない連携機関", liaison.QuietDays), list)
}

func (b *builder) peacetime() {
	months := liaison.PeacetimeByMonth(b.f, b.rules, b.scope)
	line := charts.Series{Name: "平時の連携のある入院"}
	labels := make([]models.Month, len(months))
	for i, m := range months {
		labels[i] = m.Month
		d := rate(len(m.Ready), m.WithCareManager(), m.Month.String())
		d.Key = b.leadPeacetime(m)
		line.Data = append(line.Data, d)
	}
	b.add(Block{Chart: &charts.Chart{Kind: charts.Lines, Title: "平時の連携のある入院の割合（月別）", Unit: "％", Axis: "入院の月", Most: 100, Categories: monthLabels(labels), Series: []charts.Series{line}, Empty: "この期間に担当CMのいる入院はありません"},
		Note: "担当CMのいる入院のうち、入院日にその担当CMと平時の連携があるものの割合です。"})
}

// leadPeacetime opens the 入院 of a month, those without 平時の連携 first.
func (b *builder) leadPeacetime(m liaison.PeacetimeMonth) string {
	return b.lead("peace:"+m.Month.String(), m.Month.String()+" 担当CMのいる入院（平時の連携のないものから）", m.WithCareManager(), func() []Row {
		var rows []Row
		for i, keys := range [][]models.AdmissionKey{m.Unready, m.Ready} {
			for _, key := range keys {
				row := b.admissionRow(b.f.Admission(key))
				row.State = [...]string{"平時の連携なし", "平時の連携あり"}[i]
				rows = append(rows, row)
			}
		}
		return rows
	})
}

func (b *builder) silence(list []liaison.Activity) {
	c := &charts.Chart{Title: "最後のやり取りからの日数", Unit: "か所", Axis: "日数", Empty: "連携機関の登録がありません"}
	row := charts.Series{Fill: charts.Faint}
	for _, s := range liaison.Silences(list, b.scope.AsOf) {
		title := "最後のやり取りから" + s.Words
		if !s.Ever {
			title = "やり取りの記録がない連携機関"
		}
		c.Categories = append(c.Categories, s.Words)
		row.Data = append(row.Data, count(len(s.Partners), b.leadPartners("silent:"+s.Words, title, s.Partners)))
	}
	c.Series = []charts.Series{row}
	quiet := liaison.NotContacted(list, b.scope.AsOf, liaison.QuietDays)
	b.add(Block{Title: "連絡の途絶えている連携機関", Facts: []Fact{
		{Name: fmt.Sprintf("%d日以上", liaison.QuietDays), Value: fmt.Sprintf("%dか所（記録のないものを含む）", len(quiet)), Key: b.leadQuiet(quiet)},
	}, Chart: c, Note: "基準日の連携機関を、最後のやり取り又は共同指導からの日数で分けました。期間・病棟の選択によりません。"})
}

func (b *builder) turnover() {
	t := liaison.Turnovers(b.f, b.scope)
	ended := b.lead("ended", "連携を終えた連携先", len(t.Ended), func() []Row {
		rows := make([]Row, len(t.Ended))
		for i, p := range t.Ended {
			rows[i] = Row{ID: "p" + p.Code, On: p.EndedOn, Who: p.Name, What: string(p.Kind), State: "連携終了", To: page.To("連携先", p.Code)}
		}
		return rows
	})
	b.add(Block{Title: "新しい連携先・途切れた連携先", Chart: &charts.Chart{Kind: charts.Rows, Title: "期間に増えた・減った連携先", Unit: "か所", Axis: "区分", Empty: "増えた・減った連携先はありません", Categories: []string{"新しい", "途切れた", "連携終了"},
		Series: []charts.Series{{Fill: charts.Faint, Data: []charts.Datum{
			count(len(t.New), b.leadPartners("new", "新しい連携先", t.New)), count(len(t.Lost), b.leadPartners("lost", "途切れた連携先", t.Lost)), count(len(t.Ended), ended),
		}}}}, Note: "新しい: 最初のやり取り・共同指導が期間にあるもの。途切れた: 期間の前の1年にやり取り・共同指導があり、その後ないもの。連携終了: 連携終了日が期間にあるもの。病棟の選択によりません。"})
}

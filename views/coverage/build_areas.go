package coverage

import (
	"fmt"

	"renkei/models"
	"renkei/models/liaison"
	"renkei/views/charts"
)

// areas adds the map of the 市区町村 and the table of their partners by kind.
func (b *builder) areas(rows []liaison.AreaRow, list []liaison.Activity) {
	byCode := make(map[string]liaison.Activity, len(list))
	for _, a := range list {
		byCode[a.Partner.Code] = a
	}
	of := func(codes []string) []liaison.Activity {
		found := make([]liaison.Activity, len(codes))
		for i, code := range codes {
			found[i] = byCode[code]
		}
		return found
	}
	b.mapOfAreas(liaison.ByPostalCode(rows, list), of)
	table := &charts.Chart{Kind: charts.Rows, Title: "市区町村 × 種別", Unit: "", Axis: "市区町村", Stacked: true, Empty: "連携先の登録がありません"}
	fills := []charts.Fill{charts.Solid, charts.Hatched, charts.Dotted, charts.Blank, charts.Crossed, charts.Faint, charts.Solid, charts.Hatched}
	for i, group := range liaison.KindGroups {
		row := charts.Series{Name: string(group), Fill: fills[i]}
		for _, r := range rows {
			codes := r.Partners[group]
			row.Data = append(row.Data, count(len(codes), b.leadPartners("area:"+r.Area+":"+string(group), r.Area+" "+string(group), of(codes))))
		}
		table.Series = append(table.Series, row)
	}
	for _, r := range rows {
		table.Categories = append(table.Categories, r.Area)
	}
	b.add(Block{Chart: table, AsTable: true, Note: "包括・予防は地域包括支援センター・介護予防支援、相談支援は計画相談・障害児相談、施設は特養・老健・介護医療院・特定施設・グループホーム・（看護）小規模多機能です。期間・病棟の選択によりません。"})
}

// mapOfAreas adds a tile for each 市区町村: the 入院 from there, and the hospital's
// やり取り and partners there.
func (b *builder) mapOfAreas(rows []liaison.AreaRow, of func(codes []string) []liaison.Activity) {
	c := &charts.Chart{Kind: charts.Tiles, Title: "市区町村ごとの入院・やり取り・連携先", Axis: "市区町村", Empty: "連携先の登録がありません"}
	in, talk, partners := charts.Series{Name: "入院"}, charts.Series{Name: "やり取り"}, charts.Series{Name: "連携先"}
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.Area
		var codes []string
		for _, group := range liaison.KindGroups {
			codes = append(codes, r.Partners[group]...)
		}
		name := r.Area
		if r.Cold() {
			name = "△ " + name
		}
		c.Categories = append(c.Categories, name)
		words := fmt.Sprintf("%s　入院 %d　やり取り %d　共同指導 %d　連携先 %d（連携機関 %d）", r.Area, r.Admissions, r.Contacts, r.Sessions, r.Total, r.Active)
		add := func(s *charts.Series, n int, key string) {
			s.Data = append(s.Data, charts.Datum{Value: float64(n), Detail: words, Key: key})
		}
		add(&in, r.Admissions, b.leadOfficeAdmissions("area:"+r.Area+":入院", r.Area+" 入院", r.Admissions, b.scope.Within(), codes...))
		add(&talk, r.Contacts, b.leadOfficeContacts("area:"+r.Area+":やり取り", r.Area+" やり取り", r.Contacts, b.scope.Within(), false, codes...))
		add(&partners, r.Total, b.leadPartners("area:"+r.Area, r.Area, of(codes)))
	}
	c.Series = []charts.Series{in, talk, partners}
	c.Cells = arrangement(nil).cells(names)
	b.add(Block{Title: "地域の広がり", Chart: c, Places: names, Note: fmt.Sprintf(
		"基準日に連携を終えていない連携先を、住所の市区町村で分けました。入院（担当CMの入院日の所属先）とやり取りは期間の数、連携先は基準日の数です。△ は、入院が%d件以上で、やり取りと共同指導の合計が入院より少ない市区町村です。病棟の選択によりません。はじめは郵便番号の順に並んでいます。",
		liaison.BusyAdmissions)})
}

// leadOfficeAdmissions opens the 入院 of patients whose 担当CM belonged to one of
// the offices on the 入院日.
func (b *builder) leadOfficeAdmissions(key, title string, n int, within models.Period, offices ...string) string {
	return b.lead(key, title, n, func() []Row {
		in := setOf(offices)
		var rows []Row
		for i := range b.f.Book.Admissions {
			a := &b.f.Book.Admissions[i]
			if !within.Covers(a.AdmittedOn) {
				continue
			}
			if office := b.f.OfficeOf(a.CareManager, a.AdmittedOn); office != nil && in[office.Code] {
				rows = append(rows, b.admissionRow(a))
			}
		}
		return rows
	})
}

// leadOfficeContacts opens the やり取り with the offices, and with sessions also
// the 共同指導 with their people.
func (b *builder) leadOfficeContacts(key, title string, n int, within models.Period, sessions bool, offices ...string) string {
	return b.lead(key, title, n, func() []Row {
		in := setOf(offices)
		var rows []Row
		for i := range b.f.Book.Contacts {
			if c := &b.f.Book.Contacts[i]; within.Covers(c.On) && in[b.f.OfficeOfContact(c)] {
				rows = append(rows, b.contactRow(c))
			}
		}
		for i := range b.verdicts {
			if v := &b.verdicts[i]; sessions && v.Session.On != 0 && within.Covers(v.Session.On) && v.Office != nil && in[v.Office.Code] {
				rows = append(rows, sessionRow(v))
			}
		}
		return rows
	})
}

func setOf(codes []string) map[string]bool {
	set := make(map[string]bool, len(codes))
	for _, code := range codes {
		set[code] = true
	}
	return set
}

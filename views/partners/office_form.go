package partners

import (
	"renkei/app"
	"renkei/models"
	"renkei/views/form"
	"renkei/views/page"
)

// editOffice opens the form of an office, of a new one without a version.
func (p *Page) editOffice(office models.Partner) {
	p.Begin(func() page.Editor { return p.officeForm(office) })
}

func (p *Page) officeForm(was models.Partner) *page.Form {
	office := was
	o := page.FormOptions{
		Title: was.Name + "を直す", Draft: "partners.office." + was.Code, Recorded: true, Of: app.RefOf(was),
		Entry: func() page.Entry {
			return page.EntryOf(office.Name, &office, was, p.Shell.Today(), func(o models.Partner) string { return officeKey(o.Code) })
		},
	}
	if was.Version == 0 {
		o.Title, o.Note, o.Draft, o.Recorded, o.Of = "事業所の登録", "連携先コード"+page.NotYet, "partners.office.new", false, app.RecordRef{}
		o.At = page.ToNew("連携先", "")
	}
	f := p.NewForm(o)
	page.Bind(f, &office,
		form.Section("事業所"),
		form.Text(&office.Name, "例 ケアプランセンターさくら"),
		form.Text(&office.Kana, "例 ケアプランセンターサクラ"),
		form.Choice(&office.Kind, models.PartnerKinds),
		form.Text(&office.OfficeNumber, "10桁").Width(160),
		form.Text(&office.Corporation, "例 社会福祉法人 さくら会"),
		form.Section("連絡先"),
		form.Text(&office.Phone, "例 045-123-4567").Width(200),
		form.Text(&office.Fax, "例 045-123-4568").Width(200),
		form.Text(&office.PostalCode, "例 231-0001").Width(120),
		form.Text(&office.Address, "都道府県から"),
		form.Section("連携"),
		form.Date(&office.ConsultedOn).Hint("入退院支援加算1の連携機関（25機関）に数えるには、この日付が要ります。"),
		form.Date(&office.AgreedOn).Hint("入退院時の連絡のしかたなどを取り決めた日"),
		form.Date(&office.EndedOn),
		form.Mark(&office.SpecialRelation, "あり", "なし"),
		form.Mark(&office.AdvancedAcute, "該当", "該当しない").Hint("特定機能病院・救命救急センターなど（病院のみ）"),
		form.Choice(&office.Annex, models.Annexes).Hint("当院と同じ敷地にあるとき"),
		form.Memo(&office.Note, "つながりやすい時間、窓口など", 3),
	)
	p.nameDoubles(f, func() []Double { return p.index.OfficeDoubles(office) })
	return f
}

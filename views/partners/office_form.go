package partners

import (
	"cmp"

	"renkei/app"
	"renkei/models"
	"renkei/views/page"
	"renkei/views/ui"
)

// officeFields are the fields of the form of an office.
type officeFields struct {
	before models.Partner

	name, kana, number, corporation *ui.TextField
	kind, annex                     *ui.ChoiceField
	postal, address, phone, fax     *ui.TextField
	consulted, agreed, ended        *ui.DateField
	special, acute                  *ui.MarkField
	note                            *ui.MemoField
}

// editOffice opens the form of an office; one without a code is new.
func (p *Page) editOffice(office models.Partner) {
	f := newOfficeFields(office, p.shell.Today)
	title, row, draft := "事業所の登録", "", "office.new"
	if office.Version > 0 {
		title, row, draft = office.Name+"を直す", officeKey(office.Code), "office."+office.Code
	}
	o := p.newForm(title, row, draft, office.Version > 0, func(o *openForm) {
		changed := f.read()
		checked := changed
		checked.Code = cmp.Or(changed.Code, page.NotYet)
		what, step := changed.Name+"の登録", app.New(&changed)
		if office.Version > 0 {
			what, step = changed.Name+"の変更", app.Put(changed)
		}
		problems := models.EntryProblems(checked, f.before, p.shell.Today())
		p.store(o, what, func() page.Target { return toOffice(changed.Code) }, problems, step)
	})
	if office.Version == 0 {
		o.note = "連携先コード" + page.NotYet
	}
	f.addTo(o.form)
	p.watch(o, func() []Double { return p.index.OfficeDoubles(f.read()) }, f.name, f.number, f.phone)
	p.openForm(o)
}

func newOfficeFields(p models.Partner, today func() models.Date) *officeFields {
	return &officeFields{
		before: p,
		name:   ui.FilledText(p.Name, "例 ケアプランセンターさくら"), kana: ui.FilledText(p.Kana, "例 ケアプランセンターサクラ"),
		number: ui.FilledText(p.OfficeNumber, "10桁"), corporation: ui.FilledText(p.Corporation, "例 社会福祉法人 さくら会"),
		kind: ui.FilledChoice(p.Kind, models.PartnerKinds), annex: ui.FilledChoice(p.Annex, models.Annexes),
		postal: ui.FilledText(p.PostalCode, "例 231-0001"), address: ui.FilledText(p.Address, "都道府県から"),
		phone: ui.FilledText(p.Phone, "例 045-123-4567"), fax: ui.FilledText(p.Fax, "例 045-123-4568"),
		consulted: ui.FilledDate(p.ConsultedOn, today), agreed: ui.FilledDate(p.AgreedOn, today), ended: ui.FilledDate(p.EndedOn, today),
		special: ui.FilledMark(p.SpecialRelation, "あり", "なし"), acute: ui.FilledMark(p.AdvancedAcute, "該当", "該当しない"),
		note: ui.FilledMemo(p.Note, "つながりやすい時間、窓口など", 3),
	}
}

func (f *officeFields) addTo(form *ui.Form) {
	form.Section("事業所")
	form.Add(ui.FormRow{Label: "名称", Required: true, Field: f.name})
	form.Add(ui.FormRow{Label: "カナ", Field: f.kana})
	form.Add(ui.FormRow{Label: "種別", Required: true, Field: f.kind})
	form.Add(ui.FormRow{Label: "事業所番号", Field: f.number, Width: 160})
	form.Add(ui.FormRow{Label: "法人名", Field: f.corporation})
	form.Section("連絡先")
	form.Add(ui.FormRow{Label: "電話", Field: f.phone, Width: 200})
	form.Add(ui.FormRow{Label: "FAX", Field: f.fax, Width: 200})
	form.Add(ui.FormRow{Label: "郵便番号", Field: f.postal, Width: 120})
	form.Add(ui.FormRow{Label: "住所", Field: f.address})
	form.Section("連携")
	form.Add(ui.FormRow{Label: "協議日", Field: f.consulted, Hint: "入退院支援加算1の連携機関（25機関）に数えるには、この日付が要ります。"})
	form.Add(ui.FormRow{Label: "取り決め日", Field: f.agreed, Hint: "入退院時の連絡のしかたなどを取り決めた日"})
	form.Add(ui.FormRow{Label: "連携終了日", Field: f.ended})
	form.Add(ui.FormRow{Label: "特別の関係", Field: f.special})
	form.Add(ui.FormRow{Label: "高度急性期", Field: f.acute, Hint: "特定機能病院・救命救急センターなど（病院のみ）"})
	form.Add(ui.FormRow{Label: "併設", Field: f.annex, Hint: "当院と同じ敷地にあるとき"})
	form.Add(ui.FormRow{Label: "備考", Field: f.note})
}

// read returns the office as filled in.
func (f *officeFields) read() models.Partner {
	p := f.before
	p.Name, p.Kana, p.OfficeNumber, p.Corporation = f.name.Text(), f.kana.Text(), f.number.Text(), f.corporation.Text()
	p.Kind, p.Annex = models.PartnerKind(f.kind.Choice()), models.Annex(f.annex.Choice())
	p.PostalCode, p.Address, p.Phone, p.Fax = f.postal.Text(), f.address.Text(), f.phone.Text(), f.fax.Text()
	p.ConsultedOn, p.AgreedOn, p.EndedOn = f.consulted.Date(), f.agreed.Date(), f.ended.Date()
	p.SpecialRelation, p.AdvancedAcute = f.special.Mark(), f.acute.Mark()
	p.Note = f.note.Text()
	return p
}

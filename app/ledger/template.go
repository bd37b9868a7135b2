package ledger

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"renkei/models"
	"renkei/models/fee"
)

// WriteTemplate writes the empty book: one example row per sheet (the examples
// refer to one another, so the book can be read as it is), drop-down lists, and
// a sheet 説明 that explains every column and parameter.
func WriteTemplate(ctx context.Context, path string) error {
	if !strings.HasSuffix(strings.ToLower(path), ".xlsx") {
		return models.Errorf(models.Invalid, "書き出し先「%s」は .xlsx で終わる名前にしてください", path)
	}
	w, err := newWriter("")
	if err != nil {
		return internal(err)
	}
	defer w.file.Close() // only removes temporary files
	if err := w.fillTemplate(ctx); err != nil {
		return internalUnlessKnown(err, nil)
	}
	return writeFile(path, func(out io.Writer) error { return w.file.Write(out) })
}

func (w *bookWriter) fillTemplate(ctx context.Context) error {
	if err := w.explain(); err != nil {
		return err
	}
	book := exampleBook()
	for _, s := range sheets {
		if err := w.addSheet(ctx, s, book, nil); err != nil {
			return err
		}
	}
	return w.finish()
}

var needWords = map[models.Need]string{models.Optional: "", models.Required: "†", models.Key: "*", models.KeyOfSome: "*"}

var kindWords = map[models.FieldKind]string{
	models.TextField: "文字", models.CodeField: "文字（0 から始まる番号もそのまま）", models.ChoiceField: "一覧から選ぶ",
	models.ListField: "文字（2人以上は ; で区切る）", models.ClockField: "時刻（09:30）", models.NumberField: "数",
	models.MarkField: "○ か ×（空欄は未確認）", models.DateField: "日付（2026-11-22、R8.11.22 など）", models.MonthField: "月（2026-10）",
}

var explanationIntro = []string{
	"台帳ブックの書き方",
	"各シートの2行目は見本です。消してから書いてください。",
	"印が * の列は行を見分ける列、† の列は必ず書く列です。ほかの列は空欄でもかまいません。",
	"列の順は自由です。ここにない列は読み込みません。1つでも直すところがあれば、何も登録せずにすべて知らせます。",
}

// explain writes the 説明 sheet.
func (w *bookWriter) explain() error {
	if err := w.newSheet(sheetExplanation); err != nil {
		return err
	}
	var rows [][]string
	for _, line := range explanationIntro {
		rows = append(rows, []string{line})
	}
	columnsHead := len(rows) + 1
	rows = append(rows, []string{"シート", "列", "印", "書き方", "使える値", "意味"})
	for _, s := range sheets {
		rows = append(rows, []string{s.title(), "", "", "", "", s.purpose()})
		for _, h := range s.headings() {
			rows = append(rows, []string{s.title(), h.Name, needWords[h.Need], kindWords[h.Kind], valueWords(h), h.Help})
		}
	}
	parametersHead := len(rows) + 1
	rows = append(rows, []string{"設定のキー", "初期値", "", "使える値", "名前", "説明"})
	for _, d := range fee.Definitions {
		rows = append(rows, []string{d.Name, d.Default, "", parameterValues(d), d.Label, d.Words})
	}
	w.listRange["キー"] = "'" + sheetExplanation + "'!$A$" + strconv.Itoa(parametersHead+1) + ":$A$" + strconv.Itoa(len(rows))
	return w.explanationRows(rows, columnsHead, parametersHead)
}

func (w *bookWriter) explanationRows(rows [][]string, heads ...int) error {
	if err := w.layExplanation(); err != nil {
		return err
	}
	stream, err := w.file.NewStreamWriter(sheetExplanation)
	if err != nil {
		return err
	}
	for i, size := range []float64{32, 26, 6, 34, 48, 70} {
		if err := stream.SetColWidth(i+1, i+1, size); err != nil {
			return err
		}
	}
	for i, row := range rows {
		style := styleNote
		switch {
		case i < len(explanationIntro):
			style = styleTitle
		case i+1 == heads[0] || i+1 == heads[1]:
			style = styleHeader
		}
		cells := make([]any, len(row))
		for j, t := range row {
			cells[j] = excelize.Cell{StyleID: w.styles[style], Value: t}
		}
		if err := stream.SetRow(cellName(1, i+1), cells); err != nil {
			return err
		}
	}
	return stream.Flush()
}

func (w *bookWriter) layExplanation() error {
	a4, landscape, one, many, fit := 9, "landscape", 1, 0, true
	if err := w.file.SetPageLayout(sheetExplanation, &excelize.PageLayoutOptions{
		Size: &a4, Orientation: &landscape, FitToWidth: &one, FitToHeight: &many}); err != nil {
		return err
	}
	return w.file.SetSheetProps(sheetExplanation, &excelize.SheetPropsOptions{FitToPage: &fit})
}

func valueWords(h models.Field) string {
	if h.Name == "キー" {
		return "下の「設定のキー」の一覧"
	}
	return strings.Join(h.Values, "・")
}

func parameterValues(d fee.Definition) string {
	switch d.Kind {
	case fee.KindNumber:
		return cellText(d.Min) + "〜" + cellText(d.Max)
	case fee.KindCode:
		return "9桁の数字か空欄"
	case fee.KindText:
		return "文字"
	}
	words := make([]string, len(d.Options))
	for i, o := range d.Options {
		words[i] = o.Value + "（" + o.Label + "）"
	}
	return strings.Join(words, "・")
}

// exampleBook is a register with one row per sheet. The rows refer to one
// another.
func exampleBook() *models.Book {
	day := models.MustDate
	return &models.Book{
		Settings: []models.Setting{{Key: "hospital_name", Value: "見本病院"}},
		Policies: []models.Policy{{Edition: "第1版", EffectiveOn: day("2026-06-01"), Within7Days: models.Yes,
			Before7Days: models.Yes, Encourages: models.Yes, AnnouncedOn: day("2026-06-01"), AnnouncedHow: "院内掲示"}},
		Wards: []models.Ward{{Code: "W01", ValidFrom: day("2026-04-01"), Name: "3東病棟", BasicFee: "急性期一般入院料1",
			Beds: 45, Class: models.WardClassI, FeeTreatment: models.FeeSeparate, Acute: models.Yes, FiledFrom: day("2026-04-01")}},
		Staff: []models.Staff{{Code: "S001", From: day("2026-04-01"), Name: "見本 花子", Kana: "ミホン ハナコ",
			Job: models.Nurse, Department: models.FullTime}},
		Partners: []models.Partner{{Code: "P001", Name: "見本居宅介護支援事業所", Kana: "ミホンキョタクカイゴシエンジギョウショ",
			Kind: models.CareOffice, OfficeNumber: "0000000000", Corporation: "社会福祉法人見本会", PostalCode: "000-0000",
			Address: "見本市見本町1-1", Phone: "000-000-0000", Fax: "000-000-0001", ConsultedOn: day("2026-06-10"), AgreedOn: day("2026-06-10")}},
		CareManagers: []models.CareManager{{Code: "C001", Name: "見本 太郎", Kana: "ミホン タロウ", Qualification: models.QualifiedCM,
			RegistrationNo: "00000000", CanPlan: models.Yes, SharedOn: day("2026-06-10")}},
		Affiliations: []models.Affiliation{{CareManager: "C001", Partner: "P001", From: day("2026-04-01")}},
		Meetings: []models.Meeting{{Code: "M001", HeldOn: day("2026-07-14"), Name: "第1回 多職種連携会議", Kind: models.MultiJobMeeting,
			Host: "当院", Place: "会議室", Way: "対面", Agenda: "退院支援の進め方", ContactsShared: models.Yes}},
		Attendances: []models.Attendance{{Meeting: "M001", Kind: models.AttendeeStaff, Code: "S001"}},
		Contacts: []models.Contact{{Number: "K0001", On: day("2026-09-01"), Time: "09:30", Kind: models.FaceToFace, Initiator: "当院",
			CareManager: "C001", Partner: "P001", Staff: []string{"S001"}, Purpose: "顔合わせ", Body: "担当者の紹介"}},
		Admissions: []models.Admission{{PatientID: "00000001", AdmittedOn: day("2026-10-02"), Name: "見本 一郎", Kana: "ミホン イチロウ",
			BornOn: day("1940-05-02"), Sex: "男", ExpectedOn: day("2026-10-27"), Specialty: "内科", ServiceSuitable: models.Yes,
			PatientWishes: models.Yes, ConsentedOn: day("2026-10-03"), CareManager: "C001", CareLevel: "要介護2",
			CareStatus: models.Certified, ReceivedOn: day("2026-10-03"), InformedOn: day("2026-10-05"), NoticedOn: day("2026-10-19")}},
		WardStays: []models.WardStay{{PatientID: "00000001", AdmittedOn: day("2026-10-02"), From: day("2026-10-02"), Ward: "W01"}},
		Sessions: []models.JointGuidance{{Number: "G0001", PatientID: "00000001", AdmittedOn: day("2026-10-02"), On: day("2026-10-08"),
			Way: models.InPerson, Content: "初回", Staff: []string{"S001"}, DoctorsOrder: models.Yes, CareManager: "C001",
			Standing: models.PriorCareManager, PatientJoined: models.Yes, Body: "退院後の生活の希望を確認", NotedOn: day("2026-10-08"),
			PlanAskedOn: day("2026-10-08"), PlanCopyOn: day("2026-10-15"), PlanCopyKind: "原案"}},
	}
}

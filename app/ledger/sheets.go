package ledger

import (
	"strings"

	"renkei/models"
	"renkei/models/fee"
)

// The names of the sheets.
const (
	sheetSettings     = "設定"
	sheetPolicies     = "規程"
	sheetWards        = "病棟"
	sheetStaff        = "職員"
	sheetPartners     = "連携先"
	sheetCareManagers = "介護支援専門員"
	sheetAffiliations = "所属履歴"
	sheetMeetings     = "会議"
	sheetAttendances  = "会議出席"
	sheetContacts     = "やり取り"
	sheetAdmissions   = "入院"
	sheetWardStays    = "病棟履歴"
	sheetSessions     = "共同指導"
	sheetExplanation  = "説明" // written for people, never read
)

// sheets is the ledger book: every sheet in its order. Its columns are the
// fields of its records, described in models.
var sheets = []ledgerSheet{
	&sheet[models.Setting]{
		name: sheetSettings, help: "病院の情報と、院内で決める判定の設定。書かないキーは初期値のままです",
		records: func(b *models.Book) *[]models.Setting { return &b.Settings },
		columns: settingColumns(),
		check:   checkSetting,
	},
	&sheet[models.Policy]{
		name: sheetPolicies, help: "院内の規程の版（通知(3)ア）",
		records: func(b *models.Book) *[]models.Policy { return &b.Policies },
		columns: columnsOf[models.Policy](),
		check:   (*models.Policy).Validate,
		across:  sameEffectiveDay,
	},
	&sheet[models.Ward]{
		name: sheetWards, help: "病棟と届出。変わったときは有効開始を変えた行を加えます",
		records: func(b *models.Book) *[]models.Ward { return &b.Wards },
		columns: columnsOf[models.Ward](),
		check:   (*models.Ward).Validate,
	},
	&sheet[models.Staff]{
		name: sheetStaff, help: "院内の職員。異動や部門の変更は行を加えます",
		records: func(b *models.Book) *[]models.Staff { return &b.Staff },
		columns: columnsOf[models.Staff](),
		check:   (*models.Staff).Validate,
	},
	&sheet[models.Partner]{
		name: sheetPartners, help: "連携先の事業所・施設・医療機関",
		records: func(b *models.Book) *[]models.Partner { return &b.Partners },
		columns: columnsOf[models.Partner](),
		check:   (*models.Partner).Validate,
	},
	&sheet[models.CareManager]{
		name: sheetCareManagers, help: "介護支援専門員と相談支援専門員",
		records: func(b *models.Book) *[]models.CareManager { return &b.CareManagers },
		columns: columnsOf[models.CareManager](),
		check:   (*models.CareManager).Validate,
	},
	&sheet[models.Affiliation]{
		name: sheetAffiliations, help: "介護支援専門員がどの連携先にいつからいつまで所属したか",
		records: func(b *models.Book) *[]models.Affiliation { return &b.Affiliations },
		columns: columnsOf[models.Affiliation](),
		check:   (*models.Affiliation).Validate,
	},
	&sheet[models.Meeting]{
		name: sheetMeetings, help: "開かれた会議と勉強会",
		records: func(b *models.Book) *[]models.Meeting { return &b.Meetings },
		columns: columnsOf[models.Meeting](),
		check:   (*models.Meeting).Validate,
	},
	&sheet[models.Attendance]{
		name: sheetAttendances, help: "会議・勉強会の出席者",
		records: func(b *models.Book) *[]models.Attendance { return &b.Attendances },
		columns: columnsOf[models.Attendance](),
		check:   (*models.Attendance).Validate,
		keys:    attendanceKeys,
	},
	&sheet[models.Contact]{
		name: sheetContacts, help: "連携先とのやり取り（面会・電話など）",
		records: func(b *models.Book) *[]models.Contact { return &b.Contacts },
		columns: columnsOf[models.Contact](),
		check:   (*models.Contact).Validate,
	},
	&sheet[models.Admission]{
		name: sheetAdmissions, help: "入院（1回の入院に1行）",
		records: func(b *models.Book) *[]models.Admission { return &b.Admissions },
		columns: columnsOf[models.Admission](),
		check:   (*models.Admission).Validate,
	},
	&sheet[models.WardStay]{
		name: sheetWardStays, help: "入院中にいた病棟",
		records: func(b *models.Book) *[]models.WardStay { return &b.WardStays },
		columns: columnsOf[models.WardStay](),
		check:   (*models.WardStay).Validate,
	},
	&sheet[models.JointGuidance]{
		name: sheetSessions, help: "介護支援専門員・相談支援専門員と共同で行った指導",
		records: func(b *models.Book) *[]models.JointGuidance { return &b.Sessions },
		columns: columnsOf[models.JointGuidance](),
		check:   (*models.JointGuidance).Validate,
		closed:  (*closedSessions).why,
	},
}

// settingColumns names the keys a 設定 may have.
func settingColumns() []column[models.Setting] {
	columns := columnsOf[models.Setting]()
	for _, d := range fee.Definitions {
		columns[0].Values = append(columns[0].Values, d.Name)
	}
	return columns
}

// checkSetting refuses an unknown key and a value its parameter does not take,
// and writes the value in the one form the parameter knows (TRUE is true).
func checkSetting(s *models.Setting) models.Problems {
	if s.Key == "" {
		return nil // reported as a blank key
	}
	def, ok := fee.DefinitionOf(s.Key)
	if !ok {
		return models.Problems{{Field: "キー", Message: "『" + s.Key + "』は使えません。説明シートのキーから選んでください"}}
	}
	if strings.TrimSpace(s.Value) == "" {
		return nil
	}
	params := fee.DefaultParams()
	if err := def.Set(&params, s.Value); err != nil {
		return models.Problems{{Field: "値", Message: models.ErrorMessage(err)}}
	}
	s.Value = def.Get(&params)
	return nil
}

// attendanceKeys: for その他 the name takes the place of the code.
func attendanceKeys(a *models.Attendance) []string {
	if a.Kind == models.AttendeeOther {
		return []string{"会議コード", "区分", "氏名"}
	}
	return []string{"会議コード", "区分", "コード"}
}

// sameEffectiveDay refuses two 規程 with one 施行日: which one would hold on
// that day could not be told.
func sameEffectiveDay(policies []models.Policy, rows []int) []Issue {
	var issues []Issue
	first := map[models.Date]int{}
	for i, p := range policies {
		if p.EffectiveOn.IsZero() {
			continue
		}
		j, taken := first[p.EffectiveOn]
		if !taken {
			first[p.EffectiveOn] = i
			continue
		}
		issues = append(issues, effectiveDayIssue(p, rows[i], policies[j].Edition))
	}
	return issues
}

func effectiveDayIssue(p models.Policy, row int, other string) Issue {
	return Issue{sheetPolicies, row, "施行日",
		"『" + p.EffectiveOn.String() + "』は「" + other + "」と同じ施行日です。版ごとに違う日にしてください"}
}

package fee

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"renkei/models"
)

// Params are the hospital's choices where the 通知 leaves the reading open
// (fee-rules Q1–Q21), and facts of the hospital. Definitions gives their names
// in the ledger book.
type Params struct {
	MeetingMinCount        int    // meeting_min_count, 1–99
	LookbackMonths         int    // evidence_lookback_months, 0–120; 0 means no limit
	EvidenceMustPrecede    string // Admission or Session
	RelationshipUnit       string // Person or Office
	RequireCMAttendance    bool
	StudySessionDefault    bool
	RequireShareDate       bool // require_contact_share_date
	ContactStaleMonths     int  // contact_stale_months, 1–120
	RoutineSubstitutes     bool // routine_contact_can_substitute
	RequireLocalAgreement  bool
	PolicyMustPrecede      string // Session or Admission
	DayCount               string // AdmissionIsDay1 or NextDay
	WardStaffIsDepartment  bool
	MergeLinkedAdmissions  bool
	LegacyTreatedAs        string // "1" or "none"
	AllowPhone             bool
	AllowFamilyOnly        bool
	A246Period             string // Rolling12 or Fiscal
	GuidanceCountsAsMenkai bool
	ChiikiCareExempt       bool
	HasChiikiCareRoom      bool
	A307ConsultCount       int // 0–9999
	Kyodo2Count3m          int // kyodo2_count_3m, 0–9999
	CodeFee1               string
	CodeFee2               string
	CodeLegacy             string
	HospitalName           string
	HospitalCode           string
	PatientIDDigits        int // 1–20
}

// Values of the choice parameters.
const (
	Admission       = "admission"
	Session         = "session"
	Person          = "person"
	Office          = "office"
	AdmissionIsDay1 = "admission_is_day1"
	NextDay         = "next_day"
	Rolling12       = "rolling12"
	Fiscal          = "fiscal"
	LegacyAsFee1    = "1"
	LegacyAsNone    = "none"
)

// Kind is the type of a parameter's value.
type Kind int

// The kinds of parameter.
const (
	KindNumber Kind = iota
	KindBool
	KindChoice
	KindCode // nine digits or blank
	KindText
)

// Definition describes one parameter: its name in the ledger book, the values
// it accepts, its default and the words shown to the user (fee-rules §6).
type Definition struct {
	Name     string
	Label    string // short Japanese name
	Kind     Kind
	Min, Max int
	Options  []Option
	Default  string
	Words    string // what the rule says, and what we do
	Question string // Q1–Q22, "" for hospital facts

	number func(*Params) *int
	flag   func(*Params) *bool
	text   func(*Params) *string
}

// Option is one value of a choice with its Japanese label.
type Option struct{ Value, Label string }

func number(name, label, q string, lo, hi int, def, words string, p func(*Params) *int) Definition {
	return Definition{Name: name, Label: label, Question: q, Kind: KindNumber, Min: lo, Max: hi, Default: def, Words: words, number: p}
}

func flag(name, label, q, def, words string, p func(*Params) *bool) Definition {
	return Definition{Name: name, Label: label, Question: q, Kind: KindBool, Default: def, Words: words, flag: p,
		Options: []Option{{"true", "はい"}, {"false", "いいえ"}}}
}

func choice(name, label, q, def, words string, p func(*Params) *string, options ...Option) Definition {
	return Definition{Name: name, Label: label, Question: q, Kind: KindChoice, Default: def, Words: words, Options: options, text: p}
}

func text(kind Kind, name, label, q, def, words string, p func(*Params) *string) Definition {
	return Definition{Name: name, Label: label, Question: q, Kind: kind, Default: def, Words: words, text: p}
}

// Definitions lists every parameter in the order of the settings screen. It is
// shared by all callers: never change it or its elements.
//
// A new parameter needs a field in Params and an entry here. The settings
// screen, the ledger book and the reports follow from it. Never rename one:
// ledger books hold the names.
var Definitions = []Definition{
	text(KindText, "hospital_name", "病院名", "", "", "帳票に印字します", func(p *Params) *string { return &p.HospitalName }),
	text(KindText, "hospital_code", "医療機関コード", "", "", "帳票に印字します", func(p *Params) *string { return &p.HospitalCode }),
	number("patient_id_digits", "患者IDの桁数", "", 1, 20, "8", "患者IDを入力するとき、この桁数まで左に0を補います", func(p *Params) *int { return &p.PatientIDDigits }),
	number("meeting_min_count", "平時の会議の回数", "Q1", 1, 99, "1", "通知に回数の定めはありません。院内基準の回数です", func(p *Params) *int { return &p.MeetingMinCount }),
	number("evidence_lookback_months", "実績の有効期間（か月）", "Q2", 0, 120, "12", "有効期間の定めはありません。院内基準の月数です（0は無期限）", func(p *Params) *int { return &p.LookbackMonths }),
	choice("evidence_must_precede", "平時の基準日", "Q3", Admission, "いつより前の記録を平時の連携として数えるか。安全側は入院日です", func(p *Params) *string { return &p.EvidenceMustPrecede }, Option{Admission, "入院日より前"}, Option{Session, "指導日より前"}),
	choice("relationship_unit", "連携をみる単位", "Q4", Person, "通知に個人か事業所かの定めはありません。安全側は本人です", func(p *Params) *string { return &p.RelationshipUnit }, Option{Person, "本人"}, Option{Office, "事業所"}),
	flag("require_cm_attendance", "相手の会議出席を求める", "Q5", "true", "文言上の出席者は部門の担当者です。安全側は相手の出席も求めます", func(p *Params) *bool { return &p.RequireCMAttendance }),
	flag("study_session_default", "勉強会を会議として数える", "Q6", "false", "勉強会は通知に明記がありません。会議として扱う理由を記録してください", func(p *Params) *bool { return &p.StudySessionDefault }),
	flag("require_contact_share_date", "連絡先の共有日を求める", "Q7", "true", "連絡先と担当者をあらかじめ共有していることの証拠です", func(p *Params) *bool { return &p.RequireShareDate }),
	number("contact_stale_months", "連絡先の確認を促す月数", "Q7", 1, 120, "12", "最後の共有・確認からこの月数を過ぎると知らせます", func(p *Params) *int { return &p.ContactStaleMonths }),
	flag("routine_contact_can_substitute", "日頃のやり取りを会議に代える", "Q8", "false", "日頃のやり取りは補強資料です（通知イは会議出席を挙げています）", func(p *Params) *bool { return &p.RoutineSubstitutes }),
	flag("require_local_agreement", "事前の取り決めを必須とする", "Q9", "false", "ウは望ましい要件です。必須としない場合も未登録なら知らせます", func(p *Params) *bool { return &p.RequireLocalAgreement }),
	choice("policy_must_precede", "規程の基準日", "Q10", Admission, "規程がいつまでに施行・周知されていればよいか。通知(3)は「平時から…ア…の体制を確保した上で」とし、安全側は入院日です", func(p *Params) *string { return &p.PolicyMustPrecede }, Option{Admission, "入院日まで"}, Option{Session, "指導日まで"}),
	choice("day_count", "入院日から7日の数え方", "Q12", AdmissionIsDay1, "安全側は入院日を1日目とする数え方です", func(p *Params) *string { return &p.DayCount }, Option{AdmissionIsDay1, "入院日を1日目"}, Option{NextDay, "翌日を1日目"}),
	flag("ward_staff_is_department", "病棟専任者を部門の担当者とみなす", "Q13", "false", "病棟専任のみの職員が部門の担当者に当たるかは示されていません", func(p *Params) *bool { return &p.WardStaffIsDepartment }),
	flag("merge_linked_admissions", "通算入院をまとめる", "Q14", "true", "通算される入院として前回の算定を引き継ぎます", func(p *Params) *bool { return &p.MergeLinkedAdmissions }),
	choice("legacy_treated_as", "5月以前の旧点数の扱い", "Q15", LegacyAsFee1, "同じ入院で5月以前に旧点数を算定しているときの扱い。安全側は指導料1相当です", func(p *Params) *string { return &p.LegacyTreatedAs }, Option{LegacyAsFee1, "指導料1相当"}, Option{LegacyAsNone, "数えない"}),
	flag("allow_phone", "電話での指導を認める", "Q17", "false", "ビデオ通話以外の遠隔は明記がありません", func(p *Params) *bool { return &p.AllowPhone }),
	flag("allow_family_only", "家族のみの指導を認める", "Q17", "false", "患者への説明以外は明記がありません", func(p *Params) *bool { return &p.AllowFamilyOnly }),
	choice("a246_period", "加算1の「過去1年」", "Q18", Rolling12, "直近12か月か年度かの定めはありません。集計期間を印字します", func(p *Params) *string { return &p.A246Period }, Option{Rolling12, "直近12か月"}, Option{Fiscal, "年度（4月から）"}),
	flag("guidance_counts_as_menkai", "共同指導を面会に数える", "", "true", "個別の退院調整の面会を含めてよいとされています（通知(5)）", func(p *Params) *bool { return &p.GuidanceCountsAsMenkai }),
	flag("chiiki_care_exempt", "地域包括ケア病床の経過措置", "", "false", "2026-03-31に加算1と地域包括ケアの両方を届出済みなら、2027-03-31まで基準から除けます", func(p *Params) *bool { return &p.ChiikiCareExempt }),
	flag("has_chiiki_care_room", "地域包括ケア入院医療管理料の病室がある", "", "false", "ある場合、連携機関のうち5以上が介護・障害の事業者である必要があります", func(p *Params) *bool { return &p.HasChiikiCareRoom }),
	number("a307_consult_count", "A307患者の相談支援専門員との連携回数", "", 0, 9999, "0", "加算1の実績②です", func(p *Params) *int { return &p.A307ConsultCount }),
	number("kyodo2_count_3m", "退院時共同指導料2の直近3か月の回数", "", 0, 9999, "0", "包括期充実体制加算の実績①です", func(p *Params) *int { return &p.Kyodo2Count3m }),
	text(KindCode, "code_fee1", "指導料1の診療行為コード", "Q21", "", "新コードは医事課で登録してください", func(p *Params) *string { return &p.CodeFee1 }),
	text(KindCode, "code_fee2", "指導料2の診療行為コード", "Q21", "", "新コードは医事課で登録してください", func(p *Params) *string { return &p.CodeFee2 }),
	text(KindCode, "code_legacy", "旧区分の診療行為コード", "Q21", "113011710", "令和8年5月以前のコードです", func(p *Params) *string { return &p.CodeLegacy }),
}

// DefaultParams returns the default parameters.
func DefaultParams() Params {
	var p Params
	for i := range Definitions {
		if err := Definitions[i].Set(&p, Definitions[i].Default); err != nil {
			panic("fee: default of " + Definitions[i].Name + " is not a value it takes")
		}
	}
	return p
}

// DefinitionOf returns the definition with that name. Treat it as read-only.
func DefinitionOf(name string) (*Definition, bool) {
	i := slices.IndexFunc(Definitions, func(d Definition) bool { return d.Name == name })
	if i < 0 {
		return nil, false
	}
	return &Definitions[i], true
}

// Aside is a row of 設定 that is ignored: an unknown key, or a value its
// parameter does not accept.
type Aside struct {
	Key string
	Why string // a Japanese sentence
}

// String says which row is ignored, why, and what is used instead.
func (a Aside) String() string {
	if _, known := DefinitionOf(strings.TrimSpace(a.Key)); known {
		return a.Why + "。この行は使わず、既定の値で判定しています"
	}
	return a.Why + "。この行は使わずに判定しています"
}

// ParamsOf returns the defaults changed by the rows of 設定, and the rows it
// ignored. A blank value keeps the default.
func ParamsOf(settings []models.Setting) (Params, []Aside) {
	p := DefaultParams()
	var aside []Aside
	for _, s := range settings {
		if err := Apply(&p, s.Key, s.Value); err != nil {
			aside = append(aside, Aside{s.Key, models.ErrorMessage(err)})
		}
	}
	return p, aside
}

// Apply sets one parameter by name. A blank value changes nothing.
func Apply(p *Params, key, value string) error {
	def, ok := DefinitionOf(strings.TrimSpace(key))
	if !ok {
		return models.Errorf(models.Invalid, "キー『%s』は使えません。説明シートのキーから選んでください", key)
	}
	if strings.TrimSpace(value) == "" {
		return nil
	}
	return def.Set(p, value)
}

// Set reads a value into p. The error says which values are accepted.
func (d *Definition) Set(p *Params, value string) error {
	v := strings.TrimSpace(norm.NFKC.String(value))
	switch d.Kind {
	case KindNumber:
		n, err := strconv.Atoi(v)
		if err != nil || n < d.Min || n > d.Max {
			return models.Errorf(models.Invalid, "%s『%s』は %d〜%d の数で入力してください", d.Name, value, d.Min, d.Max)
		}
		*d.number(p) = n
	case KindBool:
		b, ok := map[string]bool{"true": true, "1": true, "false": false, "0": false}[strings.ToLower(v)]
		if !ok {
			return models.Errorf(models.Invalid, "%s『%s』は true か false で入力してください", d.Name, value)
		}
		*d.flag(p) = b
	case KindChoice:
		if !slices.ContainsFunc(d.Options, func(o Option) bool { return o.Value == v }) {
			return models.Errorf(models.Invalid, "%s『%s』は %s から選んでください", d.Name, value, d.optionList())
		}
		*d.text(p) = v
	case KindCode:
		if v != "" && (len(v) != 9 || strings.Trim(v, "0123456789") != "") {
			return models.Errorf(models.Invalid, "%s『%s』は9桁の数字で入力してください", d.Name, value)
		}
		*d.text(p) = v
	default:
		*d.text(p) = strings.TrimSpace(value)
	}
	return nil
}

// Get returns the value as the ledger book writes it.
func (d *Definition) Get(p *Params) string {
	switch d.Kind {
	case KindNumber:
		return strconv.Itoa(*d.number(p))
	case KindBool:
		return strconv.FormatBool(*d.flag(p))
	default:
		return *d.text(p)
	}
}

func (d *Definition) optionList() string {
	words := make([]string, len(d.Options))
	for i, o := range d.Options {
		words[i] = o.Value
	}
	return strings.Join(words, "・")
}

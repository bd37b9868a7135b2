package store

import (
	"renkei/models"
)

// tables lists the tables in the order of the sheets, which is also the order
// references need: what is referred to comes first.
var tables = []anyTable{
	settings, policies, wards, staff, partners, careManagers, affiliations, meetings, attendances, contacts,
	admissions, wardStays, jointGuidances, confirmations, closings, closedVerdicts,
}

var settings = &table[models.Setting]{
	sheet: "設定", name: "settings", keys: 1,
	rows:    func(b *models.Book) *[]models.Setting { return &b.Settings },
	version: func(s *models.Setting) *int { return &s.Version },
	fields: func(s *models.Setting) []field {
		return []field{{"key", &s.Key}, {"value", &s.Value}}
	},
}

var policies = &table[models.Policy]{
	sheet: "規程", name: "policies", keys: 1,
	rows:    func(b *models.Book) *[]models.Policy { return &b.Policies },
	version: func(p *models.Policy) *int { return &p.Version },
	problem: models.Policy.Validate,
	fields: func(p *models.Policy) []field {
		return []field{
			{"edition", &p.Edition}, {"effective_on", &p.EffectiveOn}, {"within_7_days", &p.Within7Days},
			{"before_7_days", &p.Before7Days}, {"encourages", &p.Encourages}, {"announced_on", &p.AnnouncedOn},
			{"announced_how", &p.AnnouncedHow},
		}
	},
}

var wards = &table[models.Ward]{
	sheet: "病棟", name: "wards", keys: 2,
	rows:    func(b *models.Book) *[]models.Ward { return &b.Wards },
	version: func(w *models.Ward) *int { return &w.Version },
	problem: models.Ward.Validate,
	fields: func(w *models.Ward) []field {
		return []field{
			{"code", &w.Code}, {"valid_from", &w.ValidFrom}, {"valid_to", &w.ValidTo}, {"name", &w.Name},
			{"basic_fee", &w.BasicFee}, {"beds", &w.Beds}, {"class", (*string)(&w.Class)},
			{"fee_treatment", (*string)(&w.FeeTreatment)}, {"community_care", &w.CommunityCare},
			{"acute", &w.Acute}, {"comprehensive", &w.Comprehensive}, {"psw_add_on", &w.PSWAddOn},
			{"filed_from", &w.FiledFrom}, {"filed_to", &w.FiledTo},
		}
	},
}

var staff = &table[models.Staff]{
	sheet: "職員", name: "staff", keys: 2, first: "S001",
	meant: `EXISTS (SELECT 1 FROM joint_guidance_staff AS by WHERE by.staff = staff.code)`,
	used: `EXISTS (SELECT 1 FROM joint_guidance_staff AS by WHERE by.staff = staff.code)
		AND NOT EXISTS (SELECT 1 FROM staff AS twin WHERE twin.code = staff.code AND twin.valid_from <> staff.valid_from)`,
	rows:    func(b *models.Book) *[]models.Staff { return &b.Staff },
	version: func(s *models.Staff) *int { return &s.Version },
	problem: models.Staff.Validate,
	fields: func(s *models.Staff) []field {
		return []field{
			{"code", &s.Code}, {"valid_from", &s.From}, {"valid_to", &s.To}, {"name", &s.Name}, {"kana", &s.Kana},
			{"job", (*string)(&s.Job)}, {"department", (*string)(&s.Department)},
			{"ward_dedicated", &s.WardDedicated},
		}
	},
}

var partners = &table[models.Partner]{
	sheet: "連携先", name: "partners", keys: 1, first: "P001",
	rows:    func(b *models.Book) *[]models.Partner { return &b.Partners },
	version: func(p *models.Partner) *int { return &p.Version },
	problem: models.Partner.Validate,
	fields: func(p *models.Partner) []field {
		return []field{
			{"code", &p.Code}, {"name", &p.Name}, {"kana", &p.Kana}, {"kind", (*string)(&p.Kind)},
			{"office_number", &p.OfficeNumber}, {"corporation", &p.Corporation},
			{"special_relation", &p.SpecialRelation}, {"advanced_acute", &p.AdvancedAcute},
			{"annex", (*string)(&p.Annex)}, {"postal_code", &p.PostalCode}, {"address", &p.Address},
			{"phone", &p.Phone}, {"fax", &p.Fax}, {"consulted_on", &p.ConsultedOn}, {"ended_on", &p.EndedOn},
			{"agreed_on", &p.AgreedOn}, {"note", &p.Note},
		}
	},
}

var careManagers = &table[models.CareManager]{
	sheet: "介護支援専門員", name: "care_managers", keys: 1, first: "C001",
	used: `EXISTS (SELECT 1 FROM joint_guidances AS by
		WHERE by.care_manager = care_managers.code AND by.care_manager <> '')`,
	rows:    func(b *models.Book) *[]models.CareManager { return &b.CareManagers },
	version: func(c *models.CareManager) *int { return &c.Version },
	problem: models.CareManager.Validate,
	fields: func(c *models.CareManager) []field {
		return []field{
			{"code", &c.Code}, {"name", &c.Name}, {"kana", &c.Kana}, {"qualification", (*string)(&c.Qualification)},
			{"registration_no", &c.RegistrationNo}, {"can_plan", &c.CanPlan}, {"shared_on", &c.SharedOn},
			{"checked_on", &c.CheckedOn}, {"phone", &c.Phone}, {"mail", &c.Mail}, {"note", &c.Note},
		}
	},
}

var affiliations = &table[models.Affiliation]{
	sheet: "所属履歴", name: "affiliations", keys: 3,
	rows:    func(b *models.Book) *[]models.Affiliation { return &b.Affiliations },
	version: func(a *models.Affiliation) *int { return &a.Version },
	problem: models.Affiliation.Validate,
	fields: func(a *models.Affiliation) []field {
		return []field{
			{"care_manager", &a.CareManager}, {"partner", &a.Partner}, {"started_on", &a.From}, {"ended_on", &a.To},
		}
	},
}

var meetings = &table[models.Meeting]{
	sheet: "会議", name: "meetings", keys: 1, first: "M001",
	rows:    func(b *models.Book) *[]models.Meeting { return &b.Meetings },
	version: func(m *models.Meeting) *int { return &m.Version },
	problem: models.Meeting.Validate,
	fields: func(m *models.Meeting) []field {
		return []field{
			{"code", &m.Code}, {"held_on", &m.HeldOn}, {"name", &m.Name}, {"kind", (*string)(&m.Kind)},
			{"host", &m.Host}, {"place", &m.Place}, {"way", (*string)(&m.Way)}, {"agenda", &m.Agenda},
			{"counts", &m.Counts}, {"counts_because", &m.CountsBecause}, {"contacts_shared", &m.ContactsShared},
		}
	},
}

var attendances = &table[models.Attendance]{
	sheet: "会議出席", name: "attendances", keys: 3,
	rows:    func(b *models.Book) *[]models.Attendance { return &b.Attendances },
	version: func(a *models.Attendance) *int { return &a.Version },
	problem: models.Attendance.Validate,
	fields: func(a *models.Attendance) []field {
		codeIf := func(kind models.AttendeeKind) derivedRef {
			return func() string {
				if a.Kind == kind {
					return a.Code
				}
				return ""
			}
		}
		return []field{
			{"meeting", &a.Meeting}, {"kind", (*string)(&a.Kind)},
			{"attendee", derived(func() string {
				if a.Kind == models.AttendeeOther {
					return a.Name
				}
				return a.Code
			})},
			{"code", &a.Code}, {"name", &a.Name}, {"affiliation", &a.Affiliation},
			{"staff", codeIf(models.AttendeeStaff)}, {"care_manager", codeIf(models.AttendeeCM)},
		}
	},
}

var contacts = &table[models.Contact]{
	sheet: "やり取り", name: "contacts", keys: 1, grows: true, first: "K0001",
	rows:    func(b *models.Book) *[]models.Contact { return &b.Contacts },
	version: func(c *models.Contact) *int { return &c.Version },
	problem: models.Contact.Validate,
	staff:   func(c *models.Contact) *[]string { return &c.Staff },
	staffIn: "contact_staff",
	fields: func(c *models.Contact) []field {
		return []field{
			{"number", &c.Number}, {"contacted_on", &c.On}, {"contacted_at", &c.Time}, {"kind", (*string)(&c.Kind)},
			{"initiator", (*string)(&c.Initiator)}, {"care_manager", nullable{&c.CareManager}},
			{"partner", nullable{&c.Partner}}, {"purpose", &c.Purpose}, {"body", &c.Body},
			{"patient_id", &c.PatientID},
		}
	},
}

var admissions = &table[models.Admission]{
	sheet: "入院", name: "admissions", keys: 2, grows: true,
	meant: `EXISTS (SELECT 1 FROM contacts AS by WHERE by.patient_id = admissions.patient_id AND by.patient_id <> '')`,
	used: `EXISTS (SELECT 1 FROM joint_guidances AS by
			WHERE by.patient_id = admissions.patient_id AND by.admitted_on = admissions.admitted_on)
		OR EXISTS (SELECT 1 FROM contacts AS by WHERE by.patient_id = admissions.patient_id AND by.patient_id <> '')
		AND NOT EXISTS (SELECT 1 FROM admissions AS twin
			WHERE twin.patient_id = admissions.patient_id AND twin.admitted_on <> admissions.admitted_on)`,
	bound: bound{`EXISTS (SELECT 1 FROM joint_guidances
		WHERE joint_guidances.patient_id = admissions.patient_id AND joint_guidances.admitted_on = admissions.admitted_on AND ` + confirmed + `)`, "の共同指導は確定済み"},
	rows:    func(b *models.Book) *[]models.Admission { return &b.Admissions },
	version: func(a *models.Admission) *int { return &a.Version },
	problem: models.Admission.Validate,
	fields: func(a *models.Admission) []field {
		return []field{
			{"patient_id", &a.PatientID}, {"admitted_on", &a.AdmittedOn}, {"name", &a.Name}, {"kana", &a.Kana},
			{"born_on", &a.BornOn}, {"sex", &a.Sex}, {"expected_on", &a.ExpectedOn},
			{"discharged_on", &a.DischargedOn}, {"chain_key", &a.ChainKey}, {"specialty", &a.Specialty},
			{"service_suitable", &a.ServiceSuitable}, {"patient_wishes", &a.PatientWishes},
			{"consented_on", &a.ConsentedOn}, {"care_manager", nullable{&a.CareManager}},
			{"care_level", &a.CareLevel}, {"care_status", (*string)(&a.CareStatus)},
			{"received_on", &a.ReceivedOn}, {"informed_on", &a.InformedOn}, {"noticed_on", &a.NoticedOn},
			{"regional_plan", &a.RegionalPlan},
		}
	},
}

var wardStays = &table[models.WardStay]{
	sheet: "病棟履歴", name: "ward_stays", keys: 3, grows: true,
	rows:    func(b *models.Book) *[]models.WardStay { return &b.WardStays },
	version: func(s *models.WardStay) *int { return &s.Version },
	problem: models.WardStay.Validate,
	fields: func(s *models.WardStay) []field {
		return []field{
			{"patient_id", &s.PatientID}, {"admitted_on", &s.AdmittedOn}, {"started_on", &s.From},
			{"ward", &s.Ward}, {"ended_on", &s.To},
		}
	},
}

// confirmed is the condition that a 共同指導 has a 確定.
const confirmed = `EXISTS (SELECT 1 FROM confirmations AS by WHERE by.session = joint_guidances.number)`

var jointGuidances = &table[models.JointGuidance]{
	sheet: "共同指導", name: "joint_guidances", keys: 1, grows: true, first: "G0001",
	used:    confirmed,
	bound:   bound{confirmed, "は確定済み"},
	rows:    func(b *models.Book) *[]models.JointGuidance { return &b.Sessions },
	version: func(g *models.JointGuidance) *int { return &g.Version },
	problem: models.JointGuidance.Validate,
	staff:   func(g *models.JointGuidance) *[]string { return &g.Staff },
	staffIn: "joint_guidance_staff",
	fields: func(g *models.JointGuidance) []field {
		return []field{
			{"number", &g.Number}, {"patient_id", &g.PatientID}, {"admitted_on", &g.AdmittedOn},
			{"guided_on", &g.On}, {"way", (*string)(&g.Way)}, {"content", (*string)(&g.Content)},
			{"doctors_order", &g.DoctorsOrder}, {"care_manager", &g.CareManager},
			{"standing", (*string)(&g.Standing)}, {"patient_joined", &g.PatientJoined},
			{"screen_shared", &g.ScreenShared}, {"screen_consent_on", &g.ScreenConsent},
			{"multi_agency", &g.MultiAgency}, {"body", &g.Body}, {"noted_on", &g.NotedOn},
			{"plan_asked_on", &g.PlanAskedOn}, {"plan_copy_on", &g.PlanCopyOn},
			{"plan_copy_kind", (*string)(&g.PlanCopyKind)}, {"claim", (*string)(&g.Claim)},
			{"claim_month", &g.ClaimMonth},
		}
	},
}

var confirmations = &table[models.Confirmation]{
	sheet: "確定", name: "confirmations", keys: 1, grows: true,
	rows:    func(b *models.Book) *[]models.Confirmation { return &b.Confirmations },
	version: func(c *models.Confirmation) *int { return &c.Version },
	problem: models.Confirmation.Validate,
	fields: func(c *models.Confirmation) []field {
		return []field{
			{"session", &c.Session}, {"claim", (*string)(&c.Claim)}, {"points", &c.Points},
			{"rule_version", &c.RuleVersion}, {"claim_month", &c.Month}, {"prior_claim", (*string)(&c.PriorClaim)},
			{"prior_month", &c.PriorMonth}, {"confirmed_by", &c.By}, {"confirmed_at", &c.At},
		}
	},
}

var closings = &table[models.Closing]{
	sheet: "月締め", name: "closings", keys: 2,
	rows:    func(b *models.Book) *[]models.Closing { return &b.Closings },
	version: func(c *models.Closing) *int { return &c.Version },
	problem: models.Closing.Validate,
	fields: func(c *models.Closing) []field {
		return []field{
			{"month", &c.Month}, {"number", &c.Number}, {"closed_by", &c.ClosedBy}, {"closed_at", &c.ClosedAt},
			{"reopened_by", &c.ReopenedBy}, {"reopened_at", &c.ReopenedAt}, {"reason", &c.Reason},
		}
	},
}

var closedVerdicts = &table[models.ClosedVerdict]{
	sheet: "締めの判定", name: "closed_verdicts", keys: 3, grows: true,
	rows:    func(b *models.Book) *[]models.ClosedVerdict { return &b.ClosedVerdicts },
	version: func(c *models.ClosedVerdict) *int { return &c.Version },
	problem: models.ClosedVerdict.Validate,
	fields: func(c *models.ClosedVerdict) []field {
		return []field{
			{"month", &c.Month}, {"number", &c.Number}, {"session", &c.Session}, {"patient_id", &c.PatientID},
			{"admitted_on", &c.AdmittedOn}, {"guided_on", &c.On}, {"result", &c.Result}, {"points", &c.Points},
			{"code", &c.Code}, {"reason", &c.Reason}, {"warnings", &c.Warnings}, {"plan", &c.Plan},
			{"confirmed", (*string)(&c.Confirmed)}, {"confirmed_points", &c.ConfirmedPoints}, {"grounds", &c.Grounds},
		}
	},
}

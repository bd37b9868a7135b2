package models

import "regexp"

// MeetingKind is the 種別 of a 会議.
type MeetingKind string

// The 種別: the three of 通知(3)イ, and 勉強会, which 通知(3)イ does not name.
const (
	CommunityCareMeeting MeetingKind = "地域ケア会議"
	ServiceMeeting       MeetingKind = "サービス担当者会議"
	MultiJobMeeting      MeetingKind = "多職種連携会議"
	StudySession         MeetingKind = "勉強会"
)

// MeetingKinds lists the values of 種別.
var MeetingKinds = []MeetingKind{CommunityCareMeeting, ServiceMeeting, MultiJobMeeting, StudySession}

// MeetingWay is the 方法 of a 会議.
type MeetingWay string

// MeetingWays lists the values of 方法.
var MeetingWays = []MeetingWay{"対面", "オンライン", "併用"}

// Meeting is a 会議 or 勉強会 that was held.
type Meeting struct {
	Code           string
	HeldOn         Date
	Name           string
	Kind           MeetingKind
	Host           string
	Place          string
	Way            MeetingWay
	Agenda         string
	Counts         Mark   // 会議として算入
	CountsBecause  string // 算入理由
	ContactsShared Mark   // 連絡先共有
	Version        int
}

var meetingFields = []FieldAt[Meeting]{
	code("会議コード", Key, "会議のコード", func(m *Meeting) *string { return &m.Code }),
	date("開催日", Required, "開かれた日", func(m *Meeting) *Date { return &m.HeldOn }),
	text("名称", Required, "会議の名称", func(m *Meeting) *string { return &m.Name }),
	choice("種別", Required, "会議の種別（通知(3)イ）", MeetingKinds, func(m *Meeting) *MeetingKind { return &m.Kind }),
	text("主催", Optional, "主催した機関", func(m *Meeting) *string { return &m.Host }),
	text("場所", Optional, "開かれた場所", func(m *Meeting) *string { return &m.Place }),
	choice("方法", Optional, "開き方", MeetingWays, func(m *Meeting) *MeetingWay { return &m.Way }),
	memo("議題", Optional, "議題", func(m *Meeting) *string { return &m.Agenda }),
	mark("会議として算入", Optional, "平時の会議として数えるか。空欄は種別による", func(m *Meeting) *Mark { return &m.Counts }),
	text("算入理由", Optional, "算入する・しない理由", func(m *Meeting) *string { return &m.CountsBecause }),
	mark("連絡先共有", Optional, "出席者と連絡先を共有した", func(m *Meeting) *Mark { return &m.ContactsShared }),
}

// Validate returns every problem of the record.
func (m Meeting) Validate() Problems {
	var ps Problems
	ps.required("会議コード", m.Code)
	ps.requiredDate("開催日", m.HeldOn)
	ps.required("名称", m.Name)
	ps.required("種別", string(m.Kind))
	oneOf(&ps, "種別", m.Kind, MeetingKinds)
	oneOf(&ps, "方法", m.Way, MeetingWays)
	return ps
}

// AttendeeKind is the 区分 of a 会議出席.
type AttendeeKind string

// 職員, CM, その他.
const (
	AttendeeStaff AttendeeKind = "職員"
	AttendeeCM    AttendeeKind = "CM"
	AttendeeOther AttendeeKind = "その他"
)

// AttendeeKinds lists the values of 区分.
var AttendeeKinds = []AttendeeKind{AttendeeStaff, AttendeeCM, AttendeeOther}

// Attendance is one 会議出席. For その他 the name is the key and the code is blank.
type Attendance struct {
	Meeting     string // 会議コード
	Kind        AttendeeKind
	Code        string // 職員コード or CMコード
	Name        string
	Affiliation string // 所属, as written on the 出席簿
	Version     int
}

var attendanceFields = []FieldAt[Attendance]{
	code("会議コード", Key, "会議シートの会議コード", func(a *Attendance) *string { return &a.Meeting }),
	choice("区分", Key, "出席者の区分", AttendeeKinds, func(a *Attendance) *AttendeeKind { return &a.Kind }),
	code("コード", KeyOfSome, "職員コードか CMコード。区分がその他のときは空欄にして氏名を書きます", func(a *Attendance) *string { return &a.Code }),
	text("氏名", Optional, "区分がその他のときは必ず書きます", func(a *Attendance) *string { return &a.Name }),
	text("所属", Optional, "出席簿に書かれた所属", func(a *Attendance) *string { return &a.Affiliation }),
}

// Validate returns every problem of the record.
func (a Attendance) Validate() Problems {
	var ps Problems
	ps.required("会議コード", a.Meeting)
	ps.required("区分", string(a.Kind))
	oneOf(&ps, "区分", a.Kind, AttendeeKinds)
	if a.Kind == AttendeeOther {
		ps.required("氏名", a.Name)
	} else {
		ps.required("コード", a.Code)
	}
	return ps
}

// ContactKind is the 種別 of an やり取り.
type ContactKind string

// The 種別. 面会 and ビデオ通話 count for the 年3回 of A246.
const (
	FaceToFace ContactKind = "面会"
	VideoCall  ContactKind = "ビデオ通話"
	PhoneCall  ContactKind = "電話"
	FaxSent    ContactKind = "FAX"
	Mail       ContactKind = "メール"
	Chat       ContactKind = "チャット"
	Document   ContactKind = "文書"
	ICT        ContactKind = "ICT"
)

// ContactKinds lists the values of 種別.
var ContactKinds = []ContactKind{FaceToFace, VideoCall, PhoneCall, FaxSent, Mail, Chat, Document, ICT}

// Menkai reports whether the kind is a 面会 by 通知(5) (対面又はビデオ通話).
func (k ContactKind) Menkai() bool { return k == FaceToFace || k == VideoCall }

// Initiator is the 発信 of an やり取り.
type Initiator string

// 当院, 先方.
const (
	Ours   Initiator = "当院"
	Theirs Initiator = "先方"
)

// Initiators lists the values of 発信.
var Initiators = []Initiator{Ours, Theirs}

// Contact is one やり取り with a care manager, an office or both.
type Contact struct {
	Number      string // 連絡番号
	On          Date
	Time        string // 時刻, HH:MM or blank
	Kind        ContactKind
	Initiator   Initiator
	CareManager string   // CMコード, may be blank
	Partner     string   // 連携先コード, may be blank
	Staff       []string // 職員コード
	Purpose     string
	Body        string
	PatientID   string
	Version     int
}

var contactFields = []FieldAt[Contact]{
	code("連絡番号", Key, "やり取りの番号", func(c *Contact) *string { return &c.Number }),
	date("日付", Required, "やり取りの日", func(c *Contact) *Date { return &c.On }),
	clock("時刻", Optional, "時刻（09:30）", func(c *Contact) *string { return &c.Time }),
	choice("種別", Required, "やり取りの種別", ContactKinds, func(c *Contact) *ContactKind { return &c.Kind }),
	choice("発信", Optional, "どちらから", Initiators, func(c *Contact) *Initiator { return &c.Initiator }),
	code("CMコード", Optional, "相手の CMコード", func(c *Contact) *string { return &c.CareManager }),
	code("連携先コード", Optional, "相手の連携先コード", func(c *Contact) *string { return &c.Partner }),
	codes("職員コード", Optional, "当院の職員コード", func(c *Contact) *[]string { return &c.Staff }),
	text("目的", Optional, "目的", func(c *Contact) *string { return &c.Purpose }),
	memo("内容", Optional, "内容", func(c *Contact) *string { return &c.Body }),
	code("患者ID", Optional, "患者にかかわるときの患者ID", func(c *Contact) *string { return &c.PatientID }),
}

var reTime = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d$`)

// Validate returns every problem of the record.
func (c Contact) Validate() Problems {
	var ps Problems
	ps.required("連絡番号", c.Number)
	ps.requiredDate("日付", c.On)
	ps.required("種別", string(c.Kind))
	oneOf(&ps, "種別", c.Kind, ContactKinds)
	oneOf(&ps, "発信", c.Initiator, Initiators)
	if c.Time != "" && !reTime.MatchString(c.Time) {
		ps.add("時刻", "『%s』を読み取れません。09:30 のように入力してください", c.Time)
	}
	return ps
}

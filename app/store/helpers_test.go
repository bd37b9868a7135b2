package store

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app/store/storetest"
	"renkei/models"
)

// testNow is the clock of every test.
var testNow = time.Date(2026, 11, 22, 9, 30, 0, 0, time.FixedZone("JST", 9*60*60))

var (
	testLog     = slog.New(slog.DiscardHandler)
	testOptions = Options{Now: func() time.Time { return testNow }, Program: "1.0.0", Log: testLog}
)

// openTemp opens a new register.
func openTemp(t testing.TB) *Store {
	t.Helper()
	return openAt(t, storetest.Place(t))
}

// openFile opens a new register in a file, whatever the engine of the tests.
func openFile(t testing.TB) *Store {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "連携 台帳 100%#1?", "renkei.db"))
}

func openAt(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(context.Background(), path, testOptions)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// upsert writes the book as 山田 and returns the changes.
func upsert(t testing.TB, s *Store, book *models.Book) Changes {
	t.Helper()
	var changes Changes
	require.NoError(t, s.Write(context.Background(), "山田", func(tx *Tx) (err error) {
		changes, err = tx.Upsert(book, nil)
		return err
	}))
	return changes
}

func read(t testing.TB, s *Store) *models.Book {
	t.Helper()
	book, err := s.Book(context.Background())
	require.NoError(t, err)
	return book
}

func revision(t testing.TB, s *Store) int64 {
	t.Helper()
	n, err := s.Revision(context.Background())
	require.NoError(t, err)
	return n
}

// fullBook returns a register with one record per sheet, every field filled,
// and the versions that new records get.
func fullBook() *models.Book {
	d := models.MustDate
	return &models.Book{
		Settings: []models.Setting{{Key: "hospital_name", Value: "みなと総合病院", Version: 1}},
		Policies: []models.Policy{{Edition: "第1版", EffectiveOn: d("2026-03-01"), Within7Days: models.Yes,
			Before7Days: models.No, Encourages: models.Yes, AnnouncedOn: d("2026-03-20"), AnnouncedHow: "院内掲示",
			Version: 1}},
		Wards: []models.Ward{{Code: "W1", ValidFrom: d("2020-04-01"), ValidTo: d("2026-05-31"), Name: "1病棟",
			BasicFee: "急性期一般入院料1", Beds: 45, Class: models.WardClassI, FeeTreatment: models.FeeSeparate,
			CommunityCare: models.Yes, Acute: models.Yes, Comprehensive: models.No, PSWAddOn: models.Yes,
			FiledFrom: d("2020-04-01"), FiledTo: d("2026-04-30"), Version: 1}},
		Staff: []models.Staff{{Code: "S01", From: d("2020-04-01"), To: d("2026-03-31"), Name: "髙橋 実",
			Kana: "タカハシ ミノル", Job: models.Nurse, Department: models.FullTime, WardDedicated: models.No, Version: 1}},
		Partners: []models.Partner{{Code: "P001", Name: "ケアプランさくら", Kana: "ケアプランサクラ", Kind: models.CareOffice,
			OfficeNumber: "1370000001", Corporation: "社会福祉法人みなと", SpecialRelation: models.No,
			AdvancedAcute: models.No, Annex: models.AnnexCareOffice, PostalCode: "231-0001", Address: "横浜市中区",
			Phone: "045-000-0001", Fax: "045-000-0002", ConsultedOn: d("2026-04-01"), EndedOn: d("2026-10-31"),
			AgreedOn: d("2026-04-02"), Note: "備考\n2行目", Version: 1}},
		CareManagers: []models.CareManager{{Code: "C001", Name: "﨑山 𠮷", Kana: "サキヤマ ヨシ",
			Qualification: models.ChiefCM, RegistrationNo: "00012345", CanPlan: models.Yes, SharedOn: d("2025-04-09"),
			CheckedOn: d("2026-04-09"), Phone: "045-000-0003", Mail: "cm@example.jp", Note: "備考", Version: 1}},
		Affiliations: []models.Affiliation{{CareManager: "C001", Partner: "P001", From: d("2022-04-01"),
			To: d("2026-08-05"), Version: 1}},
		Meetings: []models.Meeting{{Code: "M001", HeldOn: d("2026-01-18"), Name: "第1回", Kind: models.ServiceMeeting,
			Host: "当院", Place: "会議室", Way: "対面", Agenda: "連携", Counts: models.Yes, CountsBecause: "理由",
			ContactsShared: models.Yes, Version: 1}},
		Attendances: []models.Attendance{
			{Meeting: "M001", Kind: models.AttendeeCM, Code: "C001", Name: "﨑山", Affiliation: "さくら", Version: 1},
			{Meeting: "M001", Kind: models.AttendeeOther, Name: "民生委員 乙", Affiliation: "地区", Version: 1},
			{Meeting: "M001", Kind: models.AttendeeStaff, Code: "S01", Version: 1},
		},
		Contacts: []models.Contact{{Number: "K0001", On: d("2026-02-09"), Time: "13:43", Kind: models.FaceToFace,
			Initiator: "当院", CareManager: "C001", Partner: "P001", Staff: []string{"S01"}, Purpose: "入退院支援",
			Body: "情報共有", PatientID: "どなたでも", Version: 1}},
		Admissions: []models.Admission{{PatientID: "00000001", AdmittedOn: d("2026-06-17"), Name: "𠮷野 さくら",
			Kana: "ヨシノ サクラ", BornOn: d("1944-01-13"), Sex: "女", ExpectedOn: d("2026-07-19"),
			DischargedOn: d("2026-07-20"), ChainKey: "L1", Specialty: "内科", ServiceSuitable: models.Yes,
			PatientWishes: models.Yes, ConsentedOn: d("2026-06-24"), CareManager: "C001", CareLevel: "要介護2",
			CareStatus: models.Certified, ReceivedOn: d("2026-06-18"), InformedOn: d("2026-06-24"),
			NoticedOn: d("2026-07-10"), RegionalPlan: models.No, Version: 1}},
		WardStays: []models.WardStay{{PatientID: "00000001", AdmittedOn: d("2026-06-17"), From: d("2026-06-17"),
			Ward: "W1", To: d("2026-07-20"), Version: 1}},
		Sessions: []models.JointGuidance{{Number: "G00001", PatientID: "00000001", AdmittedOn: d("2026-06-17"),
			On: d("2026-06-25"), Way: models.InPerson, Content: "初回", Staff: []string{"S01", "S99", "S01"},
			DoctorsOrder: models.Yes, CareManager: "C999", Standing: models.PatientsChoice, PatientJoined: models.Yes,
			ScreenShared: models.No, ScreenConsent: d("2026-06-26"), MultiAgency: models.No, Body: "内容",
			NotedOn: d("2026-06-25"), PlanAskedOn: d("2026-06-26"), PlanCopyOn: d("2026-06-30"), PlanCopyKind: "確定",
			Claim: models.ClaimFee2, ClaimMonth: 2026_07, Version: 1}},
	}
}

func records(b *models.Book) int {
	return len(b.Settings) + len(b.Policies) + len(b.Wards) + len(b.Staff) + len(b.Partners) + len(b.CareManagers) +
		len(b.Affiliations) + len(b.Meetings) + len(b.Attendances) + len(b.Contacts) + len(b.Admissions) +
		len(b.WardStays) + len(b.Sessions) + len(b.Confirmations) + len(b.Closings) +
		len(b.ClosedVerdicts)
}

// sizeName names a benchmark by its number of admissions.
func sizeName(n int) string { return fmt.Sprintf("%dk", n/1000) }

// A field that fullBook leaves blank would come back as written without ever
// having been stored.
func TestTheFullBookFillsEveryField(t *testing.T) {
	book := reflect.ValueOf(*fullBook())
	for i := range book.NumField() {
		list := book.Field(i)
		if list.Kind() != reflect.Slice || list.Len() == 0 {
			continue
		}
		for j := range list.Type().Elem().NumField() {
			filled := false
			for k := range list.Len() {
				filled = filled || !list.Index(k).Field(j).IsZero()
			}
			assert.True(t, filled, "%s.%s", list.Type().Elem().Name(), list.Type().Elem().Field(j).Name)
		}
	}
}

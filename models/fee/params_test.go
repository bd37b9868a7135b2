package fee_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
	"renkei/models/fee"
)

// TestParametersAreThoseOfTheLedgerBook lists every key of the sheet 設定 with
// its default and values at and beyond its limits.
func TestParametersAreThoseOfTheLedgerBook(t *testing.T) {
	yesNo, refusedFlag := []string{"true", "false"}, []string{"はい", "2", "yes"}
	table := []struct {
		key, def string
		takes    []string
		refuses  []string
	}{
		{"meeting_min_count", "1", []string{"1", "99"}, []string{"0", "100", "-1", "1.5", "一"}},
		{"evidence_lookback_months", "12", []string{"0", "120"}, []string{"-1", "121"}},
		{"evidence_must_precede", "admission", []string{"admission", "session"}, []string{"入院日", "Admission", "both"}},
		{"relationship_unit", "person", []string{"person", "office"}, []string{"事業所"}},
		{"require_cm_attendance", "true", yesNo, refusedFlag},
		{"study_session_default", "false", yesNo, refusedFlag},
		{"require_contact_share_date", "true", yesNo, refusedFlag},
		{"contact_stale_months", "12", []string{"1", "120"}, []string{"0", "121"}},
		{"routine_contact_can_substitute", "false", yesNo, refusedFlag},
		{"require_local_agreement", "false", yesNo, refusedFlag},
		{"policy_must_precede", "admission", []string{"session", "admission"}, []string{"周知日"}},
		{"day_count", "admission_is_day1", []string{"admission_is_day1", "next_day"}, []string{"1"}},
		{"ward_staff_is_department", "false", yesNo, refusedFlag},
		{"merge_linked_admissions", "true", yesNo, refusedFlag},
		{"legacy_treated_as", "1", []string{"1", "none"}, []string{"2", "0"}},
		{"allow_phone", "false", yesNo, refusedFlag},
		{"allow_family_only", "false", yesNo, refusedFlag},
		{"a246_period", "rolling12", []string{"rolling12", "fiscal"}, []string{"年度"}},
		{"guidance_counts_as_menkai", "true", yesNo, refusedFlag},
		{"chiiki_care_exempt", "false", yesNo, refusedFlag},
		{"has_chiiki_care_room", "false", yesNo, refusedFlag},
		{"a307_consult_count", "0", []string{"0", "9999"}, []string{"-1", "10000"}},
		{"kyodo2_count_3m", "0", []string{"0", "9999"}, []string{"-1", "10000"}},
		{"code_fee1", "", []string{"113099910"}, []string{"12345678", "1234567890", "12345678a"}},
		{"code_fee2", "", []string{"113099910"}, []string{"12345678"}},
		{"code_legacy", "113011710", []string{"113099910"}, []string{"11301171"}},
		{"hospital_name", "", []string{"みなと病院"}, nil},
		{"hospital_code", "", []string{"0112345678"}, nil},
		{"patient_id_digits", "8", []string{"1", "20"}, []string{"0", "21"}},
	}
	defaults := fee.DefaultParams()
	for _, row := range table {
		t.Run(row.key, func(t *testing.T) {
			def, ok := fee.DefinitionOf(row.key)
			require.True(t, ok)
			assert.Equal(t, row.def, def.Default)
			assert.Equal(t, row.def, def.Get(&defaults))
			assert.NotEmpty(t, def.Label)
			assert.NotEmpty(t, def.Words)
			for _, value := range row.takes {
				p := fee.DefaultParams()
				require.NoError(t, fee.Apply(&p, row.key, value))
				assert.Equal(t, value, def.Get(&p))
			}
			for _, value := range row.refuses {
				p := fee.DefaultParams()
				err := fee.Apply(&p, row.key, value)
				require.Error(t, err, value)
				assert.Equal(t, models.Invalid, models.ErrorCode(err))
				assert.Contains(t, models.ErrorMessage(err), row.key+"『"+value+"』は")
				assert.Equal(t, fee.DefaultParams(), p, "a refused value changes nothing")
			}
		})
	}
	assert.Len(t, fee.Definitions, len(table), "no other keys")
}

func TestParameterErrorsSayWhatIsTaken(t *testing.T) {
	for _, c := range []struct{ key, value, message string }{
		{"meeting_min_count", "0", "meeting_min_count『0』は 1〜99 の数で入力してください"},
		{"allow_phone", "はい", "allow_phone『はい』は true か false で入力してください"},
		{"legacy_treated_as", "2", "legacy_treated_as『2』は 1・none から選んでください"},
		{"code_fee2", "12", "code_fee2『12』は9桁の数字で入力してください"},
		{"meeting_min", "1", "キー『meeting_min』は使えません。説明シートのキーから選んでください"},
	} {
		var p fee.Params
		err := fee.Apply(&p, c.key, c.value)
		require.Error(t, err)
		assert.Equal(t, c.message, models.ErrorMessage(err))
	}
}

func TestRowsThatCannotBeReadAreSetAside(t *testing.T) {
	p, aside := fee.ParamsOf([]models.Setting{
		{Key: "meeting_min", Value: "2"}, {Key: "meeting_min_count", Value: "2"},
		{Key: "relationship_unit", Value: "person or office"}, {Key: "allow_phone", Value: "true"},
	})
	want := fee.DefaultParams()
	want.MeetingMinCount, want.AllowPhone = 2, true
	assert.Equal(t, want, p, "the others are read, and the one not taken keeps its default")
	require.Len(t, aside, 2)
	assert.Equal(t, "キー『meeting_min』は使えません。説明シートのキーから選んでください。この行は使わずに判定しています", aside[0].String())
	assert.Equal(t, "relationship_unit『person or office』は person・office から選んでください。この行は使わず、既定の値で判定しています", aside[1].String())
}

func TestParametersAreReadAsTyped(t *testing.T) {
	p, aside := fee.ParamsOf([]models.Setting{
		{Key: " meeting_min_count ", Value: " ２ "}, {Key: "allow_phone", Value: "TRUE"},
		{Key: "require_cm_attendance", Value: "0"}, {Key: "evidence_lookback_months", Value: "  "},
		{Key: "code_legacy", Value: ""}, {Key: "hospital_name", Value: " みなと病院 "},
	})
	require.Empty(t, aside)
	want := fee.DefaultParams()
	want.MeetingMinCount, want.AllowPhone, want.RequireCMAttendance, want.HospitalName = 2, true, false, "みなと病院"
	assert.Equal(t, want, p, "a blank value keeps the default")
}

func TestParametersSurviveTheLedgerBook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var settings []models.Setting
		want := fee.DefaultParams()
		for i := range fee.Definitions {
			def := &fee.Definitions[i]
			require.NoError(t, def.Set(&want, drawValue(t, def)))
			settings = append(settings, models.Setting{Key: def.Name, Value: def.Get(&want)})
		}
		got, aside := fee.ParamsOf(settings)
		require.Empty(t, aside)
		for i := range fee.Definitions {
			def := &fee.Definitions[i]
			if v := def.Get(&want); v != "" { // a blank 値 keeps the default
				assert.Equal(t, v, def.Get(&got), def.Name)
			}
		}
	})
}

func drawValue(t *rapid.T, def *fee.Definition) string {
	switch def.Kind {
	case fee.KindNumber:
		return rapid.StringMatching(`[1-9]|1[0-9]`).Draw(t, def.Name)
	case fee.KindBool, fee.KindChoice:
		return rapid.SampledFrom(def.Options).Draw(t, def.Name).Value
	case fee.KindCode:
		return rapid.StringMatching(`|[0-9]{9}`).Draw(t, def.Name)
	default:
		return rapid.StringMatching(`[ぁ-ん]{1,6}病院`).Draw(t, def.Name)
	}
}

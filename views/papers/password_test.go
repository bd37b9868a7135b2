package papers

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/reports"
	"renkei/reports/reportstest"
	"renkei/views/page"
	"renkei/views/page/pagetest"
	"renkei/views/ui"
)

// typePassword types into the two fields like a user.
func (b *bench) typePassword(password, again string) {
	for _, f := range []struct {
		field *ui.PasswordField
		text  string
	}{{b.ask.password, password}, {b.ask.again, again}} {
		b.Shell.Canvas().Focus(f.field.FocusTarget())
		b.TypeOver(f.text)
	}
}

func TestAReportWithItsPassword(t *testing.T) {
	b := open(t, pagetest.Small)
	b.Shell.SaveTo = filepath.Join(t.TempDir(), "一覧.xlsx")
	b.Open(page.ToSection(ID, "monthly", ""))
	b.typePassword("連携2026", "連携2026")
	b.Save()

	require.Empty(t, b.Shell.Errors)
	require.Equal(t, []string{b.Shell.SaveTo}, b.Shell.Opened)
	_, err := reportstest.Read(b.Shell.SaveTo, "")
	require.Error(t, err, "without the password")
	_, err = reportstest.Read(b.Shell.SaveTo, "連携2026")
	require.NoError(t, err)

	t.Run("is forgotten after writing", func(t *testing.T) {
		assert.True(t, b.ask.password.Blank() && b.ask.again.Blank())
		for key, value := range b.Shell.Kept {
			assert.NotContains(t, value, "連携2026", key)
		}
	})
	t.Run("is forgotten on leaving the page", func(t *testing.T) {
		b.typePassword("連携2026", "連携2026")
		b.Shown()
		assert.True(t, b.ask.password.Blank() && b.ask.again.Blank())
	})
}

func TestTheSetOfAMonthIsWrittenWithThePassword(t *testing.T) {
	last := offer(t, reports.Kind{Name: "trial", Title: "試し", Basis: reports.ByMonth, Patients: true})
	reports.Kinds = reports.Kinds[len(reports.Kinds)-1:]
	b := open(t, pagetest.Small)
	b.Shell.SaveTo = filepath.Join(t.TempDir(), "一式")
	require.Equal(t, page.ToSection(ID, SetName, ""), b.Place())
	b.typePassword("renkei", "renkei")
	b.Save()
	require.Empty(t, b.Shell.Errors)
	assert.Equal(t, "renkei", last.Password)
	assert.True(t, b.ask.password.Blank() && b.ask.again.Blank())
}

func TestAPasswordThatWouldShutTheFileIsExplained(t *testing.T) {
	for name, c := range map[string]struct{ password, again, says string }{
		"typed differently":              {"連携2026", "連携2025", "2つのパスワードが違います"},
		"typed once":                     {"連携2026", "", "2つのパスワードが違います"},
		"typed only in the second field": {"", "連携2026", "2つのパスワードが違います"},
		"with an invisible space":        {"連携2026 ", "連携2026 ", "前後に空白"},
		"only a space":                   {" ", " ", "前後に空白"},
		"blank: no password":             {"", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, pagetest.Small)
			b.Shell.SaveTo = filepath.Join(t.TempDir(), "一覧.xlsx")
			b.Open(page.ToSection(ID, "monthly", ""))
			b.typePassword(c.password, c.again)
			b.Save()
			if c.says == "" {
				assert.FileExists(t, b.Shell.SaveTo)
				return
			}
			assert.NoFileExists(t, b.Shell.SaveTo)
			assert.Contains(t, pagetest.Texts(b.ask.form.Object()), c.says)
			assert.Equal(t, c.password, b.ask.password.Text(), "what was typed stays to be put right")
		})
	}
}

func TestOnlyReportsThatNamePatientsAskForAPassword(t *testing.T) {
	offer(t, reports.Kind{Name: "quiet", Title: "名前のない帳票", Basis: reports.ByDate})
	b := open(t, pagetest.Small)
	assert.NotNil(t, b.ask.password, "the set")
	for _, kind := range reports.Kinds {
		b.Open(page.ToSection(ID, kind.Name, ""))
		require.Equal(t, kind.Patients, b.ask.password != nil, kind.Name)
		assert.Empty(t, b.ask.choice().Password, "none from the report before")
		if kind.Patients {
			b.typePassword("renkei", "renkei")
			assert.Equal(t, "renkei", b.ask.choice().Password, kind.Name)
		}
	}
}

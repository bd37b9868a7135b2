package papers

import (
	"renkei/models"
	"renkei/reports"
	"renkei/views/ui"
)

const (
	passwordLabel = "パスワード"
	againLabel    = "もう一度"
)

// addPassword adds the password of a report with patients' names. It is typed
// twice: it cannot be read, and a typing error would lock the file for ever.
func (a *asking) addPassword() {
	if !holdsPatients(a.row.Name) {
		return
	}
	a.password, a.again = ui.NewPasswordField("つけるときだけ"), ui.NewPasswordField("同じパスワード")
	a.form.Add(ui.FormRow{Label: passwordLabel, Field: a.password,
		Hint: "忘れるとだれも開けません。どこにも残しません"})
	a.form.Add(ui.FormRow{Label: againLabel, Field: a.again})
}

// passwordProblems returns what is wrong with the password, if there is one.
func (a *asking) passwordProblems() models.Problems {
	if a.password == nil {
		return nil
	}
	var problems models.Problems
	if err := reports.CheckPassword(a.password.Text()); err != nil {
		problems = append(problems, models.Problem{Field: passwordLabel, Message: models.ErrorMessage(err)})
	}
	if a.password.Text() != a.again.Text() {
		problems = append(problems, models.Problem{Field: againLabel, Message: "2つのパスワードが違います。同じものを両方に入れてください（つけないときは両方を空欄に）"})
	}
	return problems
}

// forgetPassword empties both fields: the password must not lock the next file
// unasked, nor be visible to the next user.
func (a *asking) forgetPassword() {
	if a.password != nil {
		a.password.Clear()
		a.again.Clear()
	}
}

package views

import (
	"archive/zip"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/claims"
	"renkei/views/page"
)

func TestFromTheAdmissionToTheWorkbookOfTheMonth(t *testing.T) {
	w := sit(t)
	w.turnTo("admissions")
	w.admit()
	number := w.guide()
	w.confirm(number)
	w.closeMonth()
	w.exportMonth()
	w.changeAfterClosing(number)
}

// admit registers an admission, with a care manager the department knows.
func (w *walker) admit() {
	w.t.Helper()
	w.control(fyne.KeyN)
	w.fill("患者ID", "90012345")
	w.fill("入院日", "11/10")
	w.fill("氏名", "紫陽 太郎")
	w.fill("カナ", "シヨウ タロウ")
	w.fill("生年月日", "S14.5.2")
	w.fill("病棟", "3東病棟")
	w.press(fyne.KeyDown, fyne.KeyReturn)
	w.fill("退院見込日", "12/4")
	w.tabTo("担当ケアマネ")
	w.pick("murakami tomoko")
	w.tabTo("サービス導入")
	w.write("1")
	w.tabTo("本人の希望")
	w.write("1")
	w.fill("同意日", "11/12")
	w.fill("入院時情報提供日", "11/11")
	w.control(fyne.KeyS)
	adm := w.facts().Admission(models.AdmissionKey{PatientID: "90012345", AdmittedOn: day("2026-11-10")})
	require.NotNil(w.t, adm, w.seen())
	assert.Equal(w.t, "紫陽 太郎", adm.Name)
	assert.Equal(w.t, day("1939-05-02"), adm.BornOn)
	assert.Equal(w.t, "C061", adm.CareManager)
	assert.Contains(w.t, w.seen(), "紫陽 太郎", "the page of the admission is shown")
}

// guide records a 共同指導, watching the verdict beside the form, and returns
// its number.
func (w *walker) guide() string {
	w.t.Helper()
	w.tap("共同指導を記録")
	require.Equal(w.t, "指導日", w.at())
	w.write("11/20")
	w.tabTo("医師の指示")
	assert.Contains(w.t, w.seen(), "診療録への要点", "what is missing is seen before anything is saved")
	w.write("1")
	w.fill("要点記載日", "11/20")
	w.fill("ケアプラン依頼日", "11/20")
	w.fill("写しの受領日", "t")
	w.fill("写しの種類", "原案")
	assert.Contains(w.t, w.seen(), "指導料2", "the verdict follows the typing")
	assert.NotContains(w.t, w.seen(), "診療録への要点の記載日が記録されていません")
	w.control(fyne.KeyS)
	book := w.facts().Book
	session := book.Sessions[len(book.Sessions)-1]
	require.Equal(w.t, "90012345", session.PatientID)
	v := w.judged().Verdict(session.Number)
	assert.Equal(w.t, fee.Fee2, v.Result, v.Reason)
	assert.True(w.t, v.Confirmable(), v.Reason)
	return session.Number
}

// confirm confirms the session on the page 算定.
func (w *walker) confirm(number string) {
	w.t.Helper()
	w.turnTo("claims")
	w.page().(*claims.Page).Open(page.To("算定", number))
	assert.Contains(w.t, w.seen(), "紫陽 太郎")
	w.control(fyne.KeyReturn)
	v := w.judged().Verdict(number)
	assert.Equal(w.t, models.ClaimFee2, v.Session.Claim, w.notice.Text())
	assert.Equal(w.t, models.Month(202611), v.Session.ClaimMonth)
}

// closeMonth closes the month.
func (w *walker) closeMonth() {
	w.t.Helper()
	w.tap("月を締める")
	assert.Contains(w.t, w.seen(), "が残ります", "what is not confirmed is named first")
	assert.Nil(w.t, w.facts().Book.LastClosing(202611))
	w.tap("未確定を残して締める")
	last := w.facts().Book.LastClosing(202611)
	require.NotNil(w.t, last)
	assert.True(w.t, last.Closed())
	assert.Contains(w.t, w.seen(), "締めを解く")
}

// exportMonth writes the workbook of the month.
func (w *walker) exportMonth() {
	w.t.Helper()
	w.tap("Excelに書き出す")
	require.Len(w.t, w.opened, 1, "the workbook is opened: %s", w.notice.Text())
	assert.Contains(w.t, w.opened[0], "月次算定一覧_2026-11")
	book, err := zip.OpenReader(w.opened[0])
	require.NoError(w.t, err, "a whole workbook")
	defer book.Close()
	size := uint64(0)
	for _, part := range book.File {
		size += part.UncompressedSize64
	}
	assert.Greater(w.t, size, uint64(20_000), "with the sessions of the month in it")
}

// changeAfterClosing changes the session once more: it is possible, and listed.
func (w *walker) changeAfterClosing(number string) {
	w.t.Helper()
	w.later(time.Minute)
	shell{w.Frame}.GoTo(page.ToEdit("共同指導", number, ""))
	w.fill("内容", "自宅へ退院の方向で一致した。")
	w.control(fyne.KeyS)
	w.turnTo("claims")
	assert.Contains(w.t, w.seen(), "締め後の変更")
}

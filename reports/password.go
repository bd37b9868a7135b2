package reports

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"renkei/models"
)

// maxPassword is the longest password Excel accepts, in UTF-16 units.
const maxPassword = 255

// CheckPassword returns why a workbook cannot have this password, or nil. ""
// means no password. Characters nobody could see or type again are refused: the
// file could never be opened.
func CheckPassword(password string) error {
	switch {
	case !utf8.ValidString(password), strings.ContainsFunc(password, unicode.IsControl):
		return models.Errorf(models.Invalid, "パスワードに使えない文字（改行・タブなど）があります。文字・数字・記号にしてください")
	case strings.TrimSpace(password) != password:
		return models.Errorf(models.Invalid, "パスワードの前後に空白があります。空白を消してください")
	case len(utf16.Encode([]rune(password))) > maxPassword:
		return models.Errorf(models.Invalid, "パスワードが長すぎます。%d文字までにしてください", maxPassword)
	}
	return nil
}

// locked returns the options for writing with the password. Excelize encrypts
// the finished bytes (ECMA-376 standard encryption, AES-128, Excel 2007 and
// later), so nothing is written to the folder in clear text.
func (b *book) locked() []excelize.Options {
	if b.password == "" {
		return nil
	}
	return []excelize.Options{{Password: b.password}}
}

package reports

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"renkei/models"
)

// maxPassword is the longest password of a workbook, in UTF-16 units: Excel
// takes no longer one.
const maxPassword = 255

// CheckPassword says why a workbook cannot be given a password, nil when it can
// or when the password is "", which is none. What nobody could see or type again
// is refused: the file would stay shut.
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

// locked is how a workbook is written with its password. Excelize encrypts the
// finished bytes (ECMA-376 standard encryption, AES-128, which Excel 2007 and
// later read), so that nothing of the report reaches the folder in the clear.
func (b *book) locked() []excelize.Options {
	if b.password == "" {
		return nil
	}
	return []excelize.Options{{Password: b.password}}
}

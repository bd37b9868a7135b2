package models

import (
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// HospitalCode reads a 医療機関コード: 7 digits, or 10 with 都道府県番号
// (01–47) and 点数表番号 (1 医科, 3 歯科) in front. problem says in Japanese
// why a text is not one. Blank text gives a blank code and no problem.
func HospitalCode(text string) (code, problem string) {
	code = strings.TrimSpace(norm.NFKC.String(text))
	switch digits := strings.Trim(code, "0123456789") == ""; {
	case code == "":
		return "", ""
	case !digits || len(code) != 7 && len(code) != 10:
		return code, "医療機関コードは、7桁の数字か、10桁の数字（都道府県番号2桁、点数表番号1桁、7桁の順）で入力してください"
	case len(code) == 7:
		return code, ""
	case code[:2] < "01" || code[:2] > "47":
		return code, fmt.Sprintf("はじめの2桁『%s』は都道府県番号（01〜47）ではありません。10桁は、都道府県番号2桁、点数表番号1桁、7桁の順です", code[:2])
	case code[2] != '1' && code[2] != '3':
		return code, fmt.Sprintf("3桁目『%s』は点数表番号（医科は1、歯科は3）ではありません。10桁は、都道府県番号2桁、点数表番号1桁、7桁の順です", code[2:3])
	}
	return code, ""
}

package liaison

import (
	"renkei/models"
	"renkei/models/fee"
)

// WardShare is what one ward adds to the 基準 of 入退院支援加算1 (K-08).
type WardShare struct {
	Ward *models.Ward
	// PerBed is the coefficient in hundredths per bed: 15, 10 or 5, or 0 for a
	// ward that adds nothing.
	PerBed int
	Why    ShareReason
}

// Hundredths returns beds × coefficient.
func (s WardShare) Hundredths() int { return s.Ward.Beds * s.PerBed }

// ShareReason says why a ward adds to the 基準, or why not.
type ShareReason string

// The reasons.
const (
	ShareCounted  ShareReason = "対象"
	ShareNotFiled ShareReason = "加算1の届出なし"
	ShareBundled  ShareReason = "B005-1-2を包括"
	ShareExempt   ShareReason = "経過措置により除外" // 疑義解釈 その7 問11
)

// WardShares lists the wards existing on a date with what each adds to the
// 基準, in register order.
func WardShares(f *fee.Facts, asOf models.Date) []WardShare {
	var shares []WardShare
	for i := range f.Book.Wards {
		if w := &f.Book.Wards[i]; w.Valid().Covers(asOf) {
			perBed, why := coefficient(w, asOf, f.Params)
			shares = append(shares, WardShare{w, perBed, why})
		}
	}
	return shares
}

// coefficient returns hundredths per bed: イ and ロ 0.15, ハ 0.10, A307 0.05.
func coefficient(w *models.Ward, asOf models.Date, p fee.Params) (int, ShareReason) {
	switch {
	case !w.Filing().Covers(asOf):
		return 0, ShareNotFiled
	case w.CommunityCare.Is() && p.ChiikiCareExempt && asOf <= ChiikiExemptUntil:
		return 0, ShareExempt
	case w.Class == models.WardClassA307:
		return bedsClassA307, ShareCounted
	case w.FeeTreatment != models.FeeSeparate:
		return 0, ShareBundled
	case w.Class == models.WardClassHa:
		return bedsClassHa, ShareCounted
	}
	return bedsClassIRo, ShareCounted
}

// threshold returns the 基準 in hundredths: the beds of the 加算1 wards by 区分
// (K-08).
func threshold(f *fee.Facts, asOf models.Date) int {
	sum := 0
	for _, s := range WardShares(f, asOf) {
		sum += s.Hundredths()
	}
	return sum
}

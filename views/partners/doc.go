// Package partners is the page 連携先・ケアマネ: the offices with their people at
// the left, everything recorded about one of them at the right, and the forms
// that change them. Pure functions over a part of the register make what is shown:
// Index (index.go), its rows and filters (rows.go), the words of an office and a
// person (*_detail.go), and of everything recorded with them (timeline.go), which
// course.go reads when the row is chosen. panel.go draws these words; *_form.go
// are the forms. The judgement of 平時の連携 is in models/fee, the count of 面会 in
// models/liaison.
package partners

// Package meetings is the page 会議・勉強会: what was held, who was there, and
// whether it is evidence of the 平時の連携 that 指導料2 asks for (通知(3)イ). It is the
// page to read before building another one: page.go, rows.go, detail.go, form.go.
// Taking the attendance is a form of its own kind: panel.go and ticklist.go draw
// it, attendance.go says who is offered and what is saved. live.go judges one
// meeting by the rules of models/fee.
package meetings

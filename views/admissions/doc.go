// Package admissions is the page 入院: the list of admissions, the page of one
// with the verdict of the whole admission and what is to be done, and the forms
// of admissions, stays and 共同指導. record.go gathers what is known of an
// admission; rows.go, missing.go, next.go and describe.go put it into words
// without the toolkit; panel.go draws it. live.go shows the verdict of a session
// while it is typed. The judgement is in models/fee, its words for all pages in
// views/verdict.
package admissions

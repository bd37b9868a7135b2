// Package partners is the page 連携先・ケアマネ: the offices with their people at
// the left, one of them with everything recorded about it at the right, and the
// forms that change them. What is shown is made by pure functions over the
// register in memory (Index, Rows, OfficeDetail, PersonDetail).
package partners

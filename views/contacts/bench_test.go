package contacts

import (
	"fmt"
	"testing"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/people"
)

// manyFacts is a register of 40,000 contacts over ten years.
func manyFacts() *fee.Facts {
	book := smallBook()
	book.Contacts = nil
	for i := range 40_000 {
		c := smallBook().Contacts[i%4]
		c.Number, c.On = fmt.Sprintf("K%05d", i), today.AddDays(-i%3650)
		c.Body = "退院予定日をお伝えし、ケアプランに必要な情報を提供した。"
		book.Contacts = append(book.Contacts, c)
	}
	return fee.NewFacts(book, fee.DefaultParams())
}

// BenchmarkFilter measures what runs on the window's goroutine at each search.
func BenchmarkFilter(b *testing.B) {
	rows := rowsOf(manyFacts())
	for _, query := range []string{"", "satou", "退院 さくら"} {
		b.Run("query="+query, func(b *testing.B) {
			for b.Loop() {
				Filter{Period: periodAll, Query: query}.Apply(rows, today)
			}
		})
	}
}

// BenchmarkServiceOf measures what runs at each change of an entry.
func BenchmarkServiceOf(b *testing.B) {
	f := manyFacts()
	c := models.Contact{On: today, Kind: models.FaceToFace, Staff: []string{"N001"}}
	for b.Loop() {
		ServiceOf(f, known(f), contactsWith(f, c, []string{people.Key(people.CareManager, "C001")}))
	}
}

package search

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
	"renkei/views/page/pagetest"
	"renkei/views/people"
)

// What a search reads in lists is what one Finder of all of them finds.
func TestTheNewestAreFoundAsAmongAll(t *testing.T) {
	a := pagetest.SampleApp(t)
	b := &pagetest.Bench{T: t, App: a}
	book := b.Book()
	records, err := people.NewDirectory(a).Records(context.Background(), pagetest.Today)
	require.NoError(t, err)
	var contacts, sessions []models.FindEntry
	for i := range book.Contacts {
		contacts = append(contacts, contactEntry(records, &book.Contacts[i]))
	}
	for i := range book.Sessions {
		sessions = append(sessions, sessionEntry(records, &book.Sessions[i]))
	}
	found := 0
	for _, query := range []string{"面会", "電話 退院", "yamaguchi", "たいいん", "2026-10", book.Contacts[7].Number, book.Sessions[7].Number, book.Sessions[3].PatientID, "0", "ケアプラン", "ない言葉"} {
		got, err := FindLater(context.Background(), a, records, query)
		require.NoError(t, err)
		for group, entries := range map[string][]models.FindEntry{"やり取り": contacts, "共同指導": sessions} {
			want := models.NewFinder(entries).Find(query, searched)
			assert.Equal(t, titles(want), titles(got[group]), "%s: %s", group, query)
			found += len(want)
		}
	}
	assert.Greater(t, found, 300)
}

func titles(entries []models.FindEntry) []string {
	list := []string{}
	for _, e := range entries {
		list = append(list, e.Title+"  "+e.Detail)
	}
	return list
}

func TestAStoppedSearchSaysSo(t *testing.T) {
	a := pagetest.SampleApp(t)
	records, err := people.NewDirectory(a).Records(context.Background(), pagetest.Today)
	require.NoError(t, err)
	ctx, stop := context.WithCancel(context.Background())
	stop()
	_, err = FindLater(ctx, a, records, "面会")
	assert.ErrorIs(t, err, context.Canceled)
}

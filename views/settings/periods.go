package settings

import (
	"fmt"

	"renkei/models"
)

// fit finds room for a period among the others of the same code. With shorten,
// those that run into its beginning are to end the day before it: their indices
// are returned. What still overlaps is the problem, in words.
func fit(others []models.Period, p models.Period, shorten bool) (cut []int, problem string) {
	for i, other := range others {
		switch {
		case !overlaps(other, p):
		case shorten && other.From < p.From:
			cut = append(cut, i)
		case other.From == p.From:
			return nil, fmt.Sprintf("同じ日（%s）に始まる期間がすでにあります", p.From)
		case other.From > p.From:
			return nil, fmt.Sprintf("%sに始まる期間と重なります。終わりの日をその前にしてください", other.From)
		default:
			return nil, fmt.Sprintf("%sからの期間と重なります。始まりの日を直してください", periodWords(other))
		}
	}
	return cut, ""
}

func overlaps(a, b models.Period) bool {
	return (a.To == 0 || a.To >= b.From) && (b.To == 0 || b.To >= a.From)
}

// periodWords returns 「2024-04-01〜2026-03-31」, an open end left blank.
func periodWords(p models.Period) string {
	if p.From == 0 && p.To == 0 {
		return ""
	}
	return p.From.String() + "〜" + p.To.String()
}

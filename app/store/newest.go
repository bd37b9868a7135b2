package store

import "renkei/models"

// atOnce is how many records are passed at once.
const atOnce = 20_000

// EachContact passes the やり取り, newest first and without their 職員, in lists of
// atOnce until fn returns false.
func (v View) EachContact(fn func([]models.Contact) bool) error {
	return each(v, `SELECT number, contacted_on, kind, care_manager, partner, purpose, body, patient_id
		FROM contacts ORDER BY contacted_on DESC, number`, func(c *models.Contact) []any {
		return []any{
			&c.Number, storedDate{&c.On}, &c.Kind, nullable{&c.CareManager}, nullable{&c.Partner}, &c.Purpose, &c.Body, &c.PatientID,
		}
	}, fn)
}

// EachSession passes the 共同指導 in the same way, those without a 指導日 last: of
// each its key and its number, 指導日, 方法 and care manager.
func (v View) EachSession(fn func([]models.JointGuidance) bool) error {
	return each(v, `SELECT number, patient_id, admitted_on, guided_on, way, care_manager
		FROM joint_guidances ORDER BY guided_on DESC, number`, func(s *models.JointGuidance) []any {
		return []any{&s.Number, &s.PatientID, storedDate{&s.AdmittedOn}, storedDate{&s.On}, &s.Way, &s.CareManager}
	}, fn)
}

func each[T any](v View, query string, targets func(*T) []any, fn func([]T) bool) error {
	found, err := v.db.Raw(query).Rows()
	if err != nil {
		return err
	}
	defer found.Close()
	var row T
	into := targets(&row)
	list := make([]T, 0, atOnce)
	for found.Next() {
		if err := found.Scan(into...); err != nil {
			return err
		}
		if list = append(list, row); len(list) == atOnce {
			if !fn(list) {
				return nil
			}
			list = list[:0]
		}
	}
	if err := found.Err(); err != nil {
		return err
	}
	if len(list) > 0 {
		fn(list)
	}
	return nil
}

package store

import "renkei/models"

// Inpatients reads who was in hospital when, sorted by 患者ID and 入院日.
func (v View) Inpatients() (models.Inpatients, error) { return v.inpatients("") }

// InpatientsOf reads the same of some patients.
func (v View) InpatientsOf(patients []string) (models.Inpatients, error) {
	return v.inpatients(" WHERE patient_id IN ?", orNone(patients))
}

func (v View) inpatients(where string, values ...any) (models.Inpatients, error) {
	found, err := v.db.Raw("SELECT patient_id, admitted_on, discharged_on, name, kana, born_on, sex FROM admissions"+
		where+" ORDER BY patient_id, admitted_on", values...).Rows()
	if err != nil {
		return nil, err
	}
	defer found.Close()
	var all models.Inpatients
	for found.Next() {
		var p models.Inpatient
		if err := found.Scan(&p.PatientID, storedDate{&p.AdmittedOn}, storedDate{&p.DischargedOn}, &p.Name, &p.Kana, storedDate{&p.BornOn}, &p.Sex); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, found.Err()
}

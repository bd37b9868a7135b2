-- Indexes for reading a part of the register, whatever its age.
DROP INDEX joint_guidances_on;
CREATE INDEX joint_guidances_on ON joint_guidances (guided_on, admitted_on, patient_id);
-- Sessions by their papers: those without, and those that got them after a day.
CREATE INDEX joint_guidances_noted ON joint_guidances (noted_on, patient_id);
CREATE INDEX joint_guidances_plan_copied ON joint_guidances (plan_copy_on, patient_id);
CREATE INDEX admissions_discharged ON admissions (discharged_on, admitted_on, patient_id);
CREATE INDEX contacts_menkai ON contacts (contacted_on) WHERE kind IN ('面会', 'ビデオ通話');
CREATE INDEX contacts_care_manager_alone ON contacts (care_manager, contacted_on) WHERE partner IS NULL AND care_manager IS NOT NULL;
CREATE INDEX audit_log_deleted ON audit_log (sheet, record_key) WHERE action = 'delete';
-- Read by nothing: names are searched in memory.
DROP INDEX staff_search;
DROP INDEX partners_search;
DROP INDEX care_managers_search;
DROP INDEX admissions_search;
ALTER TABLE staff DROP COLUMN search_key;
ALTER TABLE partners DROP COLUMN search_key;
ALTER TABLE care_managers DROP COLUMN search_key;
ALTER TABLE admissions DROP COLUMN search_key;

-- Indexes of the sessions by their papers: those without, and those that got them after a day.
DROP INDEX joint_guidances_unfinished;
CREATE INDEX joint_guidances_noted ON joint_guidances (noted_on, patient_id);
CREATE INDEX joint_guidances_plan_copied ON joint_guidances (plan_copy_on, patient_id);

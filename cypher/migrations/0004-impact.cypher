// Affected decisions are listed by group and time; groups are found by the number that their decisions carry.
CREATE INDEX prediction_time IF NOT EXISTS FOR (p:Prediction) ON (p.group, p.occurredAt, p.leafIndex);
CREATE INDEX decision_group_number IF NOT EXISTS FOR (g:DecisionGroup) ON (g.number);

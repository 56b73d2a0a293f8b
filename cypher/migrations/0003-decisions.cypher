// Decisions are counted by group and listed by group and time, never by walking to each of them.
CREATE CONSTRAINT decision_group IF NOT EXISTS FOR (g:DecisionGroup) REQUIRE g.key IS UNIQUE;
CREATE INDEX prediction_group IF NOT EXISTS FOR (p:Prediction) ON (p.group, p.leafIndex);

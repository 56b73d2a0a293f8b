// Looks at one person's values are found by what the person's key makes of itself, newest first.
CREATE INDEX access_look_subject IF NOT EXISTS FOR (l:AccessLook) ON (l.subject, l.intent);

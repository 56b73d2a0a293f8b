// An artifact that an edge leaves which was ended says so, for walks of the present graph that look at no interval.
// The head is locked first: a server that writes meanwhile waits, so no edge is ended between the search and the mark.
MATCH (h:LogHead {log: 'lineage'}) SET h.lock = true
WITH h MATCH (a:Artifact)-[r]->() WHERE r.until < 9007199254740991 SET a:Amended;

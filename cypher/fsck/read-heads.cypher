// The heads of all logs with everything stored of them, and what is counted beside them. Nothing is written: to Neo4j a
// call of a procedure of the system is more than a read.
// @mode write
// @returns props Map
// @returns community Boolean
// @returns erasures Int
CALL dbms.components() YIELD edition
WITH any(edition IN collect(edition) WHERE edition = 'community') AS community
MATCH (h:LogHead)
RETURN properties(h) AS props, community, COUNT { (:Erasure) } AS erasures
ORDER BY h.log

// Takes the write lock on the log's head before anything is read: SET locks, and what RETURN reads comes after it.
// All writers of all servers pass through here one by one, which is what makes leaf indexes gapless.
// @mode write
// @param log String
// @returns size Int
// @returns at Int
// @returns nextSeq Int
// @returns nextGroup Int
// @returns erasures Int
// @returns keySerial Int
MATCH (h:LogHead {log: $log})
SET h.lock = true
RETURN h.size AS size, h.at AS at, h.nextSeq AS nextSeq, h.nextGroup AS nextGroup,
  coalesce(h.erasures, 0) AS erasures, coalesce(h.keySerial, 0) AS keySerial

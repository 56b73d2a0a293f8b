// Generated from cypher/ by `npm run generate`. Do not edit: `npm run check` compares it with its source.
import type { Statement } from './statement.js';

export interface AccessCreateLooksParams {
  readonly rows: ReadonlyArray<{ readonly artifact: string; readonly request: string; readonly intent: number; readonly subject: string | null }>;
}

export type AccessCreateLooksRow = Readonly<Record<never, never>>;

/**
 * Which artifacts' personal values a read returned: nodes of their own, so that no reader waits for a writer's locks on
 * an artifact, and none for a reader's. They hold the leaf index of the read's intent, and of whom the values were: one
 * node for each person, who is not named (src/ledger/keys, subjectMark).
 */
export const accessCreateLooks: Statement<AccessCreateLooksParams, AccessCreateLooksRow> = {
  name: 'access/create-looks',
  mode: 'write',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"artifact":{"is":"String"},"request":{"is":"String"},"intent":{"is":"Int"},"subject":{"is":"String","nullable":true}}}}},
  columns: {},
  plan: [],
  text: `UNWIND $rows AS row
CREATE (l:AccessLook)
SET l = row`,
};

export interface AccessCreateRecordsParams {
  readonly rows: ReadonlyArray<{ readonly props: Readonly<Record<string, unknown>> }>;
}

export type AccessCreateRecordsRow = Readonly<Record<never, never>>;

/**
 * Records of reads, as leaves of the access log say them.
 */
export const accessCreateRecords: Statement<AccessCreateRecordsParams, AccessCreateRecordsRow> = {
  name: 'access/create-records',
  mode: 'write',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"props":{"is":"Map"}}}}},
  columns: {},
  plan: [],
  text: `UNWIND $rows AS row
CREATE (r:AccessRecord)
SET r = row.props`,
};

export interface AccessFindRecordsParams {
  readonly ids: ReadonlyArray<string>;
}

export interface AccessFindRecordsRow {
  readonly id: string;
  readonly props: Readonly<Record<string, unknown>>;
}

/**
 * Records of the access log by their ids: of a grant, of its revocation, of a redaction profile. Asked inside the
 * transaction that records a read, too, so that nothing is read under a grant whose revocation was committed before.
 */
export const accessFindRecords: Statement<AccessFindRecordsParams, AccessFindRecordsRow> = {
  name: 'access/find-records',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}}},
  columns: {"id":{"is":"String"},"props":{"is":"Map"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (r:AccessRecord {id: id})
RETURN id, properties(r) AS props`,
};

export interface AccessListGrantsParams {
  readonly before: number;
  readonly first: number;
}

export interface AccessListGrantsRow {
  readonly grant: Readonly<Record<string, unknown>>;
  readonly revocation: Readonly<Record<string, unknown>> | null;
}

/**
 * Grants, newest first, before a leaf index, each with its revocation if there is one.
 */
export const accessListGrants: Statement<AccessListGrantsParams, AccessListGrantsRow> = {
  name: 'access/list-grants',
  mode: 'read',
  params: {"before":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"grant":{"is":"Map"},"revocation":{"is":"Map","nullable":true}},
  plan: [],
  text: `MATCH (g:AccessRecord)
WHERE g.phase = 'granted' AND g.leafIndex < $before
WITH g
ORDER BY g.phase DESC, g.leafIndex DESC
LIMIT $first
OPTIONAL MATCH (v:AccessRecord {id: 'access:grant/' + g.request + '@revoked'})
RETURN properties(g) AS grant, properties(v) AS revocation
ORDER BY g.leafIndex DESC`,
};

export interface AccessListIntentsParams {
  readonly before: number;
  readonly by: string | null;
  readonly from: number;
  readonly to: number;
  readonly first: number;
}

export interface AccessListIntentsRow {
  readonly intent: Readonly<Record<string, unknown>>;
  readonly outcome: Readonly<Record<string, unknown>> | null;
}

/**
 * Reads, newest first, before a leaf index; in a time window, by anybody or by one principal.
 */
export const accessListIntents: Statement<AccessListIntentsParams, AccessListIntentsRow> = {
  name: 'access/list-intents',
  mode: 'read',
  params: {"before":{"is":"Int"},"by":{"is":"String","nullable":true},"from":{"is":"Int"},"to":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"intent":{"is":"Map"},"outcome":{"is":"Map","nullable":true}},
  plan: [],
  text: `MATCH (i:AccessRecord)
WHERE i.phase = 'intent' AND i.leafIndex < $before
  AND ($by IS NULL OR i.by = $by) AND i.recordedAt >= $from AND i.recordedAt < $to
WITH i
ORDER BY i.phase DESC, i.leafIndex DESC
LIMIT $first
OPTIONAL MATCH (o:AccessRecord {id: 'access:read/' + i.request + '@outcome'})
RETURN properties(i) AS intent, properties(o) AS outcome
ORDER BY i.leafIndex DESC`,
};

export interface AccessListLooksParams {
  readonly artifacts: ReadonlyArray<string>;
  readonly before: number;
  readonly by: string | null;
  readonly from: number;
  readonly to: number;
  readonly first: number;
}

export interface AccessListLooksRow {
  readonly intent: Readonly<Record<string, unknown>>;
  readonly outcome: Readonly<Record<string, unknown>> | null;
}

/**
 * Reads that returned personal values of some artifacts, newest first, before a leaf index.
 */
export const accessListLooks: Statement<AccessListLooksParams, AccessListLooksRow> = {
  name: 'access/list-looks',
  mode: 'read',
  params: {"artifacts":{"is":"List","of":{"is":"String"}},"before":{"is":"Int"},"by":{"is":"String","nullable":true},"from":{"is":"Int"},"to":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"intent":{"is":"Map"},"outcome":{"is":"Map","nullable":true}},
  plan: ["NodeIndexSeek"],
  text: `MATCH (l:AccessLook)
WHERE l.artifact IN $artifacts AND l.intent < $before
WITH DISTINCT l.intent AS leafIndex
MATCH (i:AccessRecord {phase: 'intent', leafIndex: leafIndex})
WHERE ($by IS NULL OR i.by = $by) AND i.recordedAt >= $from AND i.recordedAt < $to
WITH i
ORDER BY i.leafIndex DESC
LIMIT $first
OPTIONAL MATCH (o:AccessRecord {id: 'access:read/' + i.request + '@outcome'})
RETURN properties(i) AS intent, properties(o) AS outcome
ORDER BY i.leafIndex DESC`,
};

export interface AccessListProfilesParams {
  readonly name: string | null;
  readonly first: number;
}

export interface AccessListProfilesRow {
  readonly props: Readonly<Record<string, unknown>>;
}

/**
 * Redaction profiles, newest first; the first of a name is its current version.
 */
export const accessListProfiles: Statement<AccessListProfilesParams, AccessListProfilesRow> = {
  name: 'access/list-profiles',
  mode: 'read',
  params: {"name":{"is":"String","nullable":true},"first":{"is":"Int"}},
  columns: {"props":{"is":"Map"}},
  plan: [],
  text: `MATCH (p:AccessRecord)
WHERE p.phase = 'profile' AND p.leafIndex >= 0 AND ($name IS NULL OR p.request = $name)
RETURN properties(p) AS props
ORDER BY p.phase DESC, p.leafIndex DESC
LIMIT $first`,
};

export interface AccessListSubjectLooksParams {
  readonly subjects: ReadonlyArray<string>;
  readonly before: number;
  readonly from: number;
  readonly to: number;
  readonly first: number;
}

export interface AccessListSubjectLooksRow {
  readonly intent: Readonly<Record<string, unknown>>;
  readonly outcome: Readonly<Record<string, unknown>> | null;
  readonly artifacts: ReadonlyArray<string>;
}

/**
 * Reads that returned values of one person, newest first, before a leaf index, each with the artifacts where they stood.
 */
export const accessListSubjectLooks: Statement<AccessListSubjectLooksParams, AccessListSubjectLooksRow> = {
  name: 'access/list-subject-looks',
  mode: 'read',
  params: {"subjects":{"is":"List","of":{"is":"String"}},"before":{"is":"Int"},"from":{"is":"Int"},"to":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"intent":{"is":"Map"},"outcome":{"is":"Map","nullable":true},"artifacts":{"is":"List","of":{"is":"String"}}},
  plan: ["NodeIndexSeek"],
  text: `MATCH (l:AccessLook)
WHERE l.subject IN $subjects AND l.intent < $before
WITH l.intent AS leafIndex, collect(DISTINCT l.artifact) AS artifacts
MATCH (i:AccessRecord {phase: 'intent', leafIndex: leafIndex})
WHERE i.recordedAt >= $from AND i.recordedAt < $to
WITH i, artifacts
ORDER BY i.leafIndex DESC
LIMIT $first
OPTIONAL MATCH (o:AccessRecord {id: 'access:read/' + i.request + '@outcome'})
RETURN properties(i) AS intent, properties(o) AS outcome, artifacts
ORDER BY i.leafIndex DESC`,
};

export interface AccountabilityListDependenciesParams {
  readonly models: ReadonlyArray<string>;
  readonly asOf: number;
  readonly first: number;
}

export interface AccountabilityListDependenciesRow {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly newest: string;
  readonly versions: number;
  readonly models: ReadonlyArray<string>;
}

/**
 * What some models depend on, by name: data sets, definitions and other models at any distance upstream, with which of the
 * models lead to them and the newest version that any of them leads to; what most models depend on first.
 * One walk for each model, each with its own end, so that no cost grows with the number of paths.
 */
export const accountabilityListDependencies: Statement<AccountabilityListDependenciesParams, AccountabilityListDependenciesRow> = {
  name: 'accountability/list-dependencies',
  mode: 'read',
  params: {"models":{"is":"List","of":{"is":"String"}},"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"kind":{"is":"String"},"namespace":{"is":"String"},"name":{"is":"String"},"newest":{"is":"String"},"versions":{"is":"Int"},"models":{"is":"List","of":{"is":"String"}}},
  plan: ["NodeUniqueIndexSeek","VarLengthExpand(Pruning,BFS,All)"],
  text: `UNWIND $models AS model
MATCH (m:Artifact {id: model})
CALL (m) {
  MATCH (m)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|RESOLVED_TO*1..]->(a:Artifact)
  WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
  WITH DISTINCT a
  WHERE a:Dataset OR a:FeatureDef OR a:Model
  RETURN a
}
WITH model, a
ORDER BY a.seq DESC
WITH head([label IN labels(a) WHERE NOT label IN ['Artifact', 'Amended']]) AS kind, a.namespace AS namespace, a.name AS name,
  collect(DISTINCT a.id) AS versions, collect(DISTINCT model) AS models
RETURN kind, namespace, name, head(versions) AS newest, size(versions) AS versions, models
ORDER BY size(models) DESC, kind, namespace, name
LIMIT $first`,
};

export interface AccountabilityListDeployedParams {
  readonly endpoint: string;
  readonly time: number;
  readonly asOf: number;
  readonly first: number;
}

export interface AccountabilityListDeployedRow {
  readonly model: string;
  readonly deployed: Readonly<Record<string, unknown>>;
  readonly approvals: ReadonlyArray<Readonly<Record<string, unknown>>>;
  readonly retired: ReadonlyArray<Readonly<Record<string, unknown>>>;
}

/**
 * Deployments at an endpoint up to a time, the latest first, each with what was approved and retired of its model by then.
 * By the producers' times, because events come in any order; at the same moment the log decides. The stored values are
 * canonical JSON, in which a top-level member can be looked for as text; the caller reads them again.
 */
export const accountabilityListDeployed: Statement<AccountabilityListDeployedParams, AccountabilityListDeployedRow> = {
  name: 'accountability/list-deployed',
  mode: 'read',
  params: {"endpoint":{"is":"String"},"time":{"is":"Int"},"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"model":{"is":"String"},"deployed":{"is":"Map"},"approvals":{"is":"List","of":{"is":"Map"}},"retired":{"is":"List","of":{"is":"Map"}}},
  plan: ["NodeIndexSeek"],
  text: `MATCH (d:Attestation)
WHERE d.type = 'DEPLOYED' AND d.leafIndex < $asOf AND d.occurredAt <= $time AND d.values CONTAINS $endpoint
MATCH (d)-[:ABOUT]->(m:Model)
WITH d, m
ORDER BY d.occurredAt DESC, d.leafIndex DESC, m.seq
LIMIT $first
RETURN m.id AS model, properties(d) AS deployed,
  COLLECT {
    MATCH (a:Attestation {type: 'APPROVED'})-[:ABOUT]->(m) WHERE a.leafIndex < $asOf AND a.occurredAt <= $time
    RETURN properties(a) ORDER BY a.occurredAt, a.leafIndex
  } AS approvals,
  COLLECT {
    MATCH (a:Attestation {type: 'RETIRED'})-[:ABOUT]->(m) WHERE a.leafIndex < $asOf AND a.occurredAt <= $time
    RETURN properties(a) ORDER BY a.occurredAt, a.leafIndex
  } AS retired
ORDER BY d.occurredAt DESC, d.leafIndex DESC, model`,
};

export interface AccountabilityListModelsParams {
  readonly namespace: string | null;
  readonly first: number;
}

export interface AccountabilityListModelsRow {
  readonly id: string;
}

/**
 * Models of one namespace or of all, versions of a name together, oldest first. There are few models, however many
 * decisions there are, so their label is read as a whole. The caller says which of them existed as of a point.
 */
export const accountabilityListModels: Statement<AccountabilityListModelsParams, AccountabilityListModelsRow> = {
  name: 'accountability/list-models',
  mode: 'read',
  params: {"namespace":{"is":"String","nullable":true},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"}},
  plan: [],
  text: `MATCH (m:Model)
WHERE $namespace IS NULL OR m.namespace = $namespace
RETURN m.id AS id
ORDER BY m.namespace, m.name, m.seq
LIMIT $first`,
};

export interface ArtifactCreateArtifactsParams {
  readonly rows: ReadonlyArray<{ readonly kind: string; readonly props: Readonly<Record<string, unknown>>; readonly score: number | null }>;
}

export type ArtifactCreateArtifactsRow = Readonly<Record<never, never>>;

/**
 * New nodes, declared or placeholders: CREATE and not MERGE, because the lock is held and the ids were just looked up.
 * The score goes beside the other properties so that a whole number stays a float.
 */
export const artifactCreateArtifacts: Statement<ArtifactCreateArtifactsParams, ArtifactCreateArtifactsRow> = {
  name: 'artifact/create-artifacts',
  mode: 'write',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"kind":{"is":"String"},"props":{"is":"Map"},"score":{"is":"Float","nullable":true}}}}},
  columns: {},
  plan: [],
  text: `UNWIND $rows AS row
CREATE (a:Artifact:$(row.kind))
SET a = row.props, a.score = row.score`,
};

export interface ArtifactEndEdgesParams {
  readonly rows: ReadonlyArray<{ readonly from: string; readonly to: string | null; readonly type: string; readonly until: number }>;
  readonly open: number;
}

export interface ArtifactEndEdgesRow {
  readonly ended: number;
}

/**
 * Withdraws edges by closing their interval: they stay visible as of any earlier point and are never deleted. What they
 * leave is marked, so that a walk that looks at no interval knows where it may have gone wrong.
 */
export const artifactEndEdges: Statement<ArtifactEndEdgesParams, ArtifactEndEdgesRow> = {
  name: 'artifact/end-edges',
  mode: 'write',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"from":{"is":"String"},"to":{"is":"String","nullable":true},"type":{"is":"String"},"until":{"is":"Int"}}}},"open":{"is":"Int"}},
  columns: {"ended":{"is":"Int"}},
  plan: ["NodeUniqueIndexSeek(Locking)"],
  text: `UNWIND $rows AS row
MATCH (a:Artifact {id: row.from})-[r]->(b:Artifact)
WHERE type(r) = row.type AND r.until = $open AND r.since < row.until AND (row.to IS NULL OR b.id = row.to)
SET r.until = row.until, a:Amended
RETURN count(r) AS ended`,
};

export interface ArtifactFillPlaceholdersParams {
  readonly rows: ReadonlyArray<{ readonly id: string; readonly props: Readonly<Record<string, unknown>>; readonly score: number | null }>;
}

export type ArtifactFillPlaceholdersRow = Readonly<Record<never, never>>;

/**
 * A placeholder becomes the declared artifact, exactly once: the caller has seen under the lock that it has no digest.
 */
export const artifactFillPlaceholders: Statement<ArtifactFillPlaceholdersParams, ArtifactFillPlaceholdersRow> = {
  name: 'artifact/fill-placeholders',
  mode: 'write',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"id":{"is":"String"},"props":{"is":"Map"},"score":{"is":"Float","nullable":true}}}}},
  columns: {},
  plan: ["NodeUniqueIndexSeek(Locking)"],
  text: `UNWIND $rows AS row
MATCH (a:Artifact {id: row.id})
SET a += row.props, a.score = row.score`,
};

export interface ArtifactFindMentionedParams {
  readonly ids: ReadonlyArray<string>;
}

export interface ArtifactFindMentionedRow {
  readonly id: string;
  readonly seq: number;
  readonly digest: string | null;
  readonly leafIndex: number | null;
}

/**
 * What a batch names and the graph already knows. One index seek an id; the decision what is new, repeated or in
 * conflict is made by the caller under the log's lock.
 */
export const artifactFindMentioned: Statement<ArtifactFindMentionedParams, ArtifactFindMentionedRow> = {
  name: 'artifact/find-mentioned',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}}},
  columns: {"id":{"is":"String"},"seq":{"is":"Int"},"digest":{"is":"String","nullable":true},"leafIndex":{"is":"Int","nullable":true}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (a:Artifact {id: id})
RETURN a.id AS id, a.seq AS seq, a.digest AS digest, a.leafIndex AS leafIndex`,
};

export interface ArtifactFindOpenEdgesParams {
  readonly rows: ReadonlyArray<{ readonly from: string; readonly to: string; readonly type: string }>;
  readonly open: number;
}

export interface ArtifactFindOpenEdgesRow {
  readonly from: string;
  readonly to: string;
  readonly type: string;
}

/**
 * Which of some edges hold now: only such an edge can be withdrawn.
 */
export const artifactFindOpenEdges: Statement<ArtifactFindOpenEdgesParams, ArtifactFindOpenEdgesRow> = {
  name: 'artifact/find-open-edges',
  mode: 'read',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"from":{"is":"String"},"to":{"is":"String"},"type":{"is":"String"}}}},"open":{"is":"Int"}},
  columns: {"from":{"is":"String"},"to":{"is":"String"},"type":{"is":"String"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $rows AS row
MATCH (a:Artifact {id: row.from})-[r]->(b:Artifact {id: row.to})
WHERE type(r) = row.type AND r.until = $open
RETURN DISTINCT row.from AS from, row.to AS to, row.type AS type`,
};

export interface ArtifactFindReachableParams {
  readonly starts: ReadonlyArray<string>;
  readonly targets: ReadonlyArray<string>;
  readonly open: number;
}

export interface ArtifactFindReachableRow {
  readonly start: string;
  readonly target: string;
}

/**
 * Which of some artifacts can be reached from others along ancestry: the question behind every refusal of a cycle.
 * A pruning breadth-first walk from each start, so that the cost is edges and not paths. Only artifacts are reached by these
 * edges; said of the end, the label would let the planner begin with all artifacts where there are few.
 */
export const artifactFindReachable: Statement<ArtifactFindReachableParams, ArtifactFindReachableRow> = {
  name: 'artifact/find-reachable',
  mode: 'read',
  params: {"starts":{"is":"List","of":{"is":"String"}},"targets":{"is":"List","of":{"is":"String"}},"open":{"is":"Int"}},
  columns: {"start":{"is":"String"},"target":{"is":"String"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `UNWIND $starts AS startId
MATCH (s:Artifact {id: startId})
MATCH (s)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*1..]->(t)
WHERE all(x IN r WHERE x.until = $open)
WITH DISTINCT startId, t
WHERE t.id IN $targets
RETURN startId AS start, t.id AS target`,
};

export interface ArtifactReadArtifactsParams {
  readonly ids: ReadonlyArray<string>;
  readonly asOf: number;
}

export interface ArtifactReadArtifactsRow {
  readonly id: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly mentioned: boolean;
}

/**
 * Nodes by id with all their properties; whether something visible names a node that is not declared is told apart,
 * because a placeholder exists only as far as something points at it.
 */
export const artifactReadArtifacts: Statement<ArtifactReadArtifactsParams, ArtifactReadArtifactsRow> = {
  name: 'artifact/read-artifacts',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}},"asOf":{"is":"Int"}},
  columns: {"id":{"is":"String"},"props":{"is":"Map"},"mentioned":{"is":"Boolean"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (a:Artifact {id: id})
RETURN id, properties(a) AS props,
  EXISTS { (a)-[r]-() WHERE r.since < $asOf AND (r.until IS NULL OR $asOf <= r.until) } AS mentioned`,
};

export interface AttestationFindAttestationsParams {
  readonly ids: ReadonlyArray<string>;
}

export interface AttestationFindAttestationsRow {
  readonly id: string;
  readonly digest: string;
  readonly leafIndex: number;
}

/**
 * Which attestations of a batch were recorded before; as for artifacts, one index seek an id.
 */
export const attestationFindAttestations: Statement<AttestationFindAttestationsParams, AttestationFindAttestationsRow> = {
  name: 'attestation/find-attestations',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}}},
  columns: {"id":{"is":"String"},"digest":{"is":"String"},"leafIndex":{"is":"Int"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (a:Attestation {id: id})
RETURN a.id AS id, a.digest AS digest, a.leafIndex AS leafIndex`,
};

export interface AttestationListAboutParams {
  readonly ids: ReadonlyArray<string>;
  readonly first: number;
}

export interface AttestationListAboutRow {
  readonly id: string;
  readonly total: number;
  readonly about: ReadonlyArray<string>;
}

/**
 * What some attestations are about, at most so many artifacts each, in the order in which Pedigree first heard of them.
 */
export const attestationListAbout: Statement<AttestationListAboutParams, AttestationListAboutRow> = {
  name: 'attestation/list-about',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"},"total":{"is":"Int"},"about":{"is":"List","of":{"is":"String"}}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (t:Attestation {id: id})
CALL (t) {
  MATCH (t)-[:ABOUT]->(a:Artifact)
  WITH a ORDER BY a.seq
  WITH collect(a.id) AS about
  RETURN size(about) AS total, about[..$first] AS about
}
RETURN id, total, about`,
};

export interface AttestationListAttestationsParams {
  readonly ids: ReadonlyArray<string>;
  readonly asOf: number;
  readonly first: number;
}

export interface AttestationListAttestationsRow {
  readonly id: string;
  readonly total: number;
  readonly attestations: ReadonlyArray<Readonly<Record<string, unknown>>>;
}

/**
 * What has been attested about some artifacts as of a point, oldest first, at most so many each.
 */
export const attestationListAttestations: Statement<AttestationListAttestationsParams, AttestationListAttestationsRow> = {
  name: 'attestation/list-attestations',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}},"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"},"total":{"is":"Int"},"attestations":{"is":"List","of":{"is":"Map"}}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (a:Artifact {id: id})
CALL (a) {
  MATCH (t:Attestation)-[r:ABOUT]->(a)
  WHERE r.since < $asOf
  WITH t
  ORDER BY t.leafIndex
  WITH collect(properties(t)) AS attestations
  RETURN size(attestations) AS total, attestations[..$first] AS attestations
}
RETURN id, total, attestations`,
};

export interface AttestationListCorrectionsParams {
  readonly ids: ReadonlyArray<string>;
  readonly asOf: number;
}

export interface AttestationListCorrectionsRow {
  readonly id: string;
  readonly correction: Readonly<Record<string, unknown>>;
  readonly withdrawn: ReadonlyArray<{ readonly type: string; readonly other: string; readonly since: number; readonly props: string | null; readonly toDigest: string | null }>;
  readonly added: ReadonlyArray<{ readonly type: string; readonly other: string; readonly since: number; readonly props: string | null; readonly toDigest: string | null }>;
}

/**
 * What corrects some artifacts as of a point, oldest first, each with the edges that it ended and that it added there: an
 * edge carries the leaf index of the entry that stated it and of the one that ended it.
 */
export const attestationListCorrections: Statement<AttestationListCorrectionsParams, AttestationListCorrectionsRow> = {
  name: 'attestation/list-corrections',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}},"asOf":{"is":"Int"}},
  columns: {"id":{"is":"String"},"correction":{"is":"Map"},"withdrawn":{"is":"List","of":{"is":"Record","fields":{"type":{"is":"String"},"other":{"is":"String"},"since":{"is":"Int"},"props":{"is":"String","nullable":true},"toDigest":{"is":"String","nullable":true}}}},"added":{"is":"List","of":{"is":"Record","fields":{"type":{"is":"String"},"other":{"is":"String"},"since":{"is":"Int"},"props":{"is":"String","nullable":true},"toDigest":{"is":"String","nullable":true}}}}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (a:Artifact {id: id})<-[about:ABOUT]-(t:Attestation {type: 'CORRECTS'})
WHERE about.since < $asOf
RETURN id, properties(t) AS correction,
  COLLECT {
    MATCH (a)-[r]->(b:Artifact) WHERE r.until = t.leafIndex
    RETURN {type: type(r), other: b.id, since: r.since, props: r.props, toDigest: r.toDigest} ORDER BY r.since, b.seq
  } AS withdrawn,
  COLLECT {
    MATCH (a)-[r]->(b:Artifact) WHERE r.since = t.leafIndex
    RETURN {type: type(r), other: b.id, since: r.since, props: r.props, toDigest: r.toDigest} ORDER BY b.seq
  } AS added
ORDER BY t.leafIndex`,
};

export interface AttestationListNewestParams {
  readonly before: number;
  readonly first: number;
}

export interface AttestationListNewestRow {
  readonly attestation: Readonly<Record<string, unknown>>;
}

/**
 * Attestations before a leaf index, newest first.
 * The index is named, or a planner that expects few attestations reads all of them.
 */
export const attestationListNewest: Statement<AttestationListNewestParams, AttestationListNewestRow> = {
  name: 'attestation/list-newest',
  mode: 'read',
  params: {"before":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"attestation":{"is":"Map"}},
  plan: ["NodeIndexSeekByRange","!Sort","!Top"],
  text: `MATCH (t:Attestation)
USING INDEX SEEK t:Attestation(leafIndex)
WHERE t.leafIndex < $before
RETURN properties(t) AS attestation
ORDER BY t.leafIndex DESC
LIMIT $first`,
};

export interface AttestationListNewestAboutParams {
  readonly of: string;
  readonly types: ReadonlyArray<string> | null;
  readonly findings: boolean;
  readonly before: number;
  readonly first: number;
}

export interface AttestationListNewestAboutRow {
  readonly attestation: Readonly<Record<string, unknown>>;
}

/**
 * Attestations about one artifact before a leaf index, newest first; of some types, or only those that speak against it.
 */
export const attestationListNewestAbout: Statement<AttestationListNewestAboutParams, AttestationListNewestAboutRow> = {
  name: 'attestation/list-newest-about',
  mode: 'read',
  params: {"of":{"is":"String"},"types":{"is":"List","of":{"is":"String"},"nullable":true},"findings":{"is":"Boolean"},"before":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"attestation":{"is":"Map"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `MATCH (a:Artifact {id: $of})
CALL (a) {
  MATCH (t:Attestation)-[:ABOUT]->(a)
  WHERE t.leafIndex < $before AND ($types IS NULL OR t.type IN $types) AND (NOT $findings OR t.finding = true)
  WITH collect(t) AS found
  UNWIND found AS t
  RETURN t
}
RETURN properties(t) AS attestation
ORDER BY t.leafIndex DESC
LIMIT $first`,
};

export interface AttestationListNewestFindingsParams {
  readonly types: ReadonlyArray<string> | null;
  readonly before: number;
  readonly first: number;
}

export interface AttestationListNewestFindingsRow {
  readonly attestation: Readonly<Record<string, unknown>>;
}

/**
 * Attestations that speak against what they are about (failed checks, drift, incidents) before a leaf index, newest first.
 * The index is named, or a planner that expects few attestations reads all of them.
 */
export const attestationListNewestFindings: Statement<AttestationListNewestFindingsParams, AttestationListNewestFindingsRow> = {
  name: 'attestation/list-newest-findings',
  mode: 'read',
  params: {"types":{"is":"List","of":{"is":"String"},"nullable":true},"before":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"attestation":{"is":"Map"}},
  plan: ["NodeIndexSeek","!Sort","!Top"],
  text: `MATCH (t:Attestation)
USING INDEX SEEK t:Attestation(finding, leafIndex)
WHERE t.finding = true AND t.leafIndex < $before AND ($types IS NULL OR t.type IN $types)
RETURN properties(t) AS attestation
ORDER BY t.finding DESC, t.leafIndex DESC
LIMIT $first`,
};

export interface AttestationListNewestOfTypesParams {
  readonly types: ReadonlyArray<string>;
  readonly before: number;
  readonly first: number;
}

export interface AttestationListNewestOfTypesRow {
  readonly attestation: Readonly<Record<string, unknown>>;
}

/**
 * Attestations of some types before a leaf index, newest first: each type is a seek, and the seeks are merged.
 * The index is named, or a planner that expects few attestations reads all of them.
 */
export const attestationListNewestOfTypes: Statement<AttestationListNewestOfTypesParams, AttestationListNewestOfTypesRow> = {
  name: 'attestation/list-newest-of-types',
  mode: 'read',
  params: {"types":{"is":"List","of":{"is":"String"}},"before":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"attestation":{"is":"Map"}},
  plan: ["NodeIndexSeek"],
  text: `UNWIND $types AS type
CALL (type) {
  MATCH (t:Attestation)
  USING INDEX SEEK t:Attestation(type, leafIndex)
  WHERE t.type = type AND t.leafIndex < $before
  RETURN t ORDER BY t.type DESC, t.leafIndex DESC LIMIT $first
}
RETURN properties(t) AS attestation
ORDER BY t.leafIndex DESC
LIMIT $first`,
};

export interface AttestationListUpstreamParams {
  readonly of: string;
  readonly asOf: number;
  readonly first: number;
}

export interface AttestationListUpstreamRow {
  readonly attestation: Readonly<Record<string, unknown>>;
  readonly about: string;
}

/**
 * Everything attested about a decision's ancestry, oldest first: one walk, so that a storyline needs no call per node.
 * Only artifacts are reached by these edges; said of the end, the label would let the planner begin with all artifacts where
 * there are few.
 */
export const attestationListUpstream: Statement<AttestationListUpstreamParams, AttestationListUpstreamRow> = {
  name: 'attestation/list-upstream',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"attestation":{"is":"Map"},"about":{"is":"String"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*0..]->(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH DISTINCT a
MATCH (t:Attestation)-[about:ABOUT]->(a)
WHERE about.since < $asOf
RETURN properties(t) AS attestation, a.id AS about
ORDER BY t.leafIndex, a.seq
LIMIT $first`,
};

export interface ColumnFindColumnsParams {
  readonly keys: ReadonlyArray<string>;
  readonly asOf: number;
}

export interface ColumnFindColumnsRow {
  readonly key: string;
}

/**
 * Columns by key, as far as they were known at a point of the log.
 */
export const columnFindColumns: Statement<ColumnFindColumnsParams, ColumnFindColumnsRow> = {
  name: 'column/find-columns',
  mode: 'read',
  params: {"keys":{"is":"List","of":{"is":"String"}},"asOf":{"is":"Int"}},
  columns: {"key":{"is":"String"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $keys AS key
MATCH (f:Field {key: key})
WHERE f.since < $asOf
RETURN f.key AS key`,
};

export interface ColumnListLinksDownstreamParams {
  readonly keys: ReadonlyArray<string>;
  readonly asOf: number;
  readonly first: number;
}

export interface ColumnListLinksDownstreamRow {
  readonly key: string;
  readonly total: number;
  readonly links: ReadonlyArray<{ readonly dataset: string; readonly column: string; readonly transformation: string; readonly masking: boolean }>;
}

/**
 * The links by which the lineage of each of some columns goes on, by name, at most so many each: from a column to those that were made from it.
 */
export const columnListLinksDownstream: Statement<ColumnListLinksDownstreamParams, ColumnListLinksDownstreamRow> = {
  name: 'column/list-links-downstream',
  mode: 'read',
  params: {"keys":{"is":"List","of":{"is":"String"}},"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"key":{"is":"String"},"total":{"is":"Int"},"links":{"is":"List","of":{"is":"Record","fields":{"dataset":{"is":"String"},"column":{"is":"String"},"transformation":{"is":"String"},"masking":{"is":"Boolean"}}}}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $keys AS key
MATCH (f:Field {key: key})
CALL (f) {
  MATCH (f)<-[r:FIELD_FROM]-(g:Field)
  WHERE r.since < $asOf
  WITH r, g
  ORDER BY g.dataset, g.column, r.transformation, r.masking
  WITH collect({dataset: g.dataset, column: g.column, transformation: r.transformation, masking: r.masking}) AS links
  RETURN size(links) AS total, links[..$first] AS links
}
RETURN key, total, links`,
};

export interface ColumnListLinksUpstreamParams {
  readonly keys: ReadonlyArray<string>;
  readonly asOf: number;
  readonly first: number;
}

export interface ColumnListLinksUpstreamRow {
  readonly key: string;
  readonly total: number;
  readonly links: ReadonlyArray<{ readonly dataset: string; readonly column: string; readonly transformation: string; readonly masking: boolean }>;
}

/**
 * The links by which the lineage of each of some columns goes on, by name, at most so many each: from a column to those it was made from.
 */
export const columnListLinksUpstream: Statement<ColumnListLinksUpstreamParams, ColumnListLinksUpstreamRow> = {
  name: 'column/list-links-upstream',
  mode: 'read',
  params: {"keys":{"is":"List","of":{"is":"String"}},"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"key":{"is":"String"},"total":{"is":"Int"},"links":{"is":"List","of":{"is":"Record","fields":{"dataset":{"is":"String"},"column":{"is":"String"},"transformation":{"is":"String"},"masking":{"is":"Boolean"}}}}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $keys AS key
MATCH (f:Field {key: key})
CALL (f) {
  MATCH (f)-[r:FIELD_FROM]->(g:Field)
  WHERE r.since < $asOf
  WITH r, g
  ORDER BY g.dataset, g.column, r.transformation, r.masking
  WITH collect({dataset: g.dataset, column: g.column, transformation: r.transformation, masking: r.masking}) AS links
  RETURN size(links) AS total, links[..$first] AS links
}
RETURN key, total, links`,
};

export interface ColumnMergeColumnsParams {
  readonly rows: ReadonlyArray<{ readonly key: string; readonly dataset: string; readonly column: string; readonly since: number }>;
}

export type ColumnMergeColumnsRow = Readonly<Record<never, never>>;

/**
 * Columns by their content: the same column of a data set is stored once, however many versions and entries name it.
 * "since" is the first entry that does: later ones have greater leaf indexes, because the lock orders them.
 */
export const columnMergeColumns: Statement<ColumnMergeColumnsParams, ColumnMergeColumnsRow> = {
  name: 'column/merge-columns',
  mode: 'write',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"key":{"is":"String"},"dataset":{"is":"String"},"column":{"is":"String"},"since":{"is":"Int"}}}}},
  columns: {},
  plan: ["NodeUniqueIndexSeek(Locking)"],
  text: `UNWIND $rows AS row
MERGE (f:Field {key: row.key})
ON CREATE SET f.dataset = row.dataset, f.column = row.column, f.since = row.since`,
};

export interface ColumnMergeLinksParams {
  readonly rows: ReadonlyArray<{ readonly from: string; readonly to: string; readonly transformation: string; readonly masking: boolean; readonly since: number }>;
}

export type ColumnMergeLinksRow = Readonly<Record<never, never>>;

/**
 * Which column was made from which, once for each way in which it was; the columns exist by now.
 */
export const columnMergeLinks: Statement<ColumnMergeLinksParams, ColumnMergeLinksRow> = {
  name: 'column/merge-links',
  mode: 'write',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"from":{"is":"String"},"to":{"is":"String"},"transformation":{"is":"String"},"masking":{"is":"Boolean"},"since":{"is":"Int"}}}}},
  columns: {},
  plan: ["NodeUniqueIndexSeek(Locking)"],
  text: `UNWIND $rows AS row
MATCH (a:Field {key: row.from})
MATCH (b:Field {key: row.to})
MERGE (a)-[r:FIELD_FROM {transformation: row.transformation, masking: row.masking}]->(b)
ON CREATE SET r.since = row.since`,
};

export interface ColumnWalkDownstreamParams {
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
  readonly skip: number;
  readonly first: number;
}

export interface ColumnWalkDownstreamRow {
  readonly key: string;
  readonly dataset: string;
  readonly column: string;
  readonly depth: number;
}

/**
 * One page of a closure of columns, nearest first, then by name: from a column to those that were made from it.
 * The plane of columns may have circles (a job that rewrites its own table); the pruning walk visits each column once.
 */
export const columnWalkDownstream: Statement<ColumnWalkDownstreamParams, ColumnWalkDownstreamRow> = {
  name: 'column/walk-downstream',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"},"maxDepth":{"is":"Int"},"skip":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"key":{"is":"String"},"dataset":{"is":"String"},"column":{"is":"String"},"depth":{"is":"Int"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Field {key: $of})
MATCH q = (n)<-[r:FIELD_FROM*1..]-(f:Field)
WHERE all(x IN r WHERE x.since < $asOf)
WITH f, min(length(q)) AS depth
WHERE depth <= $maxDepth AND f.key <> $of
WITH f.key AS key, f.dataset AS dataset, f.column AS column, depth
ORDER BY depth, dataset, column
SKIP $skip
LIMIT $first
RETURN key, dataset, column, depth`,
};

export interface ColumnWalkUpstreamParams {
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
  readonly skip: number;
  readonly first: number;
}

export interface ColumnWalkUpstreamRow {
  readonly key: string;
  readonly dataset: string;
  readonly column: string;
  readonly depth: number;
}

/**
 * One page of a closure of columns, nearest first, then by name: from a column to those it was made from.
 * The plane of columns may have circles (a job that rewrites its own table); the pruning walk visits each column once.
 */
export const columnWalkUpstream: Statement<ColumnWalkUpstreamParams, ColumnWalkUpstreamRow> = {
  name: 'column/walk-upstream',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"},"maxDepth":{"is":"Int"},"skip":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"key":{"is":"String"},"dataset":{"is":"String"},"column":{"is":"String"},"depth":{"is":"Int"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Field {key: $of})
MATCH q = (n)-[r:FIELD_FROM*1..]->(f:Field)
WHERE all(x IN r WHERE x.since < $asOf)
WITH f, min(length(q)) AS depth
WHERE depth <= $maxDepth AND f.key <> $of
WITH f.key AS key, f.dataset AS dataset, f.column AS column, depth
ORDER BY depth, dataset, column
SKIP $skip
LIMIT $first
RETURN key, dataset, column, depth`,
};

export interface ContractListContractsParams {
  readonly prefix: string;
  readonly asOf: number;
  readonly first: number;
}

export interface ContractListContractsRow {
  readonly total: number;
  readonly contracts: ReadonlyArray<Readonly<Record<string, unknown>>>;
}

/**
 * The contracts that were declared for any version of a data set, newest first. There are few contracts and many versions,
 * so that this begins at the contracts. The index is named, or a planner that expects few attestations reads all of them.
 */
export const contractListContracts: Statement<ContractListContractsParams, ContractListContractsRow> = {
  name: 'contract/list-contracts',
  mode: 'read',
  params: {"prefix":{"is":"String"},"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"total":{"is":"Int"},"contracts":{"is":"List","of":{"is":"Map"}}},
  plan: ["NodeIndexSeek"],
  text: `MATCH (t:Attestation)
USING INDEX SEEK t:Attestation(type, leafIndex)
WHERE t.type = 'CONTRACT' AND t.leafIndex < $asOf
  AND EXISTS { MATCH (t)-[about:ABOUT]->(a:Artifact) WHERE about.since < $asOf AND a.id STARTS WITH $prefix }
WITH t ORDER BY t.leafIndex DESC
WITH collect(properties(t)) AS contracts
RETURN size(contracts) AS total, contracts[..$first] AS contracts`,
};

export type DatabaseReadAccessParams = Readonly<Record<never, never>>;

export interface DatabaseReadAccessRow {
  readonly access: string;
}

/**
 * Whether the database takes writes: "read-write" or "read-only". It is asked and not remembered from the last write that
 * failed, because whoever watches the server has to know before anybody writes, and when it is over.
 */
export const databaseReadAccess: Statement<DatabaseReadAccessParams, DatabaseReadAccessRow> = {
  name: 'database/read-access',
  mode: 'read',
  params: {},
  columns: {"access":{"is":"String"}},
  plan: [],
  text: `SHOW HOME DATABASE YIELD access RETURN access`,
};

export interface DecisionCountDecidedBetweenParams {
  readonly groups: ReadonlyArray<number>;
  readonly asOf: number;
  readonly from: number;
  readonly to: number;
}

export interface DecisionCountDecidedBetweenRow {
  readonly number: number;
  readonly decisions: number;
}

/**
 * How many decisions of each group were decided in a window of time, as known as of a point. Only the index is read;
 * the cost is the number of decisions in the window.
 */
export const decisionCountDecidedBetween: Statement<DecisionCountDecidedBetweenParams, DecisionCountDecidedBetweenRow> = {
  name: 'decision/count-decided-between',
  mode: 'read',
  params: {"groups":{"is":"List","of":{"is":"Int"}},"asOf":{"is":"Int"},"from":{"is":"Int"},"to":{"is":"Int"}},
  columns: {"number":{"is":"Int"},"decisions":{"is":"Int"}},
  plan: ["NodeIndexSeek"],
  text: `UNWIND $groups AS number
MATCH (p:Prediction)
USING INDEX p:Prediction(group, occurredAt, leafIndex)
WHERE p.group = number AND p.occurredAt >= $from AND p.occurredAt < $to AND p.leafIndex < $asOf
RETURN number, count(*) AS decisions`,
};

export interface DecisionCountDecisionsParams {
  readonly groups: ReadonlyArray<number>;
  readonly asOf: number;
}

export interface DecisionCountDecisionsRow {
  readonly number: number;
  readonly decisions: number;
}

/**
 * How many decisions each group had as of a point: the ordinal of its last one then, found by one seek from the end of
 * the index. A group that had none yet is left out.
 */
export const decisionCountDecisions: Statement<DecisionCountDecisionsParams, DecisionCountDecisionsRow> = {
  name: 'decision/count-decisions',
  mode: 'read',
  params: {"groups":{"is":"List","of":{"is":"Int"}},"asOf":{"is":"Int"}},
  columns: {"number":{"is":"Int"},"decisions":{"is":"Int"}},
  plan: ["NodeIndexSeek","!Sort","!Top"],
  text: `UNWIND $groups AS number
CALL (number) {
  MATCH (p:Prediction)
  USING INDEX p:Prediction(group, leafIndex)
  WHERE p.group = number AND p.leafIndex < $asOf
  RETURN p.ordinal + 1 AS decisions
  ORDER BY p.group DESC, p.leafIndex DESC
  LIMIT 1
}
RETURN number, decisions`,
};

export interface DecisionCreateDecisionsParams {
  readonly model: { readonly id: string; readonly props: string | null; readonly toDigest: string | null };
  readonly scored: ReadonlyArray<{ readonly id: string; readonly role: string | null; readonly props: string | null; readonly toDigest: string | null }>;
  readonly same: { readonly namespace: string; readonly name: string; readonly by: string; readonly k: number; readonly mode: string; readonly endpoint: string | null; readonly codeRepository: string | null; readonly codeCommit: string | null; readonly group: number; readonly recordedAt: number };
  readonly ids: ReadonlyArray<string>;
  readonly versions: ReadonlyArray<string>;
  readonly occurredAts: ReadonlyArray<number>;
  readonly digests: ReadonlyArray<string>;
  readonly values: ReadonlyArray<string | null>;
  readonly sealed: ReadonlyArray<string | null>;
  readonly kids: ReadonlyArray<string | null>;
  readonly outcomes: ReadonlyArray<string | null>;
  readonly scores: ReadonlyArray<number | null>;
  readonly ordinals: ReadonlyArray<number>;
  readonly leafIndexes: ReadonlyArray<number>;
  readonly seqs: ReadonlyArray<number>;
  readonly open: number;
}

export type DecisionCreateDecisionsRow = Readonly<Record<never, never>>;

/**
 * New decisions of one model from the same data sets, with their edges: a bulk load is thousands of them. Columns and not
 * rows, with every property named, because packing and unpacking a map for each costs more than writing it; the model
 * and the data sets are found once, not once an edge.
 */
export const decisionCreateDecisions: Statement<DecisionCreateDecisionsParams, DecisionCreateDecisionsRow> = {
  name: 'decision/create-decisions',
  mode: 'write',
  params: {"model":{"is":"Record","fields":{"id":{"is":"String"},"props":{"is":"String","nullable":true},"toDigest":{"is":"String","nullable":true}}},"scored":{"is":"List","of":{"is":"Record","fields":{"id":{"is":"String"},"role":{"is":"String","nullable":true},"props":{"is":"String","nullable":true},"toDigest":{"is":"String","nullable":true}}}},"same":{"is":"Record","fields":{"namespace":{"is":"String"},"name":{"is":"String"},"by":{"is":"String"},"k":{"is":"Int"},"mode":{"is":"String"},"endpoint":{"is":"String","nullable":true},"codeRepository":{"is":"String","nullable":true},"codeCommit":{"is":"String","nullable":true},"group":{"is":"Int"},"recordedAt":{"is":"Int"}}},"ids":{"is":"List","of":{"is":"String"}},"versions":{"is":"List","of":{"is":"String"}},"occurredAts":{"is":"List","of":{"is":"Int"}},"digests":{"is":"List","of":{"is":"String"}},"values":{"is":"List","of":{"is":"String","nullable":true}},"sealed":{"is":"List","of":{"is":"String","nullable":true}},"kids":{"is":"List","of":{"is":"String","nullable":true}},"outcomes":{"is":"List","of":{"is":"String","nullable":true}},"scores":{"is":"List","of":{"is":"Float","nullable":true}},"ordinals":{"is":"List","of":{"is":"Int"}},"leafIndexes":{"is":"List","of":{"is":"Int"}},"seqs":{"is":"List","of":{"is":"Int"}},"open":{"is":"Int"}},
  columns: {},
  plan: ["NodeUniqueIndexSeek"],
  text: `MATCH (m:Artifact {id: $model.id})
CALL () {
  UNWIND $scored AS one
  MATCH (d:Artifact {id: one.id})
  RETURN collect({data: d, role: one.role, props: one.props, toDigest: one.toDigest}) AS scored
}
UNWIND range(0, size($ids) - 1) AS i
WITH m, scored, i, $leafIndexes[i] AS leaf
CREATE (p:Artifact:Prediction {
  id: $ids[i], namespace: $same.namespace, name: $same.name, version: $versions[i], occurredAt: $occurredAts[i],
  by: $same.by, k: $same.k, digest: $digests[i], values: $values[i], sealed: $sealed[i], kid: $kids[i],
  outcome: $outcomes[i], score: $scores[i], mode: $same.mode, endpoint: $same.endpoint,
  codeRepository: $same.codeRepository, codeCommit: $same.codeCommit,
  group: $same.group, ordinal: $ordinals[i], leafIndex: leaf, seq: $seqs[i],
  recordedAt: $same.recordedAt, declared: true
})
CREATE (p)-[:MADE_BY {since: leaf, until: $open, props: $model.props, toDigest: $model.toDigest}]->(m)
WITH p, leaf, scored
UNWIND scored AS one
WITH p, leaf, one, one.data AS d
CREATE (p)-[:SCORED {since: leaf, until: $open, role: one.role, props: one.props, toDigest: one.toDigest}]->(d)`,
};

export interface DecisionCreateGroupsParams {
  readonly rows: ReadonlyArray<{ readonly key: string; readonly number: number; readonly mode: string; readonly model: string; readonly datasets: ReadonlyArray<string> }>;
}

export type DecisionCreateGroupsRow = Readonly<Record<never, never>>;

/**
 * A group stands for all decisions of one model, from one set of scored data sets, in one mode. Impact reaches it from
 * the model or from any of the data sets, and never needs to reach the decisions.
 */
export const decisionCreateGroups: Statement<DecisionCreateGroupsParams, DecisionCreateGroupsRow> = {
  name: 'decision/create-groups',
  mode: 'write',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"key":{"is":"String"},"number":{"is":"Int"},"mode":{"is":"String"},"model":{"is":"String"},"datasets":{"is":"List","of":{"is":"String"}}}}}},
  columns: {},
  plan: ["NodeUniqueIndexSeek(Locking)"],
  text: `UNWIND $rows AS row
MATCH (m:Artifact {id: row.model})
CREATE (g:DecisionGroup {key: row.key, number: row.number, mode: row.mode, size: 0})
CREATE (g)-[:OF_MODEL]->(m)
WITH g, row
UNWIND row.datasets AS dataset
MATCH (d:Artifact {id: dataset})
CREATE (g)-[:OF_DATA]->(d)`,
};

export interface DecisionFindGroupsParams {
  readonly keys: ReadonlyArray<string>;
}

export interface DecisionFindGroupsRow {
  readonly key: string;
  readonly number: number;
  readonly size: number;
}

/**
 * The decision groups that a batch adds to, with their present size: the next ordinal.
 */
export const decisionFindGroups: Statement<DecisionFindGroupsParams, DecisionFindGroupsRow> = {
  name: 'decision/find-groups',
  mode: 'read',
  params: {"keys":{"is":"List","of":{"is":"String"}}},
  columns: {"key":{"is":"String"},"number":{"is":"Int"},"size":{"is":"Int"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $keys AS key
MATCH (g:DecisionGroup {key: key})
RETURN g.key AS key, g.number AS number, g.size AS size`,
};

export interface DecisionGrowGroupsParams {
  readonly rows: ReadonlyArray<{ readonly key: string; readonly size: number }>;
}

export type DecisionGrowGroupsRow = Readonly<Record<never, never>>;

/**
 * Adds this batch's decisions to their groups; the ordinals were given under the same lock.
 */
export const decisionGrowGroups: Statement<DecisionGrowGroupsParams, DecisionGrowGroupsRow> = {
  name: 'decision/grow-groups',
  mode: 'write',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"key":{"is":"String"},"size":{"is":"Int"}}}}},
  columns: {},
  plan: ["NodeUniqueIndexSeek(Locking)"],
  text: `UNWIND $rows AS row
MATCH (g:DecisionGroup {key: row.key})
SET g.size = row.size`,
};

export interface DecisionLinkGroupsParams {
  readonly ids: ReadonlyArray<string>;
}

export type DecisionLinkGroupsRow = Readonly<Record<never, never>>;

/**
 * Ties groups whose decisions used each other's output, once for two groups: impact finds from it where a cascade can
 * lead at all. "since" is the first point at which both decisions and the edge between them were known.
 */
export const decisionLinkGroups: Statement<DecisionLinkGroupsParams, DecisionLinkGroupsRow> = {
  name: 'decision/link-groups',
  mode: 'write',
  params: {"ids":{"is":"List","of":{"is":"String"}}},
  columns: {},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (p:Artifact {id: id})
CALL (p) {
  MATCH (p)-[r:USED_OUTPUT_OF]->(q:Prediction)
  RETURN p AS effect, q AS cause, r.since AS stated
  UNION ALL
  MATCH (q:Prediction)-[r:USED_OUTPUT_OF]->(p)
  RETURN q AS effect, p AS cause, r.since AS stated
}
WITH effect, cause, stated
WHERE effect.group IS NOT NULL AND cause.group IS NOT NULL AND effect.group <> cause.group
UNWIND [stated, effect.leafIndex, cause.leafIndex] AS leaf
WITH effect, cause, max(leaf) AS known
WITH effect.group AS fed, cause.group AS feeding, min(known) AS since
MATCH (g:DecisionGroup {number: fed})
MATCH (h:DecisionGroup {number: feeding})
MERGE (g)-[f:FED_BY]->(h)
ON CREATE SET f.since = since`,
};

export interface DecisionListNewestParams {
  readonly groups: ReadonlyArray<number>;
  readonly asOf: number;
  readonly from: number;
  readonly afterTime: number;
  readonly afterLeaf: number;
  readonly first: number;
}

export interface DecisionListNewestRow {
  readonly number: number;
  readonly id: string;
  readonly occurredAt: number;
  readonly leafIndex: number;
}

/**
 * The next decisions of each group below a position in (occurredAt, leafIndex), newest first, so many each at most and
 * as many again of the position's own moment. Two seeks a group: many decisions may bear one time, and a page
 * must not read all of them to find its place. The caller merges the groups.
 */
export const decisionListNewest: Statement<DecisionListNewestParams, DecisionListNewestRow> = {
  name: 'decision/list-newest',
  mode: 'read',
  params: {"groups":{"is":"List","of":{"is":"Int"}},"asOf":{"is":"Int"},"from":{"is":"Int"},"afterTime":{"is":"Int"},"afterLeaf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"number":{"is":"Int"},"id":{"is":"String"},"occurredAt":{"is":"Int"},"leafIndex":{"is":"Int"}},
  plan: ["NodeIndexSeek","!Sort","!Top"],
  text: `UNWIND $groups AS number
CALL (number) {
  MATCH (p:Prediction)
  USING INDEX p:Prediction(group, occurredAt, leafIndex)
  WHERE p.group = number AND p.occurredAt = $afterTime AND p.leafIndex < $afterLeaf
  WITH p
  ORDER BY p.group DESC, p.occurredAt DESC, p.leafIndex DESC
  LIMIT $first
  RETURN p
  UNION ALL
  MATCH (p:Prediction)
  USING INDEX p:Prediction(group, occurredAt, leafIndex)
  WHERE p.group = number AND $from <= p.occurredAt < $afterTime AND p.leafIndex < $asOf
  WITH p
  ORDER BY p.group DESC, p.occurredAt DESC, p.leafIndex DESC
  LIMIT $first
  RETURN p
}
RETURN number, p.id AS id, p.occurredAt AS occurredAt, p.leafIndex AS leafIndex`,
};

export interface DecisionListOldestParams {
  readonly groups: ReadonlyArray<number>;
  readonly asOf: number;
  readonly to: number;
  readonly afterTime: number;
  readonly afterLeaf: number;
  readonly first: number;
}

export interface DecisionListOldestRow {
  readonly number: number;
  readonly id: string;
  readonly occurredAt: number;
  readonly leafIndex: number;
}

/**
 * The next decisions of each group above a position in (occurredAt, leafIndex), oldest first; list-newest the other way.
 */
export const decisionListOldest: Statement<DecisionListOldestParams, DecisionListOldestRow> = {
  name: 'decision/list-oldest',
  mode: 'read',
  params: {"groups":{"is":"List","of":{"is":"Int"}},"asOf":{"is":"Int"},"to":{"is":"Int"},"afterTime":{"is":"Int"},"afterLeaf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"number":{"is":"Int"},"id":{"is":"String"},"occurredAt":{"is":"Int"},"leafIndex":{"is":"Int"}},
  plan: ["NodeIndexSeek","!Sort","!Top"],
  text: `UNWIND $groups AS number
CALL (number) {
  MATCH (p:Prediction)
  USING INDEX p:Prediction(group, occurredAt, leafIndex)
  WHERE p.group = number AND p.occurredAt = $afterTime AND $afterLeaf < p.leafIndex < $asOf
  WITH p
  ORDER BY p.group, p.occurredAt, p.leafIndex
  LIMIT $first
  RETURN p
  UNION ALL
  MATCH (p:Prediction)
  USING INDEX p:Prediction(group, occurredAt, leafIndex)
  WHERE p.group = number AND $afterTime < p.occurredAt < $to AND p.leafIndex < $asOf
  WITH p
  ORDER BY p.group, p.occurredAt, p.leafIndex
  LIMIT $first
  RETURN p
}
RETURN number, p.id AS id, p.occurredAt AS occurredAt, p.leafIndex AS leafIndex`,
};

export interface DecisionMarkAmendedParams {
  readonly ids: ReadonlyArray<string>;
  readonly open: number;
}

export type DecisionMarkAmendedRow = Readonly<Record<never, never>>;

/**
 * Notes on a group that an attestation changed what one of its decisions was made by or from: the group's count says
 * then what could be affected, no longer exactly what is. ALSO_OF leads to the group from what was added.
 */
export const decisionMarkAmended: Statement<DecisionMarkAmendedParams, DecisionMarkAmendedRow> = {
  name: 'decision/mark-amended',
  mode: 'write',
  params: {"ids":{"is":"List","of":{"is":"String"}},"open":{"is":"Int"}},
  columns: {},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (p:Artifact {id: id})-[r:MADE_BY|SCORED]->(a:Artifact)
WHERE p.group IS NOT NULL AND (r.since <> p.leafIndex OR r.until <> $open)
MATCH (g:DecisionGroup {number: p.group})
UNWIND [r.since, p.leafIndex] AS leaf
WITH g, a, r, max(leaf) AS known
WITH g, a, CASE WHEN r.until = $open THEN known ELSE r.until END AS since
SET g.amendedSince = CASE WHEN since < g.amendedSince THEN since ELSE coalesce(g.amendedSince, since) END
MERGE (g)-[also:ALSO_OF]->(a)
ON CREATE SET also.since = since`,
};

export interface EntryListNamesParams {
  readonly log: string;
  readonly leaves: ReadonlyArray<number>;
}

export interface EntryListNamesRow {
  readonly leaf: number;
  readonly id: string | null;
}

/**
 * Which entry each of some leaf indexes belongs to, by the bundle that holds it.
 */
export const entryListNames: Statement<EntryListNamesParams, EntryListNamesRow> = {
  name: 'entry/list-names',
  mode: 'read',
  params: {"log":{"is":"String"},"leaves":{"is":"List","of":{"is":"Int"}}},
  columns: {"leaf":{"is":"Int"},"id":{"is":"String","nullable":true}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $leaves AS leaf
MATCH (b:EntryBundle)
USING INDEX b:EntryBundle(log, start)
WHERE b.log = $log AND b.start <= leaf AND b.start > leaf - 256 AND leaf < b.start + b.count
RETURN leaf, b.ids[leaf - b.start] AS id`,
};

export interface EntryReadArtifactsParams {
  readonly ids: ReadonlyArray<string>;
}

export interface EntryReadArtifactsRow {
  readonly id: string;
  readonly labels: ReadonlyArray<string>;
  readonly props: Readonly<Record<string, unknown>>;
  readonly edges: ReadonlyArray<{ readonly type: string; readonly from: string; readonly to: string; readonly props: Readonly<Record<string, unknown>> }>;
}

/**
 * Artifacts with everything stored of them and the edges that their own entries state.
 */
export const entryReadArtifacts: Statement<EntryReadArtifactsParams, EntryReadArtifactsRow> = {
  name: 'entry/read-artifacts',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}}},
  columns: {"id":{"is":"String"},"labels":{"is":"List","of":{"is":"String"}},"props":{"is":"Map"},"edges":{"is":"List","of":{"is":"Record","fields":{"type":{"is":"String"},"from":{"is":"String"},"to":{"is":"String"},"props":{"is":"Map"}}}}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (a:Artifact {id: id})
RETURN id, labels(a) AS labels, properties(a) AS props,
  [(a)-[r]->(b) WHERE r.since = a.leafIndex | {type: type(r), from: id, to: b.id, props: properties(r)}] AS edges`,
};

export interface EntryReadAttestationsParams {
  readonly ids: ReadonlyArray<string>;
}

export interface EntryReadAttestationsRow {
  readonly id: string;
  readonly labels: ReadonlyArray<string>;
  readonly props: Readonly<Record<string, unknown>>;
  readonly edges: ReadonlyArray<{ readonly type: string; readonly from: string; readonly to: string; readonly props: Readonly<Record<string, unknown>> }>;
}

/**
 * Attestations with everything stored of them, what they are about, and the edges that they state of other artifacts.
 */
export const entryReadAttestations: Statement<EntryReadAttestationsParams, EntryReadAttestationsRow> = {
  name: 'entry/read-attestations',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}}},
  columns: {"id":{"is":"String"},"labels":{"is":"List","of":{"is":"String"}},"props":{"is":"Map"},"edges":{"is":"List","of":{"is":"Record","fields":{"type":{"is":"String"},"from":{"is":"String"},"to":{"is":"String"},"props":{"is":"Map"}}}}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (t:Attestation {id: id})
RETURN id, labels(t) AS labels, properties(t) AS props,
  [(t)-[r]->(a) | {type: type(r), from: id, to: a.id, props: properties(r)}] +
  COLLECT {
    UNWIND coalesce(t.sources, []) AS source
    MATCH (a:Artifact {id: source})-[r]->(b)
    WHERE r.since = t.leafIndex
    RETURN {type: type(r), from: source, to: b.id, props: properties(r)}
  } AS edges`,
};

export interface EntryWriteGraphParams {
  readonly made: { readonly ids: ReadonlyArray<string>; readonly kinds: ReadonlyArray<string>; readonly namespaces: ReadonlyArray<string>; readonly names: ReadonlyArray<string>; readonly versions: ReadonlyArray<string>; readonly seqs: ReadonlyArray<number>; readonly declared: ReadonlyArray<boolean>; readonly occurredAts: ReadonlyArray<number | null>; readonly digests: ReadonlyArray<string | null>; readonly leafIndexes: ReadonlyArray<number | null>; readonly bys: ReadonlyArray<string | null>; readonly ks: ReadonlyArray<number | null> };
  readonly found: ReadonlyArray<string>;
  readonly attested: { readonly ids: ReadonlyArray<string>; readonly namespaces: ReadonlyArray<string>; readonly names: ReadonlyArray<string>; readonly versions: ReadonlyArray<string>; readonly occurredAts: ReadonlyArray<number>; readonly digests: ReadonlyArray<string>; readonly leafIndexes: ReadonlyArray<number>; readonly bys: ReadonlyArray<string>; readonly ks: ReadonlyArray<number>; readonly values: ReadonlyArray<string | null>; readonly sealed: ReadonlyArray<string | null>; readonly kids: ReadonlyArray<string | null>; readonly types: ReadonlyArray<string>; readonly authors: ReadonlyArray<string | null>; readonly states: ReadonlyArray<string | null>; readonly findings: ReadonlyArray<boolean | null>; readonly codeRepositories: ReadonlyArray<string | null>; readonly codeCommits: ReadonlyArray<string | null>; readonly sources: ReadonlyArray<ReadonlyArray<string> | null>; readonly abouts: ReadonlyArray<ReadonlyArray<number>> };
  readonly edges: { readonly types: ReadonlyArray<string>; readonly froms: ReadonlyArray<number>; readonly tos: ReadonlyArray<number>; readonly leafIndexes: ReadonlyArray<number>; readonly props: ReadonlyArray<string | null>; readonly toDigests: ReadonlyArray<string | null>; readonly roles: ReadonlyArray<string | null>; readonly inputs: ReadonlyArray<string | null>; readonly splits: ReadonlyArray<string | null> };
  readonly recordedAt: number;
  readonly open: number;
}

export interface EntryWriteGraphRow {
  readonly nodes: number;
  readonly abouts: number;
  readonly edges: number;
}

/**
 * What a batch adds to the graph, but for decisions and for artifacts that carry values: nodes, attestations with what they
 * are about, and edges. Columns and not rows, with every property named, because packing and unpacking a map for each
 * costs more than writing it. Each artifact is found or made once; what points at it says its place among those that are
 * made here, followed by those that are there. The caller checks the counts: a place that nobody stands at counts too few.
 */
export const entryWriteGraph: Statement<EntryWriteGraphParams, EntryWriteGraphRow> = {
  name: 'entry/write-graph',
  mode: 'write',
  params: {"made":{"is":"Record","fields":{"ids":{"is":"List","of":{"is":"String"}},"kinds":{"is":"List","of":{"is":"String"}},"namespaces":{"is":"List","of":{"is":"String"}},"names":{"is":"List","of":{"is":"String"}},"versions":{"is":"List","of":{"is":"String"}},"seqs":{"is":"List","of":{"is":"Int"}},"declared":{"is":"List","of":{"is":"Boolean"}},"occurredAts":{"is":"List","of":{"is":"Int","nullable":true}},"digests":{"is":"List","of":{"is":"String","nullable":true}},"leafIndexes":{"is":"List","of":{"is":"Int","nullable":true}},"bys":{"is":"List","of":{"is":"String","nullable":true}},"ks":{"is":"List","of":{"is":"Int","nullable":true}}}},"found":{"is":"List","of":{"is":"String"}},"attested":{"is":"Record","fields":{"ids":{"is":"List","of":{"is":"String"}},"namespaces":{"is":"List","of":{"is":"String"}},"names":{"is":"List","of":{"is":"String"}},"versions":{"is":"List","of":{"is":"String"}},"occurredAts":{"is":"List","of":{"is":"Int"}},"digests":{"is":"List","of":{"is":"String"}},"leafIndexes":{"is":"List","of":{"is":"Int"}},"bys":{"is":"List","of":{"is":"String"}},"ks":{"is":"List","of":{"is":"Int"}},"values":{"is":"List","of":{"is":"String","nullable":true}},"sealed":{"is":"List","of":{"is":"String","nullable":true}},"kids":{"is":"List","of":{"is":"String","nullable":true}},"types":{"is":"List","of":{"is":"String"}},"authors":{"is":"List","of":{"is":"String","nullable":true}},"states":{"is":"List","of":{"is":"String","nullable":true}},"findings":{"is":"List","of":{"is":"Boolean","nullable":true}},"codeRepositories":{"is":"List","of":{"is":"String","nullable":true}},"codeCommits":{"is":"List","of":{"is":"String","nullable":true}},"sources":{"is":"List","of":{"is":"List","of":{"is":"String"},"nullable":true}},"abouts":{"is":"List","of":{"is":"List","of":{"is":"Int"}}}}},"edges":{"is":"Record","fields":{"types":{"is":"List","of":{"is":"String"}},"froms":{"is":"List","of":{"is":"Int"}},"tos":{"is":"List","of":{"is":"Int"}},"leafIndexes":{"is":"List","of":{"is":"Int"}},"props":{"is":"List","of":{"is":"String","nullable":true}},"toDigests":{"is":"List","of":{"is":"String","nullable":true}},"roles":{"is":"List","of":{"is":"String","nullable":true}},"inputs":{"is":"List","of":{"is":"String","nullable":true}},"splits":{"is":"List","of":{"is":"String","nullable":true}}}},"recordedAt":{"is":"Int"},"open":{"is":"Int"}},
  columns: {"nodes":{"is":"Int"},"abouts":{"is":"Int"},"edges":{"is":"Int"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `CALL () {
  UNWIND range(0, size($made.ids) - 1) AS i
  CREATE (a:Artifact:$($made.kinds[i]) {
    id: $made.ids[i], namespace: $made.namespaces[i], name: $made.names[i], version: $made.versions[i], seq: $made.seqs[i],
    declared: $made.declared[i], occurredAt: $made.occurredAts[i], digest: $made.digests[i],
    leafIndex: $made.leafIndexes[i], by: $made.bys[i], k: $made.ks[i],
    recordedAt: CASE WHEN $made.declared[i] THEN $recordedAt END
  })
  RETURN collect(a) AS made
}
CALL () {
  UNWIND $found AS id
  MATCH (a:Artifact {id: id})
  RETURN collect(a) AS found
}
WITH made + found AS nodes
CALL (nodes) {
  UNWIND range(0, size($attested.ids) - 1) AS i
  CREATE (t:Attestation {
    id: $attested.ids[i], namespace: $attested.namespaces[i], name: $attested.names[i], version: $attested.versions[i],
    occurredAt: $attested.occurredAts[i], digest: $attested.digests[i], leafIndex: $attested.leafIndexes[i],
    by: $attested.bys[i], k: $attested.ks[i], values: $attested.values[i], sealed: $attested.sealed[i],
    kid: $attested.kids[i], type: $attested.types[i], author: $attested.authors[i], state: $attested.states[i],
    finding: $attested.findings[i], codeRepository: $attested.codeRepositories[i],
    codeCommit: $attested.codeCommits[i], sources: $attested.sources[i], recordedAt: $recordedAt, declared: true
  })
  WITH nodes, t, i
  UNWIND $attested.abouts[i] AS place
  WITH t, i, nodes[place] AS a
  CREATE (t)-[:ABOUT {since: $attested.leafIndexes[i]}]->(a)
  RETURN count(a) AS abouts
}
CALL (nodes) {
  UNWIND range(0, size($edges.types) - 1) AS i
  WITH i, nodes[$edges.froms[i]] AS a, nodes[$edges.tos[i]] AS b
  CREATE (a)-[r:$($edges.types[i]) {
    since: $edges.leafIndexes[i], until: $open, props: $edges.props[i], toDigest: $edges.toDigests[i],
    role: $edges.roles[i], input: $edges.inputs[i], split: $edges.splits[i]
  }]->(b)
  RETURN count(r) AS edges
}
RETURN size(nodes) AS nodes, abouts, edges`,
};

export interface ErasureCountAggregatesParams {
  readonly ids: ReadonlyArray<string>;
  readonly asOf: number;
}

export interface ErasureCountAggregatesRow {
  readonly type: string;
  readonly count: number;
}

/**
 * What was attested as a summary of some data sets or models: profiles, drift and checks hold no value of one person.
 */
export const erasureCountAggregates: Statement<ErasureCountAggregatesParams, ErasureCountAggregatesRow> = {
  name: 'erasure/count-aggregates',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}},"asOf":{"is":"Int"}},
  columns: {"type":{"is":"String"},"count":{"is":"Int"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (a:Artifact {id: id})<-[r:ABOUT]-(t:Attestation)
WHERE r.since < $asOf AND t.type IN ['DATA_PROFILE', 'DRIFT', 'CONTRACT_CHECK']
RETURN t.type AS type, count(DISTINCT t) AS count
ORDER BY type`,
};

export interface ErasureCreateErasureParams {
  readonly log: string;
  readonly props: Readonly<Record<string, unknown>>;
}

export type ErasureCreateErasureRow = Readonly<Record<never, never>>;

/**
 * Marks a key as being erased. The log's lock is held: every write after this one sees the mark, every write before it
 * is committed. Neither the subject nor anything that leads to it is here.
 */
export const erasureCreateErasure: Statement<ErasureCreateErasureParams, ErasureCreateErasureRow> = {
  name: 'erasure/create-erasure',
  mode: 'write',
  params: {"log":{"is":"String"},"props":{"is":"Map"}},
  columns: {},
  plan: [],
  text: `MATCH (h:LogHead {log: $log})
SET h.erasures = coalesce(h.erasures, 0) + 1
CREATE (e:Erasure)
SET e = $props`,
};

export interface ErasureEraseValuesParams {
  readonly rows: ReadonlyArray<{ readonly id: string; readonly sealed: string | null; readonly erased: string | null }>;
}

export type ErasureEraseValuesRow = Readonly<Record<never, never>>;

/**
 * Takes sealed values off their nodes; what their entries committed to is kept in their place. The only change that a
 * declared node ever sees, and one that leaves its entry as it is.
 */
export const erasureEraseValues: Statement<ErasureEraseValuesParams, ErasureEraseValuesRow> = {
  name: 'erasure/erase-values',
  mode: 'write',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"id":{"is":"String"},"sealed":{"is":"String","nullable":true},"erased":{"is":"String","nullable":true}}}}},
  columns: {},
  plan: ["NodeUniqueIndexSeek(Locking)"],
  text: `UNWIND $rows AS row
OPTIONAL MATCH (a:Artifact {id: row.id})
OPTIONAL MATCH (t:Attestation {id: row.id})
WITH row, coalesce(a, t) AS n
SET n.sealed = row.sealed, n.erased = row.erased`,
};

export interface ErasureFindErasedParams {
  readonly kids: ReadonlyArray<string>;
}

export interface ErasureFindErasedRow {
  readonly kid: string;
}

/**
 * Which of the keys that a batch seals under are being erased or are gone; asked under the log's lock, so that no value
 * comes into being under a key that is to be destroyed.
 */
export const erasureFindErased: Statement<ErasureFindErasedParams, ErasureFindErasedRow> = {
  name: 'erasure/find-erased',
  mode: 'read',
  params: {"kids":{"is":"List","of":{"is":"String"}}},
  columns: {"kid":{"is":"String"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $kids AS kid
MATCH (e:Erasure {kid: kid})
RETURN e.kid AS kid`,
};

export interface ErasureFindErasureParams {
  readonly id: string;
}

export interface ErasureFindErasureRow {
  readonly props: Readonly<Record<string, unknown>>;
}

/**
 * One erasure by the id that its certificate and its entries carry.
 */
export const erasureFindErasure: Statement<ErasureFindErasureParams, ErasureFindErasureRow> = {
  name: 'erasure/find-erasure',
  mode: 'read',
  params: {"id":{"is":"String"}},
  columns: {"props":{"is":"Map"}},
  plan: ["NodeIndexSeek"],
  text: `MATCH (e:Erasure {id: $id})
RETURN properties(e) AS props`,
};

export interface ErasureFinishErasureParams {
  readonly log: string;
  readonly kid: string;
  readonly entries: ReadonlyArray<string>;
}

export type ErasureFinishErasureRow = Readonly<Record<never, never>>;

/**
 * The last step: what the log says about the erasure is committed. The first time counts. The certificate is read as of
 * the tree that has the last of the entries; where there are none, as of the present one.
 */
export const erasureFinishErasure: Statement<ErasureFinishErasureParams, ErasureFinishErasureRow> = {
  name: 'erasure/finish-erasure',
  mode: 'write',
  params: {"log":{"is":"String"},"kid":{"is":"String"},"entries":{"is":"List","of":{"is":"String"}}},
  columns: {},
  plan: ["NodeUniqueIndexSeek(Locking)"],
  text: `MATCH (e:Erasure {kid: $kid})
WHERE e.state <> 'ERASED'
MATCH (h:LogHead {log: $log})
OPTIONAL MATCH (t:Attestation {id: $entries[-1]})
SET e.state = 'ERASED', e.entries = $entries, e.asOf = coalesce(t.leafIndex + 1, h.size)`,
};

export interface ErasureFinishRestrictionParams {
  readonly kid: string;
  readonly entries: ReadonlyArray<string>;
}

export type ErasureFinishRestrictionRow = Readonly<Record<never, never>>;

/**
 * What the log says about a restriction is committed. The first time counts.
 */
export const erasureFinishRestriction: Statement<ErasureFinishRestrictionParams, ErasureFinishRestrictionRow> = {
  name: 'erasure/finish-restriction',
  mode: 'write',
  params: {"kid":{"is":"String"},"entries":{"is":"List","of":{"is":"String"}}},
  columns: {},
  plan: ["NodeUniqueIndexSeek(Locking)"],
  text: `MATCH (e:Erasure {kid: $kid})
WHERE e.restriction IS NULL
SET e.restriction = $entries`,
};

export interface ErasureIndexSealedParams {
  readonly rows: ReadonlyArray<{ readonly kid: string; readonly id: string }>;
}

export type ErasureIndexSealedRow = Readonly<Record<never, never>>;

/**
 * Ties an entry's further keys to it: an index holds one key a node, and most decisions concern one person.
 */
export const erasureIndexSealed: Statement<ErasureIndexSealedParams, ErasureIndexSealedRow> = {
  name: 'erasure/index-sealed',
  mode: 'write',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"kid":{"is":"String"},"id":{"is":"String"}}}}},
  columns: {},
  plan: [],
  text: `UNWIND $rows AS row
CREATE (:SealedUnder {kid: row.kid, id: row.id})`,
};

export interface ErasureLiftRestrictionParams {
  readonly kid: string;
}

export type ErasureLiftRestrictionRow = Readonly<Record<never, never>>;

/**
 * The duty that turned an erasure into a restriction is over: the erasure begins. The log's lock is held.
 */
export const erasureLiftRestriction: Statement<ErasureLiftRestrictionParams, ErasureLiftRestrictionRow> = {
  name: 'erasure/lift-restriction',
  mode: 'write',
  params: {"kid":{"is":"String"}},
  columns: {},
  plan: ["NodeUniqueIndexSeek(Locking)"],
  text: `MATCH (e:Erasure {kid: $kid})
WHERE e.state = 'RESTRICTED'
SET e.state = 'ERASING'`,
};

export interface ErasureListDataParams {
  readonly kid: string;
  readonly asOf: number;
  readonly first: number;
}

export interface ErasureListDataRow {
  readonly id: string;
  readonly location: string | null;
}

/**
 * The data sets that a person's decisions were made from, and everything that those came from, as of a point: where rows
 * of that person lie or lay. Nearest first is not known here; the order is that of first mention.
 */
export const erasureListData: Statement<ErasureListDataParams, ErasureListDataRow> = {
  name: 'erasure/list-data',
  mode: 'read',
  params: {"kid":{"is":"String"},"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"},"location":{"is":"String","nullable":true}},
  plan: ["NodeIndexSeek","!NodeByLabelScan","VarLengthExpand(Pruning,BFS,All)"],
  text: `CALL () {
  MATCH (p:Artifact) WHERE p.kid = $kid AND p.id > ''
  RETURN p
  UNION
  MATCH (s:SealedUnder) WHERE s.kid = $kid AND s.id > ''
  MATCH (p:Artifact {id: s.id})
  RETURN p
}
MATCH (p)-[s:SCORED]->(d:Dataset)
WHERE s.since < $asOf AND $asOf <= s.until
WITH DISTINCT d
MATCH (d)-[r:PRODUCED_BY|READ|RESOLVED_TO*0..]->(a:Artifact)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH DISTINCT a
WHERE a:Dataset
RETURN a.id AS id, a.location AS location
ORDER BY a.seq
LIMIT $first`,
};

export interface ErasureListErasuresParams {
  readonly after: string;
  readonly first: number;
}

export interface ErasureListErasuresRow {
  readonly props: Readonly<Record<string, unknown>>;
}

/**
 * All erasures, in pages: a server that starts plays them onto its key store.
 */
export const erasureListErasures: Statement<ErasureListErasuresParams, ErasureListErasuresRow> = {
  name: 'erasure/list-erasures',
  mode: 'read',
  params: {"after":{"is":"String"},"first":{"is":"Int"}},
  columns: {"props":{"is":"Map"}},
  plan: [],
  text: `MATCH (e:Erasure)
WHERE e.kid > $after
RETURN properties(e) AS props
ORDER BY e.kid
LIMIT $first`,
};

export interface ErasureListHoldsParams {
  readonly kid: string;
}

export interface ErasureListHoldsRow {
  readonly id: string;
  readonly artifact: string;
  readonly leafIndex: number;
  readonly values: string | null;
}

/**
 * Every legal hold, released or not, on what was sealed under a key and on what its attestations are about.
 */
export const erasureListHolds: Statement<ErasureListHoldsParams, ErasureListHoldsRow> = {
  name: 'erasure/list-holds',
  mode: 'read',
  params: {"kid":{"is":"String"}},
  columns: {"id":{"is":"String"},"artifact":{"is":"String"},"leafIndex":{"is":"Int"},"values":{"is":"String","nullable":true}},
  plan: ["NodeIndexSeek","!NodeByLabelScan"],
  text: `CALL () {
  MATCH (n:Artifact) WHERE n.kid = $kid AND n.id > ''
  RETURN n AS a
  UNION
  MATCH (n:Attestation) WHERE n.kid = $kid AND n.id > ''
  MATCH (n)-[:ABOUT]->(a:Artifact)
  RETURN a
  UNION
  MATCH (s:SealedUnder) WHERE s.kid = $kid AND s.id > ''
  MATCH (a:Artifact {id: s.id})
  RETURN a
  UNION
  MATCH (s:SealedUnder) WHERE s.kid = $kid AND s.id > ''
  MATCH (:Attestation {id: s.id})-[:ABOUT]->(a:Artifact)
  RETURN a
}
MATCH (h:Attestation {type: 'LEGAL_HOLD'})-[:ABOUT]->(a)
RETURN h.id AS id, a.id AS artifact, h.leafIndex AS leafIndex, h.values AS values
ORDER BY leafIndex, artifact`,
};

export interface ErasureListKeysParams {
  readonly after: string;
  readonly first: number;
}

export interface ErasureListKeysRow {
  readonly kid: string;
  readonly erasure: Readonly<Record<string, unknown>> | null;
}

/**
 * Names of keys that sealed something, in pages, with how far the erasure of each is. Work grows with what these keys sealed.
 */
export const erasureListKeys: Statement<ErasureListKeysParams, ErasureListKeysRow> = {
  name: 'erasure/list-keys',
  mode: 'read',
  params: {"after":{"is":"String"},"first":{"is":"Int"}},
  columns: {"kid":{"is":"String"},"erasure":{"is":"Map","nullable":true}},
  plan: ["NodeIndexSeek","!NodeByLabelScan"],
  text: `CALL () {
  MATCH (n:Artifact) WHERE n.kid > $after AND n.id > ''
  WITH DISTINCT n.kid AS kid ORDER BY kid LIMIT $first
  RETURN kid
  UNION
  MATCH (n:Attestation) WHERE n.kid > $after AND n.id > ''
  WITH DISTINCT n.kid AS kid ORDER BY kid LIMIT $first
  RETURN kid
  UNION
  MATCH (s:SealedUnder) WHERE s.kid > $after AND s.id > ''
  WITH DISTINCT s.kid AS kid ORDER BY kid LIMIT $first
  RETURN kid
}
WITH kid ORDER BY kid LIMIT $first
OPTIONAL MATCH (e:Erasure {kid: kid})
RETURN kid, properties(e) AS erasure
ORDER BY kid`,
};

export interface ErasureListLearnersParams {
  readonly ids: ReadonlyArray<string>;
  readonly asOf: number;
  readonly first: number;
}

export interface ErasureListLearnersRow {
  readonly id: string;
}

/**
 * The models downstream of some data sets as of a point: what may have learnt from a person's rows.
 */
export const erasureListLearners: Statement<ErasureListLearnersParams, ErasureListLearnersRow> = {
  name: 'erasure/list-learners',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}},"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `UNWIND $ids AS id
MATCH (d:Artifact {id: id})
MATCH (d)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|RESOLVED_TO*1..]-(m:Artifact)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH DISTINCT m
WHERE m:Model
RETURN m.id AS id
ORDER BY m.seq
LIMIT $first`,
};

export interface ErasureListRetainedParams {
  readonly kid: string;
  readonly after: string;
  readonly first: number;
}

export interface ErasureListRetainedRow {
  readonly id: string;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly special: boolean;
}

/**
 * What retention rules ask of what a key sealed, in pages by id. Classified SPECIAL is what says so itself, and a decision
 * or attestation whose data sets do: `values` is canonical JSON, so the text stands there exactly if the field does.
 */
export const erasureListRetained: Statement<ErasureListRetainedParams, ErasureListRetainedRow> = {
  name: 'erasure/list-retained',
  mode: 'read',
  params: {"kid":{"is":"String"},"after":{"is":"String"},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"},"occurredAt":{"is":"Int"},"recordedAt":{"is":"Int"},"special":{"is":"Boolean"}},
  plan: ["NodeIndexSeek","!NodeByLabelScan","NodeUniqueIndexSeek"],
  text: `CALL () {
  MATCH (n:Artifact) WHERE n.kid = $kid AND n.id > $after
  RETURN n.id AS id ORDER BY n.kid, n.id LIMIT $first
  UNION ALL
  MATCH (n:Attestation) WHERE n.kid = $kid AND n.id > $after
  RETURN n.id AS id ORDER BY n.kid, n.id LIMIT $first
  UNION ALL
  MATCH (s:SealedUnder) WHERE s.kid = $kid AND s.id > $after
  RETURN s.id AS id ORDER BY s.kid, s.id LIMIT $first
}
WITH id ORDER BY id LIMIT $first
OPTIONAL MATCH (a:Artifact {id: id})
OPTIONAL MATCH (t:Attestation {id: id})
WITH id, coalesce(a, t) AS n, '"value/classification":"SPECIAL"' AS mark
RETURN id, n.occurredAt AS occurredAt, n.recordedAt AS recordedAt,
  coalesce(n.values CONTAINS mark, false)
    OR EXISTS { MATCH (n)-[:SCORED|ABOUT]->(d:Artifact) WHERE d.values CONTAINS mark }
    OR EXISTS { MATCH (n)-[:ABOUT]->(:Artifact)-[:SCORED]->(d:Artifact) WHERE d.values CONTAINS mark } AS special`,
};

export interface ErasureListSealedParams {
  readonly kid: string;
  readonly after: string;
  readonly first: number;
}

export interface ErasureListSealedRow {
  readonly id: string;
  readonly sealed: string | null;
  readonly erased: string | null;
  readonly about: ReadonlyArray<string>;
}

/**
 * What was sealed under a key, erased or not, in pages by id; for an attestation also which artifacts it is about.
 */
export const erasureListSealed: Statement<ErasureListSealedParams, ErasureListSealedRow> = {
  name: 'erasure/list-sealed',
  mode: 'read',
  params: {"kid":{"is":"String"},"after":{"is":"String"},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"},"sealed":{"is":"String","nullable":true},"erased":{"is":"String","nullable":true},"about":{"is":"List","of":{"is":"String"}}},
  plan: ["NodeIndexSeek","!NodeByLabelScan","NodeUniqueIndexSeek"],
  text: `CALL () {
  MATCH (n:Artifact) WHERE n.kid = $kid AND n.id > $after
  RETURN n.id AS id ORDER BY n.kid, n.id LIMIT $first
  UNION ALL
  MATCH (n:Attestation) WHERE n.kid = $kid AND n.id > $after
  RETURN n.id AS id ORDER BY n.kid, n.id LIMIT $first
  UNION ALL
  MATCH (s:SealedUnder) WHERE s.kid = $kid AND s.id > $after
  RETURN s.id AS id ORDER BY s.kid, s.id LIMIT $first
}
WITH id ORDER BY id LIMIT $first
OPTIONAL MATCH (a:Artifact {id: id})
OPTIONAL MATCH (t:Attestation {id: id})
WITH id, coalesce(a, t) AS n, t
RETURN id, n.sealed AS sealed, n.erased AS erased, COLLECT { MATCH (t)-[:ABOUT]->(b:Artifact) RETURN b.id ORDER BY b.id } AS about`,
};

export interface ErasureNoteSerialParams {
  readonly log: string;
  readonly serial: number;
}

export type ErasureNoteSerialRow = Readonly<Record<never, never>>;

/**
 * The newest key that the log has values under: a key store that has made fewer is an older copy, and keys are lost.
 */
export const erasureNoteSerial: Statement<ErasureNoteSerialParams, ErasureNoteSerialRow> = {
  name: 'erasure/note-serial',
  mode: 'write',
  params: {"log":{"is":"String"},"serial":{"is":"Int"}},
  columns: {},
  plan: ["NodeUniqueIndexSeek(Locking)"],
  text: `MATCH (h:LogHead {log: $log})
SET h.keySerial = $serial`,
};

export interface ErasureReadErasuresParams {
  readonly kids: ReadonlyArray<string>;
}

export interface ErasureReadErasuresRow {
  readonly props: Readonly<Record<string, unknown>>;
}

/**
 * Erasures by the names of the keys.
 */
export const erasureReadErasures: Statement<ErasureReadErasuresParams, ErasureReadErasuresRow> = {
  name: 'erasure/read-erasures',
  mode: 'read',
  params: {"kids":{"is":"List","of":{"is":"String"}}},
  columns: {"props":{"is":"Map"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $kids AS kid
MATCH (e:Erasure {kid: kid})
RETURN properties(e) AS props`,
};

export interface ErasureReadKeptParams {
  readonly ids: ReadonlyArray<string>;
}

export interface ErasureReadKeptRow {
  readonly id: string;
  readonly k: number;
  readonly digest: string;
  readonly leafIndex: number;
  readonly recordedAt: number;
  readonly sealed: string | null;
  readonly erased: string | null;
}

/**
 * What a declared node keeps of its personal values, to compare a repeated declaration with it, and where its entry is.
 */
export const erasureReadKept: Statement<ErasureReadKeptParams, ErasureReadKeptRow> = {
  name: 'erasure/read-kept',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}}},
  columns: {"id":{"is":"String"},"k":{"is":"Int"},"digest":{"is":"String"},"leafIndex":{"is":"Int"},"recordedAt":{"is":"Int"},"sealed":{"is":"String","nullable":true},"erased":{"is":"String","nullable":true}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
OPTIONAL MATCH (a:Artifact {id: id})
OPTIONAL MATCH (t:Attestation {id: id})
WITH coalesce(a, t) AS n
WHERE n.digest IS NOT NULL
RETURN n.id AS id, n.k AS k, n.digest AS digest, n.leafIndex AS leafIndex, n.recordedAt AS recordedAt,
  n.sealed AS sealed, n.erased AS erased`,
};

export interface ErasureReadSerialParams {
  readonly log: string;
}

export interface ErasureReadSerialRow {
  readonly serial: number;
}

/**
 * The newest key that the log has values under; 0 if none.
 */
export const erasureReadSerial: Statement<ErasureReadSerialParams, ErasureReadSerialRow> = {
  name: 'erasure/read-serial',
  mode: 'read',
  params: {"log":{"is":"String"}},
  columns: {"serial":{"is":"Int"}},
  plan: [],
  text: `MATCH (h:LogHead {log: $log})
RETURN coalesce(h.keySerial, 0) AS serial`,
};

export interface EvidenceListClosureParams {
  readonly of: string;
  readonly asOf: number;
  readonly first: number;
}

export interface EvidenceListClosureRow {
  readonly id: string;
  readonly depth: number;
  readonly leafIndex: number | null;
}

/**
 * The ancestry of an artifact, itself included, in columns: ids, distances, and where each entry lies in the log. One row
 * more than the bound says that there is more.
 */
export const evidenceListClosure: Statement<EvidenceListClosureParams, EvidenceListClosureRow> = {
  name: 'evidence/list-closure',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"},"depth":{"is":"Int"},"leafIndex":{"is":"Int","nullable":true}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*0..]->(a:Artifact)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH a, min(length(q)) AS depth
LIMIT $first
RETURN a.id AS id, depth, CASE WHEN a.leafIndex < $asOf THEN a.leafIndex END AS leafIndex`,
};

export interface EvidenceListLinksParams {
  readonly ids: ReadonlyArray<string>;
  readonly asOf: number;
  readonly first: number;
}

export interface EvidenceListLinksRow {
  readonly id: string;
  readonly edges: ReadonlyArray<{ readonly type: string; readonly to: string; readonly since: number; readonly until: number }>;
  readonly attestations: ReadonlyArray<{ readonly id: string; readonly type: string; readonly leafIndex: number }>;
}

/**
 * What is known about some artifacts as of a point: the edges that leave them, those that have ended too, because the
 * entry that ended one is part of the evidence; and what was attested about them.
 */
export const evidenceListLinks: Statement<EvidenceListLinksParams, EvidenceListLinksRow> = {
  name: 'evidence/list-links',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}},"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"},"edges":{"is":"List","of":{"is":"Record","fields":{"type":{"is":"String"},"to":{"is":"String"},"since":{"is":"Int"},"until":{"is":"Int"}}}},"attestations":{"is":"List","of":{"is":"Record","fields":{"id":{"is":"String"},"type":{"is":"String"},"leafIndex":{"is":"Int"}}}}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (a:Artifact {id: id})
RETURN id,
  COLLECT {
    MATCH (a)-[r]->(b:Artifact)
    WHERE r.since < $asOf
    RETURN {type: type(r), to: b.id, since: r.since, until: r.until}
    LIMIT $first
  } AS edges,
  COLLECT {
    MATCH (a)<-[r:ABOUT]-(t:Attestation)
    WHERE r.since < $asOf
    RETURN {id: t.id, type: t.type, leafIndex: t.leafIndex}
    LIMIT $first
  } AS attestations`,
};

export type FsckCountDerivedParams = Readonly<Record<never, never>>;

export interface FsckCountDerivedRow {
  readonly columns: number;
  readonly furtherKeys: number;
  readonly erasures: number;
  readonly runs: number;
  readonly records: number;
  readonly looks: number;
  readonly terms: number;
  readonly awaited: number;
}

/**
 * How much there is to check of what is derived from entries; the database keeps these counts, so nothing is read.
 */
export const fsckCountDerived: Statement<FsckCountDerivedParams, FsckCountDerivedRow> = {
  name: 'fsck/count-derived',
  mode: 'read',
  params: {},
  columns: {"columns":{"is":"Int"},"furtherKeys":{"is":"Int"},"erasures":{"is":"Int"},"runs":{"is":"Int"},"records":{"is":"Int"},"looks":{"is":"Int"},"terms":{"is":"Int"},"awaited":{"is":"Int"}},
  plan: [],
  text: `RETURN COUNT { (:Field) } AS columns, COUNT { (:SealedUnder) } AS furtherKeys, COUNT { (:Erasure) } AS erasures,
  COUNT { (:RunTimes) } AS runs, COUNT { (:AccessRecord) } AS records, COUNT { (:AccessLook) } AS looks,
  COUNT { (:SearchTerm) } AS terms, COUNT { (:Awaited) } AS awaited`,
};

export type FsckCountNodesParams = Readonly<Record<never, never>>;

export interface FsckCountNodesRow {
  readonly size: number;
  readonly at: number;
  readonly artifacts: number;
  readonly attestations: number;
  readonly groups: number;
  readonly nextSeq: number;
  readonly nextGroup: number;
  readonly origin: string | null;
}

/**
 * How much there is to check; the database keeps these counts, so nothing is read.
 */
export const fsckCountNodes: Statement<FsckCountNodesParams, FsckCountNodesRow> = {
  name: 'fsck/count-nodes',
  mode: 'read',
  params: {},
  columns: {"size":{"is":"Int"},"at":{"is":"Int"},"artifacts":{"is":"Int"},"attestations":{"is":"Int"},"groups":{"is":"Int"},"nextSeq":{"is":"Int"},"nextGroup":{"is":"Int"},"origin":{"is":"String","nullable":true}},
  plan: [],
  text: `MATCH (h:LogHead {log: 'lineage'})
RETURN h.size AS size, h.at AS at, COUNT { (:Artifact) } AS artifacts, COUNT { (:Attestation) } AS attestations,
  COUNT { (:DecisionGroup) } AS groups, h.nextSeq AS nextSeq, h.nextGroup AS nextGroup, h.origin AS origin`,
};

export interface FsckFindGroupsParams {
  readonly keys: ReadonlyArray<string>;
}

export interface FsckFindGroupsRow {
  readonly key: string;
  readonly number: number;
}

/**
 * The numbers of some decision groups by key, for decisions that say which group they were put into.
 */
export const fsckFindGroups: Statement<FsckFindGroupsParams, FsckFindGroupsRow> = {
  name: 'fsck/find-groups',
  mode: 'read',
  params: {"keys":{"is":"List","of":{"is":"String"}}},
  columns: {"key":{"is":"String"},"number":{"is":"Int"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $keys AS key
MATCH (g:DecisionGroup {key: key})
RETURN key, g.number AS number`,
};

export interface FsckFindRunsParams {
  readonly runs: ReadonlyArray<string>;
}

export interface FsckFindRunsRow {
  readonly run: string;
}

/**
 * Which of some runs something is noted of.
 */
export const fsckFindRuns: Statement<FsckFindRunsParams, FsckFindRunsRow> = {
  name: 'fsck/find-runs',
  mode: 'read',
  params: {"runs":{"is":"List","of":{"is":"String"}}},
  columns: {"run":{"is":"String"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $runs AS run
MATCH (t:RunTimes {run: run})
RETURN t.run AS run`,
};

export interface FsckFindStraysParams {
  readonly logs: ReadonlyArray<string>;
  readonly first: number;
}

export interface FsckFindStraysRow {
  readonly labels: ReadonlyArray<string>;
  readonly props: Readonly<Record<string, unknown>>;
}

/**
 * Nodes that no page of a check can come upon: without the property that they are found by, under another label as well,
 * tied to anything where nothing should be, or beyond the end of their log. One scan of each label.
 */
export const fsckFindStrays: Statement<FsckFindStraysParams, FsckFindStraysRow> = {
  name: 'fsck/find-strays',
  mode: 'read',
  params: {"logs":{"is":"List","of":{"is":"String"}},"first":{"is":"Int"}},
  columns: {"labels":{"is":"List","of":{"is":"String"}},"props":{"is":"Map"}},
  plan: [],
  text: `CALL () {
  MATCH (n:Artifact) WHERE NOT n.id IS :: STRING NOT NULL RETURN n
  UNION ALL
  MATCH (n:Attestation) WHERE NOT n.id IS :: STRING NOT NULL RETURN n
  UNION ALL
  MATCH (n:DecisionGroup) WHERE NOT n.number IS :: INTEGER NOT NULL OR n.number < 0 OR size(labels(n)) > 1 RETURN n
  UNION ALL
  MATCH (n:Field) WHERE NOT n.key IS :: STRING NOT NULL OR size(labels(n)) > 1 RETURN n
  UNION ALL
  MATCH (n:LogHead) WHERE NOT coalesce(n.log IN $logs, false) OR size(labels(n)) > 1 OR EXISTS { (n)--() } RETURN n
  UNION ALL
  MATCH (n:Erasure) WHERE NOT n.kid IS :: STRING NOT NULL OR size(labels(n)) > 1 OR EXISTS { (n)--() } RETURN n
  UNION ALL
  MATCH (n:SealedUnder)
  WHERE NOT n.kid IS :: STRING NOT NULL OR NOT n.id IS :: STRING NOT NULL OR size(labels(n)) > 1 OR EXISTS { (n)--() }
  RETURN n
  UNION ALL
  MATCH (n:RunTimes) WHERE NOT n.run IS :: STRING NOT NULL OR size(labels(n)) > 1 OR EXISTS { (n)--() } RETURN n
  UNION ALL
  MATCH (n:RunOutput|RunRead)
  WHERE size(labels(n)) > 1 OR EXISTS { (n)--() } OR NOT n.run IS :: STRING NOT NULL
    OR NOT EXISTS { MATCH (t:RunTimes) WHERE t.run = n.run }
  RETURN n
  UNION ALL
  MATCH (n:AccessRecord) WHERE NOT n.id IS :: STRING NOT NULL OR size(labels(n)) > 1 OR EXISTS { (n)--() } RETURN n
  UNION ALL
  MATCH (n:AccessLook)
  WHERE NOT n.artifact IS :: STRING NOT NULL OR NOT n.intent IS :: INTEGER NOT NULL OR size(labels(n)) > 1 OR EXISTS { (n)--() }
  RETURN n
  UNION ALL
  MATCH (n:SearchTerm)
  WHERE any(part IN [n.match, n.kind, n.namespace, n.name, n.text] WHERE NOT part IS :: STRING NOT NULL)
    OR size(labels(n)) > 1 OR EXISTS { (n)--() }
  RETURN n
  UNION ALL
  MATCH (n:Awaited) WHERE NOT n.id IS :: STRING NOT NULL OR size(labels(n)) > 1 OR EXISTS { (n)--() } RETURN n
  UNION ALL
  MATCH (n:EntryBundle)
  OPTIONAL MATCH (h:LogHead {log: n.log})
  WITH n, h
  WHERE size(labels(n)) > 1 OR EXISTS { (n)--() }
    OR NOT coalesce(n.start IS :: INTEGER NOT NULL AND n.start >= 0 AND n.start < h.size, false)
  RETURN n
  UNION ALL
  MATCH (n:HashTile)
  OPTIONAL MATCH (h:LogHead {log: n.log})
  WITH n, h
  WHERE size(labels(n)) > 1 OR EXISTS { (n)--() }
    OR NOT coalesce(n.level IS :: INTEGER NOT NULL AND n.index IS :: INTEGER NOT NULL AND n.level >= 0 AND n.index >= 0
      AND (n.index + 1) * 256 ^ (n.level + 1) <= h.size, false)
  RETURN n
}
WITH DISTINCT n
LIMIT $first
RETURN labels(n) AS labels, properties(n) AS props`,
};

export interface FsckListAmendmentsParams {
  readonly ids: ReadonlyArray<string>;
  readonly open: number;
}

export interface FsckListAmendmentsRow {
  readonly group: number;
  readonly to: string;
  readonly leaf: number;
  readonly since: number;
  readonly until: number;
  readonly amendedSince: unknown;
  readonly also: ReadonlyArray<unknown>;
}

/**
 * The edges by which some decisions were made that another entry stated or ended, and what their groups keep of it.
 */
export const fsckListAmendments: Statement<FsckListAmendmentsParams, FsckListAmendmentsRow> = {
  name: 'fsck/list-amendments',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}},"open":{"is":"Int"}},
  columns: {"group":{"is":"Int"},"to":{"is":"String"},"leaf":{"is":"Int"},"since":{"is":"Int"},"until":{"is":"Int"},"amendedSince":{"is":"Any","nullable":true},"also":{"is":"List","of":{"is":"Any"}}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (p:Artifact {id: id})-[r:MADE_BY|SCORED]->(a:Artifact)
WHERE p.group IS NOT NULL AND (r.since <> p.leafIndex OR r.until <> $open)
MATCH (g:DecisionGroup {number: p.group})
RETURN p.group AS group, a.id AS to, p.leafIndex AS leaf, r.since AS since, r.until AS until,
  g.amendedSince AS amendedSince, [(g)-[s:ALSO_OF]->(a) | s.since] AS also`,
};

export interface FsckListAwaitedParams {
  readonly ids: ReadonlyArray<string>;
}

export interface FsckListAwaitedRow {
  readonly id: string;
  readonly noted: boolean;
  readonly declared: boolean;
}

/**
 * Whether some artifacts are noted as awaited. The note is looked for first: one that is gone because its artifact was
 * declared meanwhile is then seen to be so.
 */
export const fsckListAwaited: Statement<FsckListAwaitedParams, FsckListAwaitedRow> = {
  name: 'fsck/list-awaited',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}}},
  columns: {"id":{"is":"String"},"noted":{"is":"Boolean"},"declared":{"is":"Boolean"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
OPTIONAL MATCH (w:Awaited {id: id})
WITH id, count(w) > 0 AS noted
MATCH (a:Artifact {id: id})
RETURN id, noted, a.digest IS NOT NULL AS declared`,
};

export interface FsckListBundlesParams {
  readonly log: string;
  readonly from: number;
  readonly first: number;
}

export interface FsckListBundlesRow {
  readonly start: number;
  readonly props: Readonly<Record<string, unknown>>;
}

/**
 * The log's own bytes in leaf order, a few bundles at a time: what every entry made again from the graph is compared with.
 * Nothing is taken for granted of what is stored, so the columns may hold anything.
 */
export const fsckListBundles: Statement<FsckListBundlesParams, FsckListBundlesRow> = {
  name: 'fsck/list-bundles',
  mode: 'read',
  params: {"log":{"is":"String"},"from":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"start":{"is":"Int"},"props":{"is":"Map"}},
  plan: ["NodeUniqueIndexSeek","!Sort","!Top"],
  text: `MATCH (b:EntryBundle)
USING INDEX b:EntryBundle(log, start)
WHERE b.log = $log AND b.start >= $from
RETURN b.start AS start, properties(b) AS props
ORDER BY b.log, b.start
LIMIT $first`,
};

export interface FsckListCascadesParams {
  readonly ids: ReadonlyArray<string>;
}

export interface FsckListCascadesRow {
  readonly fed: number;
  readonly feeding: number;
  readonly known: number;
}

/**
 * Which groups' decisions used whose output, as the edges of some decisions say: since when both decisions and the edge
 * were known. What link-groups keeps once for two groups is the least of these.
 */
export const fsckListCascades: Statement<FsckListCascadesParams, FsckListCascadesRow> = {
  name: 'fsck/list-cascades',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}}},
  columns: {"fed":{"is":"Int"},"feeding":{"is":"Int"},"known":{"is":"Int"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (p:Artifact {id: id})
CALL (p) {
  MATCH (p)-[r:USED_OUTPUT_OF]->(q:Prediction)
  RETURN p AS effect, q AS cause, r
  UNION ALL
  MATCH (q:Prediction)-[r:USED_OUTPUT_OF]->(p)
  RETURN q AS effect, p AS cause, r
}
WITH effect, cause, r
WHERE effect.group IS NOT NULL AND cause.group IS NOT NULL AND effect.group <> cause.group
UNWIND [r.since, effect.leafIndex, cause.leafIndex] AS leaf
WITH effect, cause, r, max(leaf) AS known
RETURN DISTINCT effect.group AS fed, cause.group AS feeding, known`,
};

export interface FsckListColumnLinksParams {
  readonly rows: ReadonlyArray<{ readonly from: string; readonly to: string; readonly transformation: string; readonly masking: boolean }>;
}

export interface FsckListColumnLinksRow {
  readonly from: string;
  readonly to: string;
  readonly transformation: string;
  readonly masking: boolean;
  readonly sinces: ReadonlyArray<unknown>;
}

/**
 * Links between columns, each of which should be there once.
 */
export const fsckListColumnLinks: Statement<FsckListColumnLinksParams, FsckListColumnLinksRow> = {
  name: 'fsck/list-column-links',
  mode: 'read',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"from":{"is":"String"},"to":{"is":"String"},"transformation":{"is":"String"},"masking":{"is":"Boolean"}}}}},
  columns: {"from":{"is":"String"},"to":{"is":"String"},"transformation":{"is":"String"},"masking":{"is":"Boolean"},"sinces":{"is":"List","of":{"is":"Any"}}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $rows AS row
MATCH (f:Field {key: row.from})
RETURN row.from AS from, row.to AS to, row.transformation AS transformation, row.masking AS masking,
  [(f)-[r:FIELD_FROM {transformation: row.transformation, masking: row.masking}]->(:Field {key: row.to}) | r.since] AS sinces`,
};

export interface FsckListColumnsParams {
  readonly keys: ReadonlyArray<string>;
}

export interface FsckListColumnsRow {
  readonly key: string;
  readonly props: Readonly<Record<string, unknown>>;
}

/**
 * Columns by their keys, with everything stored of them.
 */
export const fsckListColumns: Statement<FsckListColumnsParams, FsckListColumnsRow> = {
  name: 'fsck/list-columns',
  mode: 'read',
  params: {"keys":{"is":"List","of":{"is":"String"}}},
  columns: {"key":{"is":"String"},"props":{"is":"Map"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $keys AS key
MATCH (f:Field {key: key})
RETURN key, properties(f) AS props`,
};

export interface FsckListFeedsParams {
  readonly rows: ReadonlyArray<{ readonly fed: number; readonly feeding: number }>;
}

export interface FsckListFeedsRow {
  readonly fed: number;
  readonly feeding: number;
  readonly since: unknown;
}

/**
 * What is kept of some pairs of decision groups: since when one used the output of the other.
 */
export const fsckListFeeds: Statement<FsckListFeedsParams, FsckListFeedsRow> = {
  name: 'fsck/list-feeds',
  mode: 'read',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"fed":{"is":"Int"},"feeding":{"is":"Int"}}}}},
  columns: {"fed":{"is":"Int"},"feeding":{"is":"Int"},"since":{"is":"Any","nullable":true}},
  plan: ["NodeIndexSeek"],
  text: `UNWIND $rows AS row
MATCH (g:DecisionGroup {number: row.fed})-[f:FED_BY]->(:DecisionGroup {number: row.feeding})
RETURN row.fed AS fed, row.feeding AS feeding, f.since AS since`,
};

export interface FsckListFurtherKeysParams {
  readonly rows: ReadonlyArray<{ readonly kid: string; readonly id: string }>;
}

export interface FsckListFurtherKeysRow {
  readonly kid: string;
  readonly id: string;
  readonly count: number;
}

/**
 * How often entries are tied to their further keys: it should be once.
 */
export const fsckListFurtherKeys: Statement<FsckListFurtherKeysParams, FsckListFurtherKeysRow> = {
  name: 'fsck/list-further-keys',
  mode: 'read',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"kid":{"is":"String"},"id":{"is":"String"}}}}},
  columns: {"kid":{"is":"String"},"id":{"is":"String"},"count":{"is":"Int"}},
  plan: ["NodeIndexSeek"],
  text: `UNWIND $rows AS row
RETURN row.kid AS kid, row.id AS id, COUNT { MATCH (s:SealedUnder) WHERE s.kid = row.kid AND s.id = row.id } AS count`,
};

export interface FsckListLooksParams {
  readonly rows: ReadonlyArray<{ readonly artifact: string; readonly intent: number }>;
}

export interface FsckListLooksRow {
  readonly artifact: string;
  readonly intent: number;
  readonly looks: ReadonlyArray<unknown>;
}

/**
 * Which reads are noted beside artifacts, and of whom the values were, by the leaf index of the read's intent.
 */
export const fsckListLooks: Statement<FsckListLooksParams, FsckListLooksRow> = {
  name: 'fsck/list-looks',
  mode: 'read',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"artifact":{"is":"String"},"intent":{"is":"Int"}}}}},
  columns: {"artifact":{"is":"String"},"intent":{"is":"Int"},"looks":{"is":"List","of":{"is":"Any"}}},
  plan: ["NodeIndexSeek"],
  text: `UNWIND $rows AS row
RETURN row.artifact AS artifact, row.intent AS intent,
  COLLECT { MATCH (l:AccessLook) WHERE l.artifact = row.artifact AND l.intent = row.intent RETURN {request: l.request, subject: l.subject} } AS looks`,
};

export interface FsckListOrdinalsParams {
  readonly group: number;
  readonly from: number;
  readonly first: number;
}

export interface FsckListOrdinalsRow {
  readonly id: string;
  readonly leafIndex: number;
  readonly ordinal: unknown;
}

/**
 * The decisions of a group in log order, a page at a time: their ordinals must count up from 0 without a gap.
 */
export const fsckListOrdinals: Statement<FsckListOrdinalsParams, FsckListOrdinalsRow> = {
  name: 'fsck/list-ordinals',
  mode: 'read',
  params: {"group":{"is":"Int"},"from":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"},"leafIndex":{"is":"Int"},"ordinal":{"is":"Any","nullable":true}},
  plan: ["NodeIndexSeek","!Sort","!Top"],
  text: `MATCH (p:Prediction)
USING INDEX p:Prediction(group, leafIndex)
WHERE p.group = $group AND p.leafIndex >= $from
RETURN p.id AS id, p.leafIndex AS leafIndex, p.ordinal AS ordinal
ORDER BY p.group, p.leafIndex
LIMIT $first`,
};

export interface FsckListTermsParams {
  readonly rows: ReadonlyArray<{ readonly key: string; readonly match: string; readonly kind: string; readonly namespace: string; readonly name: string; readonly text: string }>;
}

export interface FsckListTermsRow {
  readonly key: string;
  readonly since: unknown;
}

/**
 * Since when some terms are there. The database makes the lower case here as where the terms are written: there is one rule.
 */
export const fsckListTerms: Statement<FsckListTermsParams, FsckListTermsRow> = {
  name: 'fsck/list-terms',
  mode: 'read',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"key":{"is":"String"},"match":{"is":"String"},"kind":{"is":"String"},"namespace":{"is":"String"},"name":{"is":"String"},"text":{"is":"String"}}}}},
  columns: {"key":{"is":"String"},"since":{"is":"Any","nullable":true}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $rows AS row
MATCH (t:SearchTerm {match: row.match, kind: row.kind, namespace: row.namespace, name: row.name, text: toLower(row.text)})
RETURN row.key AS key, t.since AS since`,
};

export interface FsckListTilesParams {
  readonly log: string;
  readonly tiles: ReadonlyArray<{ readonly level: number; readonly index: number }>;
}

export interface FsckListTilesRow {
  readonly level: number;
  readonly index: number;
  readonly props: Readonly<Record<string, unknown>>;
}

/**
 * Kept tiles by their places, to be compared with those that the entries make.
 */
export const fsckListTiles: Statement<FsckListTilesParams, FsckListTilesRow> = {
  name: 'fsck/list-tiles',
  mode: 'read',
  params: {"log":{"is":"String"},"tiles":{"is":"List","of":{"is":"Record","fields":{"level":{"is":"Int"},"index":{"is":"Int"}}}}},
  columns: {"level":{"is":"Int"},"index":{"is":"Int"},"props":{"is":"Map"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $tiles AS tile
MATCH (t:HashTile {log: $log, level: tile.level, index: tile.index})
RETURN tile.level AS level, tile.index AS index, properties(t) AS props`,
};

export interface FsckListUnendedParams {
  readonly rows: ReadonlyArray<{ readonly from: string; readonly to: string | null; readonly type: string; readonly leaf: number }>;
}

export interface FsckListUnendedRow {
  readonly leaf: number;
  readonly from: string;
  readonly to: string;
  readonly type: string;
  readonly until: number;
}

/**
 * Edges that some entries ended and that go on nevertheless: each row says what the entry of that leaf index ends.
 */
export const fsckListUnended: Statement<FsckListUnendedParams, FsckListUnendedRow> = {
  name: 'fsck/list-unended',
  mode: 'read',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"from":{"is":"String"},"to":{"is":"String","nullable":true},"type":{"is":"String"},"leaf":{"is":"Int"}}}}},
  columns: {"leaf":{"is":"Int"},"from":{"is":"String"},"to":{"is":"String"},"type":{"is":"String"},"until":{"is":"Int"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $rows AS row
MATCH (a:Artifact {id: row.from})-[r]->(b:Artifact)
WHERE type(r) = row.type AND r.since < row.leaf AND r.until > row.leaf AND (row.to IS NULL OR b.id = row.to)
RETURN row.leaf AS leaf, row.from AS from, b.id AS to, row.type AS type, r.until AS until`,
};

export interface FsckListVersionsParams {
  readonly names: ReadonlyArray<string>;
  readonly size: number;
}

export interface FsckListVersionsRow {
  readonly of: string;
  readonly first: string | null;
  readonly newest: string | null;
  readonly leafIndex: unknown;
}

/**
 * Of some names what was mentioned first and which version is the newest, from the artifacts themselves. What comes beyond
 * the size came while the check runs.
 */
export const fsckListVersions: Statement<FsckListVersionsParams, FsckListVersionsRow> = {
  name: 'fsck/list-versions',
  mode: 'read',
  params: {"names":{"is":"List","of":{"is":"String"}},"size":{"is":"Int"}},
  columns: {"of":{"is":"String"},"first":{"is":"String","nullable":true},"newest":{"is":"String","nullable":true},"leafIndex":{"is":"Any","nullable":true}},
  plan: ["NodeUniqueIndexSeekByRange"],
  text: `UNWIND $names AS of
CALL (of) {
  MATCH (a:Artifact)
  WHERE a.id STARTS WITH of + '@'
  RETURN min([a.seq, a.id])[1] AS first, max(CASE WHEN a.leafIndex < $size THEN [a.leafIndex, a.id] END) AS last
}
RETURN of, first, last[1] AS newest, last[0] AS leafIndex`,
};

export type FsckReadHeadsParams = Readonly<Record<never, never>>;

export interface FsckReadHeadsRow {
  readonly props: Readonly<Record<string, unknown>>;
  readonly community: boolean;
  readonly erasures: number;
}

/**
 * The heads of all logs with everything stored of them, and what is counted beside them. Nothing is written: to Neo4j a
 * call of a procedure of the system is more than a read.
 */
export const fsckReadHeads: Statement<FsckReadHeadsParams, FsckReadHeadsRow> = {
  name: 'fsck/read-heads',
  mode: 'write',
  params: {},
  columns: {"props":{"is":"Map"},"community":{"is":"Boolean"},"erasures":{"is":"Int"}},
  plan: [],
  text: `CALL dbms.components() YIELD edition
WITH any(edition IN collect(edition) WHERE edition = 'community') AS community
MATCH (h:LogHead)
RETURN properties(h) AS props, community, COUNT { (:Erasure) } AS erasures
ORDER BY h.log`,
};

export interface FsckScanArtifactsParams {
  readonly after: string;
  readonly first: number;
  readonly open: number;
  readonly size: number;
}

export interface FsckScanArtifactsRow {
  readonly id: string;
  readonly labels: ReadonlyArray<string>;
  readonly props: Readonly<Record<string, unknown>>;
  readonly known: boolean;
  readonly edges: ReadonlyArray<{ readonly type: string; readonly from: string; readonly to: string; readonly props: Readonly<Record<string, unknown>> }>;
}

/**
 * All artifacts, by id, a page at a time: flat in memory, and a scan that was interrupted goes on from an id. Of the
 * edges only those are sent that the artifact's own entry does not answer for alone. Known is what something recorded below the size names.
 */
export const fsckScanArtifacts: Statement<FsckScanArtifactsParams, FsckScanArtifactsRow> = {
  name: 'fsck/scan-artifacts',
  mode: 'read',
  params: {"after":{"is":"String"},"first":{"is":"Int"},"open":{"is":"Int"},"size":{"is":"Int"}},
  columns: {"id":{"is":"String"},"labels":{"is":"List","of":{"is":"String"}},"props":{"is":"Map"},"known":{"is":"Boolean"},"edges":{"is":"List","of":{"is":"Record","fields":{"type":{"is":"String"},"from":{"is":"String"},"to":{"is":"String"},"props":{"is":"Map"}}}}},
  plan: ["NodeUniqueIndexSeekByRange","!Sort","!Top"],
  text: `MATCH (a:Artifact)
WHERE a.id > $after
WITH a
ORDER BY a.id
LIMIT $first
RETURN a.id AS id, labels(a) AS labels, properties(a) AS props, EXISTS { (a)-[r]-() WHERE r.since < $size } AS known,
  [(a)-[r]->(b) WHERE coalesce(r.since <> a.leafIndex OR r.until <> $open, true)
    | {type: type(r), from: a.id, to: coalesce(b.id, ''), props: properties(r)}] AS edges`,
};

export interface FsckScanAttestationsParams {
  readonly after: string;
  readonly first: number;
}

export interface FsckScanAttestationsRow {
  readonly id: string;
  readonly leafIndex: unknown;
}

/**
 * All attestations, by id, a page at a time: whether the log knows each of them.
 */
export const fsckScanAttestations: Statement<FsckScanAttestationsParams, FsckScanAttestationsRow> = {
  name: 'fsck/scan-attestations',
  mode: 'read',
  params: {"after":{"is":"String"},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"},"leafIndex":{"is":"Any","nullable":true}},
  plan: ["NodeUniqueIndexSeekByRange","!Sort","!Top"],
  text: `MATCH (t:Attestation)
WHERE t.id > $after
RETURN t.id AS id, t.leafIndex AS leafIndex
ORDER BY t.id
LIMIT $first`,
};

export interface FsckScanAwaitedParams {
  readonly after: string;
  readonly first: number;
}

export interface FsckScanAwaitedRow {
  readonly id: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly artifact: Readonly<Record<string, unknown>> | null;
}

/**
 * All notes of what is awaited, by id, a page at a time, each with what the graph says of its artifact.
 */
export const fsckScanAwaited: Statement<FsckScanAwaitedParams, FsckScanAwaitedRow> = {
  name: 'fsck/scan-awaited',
  mode: 'read',
  params: {"after":{"is":"String"},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"},"props":{"is":"Map"},"artifact":{"is":"Map","nullable":true}},
  plan: ["NodeUniqueIndexSeekByRange","!Sort","!Top"],
  text: `MATCH (w:Awaited)
WHERE w.id > $after
WITH w
ORDER BY w.id
LIMIT $first
OPTIONAL MATCH (a:Artifact {id: w.id})
RETURN w.id AS id, properties(w) AS props,
  CASE WHEN a IS NULL THEN NULL ELSE {seq: a.seq, digest: a.digest, leafIndex: a.leafIndex} END AS artifact
ORDER BY id`,
};

export interface FsckScanColumnsParams {
  readonly after: string;
  readonly first: number;
}

export interface FsckScanColumnsRow {
  readonly key: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly links: ReadonlyArray<{ readonly type: string; readonly to: string | null; readonly props: Readonly<Record<string, unknown>> }>;
}

/**
 * All columns, by key, a page at a time, with what they were made from.
 */
export const fsckScanColumns: Statement<FsckScanColumnsParams, FsckScanColumnsRow> = {
  name: 'fsck/scan-columns',
  mode: 'read',
  params: {"after":{"is":"String"},"first":{"is":"Int"}},
  columns: {"key":{"is":"String"},"props":{"is":"Map"},"links":{"is":"List","of":{"is":"Record","fields":{"type":{"is":"String"},"to":{"is":"String","nullable":true},"props":{"is":"Map"}}}}},
  plan: ["NodeUniqueIndexSeekByRange","!Sort","!Top"],
  text: `MATCH (f:Field)
WHERE f.key > $after
WITH f
ORDER BY f.key
LIMIT $first
RETURN f.key AS key, properties(f) AS props,
  [(f)-[r]->(x) | {type: type(r), to: x.key, props: properties(r)}] AS links`,
};

export interface FsckScanFurtherKeysParams {
  readonly kid: string;
  readonly id: string;
  readonly first: number;
}

export interface FsckScanFurtherKeysRow {
  readonly kid: string;
  readonly id: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly owner: Readonly<Record<string, unknown>>;
}

/**
 * All ties between entries and their further keys, a page at a time, with what the entries' nodes hold under keys.
 */
export const fsckScanFurtherKeys: Statement<FsckScanFurtherKeysParams, FsckScanFurtherKeysRow> = {
  name: 'fsck/scan-further-keys',
  mode: 'read',
  params: {"kid":{"is":"String"},"id":{"is":"String"},"first":{"is":"Int"}},
  columns: {"kid":{"is":"String"},"id":{"is":"String"},"props":{"is":"Map"},"owner":{"is":"Map"}},
  plan: ["!Sort","!Top"],
  text: `MATCH (s:SealedUnder)
WHERE s.kid >= $kid AND s.id > '' AND (s.kid > $kid OR s.id > $id)
WITH s
ORDER BY s.kid, s.id
LIMIT $first
OPTIONAL MATCH (a:Artifact {id: s.id})
OPTIONAL MATCH (t:Attestation {id: s.id})
WITH s, coalesce(a, t) AS n
RETURN s.kid AS kid, s.id AS id, properties(s) AS props, {kid: n.kid, sealed: n.sealed, erased: n.erased} AS owner
ORDER BY kid, id`,
};

export interface FsckScanGroupsParams {
  readonly after: number;
  readonly first: number;
}

export interface FsckScanGroupsRow {
  readonly number: number;
  readonly props: Readonly<Record<string, unknown>>;
  readonly edges: ReadonlyArray<{ readonly type: string; readonly to: string | null; readonly props: Readonly<Record<string, unknown>> }>;
}

/**
 * All decision groups, by number, a page at a time, with everything that they are tied to.
 */
export const fsckScanGroups: Statement<FsckScanGroupsParams, FsckScanGroupsRow> = {
  name: 'fsck/scan-groups',
  mode: 'read',
  params: {"after":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"number":{"is":"Int"},"props":{"is":"Map"},"edges":{"is":"List","of":{"is":"Record","fields":{"type":{"is":"String"},"to":{"is":"String","nullable":true},"props":{"is":"Map"}}}}},
  plan: ["NodeIndexSeekByRange","!Sort","!Top"],
  text: `MATCH (g:DecisionGroup)
WHERE g.number > $after
WITH g
ORDER BY g.number
LIMIT $first
RETURN g.number AS number, properties(g) AS props,
  [(g)-[r]->(x) | {type: type(r), to: coalesce(x.id, 'group ' + x.number), props: properties(r)}] AS edges`,
};

export interface FsckScanLooksParams {
  readonly artifact: string;
  readonly intent: number;
  readonly first: number;
}

export interface FsckScanLooksRow {
  readonly artifact: string;
  readonly intent: number;
  readonly looks: ReadonlyArray<Readonly<Record<string, unknown>>>;
  readonly outcome: Readonly<Record<string, unknown>> | null;
}

/**
 * All notes of who looked at which artifact, those of one read together, a page at a time, each with what the read's outcome
 * says.
 */
export const fsckScanLooks: Statement<FsckScanLooksParams, FsckScanLooksRow> = {
  name: 'fsck/scan-looks',
  mode: 'read',
  params: {"artifact":{"is":"String"},"intent":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"artifact":{"is":"String"},"intent":{"is":"Int"},"looks":{"is":"List","of":{"is":"Map"}},"outcome":{"is":"Map","nullable":true}},
  plan: ["!Sort","!Top"],
  text: `MATCH (l:AccessLook)
WHERE l.artifact >= $artifact AND l.intent >= 0 AND (l.artifact > $artifact OR l.intent > $intent)
WITH l.artifact AS artifact, l.intent AS intent, collect(properties(l)) AS looks
ORDER BY artifact, intent
LIMIT $first
OPTIONAL MATCH (o:AccessRecord {id: 'access:read/' + looks[0].request + '@outcome'})
RETURN artifact, intent, looks, properties(o) AS outcome
ORDER BY artifact, intent`,
};

export interface FsckScanRecordsParams {
  readonly after: string;
  readonly first: number;
}

export interface FsckScanRecordsRow {
  readonly id: string;
  readonly leafIndex: unknown;
}

/**
 * All records of reads, by id, a page at a time: whether the log knows each of them.
 */
export const fsckScanRecords: Statement<FsckScanRecordsParams, FsckScanRecordsRow> = {
  name: 'fsck/scan-records',
  mode: 'read',
  params: {"after":{"is":"String"},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"},"leafIndex":{"is":"Any","nullable":true}},
  plan: ["NodeUniqueIndexSeekByRange","!Sort","!Top"],
  text: `MATCH (r:AccessRecord)
WHERE r.id > $after
RETURN r.id AS id, r.leafIndex AS leafIndex
ORDER BY r.id
LIMIT $first`,
};

export interface FsckScanRunsParams {
  readonly after: string;
  readonly first: number;
}

export interface FsckScanRunsRow {
  readonly run: string;
  readonly times: Readonly<Record<string, unknown>>;
  readonly outputs: ReadonlyArray<Readonly<Record<string, unknown>>>;
  readonly reads: ReadonlyArray<Readonly<Record<string, unknown>>>;
  readonly events: ReadonlyArray<{ readonly values: unknown; readonly recordedAt: unknown }>;
}

/**
 * All runs of which something is noted, a page at a time: their times, what they wrote and read, and every event about them.
 */
export const fsckScanRuns: Statement<FsckScanRunsParams, FsckScanRunsRow> = {
  name: 'fsck/scan-runs',
  mode: 'read',
  params: {"after":{"is":"String"},"first":{"is":"Int"}},
  columns: {"run":{"is":"String"},"times":{"is":"Map"},"outputs":{"is":"List","of":{"is":"Map"}},"reads":{"is":"List","of":{"is":"Map"}},"events":{"is":"List","of":{"is":"Record","fields":{"values":{"is":"Any","nullable":true},"recordedAt":{"is":"Any","nullable":true}}}}},
  plan: ["NodeUniqueIndexSeekByRange"],
  text: `MATCH (t:RunTimes)
WHERE t.run > $after
WITH t
ORDER BY t.run
LIMIT $first
RETURN t.run AS run, properties(t) AS times,
  COLLECT { MATCH (o:RunOutput) WHERE o.run = t.run RETURN properties(o) } AS outputs,
  COLLECT { MATCH (r:RunRead) WHERE r.run = t.run RETURN properties(r) } AS reads,
  COLLECT {
    MATCH (:Artifact {id: t.run})<-[:ABOUT]-(e:Attestation {type: 'SUPPLEMENTS'})
    RETURN {values: e.values, recordedAt: e.recordedAt}
  } AS events
ORDER BY run`,
};

export interface FsckScanTermsParams {
  readonly match: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly text: string;
  readonly first: number;
}

export interface FsckScanTermsRow {
  readonly props: Readonly<Record<string, unknown>>;
  readonly text: unknown;
}

/**
 * All terms in the order of what makes them unique, a page at a time, each with its text as it should be. A place has five
 * parts; what follows it is five ranges of the index, so that a page costs the same however many terms come before it.
 */
export const fsckScanTerms: Statement<FsckScanTermsParams, FsckScanTermsRow> = {
  name: 'fsck/scan-terms',
  mode: 'read',
  params: {"match":{"is":"String"},"kind":{"is":"String"},"namespace":{"is":"String"},"name":{"is":"String"},"text":{"is":"String"},"first":{"is":"Int"}},
  columns: {"props":{"is":"Map"},"text":{"is":"Any","nullable":true}},
  plan: ["NodeUniqueIndexSeek","!Sort"],
  text: `CALL () {
  MATCH (t:SearchTerm)
  WHERE t.match = $match AND t.kind = $kind AND t.namespace = $namespace AND t.name = $name AND t.text > $text
  RETURN t ORDER BY t.match, t.kind, t.namespace, t.name, t.text LIMIT $first
  UNION ALL
  MATCH (t:SearchTerm)
  WHERE t.match = $match AND t.kind = $kind AND t.namespace = $namespace AND t.name > $name AND t.text IS NOT NULL
  RETURN t ORDER BY t.match, t.kind, t.namespace, t.name, t.text LIMIT $first
  UNION ALL
  MATCH (t:SearchTerm)
  WHERE t.match = $match AND t.kind = $kind AND t.namespace > $namespace AND t.name IS NOT NULL AND t.text IS NOT NULL
  RETURN t ORDER BY t.match, t.kind, t.namespace, t.name, t.text LIMIT $first
  UNION ALL
  MATCH (t:SearchTerm)
  WHERE t.match = $match AND t.kind > $kind AND t.namespace IS NOT NULL AND t.name IS NOT NULL AND t.text IS NOT NULL
  RETURN t ORDER BY t.match, t.kind, t.namespace, t.name, t.text LIMIT $first
  UNION ALL
  MATCH (t:SearchTerm)
  WHERE t.match > $match AND t.kind IS NOT NULL AND t.namespace IS NOT NULL AND t.name IS NOT NULL AND t.text IS NOT NULL
  RETURN t ORDER BY t.match, t.kind, t.namespace, t.name, t.text LIMIT $first
}
WITH t
ORDER BY t.match, t.kind, t.namespace, t.name, t.text
LIMIT $first
RETURN properties(t) AS props,
  toLower(CASE WHEN t.match = 'NAME' THEN t.namespace + '/' + t.name ELSE toStringOrNull(t.shown) END) AS text
ORDER BY t.match, t.kind, t.namespace, t.name, t.text`,
};

export interface GrantListLinksParams {
  readonly ids: ReadonlyArray<string>;
  readonly asOf: number;
  readonly first: number;
}

export interface GrantListLinksRow {
  readonly from: string;
  readonly type: string;
  readonly to: string;
  readonly since: number;
  readonly props: string | null;
  readonly toDigest: string | null;
}

/**
 * The edges that leave some artifacts, with what their producers said about them, as of a point; oldest first.
 */
export const grantListLinks: Statement<GrantListLinksParams, GrantListLinksRow> = {
  name: 'grant/list-links',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}},"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"from":{"is":"String"},"type":{"is":"String"},"to":{"is":"String"},"since":{"is":"Int"},"props":{"is":"String","nullable":true},"toDigest":{"is":"String","nullable":true}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (a:Artifact {id: id})-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO]->(b:Artifact)
WHERE r.since < $asOf AND $asOf <= r.until
WITH a, r, b
LIMIT $first
RETURN a.id AS from, type(r) AS type, b.id AS to, r.since AS since, r.props AS props, r.toDigest AS toDigest
ORDER BY since, b.seq, type`,
};

export interface GrantListScopeDownstreamParams {
  readonly roots: ReadonlyArray<string>;
  readonly asOf: number;
  readonly first: number;
}

export interface GrantListScopeDownstreamRow {
  readonly id: string;
  readonly labels: ReadonlyArray<string>;
  readonly namespace: string;
  readonly name: string;
  readonly leafIndex: number | null;
  readonly digest: string | null;
  readonly occurredAt: number | null;
  readonly classification: string | null;
  readonly runState: string | null;
}

/**
 * What a grant's roots lead to, each once, with what decides whether its holder may see it and what a filter of lineage
 * looks at; in no order. Follows the arrows backwards and, like every walk downstream, neither enters decisions
 * nor blames data for the features that were once defined on it.
 * What a node says about itself is returned only if it was declared by then: before that it was a placeholder.
 */
export const grantListScopeDownstream: Statement<GrantListScopeDownstreamParams, GrantListScopeDownstreamRow> = {
  name: 'grant/list-scope-downstream',
  mode: 'read',
  params: {"roots":{"is":"List","of":{"is":"String"}},"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"},"labels":{"is":"List","of":{"is":"String"}},"namespace":{"is":"String"},"name":{"is":"String"},"leafIndex":{"is":"Int","nullable":true},"digest":{"is":"String","nullable":true},"occurredAt":{"is":"Int","nullable":true},"classification":{"is":"String","nullable":true},"runState":{"is":"String","nullable":true}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `UNWIND $roots AS root
MATCH (n:Artifact {id: root})
MATCH (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*0..]-(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH DISTINCT a
LIMIT $first
WITH a, coalesce(a.leafIndex < $asOf, false) AS declared
RETURN a.id AS id, [label IN labels(a) WHERE label <> 'Amended'] AS labels, a.namespace AS namespace,
  a.name AS name,
  CASE WHEN declared THEN a.leafIndex END AS leafIndex,
  CASE WHEN declared THEN a.digest END AS digest,
  CASE WHEN declared THEN a.occurredAt END AS occurredAt,
  CASE WHEN declared THEN a.classification END AS classification,
  CASE WHEN a:Transform THEN coalesce(head(COLLECT {
    MATCH (a)<-[about:ABOUT]-(event:Attestation {type: 'SUPPLEMENTS'})
    WHERE about.since < $asOf AND event.state IN ['COMPLETED', 'FAILED', 'ABORTED']
    RETURN event.state ORDER BY event.occurredAt, event.leafIndex LIMIT 1
  }), 'UNFINISHED') END AS runState`,
};

export interface GrantListScopeUpstreamParams {
  readonly roots: ReadonlyArray<string>;
  readonly asOf: number;
  readonly first: number;
}

export interface GrantListScopeUpstreamRow {
  readonly id: string;
  readonly labels: ReadonlyArray<string>;
  readonly namespace: string;
  readonly name: string;
  readonly leafIndex: number | null;
  readonly digest: string | null;
  readonly occurredAt: number | null;
  readonly classification: string | null;
  readonly runState: string | null;
}

/**
 * What a grant's roots lead to, each once, with what decides whether its holder may see it and what a filter of lineage
 * looks at; in no order. Follows the arrows from effect to cause.
 * What a node says about itself is returned only if it was declared by then: before that it was a placeholder.
 */
export const grantListScopeUpstream: Statement<GrantListScopeUpstreamParams, GrantListScopeUpstreamRow> = {
  name: 'grant/list-scope-upstream',
  mode: 'read',
  params: {"roots":{"is":"List","of":{"is":"String"}},"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"},"labels":{"is":"List","of":{"is":"String"}},"namespace":{"is":"String"},"name":{"is":"String"},"leafIndex":{"is":"Int","nullable":true},"digest":{"is":"String","nullable":true},"occurredAt":{"is":"Int","nullable":true},"classification":{"is":"String","nullable":true},"runState":{"is":"String","nullable":true}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `UNWIND $roots AS root
MATCH (n:Artifact {id: root})
MATCH (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*0..]->(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH DISTINCT a
LIMIT $first
WITH a, coalesce(a.leafIndex < $asOf, false) AS declared
RETURN a.id AS id, [label IN labels(a) WHERE label <> 'Amended'] AS labels, a.namespace AS namespace,
  a.name AS name,
  CASE WHEN declared THEN a.leafIndex END AS leafIndex,
  CASE WHEN declared THEN a.digest END AS digest,
  CASE WHEN declared THEN a.occurredAt END AS occurredAt,
  CASE WHEN declared THEN a.classification END AS classification,
  CASE WHEN a:Transform THEN coalesce(head(COLLECT {
    MATCH (a)<-[about:ABOUT]-(event:Attestation {type: 'SUPPLEMENTS'})
    WHERE about.since < $asOf AND event.state IN ['COMPLETED', 'FAILED', 'ABORTED']
    RETURN event.state ORDER BY event.occurredAt, event.leafIndex LIMIT 1
  }), 'UNFINISHED') END AS runState`,
};

export interface GrantReadDecisionsParams {
  readonly ids: ReadonlyArray<string>;
  readonly asOf: number;
}

export interface GrantReadDecisionsRow {
  readonly id: string;
  readonly leafIndex: number;
  readonly namespace: string;
  readonly name: string;
  readonly digest: string;
  readonly occurredAt: number;
}

/**
 * Decisions by their ids, with what decides whether a grant opens them: those that were declared by then.
 */
export const grantReadDecisions: Statement<GrantReadDecisionsParams, GrantReadDecisionsRow> = {
  name: 'grant/read-decisions',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}},"asOf":{"is":"Int"}},
  columns: {"id":{"is":"String"},"leafIndex":{"is":"Int"},"namespace":{"is":"String"},"name":{"is":"String"},"digest":{"is":"String"},"occurredAt":{"is":"Int"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (a:Artifact {id: id})
WHERE a:Prediction AND a.leafIndex < $asOf
RETURN id, a.leafIndex AS leafIndex, a.namespace AS namespace, a.name AS name, a.digest AS digest, a.occurredAt AS occurredAt`,
};

export interface ImpactListAncestorsParams {
  readonly ids: ReadonlyArray<string>;
  readonly asOf: number;
  readonly first: number;
}

export interface ImpactListAncestorsRow {
  readonly id: string;
}

/**
 * Everything upstream of some artifacts, themselves included, each once: what decisions can depend on at all.
 */
export const impactListAncestors: Statement<ImpactListAncestorsParams, ImpactListAncestorsRow> = {
  name: 'impact/list-ancestors',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}},"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `UNWIND $ids AS id
MATCH (n:Artifact {id: id})
MATCH (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*0..]->(a:Artifact)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH DISTINCT a
RETURN a.id AS id
LIMIT $first`,
};

export interface ImpactListDeploymentsParams {
  readonly of: string;
  readonly asOf: number;
  readonly first: number;
}

export interface ImpactListDeploymentsRow {
  readonly total: number;
  readonly deployments: ReadonlyArray<{ readonly model: string; readonly attestation: Readonly<Record<string, unknown>> }>;
}

/**
 * Where the affected models are deployed: DEPLOYED attestations that no later RETIRED one about the same model ends.
 * "Later" is by the producers' times, because events come in any order; at the same moment the log decides.
 */
export const impactListDeployments: Statement<ImpactListDeploymentsParams, ImpactListDeploymentsRow> = {
  name: 'impact/list-deployments',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"total":{"is":"Int"},"deployments":{"is":"List","of":{"is":"Record","fields":{"model":{"is":"String"},"attestation":{"is":"Map"}}}}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|RESOLVED_TO*0..]-(m:Artifact)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH DISTINCT m
WHERE m:Model
MATCH (d:Attestation)-[about:ABOUT]->(m)
WHERE d.type = 'DEPLOYED' AND about.since < $asOf AND NOT EXISTS {
  MATCH (e:Attestation)-[ended:ABOUT]->(m)
  WHERE e.type = 'RETIRED' AND ended.since < $asOf
    AND (e.occurredAt > d.occurredAt OR (e.occurredAt = d.occurredAt AND e.leafIndex > d.leafIndex))
}
WITH m, d
ORDER BY d.leafIndex, m.seq
WITH collect({model: m.id, attestation: properties(d)}) AS deployments
RETURN size(deployments) AS total, deployments[..$first] AS deployments`,
};

export interface ImpactListFedGroupsParams {
  readonly numbers: ReadonlyArray<number>;
  readonly asOf: number;
  readonly first: number;
}

export interface ImpactListFedGroupsRow {
  readonly number: number;
  readonly mode: string;
  readonly model: string;
  readonly amended: boolean;
  readonly throughModel: boolean;
}

/**
 * The groups that some groups feed: they have decisions that used the output of decisions of those, at any distance.
 */
export const impactListFedGroups: Statement<ImpactListFedGroupsParams, ImpactListFedGroupsRow> = {
  name: 'impact/list-fed-groups',
  mode: 'read',
  params: {"numbers":{"is":"List","of":{"is":"Int"}},"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"number":{"is":"Int"},"mode":{"is":"String"},"model":{"is":"String"},"amended":{"is":"Boolean"},"throughModel":{"is":"Boolean"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)","NodeIndexSeek"],
  text: `UNWIND $numbers AS number
MATCH (g:DecisionGroup {number: number})
MATCH (g)<-[r:FED_BY*1..]-(h:DecisionGroup)
WHERE all(x IN r WHERE x.since < $asOf)
WITH DISTINCT h
MATCH (h)-[:OF_MODEL]->(m:Artifact)
RETURN h.number AS number, h.mode AS mode, m.id AS model, coalesce(h.amendedSince < $asOf, false) AS amended,
  false AS throughModel
ORDER BY number
LIMIT $first`,
};

export interface ImpactListFindingsParams {
  readonly ids: ReadonlyArray<string>;
  readonly asOf: number;
  readonly first: number;
}

export interface ImpactListFindingsRow {
  readonly id: string;
  readonly total: number;
  readonly findings: ReadonlyArray<Readonly<Record<string, unknown>>>;
}

/**
 * What speaks against some artifacts: failed checks, drift and incidents, newest first, at most so many each. The stored
 * values are canonical JSON, in which a top-level member can be looked for as text; the caller reads them again.
 */
export const impactListFindings: Statement<ImpactListFindingsParams, ImpactListFindingsRow> = {
  name: 'impact/list-findings',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}},"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"},"total":{"is":"Int"},"findings":{"is":"List","of":{"is":"Map"}}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (a:Artifact {id: id})
MATCH (t:Attestation)-[r:ABOUT]->(a)
WHERE r.since < $asOf AND (t.type = 'INCIDENT'
  OR (t.type = 'CONTRACT_CHECK' AND t.values CONTAINS '"value/passed":false')
  OR (t.type = 'DRIFT' AND t.values CONTAINS '"value/drifted":true'))
WITH id, t
ORDER BY t.leafIndex DESC
WITH id, collect(properties(t)) AS findings
RETURN id, size(findings) AS total, findings[..$first] AS findings`,
};

export interface ImpactListGroupsParams {
  readonly of: string;
  readonly asOf: number;
  readonly first: number;
}

export interface ImpactListGroupsRow {
  readonly number: number;
  readonly mode: string;
  readonly model: string;
  readonly amended: boolean;
  readonly throughModel: boolean;
}

/**
 * The decision groups whose model or scored data is an artifact or depends on it: the small graph is walked, as for
 * lineage downstream, and no decision is touched. ALSO_OF are edges that attestations gave single decisions later.
 */
export const impactListGroups: Statement<ImpactListGroupsParams, ImpactListGroupsRow> = {
  name: 'impact/list-groups',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"number":{"is":"Int"},"mode":{"is":"String"},"model":{"is":"String"},"amended":{"is":"Boolean"},"throughModel":{"is":"Boolean"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|RESOLVED_TO*0..]-(a:Artifact)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH DISTINCT a
MATCH (a)<-[s:OF_MODEL|OF_DATA|ALSO_OF]-(g:DecisionGroup)
WHERE s.since IS NULL OR s.since < $asOf
WITH g, any(type IN collect(type(s)) WHERE type = 'OF_MODEL') AS throughModel
MATCH (g)-[:OF_MODEL]->(m:Artifact)
RETURN g.number AS number, g.mode AS mode, m.id AS model, coalesce(g.amendedSince < $asOf, false) AS amended,
  throughModel
ORDER BY number
LIMIT $first`,
};

export interface ImpactListGroupsOfParams {
  readonly ids: ReadonlyArray<string>;
  readonly asOf: number;
  readonly first: number;
}

export interface ImpactListGroupsOfRow {
  readonly number: number;
  readonly mode: string;
  readonly model: string;
  readonly amended: boolean;
  readonly throughModel: boolean;
}

/**
 * The decision groups whose model or scored data is one of some artifacts. ALSO_OF are edges that attestations gave single
 * decisions later.
 */
export const impactListGroupsOf: Statement<ImpactListGroupsOfParams, ImpactListGroupsOfRow> = {
  name: 'impact/list-groups-of',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}},"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"number":{"is":"Int"},"mode":{"is":"String"},"model":{"is":"String"},"amended":{"is":"Boolean"},"throughModel":{"is":"Boolean"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (a:Artifact {id: id})<-[s:OF_MODEL|OF_DATA|ALSO_OF]-(g:DecisionGroup)
WHERE s.since IS NULL OR s.since < $asOf
WITH g, any(type IN collect(type(s)) WHERE type = 'OF_MODEL') AS throughModel
MATCH (g)-[:OF_MODEL]->(m:Artifact)
RETURN g.number AS number, g.mode AS mode, m.id AS model, coalesce(g.amendedSince < $asOf, false) AS amended,
  throughModel
ORDER BY number
LIMIT $first`,
};

export interface ImpactListUnionsParams {
  readonly of: string;
  readonly asOf: number;
}

export interface ImpactListUnionsRow {
  readonly props: string;
  readonly affected: ReadonlyArray<string>;
}

/**
 * The unions that an artifact's effects pass through, each with the inputs of its run that are among those effects. Of a
 * union's rows only those from an affected part are affected; the caller sees whether there are other parts.
 */
export const impactListUnions: Statement<ImpactListUnionsParams, ImpactListUnionsRow> = {
  name: 'impact/list-unions',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"}},
  columns: {"props":{"is":"String"},"affected":{"is":"List","of":{"is":"String"}}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|RESOLVED_TO*0..]-(a:Artifact)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH collect(DISTINCT a) AS closure
UNWIND closure AS d
MATCH (d)-[e:PRODUCED_BY]->(t:Artifact)
WHERE e.since < $asOf AND $asOf <= e.until AND e.props CONTAINS '"mode":"UNION"'
RETURN e.props AS props, [(t)-[:READ]->(x:Artifact) WHERE x IN closure | x.id] AS affected`,
};

export interface ImpactListUsedOutputsParams {
  readonly groups: ReadonlyArray<number>;
  readonly asOf: number;
}

export interface ImpactListUsedOutputsRow {
  readonly id: string;
  readonly number: number;
  readonly occurredAt: number;
  readonly leafIndex: number;
  readonly causes: ReadonlyArray<{ readonly id: string; readonly group: number | null }>;
}

/**
 * Whose output each decision of some groups used, for the cascades that are followed decision by decision. The caller
 * bounds how many decisions the groups have. A decision that used none is left out.
 */
export const impactListUsedOutputs: Statement<ImpactListUsedOutputsParams, ImpactListUsedOutputsRow> = {
  name: 'impact/list-used-outputs',
  mode: 'read',
  params: {"groups":{"is":"List","of":{"is":"Int"}},"asOf":{"is":"Int"}},
  columns: {"id":{"is":"String"},"number":{"is":"Int"},"occurredAt":{"is":"Int"},"leafIndex":{"is":"Int"},"causes":{"is":"List","of":{"is":"Record","fields":{"id":{"is":"String"},"group":{"is":"Int","nullable":true}}}}},
  plan: ["NodeIndexSeek"],
  text: `UNWIND $groups AS number
MATCH (p:Prediction)
USING INDEX p:Prediction(group, leafIndex)
WHERE p.group = number AND p.leafIndex < $asOf
MATCH (p)-[r:USED_OUTPUT_OF]->(q:Prediction)
WHERE r.since < $asOf AND $asOf <= r.until AND q.leafIndex < $asOf
WITH number, p, collect({id: q.id, group: q.group}) AS causes
RETURN p.id AS id, number, p.occurredAt AS occurredAt, p.leafIndex AS leafIndex, causes`,
};

export interface LineageCountDownstreamParams {
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
  readonly byDepth: boolean;
}

export interface LineageCountDownstreamRow {
  readonly labels: ReadonlyArray<string>;
  readonly depth: number | null;
  readonly deepest: number;
  readonly count: number;
}

/**
 * How many artifacts of each kind a closure has, at each depth if that is wanted, else in all. Follows the arrows backwards. It never enters decisions (a model can have 10^8 of them; decision
 * groups count them), and does not blame data for the features that were once defined on it (DERIVED_FROM_DATA is left out).
 * Counts on the database, so that a total costs no transfer; the same walk as the page it belongs to. By kind alone, a
 * chain of 10,000 gives two rows, by depth 10,000: whoever does not want the depths does not pay for them.
 * Without filters in a statement of its own: a predicate on every edge that is true for all of them doubles the time,
 * and so does a label on the end, which every end of these types has anyway.
 */
export const lineageCountDownstream: Statement<LineageCountDownstreamParams, LineageCountDownstreamRow> = {
  name: 'lineage/count-downstream',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"},"maxDepth":{"is":"Int"},"byDepth":{"is":"Boolean"}},
  columns: {"labels":{"is":"List","of":{"is":"String"}},"depth":{"is":"Int","nullable":true},"deepest":{"is":"Int"},"count":{"is":"Int"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*1..]-(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH a, min(length(q)) AS depth
WHERE depth <= $maxDepth
RETURN [label IN labels(a) WHERE label <> 'Amended'] AS labels, CASE WHEN $byDepth THEN depth END AS depth,
  max(depth) AS deepest, count(*) AS count
ORDER BY depth`,
};

export interface LineageCountFilteredDownstreamParams {
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
  readonly edges: ReadonlyArray<string> | null;
  readonly kinds: ReadonlyArray<string> | null;
  readonly namespaces: ReadonlyArray<string> | null;
  readonly occurredFrom: number | null;
  readonly occurredTo: number | null;
  readonly classifications: ReadonlyArray<string> | null;
  readonly declared: boolean | null;
  readonly runStates: ReadonlyArray<string> | null;
  readonly byDepth: boolean;
}

export interface LineageCountFilteredDownstreamRow {
  readonly labels: ReadonlyArray<string>;
  readonly depth: number | null;
  readonly deepest: number;
  readonly count: number;
}

/**
 * How many artifacts of each kind a closure has, at each depth if that is wanted, else in all. Follows the arrows backwards. It never enters decisions (a model can have 10^8 of them; decision
 * groups count them), and does not blame data for the features that were once defined on it (DERIVED_FROM_DATA is left out).
 * Counts on the database, so that a total costs no transfer; the same walk as the page it belongs to. By kind alone, a
 * chain of 10,000 gives two rows, by depth 10,000: whoever does not want the depths does not pay for them.
 * The filters choose what is returned, the way leads through everything; only "edges" prunes the walk. What a node
 * says about itself is looked at only if it was declared by then: before that it was a placeholder. A run has the
 * first final state that one of its events gave it.
 */
export const lineageCountFilteredDownstream: Statement<LineageCountFilteredDownstreamParams, LineageCountFilteredDownstreamRow> = {
  name: 'lineage/count-filtered-downstream',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"},"maxDepth":{"is":"Int"},"edges":{"is":"List","of":{"is":"String"},"nullable":true},"kinds":{"is":"List","of":{"is":"String"},"nullable":true},"namespaces":{"is":"List","of":{"is":"String"},"nullable":true},"occurredFrom":{"is":"Int","nullable":true},"occurredTo":{"is":"Int","nullable":true},"classifications":{"is":"List","of":{"is":"String"},"nullable":true},"declared":{"is":"Boolean","nullable":true},"runStates":{"is":"List","of":{"is":"String"},"nullable":true},"byDepth":{"is":"Boolean"}},
  columns: {"labels":{"is":"List","of":{"is":"String"}},"depth":{"is":"Int","nullable":true},"deepest":{"is":"Int"},"count":{"is":"Int"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*1..]-(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until AND ($edges IS NULL OR type(x) IN $edges))
WITH a, min(length(q)) AS depth
WHERE depth <= $maxDepth
  AND ($kinds IS NULL OR any(kind IN $kinds WHERE kind IN labels(a)))
  AND ($namespaces IS NULL OR a.namespace IN $namespaces)
  AND ($declared IS NULL OR coalesce(a.leafIndex < $asOf, false) = $declared)
  AND ($occurredFrom IS NULL OR (a.leafIndex < $asOf AND a.occurredAt >= $occurredFrom))
  AND ($occurredTo IS NULL OR (a.leafIndex < $asOf AND a.occurredAt < $occurredTo))
  AND ($classifications IS NULL OR (a.leafIndex < $asOf AND a.classification IN $classifications))
  AND ($runStates IS NULL OR (a:Transform AND coalesce(head(COLLECT {
    MATCH (a)<-[about:ABOUT]-(event:Attestation {type: 'SUPPLEMENTS'})
    WHERE about.since < $asOf AND event.state IN ['COMPLETED', 'FAILED', 'ABORTED']
    RETURN event.state ORDER BY event.occurredAt, event.leafIndex LIMIT 1
  }), 'UNFINISHED') IN $runStates))
RETURN [label IN labels(a) WHERE label <> 'Amended'] AS labels, CASE WHEN $byDepth THEN depth END AS depth,
  max(depth) AS deepest, count(*) AS count
ORDER BY depth`,
};

export interface LineageCountFilteredPresentDownstreamParams {
  readonly log: string;
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
  readonly kinds: ReadonlyArray<string> | null;
  readonly namespaces: ReadonlyArray<string> | null;
  readonly occurredFrom: number | null;
  readonly occurredTo: number | null;
  readonly classifications: ReadonlyArray<string> | null;
  readonly declared: boolean | null;
  readonly runStates: ReadonlyArray<string> | null;
  readonly byDepth: boolean;
}

export interface LineageCountFilteredPresentDownstreamRow {
  readonly kind: string;
  readonly depth: number | null;
  readonly deepest: number;
  readonly count: number;
}

/**
 * count-filtered-downstream as of the present head, for walks along all types of edges. Follows the arrows backwards.
 * No interval is looked at, which halves the cost; count-present-downstream says when that may be. What the filters leave out
 * is counted as 'None', so that there is a row wherever this is the answer; if it is not, there is none.
 */
export const lineageCountFilteredPresentDownstream: Statement<LineageCountFilteredPresentDownstreamParams, LineageCountFilteredPresentDownstreamRow> = {
  name: 'lineage/count-filtered-present-downstream',
  mode: 'read',
  params: {"log":{"is":"String"},"of":{"is":"String"},"asOf":{"is":"Int"},"maxDepth":{"is":"Int"},"kinds":{"is":"List","of":{"is":"String"},"nullable":true},"namespaces":{"is":"List","of":{"is":"String"},"nullable":true},"occurredFrom":{"is":"Int","nullable":true},"occurredTo":{"is":"Int","nullable":true},"classifications":{"is":"List","of":{"is":"String"},"nullable":true},"declared":{"is":"Boolean","nullable":true},"runStates":{"is":"List","of":{"is":"String"},"nullable":true},"byDepth":{"is":"Boolean"}},
  columns: {"kind":{"is":"String"},"depth":{"is":"Int","nullable":true},"deepest":{"is":"Int"},"count":{"is":"Int"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)<-[:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*1..]-(a)
WITH a, min(length(q)) AS depth
WITH a, depth, coalesce(depth <= $maxDepth
  AND ($kinds IS NULL OR any(kind IN $kinds WHERE kind IN labels(a)))
  AND ($namespaces IS NULL OR a.namespace IN $namespaces)
  AND ($declared IS NULL OR coalesce(a.leafIndex < $asOf, false) = $declared)
  AND ($occurredFrom IS NULL OR (a.leafIndex < $asOf AND a.occurredAt >= $occurredFrom))
  AND ($occurredTo IS NULL OR (a.leafIndex < $asOf AND a.occurredAt < $occurredTo))
  AND ($classifications IS NULL OR (a.leafIndex < $asOf AND a.classification IN $classifications))
  AND ($runStates IS NULL OR (a:Transform AND coalesce(head(COLLECT {
    MATCH (a)<-[about:ABOUT]-(event:Attestation {type: 'SUPPLEMENTS'})
    WHERE about.since < $asOf AND event.state IN ['COMPLETED', 'FAILED', 'ABORTED']
    RETURN event.state ORDER BY event.occurredAt, event.leafIndex LIMIT 1
  }), 'UNFINISHED') IN $runStates)), false) AS isWanted
WITH CASE WHEN a:Amended THEN 'Amended' WHEN NOT isWanted THEN 'None' WHEN a:Transform THEN 'Transform'
    WHEN a:Dataset THEN 'Dataset' WHEN a:FeatureDef THEN 'FeatureDef' WHEN a:Model THEN 'Model' ELSE 'Prediction' END AS kind,
  CASE WHEN $byDepth THEN depth END AS depth, max(depth) AS deepest, count(*) AS count
WITH collect({kind: kind, depth: depth, deepest: deepest, count: count}) AS counts
MATCH (h:LogHead {log: $log})
MATCH (n:Artifact {id: $of})
WHERE h.size = $asOf AND h.inOrder AND NOT n:Amended AND none(row IN counts WHERE row.kind = 'Amended')
UNWIND counts AS row
RETURN row.kind AS kind, row.depth AS depth, row.deepest AS deepest, row.count AS count
ORDER BY depth`,
};

export interface LineageCountFilteredPresentUpstreamParams {
  readonly log: string;
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
  readonly kinds: ReadonlyArray<string> | null;
  readonly namespaces: ReadonlyArray<string> | null;
  readonly occurredFrom: number | null;
  readonly occurredTo: number | null;
  readonly classifications: ReadonlyArray<string> | null;
  readonly declared: boolean | null;
  readonly runStates: ReadonlyArray<string> | null;
  readonly byDepth: boolean;
}

export interface LineageCountFilteredPresentUpstreamRow {
  readonly kind: string;
  readonly depth: number | null;
  readonly deepest: number;
  readonly count: number;
}

/**
 * count-filtered-upstream as of the present head, for walks along all types of edges. Follows the arrows from effect to cause.
 * No interval is looked at, which halves the cost; count-present-upstream says when that may be. What the filters leave out
 * is counted as 'None', so that there is a row wherever this is the answer; if it is not, there is none.
 */
export const lineageCountFilteredPresentUpstream: Statement<LineageCountFilteredPresentUpstreamParams, LineageCountFilteredPresentUpstreamRow> = {
  name: 'lineage/count-filtered-present-upstream',
  mode: 'read',
  params: {"log":{"is":"String"},"of":{"is":"String"},"asOf":{"is":"Int"},"maxDepth":{"is":"Int"},"kinds":{"is":"List","of":{"is":"String"},"nullable":true},"namespaces":{"is":"List","of":{"is":"String"},"nullable":true},"occurredFrom":{"is":"Int","nullable":true},"occurredTo":{"is":"Int","nullable":true},"classifications":{"is":"List","of":{"is":"String"},"nullable":true},"declared":{"is":"Boolean","nullable":true},"runStates":{"is":"List","of":{"is":"String"},"nullable":true},"byDepth":{"is":"Boolean"}},
  columns: {"kind":{"is":"String"},"depth":{"is":"Int","nullable":true},"deepest":{"is":"Int"},"count":{"is":"Int"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)-[:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*1..]->(a)
WITH a, min(length(q)) AS depth
WITH a, depth, coalesce(depth <= $maxDepth
  AND ($kinds IS NULL OR any(kind IN $kinds WHERE kind IN labels(a)))
  AND ($namespaces IS NULL OR a.namespace IN $namespaces)
  AND ($declared IS NULL OR coalesce(a.leafIndex < $asOf, false) = $declared)
  AND ($occurredFrom IS NULL OR (a.leafIndex < $asOf AND a.occurredAt >= $occurredFrom))
  AND ($occurredTo IS NULL OR (a.leafIndex < $asOf AND a.occurredAt < $occurredTo))
  AND ($classifications IS NULL OR (a.leafIndex < $asOf AND a.classification IN $classifications))
  AND ($runStates IS NULL OR (a:Transform AND coalesce(head(COLLECT {
    MATCH (a)<-[about:ABOUT]-(event:Attestation {type: 'SUPPLEMENTS'})
    WHERE about.since < $asOf AND event.state IN ['COMPLETED', 'FAILED', 'ABORTED']
    RETURN event.state ORDER BY event.occurredAt, event.leafIndex LIMIT 1
  }), 'UNFINISHED') IN $runStates)), false) AS isWanted
WITH CASE WHEN a:Amended THEN 'Amended' WHEN NOT isWanted THEN 'None' WHEN a:Transform THEN 'Transform'
    WHEN a:Dataset THEN 'Dataset' WHEN a:FeatureDef THEN 'FeatureDef' WHEN a:Model THEN 'Model' ELSE 'Prediction' END AS kind,
  CASE WHEN $byDepth THEN depth END AS depth, max(depth) AS deepest, count(*) AS count
WITH collect({kind: kind, depth: depth, deepest: deepest, count: count}) AS counts
MATCH (h:LogHead {log: $log})
MATCH (n:Artifact {id: $of})
WHERE h.size = $asOf AND h.inOrder AND NOT n:Amended AND none(row IN counts WHERE row.kind = 'Amended')
UNWIND counts AS row
RETURN row.kind AS kind, row.depth AS depth, row.deepest AS deepest, row.count AS count
ORDER BY depth`,
};

export interface LineageCountFilteredUpstreamParams {
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
  readonly edges: ReadonlyArray<string> | null;
  readonly kinds: ReadonlyArray<string> | null;
  readonly namespaces: ReadonlyArray<string> | null;
  readonly occurredFrom: number | null;
  readonly occurredTo: number | null;
  readonly classifications: ReadonlyArray<string> | null;
  readonly declared: boolean | null;
  readonly runStates: ReadonlyArray<string> | null;
  readonly byDepth: boolean;
}

export interface LineageCountFilteredUpstreamRow {
  readonly labels: ReadonlyArray<string>;
  readonly depth: number | null;
  readonly deepest: number;
  readonly count: number;
}

/**
 * How many artifacts of each kind a closure has, at each depth if that is wanted, else in all. Follows the arrows from effect to cause.
 * Counts on the database, so that a total costs no transfer; the same walk as the page it belongs to. By kind alone, a
 * chain of 10,000 gives two rows, by depth 10,000: whoever does not want the depths does not pay for them.
 * The filters choose what is returned, the way leads through everything; only "edges" prunes the walk. What a node
 * says about itself is looked at only if it was declared by then: before that it was a placeholder. A run has the
 * first final state that one of its events gave it.
 */
export const lineageCountFilteredUpstream: Statement<LineageCountFilteredUpstreamParams, LineageCountFilteredUpstreamRow> = {
  name: 'lineage/count-filtered-upstream',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"},"maxDepth":{"is":"Int"},"edges":{"is":"List","of":{"is":"String"},"nullable":true},"kinds":{"is":"List","of":{"is":"String"},"nullable":true},"namespaces":{"is":"List","of":{"is":"String"},"nullable":true},"occurredFrom":{"is":"Int","nullable":true},"occurredTo":{"is":"Int","nullable":true},"classifications":{"is":"List","of":{"is":"String"},"nullable":true},"declared":{"is":"Boolean","nullable":true},"runStates":{"is":"List","of":{"is":"String"},"nullable":true},"byDepth":{"is":"Boolean"}},
  columns: {"labels":{"is":"List","of":{"is":"String"}},"depth":{"is":"Int","nullable":true},"deepest":{"is":"Int"},"count":{"is":"Int"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*1..]->(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until AND ($edges IS NULL OR type(x) IN $edges))
WITH a, min(length(q)) AS depth
WHERE depth <= $maxDepth
  AND ($kinds IS NULL OR any(kind IN $kinds WHERE kind IN labels(a)))
  AND ($namespaces IS NULL OR a.namespace IN $namespaces)
  AND ($declared IS NULL OR coalesce(a.leafIndex < $asOf, false) = $declared)
  AND ($occurredFrom IS NULL OR (a.leafIndex < $asOf AND a.occurredAt >= $occurredFrom))
  AND ($occurredTo IS NULL OR (a.leafIndex < $asOf AND a.occurredAt < $occurredTo))
  AND ($classifications IS NULL OR (a.leafIndex < $asOf AND a.classification IN $classifications))
  AND ($runStates IS NULL OR (a:Transform AND coalesce(head(COLLECT {
    MATCH (a)<-[about:ABOUT]-(event:Attestation {type: 'SUPPLEMENTS'})
    WHERE about.since < $asOf AND event.state IN ['COMPLETED', 'FAILED', 'ABORTED']
    RETURN event.state ORDER BY event.occurredAt, event.leafIndex LIMIT 1
  }), 'UNFINISHED') IN $runStates))
RETURN [label IN labels(a) WHERE label <> 'Amended'] AS labels, CASE WHEN $byDepth THEN depth END AS depth,
  max(depth) AS deepest, count(*) AS count
ORDER BY depth`,
};

export interface LineageCountPresentDownstreamParams {
  readonly log: string;
  readonly of: string;
  readonly maxDepth: number;
  readonly byDepth: boolean;
}

export interface LineageCountPresentDownstreamRow {
  readonly kind: string;
  readonly depth: number | null;
  readonly deepest: number;
  readonly count: number;
  readonly size: number;
}

/**
 * count-downstream as of the present head. Follows the arrows backwards and, like every walk downstream, neither
 * enters decisions nor blames data for the features that were once defined on it.
 * No interval is looked at, which halves the cost. So the answer counts only if "size", the head's size after the walk, is
 * still the one that was read before it: then nothing newer was met, because a new size is seen before the edges that come
 * with it ("inOrder"). And only if no edge was ended that leaves anything the walk went through ("Amended"): else there
 * is no row, and the caller walks again with the intervals. The head is read before by a statement of its own, which may be
 * sent together with this one: a node carried along through the walk costs a sixth of it.
 * Kinds are asked for one by one, most frequent first: the list of a node's labels costs a sixth more of the walk.
 */
export const lineageCountPresentDownstream: Statement<LineageCountPresentDownstreamParams, LineageCountPresentDownstreamRow> = {
  name: 'lineage/count-present-downstream',
  mode: 'read',
  params: {"log":{"is":"String"},"of":{"is":"String"},"maxDepth":{"is":"Int"},"byDepth":{"is":"Boolean"}},
  columns: {"kind":{"is":"String"},"depth":{"is":"Int","nullable":true},"deepest":{"is":"Int"},"count":{"is":"Int"},"size":{"is":"Int"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)<-[:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*1..]-(a)
WITH a, min(length(q)) AS depth
WHERE depth <= $maxDepth
WITH CASE WHEN a:Amended THEN 'Amended' WHEN a:Transform THEN 'Transform' WHEN a:Dataset THEN 'Dataset'
    WHEN a:FeatureDef THEN 'FeatureDef' WHEN a:Model THEN 'Model' ELSE 'Prediction' END AS kind,
  CASE WHEN $byDepth THEN depth END AS depth, max(depth) AS deepest, count(*) AS count
WITH collect({kind: kind, depth: depth, deepest: deepest, count: count}) AS counts
MATCH (h:LogHead {log: $log})
MATCH (n:Artifact {id: $of})
WHERE h.inOrder AND NOT n:Amended AND none(row IN counts WHERE row.kind = 'Amended')
UNWIND counts AS row
RETURN row.kind AS kind, row.depth AS depth, row.deepest AS deepest, row.count AS count, h.size AS size
ORDER BY depth`,
};

export interface LineageCountPresentUpstreamParams {
  readonly log: string;
  readonly of: string;
  readonly maxDepth: number;
  readonly byDepth: boolean;
}

export interface LineageCountPresentUpstreamRow {
  readonly kind: string;
  readonly depth: number | null;
  readonly deepest: number;
  readonly count: number;
  readonly size: number;
}

/**
 * count-upstream as of the present head. Follows the arrows from effect to cause.
 * No interval is looked at, which halves the cost. So the answer counts only if "size", the head's size after the walk, is
 * still the one that was read before it: then nothing newer was met, because a new size is seen before the edges that come
 * with it ("inOrder"). And only if no edge was ended that leaves anything the walk went through ("Amended"): else there
 * is no row, and the caller walks again with the intervals. The head is read before by a statement of its own, which may be
 * sent together with this one: a node carried along through the walk costs a sixth of it.
 * Kinds are asked for one by one, most frequent first: the list of a node's labels costs a sixth more of the walk.
 */
export const lineageCountPresentUpstream: Statement<LineageCountPresentUpstreamParams, LineageCountPresentUpstreamRow> = {
  name: 'lineage/count-present-upstream',
  mode: 'read',
  params: {"log":{"is":"String"},"of":{"is":"String"},"maxDepth":{"is":"Int"},"byDepth":{"is":"Boolean"}},
  columns: {"kind":{"is":"String"},"depth":{"is":"Int","nullable":true},"deepest":{"is":"Int"},"count":{"is":"Int"},"size":{"is":"Int"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)-[:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*1..]->(a)
WITH a, min(length(q)) AS depth
WHERE depth <= $maxDepth
WITH CASE WHEN a:Amended THEN 'Amended' WHEN a:Transform THEN 'Transform' WHEN a:Dataset THEN 'Dataset'
    WHEN a:FeatureDef THEN 'FeatureDef' WHEN a:Model THEN 'Model' ELSE 'Prediction' END AS kind,
  CASE WHEN $byDepth THEN depth END AS depth, max(depth) AS deepest, count(*) AS count
WITH collect({kind: kind, depth: depth, deepest: deepest, count: count}) AS counts
MATCH (h:LogHead {log: $log})
MATCH (n:Artifact {id: $of})
WHERE h.inOrder AND NOT n:Amended AND none(row IN counts WHERE row.kind = 'Amended')
UNWIND counts AS row
RETURN row.kind AS kind, row.depth AS depth, row.deepest AS deepest, row.count AS count, h.size AS size
ORDER BY depth`,
};

export interface LineageCountTypedPresentDownstreamParams {
  readonly log: string;
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
  readonly edges: ReadonlyArray<string>;
  readonly kinds: ReadonlyArray<string> | null;
  readonly namespaces: ReadonlyArray<string> | null;
  readonly occurredFrom: number | null;
  readonly occurredTo: number | null;
  readonly classifications: ReadonlyArray<string> | null;
  readonly declared: boolean | null;
  readonly runStates: ReadonlyArray<string> | null;
  readonly byDepth: boolean;
}

export interface LineageCountTypedPresentDownstreamRow {
  readonly kind: string;
  readonly depth: number | null;
  readonly deepest: number;
  readonly count: number;
}

/**
 * count-filtered-present-downstream for walks along some types of edges. Follows the arrows backwards.
 * In a statement of its own, because looking at the type of every edge costs as much again as the walk; looking at types
 * and intervals costs more than twice that. Types cannot be a parameter of the pattern: Neo4j 5.26 takes $any(…) there
 * and then follows all edges.
 * No interval is looked at, which halves the cost; count-present-downstream says when that may be. What the filters leave out
 * is counted as 'None', so that there is a row wherever this is the answer; if it is not, there is none.
 */
export const lineageCountTypedPresentDownstream: Statement<LineageCountTypedPresentDownstreamParams, LineageCountTypedPresentDownstreamRow> = {
  name: 'lineage/count-typed-present-downstream',
  mode: 'read',
  params: {"log":{"is":"String"},"of":{"is":"String"},"asOf":{"is":"Int"},"maxDepth":{"is":"Int"},"edges":{"is":"List","of":{"is":"String"}},"kinds":{"is":"List","of":{"is":"String"},"nullable":true},"namespaces":{"is":"List","of":{"is":"String"},"nullable":true},"occurredFrom":{"is":"Int","nullable":true},"occurredTo":{"is":"Int","nullable":true},"classifications":{"is":"List","of":{"is":"String"},"nullable":true},"declared":{"is":"Boolean","nullable":true},"runStates":{"is":"List","of":{"is":"String"},"nullable":true},"byDepth":{"is":"Boolean"}},
  columns: {"kind":{"is":"String"},"depth":{"is":"Int","nullable":true},"deepest":{"is":"Int"},"count":{"is":"Int"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*1..]-(a)
WHERE all(x IN r WHERE type(x) IN $edges)
WITH a, min(length(q)) AS depth
WITH a, depth, coalesce(depth <= $maxDepth
  AND ($kinds IS NULL OR any(kind IN $kinds WHERE kind IN labels(a)))
  AND ($namespaces IS NULL OR a.namespace IN $namespaces)
  AND ($declared IS NULL OR coalesce(a.leafIndex < $asOf, false) = $declared)
  AND ($occurredFrom IS NULL OR (a.leafIndex < $asOf AND a.occurredAt >= $occurredFrom))
  AND ($occurredTo IS NULL OR (a.leafIndex < $asOf AND a.occurredAt < $occurredTo))
  AND ($classifications IS NULL OR (a.leafIndex < $asOf AND a.classification IN $classifications))
  AND ($runStates IS NULL OR (a:Transform AND coalesce(head(COLLECT {
    MATCH (a)<-[about:ABOUT]-(event:Attestation {type: 'SUPPLEMENTS'})
    WHERE about.since < $asOf AND event.state IN ['COMPLETED', 'FAILED', 'ABORTED']
    RETURN event.state ORDER BY event.occurredAt, event.leafIndex LIMIT 1
  }), 'UNFINISHED') IN $runStates)), false) AS isWanted
WITH CASE WHEN a:Amended THEN 'Amended' WHEN NOT isWanted THEN 'None' WHEN a:Transform THEN 'Transform'
    WHEN a:Dataset THEN 'Dataset' WHEN a:FeatureDef THEN 'FeatureDef' WHEN a:Model THEN 'Model' ELSE 'Prediction' END AS kind,
  CASE WHEN $byDepth THEN depth END AS depth, max(depth) AS deepest, count(*) AS count
WITH collect({kind: kind, depth: depth, deepest: deepest, count: count}) AS counts
MATCH (h:LogHead {log: $log})
MATCH (n:Artifact {id: $of})
WHERE h.size = $asOf AND h.inOrder AND NOT n:Amended AND none(row IN counts WHERE row.kind = 'Amended')
UNWIND counts AS row
RETURN row.kind AS kind, row.depth AS depth, row.deepest AS deepest, row.count AS count
ORDER BY depth`,
};

export interface LineageCountTypedPresentUpstreamParams {
  readonly log: string;
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
  readonly edges: ReadonlyArray<string>;
  readonly kinds: ReadonlyArray<string> | null;
  readonly namespaces: ReadonlyArray<string> | null;
  readonly occurredFrom: number | null;
  readonly occurredTo: number | null;
  readonly classifications: ReadonlyArray<string> | null;
  readonly declared: boolean | null;
  readonly runStates: ReadonlyArray<string> | null;
  readonly byDepth: boolean;
}

export interface LineageCountTypedPresentUpstreamRow {
  readonly kind: string;
  readonly depth: number | null;
  readonly deepest: number;
  readonly count: number;
}

/**
 * count-filtered-present-upstream for walks along some types of edges. Follows the arrows from effect to cause.
 * In a statement of its own, because looking at the type of every edge costs as much again as the walk; looking at types
 * and intervals costs more than twice that. Types cannot be a parameter of the pattern: Neo4j 5.26 takes $any(…) there
 * and then follows all edges.
 * No interval is looked at, which halves the cost; count-present-upstream says when that may be. What the filters leave out
 * is counted as 'None', so that there is a row wherever this is the answer; if it is not, there is none.
 */
export const lineageCountTypedPresentUpstream: Statement<LineageCountTypedPresentUpstreamParams, LineageCountTypedPresentUpstreamRow> = {
  name: 'lineage/count-typed-present-upstream',
  mode: 'read',
  params: {"log":{"is":"String"},"of":{"is":"String"},"asOf":{"is":"Int"},"maxDepth":{"is":"Int"},"edges":{"is":"List","of":{"is":"String"}},"kinds":{"is":"List","of":{"is":"String"},"nullable":true},"namespaces":{"is":"List","of":{"is":"String"},"nullable":true},"occurredFrom":{"is":"Int","nullable":true},"occurredTo":{"is":"Int","nullable":true},"classifications":{"is":"List","of":{"is":"String"},"nullable":true},"declared":{"is":"Boolean","nullable":true},"runStates":{"is":"List","of":{"is":"String"},"nullable":true},"byDepth":{"is":"Boolean"}},
  columns: {"kind":{"is":"String"},"depth":{"is":"Int","nullable":true},"deepest":{"is":"Int"},"count":{"is":"Int"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*1..]->(a)
WHERE all(x IN r WHERE type(x) IN $edges)
WITH a, min(length(q)) AS depth
WITH a, depth, coalesce(depth <= $maxDepth
  AND ($kinds IS NULL OR any(kind IN $kinds WHERE kind IN labels(a)))
  AND ($namespaces IS NULL OR a.namespace IN $namespaces)
  AND ($declared IS NULL OR coalesce(a.leafIndex < $asOf, false) = $declared)
  AND ($occurredFrom IS NULL OR (a.leafIndex < $asOf AND a.occurredAt >= $occurredFrom))
  AND ($occurredTo IS NULL OR (a.leafIndex < $asOf AND a.occurredAt < $occurredTo))
  AND ($classifications IS NULL OR (a.leafIndex < $asOf AND a.classification IN $classifications))
  AND ($runStates IS NULL OR (a:Transform AND coalesce(head(COLLECT {
    MATCH (a)<-[about:ABOUT]-(event:Attestation {type: 'SUPPLEMENTS'})
    WHERE about.since < $asOf AND event.state IN ['COMPLETED', 'FAILED', 'ABORTED']
    RETURN event.state ORDER BY event.occurredAt, event.leafIndex LIMIT 1
  }), 'UNFINISHED') IN $runStates)), false) AS isWanted
WITH CASE WHEN a:Amended THEN 'Amended' WHEN NOT isWanted THEN 'None' WHEN a:Transform THEN 'Transform'
    WHEN a:Dataset THEN 'Dataset' WHEN a:FeatureDef THEN 'FeatureDef' WHEN a:Model THEN 'Model' ELSE 'Prediction' END AS kind,
  CASE WHEN $byDepth THEN depth END AS depth, max(depth) AS deepest, count(*) AS count
WITH collect({kind: kind, depth: depth, deepest: deepest, count: count}) AS counts
MATCH (h:LogHead {log: $log})
MATCH (n:Artifact {id: $of})
WHERE h.size = $asOf AND h.inOrder AND NOT n:Amended AND none(row IN counts WHERE row.kind = 'Amended')
UNWIND counts AS row
RETURN row.kind AS kind, row.depth AS depth, row.deepest AS deepest, row.count AS count
ORDER BY depth`,
};

export interface LineageCountUpstreamParams {
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
  readonly byDepth: boolean;
}

export interface LineageCountUpstreamRow {
  readonly labels: ReadonlyArray<string>;
  readonly depth: number | null;
  readonly deepest: number;
  readonly count: number;
}

/**
 * How many artifacts of each kind a closure has, at each depth if that is wanted, else in all. Follows the arrows from effect to cause.
 * Counts on the database, so that a total costs no transfer; the same walk as the page it belongs to. By kind alone, a
 * chain of 10,000 gives two rows, by depth 10,000: whoever does not want the depths does not pay for them.
 * Without filters in a statement of its own: a predicate on every edge that is true for all of them doubles the time,
 * and so does a label on the end, which every end of these types has anyway.
 */
export const lineageCountUpstream: Statement<LineageCountUpstreamParams, LineageCountUpstreamRow> = {
  name: 'lineage/count-upstream',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"},"maxDepth":{"is":"Int"},"byDepth":{"is":"Boolean"}},
  columns: {"labels":{"is":"List","of":{"is":"String"}},"depth":{"is":"Int","nullable":true},"deepest":{"is":"Int"},"count":{"is":"Int"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*1..]->(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH a, min(length(q)) AS depth
WHERE depth <= $maxDepth
RETURN [label IN labels(a) WHERE label <> 'Amended'] AS labels, CASE WHEN $byDepth THEN depth END AS depth,
  max(depth) AS deepest, count(*) AS count
ORDER BY depth`,
};

export interface LineageListEdgesDownstreamParams {
  readonly ids: ReadonlyArray<string>;
  readonly asOf: number;
  readonly first: number;
  readonly bound: number;
}

export interface LineageListEdgesDownstreamRow {
  readonly id: string;
  readonly total: number;
  readonly edges: ReadonlyArray<{ readonly type: string; readonly other: string; readonly since: number; readonly props: string | null; readonly toDigest: string | null }>;
}

/**
 * The edges by which a closure goes on from each of some artifacts, at most so many each, with how many there are.
 * Ordered by when they were stated, so that a cut list is stable under concurrent writes. A hub can have 10^6 of them:
 * no more than "bound" are looked at and sorted, and a total that reaches the bound means "at least".
 */
export const lineageListEdgesDownstream: Statement<LineageListEdgesDownstreamParams, LineageListEdgesDownstreamRow> = {
  name: 'lineage/list-edges-downstream',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}},"asOf":{"is":"Int"},"first":{"is":"Int"},"bound":{"is":"Int"}},
  columns: {"id":{"is":"String"},"total":{"is":"Int"},"edges":{"is":"List","of":{"is":"Record","fields":{"type":{"is":"String"},"other":{"is":"String"},"since":{"is":"Int"},"props":{"is":"String","nullable":true},"toDigest":{"is":"String","nullable":true}}}}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (a:Artifact {id: id})
CALL (a) {
  MATCH (a)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO]-(b)
  WHERE r.since < $asOf AND $asOf <= r.until
  WITH r, b
  LIMIT $bound
  WITH r, b
  ORDER BY r.since, b.seq, type(r)
  WITH collect([r, b]) AS pairs
  RETURN size(pairs) AS total, [pair IN pairs[..$first] | {
    type: type(pair[0]), other: pair[1].id, since: pair[0].since, props: pair[0].props, toDigest: pair[0].toDigest
  }] AS edges
}
RETURN id, total, edges`,
};

export interface LineageListEdgesUpstreamParams {
  readonly ids: ReadonlyArray<string>;
  readonly asOf: number;
  readonly first: number;
  readonly bound: number;
}

export interface LineageListEdgesUpstreamRow {
  readonly id: string;
  readonly total: number;
  readonly edges: ReadonlyArray<{ readonly type: string; readonly other: string; readonly since: number; readonly props: string | null; readonly toDigest: string | null }>;
}

/**
 * The edges by which a closure goes on from each of some artifacts, at most so many each, with how many there are.
 * Ordered by when they were stated, so that a cut list is stable under concurrent writes. A hub can have 10^6 of them:
 * no more than "bound" are looked at and sorted, and a total that reaches the bound means "at least".
 */
export const lineageListEdgesUpstream: Statement<LineageListEdgesUpstreamParams, LineageListEdgesUpstreamRow> = {
  name: 'lineage/list-edges-upstream',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}},"asOf":{"is":"Int"},"first":{"is":"Int"},"bound":{"is":"Int"}},
  columns: {"id":{"is":"String"},"total":{"is":"Int"},"edges":{"is":"List","of":{"is":"Record","fields":{"type":{"is":"String"},"other":{"is":"String"},"since":{"is":"Int"},"props":{"is":"String","nullable":true},"toDigest":{"is":"String","nullable":true}}}}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (a:Artifact {id: id})
CALL (a) {
  MATCH (a)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO]->(b)
  WHERE r.since < $asOf AND $asOf <= r.until
  WITH r, b
  LIMIT $bound
  WITH r, b
  ORDER BY r.since, b.seq, type(r)
  WITH collect([r, b]) AS pairs
  RETURN size(pairs) AS total, [pair IN pairs[..$first] | {
    type: type(pair[0]), other: pair[1].id, since: pair[0].since, props: pair[0].props, toDigest: pair[0].toDigest
  }] AS edges
}
RETURN id, total, edges`,
};

export interface LineageStreamEdgesDownstreamParams {
  readonly of: string;
  readonly asOf: number;
}

export interface LineageStreamEdgesDownstreamRow {
  readonly type: string;
  readonly near: ReadonlyArray<string>;
  readonly far: ReadonlyArray<ReadonlyArray<string>>;
}

/**
 * The edges by which a closure goes on from each of its nodes, nearest first, to be streamed. Follows the arrows backwards and, like every walk downstream, neither
 * enters decisions nor blames data for the features that were once defined on it.
 * Rows are columns of the edges of one type of up to 1,000 nodes of one depth, expanded when the row is asked for. The near
 * end's id is sent once, with the list of its far ends.
 * Of a node with more than 1,000 edges of a type, each 5,000 are a row: in one it could have millions.
 */
export const lineageStreamEdgesDownstream: Statement<LineageStreamEdgesDownstreamParams, LineageStreamEdgesDownstreamRow> = {
  name: 'lineage/stream-edges-downstream',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"}},
  columns: {"type":{"is":"String"},"near":{"is":"List","of":{"is":"String"}},"far":{"is":"List","of":{"is":"List","of":{"is":"String"}}}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*0..]-(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH a, min(length(q)) AS depth
WITH depth, a.seq / 1000 AS part, collect(a) AS nodes
ORDER BY depth, part
CALL (nodes) {
  UNWIND nodes AS a
  MATCH (a)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO]-(b)
  WHERE r.since < $asOf AND $asOf <= r.until
  WITH a, type(r) AS type, collect(b.id) AS far
  WITH type, collect(CASE WHEN size(far) <= 1000 THEN a.id END) AS near,
    collect(CASE WHEN size(far) <= 1000 THEN far END) AS far, collect(CASE WHEN size(far) > 1000 THEN a END) AS hubs
  CALL (type, near, far, hubs) {
    WITH near, far
    WHERE size(near) > 0
    RETURN near AS ids, far AS others
    UNION ALL
    UNWIND hubs AS a
    MATCH (a)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO]-(b)
    WHERE type(r) = type AND r.since < $asOf AND $asOf <= r.until
    WITH a, b.seq / 5000 AS part, collect(b) AS ends
    RETURN [a.id] AS ids, [[b IN ends | b.id]] AS others
  }
  RETURN type, ids AS near, others AS far
}
RETURN type, near, far`,
};

export interface LineageStreamEdgesPresentDownstreamParams {
  readonly log: string;
  readonly of: string;
  readonly asOf: number;
}

export interface LineageStreamEdgesPresentDownstreamRow {
  readonly type: string;
  readonly near: ReadonlyArray<string>;
  readonly far: ReadonlyArray<ReadonlyArray<string>>;
}

/**
 * stream-edges-downstream as of the present head. Follows the arrows backwards and, like every walk downstream, neither
 * enters decisions nor blames data for the features that were once defined on it.
 * No interval is looked at on the way, which halves the cost; count-present-upstream says when that may be. If it may not,
 * there is no row. The edges themselves are read when their row is asked for, which may be much later: so their "since" is
 * looked at, but not their "until", which can only have been set beyond the point.
 * Rows are columns of the edges of one type of up to 1,000 nodes of one depth, expanded when the row is asked for. The near
 * end's id is sent once, with the list of its far ends.
 * Of a node with more than 1,000 edges of a type, each 5,000 are a row: in one it could have millions.
 */
export const lineageStreamEdgesPresentDownstream: Statement<LineageStreamEdgesPresentDownstreamParams, LineageStreamEdgesPresentDownstreamRow> = {
  name: 'lineage/stream-edges-present-downstream',
  mode: 'read',
  params: {"log":{"is":"String"},"of":{"is":"String"},"asOf":{"is":"Int"}},
  columns: {"type":{"is":"String"},"near":{"is":"List","of":{"is":"String"}},"far":{"is":"List","of":{"is":"List","of":{"is":"String"}}}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (h:LogHead {log: $log})
WHERE h.size = $asOf AND h.inOrder
MATCH (n:Artifact {id: $of})
MATCH q = (n)<-[:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*0..]-(a)
WITH a, min(length(q)) AS depth
WITH depth, a.seq / 1000 AS part, collect(a) AS nodes, max(CASE WHEN a:Amended THEN 1 ELSE 0 END) AS amended
ORDER BY depth, part
WITH collect(nodes) AS groups, max(amended) AS amended
MATCH (h:LogHead {log: $log})
WHERE h.size = $asOf AND amended = 0
UNWIND groups AS nodes
CALL (nodes) {
  UNWIND nodes AS a
  MATCH (a)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO]-(b)
  WHERE r.since < $asOf
  WITH a, type(r) AS type, collect(b.id) AS far
  WITH type, collect(CASE WHEN size(far) <= 1000 THEN a.id END) AS near,
    collect(CASE WHEN size(far) <= 1000 THEN far END) AS far, collect(CASE WHEN size(far) > 1000 THEN a END) AS hubs
  CALL (type, near, far, hubs) {
    WITH near, far
    WHERE size(near) > 0
    RETURN near AS ids, far AS others
    UNION ALL
    UNWIND hubs AS a
    MATCH (a)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO]-(b)
    WHERE type(r) = type AND r.since < $asOf
    WITH a, b.seq / 5000 AS part, collect(b) AS ends
    RETURN [a.id] AS ids, [[b IN ends | b.id]] AS others
  }
  RETURN type, ids AS near, others AS far
}
RETURN type, near, far`,
};

export interface LineageStreamEdgesPresentUpstreamParams {
  readonly log: string;
  readonly of: string;
  readonly asOf: number;
}

export interface LineageStreamEdgesPresentUpstreamRow {
  readonly type: string;
  readonly near: ReadonlyArray<string>;
  readonly far: ReadonlyArray<ReadonlyArray<string>>;
}

/**
 * stream-edges-upstream as of the present head. Follows the arrows from effect to cause.
 * No interval is looked at on the way, which halves the cost; count-present-upstream says when that may be. If it may not,
 * there is no row. The edges themselves are read when their row is asked for, which may be much later: so their "since" is
 * looked at, but not their "until", which can only have been set beyond the point.
 * Rows are columns of the edges of one type of up to 1,000 nodes of one depth, expanded when the row is asked for. The near
 * end's id is sent once, with the list of its far ends.
 * Of a node with more than 1,000 edges of a type, each 5,000 are a row: in one it could have millions.
 */
export const lineageStreamEdgesPresentUpstream: Statement<LineageStreamEdgesPresentUpstreamParams, LineageStreamEdgesPresentUpstreamRow> = {
  name: 'lineage/stream-edges-present-upstream',
  mode: 'read',
  params: {"log":{"is":"String"},"of":{"is":"String"},"asOf":{"is":"Int"}},
  columns: {"type":{"is":"String"},"near":{"is":"List","of":{"is":"String"}},"far":{"is":"List","of":{"is":"List","of":{"is":"String"}}}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (h:LogHead {log: $log})
WHERE h.size = $asOf AND h.inOrder
MATCH (n:Artifact {id: $of})
MATCH q = (n)-[:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*0..]->(a)
WITH a, min(length(q)) AS depth
WITH depth, a.seq / 1000 AS part, collect(a) AS nodes, max(CASE WHEN a:Amended THEN 1 ELSE 0 END) AS amended
ORDER BY depth, part
WITH collect(nodes) AS groups, max(amended) AS amended
MATCH (h:LogHead {log: $log})
WHERE h.size = $asOf AND amended = 0
UNWIND groups AS nodes
CALL (nodes) {
  UNWIND nodes AS a
  MATCH (a)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO]->(b)
  WHERE r.since < $asOf
  WITH a, type(r) AS type, collect(b.id) AS far
  WITH type, collect(CASE WHEN size(far) <= 1000 THEN a.id END) AS near,
    collect(CASE WHEN size(far) <= 1000 THEN far END) AS far, collect(CASE WHEN size(far) > 1000 THEN a END) AS hubs
  CALL (type, near, far, hubs) {
    WITH near, far
    WHERE size(near) > 0
    RETURN near AS ids, far AS others
    UNION ALL
    UNWIND hubs AS a
    MATCH (a)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO]->(b)
    WHERE type(r) = type AND r.since < $asOf
    WITH a, b.seq / 5000 AS part, collect(b) AS ends
    RETURN [a.id] AS ids, [[b IN ends | b.id]] AS others
  }
  RETURN type, ids AS near, others AS far
}
RETURN type, near, far`,
};

export interface LineageStreamEdgesUpstreamParams {
  readonly of: string;
  readonly asOf: number;
}

export interface LineageStreamEdgesUpstreamRow {
  readonly type: string;
  readonly near: ReadonlyArray<string>;
  readonly far: ReadonlyArray<ReadonlyArray<string>>;
}

/**
 * The edges by which a closure goes on from each of its nodes, nearest first, to be streamed. Follows the arrows from effect to cause.
 * Rows are columns of the edges of one type of up to 1,000 nodes of one depth, expanded when the row is asked for. The near
 * end's id is sent once, with the list of its far ends.
 * Of a node with more than 1,000 edges of a type, each 5,000 are a row: in one it could have millions.
 */
export const lineageStreamEdgesUpstream: Statement<LineageStreamEdgesUpstreamParams, LineageStreamEdgesUpstreamRow> = {
  name: 'lineage/stream-edges-upstream',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"}},
  columns: {"type":{"is":"String"},"near":{"is":"List","of":{"is":"String"}},"far":{"is":"List","of":{"is":"List","of":{"is":"String"}}}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*0..]->(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH a, min(length(q)) AS depth
WITH depth, a.seq / 1000 AS part, collect(a) AS nodes
ORDER BY depth, part
CALL (nodes) {
  UNWIND nodes AS a
  MATCH (a)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO]->(b)
  WHERE r.since < $asOf AND $asOf <= r.until
  WITH a, type(r) AS type, collect(b.id) AS far
  WITH type, collect(CASE WHEN size(far) <= 1000 THEN a.id END) AS near,
    collect(CASE WHEN size(far) <= 1000 THEN far END) AS far, collect(CASE WHEN size(far) > 1000 THEN a END) AS hubs
  CALL (type, near, far, hubs) {
    WITH near, far
    WHERE size(near) > 0
    RETURN near AS ids, far AS others
    UNION ALL
    UNWIND hubs AS a
    MATCH (a)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO]->(b)
    WHERE type(r) = type AND r.since < $asOf AND $asOf <= r.until
    WITH a, b.seq / 5000 AS part, collect(b) AS ends
    RETURN [a.id] AS ids, [[b IN ends | b.id]] AS others
  }
  RETURN type, ids AS near, others AS far
}
RETURN type, near, far`,
};

export interface LineageStreamNodesDownstreamParams {
  readonly of: string;
  readonly asOf: number;
}

export interface LineageStreamNodesDownstreamRow {
  readonly depth: number;
  readonly ids: ReadonlyArray<string>;
  readonly kinds: ReadonlyArray<string>;
  readonly digests: ReadonlyArray<string | null>;
  readonly times: ReadonlyArray<number | null>;
}

/**
 * A whole closure with its root, nearest first, to be streamed. Follows the arrows backwards and, like every walk downstream, neither enters decisions
 * nor blames data for the features that were once defined on it.
 * Rows are columns of up to 1,000 nodes of one depth: a row for each node costs four times as much to send. Only
 * references are grouped; what is sent of a node is read when its row is asked for, so nobody holds all of it.
 * A node that was not declared by then is a placeholder and says nothing of itself.
 */
export const lineageStreamNodesDownstream: Statement<LineageStreamNodesDownstreamParams, LineageStreamNodesDownstreamRow> = {
  name: 'lineage/stream-nodes-downstream',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"}},
  columns: {"depth":{"is":"Int"},"ids":{"is":"List","of":{"is":"String"}},"kinds":{"is":"List","of":{"is":"String"}},"digests":{"is":"List","of":{"is":"String","nullable":true}},"times":{"is":"List","of":{"is":"Int","nullable":true}}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*0..]-(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH a, min(length(q)) AS depth
WITH depth, a.seq / 1000 AS part, collect(a) AS nodes
ORDER BY depth, part
RETURN depth,
  [a IN nodes | a.id] AS ids,
  [a IN nodes | CASE WHEN a:Dataset THEN 'Dataset' WHEN a:Transform THEN 'Transform' WHEN a:FeatureDef THEN 'FeatureDef'
    WHEN a:Model THEN 'Model' ELSE 'Prediction' END] AS kinds,
  [a IN nodes | CASE WHEN a.leafIndex < $asOf THEN a.digest END] AS digests,
  [a IN nodes | CASE WHEN a.leafIndex < $asOf THEN a.occurredAt END] AS times`,
};

export interface LineageStreamNodesPresentDownstreamParams {
  readonly log: string;
  readonly of: string;
  readonly asOf: number;
}

export interface LineageStreamNodesPresentDownstreamRow {
  readonly depth: number;
  readonly ids: ReadonlyArray<string>;
  readonly kinds: ReadonlyArray<string>;
  readonly digests: ReadonlyArray<string | null>;
  readonly times: ReadonlyArray<number | null>;
}

/**
 * stream-nodes-downstream as of the present head. Follows the arrows backwards and, like every walk downstream, neither
 * enters decisions nor blames data for the features that were once defined on it.
 * No interval is looked at, which halves the cost. So the answer counts only if, after the walk, the head is still at the
 * point: then nothing newer was met, because a new size is seen before the edges that come with it ("inOrder"), and if
 * no edge was ended that leaves anything the walk went through ("Amended"). Else there is no row, and the caller walks
 * again with the intervals.
 */
export const lineageStreamNodesPresentDownstream: Statement<LineageStreamNodesPresentDownstreamParams, LineageStreamNodesPresentDownstreamRow> = {
  name: 'lineage/stream-nodes-present-downstream',
  mode: 'read',
  params: {"log":{"is":"String"},"of":{"is":"String"},"asOf":{"is":"Int"}},
  columns: {"depth":{"is":"Int"},"ids":{"is":"List","of":{"is":"String"}},"kinds":{"is":"List","of":{"is":"String"}},"digests":{"is":"List","of":{"is":"String","nullable":true}},"times":{"is":"List","of":{"is":"Int","nullable":true}}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (h:LogHead {log: $log})
WHERE h.size = $asOf AND h.inOrder
MATCH (n:Artifact {id: $of})
MATCH q = (n)<-[:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*0..]-(a)
WITH a, min(length(q)) AS depth
WITH depth, a.seq / 1000 AS part, collect(a) AS nodes, max(CASE WHEN a:Amended THEN 1 ELSE 0 END) AS amended
ORDER BY depth, part
WITH collect({depth: depth, nodes: nodes}) AS groups, max(amended) AS amended
MATCH (h:LogHead {log: $log})
WHERE h.size = $asOf AND amended = 0
UNWIND groups AS row
WITH row.depth AS depth, row.nodes AS nodes
RETURN depth,
  [a IN nodes | a.id] AS ids,
  [a IN nodes | CASE WHEN a:Dataset THEN 'Dataset' WHEN a:Transform THEN 'Transform' WHEN a:FeatureDef THEN 'FeatureDef'
    WHEN a:Model THEN 'Model' ELSE 'Prediction' END] AS kinds,
  [a IN nodes | CASE WHEN a.leafIndex < $asOf THEN a.digest END] AS digests,
  [a IN nodes | CASE WHEN a.leafIndex < $asOf THEN a.occurredAt END] AS times`,
};

export interface LineageStreamNodesPresentUpstreamParams {
  readonly log: string;
  readonly of: string;
  readonly asOf: number;
}

export interface LineageStreamNodesPresentUpstreamRow {
  readonly depth: number;
  readonly ids: ReadonlyArray<string>;
  readonly kinds: ReadonlyArray<string>;
  readonly digests: ReadonlyArray<string | null>;
  readonly times: ReadonlyArray<number | null>;
}

/**
 * stream-nodes-upstream as of the present head. Follows the arrows from effect to cause.
 * No interval is looked at, which halves the cost. So the answer counts only if, after the walk, the head is still at the
 * point: then nothing newer was met, because a new size is seen before the edges that come with it ("inOrder"), and if
 * no edge was ended that leaves anything the walk went through ("Amended"). Else there is no row, and the caller walks
 * again with the intervals.
 */
export const lineageStreamNodesPresentUpstream: Statement<LineageStreamNodesPresentUpstreamParams, LineageStreamNodesPresentUpstreamRow> = {
  name: 'lineage/stream-nodes-present-upstream',
  mode: 'read',
  params: {"log":{"is":"String"},"of":{"is":"String"},"asOf":{"is":"Int"}},
  columns: {"depth":{"is":"Int"},"ids":{"is":"List","of":{"is":"String"}},"kinds":{"is":"List","of":{"is":"String"}},"digests":{"is":"List","of":{"is":"String","nullable":true}},"times":{"is":"List","of":{"is":"Int","nullable":true}}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (h:LogHead {log: $log})
WHERE h.size = $asOf AND h.inOrder
MATCH (n:Artifact {id: $of})
MATCH q = (n)-[:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*0..]->(a)
WITH a, min(length(q)) AS depth
WITH depth, a.seq / 1000 AS part, collect(a) AS nodes, max(CASE WHEN a:Amended THEN 1 ELSE 0 END) AS amended
ORDER BY depth, part
WITH collect({depth: depth, nodes: nodes}) AS groups, max(amended) AS amended
MATCH (h:LogHead {log: $log})
WHERE h.size = $asOf AND amended = 0
UNWIND groups AS row
WITH row.depth AS depth, row.nodes AS nodes
RETURN depth,
  [a IN nodes | a.id] AS ids,
  [a IN nodes | CASE WHEN a:Dataset THEN 'Dataset' WHEN a:Transform THEN 'Transform' WHEN a:FeatureDef THEN 'FeatureDef'
    WHEN a:Model THEN 'Model' ELSE 'Prediction' END] AS kinds,
  [a IN nodes | CASE WHEN a.leafIndex < $asOf THEN a.digest END] AS digests,
  [a IN nodes | CASE WHEN a.leafIndex < $asOf THEN a.occurredAt END] AS times`,
};

export interface LineageStreamNodesUpstreamParams {
  readonly of: string;
  readonly asOf: number;
}

export interface LineageStreamNodesUpstreamRow {
  readonly depth: number;
  readonly ids: ReadonlyArray<string>;
  readonly kinds: ReadonlyArray<string>;
  readonly digests: ReadonlyArray<string | null>;
  readonly times: ReadonlyArray<number | null>;
}

/**
 * A whole closure with its root, nearest first, to be streamed. Follows the arrows from effect to cause.
 * Rows are columns of up to 1,000 nodes of one depth: a row for each node costs four times as much to send. Only
 * references are grouped; what is sent of a node is read when its row is asked for, so nobody holds all of it.
 * A node that was not declared by then is a placeholder and says nothing of itself.
 */
export const lineageStreamNodesUpstream: Statement<LineageStreamNodesUpstreamParams, LineageStreamNodesUpstreamRow> = {
  name: 'lineage/stream-nodes-upstream',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"}},
  columns: {"depth":{"is":"Int"},"ids":{"is":"List","of":{"is":"String"}},"kinds":{"is":"List","of":{"is":"String"}},"digests":{"is":"List","of":{"is":"String","nullable":true}},"times":{"is":"List","of":{"is":"Int","nullable":true}}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*0..]->(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH a, min(length(q)) AS depth
WITH depth, a.seq / 1000 AS part, collect(a) AS nodes
ORDER BY depth, part
RETURN depth,
  [a IN nodes | a.id] AS ids,
  [a IN nodes | CASE WHEN a:Dataset THEN 'Dataset' WHEN a:Transform THEN 'Transform' WHEN a:FeatureDef THEN 'FeatureDef'
    WHEN a:Model THEN 'Model' ELSE 'Prediction' END] AS kinds,
  [a IN nodes | CASE WHEN a.leafIndex < $asOf THEN a.digest END] AS digests,
  [a IN nodes | CASE WHEN a.leafIndex < $asOf THEN a.occurredAt END] AS times`,
};

export interface LineageWalkDownstreamParams {
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
  readonly afterDepth: number;
  readonly afterSeq: number;
  readonly first: number;
}

export interface LineageWalkDownstreamRow {
  readonly id: string;
  readonly seq: number;
  readonly depth: number;
}

/**
 * One page of a closure in the order (depth, seq), after a given position. Follows the arrows backwards. It never enters decisions (a model can have 10^8 of them; decision
 * groups count them), and does not blame data for the features that were once defined on it (DERIVED_FROM_DATA is left out).
 * The pattern with min(length) plans as a pruning breadth-first walk: cost is edges, never paths. Its rows come by
 * depth, and the planner knows: it sorts level by level (PartialTop) and stops the walk when the page is full.
 * Without filters in a statement of its own: a predicate on every edge that is true for all of them doubles the time,
 * and so does a label on the end, which every end of these types has anyway.
 */
export const lineageWalkDownstream: Statement<LineageWalkDownstreamParams, LineageWalkDownstreamRow> = {
  name: 'lineage/walk-downstream',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"},"maxDepth":{"is":"Int"},"afterDepth":{"is":"Int"},"afterSeq":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"},"seq":{"is":"Int"},"depth":{"is":"Int"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)","PartialTop"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*1..]-(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH a, min(length(q)) AS depth
WHERE depth <= $maxDepth
WITH a, a.seq AS seq, depth
WHERE depth > $afterDepth OR (depth = $afterDepth AND seq > $afterSeq)
WITH a, seq, depth
ORDER BY depth, seq
LIMIT $first
RETURN a.id AS id, seq, depth`,
};

export interface LineageWalkFilteredDownstreamParams {
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
  readonly edges: ReadonlyArray<string> | null;
  readonly kinds: ReadonlyArray<string> | null;
  readonly namespaces: ReadonlyArray<string> | null;
  readonly occurredFrom: number | null;
  readonly occurredTo: number | null;
  readonly classifications: ReadonlyArray<string> | null;
  readonly declared: boolean | null;
  readonly runStates: ReadonlyArray<string> | null;
  readonly afterDepth: number;
  readonly afterSeq: number;
  readonly first: number;
}

export interface LineageWalkFilteredDownstreamRow {
  readonly id: string;
  readonly seq: number;
  readonly depth: number;
}

/**
 * One page of a closure in the order (depth, seq), after a given position. Follows the arrows backwards. It never enters decisions (a model can have 10^8 of them; decision
 * groups count them), and does not blame data for the features that were once defined on it (DERIVED_FROM_DATA is left out).
 * The pattern with min(length) plans as a pruning breadth-first walk: cost is edges, never paths. Its rows come by
 * depth, and the planner knows: it sorts level by level (PartialTop or PartialSort) and stops the walk when the page is full.
 * The filters choose what is returned, the way leads through everything; only "edges" prunes the walk. What a node
 * says about itself is looked at only if it was declared by then: before that it was a placeholder. A run has the
 * first final state that one of its events gave it.
 */
export const lineageWalkFilteredDownstream: Statement<LineageWalkFilteredDownstreamParams, LineageWalkFilteredDownstreamRow> = {
  name: 'lineage/walk-filtered-downstream',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"},"maxDepth":{"is":"Int"},"edges":{"is":"List","of":{"is":"String"},"nullable":true},"kinds":{"is":"List","of":{"is":"String"},"nullable":true},"namespaces":{"is":"List","of":{"is":"String"},"nullable":true},"occurredFrom":{"is":"Int","nullable":true},"occurredTo":{"is":"Int","nullable":true},"classifications":{"is":"List","of":{"is":"String"},"nullable":true},"declared":{"is":"Boolean","nullable":true},"runStates":{"is":"List","of":{"is":"String"},"nullable":true},"afterDepth":{"is":"Int"},"afterSeq":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"},"seq":{"is":"Int"},"depth":{"is":"Int"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)","!Sort","!Top"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*1..]-(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until AND ($edges IS NULL OR type(x) IN $edges))
WITH a, min(length(q)) AS depth
WHERE depth <= $maxDepth
  AND ($kinds IS NULL OR any(kind IN $kinds WHERE kind IN labels(a)))
  AND ($namespaces IS NULL OR a.namespace IN $namespaces)
  AND ($declared IS NULL OR coalesce(a.leafIndex < $asOf, false) = $declared)
  AND ($occurredFrom IS NULL OR (a.leafIndex < $asOf AND a.occurredAt >= $occurredFrom))
  AND ($occurredTo IS NULL OR (a.leafIndex < $asOf AND a.occurredAt < $occurredTo))
  AND ($classifications IS NULL OR (a.leafIndex < $asOf AND a.classification IN $classifications))
  AND ($runStates IS NULL OR (a:Transform AND coalesce(head(COLLECT {
    MATCH (a)<-[about:ABOUT]-(event:Attestation {type: 'SUPPLEMENTS'})
    WHERE about.since < $asOf AND event.state IN ['COMPLETED', 'FAILED', 'ABORTED']
    RETURN event.state ORDER BY event.occurredAt, event.leafIndex LIMIT 1
  }), 'UNFINISHED') IN $runStates))
WITH a, a.seq AS seq, depth
WHERE depth > $afterDepth OR (depth = $afterDepth AND seq > $afterSeq)
WITH a, seq, depth
ORDER BY depth, seq
LIMIT $first
RETURN a.id AS id, seq, depth`,
};

export interface LineageWalkFilteredUpstreamParams {
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
  readonly edges: ReadonlyArray<string> | null;
  readonly kinds: ReadonlyArray<string> | null;
  readonly namespaces: ReadonlyArray<string> | null;
  readonly occurredFrom: number | null;
  readonly occurredTo: number | null;
  readonly classifications: ReadonlyArray<string> | null;
  readonly declared: boolean | null;
  readonly runStates: ReadonlyArray<string> | null;
  readonly afterDepth: number;
  readonly afterSeq: number;
  readonly first: number;
}

export interface LineageWalkFilteredUpstreamRow {
  readonly id: string;
  readonly seq: number;
  readonly depth: number;
}

/**
 * One page of a closure in the order (depth, seq), after a given position. Follows the arrows from effect to cause.
 * The pattern with min(length) plans as a pruning breadth-first walk: cost is edges, never paths. Its rows come by
 * depth, and the planner knows: it sorts level by level (PartialTop or PartialSort) and stops the walk when the page is full.
 * The filters choose what is returned, the way leads through everything; only "edges" prunes the walk. What a node
 * says about itself is looked at only if it was declared by then: before that it was a placeholder. A run has the
 * first final state that one of its events gave it.
 */
export const lineageWalkFilteredUpstream: Statement<LineageWalkFilteredUpstreamParams, LineageWalkFilteredUpstreamRow> = {
  name: 'lineage/walk-filtered-upstream',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"},"maxDepth":{"is":"Int"},"edges":{"is":"List","of":{"is":"String"},"nullable":true},"kinds":{"is":"List","of":{"is":"String"},"nullable":true},"namespaces":{"is":"List","of":{"is":"String"},"nullable":true},"occurredFrom":{"is":"Int","nullable":true},"occurredTo":{"is":"Int","nullable":true},"classifications":{"is":"List","of":{"is":"String"},"nullable":true},"declared":{"is":"Boolean","nullable":true},"runStates":{"is":"List","of":{"is":"String"},"nullable":true},"afterDepth":{"is":"Int"},"afterSeq":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"},"seq":{"is":"Int"},"depth":{"is":"Int"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)","!Sort","!Top"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*1..]->(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until AND ($edges IS NULL OR type(x) IN $edges))
WITH a, min(length(q)) AS depth
WHERE depth <= $maxDepth
  AND ($kinds IS NULL OR any(kind IN $kinds WHERE kind IN labels(a)))
  AND ($namespaces IS NULL OR a.namespace IN $namespaces)
  AND ($declared IS NULL OR coalesce(a.leafIndex < $asOf, false) = $declared)
  AND ($occurredFrom IS NULL OR (a.leafIndex < $asOf AND a.occurredAt >= $occurredFrom))
  AND ($occurredTo IS NULL OR (a.leafIndex < $asOf AND a.occurredAt < $occurredTo))
  AND ($classifications IS NULL OR (a.leafIndex < $asOf AND a.classification IN $classifications))
  AND ($runStates IS NULL OR (a:Transform AND coalesce(head(COLLECT {
    MATCH (a)<-[about:ABOUT]-(event:Attestation {type: 'SUPPLEMENTS'})
    WHERE about.since < $asOf AND event.state IN ['COMPLETED', 'FAILED', 'ABORTED']
    RETURN event.state ORDER BY event.occurredAt, event.leafIndex LIMIT 1
  }), 'UNFINISHED') IN $runStates))
WITH a, a.seq AS seq, depth
WHERE depth > $afterDepth OR (depth = $afterDepth AND seq > $afterSeq)
WITH a, seq, depth
ORDER BY depth, seq
LIMIT $first
RETURN a.id AS id, seq, depth`,
};

export interface LineageWalkGroupsDownstreamParams {
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
  readonly edges: ReadonlyArray<string> | null;
  readonly kinds: ReadonlyArray<string> | null;
  readonly namespaces: ReadonlyArray<string> | null;
  readonly occurredFrom: number | null;
  readonly occurredTo: number | null;
  readonly classifications: ReadonlyArray<string> | null;
  readonly declared: boolean | null;
  readonly runStates: ReadonlyArray<string> | null;
  readonly byDepth: boolean;
  readonly afterDepth: number;
  readonly afterSeq: number;
  readonly first: number;
}

export interface LineageWalkGroupsDownstreamRow {
  readonly labels: ReadonlyArray<string>;
  readonly namespace: string;
  readonly name: string;
  readonly depth: number;
  readonly deepest: number;
  readonly seq: number;
  readonly id: string;
  readonly oldestDepth: number;
  readonly count: number;
}

/**
 * One page of a closure with versions and runs of one name taken together, at one depth or at all of them, in the order
 * (nearest depth, first mention), after a given position. Follows the arrows backwards. It never enters decisions (a model can have 10^8 of them; decision
 * groups count them), and does not blame data for the features that were once defined on it (DERIVED_FROM_DATA is left out).
 * Grouped on the database: a job that ran a million times is one row. Every node is in one group, so counts add up.
 * The filters choose what is returned, the way leads through everything; only "edges" prunes the walk. What a node
 * says about itself is looked at only if it was declared by then: before that it was a placeholder. A run has the
 * first final state that one of its events gave it.
 */
export const lineageWalkGroupsDownstream: Statement<LineageWalkGroupsDownstreamParams, LineageWalkGroupsDownstreamRow> = {
  name: 'lineage/walk-groups-downstream',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"},"maxDepth":{"is":"Int"},"edges":{"is":"List","of":{"is":"String"},"nullable":true},"kinds":{"is":"List","of":{"is":"String"},"nullable":true},"namespaces":{"is":"List","of":{"is":"String"},"nullable":true},"occurredFrom":{"is":"Int","nullable":true},"occurredTo":{"is":"Int","nullable":true},"classifications":{"is":"List","of":{"is":"String"},"nullable":true},"declared":{"is":"Boolean","nullable":true},"runStates":{"is":"List","of":{"is":"String"},"nullable":true},"byDepth":{"is":"Boolean"},"afterDepth":{"is":"Int"},"afterSeq":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"labels":{"is":"List","of":{"is":"String"}},"namespace":{"is":"String"},"name":{"is":"String"},"depth":{"is":"Int"},"deepest":{"is":"Int"},"seq":{"is":"Int"},"id":{"is":"String"},"oldestDepth":{"is":"Int"},"count":{"is":"Int"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*1..]-(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until AND ($edges IS NULL OR type(x) IN $edges))
WITH a, min(length(q)) AS depth
WHERE depth <= $maxDepth
  AND ($kinds IS NULL OR any(kind IN $kinds WHERE kind IN labels(a)))
  AND ($namespaces IS NULL OR a.namespace IN $namespaces)
  AND ($declared IS NULL OR coalesce(a.leafIndex < $asOf, false) = $declared)
  AND ($occurredFrom IS NULL OR (a.leafIndex < $asOf AND a.occurredAt >= $occurredFrom))
  AND ($occurredTo IS NULL OR (a.leafIndex < $asOf AND a.occurredAt < $occurredTo))
  AND ($classifications IS NULL OR (a.leafIndex < $asOf AND a.classification IN $classifications))
  AND ($runStates IS NULL OR (a:Transform AND coalesce(head(COLLECT {
    MATCH (a)<-[about:ABOUT]-(event:Attestation {type: 'SUPPLEMENTS'})
    WHERE about.since < $asOf AND event.state IN ['COMPLETED', 'FAILED', 'ABORTED']
    RETURN event.state ORDER BY event.occurredAt, event.leafIndex LIMIT 1
  }), 'UNFINISHED') IN $runStates))
WITH [label IN labels(a) WHERE label <> 'Amended'] AS labels, a.namespace AS namespace, a.name AS name, a, depth,
  CASE WHEN $byDepth THEN depth END AS level
WITH labels, namespace, name, level, min(depth) AS depth, max(depth) AS deepest, min([a.seq, a.id, depth]) AS oldest,
  count(*) AS count
WITH labels, namespace, name, depth, deepest, oldest[0] AS seq, oldest[1] AS id, oldest[2] AS oldestDepth, count
WHERE depth > $afterDepth OR (depth = $afterDepth AND seq > $afterSeq)
RETURN labels, namespace, name, depth, deepest, seq, id, oldestDepth, count
ORDER BY depth, seq
LIMIT $first`,
};

export interface LineageWalkGroupsPresentDownstreamParams {
  readonly log: string;
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
  readonly kinds: ReadonlyArray<string> | null;
  readonly namespaces: ReadonlyArray<string> | null;
  readonly occurredFrom: number | null;
  readonly occurredTo: number | null;
  readonly classifications: ReadonlyArray<string> | null;
  readonly declared: boolean | null;
  readonly runStates: ReadonlyArray<string> | null;
  readonly byDepth: boolean;
  readonly afterDepth: number;
  readonly afterSeq: number;
  readonly first: number;
}

export interface LineageWalkGroupsPresentDownstreamRow {
  readonly page: ReadonlyArray<{ readonly kind: string; readonly namespace: string; readonly name: string; readonly depth: number; readonly deepest: number; readonly seq: number; readonly id: string; readonly oldestDepth: number; readonly count: number }>;
}

/**
 * walk-groups-downstream as of the present head, for walks along all types of edges. Follows the arrows backwards.
 * No interval is looked at, which halves the cost; count-present-downstream says when that may be. If it may not, there is no
 * row. The page is one list, so that an empty one is told apart from that.
 */
export const lineageWalkGroupsPresentDownstream: Statement<LineageWalkGroupsPresentDownstreamParams, LineageWalkGroupsPresentDownstreamRow> = {
  name: 'lineage/walk-groups-present-downstream',
  mode: 'read',
  params: {"log":{"is":"String"},"of":{"is":"String"},"asOf":{"is":"Int"},"maxDepth":{"is":"Int"},"kinds":{"is":"List","of":{"is":"String"},"nullable":true},"namespaces":{"is":"List","of":{"is":"String"},"nullable":true},"occurredFrom":{"is":"Int","nullable":true},"occurredTo":{"is":"Int","nullable":true},"classifications":{"is":"List","of":{"is":"String"},"nullable":true},"declared":{"is":"Boolean","nullable":true},"runStates":{"is":"List","of":{"is":"String"},"nullable":true},"byDepth":{"is":"Boolean"},"afterDepth":{"is":"Int"},"afterSeq":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"page":{"is":"List","of":{"is":"Record","fields":{"kind":{"is":"String"},"namespace":{"is":"String"},"name":{"is":"String"},"depth":{"is":"Int"},"deepest":{"is":"Int"},"seq":{"is":"Int"},"id":{"is":"String"},"oldestDepth":{"is":"Int"},"count":{"is":"Int"}}}}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)<-[:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*1..]-(a)
WITH a, min(length(q)) AS depth
WITH a, depth, coalesce(depth <= $maxDepth
  AND ($kinds IS NULL OR any(kind IN $kinds WHERE kind IN labels(a)))
  AND ($namespaces IS NULL OR a.namespace IN $namespaces)
  AND ($declared IS NULL OR coalesce(a.leafIndex < $asOf, false) = $declared)
  AND ($occurredFrom IS NULL OR (a.leafIndex < $asOf AND a.occurredAt >= $occurredFrom))
  AND ($occurredTo IS NULL OR (a.leafIndex < $asOf AND a.occurredAt < $occurredTo))
  AND ($classifications IS NULL OR (a.leafIndex < $asOf AND a.classification IN $classifications))
  AND ($runStates IS NULL OR (a:Transform AND coalesce(head(COLLECT {
    MATCH (a)<-[about:ABOUT]-(event:Attestation {type: 'SUPPLEMENTS'})
    WHERE about.since < $asOf AND event.state IN ['COMPLETED', 'FAILED', 'ABORTED']
    RETURN event.state ORDER BY event.occurredAt, event.leafIndex LIMIT 1
  }), 'UNFINISHED') IN $runStates)), false) AS isWanted
WITH CASE WHEN a:Amended THEN 'Amended' WHEN NOT isWanted THEN 'None' WHEN a:Transform THEN 'Transform'
    WHEN a:Dataset THEN 'Dataset' WHEN a:FeatureDef THEN 'FeatureDef' WHEN a:Model THEN 'Model' ELSE 'Prediction' END AS kind,
  CASE WHEN isWanted THEN a.namespace END AS namespace, CASE WHEN isWanted THEN a.name END AS name, a, depth,
  CASE WHEN isWanted AND $byDepth THEN depth END AS level
WITH kind, namespace, name, level, min(depth) AS depth, max(depth) AS deepest, min([a.seq, a.id, depth]) AS oldest,
  count(*) AS count
WITH collect({kind: kind, namespace: namespace, name: name, depth: depth, deepest: deepest, seq: oldest[0], id: oldest[1],
  oldestDepth: oldest[2], count: count}) AS groups
MATCH (h:LogHead {log: $log})
MATCH (n:Artifact {id: $of})
WHERE h.size = $asOf AND h.inOrder AND NOT n:Amended AND none(row IN groups WHERE row.kind = 'Amended')
CALL (groups) {
  UNWIND groups AS row
  WITH row, row.depth AS depth, row.seq AS seq
  WHERE row.kind <> 'None' AND (depth > $afterDepth OR (depth = $afterDepth AND seq > $afterSeq))
  WITH row ORDER BY depth, seq LIMIT $first
  RETURN collect(row) AS page
}
RETURN page`,
};

export interface LineageWalkGroupsPresentUpstreamParams {
  readonly log: string;
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
  readonly kinds: ReadonlyArray<string> | null;
  readonly namespaces: ReadonlyArray<string> | null;
  readonly occurredFrom: number | null;
  readonly occurredTo: number | null;
  readonly classifications: ReadonlyArray<string> | null;
  readonly declared: boolean | null;
  readonly runStates: ReadonlyArray<string> | null;
  readonly byDepth: boolean;
  readonly afterDepth: number;
  readonly afterSeq: number;
  readonly first: number;
}

export interface LineageWalkGroupsPresentUpstreamRow {
  readonly page: ReadonlyArray<{ readonly kind: string; readonly namespace: string; readonly name: string; readonly depth: number; readonly deepest: number; readonly seq: number; readonly id: string; readonly oldestDepth: number; readonly count: number }>;
}

/**
 * walk-groups-upstream as of the present head, for walks along all types of edges. Follows the arrows from effect to cause.
 * No interval is looked at, which halves the cost; count-present-upstream says when that may be. If it may not, there is no
 * row. The page is one list, so that an empty one is told apart from that.
 */
export const lineageWalkGroupsPresentUpstream: Statement<LineageWalkGroupsPresentUpstreamParams, LineageWalkGroupsPresentUpstreamRow> = {
  name: 'lineage/walk-groups-present-upstream',
  mode: 'read',
  params: {"log":{"is":"String"},"of":{"is":"String"},"asOf":{"is":"Int"},"maxDepth":{"is":"Int"},"kinds":{"is":"List","of":{"is":"String"},"nullable":true},"namespaces":{"is":"List","of":{"is":"String"},"nullable":true},"occurredFrom":{"is":"Int","nullable":true},"occurredTo":{"is":"Int","nullable":true},"classifications":{"is":"List","of":{"is":"String"},"nullable":true},"declared":{"is":"Boolean","nullable":true},"runStates":{"is":"List","of":{"is":"String"},"nullable":true},"byDepth":{"is":"Boolean"},"afterDepth":{"is":"Int"},"afterSeq":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"page":{"is":"List","of":{"is":"Record","fields":{"kind":{"is":"String"},"namespace":{"is":"String"},"name":{"is":"String"},"depth":{"is":"Int"},"deepest":{"is":"Int"},"seq":{"is":"Int"},"id":{"is":"String"},"oldestDepth":{"is":"Int"},"count":{"is":"Int"}}}}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)-[:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*1..]->(a)
WITH a, min(length(q)) AS depth
WITH a, depth, coalesce(depth <= $maxDepth
  AND ($kinds IS NULL OR any(kind IN $kinds WHERE kind IN labels(a)))
  AND ($namespaces IS NULL OR a.namespace IN $namespaces)
  AND ($declared IS NULL OR coalesce(a.leafIndex < $asOf, false) = $declared)
  AND ($occurredFrom IS NULL OR (a.leafIndex < $asOf AND a.occurredAt >= $occurredFrom))
  AND ($occurredTo IS NULL OR (a.leafIndex < $asOf AND a.occurredAt < $occurredTo))
  AND ($classifications IS NULL OR (a.leafIndex < $asOf AND a.classification IN $classifications))
  AND ($runStates IS NULL OR (a:Transform AND coalesce(head(COLLECT {
    MATCH (a)<-[about:ABOUT]-(event:Attestation {type: 'SUPPLEMENTS'})
    WHERE about.since < $asOf AND event.state IN ['COMPLETED', 'FAILED', 'ABORTED']
    RETURN event.state ORDER BY event.occurredAt, event.leafIndex LIMIT 1
  }), 'UNFINISHED') IN $runStates)), false) AS isWanted
WITH CASE WHEN a:Amended THEN 'Amended' WHEN NOT isWanted THEN 'None' WHEN a:Transform THEN 'Transform'
    WHEN a:Dataset THEN 'Dataset' WHEN a:FeatureDef THEN 'FeatureDef' WHEN a:Model THEN 'Model' ELSE 'Prediction' END AS kind,
  CASE WHEN isWanted THEN a.namespace END AS namespace, CASE WHEN isWanted THEN a.name END AS name, a, depth,
  CASE WHEN isWanted AND $byDepth THEN depth END AS level
WITH kind, namespace, name, level, min(depth) AS depth, max(depth) AS deepest, min([a.seq, a.id, depth]) AS oldest,
  count(*) AS count
WITH collect({kind: kind, namespace: namespace, name: name, depth: depth, deepest: deepest, seq: oldest[0], id: oldest[1],
  oldestDepth: oldest[2], count: count}) AS groups
MATCH (h:LogHead {log: $log})
MATCH (n:Artifact {id: $of})
WHERE h.size = $asOf AND h.inOrder AND NOT n:Amended AND none(row IN groups WHERE row.kind = 'Amended')
CALL (groups) {
  UNWIND groups AS row
  WITH row, row.depth AS depth, row.seq AS seq
  WHERE row.kind <> 'None' AND (depth > $afterDepth OR (depth = $afterDepth AND seq > $afterSeq))
  WITH row ORDER BY depth, seq LIMIT $first
  RETURN collect(row) AS page
}
RETURN page`,
};

export interface LineageWalkGroupsUpstreamParams {
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
  readonly edges: ReadonlyArray<string> | null;
  readonly kinds: ReadonlyArray<string> | null;
  readonly namespaces: ReadonlyArray<string> | null;
  readonly occurredFrom: number | null;
  readonly occurredTo: number | null;
  readonly classifications: ReadonlyArray<string> | null;
  readonly declared: boolean | null;
  readonly runStates: ReadonlyArray<string> | null;
  readonly byDepth: boolean;
  readonly afterDepth: number;
  readonly afterSeq: number;
  readonly first: number;
}

export interface LineageWalkGroupsUpstreamRow {
  readonly labels: ReadonlyArray<string>;
  readonly namespace: string;
  readonly name: string;
  readonly depth: number;
  readonly deepest: number;
  readonly seq: number;
  readonly id: string;
  readonly oldestDepth: number;
  readonly count: number;
}

/**
 * One page of a closure with versions and runs of one name taken together, at one depth or at all of them, in the order
 * (nearest depth, first mention), after a given position. Follows the arrows from effect to cause.
 * Grouped on the database: a job that ran a million times is one row. Every node is in one group, so counts add up.
 * The filters choose what is returned, the way leads through everything; only "edges" prunes the walk. What a node
 * says about itself is looked at only if it was declared by then: before that it was a placeholder. A run has the
 * first final state that one of its events gave it.
 */
export const lineageWalkGroupsUpstream: Statement<LineageWalkGroupsUpstreamParams, LineageWalkGroupsUpstreamRow> = {
  name: 'lineage/walk-groups-upstream',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"},"maxDepth":{"is":"Int"},"edges":{"is":"List","of":{"is":"String"},"nullable":true},"kinds":{"is":"List","of":{"is":"String"},"nullable":true},"namespaces":{"is":"List","of":{"is":"String"},"nullable":true},"occurredFrom":{"is":"Int","nullable":true},"occurredTo":{"is":"Int","nullable":true},"classifications":{"is":"List","of":{"is":"String"},"nullable":true},"declared":{"is":"Boolean","nullable":true},"runStates":{"is":"List","of":{"is":"String"},"nullable":true},"byDepth":{"is":"Boolean"},"afterDepth":{"is":"Int"},"afterSeq":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"labels":{"is":"List","of":{"is":"String"}},"namespace":{"is":"String"},"name":{"is":"String"},"depth":{"is":"Int"},"deepest":{"is":"Int"},"seq":{"is":"Int"},"id":{"is":"String"},"oldestDepth":{"is":"Int"},"count":{"is":"Int"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*1..]->(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until AND ($edges IS NULL OR type(x) IN $edges))
WITH a, min(length(q)) AS depth
WHERE depth <= $maxDepth
  AND ($kinds IS NULL OR any(kind IN $kinds WHERE kind IN labels(a)))
  AND ($namespaces IS NULL OR a.namespace IN $namespaces)
  AND ($declared IS NULL OR coalesce(a.leafIndex < $asOf, false) = $declared)
  AND ($occurredFrom IS NULL OR (a.leafIndex < $asOf AND a.occurredAt >= $occurredFrom))
  AND ($occurredTo IS NULL OR (a.leafIndex < $asOf AND a.occurredAt < $occurredTo))
  AND ($classifications IS NULL OR (a.leafIndex < $asOf AND a.classification IN $classifications))
  AND ($runStates IS NULL OR (a:Transform AND coalesce(head(COLLECT {
    MATCH (a)<-[about:ABOUT]-(event:Attestation {type: 'SUPPLEMENTS'})
    WHERE about.since < $asOf AND event.state IN ['COMPLETED', 'FAILED', 'ABORTED']
    RETURN event.state ORDER BY event.occurredAt, event.leafIndex LIMIT 1
  }), 'UNFINISHED') IN $runStates))
WITH [label IN labels(a) WHERE label <> 'Amended'] AS labels, a.namespace AS namespace, a.name AS name, a, depth,
  CASE WHEN $byDepth THEN depth END AS level
WITH labels, namespace, name, level, min(depth) AS depth, max(depth) AS deepest, min([a.seq, a.id, depth]) AS oldest,
  count(*) AS count
WITH labels, namespace, name, depth, deepest, oldest[0] AS seq, oldest[1] AS id, oldest[2] AS oldestDepth, count
WHERE depth > $afterDepth OR (depth = $afterDepth AND seq > $afterSeq)
RETURN labels, namespace, name, depth, deepest, seq, id, oldestDepth, count
ORDER BY depth, seq
LIMIT $first`,
};

export interface LineageWalkPresentDownstreamParams {
  readonly log: string;
  readonly of: string;
  readonly maxDepth: number;
  readonly first: number;
}

export interface LineageWalkPresentDownstreamRow {
  readonly ids: ReadonlyArray<string>;
  readonly seqs: ReadonlyArray<number>;
  readonly depths: ReadonlyArray<number>;
  readonly size: number;
}

/**
 * The first page of a closure as of the present head, in the order (depth, seq). Goes against the arrows, from cause to effect.
 * No interval is looked at, and no point is needed, so it can be sent together with the statement that reads the head:
 * the answer counts only if "size", the head's size after the walk, is still that one. Then nothing newer was met
 * (count-present-upstream says why). And no edge was ended by which the walk came to these nodes, because none of them
 * has the label "Amended": every node on a shortest way to one of a first page is nearer, and so on the page itself.
 * Else there is no row, and the caller walks again with the intervals.
 */
export const lineageWalkPresentDownstream: Statement<LineageWalkPresentDownstreamParams, LineageWalkPresentDownstreamRow> = {
  name: 'lineage/walk-present-downstream',
  mode: 'read',
  params: {"log":{"is":"String"},"of":{"is":"String"},"maxDepth":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"ids":{"is":"List","of":{"is":"String"}},"seqs":{"is":"List","of":{"is":"Int"}},"depths":{"is":"List","of":{"is":"Int"}},"size":{"is":"Int"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)","PartialTop"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)<-[:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*1..]-(a)
WITH a, min(length(q)) AS depth
WHERE depth <= $maxDepth
WITH a, a.seq AS seq, depth
ORDER BY depth, seq
LIMIT $first
WITH collect(a.id) AS ids, collect(seq) AS seqs, collect(depth) AS depths, collect(a:Amended) AS amended
MATCH (h:LogHead {log: $log})
MATCH (n:Artifact {id: $of})
WHERE h.inOrder AND NOT n:Amended AND NOT true IN amended
RETURN ids, seqs, depths, h.size AS size`,
};

export interface LineageWalkPresentUpstreamParams {
  readonly log: string;
  readonly of: string;
  readonly maxDepth: number;
  readonly first: number;
}

export interface LineageWalkPresentUpstreamRow {
  readonly ids: ReadonlyArray<string>;
  readonly seqs: ReadonlyArray<number>;
  readonly depths: ReadonlyArray<number>;
  readonly size: number;
}

/**
 * The first page of a closure as of the present head, in the order (depth, seq). Follows the arrows from effect to cause.
 * No interval is looked at, and no point is needed, so it can be sent together with the statement that reads the head:
 * the answer counts only if "size", the head's size after the walk, is still that one. Then nothing newer was met
 * (count-present-upstream says why). And no edge was ended by which the walk came to these nodes, because none of them
 * has the label "Amended": every node on a shortest way to one of a first page is nearer, and so on the page itself.
 * Else there is no row, and the caller walks again with the intervals.
 */
export const lineageWalkPresentUpstream: Statement<LineageWalkPresentUpstreamParams, LineageWalkPresentUpstreamRow> = {
  name: 'lineage/walk-present-upstream',
  mode: 'read',
  params: {"log":{"is":"String"},"of":{"is":"String"},"maxDepth":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"ids":{"is":"List","of":{"is":"String"}},"seqs":{"is":"List","of":{"is":"Int"}},"depths":{"is":"List","of":{"is":"Int"}},"size":{"is":"Int"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)","PartialTop"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)-[:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*1..]->(a)
WITH a, min(length(q)) AS depth
WHERE depth <= $maxDepth
WITH a, a.seq AS seq, depth
ORDER BY depth, seq
LIMIT $first
WITH collect(a.id) AS ids, collect(seq) AS seqs, collect(depth) AS depths, collect(a:Amended) AS amended
MATCH (h:LogHead {log: $log})
MATCH (n:Artifact {id: $of})
WHERE h.inOrder AND NOT n:Amended AND NOT true IN amended
RETURN ids, seqs, depths, h.size AS size`,
};

export interface LineageWalkTypedGroupsPresentDownstreamParams {
  readonly log: string;
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
  readonly edges: ReadonlyArray<string>;
  readonly kinds: ReadonlyArray<string> | null;
  readonly namespaces: ReadonlyArray<string> | null;
  readonly occurredFrom: number | null;
  readonly occurredTo: number | null;
  readonly classifications: ReadonlyArray<string> | null;
  readonly declared: boolean | null;
  readonly runStates: ReadonlyArray<string> | null;
  readonly byDepth: boolean;
  readonly afterDepth: number;
  readonly afterSeq: number;
  readonly first: number;
}

export interface LineageWalkTypedGroupsPresentDownstreamRow {
  readonly page: ReadonlyArray<{ readonly kind: string; readonly namespace: string; readonly name: string; readonly depth: number; readonly deepest: number; readonly seq: number; readonly id: string; readonly oldestDepth: number; readonly count: number }>;
}

/**
 * walk-groups-present-downstream for walks along some types of edges. Follows the arrows backwards.
 * In a statement of its own, because looking at the type of every edge costs as much again as the walk; looking at types
 * and intervals costs more than twice that. Types cannot be a parameter of the pattern: Neo4j 5.26 takes $any(…) there
 * and then follows all edges.
 * No interval is looked at, which halves the cost; count-present-downstream says when that may be. If it may not, there is no
 * row. The page is one list, so that an empty one is told apart from that.
 */
export const lineageWalkTypedGroupsPresentDownstream: Statement<LineageWalkTypedGroupsPresentDownstreamParams, LineageWalkTypedGroupsPresentDownstreamRow> = {
  name: 'lineage/walk-typed-groups-present-downstream',
  mode: 'read',
  params: {"log":{"is":"String"},"of":{"is":"String"},"asOf":{"is":"Int"},"maxDepth":{"is":"Int"},"edges":{"is":"List","of":{"is":"String"}},"kinds":{"is":"List","of":{"is":"String"},"nullable":true},"namespaces":{"is":"List","of":{"is":"String"},"nullable":true},"occurredFrom":{"is":"Int","nullable":true},"occurredTo":{"is":"Int","nullable":true},"classifications":{"is":"List","of":{"is":"String"},"nullable":true},"declared":{"is":"Boolean","nullable":true},"runStates":{"is":"List","of":{"is":"String"},"nullable":true},"byDepth":{"is":"Boolean"},"afterDepth":{"is":"Int"},"afterSeq":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"page":{"is":"List","of":{"is":"Record","fields":{"kind":{"is":"String"},"namespace":{"is":"String"},"name":{"is":"String"},"depth":{"is":"Int"},"deepest":{"is":"Int"},"seq":{"is":"Int"},"id":{"is":"String"},"oldestDepth":{"is":"Int"},"count":{"is":"Int"}}}}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*1..]-(a)
WHERE all(x IN r WHERE type(x) IN $edges)
WITH a, min(length(q)) AS depth
WITH a, depth, coalesce(depth <= $maxDepth
  AND ($kinds IS NULL OR any(kind IN $kinds WHERE kind IN labels(a)))
  AND ($namespaces IS NULL OR a.namespace IN $namespaces)
  AND ($declared IS NULL OR coalesce(a.leafIndex < $asOf, false) = $declared)
  AND ($occurredFrom IS NULL OR (a.leafIndex < $asOf AND a.occurredAt >= $occurredFrom))
  AND ($occurredTo IS NULL OR (a.leafIndex < $asOf AND a.occurredAt < $occurredTo))
  AND ($classifications IS NULL OR (a.leafIndex < $asOf AND a.classification IN $classifications))
  AND ($runStates IS NULL OR (a:Transform AND coalesce(head(COLLECT {
    MATCH (a)<-[about:ABOUT]-(event:Attestation {type: 'SUPPLEMENTS'})
    WHERE about.since < $asOf AND event.state IN ['COMPLETED', 'FAILED', 'ABORTED']
    RETURN event.state ORDER BY event.occurredAt, event.leafIndex LIMIT 1
  }), 'UNFINISHED') IN $runStates)), false) AS isWanted
WITH CASE WHEN a:Amended THEN 'Amended' WHEN NOT isWanted THEN 'None' WHEN a:Transform THEN 'Transform'
    WHEN a:Dataset THEN 'Dataset' WHEN a:FeatureDef THEN 'FeatureDef' WHEN a:Model THEN 'Model' ELSE 'Prediction' END AS kind,
  CASE WHEN isWanted THEN a.namespace END AS namespace, CASE WHEN isWanted THEN a.name END AS name, a, depth,
  CASE WHEN isWanted AND $byDepth THEN depth END AS level
WITH kind, namespace, name, level, min(depth) AS depth, max(depth) AS deepest, min([a.seq, a.id, depth]) AS oldest,
  count(*) AS count
WITH collect({kind: kind, namespace: namespace, name: name, depth: depth, deepest: deepest, seq: oldest[0], id: oldest[1],
  oldestDepth: oldest[2], count: count}) AS groups
MATCH (h:LogHead {log: $log})
MATCH (n:Artifact {id: $of})
WHERE h.size = $asOf AND h.inOrder AND NOT n:Amended AND none(row IN groups WHERE row.kind = 'Amended')
CALL (groups) {
  UNWIND groups AS row
  WITH row, row.depth AS depth, row.seq AS seq
  WHERE row.kind <> 'None' AND (depth > $afterDepth OR (depth = $afterDepth AND seq > $afterSeq))
  WITH row ORDER BY depth, seq LIMIT $first
  RETURN collect(row) AS page
}
RETURN page`,
};

export interface LineageWalkTypedGroupsPresentUpstreamParams {
  readonly log: string;
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
  readonly edges: ReadonlyArray<string>;
  readonly kinds: ReadonlyArray<string> | null;
  readonly namespaces: ReadonlyArray<string> | null;
  readonly occurredFrom: number | null;
  readonly occurredTo: number | null;
  readonly classifications: ReadonlyArray<string> | null;
  readonly declared: boolean | null;
  readonly runStates: ReadonlyArray<string> | null;
  readonly byDepth: boolean;
  readonly afterDepth: number;
  readonly afterSeq: number;
  readonly first: number;
}

export interface LineageWalkTypedGroupsPresentUpstreamRow {
  readonly page: ReadonlyArray<{ readonly kind: string; readonly namespace: string; readonly name: string; readonly depth: number; readonly deepest: number; readonly seq: number; readonly id: string; readonly oldestDepth: number; readonly count: number }>;
}

/**
 * walk-groups-present-upstream for walks along some types of edges. Follows the arrows from effect to cause.
 * In a statement of its own, because looking at the type of every edge costs as much again as the walk; looking at types
 * and intervals costs more than twice that. Types cannot be a parameter of the pattern: Neo4j 5.26 takes $any(…) there
 * and then follows all edges.
 * No interval is looked at, which halves the cost; count-present-upstream says when that may be. If it may not, there is no
 * row. The page is one list, so that an empty one is told apart from that.
 */
export const lineageWalkTypedGroupsPresentUpstream: Statement<LineageWalkTypedGroupsPresentUpstreamParams, LineageWalkTypedGroupsPresentUpstreamRow> = {
  name: 'lineage/walk-typed-groups-present-upstream',
  mode: 'read',
  params: {"log":{"is":"String"},"of":{"is":"String"},"asOf":{"is":"Int"},"maxDepth":{"is":"Int"},"edges":{"is":"List","of":{"is":"String"}},"kinds":{"is":"List","of":{"is":"String"},"nullable":true},"namespaces":{"is":"List","of":{"is":"String"},"nullable":true},"occurredFrom":{"is":"Int","nullable":true},"occurredTo":{"is":"Int","nullable":true},"classifications":{"is":"List","of":{"is":"String"},"nullable":true},"declared":{"is":"Boolean","nullable":true},"runStates":{"is":"List","of":{"is":"String"},"nullable":true},"byDepth":{"is":"Boolean"},"afterDepth":{"is":"Int"},"afterSeq":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"page":{"is":"List","of":{"is":"Record","fields":{"kind":{"is":"String"},"namespace":{"is":"String"},"name":{"is":"String"},"depth":{"is":"Int"},"deepest":{"is":"Int"},"seq":{"is":"Int"},"id":{"is":"String"},"oldestDepth":{"is":"Int"},"count":{"is":"Int"}}}}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*1..]->(a)
WHERE all(x IN r WHERE type(x) IN $edges)
WITH a, min(length(q)) AS depth
WITH a, depth, coalesce(depth <= $maxDepth
  AND ($kinds IS NULL OR any(kind IN $kinds WHERE kind IN labels(a)))
  AND ($namespaces IS NULL OR a.namespace IN $namespaces)
  AND ($declared IS NULL OR coalesce(a.leafIndex < $asOf, false) = $declared)
  AND ($occurredFrom IS NULL OR (a.leafIndex < $asOf AND a.occurredAt >= $occurredFrom))
  AND ($occurredTo IS NULL OR (a.leafIndex < $asOf AND a.occurredAt < $occurredTo))
  AND ($classifications IS NULL OR (a.leafIndex < $asOf AND a.classification IN $classifications))
  AND ($runStates IS NULL OR (a:Transform AND coalesce(head(COLLECT {
    MATCH (a)<-[about:ABOUT]-(event:Attestation {type: 'SUPPLEMENTS'})
    WHERE about.since < $asOf AND event.state IN ['COMPLETED', 'FAILED', 'ABORTED']
    RETURN event.state ORDER BY event.occurredAt, event.leafIndex LIMIT 1
  }), 'UNFINISHED') IN $runStates)), false) AS isWanted
WITH CASE WHEN a:Amended THEN 'Amended' WHEN NOT isWanted THEN 'None' WHEN a:Transform THEN 'Transform'
    WHEN a:Dataset THEN 'Dataset' WHEN a:FeatureDef THEN 'FeatureDef' WHEN a:Model THEN 'Model' ELSE 'Prediction' END AS kind,
  CASE WHEN isWanted THEN a.namespace END AS namespace, CASE WHEN isWanted THEN a.name END AS name, a, depth,
  CASE WHEN isWanted AND $byDepth THEN depth END AS level
WITH kind, namespace, name, level, min(depth) AS depth, max(depth) AS deepest, min([a.seq, a.id, depth]) AS oldest,
  count(*) AS count
WITH collect({kind: kind, namespace: namespace, name: name, depth: depth, deepest: deepest, seq: oldest[0], id: oldest[1],
  oldestDepth: oldest[2], count: count}) AS groups
MATCH (h:LogHead {log: $log})
MATCH (n:Artifact {id: $of})
WHERE h.size = $asOf AND h.inOrder AND NOT n:Amended AND none(row IN groups WHERE row.kind = 'Amended')
CALL (groups) {
  UNWIND groups AS row
  WITH row, row.depth AS depth, row.seq AS seq
  WHERE row.kind <> 'None' AND (depth > $afterDepth OR (depth = $afterDepth AND seq > $afterSeq))
  WITH row ORDER BY depth, seq LIMIT $first
  RETURN collect(row) AS page
}
RETURN page`,
};

export interface LineageWalkUpstreamParams {
  readonly of: string;
  readonly asOf: number;
  readonly maxDepth: number;
  readonly afterDepth: number;
  readonly afterSeq: number;
  readonly first: number;
}

export interface LineageWalkUpstreamRow {
  readonly id: string;
  readonly seq: number;
  readonly depth: number;
}

/**
 * One page of a closure in the order (depth, seq), after a given position. Follows the arrows from effect to cause.
 * The pattern with min(length) plans as a pruning breadth-first walk: cost is edges, never paths. Its rows come by
 * depth, and the planner knows: it sorts level by level (PartialTop) and stops the walk when the page is full.
 * Without filters in a statement of its own: a predicate on every edge that is true for all of them doubles the time,
 * and so does a label on the end, which every end of these types has anyway.
 */
export const lineageWalkUpstream: Statement<LineageWalkUpstreamParams, LineageWalkUpstreamRow> = {
  name: 'lineage/walk-upstream',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"},"maxDepth":{"is":"Int"},"afterDepth":{"is":"Int"},"afterSeq":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"},"seq":{"is":"Int"},"depth":{"is":"Int"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)","PartialTop"],
  text: `MATCH (n:Artifact {id: $of})
MATCH q = (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*1..]->(a)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH a, min(length(q)) AS depth
WHERE depth <= $maxDepth
WITH a, a.seq AS seq, depth
WHERE depth > $afterDepth OR (depth = $afterDepth AND seq > $afterSeq)
WITH a, seq, depth
ORDER BY depth, seq
LIMIT $first
RETURN a.id AS id, seq, depth`,
};

export interface LiveFilterDownstreamParams {
  readonly of: string;
  readonly asOf: number;
  readonly ids: ReadonlyArray<string>;
}

export interface LiveFilterDownstreamRow {
  readonly id: string;
}

/**
 * Which of some artifacts belong to a lineage, its root included: one pruned walk, however many were touched.
 */
export const liveFilterDownstream: Statement<LiveFilterDownstreamParams, LiveFilterDownstreamRow> = {
  name: 'live/filter-downstream',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"},"ids":{"is":"List","of":{"is":"String"}}},
  columns: {"id":{"is":"String"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH (n)<-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|USED_OUTPUT_OF|RESOLVED_TO*0..]-(a:Artifact)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH DISTINCT a
WHERE a.id IN $ids
RETURN a.id AS id`,
};

export interface LiveFilterUpstreamParams {
  readonly of: string;
  readonly asOf: number;
  readonly ids: ReadonlyArray<string>;
}

export interface LiveFilterUpstreamRow {
  readonly id: string;
}

/**
 * Which of some artifacts belong to a lineage, its root included: one pruned walk, however many were touched.
 */
export const liveFilterUpstream: Statement<LiveFilterUpstreamParams, LiveFilterUpstreamRow> = {
  name: 'live/filter-upstream',
  mode: 'read',
  params: {"of":{"is":"String"},"asOf":{"is":"Int"},"ids":{"is":"List","of":{"is":"String"}}},
  columns: {"id":{"is":"String"}},
  plan: ["VarLengthExpand(Pruning,BFS,All)"],
  text: `MATCH (n:Artifact {id: $of})
MATCH (n)-[r:PRODUCED_BY|READ|APPLIED|DERIVED_FROM|DERIVED_FROM_DATA|TRAINED_ON|EVALUATED_ON|TRAINED_BY|USES|TUNED_FROM|MEMBER|MADE_BY|SCORED|USED_OUTPUT_OF|RESOLVED_TO*0..]->(a:Artifact)
WHERE all(x IN r WHERE x.since < $asOf AND $asOf <= x.until)
WITH DISTINCT a
WHERE a.id IN $ids
RETURN a.id AS id`,
};

export interface LiveListAboutsParams {
  readonly ids: ReadonlyArray<string>;
}

export interface LiveListAboutsRow {
  readonly id: string;
  readonly about: ReadonlyArray<string>;
  readonly props: Readonly<Record<string, unknown>>;
}

/**
 * What some attestations are about, so that a reader who watches an artifact hears of them.
 */
export const liveListAbouts: Statement<LiveListAboutsParams, LiveListAboutsRow> = {
  name: 'live/list-abouts',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}}},
  columns: {"id":{"is":"String"},"about":{"is":"List","of":{"is":"String"}},"props":{"is":"Map"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (t:Attestation {id: id})
RETURN id, [(t)-[:ABOUT]->(a:Artifact) | a.id] AS about, properties(t) AS props`,
};

export interface LiveListEntriesParams {
  readonly log: string;
  readonly from: number;
  readonly to: number;
}

export interface LiveListEntriesRow {
  readonly start: number;
  readonly ids: ReadonlyArray<string>;
}

/**
 * What was recorded from one leaf index up to but not including another: ids of artifacts and attestations, in log order.
 * Bundles name their entries, so following the log needs no index on the leaf index of every node.
 */
export const liveListEntries: Statement<LiveListEntriesParams, LiveListEntriesRow> = {
  name: 'live/list-entries',
  mode: 'read',
  params: {"log":{"is":"String"},"from":{"is":"Int"},"to":{"is":"Int"}},
  columns: {"start":{"is":"Int"},"ids":{"is":"List","of":{"is":"String"}}},
  plan: ["NodeUniqueIndexSeek"],
  text: `MATCH (b:EntryBundle {log: $log})
WHERE b.start > $from - 256 AND b.start < $to
RETURN b.start AS start, b.ids AS ids
ORDER BY b.start`,
};

export interface LogAdvanceHeadParams {
  readonly log: string;
  readonly size: number;
  readonly at: number;
  readonly nextSeq: number;
  readonly nextGroup: number;
}

export type LogAdvanceHeadRow = Readonly<Record<never, never>>;

/**
 * Moves the head past the entries of this transaction; the lock taken at its beginning is still held.
 */
export const logAdvanceHead: Statement<LogAdvanceHeadParams, LogAdvanceHeadRow> = {
  name: 'log/advance-head',
  mode: 'write',
  params: {"log":{"is":"String"},"size":{"is":"Int"},"at":{"is":"Int"},"nextSeq":{"is":"Int"},"nextGroup":{"is":"Int"}},
  columns: {},
  plan: [],
  text: `MATCH (h:LogHead {log: $log})
SET h.size = $size, h.at = $at, h.nextSeq = $nextSeq, h.nextGroup = $nextGroup`,
};

export interface LogAppendBundlesParams {
  readonly log: string;
  readonly bundles: ReadonlyArray<{ readonly start: number; readonly count: number; readonly at: number; readonly ids: ReadonlyArray<string>; readonly bytes: Uint8Array }>;
}

export type LogAppendBundlesRow = Readonly<Record<never, never>>;

/**
 * Bundles are only ever added: a leaf's bytes are written once, with the nodes they stand for, and never rewritten.
 * They name their entries, for readers who follow the log.
 */
export const logAppendBundles: Statement<LogAppendBundlesParams, LogAppendBundlesRow> = {
  name: 'log/append-bundles',
  mode: 'write',
  params: {"log":{"is":"String"},"bundles":{"is":"List","of":{"is":"Record","fields":{"start":{"is":"Int"},"count":{"is":"Int"},"at":{"is":"Int"},"ids":{"is":"List","of":{"is":"String"}},"bytes":{"is":"Bytes"}}}}},
  columns: {},
  plan: [],
  text: `UNWIND $bundles AS bundle
CREATE (b:EntryBundle {log: $log, start: bundle.start, count: bundle.count, at: bundle.at})
SET b.ids = bundle.ids, b.bytes = bundle.bytes`,
};

export interface LogCreateHeadParams {
  readonly log: string;
  readonly format: number;
  readonly keyStore: string;
}

export type LogCreateHeadRow = Readonly<Record<never, never>>;

/**
 * Begins a log once; a server that starts later finds the head of the first and the key store it is pinned to.
 * "inOrder" says whether the database lets a new size of the head be seen before the edges that come with it, which the
 * walks of the present graph build on. The record store of the Community Edition does: it applies changed properties
 * before changed relationships and nodes (TransactionRecordState.extractCommands). Of other stores nothing is assumed.
 */
export const logCreateHead: Statement<LogCreateHeadParams, LogCreateHeadRow> = {
  name: 'log/create-head',
  mode: 'write',
  params: {"log":{"is":"String"},"format":{"is":"Int"},"keyStore":{"is":"String"}},
  columns: {},
  plan: [],
  text: `CALL dbms.components() YIELD edition
WITH any(edition IN collect(edition) WHERE edition = 'community') AS community
MERGE (h:LogHead {log: $log})
ON CREATE SET h.size = 0, h.at = 0, h.nextSeq = 0, h.nextGroup = 0, h.format = $format, h.keyStore = $keyStore
SET h.inOrder = community`,
};

export interface LogDropTilesParams {
  readonly log: string;
}

export type LogDropTilesRow = Readonly<Record<never, never>>;

/**
 * Forgets all tiles of a log, so that they are made again from its entries.
 */
export const logDropTiles: Statement<LogDropTilesParams, LogDropTilesRow> = {
  name: 'log/drop-tiles',
  mode: 'write',
  params: {"log":{"is":"String"}},
  columns: {},
  plan: [],
  text: `MATCH (t:HashTile {log: $log})
DELETE t`,
};

export interface LogFindLeafParams {
  readonly id: string;
}

export interface LogFindLeafRow {
  readonly leafIndex: number;
}

/**
 * Where in the log an artifact or an attestation was recorded: its leaf index; none for a placeholder.
 */
export const logFindLeaf: Statement<LogFindLeafParams, LogFindLeafRow> = {
  name: 'log/find-leaf',
  mode: 'read',
  params: {"id":{"is":"String"}},
  columns: {"leafIndex":{"is":"Int"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `OPTIONAL MATCH (a:Artifact {id: $id})
OPTIONAL MATCH (t:Attestation {id: $id})
WITH coalesce(a.leafIndex, t.leafIndex) AS leafIndex
WHERE leafIndex IS NOT NULL
RETURN leafIndex`,
};

export interface LogFindTimeParams {
  readonly log: string;
  readonly at: number;
}

export interface LogFindTimeRow {
  readonly size: number;
}

/**
 * The tree size as of a time. A bundle is written in one transaction, so all its leaves were recorded at one moment and
 * the last bundle up to that time gives the size exactly. The hint makes it a seek from the end of the index.
 */
export const logFindTime: Statement<LogFindTimeParams, LogFindTimeRow> = {
  name: 'log/find-time',
  mode: 'read',
  params: {"log":{"is":"String"},"at":{"is":"Int"}},
  columns: {"size":{"is":"Int"}},
  plan: ["NodeIndexSeek"],
  text: `MATCH (b:EntryBundle)
USING INDEX b:EntryBundle(log, at, start)
WHERE b.log = $log AND b.at <= $at AND b.start >= 0
RETURN b.start + b.count AS size
ORDER BY b.log DESC, b.at DESC, b.start DESC
LIMIT 1`,
};

export interface LogListBundlesParams {
  readonly log: string;
  readonly from: number;
  readonly to: number;
}

export interface LogListBundlesRow {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/**
 * The leaves from one index up to but not including another: the bundles that hold them, in order. A bundle lies within
 * one multiple of 256, so one that begins before `from` begins less than 256 before it.
 */
export const logListBundles: Statement<LogListBundlesParams, LogListBundlesRow> = {
  name: 'log/list-bundles',
  mode: 'read',
  params: {"log":{"is":"String"},"from":{"is":"Int"},"to":{"is":"Int"}},
  columns: {"start":{"is":"Int"},"bytes":{"is":"Bytes"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `MATCH (b:EntryBundle {log: $log})
WHERE b.start > $from - 256 AND b.start < $to
RETURN b.start AS start, b.bytes AS bytes
ORDER BY b.start`,
};

export interface LogListTileRootsParams {
  readonly log: string;
  readonly level: number;
  readonly from: number;
  readonly to: number;
}

export interface LogListTileRootsRow {
  readonly index: number;
  readonly root: Uint8Array;
}

/**
 * The hashes of what some consecutive full tiles span: the hashes of the tile above them.
 */
export const logListTileRoots: Statement<LogListTileRootsParams, LogListTileRootsRow> = {
  name: 'log/list-tile-roots',
  mode: 'read',
  params: {"log":{"is":"String"},"level":{"is":"Int"},"from":{"is":"Int"},"to":{"is":"Int"}},
  columns: {"index":{"is":"Int"},"root":{"is":"Bytes"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `MATCH (t:HashTile {log: $log, level: $level})
WHERE t.index >= $from AND t.index < $to
RETURN t.index AS index, t.root AS root
ORDER BY t.index`,
};

export interface LogLockHeadParams {
  readonly log: string;
}

export interface LogLockHeadRow {
  readonly size: number;
  readonly at: number;
  readonly nextSeq: number;
  readonly nextGroup: number;
  readonly erasures: number;
  readonly keySerial: number;
}

/**
 * Takes the write lock on the log's head before anything is read: SET locks, and what RETURN reads comes after it.
 * All writers of all servers pass through here one by one, which is what makes leaf indexes gapless.
 */
export const logLockHead: Statement<LogLockHeadParams, LogLockHeadRow> = {
  name: 'log/lock-head',
  mode: 'write',
  params: {"log":{"is":"String"}},
  columns: {"size":{"is":"Int"},"at":{"is":"Int"},"nextSeq":{"is":"Int"},"nextGroup":{"is":"Int"},"erasures":{"is":"Int"},"keySerial":{"is":"Int"}},
  plan: [],
  text: `MATCH (h:LogHead {log: $log})
SET h.lock = true
RETURN h.size AS size, h.at AS at, h.nextSeq AS nextSeq, h.nextGroup AS nextGroup,
  coalesce(h.erasures, 0) AS erasures, coalesce(h.keySerial, 0) AS keySerial`,
};

export interface LogPinOriginParams {
  readonly log: string;
  readonly origin: string;
}

export type LogPinOriginRow = Readonly<Record<never, never>>;

/**
 * Notes in the database that the log is signed, and under which name: where this is set and no signed head is known,
 * the store of signed heads was lost, and signing anew could make a second history.
 */
export const logPinOrigin: Statement<LogPinOriginParams, LogPinOriginRow> = {
  name: 'log/pin-origin',
  mode: 'write',
  params: {"log":{"is":"String"},"origin":{"is":"String"}},
  columns: {},
  plan: [],
  text: `MATCH (h:LogHead {log: $log})
SET h.origin = $origin`,
};

export interface LogReadHeadParams {
  readonly log: string;
}

export interface LogReadHeadRow {
  readonly size: number;
  readonly at: number;
  readonly format: number;
  readonly keyStore: string;
  readonly origin: string | null;
}

/**
 * The size of the log as committed; a read of it fixes the as-of point of an answer. It is the end of the last bundle
 * that the index knows, and not the head's own size: a reader may meet a transaction while Neo4j is applying it, and then
 * the new size could be seen before all of its edges. Indexes are applied after the records of a transaction, so what an
 * index knows is there with everything that was committed with it.
 */
export const logReadHead: Statement<LogReadHeadParams, LogReadHeadRow> = {
  name: 'log/read-head',
  mode: 'read',
  params: {"log":{"is":"String"}},
  columns: {"size":{"is":"Int"},"at":{"is":"Int"},"format":{"is":"Int"},"keyStore":{"is":"String"},"origin":{"is":"String","nullable":true}},
  plan: ["NodeIndexSeek","!Sort","!Top"],
  text: `MATCH (h:LogHead {log: $log})
CALL () {
  OPTIONAL MATCH (b:EntryBundle)
  USING INDEX b:EntryBundle(log, at, start)
  WHERE b.log = $log AND b.at >= 0 AND b.start >= 0
  WITH b
  ORDER BY b.log DESC, b.at DESC, b.start DESC
  LIMIT 1
  RETURN coalesce(b.start + b.count, 0) AS size, coalesce(b.at, 0) AS at
}
RETURN size, at, h.format AS format, h.keyStore AS keyStore, h.origin AS origin`,
};

export interface LogReadTileParams {
  readonly log: string;
  readonly level: number;
  readonly index: number;
}

export interface LogReadTileRow {
  readonly bytes: Uint8Array;
}

/**
 * The hashes of one full tile; none if it has not been stored, for it follows from the entries.
 */
export const logReadTile: Statement<LogReadTileParams, LogReadTileRow> = {
  name: 'log/read-tile',
  mode: 'read',
  params: {"log":{"is":"String"},"level":{"is":"Int"},"index":{"is":"Int"}},
  columns: {"bytes":{"is":"Bytes"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `MATCH (t:HashTile {log: $log, level: $level, index: $index})
RETURN t.bytes AS bytes`,
};

export interface LogStoreTilesParams {
  readonly log: string;
  readonly tiles: ReadonlyArray<{ readonly level: number; readonly index: number; readonly bytes: Uint8Array; readonly root: Uint8Array }>;
}

export type LogStoreTilesRow = Readonly<Record<never, never>>;

/**
 * Keeps full tiles. They follow from the entries, so it does not matter which server stores them, or how often.
 */
export const logStoreTiles: Statement<LogStoreTilesParams, LogStoreTilesRow> = {
  name: 'log/store-tiles',
  mode: 'write',
  params: {"log":{"is":"String"},"tiles":{"is":"List","of":{"is":"Record","fields":{"level":{"is":"Int"},"index":{"is":"Int"},"bytes":{"is":"Bytes"},"root":{"is":"Bytes"}}}}},
  columns: {},
  plan: [],
  text: `UNWIND $tiles AS tile
MERGE (t:HashTile {log: $log, level: tile.level, index: tile.index})
SET t.bytes = tile.bytes, t.root = tile.root`,
};

export interface MigrationAwaitIndexesParams {
  readonly seconds: number;
}

export type MigrationAwaitIndexesRow = Readonly<Record<never, never>>;

/**
 * A server serves only once every index is there: before that, each lookup would be a scan.
 */
export const migrationAwaitIndexes: Statement<MigrationAwaitIndexesParams, MigrationAwaitIndexesRow> = {
  name: 'migration/await-indexes',
  mode: 'read',
  params: {"seconds":{"is":"Int"}},
  columns: {},
  plan: [],
  text: `CALL db.awaitIndexes($seconds)`,
};

export type MigrationListAppliedParams = Readonly<Record<never, never>>;

export interface MigrationListAppliedRow {
  readonly name: string;
  readonly checksum: string;
}

/**
 * What ran on this database before, by any server, with the checksum of the text that ran.
 */
export const migrationListApplied: Statement<MigrationListAppliedParams, MigrationListAppliedRow> = {
  name: 'migration/list-applied',
  mode: 'read',
  params: {},
  columns: {"name":{"is":"String"},"checksum":{"is":"String"}},
  plan: [],
  text: `MATCH (m:Migration)
WHERE m.checksum IS NOT NULL
RETURN m.name AS name, m.checksum AS checksum`,
};

export type MigrationLockMigrationsParams = Readonly<Record<never, never>>;

export type MigrationLockMigrationsRow = Readonly<Record<never, never>>;

/**
 * One server migrates at a time: the others wait here, at the write lock of this node, until it has committed.
 */
export const migrationLockMigrations: Statement<MigrationLockMigrationsParams, MigrationLockMigrationsRow> = {
  name: 'migration/lock-migrations',
  mode: 'write',
  params: {},
  columns: {},
  plan: [],
  text: `MERGE (m:Migration {name: 'lock'})
SET m.locked = true`,
};

export interface MigrationRecordAppliedParams {
  readonly name: string;
  readonly checksum: string;
}

export type MigrationRecordAppliedRow = Readonly<Record<never, never>>;

/**
 * Recorded in the transaction that holds the lock, so a server that dies in between leaves a file that runs again.
 */
export const migrationRecordApplied: Statement<MigrationRecordAppliedParams, MigrationRecordAppliedRow> = {
  name: 'migration/record-applied',
  mode: 'write',
  params: {"name":{"is":"String"},"checksum":{"is":"String"}},
  columns: {},
  plan: [],
  text: `CREATE (:Migration {name: $name, checksum: $checksum})`,
};

export interface OpenlineageFindBindingsParams {
  readonly runs: ReadonlyArray<string>;
  readonly open: number;
}

export interface OpenlineageFindBindingsRow {
  readonly read: string;
  readonly run: string;
  readonly startedAt: number;
  readonly target: string | null;
  readonly current: string | null;
  readonly since: number | null;
}

/**
 * The unversioned reads whose answer some runs may change, each with the version that it should be bound to and the
 * one that it is. Should be: the latest version completed at or before the reading run's start, never its own. Where
 * a run began and completed in the same moment as another, the smaller id counts as earlier, so that no cycle arises.
 * Only reads up to the next completed version after a run's own can change through that run.
 */
export const openlineageFindBindings: Statement<OpenlineageFindBindingsParams, OpenlineageFindBindingsRow> = {
  name: 'openlineage/find-bindings',
  mode: 'read',
  params: {"runs":{"is":"List","of":{"is":"String"}},"open":{"is":"Int"}},
  columns: {"read":{"is":"String"},"run":{"is":"String"},"startedAt":{"is":"Int"},"target":{"is":"String","nullable":true},"current":{"is":"String","nullable":true},"since":{"is":"Int","nullable":true}},
  plan: ["!NodeByLabelScan"],
  text: `UNWIND $runs AS run
CALL (run) {
  MATCH (read:RunRead {run: run})
  RETURN read
  UNION
  MATCH (o:RunOutput {run: run})
  WHERE o.completedAt IS NOT NULL
  CALL (o) {
    MATCH (later:RunOutput {dataset: o.dataset})
    WHERE later.completedAt > o.completedLast
    WITH later.completedAt AS time
    ORDER BY time
    LIMIT 1
    RETURN head(collect(time)) AS next
  }
  MATCH (read:RunRead {dataset: o.dataset})
  WHERE read.startedAt >= o.completedAt AND read.startedAt <= coalesce(next, $open)
  RETURN read
}
WITH DISTINCT read
CALL (read) {
  MATCH (o:RunOutput {dataset: read.dataset})
  WHERE o.completedAt <= read.startedAt AND o.run <> read.run AND (
    o.completedAt < read.startedAt OR read.completedAt IS NULL OR read.completedAt > read.startedAt
    OR o.run < read.run
  )
  WITH o
  ORDER BY o.completedAt DESC, o.run DESC, o.id DESC
  LIMIT 1
  RETURN head(collect(o.id)) AS target
}
OPTIONAL MATCH (:Artifact {id: read.id})-[b:RESOLVED_TO {until: $open}]->(bound:Artifact)
RETURN read.id AS read, read.run AS run, read.startedAt AS startedAt, target, bound.id AS current, b.since AS since
ORDER BY read, since`,
};

export interface OpenlineageListEventsParams {
  readonly ids: ReadonlyArray<string>;
  readonly asOf: number;
}

export interface OpenlineageListEventsRow {
  readonly id: string;
  readonly leafIndex: number;
}

/**
 * Which OpenLineage events said something about some artifacts: their attestations keep the text that was sent. Only their
 * places come, so that a large export holds no texts. The stored values are canonical JSON, in which a top-level member
 * can be looked for as text.
 */
export const openlineageListEvents: Statement<OpenlineageListEventsParams, OpenlineageListEventsRow> = {
  name: 'openlineage/list-events',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}},"asOf":{"is":"Int"}},
  columns: {"id":{"is":"String"},"leafIndex":{"is":"Int"}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (a:Artifact {id: id})
MATCH (t:Attestation {type: 'SUPPLEMENTS'})-[about:ABOUT]->(a)
WHERE about.since < $asOf AND t.values CONTAINS '"value/verbatim":"'
RETURN DISTINCT t.id AS id, t.leafIndex AS leafIndex`,
};

export interface OpenlineageNoteRunsParams {
  readonly rows: ReadonlyArray<{ readonly run: string; readonly at: number; readonly first: number | null; readonly last: number | null; readonly outputs: ReadonlyArray<string>; readonly written: ReadonlyArray<string>; readonly reads: ReadonlyArray<string>; readonly read: ReadonlyArray<string> }>;
}

export type OpenlineageNoteRunsRow = Readonly<Record<never, never>>;

/**
 * When runs began and completed, and which versions they wrote and which data sets they read without saying the version,
 * as far as their events say. In any order, and again, it comes to the same: MERGE, and times only ever move towards the
 * earliest (completedLast: the latest) event. What was noted of a run before gets its times only where they changed. Setting the run to itself locks it,
 * so that what is read of it afterwards is not changed by another server's events meanwhile.
 */
export const openlineageNoteRuns: Statement<OpenlineageNoteRunsParams, OpenlineageNoteRunsRow> = {
  name: 'openlineage/note-runs',
  mode: 'write',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"run":{"is":"String"},"at":{"is":"Int"},"first":{"is":"Int","nullable":true},"last":{"is":"Int","nullable":true},"outputs":{"is":"List","of":{"is":"String"}},"written":{"is":"List","of":{"is":"String"}},"reads":{"is":"List","of":{"is":"String"}},"read":{"is":"List","of":{"is":"String"}}}}}},
  columns: {},
  plan: ["NodeUniqueIndexSeek(Locking)"],
  text: `UNWIND $rows AS row
MERGE (t:RunTimes {run: row.run})
SET t.run = row.run
WITH row, t, t.startedAt AS at, t.completedAt AS first, t.completedLast AS last
SET t.startedAt = CASE WHEN at <= row.at THEN at ELSE row.at END,
  t.completedAt = CASE WHEN row.first IS NULL OR first <= row.first THEN first ELSE row.first END,
  t.completedLast = CASE WHEN row.last IS NULL OR last >= row.last THEN last ELSE row.last END
WITH row, t, at IS NOT NULL AS known, at <> t.startedAt OR coalesce(first, -1) <> coalesce(t.completedAt, -1)
  OR coalesce(last, -1) <> coalesce(t.completedLast, -1) AS moved
CALL (row, t) {
  UNWIND range(0, size(row.outputs) - 1) AS i
  MERGE (o:RunOutput {run: row.run, id: row.outputs[i]})
  ON CREATE SET o.dataset = row.written[i], o.completedAt = t.completedAt, o.completedLast = t.completedLast
}
CALL (row, t) {
  UNWIND range(0, size(row.reads) - 1) AS i
  MERGE (r:RunRead {run: row.run, id: row.reads[i]})
  ON CREATE SET r.dataset = row.read[i], r.startedAt = t.startedAt, r.completedAt = t.completedAt
}
WITH t, known, moved
WHERE known AND moved
CALL (t) {
  MATCH (o:RunOutput {run: t.run})
  SET o.completedAt = t.completedAt, o.completedLast = t.completedLast
}
CALL (t) {
  MATCH (r:RunRead {run: t.run})
  SET r.startedAt = t.startedAt, r.completedAt = t.completedAt
}`,
};

export interface OpenlineageReadEventsParams {
  readonly ids: ReadonlyArray<string>;
}

export interface OpenlineageReadEventsRow {
  readonly id: string;
  readonly values: string | null;
}

/**
 * The attestations that keep the texts of some OpenLineage events.
 */
export const openlineageReadEvents: Statement<OpenlineageReadEventsParams, OpenlineageReadEventsRow> = {
  name: 'openlineage/read-events',
  mode: 'read',
  params: {"ids":{"is":"List","of":{"is":"String"}}},
  columns: {"id":{"is":"String"},"values":{"is":"String","nullable":true}},
  plan: ["NodeUniqueIndexSeek"],
  text: `UNWIND $ids AS id
MATCH (t:Attestation {id: id})
RETURN id, t.values AS values`,
};

export interface OverviewArriveArtifactsParams {
  readonly ids: ReadonlyArray<string>;
}

export type OverviewArriveArtifactsRow = Readonly<Record<never, never>>;

/**
 * What was awaited and is declared now.
 */
export const overviewArriveArtifacts: Statement<OverviewArriveArtifactsParams, OverviewArriveArtifactsRow> = {
  name: 'overview/arrive-artifacts',
  mode: 'write',
  params: {"ids":{"is":"List","of":{"is":"String"}}},
  columns: {},
  plan: ["NodeUniqueIndexSeek(Locking)"],
  text: `UNWIND $ids AS id
MATCH (w:Awaited {id: id})
DELETE w`,
};

export interface OverviewAwaitArtifactsParams {
  readonly rows: ReadonlyArray<{ readonly id: string; readonly kind: string; readonly seq: number }>;
}

export type OverviewAwaitArtifactsRow = Readonly<Record<never, never>>;

/**
 * Notes what others name before it is declared, so that it can be counted and listed without looking at everything.
 */
export const overviewAwaitArtifacts: Statement<OverviewAwaitArtifactsParams, OverviewAwaitArtifactsRow> = {
  name: 'overview/await-artifacts',
  mode: 'write',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"id":{"is":"String"},"kind":{"is":"String"},"seq":{"is":"Int"}}}}},
  columns: {},
  plan: [],
  text: `UNWIND $rows AS row
CREATE (:Awaited {id: row.id, kind: row.kind, seq: row.seq})`,
};

export type OverviewCountArtifactsParams = Readonly<Record<never, never>>;

export interface OverviewCountArtifactsRow {
  readonly datasets: number;
  readonly transforms: number;
  readonly featureDefs: number;
  readonly models: number;
  readonly predictions: number;
  readonly attestations: number;
  readonly awaited: number;
}

/**
 * How much there is. The database keeps these counts, so nothing is read, however much there is.
 */
export const overviewCountArtifacts: Statement<OverviewCountArtifactsParams, OverviewCountArtifactsRow> = {
  name: 'overview/count-artifacts',
  mode: 'read',
  params: {},
  columns: {"datasets":{"is":"Int"},"transforms":{"is":"Int"},"featureDefs":{"is":"Int"},"models":{"is":"Int"},"predictions":{"is":"Int"},"attestations":{"is":"Int"},"awaited":{"is":"Int"}},
  plan: ["NodeCountFromCountStore"],
  text: `RETURN COUNT { (:Dataset) } AS datasets, COUNT { (:Transform) } AS transforms, COUNT { (:FeatureDef) } AS featureDefs,
  COUNT { (:Model) } AS models, COUNT { (:Prediction) } AS predictions, COUNT { (:Attestation) } AS attestations,
  COUNT { (:Awaited) } AS awaited`,
};

export interface OverviewListAwaitedParams {
  readonly kinds: ReadonlyArray<string>;
  readonly bound: number;
  readonly first: number;
}

export interface OverviewListAwaitedRow {
  readonly kind: string;
  readonly count: number;
  readonly newest: ReadonlyArray<{ readonly id: string; readonly seq: number }>;
}

/**
 * What others name and nobody has declared: of each kind how many, up to a bound, and the newest.
 */
export const overviewListAwaited: Statement<OverviewListAwaitedParams, OverviewListAwaitedRow> = {
  name: 'overview/list-awaited',
  mode: 'read',
  params: {"kinds":{"is":"List","of":{"is":"String"}},"bound":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"kind":{"is":"String"},"count":{"is":"Int"},"newest":{"is":"List","of":{"is":"Record","fields":{"id":{"is":"String"},"seq":{"is":"Int"}}}}},
  plan: ["NodeIndexSeek"],
  text: `UNWIND $kinds AS kind
CALL (kind) {
  MATCH (w:Awaited {kind: kind})
  WITH w LIMIT $bound
  RETURN count(w) AS count
}
CALL (kind) {
  MATCH (w:Awaited {kind: kind})
  WHERE w.seq >= 0
  WITH w ORDER BY w.seq DESC LIMIT $first
  RETURN collect({id: w.id, seq: w.seq}) AS newest
}
RETURN kind, count, newest`,
};

export interface OverviewListNamesParams {
  readonly asOf: number;
  readonly first: number;
}

export interface OverviewListNamesRow {
  readonly id: string;
}

/**
 * The names whose newest version was declared last, newest first.
 */
export const overviewListNames: Statement<OverviewListNamesParams, OverviewListNamesRow> = {
  name: 'overview/list-names',
  mode: 'read',
  params: {"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"}},
  plan: ["NodeIndexSeekByRange","!Sort","!Top"],
  text: `MATCH (t:SearchTerm)
WHERE t.leafIndex < $asOf
RETURN t.newest AS id
ORDER BY t.leafIndex DESC
LIMIT $first`,
};

export interface OverviewListRunsParams {
  readonly asOf: number;
  readonly bound: number;
}

export interface OverviewListRunsRow {
  readonly id: string;
  readonly by: string;
  readonly occurredAt: number;
  readonly recordedAt: number;
}

/**
 * The runs that were declared last, newest first: who declared each, when it happened and when it was recorded. So many are
 * looked at and no more.
 */
export const overviewListRuns: Statement<OverviewListRunsParams, OverviewListRunsRow> = {
  name: 'overview/list-runs',
  mode: 'read',
  params: {"asOf":{"is":"Int"},"bound":{"is":"Int"}},
  columns: {"id":{"is":"String"},"by":{"is":"String"},"occurredAt":{"is":"Int"},"recordedAt":{"is":"Int"}},
  plan: ["NodeIndexSeekByRange","!Sort"],
  text: `MATCH (a:Transform)
WHERE a.leafIndex < $asOf
RETURN a.id AS id, a.by AS by, a.occurredAt AS occurredAt, a.recordedAt AS recordedAt
ORDER BY a.leafIndex DESC
LIMIT $bound`,
};

export interface OverviewListUnfinishedParams {
  readonly asOf: number;
  readonly bound: number;
  readonly first: number;
}

export interface OverviewListUnfinishedRow {
  readonly looked: number;
  readonly total: number;
  readonly ids: ReadonlyArray<string>;
}

/**
 * Of the runs that were declared last, those of which nobody said that they ended, newest first. So many runs are looked
 * at and no more: "looked" says how many that were.
 */
export const overviewListUnfinished: Statement<OverviewListUnfinishedParams, OverviewListUnfinishedRow> = {
  name: 'overview/list-unfinished',
  mode: 'read',
  params: {"asOf":{"is":"Int"},"bound":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"looked":{"is":"Int"},"total":{"is":"Int"},"ids":{"is":"List","of":{"is":"String"}}},
  plan: ["NodeIndexSeekByRange","!Sort"],
  text: `MATCH (a:Transform)
WHERE a.leafIndex < $asOf
WITH a
ORDER BY a.leafIndex DESC
LIMIT $bound
WITH collect(a) AS runs
WITH size(runs) AS looked, [a IN runs WHERE NOT EXISTS {
  MATCH (a)<-[about:ABOUT]-(event:Attestation {type: 'SUPPLEMENTS'})
  WHERE about.since < $asOf AND event.state IN ['COMPLETED', 'FAILED', 'ABORTED']
} | a.id] AS ids
RETURN looked, size(ids) AS total, ids[..$first] AS ids`,
};

export interface SearchAddTermsParams {
  readonly rows: ReadonlyArray<{ readonly match: string; readonly kind: string; readonly namespace: string; readonly name: string; readonly shown: string; readonly since: number }>;
}

export type SearchAddTermsRow = Readonly<Record<never, never>>;

/**
 * What else a name is found by: its owners and its columns. A term never changes, so one that is there is left as it is.
 */
export const searchAddTerms: Statement<SearchAddTermsParams, SearchAddTermsRow> = {
  name: 'search/add-terms',
  mode: 'write',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"match":{"is":"String"},"kind":{"is":"String"},"namespace":{"is":"String"},"name":{"is":"String"},"shown":{"is":"String"},"since":{"is":"Int"}}}}},
  columns: {},
  plan: ["NodeUniqueIndexSeek(Locking)"],
  text: `UNWIND $rows AS row
MERGE (t:SearchTerm {match: row.match, kind: row.kind, namespace: row.namespace, name: row.name, text: toLower(row.shown)})
ON CREATE SET t.since = row.since, t.shown = row.shown`,
};

export interface SearchFindIdsParams {
  readonly from: string;
  readonly end: string;
  readonly after: string;
  readonly asOf: number;
  readonly first: number;
}

export interface SearchFindIdsRow {
  readonly id: string;
}

/**
 * Artifacts whose ids lie between two texts, in the order of their ids, which is the order of the index: so a page deep in
 * a long list costs as much as the first. A placeholder exists as far as something points at it.
 */
export const searchFindIds: Statement<SearchFindIdsParams, SearchFindIdsRow> = {
  name: 'search/find-ids',
  mode: 'read',
  params: {"from":{"is":"String"},"end":{"is":"String"},"after":{"is":"String"},"asOf":{"is":"Int"},"first":{"is":"Int"}},
  columns: {"id":{"is":"String"}},
  plan: ["NodeUniqueIndexSeekByRange","!Sort","!Top"],
  text: `MATCH (a:Artifact)
WHERE a.id >= $from AND a.id < $end AND a.id <> $after
  AND (a.leafIndex < $asOf OR EXISTS { (a)-[r]-() WHERE r.since < $asOf AND (r.until IS NULL OR $asOf <= r.until) })
RETURN a.id AS id
ORDER BY a.id
LIMIT $first`,
};

export interface SearchFindTermsParams {
  readonly word: string;
  readonly words: ReadonlyArray<string>;
  readonly whole: string;
  readonly kinds: ReadonlyArray<string> | null;
  readonly asOf: number;
  readonly now: number;
  readonly afterRank: number;
  readonly afterKey: string;
  readonly first: number;
}

export interface SearchFindTermsRow {
  readonly rank: number;
  readonly key: string;
  readonly match: string;
  readonly shown: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly id: string;
}

/**
 * Names that are found by a text, each once, by the best of its terms: the name itself, a name that begins with the text,
 * one that has it, an owner, a column. One word goes through the index of parts of texts, the others are looked for in
 * what it finds. No ranking by statistics: the same text gives the same order, so pages join without gaps or repeats.
 */
export const searchFindTerms: Statement<SearchFindTermsParams, SearchFindTermsRow> = {
  name: 'search/find-terms',
  mode: 'read',
  params: {"word":{"is":"String"},"words":{"is":"List","of":{"is":"String"}},"whole":{"is":"String"},"kinds":{"is":"List","of":{"is":"String"},"nullable":true},"asOf":{"is":"Int"},"now":{"is":"Int"},"afterRank":{"is":"Int"},"afterKey":{"is":"String"},"first":{"is":"Int"}},
  columns: {"rank":{"is":"Int"},"key":{"is":"String"},"match":{"is":"String"},"shown":{"is":"String"},"kind":{"is":"String"},"namespace":{"is":"String"},"name":{"is":"String"},"id":{"is":"String"}},
  plan: ["NodeIndexContainsScan"],
  text: `MATCH (t:SearchTerm)
WHERE t.text CONTAINS $word AND all(word IN $words WHERE t.text CONTAINS word) AND t.since < $asOf
  AND ($kinds IS NULL OR t.kind IN $kinds)
WITH t, CASE
  WHEN t.match = 'OWNER' THEN 4
  WHEN t.match = 'COLUMN' THEN 5
  WHEN $whole IN [t.text, toLower(t.name)] THEN 1
  WHEN toLower(t.name) STARTS WITH $whole THEN 2
  ELSE 3
END AS rank
WITH t.kind AS kind, t.namespace AS namespace, t.name AS name, min([rank, t.match, t.shown]) AS best
WITH kind, namespace, name, best, best[0] AS rank, toLower(name) + ' ' + namespace + ' ' + kind AS key
WHERE rank > $afterRank OR (rank = $afterRank AND key > $afterKey)
ORDER BY rank, key
LIMIT $first
MATCH (n:SearchTerm {match: 'NAME', kind: kind, namespace: namespace, name: name, text: toLower(namespace + '/' + name)})
RETURN rank, key, best[1] AS match, best[2] AS shown, kind, namespace, name,
  CASE WHEN n.leafIndex < $now THEN n.newest ELSE n.first END AS id
ORDER BY rank, key`,
};

export interface SearchNameArtifactsParams {
  readonly rows: ReadonlyArray<{ readonly kind: string; readonly namespace: string; readonly name: string; readonly since: number; readonly id: string; readonly newest: string | null; readonly leafIndex: number | null }>;
}

export type SearchNameArtifactsRow = Readonly<Record<never, never>>;

/**
 * The names of a batch's artifacts, each with its newest version. The lock orders the writers, so the last one to write a
 * name has its newest version. Names of decisions are left out: there are too many of them, and they have no versions.
 */
export const searchNameArtifacts: Statement<SearchNameArtifactsParams, SearchNameArtifactsRow> = {
  name: 'search/name-artifacts',
  mode: 'write',
  params: {"rows":{"is":"List","of":{"is":"Record","fields":{"kind":{"is":"String"},"namespace":{"is":"String"},"name":{"is":"String"},"since":{"is":"Int"},"id":{"is":"String"},"newest":{"is":"String","nullable":true},"leafIndex":{"is":"Int","nullable":true}}}}},
  columns: {},
  plan: ["NodeUniqueIndexSeek(Locking)"],
  text: `UNWIND $rows AS row
MERGE (t:SearchTerm {match: 'NAME', kind: row.kind, namespace: row.namespace, name: row.name, text: toLower(row.namespace + '/' + row.name)})
ON CREATE SET t.since = row.since, t.shown = row.name, t.first = row.id
SET t.newest = coalesce(row.newest, t.newest), t.leafIndex = coalesce(row.leafIndex, t.leafIndex)`,
};

export const QUERIES = [
  accessCreateLooks,
  accessCreateRecords,
  accessFindRecords,
  accessListGrants,
  accessListIntents,
  accessListLooks,
  accessListProfiles,
  accessListSubjectLooks,
  accountabilityListDependencies,
  accountabilityListDeployed,
  accountabilityListModels,
  artifactCreateArtifacts,
  artifactEndEdges,
  artifactFillPlaceholders,
  artifactFindMentioned,
  artifactFindOpenEdges,
  artifactFindReachable,
  artifactReadArtifacts,
  attestationFindAttestations,
  attestationListAbout,
  attestationListAttestations,
  attestationListCorrections,
  attestationListNewest,
  attestationListNewestAbout,
  attestationListNewestFindings,
  attestationListNewestOfTypes,
  attestationListUpstream,
  columnFindColumns,
  columnListLinksDownstream,
  columnListLinksUpstream,
  columnMergeColumns,
  columnMergeLinks,
  columnWalkDownstream,
  columnWalkUpstream,
  contractListContracts,
  databaseReadAccess,
  decisionCountDecidedBetween,
  decisionCountDecisions,
  decisionCreateDecisions,
  decisionCreateGroups,
  decisionFindGroups,
  decisionGrowGroups,
  decisionLinkGroups,
  decisionListNewest,
  decisionListOldest,
  decisionMarkAmended,
  entryListNames,
  entryReadArtifacts,
  entryReadAttestations,
  entryWriteGraph,
  erasureCountAggregates,
  erasureCreateErasure,
  erasureEraseValues,
  erasureFindErased,
  erasureFindErasure,
  erasureFinishErasure,
  erasureFinishRestriction,
  erasureIndexSealed,
  erasureLiftRestriction,
  erasureListData,
  erasureListErasures,
  erasureListHolds,
  erasureListKeys,
  erasureListLearners,
  erasureListRetained,
  erasureListSealed,
  erasureNoteSerial,
  erasureReadErasures,
  erasureReadKept,
  erasureReadSerial,
  evidenceListClosure,
  evidenceListLinks,
  fsckCountDerived,
  fsckCountNodes,
  fsckFindGroups,
  fsckFindRuns,
  fsckFindStrays,
  fsckListAmendments,
  fsckListAwaited,
  fsckListBundles,
  fsckListCascades,
  fsckListColumnLinks,
  fsckListColumns,
  fsckListFeeds,
  fsckListFurtherKeys,
  fsckListLooks,
  fsckListOrdinals,
  fsckListTerms,
  fsckListTiles,
  fsckListUnended,
  fsckListVersions,
  fsckReadHeads,
  fsckScanArtifacts,
  fsckScanAttestations,
  fsckScanAwaited,
  fsckScanColumns,
  fsckScanFurtherKeys,
  fsckScanGroups,
  fsckScanLooks,
  fsckScanRecords,
  fsckScanRuns,
  fsckScanTerms,
  grantListLinks,
  grantListScopeDownstream,
  grantListScopeUpstream,
  grantReadDecisions,
  impactListAncestors,
  impactListDeployments,
  impactListFedGroups,
  impactListFindings,
  impactListGroups,
  impactListGroupsOf,
  impactListUnions,
  impactListUsedOutputs,
  lineageCountDownstream,
  lineageCountFilteredDownstream,
  lineageCountFilteredPresentDownstream,
  lineageCountFilteredPresentUpstream,
  lineageCountFilteredUpstream,
  lineageCountPresentDownstream,
  lineageCountPresentUpstream,
  lineageCountTypedPresentDownstream,
  lineageCountTypedPresentUpstream,
  lineageCountUpstream,
  lineageListEdgesDownstream,
  lineageListEdgesUpstream,
  lineageStreamEdgesDownstream,
  lineageStreamEdgesPresentDownstream,
  lineageStreamEdgesPresentUpstream,
  lineageStreamEdgesUpstream,
  lineageStreamNodesDownstream,
  lineageStreamNodesPresentDownstream,
  lineageStreamNodesPresentUpstream,
  lineageStreamNodesUpstream,
  lineageWalkDownstream,
  lineageWalkFilteredDownstream,
  lineageWalkFilteredUpstream,
  lineageWalkGroupsDownstream,
  lineageWalkGroupsPresentDownstream,
  lineageWalkGroupsPresentUpstream,
  lineageWalkGroupsUpstream,
  lineageWalkPresentDownstream,
  lineageWalkPresentUpstream,
  lineageWalkTypedGroupsPresentDownstream,
  lineageWalkTypedGroupsPresentUpstream,
  lineageWalkUpstream,
  liveFilterDownstream,
  liveFilterUpstream,
  liveListAbouts,
  liveListEntries,
  logAdvanceHead,
  logAppendBundles,
  logCreateHead,
  logDropTiles,
  logFindLeaf,
  logFindTime,
  logListBundles,
  logListTileRoots,
  logLockHead,
  logPinOrigin,
  logReadHead,
  logReadTile,
  logStoreTiles,
  migrationAwaitIndexes,
  migrationListApplied,
  migrationLockMigrations,
  migrationRecordApplied,
  openlineageFindBindings,
  openlineageListEvents,
  openlineageNoteRuns,
  openlineageReadEvents,
  overviewArriveArtifacts,
  overviewAwaitArtifacts,
  overviewCountArtifacts,
  overviewListAwaited,
  overviewListNames,
  overviewListRuns,
  overviewListUnfinished,
  searchAddTerms,
  searchFindIds,
  searchFindTerms,
  searchNameArtifacts,
] as const;

/** Reports about one person. The person's name is not kept: neither here nor in the access log. */
import type { Scope } from '../../access/scopes.js';
import { PedigreeError } from '../../domain/errors.js';
import type { Looked } from '../../lineage/row-keys.js';
import type { Database } from '../../store/database.js';
import type { ErasureStore } from '../../store/erasure-store.js';
import type { KeyStore, ReadableKeys } from '../../store/keys/key-store.js';
import { readHead } from '../../store/log-head.js';
import type { LogReader } from '../../store/log-reader.js';
import { StoredEntryReader, type LabelledEntry } from '../../store/stored-entry-reader.js';
import { ReaderKeys } from '../../store/keys/reader-keys.js';
import { erasedPlaces, openPersonal, sealedPlaces } from '../../store/stored-values.js';
import type { AccessLogService } from '../access-log-service.js';
import type { ErasureService } from '../erasure-service.js';
import { erasureReport } from './erasure-report.js';
import { toReport } from './report-service.js';
import type { Report } from './report.js';
import { subjectAccess, type Kept, type KeptItem, type KeptValue } from './subject-access.js';

export interface SubjectQuestion {
  /** The person, by the name that declarations have in `subjects`. */
  readonly subject: string;
  readonly reader: { readonly name: string; readonly scopes: ReadonlySet<Scope> };
  /** Told which personal values are in the report; without it none is read. */
  readonly looked: Looked | undefined;
}

interface PersonParts {
  readonly database: Database;
  readonly store: Pick<ErasureStore, 'items'>;
  readonly keyStore: Pick<KeyStore, 'generationsOf' | 'keysOf' | 'restrictedOf'>;
  readonly accessLog: AccessLogService;
  readonly erasure: Pick<ErasureService, 'certificate'>;
  readonly log: Pick<LogReader, 'head'>;
}

/** Most entries of a report, and most reads. */
const LISTED = 1_000;

export class PersonReports {
  constructor(private readonly parts: PersonParts) {}

  /** Error: `BAD_INPUT`. A person of whom nothing was kept gets a report that says so. */
  async subject({ subject, reader, looked }: SubjectQuestion): Promise<Report> {
    if (subject.trim() === '') throw new PedigreeError('BAD_INPUT', 'the subject must have a name');
    const { database, keyStore, accessLog, log } = this.parts;
    const { size: asOf } = await readHead(database);
    const generations = await keyStore.generationsOf(subject);
    const kids = generations.map(({ kid }) => kid);
    const ids = await this.idsOf(kids);
    const {
      items: accesses,
      hasNextPage,
      erasedKeys,
    } = await accessLog.ofSubject({ subject, first: LISTED }, reader.name);
    const body = subjectAccess({
      ...{ subject, accesses, moreAccesses: hasNextPage, keys: kids.length, erasedKeys },
      ...{ more: ids.length > LISTED },
      ...(await this.kept(ids.slice(0, LISTED), new Set(kids), looked)),
    });
    return toReport({ kind: 'SUBJECT_ACCESS', of: subject, asOf }, await log.head(), body);
  }

  /** The certificate of a finished erasure as a report. Error: `NOT_FOUND`. */
  async erasure(id: string): Promise<Report> {
    const certificate = await this.parts.erasure.certificate(id);
    const { asOf } = certificate;
    return toReport(
      { kind: 'ERASURE_CERTIFICATE', of: id, asOf },
      await this.parts.log.head(),
      erasureReport(certificate),
    );
  }

  /** What these keys sealed, erased or not: one more than is listed, if there is more. */
  private async idsOf(kids: readonly string[]): Promise<string[]> {
    const ids = new Set<string>();
    for (const kid of kids) {
      for await (const { id } of this.parts.store.items(kid)) {
        ids.add(id);
        if (ids.size > LISTED) return [...ids];
      }
    }
    return [...ids];
  }

  private async kept(
    ids: readonly string[],
    kids: ReadonlySet<string>,
    looked: Looked | undefined,
  ): Promise<Pick<Kept, 'items' | 'nodes'>> {
    const reader = new StoredEntryReader(this.parts.database);
    const entries = await reader.entries(ids);
    const keys = looked && (await new ReaderKeys(this.parts.keyStore).keysOf([...kids]));
    const items = ids
      .flatMap((id) => entries.get(id) ?? [])
      .sort((a, b) => (a.props.leafIndex as number) - (b.props.leafIndex as number))
      .map((entry) => toKept(entry, kids, keys));
    for (const { props, values } of items) {
      const open = new Set([...values].filter(([, { state }]) => state === 'OPEN').map(([path]) => path));
      const under = sealedPlaces(props).filter(({ path }) => open.has(path));
      looked?.(props.id as string, open.size, new Set(under.map(({ kid }) => kid)));
    }
    const causes = await reader.entries([
      ...new Set(items.flatMap(({ model, data }) => [...(model === undefined ? [] : [model]), ...data])),
    ]);
    return { items, nodes: new Map([...causes].map(([id, { props }]) => [id, props])) };
  }
}

/** Only what lies, or lay until it was erased, under the person's own keys: two people may share an entry. */
function toKept(
  { props, edges }: LabelledEntry,
  kids: ReadonlySet<string>,
  keys: ReadableKeys | undefined,
): KeptItem {
  const ofPerson = ({ kid }: { readonly kid: string }): boolean => kids.has(kid);
  const sealed = new Set(
    sealedPlaces(props)
      .filter(ofPerson)
      .map(({ path }) => path),
  );
  const opened = keys && openPersonal(props, keys);
  const values = new Map<string, KeptValue>([
    ...[...sealed].map((path) => [path, opened?.get(path) ?? { state: 'WITHHELD' }] as const),
    ...erasedPlaces(props)
      .filter(ofPerson)
      .map(({ path }) => [path, { state: 'ERASED' }] as const),
  ]);
  const to = (type: string): string[] => edges.filter((edge) => edge.type === type).map((edge) => edge.to);
  return { props, values, model: to('MADE_BY')[0], data: to('SCORED') };
}

/** Reports about all models of a namespace, or about all there are. */
import type { Scope } from '../../access/scopes.js';
import { attempt, PedigreeError, required } from '../../domain/errors.js';
import { parseUrn } from '../../domain/urn.js';
import type { Database, StatementRunner } from '../../store/database.js';
import { EstateReader } from '../../store/estate-reader.js';
import { LineageReader } from '../../store/lineage-reader.js';
import type { GrantService, IssuedGrant } from '../grants/grant-service.js';
import { grantRecord } from '../../store/access-log.js';
import { modelInventory, type Estate } from './model-inventory.js';
import { processingRegister, type Recipient } from './processing-register.js';
import type { ReportBody } from './report.js';

export interface EstateQuestion {
  readonly kind: 'MODEL_INVENTORY' | 'PROCESSING_REGISTER';
  readonly namespace: string | undefined;
  readonly asOf: number;
  /** What it is about, where that is no namespace. */
  readonly origin: string;
  readonly reader: { readonly name: string; readonly scopes: ReadonlySet<Scope> };
}

/** Most models of a report: each is walked upstream once. */
const MAX_MODELS = 200;
/** Most attestations of one model that are looked at. */
const MAX_ATTESTED = 1_000;
/** Most dependencies of a report, and most recipients. */
const LISTED = 1_000;

export class EstateService {
  constructor(
    private readonly database: Database,
    private readonly grants: Pick<GrantService, 'page'>,
  ) {}

  /** Errors: `BAD_INPUT`, `TIMEOUT`. */
  async body(question: EstateQuestion): Promise<ReportBody> {
    checkNamespace(question.namespace);
    const estate = await this.database.read((runner) => readEstate(runner, question));
    if (question.kind === 'MODEL_INVENTORY') return modelInventory(estate);
    return processingRegister({ estate, ...(await this.recipients(question)) });
  }

  private async recipients({ reader }: EstateQuestion): Promise<{
    readonly recipients: readonly Recipient[] | undefined;
    readonly moreRecipients: boolean;
  }> {
    if (!reader.scopes.has('GRANT_ACCESS')) return { recipients: undefined, moreRecipients: false };
    const { items, hasNextPage } = await this.grants.page(LISTED, undefined, reader.name);
    return { recipients: items.map(toRecipient), moreRecipients: hasNextPage };
  }
}

async function readEstate(
  runner: StatementRunner,
  { namespace, asOf, origin }: EstateQuestion,
): Promise<Estate> {
  const [estate, lineage] = [new EstateReader(runner), new LineageReader(runner)];
  const found = await estate.models(namespace, MAX_MODELS + 1);
  const known = await lineage.nodes(found.slice(0, MAX_MODELS), asOf);
  const ids = [...known.keys()];
  const [attested, decisions, dependencies] = await Promise.all([
    lineage.attestations(ids, asOf, MAX_ATTESTED),
    estate.decisions(ids, asOf, ['LIVE']),
    estate.dependencies(ids, asOf, LISTED + 1),
  ]);
  const listed = dependencies.slice(0, LISTED);
  return {
    of: namespace ?? origin,
    models: [...known.values()],
    more: found.length > MAX_MODELS,
    attested: new Map([...attested].map(([id, { items }]) => [id, items])),
    decisions,
    dependencies: listed,
    nodes: await lineage.nodes(
      listed.map(({ newest }) => newest),
      asOf,
    ),
    moreDependencies: dependencies.length > LISTED,
  };
}

function checkNamespace(namespace: string | undefined): void {
  if (namespace !== '' && !(namespace !== undefined && isId(namespace))) return;
  throw new PedigreeError(
    'BAD_INPUT',
    required('of must be a namespace, or be left out for everything', namespace),
  );
}

function isId(text: string): boolean {
  return !(attempt(() => parseUrn(text)) instanceof PedigreeError);
}

function toRecipient({
  id,
  holder,
  purpose,
  personal,
  issuedAt,
  expiresAt,
  revocation,
}: IssuedGrant): Recipient {
  return {
    holder,
    purpose,
    personal,
    issuedAt,
    expiresAt,
    revoked: revocation !== undefined,
    record: grantRecord(id),
  };
}

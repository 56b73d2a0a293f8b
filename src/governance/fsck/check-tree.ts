/**
 * The log by itself, leaf by leaf: bundles without a gap, time that never goes back, the tiles that are kept, and the root
 * that was signed. What the leaves say is checked by whoever is handed the bundles.
 */
import type { LogName } from '../../store/as-of.js';
import { leafHash, sameBytes } from '../../ledger/merkle.js';
import { TileBuilder, type FullTile } from '../../ledger/tile-builder.js';
import { TILE_WIDTH, tilePath, type TileReader } from '../../ledger/tile.js';
import type { FsckReader, StoredBundle, StoredTile } from '../../store/fsck-reader.js';
import type { StoredProps } from '../../store/stored-values.js';
import { compareNames, compareValues, type Finding } from './finding.js';
import type { Step } from './step.js';

/** Bundles read at once: up to 1,024 entries. */
const PAGE = 4;

export interface LogPosition {
  /** Leaf index of the next entry. */
  readonly leaf: number;
  /** When the entry before it was recorded. */
  readonly at: number;
  /**
   * The hashes of the tiles that are not full yet, lowest level first, in base64. Null once a leaf is missing: no hash
   * above it can be made.
   */
  readonly rows: readonly string[] | null;
}

export const LOG_BEGIN: LogPosition = { leaf: 0, at: 0, rows: [] };

/** What the log has signed: the leaves below `size` must make this root (base64). */
export interface SignedRoot {
  /** The log's name. */
  readonly origin: string;
  readonly size: number;
  readonly root: string;
}

export interface CheckedLog {
  readonly log: LogName;
  /** Entries below this are checked. */
  readonly size: number;
  /** The last head that was signed when the check began; null if none ever was. */
  readonly signed: SignedRoot | null;
}

/** What findings about a log as a whole are filed under. */
export function logId(log: LogName): string {
  return log === 'lineage' ? 'log' : 'access log';
}

/** Checks the bundles below `size`, from a position on, and the tree that they make. */
export async function* checkTree(
  reader: FsckReader,
  checked: CheckedLog,
  from: LogPosition,
  checkEntries: (bundles: readonly StoredBundle[]) => Promise<readonly Finding[]>,
): AsyncGenerator<Step<LogPosition>> {
  const { log, size } = checked;
  const tree = await CheckedTree.at(from, reader, checked);
  let position = from;
  while (position.leaf < size) {
    const bundles = (await reader.bundles(log, position.leaf, PAGE)).filter(({ start }) => start < size);
    if (bundles.length === 0) {
      const findings = [gap(log, position.leaf, size)];
      yield { next: { ...position, leaf: size, rows: null }, checked: size - position.leaf, findings };
      return;
    }
    const before = position.leaf;
    const findings: Finding[] = [];
    for (const bundle of bundles) {
      findings.push(...checkBundle(log, bundle, position), ...tree.add(bundle, position.leaf));
      const at = typeof bundle.at === 'number' ? bundle.at : position.at;
      position = { leaf: bundle.start + lengthOf(bundle), at, rows: null };
    }
    position = { ...position, rows: tree.rows };
    findings.push(...(await tree.compareTiles()), ...(await checkEntries(bundles)));
    yield { next: position, checked: position.leaf - before, findings };
  }
}

/** The tree of the leaves so far, and the tiles that were filled since they were last compared. */
class CheckedTree {
  private filled: FullTile[] = [];

  private constructor(
    private builder: TileBuilder | undefined,
    private readonly reader: FsckReader,
    private readonly checked: CheckedLog,
  ) {}

  static async at({ leaf, rows }: LogPosition, reader: FsckReader, log: CheckedLog): Promise<CheckedTree> {
    const tiles: TileReader = {
      tile: ({ level }) => Promise.resolve(Buffer.from(rows?.[level] ?? '', 'base64')),
    };
    return new CheckedTree(rows ? await TileBuilder.resume(leaf, tiles) : undefined, reader, log);
  }

  get rows(): LogPosition['rows'] {
    const { builder } = this;
    if (!builder) return null;
    const levels = Math.ceil(Math.log2(builder.size + 1) / Math.log2(TILE_WIDTH));
    return Array.from({ length: levels }, (_, level) =>
      Buffer.from(builder.partial(level)).toString('base64'),
    );
  }

  /** Adds a bundle's leaves; when they are as many as were signed, they must make the signed root. */
  add({ start, leaves }: StoredBundle, expected: number): Finding[] {
    if (!leaves || start !== expected) this.builder = undefined;
    const { builder } = this;
    if (!builder) return [];
    const { log, signed } = this.checked;
    return (leaves ?? []).flatMap((leaf) => {
      this.filled.push(...builder.add(leafHash(leaf)));
      if (builder.size !== signed?.size) return [];
      const part = `the tree of ${String(signed.size)} entries`;
      return compareValues(logId(log), part, Buffer.from(builder.root()).toString('base64'), signed.root);
    });
  }

  /** The kept tiles; one that is not kept is missing only if a head was signed that it belongs to. */
  async compareTiles(): Promise<Finding[]> {
    const { log, signed } = this.checked;
    const made = this.filled;
    this.filled = [];
    if (made.length === 0) return [];
    const stored = new Map((await this.reader.tiles(log, made)).map((tile) => [pathOf(tile), tile]));
    return made.flatMap((tile): Finding[] => {
      const found = stored.get(pathOf(tile));
      if (found) return compareTile(logId(log), tile, found.props);
      const end = (tile.index + 1) * TILE_WIDTH ** (tile.level + 1);
      return end > (signed?.size ?? 0) ? [] : [{ kind: 'missing', id: logId(log), part: pathOf(tile) }];
    });
  }
}

const TILE_PROPS = ['log', 'level', 'index', 'bytes', 'root'];

function compareTile(id: string, tile: FullTile, props: StoredProps): Finding[] {
  const part = pathOf(tile);
  return [
    ...compareBytes(id, part, props.bytes, tile.bytes),
    ...compareBytes(id, `${part}: root`, props.root, tile.root),
    ...compareNames(id, part, props, TILE_PROPS),
  ];
}

/** Bytes are shown as base64, from the first hash that differs on. */
function compareBytes(id: string, part: string, value: unknown, expected: Uint8Array): Finding[] {
  const stored = value instanceof Int8Array ? Buffer.from(value) : undefined;
  if (!stored) return compareValues(id, part, value, 'bytes');
  if (sameBytes(stored, expected)) return [];
  if (stored.length !== expected.length)
    return compareValues(id, `${part}: length`, stored.length, expected.length);
  const first = stored.findIndex((byte, i) => byte !== expected[i]) >> 5;
  const hashOf = (bytes: Uint8Array): string =>
    Buffer.from(bytes.subarray(32 * first, 32 * first + 32)).toString('base64');
  return compareValues(id, `${part}: hash ${String(first)}`, hashOf(stored), hashOf(expected));
}

function pathOf({ level, index }: Pick<StoredTile, 'level' | 'index'>): string {
  return tilePath({ level, index, width: TILE_WIDTH });
}

function gap(log: LogName, from: number, to: number): Finding {
  return {
    kind: 'missing',
    id: logId(log),
    part: `the entry bundles of leaves ${String(from)} to ${String(to - 1)}`,
  };
}

/** How many leaves a bundle has, whatever it says. */
function lengthOf({ count, leaves }: StoredBundle): number {
  return Math.max(1, leaves?.length ?? (Number.isSafeInteger(count) ? (count as number) : 1));
}

const BUNDLE_PROPS = ['log', 'start', 'count', 'at', 'ids', 'bytes'];

/** The bundle by itself: no gap before it, as many leaves as it says, and time that never goes back. */
function checkBundle(log: LogName, bundle: StoredBundle, { leaf, at: before }: LogPosition): Finding[] {
  const { start, count, at, ids, leaves, props } = bundle;
  const id = logId(log);
  const part = `the entry bundle at leaf ${String(start)}`;
  return [
    ...(start > leaf ? [gap(log, leaf, start)] : []),
    ...(start < leaf ? [{ kind: 'added', id, part } as const] : []),
    ...(leaves ? [] : [{ kind: 'altered', id, part, stored: 'its bytes are no bundle' } as const]),
    ...compareValues(id, `${part}: count`, count, leaves?.length ?? count),
    ...compareValues(id, `${part}: ids`, ids.length, leaves?.length ?? count),
    ...(typeof at !== 'number' || at < before
      ? compareValues(id, `${part}: at`, at, `not before ${String(before)}`)
      : []),
    ...(leaves?.every((bytes) => bytes.includes(`{"at":${String(at)},`)) === false
      ? compareValues(id, `${part}: at`, at, 'the time that its leaves say')
      : []),
    ...compareNames(id, part, props, BUNDLE_PROPS),
  ];
}

/** Decision groups: each hangs on the artifacts that its key says, and its decisions count up without a gap. */
import { hash } from 'node:crypto';
import { canonicalJson, type Json } from '../../domain/json.js';
import type { DerivedReader } from '../../store/derived-reader.js';
import type { FsckReader, ScannedGroup } from '../../store/fsck-reader.js';
import { checkGroupLinks, groupId } from './check-group-links.js';
import { compareValues, type Finding } from './finding.js';
import type { Step } from './step.js';

const GROUPS = 100;
const DECISIONS = 10_000;

/** Checks all groups whose number comes after a given one, as far as decisions below `size` make them. */
export async function* checkDecisionGroups(
  reader: FsckReader,
  derived: DerivedReader,
  { size, nextGroup }: { readonly size: number; readonly nextGroup: number },
  from: number,
): AsyncGenerator<Step<number>> {
  for (let next = from; ;) {
    const page = await reader.scanGroups(next, GROUPS);
    const findings = await checkGroupLinks(derived, reader.stored, size, page);
    for (const group of page) {
      // Numbers are given without a gap; groups from nextGroup on began while this runs.
      findings.push(...missing(next + 1, Math.min(group.number, nextGroup)));
      findings.push(...(await checkGroup(reader, group, size, nextGroup)));
      next = group.number;
    }
    if (page.length > 0) yield { next, checked: page.length, findings };
    else if (next + 1 < nextGroup) {
      // Either the last groups are gone or the head's count of them is wrong.
      const last = compareValues('log', 'nextGroup', nextGroup, next + 1);
      yield { next: nextGroup - 1, checked: 0, findings: [...last, ...missing(next + 1, next + 2)] };
      return;
    } else return;
  }
}

function missing(from: number, to: number): Finding[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => ({
    kind: 'missing',
    id: groupId(from + i),
    part: 'the group',
  }));
}

async function checkGroup(
  reader: FsckReader,
  group: ScannedGroup,
  size: number,
  nextGroup: number,
): Promise<Finding[]> {
  const { number, props, edges } = group;
  const id = groupId(number);
  const targets = (type: string): string[] =>
    edges.flatMap((edge) => (edge.type === type && edge.to !== null ? [edge.to] : []));
  const [models, datasets] = [targets('OF_MODEL'), targets('OF_DATA')];
  const key = hash(
    'sha256',
    canonicalJson([models[0] ?? '', datasets.toSorted(), props.mode as Json]),
    'hex',
  );
  return [
    ...compareValues(id, 'models', models.length, 1),
    ...compareValues(id, 'key of its model, data sets and mode', props.key, key),
    ...(await checkOrdinals(reader, group, id, { size, nextGroup })),
  ];
}

/** Decisions that were recorded while this runs are not followed; a group that has some is still growing. */
async function checkOrdinals(
  reader: FsckReader,
  { number, props }: ScannedGroup,
  id: string,
  { size, nextGroup }: { readonly size: number; readonly nextGroup: number },
): Promise<Finding[]> {
  const findings: Finding[] = [];
  let count = 0;
  for (let from = 0; ;) {
    const decisions = await reader.ordinals(number, from, DECISIONS);
    for (const decision of decisions) {
      if (decision.leafIndex >= size) return findings;
      findings.push(...compareValues(decision.id, 'ordinal', decision.ordinal, count));
      count += 1;
    }
    from = (decisions.at(-1)?.leafIndex ?? from) + 1;
    if (decisions.length < DECISIONS) break;
  }
  if (count > 0 && number >= nextGroup)
    findings.push(...compareValues('log', 'nextGroup', nextGroup, number + 1));
  return [
    ...findings,
    ...compareValues(id, 'size', props.size, count === 0 ? 'at least one decision' : count),
  ];
}

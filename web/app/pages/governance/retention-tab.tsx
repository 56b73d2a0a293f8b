/** Retention: the rules of the server's file, and what a run would do with each key now. Nothing is done from here. */
import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';

import { useAnswer } from '../../api/use-answer.js';
import {
  RetentionPreviewDocument,
  RetentionRulesDocument,
  type RetentionPreviewQuery,
  type RetentionRulesQuery,
} from '../../graphql/operations.gen.js';
import { showCount } from '../../parts/number.js';
import { Empty, Failure, Loading } from '../../parts/states.js';
import { Table } from '../../parts/table.js';
import { Time } from '../../parts/time.js';
import { MoreButton } from './more-button.js';

type Rules = RetentionRulesQuery['retentionRules'];
type Preview = RetentionPreviewQuery['retentionPreview'];

export function RetentionTab(): ReactNode {
  const [search] = useSearchParams();
  const rules = useAnswer(RetentionRulesDocument, {});
  const preview = useAnswer(RetentionPreviewDocument, { after: search.get('after') });
  const error = rules.error ?? preview.error;
  return (
    <div className="stack">
      {error ? <Failure error={error} /> : null}
      {rules.isPending || preview.isPending ? <Loading what="the retention rules" /> : null}
      {rules.data ? <RuleTable rules={rules.data.retentionRules} /> : null}
      {preview.data ? <PreviewTable preview={preview.data.retentionPreview} /> : null}
    </div>
  );
}

function RuleTable({ rules: { items, version, digest } }: { readonly rules: Rules }): ReactNode {
  if (items.length === 0) {
    return (
      <Empty title="The server has no retention rules">
        <p>
          <code>PEDIGREE_RETENTION</code> names their file. Without it nothing is erased by time, and only
          legal holds delay an erasure.
        </p>
      </Empty>
    );
  }
  return (
    <section className="card" aria-labelledby="rules">
      <h2 id="rules">The rules, version {version}</h2>
      <Table
        label="Retention rules"
        heads={[
          'Rule',
          'Applies to',
          'Kept at least',
          'Gone after',
          'Basis',
          'Purpose while it is only kept',
        ]}
      >
        {items.map((rule) => (
          <RuleRow key={rule.id} rule={rule} />
        ))}
      </Table>
      <p className="fine">
        SHA-256 of the file: <code>{digest}</code>
      </p>
    </section>
  );
}

const ACTIONS = {
  ERASE: ['warn', 'erase'],
  RESTRICT: ['bad', 'restrict'],
  KEEP: ['', 'keep'],
} as const;

const REASONS = {
  DEADLINE_PASSED: 'the deadline of everything under it has passed',
  DUTY: 'a rule says that it must be kept',
  LEGAL_HOLD: 'a legal hold is in force',
  NOT_YET: 'a deadline has not passed',
  NO_DEADLINE: 'no rule gives it a deadline',
  REQUESTED: 'its erasure was asked for',
} as const;

function PreviewTable({ preview }: { readonly preview: Preview }): ReactNode {
  const { items, at } = preview;
  return (
    <section className="card" aria-labelledby="preview">
      <h2 id="preview">What a run would do now</h2>
      <p className="fine">
        As of <Time value={at} />. A key is random and belongs to one person: it does not say to whom. A run
        is asked for with <code>pedigree retention run</code> by somebody who may erase (scope{' '}
        <code>ERASE_SUBJECTS</code>). Restricted values are read with <code>restrictedValues</code> alone, for
        the purpose that the duty has (scope <code>READ_RESTRICTED</code>).
      </p>
      {items.length === 0 ? (
        <p className="absent">No personal value is kept.</p>
      ) : (
        <Table
          label="Keys"
          heads={['Key', 'A run would', 'Why', 'By', 'Until', 'Declarations', 'Overdue', 'Restricted now']}
        >
          {items.map((item) => (
            <KeyRow key={item.key} item={item} />
          ))}
        </Table>
      )}
      <MoreButton {...preview} words={['The first ones', 'The next ones']} />
    </section>
  );
}

function RuleRow({ rule }: { readonly rule: Rules['items'][number] }): ReactNode {
  return (
    <tr>
      <th scope="row">{rule.id}</th>
      <td>
        {[rule.kinds, rule.classifications, rule.namespaces]
          .flatMap((list) => (list === null ? [] : [list.join(', ')]))
          .join('; ') || 'everything'}
      </td>
      <td>{rule.keepFor ?? <span className="absent">no duty</span>}</td>
      <td>{rule.eraseAfter ?? <span className="absent">no deadline</span>}</td>
      <td>{rule.basis}</td>
      <td>{rule.purpose ?? <span className="absent">none</span>}</td>
    </tr>
  );
}

function KeyRow({ item }: { readonly item: Preview['items'][number] }): ReactNode {
  return (
    <tr>
      <th scope="row">
        <code>{item.key.slice(0, 12)}</code>
      </th>
      <td>
        <span className={`chip ${ACTIONS[item.action][0]}`}>{ACTIONS[item.action][1]}</span>
      </td>
      <td>{REASONS[item.reason]}</td>
      <td>
        {item.by} <span className="fine">{item.basis}</span>
      </td>
      <td>
        {item.until === null ? (
          <span className="absent">nobody can tell</span>
        ) : (
          <Time value={item.until} day />
        )}
      </td>
      <td className="number">{showCount(item.declarations)}</td>
      <td className="number">{showCount(item.overdue)}</td>
      <td>{item.restricted ? `yes, for: ${item.purpose ?? 'no purpose'}` : 'no'}</td>
    </tr>
  );
}

/** An attestation in a line or two: what kind of fact, who says so, and whether it is a worry. */
import {
  Activity,
  BadgeCheck,
  CircleAlert,
  CircleCheck,
  CircleX,
  FileText,
  Rocket,
  Stamp,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';

import { listOf, membersOf, numberOf, textOf, type JsonObject } from '../api/json.js';
import type { FactFragment } from '../graphql/operations.gen.js';
import { showCount, showNumber } from './number.js';
import { Members } from './json-value.js';
import { Time } from './time.js';
import { ArtifactLink } from './artifact-link.js';

export type Tone = 'good' | 'bad' | 'warn' | 'plain';

interface Told {
  readonly icon: LucideIcon;
  readonly tone: Tone;
  readonly title: string;
  readonly text?: string | undefined;
}

/** How grave a fact is, and in which words it is told. */
export function tell({ type, fields }: FactFragment): Told {
  const members = membersOf(fields);
  return (TELLERS[type] ?? tellOther)(members, type);
}

const TELLERS: Readonly<Record<string, (fields: JsonObject, type: string) => Told>> = {
  CONTRACT_CHECK: tellCheck,
  DRIFT: tellDrift,
  INCIDENT: (fields) => ({
    icon: CircleAlert,
    tone: 'bad',
    title: `Incident: ${textOf(fields.title) ?? 'without a title'}`,
    text: [textOf(fields.severity), textOf(fields.status), textOf(fields.explanation)]
      .filter(Boolean)
      .join(' · '),
  }),
  APPROVED: (fields) => ({
    icon: Stamp,
    tone: textOf(fields.decision) === 'REJECTED' ? 'bad' : 'good',
    title: `${(textOf(fields.decision) ?? 'APPROVED').toLowerCase()} by ${textOf(fields.approver) ?? 'somebody'}`,
    text: textOf(fields.basis),
  }),
  DEPLOYED: (fields) => ({
    icon: Rocket,
    tone: 'plain',
    title: `Deployed at ${textOf(fields.endpoint) ?? 'an endpoint that is not stated'}`,
    text: textOf(fields.environment),
  }),
  RATIONALE: (fields) => ({
    icon: FileText,
    tone: 'plain',
    title: `Rationale by ${textOf(fields.author) ?? 'somebody'}`,
    text: textOf(fields.text),
  }),
};

function tellCheck(fields: JsonObject): Told {
  const passed = fields.passed === true;
  const failed = listOf(fields.checks)
    .map(membersOf)
    .filter((check) => check.passed === false)
    .map((check) => `${textOf(check.column) ?? 'a column'} is not ${textOf(check.rule) ?? 'as required'}`);
  const rows = numberOf(fields.rowsChecked);
  return {
    icon: passed ? CircleCheck : CircleX,
    tone: passed ? 'good' : 'bad',
    title: `Contract check ${passed ? 'passed' : 'failed'}: ${textOf(fields.contract) ?? 'a contract without a name'}`,
    text: [rows === undefined ? '' : `${showCount(rows)} rows checked`, ...failed].filter(Boolean).join('; '),
  };
}

function tellDrift(fields: JsonObject): Told {
  const drifted = fields.drifted === true;
  const value = numberOf(fields.value);
  const limit = numberOf(fields.threshold);
  const distance = value === undefined ? '' : `distance ${showNumber(value)}`;
  return {
    icon: Activity,
    tone: drifted ? 'bad' : 'good',
    title: `${textOf(fields.feature) ?? 'A feature'} ${drifted ? 'has drifted' : 'has not drifted'}`,
    text: [distance, limit === undefined ? '' : `limit ${showNumber(limit)}`].filter(Boolean).join(', '),
  };
}

function tellOther(fields: JsonObject, type: string): Told {
  const words = type.replaceAll('_', ' ').toLowerCase();
  return {
    icon: BadgeCheck,
    tone: type === 'ERASED' || type === 'RESTRICTED' ? 'warn' : 'plain',
    title: words.slice(0, 1).toUpperCase() + words.slice(1),
    text: textOf(fields.text) ?? textOf(fields.title) ?? textOf(fields.basis),
  };
}

export function Fact({
  fact,
  about = [],
}: {
  readonly fact: FactFragment;
  readonly about?: readonly string[];
}): ReactNode {
  const { icon: Icon, tone, title, text } = tell(fact);
  const { type, ...rest } = membersOf(fact.fields);
  return (
    <li className={`told tone-${tone}`}>
      <Icon aria-hidden="true" className="told-icon" />
      <div>
        <p className="told-title">
          {title} <Time value={fact.occurredAt} day />
        </p>
        {text === undefined || text === '' ? null : <p>{text}</p>}
        <p className="told-about">
          {about.map((id) => (
            <ArtifactLink key={id} id={id} />
          ))}
        </p>
        <details>
          <summary>All that was attested</summary>
          <Members
            members={{ type: type ?? fact.type, ...rest, 'declared by': fact.declaredBy, id: fact.id }}
          />
        </details>
      </div>
    </li>
  );
}

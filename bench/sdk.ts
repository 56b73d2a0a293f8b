/**
 * What `logPrediction` costs the thread that decides: the time of one call, for a decision with ten feature values, while
 * batches leave in the background; beside the least that any logging costs, which is the JSON text of the same decision.
 */
import { join } from 'node:path';

import {
  prediction,
  PredictionLog,
  type LoggedPrediction,
  type PredictionLogOptions,
} from '../src/sdk/index.js';
import type { BenchContext } from './main.js';
import { compare, median } from './measure.js';
import type { Figure } from './report.js';

const CALLS = 10_000;
/** Calls between two turns of the event loop: decisions come one by one, not all at once. */
const BURST = 20;
const RUNS = 5;

const COMMON = { namespace: 'lending', name: 'decision', model: 'model:lending/risk@7' };

/** Against one microsecond, the ratio is the time in microseconds, and so is the bar. */
const BAR = { bar: { atMost: 50 } };

type Case = readonly [
  name: string,
  options: Partial<PredictionLogOptions>,
  statistic: (times: readonly number[]) => number,
  bar: { readonly bar?: { readonly atMost: number } },
];

export async function run({ workDir, log }: BenchContext): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  const there = { fetch: acceptAll };
  const away = { fetch: refuseAll, folder: join(workDir, 'spill') };
  const cases: readonly Case[] = [
    ['server there, median', there, median, BAR],
    ['server there, mean', there, mean, BAR],
    ['server there, 99th percentile', there, percentile99, {}],
    ['server there, rate 0.1, median', { ...there, sampling: { rate: 0.1 } }, median, BAR],
    ['server away, spilling to disk, median', away, median, BAR],
    ['server away, spilling to disk, mean', away, mean, BAR],
    ['server away, spilling to disk, 99th percentile', away, percentile99, {}],
  ];
  for (const [name, options, statistic, bar] of cases) {
    log(`logPrediction, ${name}`);
    const ours = async (): Promise<number> => statistic(await callsOf(options));
    figures.push(await compare({ name: `a call, µs; ${name}`, ours, reference: one, runs: RUNS, ...bar }));
  }
  const ours = async (): Promise<number> => median(await callsOf(there));
  const beside = { name: 'a call beside JSON.stringify, µs', ours, reference: stringify, runs: RUNS };
  figures.push(await compare(beside));
  return figures;
}

/** The figure that has the bar, alone: the median of calls while the server is there. */
export function measureCall(): Promise<Figure> {
  const ours = async (): Promise<number> => median(await callsOf({ fetch: acceptAll }));
  return compare({
    name: 'logPrediction, a call on the caller’s thread, µs (1)',
    ours,
    reference: one,
    runs: RUNS,
    ...BAR,
  });
}

/** The times of calls, in microseconds. */
async function callsOf(options: Partial<PredictionLogOptions>): Promise<number[]> {
  const log = new PredictionLog({
    url: 'http://127.0.0.1',
    token: '',
    maxQueue: CALLS,
    ...COMMON,
    ...options,
  });
  const times: number[] = [];
  for (let i = 0; i < CALLS; i++) {
    const decision = decisionOf(i);
    const start = performance.now();
    log.logPrediction(decision);
    times.push((performance.now() - start) * 1000);
    if (i % BURST === 0) await new Promise(setImmediate);
  }
  await log.close();
  const { lost } = log.stats;
  const gone = Object.values(lost).reduce((sum, count) => sum + count, 0);
  if (gone > 0) throw new Error(`a log that loses nothing is required, but got: ${JSON.stringify(lost)}`);
  return times;
}

function mean(times: readonly number[]): number {
  return times.reduce((sum, time) => sum + time, 0) / times.length;
}

function percentile99(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(0.99 * times.length)] ?? Number.NaN;
}

async function stringify(): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < CALLS; i++) {
    const declaration = prediction({ ...COMMON, version: String(i), occurredAt: i, ...decisionOf(i) });
    const start = performance.now();
    JSON.stringify(declaration);
    times.push((performance.now() - start) * 1000);
    if (i % BURST === 0) await new Promise(setImmediate);
  }
  return median(times);
}

function one(): Promise<number> {
  return Promise.resolve(1);
}

function decisionOf(i: number): LoggedPrediction {
  const values = Array.from({ length: 10 }, (_, k) => [
    `feature-${k}`,
    { value: (i + k) / 7, contribution: k / 3 },
  ]);
  return {
    subjects: [`applicant-${i}`],
    scored: { to: 'dataset:lending/features@2026-01-05', row: [i] },
    features: Object.fromEntries(values) as NonNullable<LoggedPrediction['features']>,
    score: i / CALLS,
    outcome: 'APPROVE',
  };
}

/** A server that takes everything at once, in this process: what is measured is the caller's side. */
const acceptAll: typeof fetch = (_, init) => {
  const lines = (init?.body as string).split('\n').length - 1;
  const receipt = (index: number): string =>
    JSON.stringify({ index, id: 'x', digest: 'ab', leafIndex: index, repeated: false });
  return Promise.resolve(
    new Response(Array.from({ length: lines }, (_one, i) => `${receipt(i)}\n`).join('')),
  );
};

const refuseAll: typeof fetch = () => Promise.reject(new TypeError('the server is away'));

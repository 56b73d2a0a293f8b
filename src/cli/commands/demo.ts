/** `pedigree demo`: the server with the mortgage demo in it, and one decision's storyline. */
import { Command } from 'commander';
import { PedigreeError } from '../../domain/errors.js';
import type { RunningServer } from '../../app/server.js';

export function demoCommand(): Command {
  return new Command('demo')
    .description('start the server, declare the mortgage demo, and tell one decision’s story')
    .option('--fresh', 'delete the data folder’s database and keys first')
    .option(
      '--governed',
      'then stop the faulty batch at its contract, find the cause of its drift, and correct its decisions',
    )
    .action(async ({ fresh, governed }: { fresh?: true; governed?: true }) => {
      const { serveUntilStopped } = await import('../../app/serve.js');
      await serveUntilStopped({ fresh: fresh === true, onReady: governed === true ? runGoverned : runDemo });
    });
}

type Print = (line: string) => void;

/** The third chapter after the first two; its report is data, and goes to standard output. */
async function runGoverned(server: RunningServer, print: Print, signal: AbortSignal): Promise<void> {
  await runDemo(server, print, signal);
  if (signal.aborted) return;
  const { runGovernedBatch } = await import('../../../demo/index.js');
  const { url, tokens } = server;
  const { report } = await runGovernedBatch({
    url,
    writer: await tokens.sign({ name: 'mortgage-demo', role: 'writer', namespaces: ['mortgage'] }),
    auditor: await tokens.sign({ name: 'mortgage-demo-auditor', role: 'auditor' }),
    log: (line) => {
      print(`  ${line}`);
    },
  });
  process.stdout.write(`${report}\n`);
  print('The third chapter is told.');
}

async function runDemo(server: RunningServer, print: Print, signal: AbortSignal): Promise<void> {
  const { runMortgageDemo, tellStoryline } = await import('../../../demo/index.js');
  const { url, tokens } = server;
  const link = server.signInLink();
  if (!link) {
    throw new PedigreeError(
      'CONFIGURATION',
      'the demo signs in with the local key: PEDIGREE_LOCAL_TOKENS must be "on"',
    );
  }
  print(`Pedigree is at ${url}; declaring the mortgage demo over HTTP:`);
  const writer = await tokens.sign({ name: 'mortgage-demo', role: 'writer', namespaces: ['mortgage'] });
  const result = await runMortgageDemo({
    url,
    token: writer,
    signal,
    log: (line) => {
      print(`  ${line}`);
    },
  });
  if (signal.aborted) return;
  const auditor = await tokens.sign({ name: 'mortgage-demo-auditor', role: 'auditor' });
  print(`${result.summary}.\n`);
  process.stdout.write(
    `${await tellStoryline({ url, token: auditor, prediction: result.ids.deniedApplication })}\n\n`,
  );
  print(`Sign in once, within ten minutes: ${link}`);
  print('Serving until Ctrl-C.');
}

import { execFile } from 'node:child_process';

export interface ToolRun {
  /** The exit code; -1 when the tool was killed, for instance because its time was up. */
  readonly exitCode: number;
  readonly stdout: string;
  /** Everything it printed, without terminal colours, for messages. */
  readonly output: string;
}

export interface ToolOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Runs an external program to its end; `undefined` when there is no such program. It never throws for a failing one. */
export async function runTool(
  command: string,
  args: readonly string[],
  { env, timeoutMs, signal }: ToolOptions,
): Promise<ToolRun | undefined> {
  const options = {
    env,
    timeout: timeoutMs,
    maxBuffer: 16 * 1024 * 1024,
    ...(signal === undefined ? {} : { signal }),
  };
  const run = await new Promise<ToolRun | undefined>((resolve) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      if (error?.code === 'ENOENT' || error?.code === 'EACCES') resolve(undefined);
      else
        resolve({ exitCode: exitCodeOf(error), stdout, output: withoutColours(`${stdout}${stderr}`).trim() });
    });
  });
  signal?.throwIfAborted();
  return run;
}

/** The last lines of a long output: where programs say what went wrong. */
export function lastLines(output: string, count = 15): string {
  return output.split('\n').slice(-count).join('\n');
}

function exitCodeOf(error: { code?: unknown } | null): number {
  if (error === null) return 0;
  return typeof error.code === 'number' ? error.code : -1;
}

function withoutColours(text: string): string {
  // eslint-disable-next-line no-control-regex -- the escape character is what starts a terminal colour
  return text.replace(/\u001b\[[0-9;]*m/g, '');
}

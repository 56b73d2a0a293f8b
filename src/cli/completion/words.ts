/** What can stand where on the command line, from the commands themselves: completion cannot be out of date. */
import type { Command, Option } from 'commander';

export interface CompletedCommand {
  /** `lineage`, or `log status` for a command below another. */
  readonly path: string;
  readonly description: string;
  readonly subcommands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly {
    readonly flag: string;
    readonly description: string;
    /** What its value may be; undefined if anything. */
    readonly choices?: readonly string[];
    readonly takesValue: boolean;
  }[];
}

/** The program and every command below it. */
export function completedCommands(program: Command, path = ''): CompletedCommand[] {
  const commands = program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
  }));
  const own: CompletedCommand = {
    path,
    description: program.description(),
    subcommands: commands,
    options: [
      ...program.options.map(toOption),
      { flag: '--help', description: 'show help', takesValue: false },
    ],
  };
  return [
    own,
    ...program.commands.flatMap((command) => completedCommands(command, `${path} ${command.name()}`.trim())),
  ];
}

function toOption({
  long,
  short,
  description,
  argChoices,
  required,
  optional,
}: Option): CompletedCommand['options'][number] {
  return {
    flag: long ?? short ?? '',
    description,
    takesValue: required || optional,
    ...(argChoices === undefined ? {} : { choices: argChoices }),
  };
}

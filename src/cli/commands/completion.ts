/** `pedigree completion`: a script that lets a shell complete commands and options. */
import { Argument, Command } from 'commander';
import { SHELLS, type Shell } from '../completion/scripts.js';
import { completedCommands } from '../completion/words.js';

const HELP = `
Examples:
  $ pedigree completion bash
  $ pedigree completion zsh
  $ pedigree completion fish`;

export function completionCommand(): Command {
  return new Command('completion')
    .description('print a script with which a shell completes commands and options')
    .addArgument(new Argument('<shell>', 'whose').choices(Object.keys(SHELLS)))
    .addHelpText('after', HELP)
    .action((shell: Shell, _: object, command: Command) => {
      process.stdout.write(SHELLS[shell](completedCommands(command.parent as Command)));
    });
}

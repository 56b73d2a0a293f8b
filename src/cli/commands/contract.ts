/** `pedigree contract`: what data must be, whether it is, and whom a change breaks. */
import { Command } from 'commander';
import { contractCheckCommand } from './contract/check.js';
import { contractDeclareCommand } from './contract/declare.js';
import { contractDiffCommand } from './contract/diff.js';
import { contractShowCommand } from './contract/show.js';

export function contractCommand(): Command {
  return new Command('contract')
    .description(
      'check data against a contract, declare one, show it, or say whom a change of columns breaks',
    )
    .addCommand(contractCheckCommand())
    .addCommand(contractDeclareCommand())
    .addCommand(contractShowCommand())
    .addCommand(contractDiffCommand());
}

/** Completion scripts for the three shells, made from the command's own words. Ids are completed by nobody: a shell is no search. */
import type { CompletedCommand } from './words.js';

export const SHELLS = { bash, zsh, fish } as const;
export type Shell = keyof typeof SHELLS;

/** A path of command words decides what may follow; words that begin with a dash are options and belong to no path. */
function bash(commands: readonly CompletedCommand[]): string {
  return `# pedigree completion for bash: eval "$(pedigree completion bash)"
_pedigree() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" path="" each
  for each in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$path $each" in
${branches(commands, (path) => `      " ${path}"|"${path}") path="${path}" ;;`)}
    esac
  done
  case "$path $previous" in
${choices(commands, (path, flag, words) => `    "${path} ${flag}") COMPREPLY=($(compgen -W "${words}" -- "$word")); return ;;`)}
  esac
  case "$path" in
${words(commands, (path, all) => `    "${path}") COMPREPLY=($(compgen -W "${all}" -- "$word")) ;;`)}
  esac
}
complete -o default -F _pedigree pedigree
`;
}

function zsh(commands: readonly CompletedCommand[]): string {
  return `#compdef pedigree
# pedigree completion for zsh: eval "$(pedigree completion zsh)"
_pedigree() {
  local word_path="" each
  for each in "\${(@)words[2,CURRENT-1]}"; do
    case "$word_path $each" in
${branches(commands, (path) => `      " ${path}"|"${path}") word_path="${path}" ;;`)}
    esac
  done
  case "$word_path \${words[CURRENT-1]}" in
${choices(commands, (path, flag, all) => `    "${path} ${flag}") compadd -- ${all}; return ;;`)}
  esac
  case "$word_path" in
${words(commands, (path, all) => `    "${path}") compadd -- ${all} ;;`)}
  esac
  _files
}
compdef _pedigree pedigree
`;
}

function fish(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ path, subcommands, options }) => {
    const seen =
      path === '' ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${path.split(' ').at(-1) ?? ''}`;
    const start = `complete -c pedigree -n '${seen}'`;
    return [
      ...subcommands.map(({ name, description }) => `${start} -a ${name} -d '${quoted(description)}'`),
      ...options.map(({ flag, description, choices: values, takesValue }) => {
        const value = values ? ` -x -a '${values.join(' ')}'` : takesValue ? ' -r' : '';
        return `${start} -l ${flag.replace(/^--/, '')}${value} -d '${quoted(description)}'`;
      }),
    ];
  });
  return `# pedigree completion for fish: pedigree completion fish | source\n${lines.join('\n')}\n`;
}

/** A text between single quotes of fish. */
function quoted(text: string): string {
  return text.replace(/[\\']/g, '\\$&');
}

function branches(commands: readonly CompletedCommand[], line: (path: string) => string): string {
  return commands
    .filter(({ path }) => path !== '')
    .map(({ path }) => line(path))
    .join('\n');
}

function choices(
  commands: readonly CompletedCommand[],
  line: (path: string, flag: string, words: string) => string,
): string {
  return commands
    .flatMap(({ path, options }) =>
      options.flatMap(({ flag, choices: values }) => (values ? [line(path, flag, values.join(' '))] : [])),
    )
    .join('\n');
}

function words(commands: readonly CompletedCommand[], line: (path: string, all: string) => string): string {
  return commands
    .map(({ path, subcommands, options }) =>
      line(path, [...subcommands.map(({ name }) => name), ...options.map(({ flag }) => flag)].join(' ')),
    )
    .join('\n');
}

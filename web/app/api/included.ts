/**
 * The text of a question without the fields that it leaves out by `@include`. A server knows only the fields that the reader
 * may ask for, and refuses a text that names another one, even where a directive leaves it out.
 *
 * @param text as the generator prints it: a field a line, its selection in braces on the lines below
 */
export function includedText(text: string, variables: unknown): string {
  const left = Object.entries(variables ?? {}).flatMap(([name, value]) => (value === false ? [name] : []));
  return left.reduce(withoutFlag, text);
}

function withoutFlag(text: string, flag: string): string {
  const kept: string[] = [];
  let depth = 0;
  for (const line of text.split('\n')) {
    if (depth > 0) depth += bracesOf(line);
    else if (line.includes(`@include(if: $${flag})`)) depth = bracesOf(line);
    else kept.push(line);
  }
  const pruned = kept.join('\n');
  const declared = new RegExp(`\\$${flag}: Boolean!(, )?`);
  const isUsed = pruned.replace(declared, '').includes(`$${flag}`);
  return isUsed ? pruned : pruned.replace(declared, '').replace(/, \)/, ')').replace(/\(\)/, '');
}

function bracesOf(line: string): number {
  return line.split('{').length - line.split('}').length;
}

/** A tree as text, with the lines that one knows from directory listings. */

export interface TextTree {
  readonly text: string;
  readonly children?: readonly TextTree[];
}

/** The root on the first line, then each branch below it. */
export function renderTree({ text, children = [] }: TextTree): string {
  return [text, ...branches(children, '')].join('\n');
}

function branches(children: readonly TextTree[], indent: string): string[] {
  return children.flatMap(({ text, children: below = [] }, i) => {
    const last = i === children.length - 1;
    return [`${indent}${last ? '└─' : '├─'} ${text}`, ...branches(below, `${indent}${last ? '   ' : '│  '}`)];
  });
}

/** Lines of cells with every column as wide as its widest cell; columns of numbers are flush right. */
export function alignCells(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    row
      .map((cell, i) => (right.includes(i) ? cell.padStart(width(i)) : cell.padEnd(width(i))))
      .join('  ')
      .trimEnd(),
  );
}

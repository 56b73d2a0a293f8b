/** A tree as text, with the lines that one knows from directory listings. */
import { cleanText } from './clean-text.js';

export interface Tree {
  readonly text: string;
  readonly children?: readonly Tree[];
}

/** The root on the first line, then each branch below it. A chain may be long, so nothing here calls itself. */
export function renderTree(root: Tree): string {
  const lines: string[] = [];
  const waiting: { tree: Tree; line: string; below: string }[] = [{ tree: root, line: '', below: '' }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { tree, line, below } = next;
    lines.push(`${line}${cleanText(tree.text)}`);
    const children = tree.children ?? [];
    const branches = children.map((child, i) => {
      const last = i === children.length - 1;
      return {
        tree: child,
        line: `${below}${last ? '└─' : '├─'} `,
        below: `${below}${last ? '   ' : '│  '}`,
      };
    });
    waiting.push(...branches.reverse());
  }
  return `${lines.join('\n')}\n`;
}

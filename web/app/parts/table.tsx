/** A table that scrolls by itself, also by keyboard: a region with a name. */
import type { ReactNode } from 'react';

export interface TableProps {
  /** The region's name. */
  readonly label: string;
  /** Names of the columns, each once. */
  readonly heads: readonly string[];
  readonly className?: string;
  /** The rows. */
  readonly children: ReactNode;
}

export function Table({ label, heads, className, children }: TableProps): ReactNode {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={label}>
      <table className={className}>
        <thead>
          <tr>
            {heads.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

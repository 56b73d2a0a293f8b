/** A mortgage application as the published file has it, and as the steps after it use it. */

export type YesNo = 'yes' | 'no';

/** The columns in the file's order. `comdominiom` is the published file's own spelling of condominium. */
export const COLUMNS = [
  'dir',
  'hir',
  'lvr',
  'ccs',
  'mcs',
  'pbcr',
  'dmi',
  'self',
  'single',
  'uria',
  'comdominiom',
  'black',
  'deny',
] as const;

export type Column = (typeof COLUMNS)[number];

/** One line of a delivered file: the row's key and the other columns as text. */
export interface DeliveredRow {
  readonly row: number;
  readonly text: Readonly<Record<Column, string>>;
}

/** One application with typed values. Ratios are fractions: 0.8 is 80 percent. */
export interface Application {
  readonly row: number;
  readonly dir: number;
  readonly hir: number;
  readonly lvr: number;
  readonly ccs: number;
  readonly mcs: number;
  readonly pbcr: YesNo;
  readonly dmi: YesNo;
  readonly self: YesNo;
  readonly single: YesNo;
  readonly uria: number;
  readonly comdominiom: number;
  readonly black: YesNo;
  readonly deny: YesNo;
}

/** Types the columns of a row that has passed the contract. */
export function toApplication({ row, text }: DeliveredRow): Application {
  const yesNo = (column: Column): YesNo => (text[column] === 'yes' ? 'yes' : 'no');
  return {
    row,
    dir: Number(text.dir),
    hir: Number(text.hir),
    lvr: Number(text.lvr),
    ccs: Number(text.ccs),
    mcs: Number(text.mcs),
    pbcr: yesNo('pbcr'),
    dmi: yesNo('dmi'),
    self: yesNo('self'),
    single: yesNo('single'),
    uria: Number(text.uria),
    comdominiom: Number(text.comdominiom),
    black: yesNo('black'),
    deny: yesNo('deny'),
  };
}

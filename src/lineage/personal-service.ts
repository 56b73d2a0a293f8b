/** The personal values of a node as one reader sees them: readable, withheld from this reader, or erased for everybody. */
import type { KeyReader } from '../store/keys/key-store.js';
import { erasedPlaces, personalValues, sealedPaths, type StoredProps } from '../store/stored-values.js';
import type { ReadValue } from './traced-features.js';

/** A personal member of an entry: `value/explanation`, `value/features/lvr`, `row/SCORED/dataset:…`. */
export interface PersonalMember {
  readonly path: string;
  readonly read: ReadValue;
}

/** Every personal member of a node, in the order of its paths, as one reader may see it. */
export interface PersonalMembers {
  membersOf(props: StoredProps, mayReadPersonal: boolean): Promise<PersonalMember[]>;
}

export class PersonalService implements PersonalMembers {
  constructor(private readonly keys: KeyReader) {}

  /** No key is asked for where nothing may be read. */
  async membersOf(props: StoredProps, mayReadPersonal: boolean): Promise<PersonalMember[]> {
    const members = mayReadPersonal ? [...(await personalValues(props, this.keys))] : withheld(props);
    return members
      .map(([path, read]) => ({ path, read }))
      .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }
}

/** That a value was erased is no secret: the log says so, and whoever asks for it should not ask for a scope instead. */
function withheld(props: StoredProps): [string, ReadValue][] {
  return [
    ...sealedPaths(props).map((path): [string, ReadValue] => [path, { state: 'WITHHELD' }]),
    ...erasedPlaces(props).map(({ path }): [string, ReadValue] => [path, { state: 'ERASED' }]),
  ];
}

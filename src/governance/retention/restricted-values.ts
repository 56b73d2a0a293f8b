/** Reading what is kept because of a duty alone: for the duty's purpose, which the read's record has. */
import { PedigreeError, required } from '../../domain/errors.js';
import type { PersonalMember, PersonalMembers } from '../../lineage/personal-service.js';
import type { ErasureStore } from '../../store/erasure-store.js';
import type { StoredEntryReader } from '../../store/stored-entry-reader.js';
import { kidsOf, type StoredProps } from '../../store/stored-values.js';

export class RestrictedValues {
  /** @param personal opens restricted values, too */
  constructor(
    private readonly store: Pick<ErasureStore, 'ofKeys'>,
    private readonly personal: PersonalMembers,
    private readonly stored: Pick<StoredEntryReader, 'entries'>,
  ) {}

  /** What is stored of a declaration; undefined if there is none. */
  async node(id: string): Promise<StoredProps | undefined> {
    return (await this.stored.entries([id])).get(id)?.props;
  }

  /**
   * The personal values of a node, restricted or not; where none is restricted, no purpose is asked for.
   *
   * @param purpose what the reader reads for
   * Error: `BAD_INPUT` if one of its duties has another purpose.
   */
  async of(props: StoredProps, purpose: string | undefined, open: boolean): Promise<PersonalMember[]> {
    const marks = await this.store.ofKeys(kidsOf([props]));
    const restricted = [...marks.values()].filter(({ state }) => state === 'RESTRICTED');
    const other = restricted.find((mark) => mark.purpose !== purpose);
    if (other)
      throw new PedigreeError(
        'BAD_INPUT',
        required(
          `the header Pedigree-Purpose must be ${JSON.stringify(other.purpose)}, for which these values are kept`,
          purpose,
        ),
      );
    return this.personal.membersOf(props, open);
  }
}

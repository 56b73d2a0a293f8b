/** The guard of the masked values of an evidence file, summed up while its entries are written: none of them is kept. */
import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../../domain/json.js';
import {
  EVIDENCE_FORMAT,
  MASKED_EVIDENCE_FORMAT,
  type EvidenceEntry,
  type EvidenceFile,
  type Masking,
} from '../../verify/evidence-file.js';

export class MaskingSum {
  private readonly sum = createHash('sha256').update('{"masked":[');
  private isEmpty = true;

  /** @param profile digest of the redaction profile; left out where nothing is masked */
  constructor(private readonly profile: string | undefined) {}

  /** The next entry, in the order of the file. */
  add({ index, masked }: EvidenceEntry): void {
    if (!masked) return;
    this.sum.update(`${this.isEmpty ? '' : ','}${canonicalJson({ index, masked } as unknown as Json)}`);
    this.isEmpty = false;
  }

  /** Once, after the last entry; undefined if no entry had a masked value. */
  masking(): Masking | undefined {
    const { profile } = this;
    if (this.isEmpty || profile === undefined) return undefined;
    return { profile, checksum: this.sum.update(`],"profile":${canonicalJson(profile)}}`).digest('hex') };
  }
}

/** A file without masked values has one spelling, and that is version 1. */
export function formatOf(masked: MaskingSum): Pick<EvidenceFile, 'format' | 'masking'> {
  const masking = masked.masking();
  return masking ? { format: MASKED_EVIDENCE_FORMAT, masking } : { format: EVIDENCE_FORMAT };
}

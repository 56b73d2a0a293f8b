/** `pedigree/verify`: checks evidence files without network, server or database, in Node and in browsers. */
export { isPedigreeError, PedigreeError } from '../domain/errors.js';
export type {
  AnswerArtifact,
  AnswerAttestation,
  AnswerEdge,
  EvidenceAnswer,
  EvidenceQuestion,
} from './evidence-file.js';
export {
  EXIT_CODES,
  type MaskedValue,
  type Outcome,
  type Proved,
  type Verdict,
  type VerifiedCheckpoint,
} from './verdict.js';
export { verifyEvidence, type VerifyOptions } from './verify-evidence.js';
export { verifyGrowth, type Growth } from './growth.js';

/** What `pedigree demo` runs, and what tests look behind it with. */
export { runMortgageDemo, type DemoResult, type MortgageDemoOptions } from './mortgage-demo.js';
export {
  runGovernedBatch,
  type GovernedBatchOptions,
  type GovernedBatchResult,
} from './governed/governed-batch.js';
export { renderStoryline, tellStoryline, type StorylineOptions } from './storyline/storyline.js';
export type { Trace } from './storyline/trace-query.js';

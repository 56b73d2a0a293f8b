/** What a decision's page tells: the answer of `trace`. */
import type { StorylineQuery } from '../../graphql/operations.gen.js';

export type Storyline = NonNullable<StorylineQuery['trace']>;

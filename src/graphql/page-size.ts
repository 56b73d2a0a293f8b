/** The scalar of every `limit` and `first`: an integer between 1 and 1,000, so that no page is unbounded or empty. */
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { required } from '../domain/errors.js';

const MAX_PAGE_SIZE = 1_000;
export const DEFAULT_PAGE_SIZE = 100;

export const PageSize = new GraphQLScalarType<number, number>({
  name: 'PageSize',
  description: `How many items a page may have: 1 to ${MAX_PAGE_SIZE.toLocaleString('en')}.`,
  serialize: checkSize,
  parseValue: checkSize,
  parseLiteral: (node) => checkSize(node.kind === Kind.INT ? Number(node.value) : node.kind),
});

function checkSize(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_PAGE_SIZE)
    return value;
  throw new GraphQLError(
    required(`a page size must be an integer from 1 to ${String(MAX_PAGE_SIZE)}`, value),
    {
      extensions: { code: 'BAD_INPUT', http: { status: 400 } },
    },
  );
}

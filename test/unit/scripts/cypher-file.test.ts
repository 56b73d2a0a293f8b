import { describe, expect, test } from '@jest/globals';

import { parseCypherFile } from '../../../scripts/cypher-file.js';

const GOOD = `// Lists instead of rows, since one list is four times faster to send.
// @mode read
// @param of String
// @param rows List<{id: String,
//   values: List<Float?>}>?
// @returns ids List<String>
// @plan VarLengthExpand(Pruning,BFS,All)
// @plan !AllNodesScan

MATCH (n {id: $of}) WHERE n.note <> 'costs $5; more' // not $this
UNWIND $rows AS row
RETURN collect(n.id) AS ids
`;

const WHY = '// It is written this way for a good reason.\n';

test('a good file is read as declared, its header stripped', () => {
  const { file, problems } = parseCypherFile('lineage/walk-upstream', GOOD);
  expect(problems).toEqual([]);
  expect(file).toMatchObject({
    name: 'lineage/walk-upstream',
    mode: 'read',
    why: ['Lists instead of rows, since one list is four times faster to send.'],
    params: {
      of: { is: 'String' },
      rows: {
        is: 'List',
        nullable: true,
        of: {
          is: 'Record',
          fields: { id: { is: 'String' }, values: { is: 'List', of: { is: 'Float', nullable: true } } },
        },
      },
    },
    columns: { ids: { is: 'List', of: { is: 'String' } } },
    plan: ['VarLengthExpand(Pruning,BFS,All)', '!AllNodesScan'],
  });
  expect(file.text).toMatch(/^MATCH[\s\S]*AS ids$/);
});

describe('a bad file is refused with its line and its reason', () => {
  test.each([
    [
      'no mode',
      `${WHY}RETURN 1 AS a`,
      /1: the header must say "@mode read" or "@mode write", but got: "no @mode"/,
    ],
    ['a wrong mode', `${WHY}// @mode both\nRETURN 1 AS a`, /but got: "both"/],
    ['two modes', `${WHY}// @mode read\n// @mode read\nRETURN 1 AS a`, /3: a directive must be/],
    ['no reason', '// @mode read\nRETURN 1 AS a', /1: the header must say in a sentence why/],
    [
      'an unknown type',
      `${WHY}// @mode read\n// @param a Str\nRETURN $a AS a`,
      /3: a: a type must be .* "Str"/,
    ],
    [
      'an open bracket',
      `${WHY}// @mode read\n// @param a List<Int\n// @returns a Int\nRETURN $a AS a`,
      /3: a: .*">"/,
    ],
    [
      'more after a type',
      `${WHY}// @mode read\n// @param a Int Int\nRETURN $a AS a`,
      /3: a: the type must end/,
    ],
    [
      'a field twice',
      `${WHY}// @mode read\n// @param a {b: Int, b: Int}\nRETURN $a AS a`,
      /3: a: a field must have/,
    ],
    [
      'a parameter twice',
      `${WHY}// @mode read\n// @param a Int\n// @param a Int\nRETURN $a AS a`,
      /4: a name of its/,
    ],
    ['an undeclared parameter', `${WHY}// @mode read\nRETURN $a AS a`, /3: \$a must be declared/],
    [
      'an unused parameter',
      `${WHY}// @mode read\n// @param a Int\nRETURN '$a' AS a`,
      /parameter a must be used/,
    ],
    ['two statements', `${WHY}// @mode read\nRETURN 1 AS a; RETURN 2 AS b`, /3: one statement is required/],
    ['a closing semicolon', `${WHY}// @mode read\nRETURN 1 AS a;`, /3: the statement must not end with ";"/],
    [
      'interpolation',
      `${WHY}// @mode read\nMATCH (n:\${label}) RETURN n`,
      /3: parameters must be the only variable/,
    ],
    [
      'an unknown directive',
      `${WHY}// @mode read\n// @return a Int\nRETURN 1 AS a`,
      /3: a directive must be .*"@return"/,
    ],
    [
      'a plan in words',
      `${WHY}// @mode read\n// @plan no scan please\nRETURN 1 AS a`,
      /3: @plan must name one operator/,
    ],
    ['no text', `${WHY}// @mode read\n`, /a statement is required/],
  ])('%s', (_, source, reason) => {
    expect(parseCypherFile('area/do-it', source).problems.join('\n')).toMatch(reason);
  });

  test.each(['walk', 'lineage/walk', 'a/b/c-d', 'Lineage/walk-up', 'lineage/walkUp'])(
    'the path %s',
    (name) => {
      expect(parseCypherFile(name, GOOD).problems).toEqual([
        `1: the path must be <area>/<verb-noun>.cypher, but got: "${name}.cypher"`,
      ]);
    },
  );
});

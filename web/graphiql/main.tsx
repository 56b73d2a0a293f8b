/** GraphiQL for this server, bundled with everything it needs: it works offline and under a strict CSP. */
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './main.css';

import { GraphiQL, type GraphiQLProps } from 'graphiql';
import { createRoot } from 'react-dom/client';

const WELCOME = `# Asks with the rights of whoever is
# signed in. To use a token instead, put it
# into "Headers" below:
#   {"Authorization": "Bearer …"}
# and fetch the schema again (round arrow).

`;

const fetcher: GraphiQLProps['fetcher'] = async (request, options) => {
  const response = await fetch('/graphql', {
    method: 'POST',
    credentials: 'same-origin',
    headers: {
      accept: 'application/graphql-response+json, application/json',
      'content-type': 'application/json',
      ...(options?.headers as Record<string, string> | undefined),
    },
    body: JSON.stringify(request),
  });
  return (await response.json()) as object;
};

const container = document.getElementById('graphiql');
if (container === null) throw new Error('index.html must have the element #graphiql');

// The theme is the system's unless one is chosen. No history plugin and no way to persist headers: both would keep a
// token in the browser's storage.
createRoot(container).render(
  <GraphiQL
    fetcher={fetcher}
    defaultQuery={WELCOME}
    plugins={[]}
    showPersistHeadersSettings={false}
    inputValueDeprecation
  />,
);

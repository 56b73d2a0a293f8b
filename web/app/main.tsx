/** Pedigree's pages. */
import '@fontsource-variable/inter/wght.css';
import './styles/colours.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/parts.css';

import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { queryClient } from './api/query-client.js';
import { App } from './shell/app.js';
import { applyTheme } from './shell/theme.js';

applyTheme();

const container = document.getElementById('app');
if (container === null) throw new Error('index.html must have the element #app');

createRoot(container).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);

import './app/zod-without-eval';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { queryClient } from './app/data';
import { connectServices, ServicesContext } from './app/hepatica';
import { watchForChanges } from './app/invalidation';
import './styles/base.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no root');

const services = connectServices();
watchForChanges(queryClient, services.hepatica, services.connection);

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <ServicesContext value={services}>
        <App />
      </ServicesContext>
    </QueryClientProvider>
  </StrictMode>,
);

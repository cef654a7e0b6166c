import { keepPreviousData, QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query';

export const queryClient = new QueryClient({
  defaultOptions: {
    // Events say when something changed; asking again on focus or by the clock would only flicker.
    queries: {
      retry: false,
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

/** `[service, method, input]`: what `invalidation.ts` names when an event arrives. */
export type ServiceKey = readonly [service: string, method: string, input?: unknown];

/**
 * The answer of a call, kept until an event says that it has changed; the old one stays on show while the new one
 * is fetched.
 */
export const useServiceQuery = <T>(
  key: ServiceKey,
  call: () => Promise<T>,
  options: { readonly enabled?: boolean } = {},
): UseQueryResult<T> =>
  useQuery({
    queryKey: key,
    queryFn: call,
    placeholderData: keepPreviousData,
    enabled: options.enabled ?? true,
  });

import { createContext, useContext, useSyncExternalStore } from 'react';
import { hepatica as contract, type Hepatica } from '#shared/contract/hepatica';
import { type Connection, type ConnectionState, connect } from '#shared/rpc/connect';
import { openPort } from './open-port';

export interface Services {
  readonly hepatica: Hepatica;
  readonly connection: Connection;
}

/** One connection for the page's life. A fault in the wire is a bug, and shows as one in the developer tools. */
export const connectServices = (): Services => {
  const { clients, connection } = connect(openPort, contract, { onBug: (error) => reportError(error) });
  return { hepatica: clients, connection };
};

export const ServicesContext = createContext<Services | undefined>(undefined);

export const useServices = (): Services => {
  const services = useContext(ServicesContext);
  if (services === undefined) throw new Error('there is no connection above this component');
  return services;
};

/** The services, as the contract describes them. */
export const useHepatica = (): Hepatica => useServices().hepatica;

/** How the page stands to the services, as it changes. */
export const useConnectionState = (): ConnectionState => {
  const { connection } = useServices();
  return useSyncExternalStore(
    (changed) => {
      const listening = connection.onDidChangeState(changed);
      return () => listening.dispose();
    },
    () => connection.state,
  );
};

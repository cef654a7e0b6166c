import * as z from 'zod/mini';
import { Emitter } from '../lib/event';
import { ProblemError, problem } from '../model/problem';
import { type Connection, type ConnectOptions, connect } from './connect';
import { type AbortSignalLike, type Clients, call, event, type Implementations, stream } from './contract';
import type { Port } from './port';
import { serve } from './serve';

/** Which every runtime of this project has, though the ES library does not declare it. */
declare const setTimeout: (task: () => void, ms: number) => unknown;

/** Two ports joined by the transport under test. `dispose` ends what carries them. */
export interface PortPair {
  readonly server: Port;
  readonly client: Port;
  dispose(): Promise<void>;
}
export type MakePair = () => Promise<PortPair>;

export const MAX_BYTES = 10_000;
const Text = z.object({ text: z.string() });

const contract = {
  echo: {
    say: call(Text, Text),
    size: call(z.object({ bytes: z.int() }), Text),
    wait: call(z.object({}), z.object({})),
    refuse: call(z.object({}), z.object({})),
    break: call(z.object({}), z.object({})),
    count: stream(z.object({ to: z.int() }), z.object({ at: z.int() }), z.object({ sum: z.int() })),
    countForever: stream(z.object({}), z.object({ at: z.int() }), z.object({})),
    didHappen: event(Text),
  },
};

export const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const until = async (condition: () => boolean, what: string): Promise<void> => {
  for (let round = 0; round < 400; round += 1) {
    if (condition()) return;
    await delay(5);
  }
  throw new Error(`waited in vain for: ${what}`);
};

export const equal = (actual: unknown, expected: unknown, what: string): void => {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`);
};

const aborted = (signal: AbortSignalLike): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve());
  });

export interface Bench {
  readonly echo: Clients<typeof contract>['echo'];
  readonly connection: Connection;
  /** Fires `didHappen` on the serving side. */
  readonly happened: Emitter<{ text: string }>;
  readonly bugs: unknown[];
  readonly seen: { waiting: number; aborted: number };
  readonly pairs: PortPair[];
  pair(): PortPair;
}

const implement = (bench: Pick<Bench, 'happened' | 'seen'>): Implementations<typeof contract> => ({
  echo: {
    say: (input) => input,
    size: ({ bytes }) => ({ text: 'x'.repeat(bytes) }),
    async wait(_input, { signal }) {
      bench.seen.waiting += 1;
      await aborted(signal);
      bench.seen.aborted += 1;
      return {};
    },
    refuse() {
      throw problem('conflict', 'not like this', { file: 'a.json', line: 3 });
    },
    break() {
      throw new Error('secret detail of the inside');
    },
    async count({ to }, report) {
      let sum = 0;
      for (let at = 1; at <= to; at += 1) {
        sum += at;
        report({ at });
        await delay(0);
      }
      return { sum };
    },
    async countForever(_input, report, { signal }) {
      for (let at = 0; !signal.aborted; at += 1) {
        report({ at });
        await delay(1);
      }
      bench.seen.aborted += 1;
      return {};
    },
    didHappen: bench.happened.event,
  },
});

/** Serves and connects over fresh pairs, and takes all of it down afterwards. */
export const withBench = async (
  makePair: MakePair,
  test: (bench: Bench) => Promise<void>,
  options: Partial<ConnectOptions> = {},
): Promise<void> => {
  const pairs: PortPair[] = [];
  const bugs: unknown[] = [];
  const shared = { happened: new Emitter<{ text: string }>(), seen: { waiting: 0, aborted: 0 } };
  const openPort = async (): Promise<Port> => {
    const pair = await makePair();
    pairs.push(pair);
    serve(pair.server, contract, implement(shared), {
      maxBytes: MAX_BYTES,
      onBug: (error) => bugs.push(error),
    });
    return pair.client;
  };
  const { clients, connection } = connect(openPort, contract, {
    maxBytes: MAX_BYTES,
    retryDelays: [5],
    onBug: (error) => bugs.push(error),
    ...options,
  });
  const pair = (): PortPair => {
    const last = pairs.at(-1);
    if (last === undefined) throw new Error('no port was opened yet');
    return last;
  };
  try {
    await until(() => connection.state === 'open', 'the first port');
    await test({ echo: clients.echo, connection, bugs, pairs, pair, ...shared });
  } finally {
    connection.dispose();
    await until(() => shared.happened.size === 0, 'the serving side to drop its subscriptions');
    for (const each of pairs) await each.dispose();
  }
};

/** The code with which a call fails; a call that does not fail or does not end is an error. */
export const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  const outcome = await Promise.race([
    promise.then(
      () => 'no failure',
      (error: unknown) => (error instanceof ProblemError ? error.problem.code : String(error)),
    ),
    delay(3000).then(() => 'no answer'),
  ]);
  return outcome;
};

/** Sends texts past the client, and collects what comes back. */
export const raw = async (
  makePair: MakePair,
  texts: readonly string[],
  answers: number,
): Promise<unknown[]> => {
  const received: unknown[] = [];
  await withBench(makePair, async ({ pair, echo }) => {
    const listening = pair().client.onMessage((text) => received.push(JSON.parse(text)));
    for (const text of texts) pair().client.send(text);
    await until(() => received.length >= answers, `${answers} answers`);
    equal(await echo.say({ text: 'alive' }), { text: 'alive' }, 'a call after them');
    listening.dispose();
  });
  return received.slice(0, answers);
};

export const callText = (id: number, method: string, input: unknown): string =>
  JSON.stringify({ id, type: 'call', method, input });

/** Reproducible noise: a small linear congruential generator (Numerical Recipes). */
export const noise = (count: number): string[] => {
  let seed = 1;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const valid = callText(900_000, 'echo.say', { text: 'noise' });
  const mutations: ((text: string) => string)[] = [
    (text) => text.slice(0, random(text.length)),
    (text) => text.slice(random(text.length)),
    (text) => text.replace(/[a-z]/g, () => String.fromCharCode(random(0xffff))),
    (text) => text.replace('call', ['cancel', 'next', '__proto__', ''][random(4)] ?? ''),
    (text) => text.replace('900000', ['-1', '1e400', '"x"', 'null', '{}', '[[[['][random(6)] ?? ''),
    (text) => text.repeat(2),
    () => ['null', '0', '""', '[]', '{}', 'true', '{"__proto__":{"id":1}}', '\u0000'][random(8)] ?? '',
  ];
  return Array.from({ length: count }, () => mutations[random(mutations.length)]?.(valid) ?? valid);
};

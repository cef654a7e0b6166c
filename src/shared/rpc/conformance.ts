import * as z from 'zod/mini';
import { ProblemError } from '../model/problem';
import {
  callText,
  codeOf,
  equal,
  MAX_BYTES,
  type MakePair,
  noise,
  raw,
  until,
  withBench,
} from './conformance-bench';
import type { AbortSignalLike } from './contract';

/** Which every runtime of this project has, though the ES library does not declare it. */
declare const AbortController: new () => { readonly signal: AbortSignalLike; abort(): void };

/**
 * What every transport must do, as plain cases: `run` rejects when the transport does not. Test files run them
 * with `it.each(conformanceCases)`; nothing of a test framework is needed here.
 */
export interface ConformanceCase {
  readonly name: string;
  run(makePair: MakePair): Promise<void>;
}

/** A refusal as it stands on the wire. */
const Failed = z.object({
  id: z.int(),
  type: z.literal('failed'),
  problem: z.object({ code: z.string(), message: z.string(), detail: z.optional(z.string()) }),
});

const calls: ConformanceCase[] = [
  {
    name: 'answers calls, many at once, in any script',
    run: (makePair) =>
      withBench(makePair, async ({ echo, bugs }) => {
        const texts = Array.from({ length: 100 }, (_, index) => `肝 ${index} 😀 \u2028 "`);
        const answers = await Promise.all(texts.map((text) => echo.say({ text })));
        equal(
          answers.map(({ text }) => text),
          texts,
          'answers',
        );
        equal(bugs.length, 0, 'bugs');
      }),
  },
  {
    name: 'refuses input that does not fit, and names the place',
    async run(makePair) {
      const [answer] = await raw(makePair, [callText(7, 'echo.say', { text: 1 })], 1);
      const { id, type, problem: given } = z.parse(Failed, answer);
      equal([id, type, given.code, given.detail], [7, 'failed', 'bad-request', 'text'], 'the answer');
    },
  },
  {
    name: 'knows no method but those of the contract, inherited names included',
    async run(makePair) {
      const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'nothing', ''];
      const methods = names.flatMap((name) => [`echo.${name}`, `${name}.say`, name]);
      const answers = await raw(
        makePair,
        methods.map((method, index) => callText(500 + index, method, {})),
        methods.length,
      );
      for (const answer of answers) {
        equal(z.parse(Failed, answer).problem.code, 'unknown-method', 'the code');
      }
    },
  },
  {
    name: 'lets an expected problem through whole, and of a bug nothing',
    run: (makePair) =>
      withBench(makePair, async ({ echo, bugs }) => {
        const refusal: unknown = await echo.refuse({}).catch((error: unknown) => error);
        equal(
          refusal instanceof ProblemError && refusal.problem,
          { code: 'conflict', message: 'not like this', file: 'a.json', line: 3 },
          'the problem',
        );
        const broken: unknown = await echo.break({}).catch((error: unknown) => error);
        equal(
          broken instanceof ProblemError && broken.problem,
          { code: 'internal', message: 'something went wrong inside' },
          'the bug as it leaves',
        );
        equal(bugs.map(String), ['Error: secret detail of the inside'], 'the bug as it is reported');
      }),
  },
];

const limits: ConformanceCase[] = [
  {
    name: 'fails only the call that is too large, in either direction',
    run: (makePair) =>
      withBench(makePair, async ({ echo, connection }) => {
        const slow = echo.count({ to: 5 });
        equal(await codeOf(echo.say({ text: 'x'.repeat(MAX_BYTES) })), 'too-large', 'a large input');
        equal(
          await codeOf(echo.say({ text: '肝'.repeat(MAX_BYTES / 2) })),
          'too-large',
          'bytes, not letters',
        );
        equal(await codeOf(echo.size({ bytes: MAX_BYTES })), 'too-large', 'a large output');
        equal(await slow, { sum: 15 }, 'a call that ran meanwhile');
        equal(connection.state, 'open', 'the connection');
      }),
  },
  {
    name: 'answers a message that is too large though the client let it pass',
    async run(makePair) {
      const [answer] = await raw(makePair, [callText(7, 'echo.say', { text: 'x'.repeat(MAX_BYTES) })], 1);
      const { id, problem: given } = z.parse(Failed, answer);
      equal([id, given.code], [7, 'too-large'], 'the answer');
    },
  },
  {
    name: 'survives 1,000 malformed messages',
    run: async (makePair) => {
      await raw(makePair, noise(1000), 0);
    },
  },
];

const endings: ConformanceCase[] = [
  {
    name: 'cancels a call on both sides',
    run: (makePair) =>
      withBench(makePair, async ({ echo, seen }) => {
        const controller = new AbortController();
        const waiting = echo.wait({}, { signal: controller.signal });
        await until(() => seen.waiting === 1, 'the call to arrive');
        controller.abort();
        equal(await codeOf(waiting), 'cancelled', 'the call');
        await until(() => seen.aborted === 1, 'the service to hear of it');
        equal(
          await codeOf(echo.wait({}, { signal: controller.signal })),
          'cancelled',
          'a call cancelled before',
        );
      }),
  },
  {
    name: 'rejects what is pending when the port closes, on either side',
    async run(makePair) {
      for (const side of ['server', 'client'] as const) {
        await withBench(makePair, async ({ echo, seen, pair }) => {
          const waiting = echo.wait({});
          await until(() => seen.waiting === 1, 'the call to arrive');
          pair()[side].close();
          equal(await codeOf(waiting), 'disconnected', `closed by the ${side}`);
          await until(() => seen.aborted === 1, 'the service to hear of it');
        });
      }
    },
  },
  {
    name: 'rejects calls after it was disposed of, and all that waited',
    run: (makePair) =>
      withBench(makePair, async ({ echo, connection, seen }) => {
        const waiting = echo.wait({});
        await until(() => seen.waiting === 1, 'the call to arrive');
        connection.dispose();
        equal(await codeOf(waiting), 'disconnected', 'the call that waited');
        equal(await codeOf(echo.say({ text: 'late' })), 'disconnected', 'a call afterwards');
        equal(connection.state, 'closed', 'the state');
      }),
  },
  {
    name: 'opens a lost port again: calls wait for it, subscriptions move to it',
    run: (makePair) =>
      withBench(makePair, async ({ echo, connection, happened, pair, pairs }) => {
        const heard: string[] = [];
        const listening = echo.didHappen(({ text }) => heard.push(text));
        await until(() => happened.size === 1, 'the subscription');
        pair().server.close();
        await until(() => connection.state === 'lost', 'the loss');
        equal(await echo.say({ text: 'again' }), { text: 'again' }, 'a call made while it was lost');
        equal(pairs.length, 2, 'ports');
        await until(() => happened.size === 1, 'the subscription on the new port');
        happened.fire({ text: 'after' });
        await until(() => heard.length > 0, 'the event');
        equal(heard, ['after'], 'heard once');
        listening.dispose();
      }),
  },
  {
    name: 'gives up waiting for a port that does not come',
    run: (makePair) =>
      withBench(
        makePair,
        async ({ echo, connection, pair }) => {
          pair().server.close();
          await until(() => connection.state === 'lost', 'the loss');
          equal(await codeOf(echo.say({ text: 'x' })), 'disconnected', 'the call');
        },
        { patience: 30, retryDelays: [60_000] },
      ),
  },
];

const flows: ConformanceCase[] = [
  {
    name: 'reports progress in order, then the result',
    run: (makePair) =>
      withBench(makePair, async ({ echo }) => {
        const steps: number[] = [];
        const result = await echo.count({ to: 4 }, { onProgress: ({ at }) => steps.push(at) });
        equal([steps, result], [[1, 2, 3, 4], { sum: 10 }], 'progress and result');
      }),
  },
  {
    name: 'cancels a stream, after which it is silent',
    run: (makePair) =>
      withBench(makePair, async ({ echo, seen }) => {
        const controller = new AbortController();
        let steps = 0;
        const onProgress = (): void => {
          steps += 1;
          if (steps === 3) controller.abort();
        };
        equal(
          await codeOf(echo.countForever({}, { signal: controller.signal, onProgress })),
          'cancelled',
          'the stream',
        );
        await until(() => seen.aborted === 1, 'the service to hear of it');
        equal(steps, 3, 'steps');
      }),
  },
  {
    name: 'subscribes once while anybody listens',
    run: (makePair) =>
      withBench(makePair, async ({ echo, happened }) => {
        equal(happened.size, 0, 'subscriptions before');
        const heard: string[] = [];
        const first = echo.didHappen(({ text }) => heard.push(`first ${text}`));
        const second = echo.didHappen(({ text }) => heard.push(`second ${text}`));
        await until(() => happened.size === 1, 'the subscription');
        happened.fire({ text: 'a' });
        await until(() => heard.length === 2, 'both to hear');
        first.dispose();
        first.dispose();
        happened.fire({ text: 'b' });
        await until(() => heard.length === 3, 'the second to hear');
        equal(heard, ['first a', 'second a', 'second b'], 'what was heard');
        second.dispose();
        await until(() => happened.size === 0, 'the end of the subscription');
      }),
  },
];

export const conformanceCases: readonly ConformanceCase[] = [...calls, ...limits, ...flows, ...endings];

import { MessageChannel as NodeChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { conformanceCases } from '#shared/rpc/conformance';
import { openMessagePort, portOver } from './message-port';

/** Node's ports have the events and methods of the page's ports; only the declared types differ. */
const channel = (): { port1: MessagePort; port2: MessagePort } => new NodeChannel() as never;

describe('page port over a message channel', () => {
  it.each(conformanceCases)('$name', ({ run }) =>
    run(async () => {
      const { port1, port2 } = channel();
      return { server: portOver(port1), client: portOver(port2), dispose: async () => port1.close() };
    }),
  );
});

describe('openMessagePort', () => {
  /** As much of a window as the handover touches. */
  class FakeWindow extends EventTarget {
    readonly asked: unknown[][] = [];
    postMessage(...values: unknown[]): void {
      this.asked.push(values);
    }
    deliver(fields: object): void {
      this.dispatchEvent(Object.assign(new Event('message'), { ports: [], ...fields }));
    }
  }
  const own = new FakeWindow();
  const global = globalThis as { window?: unknown };
  const before = global.window;
  beforeEach(() => {
    global.window = own;
  });
  afterEach(() => {
    global.window = before;
  });

  it('takes the port from its own window and origin only', async () => {
    const opening = openMessagePort();
    expect(own.asked).toEqual([['hepatica:port', 'app://hepatica']]);
    const [wrong, right] = [channel(), channel()];
    const good = { source: own, origin: 'app://hepatica', data: 'hepatica:port', ports: [right.port1] };
    own.deliver({ ...good, ports: [] });
    own.deliver({ ...good, source: new FakeWindow(), ports: [wrong.port1] });
    own.deliver({ ...good, origin: 'https://evil.example', ports: [wrong.port1] });
    own.deliver({ ...good, data: 'other', ports: [wrong.port1] });
    own.deliver(good);
    const port = await opening;
    const heard = new Promise((resolve) => port.onMessage(resolve));
    right.port2.postMessage('hello');
    expect(await heard).toBe('hello');
    for (const each of [wrong.port2, right.port2]) each.close();
  });
});

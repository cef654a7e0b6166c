import { describe, expect, it } from 'vitest';
import { Emitter } from './event';

describe('Emitter', () => {
  it('tells each listener, in the order in which they came', () => {
    const emitter = new Emitter<number>();
    const heard: string[] = [];
    emitter.event((value) => heard.push(`a${value}`));
    emitter.event((value) => heard.push(`b${value}`));
    emitter.fire(1);
    emitter.fire(2);
    expect(heard).toEqual(['a1', 'b1', 'a2', 'b2']);
  });

  it('keeps the same listener apart when it subscribes twice', () => {
    const emitter = new Emitter<number>();
    const heard: number[] = [];
    const listener = (value: number): void => void heard.push(value);
    const first = emitter.event(listener);
    emitter.event(listener);
    first.dispose();
    first.dispose();
    emitter.fire(1);
    expect([heard, emitter.size]).toEqual([[1], 1]);
  });

  it('lets a listener leave, or another come, while it tells them', () => {
    const emitter = new Emitter<number>();
    const heard: string[] = [];
    const once = emitter.event((value) => {
      heard.push(`once${value}`);
      once.dispose();
      emitter.event((later) => heard.push(`later${later}`));
    });
    emitter.event((value) => heard.push(`after${value}`));
    emitter.fire(1);
    emitter.fire(2);
    expect(heard).toEqual(['once1', 'after1', 'after2', 'later2']);
  });

  it('tells the others when one throws, then throws what each threw', () => {
    const emitter = new Emitter<number>();
    const heard: number[] = [];
    const bug = new Error('bug');
    emitter.event(() => {
      throw bug;
    });
    emitter.event((value) => heard.push(value));
    const fired = () => emitter.fire(7);
    expect(fired).toThrow(AggregateError);
    expect(fired).toThrow(expect.objectContaining({ errors: [bug] }));
    expect(heard).toEqual([7, 7]);
  });
});

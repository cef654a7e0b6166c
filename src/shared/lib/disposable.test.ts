import { describe, expect, it } from 'vitest';
import { disposeAll, toDisposable } from './disposable';

describe('disposables', () => {
  it('let go once', () => {
    let times = 0;
    const item = toDisposable(() => {
      times += 1;
    });
    item.dispose();
    item.dispose();
    expect(times).toBe(1);
  });

  it('let go of what was built last first, once', () => {
    const gone: string[] = [];
    const all = disposeAll(['a', 'b', 'c'].map((name) => toDisposable(() => gone.push(name))));
    all.dispose();
    all.dispose();
    expect(gone).toEqual(['c', 'b', 'a']);
  });

  it('are harmless when disposing them disposes them again', () => {
    let times = 0;
    const item = toDisposable(() => {
      times += 1;
      item.dispose();
    });
    item.dispose();
    expect(times).toBe(1);
  });
});

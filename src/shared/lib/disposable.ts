/** Something that holds a resource until it is told to let go. Disposing twice is harmless. */
export interface Disposable {
  dispose(): void;
}

export const toDisposable = (dispose: () => void): Disposable => {
  let done = false;
  return {
    dispose() {
      if (done) return;
      done = true;
      dispose();
    },
  };
};

/** Disposes in the reverse order of creation, so that what was built last, on top of the rest, goes first. */
export const disposeAll = (items: readonly Disposable[]): Disposable =>
  toDisposable(() => {
    for (const item of [...items].reverse()) item.dispose();
  });

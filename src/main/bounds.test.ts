import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadWindowState, placeWindow, saveWindowState, type WindowState } from './bounds';

const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const second = { x: 1920, y: 0, width: 1280, height: 1000 };
const state = (x: number, y: number, width: number, height: number): WindowState => ({
  x,
  y,
  width,
  height,
  isMaximized: false,
});

describe('placeWindow', () => {
  it.each([
    ['nothing known', undefined, [screen], { x: 320, y: 90, width: 1280, height: 860 }],
    ['as it was', state(100, 50, 1000, 700), [screen], { x: 100, y: 50, width: 1000, height: 700 }],
    [
      'on the second display',
      state(2000, 10, 900, 700),
      [screen, second],
      { x: 2000, y: 10, width: 900, height: 700 },
    ],
    ['that display gone', state(2000, 10, 900, 700), [screen], { x: 510, y: 170, width: 900, height: 700 }],
    ['half outside', state(-500, 900, 1000, 700), [screen], { x: 0, y: 340, width: 1000, height: 700 }],
    ['too large', state(0, 0, 5000, 5000), [screen], screen],
    ['too small', state(0, 0, 10, 10), [screen], { x: 0, y: 0, width: 800, height: 600 }],
    [
      'a tiny display',
      undefined,
      [{ x: 0, y: 0, width: 640, height: 480 }],
      { x: 0, y: 0, width: 640, height: 480 },
    ],
    ['no display', undefined, [], { width: 1280, height: 860 }],
  ])('%s', (_name, saved, displays, expected) => expect(placeWindow(saved, displays)).toEqual(expected));
});

describe('window.json', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bounds-test-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('comes back, and leaves no other file', async () => {
    const file = join(folder, 'window.json');
    await saveWindowState(file, state(1, 2, 900, 700));
    await saveWindowState(file, state(3, 4, 900, 700));
    expect(await loadWindowState(file)).toEqual(state(3, 4, 900, 700));
    expect(await readdir(folder)).toEqual(['window.json']);
  });

  it.each([
    '',
    'null',
    '{',
    '{"x":1}',
    '{"x":"a","y":0,"width":1,"height":1,"isMaximized":false}',
    '[]',
    '1e999',
  ])('takes %j for nothing', async (text) => {
    await writeFile(join(folder, 'window.json'), text);
    expect(await loadWindowState(join(folder, 'window.json'))).toBeUndefined();
  });

  it('is missing at first', async () => {
    expect(await loadWindowState(join(folder, 'window.json'))).toBeUndefined();
  });

  it('leaves nothing behind when it cannot be written', async () => {
    await expect(saveWindowState(join(folder, 'none', 'window.json'), state(0, 0, 1, 1))).rejects.toThrow();
    expect(await readdir(folder)).toEqual([]);
  });
});

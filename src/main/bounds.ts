import { open, readFile, rename, rm } from 'node:fs/promises';
import * as z from 'zod/mini';
import { randomId } from '#shared/lib/ids';

const Rectangle = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() });
/** In device-independent pixels of the whole desktop. */
export type Rectangle = z.infer<typeof Rectangle>;

const WindowState = z.extend(Rectangle, { isMaximized: z.boolean() });
export type WindowState = z.infer<typeof WindowState>;

const MIN = { width: 800, height: 600 };
const DEFAULT = { width: 1280, height: 860 };

const overlap = (a: Rectangle, b: Rectangle): number =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(value, high));

const fitInto = (wanted: Rectangle, area: Rectangle): Rectangle => {
  const width = clamp(wanted.width, Math.min(MIN.width, area.width), area.width);
  const height = clamp(wanted.height, Math.min(MIN.height, area.height), area.height);
  return {
    width,
    height,
    x: clamp(wanted.x, area.x, area.x + area.width - width),
    y: clamp(wanted.y, area.y, area.y + area.height - height),
  };
};

/**
 * Where to put the window: as it was, moved and shrunk into the display it mostly was on; centred on the first
 * display when nothing is known, or when that display is gone. `displays` are work areas, the primary one first.
 */
export const placeWindow = (
  saved: WindowState | undefined,
  displays: readonly Rectangle[],
): Partial<Rectangle> & { width: number; height: number } => {
  const [primary] = displays;
  if (primary === undefined) return DEFAULT;
  const area = [...displays].sort((a, b) => overlap(b, saved ?? a) - overlap(a, saved ?? a))[0] ?? primary;
  if (saved !== undefined && overlap(area, saved) > 0) return fitInto(saved, area);
  const { width, height } = saved ?? DEFAULT;
  const x = primary.x + Math.round((primary.width - width) / 2);
  const y = primary.y + Math.round((primary.height - height) / 2);
  return fitInto({ x, y, width, height }, primary);
};

/** What was remembered, undefined when there is nothing that can be used. It is no loss to anybody. */
export const loadWindowState = async (file: string): Promise<WindowState | undefined> => {
  try {
    return WindowState.safeParse(JSON.parse(await readFile(file, 'utf8'))).data;
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing || error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** Writes beside the file and renames, so that a crash leaves the old one. */
export const saveWindowState = async (file: string, state: WindowState): Promise<void> => {
  const temporary = `${file}.${randomId()}.tmp`;
  const handle = await open(temporary, 'wx');
  try {
    await handle.writeFile(JSON.stringify(state));
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
};

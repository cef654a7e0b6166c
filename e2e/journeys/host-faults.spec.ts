import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { type HostProcess, startHostProcess } from '../drivers/host-process';
import { test } from '../drivers/library-folder';
import { ReaderPage } from '../drivers/reader-page';
import { seedLibrary, statusCounts } from '../drivers/seed';

const SAMPLE = /Influencing factors for the homing ability/;

/** A disk of 3 MB, or undefined where this user may not mount one. */
const mountSmallDisk = (path: string): boolean => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const openPage = async (page: Page, host: HostProcess): Promise<void> => {
  await page.goto(host.launchUrl);
  await page.waitForURL((url) => url.pathname === '/');
};

test('a disk that fills up while a note is typed: nothing typed is lost, and it is saved once there is room', async ({
  page,
}) => {
  const base = await mkdtemp(join(tmpdir(), 'hepatica-full-'));
  const disk = join(base, 'disk');
  await mkdir(disk);
  const isMounted = mountSmallDisk(disk);
  test.skip(!isMounted, 'a full disk needs the right to mount a tmpfs');
  const host = await startHostProcess({ folder: disk, machine: '../user' });
  try {
    await openPage(page, host);
    const reader = new ReaderPage({ page, library: join(disk, 'library'), restart: () => Promise.reject() });
    const note = page.getByRole('textbox', { name: 'Note, in Markdown' });
    const saveState = page.getByRole('banner').getByRole('status');
    await reader.open(SAMPLE);
    await reader.select('promising cellular therapy');
    await page.keyboard.press('n');
    await note.fill('before');
    await expect(saveState).toHaveText('Saved');

    const filler = join(disk, 'filler');
    const { bavail, bsize } = await statfs(disk);
    await writeFile(filler, Buffer.alloc(bavail * bsize));
    // More than the last page of the journal has room for.
    await note.fill(`before, ${'and when it was full '.repeat(400)}the end`);
    await expect(saveState).toHaveText('Not saved');
    await expect(page.getByRole('alert').filter({ hasText: 'Not saved: ' })).toContainText('disk is full');
    await expect(note).toHaveValue(/the end$/);

    await rm(filler);
    await expect(saveState).toHaveText('Saved');
    await expect(reader.panel.getByText('Saved', { exact: true })).toBeVisible();
    await host.stop();
    const again = await startHostProcess({ folder: disk, machine: '../user' });
    await openPage(page, again);
    await reader.open(SAMPLE);
    await expect(reader.panel.getByText(/the end$/)).toBeVisible();
    await again.stop();
  } finally {
    await host.stop();
    execFileSync('umount', ['-l', disk]);
    await rm(base, { recursive: true, force: true });
  }
});

/** Milliseconds after the click at which the host is killed: before, in the midst of and after the write. */
for (const wait of [0, 3, 10, 40])
  test(`killed ${wait} ms into a change of 400 articles, it opens with all of it or none`, async ({
    library,
  }) => {
    test.skip(process.platform === 'win32', 'Windows has no SIGKILL');
    const titles = Array.from({ length: 400 }, (_, at) => ({ title: `Article ${at}` }));
    await seedLibrary(library.path, join(library.folder, 'user'), titles);
    const { host, page } = await library.start();
    await page.getByRole('listbox', { name: 'Articles' }).focus();
    await page.keyboard.press('Control+a');
    const bulk = page.getByRole('toolbar', { name: 'Actions for the selected articles' });
    await bulk.getByRole('button', { name: 'Reading status' }).click();
    await page.getByRole('menuitem', { name: 'To read', exact: true }).click();
    if (wait > 0) await page.waitForTimeout(wait);
    await host.kill();

    const counts = await statusCounts(library.path, join(library.folder, 'user'));
    expect(counts.total).toBe(406);
    expect([0, 406]).toContain(counts['to-read']);
    const again = await library.start();
    await expect(again.page.getByRole('listbox', { name: 'Articles' })).toBeVisible();
    await expect(again.page.getByRole('alert')).toHaveCount(0);
    await expect(again.page.getByText('406', { exact: true }).first()).toBeVisible();
  });

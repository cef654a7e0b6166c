import { spawn } from 'node:child_process';
import { root } from './root.mjs';

/** The npm that runs this script, as arguments for Node: on Windows npm itself is no program. */
export const npm = (/** @type {string[]} */ ...words) => {
  const cli = process.env['npm_execpath'];
  return cli === undefined
    ? { command: 'npm', words }
    : { command: process.execPath, words: [cli, ...words] };
};

/**
 * Runs a program to its end. Its output goes to the terminal, or is kept when `quiet` and shown only when it fails.
 * @param {string} command
 * @param {string[]} words
 * @param {{ quiet?: boolean, env?: Record<string, string | undefined>, timeout?: number }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export const run = (command, words, { quiet = false, env = {}, timeout } = {}) =>
  new Promise((resolve) => {
    let output = '';
    const child = spawn(command, words, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      ...(timeout === undefined ? {} : { timeout }),
    });
    child.stdout?.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });

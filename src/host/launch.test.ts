import { describe, expect, it } from 'vitest';
import {
  createFailureLimiter,
  createLaunch,
  newSecret,
  STRANGER_PAGE,
  USED_PAGE,
  WELCOME_PAGE,
} from './launch';

describe('newSecret', () => {
  it('has 192 bits, evenly spread, never twice', () => {
    const secrets = Array.from({ length: 2000 }, newSecret);
    expect(new Set(secrets).size).toBe(2000);
    const bytes = secrets.map((secret) => Buffer.from(secret, 'base64url'));
    expect(bytes.every(({ length }) => length === 24)).toBe(true);
    for (let bit = 0; bit < 192; bit += 1) {
      const ones = bytes.filter((each) => ((each[bit >> 3]! >> (bit & 7)) & 1) === 1).length;
      // 2,000 fair draws lie within 6 standard deviations (22.4) of 1,000 but for once in 10^9.
      expect(Math.abs(ones - 1000)).toBeLessThan(135);
    }
  });
});

describe('launch token', () => {
  it('lets in once', () => {
    const launch = createLaunch();
    const token = launch.issue();
    expect(launch.redeem(`${token}x`)).toBe(false);
    expect(launch.redeem('')).toBe(false);
    expect(launch.redeem(token)).toBe(true);
    expect(launch.redeem(token)).toBe(false);
  });

  it('gives way to a newer one', () => {
    const launch = createLaunch();
    const old = launch.issue();
    const token = launch.issue();
    expect(launch.redeem(old)).toBe(false);
    expect(launch.redeem(token)).toBe(true);
  });

  it('is worth nothing before one was issued', () => expect(createLaunch().redeem('')).toBe(false));
});

describe('failure limiter', () => {
  it('delays from the eleventh failure in a minute on, and forgets', () => {
    let time = 0;
    const limiter = createFailureLimiter(10, 60_000, 1000, () => time);
    const first = Array.from({ length: 12 }, () => limiter.fail());
    expect(first).toEqual([...Array(10).fill(0), 1000, 1000]);
    time = 59_000;
    expect(limiter.fail()).toBe(1000);
    time = 180_000;
    expect(limiter.fail()).toBe(0);
  });

  it('keeps no more than it needs', () => {
    const limiter = createFailureLimiter(10, 60_000, 1000, () => 0);
    const started = performance.now();
    for (let index = 0; index < 100_000; index += 1) limiter.fail();
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('pages', () => {
  it.each([WELCOME_PAGE, USED_PAGE, STRANGER_PAGE])('hold no script, style or link: %s', (page) => {
    expect(page).toMatch(/^<!doctype html><html lang="en">/);
    expect(page).not.toMatch(/<script|<style|style=|href|src=|\son\w+=/);
  });
});

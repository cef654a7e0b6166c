import { expect, it } from 'vitest';
import { readArguments } from './arguments';

it.each([
  [['electron', '.'], {}],
  [['electron', '.', '--library=/a b/c'], { library: '/a b/c' }],
  [['electron', '.', '--user-data=C:\\x=y', '--library=/l'], { library: '/l', userData: 'C:\\x=y' }],
  [['electron', '--library=/first', '--library=/last'], { library: '/last' }],
  [['electron', '--library=', '--user-data', '/x', '--user-data-dir=/chromium'], {}],
])('reads %j', (argv, expected) => expect(readArguments(argv)).toEqual(expected));

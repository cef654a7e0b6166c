import * as z from 'zod/mini';

/** Every way in which a call can fail that is not a bug. Closed: a new code is a change of the contract. */
export const ErrorCode = z.enum([
  // of the wire
  'bad-request',
  'unknown-method',
  'too-large',
  'cancelled',
  'disconnected',
  'internal',
  // of the library
  'library-closed',
  'not-found',
  'conflict',
  'read-only',
  'not-saved',
  'nothing-to-undo',
  // of an import
  'upload-unknown',
  'empty-input',
  'binary-input',
  'too-slow',
  'too-many',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/**
 * A failure as data. The page words it from its own catalogue by `code` and `detail`; `message` is the plain
 * English for logs and for the command line.
 */
export const Problem = z.object({
  code: ErrorCode,
  message: z.string(),
  file: z.optional(z.string()),
  entry: z.optional(z.string()),
  line: z.optional(z.int()),
  detail: z.optional(z.string()),
});
export type Problem = z.infer<typeof Problem>;

/** Throw this for an expected failure of a call; anything else that is thrown is a bug. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

export const problem = (code: ErrorCode, message: string, rest: Omit<Problem, 'code' | 'message'> = {}) =>
  new ProblemError({ code, message, ...rest });

/**
 * The environment of a program whose output is compared: the same in a terminal as in a pipe.
 *
 * Node's test runner sets FORCE_COLOR for its test files when it writes to a terminal. A program that a test starts
 * would inherit it, and print its numbers in colour. NODE_TEST_CONTEXT would make a test run inside a test report to
 * the outer one.
 */
export function plainEnvironment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _, NODE_TEST_CONTEXT: __, ...inherited } = process.env;
  return { ...inherited, NO_COLOR: '1', LC_ALL: 'C.UTF-8', NODE_NO_WARNINGS: '1', ...more };
}

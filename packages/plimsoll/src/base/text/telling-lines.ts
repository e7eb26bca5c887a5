const TELLING = /\b(?:error|exception|fatal|panic|traceback|terminating|unhandled|uncaught)/i

/** The part of a log that says what went wrong: from the first line that speaks of an error, or else its end. */
export const tellingLines = (lines: readonly string[], most = 12): string[] => {
  const first = lines.findIndex((line) => TELLING.test(line))
  return first === -1
    ? lines.slice(-most)
    : lines.slice(Math.max(0, first - 1), Math.max(0, first - 1) + most)
}

/** Lines that only a stack trace has, by runtime; last, the pages on which debuggers show one. */
const FRAMES: readonly RegExp[] = [
  /\bat (?:[\w$.<>[\] ]+ )?\(?(?:file:\/\/)?(?:\/|[A-Za-z]:\\)[^\s()]+:\d+:\d+\)?/,
  /\bat (?:[\w$.<>[\] ]+ )?\(?node:[\w/]+:\d+:\d+\)?/,
  /Traceback \(most recent call last\)/,
  /File "[^"]+", line \d+, in \w+/,
  /\bat [\w.$]+\([\w]+\.(?:java|kt):\d+\)/,
  /goroutine \d+ \[running\]/,
  /Traceback <em>\(most recent call last\)/,
  /\/\/ Werkzeug Debugger/,
  /you have <code>DEBUG = True<\/code>/,
]

/** The first line of a stack trace in a body, cut to 120 characters; null when there is none. */
export const stackIn = (body: string): string | null => {
  for (const frame of FRAMES) {
    const found = frame.exec(body)?.[0]
    if (found !== undefined) return found.trim().slice(0, 120)
  }
  return null
}

/** `app.config['SECRET_KEY'] = '…'` and `app.secret_key = '…'` take effect; a bare constant may be overridden. */
const SET_ON_APP =
  /^[ \t]*[\w.]*(?:\.config\[["']SECRET_KEY["']\]|\.secret_key)[ \t]*=[ \t]*["']([^"'\n]+)["']/gm
const CONSTANT = /^[ \t]*SECRET_KEY[ \t]*=[ \t]*["']([^"'\n]+)["']/gm

export type PythonSecret = { index: number; value: string; certain: boolean }

/** The keys that Flask and Django sign sessions with, where they stand as literals. */
export const findPythonSecrets = (text: string): PythonSecret[] =>
  [
    { pattern: SET_ON_APP, certain: true },
    { pattern: CONSTANT, certain: false },
  ].flatMap(({ pattern, certain }) =>
    [...text.matchAll(pattern)].map((match) => {
      const value = match[1] ?? ''
      return { index: match.index + match[0].lastIndexOf(value), value, certain }
    }),
  )

const EXCERPT_CHARACTERS = 160

const KEY_HEADER = /^-----BEGIN [A-Z ]+-----/

/** The first characters, enough to find it again and too few to use it: `AKIA…`. Of a key block, its header. */
export const redactSecret = (secret: string): string => {
  const header = KEY_HEADER.exec(secret)?.[0]
  return header ? `${header} …` : `${secret.slice(0, secret.length < 12 ? 2 : 4)}…`
}

/** The line around a secret, with every given secret on it redacted, cut to what a screen shows. */
export const excerptOf = (line: string, at: number, secrets: readonly string[]): string => {
  const start = Math.max(0, at - EXCERPT_CHARACTERS / 2)
  let text = line
  let before = line.slice(0, start)
  for (const secret of secrets) {
    text = text.replaceAll(secret, redactSecret(secret))
    before = before.replaceAll(secret, redactSecret(secret))
  }
  return text
    .slice(before.length > start ? 0 : before.length)
    .slice(0, EXCERPT_CHARACTERS)
    .trim()
}

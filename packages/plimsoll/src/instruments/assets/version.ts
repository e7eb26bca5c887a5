import { readFileSync } from 'node:fs'

/** Our own version, from the package's manifest (three folders up from both src/… and dist/…). */
export const version = (): string =>
  String(JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')).version)

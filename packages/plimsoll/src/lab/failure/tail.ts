import { stripVTControlCharacters } from 'node:util'
import { isSecret } from '../../base/text/secret-names.ts'
import type { LogLine } from '../../instruments/process/process.ts'

const LINES = 15
const WIDTH = 400

export type Mask = {
  /** folders of the machine -> what is printed in their place */
  folders: ReadonlyMap<string, string>
  /** the environment whose secrets must not be printed */
  env: Readonly<Record<string, string>>
}

/** Takes the machine's paths and the values of secrets out of a text. */
export const maskText = (text: string, { folders, env }: Mask): string => {
  const paths = [...folders].sort(([left], [right]) => right.length - left.length)
  const secrets = Object.entries(env).filter(([name, value]) => isSecret(name) && value.length >= 6)
  let masked = text
  for (const [folder, name] of paths) masked = masked.replaceAll(folder, name)
  for (const [, value] of secrets) masked = masked.replaceAll(value, '(secret)')
  return masked
}

/** Every line a program printed, without colours, as one text to search. */
export const textOf = (logs: readonly LogLine[]): string =>
  logs.map(({ text }) => stripVTControlCharacters(text).trimEnd()).join('\n')

/** The last lines a program printed, as they stand in an error; says so when it printed nothing. */
export const tailOf = (logs: readonly LogLine[], mask: Mask): string => {
  const lines = maskText(textOf(logs), mask)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-LINES)
  if (lines.length === 0) return '  (it printed nothing)'
  return lines.map((line) => `  │ ${line.slice(0, WIDTH)}`).join('\n')
}

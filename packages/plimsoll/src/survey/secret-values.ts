import type { System } from '../model/system.ts'
import { isPrivate } from './private-values.ts'

const SHORTEST = 6

/** Random enough that it stands nowhere by chance: letters and digits, and neither a sentence, an address nor a path. */
const looksRandom = (value: string) => /^(?=.*[a-z])(?=.*\d)[^\s/:]{12,}$/i.test(value)

const passwordIn = (value: string): string | null => {
  const password = URL.canParse(value) ? new URL(value).password : ''
  return password === '' ? null : decodeURIComponent(password)
}

/**
 * What the private env files of a team hold that must stand in no artifact, wherever the app prints it.
 * @param isSecret whether a variable of this name holds a secret
 */
export const secretValues = (system: System, isSecret: (name: string) => boolean): string[] => {
  const found = system.services.flatMap(({ env }) =>
    env.flatMap(({ name, example, exampleFrom }) => {
      if (example === null || exampleFrom === undefined || !isPrivate(exampleFrom)) return []
      const password = passwordIn(example)
      return [
        ...(isSecret(name) || looksRandom(example) ? [example] : []),
        ...(password === null ? [] : [password]),
      ]
    }),
  )
  return [...new Set(found)].filter((value) => value.length >= SHORTEST).sort((a, b) => b.length - a.length)
}

import type { FoundCommand } from '../../../../model/system.ts'
import { type Context, scriptCommand } from '../context.ts'

const NAMES = ['test', 'test:ci', 'test:unit', 'tests']

/** The placeholder that `npm init` writes is no test command. */
export const testOf = (context: Context): FoundCommand | null => {
  const name = NAMES.find((one) => {
    const text = context.manifest.scripts[one]
    return text !== undefined && !/no test specified/.test(text)
  })
  return name === undefined ? null : scriptCommand(context, name)
}

import type { Base } from '../../instruments/source/read-earlier.ts'
import type { CommandContext } from '../define.ts'
import { families } from '../families.ts'
import { type Checked, checkWork } from './check-work.ts'
import type { GateInput } from './index.ts'

/** Checks one folder; the engine is only loaded where it may be asked. */
export const checkFolder = async (
  root: string,
  since: Base | null,
  { prove, budget }: GateInput,
  context: CommandContext,
): Promise<Checked> => {
  const { cwd, signal, progress } = context
  const common = { root, families, since, runsIn: [root, cwd], budgetSeconds: budget, signal }
  const onNote = (text: string) => progress?.on({ kind: 'note', text })
  if (!prove) return checkWork({ ...common, door: null })
  const { openHere } = await import('./open-here.ts')
  const door = await openHere(root, context)
  try {
    return await checkWork({ ...common, door, onNote })
  } finally {
    await door.close()
    progress?.done()
  }
}

import { z } from 'zod'
import { defineTool, type Tool } from '../../tools/define.ts'
import type { Chosen } from './choose-servers.ts'

const alternativeOf = ({ preference }: Chosen): string =>
  preference?.alternative ? ` ${preference.alternative}.` : ''

/** Stands where an avoided server would: it starts nothing, and says where such work goes. */
export const avoidedTool = (chosen: Chosen): Tool => {
  const reason = chosen.preference?.reason || 'it does not serve backend work'
  const text = `${chosen.name} is not used here: ${reason}.${alternativeOf(chosen)} Hand work on a user interface to the frontend agent ("delegate" with agent "frontend").`
  return defineTool({
    id: `mcp:${chosen.name}:avoided`,
    title: `${chosen.name} (not used)`,
    description: text,
    input: z.looseObject({}),
    effect: 'reads',
    mcp: false,
    subjects: () => [],
    run: async () => ({ text, failed: true }),
  })
}

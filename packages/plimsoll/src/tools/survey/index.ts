import { z } from 'zod'
import { withoutPrivateValues } from '../../survey/private-values.ts'
import { MOST_BYTES } from '../cut.ts'
import { defineTool } from '../define.ts'
import { no, withDoor } from '../refuse.ts'
import { tellSystem } from './tell-system.ts'

const Input = z.strictObject({
  match: z.string().optional().describe('only routes with this in their method, path or file'),
  service: z.string().optional().describe('name or folder of one service'),
})
type Input = z.infer<typeof Input>

/** **Contract:** reads only; nothing of the project is executed. */
export default defineTool<Input>({
  id: 'survey',
  title: 'Survey the backend',
  description:
    'Reads the repository and answers with its services: routes with their guard and validator and where the handler is, stores, migrations, scripts, commands to start and test, names of variables. Use it first in a repository you do not know; it is quicker and surer than searching. Read statically: "?" means that it could not be seen. It does not show code (read) and judges nothing (prove).',
  input: Input,
  effect: 'reads',
  mcp: true,
  subjects: () => [],
  run: ({ match, service }, context) =>
    withDoor(context, async (door) => {
      const system = withoutPrivateValues(await door.survey())
      if (system.services.length === 0)
        return no('No service was found: no manifest of a known language is here. Look with glob.')
      const known = system.services.some(
        ({ name, dir }) => service === undefined || name === service || dir === service,
      )
      if (!known)
        return no(
          `No service is called "${service}". There is: ${system.services.map(({ name }) => name).join(', ')}.`,
        )
      const wish = {
        ...(match !== undefined && { match }),
        ...(service !== undefined && { service }),
        mostBytes: MOST_BYTES,
      }
      return { text: tellSystem(system, wish), data: system }
    }),
})

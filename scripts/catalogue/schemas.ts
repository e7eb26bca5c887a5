import { z } from 'zod'
import { Config } from '../../packages/plimsoll/src/model/config.ts'
import { Run } from '../../packages/plimsoll/src/model/run.ts'

/** A reader of today must accept a Run that a later minor version added a key to, so plain objects stay open. */
const openPlainObjects: NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override'] = ({
  zodSchema,
  jsonSchema,
}) => {
  const { def } = zodSchema._zod
  if (def.type === 'object' && def.catchall === undefined) delete jsonSchema.additionalProperties
}

const schema = (id: string, title: string, of: z.ZodType, io: 'input' | 'output') => {
  const { $schema, ...rest } = z.toJSONSchema(of, { io, override: openPlainObjects })
  return { $schema, $id: `https://plimsoll.dev/schema/${id}.json`, title, ...rest }
}

/** What an editor checks plimsoll.config.json with. */
export const configSchema = () => schema('config-1', 'Plimsoll configuration', Config, 'input')

/** What a Run is, for whoever reads run.json. */
export const runSchema = () => schema('run-1', 'Plimsoll Run', Run, 'output')

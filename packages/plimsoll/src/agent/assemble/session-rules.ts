import type { Rule } from '../../model/agent.ts'
import type { Config } from '../../model/config.ts'
import type { Tool } from '../../tools/define.ts'

/** Tools that change files or run programs of the project's; what the engine runs in its own copies may stay. */
const changesSomething = ({ effect, mcp }: Tool) => effect === 'writes' || (effect === 'executes' && !mcp)

/** What the person says: the configuration, then the command line, which is stricter or says nothing. */
export const sessionRules = (
  { agent }: Config,
  configFile: string,
  { readOnly, tools }: { readOnly: boolean; tools: readonly Tool[] },
): Rule[] => {
  const configured = (agent?.permissions ?? []).map(
    ({ tool, pattern = '*', action }): Rule => ({ tool, pattern, action, from: configFile }),
  )
  const held = tools
    .filter(changesSomething)
    .map(({ id }): Rule => ({ tool: id, pattern: '*', action: 'deny', from: 'read-only' }))
  return readOnly ? [...configured, ...held] : configured
}

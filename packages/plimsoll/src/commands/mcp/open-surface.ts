import { homedir } from 'node:os'
import { evaluate } from '../../agent/policy/evaluate.ts'
import { floorRules } from '../../agent/policy/floor.ts'
import type { RuleSet } from '../../agent/policy/policy.ts'
import { redactOutput } from '../../agent/policy/redact-output.ts'
import type { Door } from '../../engine/door/door.ts'
import { variablesOf } from '../../engine/door/lend/secret-files.ts'
import { loadExplanations } from '../../engine/explain/explanations.ts'
import { readAsset } from '../../instruments/assets/read-asset.ts'
import { version } from '../../instruments/assets/version.ts'
import { openFiles } from '../../instruments/workspace/open-files.ts'
import { knownSecrets } from '../../lab/environment/known-secrets.ts'
import { readSecretFiles } from '../../lab/environment/read-secret-files.ts'
import type { LoadedConfig } from '../../lab/load-config.ts'
import type { Surface } from '../../mcp/server/surface.ts'
import type { Tool } from '../../tools/define.ts'
import { patternLibrary } from '../../tools/pattern-library.ts'
import type { CommandContext } from '../define.ts'
import { renderRun } from '../render-run.ts'

export type SurfaceOptions = { root: string; config: LoadedConfig; door: Door; tools: readonly Tool[] }

/** The host asks its user itself, so what is only to be asked for is allowed here. */
const rulesFor = ({ root, config: { config, file } }: SurfaceOptions): RuleSet => ({
  floor: floorRules({ masked: false }),
  layers: [
    (config.agent?.permissions ?? []).map(({ tool, pattern = '*', action }) => ({
      tool,
      pattern,
      action,
      from: file ?? 'configuration',
    })),
  ],
  tools: ['*'],
  defaults: { executes: 'allow' },
  place: { root, home: homedir() },
})

const secretsOf = async (root: string, env: CommandContext['env']): Promise<readonly string[]> => {
  const files = variablesOf(await readSecretFiles(root))
  return knownSecrets([
    ...Object.entries(env).map(([name, value = '']) => [name, value] as const),
    ...files.map(({ name, value }) => [name, value] as const),
  ])
}

/** Everything that is shown of one workspace. */
export const openSurface = async (
  options: SurfaceOptions,
  { env, stdout, stderr }: Pick<CommandContext, 'env' | 'stdout' | 'stderr'>,
): Promise<Surface> => {
  const { root, door, tools } = options
  const rules = rulesFor(options)
  const secrets = await secretsOf(root, env)
  const redact = (text: string) => redactOutput(text, secrets)
  return {
    version: version(),
    tools,
    lent: { root, files: await openFiles(root), door },
    standards: door.standards(),
    explanations: loadExplanations(),
    patterns: () =>
      patternLibrary().map(({ id, title, description }) => {
        const text = readAsset(`patterns/${id}/SKILL.md`)
        return { id, title, description, text }
      }),
    renderRun: (run, dir) => renderRun(run, 'markdown', dir, { env: { NO_COLOR: '1' }, stdout }),
    refuse: ({ id, effect, subjects }, input) => {
      const { action, reason } = evaluate(rules, { tool: id, effect, subjects: subjects(input) })
      return action === 'deny' ? reason : null
    },
    redact,
    log: (line) => void stderr.write(`${redact(line)}\n`),
  }
}

import { formatNumber } from '../../base/text/numbers.ts'
import { wrap } from '../../base/text/wrap.ts'
import type { FoundCommand, Migrations, Service, StoreUse } from '../../model/system.ts'
import type { RenderOptions } from './render-system.ts'

const LABEL = 15

const LANGUAGES: Readonly<Record<string, string>> = { javascript: 'JavaScript', python: 'Python' }

const titleOf = (service: Service): string => {
  const { framework, typescript, language } = service
  const name = framework === null ? null : [framework.name, framework.version].filter(Boolean).join(' ')
  return [name, typescript ? 'TypeScript' : (LANGUAGES[language] ?? language)].filter(Boolean).join(' · ')
}

const storeLine = (use: StoreUse, names: ReadonlyMap<string, string>): string => {
  const store = names.get(use.store) ?? use.store.replace(/^unsupported:/, '')
  const through = [use.client, use.version].filter(Boolean).join(' ')
  const notes = [
    use.store.startsWith('unsupported:') ? 'the lab cannot start it yet' : null,
    use.hardCoded === null ? null : `address in the source: ${withoutPassword(use.hardCoded)}`,
  ]
  return [`${store} through ${through}`, ...notes].filter(Boolean).join(' · ')
}

const withoutPassword = (address: string) => address.replace(/(:\/\/[^:@/]*):[^@/]*@/, '$1:***@')

const startLine = ({ start, build }: Service): string => {
  const [first] = start
  if (first === undefined) return 'not found: set "start" in plimsoll.config.json'
  return build === null ? first.command : `${first.command}, after ${build.command}`
}

const portLine = ({ ports }: Service): string =>
  ports
    .map(({ port, env }) => (env === null ? `${port}, fixed` : port === 0 ? env : `${port}, from ${env}`))
    .join(' · ') || 'not found'

const envLine = ({ env }: Service): string => {
  const read = env.filter((one) => one.place !== null)
  const required = read.filter((one) => one.required === true)
  const bare = required.filter((one) => one.example === null).map((one) => one.name)
  const parts = [`${formatNumber(read.length)} read`, `${required.length} required`]
  return [...parts, bare.length > 0 ? `no value known for ${bare.join(', ')}` : null]
    .filter(Boolean)
    .join(' · ')
}

const migrationLine = ({ tool, dir, files, apply, atStart }: Migrations): string => {
  const how =
    atStart === true ? 'applied by the app at start' : apply === null ? 'in order of name' : apply.command
  return `${files === 0 ? tool : `${files} by ${tool}`}${dir === null ? '' : ` in ${dir}`} · ${how}`
}

const commands = (found: readonly FoundCommand[]) => found.map((one) => one.command).join(' · ')

const packagesLine = ({ packages, runtime }: Service): string =>
  [
    packages.manager,
    packages.installed ? 'installed' : `not installed: ${packages.install?.command ?? 'no command found'}`,
    runtime.wanted === null ? null : `wants ${runtime.name} ${runtime.wanted}`,
  ]
    .filter(Boolean)
    .join(' · ')

/** What one service is and how it runs, a line a fact. */
export const renderService = (service: Service, { width, storeNames }: RenderOptions): string[] => {
  const title = titleOf(service)
  const name = `  ${service.name}${service.dir === '.' || service.dir === service.name ? '' : ` (${service.dir})`}`
  const facts: (readonly [string, string])[] = [
    ...service.stores.map((use, index) => [index === 0 ? 'store' : '', storeLine(use, storeNames)] as const),
    ['start', startLine(service)],
    ['port', portLine(service)],
    ['variables', envLine(service)],
    ...service.migrations.map((one) => ['migrations', migrationLine(one)] as const),
    ...(service.seeds.length > 0 ? [['seeds', commands(service.seeds)] as const] : []),
    ...(service.test === null ? [] : [['tests', service.test.command] as const]),
    ['packages', packagesLine(service)],
  ]
  return [
    name + title.padStart(Math.max(width - name.length, title.length + 2)),
    ...facts.flatMap(([label, text]) =>
      wrap(text, { width, indent: `    ${label.padEnd(LABEL)}`, hanging: ' '.repeat(LABEL + 4) }),
    ),
  ]
}

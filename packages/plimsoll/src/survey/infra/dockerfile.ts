import { posix } from 'node:path'
import type { Project } from '../../instruments/source/project.ts'
import type { InfraFile } from '../../model/system.ts'
import { type Hint, makeHint } from './hint.ts'

const NAME = /(^|\/)([\w-]+\.)?(Dockerfile|Containerfile)(\.[\w.-]+)?$/

type Instruction = { word: string; rest: string }

/** Instructions with continued lines joined and comments left out. */
const instructions = (text: string): Instruction[] =>
  text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replace(/[\\`]\r?\n/g, ' ')
    .split('\n')
    .flatMap((line) => {
      const [, word, rest] = /^\s*([A-Za-z]+)\s+(.*)$/.exec(line) ?? []
      return word === undefined || rest === undefined ? [] : [{ word: word.toUpperCase(), rest: rest.trim() }]
    })

/** Arguments before the first FROM may stand in image names. */
const withArguments = (image: string, all: readonly Instruction[]): string =>
  image.replace(/\$\{?(\w+)(?::-([^}]*))?\}?/g, (whole, name: string, fallback: string | undefined) => {
    const given = all.find((one) => one.word === 'ARG' && one.rest.startsWith(`${name}=`))
    return given?.rest.slice(name.length + 1).replace(/^["']|["']$/g, '') ?? fallback ?? whole
  })

/** The last stage is the one that runs; `FROM builder` takes over what that stage set. */
const lastStage = (all: readonly Instruction[]): Instruction[] => {
  const stages = new Map<string, Instruction[]>()
  let current: Instruction[] = []
  for (const instruction of all) {
    if (instruction.word === 'FROM') {
      const [image = '', as] = instruction.rest.replace(/--\S+\s+/, '').split(/\s+as\s+/i)
      current = [...(stages.get(image.trim()) ?? []), instruction]
      if (as !== undefined) stages.set(as.trim(), current)
    } else {
      current.push(instruction)
    }
  }
  return current
}

const quoteWord = (word: string) =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`

/** JSON form as a shell line; shell form as it is. */
const commandLine = (rest: string): string => {
  if (!rest.startsWith('[')) return rest
  try {
    const words: unknown = JSON.parse(rest)
    return Array.isArray(words) ? words.map((word) => quoteWord(String(word))).join(' ') : rest
  } catch {
    return rest
  }
}

const last = (stage: readonly Instruction[], word: string): string | null =>
  stage.findLast((one) => one.word === word)?.rest ?? null

/** Init wrappers do nothing that the lab does not do itself. */
const WRAPPER = /^(\S*dumb-init|\S*tini)(\s+-g)?(\s+--)?\s+|^(\S*docker-)?entrypoint(\.sh)?\s+/

const startOf = (stage: readonly Instruction[]): string | null => {
  const entrypoint = last(stage, 'ENTRYPOINT')
  const command = last(stage, 'CMD')
  const parts = [entrypoint, command].flatMap((rest) => (rest === null ? [] : [commandLine(rest)]))
  const line = parts.join(' ').replace(/^\.?\S*docker-entrypoint\.sh\s+/, '')
  return line === '' ? null : `${line} `.replace(WRAPPER, '').trim() || null
}

const environmentOf = (stage: readonly Instruction[]): Hint['env'] =>
  stage
    .filter((one) => one.word === 'ENV')
    .flatMap(({ rest }) => {
      const pairs = [...rest.matchAll(/(\w+)=("(?:[^"\\]|\\.)*"|'[^']*'|\S*)/g)]
      if (pairs.length > 0)
        return pairs.map(([, name = '', value = '']) => ({
          name,
          value: value.replace(/^(["'])(.*)\1$/, '$2'),
        }))
      const [, name, value] = /^(\w+)\s+(.*)$/.exec(rest) ?? []
      return name === undefined || value === undefined ? [] : [{ name, value }]
    })

/** A program that only the image has: `/opt/start.sh`, `/docker-entrypoint.sh`. */
const isInsideImage = (command: string) => /^\/(?!(usr\/)?(local\/)?bin\/)/.test(command)

/** The plain one of its folder; a named one only where there is no plain one and it is not for tests or development. */
const isMain = (file: string, project: Project) => {
  const name = posix.basename(file)
  if (/^(Dockerfile|Containerfile)$/.test(name)) return true
  const plain = posix.join(posix.dirname(file), 'Dockerfile')
  return (
    !project.exists(plain) &&
    /^(prod|production|api|app|server|backend)\.|\.(prod|production|api|app|server|backend)$/.test(name)
  )
}

export const readDockerfiles = (project: Project): { files: InfraFile[]; hints: Hint[] } => {
  const files: InfraFile[] = []
  const hints: Hint[] = []
  for (const file of project.files.filter((one) => NAME.test(one) && !/\.(md|dockerignore)$/.test(one))) {
    const all = instructions(project.text(file) ?? '')
    const stage = lastStage(all)
    const base = stage[0]?.word === 'FROM' ? withArguments(stage[0].rest, all) : ''
    const command = startOf(stage)
    const ports = stage
      .filter((one) => one.word === 'EXPOSE')
      .flatMap((one) => one.rest.split(/\s+/))
      .flatMap((port) => (Number.parseInt(port, 10) > 0 ? [Number.parseInt(port, 10)] : []))
    const dir = posix.dirname(file)
    if (isMain(file, project))
      hints.push(
        makeHint({
          kind: 'dockerfile',
          file,
          dir,
          env: environmentOf(stage),
          start: command === null || isInsideImage(command) ? [] : [{ command, dir, from: `${file} CMD` }],
          ports: ports.map((port) => ({ port, env: null, from: `${file} EXPOSE` })),
        }),
      )
    const user = last(stage, 'USER')
    const detail = [
      base.replace(/\s+as\s+.*$/i, ''),
      command,
      ports.length > 0 ? `port ${ports.join(', ')}` : null,
      user === null ? 'runs as root' : `user ${user}`,
    ]
    files.push({ kind: 'dockerfile', file, detail: detail.filter(Boolean).join(' · ') })
  }
  return { files, hints }
}

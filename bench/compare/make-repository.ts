import { execFileSync } from 'node:child_process'
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const top = join(dirname(fileURLToPath(import.meta.url)), '../..')
const example = join(top, 'examples/booking')

/** A round of work that no compiler can leave out; its value depends on every step. */
const LOOP = `
export function work(rounds) {
  let value = 1
  for (let round = 0; round < rounds; round += 1) value = Math.imul(value ^ round, 0x01000193) >>> 0
  return value
}
`

/** Rounds of the loop for a millisecond of processor time, once it is compiled. */
const roundsAMs = (): number => {
  const module = `${LOOP.replace('export ', '')}
    work(5e6)
    const before = process.cpuUsage()
    let sum = 0
    for (let time = 0; time < 2000; time += 1) sum += work(20000)
    const { user, system } = process.cpuUsage(before)
    console.log((2000 * 20000) / ((user + system) / 1000) + (sum === 0.5 ? 1 : 0))`
  return Number(execFileSync(process.execPath, ['-e', module], { encoding: 'utf8' }))
}

/** The packages that the example finds, its own before those of the workspace. */
const linkPackages = async (to: string) => {
  await mkdir(to)
  for (const from of [join(example, 'node_modules'), join(top, 'node_modules')]) {
    for (const name of await readdir(from)) {
      const scoped = name.startsWith('@')
      const names = scoped ? (await readdir(join(from, name))).map((own) => join(name, own)) : [name]
      if (scoped) await mkdir(join(to, name), { recursive: true })
      for (const own of names) await symlink(join(from, own), join(to, own)).catch(() => undefined)
    }
  }
}

export type Repository = {
  root: string
  /** makes the tag `slower`: each request costs that much more processor time */
  slow(extraMs: number): Promise<void>
  remove(): Promise<void>
}

/** The example in a git repository: the tag `base`, and `unchanged`, which differs in a comment only. */
export const makeRepository = async (): Promise<Repository> => {
  const dir = await mkdtemp(join(tmpdir(), 'plimsoll-bench-compare-'))
  const root = join(dir, 'booking')
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...args], { cwd: root })
  const commit = (tag: string) => {
    git('add', '.')
    git('commit', '--quiet', '-m', tag)
    git('tag', tag)
  }
  await cp(example, root, { recursive: true, filter: (path) => basename(path) !== 'node_modules' })
  await linkPackages(join(root, 'node_modules'))
  await writeFile(join(root, '.gitignore'), 'node_modules\n')
  git('init', '--quiet')
  commit('base')
  await appendFile(join(root, 'src/app.js'), '\n// Nothing else.\n')
  commit('unchanged')
  return {
    root,
    slow: async (extraMs) => {
      const rounds = Math.round(roundsAMs() * extraMs)
      const file = join(root, 'src/app.js')
      const text = await readFile(file, 'utf8')
      const hook = `app.addHook('onRequest', async (request) => { request.worked = work(${rounds}) })`
      await writeFile(join(root, 'src/work.js'), LOOP)
      await writeFile(
        file,
        `import { work } from './work.js'\n${text.replace('app.register(cookie)', `${hook}\n  app.register(cookie)`)}`,
      )
      commit('slower')
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  }
}

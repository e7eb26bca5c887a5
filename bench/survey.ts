/**
 * How fast a repository is surveyed: each time in a process of its own, with the built code, first with an empty
 * cache, then with what the first left. Without a folder, a TypeScript monorepo of 6,000 files is written.
 *   npm run bench survey [dir] [--times <n>] [--built <dir>]
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'

type Once = { files: number; routes: number; ms: number; cpuMs: number; maxRssMb: number }

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const PACKAGES = 60
const MODULES = 96

const serviceOf = (index: number) => `
import { z } from 'zod'
import type { Repository } from './repository.js'
export const Order${index} = z.object({ id: z.string(), total: z.number().min(0), lines: z.array(z.string()) })
export type Order${index} = z.infer<typeof Order${index}>
export class OrderService${index} {
  constructor(private readonly repository: Repository<Order${index}>) {}
  async find(id: string): Promise<Order${index} | null> {
    const found = await this.repository.get(id)
    return found === undefined ? null : Order${index}.parse(found)
  }
  async total(ids: readonly string[]): Promise<number> {
    let sum = 0
    for (const id of ids) sum += (await this.find(id))?.total ?? 0
    return sum
  }
}
${Array.from({ length: 12 }, (_, line) => `export const rule${line} = (order: Order${index}) => order.total > ${line} && order.lines.length < ${line * 7}`).join('\n')}
`

const routerOf = (index: number) => `
import { Router, type Request, type Response } from 'express'
import { PREFIX } from './prefix.js'
import { authenticate } from './authenticate.js'
import { OrderService${index} } from './service-${index}.js'
export const router${index} = Router()
router${index}.use(authenticate)
router${index}.get(\`\${PREFIX}/orders-${index}/:id\`, async (request: Request, response: Response) => {
  response.json(await new OrderService${index}(request.app.locals.repository).find(request.params.id))
})
router${index}.post(PREFIX + '/orders-${index}', (request: Request, response: Response) => response.json(request.body.total))
`

const appOf = (routers: readonly number[]) => `
import express from 'express'
${routers.map((index) => `import { router${index} } from './router-${index}.js'`).join('\n')}
export const app = express()
${routers.map((index) => `app.use('/api', router${index})`).join('\n')}
app.listen(Number(process.env.PORT ?? 3000))
`

const AUTHENTICATE = `
import type { RequestHandler } from 'express'
export const authenticate: RequestHandler = (request, response, next) => {
  if (!request.headers.authorization) return response.sendStatus(401)
  next()
}
`

/** 60 workspaces: each an Express app, one module in eight a router, the rest services. */
const writeMonorepo = async (dir: string) => {
  await writeFile(
    join(dir, 'package.json'),
    '{ "name": "shop", "private": true, "workspaces": ["packages/*"] }',
  )
  for (let each = 0; each < PACKAGES; each += 1) {
    const folder = join(dir, 'packages', `part-${each}`)
    await mkdir(join(folder, 'src'), { recursive: true })
    const put = (name: string, text: string) => writeFile(join(folder, name), text)
    await put(
      'package.json',
      `{ "name": "@shop/part-${each}", "main": "dist/app.js", "dependencies": { "express": "^5.0.0" } }`,
    )
    await put('src/prefix.ts', `export const PREFIX = '/part-${each}'\n`)
    await put('src/authenticate.ts', AUTHENTICATE)
    await put(
      'src/repository.ts',
      'export type Repository<T> = { get(id: string): Promise<T | undefined> }\n',
    )
    const routers = Array.from({ length: MODULES / 8 }, (_, index) => index * 8)
    for (let index = 0; index < MODULES; index += 1) await put(`src/service-${index}.ts`, serviceOf(index))
    for (const index of routers) await put(`src/router-${index}.ts`, routerOf(index))
    await put('src/app.ts', appOf(routers))
  }
}

const surveyOnce = async (built: string, dir: string, cache: string): Promise<Once> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(root, 'bench/survey/once.js'), built, dir],
    { env: { ...process.env, XDG_CACHE_HOME: cache }, maxBuffer: 1 << 24 },
  )
  return JSON.parse(stdout) as Once
}

const show = (label: string, { files, routes, ms, cpuMs, maxRssMb }: Once) => {
  const perSecond = Math.round(files / (cpuMs / 1000))
  const cells = [
    label.padEnd(8),
    `${files} files`,
    `${routes} routes`,
    `${Math.round(ms)} ms`,
    `${Math.round(cpuMs)} ms CPU`,
  ]
  console.log(
    [...cells, `${perSecond} files/s a core`, `${Math.round(maxRssMb)} MB`]
      .map((cell) => cell.padStart(12))
      .join('  '),
  )
}

const median = (values: readonly number[]) =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0

export default async function run(args: readonly string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      times: { type: 'string', default: '3' },
      built: { type: 'string', default: join(root, 'packages/plimsoll/dist') },
    },
  })
  const built = resolve(values.built)
  if (!existsSync(built)) throw new Error('Build first: npm run build')
  const scratch = await mkdtemp(join(tmpdir(), 'plimsoll-bench-'))
  try {
    const dir = positionals[0] === undefined ? join(scratch, 'monorepo') : resolve(positionals[0])
    if (positionals[0] === undefined) {
      await mkdir(dir)
      await writeMonorepo(dir)
    }
    const shares: number[] = []
    for (let time = 0; time < Number(values.times); time += 1) {
      const cache = join(scratch, `cache-${time}`)
      const first = await surveyOnce(built, dir, cache)
      const second = await surveyOnce(built, dir, cache)
      show('first', first)
      show('second', second)
      shares.push(second.cpuMs / first.cpuMs)
    }
    console.log(`second / first, median: ${(100 * median(shares)).toFixed(0)} % of the CPU time`)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

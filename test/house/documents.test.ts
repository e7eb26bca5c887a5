import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { ERRORS } from '../../packages/plimsoll/src/base/errors/table.ts'
import { families } from '../../scripts/catalogue/families.ts'
import {
  anchorsOf,
  codeIn,
  documents,
  linksIn,
  problemOfCall,
  problemOfScript,
} from '../support/documents.ts'
import { files, read } from '../support/repository.ts'

/** An example's or a specimen's own npm scripts are in its own package.json. */
const own = documents.filter((file) => !/^(examples|specimens)\//.test(file))
const folders = new Set(
  files.flatMap((file) => file.split('/').map((_, depth, all) => all.slice(0, depth).join('/'))),
)

const scripts = Object.keys(
  z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json'))).scripts,
)

const problems = (pages: readonly string[], problemOf: (line: string) => string | null) =>
  pages.flatMap((file) =>
    codeIn(read(file)).flatMap((line) => {
      const problem = problemOf(line)
      return problem === null ? [] : [`${file}: ${problem}`]
    }),
  )

test('every plimsoll command in a page exists', () => {
  expect(problems(documents, problemOfCall), 'Correct the page, or add the command.').toEqual([])
})

test('every npm script in a page exists', () => {
  expect(
    problems(own, (line) => problemOfScript(line, scripts)),
    'Correct the page, or add the script to package.json.',
  ).toEqual([])
})

test('every command in the hint of an error exists', () => {
  const wrong = Object.entries(ERRORS).flatMap(([code, { hint }]) =>
    [...hint.matchAll(/(?<=: |")plimsoll [a-z]+(?: --[a-z-]+)*/g)].flatMap(([call]) => {
      const problem = problemOfCall(call)
      return problem === null ? [] : [`${code}: ${problem}`]
    }),
  )
  expect(wrong, 'Correct the hint in base/errors/table.ts, or add the command.').toEqual([])
})

const resolves = (page: string, link: string): boolean => {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? page : join(dirname(page), decodeURIComponent(path)).replace(/\/$/, '')
  if (!files.includes(target)) return anchor === undefined && (folders.has(target) || target === '.')
  return anchor === undefined || !target.endsWith('.md') || anchorsOf(target).includes(anchor)
}

test('every link within the repository leads somewhere', () => {
  const broken = documents.flatMap((page) =>
    linksIn(read(page))
      .filter((link) => !resolves(page, link))
      .map((link) => `${page}: ${link}`),
  )
  expect(broken, 'Correct these links.').toEqual([])
})

test('every family has a page on adding to it', () => {
  const missing = families.map((family) => `docs/adding/${family}.md`).filter((page) => !files.includes(page))
  expect(missing, 'Write what deserves to be one, the contract, the steps, and how it is tested.').toEqual([])
})

test('the README gives the two commands', () => {
  const code = codeIn(read('README.md'))
  expect(code, 'Keep the first command in the README.').toContain(
    'npm install && npx plimsoll prove examples/booking',
  )
  expect(code, 'Keep the second command in the README.').toContain('npm test')
})

import { expect, test } from 'vitest'
import { files, isTest, read } from '../support/repository.ts'
import { LONG_FILES } from './long-files.ts'

const LONGEST = 300
const isCode = (file: string) => /\.(ts|tsx|js|css)$/.test(file) && !file.endsWith('.generated.ts')
const isOurs = (file: string) => /^(packages|scripts|test|bench)\//.test(file)
const code = files.filter((file) => isOurs(file) && isCode(file))

const BANNED = /^(utils?|helpers?|common|misc|manager|service|handler)$/

test('no folder or file has a name that says nothing', () => {
  const vague = files
    .filter(isOurs)
    .filter((file) => file.split('/').some((part) => BANNED.test(part.split('.')[0] ?? '')))
  expect(vague, 'Name these after what is in them.').toEqual([])
})

test('code is in files of kebab-case', () => {
  const odd = code.filter((file) => !/^[a-z0-9.-]+$/.test(file.split('/').at(-1) ?? ''))
  expect(odd, 'Rename these to lower case words joined by dashes.').toEqual([])
})

const linesOf = (file: string) => read(file).split('\n').length - 1

test(`no file is longer than ${LONGEST} lines without a reason`, () => {
  const long = code.filter((file) => !isTest(file) && !(file in LONG_FILES) && linesOf(file) > LONGEST)
  expect(
    long.map((file) => `${file}: ${linesOf(file)}`),
    'Split these by subject, or give the reason in test/house/long-files.ts.',
  ).toEqual([])
})

test('every reason for a long file is still needed', () => {
  const idle = Object.keys(LONG_FILES).filter((file) => !files.includes(file) || linesOf(file) <= LONGEST)
  expect(idle, 'Take these out of test/house/long-files.ts.').toEqual([])
})

const BINARY = /\.(wasm|png|jpg|gif|ico|woff2?)$/
const MACHINE_PATH = /(?<![\w.])\/(?:root|home\/(?!user\b|node\b|app\b|ada\b)[a-z][\w-]*)\/[\w.-]+\//

test('no path of a machine is in a tracked file', () => {
  const found = files
    .filter((file) => !BINARY.test(file))
    .flatMap((file) =>
      read(file)
        .split('\n')
        .flatMap((line, index) => (MACHINE_PATH.test(line) ? [`${file}:${index + 1}`] : [])),
    )
  expect(found, 'Write these relative to the repository, or take them from the environment.').toEqual([])
})

test('packages come from the public registry', () => {
  const hosts = [...read('package-lock.json').matchAll(/"resolved": "(?:\w+\+)?(\w+:\/\/[^/"]+)/g)].map(
    ([, host]) => host,
  )
  expect(
    [...new Set(hosts)].filter((host) => host !== 'https://registry.npmjs.org'),
    'Remove these from package-lock.json: run npm install with the registry npmjs.org.',
  ).toEqual([])
  expect(read('.npmrc'), 'Keep the registry out of .npmrc.').not.toMatch(/registry\s*=/)
})

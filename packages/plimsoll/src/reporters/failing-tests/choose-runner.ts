import type { Run } from '../../model/run.ts'

/** How the generated file gets `test`, and the command that runs it. */
export type Runner = { id: 'vitest' | 'jest' | 'node:test'; imports: string[]; command: string }

const FILE = 'findings.test.mjs'

const RUNNERS: readonly Runner[] = [
  {
    id: 'vitest',
    imports: ["import { test } from 'vitest'"],
    command: `BASE_URL=http://127.0.0.1:3000 npx vitest run ${FILE}`,
  },
  {
    id: 'jest',
    imports: ["import { test } from '@jest/globals'"],
    command: `BASE_URL=http://127.0.0.1:3000 NODE_OPTIONS=--experimental-vm-modules npx jest --testMatch '**/${FILE}'`,
  },
]

const NODE: Runner = {
  id: 'node:test',
  imports: ["import { test } from 'node:test'"],
  command: `BASE_URL=http://127.0.0.1:3000 node --test ${FILE}`,
}

/** The runner that the service's own test command names; Node's own where it names none of them. */
export const chooseRunner = ({ system, service }: Run): Runner => {
  const proved = system.services.find(({ name }) => name === service) ?? system.services[0]
  const words = [proved?.test?.command ?? '', ...Object.values(proved?.scripts ?? {})].join(' ')
  return RUNNERS.find(({ id }) => new RegExp(`\\b${id}\\b`).test(words)) ?? NODE
}

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { asRunnable, lendManager } from './package-manager.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'manager-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const packages = (manager: string, managerPackage: string | null) => ({
  ...{ manager, managerPackage, lockfile: null, install: null, installed: false },
})

it('a command of a manager that the machine lacks is written so that npx brings it', () => {
  const pnpm = packages('pnpm', 'pnpm@9.1.0')
  expect(asRunnable('pnpm install', pnpm, dir)).toBe('npx --yes pnpm@9.1.0 install')
  expect(asRunnable('make deps', pnpm, dir)).toBe('make deps')
  expect(asRunnable('yarn install', packages('yarn', '@yarnpkg/cli-dist@4'), dir)).toBe(
    'npx --yes --package=@yarnpkg/cli-dist@4 yarn install',
  )
  expect(asRunnable('npm ci', packages('npm', null), dir)).toBe('npm ci')
  writeFileSync(join(dir, 'pnpm'), '')
  expect(asRunnable('pnpm install', pnpm, dir)).toBe('pnpm install')
})

it('the lent program passes its arguments on, and the registry of the user', async () => {
  writeFileSync(join(dir, 'npx'), '#!/bin/sh\necho "$npm_config_registry" "$npm_config_cache" "$@"\n', {
    mode: 0o755,
  })
  const machine = { PATH: dir, HOME: '/srv/me', npm_config_registry: 'http://127.0.0.1:4873/' }
  const lent = await lendManager(packages('pnpm', 'pnpm@9.1.0'), machine, dir)
  expect(lent).not.toBeNull()
  expect(readFileSync(join(lent ?? '', 'pnpm'), 'utf8')).toMatch(/^#!\/bin\/sh\n/)
  const printed = execFileSync(join(lent ?? '', 'pnpm'), ['run', 'a b'], {
    env: { PATH: `${dir}:${process.env.PATH}` },
    encoding: 'utf8',
  })
  expect(printed.trim()).toBe('http://127.0.0.1:4873/ /srv/me/.npm --yes pnpm@9.1.0 run a b')
  expect(await lendManager(packages('npm', null), machine, dir)).toBeNull()
})

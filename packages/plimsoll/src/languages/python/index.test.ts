import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openProject } from '../../instruments/source/open-project.ts'
import python from './index.ts'

const made: string[] = []
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true })
})

const read = async (files: Record<string, string>) => {
  const root = mkdtempSync(join(tmpdir(), 'python-'))
  made.push(root)
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  const project = await openProject(root)
  const modules = python.modules(project)
  const module = modules[0]
  if (module === undefined) throw new Error('no module')
  const dependencies = Object.fromEntries(module.dependencies)
  return { modules, module, dependencies, facts: python.facts(project, module, project.files) }
}

describe('manifests', () => {
  it('reads requirements with includes, extras, markers and pins', async () => {
    const { dependencies, module, facts } = await read({
      'requirements.txt':
        '-r base.txt\nFlask_SQLAlchemy[asyncio]==3.0.3 ; python_version > "3.8"  # orm\n-e .\n',
      'base.txt': 'flask>=2,<4\n',
      'app.py': '',
      '.python-version': '3.12\n',
    })
    expect(dependencies).toEqual({ flask: '>=2,<4', 'flask-sqlalchemy': '==3.0.3' })
    expect(module.versionOf('Flask-SQLAlchemy')).toBe('3.0.3')
    expect(facts.runtime.wanted).toBe('3.12')
    expect(facts.packages).toMatchObject({
      manager: 'pip',
      install: { command: 'python3 -m venv .venv && .venv/bin/python -m pip install -r requirements.txt' },
    })
  })

  it('reads pyproject and the versions its lock resolves', async () => {
    const { module, facts } = await read({
      'pyproject.toml':
        '[project]\nname = "shop"\ndependencies = ["flask>=3"]\nrequires-python = ">=3.11"\n[tool.poetry]\n',
      'poetry.lock': '[[package]]\nname = "flask"\nversion = "3.1.0"\n',
    })
    expect([module.name, module.versionOf('flask'), facts.runtime.wanted]).toEqual([
      'shop',
      '3.1.0',
      '>=3.11',
    ])
    expect(facts.packages).toMatchObject({
      manager: 'poetry',
      lockfile: 'poetry.lock',
      install: { command: 'poetry install' },
    })
  })

  it('reads setup.py without running it', async () => {
    const { dependencies } = await read({
      'setup.py':
        'from setuptools import setup\nNEEDS = ["flask==2.3.0"]\nsetup(name="x", install_requires=NEEDS)\n',
    })
    expect(dependencies).toEqual({ flask: '==2.3.0' })
  })

  it('sees what a virtual environment beside the app holds', async () => {
    const { facts } = await read({
      'requirements.txt': 'flask\n',
      '.venv/pyvenv.cfg': 'version = 3.11.7\n',
      '.venv/lib/python3.11/site-packages/flask/__init__.py': '',
    })
    expect(facts.packages.installed).toBe(true)
  })
})

it('reads variables, ports, stores, migrations and the entry', async () => {
  const { facts } = await read({
    'requirements.txt': 'flask\nflask-sqlalchemy\nflask-migrate\npsycopg2-binary==2.9.9\n',
    'shop/settings.py': `
import os
from decouple import config
URL = os.environ.get('DATABASE_URL') or 'sqlite:///shop.db'
KEY = os.environ['SECRET_KEY']
DEBUG = config('DEBUG', default=False)
`,
    'run.py': `
import os
import psycopg2
from flask_sqlalchemy import SQLAlchemy
from shop import app
if __name__ == '__main__':
    app.run(port=int(os.getenv('PORT', '8080')))
`,
    'migrations/alembic.ini': '',
    'migrations/env.py': 'from alembic import context\n',
    'migrations/versions/1_first.py': '',
  })
  expect(
    facts.env.map(({ name, default: otherwise, required }) => [name, otherwise, required ?? false]),
  ).toEqual([
    ['PORT', '8080', false],
    ['DATABASE_URL', null, false],
    ['SECRET_KEY', null, true],
    ['DEBUG', 'False', false],
  ])
  expect(facts.ports).toEqual([{ port: 8080, env: 'PORT', from: 'run.py:7' }])
  expect(facts.clients?.map(({ client, speaks }) => `${client} ${speaks}`)).toEqual([
    'psycopg2 postgres',
    'sqlalchemy sqlite',
  ])
  expect(facts.hardCoded).toEqual([])
  expect(facts.migrations).toMatchObject([
    { tool: 'flask-migrate', files: 1, apply: { command: 'flask db upgrade' } },
  ])
  expect([facts.entry, facts.guessedStart?.[0]?.command]).toEqual(['run.py', 'python3 run.py'])
})

it('tells addresses that are written out, and leaves those that a variable decides', async () => {
  const { facts } = await read({
    'requirements.txt': 'flask\n',
    'app.py': `
import os, sqlite3
HERE = os.path.dirname(__file__)
QUEUE = 'redis://' + os.environ['REDIS_HOST'] + ':6379'
STORE = 'postgresql://shop:shop@' + 'db.local/shop'
connection = sqlite3.connect(os.path.join(HERE, 'shop.db'))
`,
  })
  expect(facts.hardCoded.map(({ text, speaks }) => [speaks, text])).toEqual([
    ['postgres', 'postgresql://shop:shop@db.local/shop'],
    ['sqlite', './shop.db'],
  ])
})

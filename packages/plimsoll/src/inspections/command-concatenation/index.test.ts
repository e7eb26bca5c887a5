// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code that is read
import { expect, test } from 'vitest'
import { inspectFolder, refutedOf } from '../../../../../test/support/inspect-code.ts'
import inspection from './index.ts'

const SHELL = [
  "import { exec } from 'node:child_process'\napp.get('/p', (req) => exec(`ping -c 1 ${req.query.host}`))",
  "const cp = require('child_process')\napp.get('/p', (req) => { const { host } = req.query; cp.execSync('ping ' + host) })",
  "import { exec } from 'child_process'\nimport { promisify } from 'util'\nconst run = promisify(exec)\napp.get('/p', async (req) => run(`convert ${req.body.file}`))",
  "import { spawn } from 'child_process'\napp.get('/p', (req) => spawn('convert', [req.query.file], { shell: true }))",
  "import { spawn } from 'child_process'\napp.get('/p', (req) => spawn('sh', ['-c', `ls ${req.query.dir}`]))",
  "app.get('/p', (req) => require('child_process').exec('ls ' + req.params.dir))",
  "import * as cp from 'node:child_process'\nclass A { @Get() go(@Query('cmd') cmd: string) { return cp.execSync(cmd) } }",
  "import { execaCommand } from 'execa'\nrouter.get('/p', async (ctx) => execaCommand(`ls ${ctx.query.dir}`))",
]

const NO_SHELL = [
  "import { execFile } from 'node:child_process'\napp.get('/p', (req) => execFile('ping', ['-c', '1', req.query.host]))",
  "import { exec } from 'node:child_process'\napp.get('/p', () => exec('uptime'))",
  "import { spawn } from 'child_process'\napp.get('/p', (req) => spawn('convert', [req.query.file]))",
  "app.get('/p', (req) => /a/.exec(req.query.text))",
  "app.get('/p', (req) => db.exec(`select ${req.query.text}`))",
  "import { exec } from 'node:child_process'\napp.get('/p', (req) => { const { tool } = req.query; if (!TOOLS.includes(tool)) throw 1; exec(tool) })",
  "import { exec } from 'node:child_process'\napp.get('/p', (req) => exec(`kill ${Number(req.query.pid)}`))",
  "import { exec } from 'node:child_process'\napp.get('/p', (req) => exec(COMMANDS[req.query.name]))",
  "import { exec } from 'node:child_process'\nexec(`git log ${process.argv[2]}`)",
  "import { exec } from 'node:child_process'\napp.get('/p', (req) => exec(`ls ${quote([req.query.dir])}`))",
]

test('request data in a shell command is found, and nothing else', async () => {
  expect(await refutedOf(inspection, [...SHELL, ...NO_SHELL])).toEqual(SHELL)
})

const PYTHON_SHELL = [
  "def go():\n    os.system('ping ' + request.args['host'])",
  "def go():\n    host = request.form.get('host')\n    subprocess.run(f'ping {host}', shell=True)",
  "@app.get('/ping/<host>')\ndef go(host):\n    return os.popen('ping %s' % host).read()",
]

const PYTHON_NO_SHELL = [
  "def go():\n    subprocess.run(['ping', request.args['host']])",
  "def go():\n    os.system('uptime')",
  'def go():\n    subprocess.run(f\'kill {int(request.args["pid"])}\', shell=True)',
  'def go(host):\n    os.system(f"ping {host}")',
]

test('so it is in Python', async () => {
  const found = await refutedOf(inspection, [...PYTHON_SHELL, ...PYTHON_NO_SHELL], 'py')
  expect(found).toEqual(PYTHON_SHELL)
})

test('the twins', async () => {
  const broken = await inspectFolder(inspection, 'specimens/fastify/command-concatenation/broken')
  expect(broken.map(({ status, tier, cwe, subject }) => [status, tier, cwe, subject])).toEqual([
    ['refuted', 'suspicion', 78, 'server.js: GET /reach/:host'],
  ])
  const fixed = await inspectFolder(inspection, 'specimens/fastify/command-concatenation/fixed')
  expect(fixed.map(({ status }) => status)).toEqual(['proven'])
})

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSupervisor } from '../process/open-supervisor.ts'
import type { Supervisor } from '../process/process.ts'
import { type Confinement, openConfinement } from './open-confinement.ts'

/** Somebody else's servers: what arrives at the first and by UDP is what should not. */
const DECOY = `
const net = require('net'), dgram = require('dgram')
const got = { secret: '', declared: '', udp: '' }
const listen = (name) => new Promise((resolve) => {
  const server = net.createServer((socket) => {
    socket.on('error', () => {}).on('data', (part) => { got[name] += part; socket.end('answer') })
  }).listen(0, '127.0.0.1', () => resolve(server.address().port))
})
const udp = dgram.createSocket('udp4').on('message', (part) => { got.udp += part })
udp.bind(0, '127.0.0.1', async () => {
  process.send({ secret: await listen('secret'), declared: await listen('declared'), udp: udp.address().port })
})
process.on('message', () => process.send(got))`

const NODE = `
import net, { connect } from 'node:net'
import { createServer } from 'node:http'
import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns'
import { promisify } from 'node:util'
import { AsyncLocalStorage } from 'node:async_hooks'
import { Worker, isMainThread } from 'node:worker_threads'
import { execFileSync, fork } from 'node:child_process'
const { SECRET, DECLARED, UDP, OUTSIDE } = process.env
const env = { SECRET }
const file = new URL(import.meta.url)
const tcp = (...where) => new Promise((resolve) => {
  const socket = connect(...where)
  socket.write('a secret')
  socket.once('data', () => resolve('passed')).once('error', ({ code }) => resolve(code))
})
if (process.argv[2] === 'again') {
  process.stdout.write(await tcp(SECRET, '127.0.0.1'))
} else {
  const refused = ({ cause }) => cause.code
  const own = createServer((_, answer) => answer.end('own'))
  await new Promise((resolve) => own.listen(0, '127.0.0.1', resolve))
  const { port } = own.address()
  const context = new AsyncLocalStorage()
  const worker = new Worker(file, { argv: ['again'], env, stdout: true })
  let fromWorker = ''
  worker.stdout.on('data', (part) => { fromWorker += part })
  await new Promise((resolve) => worker.once('exit', resolve))
  const child = fork(file, ['again'], { env, silent: true })
  let fromFork = ''
  child.stdout.on('data', (part) => { fromFork += part })
  await new Promise((resolve) => child.once('close', resolve))
  const datagram = createSocket('udp4')
  const seen = {
    tcp: await tcp(SECRET, '127.0.0.1'),
    name: await tcp({ port: Number(SECRET), host: 'localhost' }),
    six: await tcp({ port: Number(SECRET), host: '::ffff:127.0.0.1' }),
    any: await tcp({ port: Number(SECRET), host: '0.0.0.0' }),
    outside: await tcp(80, OUTSIDE),
    unknown: await tcp(443, 'api.example.com'),
    unix: await tcp(process.env.SOCKET),
    fetch: await fetch('http://127.0.0.1:' + SECRET).catch(refused),
    fetchName: await fetch('https://api.example.com/charge').catch(refused),
    udp: await new Promise((resolve) => datagram.send('a secret', UDP, '127.0.0.1', (error) => resolve(error?.code))),
    lookup: await promisify(lookup)('db.example.com').catch(({ code }) => code),
    here: await promisify(lookup)('localhost', 4),
    declared: await tcp(DECLARED, '127.0.0.1'),
    own: await (await fetch('http://127.0.0.1:' + port)).text(),
    context: await context.run('kept', () => new Promise((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => { socket.destroy(); resolve(context.getStore()) })
    })),
    message: await new Promise((resolve) => connect(443, 'api.example.com').once('error', ({ message }) => resolve(message))),
    child: execFileSync(process.execPath, [file.pathname, 'again'], { env, encoding: 'utf8' }),
    fork: fromFork,
    worker: fromWorker,
  }
  process.stdout.write(JSON.stringify(seen))
  process.exit()
}`

const PYTHON = `
import asyncio, json, os, socket, subprocess, sys, threading, urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
SECRET, OUTSIDE = int(os.environ["SECRET"]), os.environ["OUTSIDE"]

def tcp(host, port):
    try:
        with socket.create_connection((host, port), 5) as one:
            one.sendall(b"a secret")
            return "passed" if one.recv(9) else "nothing"
    except ConnectionRefusedError:
        return "refused"

def plain(kind, address):
    with socket.socket(kind) as one:
        return one.connect_ex(address)

async def stream():
    try:
        await asyncio.open_connection("localhost", SECRET)
    except OSError as error:
        return error.errno

class Own(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"own")
    def log_message(self, *_):
        pass

if len(sys.argv) > 1:
    print(tcp("127.0.0.1", SECRET), end="")
    sys.exit()
own = HTTPServer(("127.0.0.1", 0), Own)
threading.Thread(target=own.serve_forever, daemon=True).start()
try:
    urllib.request.urlopen("https://api.example.com/charge")
except OSError as error:
    message = str(error.reason)
datagram = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
joined = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
joined.connect(("127.0.0.1", int(os.environ["UDP"])))
print(json.dumps({
    "tcp": tcp("127.0.0.1", SECRET),
    "connect_ex": plain(socket.AF_INET, ("127.0.0.1", SECRET)),
    "outside": tcp(OUTSIDE, 80),
    "unknown": tcp("api.example.com", 443),
    "unix": plain(socket.AF_UNIX, os.environ["SOCKET"]),
    "asyncio": asyncio.run(stream()),
    "udp": datagram.sendto(b"a secret", ("127.0.0.1", int(os.environ["UDP"]))),
    "joined": joined.send(b"a secret"),
    "declared": tcp("127.0.0.1", int(os.environ["DECLARED"])),
    "own": urllib.request.urlopen("http://127.0.0.1:%d" % own.server_port).read().decode(),
    "message": message,
    "child": subprocess.run([sys.executable, __file__, "again"], stdout=subprocess.PIPE).stdout.decode(),
    "theirs": sys.modules["theirs"].RAN,
}))
`

const foreign = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.internal === false && one.family === 'IPv4')
const outside = foreign?.address ?? '192.0.2.1'

let supervisor: Supervisor
let confinement: Confinement
let decoy: ChildProcess
let ports: { secret: number; declared: number; udp: number }
let other: string
const servers: ChildProcess[] = []

const start = async (program: string, args: readonly string[] = []) => {
  const child = spawn(process.execPath, ['-e', program, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  servers.push(child)
  const [message] = await once(child, 'message')
  return { child, message }
}

beforeAll(async () => {
  supervisor = await openSupervisor()
  const started = await start(DECOY)
  decoy = started.child
  ports = started.message
  const elsewhere = await openSupervisor()
  other = join(elsewhere.scratchDir, 's')
  await start(`require('net').createServer().listen(process.argv[1], () => process.send({}))`, [other])
  confinement = await openConfinement({ supervisor, declared: [`127.0.0.1:${ports.declared}`] })
  return () => elsewhere.close()
})
afterAll(async () => {
  for (const server of servers) server.kill('SIGKILL')
  await confinement.close()
  await supervisor.close()
})

const arrived = async () => {
  decoy.send('tell')
  const [got] = await once(decoy, 'message')
  return got
}

const seenBy = async (
  file: string,
  program: string,
  args: readonly string[],
  env: Record<string, string>,
) => {
  const path = join(supervisor.scratchDir, file)
  writeFileSync(path, program)
  const [name = '', ...before] = args
  const run = await confinement.supervisor.run({
    command: { file: name, args: [...before, path] },
    cwd: supervisor.scratchDir,
    env: {
      PATH: process.env.PATH ?? '',
      ...{ SECRET: String(ports.secret), DECLARED: String(ports.declared), UDP: String(ports.udp) },
      ...{ OUTSIDE: outside, SOCKET: other, ...env },
    },
    timeoutMs: 60_000,
  })
  const text = run.logs.map((line) => line.text).join('\n')
  expect(text).toMatch(/^\{.*\}$/)
  return JSON.parse(text)
}

const WHY = (address: string) =>
  `connect ECONNREFUSED ${address} (refused by Plimsoll's lab: it is not the lab's; to let it pass: "outbound": ["${address}"] in plimsoll.config.json)`

describe.runIf(process.platform === 'linux')('what is neither of the lab nor declared is refused', () => {
  test('Node.js: connections, look-ups, datagrams, children and threads with an environment of their own', async () => {
    const seen = await seenBy('app.mjs', NODE, [process.execPath], { NODE_OPTIONS: '--no-deprecation' })
    const refused = 'ECONNREFUSED'
    expect(seen).toEqual({
      ...{ tcp: refused, name: refused, six: refused, any: refused, outside: refused, unknown: refused },
      ...{ unix: refused, fetch: refused, fetchName: refused, udp: refused, lookup: refused },
      ...{ child: refused, fork: refused, worker: refused },
      ...{ declared: 'passed', own: 'own', context: 'kept', here: { address: '127.0.0.1', family: 4 } },
      message: WHY('api.example.com:443'),
    })
    expect(await arrived()).toEqual({ secret: '', declared: 'a secret', udp: '' })
    const told = confinement.outbound()
    expect(told).toContainEqual({
      ...{ kind: 'tcp', host: 'api.example.com', port: 443, outcome: 'refused', times: 3, during: [] },
    })
    expect(told).toContainEqual({
      ...{ kind: 'tcp', host: '127.0.0.1', port: ports.secret, outcome: 'refused', times: 8, during: [] },
    })
    expect(told).toContainEqual({
      ...{ kind: 'tcp', host: '127.0.0.1', port: ports.declared, outcome: 'passed', times: 1, during: [] },
    })
    expect(told.map(({ host }) => host)).toEqual(expect.arrayContaining([outside, other, 'db.example.com']))
  })

  const python = (() => {
    try {
      return execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim()
    } catch {
      return null
    }
  })()
  test.skipIf(python === null)('Python, before a sitecustomize that is there already', async () => {
    const theirs = join(supervisor.scratchDir, 'theirs')
    execFileSync('mkdir', [theirs])
    writeFileSync(
      join(theirs, 'sitecustomize.py'),
      'import sys, types\nsys.modules["theirs"] = types.SimpleNamespace(RAN=True)\n',
    )
    const end = confinement.during('seed')
    const seen = await seenBy('app.py', PYTHON, [python ?? ''], { PYTHONPATH: theirs })
    end()
    expect(seen).toEqual({
      ...{ tcp: 'refused', connect_ex: 111, outside: 'refused', unknown: 'refused', unix: 111, asyncio: 111 },
      ...{ udp: 8, joined: 8, child: 'refused', declared: 'passed', own: 'own', theirs: true },
      message: `[Errno 111] ${WHY('api.example.com:443')}`,
    })
    expect(await arrived()).toEqual({ secret: '', declared: 'a secreta secret', udp: '' })
    expect(confinement.outbound()).toContainEqual({
      ...{
        kind: 'udp',
        host: '127.0.0.1',
        port: ports.udp,
        outcome: 'refused',
        times: expect.any(Number),
        during: ['seed'],
      },
    })
  })
})

test('tells whether a process is held, and refuses everything where nobody answers', async () => {
  const own = await openConfinement({ supervisor, declared: [] })
  const env = { PATH: process.env.PATH ?? '' }
  const program = `const wait = setInterval(() => {}, 1000)
    process.on('SIGTERM', () => {
      clearInterval(wait)
      require('net').connect(${ports.declared}, '127.0.0.1').on('error', ({ message }) => console.log(message))
    })
    console.log('up')`
  const spawned = own.supervisor.spawn({
    command: { file: process.execPath, args: ['-e', program] },
    cwd: '/',
    env,
  })
  const bare = supervisor.spawn({ command: { file: 'sleep', args: ['600'] }, cwd: '/', env })
  await expect.poll(() => own.holds(spawned.pid) && spawned.logs().length, { timeout: 60_000 }).toBe(1)
  expect(own.holds(bare.pid)).toBe(false)
  await own.close()
  spawned.signal('SIGTERM')
  await spawned.exited(60_000)
  expect(spawned.logs().at(-1)?.text).toContain("(Plimsoll's lab does not answer)")
})

/**
 * Runs the commands of one session, in the place where it was started itself: inside of a sandbox, where there is one.
 * It takes orders from Plimsoll over a socket, a line of JSON each, and ends when that socket closes; with it ends its
 * process namespace, and so every command. It lets connections to ports of its own loopback through to sockets that
 * were bound in, and refuses known addresses that are not the lab's, so that they can be named.
 * usage: sandbox.js /path/of/control.sock
 */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { StringDecoder } from 'node:string_decoder'

const DRAIN_MS = 200
const LOOK_MS = 400
const SETTLE_MS = 4_000
const MARK = 'PLIMSOLL_COMMAND'

// A command that ends every "node" means the app's, and should not end this.
process.title = 'plimsoll'
const control = connect(process.argv[2] ?? '')
const tell = (message) => control.write(`${JSON.stringify(message)}\n`)

const read = (file) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const processes = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = read(`/proc/${name}/stat`)
      const [state, ppid, group, session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (stat === '' || state === 'Z' || state === 'X') return []
      const marks = read(`/proc/${name}/environ`).split('\0')
      const mark = marks.find((each) => each.startsWith(`${MARK}=`))?.slice(MARK.length + 1)
      return [{ pid: Number(name), ppid: Number(ppid), group: Number(group), session: Number(session), mark }]
    })

/** What a command became: its group, its session, its descendants, and whatever carries its mark. */
const familyOf = (job) => {
  const all = processes()
  const own = (one) => one.group === job.pid || one.session === job.pid || one.mark === job.mark
  const found = new Set(all.filter(own).map(({ pid }) => pid))
  for (let before = -1; before < found.size; ) {
    before = found.size
    for (const { pid, ppid } of all) if (found.has(ppid)) found.add(pid)
  }
  found.delete(process.pid)
  return [...found]
}

const signal = (pid, name) => {
  try {
    process.kill(pid, name)
  } catch {}
}

const killAll = (job) => {
  for (let round = 0; round < 50; round += 1) {
    const family = familyOf(job)
    if (family.length === 0) return
    for (const pid of family) signal(pid, 'SIGKILL')
  }
}

const portsOf = (pids) => {
  const sockets = new Set(
    pids.flatMap((pid) => {
      try {
        return readdirSync(`/proc/${pid}/fd`).map((fd) => {
          try {
            return readlinkSync(`/proc/${pid}/fd/${fd}`)
          } catch {
            return ''
          }
        })
      } catch {
        return []
      }
    }),
  )
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => read(file).split('\n').slice(1))
  const ports = rows.flatMap((row) => {
    const [, local, , state, , , , , , inode] = row.trim().split(/\s+/)
    return state === '0A' && sockets.has(`socket:[${inode}]`)
      ? [Number.parseInt(local.split(':')[1], 16)]
      : []
  })
  return [...new Set(ports)].sort((a, b) => a - b)
}

const jobs = new Map()
/** By this mark Plimsoll finds its own where there is no namespace that ends with it. */
const lab = process.env.PLIMSOLL_LAB === undefined ? {} : { PLIMSOLL_LAB: process.env.PLIMSOLL_LAB }

const started = (order) => {
  // One pipe for both streams, so that lines keep the order in which they were written.
  const child = spawn(order.shell, ['-c', `exec 2>&1; ${order.command}`], {
    cwd: order.dir,
    env: { ...order.env, ...lab, [MARK]: order.id },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const job = {
    id: order.id,
    mark: order.id,
    pid: child.pid ?? -1,
    child,
    exit: null,
    timedOut: false,
    stays: order.stays,
  }
  jobs.set(order.id, job)
  for (const stream of [child.stdout, child.stderr]) {
    const decoder = new StringDecoder('utf8')
    stream.on('data', (bytes) => {
      if (tell({ kind: 'output', id: job.id, text: decoder.write(bytes) })) return
      // A command that prints without end waits for us, or its output would fill the memory.
      stream.pause()
      control.once('drain', () => stream.resume())
    })
    stream.on('error', () => {})
  }
  return job
}

const run = (order) => {
  const job = started(order)
  const timer =
    order.timeoutMs === undefined
      ? null
      : setTimeout(() => {
          job.timedOut = true
          killAll(job)
        }, order.timeoutMs)
  let told = false
  const finish = () => {
    if (told) return
    told = true
    clearTimeout(timer)
    const left = job.exit?.killed ? [] : familyOf(job)
    if (left.length === 0) jobs.delete(job.id)
    const { code = null, signal: name = null } = job.exit ?? {}
    tell({
      kind: 'exit',
      id: job.id,
      code,
      signal: name,
      timedOut: job.timedOut,
      ports: portsOf(left),
      left: left.length,
    })
    if (left.length > 0) watch()
  }
  job.child.once('error', (error) => {
    tell({ kind: 'output', id: job.id, text: `${error.message}\n` })
    job.exit = { code: 127, signal: null }
    finish()
  })
  job.child.once('exit', (code, name) => {
    job.exit = { code, signal: name }
    setTimeout(finish, DRAIN_MS)
  })
  job.child.once('close', finish)
}

/** A server is up once it listens, or is done for once it ends; one that does neither is left to itself. */
const start = (order) => {
  const job = started(order)
  const startMs = Date.now()
  job.child.once('error', (error) => tell({ kind: 'output', id: job.id, text: `${error.message}\n` }))
  const look = () => {
    const ports = portsOf(familyOf(job))
    const ended = familyOf(job).length === 0
    if (ports.length > 0 || ended || Date.now() - startMs > SETTLE_MS) {
      tell({ kind: 'started', id: job.id, ports, alive: !ended })
      watch()
    } else setTimeout(look, 50)
  }
  setTimeout(look, 50)
}

let watching = null
const look = () => {
  for (const job of jobs.values()) {
    if (job.exit === null && job.stays !== true) continue
    const family = familyOf(job)
    const state = JSON.stringify([family.length > 0, portsOf(family)])
    if (state !== job.state) {
      job.state = state
      tell({ kind: 'background', id: job.id, alive: family.length > 0, ports: portsOf(family) })
    }
    if (family.length === 0) jobs.delete(job.id)
  }
  if (jobs.size === 0 && watching !== null) {
    clearInterval(watching)
    watching = null
  }
}
const watch = () => {
  watching ??= setInterval(look, LOOK_MS)
  look()
}

const SSL_REQUEST = 80_877_103
const field = (key, text) => `${key}${text}\0`

/** A client of PostgreSQL is told in its own words; any other sees its connection end. */
const refuse = (client, label) => {
  const timer = setTimeout(() => client.end(), 1_000)
  client.on('close', () => clearTimeout(timer))
  client.on('data', (bytes) => {
    if (bytes.length < 8 || bytes[0] !== 0) return client.end()
    if (bytes.readUInt32BE(4) === SSL_REQUEST) return client.write('N')
    const said = `${label} is not a store of the lab, so commands cannot reach it`
    const body = Buffer.from(
      `${field('S', 'FATAL')}${field('V', 'FATAL')}${field('C', '28000')}${field('M', said)}\0`,
    )
    const head = Buffer.from([69, 0, 0, 0, 0])
    head.writeUInt32BE(body.length + 4, 1)
    client.end(Buffer.concat([head, body]))
  })
}

const listen = ({ port, socket, label }) => {
  const serve = (host) =>
    createServer((client) => {
      client.on('error', () => {})
      if (socket === undefined) {
        tell({ kind: 'refused', label })
        refuse(client, label)
        return
      }
      const upstream = connect(socket)
      upstream.on('error', () => client.destroy())
      client.on('close', () => upstream.destroy())
      upstream.on('close', () => client.destroy())
      client.pipe(upstream).pipe(client)
    })
      .on('error', () => {})
      .listen(port, host)
  serve('127.0.0.1')
  serve('::1')
}

const ORDERS = {
  listen: ({ doors }) => {
    for (const door of doors) listen(door)
  },
  run,
  start,
  kill: ({ id }) => {
    const job = jobs.get(id)
    if (job !== undefined) killAll(job)
    look()
    tell({ kind: 'killed', id })
  },
}

let rest = ''
control.setEncoding('utf8')
control.on('data', (text) => {
  const lines = (rest + text).split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) {
    const order = JSON.parse(line)
    ORDERS[order.kind]?.(order)
  }
})
const end = () => {
  for (const job of jobs.values()) killAll(job)
  process.exit(0)
}
control.on('error', end)
control.on('close', end)
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {})

'use strict'
/**
 * Runs before the program in every Node process and thread of a lab, from Node 16 on. It asks the lab, at the socket
 * beside this file, about every address before anything is sent there; what the lab does not let pass is refused as
 * the system would refuse it. Without an answer nothing passes.
 */
const childProcess = require('child_process')
const dgram = require('dgram')
const dns = require('dns')
const { syncBuiltinESMExports } = require('module')
const net = require('net')
const os = require('os')
const path = require('path')
const { performance } = require('perf_hooks')
const threads = require('worker_threads')

const DOOR = path.join(__dirname, 'door')
const { Socket } = net
const connectNow = Socket.prototype.connect
const later = setTimeout
const clock = performance.now.bind(performance)

/** One question, one connection: nothing of ours stays open in the program. */
const send = (question, done) => {
  const socket = new Socket()
  let text = ''
  socket.setEncoding('utf8')
  socket.on('data', (part) => {
    text += part
  })
  socket.on('error', () => {})
  socket.once('close', () => {
    let answer = { pass: false, text: "Plimsoll's lab does not answer", forMs: 0 }
    try {
      answer = JSON.parse(text)
    } catch {}
    done(answer)
  })
  connectNow.call(socket, { path: DOOR })
  socket.end(`${JSON.stringify({ ...question, pid: process.pid })}\n`)
  return socket
}

/** question -> what was answered, until when that holds, and how often it was used without asking again */
const answers = new Map()

const keyOf = ({ kind, host, port }) => `${kind} ${host} ${port}`

const report = (key, question) => {
  const { used } = answers.get(key) || { used: 0 }
  answers.delete(key)
  if (used > 0) send({ ...question, times: used }, () => {}).unref()
}

const known = (question) => {
  const kept = answers.get(keyOf(question))
  if (kept === undefined || clock() > kept.until) return null
  kept.used += 1
  return kept.answer
}

const keep = (question, answer) => {
  if (!(answer.forMs > 0)) return
  const key = keyOf(question)
  answers.set(key, { answer, until: clock() + answer.forMs, used: 0 })
  if (answer.counts) later(() => report(key, question), answer.forMs).unref()
}

const ask = (question, done) =>
  send(question, (answer) => {
    keep(question, answer)
    done(answer)
  })

/** address -> name under which it was looked up and passed */
const names = new Map()

const learn = (name, found) => {
  for (const each of Array.isArray(found) ? found : [found]) {
    const address = each !== null && typeof each === 'object' ? each.address : each
    if (typeof address === 'string' && net.isIP(address)) names.set(address, name)
  }
}

const reach = (kind, host, port) => {
  const name = names.get(host)
  return name === undefined ? { kind, host, port } : { kind, host, port, name }
}

const refusal = ({ text }, call, host, port) => {
  const place = port === undefined ? host : `${net.isIPv6(host) ? `[${host}]` : host}:${port}`
  const note = text ? ` (${text})` : ''
  const error = new Error(`${call} ECONNREFUSED ${place}${note}`)
  const facts = { errno: -os.constants.errno.ECONNREFUSED, code: 'ECONNREFUSED', syscall: call, address: host }
  return Object.assign(error, facts, port === undefined ? {} : { port })
}

// TCP and Unix sockets: every client of Node's own, and every driver written in JavaScript, comes through here.

const isPipe = (value) => typeof value === 'string' && !(Number(value) >= 0)

const targetOf = (given) => {
  const [first, second] = Array.isArray(given[0]) ? given[0] : given
  if (first !== null && typeof first === 'object') return first
  if (isPipe(first)) return { path: first }
  return { port: first, host: typeof second === 'string' ? second : undefined }
}

/** null where Node itself will say what is wrong with it */
const questionOf = ({ path: pipe, port, host }) => {
  if (typeof pipe === 'string') {
    if (pipe === '') return null
    return reach('unix', pipe.startsWith('\0') ? `@${pipe.slice(1)}` : path.resolve(pipe))
  }
  const number = Number(port)
  if (!Number.isInteger(number) || number < 0 || number > 65535) return null
  if (host !== undefined && host !== null && typeof host !== 'string') return null
  return reach('tcp', host || 'localhost', number)
}

const waiting = Symbol('waits for the lab')

Socket.prototype.connect = function connect(...given) {
  const question = questionOf(targetOf(given))
  const before = question === null ? { pass: true } : known(question)
  if (before !== null && before.pass) return connectNow.apply(this, given)
  if (this.destroyed && typeof this._undestroy === 'function') this._undestroy()
  this.connecting = true
  const turn = {}
  this[waiting] = turn
  const go = (answer) => {
    if (this.destroyed || this[waiting] !== turn) return
    if (!answer.pass) {
      this.destroy(refusal(answer, 'connect', question.host, question.port))
      return
    }
    try {
      connectNow.apply(this, given)
    } catch (thrown) {
      this.destroy(thrown)
    }
  }
  if (before === null) ask(question, go)
  else process.nextTick(go, before)
  return this
}

// UDP: what is refused is lost, as it would be on the way; who asked to be told is told.

const udpHost = (socket, address) => address || (socket.type === 'udp6' ? '::1' : '127.0.0.1')
const connected = new WeakSet()

const guardUdp = (name, call, addressOf) => {
  const original = dgram.Socket.prototype[name]
  dgram.Socket.prototype[name] = function guarded(...given) {
    if (name === 'send' && connected.has(this)) return original.apply(this, given)
    const { port, address } = addressOf(given)
    const host = udpHost(this, typeof address === 'string' ? address : undefined)
    const number = Number(port)
    if (!(Number.isInteger(number) && number > 0 && number < 65536)) return original.apply(this, given)
    const question = reach('udp', host, number)
    const go = (answer) => {
      if (answer.pass) {
        if (name === 'connect') connected.add(this)
        return original.apply(this, given)
      }
      const done = given[given.length - 1]
      const error = refusal(answer, call, host, number)
      if (typeof done === 'function') done.call(this, error)
      else if (name === 'connect') this.emit('error', error)
      return undefined
    }
    const before = known(question)
    if (before !== null && before.pass) return go(before)
    const closedOr = (answer) => {
      try {
        go(answer)
      } catch (thrown) {
        if (thrown.code !== 'ERR_SOCKET_DGRAM_NOT_RUNNING') this.emit('error', thrown)
      }
    }
    if (before === null) ask(question, closedOr)
    else process.nextTick(closedOr, before)
    return undefined
  }
}

guardUdp('send', 'send', ([, second, third, fourth, fifth]) =>
  fifth || (fourth && typeof fourth !== 'function')
    ? { port: fourth, address: fifth }
    : { port: second, address: third },
)
guardUdp('connect', 'connect', ([port, address]) => ({ port, address }))

const disconnectNow = dgram.Socket.prototype.disconnect
dgram.Socket.prototype.disconnect = function disconnect() {
  connected.delete(this)
  return disconnectNow.call(this)
}

// Look-ups: a name that may not be reached is not asked for either.

const LOOKUPS = ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCaa', 'resolveCname']
LOOKUPS.push('resolveMx', 'resolveNaptr', 'resolveNs', 'resolvePtr', 'resolveSoa', 'resolveSrv')
LOOKUPS.push('resolveTlsa', 'resolveTxt')

const isHere = (host) => typeof host !== 'string' || host === '' || host === 'localhost' || net.isIP(host) !== 0

/** What a function carries beside its code, the way to promisify it for instance. */
const replace = (holder, name, make) => {
  const original = holder && holder[name]
  if (typeof original !== 'function') return
  const made = make(original)
  Object.defineProperties(made, Object.getOwnPropertyDescriptors(original))
  holder[name] = made
}

const withCallback = (original) =>
  function lookUp(host, ...rest) {
    const done = rest[rest.length - 1]
    if (isHere(host) || typeof done !== 'function') return original.call(this, host, ...rest)
    const answered = (error, found, ...more) => {
      if (!error) learn(host, found)
      done(error, found, ...more)
    }
    const request = ask({ kind: 'name', host }, (answer) => {
      if (answer.pass) original.call(this, host, ...rest.slice(0, -1), answered)
      else done(refusal(answer, 'getaddrinfo', host))
    })
    return request
  }

const withPromise = (original) =>
  function lookUp(host, ...rest) {
    if (isHere(host)) return original.call(this, host, ...rest)
    return new Promise((resolve, reject) => {
      ask({ kind: 'name', host }, (answer) => {
        if (!answer.pass) return reject(refusal(answer, 'getaddrinfo', host))
        const found = original.call(this, host, ...rest)
        return resolve(
          found.then((addresses) => {
            learn(host, addresses)
            return addresses
          }),
        )
      })
    })
  }

for (const name of LOOKUPS) {
  for (const holder of [dns, dns.Resolver.prototype]) replace(holder, name, withCallback)
  for (const holder of [dns.promises, dns.promises.Resolver.prototype]) replace(holder, name, withPromise)
}

// Children that get an environment of their own keep what holds them.

const OWN = { NODE_OPTIONS: `--require ${JSON.stringify(__filename)}`, PYTHONPATH: __dirname }
const JOIN = { NODE_OPTIONS: ' ', PYTHONPATH: path.delimiter }
const MARK = 'PLIMSOLL_LAB'
const mark = process.env[MARK]

const withOwn = (name, value) => {
  if (value === undefined || value === '') return OWN[name]
  return value.includes(__dirname) ? value : `${OWN[name]}${JOIN[name]}${value}`
}

const dress = (env) => {
  const dressed = { ...env }
  for (const name of Object.keys(OWN)) dressed[name] = withOwn(name, dressed[name])
  if (dressed[MARK] === undefined && mark !== undefined) dressed[MARK] = mark
  return dressed
}

const dressPairs = (pairs) => {
  const env = {}
  for (const pair of pairs) env[pair.slice(0, pair.indexOf('='))] = pair.slice(pair.indexOf('=') + 1)
  return Object.entries(dress(env)).map(([name, value]) => `${name}=${value}`)
}

const spawnNow = childProcess.ChildProcess.prototype.spawn
childProcess.ChildProcess.prototype.spawn = function spawn(options) {
  if (!options || !Array.isArray(options.envPairs)) return spawnNow.call(this, options)
  return spawnNow.call(this, { ...options, envPairs: dressPairs(options.envPairs) })
}

const hasEnv = (one) => one !== null && typeof one === 'object' && !Array.isArray(one) && one.env
for (const name of ['spawnSync', 'execFileSync', 'execSync']) {
  replace(childProcess, name, (original) =>
    function sync(...given) {
      return original.apply(
        this,
        given.map((one) => (hasEnv(one) ? { ...one, env: dress(one.env) } : one)),
      )
    },
  )
}

const isOwnEnv = (options) => Boolean(options) && typeof options === 'object' && hasEnv(options) && typeof options.env === 'object'
threads.Worker = class Worker extends threads.Worker {
  constructor(file, options) {
    super(file, isOwnEnv(options) ? { ...options, env: dress(options.env) } : options)
  }
}

syncBuiltinESMExports()
if (threads.isMainThread) send({ kind: 'hello' }, () => {}).unref()

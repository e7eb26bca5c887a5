import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { resolve, sep } from 'node:path'
import { findOwner, type Owner } from './find-owner.ts'
import { readHostNames } from './host-names.ts'
import { type Address, isDeclared, isHere, normalHost, parseAddress } from './parse-address.ts'
import type { Answer, Question } from './question.ts'
import { COUNTED_MS, type Tally } from './tally.ts'

/** A port may come to be somebody else's. */
const OURS_MS = 10_000
const FOREIGN_MS = 1_000

export type Border = {
  /** entries of `outbound` */
  declared: readonly string[]
  /** folders whose sockets are the lab's own, absolute */
  folders: readonly string[]
  /** every live process that the lab started */
  members(): Promise<number[]>
  /** what the lab does at this moment, where it is known */
  doing(): string | null
  tally: Tally
}

export type Ask = (question: Question) => Promise<Answer>

const spell = ({ kind, host, port }: Question) => {
  if (kind === 'unix' || port === undefined) return host
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** What stands in the message of the error, so that whoever reads it knows what to do. */
const reasonOf = (address: string) =>
  `refused by Plimsoll's lab: it is not the lab's; to let it pass: "outbound": ["${address}"] in plimsoll.config.json`

const pass = (forMs: number, counts = false): Answer => ({ pass: true, text: null, forMs, counts })
const CLOSED: Answer = { pass: false, text: null, forMs: 0, counts: false }

/** The lab gives this port to whom it wants to be refused: it is nobody's wish. */
const CLOSED_PORT = 1

/** Answers what a process may reach: the lab's own, what is declared, and nothing else. */
export const createAnswers = (border: Border) => {
  const declared = border.declared.map(parseAddress)
  const admitted: Address[] = []
  const ownPorts = new Set<number>()
  const foreign = new Map<string, number>()
  const own = hostname().toLowerCase()

  /** The machine itself has one spelling, so that it is counted once. */
  const spelt = (host: string) => (isHere(host) ? '127.0.0.1' : host)

  const note = (question: Question, outcome: 'refused' | 'passed', host: string) => {
    const { kind, port = null, times } = question
    if (kind === 'hello' || times === 0) return 0
    const isMany = border.tally.add({ kind, host: spelt(host), port, outcome }, times, border.doing())
    return isMany ? COUNTED_MS : 0
  }
  const refuse = (question: Question, host: string): Answer => {
    const forMs = note(question, 'refused', host)
    return { pass: false, text: reasonOf(spell({ ...question, host: spelt(host) })), forMs, counts: true }
  }
  const letOut = (question: Question, host: string): Answer => {
    // What is looked up is used next, and counted then.
    return pass(question.kind === 'name' ? 0 : note(question, 'passed', host), true)
  }

  const ownerOf = async (question: Question): Promise<Owner> => {
    const { kind, host, port = 0 } = question
    const key = `${kind} ${kind === 'unix' ? host : port}`
    if ((foreign.get(key) ?? 0) > performance.now()) return 'foreign'
    const waiting =
      kind === 'unix' ? { kind, path: host } : ({ kind: kind === 'udp' ? kind : 'tcp', port } as const)
    const first = findOwner(waiting, [() => [process.pid]])
    if (first === 'ours' && kind === 'tcp') ownPorts.add(port)
    if (first !== 'foreign') return first
    const members = await border.members()
    const owner = findOwner(waiting, [() => [process.pid, ...members]])
    if (owner === 'foreign') foreign.set(key, performance.now() + FOREIGN_MS)
    return owner
  }

  const local = async (question: Question): Promise<Answer> => {
    const { kind, host, port } = question
    if (kind === 'tcp' && (ownPorts.has(port ?? 0) || isDeclared(admitted, host, port))) return pass(OURS_MS)
    if (port === CLOSED_PORT) return CLOSED
    const owner = await ownerOf(question)
    if (owner === 'ours') return pass(OURS_MS)
    return owner === 'nobody' ? CLOSED : refuse(question, host)
  }

  const isInFolder = (path: string) =>
    border.folders.some((folder) => resolve(path).startsWith(`${folder}${sep}`))

  const answer: Ask = async (question) => {
    const { kind, port } = question
    const host = normalHost(question.host)
    if (kind === 'hello') return pass(0)
    if (kind === 'unix') {
      if (isInFolder(question.host)) return pass(OURS_MS)
      if (isDeclared(declared, question.host, undefined)) return letOut(question, question.host)
      const isThere = question.host.startsWith('@') || existsSync(question.host)
      return isThere ? local(question) : pass(0)
    }
    const name = question.name === undefined ? host : normalHost(question.name)
    if (isDeclared(declared, name, port) || isDeclared(declared, host, port)) return letOut(question, name)
    if (isHere(host)) return kind === 'name' ? pass(OURS_MS) : local({ ...question, host })
    const address = host.endsWith('.localhost') ? '127.0.0.1' : readHostNames().get(host)
    if (kind === 'name' && (address !== undefined || host === own)) return pass(OURS_MS)
    if (address !== undefined && isHere(address)) return local({ ...question, host: address })
    return refuse(question, name)
  }

  return {
    answer,
    /** a place that is the lab's although no process of the lab waits there: a store that was given */
    admit: (host: string, port: number) => {
      admitted.push({ host: normalHost(host), port })
    },
  }
}

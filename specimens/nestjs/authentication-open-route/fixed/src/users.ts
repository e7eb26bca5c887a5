import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import { Injectable } from '@nestjs/common'

export type User = { email: string; salt: Buffer; key: Buffer }

const MOST_FAILURES = 10
const WINDOW_MS = 60_000

const keyOf = (password: string, salt: Buffer) => scryptSync(password, salt, 32, { N: 1024 })

@Injectable()
export class Users {
  private readonly users = new Map<string, User>()
  private readonly tokens = new Map<string, string>()
  private readonly failures = new Map<string, number[]>()
  private readonly nobody = this.made('nobody', 'nobody has this password')

  private made(email: string, password: string): User {
    const salt = randomBytes(16)
    return { email, salt, key: keyOf(password, salt) }
  }

  add(email: string, password: string): boolean {
    if (this.users.has(email)) return false
    this.users.set(email, this.made(email, password))
    return true
  }

  isBlocked(email: string): boolean {
    const recent = (this.failures.get(email) ?? []).filter((at) => at > Date.now() - WINDOW_MS)
    return recent.length >= MOST_FAILURES
  }

  /** A token of a new session; null where the password is wrong. */
  enter(email: string, password: string): string | null {
    const user = this.users.get(email)
    const { salt, key } = user ?? this.nobody
    if (!timingSafeEqual(keyOf(password, salt), key) || !user) {
      this.failures.set(email, [...(this.failures.get(email) ?? []), Date.now()])
      return null
    }
    this.failures.delete(email)
    const token = randomBytes(32).toString('hex')
    this.tokens.set(token, email)
    return token
  }

  of(token: string): User | undefined {
    return this.users.get(this.tokens.get(token) ?? '')
  }

  leave(token: string) {
    this.tokens.delete(token)
  }
}

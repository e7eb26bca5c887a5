import { randomUUID, scryptSync } from 'node:crypto'
import { ConflictException, Injectable, UnauthorizedException } from '@nestjs/common'

export type NewUser = { email: string; password: string; name: string }
export type User = { id: string; email: string; name: string; hash: string; isAdmin?: boolean }

const hashOf = (password: string, salt: string) =>
  scryptSync(password, salt, 32, { N: 1024 }).toString('base64')

@Injectable()
export class UsersService {
  private readonly users = new Map<string, User>()
  private readonly sessions = new Map<string, User>()

  create({ password, ...rest }: NewUser): User {
    if (this.users.has(rest.email)) throw new ConflictException('email is taken')
    const id = randomUUID()
    const user: User = { ...rest, id, hash: hashOf(password, id) }
    this.users.set(user.email, user)
    return user
  }

  logIn(email: string, password: string): string {
    const user = this.users.get(email)
    if (user === undefined || user.hash !== hashOf(password, user.id)) throw new UnauthorizedException()
    const token = randomUUID()
    this.sessions.set(token, user)
    return token
  }

  bySession(token: string): User | undefined {
    return this.sessions.get(token)
  }

  all(): User[] {
    return [...this.users.values()]
  }
}

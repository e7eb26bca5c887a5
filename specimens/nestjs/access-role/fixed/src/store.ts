import { randomBytes } from 'node:crypto'
import { Injectable } from '@nestjs/common'

export type Member = { id: number; email: string; password: string; role: 'member' | 'admin' }
export type Note = { id: number; memberId: number; text: string }

@Injectable()
export class Store {
  readonly members: Member[] = [
    { id: 1, email: 'root@example.com', password: 'only-for-development', role: 'admin' },
  ]
  readonly notes: Note[] = []
  readonly sessions = new Map<string, Member>()

  logIn(member: Member): string {
    const token = randomBytes(24).toString('hex')
    this.sessions.set(token, member)
    return token
  }
}

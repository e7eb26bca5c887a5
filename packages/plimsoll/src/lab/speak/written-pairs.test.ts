import { expect, test } from 'vitest'
import { pairsIn } from './written-pairs.ts'

const pairs = (file: string, text: string) =>
  pairsIn(file, text).map(({ name, password, admin }) => `${name} ${password}${admin ? ' admin' : ''}`)

test('named fields of one object belong together, whatever hashes them', () => {
  const text = `await users.insertMany([
  {
    email: 'boss@example.com',
    password: await bcrypt.hash('sesame-1', 10),
    role: 'admin',
  },
  {
    email: 'ann@example.com',
    password: bcrypt.hashSync("sesame-2"),
  },
])`
  expect(pairs('seeds/users.ts', text)).toEqual([
    'boss@example.com sesame-1 admin',
    'ann@example.com sesame-2',
  ])
})

test('literals of one call are told by their place where one is called an administrator', () => {
  expect(pairs('models/user.py', "User.register_user('admin', 'pass1', 'admin@mail.com', True)")).toEqual([
    'admin pass1 admin',
  ])
  expect(pairs('models/user.py', "user = load('name', 'table1')")).toEqual([])
})

test.each([
  ['Log in with `admin@example.com` / `sesame-3`.', ['admin@example.com sesame-3 admin']],
  ['Default account: admin / sesame-4', ['admin sesame-4 admin']],
  ['- Email: ann@example.com\n- Password: sesame-5', ['ann@example.com sesame-5']],
  ['The user manual says how to pass a parameter.', []],
])('a page for people: %s', (text, found) => {
  expect(pairs('README.md', text)).toEqual(found)
})

test('what is hashed, templated or an address of the web is no password', () => {
  const text = `{ email: 'a@example.com', password: '$2b$10$abcdefghijklmnopqrstuv' }
{ email: 'b@example.com', password: 'https://example.com' }
{ email: 'c@example.com', password: '\${secret}' }`
  expect(pairs('seed.ts', text)).toEqual([])
})

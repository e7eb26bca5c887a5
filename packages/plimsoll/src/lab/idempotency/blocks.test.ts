import { expect, test } from 'vitest'
import { blockAt, blocksAround } from './blocks.ts'

const javascript = `import x from 'x'

const once = (handler) => async (req, res) => {
  const key = req.get('Idempotency-Key')

  return handler(req, res, key)
}

app.post(
  '/payments',
  once(async (req, res) => {
    res.end()
  }),
)
app.get('/payments', list)`.split('\n')

const python = `@app.post('/payments')
def pay():
    key = request.headers.get('Idempotency-Key')

    return done(key)

def other():
    pass`.split('\n')

test.each([
  [javascript, 3, 7],
  [javascript, 9, 14],
  [javascript, 15, 15],
  [python, 2, 5],
  [python, 1, 5],
])('a block ends where what its first line opens ends', (lines, from, to) => {
  expect(blockAt(lines, from)).toEqual({ from, to })
})

test('what a line stands in is named, innermost first', () => {
  const names = (lines: string[], line: number) => blocksAround(lines, line).map(({ name }) => name)
  expect(names(javascript, 4)).toEqual(['key', 'once'])
  expect(names(python, 3)).toEqual([null, 'pay'])
  const guard = ['class OnceGuard {', '  canActivate(context) {', "    return 'x'", '  }', '}']
  expect(names(guard, 3)).toEqual([null, 'canActivate', 'OnceGuard'])
})

import { expect, test } from 'vitest'
import { stackIn } from './stack.ts'

test.each([
  [
    '    at Object.<anonymous> (/srv/app/src/server.js:12:9)',
    'at Object.<anonymous> (/srv/app/src/server.js:12:9)',
  ],
  [
    '"stack":"Error\\n    at async file:///srv/app/dist/main.js:3:7"',
    'at async file:///srv/app/dist/main.js:3:7',
  ],
  [
    'at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
    'at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
  ],
  [
    '<pre>Error<br> &nbsp; &nbsp;at handle (C:\\app\\server.js:4:2)</pre>',
    'at handle (C:\\app\\server.js:4:2)',
  ],
  ['Traceback (most recent call last):\n  File "app.py", line 3', 'Traceback (most recent call last)'],
  ['File "/srv/app/views.py", line 40, in create', 'File "/srv/app/views.py", line 40, in create'],
  ['at com.example.Orders.create(Orders.java:31)', 'at com.example.Orders.create(Orders.java:31)'],
  ['<title>KeyError: 1\n // Werkzeug Debugger</title>', '// Werkzeug Debugger'],
  ['<h2>Traceback <em>(most recent call last)</em>', 'Traceback <em>(most recent call last)'],
  ['because you have <code>DEBUG = True</code> in your', 'you have <code>DEBUG = True</code>'],
  ['goroutine 18 [running]:', 'goroutine 18 [running]'],
])('%s', (body, line) => {
  expect(stackIn(body)).toBe(line)
})

test.each([
  '{"error":"Unexpected token in JSON at position 12"}',
  '{"message":"meet us at 10:30:15 (room 4)"}',
  'Not found',
  '',
])('no stack: %s', (body) => {
  expect(stackIn(body)).toBeNull()
})

test('a long line is cut', () => {
  expect(stackIn(`at x (/${'a'.repeat(300)}.js:1:1)`)).toHaveLength(120)
})

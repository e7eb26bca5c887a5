// A small server of the protocol, over lines of JSON: it leaves, keeps silent, or says too much when told to.
import { appendFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const [record] = process.argv.slice(2)
if (record) appendFileSync(record, `${process.pid}\n`)

const object = { type: 'object', properties: { question: { type: 'string' } }, required: ['question'] }
const tools = [
  { name: 'answer', description: 'x'.repeat(900), inputSchema: object, annotations: { readOnlyHint: true } },
  { name: 'leave', inputSchema: { type: 'object' } },
  { name: 'silence', inputSchema: { type: 'object' } },
  { name: 'fail', inputSchema: { type: 'object', properties: { odd: { not: { type: 'string' } } } } },
]
const say = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
const text = (words) => ({ content: [{ type: 'text', text: words }] })

const call = (id, { name, arguments: given }) => {
  if (name === 'leave') process.exit(3)
  if (name === 'fail') say({ id, result: { ...text('it went wrong'), isError: true } })
  if (name === 'answer') {
    const seen = `asked ${given.question}; keys: ${Object.keys(process.env).filter((key) => /KEY|SECRET/.test(key))}`
    const long = given.question === 'much' ? 'a word '.repeat(4_000) : ''
    say({
      id,
      result: {
        ...text(`${seen}; postgres://app:hunter22x9@db/orders ${long}`),
        structuredContent: { answered: true },
      },
    })
  }
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line)
  if (method === 'initialize') {
    const { protocolVersion } = params
    const serverInfo = { name: 'fixture', version: '1' }
    say({ id, result: { protocolVersion, capabilities: { tools: {} }, serverInfo } })
  }
  if (method === 'tools/list') say({ id, result: { tools } })
  if (method === 'tools/call') call(id, params)
})

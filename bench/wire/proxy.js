// Our wire in a process of its own, as in a lab: node proxy.js <built code> <upstream as JSON>. Prints its port.
import { pathToFileURL } from 'node:url'

const [built = '', upstream = '{}'] = process.argv.slice(2)
const load = (file) => import(pathToFileURL(`${built}/${file}`).href)
const { openWire } = await load('instruments/wire/open-wire.js')
const { postgresProtocol } = await load('stores/postgres/wire/protocol.js')

const wire = await openWire({
  store: 'postgres',
  upstream: JSON.parse(upstream),
  protocol: postgresProtocol,
  nowMs: () => performance.now(),
})
console.log(`port ${wire.port}`)

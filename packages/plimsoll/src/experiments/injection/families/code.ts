import type { Factors } from '../bench.ts'
import type { Family, Sighting } from '../family.ts'

type Way = (own: string, factors: Factors, path: string) => string

/** Backticks stand in any quotes; what has no file system still computes. */
const inScript = ({ a, b }: Factors, path: string) =>
  `(()=>{try{this.constructor.constructor(\`return process\`)().getBuiltinModule(\`fs\`).writeFileSync(\`${path}\`,\`\`)}catch{};return ${a}*${b}})()`

const inPython = ({ a, b }: Factors) => `(lambda: ${a}*${b})()`

const WAYS: Readonly<Record<string, readonly Way[]>> = {
  javascript: [
    (_, factors, path) => inScript(factors, path),
    (own, factors, path) => `${own}'+${inScript(factors, path)}+'`,
    (own, factors, path) => `${own}"+${inScript(factors, path)}+"`,
  ],
  python: [
    (_, { a, b }, path) => `[open("${path}","w").close(),${a}*${b}][1]`,
    (own, factors) => `${own}'+str(${inPython(factors)})+'`,
    (own, factors) => `${own}"+str(${inPython(factors)})+"`,
  ],
}

const telling = (sightings: readonly Sighting[]) =>
  sightings.find(
    ({ products, exchange, files }) =>
      files.length > 0 || products.some((product) => exchange.body.includes(product)),
  )

/** A function is written and called, which a mere calculator does not do. */
export const code: Family = {
  id: 'code',
  title: 'code injection',
  cwe: 95,
  harm: 'runs program code that the caller writes',
  repairs: [
    'Leave out eval, new Function, vm and exec: look a name up in a table, or read the value with a parser of its own.',
  ],
  suits: ({ place }, app) =>
    place.in !== 'header' && place.in !== 'cookie' && WAYS[app.language] !== undefined,
  async attempt(point, bench) {
    const sent: Sighting[] = []
    for (const way of WAYS[bench.service.language] ?? []) {
      const factors = bench.factors()
      const attack = await bench.shoot(point, {
        role: 'attack',
        make: (own, mark) => way(own, factors, `${bench.canary?.folder ?? '/nowhere'}/${mark}`),
        products: [factors.product],
      })
      sent.push(attack)
      if (telling(sent) !== undefined) break
    }
    return sent
  },
  weigh: (sightings) => {
    const attack = telling(sightings)
    if (attack === undefined) return null
    const product = attack.products.find((one) => attack.exchange.body.includes(one))
    return {
      severity: 'critical',
      says:
        product === undefined
          ? 'a function in the request was called: the file that it makes was there afterwards'
          : `a function in the request was called: the answer holds ${product}, the product that it returns`,
      show: [attack],
    }
  },
}

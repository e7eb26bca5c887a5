import type { Family, Sighting } from '../family.ts'

type Way = (a: number, b: number) => string

const WAYS: readonly Way[] = [
  (a, b) => `{{${a}*${b}}}`,
  (a, b) => `\${${a}*${b}}`,
  (a, b) => `<%= ${a}*${b} %>`,
  (a, b) => `#{${a}*${b}}`,
]

const computed = (sightings: readonly Sighting[]) =>
  sightings.find(({ products, exchange }) => products.some((product) => exchange.body.includes(product)))

const failed = ({ exchange: { status } }: Sighting) => status === null || status >= 500

/** The product of two large numbers: no page holds it by chance, and an echo holds only the factors. */
export const template: Family = {
  id: 'template',
  title: 'template injection',
  cwe: 1336,
  harm: 'runs templates that the caller writes',
  repairs: [
    'Keep templates in the code, and give what callers send to them as values.',
    'Where callers do write templates, use an engine without logic (Mustache), and no access to the program.',
  ],
  stored: true,
  suits: ({ place }) => place.in !== 'header' && place.in !== 'cookie',
  async attempt(point, bench) {
    const shoot = (ways: readonly Way[]) => {
      const made = ways.map((write) => {
        const { a, b, product } = bench.factors()
        return { text: write(a, b), product }
      })
      return bench.shoot(point, {
        role: 'attack',
        make: () => made.map(({ text }) => text).join(' '),
        products: made.map(({ product }) => product),
      })
    }
    const first = await shoot(WAYS)
    if (!failed(first)) return [first]
    // What one engine reads as text, another may stumble over.
    const sent = [first]
    for (const way of WAYS) sent.push(await shoot([way]))
    return sent
  },
  weigh: (sightings) => {
    const attack = computed(sightings)
    if (attack === undefined) return null
    const product = attack.products.find((one) => attack.exchange.body.includes(one))
    return {
      severity: 'critical',
      says: `the answer holds ${product}, the product of two numbers that the request only named`,
      show: [attack],
    }
  },
}
